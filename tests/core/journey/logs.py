"""Logs made by hand, for tests: what is not said is nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from gapcheck.core.journey.counts import ALL, DayCount, LogCounts, Passage, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapcheck.core.journey.counts import Segment

MONDAY = dt.date(2027, 1, 4)
STEPS = ("cart", "shipping", "payment", "purchase")
MOBILE, DESKTOP, TABLET = (("platform", name) for name in ("mobile", "desktop", "tablet"))


def passage(days: Iterable[tuple[int, int]], first: dt.date = MONDAY) -> Passage:
    """(reached, on) by day from the first one on."""
    return Passage(
        tuple(DayCount(first + dt.timedelta(number), reached, on) for number, (reached, on) in enumerate(days)),
        median_hours=2.0,
        slow_hours=30.0,
    )


def log(
    *ways: Mapping[Segment, Iterable[tuple[int, int]]], days: int = 112, people: int = 1000, **more: Any
) -> LogCounts:
    """A log of so many days; a way is (reached, on) by day for each segment."""
    told: dict[str, Any] = {
        "first": MONDAY,
        "last": MONDAY + dt.timedelta(days - 1),
        "people": people,
        "journeys": people,
        "events": people,
        "passages": tuple({segment: passage(counts) for segment, counts in way.items()} for way in ways),
        "by_day": {},
        "by_hour_of_week": (0,) * 168,
        "reach": {},
        "next_steps": {},
        "use": Use({}, {}, {}),
    }
    return LogCounts(**(told | more))


def steady(reached: int, on: int, days: int = 112) -> list[tuple[int, int]]:
    """The same every day."""
    return [(reached, on)] * days


def everybody(*days: tuple[int, int]) -> dict[Segment, list[tuple[int, int]]]:
    """A way that only everybody is counted for."""
    return {ALL: [*days]}
