"""Shares and their uncertainty: intervals, tests of two shares, and p-values when many things are looked at.

Counts are whole numbers, `on` of `reached`; they may be 0 and as large as one likes. Nothing here approximates by a
normal share where the exact likelihood or the score does it better: counts of journeys are often small.
"""

from __future__ import annotations

from math import copysign, erfc, exp, fsum, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from gapcheck.core.calibration.numeric import beta_cdf

if TYPE_CHECKING:
    from collections.abc import Sequence

Z95 = 1.959963984540054
"""Half of the width of a two-sided 95% interval, in standard errors."""

FEW = 5
"""Days (or hours) below which it is hardly known how they differ."""

_ENOUGH = 1e-15
_SMALL = 1e-4


def tail(z: float) -> float:
    """The chance that a standard normal value exceeds z; accurate far out, where 1 - cdf(z) would be 0."""
    return erfc(z / sqrt(2)) / 2


def quantile(share: float) -> float:
    """The value that a standard normal one stays below with this chance, above 0 and below 1 (Wichura 1988)."""
    return NormalDist().inv_cdf(share)


def f_tail(value: float, above: int, below: int) -> float:
    """The chance that an F value with these degrees of freedom is as large; of t² with `above` 1, both tails of t.

    The incomplete beta function (NIST Digital Library of Mathematical Functions, 8.17), from whichever end is nearer,
    as the other would lose the digits. `below` is at least 1.
    """
    everything = below + above * value
    if value < 1:
        return 1 - beta_cdf(above / 2, below / 2, above * value / everything)
    return beta_cdf(below / 2, above / 2, below / everything)


