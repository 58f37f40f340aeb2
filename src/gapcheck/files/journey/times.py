"""Times as files have them: how each is written, what it means, and what to say where it could mean two things.

All of it is SQL on a column, or what follows from counts of how a column is written.
"""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.journey.map import Dates
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.source import Cell, Relation

FIRST_TIME, END_OF_TIME = "1970-01-01", "2200-01-01"
"""Times before and after these are slips or fillers (0001-01-01, 9999-12-31) and are not read."""

NATIVE = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE")
ZONED = "TIMESTAMP WITH TIME ZONE"
"""The types that times have in Parquet."""

PLAIN_SHAPE, ZONED_SHAPE, EITHER, DAY_FIRST, MONTH_FIRST, EPOCH, BAD = (
    "plain",
    "zoned",
    "either",
    "day-first",
    "month-first",
    "epoch",
    "bad",
)
"""How a time is written: year first without or with a zone, like 03/04/2027, in seconds since 1970, or not at all."""

_ISO = r"\d{4}(-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})([ T]\d{1,2}:\d\d(:\d\d(\.\d+)?)?)?"
_ZONE = r" ?(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)"
_CLOCK = r"(,? \d{1,2}:\d\d(:\d\d)?( ?[AaPp][Mm])?)?"
_LOCAL = rf"\d{{1,2}}[./-]\d{{1,2}}[./-](\d{{4}}|\d\d){_CLOCK}"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M%p", " %I:%M:%S%p", " %I:%M %p", " %I:%M:%S %p")


def is_time(cell: Cell) -> bool:
    """Whether a column can hold times at all: text, or times of its own."""
    return cell.type in (*NATIVE, ZONED, "VARCHAR")


def shape(cell: Cell) -> str:
    """SQL of how a time is written, NULL where it is blank."""
    if not is_time(cell):
        return f"'{BAD}'"
    if cell.type != "VARCHAR":
        known = ZONED_SHAPE if cell.type == ZONED else PLAIN_SHAPE
        kept = _kept(_native(cell))
        return f"CASE WHEN {cell.sql} IS NULL THEN NULL WHEN {kept} IS NULL THEN '{BAD}' ELSE '{known}' END"
    text = cell.text
    day, month = (f"{_kept(_local(text, order))} IS NOT NULL" for order in ("day-first", "month-first"))
    return (
        f"CASE WHEN {_common(cell)} AND {_iso(cell.sql)} IS NOT NULL THEN '{PLAIN_SHAPE}' WHEN {text} IS NULL THEN NULL"
        f" WHEN regexp_full_match({text}, '{_ISO}')"
        f" THEN CASE WHEN {_kept(_iso(text))} IS NULL THEN '{BAD}' ELSE '{PLAIN_SHAPE}' END"
        f" WHEN regexp_full_match({text}, '{_LOCAL}')"
        f" THEN CASE WHEN {day} AND {month} THEN '{EITHER}' WHEN {day} THEN '{DAY_FIRST}'"
        f" WHEN {month} THEN '{MONTH_FIRST}' ELSE '{BAD}' END"
        f" WHEN regexp_full_match({text}, '{_ISO}{_ZONE}')"
        f" THEN CASE WHEN {_kept(_with_zone(text))} IS NULL THEN '{BAD}' ELSE '{ZONED_SHAPE}' END"
        f" WHEN regexp_full_match({text}, '\\d{{10}}|\\d{{13}}|\\d{{16}}') THEN '{EPOCH}'"
        f" ELSE '{BAD}' END"
    )


def value(cell: Cell, dates: Dates, shapes: Mapping[str | None, int]) -> str:
    """SQL of the time itself, in UTC where it names a zone; only what the column is seen to need, and nothing else."""
    if cell.type != "VARCHAR":
        return _kept(_native(cell))
    text = cell.text
    seen = {each for each in shapes if each is not None}
    kinds = [f"WHEN regexp_full_match({text}, '{_ISO}') THEN {_iso(text)}"]
    if seen & {EITHER, DAY_FIRST, MONTH_FIRST} and dates != "iso":
        kinds.append(f"WHEN regexp_full_match({text}, '{_LOCAL}') THEN {_local(text, dates)}")
    if ZONED_SHAPE in seen:
        kinds.append(f"WHEN regexp_full_match({text}, '{_ISO}{_ZONE}') THEN {_with_zone(text)}")
    other = _kept(f"CASE {' '.join(kinds)} END")
    return f"CASE WHEN {_common(cell)} THEN {_iso(cell.sql)} ELSE {other} END"


