"""What to learn within the hours: chosen exactly, so that the months it promises are true.

Value counts on reaching a level that means something, not on every point of gap: judging (2) is worth the
skill's weight once, the role's target twice, since only the target changes who can do the work. Maximising
points instead would spread the hours over a dozen skills and bring none to its target.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gapcheck.core.cover import CARRIES, JUDGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog, Skill
    from gapcheck.core.rubric import Rubric

TYPICAL_HOURS = 45
"""Hours from nothing to level 4 where a skill names no steps: about the median of the shipped skills."""

Because = Literal["target", "judge", "needed"]


@dataclass(frozen=True, slots=True)
class Option:
    """One level that a skill could be learned to: hours it takes, and what reaching it is worth."""

    to: int
    hours: int
    value: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A skill that could be learned: where it stands, how far it could go, what it needs first."""

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
    """A skill that the hours have no room for, and the least whole hours a week at which it would fit.

    `fits_at` is None where more hours would not help: other skills are to be carried first.
    """

    goal: Goal
    fits_at: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The choice: `planned` of `budget` hours go into `goals`; the rest of the candidates is left out."""

    hours_per_week: float
    weeks: int
    goals: tuple[Goal, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def budget(self) -> float:
        """Hours there are."""
        return self.hours_per_week * self.weeks

    @property
    def planned(self) -> int:
        """Hours that the goals take."""
        return sum(goal.hours for goal in self.goals)


def hours_between(skill: Skill, start: int, to: int) -> int:
    """Whole hours from one level to another: the skill's own steps, or a typical share of 45 hours.

    Without steps competence(h) = 1 - exp(-k h) is assumed, with 80% after TYPICAL_HOURS.
    """
    if skill.learn:
        return sum(step.hours for step in skill.learn if start < step.to <= to)
    k = math.log(5) / TYPICAL_HOURS
    at = [-math.log(1 - min(level, 4.9) / 5) / k for level in (start, to)]
    return math.ceil(at[1] - at[0])


def candidates(catalog: Catalog, rubric: Rubric, sheet: Sheet) -> tuple[Candidate, ...]:
    """Skills whose verdict, if they fit, is to learn; then those which these need first."""
    levels = {skill: sheet.settled_level(skill) for skill in rubric.rows}
    wanted = {}
    for skill, level in levels.items():
        if level is None:
            continue
        verdict = rubric.result(skill, level, fits=True).verdict
        if verdict.action == "learn" and verdict.to is not None:
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
    found: dict[str, int] = {}
    queue = [need for candidate in wanted.values() for need in candidate.needs]
    while queue:
        skill, need = queue.pop()
        level = levels.get(skill)
        if level is None or level >= need or skill in wanted or found.get(skill, 0) >= need:
            continue
        found[skill] = need
        queue.extend(catalog.skills[skill].needs.items())
    for skill, need in found.items():
        level, row = levels[skill] or 0, rubric.rows[skill]
        option = Option(need, hours_between(row.skill, level, need), value=0)
        yield Candidate(skill, level, (option,), tuple(row.skill.needs.items()), "needed")


def make_plan(catalog: Catalog, rubric: Rubric, sheet: Sheet, *, hours_per_week: float, weeks: int) -> Plan:
    """Choose what to learn, and say of the rest from how many hours a week it would fit."""
    pool = candidates(catalog, rubric, sheet)
    levels = {skill: sheet.settled_level(skill) for skill in rubric.rows}
    at_once = rubric.policy.learn_at_once

    def chosen(hours: float) -> dict[str, Option]:
        return choose(pool, levels, hours * weeks, at_once)

    by_skill = {candidate.skill: candidate for candidate in pool}
    picked = chosen(hours_per_week)
    goals = tuple(_goal(by_skill[skill], option) for skill, option in picked.items())
    rest = sorted(
        (c for c in pool if c.skill not in picked and c.because != "needed"),
        key=lambda c: -max(option.value for option in c.options),
    )
    more = {hours: chosen(hours) for hours in range(math.floor(hours_per_week) + 1, 11)} if rest else {}
    left_out = tuple(
        LeftOut(
            _goal(candidate, candidate.options[-1]),
            next((hours for hours, picks in more.items() if candidate.skill in picks), None),
        )
        for candidate in rest
    )
    return replace(Plan(hours_per_week, weeks), goals=_in_order(goals, by_skill), left_out=left_out)


def _goal(candidate: Candidate, option: Option) -> Goal:
    short_of = option is not candidate.options[-1]
    because: Because = "judge" if short_of and candidate.because == "target" else candidate.because
    return Goal(candidate.skill, candidate.level, option.to, option.hours, because)


def _in_order(goals: Sequence[Goal], pool: Mapping[str, Candidate]) -> tuple[Goal, ...]:
    """What is needed comes first; otherwise the most valuable hour first."""
    rank = {
        goal.skill: -next(o.value for o in pool[goal.skill].options if o.to == goal.to) / max(1, goal.hours)
        for goal in goals
    }
    left, done = sorted(goals, key=lambda goal: rank[goal.skill]), []
    while left:
        waiting = {goal.skill for goal in left}
        ready = next((g for g in left if not waiting & _first_of(pool[g.skill])), left[0])
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
    only where everything its skill needs is there already or is chosen too (a need that is not
    applicable or unanswered counts as there). Ties go to fewer hours, then to the earlier candidate.
    """
    order = _needs_first(pool)
    bounds = [_bound(order[i:], at_once) for i in range(len(order) + 1)]
    best: tuple[int, float, dict[str, Option]] = (0, 0, {})

    def descend(i: int, value: int, hours: float, carried: int, picked: dict[str, Option]) -> None:
        nonlocal best
        if (value, -hours) > (best[0], -best[1]):
            best = (value, hours, picked)
        if i == len(order) or value + bounds[i](budget - hours, at_once - carried) <= best[0]:
            return
        candidate = order[i]
        if _ready(candidate, levels, picked):
            for option in reversed(candidate.options):
                carries = carried + (option.to >= CARRIES)
                if hours + option.hours <= budget and carries <= at_once:
                    chosen = {**picked, candidate.skill: option}
                    descend(i + 1, value + option.value, hours + option.hours, carries, chosen)
        descend(i + 1, value, hours, carried, picked)

    descend(0, 0, 0, 0, {})
    return best[2]


