"""The model `levels/1`: its parameters, and how likely answers are at each level.

A person has a general level theta and a leniency lambda, both N(0,1), one way of rating (close, loose or empty) and
one way of answering checks (the guard). Given these four, a configuration, skills are independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import erfc, exp, inf, log, sqrt
from operator import mul
from typing import TYPE_CHECKING

from gapcheck.core.calibration.numeric import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL = "levels/1"
"""What a sheet names beside the levels settled by this model; a change of any parameter needs a new name."""

Checks = tuple[tuple[int, bool], ...]
"""The level each check is tagged with, and whether it was right."""

NODES = (
    -4.512745863399783,
    -3.20542900285647,
    -2.07684797867783,
    -1.0232556637891326,
    0.0,
    1.0232556637891326,
    2.07684797867783,
    3.20542900285647,
    4.512745863399783,
)
"""Where the Gauss-Hermite rule of nine points for N(0,1) looks."""
WEIGHTS = (
    2.2345844007746583e-05,
    0.002789141321231769,
    0.04991640676521787,
    0.24409750289493945,
    0.40634920634920635,
    0.24409750289493945,
    0.04991640676521787,
    0.002789141321231769,
    2.2345844007746583e-05,
)
"""What each node of that rule weighs."""

SHARES = (0.10, 0.20, 0.26, 0.24, 0.14, 0.06)
"""How common the levels 0 to 5 are. Assumption."""
RHO = 0.35
"""How far one person's skills go together: the share of theta in a level. Assumption."""


@dataclass(frozen=True, slots=True)
class Style:
    """A way of rating: round(N(2.5 + slope (level - 2.5) + shift + leniency x lambda, spread^2)), clipped to 0-5."""

    share: float
    slope: float
    shift: float
    leniency: float
    spread: float


STYLES = (
    Style(share=0.25, slope=0.85, shift=0.1, leniency=0.3, spread=0.7),
    Style(share=0.65, slope=0.45, shift=0.7, leniency=0.7, spread=1.15),
)
"""Rating closely and loosely. The split is an assumption, made to meet what is published on self-ratings: validity
r = .29, SD .25 (Mabe and West 1982), .33 (Freund and Kasten 2012); for work r = .22, rho .34 and leniency d .32
(Heidemeier and Moser 2009).
"""
EMPTY_SHARE = 0.10
"""How many rate without reading: careless answers, 10-12% (Meade and Craig 2012)."""
CELL = 0.5
"""The Dirichlet concentration of each of the six ratings of such a person. Assumption."""


@dataclass(frozen=True, slots=True)
class Regime:
    """A way of answering checks: `shift` is how much harder they are (levels); `right` is a chance whatever the level.

    One regime holds for all checks of a person: without it, somebody who looks everything up would be believed.
    """

    share: float
    shift: float = 0.0
    right: float | None = None


REGIMES = (
    Regime(share=0.54),
    Regime(share=0.18, shift=0.8),
    Regime(share=0.18, shift=-0.8),
    Regime(share=0.06, right=0.93),
    Regime(share=0.04, right=0.28),
)
"""Checks as worded, harder, easier, looked up, and not tried. Assumption."""
AS_WORDED = 0

GUESSED, KNOWN = 0.25, 0.70
"""One of four options is guessed right by chance; not even the best are always right. Assumption."""
DIFFICULTY = {2: 1.5, 3: 2.5, 4: 3.5}
"""The level at which a check tagged 2, 3 or 4 is known by half. Assumption."""
SKILL_SPREAD = 0.8
"""Standard deviation (levels) of k, which one skill's checks share: three of them are not three proofs. Assumption."""


def normal_cdf(x: float) -> float:
    """P(Z <= x) of a standard normal Z, exact in the lower tail."""
    return erfc(-x / sqrt(2)) / 2


def between(low: float, high: float) -> float:
    """P(low < Z <= high) of a standard normal Z, exact in both tails."""
    return normal_cdf(high) - normal_cdf(low) if low < 0 else normal_cdf(-low) - normal_cdf(-high)


THRESHOLDS = (-inf, *(solve(normal_cdf, share, -9, 9) for share in accumulate(SHARES[:-1])), inf)
"""z_l, between which a level lies: P(L <= l) = Phi(z_l)."""


