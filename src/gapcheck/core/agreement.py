"""How far several raters agree on the same skills. One row per rater, one column per skill, None: not observed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import chain

Ratings = Sequence[Sequence[int | None]]
Statistic = Callable[[Ratings], float | None]


def alpha(ratings: Ratings) -> float | None:
    """Krippendorff's alpha with the ordinal metric: 1 is full agreement, 0 what chance gives, below 0 is worse.

    alpha = 1 - observed / expected disagreement over all pairs of values within a skill (Krippendorff 2011,
    "Computing Krippendorff's Alpha-Reliability"). His ordinal metric, the square of all values from one level to
    another less half of those at both ends, is the squared difference of their mean ranks.

    None where it is undefined: no skill with two values, or all paired values alike.
    Raises ValueError where rows differ in length.
    """
    columns = ([value for value in column if value is not None] for column in zip(*ratings, strict=True))
    units = [unit for unit in columns if len(unit) > 1]
    ranks = _mean_ranks(Counter(chain.from_iterable(units)))
    ranked = [[ranks[value] for value in unit] for unit in units]
    pooled = [*chain.from_iterable(ranked)]
    expected = _disagreement(pooled)
    if not expected:
        return None
    by_size: Counter[int] = Counter()
    for unit in ranked:
        by_size[len(unit)] += _disagreement(unit)
    observed = sum((Fraction(total, size - 1) for size, total in by_size.items()), Fraction())
    return float(1 - (len(pooled) - 1) * observed / expected)


def icc(ratings: Ratings) -> float | None:
    """ICC(A,1): two-way, absolute agreement, single rater, over the skills that every rater rated.

    (MSR - MSE) / (MSR + (k - 1) MSE + k / n (MSC - MSE)) for n skills, k raters and the mean squares of skills,
    raters and error (McGraw and Wong 1996); the same as ICC(2,1) of Shrout and Fleiss (1979).

    None where it is undefined: fewer than two such skills, fewer than two raters, or a denominator of 0
    (all alike, or two raters who rate two skills the other way round). Raises ValueError where rows differ in length.
    """
    rows = _complete(ratings)
    n, k = len(rows), len(ratings)
    if n < 2 or k < 2:
        return None
    even = sum(map(sum, rows)) ** 2
    skills = n * sum(sum(row) ** 2 for row in rows) - even
    raters = k * sum(sum(column) ** 2 for column in zip(*rows, strict=True)) - even
    total = n * k * sum(value**2 for row in rows for value in row) - even
    msr = Fraction(skills, n - 1)
    msc = Fraction(raters, k - 1)
    mse = Fraction(total - skills - raters, (n - 1) * (k - 1))
    denominator = msr + (k - 1) * mse + Fraction(k, n) * (msc - mse)
    return float((msr - mse) / denominator) if denominator else None


def interval(
    statistic: Statistic, ratings: Ratings, *, seed: int, draws: int = 1000, mass: float = 0.80
) -> tuple[float, float] | None:
    """The percentile bootstrap interval of a statistic over skills (Efron and Tibshirani 1993).

    Each draw takes as many skills as there are, with replacement; where the statistic is undefined, it is dropped.
    `mass` (0-1) is the share of draws inside. The same seed gives the same interval everywhere.

    None where the statistic is undefined in more than half of the draws.
    Raises ValueError where rows differ in length or `draws` is below 1.
    """
    if draws < 1:
        raise ValueError("draws must be at least 1")
    generator = random.Random(seed)  # noqa: S311 (no secret)
    columns = [*zip(*ratings, strict=True)]
    drawn = (statistic(_resampled(columns, generator)) for _ in range(draws))
    values = sorted(value for value in drawn if value is not None)
    if 2 * len(values) < draws:
        return None
    tail = (1 - mass) / 2
    return _quantile(values, tail), _quantile(values, 1 - tail)


def _mean_ranks(counts: Counter[int]) -> dict[int, int]:
    """Twice the mean rank of each level, so that ties stay whole numbers."""
    ranks, below = {}, 0
    for level in sorted(counts):
        ranks[level] = 2 * below + counts[level] + 1
        below += counts[level]
    return ranks


def _disagreement(values: Sequence[int]) -> int:
    """Squared differences summed over all pairs: n times the sum of squares, less the square of the sum."""
    return len(values) * sum(value**2 for value in values) - sum(values) ** 2


def _complete(ratings: Ratings) -> list[list[int]]:
    """One row for each skill that every rater rated."""
    columns = zip(*ratings, strict=True)
    known = ([value for value in column if value is not None] for column in columns)
    return [row for row in known if len(row) == len(ratings)]


def _resampled(columns: Sequence[tuple[int | None, ...]], generator: random.Random) -> Ratings:
    """As many columns with replacement, by `random()` alone: of its methods only that is the same in every Python."""
    number = len(columns)
    return [*zip(*(columns[int(generator.random() * number)] for _ in columns), strict=True)]


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile at a share (0-1) of values in order, interpolated between the two next to it."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
