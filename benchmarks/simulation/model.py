"""The model's numbers, and the likelihood tables that follow from them; written apart from the product's own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVELS = 6
NO_RATING = 6
"""The row of a skill without a rating, after those of ratings 0 to 5."""

PATTERNS = 27
"""Three checks, each not asked (0), right (1) or wrong (2): the digits of a number to base 3."""

CELLS = (LEVELS + 1) * PATTERNS
"""What a skill can show: a rating or none, and a pattern of checks; all else about it follows."""


@dataclass(frozen=True)
class Raters:
    """A class of raters: rating = 2.5 + b (level - 2.5) + d + t leniency + normal noise of sd s, in levels."""

    share: float
    b: float
    d: float
    t: float
    s: float


@dataclass(frozen=True)
class Guard:
    """How far one person's checks are not as tagged: a shift in levels, or one chance of being right at any level."""

    share: float
    shift: float = 0.0
    flat: float | None = None


@dataclass(frozen=True)
class Parameters:
    """Every number of the model and of its decision rule; docs/calibration.md says where each is from."""

    shares: tuple[float, ...] = (0.10, 0.20, 0.26, 0.24, 0.14, 0.06)
    rho: float = 0.35
    nodes: int = 9
    raters: tuple[Raters, ...] = (Raters(0.25, 0.85, 0.1, 0.3, 0.7), Raters(0.65, 0.45, 0.7, 0.7, 1.15))
    empty: float = 0.10
    concentration: float = 0.5
    guessed: float = 0.25
    gained: float = 0.70
    slope: float = 1.0
    difficulties: tuple[float, ...] = (1.5, 2.5, 3.5)
    skill_sd: float = 0.8
    guards: tuple[Guard, ...] = (
        Guard(0.54),
        Guard(0.18, shift=0.8),
        Guard(0.18, shift=-0.8),
        Guard(0.06, flat=0.93),
        Guard(0.04, flat=0.28),
    )
    least_checks: int = 20
    kept: float = 0.40
    raised: int = 1
    proven: int = 3
    least_mass: float = 0.80
    information: float = 0.02
    least_score: float = 0.03


MODEL = Parameters()
VERDICT = np.array([0, 0, 1, 2, 3, 3])
"""The class of each level that decisions are made in: 0-1, 2, 3, 4-5."""


def upper(x: Floats) -> Floats:
    """The normal distribution's mass above x."""
    above: Floats = np.vectorize(lambda value: 0.5 * math.erfc(value / math.sqrt(2)), otypes=[float])(x)
    return above


def mass(low: Floats, high: Floats) -> Floats:
    """The normal distribution's mass from low to high, precise in both tails."""
    return np.where(low + high > 0, upper(low) - upper(high), upper(-high) - upper(-low))


def thresholds(shares: tuple[float, ...]) -> Floats:
    """Where a standard normal variable is cut so that the six levels have these shares."""
    inner = [NormalDist().inv_cdf(total) for total in np.cumsum(shares)[:-1].tolist()]
    return np.array([-np.inf, *inner, np.inf])


def chance_right(model: Parameters, distance: Floats) -> Floats:
    """P(right) at a distance in levels from a check's difficulty: a logistic curve from a guess up to a ceiling."""
    chance: Floats = model.guessed + model.gained / (1 + np.exp(-model.slope * distance))
    return chance


@dataclass(frozen=True)
class Tables:
    """The likelihoods on the grid: theta (9), rater class by leniency (2 x 9, then empty: 19), guard (5), level (6)."""

    model: Parameters

    @cached_property
    def grid(self) -> tuple[Floats, Floats]:
        """Nodes and weights of Gauss-Hermite quadrature for N(0, 1)."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(self.model.nodes)
        return nodes, weights / weights.sum()

    @cached_property
    def level(self) -> Floats:
        """P(level | theta), 9 x 6."""
        rho = self.model.rho
        cuts = (thresholds(self.model.shares) - math.sqrt(rho) * self.grid[0][:, None]) / math.sqrt(1 - rho)
        return mass(cuts[:, :-1], cuts[:, 1:])

    @cached_property
    def rating(self) -> Floats:
        """P(rating | raters, level), 19 x 7 x 6; 1 without a rating, and for the empty class, counted elsewhere."""
        each = [self._of_raters(raters) for raters in self.model.raters]
        return np.concatenate([*each, np.ones((1, LEVELS + 1, LEVELS))])

    def _of_raters(self, raters: Raters) -> Floats:
        """A rounded and clipped normal: the ends take the tails."""
        lenient = raters.t * self.grid[0][:, None, None]
        middle = 2.5 + raters.b * (np.arange(LEVELS) - 2.5) + raters.d + lenient
        edges = np.array([-np.inf, 0.5, 1.5, 2.5, 3.5, 4.5, np.inf])[None, :, None]
        cuts = (edges - middle) / raters.s
        return np.concatenate([mass(cuts[:, :-1], cuts[:, 1:]), np.ones((self.model.nodes, 1, LEVELS))], axis=1)

    @cached_property
    def checks(self) -> Floats:
        """P(pattern of checks | guard, level), 27 x 5 x 6: what one skill's checks share is integrated out."""
        nodes, weights = self.grid
        given = np.ones((PATTERNS, len(self.model.guards), LEVELS, self.model.nodes))
        for j, difficulty in enumerate(self.model.difficulties):
            right = np.stack([self._right(guard, difficulty, nodes) for guard in self.model.guards])
            state = np.arange(PATTERNS) // 3**j % 3
            given[state == 1] *= right
            given[state == 2] *= 1 - right
        return given @ weights

    def _right(self, guard: Guard, difficulty: float, nodes: Floats) -> Floats:
        """P(right | level, what the skill's checks share), 6 x 9."""
        if guard.flat is not None:
            return np.full((LEVELS, self.model.nodes), guard.flat)
        distance = np.arange(LEVELS)[:, None] + self.model.skill_sd * nodes - difficulty - guard.shift
        return chance_right(self.model, distance)

    @cached_property
    def prior(self) -> Floats:
        """The mass of each configuration before anything is known, 5 x (9 x 19)."""
        weights = self.grid[1]
        raters = np.concatenate([*(each.share * weights for each in self.model.raters), [self.model.empty]])
        guards = np.array([guard.share for guard in self.model.guards])
        return guards[:, None] * np.outer(weights, raters).ravel()

    @cached_property
    def known(self) -> Floats:
        """P(rating and level | theta, raters), 7 x (9 x 19) x 6."""
        joint: Floats = np.einsum("tl,crl->rtcl", self.level, self.rating)
        return joint.reshape(LEVELS + 1, -1, LEVELS)

    @cached_property
    def factor(self) -> Floats:
        """The likelihood of a skill in each cell by configuration, 189 x 5 x (9 x 19)."""
        joint: Floats = np.einsum("rgl,phl->rphg", self.known, self.checks)
        return joint.reshape(CELLS, len(self.model.guards), -1)

    @cached_property
    def kernel(self) -> Floats:
        """Per guard, from weights of configurations to a skill's levels without its own checks, 5 x 171 x 189 x 6."""
        known = np.repeat(self.known, PATTERNS, axis=0)
        left_out = known[:, None] / self.factor[..., None]
        return np.ascontiguousarray(left_out.transpose(1, 2, 0, 3))
