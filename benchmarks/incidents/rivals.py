"""What gapcheck is held against: methods that one would otherwise take, none of them told what was planted."""

from __future__ import annotations

import warnings
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from gapcheck.core.journey import scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.incidents.series import Series, Span
    from gapcheck.core.journey.scan import Stretch

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Detector = Callable[[Series], list[Span]]

LIMIT = 3.0
ROBUST = 1.4826
"""The standard deviation of a normal distribution over its median distance from the median."""

APART = 2
"""Points between two runs that are still one."""

WINDOW = 28
"""Days of the rolling median: four weeks."""

SLOW = 91
"""Days of the slow trend: a quarter, three times the longest incident but the shifts."""

ROUNDING = 1e-9
"""What STL leaves of a series, as a share of its highest figure, that is nothing but the arithmetic's rounding."""

CHANCE = 0.05
"""Of any alarm in a series of independent normal points, where the limit allows for its length."""


def grid(series: Series) -> Floats:
    """The figure at every step from the first point to the last; what is missing lies on a line between neighbours."""
    first = series.points[0].when
    at = np.array([(point.when - first) // series.step for point in series.points], dtype=float)
    values = [point.value if point.of is None else point.value / point.of for point in series.points]
    return np.interp(np.arange(at[-1] + 1), at, values)


def runs(out: Bools) -> list[tuple[int, int]]:
    """First and last of each run of points that are out; runs with at most two points between are one."""
    found: list[tuple[int, int]] = []
    for n in np.flatnonzero(out).tolist():
        if found and n - found[-1][1] - 1 <= APART:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return found


def spans(series: Series, out: Bools) -> list[Span]:
    """The same as times."""
    first = series.points[0].when
    return [(first + series.step * low, first + series.step * high) for low, high in runs(out)]


def sigma(residual: Floats) -> float:
    """The standard deviation by the median of distances from the median, which few outliers do not move."""
    robust = float(np.median(abs(residual - np.median(residual))) * ROBUST)
    return robust or float(residual.std()) or 1.0


def z_score(series: Series) -> list[Span]:
    """Beyond three standard deviations from the mean, both of all points."""
    values = grid(series)
    return spans(series, abs(values - values.mean()) > LIMIT * (values.std() or 1.0))


def rolling(series: Series) -> list[Span]:
    """Beyond three robust standard deviations from the median of the four weeks around."""
    values, half = grid(series), WINDOW * 24 // series.hours // 2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(values, half, mode="reflect"), 2 * half + 1)
    middle = np.median(around, axis=1)
    spread = np.median(abs(around - middle[:, None]), axis=1) * ROBUST
    return spans(series, abs(values - middle) > LIMIT * np.where(spread > 0, spread, values.std() or 1.0))


def stl(series: Series) -> list[Span]:
    """Beyond three robust standard deviations of what STL leaves, all its settings as statsmodels has them."""
    return _left_over(series, _residual(series), LIMIT)


def stl_slow(series: Series) -> list[Span]:
    """The same with a trend that takes a quarter to turn, and a limit that allows for the number of points."""
    window = SLOW * 24 // series.hours // 2 * 2 + 1
    residual = _residual(series, trend=window, trend_jump=window // 10)  # a tenth, as its documentation advises
    return _left_over(series, residual, NormalDist().inv_cdf(1 - CHANCE / 2 / residual.size))


def _left_over(series: Series, residual: Floats, limit: float) -> list[Span]:
    return spans(series, abs(residual - np.median(residual)) > limit * sigma(residual))


def _residual(series: Series, **settings: int) -> Floats:
    """What robust STL leaves once a week's season (and so the hour's, too) and a trend are taken away.

    In hourly series its smoothers work once a day and draw lines between, or a run would take half an hour.
    """
    day = 24 // series.hours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its imports say of each other
        from statsmodels.tsa.seasonal import STL
    values = grid(series)
    left = STL(values, period=7 * day, robust=True, low_pass_jump=day, **{"trend_jump": day, **settings})
    residual: Floats = left.fit().resid
    return np.where(abs(residual) < ROUNDING * abs(values).max(), 0.0, residual)


@lru_cache(maxsize=1)
def _stretches(series: Series) -> tuple[Stretch, ...]:
    """What gapcheck finds; kept, since two detectors ask for the same."""
    return scan.stretches(series.points, series.hours)


def shown(series: Series) -> list[Span]:
    """What gapcheck calls shown."""
    return [(each.first, each.last) for each in _stretches(series) if each.proof == "shown"]


def suspected(series: Series) -> list[Span]:
    """What it calls shown or suspected."""
    return [(each.first, each.last) for each in _stretches(series) if each.proof != "cannot-tell"]


DETECTORS: dict[str, Detector] = {
    "gapcheck, shown": shown,
    "gapcheck, suspected too": suspected,
    "STL": stl,
    "STL, slow": stl_slow,
    "z-score": z_score,
    "rolling median": rolling,
}
