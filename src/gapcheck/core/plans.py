"""A person's plan as a file: what was agreed to be learned, the weeks that are not like others, and what was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from gapcheck.core.answers import PersonId
from gapcheck.core.catalog import SkillId
from gapcheck.core.shapes import DAY, GOAL, HOURS, LEVEL, NAME, NUMBER, WEEKLY, WEEKS, Record


@dataclass(frozen=True, kw_only=True)
class Busy(Record):
    """Days from `since` to `until`, both included, in which only `hours` a week can be learned; 0 is a holiday."""

    since: Annotated[dt.date, DAY]
    until: Annotated[dt.date, DAY]
    hours: Annotated[float, WEEKLY] = 0
    why: Annotated[str, NAME] | None = None


@dataclass(frozen=True, kw_only=True)
class Agreed(Record):
    """A skill that was agreed to be learned, from one level to another, and why."""

    skill: SkillId
    start: Annotated[int, LEVEL]
    to: Annotated[int, GOAL]
    hours: Annotated[int, HOURS]
    because: Literal["target", "judge", "needed"]


@dataclass(frozen=True, kw_only=True)
class Logged(Record):
    """Hours spent on a skill on a day; `step` is the number (from 1) of the step that they complete, if any."""

    date: Annotated[dt.date, DAY]
    skill: SkillId
    hours: Annotated[float, WEEKLY]
    step: Annotated[int, NUMBER] | None = None


@dataclass(frozen=True, kw_only=True)
class PlanFile(Record):
    """A person's plan as it was agreed, the weeks that are not like others, and what was done since."""

    person: PersonId
    start: Annotated[dt.date, DAY]
    weeks: Annotated[int, WEEKS]
    hours_per_week: Annotated[float, WEEKLY]
    busy: tuple[Busy, ...] = ()
    goals: tuple[Agreed, ...] = ()
    log: tuple[Logged, ...] = ()

    @property
    def counted(self) -> tuple[Logged, ...]:
        """What was logged since its first day, in order of days; what came before belongs to a plan before it."""
        return tuple(sorted((one for one in self.log if one.date >= self.start), key=lambda one: one.date))
