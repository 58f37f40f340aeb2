"""What of a log can be held against what: a way now against its own history, and against the best segment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, islice
from math import prod
from typing import TYPE_CHECKING, Literal

from gapcheck.core.journey import flow, rates
from gapcheck.core.journey.counts import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.journey.counts import DayCount, LogCounts, Segment
    from gapcheck.core.journey.found import Incident, Where

WEEK = 7
WINDOW = 4
"""Weeks that are now: whole weeks hold every weekday equally often, and what jams is to be today's."""
HISTORY = 12
"""Weeks of one's own history at most: three times the window make the interval of the difference 15% wider than
endless history would, so that older and less comparable weeks would hardly help."""
LEAST_WEEKS = 2
"""Fewer weeks on a side do not show how weeks differ from each other anyway."""
LEAST = 20
"""Journeys on either side, and people in a log, below which nothing is concluded: the 95% interval of a share of fewer
is up to 40 percentage points wide, and one or two people who come again and again could be the whole finding."""

Side = tuple["list[DayCount]", "list[DayCount]"]
"""The days of a way and segment that are now, and those of its history."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way of one segment now beside what it is held against: (on, reached) each, and what a loss there costs.

    `unrest` is how much more the shares varied between weeks of history than by chance alone (1 is none), and
    `freedom` its degrees of freedom, 0 where it is not known. `onward` is the chance to get from the way's end to the
    path's end.
    """

    where: Where
    against: Literal["history", "segment"]
    best: Segment
    now: tuple[int, int]
    then: tuple[int, int]
    unrest: float
    freedom: int
    days: int
    onward: float
    worth: float | None

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """The two shares as `rates` takes them."""
        return *self.now, *self.then

    @property
    def missing(self) -> float:
        """By how much the share is lower now; below 0 where it is higher."""
        return self.then[0] / self.then[1] - self.now[0] / self.now[1]


@dataclass(frozen=True, slots=True)
class _Log:
    """A log with the events of its steps, the first day and the number of those that are now, and every side."""

    name: str
    steps: Sequence[str]
    counts: LogCounts
    first: dt.date
    days: int
    sides: dict[tuple[int, Segment], Side]


def compare(
    log: str, steps: Sequence[str], counts: LogCounts, incidents: Iterable[Incident] = ()
) -> tuple[Comparison, ...]:
    """All that can be compared in a log: each way and segment with its history, and with the best of its column.

    `steps` are the events of the path in order. Days that a shown incident covers are no history of its way; without
    those only suspected: to take out what is merely low would flatter the history. Nothing of fewer than four weeks or
    20 people.
    """
    days, last = _window(counts), flow.known_until(counts)
    if last is None or not days or counts.people < LEAST:
        return ()
    first = last - dt.timedelta(days - 1)
    about = [each for each in incidents if each.proof == "shown" and each.where is not None and each.where.log == log]
    sides = {
        (number, segment): _side(passage.days, first, days, _history(counts.first, first, days, about, number, segment))
        for number, way in enumerate(counts.passages)
        for segment, passage in way.items()
    }
    told = _Log(log, steps, counts, first, days, sides)
    return tuple(
        comparison
        for number in range(len(counts.passages))
        for comparison in (*_with_history(told, number), *_with_the_best(told, number))
    )


