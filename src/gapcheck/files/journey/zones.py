"""From times on the clock of a time zone to UTC and back, as SQL that costs a few comparisons a row.

DuckDB knows every zone's rules but takes a third of a microsecond a time; here it is asked once an hour quarter.
"""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.problems import InputError, Problem, Span, did_you_mean

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.files.journey.engine import Db

Offsets = tuple[tuple["dt.datetime", int], ...]
"""Seconds ahead of UTC from a time on, in order; the first holds before it too."""

_UTC = {"UTC", "Etc/UTC", "GMT", "Z"}


@dataclass(frozen=True, slots=True)
class Zone:
    """The offsets of a time zone over the times of one file: by UTC, and by the zone's own clock.

    A time that a clock change skips is read as if the clock had not changed yet (2:30 becomes 3:30), one that occurs
    twice is taken to be the second. `skipped` and `doubled` are these stretches of the clock.
    """

    by_utc: Offsets = ()
    by_clock: Offsets = ()
    skipped: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    doubled: tuple[tuple[dt.datetime, dt.datetime], ...] = ()

    def clock(self, utc: str) -> str:
        """SQL of a UTC time on the zone's clock."""
        return _shifted(utc, self.by_utc, 1)

    def utc(self, clock: str) -> str:
        """SQL of a time on the zone's clock as UTC."""
        return _shifted(clock, self.by_clock, -1)


def check(db: Db, name: str, map_file: str) -> None:
    """Refuse a time zone that DuckDB does not know. Raises InputError."""
    known = [str(row[0]) for row in db.rows("SELECT name FROM pg_timezone_names() ORDER BY name")]
    if name not in known:
        message = f"no time zone is called that{did_you_mean(name, known) or '; write one like Europe/Berlin'}"
        raise InputError([Problem(map_file, Span(), "time_zone", message, "journey")])


def zone(db: Db, name: str, first: dt.datetime, last: dt.datetime) -> Zone:
    """A zone's offsets from a day before the first time to a day after the last."""
    if name in _UTC:
        return Zone()
    by_utc = _changes(db, name, first, last, "epoch(timezone($1, timezone('UTC', t))) - epoch(t)")
    by_clock = _changes(db, name, first, last, "epoch(t) - epoch(timezone('UTC', timezone($1, t)))")
    return Zone(by_utc, by_clock, *_odd_hours(by_utc))


def _changes(db: Db, name: str, first: dt.datetime, last: dt.datetime, offset: str) -> Offsets:
    grid = (
        "SELECT unnest(generate_series(time_bucket(INTERVAL 15 MINUTES, $2::TIMESTAMP) - INTERVAL 1 DAY,"
        " $3::TIMESTAMP + INTERVAL 1 DAY, INTERVAL 15 MINUTES)) AS t"
    )
    found = db.rows(
        "SELECT t, s FROM (SELECT t, s, lag(s) OVER (ORDER BY t) AS before"
        f" FROM (SELECT t, {offset} AS s FROM ({grid}))) WHERE s IS DISTINCT FROM before ORDER BY t",
        [name, first, last],
    )
    return tuple((time, round(seconds)) for time, seconds in found)


def _odd_hours(by_utc: Offsets) -> tuple[tuple[tuple[dt.datetime, dt.datetime], ...], ...]:
    """The stretches of the clock that do not exist, and those that exist twice."""
    import datetime as dt

    skipped, doubled = [], []
    for (_, before), (time, after) in itertools.pairwise(by_utc):
        one, other = time + dt.timedelta(seconds=before), time + dt.timedelta(seconds=after)
        if after > before:
            skipped.append((one, other))
        else:
            doubled.append((other, one))
    return tuple(skipped), tuple(doubled)


def within(time: str, stretches: tuple[tuple[dt.datetime, dt.datetime], ...]) -> str:
    """SQL of whether a time is in one of these stretches."""
    return " OR ".join(f"({time} >= '{start}' AND {time} < '{end}')" for start, end in stretches) or "false"


def _shifted(time: str, offsets: Offsets, sign: int) -> str:
    if not any(seconds for _, seconds in offsets):
        return time
    seconds = str(offsets[0][1])
    if len(offsets) > 1:
        pairs = itertools.pairwise(offsets)
        cases = " ".join(f"WHEN {time} < '{start}' THEN {own}" for (_, own), (start, _) in pairs)
        seconds = f"CASE {cases} ELSE {offsets[-1][1]} END"
    return f"({time} {'+' if sign > 0 else '-'} to_seconds({seconds}))"
