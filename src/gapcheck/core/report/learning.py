"""The team's learning plan, told: who learns what from whom, in which hours, what stays short, and what is proved."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.report.team import SMALL_PRINT
from gapcheck.core.team.learning import BARRIERS, short_of
from gapcheck.core.team.lessons import mentor_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gapcheck.core.team import Team
    from gapcheck.core.team.learning import Barrier, Short
    from gapcheck.core.team.lessons import Choice, Learning, Lesson
    from gapcheck.core.team.program import Programmed, Reached, Solved

COVER, HOURS, LAST = 0, 1, 4
"""The first two goals; those after them decide between equals, the last by lot."""

ASSUMED = (
    "Assumed: hours are the catalog's, a mentor saves none and spends none, levels do not fade, and whoever has not "
    "answered does not learn. Nobody has agreed to anything yet: talk it over before it is anybody's plan."
)


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team's plan: what there was to choose from, what was chosen, what is proved of it, and what stays short."""

    team: Team
    as_of: dt.date
    weeks: int
    learning: Learning
    choice: Choice
    solved: Solved
    short: tuple[Short, ...]
    left_out: tuple[str, ...] = field(default=())

    @property
    def hours(self) -> int:
        """Hours that all lessons take."""
        return sum(lesson.hours for lesson in self.choice.lessons)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Who learns what, by person, what is needed first before what needs it."""
        people = sorted({lesson.person for lesson in self.choice.lessons})
        return tuple(lesson for person in people for lesson in self._of(person))

    def _of(self, person: str) -> Iterator[Lesson]:
        left = [lesson for lesson in self.choice.lessons if lesson.person == person]
        left.sort(key=lambda lesson: self.team.place[lesson.skill])
        while left:
            waiting = {lesson.skill for lesson in left}
            ready = next(
                le for le in left if not waiting & {skill for skill, _ in self.learning.first[person, le.skill]}
            )
            left.remove(ready)
            yield ready

    def mentor(self, lesson: Lesson) -> str | None:
        """From whom somebody learns."""
        return mentor_of(self.learning, self.choice, lesson)

    def taken(self, person: str) -> int:
        """Hours that one person's lessons take."""
        return sum(lesson.hours for lesson in self.choice.lessons if lesson.person == person)


def build_plan(
    team: Team, as_of: dt.date, weeks: int, made: Programmed, solved: Solved, left_out: tuple[str, ...] = ()
) -> TeamPlan:
    """The plan that a solver's answer is. Raises ValueError where the answer does not hold."""
    choice = made.choice(solved)
    short = short_of(team, weeks, made.of, choice)
    return TeamPlan(team, as_of, weeks, made.of, choice, solved, short, left_out)


def tell_plan(plan: TeamPlan, *, names: bool = False) -> tuple[Block, ...]:
    """The whole story, people by id unless names are wanted."""
    return tuple(_Teller(plan, names).story())


def proof(plan: TeamPlan) -> str:
    """What is proved, and how far from the best it may be where it is not, in a sentence or two."""
    solved = plan.solved
    why = "its time was up" if solved.stopped == "time" else "you stopped it"
    open_ = [number for number, each in enumerate(solved.reached) if each.bound < each.value]
    cover, hours = solved.reached[COVER], solved.reached[HOURS] if len(solved.reached) > HOURS else None
    if COVER in open_:
        first = (
            f"Not proved, since {why}. The people who are missing, each counted with the importance of the skill, come "
            f"to {cover.value}; {cover.bound} cannot be helped, and what is between is open."
        )
        return f"{first} {_hours_proved(hours)}".rstrip()
    if hours is None or HOURS in open_:
        return f"Proved: nothing covers more. The hours are not, since {why}. {_hours_proved(hours)}".rstrip()
    proved = "Proved: nothing covers more, and nothing that covers as much takes fewer hours."
    if len(solved.reached) < LAST or any(number < LAST for number in open_):
        return f"{proved} Who learns from whom is not, since {why}, and may be other on another run."
    return proved


def _hours_proved(hours: Reached | None) -> str:
    if hours is None:
        return ""
    if hours.bound >= hours.value:
        return "For what is covered no fewer hours do."
    share = (hours.value - hours.bound) / hours.value
    return f"For what is covered it takes {words.hours(hours.bound)} at least, a gap of {share:.1%}."


