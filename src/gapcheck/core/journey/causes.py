"""Why something happened, as far as counts can say: what moved with it, and what moved first.

What moved together need not be a cause; it is where to look. Events that are on no path (an error page, a complaint)
are looked at for this alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gapcheck.core.journey import scan
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.found import Moved
from gapcheck.core.journey.incidents import point_of
from gapcheck.core.journey.merging import ALIKE, alike

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.journey.counts import LogCounts
    from gapcheck.core.journey.found import Incident
    from gapcheck.core.journey.incidents import Watched
    from gapcheck.core.journey.scan import Stretch

FIRST_DAYS = 2
"""Days by which something must have begun before, to be told as first: ends of stretches move by about a day."""

NAMED = 6
"""Things that moved together which are told, the surest first."""


@dataclass(frozen=True, slots=True)
class Mover:
    """Something that was out of the ordinary: what it is, and when and by how much."""

    kind: Literal["metric", "way", "event"]
    name: str
    stretch: Stretch

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day."""
        return self.stretch.first.date(), self.stretch.last.date()

    @property
    def moved(self) -> Moved:
        """As it is kept."""
        observed, expected = self.stretch.observed, self.stretch.expected
        return Moved(kind=self.kind, name=self.name, start=self.days[0], observed=observed, expected=expected)


def explained(
    incidents: Sequence[Incident], logs: Mapping[str, LogCounts], watched: Sequence[Watched]
) -> tuple[Incident, ...]:
    """The same incidents with what moved together with them, and what moved before."""
    movers = [*_ways(watched), *(mover for counts in logs.values() for mover in _events(counts))]
    return tuple(_explained(each, movers) for each in incidents)


def _explained(each: Incident, movers: Sequence[Mover]) -> Incident:
    time, itself = (each.start, each.end), _itself(each)
    beside = [mover for mover in movers if (mover.kind, mover.name) not in itself and alike(mover.days, time) >= ALIKE]
    beside.sort(key=lambda mover: (mover.stretch.chance, mover.name))
    first = [mover for mover in beside if (each.start - mover.days[0]).days >= FIRST_DAYS]
    together = [mover for mover in beside if mover not in first]
    return replace(
        each,
        together=tuple(mover.moved for mover in together[:NAMED]),
        first=tuple(mover.moved for mover in first[:NAMED]),
    )


def _itself(each: Incident) -> set[tuple[str, str]]:
    """What an incident is itself: its metric, or its way and the event that the way leads to."""
    if each.where is None:
        return {("metric", each.metric or "")}
    return {("way", f"{each.where.source} to {each.where.target}"), ("event", each.where.target)}


def _ways(watched: Sequence[Watched]) -> Iterator[Mover]:
    """Everybody's ways and the metrics, wherever they were out of the ordinary by themselves."""
    for each in watched:
        for stretch in each.stretches:
            if each.where is None:
                yield Mover("metric", each.metric or "", stretch)
            elif each.where.segment == ALL:
                yield Mover("way", f"{each.where.source} to {each.where.target}", stretch)


def _events(counts: LogCounts) -> Iterator[Mover]:
    """Events that are in more or fewer journeys than usual."""
    for event, days in sorted(counts.seen.items()):
        for stretch in scan.stretches([point_of(day) for day in days]):
            yield Mover("event", event, stretch)
