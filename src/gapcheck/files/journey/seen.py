"""The first look at a file: which values each of some columns has and how often, in one scan."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.files import yamldoc
from gapcheck.files.journey import source
from gapcheck.problems import InputError, Problem, Span, did_you_mean, key_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.source import Cell, Relation

MOST_VALUES = 50
"""Values of a segment that are told apart; the rest of them count for everybody together only."""

LONGEST = 100
KNOWN = 10_000
"""Values that DuckDB looks up in a table; it is slower for further ones, which no file that makes sense has."""

OTHER, NONE = 254, 255
"""What stands for a value that is not told apart, and for none."""

UNSEEN, BLANK = 65534, 65535
"""The same in a table, where each value that was seen has a number."""


@dataclass(frozen=True, slots=True)
class Look:
    """How often each value of some columns occurs in so many rows, in a table of the database."""

    db: Db
    keys: tuple[str, ...]
    rows: int

    def counts(self, key: str, most: int = KNOWN) -> dict[str | None, int]:
        """Values by how often they occur, most first; None is blank, and always there if there are any."""
        found = self.db.rows(
            "SELECT value, n FROM seen WHERE key = ? ORDER BY value IS NOT NULL, n DESC, value LIMIT ?",
            [self.keys.index(key), most],
        )
        return dict(found)

    def distinct(self, key: str) -> int:
        """Different values that are not blank."""
        ((number,),) = self.db.rows("SELECT count(value) FROM seen WHERE key = ?", [self.keys.index(key)])
        return int(number)


def look(db: Db, scanned: Relation, expressions: Mapping[str, str], most: int | None = None) -> Look:
    """Count the values of some SQL expressions over a whole file, or its first rows."""
    keys = tuple(expressions)
    names = [f"k{n}" for n in range(len(keys))]
    inner = ", ".join(
        f"CAST({sql} AS VARCHAR) AS {name}" for name, sql in zip(names, expressions.values(), strict=True)
    )
    limit = "" if most is None else f" LIMIT {most}"
    number = " ".join(f"WHEN grouping({name}) = 0 THEN {n}" for n, name in enumerate(names))
    db.rows(
        f"CREATE OR REPLACE TEMP TABLE seen AS SELECT CASE {number} END AS key,"
        f" coalesce({', '.join([*names, 'NULL'])}) AS value, count(*) AS n"
        f" FROM (SELECT {inner} FROM {scanned.scan}{limit})"
        f" GROUP BY GROUPING SETS ({', '.join(f'({name})' for name in names)})"
    )
    ((rows,),) = db.rows("SELECT coalesce(sum(n), 0) FROM seen WHERE key = 0")
    return Look(db, keys, int(rows))


def coded(db: Db, found: Look, key: str, cell: Cell, first: Iterable[str] = ()) -> str:
    """SQL of the number of a value: `first` ones from 0, then by how often they occur; other ones are UNSEEN."""
    values = dict.fromkeys([*first, *(value for value in found.counts(key) if value is not None)])
    db.rows(f"CREATE OR REPLACE TEMP TABLE l_{key} (code USMALLINT, value VARCHAR)")
    if not values:
        return f"CAST(CASE WHEN {cell.text} IS NULL THEN {BLANK} ELSE {UNSEEN} END AS USMALLINT)"
    db.rows(f"INSERT INTO l_{key} SELECT unnest(range(len($1))), unnest($1)", [list(values)])
    db.rows(f"DROP TYPE IF EXISTS t_{key}")
    db.rows(f"CREATE TYPE t_{key} AS ENUM (SELECT value FROM l_{key} ORDER BY code)")
    text = f"CAST({cell.sql} AS VARCHAR)"  # most need no trimming, and are found at once
    at_once, trimmed = (f"enum_code(TRY_CAST({each} AS t_{key}))" for each in (text, cell.text))
    rest = f"CASE WHEN {cell.text} IS NULL THEN {BLANK} ELSE coalesce({trimmed}, {UNSEEN}) END"
    return f"CAST(coalesce({at_once}, {rest}) AS USMALLINT)"


def as_written(found: Look, key: str, names: Sequence[str]) -> tuple[str, ...]:
    """Names of the map as the file has them: a map cannot hold control characters, breaks and doubled spaces."""
    there = [value for value in found.counts(key) if value is not None]
    raw = {on_one_line(value): value for value in reversed(there)}
    return tuple(name if name in there else raw.get(name, name) for name in names)


def recount(found: Look, key: str, column: str) -> None:
    """Count the values of a column anew, by their numbers in the table `r`."""
    place = found.keys.index(key)
    found.db.rows("DELETE FROM seen WHERE key = ?", [place])
    found.db.rows(
        f"INSERT INTO seen SELECT {place}, value, n FROM (SELECT {column} AS code, count(*) AS n FROM r GROUP BY 1)"
        f" LEFT JOIN l_{key} USING (code)"
    )


def shown(found: Look, key: str) -> tuple[str | None, ...]:
    """What the values that are told apart are shown as, most frequent first; None where two would look alike."""
    labels: dict[str, None] = {}
    names: list[str | None] = []
    for value in _told_apart(found, key):
        label = on_one_line(value)[:LONGEST]
        names.append(label if label and label not in labels else None)
        labels[label] = None
    return tuple(names)


def ranked(found: Look, key: str) -> str:
    """SQL of a value's place among those that are told apart, from its number in the table `r`."""
    codes = {value: code for code, value in found.db.rows(f"SELECT code, value FROM l_{key}")}
    places = " ".join(f"WHEN {codes[value]} THEN {n}" for n, value in enumerate(_told_apart(found, key)))
    return f"CAST(CASE {key} {places} WHEN {BLANK} THEN {NONE} ELSE {OTHER} END AS UTINYINT)"


def _told_apart(found: Look, key: str) -> list[str]:
    return [value for value in found.counts(key, MOST_VALUES + 1) if value is not None][:MOST_VALUES]


def on_one_line(text: str) -> str:
    """A text as a map and a message can hold it."""
    return " ".join(yamldoc.clean(text).split())


def quoted(text: str) -> str:
    """A value as a message can show it: on one line, cut short."""
    return '"' + on_one_line(text)[:60] + '"'


def check_columns(scanned: Relation, wanted: Iterable[tuple[tuple[object, ...], str]], map_file: str) -> None:
    """Every column that a map names, by its place there, is in the file. Raises InputError with each that is not."""
    problems = []
    for path, name in wanted:
        if name not in scanned.columns:
            meant = did_you_mean(name, scanned.columns)
            listed = ", ".join(list(scanned.columns)[:24]) + (", ..." if len(scanned.columns) > 24 else "")
            message = f'{scanned.file} has no column "{name}"{meant}; it has: {listed}'
            problems.append(Problem(map_file, Span(), key_path(path), message, "journey"))
    if problems and scanned.heading > 1:
        problems.append(Problem(scanned.file, Span(), "", source.below_title(scanned), "journey"))
    if problems:
        raise InputError(problems)