def _ready(candidate: Candidate, levels: Mapping[str, int | None], picked: Mapping[str, Option]) -> bool:
    def there(skill: str, need: int) -> bool:
        level = levels.get(skill)
        return level is None or level >= need or (skill in picked and picked[skill].to >= need)

    return all(there(skill, need) for skill, need in candidate.needs)


def _needs_first(pool: Sequence[Candidate]) -> list[Candidate]:
    """The candidates by value per hour, each after those it needs; a circle is broken where it is entered."""
    waiting = {c.skill: c for c in sorted(pool, key=_worth_per_hour, reverse=True)}
    order: list[Candidate] = []

    def place(candidate: Candidate) -> None:
        del waiting[candidate.skill]
        for skill, _ in candidate.needs:
            if skill in waiting:
                place(waiting[skill])
        order.append(candidate)

    while waiting:
        place(next(iter(waiting.values())))
    return order


def _worth_per_hour(candidate: Candidate) -> float:
    return max(option.value / max(1, option.hours) for option in candidate.options)


def _bound(pool: Sequence[Candidate], at_once: int) -> Callable[[float, int], float]:
    """An upper bound on what these candidates can still add, given hours and places at level 4 left.

    The lesser of two relaxations: hours filled with the best fractions of steps, whatever they lead to; and
    the most valuable steps to level 4 free of hours, beside the fractions of all others.
    """
    steps = sorted((step for c in pool for step in _steps(c)), key=lambda s: s.value / s.hours, reverse=True)
    low = [step for step in steps if step.to < CARRIES]
    top = sorted((step.value for step in steps if step.to >= CARRIES), reverse=True)
    best = [sum(top[:count]) for count in range(at_once + 1)]
    return lambda hours, places: min(_filled(steps, hours), best[places] + _filled(low, hours))


def _filled(steps: Sequence[Option], hours: float) -> float:
    value = 0.0
    for step in steps:
        if step.hours >= hours:
            return value + step.value * hours / step.hours
        value += step.value
        hours -= step.hours
    return value


def _steps(candidate: Candidate) -> list[Option]:
    """A candidate's options as steps of falling value per hour: what each adds to the one before."""
    hull: list[Option] = [Option(candidate.level, 0, 0)]
    for option in candidate.options:
        while len(hull) > 1 and _rate(hull[-1], option) >= _rate(hull[-2], hull[-1]):
            hull.pop()
        hull.append(option)
    return [
        Option(after.to, max(1, after.hours - before.hours), after.value - before.value)
        for before, after in itertools.pairwise(hull)
    ]


def _rate(before: Option, after: Option) -> float:
    return (after.value - before.value) / max(1, after.hours - before.hours)
