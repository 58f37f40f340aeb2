"""An event log into DuckDB: a row an event, people as hashes, and an account of every row that was left out.

Two people in ten million share a hash with a probability of 3 in a million; that is the price of their names not being
kept. The same holds for rows taken to be the same.
"""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report.words import counted
from gapcheck.files.journey import fill, flow, remarks, seen, zones
from gapcheck.files.journey.logs import (
    AGAIN,
    BAD_TIME,
    LATER,
    NO_EVENT,
    NO_SESSION,
    NO_TIME,
    NO_WHO,
    UNNAMED,
    Events,
    Plan,
    Read,
    named,
)
from gapcheck.problems import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gapcheck.core.journey.map import EventLog
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.seen import Look
    from gapcheck.files.journey.source import Relation


MOST_KNOWN = 50
"""Events that are looked for in journeys, on the path or not."""

BITS = 60
"""Events that a journey can be marked with; the map's come first, then the most frequent ones."""


def load(db: Db, scanned: Relation, log: EventLog, time_zone: str, until: dt.date | None) -> Read:
    """Read a log whose columns are there. Raises InputError where it contradicts the map, or nothing can be used."""
    plan = Plan(scanned, log, named(log))
    found = fill.fill(db, plan)
    zone = _zone(db, plan, time_zone)
    cells = _leave_out(db, plan, zone, until)
    rows, left_out = _account(db, plan, until)
    left_out |= cells
    segments = tuple((name, seen.shown(found, f"s{n}")) for n, name in enumerate(log.segments))
    channels = seen.shown(found, "ch") if log.channel is not None else ()
    _view(db, plan, found, zone)
    ((first, last),) = db.rows(
        f"SELECT {_edges(plan, zone)} FROM r WHERE fault IS NULL OR fault IN ({UNNAMED}, {AGAIN})"
    )
    ((usable,),) = db.rows(f"SELECT count(*) FROM g WHERE ev < {len(log.steps)}")
    if not usable:
        raise _nothing(plan, found, left_out, rows)
    events = Events(db, log, zone, plan.names, _known(plan, found), segments, channels, first, last)
    return Read(events, rows, left_out, tuple(remarks.of_events(events, plan, found)))


def _zone(db: Db, plan: Plan, name: str) -> zones.Zone:
    edges = ", ".join(f"min(t{n}), max(t{n})" for n in range(len(plan.times)))
    known = [time for time in db.rows(f"SELECT {edges} FROM r")[0] if time is not None]
    return zones.zone(db, name, min(known), max(known)) if known else zones.Zone()


def _utc(zone: zones.Zone, n: int) -> str:
    """SQL of a row's time in UTC."""
    own = zone.utc(f"t{n}")
    return own if own == f"t{n}" else f"(CASE WHEN z{n} THEN t{n} ELSE {own} END)"


def _edges(plan: Plan, zone: zones.Zone) -> str:
    """SQL of the first and the last day."""
    every = [zone.clock(_utc(zone, n)) for n in range(len(plan.times))]
    first = ", ".join(f"min({time})" for time in every)
    last = ", ".join(f"max({time})" for time in every)
    return f"CAST(least({first}) AS DATE), CAST(greatest({last}) AS DATE)"


def _leave_out(db: Db, plan: Plan, zone: zones.Zone, until: dt.date | None) -> dict[str, tuple[int, int]]:
    """Mark the rows dated too late, and those that are the same as an earlier one.

    Of a list's rows that stay, the dates that are too late: how many in which column, and the first row.
    """
    cells: dict[str, tuple[int, int]] = {}
    if until is not None:
        later = " AND ".join(
            f"(t{n} IS NULL OR CAST({zone.clock(_utc(zone, n))} AS DATE) > '{until.isoformat()}')"
            for n in range(len(plan.times))
        )
        db.rows(f"UPDATE r SET fault = {LATER} WHERE (fault IS NULL OR fault = {UNNAMED}) AND {later}")
        for n, name in enumerate(plan.log.at):
            after = f"fault IS NULL AND CAST({zone.clock(_utc(zone, n))} AS DATE) > '{until.isoformat()}'"
            ((number, first),) = db.rows(f"SELECT count(*), min(rowid) FROM r WHERE {after}")
            if number:
                cells[f'a date after {until} in "{name}"'] = number, plan.scanned.row(first)
                db.rows(f"UPDATE r SET t{n} = NULL WHERE {after}")
    db.rows(
        "CREATE TEMP TABLE twice AS SELECT h, min(rowid) AS kept FROM r WHERE fault IS NULL"
        " GROUP BY h HAVING count(*) > 1"
    )
    if db.rows("SELECT count(*) FROM twice") != [(0,)]:
        db.rows(
            f"UPDATE r SET fault = {AGAIN} FROM twice WHERE r.h = twice.h AND r.fault IS NULL AND r.rowid <> twice.kept"
        )
    return cells


