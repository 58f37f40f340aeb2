"""A series made comparable from point to point: transformed, without its season, its trend and its lone spikes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

BOUND, OF_NORMAL = 1.5, 0.7784655
"""Huber's scale: squares count up to BOUND standard deviations, and average to OF_NORMAL for a normal distribution."""

NOISE_OF_MEDIAN = math.pi / 2
"""How much wider a median of normal values spreads than their mean."""

FULL_PERIODS = 4
"""Weeks before weekdays are told apart (days, for hours): a slot's median of fewer points is mostly noise."""

SPIKE = 3.0
"""Standard deviations from its neighbours' median at which a point alone is cut when several are averaged (Hampel)."""

NEIGHBOURS = 3
"""Points to each side that say what is usual just there."""

SKEWED = 0.1
"""Quantile skewness (Kelley's, 10th and 90th percentile) from which positive figures are compared as ratios."""


def spread(values: Sequence[float]) -> float:
    """Standard deviation about the median, whatever a third of the values may be (Huber 1964, proposal 2)."""
    if not values:
        return 0.0
    middle = median(values)
    return size_of([value - middle for value in values])


def size_of(values: Sequence[float]) -> float:
    """The same about 0."""
    squares = [value * value for value in values]
    scale = median(squares) / 0.4549364 or fmean(squares)  # the median of a squared normal value
    for _ in range(50):
        limit = BOUND * BOUND * scale
        now = fmean([min(square, limit) for square in squares]) / OF_NORMAL
        if abs(now - scale) <= 1e-6 * scale:
            break
        scale = now
    return math.sqrt(scale)


def quantile(ordered: Sequence[float], part: float) -> float:
    """The quantile of values in order, between two of them where it falls there."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def comparable(values: Sequence[float]) -> Callable[[float], float]:
    """How figures are compared: by their square root, their logarithm, or as they are.

    Whole numbers from 0 are counts, whose variance grows with them (Anscombe 1948, https://doi.org/10.2307/2332343);
    positive figures that are skewed differ by ratios.
    """
    if all(value >= 0 and value == int(value) for value in values):
        return lambda value: 2 * math.sqrt(value + 0.375)
    if min(values) > 0 and skewness(values) > SKEWED:
        return math.log
    return lambda value: value


def skewness(values: Sequence[float]) -> float:
    """Kelley's skewness: where the middle lies between the 10th and the 90th percentile, -1 to 1."""
    ordered = sorted(values)
    low, middle, high = (quantile(ordered, part) for part in (0.1, 0.5, 0.9))
    return (high + low - 2 * middle) / (high - low) if high > low else 0.0


def slots(times: Sequence[dt.datetime], hours: int) -> list[list[int]]:
    """The seasons there are enough points for, one list of slots each: weekdays, and hours of the day."""
    days = (times[-1] - times[0]).days + 1 if times else 0
    seasons = []
    if hours < 24 and days >= FULL_PERIODS:
        seasons.append([when.hour for when in times])
    if days >= FULL_PERIODS * 7:
        seasons.append([when.weekday() for when in times])
    return seasons


def shrunk(effects: dict[int, tuple[float, float]]) -> dict[int, float]:
    """Effects (each with its variance) drawn towards 0 as far as they are no more than noise (empirical Bayes).

    Morris 1983, https://doi.org/10.1080/01621459.1983.10477920: what the effects vary beyond their own noise is real.
    """
    if not effects:
        return {}
    real = max(0.0, fmean([value**2 - noise for value, noise in effects.values()]))
    return {slot: value * real / (real + noise) if real else 0.0 for slot, (value, noise) in effects.items()}


def without_season(
    values: Sequence[float], times: Sequence[dt.datetime], hours: int, kept: Sequence[int]
) -> list[float]:
    """Values less what their hour of the day and their weekday usually add, by the points that are kept."""
    left = list(values)
    for season in slots(times, hours):
        width = 24 // hours if hours < 24 and max(season) > 6 else 7 * 24 // hours
        usual = [left[place] for place in kept]
        rest = [value - middle for value, middle in zip(usual, _running(usual, width), strict=True)]
        effect = _effects([season[place] for place in kept], rest)
        left = [value - effect.get(slot, 0.0) for slot, value in zip(season, left, strict=True)]
    return left


def _effects(season: Sequence[int], rest: Sequence[float]) -> dict[int, float]:
    """What each slot adds: its median, drawn towards 0 as far as noise may have made it."""
    noise = spread(rest) ** 2 * NOISE_OF_MEDIAN
    by_slot: dict[int, list[float]] = {}
    for slot, value in zip(season, rest, strict=True):
        by_slot.setdefault(slot, []).append(value)
    return shrunk({slot: (median(found), noise / len(found)) for slot, found in by_slot.items()})


def _running(values: Sequence[float], width: int) -> list[float]:
    """The mean of the `width` points around each, fewer at the ends."""
    total = [0.0]
    for value in values:
        total.append(total[-1] + value)
    half = width // 2
    ends = [(max(0, at - half), min(len(values), at - half + width)) for at in range(len(values))]
    return [(total[end] - total[begin]) / (end - begin) for begin, end in ends]


BLOCKS = 24
"""Parts of a series whose medians give its trend: enough to outvote an incident, few enough to pair."""


LEAST_BLOCKS = 6
"""Parts below which no trend is drawn."""


def without_trend(values: Sequence[float], times: Sequence[dt.datetime], kept: Sequence[int]) -> list[float]:
    """Values less a straight line: the median slope between parts of the points that are kept (Theil and Sen).

    Sen 1968, https://doi.org/10.1080/01621459.1968.10480934. Up to 29% of the parts may be anything. The line runs
    over time: where points are missing, as much is added as if they were there.
    """
    size = max(1, len(kept) // BLOCKS)
    at = [(when - times[0]).total_seconds() for when in times]
    parts = [kept[start : start + size] for start in range(0, len(kept) - size + 1, size)]
    middles = [(fmean([at[n] for n in places]), median([values[n] for n in places])) for places in parts]
    slopes = [(y2 - y1) / (x2 - x1) for n, (x1, y1) in enumerate(middles) for x2, y2 in middles[n + 1 :]]
    slope = median(slopes) if len(middles) >= LEAST_BLOCKS else 0.0
    return [value - slope * time for time, value in zip(at, values, strict=True)]


@dataclass(frozen=True, slots=True)
class Calm:
    """A series made comparable: as it is, with lone spikes cut, and the standard deviation from point to point."""

    raw: tuple[float, ...]
    cut: tuple[float, ...]
    sigma: float


def calm(values: Iterable[float]) -> Calm:
    """Cut what stands alone: a point further than SPIKE from the median of its neighbours comes back to there."""
    raw = tuple(values)
    usual = [median(raw[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]) for at in range(len(raw))]
    rest = [value - middle for value, middle in zip(raw, usual, strict=True)]
    sigma = spread(rest) * math.sqrt((2 * NEIGHBOURS + 1) / (2 * NEIGHBOURS))
    limit = SPIKE * sigma
    cut = tuple(middle + max(-limit, min(limit, gap)) for middle, gap in zip(usual, rest, strict=True))
    return Calm(raw, cut, sigma)
