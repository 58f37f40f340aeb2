"""What is expected of a series while nothing happens, and how far single points stray from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FAMILIES = (
    "share, binomial",
    "share, overdispersed",
    "count, Poisson",
    "count, overdispersed",
    "level, Gaussian",
    "level, skewed",
    "level, autocorrelated",
    "level, heavy tails",
)
DENOMINATORS = {"below 20 a day": 2.0, "20 to 500 a day": 20.0, "500 to 10,000 a day": 500.0}
LENGTHS = {"60 to 119 days": 60, "120 to 364 days": 120, "365 to 730 days": 365}
LONGEST = {24: 730, 1: 180}
"""Days of a series, by the hours from point to point."""


@dataclass(frozen=True)
class World:
    """A series before anything happens: `expected` of each point, its standard deviation `sd`, and all that they need.

    `of` are expected denominators of shares, `spread` what overdispersion adds (the intraclass correlation of shares,
    the squared coefficient of variation of counts), `rho` the autocorrelation of neighbouring points.
    """

    family: str
    hours: int
    expected: Floats
    sd: Floats
    of: Floats | None
    spread: float
    rho: float
    traits: tuple[tuple[str, str], ...]

    @property
    def per_day(self) -> int:
        """Points of a day."""
        return 24 // self.hours


def label(classes: dict[str, float] | dict[str, int], value: float) -> str:
    """The last class whose lower end is reached."""
    return [name for name, least in classes.items() if value >= least][-1]


def between(lot: Generator, low: float, high: float) -> float:
    """A number by lot, its logarithm alike anywhere between: as many from 2 to 20 as from 200 to 2,000."""
    return math.exp(lot.uniform(math.log(low), math.log(high)))


def world(lot: Generator, family: str, shortest: int) -> World:
    """A world of a family, of at least `shortest` days."""
    hours = int(lot.choice([24, 1], p=[0.75, 0.25]))
    days = round(between(lot, shortest, LONGEST[hours]))
    kind = str(lot.choice(["none", "additive", "multiplicative"]))
    trend = str(lot.choice(["none", "linear", "growth"]))
    season, by = _season(lot, hours, days, kind)
    drift = _trend(lot, trend, season.size)
    pattern = (1 + season) * (1 + drift) if kind == "multiplicative" else 1 + season + drift
    traits = (
        ("family", family),
        ("points", "daily" if hours == 24 else "hourly"),
        ("length", label(LENGTHS, days)),
        ("season", by),
        ("trend", trend),
    )
    of_family = {"share": _share, "count": _count, "level": _level}[family.split(",", maxsplit=1)[0]]
    return of_family(lot, family, hours, pattern, traits)


def _season(lot: Generator, hours: int, days: int, kind: str) -> tuple[Floats, str]:
    """How far each point is above or below the mean of its weekday and hour, as a share of the level; and its name."""
    n = days * 24 // hours
    if kind == "none":
        return np.zeros(n), "none"
    weekday = lot.standard_normal(7)
    if lot.random() < 0.5:  # half of all weeks are five alike and a weekend that is not
        weekday = np.where(np.arange(7) < 5, 0.2, -0.5) * lot.choice([-1, 1])
    what = "weekday" if hours == 24 else str(lot.choice(["hour", "weekday and hour"]))
    parts = []
    if "weekday" in what:
        parts.append(_scaled(lot, weekday)[np.arange(n) * hours // 24 % 7])
    if "hour" in what:
        turn = 2 * np.pi * (np.arange(24) - lot.uniform(0, 24)) / 24
        parts.append(_scaled(lot, np.cos(turn) + lot.uniform(0, 0.5) * np.cos(2 * turn))[np.arange(n) % 24])
    return np.sum(parts, axis=0) / len(parts), f"{what}, {kind}"


def _scaled(lot: Generator, profile: Floats) -> Floats:
    """The profile around 0, at most 10% to 40% from it."""
    around = profile - profile.mean()
    scaled: Floats = around / abs(around).max() * lot.uniform(0.1, 0.4)
    return scaled


def _trend(lot: Generator, trend: str, n: int) -> Floats:
    """The share of the first level that each point has gained or lost."""
    at: Floats = np.linspace(0, 1, n)
    if trend == "linear":
        return lot.uniform(-0.4, 0.8) * at
    if trend == "growth":
        return np.expm1(math.log(between(lot, 0.5, 3)) * at)
    return np.zeros(n)


def _share(lot: Generator, family: str, hours: int, pattern: Floats, traits: tuple[tuple[str, str], ...]) -> World:
    """Shares of 3% to 60%, whose odds follow the pattern; those who are counted come by weekday and hour as well."""
    a_day = between(lot, 2 if hours == 24 else 100, 10_000)
    come, _ = _season(lot, hours, pattern.size * hours // 24, "multiplicative")
    of = a_day * hours / 24 * (1 + come)
    usual = between(lot, 0.03, 0.6)
    odds = usual / (1 - usual) * pattern  # of shares themselves the pattern could ask for more than all
    p = odds / (1 + odds)
    spread = between(lot, 0.0005, 0.02) if "over" in family else 0.0
    sd = np.sqrt(p * (1 - p) / of * (1 + np.maximum(of - 1, 0) * spread))
    return World(family, hours, p, sd, of, spread, 0, (*traits, ("of", label(DENOMINATORS, a_day))))


def _count(lot: Generator, family: str, hours: int, pattern: Floats, traits: tuple[tuple[str, str], ...]) -> World:
    """Counts of 3 to 3,000 a day, or 1 to 300 an hour."""
    mean = between(lot, 3, 3000) if hours == 24 else between(lot, 1, 300)
    spread = between(lot, 0.003, 0.1) if "over" in family else 0.0
    expected = mean * pattern
    return World(family, hours, expected, np.sqrt(expected + spread * expected**2), None, spread, 0, traits)


def _level(lot: Generator, family: str, hours: int, pattern: Floats, traits: tuple[tuple[str, str], ...]) -> World:
    """Levels from 1 to 1,000, their noise 2% to 20% of it; where the season is a ratio, so is the noise."""
    level = between(lot, 1, 1000)
    sd = level * between(lot, 0.02, 0.2) * (pattern if dict(traits)["season"].endswith("multiplicative") else 1)
    rho = lot.uniform(0.3, 0.8) if "auto" in family else 0.0
    return World(family, hours, level * pattern, sd * np.ones(pattern.size), None, 0, rho, traits)


def observed(lot: Generator, world: World, expected: Floats) -> tuple[Floats, Floats | None]:
    """What is seen of what is expected: values, and of how many where they are counted in a share."""
    if world.of is not None:
        of = lot.poisson(world.of).astype(float)
        p = expected
        if world.spread:
            weight = 1 / world.spread - 1
            p = lot.beta(expected * weight, (1 - expected) * weight)
        return lot.binomial(of.astype(np.int64), p).astype(float), of
    if world.family.startswith("count"):
        mean = expected * (lot.gamma(1 / world.spread, world.spread, expected.size) if world.spread else 1)
        return lot.poisson(mean).astype(float), None
    return expected + world.sd * _noise(lot, world), None


def _noise(lot: Generator, world: World) -> Floats:
    """Noise of mean 0 and standard deviation 1."""
    n = world.expected.size
    if world.family == "level, skewed":
        return (lot.gamma(2, 1, n) - 2) / math.sqrt(2)
    if world.family == "level, heavy tails":
        return lot.standard_t(4, n) / math.sqrt(2)
    fresh = lot.standard_normal(n)
    if not world.rho:
        return fresh
    from scipy.signal import lfilter

    fresh[1:] *= math.sqrt(1 - world.rho**2)
    noise: Floats = lfilter([1], [1, -world.rho], fresh)
    return noise
