"""Reach, scale and efficiency by stage and channel, and patterns that recur: weekdays, hours, months."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from dataclasses import replace
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING, Literal, NamedTuple

from gapcheck.core.journey.flow import share_of
from gapcheck.core.journey.found import Panel, Pattern
from gapcheck.core.journey.rates import f_tail, holm

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import LogCounts

WEEKS = 4
"""Fewer show each weekday so seldom that one odd day would be a pattern."""
YEARS = 2
"""In one year a season cannot be told from a trend, or from what happened once."""
BEYOND = 0.05
_NOTHING = 1e-12
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

Row = list[float]


class Strength(NamedTuple):
    """How strong a pattern is (0 to 1), the chance of one as strong without any, and each column's effect."""

    strength: float
    chance: float
    effects: tuple[float, ...]


def panel(catalog: Catalog, logs: Iterable[LogCounts]) -> tuple[Panel, ...]:
    """Reach, events and efficiency of each stage that the logs touch, in catalog order; everybody, then channels.

    Who was at several touchpoints of a stage, or in several logs, is in several counts. So the largest count is given:
    at least so many people were reached. Where more came to use what is sold than were in one row of a stage, the stage
    is not on the way there, and no row of it has an efficiency.
    """
    known = [*logs]
    lines: list[Panel] = []
    for stage, content in catalog.stages.items():
        channels = sorted({by for log in known for point, by in log.reach if point in content.touchpoints})
        found = [_panel(stage, channel, content.touchpoints, known) for channel in channels]
        on_the_way = all(users <= line.people for line, users in found)
        lines += [replace(line, came=share_of(users, line.people) if on_the_way else None) for line, users in found]
    return tuple(lines)


def _panel(stage: str, channel: str, points: Collection[str], logs: Sequence[LogCounts]) -> tuple[Panel, int]:
    """One line of the panel, and how many came to use what is sold, by the log which reached the most people."""
    reached = [
        (each, log) for log in logs for (point, by), each in log.reach.items() if by == channel and point in points
    ]
    most, log = max(reached, key=lambda pair: pair[0].people)
    users = sum(map(sum, log.use.second.get(channel, {}).values()))
    line = Panel(
        stage=stage,
        channel=channel,
        people=most.people,
        events=sum(each.events for each, _ in reached),
        came=None,
    )
    return line, users


def patterns(log: str, counts: LogCounts) -> tuple[Pattern, ...]:
    """What recurs in the arrivals at the path's end: weekdays, hours and months that differ beyond chance.

    Only what stands with 95% certainty for all patterns of a log together (Holm). None from less than four whole
    weeks (months: two years), or where all arrivals fall on one hour, as they do when only days are known.
    """
    tables: tuple[tuple[Literal["weekday", "hour", "month"], list[Row], list[str]], ...] = (
        ("weekday", _weeks(counts), [*_DAYS]),
        ("hour", _hours(counts), [f"{hour:02}:00" for hour in range(24)]),
        ("month", *_years(counts)),
    )
    measured = [(by, strength(rows), names) for by, rows, names in tables if rows]
    chances = holm([found.chance for _, found, _ in measured])
    return tuple(
        Pattern(log=log, by=by, strength=found.strength, chance=chance, high=names[high], low=names[low])
        for (by, found, names), chance in zip(measured, chances, strict=True)
        for low, *_, high in [sorted(range(len(names)), key=found.effects.__getitem__)]
        if chance < BEYOND
    )


def strength(rows: Sequence[Row]) -> Strength:
    """How far columns (weekdays) differ beyond chance, within rows (weeks), which may lie as high as they like.

    With D what is left of each cell when its row's mean is taken off, and R what is then left when the column's mean
    is taken off as well, it is 1 - var(R) / var(D): the strength of seasonality of Wang, Smith and Hyndman (2006), with
    each variance by its degrees of freedom, so that it is 0 on average where columns do not differ. Its chance is that
    of the F test of the same two-way layout: its yardstick is how restless the cells are, not what counts ought to be.
    """
    height, width = len(rows), len(rows[0])
    off = [[cell - fmean(row) for cell in row] for row in rows]
    effects = tuple(map(fmean, zip(*off, strict=True)))
    every = sum(cell**2 for row in off for cell in row) / (height * (width - 1))
    rest = sum((cell - effect) ** 2 for row in off for cell, effect in zip(row, effects, strict=True))
    rest /= (height - 1) * (width - 1)
    if every < _NOTHING:
        return Strength(0.0, 1.0, effects)
    if rest < _NOTHING:
        return Strength(1.0, 0.0, effects)
    between = height * sum(effect**2 for effect in effects) / (width - 1)
    return Strength(max(0.0, 1 - rest / every), f_tail(between / rest, width - 1, (height - 1) * (width - 1)), effects)


def _even(count: float) -> float:
    """A count on the scale on which chance moves all counts equally far (Anscombe 1948)."""
    return sqrt(count + 3 / 8)


def _weeks(counts: LogCounts) -> list[Row]:
    """Whole weeks from Monday on; without those in which nobody arrived, of which nothing can be known."""
    first = counts.first + dt.timedelta(-counts.first.weekday() % 7)
    days = (counts.last - first).days + 1
    every = [counts.by_day.get(first + dt.timedelta(day), 0) for day in range(days - days % 7)]
    weeks = [every[start : start + 7] for start in range(0, len(every), 7)]
    return _at_least(WEEKS, [[*map(_even, week)] for week in weeks if any(week)])


def _hours(counts: LogCounts) -> list[Row]:
    """A row a weekday."""
    days = [counts.by_hour_of_week[start : start + 24] for start in range(0, len(counts.by_hour_of_week), 24)]
    hours = sum(map(any, zip(*days, strict=True)))
    enough = (counts.last - counts.first).days + 1 >= WEEKS * 7 and hours > 1
    return _at_least(2, [[*map(_even, day)] for day in days if enough and any(day)])


def _years(counts: LogCounts) -> tuple[list[Row], list[str]]:
    """Whole months up to the last one, twelve a row, each as if it had as many days as any; and their names.

    A trend would make every December higher than its January: that from year to year is taken off first.
    """
    months = _whole_months(counts)
    months = months[len(months) % 12 :]
    rows = [[_even(each) for _, each in months[start : start + 12]] for start in range(0, len(months), 12)]
    if len(rows) < YEARS or not any(each for _, each in months):
        return [], []
    slope = _slope([*map(fmean, rows)]) / 12
    level = [[cell - slope * month for month, cell in enumerate(row)] for row in rows]
    return level, [_MONTHS[month - 1] for month, _ in months[:12]]


def _whole_months(counts: LogCounts) -> list[tuple[int, float]]:
    """Each month of which every day is in the log, with its arrivals in 30.4 days."""
    totals: Counter[tuple[int, int]] = Counter()
    days: Counter[tuple[int, int]] = Counter()
    for day in (counts.first + dt.timedelta(number) for number in range((counts.last - counts.first).days + 1)):
        totals[day.year, day.month] += counts.by_day.get(day, 0)
        days[day.year, day.month] += 1
    whole = [key for key in sorted(days) if days[key] == monthrange(*key)[1]]
    return [(key[1], totals[key] / days[key] * 365.25 / 12) for key in whole]


def _slope(values: Sequence[float]) -> float:
    """By how much values rise from one to the next, by least squares."""
    middle = (len(values) - 1) / 2
    return sum((place - middle) * value for place, value in enumerate(values)) / sum(
        (place - middle) ** 2 for place in range(len(values))
    )


def _at_least(number: int, rows: list[Row]) -> list[Row]:
    return rows if len(rows) >= number else []
