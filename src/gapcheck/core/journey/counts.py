"""What files come to: counts by day and segment, small whatever the size of the files. No customer is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

ALL = ("", "")
"""The segment that everybody is in. Others are a column and one of its values: `("platform", "mobile")`."""

Segment = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DayCount:
    """Of `reached` journeys that came to a step on a day, how many came `on` to the next one, then or later."""

    day: dt.date
    reached: int
    on: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The way from one step to the next: counts by day in order, and the hours it takes (median, 90th percentile)."""

    days: tuple[DayCount, ...]
    median_hours: float | None = None
    slow_hours: float | None = None

    @property
    def reached(self) -> int:
        """Journeys that came to the first of the two steps."""
        return sum(each.reached for each in self.days)

    @property
    def on(self) -> int:
        """Those of them that came to the second."""
        return sum(each.on for each in self.days)


@dataclass(frozen=True, slots=True)
class Worth:
    """What people's first uses and all later ones brought in the latest year, and how people differ in it.

    `first` and `later` are sums over the `people` with a use in it; `first_squared`, `later_squared` and `both` are
    those of each person's squares, and of the products of the two. Where no value is given, uses are counted.
    """

    people: int
    first: float
    later: float
    first_squared: float
    later_squared: float
    both: float


@dataclass(frozen=True, slots=True)
class Use:
    """First and repeated use. Days are counted from a person's first use.

    `second`: channel ("" is all) to {days to the second use, or followed without one: (came back, not yet)}.
    `cohorts`: month of first use (its first day) to (people, {month number from 1: (came back in it, followed so
    long)}). `value` is by channel of the first use ("" is all), of the last twelve months that the file knows.
    """

    second: dict[str, dict[int, tuple[int, int]]]
    cohorts: dict[dt.date, tuple[int, dict[int, tuple[int, int]]]]
    value: dict[str, Worth]
    valued: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """At one touchpoint, by channel ("" is all): people who were there, and events."""

    people: int
    events: int


@dataclass(frozen=True, slots=True)
class LogCounts:
    """All that is asked of one event log.

    `passages[k]` is the way from step k to step k + 1, by segment. Events that end the path are counted in `by_day`,
    and in `by_hour_of_week` from Monday 0:00 (168 hours). `next_steps` are journeys that went from one touchpoint to
    another next ("" is nowhere). `value_of_one` is the mean value of reaching the last step, None without values.
    `seen` has for each event of the log, on the path or not (the 50 most frequent), by the day that journeys began:
    how many there were (`reached`), and in how many the event was (`on`).
    """

    first: dt.date
    last: dt.date
    people: int
    journeys: int
    events: int
    passages: tuple[dict[Segment, Passage], ...]
    by_day: dict[dt.date, int]
    by_hour_of_week: tuple[int, ...]
    reach: dict[tuple[str, str], Reach]
    next_steps: dict[tuple[str, str], int]
    use: Use
    value_of_one: float | None = None
    seen: dict[str, tuple[DayCount, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at a time; `of` is the denominator where the figure is a share, and `value` then the numerator."""

    when: dt.datetime
    value: float
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One metric over time, a point per `hours` (24 or 1), in order and without doubles; gaps are missing points."""

    metric: str
    points: tuple[Point, ...]
    hours: int = 24


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a file's rows: read, and left out for each reason (with the first row that it was so in)."""

    file: str
    rows: int
    left_out: dict[str, tuple[int, int]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything that the files of a map come to, by the map's own names."""

    logs: dict[str, LogCounts]
    series: dict[str, Series]
    accounts: tuple[Account, ...]
