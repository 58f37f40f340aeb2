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

    Shapes = Mapping[str, int] | Mapping[str | None, int]

FIRST_TIME, END_OF_TIME = "1970-01-01", "2200-01-01"
"""Times before and after these are slips or fillers (0001-01-01, 9999-12-31) and are not read."""

NATIVE = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE")
ZONED = "TIMESTAMP WITH TIME ZONE"
"""The types that times have in Parquet."""

WHOLE = ("INTEGER", "BIGINT", "HUGEINT", "UINTEGER", "UBIGINT", "UHUGEINT")
"""The types of whole numbers that can be a day like 20270104, or a count of seconds."""

PLAIN_SHAPE, ZONED_SHAPE, EITHER, DAY_FIRST, MONTH_FIRST, COMPACT, BAD = (
    "plain",
    "zoned",
    "either",
    "day-first",
    "month-first",
    "compact",
    "bad",
)
"""How a time is written: year first without or with a zone, like 03/04/2027, like 20270104, or not at all."""

UNREAD = {
    "seconds": ("seconds since 1970", "write times like 2027-01-04 10:15"),
    "milliseconds": ("milliseconds since 1970", "write times like 2027-01-04 10:15"),
    "microseconds": ("microseconds since 1970", "write times like 2027-01-04 10:15"),
    "months": ("months", "write their first day, like 2027-01-01"),
    "weeks": ("weeks", "write their first day, like 2027-01-04"),
}
"""What is known and not read, and what to write instead."""

_UNREAD = {
    "seconds": r"\d{10}",
    "milliseconds": r"\d{13}",
    "microseconds": r"\d{16}",
    "months": r"\d{4}[-/](0?[1-9]|1[0-2])",
    "weeks": r"\d{4}-?W\d{1,2}",
}

_ISO = r"\d{4}(-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})([ T]\d{1,2}:\d\d(:\d\d(\.\d+)?)?)?"
_ZONE = r" ?(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)"
_CLOCK = r"(,? \d{1,2}:\d\d(:\d\d)?( ?[AaPp][Mm])?)?"
_LOCAL = rf"\d{{1,2}}[./-]\d{{1,2}}[./-](\d{{4}}|\d\d){_CLOCK}"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M%p", " %I:%M:%S%p", " %I:%M %p", " %I:%M:%S %p")


def is_time(cell: Cell) -> bool:
    """Whether a column can hold times at all: text, times of its own, or days as whole numbers."""
    return cell.type in (*NATIVE, ZONED, *WHOLE, "VARCHAR")


def shape(cell: Cell) -> str:
    """SQL of how a time is written, NULL where it is blank."""
    if not is_time(cell):
        return f"'{BAD}'"
    if cell.type in WHOLE:
        return f"CASE WHEN {cell.text} IS NULL THEN NULL {_digits(cell.text)} ELSE '{BAD}' END"
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
        f" {_digits(text)} ELSE '{BAD}' END"
    )


def _digits(text: str) -> str:
    """SQL of the cases of days without a sign between their parts, and of what is known and not read."""
    unread = " ".join(f"WHEN regexp_full_match({text}, '{how}') THEN '{kind}'" for kind, how in _UNREAD.items())
    return f"WHEN {_kept(_compact(text))} IS NOT NULL THEN '{COMPACT}' {unread}"


def value(cell: Cell, dates: Dates, shapes: Mapping[str | None, int]) -> str:
    """SQL of the time itself, in UTC where it names a zone; only what the column is seen to need, and nothing else."""
    if cell.type in WHOLE or is_compact(shapes):
        return _kept(_compact(cell.text))
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


def is_compact(shapes: Shapes) -> bool:
    """Whether days are written like 20270104 all through a column; beside others they may be anything."""
    return COMPACT in shapes and not shapes.keys() - {COMPACT, BAD, None}


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


def _compact(text: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '\\d{{8}}') THEN try_strptime({text}, '%Y%m%d') END"


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
        cell = scanned.columns[name]
        whole = cell.type in WHOLE and not is_compact(shapes) and not unread(shapes)
        if whole or not is_time(cell):
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
    kind = unread(shapes)
    if not kind:
        return None
    what, write = UNREAD[kind]
    return f"{what} are not read; {write}", (kind,)


def bad(shapes: Shapes) -> int:
    """How many times of a column cannot be read."""
    odd = (BAD, *UNREAD) if is_compact(shapes) else (BAD, COMPACT, *UNREAD)
    return sum(shapes.get(kind, 0) for kind in odd)


def unread(shapes: Shapes) -> str:
    """What all times of a column are that is known and not read, the most frequent; empty where there are others."""
    kinds = [kind for kind in UNREAD if kind in shapes]
    return max(kinds, key=lambda kind: shapes[kind], default="") if not shapes.keys() - {*kinds, BAD, None} else ""


def _first(db: Db, scanned: Relation, name: str, kind: str) -> str:
    """Where a shape first occurs."""
    cell = scanned.columns[name]
    numbered = f"SELECT row_number() OVER () - 1 AS n, {shape(cell)} AS kind FROM {scanned.scan}"
    ((position,),) = db.rows(f"SELECT min(n) FROM ({numbered}) WHERE kind = ?", [kind])
    return f"row {scanned.row(position)}"
