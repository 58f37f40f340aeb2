"""The first rows of a table: what parts their cells, and which of them names the columns how."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from gapcheck.core.survey import headings
from gapcheck.files import yamldoc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_NAME = 400
DELIMITERS = ",;\t"

FIRST = 50
"""Rows, or lines, that are looked at."""


def delimiter(lines: Sequence[str]) -> str:
    """The delimiter that gives most rows the header's number of cells, and the most of them."""
    ranked = []
    for sign in DELIMITERS:
        widths = [len(row) for row, _ in parsed("".join(lines), sign) if row]
        width = widths[0] if widths else 0
        ranked.append((width > 1, sum(each == width for each in widths), width, sign))
    return max(ranked, key=lambda each: each[:3])[3]


def parsed(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """The first rows, each with the lines up to its end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        yield from ((row, reader.line_num) for row in islice(reader, FIRST))


def names(header: Sequence[str]) -> tuple[str, ...]:
    """Names of columns on one line each, none twice: a repeated one gets (2), a blank one its number."""
    found: dict[str, None] = {}
    for number, text in enumerate(header, 1):
        name = wanted = " ".join(yamldoc.clean(text).split())[:LONGEST_NAME] or f"column {number}"
        again = 1
        while name in found:
            again += 1
            name = f"{wanted} ({again})"
        found[name] = None
    return tuple(found)


def heading(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The row that seems to name the columns, where that is below a title of at most half as many cells; else 1."""
    if not rows:
        return 1
    found, cells = rows[headings.heading([cells for _, cells in rows]) - 1]
    named, title = (sum(bool(cell.strip()) for cell in row) for row in (cells, rows[0][1]))
    return found if 2 * title <= named and not any(cell.strip()[:1].isdigit() for cell in cells) else 1
