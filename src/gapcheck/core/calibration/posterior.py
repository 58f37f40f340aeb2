"""The posterior of the levels of one person's skills, exact on the grid of the model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, compress
from math import exp, log
from operator import mul, truediv
from typing import TYPE_CHECKING

from gapcheck.core.calibration import model
from gapcheck.core.calibration.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_MASS = 0.80
"""What a range of levels has to hold at least."""

NEGLIGIBLE = 1e-18
"""Configurations less likely than this in every regime are passed over: below the last digit of any result."""

Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class Range:
    """Levels from low to high (0-5, both included), and the probability they hold together."""

    low: int
    high: int
    mass: float


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely one skill's answers are: shared by all skills with the same answers, of whomever.

    `joint` is P(level, rating) per level and configuration, `checks` P(outcomes | level) per level and regime,
    `given` P(answers) per regime and configuration, with its logarithms.
    """

    joint: Rows
    checks: Rows
    given: Rows
    logs: Rows


@lru_cache(maxsize=512)
def likelihood(shown: Shown) -> Likelihood:
    """The likelihood of one skill's answers in every configuration."""
    joint, checks = model.rating_rows(shown.rating), model.check_rows(shown.checks)
    given = [_given(shown.rating, factors) for factors in zip(*checks, strict=True)]
    return Likelihood(joint, checks, given, [list(map(log, row)) for row in given])


def _given(rating: int | None, factors: tuple[float, ...]) -> list[float]:
    """P(answers) per configuration: quickly where there are no checks or they say the same of all levels."""
    if min(factors) == max(factors):
        return [factors[0] * each for each in model.rating_totals(rating)]
    return mixed(model.rating_rows(rating), factors)


def mixed(rows: Rows, factors: tuple[float, ...]) -> list[float]:
    """The sum of six rows, each times its factor; written out, since this is where the time goes."""
    f0, f1, f2, f3, f4, f5 = factors
    return [
        f0 * r0 + f1 * r1 + f2 * r2 + f3 * r3 + f4 * r4 + f5 * r5 for r0, r1, r2, r3, r4, r5 in zip(*rows, strict=True)
    ]


def _log_joint(shown: Counter[Shown]) -> Rows:
    """Log of prior times likelihood of every configuration, per regime; in logarithms, since products underflow."""
    ratings = [rating for rating in (each.rating for each in shown.elements()) if rating is not None]
    prior = model.configurations(tuple(sorted(ratings)))
    patterns = sorted(shown, key=repr)  # so that a sum of floats does not depend on the order of skills
    counts = [1, *(shown[each] for each in patterns)]
    rows = []
    for regime, way in enumerate(model.REGIMES):
        columns = zip(prior, *(likelihood(each).logs[regime] for each in patterns), strict=True)
        rows.append([log(way.share) + sum(map(mul, counts, column)) for column in columns])
    return rows


def _normalised(logs: Rows) -> Rows:
    """Weights that sum to 1 from their logarithms."""
    top = max(map(max, logs))
    weights = [[exp(each - top) for each in row] for row in logs]
    total = sum(map(sum, weights))
    return [[each / total for each in row] for row in weights]


