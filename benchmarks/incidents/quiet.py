"""How often gapcheck raises an alarm where nothing happens: plain noise of several kinds, without season or trend."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable, Iterator

from gapcheck.core.journey import scan
from gapcheck.core.journey.counts import Point

FIRST = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)

Noise = Callable[[random.Random], Iterator[tuple[float, float | None]]]
"""Points without end: a value, and what it is a share of."""


def shares(least: int, most: int, share: float) -> Noise:
    """Binomial counts of so many a day."""

    def noise(rng: random.Random) -> Iterator[tuple[float, float | None]]:
        while True:
            of = rng.randint(least, most)
            yield sum(rng.random() < share for _ in range(of)), of

    return noise


def values(draw: Callable[[random.Random], float]) -> Noise:
    """Independent values."""

    def noise(rng: random.Random) -> Iterator[tuple[float, float | None]]:
        while True:
            yield draw(rng), None

    return noise


def dragging(part: float) -> Noise:
    """Values that keep a part of the one before (autoregressive)."""

    def noise(rng: random.Random) -> Iterator[tuple[float, float | None]]:
        at = 0.0
        while True:
            at = part * at + rng.gauss(0, 1)
            yield 100.5 + 5 * at, None

    return noise


def students_t(rng: random.Random, freedom: int = 3) -> float:
    """A value of Student's t."""
    return rng.gauss(0, 1) / math.sqrt(sum(rng.gauss(0, 1) ** 2 for _ in range(freedom)) / freedom)


KINDS: dict[str, tuple[Noise, int, int]] = {
    "share of 1 to 4 a day": (shares(1, 4, 0.8), 170, 24),
    "share of 20 to 40 a day": (shares(20, 40, 0.3), 180, 24),
    "share of 400 to 600 a day": (shares(400, 600, 0.05), 365, 24),
    "counts about 5 a day": (values(lambda rng: sum(rng.random() < 0.05 for _ in range(100))), 365, 24),
    "normal, half a year": (values(lambda rng: 100.5 + rng.gauss(0, 10)), 180, 24),
    "normal, two years": (values(lambda rng: 100.5 + rng.gauss(0, 10)), 700, 24),
    "normal, 1,000 hours": (values(lambda rng: 100.5 + rng.gauss(0, 10)), 1000, 1),
    "skewed (log-normal)": (values(lambda rng: 3.3 * math.exp(rng.gauss(0, 0.6))), 365, 24),
    "heavy tails (t of 3)": (values(lambda rng: 100.5 + students_t(rng)), 365, 24),
    "dragging on by .4": (dragging(0.4), 180, 24),
    "dragging on by .7": (dragging(0.7), 365, 24),
}
"""Noise, points and hours a point."""


def least_chance(kind: str, seed: int) -> float:
    """The least chance of any stretch in one quiet series; 1 where nothing is told."""
    noise, count, hours = KINDS[kind]
    drawn = noise(random.Random(f"{kind}{seed}"))  # noqa: S311 (no secret)
    points = [Point(FIRST + dt.timedelta(hours=hours * n), *next(drawn)) for n in range(count)]
    return min((each.chance for each in scan.stretches(points, hours)), default=1.0)


def page(number: int) -> str:
    """A row a kind: the part of so many quiet series in which something is shown, and shown or suspected."""
    rows = ["| quiet noise | shown | shown or suspected |", "|---|---|---|"]
    for kind in KINDS:
        chances = [least_chance(kind, seed) for seed in range(number)]
        parts = (sum(chance <= limit for chance in chances) / number for limit in (scan.SHOWN, scan.SUSPECTED))
        rows.append(f"| {kind} | {' | '.join(f'{part:.3f}' for part in parts)} |")
    return "\n".join([*rows, ""])
