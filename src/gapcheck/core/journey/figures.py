"""A metric's latest figure, and which way it goes."""

from __future__ import annotations

import datetime as dt
from math import fsum, sqrt
from operator import mul
from statistics import fmean, variance
from typing import TYPE_CHECKING, Literal

from gapcheck.core.journey import rates
from gapcheck.core.journey.behind import metrics
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.flow import DAYS, known_until, tally
from gapcheck.core.journey.found import Figure
from gapcheck.core.journey.rates import FEW
from gapcheck.core.journey.scan import normal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog, Metric
    from gapcheck.core.journey.counts import DayCount, LogCounts, Point, Series
    from gapcheck.core.journey.map import JourneyMap

LIMIT = rates.Z95
"""Standard errors from which two periods differ: one direction in twenty is told where there is none."""

Side = list[tuple[float, float]]
"""Day by day (or hour by hour) how many, and of how many."""

Direction = Literal["better", "worse", "same", "unclear"]


def figures(
    catalog: Catalog, journey_map: JourneyMap, logs: Mapping[str, LogCounts], series: Mapping[str, Series]
) -> tuple[Figure, ...]:
    """Every metric with figures, in catalog order: the last four weeks beside the four before.

    A metric's own figures win over what the steps of a log say of it.
    """
    found = {figure.metric: figure for figure in _of_ways(catalog, journey_map, logs)}
    for name, each in series.items():
        if (figure := _of_series(metrics(catalog).get(name), each)) is not None:
            found[name] = figure
    return tuple(found[name] for name in metrics(catalog) if name in found)


def _of_ways(catalog: Catalog, journey_map: JourneyMap, logs: Mapping[str, LogCounts]) -> Iterator[Figure]:
    """The metrics that steps name: the share that comes on, or that does not where lower is better."""
    for name, counts in logs.items():
        last = known_until(counts)
        for step, way in zip(journey_map.events[name].steps[1:], counts.passages, strict=True):
            metric = metrics(catalog).get(step.metric or "")
            if step.metric is None or metric is None or last is None or ALL not in way:
                continue
            first, before = last - dt.timedelta(DAYS - 1), last - dt.timedelta(2 * DAYS - 1)
            now = [day for day in way[ALL].days if day.day >= first]
            then = [day for day in way[ALL].days if before <= day.day < first]
            if tally(now)[1]:
                yield _of_shares(step.metric, metric, last, *(_those_counted(metric, each) for each in (now, then)))


def _those_counted(metric: Metric, days: Sequence[DayCount]) -> Side:
    """Day by day who came on, or who did not where that is what the metric counts, and of how many."""
    counts = [(day.reached - day.on if metric.better == "lower" else day.on, day.reached) for day in days]
    return [(float(on), float(reached)) for on, reached in counts]


def _of_shares(name: str, metric: Metric | None, day: dt.date, now: Side, then: Side) -> Figure:
    """A share over all days together, its interval and direction allowing for how days differ anyway."""
    (on, of), (on_then, of_then) = (tuple(map(sum, zip((0.0, 0.0), *side, strict=True))) for side in (now, then))
    low, high = rates.wilson(round(on), round(of), LIMIT * sqrt(rates.unrest(now)))
    return Figure(
        metric=name,
        day=day,
        value=on / of,
        before=on_then / of_then if of_then else None,
        low=low,
        high=high,
        direction=_of_two_shares(metric, now, then),
    )


def _of_two_shares(metric: Metric | None, now: Side, then: Side) -> Direction:
    """Which way two shares differ, in standard errors that days' own unrest makes as much larger; unclear of a few.

    The unrest of both sides is known from so many days only: Student's t takes the normal distribution's place.
    """
    known = [[(on, of) for on, of in side if of > 0] for side in (now, then)]
    if min(map(len, known)) < FEW:
        return "unclear"
    sides = [(sum(on for on, _ in side), sum(of for _, of in side)) for side in known]
    z = rates.signed_root(*sides[0], *sides[1])
    restless = [rates.unrest(side) for side in known]
    chance = [on / of * (1 - on / of) / of for on, of in sides]
    if max(restless) > 1.0 and any(chance):
        usual = sqrt(fsum(map(mul, restless, chance)) / fsum(chance))
        z = normal_of(z / usual, len(known[0]) + len(known[1]) - 2)
    return _direction(metric, z)


def _direction(metric: Metric | None, z: float) -> Direction:
    """Which way a difference of z standard errors goes; a metric nobody knows is better higher."""
    if abs(z) < LIMIT:
        return "same"
    return "better" if (z > 0) == (metric is None or metric.better == "higher") else "worse"


def _of_series(metric: Metric | None, series: Series) -> Figure | None:
    """The mean (or the share over all) of the last four weeks beside the four before; None without figures."""
    if not series.points:
        return None
    last = series.points[-1].when
    now = [point for point in series.points if last - point.when < dt.timedelta(DAYS)]
    then = [point for point in series.points if dt.timedelta(DAYS) <= last - point.when < dt.timedelta(2 * DAYS)]
    if all(point.of is not None for point in series.points):
        return _pooled(series.metric, metric, last.date(), now, then)
    values, before = ([point.value for point in side] for side in (now, then))
    middle = fmean(values)
    error = sqrt(variance(values) / len(values)) if len(values) >= FEW else None
    return Figure(
        metric=series.metric,
        day=last.date(),
        value=middle,
        before=fmean(before) if before else None,
        low=None if error is None else middle - LIMIT * error,
        high=None if error is None else middle + LIMIT * error,
        direction=_of_means(metric, values, before),
    )


def _pooled(
    name: str, metric: Metric | None, day: dt.date, now: Sequence[Point], then: Sequence[Point]
) -> Figure | None:
    """A share over all days together, each weighing what it was a share of. Whole counts, else as a mean would be."""
    sides = [[(point.value, point.of or 0.0) for point in side] for side in (now, then)]
    if not sum(of for _, of in sides[0]):
        return None
    if all(0 <= on <= of and on == int(on) and of == int(of) for side in sides for on, of in side):
        return _of_shares(name, metric, day, *sides)
    totals = [(sum(on for on, _ in side), sum(of for _, of in side)) for side in sides]
    value, before = (on / of if of else None for on, of in totals)
    return Figure(metric=name, day=day, value=value or 0.0, before=before)


def _of_means(metric: Metric | None, now: Sequence[float], then: Sequence[float]) -> Direction:
    """Which way two means differ, by Welch's statistic; unclear of a few."""
    if min(len(now), len(then)) < FEW:
        return "unclear"
    error = sqrt(variance(now) / len(now) + variance(then) / len(then))
    difference = fmean(now) - fmean(then)
    if not error:
        return "same" if not difference else _direction(metric, difference * float("inf"))
    return _direction(metric, difference / error)
