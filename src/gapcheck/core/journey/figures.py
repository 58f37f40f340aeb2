"""A metric's latest figure, and which way it goes."""

from __future__ import annotations

import datetime as dt
from math import sqrt
from statistics import fmean, variance
from typing import TYPE_CHECKING, Literal

from gapcheck.core.journey import rates
from gapcheck.core.journey.behind import metrics
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.flow import DAYS, known_until, tally
from gapcheck.core.journey.found import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog, Metric
    from gapcheck.core.journey.counts import LogCounts, Point, Series
    from gapcheck.core.journey.map import JourneyMap

FEW = 5
"""Days (or hours) with figures on a side, below which no direction is told: their spread is hardly known."""

LIMIT = rates.Z95
"""Standard errors from which two periods differ: one direction in twenty is told where there is none."""

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
            now = tally(day for day in way[ALL].days if day.day >= first)
            then = tally(day for day in way[ALL].days if before <= day.day < first)
            if now[1]:
                yield _of_shares(step.metric, metric, last, *(_those_counted(metric, each) for each in (now, then)))


def _those_counted(metric: Metric, counts: tuple[int, int]) -> tuple[int, int]:
    """Who came on, or who did not where that is what the metric counts."""
    on, reached = counts
    return (reached - on if metric.better == "lower" else on), reached


def _of_shares(name: str, metric: Metric | None, day: dt.date, now: tuple[int, int], then: tuple[int, int]) -> Figure:
    low, high = rates.wilson(*now)
    z = rates.signed_root(*now, *then)
    enough = min(now[1], then[1]) >= FEW
    return Figure(
        metric=name,
        day=day,
        value=now[0] / now[1],
        before=then[0] / then[1] if then[1] else None,
        low=low,
        high=high,
        direction=_direction(metric, z) if enough else "unclear",
    )


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
    sides = [(sum(point.value for point in side), sum(point.of or 0.0 for point in side)) for side in (now, then)]
    if not sides[0][1]:
        return None
    if all(0 <= on <= of and on == int(on) and of == int(of) for on, of in sides):
        (on, of), (on_then, of_then) = sides
        return _of_shares(name, metric, day, (int(on), int(of)), (int(on_then), int(of_then)))
    value, before = (on / of if of else None for on, of in sides)
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