def names_zone(cell: Cell, shapes: Mapping[str | None, int]) -> str:
    """SQL of whether a time names its zone."""
    if ZONED_SHAPE not in shapes:
        return "false"
    if PLAIN_SHAPE not in shapes and not {EITHER, DAY_FIRST, MONTH_FIRST} & shapes.keys():
        return "true"
    return f"coalesce(regexp_full_match({cell.text}, '{_ISO}{_ZONE}'), false)"


def _common(cell: Cell) -> str:
    """SQL of whether a time is written as most are, and of this century; it spares most rows what takes longer."""
    return f"{cell.sql} LIKE '20__-__-__ __:__:__' AND NOT suffix({cell.sql}, 'Z')"


def _kept(time: str) -> str:
    return f"(CASE WHEN {time} >= '{FIRST_TIME}' AND {time} < '{END_OF_TIME}' THEN {time} END)"


def _native(cell: Cell) -> str:
    zoned = f"timezone('UTC', {cell.sql})"
    return zoned if cell.type == ZONED else f"TRY_CAST({cell.sql} AS TIMESTAMP)"


def _iso(text: str) -> str:
    return f"TRY_CAST({text} AS TIMESTAMP)"


def _with_zone(text: str) -> str:
    close = f"regexp_replace({text}, ' ?(UTC|GMT)$', 'Z')"
    return f"timezone('UTC', TRY_CAST(regexp_replace({close}, ' ([+-])', '\\1') AS TIMESTAMPTZ))"


def _local(text: str, order: Dates) -> str:
    """SQL of a time whose year comes last; two digits of a year are of this century."""
    slashes = f"translate({text}, '.-,', '//')"
    whole = f"regexp_replace({slashes}, '^(\\d+)/(\\d+)/(\\d\\d)( |$)', '\\1/\\2/20\\3\\4')"
    day = "%d/%m/%Y" if order == "day-first" else "%m/%d/%Y"
    formats = ", ".join(f"'{day}{clock}'" for clock in _CLOCKS)
    return f"try_strptime({whole}, [{formats}])"


# what to say


def check(db: Db, scanned: Relation, columns: Mapping[str, Mapping[str | None, int]], dates: Dates) -> None:
    """Refuse columns (name to how often each shape occurs) that contradict the map. Raises InputError with each."""
    problems = []
    for name, shapes in columns.items():
        if not is_time(scanned.columns[name]):
            message = f'column "{name}": holds numbers, not times; write times like 2027-01-04 10:15'
            problems.append(Problem(scanned.file, Span(), "", message, "journey"))
            continue
        told = _contradiction(shapes, dates)
        if told is not None:
            message, kinds = told
            places = ", ".join(_first(db, scanned, name, kind) for kind in kinds)
            problems.append(Problem(scanned.file, Span(), "", f'column "{name}": {message} ({places})', "journey"))
    if problems:
        raise InputError(problems)


def _contradiction(shapes: Mapping[str | None, int], dates: Dates) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with how a column's times are written, and which shapes show it."""
    days, months = DAY_FIRST in shapes, MONTH_FIRST in shapes
    if days and months:
        return "some dates can only be day-first and others only month-first; write them one way", (
            DAY_FIRST,
            MONTH_FIRST,
        )
    if dates != "month-first" and months:
        return "these dates have the month first; say in the map  dates: month-first", (MONTH_FIRST,)
    if dates != "day-first" and days:
        return "these dates have the day first; say in the map  dates: day-first", (DAY_FIRST,)
    if dates == "iso" and EITHER in shapes:
        return (
            "each date can be read two ways; say in the map which is meant,  dates: day-first  or  dates: month-first",
            (EITHER,),
        )
    if EPOCH in shapes and not shapes.keys() - {EPOCH, BAD, None}:
        return "seconds since 1970 are not read; write times like 2027-01-04 10:15", (EPOCH,)
    return None


def _first(db: Db, scanned: Relation, name: str, kind: str) -> str:
    """Where a shape first occurs."""
    cell = scanned.columns[name]
    numbered = f"SELECT row_number() OVER () - 1 AS n, {shape(cell)} AS kind FROM {scanned.scan}"
    ((position,),) = db.rows(f"SELECT min(n) FROM ({numbered}) WHERE kind = ?", [kind])
    return f"row {scanned.row(position)}"
