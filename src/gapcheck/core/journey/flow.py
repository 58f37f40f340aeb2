"""How many come on from step to step, and where journeys that wander go next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.found import NextStep, Share, StepFlow, Where
from gapcheck.core.journey.rates import Z95, unrest, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gapcheck.core.journey.counts import DayCount, LogCounts, Passage, Segment

DAYS = 28
"""Whole weeks, so that no weekday counts more than another; about a month, so that the figures are today's."""


def share_of(on: int, reached: int) -> Share:
    """A share with its 95% interval."""
    low, high = wilson(on, reached)
    return Share(on=on, reached=reached, low=low, high=high)


def share_over(days: Sequence[DayCount]) -> Share:
    """The share over some days, its 95% interval as much wider as days differ more than by chance."""
    on, reached = tally(days)
    restless = unrest([(each.on, each.reached) for each in days])
    low, high = wilson(on, reached, Z95 * sqrt(restless))
    return Share(on=on, reached=reached, low=low, high=high)


def tally(days: Iterable[DayCount]) -> tuple[int, int]:
    """Of how many how many came on, over some days: (on, reached)."""
    counts = [(each.on, each.reached) for each in days]
    return sum(on for on, _ in counts), sum(reached for _, reached in counts)


def known_until(counts: LogCounts) -> dt.date | None:
    """The last day of which it is known who came on; None where nobody reached any step.

    Where people have some days to come on, it lies so much before the last day of the file.
    """
    return max((each.day for way in counts.passages if ALL in way for each in way[ALL].days), default=None)


def span(counts: LogCounts, days: int = DAYS) -> tuple[dt.date, dt.date] | None:
    """The first and last of the days that a flow is told of; None where nobody reached any step."""
    last = known_until(counts)
    return (max(counts.first, last - dt.timedelta(days - 1)), last) if last else None


def flow(log: str, steps: Sequence[str], counts: LogCounts, days: int = DAYS) -> tuple[StepFlow, ...]:
    """For every way and segment the share that came on over the last days that are known, or all if there are fewer.

    `steps` are the events of the path in order; ways are in theirs, everybody first, then segments by name.
    """
    told = span(counts, days)
    if told is None:
        return ()
    first, _ = told
    return tuple(
        _step_flow(place(log, steps, number, segment), way[segment], first)
        for number, way in enumerate(counts.passages)
        for segment in sorted(way)
    )


def place(log: str, steps: Sequence[str], number: int, segment: Segment) -> Where:
    """The way from step `number` to the next, for people of a segment."""
    return Where(log=log, number=number, source=steps[number], target=steps[number + 1], segment=segment)


def _step_flow(where: Where, passage: Passage, first: dt.date) -> StepFlow:
    share = share_over([each for each in passage.days if each.day >= first])
    return StepFlow(where=where, share=share, median_hours=passage.median_hours, slow_hours=passage.slow_hours)


def next_steps(log: str, counts: LogCounts) -> tuple[NextStep, ...]:
    """Of those who left a touchpoint the shares that went to each other one or nowhere; the most frequent first."""
    left: Counter[str] = Counter()
    for (source, _), journeys in counts.next_steps.items():
        left[source] += journeys
    ranked = sorted(counts.next_steps.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return tuple(
        NextStep(log=log, source=source, target=target, share=share_of(journeys, left[source]))
        for (source, target), journeys in ranked
    )
