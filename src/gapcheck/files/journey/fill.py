"""The rows of an event log into a table: numbers for names, hashes for people, each row marked with what it lacks.

A large file is read by what its first rows look like, and once more, after a look at all of it, if the rest has
anything else. So most files are gone through once, and none is read by a guess.
"""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.files.journey import numbers, seen, source, times
from gapcheck.files.journey.logs import BAD_TIME, NO_EVENT, NO_SESSION, NO_TIME, NO_WHO, UNNAMED
from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.logs import Plan
    from gapcheck.files.journey.seen import Look

FIRST = 100_000
"""Rows that are looked at before the whole is."""

FEW = 1_000
"""Different values from which there will be others in the rest of the file."""


def fill(db: Db, plan: Plan) -> Look:
    """Make the table `r`; what the file looks like. Raises InputError where it contradicts the map."""
    found = _look(db, plan, FIRST)
    if found.rows == FIRST and _is_plain(plan, found):
        _fill(db, plan, found)
        if not _has_other(db, plan):
            source.check_rejected(db, plan.scanned)
            for key in plan.coded:
                seen.recount(found, key, "ev" if key == "what" else key)
            return found
    if found.rows == FIRST:
        found = _look(db, plan)
    source.check_rejected(db, plan.scanned)
    _check(db, plan, found)
    _fill(db, plan, found)
    source.check_rejected(db, plan.scanned)  # only now has every column been read
    return found


def _is_plain(plan: Plan, found: Look) -> bool:
    """Whether nothing in the first rows needs counting in all: times year first, values beyond doubt, few names."""
    values = found.counts("value").keys() - {None} if plan.log.value is not None else {numbers.OWN}
    return (
        not plan.log.at
        and found.counts("when0").keys() - {None} == {times.PLAIN_SHAPE}
        and numbers.OWN in values
        and values <= {numbers.SAME, numbers.OWN}
        and all(found.distinct(key) < FEW for key in plan.coded)
    )


def _has_other(db: Db, plan: Plan) -> bool:
    """Whether the rest of a file has what its first rows had not: a time, value or name of another kind."""
    columns = ["ev" if key == "what" else key for key in plan.coded]
    other = " OR ".join(["odd", f"fault = {BAD_TIME}", *(f"{name} = {seen.UNSEEN}" for name in columns)])
    return db.rows(f"SELECT coalesce(bool_or({other}), false) FROM r") == [(True,)]


def _look(db: Db, plan: Plan, most: int | None = None) -> Look:
    """What there is to know before the log is read: how its times and values are written, events, segments."""
    expressions = {f"when{n}": times.shape(plan.scanned.columns[name]) for n, name in enumerate(plan.times)}
    for n, name in enumerate(plan.log.segments):
        expressions[f"s{n}"] = plan.scanned.columns[name].text
    what, channel, value = (plan.cell(name) for name in (plan.log.what, plan.log.channel, plan.log.value))
    if what is not None:
        expressions["what"] = what.text
    if channel is not None:
        expressions["ch"] = channel.text
    if value is not None:
        expressions["value"] = numbers.shape(value, plan.log.decimal)
    return seen.look(db, plan.scanned, expressions, most)


def _check(db: Db, plan: Plan, found: Look) -> None:
    """Refuse times and values that contradict the map. Raises InputError with both."""
    problems: list[Problem] = []
    try:
        times.check(db, plan.scanned, plan.shapes(found), plan.log.dates)
    except InputError as error:
        problems += error.problems
    if plan.log.value is not None:
        cell = plan.scanned.columns[plan.log.value]
        told = numbers.contradiction(found.counts("value"), plan.log.decimal)
        if told is not None:
            where = numbers.first(db, plan.scanned, cell, plan.log.decimal, told[1:])
            message = f'column "{plan.log.value}": {told[0]} ({where})'
            problems.append(Problem(plan.scanned.file, Span(), "", message, "journey"))
    if problems:
        raise InputError(problems)


def _fill(db: Db, plan: Plan, found: Look) -> None:
    """Make the table `r`, a row a row of the file, with numbers for the values that were seen."""
    cells = plan.scanned.columns
    parts = {"who": f"hash({cells[plan.log.who].text})"}
    session, value = plan.cell(plan.log.session), plan.cell(plan.log.value)
    parts["j"] = f"hash({cells[plan.log.who].text}, {session.text})" if session else parts["who"]
    shapes = plan.shapes(found)
    for n, name in enumerate(plan.times):
        parts[f"t{n}"] = times.value(cells[name], plan.log.dates, shapes[name])
        parts[f"z{n}"] = times.names_zone(cells[name], shapes[name])
    parts["ev"] = "CAST(0 AS USMALLINT)"
    for key, cell in plan.coded.items():
        first = seen.as_written(found, "what", plan.names) if key == "what" else ()
        parts["ev" if key == "what" else key] = seen.coded(db, found, key, cell, first)
    number = numbers.value(value, plan.log.decimal) if value else "NULL"
    parts["v"] = f"TRY_CAST(round({number}, 4) AS DECIMAL(18, 4))"
    parts["h"] = f"hash({', '.join(cell.sql for cell in cells.values())})"
    parts |= _texts(plan)
    inner = ", ".join(f"{sql} AS {name}" for name, sql in parts.items())
    db.rows(
        f"CREATE OR REPLACE TEMP TABLE r AS SELECT * EXCLUDE (x_who, x_time, x_session, x_event, x_value),"
        f" CAST({_fault(plan)} AS UTINYINT) AS fault, v IS NULL AND x_value AS odd"
        f" FROM (SELECT {inner} FROM {plan.scanned.scan})"
    )


def _texts(plan: Plan) -> dict[str, str]:
    """SQL of whether what a row must have is there."""
    cells = plan.scanned.columns
    there = " OR ".join(f"{cells[name].text} IS NOT NULL" for name in plan.times)
    session, what, value = (plan.cell(name) for name in (plan.log.session, plan.log.what, plan.log.value))
    return {
        "x_who": f"{cells[plan.log.who].text} IS NOT NULL",
        "x_time": f"({there})",
        "x_session": f"{session.text} IS NOT NULL" if session else "true",
        "x_event": f"{what.text} IS NOT NULL" if what else "true",
        "x_value": f"{value.text} IS NOT NULL" if value else "false",
    }


def _fault(plan: Plan) -> str:
    known = " AND ".join(f"t{n} IS NULL" for n in range(len(plan.times)))
    return (
        f"CASE WHEN NOT x_who THEN {NO_WHO} WHEN NOT x_time THEN {NO_TIME} WHEN {known} THEN {BAD_TIME}"
        f" WHEN NOT x_session THEN {NO_SESSION} WHEN NOT x_event THEN {NO_EVENT}"
        f" WHEN ev >= {len(plan.names)} THEN {UNNAMED} END"
    )
