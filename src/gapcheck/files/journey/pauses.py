"""How long the pauses between a person's events are: after which one a journey is over, and when a step is too late."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from itertools import pairwise
from typing import TYPE_CHECKING

from gapcheck.core.journey.map import IDLE, WITHIN
from gapcheck.files.journey.remarks import COME_BACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HOUR = dt.timedelta(hours=1)
DAY = 24

VISIT = 0.5
"""Hours after which a visit is over: what web analytics take (Catledge & Pitkow 1995 measured 25.5 minutes)."""

FEWEST = 20
"""Pauses below which it cannot be seen whether they are of two kinds."""

TWO_KINDS = 0.75
"""The part of the variance of the pauses' logarithms that two kinds have to explain: what they do where all lengths are
as frequent. Of a bell they explain 0.64."""

SOON_ENOUGH = 0.95
"""The part of those who go a way that `within_days` is to take in."""

Journey = list[tuple[dt.datetime, str]]
"""The events of a journey, in the order of their times."""


def idle_hours(people: Sequence[Journey], *, goes_on: bool) -> tuple[float, str] | None:
    """Hours without an event after which a person's journey is over, and why; None where nothing speaks for any.

    Half an hour where most pauses are no longer; else between the two kinds of pauses, if there are two. And a tenth
    of the people must come back after longer; of visits the first rows of a file that `goes_on` may not show that.
    """
    longest = [
        max((later - time for (time, _), (later, _) in pairwise(own)), default=0 * HOUR) / HOUR for own in people
    ]
    pauses = [pause for own in people for (time, _), (later, _) in pairwise(own) if (pause := (later - time) / HOUR)]
    if not pauses:
        return None
    if visits := statistics.median(pauses) <= VISIT:
        hours, why = VISIT, "most pauses between a person's events are of minutes, as in a visit"
    elif kinds := _two_kinds(sorted(pauses)):
        hours = _round(math.sqrt(kinds[0] * kinds[1]))
        why = f"a person's pauses are of two kinds, about {_told(kinds[0])} and about {_told(kinds[1])}"
    else:
        return None
    back = sum(pause > hours for pause in longest)
    return (hours, why) if (visits and goes_on) or back >= COME_BACK * len(people) else None


def _two_kinds(pauses: Sequence[float]) -> tuple[float, float] | None:
    """The means (geometric) of the two kinds that explain most of the variance of the logarithms (Otsu 1979)."""
    logs = [math.log(pause) for pause in pauses]
    every = len(logs)
    mean, variance = statistics.fmean(logs), statistics.pvariance(logs)
    best, below = (0.0, 0.0, 0.0), 0.0
    for n, each in enumerate(logs[:-1], 1):
        below += each
        low, high = below / n, (mean * every - below) / (every - n)
        best = max(best, (n * (every - n) * (high - low) ** 2 / every**2, low, high))
    return (math.exp(best[1]), math.exp(best[2])) if every >= FEWEST and best[0] >= TWO_KINDS * variance > 0 else None


def _round(hours: float) -> float:
    """To half an hour, above two days to a day; at most a year."""
    unit = 0.5 if hours < 2 * DAY else DAY
    return min(max(round(hours / unit), 1) * unit, IDLE.most)


def _told(hours: float) -> str:
    for unit, many in (("days", DAY), ("hours", 1)):
        if hours >= 2 * many:
            return f"{round(hours / many)} {unit}"
    return f"{max(round(60 * hours), 1)} minutes"


def split(people: Iterable[Journey], hours: float | None) -> list[Journey]:
    """Each person's journeys: one is over where nothing comes for longer."""
    longest = dt.timedelta.max if hours is None else hours * HOUR
    found: list[Journey] = []
    for own in people:
        found.append(own[:1])
        for (before, _), event in pairwise(own):
            if event[0] - before > longest:
                found.append([])
            found[-1].append(event)
    return found


def days_to_next(journeys: Sequence[Journey], steps: Sequence[str]) -> int | None:
    """Whole days in which 95 of 100 who go on to the next step do, on the slowest way; None if nobody does."""
    slowest = [gone for one, other in pairwise(steps) if (gone := sorted(_gone(journeys, one, other)))]
    points = [way[math.ceil(SOON_ENOUGH * len(way)) - 1] for way in slowest]
    return min(max(math.ceil(max(points) / dt.timedelta(1)), 1), WITHIN.most) if points else None


def _gone(journeys: Iterable[Journey], one: str, other: str) -> Iterable[dt.timedelta]:
    """How long each took from its first time at one event to the other one."""
    for own in journeys:
        first = next((time for time, event in own if event == one), None)
        later = next((time for time, event in own if event == other and first is not None and time >= first), None)
        if first is not None and later is not None:
            yield later - first
