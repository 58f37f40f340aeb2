"""The course of a figure before, during and after a time: what an incident looked like, day by day or week by week."""

from __future__ import annotations

import datetime as dt
from statistics import fmean
from typing import TYPE_CHECKING

from gapcheck.core.journey.found import Course

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.journey.counts import Point

MOST = 12
"""Parts of a time that are told; of a longer one each part is longer."""

BESIDE = 4
"""Parts before it, and after it."""

LENGTHS = (1, 7, 28)
"""Days of a part: whole weeks, so that no weekday makes one look different from the next."""


def course(points: Sequence[Point], start: dt.date, end: dt.date) -> Course:
    """What the figure was, in parts of so many days that a time has at most 12 of them (28 days at most).

    The parts before begin no earlier than the points do; those after are whole. The last one inside may be shorter.
    """
    whole = (end - start).days + 1
    days = next((each for each in LENGTHS if whole <= each * MOST), LENGTHS[-1])
    first, last = points[0].when.date(), points[-1].when.date()
    before = [start - dt.timedelta(days * n) for n in range(BESIDE, 0, -1)]
    during = [start + dt.timedelta(days * n) for n in range(-(-whole // days))][-MOST:]
    after = [end + dt.timedelta(1 + days * n) for n in range(BESIDE)]
    return Course(
        days=days,
        before=tuple(_figures(points, [day for day in before if day >= first], days, last)),
        during=tuple(_figures(points, during, days, end)),
        after=tuple(_figures(points, [day for day in after if day + dt.timedelta(days - 1) <= last], days, last)),
    )


def _figures(points: Sequence[Point], begins: Sequence[dt.date], days: int, until: dt.date) -> Iterator[float | None]:
    for begin in begins:
        after = min(begin + dt.timedelta(days), until + dt.timedelta(1))
        yield _figure([point for point in points if begin <= point.when.date() < after])


def _figure(points: Sequence[Point]) -> float | None:
    """The share of all of them together where there are denominators, else the mean; None of nothing."""
    if not points:
        return None
    if points[0].of is None:
        return fmean(point.value for point in points)
    of = sum(point.of or 0.0 for point in points)
    return sum(point.value for point in points) / of if of else None
