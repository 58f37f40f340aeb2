"""The plan in weeks: which learning step in which week, what reaches its level when, and what no longer fits.

One skill at a time, in the order of the plan, so that what is needed first comes first and nothing lies half done; a
skill that ends in the middle of a week hands the rest of it to the next. Hours are spread over the five working days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.plan import Goal, way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog, Skill, Step
    from gapcheck.core.plans import Agreed, Busy, Logged, PlanFile

WORKING_DAYS = 5
NOTHING_LEFT = 1e-9
"""Hours below this are rounding."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks there are: from a day on, so many, each of so many hours but for busy days."""

    start: dt.date
    weeks: int
    hours_per_week: float
    busy: tuple[Busy, ...] = ()

    @property
    def end(self) -> dt.date:
        """The first day after the last week."""
        return self.start + dt.timedelta(weeks=self.weeks)

    def begins(self, week: int) -> dt.date:
        """The first day of a week, counted from 0."""
        return self.start + dt.timedelta(weeks=week)

    def ends(self, week: int) -> dt.date:
        """The last working day of a week."""
        days = [self.begins(week) + dt.timedelta(days=n) for n in range(7)]
        return max(day for day in days if day.weekday() < WORKING_DAYS)

    def hours_in(self, week: int) -> float:
        """Hours that can be learned in a week: a fifth of the week's on each working day."""
        days = (self.begins(week) + dt.timedelta(days=n) for n in range(7))
        return sum(self._hours_on(day) for day in days if day.weekday() < WORKING_DAYS)

    def _hours_on(self, day: dt.date) -> float:
        there = [busy.hours for busy in self.busy if busy.since <= day <= busy.until]
        return min([self.hours_per_week, *there]) / WORKING_DAYS

    @property
    def hours(self) -> float:
        """All hours there are."""
        return sum(self.hours_in(week) for week in range(self.weeks))

    def at(self, hours_per_week: float) -> Calendar:
        """The same weeks with other hours."""
        return replace(self, hours_per_week=hours_per_week)

    def since(self, day: dt.date) -> Calendar:
        """What is left of it: from the week that a day falls into, which counts as a whole."""
        gone = min(self.weeks, max(0, (day - self.start).days // 7))
        return replace(self, start=self.begins(gone), weeks=self.weeks - gone)


@dataclass(frozen=True, slots=True)
class Task:
    """A learning step of a goal: its number among the steps of the goal from 1, and hours that are left of it."""

    goal: Goal
    number: int
    step: Step
    left: float

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left."""
        return self.left <= NOTHING_LEFT


@dataclass(frozen=True, slots=True)
class Part:
    """What of a task is done in one week, in hours, and whether that is its end."""

    week: int
    task: Task
    hours: float
    ends: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal's level and the first day of the week in which it is reached; None where the weeks end before."""

    goal: Goal
    week: int | None
    missing: float = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """Weeks, what is done in each, when each goal is reached, and hours that are over."""

    calendar: Calendar
    tasks: tuple[Task, ...]
    parts: tuple[Part, ...]
    reached: tuple[Reached, ...]

    @property
    def left(self) -> float:
        """Hours that still have to be done."""
        return sum(task.left for task in self.tasks)

    @property
    def over(self) -> float:
        """Hours that nothing is planned for."""
        return max(0.0, self.calendar.hours - sum(part.hours for part in self.parts))

    @property
    def short(self) -> float:
        """Hours that are missing for everything to be reached in time."""
        return sum(goal.missing for goal in self.reached)

    @property
    def holds(self) -> bool:
        """Whether everything is reached before the weeks end."""
        return self.short <= NOTHING_LEFT


def goals_of(kept: PlanFile) -> tuple[Goal, ...]:
    """The goals that were agreed, as the plan has them."""
    return tuple(Goal(goal.skill, goal.start, goal.to, goal.hours, goal.because) for goal in kept.goals)


def steps_of(catalog: Catalog, goals: Iterable[Goal | Agreed]) -> dict[str, int]:
    """How many steps each goal has, by skill."""
    return {goal.skill: len(way(catalog.skills[goal.skill], goal.start, goal.to)) for goal in goals}


def tasks_of(catalog: Catalog, goals: Sequence[Goal], log: Sequence[Logged] = ()) -> tuple[Task, ...]:
    """The steps of all goals in order, with what the log leaves of each.

    A goal's hours are those that were agreed, whatever the catalog says now: its steps share them as they stand there.
    A step that is logged as done has nothing left, nor have those before it. Hours without a step count towards the
    first that is not done, of which at least an hour is left until it is said to be done.
    """
    logged = {goal.skill: [one for one in log if one.skill == goal.skill] for goal in goals}
    return tuple(task for goal in goals for task in _tasks(catalog.skills[goal.skill], goal, logged[goal.skill]))


def _tasks(skill: Skill, goal: Goal, log: Sequence[Logged]) -> Iterator[Task]:
    done = max((one.step for one in log if one.step is not None), default=0)
    last = next((n for n, one in enumerate(log, 1) if done and one.step == done), 0)
    towards = sum(one.hours for one in log[last:] if one.step is None)
    steps = way(skill, goal.start, goal.to)
    share = goal.hours / sum(step.hours for step in steps)
    for number, step in enumerate(steps, 1):
        left = 0.0 if number <= done else step.hours * share
        if number == done + 1 and towards:
            left = max(min(1.0, left), left - towards)
        yield Task(goal, number, step, left)


def schedule(tasks: Sequence[Task], calendar: Calendar) -> Schedule:
    """Put what is left of the tasks into the weeks, one after the other."""
    parts: list[Part] = []
    left = {id(task): task.left for task in tasks}
    waiting = [task for task in tasks if not task.is_done]
    for week in range(calendar.weeks):
        room = calendar.hours_in(week)
        while waiting and room > NOTHING_LEFT:
            task = waiting[0]
            hours = min(room, left[id(task)])
            left[id(task)] -= hours
            room -= hours
            ends = left[id(task)] <= NOTHING_LEFT
            parts.append(Part(week, task, hours, ends))
            if ends:
                waiting.pop(0)
    return Schedule(calendar, tuple(tasks), tuple(parts), tuple(_reached(tasks, parts, waiting, left)))


def _reached(
    tasks: Sequence[Task], parts: Sequence[Part], waiting: Sequence[Task], left: Mapping[int, float]
) -> Iterator[Reached]:
    for goal in dict.fromkeys(task.goal for task in tasks):
        missing = sum(left[id(task)] for task in waiting if task.goal == goal)
        ends = [part.week for part in parts if part.task.goal == goal]
        yield Reached(goal, None if missing else max(ends, default=0), missing)
