"""Figures over many skills: overall, at target, claimed against shown, over-claiming."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from operator import mul, truediv
from typing import TYPE_CHECKING

from gapcheck.core.calibration import model
from gapcheck.core.calibration.numeric import beta_quantile
from gapcheck.core.calibration.posterior import likelihood, mixed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapcheck.core.calibration.posterior import Estimate
    from gapcheck.core.calibration.shown import Shown

LEAST_STAGE = 5
"""Answered checks from which claimed is held against shown in a stage. Assumption."""
LEAST_OVERALL = 10
"""Answered checks from which claimed is held against shown over all skills. Assumption."""
WORDED = 1.28
"""|Z| from which a difference is put into words, and half an 80% range in standard deviations."""
TAIL = 0.10
"""What an 80% interval leaves out at each end."""

Values = tuple[float, ...]
"""What each of the levels 0 to 5 counts as."""

LEVELS: Values = (0, 1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Overall:
    """A mean or a number of skills, with the ends of its 80% range."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Against:
    """Right answers of those given beside the number expected at the claimed levels, and how far apart they are (Z)."""

    right: int
    answered: int
    expected: float
    z: float


@dataclass(frozen=True, slots=True)
class OverClaiming:
    """The estimated share of invented terms that the person ticks, and its 80% interval."""

    rate: float
    low: float
    high: float


def overall(estimate: Estimate, weights: Mapping[str, float]) -> Overall:
    """The weighted mean of the expected levels (0-5), m = sum w E[L] / sum w, with its 80% range.

    Skills that the estimate does not have are left out; where every weight is 0, all count alike.
    Raises ValueError where no skill is left.
    """
    known = {skill: weight for skill, weight in weights.items() if skill in estimate.shown}
    if not known:
        raise ValueError("no skill to take a mean of")
    if sum(known.values()) == 0:
        known = dict.fromkeys(known, 1.0)
    total = sum(known.values())
    return _ranged(estimate, ((skill, weight / total, LEVELS) for skill, weight in known.items()), 5)


def at_target(estimate: Estimate, targets: Mapping[str, int]) -> Overall:
    """How many skills are expected at or above their target level (0-5), with its 80% range.

    Skills that the estimate does not have are left out.
    """
    known = {skill: target for skill, target in targets.items() if skill in estimate.shown}
    terms = [(skill, 1.0, tuple(float(level >= target) for level in range(6))) for skill, target in known.items()]
    return _ranged(estimate, terms, len(terms))


def _ranged(estimate: Estimate, terms: Iterable[tuple[str, float, Values]], most: float) -> Overall:
    """The mean m, and m +- 1.28 sd within 0..most: variance = E_g Var(m|g) + Var_g E[m|g] over the configurations g.

    Given g skills are independent; without g they are not, so that adding up their variances would be wrong.
    """
    shares = [share for row in estimate.weights for share in row]
    means, variances = _sums(estimate, terms, len(shares))
    mean = sum(map(mul, shares, means))
    within = sum(map(mul, shares, variances))
    across = sum(share * (each - mean) ** 2 for share, each in zip(shares, means, strict=True))
    reach = WORDED * sqrt(within + across)
    return Overall(mean, max(0.0, mean - reach), min(float(most), mean + reach))


def _sums(estimate: Estimate, terms: Iterable[tuple[str, float, Values]], size: int) -> tuple[list[float], list[float]]:
    """Mean and variance of the weighted sum of all terms in each configuration."""
    once: defaultdict[tuple[Shown, Values], float] = defaultdict(float)
    squared: defaultdict[tuple[Shown, Values], float] = defaultdict(float)
    for skill, weight, values in terms:
        once[estimate.shown[skill], values] += weight
        squared[estimate.shown[skill], values] += weight * weight
    means, variances = [0.0] * size, [0.0] * size
    for key, weight in once.items():
        mean, variance = _moments(*key)
        means = [total + weight * each for total, each in zip(means, mean, strict=True)]
        variances = [total + squared[key] * each for total, each in zip(variances, variance, strict=True)]
    return means, variances


@lru_cache(maxsize=256)
def _moments(shown: Shown, values: Values) -> tuple[list[float], list[float]]:
    """Mean and variance of what one skill's level counts as, in each configuration."""
    one = likelihood(shown)
    mean: list[float] = []
    square: list[float] = []
    for factors, given in zip(zip(*one.checks, strict=True), one.given, strict=True):
        valued = tuple(map(mul, factors, values))
        mean += map(truediv, mixed(one.joint, valued), given)
        square += map(truediv, mixed(one.joint, tuple(map(mul, valued, values))), given)
    return mean, [max(0.0, s - m * m) for m, s in zip(mean, square, strict=True)]


def against(shown: Mapping[str, Shown]) -> Against | None:
    """Right answers O against those expected at the claims, E = sum p: Z = (O - E) / sqrt(sum p (1 - p)).

    Over skills with a rating; p is the chance at the claimed level, checks as worded. None where nothing was answered.
    """
    answers = [(each.rating, tag, right) for each in shown.values() for tag, right in each.checks]
    pairs = [(expected_right(rating, tag), right) for rating, tag, right in answers if rating is not None]
    if not pairs:
        return None
    right = sum(right for _, right in pairs)
    expected = sum(p for p, _ in pairs)
    return Against(right, len(pairs), expected, (right - expected) / sqrt(sum(p * (1 - p) for p, _ in pairs)))


def expected_right(level: int, tag: int) -> float:
    """The chance that someone at a level (0-5) answers a check tagged 2-4 right, as worded."""
    return model.check_rows(((tag, True),))[level][model.AS_WORDED]


def over_claiming(ticked: int, invented: int) -> OverClaiming:
    """The share of invented terms a person ticks, (k + 1/2) / (n + 1), and the central 80% of Beta(k+1/2, n-k+1/2).

    The posterior of a share under Jeffreys' prior. Raises ValueError unless 0 <= ticked <= invented.
    """
    if not 0 <= ticked <= invented:
        raise ValueError(f"{ticked} ticked of {invented}")
    a, b = ticked + 0.5, invented - ticked + 0.5
    return OverClaiming(a / (invented + 1), beta_quantile(a, b, TAIL), beta_quantile(a, b, 1 - TAIL))
