"""Which row of a table names its columns: not always the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.survey.words import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

LOWEST = 10
"""The lowest row that is looked at."""

IMPORT_ID = '{"ImportId"'
"""How each cell of a row begins that Qualtrics writes below the names of its columns."""


def heading(first: Sequence[Sequence[str]]) -> int:
    """The row, counted from 1, that seems to name the columns; 1 where nothing speaks for another.

    It stands lower below a title, below names of groups of columns (where SurveyMonkey writes its questions above
    their rows), and right above Qualtrics' row of import ids.
    """
    rows = [[" ".join(cell.split()) for cell in row] for row in first[:LOWEST]]
    for number, row in enumerate(rows[1:], 1):
        if is_import_id(row):
            return number
    widths = [sum(map(bool, row)) for row in rows]
    most = max((sum(1 for cell in row if cell.strip()) for row in first), default=0)
    if not widths or most < 2:
        return 1
    if 2 * widths[0] <= most:
        wide = (n for n, width in enumerate(widths, 1) if 5 * width >= 4 * most)
        return next((n for n in wide if not any(map(is_number, rows[n - 1]))), 1)
    return 2 if len(rows) > 2 and _names_parts(rows[0], rows[1]) else 1


def is_import_id(row: Sequence[str]) -> bool:
    """Whether a row holds Qualtrics' ids instead of answers."""
    return bool(row) and row[0].startswith(IMPORT_ID)


def _names_parts(groups: list[str], parts: list[str]) -> bool:
    """Whether a row names what the one above leaves open, and nobody: it begins with a blank, or as that one does."""
    width = max(len(groups), len(parts))
    pairs = list(zip(groups + [""] * (width - len(groups)), parts + [""] * (width - len(parts)), strict=True))
    above, below = pairs[0]
    named = [part for group, part in pairs if part and part != group]
    return (
        above != ""
        and below in ("", above)
        and any(not group for group, _ in pairs)
        and all(group or part for group, part in pairs)
        and len(named) > 1
        and not any(map(is_number, named))
    )