def _window(counts: LogCounts) -> int:
    """The days of the window: the last four weeks known, or so many that as many are left for history; 0 is too few."""
    last = flow.known_until(counts)
    weeks = min(WINDOW, ((last - counts.first).days + 1) // WEEK // 2) if last else 0
    return weeks * WEEK if weeks >= LEAST_WEEKS else 0


def _history(
    begin: dt.date, first: dt.date, window: int, incidents: Iterable[Incident], number: int, segment: Segment
) -> set[dt.date]:
    """The latest days before the window that no incident of this way covers; none if fewer than the window has."""
    about = [each for each in incidents if _is_about(each.where, number, segment)]
    every = (first - dt.timedelta(back) for back in range(1, (first - begin).days + 1))
    free = (day for day in every if not any(each.start <= day <= each.end for each in about))
    days = {*islice(free, HISTORY * WEEK)}
    return days if len(days) >= window else set()


def _is_about(where: Where | None, number: int, segment: Segment) -> bool:
    """Whether an incident spoils a segment's history: its own or everybody's does, and any segment's everybody's."""
    return (
        where is not None and where.number == number and (where.segment == segment or ALL in {where.segment, segment})
    )


def _side(days: Iterable[DayCount], first: dt.date, window: int, history: set[dt.date]) -> Side:
    """`days` parted into now and then."""
    ordered = sorted(days, key=lambda each: each.day)
    now = [each for each in ordered if 0 <= (each.day - first).days < window]
    return now, [each for each in ordered if each.day in history]


def _with_history(log: _Log, number: int) -> Iterator[Comparison]:
    """Each segment with itself before."""
    for segment in sorted(log.counts.passages[number]):
        now, then = log.sides[number, segment]
        yield from _compared(log, number, segment, None, (now, then, [then]))


def _with_the_best(log: _Log, number: int) -> Iterator[Comparison]:
    """Each segment now with the one of its column that did best before.

    The best is chosen on other days than it is compared on: the highest of several noisy shares is flattered, and
    would be so again if the same days had to say by how much.
    """
    columns = groupby(sorted(set(log.counts.passages[number]) - {ALL}), key=lambda segment: segment[0])
    for segments in ([*group] for _, group in columns):
        lows = {each: rates.wilson(*flow.tally(log.sides[number, each][1]))[0] for each in segments}
        best = max(segments, key=lows.__getitem__)
        there, there_before = log.sides[number, best]
        for segment in segments:
            now, before = log.sides[number, segment]
            if segment != best and lows[best] > 0:
                yield from _compared(log, number, segment, best, (now, there, [before, there_before]))


def _compared(
    log: _Log,
    number: int,
    segment: Segment,
    best: Segment | None,
    days: tuple[list[DayCount], list[DayCount], list[list[DayCount]]],
) -> Iterator[Comparison]:
    """One comparison, or none where one of the two sides has nobody. `days` are now, then, and those of history."""
    now, then = map(flow.tally, days[:2])
    if not now[1] or not then[1]:
        return
    unrest, freedom = _unrest([_weeks(before, log.first) for before in days[2]])
    yield Comparison(
        where=flow.place(log.name, log.steps, number, segment),
        against="segment" if best else "history",
        best=best or ALL,
        now=now,
        then=then,
        unrest=unrest,
        freedom=freedom,
        days=log.days,
        onward=prod(_share(log, later, segment) for later in range(number + 1, len(log.counts.passages))),
        worth=log.counts.value_of_one,
    )


def _weeks(days: Iterable[DayCount], first: dt.date) -> list[tuple[int, int]]:
    """(on, reached) by week, counted back from the window's first day."""
    numbered = groupby(days, key=lambda each: (each.day - first).days // WEEK)
    return [(on, reached) for on, reached in (flow.tally(week) for _, week in numbered) if reached]


def _unrest(histories: Iterable[Sequence[tuple[int, int]]]) -> tuple[float, int]:
    """Pearson's X² of each history's weeks about its own share, by its degrees of freedom, and these.

    1 is what chance alone gives (McCullagh and Nelder 1989, 4.5), 0 where all came on or nobody. Only history says how
    restless weeks are when nothing jams: a jam that begins in the middle of the window would hide behind itself.
    """
    known = [weeks for weeks in histories if len(weeks) > 1]
    varied = [weeks for weeks in known if 0 < sum(on for on, _ in weeks) < sum(reached for _, reached in weeks)]
    freedom = sum(len(weeks) - 1 for weeks in varied or known)
    return (sum(map(_pearson, varied)) / freedom, freedom) if freedom else (1.0, 0)


def _pearson(weeks: Sequence[tuple[int, int]]) -> float:
    share = sum(on for on, _ in weeks) / sum(reached for _, reached in weeks)
    return sum((on - reached * share) ** 2 / (reached * share * (1 - share)) for on, reached in weeks)


def _share(log: _Log, number: int, segment: Segment) -> float:
    """A way's share now and before: the segment's own of enough journeys, else everybody's; 0 where nobody was."""
    for each in (segment, ALL):
        on, reached = map(sum, zip(*map(flow.tally, log.sides.get((number, each), ([], []))), strict=True))
        if reached >= LEAST or (each == ALL and reached):
            return on / reached
    return 0.0