def levels_given(theta: float) -> list[float]:
    """P(level | theta) of the six: P(L <= l | theta) = Phi((z_l - sqrt(rho) theta) / sqrt(1 - rho))."""
    cuts = [(z - sqrt(RHO) * theta) / sqrt(1 - RHO) for z in THRESHOLDS]
    return [between(low, high) for low, high in pairwise(cuts)]


def rating_given(style: Style, rating: int, level: int, leniency: float) -> float:
    """P(rating | level, lambda), a rounded normal whose ends take the tails."""
    mean = 2.5 + style.slope * (level - 2.5) + style.shift + style.leniency * leniency
    low = -inf if rating == 0 else (rating - 0.5 - mean) / style.spread
    high = inf if rating == 5 else (rating + 0.5 - mean) / style.spread
    return between(low, high)


def right_given(regime: Regime, tag: int, level: int, k: float) -> float:
    """P(right | level, k) of a check tagged 2-4: a logistic curve of slope 1 over chance."""
    if regime.right is not None:
        return regime.right
    return GUESSED + KNOWN / (1 + exp(DIFFICULTY[tag] + regime.shift - level - k))


@cache
def _theta_rows() -> list[list[float]]:
    """Six rows, P(level | theta) at the nine nodes of theta."""
    return [list(row) for row in zip(*map(levels_given, NODES), strict=True)]


@lru_cache(maxsize=7)
def rating_rows(rating: int | None) -> list[list[float]]:
    """Six rows, P(level, rating | theta, way of rating, lambda) at each of 171 configurations.

    They lie in the order close, loose (each theta by lambda), empty (theta alone: no rating of an empty rater says
    anything of a level, and all of them together are weighed once, in `empty_ratings`).
    """
    return [_rating_row(rating, level, row) for level, row in enumerate(_theta_rows())]


def _rating_row(rating: int | None, level: int, thetas: list[float]) -> list[float]:
    if rating is None:
        return [theta for _ in STYLES for theta in thetas for _ in NODES] + thetas
    chances = [[rating_given(style, rating, level, node) for node in NODES] for style in STYLES]
    return [theta * chance for each in chances for theta in thetas for chance in each] + thetas


@lru_cache(maxsize=7)
def rating_totals(rating: int | None) -> list[float]:
    """P(rating | theta, way of rating, lambda) at the same configurations, whatever the level."""
    return list(map(sum, zip(*rating_rows(rating), strict=True)))


def configurations(ratings: Sequence[int]) -> list[float]:
    """Log prior of the 171 configurations; that of the empty ones times the probability of all ratings together."""
    rated = [style.share * theta * leniency for style in STYLES for theta in WEIGHTS for leniency in WEIGHTS]
    empty = log(EMPTY_SHARE) + empty_ratings(ratings)
    return [*map(log, rated), *(empty + log(theta) for theta in WEIGHTS)]


def empty_ratings(ratings: Sequence[int]) -> float:
    """Log probability of all of an empty rater's ratings together: Dirichlet-multinomial, one draw after another."""
    seen = [0] * len(SHARES)
    total = 0.0
    for n, rating in enumerate(ratings):
        total += log((seen[rating] + CELL) / (n + CELL * len(SHARES)))
        seen[rating] += 1
    return total


@cache
def _check_nodes(tag: int, right: bool, regime: int, level: int) -> list[float]:
    chances = [right_given(REGIMES[regime], tag, level, SKILL_SPREAD * node) for node in NODES]
    return chances if right else [1 - chance for chance in chances]


@lru_cache(maxsize=512)
def check_rows(checks: Checks) -> list[list[float]]:
    """P(outcomes of one skill's checks | level, regime) for six levels by five regimes: sum over k of products."""

    def chance(level: int, regime: int) -> float:
        nodes = list(WEIGHTS)
        for tag, right in checks:
            nodes = list(map(mul, nodes, _check_nodes(tag, right, regime, level)))
        return sum(nodes)

    return [[chance(level, regime) for regime in range(len(REGIMES))] for level in range(len(SHARES))]
