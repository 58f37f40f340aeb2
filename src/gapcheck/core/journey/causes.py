"""Why something happened, as far as counts can say: who carries it, what moved with it, and what moved first.

What moved together need not be a cause; it is where to look. Events that are on no path (an error page, a complaint)
are looked at for this alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.journey import scan
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.incidents import missing, parted, point_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.journey.counts import LogCounts
    from gapcheck.core.journey.found import Incident
    from gapcheck.core.journey.incidents import Watched
    from gapcheck.core.journey.scan import Stretch

VALUES = 4
"""Segments of a column that are told; what the others carry is less."""

FIRST_DAYS = 2
"""Days by which something must have begun before, to be told as first: ends of stretches move by about a day."""

ALIKE = 1 / 3
"""What two times have in common, of all that they span together, from which one may have to do with the other."""

NAMED = 6
"""Things that moved together which are told, the surest first."""


@dataclass(frozen=True, slots=True)
class Mover:
    """Something else that was out of the ordinary: what it is, and when and by how much."""

    name: str
    stretch: Stretch
    share: bool

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day."""
        return self.stretch.first.date(), self.stretch.last.date()

    @property
    def told(self) -> str:
        """A sentence part: what it came to, instead of what, and from when."""
        seen = (self.stretch.observed, self.stretch.expected)
        now, usual = (f"{100 * each:.0f}%" if self.share else f"{each:.4g}" for each in seen)
        return f"{self.name}: {now} instead of {usual}, from {self.days[0].isoformat()}"


def explained(
    incidents: Sequence[Incident], logs: Mapping[str, LogCounts], watched: Sequence[Watched]
) -> tuple[Incident, ...]:
    """The same incidents with who carries them, what moved together with them, and what moved before."""
    movers = [*_ways(watched), *(mover for counts in logs.values() for mover in _events(counts))]
    return tuple(_explained(each, logs, movers) for each in incidents)


def _explained(each: Incident, logs: Mapping[str, LogCounts], movers: Sequence[Mover]) -> Incident:
    time = each.start, each.end
    itself = {_name(each), *([f"journeys with {each.where.target}"] if each.where else [])}
    beside = [mover for mover in movers if mover.name not in itself and _alike(mover.days, time) >= ALIKE]
    beside.sort(key=lambda mover: (mover.stretch.chance, mover.name))
    first = [mover for mover in beside if (each.start - mover.days[0]).days >= FIRST_DAYS]
    together = [mover for mover in beside if mover not in first]
    return replace(
        each,
        carried_by=tuple(_carried(each, logs[each.where.log])) if each.where else (),
        together=tuple(mover.told for mover in together[:NAMED]),
        first=tuple(mover.told for mover in first[:NAMED]),
    )


def _alike(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> float:
    """Days that two times have in common, of all days of either."""
    common = (min(one[1], other[1]) - max(one[0], other[0])).days + 1
    either = sum((last - first).days + 1 for first, last in (one, other))
    return max(0, common) / (either - max(0, common))


def _name(each: Incident) -> str:
    return f"{each.where.source} to {each.where.target}" if each.where else each.metric or ""


def _carried(each: Incident, counts: LogCounts) -> Iterator[str]:
    """A sentence a column: its segments by how much of what is missing (or gained) they carry."""
    if each.where is None:
        return
    columns: dict[str, list[tuple[float, str]]] = {}
    for (column, value), passage in counts.passages[each.where.number].items():
        if (column, value) == ALL:
            continue
        inside, around = parted(passage.days, (each.start, each.end))
        if inside[1] and around[1]:
            less = missing(inside, around) * (1 if each.direction == "warning" else -1)
            words = f"{value} {100 * inside[0] / inside[1]:.0f}% instead of {100 * around[0] / around[1]:.0f}%"
            columns.setdefault(column, []).append((less, words))
    for column, found in columns.items():
        told = [words for _, words in sorted(found, key=lambda one: (-one[0], one[1]))[:VALUES]]
        yield f"{column}: {', '.join(told)}"


def _ways(watched: Sequence[Watched]) -> Iterator[Mover]:
    """Everybody's ways and the metrics, wherever they were out of the ordinary by themselves."""
    for each in watched:
        if each.where is None or each.where.segment == ALL:
            name = f"{each.where.source} to {each.where.target}" if each.where else each.metric or ""
            for stretch in each.stretches:
                yield Mover(name, stretch, share=each.where is not None)


def _events(counts: LogCounts) -> Iterator[Mover]:
    """Events that are in more or fewer journeys than usual."""
    for event, days in sorted(counts.seen.items()):
        for stretch in scan.stretches([point_of(day) for day in days]):
            yield Mover(f"journeys with {event}", stretch, share=True)
