"""Who could learn what so that every skill has its cover, and what keeps a skill short whatever is learned.

Nothing is chosen here: `program` puts the choice into rows of numbers for a solver.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gapcheck.core.cover import CARRIES, HOLDS, JUDGES
from gapcheck.core.plan import hours_between
from gapcheck.core.team.lessons import Gap, Learning, Lesson
from gapcheck.core.team.strength import cover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.core.team.lessons import Choice
    from gapcheck.core.team.members import Member, Team
    from gapcheck.core.team.strength import Cover

Barrier = Literal["others-first", "hours", "places", "circle", "answer", "all-do", "role"]
"""What keeps a skill short, the nearest to being overcome first; BARRIERS says each."""

BARRIERS: tuple[Barrier, ...] = ("others-first", "hours", "places", "circle", "answer", "all-do", "role")


def learning(team: Team, weeks: int) -> Learning:
    """What there is to choose from in so many weeks. The order of people and skills changes nothing."""
    gaps = {gap.skill: gap for each in cover(team, sorted(_asked(team))) if (gap := _gap(team, each)) is not None}
    own = _everybody(team, weeks)
    found = {each.member.person: each.lessons(gaps) for each in own}
    carriers = [m for m in team.members if _mentors(team, m.person)]
    teachers = {s: tuple(sorted(m.person for m in carriers if (team.level(m, s) or 0) >= CARRIES)) for s in team.skills}
    return Learning(
        gaps=tuple(gaps.values()),
        lessons=tuple(sorted(lesson for lessons in found.values() for lesson in lessons)),
        first={(e.member.person, le.skill): e.unmet(le.skill) for e in own for le in found[e.member.person]},
        hours={each.member.person: each.hours for each in own},
        at_once=team.policy.learn_at_once,
        teachers={skill: people for skill, people in teachers.items() if people},
        mentors={member.person: _mentors(team, member.person) for member in carriers},
    )


def _asked(team: Team) -> set[str]:
    """The skills that some member's role asks for."""
    roles = {member.role for member in team.members}
    return {skill for skill in team.skills if any(team.roles[role].target_of(skill) for role in roles)}


def _gap(team: Team, of: Cover) -> Gap | None:
    """What one skill is short of; None where nothing is missing."""
    hired, judged = bool(team.people.suppliers_of(of.skill)), bool(of.suppliers)
    hold = max(0, of.need.hold - of.holding - judged)
    carry = max(0, of.need.carry - of.carrying - judged)
    weight = team.catalog.skills[of.skill].importance
    return Gap(of.skill, weight, hold, carry, hired and not judged) if hold or carry else None


def _mentors(team: Team, person: str) -> int:
    known = team.people.people.get(person)
    return known.mentors if known else 0


def _everybody(team: Team, weeks: int) -> tuple[_Own, ...]:
    return tuple(_Own(team, m, _hours(team, m.person, weeks)) for m in team.members)


def _hours(team: Team, person: str, weeks: int) -> int:
    """Whole hours that one person has in all: as people.yaml says, else as the policy does."""
    known = team.people.people.get(person)
    weekly = known.hours_per_week if known else None
    return math.floor(round((team.policy.hours_per_week if weekly is None else weekly) * weeks, 6))


