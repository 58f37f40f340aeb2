"""How a report should look where it is going."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Columns of the screen, whether it shows colour, and whether only ASCII gets through."""

    width: int = 100
    colour: bool = False
    ascii: bool = False


OBEYED = re.compile(r"##(?=\w*\[)")
"""What a build server obeys wherever it stands in a line: `##[error]`, `##vso[task.setvariable]`, `##teamcity[...]`."""

COMMAND = re.compile(rf":(?=:)|{OBEYED.pattern}")
"""That, and what one obeys at the beginning of a line."""

AMOUNT = re.compile(r"\W?\d[\d.,]*\W?")
"""A number, perhaps with a sign or a unit of one character: a column of such is set flush right."""

PLAIN: dict[str, str | int | None] = {
    "\N{MIDDLE DOT}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": "[",
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": "]",
    "\N{EURO SIGN}": "EUR",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    **{sign: str(level) for level, sign in enumerate("\u2581\u2582\u2583\u2585\u2586\u2588")},  # of core/report/trend
}


def to_ascii(text: str) -> str:
    """Text in ASCII: what has a plain counterpart gets it, the rest becomes `?`."""
    swapped = text.translate(str.maketrans(PLAIN))
    return swapped.encode("ascii", "replace").decode("ascii")


def whole_percent(value: float | None) -> str:
    """`47%`, rounded down, so that nothing below the standard reads as if it met it; empty for no figure."""
    return "" if value is None else f"{int(value)}%"
