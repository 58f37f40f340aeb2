"""Numbers as files have them: signs of currency and percent, separators of thousands, two marks for the decimals.

All of it is SQL on a text, or what follows from counts of how a column's numbers are written.
"""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.journey.map import Decimal
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.source import Cell, Relation

NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
           "UHUGEINT", "FLOAT", "DOUBLE")  # fmt: skip

SAME, OWN, OTHER, TWO_WAYS, BAD = "same", "own", "other", "two ways", "bad"
"""How a number is written: alike under both settings, as the map says, only as it does not say, or 1.234 or 1,234."""

_MISSING = ", ".join(
    f"'{word}'"
    for word in (
        *("-", "--", "\u2013", "\u2014", ".", "na", "n/a", "#n/a", "#na", "#value!", "#div/0!", "nan", "null", "none"),
        *("inf", "+inf", "-inf", "infinity", "-infinity", "\u221e"),
    )
)
"""What programs and people write where there is no number, in small letters, as SQL."""

_SPACES = "'\u2019\u00a0\u202f "
_SPACE = r"[ \x{00a0}\x{202f}]"
_CURRENCY = r"(\p{Sc}|[A-Z]{3}|[A-Z]{0,2}\p{Sc}|kr\.?|Kr\.?|z\x{0142}|K\x{010d}|Fr\.)"
_DIGITS = {
    ".": rf"(\d+(\.\d*)?|\.\d+|[1-9]\d{{0,2}}([,{_SPACES}]\d{{3}})+(\.\d*)?|\d+(\.\d*)?[eE][+-]?\d{{1,3}})",
    ",": rf"(\d+(,\d*)?|,\d+|[1-9]\d{{0,2}}([.{_SPACES}]\d{{3}})+(,\d*)?|\d+(,\d*)?[eE][+-]?\d{{1,3}})",
}


def _whole(decimal: str) -> str:
    """The pattern of a number with everything that may stand around it, as SQL; its digits are group 3."""
    sign = r"[+\x{2212}-]?"
    before, after = rf"\(? ?{sign} ?({_CURRENCY}{_SPACE}?{sign})?", rf"{_SPACE}?(%|{_CURRENCY})?-?\)?"
    return "'^" + (before + _DIGITS[decimal] + after).replace("'", "''") + "$'"


def is_number(cell: Cell) -> bool:
    """Whether a column can hold numbers at all."""
    return cell.type in ("VARCHAR", *NUMERIC) or cell.type.startswith("DECIMAL")


def shape(cell: Cell, decimal: Decimal) -> str:
    """SQL of how a number is written, NULL where there is none."""
    if cell.type != "VARCHAR":
        return f"CASE WHEN isfinite(CAST({cell.sql} AS DOUBLE)) THEN '{SAME}' END"
    text, other = cell.text, "," if decimal == "." else "."
    own, else_ = (f"regexp_matches({text}, {_whole(mark)})" for mark in (decimal, other))
    return (
        f"CASE WHEN {text} IS NULL OR lower({text}) IN ({_MISSING}) THEN NULL"
        f" WHEN regexp_full_match({text}, '[+-]?\\d+') THEN '{SAME}'"
        f" WHEN {own} AND {else_}"
        f" THEN CASE WHEN regexp_matches({text}, '\\d[.,]\\d') THEN '{TWO_WAYS}' ELSE '{SAME}' END"
        f" WHEN {own} THEN '{OWN}' WHEN {else_} THEN '{OTHER}' ELSE '{BAD}' END"
    )


def value(cell: Cell, decimal: Decimal, *, percent_is_share: bool = False) -> str:
    """SQL of the number itself as DOUBLE, NULL where there is none or it is not finite.

    A percent sign is left away (12% is 12), or with `percent_is_share` divides by 100.
    """
    if cell.type != "VARCHAR":
        return _finite(f"CAST({cell.sql} AS DOUBLE)")
    text = cell.text
    plain = "[+-]?\\d+(\\.\\d+)?" if decimal == "." else "[+-]?\\d+"
    digits = f"regexp_extract({text}, {_whole(decimal)}, 3)"
    bare = f"regexp_replace({digits}, '[^0-9eE+{decimal}-]', '', 'g')"
    number = f"TRY_CAST(replace({bare}, ',', '.') AS DOUBLE)"
    minus = f"regexp_matches(replace({text}, {digits}, ''), '[\\x{{2212}}(-]')"
    signed = f"{number} * CASE WHEN {minus} THEN -1 ELSE 1 END"
    if percent_is_share:
        signed += f" / CASE WHEN contains({text}, '%') THEN 100 ELSE 1 END"
    number = _finite(
        f"CASE WHEN regexp_full_match({text}, '{plain}') THEN TRY_CAST({text} AS DOUBLE)"
        f" WHEN regexp_matches({text}, {_whole(decimal)}) THEN {signed} END"
    )
    return f"(CASE WHEN {cell.sql} <> '' THEN {number} END)"


def _finite(number: str) -> str:
    return f"(CASE WHEN isfinite({number}) THEN {number} END)"


def contradiction(shapes: Mapping[str | None, int], decimal: Decimal) -> tuple[str, ...] | None:
    """What to say where numbers are written with the other decimal mark, or with both; else None."""
    if OTHER not in shapes:
        return None
    other = "," if decimal == "." else "."
    if OWN in shapes:
        return "some numbers have a decimal comma and others a decimal point; write them one way", OWN, OTHER
    name = "comma" if other == "," else "point"
    return f'these numbers have a decimal {name}; say in the map  decimal: "{other}"', OTHER


def remark(shapes: Mapping[str | None, int], decimal: Decimal) -> str | None:
    """What has to be known where every number with a mark in it could be read two ways."""
    if TWO_WAYS not in shapes or OWN in shapes:
        return None
    dot, comma = ("1.234", "1234") if decimal == "." else ("1234", "1.234")
    other = "," if decimal == "." else "."
    many = counted(shapes[TWO_WAYS], "number is", "numbers are")
    return (
        f"{many} written like 1.234 or 1,234, read as {dot} and {comma}; "
        f'if that is wrong, say in the map  decimal: "{other}"'
    )


def first(db: Db, scanned: Relation, cell: Cell, decimal: Decimal, kinds: tuple[str, ...]) -> str:
    """The rows where ways to write a number first occur."""
    numbered = f"SELECT row_number() OVER () - 1 AS n, {shape(cell, decimal)} AS kind FROM {scanned.scan}"
    found = dict(db.rows(f"SELECT kind, min(n) FROM ({numbered}) GROUP BY kind"))
    return ", ".join(f"row {scanned.row(found[kind])}" for kind in kinds)