@dataclass
class _Own:
    """What one person could learn, looked at without the others; `paths` are those worked out so far."""

    team: Team
    member: Member
    hours: int
    paths: dict[str, dict[str, int] | None] = field(default_factory=dict)

    def level(self, skill: str) -> int | None:
        return self.team.level(self.member, skill)

    def target(self, skill: str) -> int:
        return self.team.roles[self.member.role].target_of(skill)

    def unmet(self, skill: str) -> tuple[tuple[str, int], ...]:
        """What a skill needs and is known not to be there, as in a plan of one's own."""
        needs = self.team.catalog.skills[skill].needs.items()
        known = ((other, need, self.level(other)) for other, need in needs)
        return tuple((other, need) for other, need, level in known if level is not None and level < need)

    def path(self, skill: str) -> dict[str, int] | None:
        """Everything that has to be learned before a skill, to which level; None where skills wait for each other."""
        if skill not in self.paths:
            self.paths[skill] = self._path(skill)
        return self.paths[skill]

    def _path(self, skill: str) -> dict[str, int] | None:
        found: dict[str, int] = {}
        waiting = {skill: self.unmet(skill)}
        queue = [skill]
        while queue:
            for other, need in waiting[queue.pop()]:
                found[other] = max(need, found.get(other, 0))
                if other not in waiting:
                    waiting[other] = self.unmet(other)
                    queue.append(other)
        while ready := [each for each, needs in waiting.items() if all(other not in waiting for other, _ in needs)]:
            for each in ready:
                del waiting[each]
        return None if waiting else found

    def between(self, skill: str, to: int) -> int:
        """Hours from where the person stands to a level."""
        return hours_between(self.team.catalog.skills[skill], self.level(skill) or 0, to)

    def least(self, skill: str, to: int) -> int:
        """Hours to a level with everything that has to come first."""
        return sum(self.between(each, level) for each, level in {**(self.path(skill) or {}), skill: to}.items())

    def barrier(self, skill: str, to: int, *, needed: bool = False) -> Barrier | None:
        """What keeps this person from learning a skill to a level, were there nothing else to learn.

        `needed`: it is for another skill, so that the role need not ask for it.
        """
        level, path = self.level(skill), self.path(skill)
        if not needed and self.target(skill) < to:
            return "role"
        if level is None:
            return "answer"
        if level >= to:
            return "all-do"
        if path is None:
            return "circle"
        if sum(each >= CARRIES for each in {**path, skill: to}.values()) > self.team.policy.learn_at_once:
            return "places"
        return "hours" if self.least(skill, to) > self.hours else None

    def lessons(self, gaps: Mapping[str, Gap]) -> tuple[Lesson, ...]:
        """Every lesson that could do something for the cover, and those which they need first."""
        able = {(gap.skill, to) for gap in gaps.values() for to in _useful(gap) if self.barrier(gap.skill, to) is None}
        paths = (self.path(skill) or {} for skill, _ in able)
        needed = {each for path in paths for waiting in path for each in self.unmet(waiting)}
        needed |= {each for skill, _ in able for each in self.unmet(skill)}
        first = {(skill, to) for skill, to in needed - able if self.barrier(skill, to, needed=True) is None}
        return tuple(self._lesson(*each, is_for_cover=each in able) for each in sorted(able | first))

    def _lesson(self, skill: str, to: int, *, is_for_cover: bool) -> Lesson:
        return Lesson(
            person=self.member.person,
            skill=skill,
            to=to,
            start=self.level(skill) or 0,
            hours=self.between(skill, to),
            is_for_cover=is_for_cover,
            is_wanted=skill in self.member.interest,
        )


def _useful(gap: Gap) -> tuple[int, ...]:
    """The levels at which one more person does something for the cover."""
    return tuple(to for to, so in ((JUDGES, gap.waits), (HOLDS, gap.hold > 0), (CARRIES, gap.carry > 0)) if so)


@dataclass(frozen=True, slots=True)
class Short:
    """People who are missing still at 3 or at 4 of a skill, and why.

    `least`: the fewest hours that anybody would need, with what comes first, where hours are all that is in the way.
    """

    skill: str
    to: int
    missing: int
    barrier: Barrier
    least: int | None = None


def short_of(team: Team, weeks: int, of: Learning, choice: Choice) -> tuple[Short, ...]:
    """What no learning covers, by importance and then in catalog order, each with its nearest barrier."""
    own = _everybody(team, weeks)
    found = [
        _short(own, gap.skill, to, missing, choice)
        for gap in of.gaps
        for to, missing in zip((HOLDS, CARRIES), gap.missing(choice.lessons), strict=True)
        if missing
    ]
    weight = {gap.skill: gap.weight for gap in of.gaps}
    return tuple(sorted(found, key=lambda each: (-weight[each.skill], team.place[each.skill], each.to)))


def _short(own: Sequence[_Own], skill: str, to: int, missing: int, choice: Choice) -> Short:
    learning_it = {lesson.person for lesson in choice.lessons if lesson.skill == skill and lesson.to >= to}
    stops = [(each, each.barrier(skill, to)) for each in own if each.member.person not in learning_it]
    met: set[Barrier] = {stop or "others-first" for _, stop in stops} or {"all-do"}
    nearest = min(met, key=BARRIERS.index)
    if nearest == "role" and learning_it:
        nearest = "all-do"
    least = min((each.least(skill, to) for each, stop in stops if stop == "hours"), default=None)
    return Short(skill, to, missing, nearest, least if nearest == "hours" else None)
