"""The figures of one metric made into points: one a day or an hour, doubles made one, gaps told."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import Point, Series
from gapcheck.core.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NOTHING = ": no figures"
"""The remark on a metric that has none."""

HOURLY_UP_TO = dt.timedelta(hours=12)
"""Figures that mostly are at most so far apart are kept by the hour, others by the day."""

Row = tuple[dt.datetime, "float | None", "float | None"]
"""A time on the clock, a value or numerator, a denominator."""


def series(metric: str, rows: Sequence[Row]) -> tuple[Series, list[str]]:
    """One metric's points, and what there is to know about them."""
    shares = any(of is not None for _, _, of in rows)
    instants = sorted({time for time, _, _ in rows})
    apart = [later - time for time, later in itertools.pairwise(instants)]
    step = statistics.median_low(apart) if apart else dt.timedelta(days=1)
    hours = 1 if step <= HOURLY_UP_TO else 24
    slots: dict[dt.datetime, list[Row]] = {}
    for row in rows:
        slots.setdefault(_slot(row[0], hours), []).append(row)
    made = [_share(slot, own) if shares else _mean(slot, own) for slot, own in slots.items()]
    points = tuple(point for point in made if point is not None)
    told = [*_doubles(metric, rows, slots, hours, shares=shares), *_gaps(metric, points, step, hours)]
    if shares and len(points) < len(made):
        lacking = counted(len(made) - len(points), "point")
        told.append(f"{metric}: left out: {lacking} without a denominator above 0 and a numerator")
    if not points:
        told.append(f"{metric}{NOTHING}")
    return Series(metric, points, hours), told


def _slot(time: dt.datetime, hours: int) -> dt.datetime:
    return time.replace(hour=time.hour if hours == 1 else 0, minute=0, second=0, microsecond=0)


def _told(time: dt.datetime) -> str:
    """A time as a message has it: midnight is the day alone."""
    return f"{time:%Y-%m-%d %H:%M}".removesuffix(" 00:00")


def _mean(slot: dt.datetime, rows: Iterable[Row]) -> Point | None:
    values = [value for _, value, _ in rows if value is not None]
    return Point(slot, math.fsum(values) / len(values)) if values else None


def _share(slot: dt.datetime, rows: Iterable[Row]) -> Point | None:
    """Numerators and denominators added up: the share of all of them together."""
    every = list(rows)
    values = [value for _, value, _ in every if value is not None]
    of = math.fsum(of for _, _, of in every if of is not None)
    return Point(slot, math.fsum(values), of) if values and of > 0 else None


def _doubles(
    metric: str, rows: Sequence[Row], slots: Mapping[dt.datetime, Sequence[Row]], hours: int, *, shares: bool
) -> Iterator[str]:
    """That several figures were made one."""
    how = "added up, numerators and denominators each" if shares else "their mean is taken"
    filled = [time for time, value, _ in rows if value is not None]
    twice = len(filled) - len(set(filled))
    if twice:
        again = next(time for time, later in itertools.pairwise(filled) if time == later)
        many = counted(twice, "figure is", "figures are")
        yield f"{metric}: {many} for a time that has one already, first {_told(again)}; {how}"
    more = sum(len({row[0] for row in own}) > 1 for own in slots.values())
    if more:
        slot = "hour" if hours == 1 else "day"
        yield f"{metric}: {counted(more, f'{slot} has', f'{slot}s have')} figures of several times; {how}"


def _gaps(metric: str, points: Sequence[Point], step: dt.timedelta, hours: int) -> Iterator[str]:
    """That figures are missing between others, by how far apart they mostly are."""
    usual = max(step, dt.timedelta(hours=hours))
    gaps = [
        (later.when - point.when, point.when)
        for point, later in itertools.pairwise(points)
        if later.when - point.when > 1.5 * usual
    ]
    if gaps:
        size, start = max(gaps, key=lambda gap: (gap[0], -gap[1].timestamp()))
        yield f"{metric}: {counted(len(gaps), 'gap')}, the longest from {_told(start)} to {_told(start + size)}"
    if usual > dt.timedelta(days=2):
        yield f"{metric}: a figure every {usual.days} days"
