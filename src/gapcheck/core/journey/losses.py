"""What a time that was not as usual cost: a share inside it beside the share around it, and what is missing at the end.

Counts are (on, reached). A loss is in conversions at the end of the path, below 0 where more came on than usual.
"""

from __future__ import annotations

import datetime as dt
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.core.journey import rates, scan
from gapcheck.core.journey.comparisons import LEAST
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.flow import share_of, tally
from gapcheck.core.journey.found import Carrier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapcheck.core.journey.counts import DayCount, LogCounts, Segment

VALUES = 4
"""Segments of a column that are told; what the others carry is less."""

MOST = 12
"""Segments of all columns that are told of one incident."""

Counts = tuple[int, int]
Time = tuple[dt.date, dt.date]


class Loss(NamedTuple):
    """Conversions lost, with a 95% interval."""

    lost: float
    low: float
    high: float


def parted(days: Iterable[DayCount], time: Time) -> tuple[Counts, Counts]:
    """What is inside a time, and around it as far as a stretch is held against (or as long as it is)."""
    ordered = [*days]
    first, last = time
    side = dt.timedelta(max(scan.AROUND_DAYS, (last - first).days + 1))
    inside = tally(day for day in ordered if first <= day.day <= last)
    around = tally(day for day in ordered if first - side <= day.day < first or last < day.day <= last + side)
    return inside, around


def missing(inside: Counts, around: Counts) -> float:
    """How many more would have come on by the share around; below 0 for fewer."""
    return inside[1] * around[0] / around[1] - inside[0] if around[1] else 0.0


def loss(inside: Counts, around: Counts, onward: float, wider: float) -> Loss:
    """What is missing, times the share of them (`onward`) who would have come to the end.

    The interval is Newcombe's of the two shares (1998, method 10), `wider` times as wide as dice would have it. The
    days are taken as given: that they were found by looking for the farthest makes it a little too narrow.
    """
    low, high = rates.newcombe(*around, *inside, rates.Z95 * wider)
    return Loss(missing(inside, around) * onward, low * inside[1] * onward, high * inside[1] * onward)


def wider(inside: Counts, around: Counts, usual_distances: float) -> float:
    """How much more times of this length differ than by dice alone, at least 1.

    `usual_distances` is how far the time lies off in distances that are usual in this series (core/journey/scan); in
    standard errors of the counts it is as much farther as these are smaller.
    """
    by_dice = abs(rates.signed_root(*inside, *around))
    return max(1.0, by_dice / abs(usual_distances)) if usual_distances else 1.0


def onward(counts: LogCounts, number: int, segment: Segment, time: Time) -> float:
    """The chance to get from a way's end to the path's end, by the days outside a time."""
    later = range(number + 1, len(counts.passages))
    return prod(_share_outside(counts, each, segment, time) for each in later)


def _share_outside(counts: LogCounts, number: int, segment: Segment, time: Time) -> float:
    """The share that comes on by a way on the days outside a time: the segment's own of enough, else everybody's."""
    for each in (segment, ALL):
        days = counts.passages[number][each].days if each in counts.passages[number] else ()
        on, reached = tally(day for day in days if not time[0] <= day.day <= time[1])
        if reached >= LEAST or (each == ALL and reached):
            return on / reached
    return 0.0


def carriers(counts: LogCounts, number: int, time: Time, wider: float) -> tuple[Carrier, ...]:
    """What each segment has of it, column by column, those that are off the most first; the smallest are left out."""
    columns: dict[str, list[Carrier]] = {}
    for each in _carriers(counts, number, time, wider):
        columns.setdefault(each.segment[0], []).append(each)
    told = [each for found in columns.values() for each in sorted(found, key=_by_size)[:VALUES]]
    largest = sorted(told, key=_by_size)[:MOST]
    return tuple(each for each in told if each in largest)


def _by_size(each: Carrier) -> tuple[float, str]:
    return -abs(each.lost), each.segment[1]


def _carriers(counts: LogCounts, number: int, time: Time, wider: float) -> Iterator[Carrier]:
    for segment, passage in counts.passages[number].items():
        inside, around = parted(passage.days, time)
        if segment != ALL and inside[1] and around[1]:
            found = loss(inside, around, onward(counts, number, segment, time), wider)
            yield Carrier(
                segment=segment,
                now=share_of(*inside),
                usual=share_of(*around),
                lost=found.lost,
                lost_low=found.low,
                lost_high=found.high,
            )
