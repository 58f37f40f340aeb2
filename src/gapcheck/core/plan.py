"""What to learn within the hours: chosen exactly, so that the months it promises are true.

Value counts on reaching a level that means something, not on every point of gap: judging (2) is worth the
skill's weight once, the role's target twice, since only the target changes who can do the work. Maximising
points instead would spread the hours over a dozen skills and bring none to its target.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapcheck.core.catalog import Step
from gapcheck.core.cover import CARRIES, JUDGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog, Skill
    from gapcheck.core.rubric import Rubric

TYPICAL_HOURS = 45
"""Hours from nothing to level 4 where a skill names no steps: about the median of the shipped skills."""

MOST_HOURS = 10
"""Hours a week up to which it is worth saying that a skill would fit."""

Because = Literal["target", "judge", "needed"]


@dataclass(frozen=True, slots=True)
class Option:
    """One level that a skill could be learned to: hours it takes (at least 1), and what reaching it is worth."""

    to: int
    hours: int
    value: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A skill that could be learned: where it stands, how far it could go, what it needs first.

    Each option takes no fewer hours than the one before and is worth no less.
    """

    skill: str
    level: int
    options: tuple[Option, ...]
    needs: tuple[tuple[str, int], ...] = ()
    because: Because = "target"


@dataclass(frozen=True, slots=True)
class Goal:
    """A skill to learn, from one level to another, in so many hours, and why it is in the plan."""

    skill: str
    start: int
    to: int
    hours: int
    because: Because


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A skill that the hours have no room for, and the least whole hours a week, above those given, at which it fits.

    `fits_at` is None where none up to MOST_HOURS does: most often, other skills are to be carried first.
    """

    goal: Goal
    fits_at: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The choice: `planned` of `budget` hours go into `goals`; the rest of the candidates is left out."""

    hours_per_week: float
    weeks: int
    budget: float
    goals: tuple[Goal, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def planned(self) -> int:
        """Hours that the goals take."""
        return sum(goal.hours for goal in self.goals)


def hours_between(skill: Skill, start: int, to: int) -> int:
    """Whole hours from one level to another: the skill's own steps, then a typical share of 45 hours.

    Where no step leads, competence(h) = 1 - exp(-k h) is assumed, with 80% after TYPICAL_HOURS; where a higher
    level takes fewer hours by the skill's own steps, that is the way.
    """
    return sum(step.hours for step in way(skill, start, to))


def way(skill: Skill, start: int, to: int) -> tuple[Step, ...]:
    """The learning steps from one level to another, in order; where none leads there, one without words."""
    return min(
        (_straight(skill, start, level) for level in range(to, 6)), key=lambda steps: sum(s.hours for s in steps)
    )


def _straight(skill: Skill, start: int, to: int) -> tuple[Step, ...]:
    steps = sorted((step for step in skill.learn if start < step.to <= to), key=lambda step: step.to)
    reached = steps[-1].to if steps else start
    rest = math.ceil(round(_typical(to) - _typical(reached), 6))
    return (*steps, Step(to=to, hours=rest, do="")) if rest else tuple(steps)


def _typical(level: int) -> float:
    """Hours from nothing to a level on the curve, which comes to 100% never: level 5 counts as 98%."""
    return TYPICAL_HOURS * math.log(1 - min(level / 5, 0.98)) / math.log(1 - 0.8)


def candidates(catalog: Catalog, rubric: Rubric, sheet: Sheet) -> tuple[Candidate, ...]:
    """Skills whose verdict, if they fit, is to learn; then those which these need first."""
    levels = {skill: sheet.settled_level(skill) for skill in rubric.rows}
    wanted = {}
    for skill, level in levels.items():
        if level is None:
            continue
        verdict = rubric.result(skill, level, fits=True).verdict
        if verdict.action == "learn" and verdict.to is not None and verdict.to > level:
            wanted[skill] = _candidate(rubric, skill, level, verdict.to)
    return (*wanted.values(), *_needed_first(catalog, rubric, levels, wanted))


def _candidate(rubric: Rubric, skill: str, level: int, to: int) -> Candidate:
    row = rubric.rows[skill]
    worth = round(row.weight * 1000)
    stops = [JUDGES, to] if level < JUDGES < to else [to]
    options = tuple(
        Option(stop, hours_between(row.skill, level, stop), _value(worth, level, stop, row.target)) for stop in stops
    )
    because: Because = "target" if to >= row.target else "judge"
    return Candidate(skill, level, options, tuple(row.skill.needs.items()), because)


def _value(worth: int, level: int, to: int, target: int) -> int:
    """Worth once for coming to judge, twice for reaching the target, one for anything else upward."""
    judged = worth if level < JUDGES <= to else 0
    reached = 2 * worth if level < target <= to else 0
    return judged + reached or worth


def _needed_first(
    catalog: Catalog, rubric: Rubric, levels: Mapping[str, int | None], wanted: Mapping[str, Candidate]
) -> Iterator[Candidate]:
    """Skills below what a candidate needs, though nothing else says to learn them; needs of needs too."""
    found: dict[str, set[int]] = {}
    queue = [need for candidate in wanted.values() for need in candidate.needs]
    while queue:
        skill, need = queue.pop()
        level = levels.get(skill)
        if level is None or level >= need or skill in wanted or need in found.get(skill, ()):
            continue
        found.setdefault(skill, set()).add(need)
        queue.extend(catalog.skills[skill].needs.items())
    for skill, needs in found.items():
        level, row = levels[skill] or 0, rubric.rows[skill]
        options = tuple(Option(need, hours_between(row.skill, level, need), value=0) for need in sorted(needs))
        yield Candidate(skill, level, options, tuple(row.skill.needs.items()), "needed")


def make_plan(
    catalog: Catalog,
    rubric: Rubric,
    sheet: Sheet,
    *,
    hours_per_week: float,
    weeks: int,
    there: Callable[[float], float] | None = None,
) -> Plan:
    """Choose what to learn, and say of the rest from how many hours a week it would fit.

    `there` says how many hours there are in all at some hours a week; without it every week is like the others.
    """
    in_all = there or (lambda hours: hours * weeks)
    pool = candidates(catalog, rubric, sheet)
    levels = {skill: sheet.settled_level(skill) for skill in rubric.rows}
    at_once = rubric.policy.learn_at_once

    def chosen(hours: float) -> dict[str, Option]:
        return choose(pool, levels, in_all(hours), at_once)

    by_skill = {candidate.skill: candidate for candidate in pool}
    picked = chosen(hours_per_week)
    goals = tuple(_goal(by_skill[skill], option) for skill, option in picked.items())
    rest = sorted(
        (c for c in pool if c.skill not in picked and c.because != "needed"),
        key=lambda c: -max(option.value for option in c.options),
    )
    more = {hours: chosen(hours) for hours in range(math.floor(hours_per_week) + 1, MOST_HOURS + 1)} if rest else {}
    left_out = tuple(
        LeftOut(
            _goal(candidate, candidate.options[-1]),
            next((hours for hours, picks in more.items() if candidate.skill in picks), None),
        )
        for candidate in rest
    )
    return Plan(hours_per_week, weeks, in_all(hours_per_week), _in_order(goals, by_skill, levels), left_out)


def _goal(candidate: Candidate, option: Option) -> Goal:
    short_of = option is not candidate.options[-1]
    because: Because = "judge" if short_of and candidate.because == "target" else candidate.because
    return Goal(candidate.skill, candidate.level, option.to, option.hours, because)


def _in_order(
    goals: Sequence[Goal], pool: Mapping[str, Candidate], levels: Mapping[str, int | None]
) -> tuple[Goal, ...]:
    """What is needed comes first, even if enough of it is there; otherwise the most valuable hour first."""
    rank = {
        goal.skill: -next(o.value for o in pool[goal.skill].options if o.to == goal.to) / goal.hours for goal in goals
    }
    left, done = sorted(goals, key=lambda goal: rank[goal.skill]), []
    while left:
        waiting = {goal.skill for goal in left}
        free = (g for g in left if not waiting & _first_of(pool[g.skill]))
        able = (g for g in left if not waiting.intersection(dict(_unmet(pool[g.skill], levels))))
        ready = next(itertools.chain(free, able))
        done.append(ready)
        left.remove(ready)
    return tuple(done)


def _first_of(candidate: Candidate) -> set[str]:
    return {skill for skill, _ in candidate.needs} - {candidate.skill}


def choose(
    pool: Sequence[Candidate], levels: Mapping[str, int | None], budget: float, at_once: int
) -> dict[str, Option]:
    """The most valuable choice of at most one option per candidate, exactly, by branch and bound.

    It takes at most `budget` hours and at most `at_once` options that reach level 4, and an option
    only where everything its skill needs is there already or is chosen to be learned first (a need that
    is not applicable or unanswered counts as there; skills that wait for each other are never chosen).
    Ties go to fewer hours, then to what is worth more per hour, then to the earlier candidate.
    """
    order = _needs_first(pool, levels)
    unmet = [_unmet(candidate, levels) for candidate in order]
    bounds = [_bound(order[i:], at_once) for i in range(len(order) + 1)]
    waited_for = [sorted({skill for needs in unmet[i:] for skill, _ in needs}) for i in range(len(order) + 1)]
    seen: dict[tuple[object, ...], int] = {}
    best: tuple[int, float, dict[str, Option]] = (0, 0, {})

    def hopeless(i: int, value: int, hours: float, carried: int, picked: dict[str, Option]) -> bool:
        """Whether nothing better can follow, or the same was reached before with no less value."""
        state = (i, hours, carried, *(picked[skill].to if skill in picked else 0 for skill in waited_for[i]))
        if seen.get(state, -1) >= value:
            return True
        seen[state] = value
        most = value + bounds[i](budget - hours, at_once - carried)
        return (most, -hours) <= (best[0], -best[1])

    def descend(i: int, value: int, hours: float, carried: int, picked: dict[str, Option]) -> None:
        nonlocal best
        if (value, -hours) > (best[0], -best[1]):
            best = (value, hours, picked)
        if i == len(order) or hopeless(i, value, hours, carried, picked):
            return
        candidate = order[i]
        if all(skill in picked and picked[skill].to >= need for skill, need in unmet[i]):
            for option in reversed(candidate.options):
                carries = carried + (option.to >= CARRIES)
                if hours + option.hours <= budget and carries <= at_once:
                    chosen = {**picked, candidate.skill: option}
                    descend(i + 1, value + option.value, hours + option.hours, carries, chosen)
        descend(i + 1, value, hours, carried, picked)

    descend(0, 0, 0, 0, {})
    return best[2]


def _unmet(candidate: Candidate, levels: Mapping[str, int | None]) -> list[tuple[str, int]]:
    """The needs that are known not to be there yet."""
    known = ((skill, need, levels.get(skill)) for skill, need in candidate.needs)
    return [(skill, need) for skill, need, level in known if level is not None and level < need]


def _needs_first(pool: Sequence[Candidate], levels: Mapping[str, int | None]) -> list[Candidate]:
    """The candidates by value per hour, each after those it waits for; a circle is broken where it is entered."""
    waiting = {c.skill: c for c in sorted(pool, key=_worth_per_hour, reverse=True)}
    order: list[Candidate] = []

    def place(candidate: Candidate) -> None:
        del waiting[candidate.skill]
        for skill, _ in _unmet(candidate, levels):
            if skill in waiting:
                place(waiting[skill])
        order.append(candidate)

    while waiting:
        place(next(iter(waiting.values())))
    return order


def _worth_per_hour(candidate: Candidate) -> float:
    return max((option.value / option.hours for option in candidate.options), default=0)


def _bound(pool: Sequence[Candidate], at_once: int) -> Callable[[float, int], int]:
    """The most that these candidates can still add, or somewhat more, given hours and places at level 4 left.

    The lesser of two relaxations: hours filled with the best fractions of steps, whatever they lead to; and
    what level 4 adds to the options below it, free of hours, beside the fractions of those options. Values are
    whole, so part of one more is none.
    """
    below = [tuple(option for option in c.options if option.to < CARRIES) for c in pool]
    steps = _by_rate(c.options for c in pool)
    low = _by_rate(below)
    top = sorted((_most(c.options) - _most(lower) for c, lower in zip(pool, below, strict=True)), reverse=True)
    best = [sum(top[:count]) for count in range(at_once + 1)]

    def bound(hours: float, places: int) -> int:
        return math.floor(min(_filled(steps, hours), best[places] + _filled(low, hours)))

    return bound


def _most(options: Sequence[Option]) -> int:
    return max((option.value for option in options), default=0)


def _by_rate(choices: Iterable[Sequence[Option]]) -> list[Option]:
    """The steps of all choices, the most valuable hour first."""
    steps = (step for options in choices for step in _steps(options))
    return sorted(steps, key=lambda step: step.value / step.hours, reverse=True)


def _filled(steps: Sequence[Option], hours: float) -> float:
    value = 0.0
    for step in steps:
        if step.hours >= hours:
            return value + step.value * hours / step.hours
        value += step.value
        hours -= step.hours
    return value


def _steps(options: Sequence[Option]) -> list[Option]:
    """Options as steps of falling value per hour: what each adds to the one before."""
    hull = [Option(0, 0, 0)]
    for option in options:
        while len(hull) > 1 and _replaces(option, hull[-1], hull[-2]):
            hull.pop()
        hull.append(option)
    return [
        Option(after.to, after.hours - before.hours, after.value - before.value)
        for before, after in itertools.pairwise(hull)
    ]


def _replaces(option: Option, last: Option, before: Option) -> bool:
    return option.hours == last.hours or _rate(last, option) >= _rate(before, last)


def _rate(before: Option, after: Option) -> float:
    return (after.value - before.value) / (after.hours - before.hours)