def wilson(on: int, reached: int, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): 0 to 1 of nothing.

    Recommended for small counts by Brown, Cai and DasGupta (2001); never leaves 0 to 1 and is no point at 0 or all.
    """
    if not reached:
        return 0.0, 1.0
    share, square = on / reached, z * z
    middle = (share + square / (2 * reached)) / (1 + square / reached)
    half = z * sqrt(share * (1 - share) / reached + square / (4 * reached * reached)) / (1 + square / reached)
    low = 0.0 if on == 0 else middle - half
    high = 1.0 if on == reached else middle + half
    return low, high


def ratio_error(count: int, one: float, other: float, one_squared: float, other_squared: float, both: float) -> float:
    """The standard error of other / (one + other), both sums over `count` people or days (Cochran 1977, 2.11).

    `one_squared`, `other_squared` and `both` are the sums of their squares and of their products; count is at least 2.
    """
    total = one + other
    share = other / total
    back = 1 - share
    left = back * back * other_squared + share * share * one_squared - 2 * share * back * both
    return sqrt(max(0.0, left) * count / (count - 1)) / total


def unrest(days: Sequence[tuple[float, float]]) -> float:
    """How many times the variance by chance a share has that varies between days, (on, reached) each; at least 1.

    Of fewer than 5 days that anybody reached it is not known, and 1; so it is where all came on, or nobody.
    """
    known = [(reached - on, on) for on, reached in days if reached > 0]
    off, on = fsum(one for one, _ in known), fsum(other for _, other in known)
    if len(known) < FEW or not 0 < on < on + off:
        return 1.0
    squares = fsum(one * one for one, _ in known), fsum(other * other for _, other in known)
    error = ratio_error(len(known), off, on, *squares, fsum(one * other for one, other in known))
    reached = on + off
    chance = on / reached * off / reached / reached
    return max(1.0, error * error / chance)


def newcombe(on1: int, n1: int, on2: int, n2: int, z: float = Z95) -> tuple[float, float]:
    """The interval of on1/n1 - on2/n2 from the two score intervals (Newcombe 1998, method 10): -1 to 1 of nothing."""
    if not n1 or not n2:
        return -1.0, 1.0
    share1, share2 = on1 / n1, on2 / n2
    (low1, high1), (low2, high2) = wilson(on1, n1, z), wilson(on2, n2, z)
    between = share1 - share2
    low = between - sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    return low, between + sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)


def signed_root(on1: float, n1: float, on2: float, n2: float) -> float:
    """How far two shares differ, in standard errors: above 0 where on1/n1 is the larger, 0 of nothing.

    The square root of the likelihood-ratio statistic G (Wilks 1938) with the sign of the difference: about standard
    normal where both shares are one, and exact enough for small counts (McCullagh and Nelder 1989, 4.4).
    All four cells are off what one share for both would give by the same amount, so nothing cancels in huge counts.
    """
    everybody, on = n1 + n2, on1 + on2
    if not n1 or not n2 or on in {0, everybody}:
        return 0.0
    off = (on1 * n2 - on2 * n1) / everybody
    cells = ((n1, on, off), (n1, everybody - on, -off), (n2, on, -off), (n2, everybody - on, off))
    half = sum(_deviance(row * column / everybody, moved) for row, column, moved in cells)
    return copysign(sqrt(2 * half), off)


def _deviance(expected: float, off: float) -> float:
    """What a cell x = expected + off adds to G / 2: x log(x / expected) - off.

    By its series where off is so small that the difference would lose its digits.
    """
    t = off / expected
    if abs(t) < _SMALL:
        return expected * t * t * (1 / 2 - t / 6 + t * t / 12)
    return expected * ((1 + t) * log1p(t) - t if t > -1 else 1.0)


def fewer(on1: int, n1: int, on2: int, n2: int) -> float:
    """The chance of on1 or fewer of n1, if one share holds for both and on1 + on2 came on in all (Fisher 1935).

    The lower tail of the hypergeometric distribution, exact for the smallest counts. The terms are summed away from
    on1 on its shorter side, where each is smaller than the one before, until they no longer matter.
    """
    if on1 * n2 >= on2 * n1:
        return 1.0 if on1 == min(n1, on1 + on2) else 1 - _hypergeometric_tail(n1 - on1 - 1, n1, n2 - on2 + 1, n2)
    return _hypergeometric_tail(on1, n1, on2, n2)


def _hypergeometric_tail(on1: int, n1: int, on2: int, n2: int) -> float:
    term = total = _hypergeometric(on1, n1, on2, n2)
    while term > total * _ENOUGH:
        term *= on1 * (n2 - on2) / ((on2 + 1) * (n1 - on1 + 1))
        on1, on2 = on1 - 1, on2 + 1
        total += term
    return min(1.0, total)


def _hypergeometric(on1: int, n1: int, on2: int, n2: int) -> float:
    """The chance of just this table: its factorials by Stirling's formula, whose n log n add up to -G/2 (Loader 2000).

    Differences of logarithms of huge factorials would lose the digits that the far smaller result needs.
    """
    everybody, on = n1 + n2, on1 + on2
    above = _beyond_stirling(n1) + _beyond_stirling(n2) + _beyond_stirling(on) + _beyond_stirling(everybody - on)
    below = _beyond_stirling(everybody) + sum(map(_beyond_stirling, (on1, n1 - on1, on2, n2 - on2)))
    return exp(above - below - signed_root(on1, n1, on2, n2) ** 2 / 2)


def _beyond_stirling(n: int) -> float:
    """The part of log n! beyond n log n - n, to 12 digits after the point."""
    if n < 16:
        return lgamma(n + 1) - n * log(n) + n if n else 0.0
    return log(2 * pi * n) / 2 + 1 / (12 * n) - 1 / (360 * n**3) + 1 / (1260 * n**5)


def holm(ps: Sequence[float]) -> list[float]:
    """P-values adjusted so that below .05 stands with 95% certainty for all of them at once (Holm 1979).

    Holds whatever the tests have to do with each other. In the order given.
    """
    adjusted, highest = [0.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = highest
    return adjusted


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """P-values adjusted so that of those below .2, at most a fifth are false on average (Benjamini, Hochberg 1995).

    Holds for independent tests and for those that rise together. In the order given.
    """
    adjusted, lowest = [0.0] * len(ps), 1.0
    for rank, place in reversed([*enumerate(sorted(range(len(ps)), key=ps.__getitem__), 1)]):
        lowest = min(lowest, len(ps) / rank * ps[place])
        adjusted[place] = lowest
    return adjusted
