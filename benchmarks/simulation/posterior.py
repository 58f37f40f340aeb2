"""The exact posterior of many people at once, and the check each of them is asked next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.simulation.model import CELLS, LEVELS, MODEL, NO_RATING, PATTERNS, VERDICT, Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.simulation.model import Floats

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

TABLES = Tables(MODEL)
SAME = 1e-12
"""Scores closer than this are equal: the first skill in order is asked, then the lower level."""

RUNS = sorted(((low, high) for low in range(LEVELS) for high in range(low, LEVELS)), key=lambda run: run[1] - run[0])


def cells_of(ratings: Ints, states: Ints) -> Ints:
    """Cells (people x skills) from ratings and from states of three checks (people x skills x 3)."""
    cells: Ints = ratings * PATTERNS + states @ np.array([1, 3, 9])
    return cells


def states_of(cells: Ints) -> Ints:
    """The states of checks from cells."""
    states: Ints = cells[..., None] // np.array([1, 3, 9]) % 3
    return states


@dataclass(frozen=True)
class People:
    """What people have shown: one cell per skill (people x skills), and the log weights of configurations."""

    cells: Ints
    logs: Floats

    @classmethod
    def of(cls, cells: Ints) -> People:
        """From scratch."""
        counts = np.stack([np.bincount(row, minlength=CELLS) for row in cells]).astype(float)
        logs = np.log(TABLES.prior) + (counts @ np.log(TABLES.factor).reshape(CELLS, -1)).reshape(
            -1, *TABLES.prior.shape
        )
        by_raters = logs.reshape(len(cells), len(MODEL.guards), MODEL.nodes, -1)
        by_raters[..., -1] += _empty(cells // PATTERNS)[:, None, None]
        return cls(cells, logs)

    def after(self, skill: Ints, check: Ints, right: Bools) -> People:
        """Every person has answered one further check (one each)."""
        rows = np.arange(len(self.cells))
        before = self.cells[rows, skill]
        now = before + np.where(right, 1, 2) * 3**check
        cells = self.cells.copy()
        cells[rows, skill] = now
        return People(cells, self.logs + np.log(TABLES.factor[now] / TABLES.factor[before]))

    def only(self, rows: Bools | Ints) -> People:
        """Some of them."""
        return People(self.cells[rows], self.logs[rows])

    def where(self, rows: Bools, others: People) -> People:
        """Some as others are, and the rest as they are."""
        return People(
            np.where(rows[:, None], others.cells, self.cells), np.where(rows[:, None, None], others.logs, self.logs)
        )

    @cached_property
    def seen(self) -> Ints:
        """The cells that anybody's skills are in; few of them early on, which saves most of the time."""
        return np.unique(self.cells)

    @cached_property
    def left_out(self) -> Floats:
        """P(guard, level) of a skill in each cell seen, without its own checks: 5 x people x cells x 6."""
        weights = np.exp(self.logs - self.logs.max(axis=(1, 2), keepdims=True))
        weights /= weights.sum(axis=(1, 2), keepdims=True)
        kernel = TABLES.kernel[:, :, self.seen].reshape(*TABLES.kernel.shape[:2], -1)
        found = np.ascontiguousarray(weights.transpose(1, 0, 2)) @ kernel
        return found.reshape(*found.shape[:2], -1, LEVELS)

    @cached_property
    def by_cell(self) -> Floats:
        """P(level) of a skill in each cell seen, people x cells x 6."""
        return sum_over_guards(self.left_out, self.seen)

    @property
    def levels(self) -> Floats:
        """P(level) of each skill, people x skills x 6."""
        return np.take_along_axis(self.by_cell, np.searchsorted(self.seen, self.cells)[..., None], axis=1)

    def gains(self) -> tuple[Floats, Floats]:
        """Of each check left: gain in P(right class), and information on the level in nats; people x cells x 3."""
        best, entropy = _best_class(self.by_cell), _entropy(self.by_cell)
        gain, information = np.full((*best.shape, 3), -np.inf), np.zeros((*best.shape, 3))
        for j in range(3):
            left = states_of(self.seen)[:, j] == 0
            right = sum_over_guards(self.left_out[:, :, left], self.seen[left] + 3**j)
            wrong = np.maximum(self.by_cell[:, left] - right, 1e-300)
            gain[:, left, j] = _best_class(right) + _best_class(wrong) - best[:, left]
            told = _entropy(np.stack([right.sum(axis=-1), wrong.sum(axis=-1)], axis=-1))
            information[:, left, j] = entropy[:, left] + told - _entropy(right) - _entropy(wrong)
        return gain, information

    def next_check(self, importance: Ints) -> tuple[Ints, Ints, Floats]:
        """The skill and the check (0-2) with the best score, and that score; one of each per person."""
        place = np.searchsorted(self.seen, self.cells)
        rows = np.arange(len(self.cells))[:, None]
        gain, information = (each[rows, place] for each in self.gains())
        score = (importance[:, None] * gain + MODEL.information * information).reshape(len(self.cells), -1)
        best = score.max(axis=1)
        first = np.argmax(score >= best[:, None] - SAME, axis=1)
        return first // 3, first % 3, best