@dataclass(frozen=True, slots=True)
class _Teller:
    """Blocks told of one plan."""

    plan: TeamPlan
    names: bool

    def story(self) -> Iterator[Block]:
        plan = self.plan
        span = f"{words.counted(plan.weeks, 'week')} from {words.day(plan.as_of)}"
        yield Heading(1, f"Learning plan for a team of {len(plan.team.members)}", span)
        for sentence in plan.left_out:
            yield Text(sentence)
        yield Text(self._standing())
        if plan.learning.gaps:
            yield Text(proof(plan))
        yield from self._lessons()
        yield from self._hours()
        yield from self._short()
        if plan.learning.gaps:
            yield Note(ASSUMED)
        yield Note(SMALL_PRINT)

    def _who(self, person: str) -> str:
        return self.plan.team.name(person) if self.names else person

    def _skill(self, skill: str) -> str:
        return self.plan.team.catalog.skills[skill].name

    def _standing(self) -> str:
        plan, gaps = self.plan, self.plan.learning.gaps
        if not gaps:
            return "Every skill that a role here asks for has its cover already: nobody has to learn for it."
        is_or_are = "is" if len(gaps) == 1 else "are"
        told = f"{words.counted(len(gaps), 'skill')} {is_or_are} short of cover."
        if not plan.choice.lessons:
            return f"{told} There is nothing that anybody here could learn for it; why, is said below."
        left = Counter[str]()
        for each in plan.short:
            left[each.skill] += each.missing
        covered = sum(not left[gap.skill] for gap in gaps)
        nearer = sum(0 < left[gap.skill] < gap.hold + gap.carry for gap in gaps)
        rest = len(gaps) - covered - nearer
        parts = [f"cover {'all' if covered == len(gaps) else covered or 'none'} of them"]
        parts += [f"bring {nearer} nearer to it"] if nearer else []
        parts += [f"leave {rest} as before"] if rest else []
        what = " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
        return f"{told} {words.hours(plan.hours)} of learning {what}."

    def _lessons(self) -> Iterator[Block]:
        plan = self.plan
        if not plan.choice.lessons:
            return
        yield Heading(2, "Who learns what", "what is needed first comes first")
        rows = tuple(
            (
                self._who(lesson.person),
                self._skill(lesson.skill) + ("" if lesson.is_for_cover else " (needed first)"),
                str(lesson.start),
                str(lesson.to),
                str(lesson.hours),
                self._who(mentor) if (mentor := plan.mentor(lesson)) else "alone",
            )
            for lesson in plan.lessons
        )
        yield Table(("Who", "Skill", "From", "To", "Hours", "Learns from"), rows)
        if not plan.learning.mentors:
            yield Text("Nobody here mentors: people.yaml says who does, with  mentors:  and how many people at once.")

    def _hours(self) -> Iterator[Block]:
        plan = self.plan
        learners = sorted({lesson.person for lesson in plan.choice.lessons})
        if not learners:
            return
        yield Heading(2, "Hours", f"what each has in {words.counted(plan.weeks, 'week')}")
        has = plan.learning.hours
        rows = tuple((self._who(p), str(plan.taken(p)), str(has[p]), str(has[p] - plan.taken(p))) for p in learners)
        yield Table(("Who", "Learns", "Has", "Left"), rows)
        others = len(plan.team.members) - len(learners)
        if others:
            yield Text(f"{others} {'other learns' if others == 1 else 'others learn'} nothing for the cover.")

    def _short(self) -> Iterator[Block]:
        """What stays short by why it does, what is nearest to being overcome first."""
        found: defaultdict[tuple[Barrier, int], list[str]] = defaultdict(list)
        for each in self.plan.short:
            more = [f"{each.missing} people"] if each.missing > 1 else []
            more += [words.hours(each.least)] if each.least else []
            found[each.barrier, each.to].append(self._skill(each.skill) + (f" ({', '.join(more)})" if more else ""))
        if found:
            yield Heading(2, "What stays short", "by what keeps it short; the weightiest skill first")
            keys = sorted(found, key=lambda key: (BARRIERS.index(key[0]), key[1]))
            rows = tuple((str(to), why(self.plan, barrier, to), "; ".join(found[barrier, to])) for barrier, to in keys)
            yield Table(("At", "Why", "Skills"), rows)


def why(plan: TeamPlan, barrier: Barrier, to: int) -> str:
    """What keeps a skill short at a level, in words."""
    if barrier == "others-first" and plan.solved.reached[COVER].bound < plan.solved.reached[COVER].value:
        return "nothing was found for it yet"
    places = words.counted(plan.team.policy.learn_at_once, "skill")
    return {
        "others-first": f"those who could learn it have no hours left for it, or learn {places} to 4 already",
        "hours": "nobody who could learn it has the hours that it takes at least, with what comes first",
        "places": f"with what comes first it is more than {places} to 4 at once",
        "circle": "what it needs first needs it first in turn",
        "answer": "those whose role asks for it have no level in it: not applicable, or open",
        "all-do": "everybody whose role asks for it does so, or learns it here",
        "role": f"no role here asks for {to}",
    }[barrier]
