"""What is counted of an outcome; every measure by skills of people, each counting the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.simulation.model import LEVELS, MODEL, VERDICT

if TYPE_CHECKING:
    from benchmarks.simulation.model import Floats
    from benchmarks.simulation.posterior import Bools, Ints
    from benchmarks.simulation.strategies import Outcome

THREE = np.array([0, 0, 1, 1, 2, 2])
"""Below judging (0-1), judging or with help (2-3), alone (4-5): always the middle is right for .50 of the shares."""

DO = 4
"""The lowest level of *do*, alone and without help."""


@dataclass(frozen=True)
class Measures:
    """What is counted of one strategy and one kind of people.

    Shares from 0 to 1; kappa from -1 to 1; `asked` is the mean number of checks, `few` the share of people asked
    too few for any level to move, `error` the standard error of `right`; None where nothing is stated.
    """

    asked: float
    few: float
    right: float
    error: float
    three: float
    balanced: float
    kappa: float
    wrong_do: float
    missed_do: float
    far: float
    stated: float | None
    held: float | None


def measure(outcome: Outcome) -> Measures:
    """All measures of an outcome. wrong_do is the share of decided *do* that is not; missed_do of true *do*."""
    true, decided = outcome.true, outcome.decided
    right, three = VERDICT[true] == VERDICT[decided], THREE[true] == THREE[decided]
    does, told = true >= DO, decided >= DO
    stated, held = _ranges(outcome)
    return Measures(
        asked=float(outcome.asked.mean()),
        few=float((outcome.asked < MODEL.least_checks).mean()),
        right=float(right.mean()),
        error=float(right.mean(axis=1).std() / np.sqrt(len(true))),
        three=float(three.mean()),
        balanced=float(np.mean([three[THREE[true] == each].mean() for each in range(3)])),
        kappa=weighted_kappa(true, decided),
        wrong_do=share(told & ~does, told),
        missed_do=share(does & ~told, does),
        far=float((abs(VERDICT[true] - VERDICT[decided]) >= 2).mean()),
        stated=stated,
        held=held,
    )


def share(part: Bools, whole: Bools) -> float:
    """The share of the whole; not a number where there is none."""
    return float(part.sum() / whole.sum()) if whole.any() else float("nan")


def weighted_kappa(true: Ints, decided: Ints) -> float:
    """Cohen's kappa with quadratic weights over the six levels: 1 - observed / expected squared distance."""
    table: Floats = np.zeros((LEVELS, LEVELS))
    np.add.at(table, (true.ravel(), decided.ravel()), 1 / true.size)
    distance = (np.arange(LEVELS)[:, None] - np.arange(LEVELS)) ** 2
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    return float(1 - (table * distance).sum() / (expected * distance).sum())


def _ranges(outcome: Outcome) -> tuple[float | None, float | None]:
    """The mean mass that ranges state, and the share of them that hold the true level."""
    if outcome.ranges is None:
        return None, None
    low, high, stated = outcome.ranges
    return float(stated.mean()), float(((low <= outcome.true) & (outcome.true <= high)).mean())


def correlation(levels: Ints, ratings: Ints) -> float:
    """Pearson's r of ratings with levels over all people and skills; not a number where all ratings are alike."""
    if ratings.min() == ratings.max():
        return float("nan")
    return float(np.corrcoef(levels.ravel(), ratings.ravel())[0, 1])