def sum_over_guards(left_out: Floats, cells: Ints) -> Floats:
    """P(level and the checks of these cells), the guard summed out; people x cells x 6."""
    total = np.zeros(left_out.shape[1:])
    for guard, each in enumerate(left_out):
        total += each * TABLES.checks[cells % PATTERNS, guard]
    return total


def _empty(ratings: Ints) -> Floats:
    """Log probability of all of a person's ratings if they say nothing: Dirichlet-multinomial, in the order given."""
    total = np.zeros(len(ratings))
    seen = np.zeros((len(ratings), LEVELS))
    for column in ratings.T:
        rated = np.flatnonzero(column != NO_RATING)
        cell, weight = column[rated], MODEL.concentration
        total[rated] += np.log((seen[rated, cell] + weight) / (seen[rated].sum(axis=1) + LEVELS * weight))
        seen[rated, cell] += 1
    return total


def _entropy(mass: Floats) -> Floats:
    """Minus the sum of m log m over the last axis; the masses need not add up to 1."""
    entropy: Floats = -(mass * np.log(np.maximum(mass, 1e-300))).sum(axis=-1)
    return entropy


def _best_class(levels: Floats) -> Floats:
    """The mass of the likeliest of the four classes."""
    ends = np.maximum(levels[..., 0] + levels[..., 1], levels[..., 4] + levels[..., 5])
    return np.maximum(ends, np.maximum(levels[..., 2], levels[..., 3]))


def median(levels: Floats) -> Ints:
    """The lowest level with at least half of the mass at or below it."""
    lowest: Ints = np.argmax(np.cumsum(levels, axis=-1) >= 0.5, axis=-1)
    return lowest


def credible(levels: Floats) -> tuple[Ints, Ints, Floats]:
    """The shortest run of levels that holds at least .80, the heaviest among equals: low, high, mass."""
    total = np.concatenate([np.zeros((*levels.shape[:-1], 1)), np.cumsum(levels, axis=-1)], axis=-1)
    held = np.stack([total[..., high + 1] - total[..., low] for low, high in RUNS], axis=-1)
    length = np.array([high - low for low, high in RUNS])
    rank = np.where(held >= MODEL.least_mass, length - held, np.inf)
    best = np.argmin(rank, axis=-1)
    low, high = np.array(RUNS).T
    return low[best], high[best], np.take_along_axis(held, best[..., None], axis=-1)[..., 0]


def settle(levels: Floats, claims: Ints, answered: Ints) -> Ints:
    """The claim, or the posterior median where its class keeps too little and enough checks were answered.

    A claim is raised by one level at most, and never beyond the level that checks can show.
    """
    classes = np.stack([levels[..., v == VERDICT].sum(axis=-1) for v in range(4)], axis=-1)
    kept = np.take_along_axis(classes, VERDICT[claims][..., None], axis=-1)[..., 0]
    stands = (answered < MODEL.least_checks)[:, None] | (kept >= MODEL.kept)
    middle = median(levels)
    raised = np.maximum(claims, np.minimum(np.minimum(middle, claims + MODEL.raised), MODEL.proven))
    return np.where(stands, claims, np.where(middle > claims, raised, middle))