class Estimate:
    """What all of one person's answers together say of each skill's level."""

    def __init__(self, shown: Mapping[str, Shown], logs: Rows) -> None:
        """Use `of`."""
        self.shown = dict(shown)
        self._logs = logs
        self._levels: dict[Shown, tuple[float, ...]] = {}
        self._others: dict[Shown, list[tuple[float, ...]]] = {}
        self._rows: dict[int | None, Rows] = {}

    @classmethod
    def of(cls, shown: Mapping[str, Shown]) -> Estimate:
        """The estimate from what each skill's answers show; neither the order of skills nor that of checks matters.

        Raises KeyError for a check of a level other than 2-4, IndexError for a rating above 5.
        """
        ordered = {skill: Shown(each.rating, tuple(sorted(each.checks))) for skill, each in shown.items()}
        return cls(ordered, _log_joint(Counter(ordered.values())))

    def after(self, skill: str, level: int, *, right: bool) -> Estimate:
        """The estimate after one more answered check of a level (2-4). Raises KeyError for a skill it does not have."""
        old = self.shown[skill]
        new = Shown(old.rating, tuple(sorted((*old.checks, (level, right)))))
        rows = zip(self._logs, likelihood(old).logs, likelihood(new).logs, strict=True)
        logs = [[log_ - out + in_ for log_, out, in_ in zip(*row, strict=True)] for row in rows]
        return Estimate({**self.shown, skill: new}, logs)

    @cached_property
    def weights(self) -> Rows:
        """The posterior of the configurations: five regimes by 171, all together 1."""
        return _normalised(self._logs)

    @cached_property
    def _likely(self) -> list[bool]:
        """Which of the 171 configurations are not negligible in every regime."""
        return [max(column) > NEGLIGIBLE for column in zip(*self.weights, strict=True)]

    @cached_property
    def _likely_weights(self) -> Rows:
        return [list(compress(row, self._likely)) for row in self.weights]

    def _likely_rows(self, rating: int | None) -> Rows:
        if rating not in self._rows:
            self._rows[rating] = [list(compress(row, self._likely)) for row in model.rating_rows(rating)]
        return self._rows[rating]

    def levels(self, skill: str) -> tuple[float, ...]:
        """The probabilities of the levels 0 to 5. Raises KeyError for a skill it does not have, as all that follow."""
        shown = self.shown[skill]
        if shown not in self._levels:
            pairs = zip(self._without_checks(shown), likelihood(shown).checks, strict=True)
            self._levels[shown] = tuple(sum(map(mul, others, own)) for others, own in pairs)
        return self._levels[shown]

    def _without_checks(self, shown: Shown) -> list[tuple[float, ...]]:
        """P(level, regime | all answers) over P(this skill's checks | level, regime), six levels by five regimes.

        What any outcome of this skill's checks would say follows from these 30 numbers.
        """
        if shown not in self._others:
            columns = [self._column(shown, regime) for regime in range(len(model.REGIMES))]
            self._others[shown] = list(zip(*columns, strict=True))
        return self._others[shown]

    def _column(self, shown: Shown, regime: int) -> list[float]:
        """One regime of `_without_checks`. Where it answers alike at all levels, checks change all six alike."""
        if shown.checks and model.REGIMES[regime].right is not None:
            chance = likelihood(shown).checks[0][regime]
            return [row[regime] / chance for row in self._without_checks(Shown(shown.rating))]
        given = compress(likelihood(shown).given[regime], self._likely)
        rest = list(map(truediv, self._likely_weights[regime], given))
        return [sum(map(mul, row, rest)) for row in self._likely_rows(shown.rating)]

    def right(self, skill: str, level: int) -> tuple[float, ...]:
        """The probabilities that a skill is at level 0 to 5 and one more check of a level (2-4) is answered right."""
        shown = self.shown[skill]
        after = model.check_rows(tuple(sorted((*shown.checks, (level, True)))))
        return tuple(sum(map(mul, *pair)) for pair in zip(self._without_checks(shown), after, strict=True))

    def chance_right(self, skill: str, level: int) -> float:
        """The probability that one more check of a level (2-4) is answered right, given all answers."""
        return sum(self.right(skill, level))

    def credible(self, skill: str) -> Range:
        """The shortest run of levels that holds at least LEAST_MASS; of equally short ones the likeliest."""
        levels = self.levels(skill)
        runs = [Range(low, high, sum(levels[low : high + 1])) for low in range(6) for high in range(low, 6)]
        whole = Range(0, 5, sum(levels))
        enough = [run for run in runs if run.mass >= LEAST_MASS]
        return min(enough, key=lambda run: (run.high - run.low, -run.mass, run.low), default=whole)

    def median(self, skill: str) -> int:
        """The lowest level at or below which a skill lies with a probability of one half or more."""
        return next(level for level, mass in enumerate(accumulate(self.levels(skill))) if mass >= 0.5)
