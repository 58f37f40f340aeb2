"""Series by lot, with incidents planted in two thirds of them; the same ones each time."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.incidents.series import GRADES, Planted, Series
from benchmarks.incidents.worlds import FAMILIES, observed, world
from gapcheck.core.journey.counts import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from benchmarks.incidents.worlds import Floats, World

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

SEED = 20270211
SERIES = 576
"""Eight of each family and plan: enough that a share of all incidents has a standard error of .024 at most."""

DAYS = {"spike": (0, 0), "short": (2, 3), "long": (20, 40), "ramp": (10, 30), "shift": (14, 120)}
"""Least and most days of each shape. A spike is one point, whatever time that is; a shift lasts to the end."""

PLANS = ("quiet", "spike", "short", "quiet", "long", "ramp", "quiet", "shift", "two")
SHORTEST = {"quiet": 60, "spike": 60, "short": 60, "long": 100, "ramp": 100, "shift": 100, "two": 150}
"""The least days of a series with each plan: most of it is as always."""

BEFORE = 28
"""Days at the start in which nothing is planted, so that there is something to depart from; half of it before two."""

EASIEST = 30.0
LOWEST, HIGHEST = 0.05, 5.0
"""A dip leaves at least this share of what is expected, and a rise at most makes it this many times as much."""

HIGHEST_SHARE = 0.97

SEEN = 0.7
"""The least share of an incident's points that gaps leave."""

START = dt.datetime(2025, 1, 6, tzinfo=dt.UTC)
"""A Monday."""


def generate(count: int = SERIES) -> Iterator[Series]:
    """The first series of the set."""
    for number in range(count):
        yield draw(number, *kind(number))


def kind(number: int) -> tuple[str, str]:
    """The family and the plan of a series; nine plans and eight families all meet, as often in every 72."""
    return FAMILIES[number % len(FAMILIES)], PLANS[number % len(PLANS)]


def draw(number: int, family: str, plan: str) -> Series:
    """A series, drawn again where what happens in it could not be seen: too small for its noise, or lost in gaps."""
    lot = np.random.default_rng([SEED, number])
    while True:
        drawn = world(lot, family, SHORTEST[plan])
        expected, incidents = drawn.expected.copy(), []
        for place in _places(lot, plan, drawn):
            height, incident = _plant(lot, drawn, *place)
            expected *= 1 + height
            incidents.append(incident)
        kept, gaps = _gaps(lot, drawn)
        values, of = observed(lot, drawn, expected)
        kept &= True if of is None else of > 0  # a share of nobody is none
        large = all(each.evidence is not None and each.evidence >= GRADES["hard"] for each in incidents)
        if large and all(kept[_slice(each, drawn.hours)].mean() >= SEEN for each in incidents):
            points = _points(values, of, np.flatnonzero(kept), drawn.hours)
            traits = (*drawn.traits, ("gaps", gaps), ("planted", plan))
            return Series(f"{number:03} {family}, {plan}", points, drawn.hours, tuple(incidents), traits)


def _slice(incident: Planted, hours: int) -> slice:
    """The places of an incident's points."""
    step = dt.timedelta(hours=hours)
    return slice((incident.first - START) // step, (incident.last - START) // step + 1)


def _points(values: Floats, of: Floats | None, kept: Ints, hours: int) -> tuple[Point, ...]:
    return tuple(
        Point(START + dt.timedelta(hours=hours * n), float(values[n]), None if of is None else float(of[n]))
        for n in kept.tolist()
    )


def _places(lot: Generator, plan: str, drawn: World) -> list[tuple[str, int, int]]:
    """The shape, the first point and the number of points of all that happens."""
    n, before = drawn.expected.size, BEFORE * drawn.per_day
    if plan == "quiet":
        return []
    if plan != "two":
        return [_place(lot, plan, drawn, before, n)]
    earlier = str(lot.choice(["spike", "short", "long", "ramp"]))
    later = str(lot.choice(list(DAYS)))
    apart = 7 * drawn.per_day
    return [_place(lot, earlier, drawn, before // 2, n // 2), _place(lot, later, drawn, n // 2 + apart, n)]


def _place(lot: Generator, shape: str, drawn: World, low: int, high: int) -> tuple[str, int, int]:
    """Anywhere from `low` to `high`; a shift ends there and takes at most half of that."""
    least, most = (days * drawn.per_day for days in DAYS[shape])
    most = min(most, (high - low) // 2) if shape == "shift" else min(most, high - low)
    points = max(1, int(lot.integers(min(least, most), most + 1)))
    return shape, high - points if shape == "shift" else int(lot.integers(low, high - points + 1)), points


def _plant(lot: Generator, drawn: World, shape: str, first: int, points: int) -> tuple[Floats, Planted]:
    """What every point is changed by, as a share of what is expected, and the incident."""
    at = np.zeros(drawn.expected.size)
    at[first : first + points] = np.linspace(1 / points, 1, points) if shape == "ramp" else 1
    ends = [*GRADES.values(), EASIEST]
    low, high = list(itertools.pairwise(ends))[lot.integers(len(GRADES))]
    most = HIGHEST - 1
    if drawn.of is not None:
        most = min(most, HIGHEST_SHARE / drawn.expected[first : first + points].max() - 1)
    down, one = bool(lot.random() < 0.5), evidence(at, drawn)
    ratio = max(-lot.uniform(low, high) / one, LOWEST - 1) if down else min(lot.uniform(low, high) / one, most)
    sd = float(np.mean((drawn.expected / drawn.sd)[first : first + points])) * ratio
    start, step = START + dt.timedelta(hours=drawn.hours * first), dt.timedelta(hours=drawn.hours)
    return at * ratio, Planted(start, start + step * (points - 1), shape, ratio, sd, abs(ratio) * one)


def evidence(change: Floats, drawn: World) -> float:
    """The z of a change (as a share of what is expected) to a test that knew its place and shape.

    Of independent points it is the root of the sum of squares, in standard deviations; neighbours that are
    correlated by rho are first set free of each other.
    """
    z = change * drawn.expected / drawn.sd
    fresh = np.append(z[0], (z[1:] - drawn.rho * z[:-1]) / np.sqrt(1 - drawn.rho**2))
    return float(np.sqrt((fresh**2).sum()))


def _gaps(lot: Generator, drawn: World) -> tuple[Bools, str]:
    """Which points are there: all, all but 2% to 10% by lot, or all but 3 to 14 days in a row."""
    n, gaps = drawn.expected.size, str(lot.choice(["none", "scattered", "in a row"]))
    kept = np.ones(n, dtype=bool)
    if gaps == "scattered":
        kept = lot.random(n) >= lot.uniform(0.02, 0.1)
    elif gaps == "in a row":
        missing = int(lot.integers(3, 15)) * drawn.per_day
        first = int(lot.integers(0, n - missing))
        kept[first : first + missing] = False
    return kept, gaps
