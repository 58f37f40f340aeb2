"""`journey/map.yaml`: which columns and events of which files mean what in the catalog."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated, Literal

from gapcheck.core.answers import PersonId
from gapcheck.core.catalog import Id, Name
from gapcheck.core.shapes import Number, Record

Dates = Literal["iso", "day-first", "month-first"]
Decimal = Literal[".", ","]
WITHIN = Number(1, 366, whole=True, expected="whole days from 1 to 366")
IDLE = Number(0, 8784, whole=False, expected="hours above 0, at most 8784")


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    """One step of a path: the event that marks it, where on the map it happens, the metric that it measures.

    `metric` is the share of those at the step before who come this far (of those who do not, where lower is better).
    """

    event: Name
    touchpoint: Id
    conversion: Id | None = None
    metric: Id | None = None


@dataclass(frozen=True, kw_only=True)
class EventLog(Record):
    """A file of events, one a row: who did what, and when.

    A list with a column of dates for each event (leads: made, won) gives `at` (column: event) in place of `when` and
    `what`. With `session` each session is a journey of its own. With `idle_hours`, an inactivity timeout, a person's
    events are one until none comes for longer than that; without both all of a person's are. Without `session`, who has
    not come on `within_days` later has not come. `order: any` counts a step wherever in a journey it is.
    `use` names the events that count as use of what is sold; the last step if not given. Of a workbook `worksheet` is
    read, the first if not given.
    """

    file: Name
    worksheet: Name | None = None
    who: Name
    when: Name | None = None
    what: Name | None = None
    at: dict[Name, Name] = field(default_factory=dict)
    session: Name | None = None
    idle_hours: Annotated[float, IDLE] | None = None
    value: Name | None = None
    segments: tuple[Name, ...] = ()
    channel: Name | None = None
    dates: Dates = "iso"
    decimal: Decimal = "."
    steps: tuple[Step, ...]
    touchpoints: dict[Name, Id] = field(default_factory=dict)
    order: Literal["strict", "any"] = "strict"
    within_days: Annotated[int, WITHIN] | None = None
    use: tuple[Name, ...] = ()

    @property
    def used(self) -> tuple[str, ...]:
        """The events that count as use."""
        return self.use or (self.steps[-1].event,)

    @property
    def days_to_next(self) -> int | None:
        """Days within which the next step has to come; None with sessions, which end by themselves.

        Where the map does not say, as long as a journey can be idle, in whole days rounded up, or two weeks.
        """
        if self.session is not None:
            return None
        return self.within_days or (14 if self.idle_hours is None else math.ceil(self.idle_hours / 24))


@dataclass(frozen=True, kw_only=True)
class Column(Record):
    """Where a metric's figures are: its `value`, or a numerator and a denominator, which lets intervals be had.

    In a wide file these are columns, in a long one what stands in the column `metric`.
    """

    value: Name | None = None
    numerator: Name | None = None
    denominator: Name | None = None


@dataclass(frozen=True, kw_only=True)
class FigureFile(Record):
    """A file of figures over time: a column a metric, or (long) a row a figure, with `metric` and `value` columns."""

    file: Name
    worksheet: Name | None = None
    when: Name
    metric: Name | None = None
    value: Name | None = None
    dates: Dates = "iso"
    decimal: Decimal = "."
    metrics: dict[Id, Column]


@dataclass(frozen=True, kw_only=True)
class JourneyMap(Record):
    """Event logs and figure files by a name of one's own, and who sees to which incident.

    Days begin at midnight in `time_zone`, and times that name no zone are taken to be in it.
    """

    time_zone: Name = "UTC"
    events: dict[Id, EventLog] = field(default_factory=dict)
    figures: dict[Id, FigureFile] = field(default_factory=dict)
    owners: dict[Id, PersonId] = field(default_factory=dict)
