"""An event log between its map and its file: which columns it needs, and what the numbers in its tables stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.core.journey.map import EventLog
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.seen import Look
    from gapcheck.files.journey.source import Cell, Relation
    from gapcheck.files.journey.zones import Zone

NO_WHO, NO_TIME, BAD_TIME, NO_SESSION, NO_EVENT, UNNAMED, LATER, AGAIN = range(1, 9)
"""Why a row was left out."""


@dataclass(frozen=True, slots=True)
class Events:
    """A log as tables of DuckDB, and what the numbers in it stand for.

    The view `g` has a row an event: who, j (journey), ts (UTC), ev (an index of `names`, the
    steps first), s0, s1, ... (values of segments), ch (channel) and v (value, exact to 4 digits). The view `every` has
    those too whose event the map does not name; `known` are the most frequent of all by their numbers.
    """

    db: Db
    log: EventLog
    zone: Zone
    names: tuple[str, ...]
    known: dict[int, str]
    segments: tuple[tuple[str, tuple[str | None, ...]], ...]
    channels: tuple[str | None, ...]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Read:
    """A log that was read, and what became of its rows."""

    events: Events
    rows: int
    left_out: dict[str, tuple[int, int]]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A log, the file that it is in, and the events that its map names, the steps first."""

    scanned: Relation
    log: EventLog
    names: tuple[str, ...]

    def cell(self, name: str | None) -> Cell | None:
        """A column of the file; None where the map names none."""
        return self.scanned.columns[name] if name is not None else None

    @property
    def coded(self) -> dict[str, Cell]:
        """The columns whose values become numbers, by the name of theirs in the table `r` (`what` becomes `ev`)."""
        named = {"what": self.log.what, "ch": self.log.channel}
        named |= {f"s{n}": name for n, name in enumerate(self.log.segments)}
        return {key: self.scanned.columns[name] for key, name in named.items() if name is not None}

    def shapes(self, found: Look) -> dict[str, dict[str | None, int]]:
        """How often each way to write a time occurs, by column."""
        return {name: found.counts(f"when{n}") for n, name in enumerate(self.times)}

    @property
    def times(self) -> tuple[str, ...]:
        """The columns with times: one, or one an event."""
        return (self.log.when,) if self.log.when is not None else tuple(self.log.at)


def named(log: EventLog) -> tuple[str, ...]:
    """The events that a log's map names, the steps first."""
    steps = [step.event for step in log.steps]
    return tuple(dict.fromkeys((*steps, *log.touchpoints, *log.use)))


def columns(log: EventLog, key: str) -> list[tuple[tuple[object, ...], str]]:
    """The columns that a log's map names, and where."""
    here = ("events", key)
    single = [("who", log.who), ("when", log.when), ("what", log.what), ("session", log.session)]
    single += [("value", log.value), ("channel", log.channel)]
    found: list[tuple[tuple[object, ...], str]] = [((*here, part), name) for part, name in single if name is not None]
    found += [((*here, "segments", n), name) for n, name in enumerate(log.segments)]
    return found + [((*here, "at", name), name) for name in log.at]
