"""What is scored: a series, and what is known to have happened in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapcheck.core.journey.counts import Point

Span = tuple[dt.datetime, dt.datetime]
"""The first and the last point of a time, both in it."""

GRADES = {"hard": 5.0, "middle": 8.0, "easy": 14.0}
"""The least evidence of each grade, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Planted:
    """An incident: from the point at `first` to the one at `last`.

    `ratio` is observed over expected, less 1, at its height; `sd` the same in standard deviations of one point.
    `evidence` is the z that a test would have on average if it knew everything but whether the incident is there:
    its place, its shape, and what is expected without it. None where nobody knows, as with labels on real data.
    """

    first: dt.datetime
    last: dt.datetime
    shape: str
    ratio: float | None = None
    sd: float | None = None
    evidence: float | None = None

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What it is counted under: shape, direction and grade."""
        if self.ratio is None or self.evidence is None:
            return (("shape", self.shape),)
        grade = [name for name, least in GRADES.items() if self.evidence >= least][-1]
        return (("shape", self.shape), ("direction", "rise" if self.ratio > 0 else "dip"), ("size", grade))


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order, one per `hours` (24 or 1) with some of them missing; `traits` is what it is counted under."""

    name: str
    points: tuple[Point, ...]
    hours: int
    planted: tuple[Planted, ...]
    traits: tuple[tuple[str, str], ...] = ()

    @property
    def step(self) -> dt.timedelta:
        """The time from one point to the next."""
        return dt.timedelta(hours=self.hours)
