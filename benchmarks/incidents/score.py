"""How far alarms and incidents agree, by one yardstick for every method and every series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from benchmarks.incidents.rivals import Detector
    from benchmarks.incidents.series import Planted, Series, Span

LEAST = 0.3
"""The least overlap (intersection over union, in time) of an alarm and an incident that are one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method made of a series.

    `overlaps` has one for each incident: that with its alarm, None where there is none. `touched` says for each
    whether any alarm shares a point with it, and `beside` counts alarms that share none with any incident.
    """

    series: Series
    alarms: int
    overlaps: tuple[float | None, ...]
    touched: tuple[bool, ...]
    beside: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What is counted of outcomes: shares from 0 to 1, not a number where there is nothing to count."""

    incidents: int
    quiet: int
    precision: float
    recall: float
    overlap: float
    touched: float
    alarmed: float
    """The share of quiet series with any alarm."""
    beside: float
    """Alarms that touch no incident, a series."""


def overlap(one: Span, other: Span, step: dt.timedelta) -> float:
    """Intersection over union of two times; each lasts until the end of its last point."""
    shared = min(one[1], other[1]) + step - max(one[0], other[0])
    both = (one[1] - one[0]) + (other[1] - other[0]) + 2 * step - shared
    return max(shared / both, 0.0)


def outcome(series: Series, alarms: Sequence[Span]) -> Outcome:
    """Alarms and incidents in pairs, as many as can be, and of as many the pairs with the most overlap."""
    from scipy.optimize import linear_sum_assignment

    shared = np.array([[overlap(_span(each), alarm, series.step) for alarm in alarms] for each in series.planted])
    shared = shared.reshape(len(series.planted), len(alarms))
    pairs = dict(zip(*linear_sum_assignment((1 + shared) * (shared >= LEAST), maximize=True), strict=True))
    overlaps = [float(shared[n, pairs[n]]) if n in pairs else 0.0 for n in range(len(series.planted))]
    return Outcome(
        series,
        len(alarms),
        tuple(each if each >= LEAST else None for each in overlaps),
        tuple(bool(each.any()) for each in shared),
        sum(not each.any() for each in shared.T),
    )


def _span(incident: Planted) -> Span:
    return incident.first, incident.last


def score(detector: Detector, many: Iterable[Series]) -> list[Outcome]:
    """What a method makes of each series."""
    return [outcome(series, detector(series)) for series in many]


def measure(outcomes: Iterable[Outcome]) -> Measures:
    """All measures of outcomes; precision is over alarms, those in quiet series among them."""
    outcomes = list(outcomes)
    overlaps = [each for one in outcomes for each in one.overlaps]
    matched = [each for each in overlaps if each is not None]
    quiet = [one for one in outcomes if not one.series.planted]
    return Measures(
        incidents=len(overlaps),
        quiet=len(quiet),
        precision=_share(len(matched), sum(one.alarms for one in outcomes)),
        recall=_share(len(matched), len(overlaps)),
        overlap=_share(sum(matched), len(matched)),
        touched=_share(sum(sum(one.touched) for one in outcomes), len(overlaps)),
        alarmed=_share(sum(one.alarms > 0 for one in quiet), len(quiet)),
        beside=_share(sum(one.beside for one in outcomes), len(outcomes)),
    )


def recalls(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], tuple[int, int]]:
    """How many incidents were found, and there were, by every kind of incident (`shape`, `ramp`)."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for one in outcomes:
        for incident, shared in zip(one.series.planted, one.overlaps, strict=True):
            for kind in incident.kinds:
                hit, of = found.get(kind, (0, 0))
                found[kind] = (hit + (shared is not None), of + 1)
    return found


def by_trait(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], list[Outcome]]:
    """Outcomes by every trait of their series."""
    found: dict[tuple[str, str], list[Outcome]] = {}
    for one in outcomes:
        for trait in one.series.traits:
            found.setdefault(trait, []).append(one)
    return found


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