def _account(db: Db, plan: Plan, until: dt.date | None) -> tuple[int, dict[str, tuple[int, int]]]:
    """Rows that were read, and what was left out: how many, and the first row."""
    log, scanned = plan.log, plan.scanned
    dates = ", ".join(f'"{name}"' for name in plan.times)
    words = {
        NO_WHO: f'nothing in column "{log.who}"',
        NO_TIME: f"no time in {dates}",
        BAD_TIME: f"a time that cannot be read in {dates}",
        NO_SESSION: f'nothing in column "{log.session}"',
        NO_EVENT: f'nothing in column "{log.what}"',
        UNNAMED: "an event that the map does not name",
        LATER: f"dated after {until}",
        AGAIN: "the same as an earlier row in every column",
    }
    found = db.rows("SELECT fault, count(*), min(rowid) FROM r GROUP BY fault ORDER BY fault")
    left_out = {words[fault]: (number, scanned.row(first)) for fault, number, first in found if fault is not None}
    if scanned.rejected:
        left_out["too many or too few cells"] = len(scanned.rejected), scanned.rejected[0]
    return sum(row[1] for row in found) + len(scanned.rejected), left_out


def _view(db: Db, plan: Plan, found: Look, zone: zones.Zone) -> None:
    """Make the view `g`, a row an event."""
    keys = [f"s{n}" for n in range(len(plan.log.segments))]
    groups = "".join(f", {seen.ranked(found, key)} AS {key}" for key in keys)
    channel = seen.ranked(found, "ch") if plan.log.channel is not None else f"CAST({seen.NONE} AS UTINYINT)"
    groups += f", {channel} AS ch"
    named = f"CREATE TEMP VIEW g AS SELECT * FROM every WHERE ev < {len(plan.names)}"
    if not plan.log.at:
        rows = f"SELECT who, j, {_utc(zone, 0)} AS ts, ev{groups}, v FROM r WHERE fault IS NULL OR fault = {UNNAMED}"
        kept = rows if plan.log.idle_hours is None else _split(db, rows, plan.log.idle_hours)
        db.rows(f"CREATE TEMP VIEW every AS {kept}")
        db.rows(named)
        return
    parts = []
    for n, event in enumerate(plan.log.at.values()):
        value = "v" if event in (*plan.log.used, plan.log.steps[-1].event) else "NULL"
        parts.append(
            f"SELECT who, j, {_utc(zone, n)} AS ts,"
            f" CAST({_dated(plan).index(event)} AS USMALLINT) AS ev{groups}, {value} AS v FROM r"
            f" WHERE fault IS NULL AND t{n} IS NOT NULL"
        )
    db.rows(f"CREATE TEMP VIEW every AS {' UNION ALL '.join(parts)}")
    db.rows(named)


def _split(db: Db, rows: str, idle_hours: float) -> str:
    """SQL of the rows with a person's journeys told apart: one ends where nothing comes for so long."""
    idle = round(idle_hours * flow.HOUR)
    later = f"coalesce(CAST(epoch_us(ts) - epoch_us(lag(ts) OVER w) > {idle} AS INTEGER), 0) AS new"
    db.rows(
        "CREATE TEMP TABLE i AS SELECT * EXCLUDE (new) REPLACE (hash(who, sum(new) OVER w) AS j)"
        f" FROM (SELECT *, {later} FROM ({rows}) WINDOW w AS (PARTITION BY who ORDER BY ts))"
        " WINDOW w AS (PARTITION BY who ORDER BY ts)"  # by its time, so that a moment is in one journey
    )
    return "SELECT * FROM i"


def _dated(plan: Plan) -> list[str]:
    """The events of a list, those that the map names first."""
    return list(dict.fromkeys((*plan.names, *plan.log.at.values())))


def _known(plan: Plan, found: Look) -> dict[int, str]:
    """The most frequent events by their numbers, as they can be shown."""
    numbered = dict(enumerate(_dated(plan)))
    if plan.log.what is not None:
        codes = {value: code for code, value in found.db.rows("SELECT code, value FROM l_what")}
        numbered = {codes[name]: name for name in found.counts("what", MOST_KNOWN + 1) if name is not None}
    labels = {seen.on_one_line(name)[: seen.LONGEST]: code for code, name in numbered.items()}
    return {code: label for label, code in labels.items() if code < BITS and label}


def _nothing(plan: Plan, found: Look, left_out: Mapping[str, tuple[int, int]], rows: int) -> InputError:
    """Nothing of the file can be used, and why."""
    if not rows:
        return InputError.of("has a header and no rows", file=plan.scanned.file, rule="journey")
    message = f"no event of a step in {counted(rows, 'row')}{remarks.of_left_out(left_out)}"
    if plan.log.what is not None:
        others = [name for name in found.counts("what", remarks.IGNORED_SHOWN + 1) if name is not None]
        message += f'; "{plan.log.what}" has {", ".join(map(seen.quoted, others))}' if others else ""
    return InputError.of(message, file=plan.scanned.file, rule="journey")
