"""Where a rising function reaches a value, and the regularised incomplete beta function."""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HALVINGS = 100
_TERMS = 1000
_TINY = 1e-300
_ENOUGH = 1e-15


def solve(rising: Callable[[float], float], value: float, low: float, high: float) -> float:
    """The place between low and high where a rising function reaches a value, by bisection to a float's last digits."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < value:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_cdf(a: float, b: float, x: float) -> float:
    """I_x(a, b), the regularised incomplete beta function for a, b > 0 and 0 <= x <= 1.

    By its continued fraction (NIST Digital Library of Mathematical Functions, section 8.17), which converges fast
    below the mean; above it by I_x(a, b) = 1 - I_(1-x)(b, a).
    """
    if x in {0, 1}:
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(b, a, 1 - x)
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b))
    return front / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """1 + d1/(1 + d2/(1 + ...)) by the modified method of Lentz."""
    value = c = 1.0
    d = 0.0
    for n in range(1, _TERMS):
        m = n // 2
        top = (m * (b - m) if n % 2 == 0 else -(a + m) * (a + b + m)) * x / ((a + n - 1) * (a + n))
        d = 1 / (1 + top * d or _TINY)
        c = 1 + top / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return value


def beta_quantile(a: float, b: float, share: float) -> float:
    """The x with I_x(a, b) = share."""
    return solve(lambda x: beta_cdf(a, b, x), share, 0, 1)
