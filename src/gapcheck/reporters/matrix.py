"""The team's matrix for spreadsheets: people by skills, grouped by stage, as CSV text and as XLSX bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN
from gapcheck.core.catalog import GENERAL_SCALE
from gapcheck.core.cover import CARRIES, HOLDS
from gapcheck.core.team.members import AS_LEVEL, IS_NOT_APPLICABLE, IS_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.team.members import Member, Team

MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed date, so that the same team gives the same bytes)
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""

Cell = int | str

_OBEYED = ("=", "+", "-", "@", "\t", "\r")
_TOTALS = ((f"holds ({HOLDS} or more)", HOLDS), (f"carries ({CARRIES} or more)", CARRIES))
_COLOURS = ("#8C2D04", "#D9793B", "#F6C989", "#C7DCEF", "#6BAED6", "#08519C")
"""Of levels 0 to 5: warm below the middle, cold above, told apart without red and green, darkest at both ends."""

_LIGHT_TEXT = (0, 5)
_GREY = {NOT_APPLICABLE: "#D9D9D9", UNKNOWN: "#BFBFBF"}


def matrix_csv(team: Team, names: bool) -> str:
    """The matrix as CSV: a row of stages, a row of skills, people by id (and name), how many hold and carry each.

    Settled levels 0 to 5, `n/a`, `unknown`; blank where nothing is answered.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    for row in (*_head(team, names), *_people(team, names), *_totals(team, names)):
        writer.writerow([_safe(cell) for cell in row])
    return text.getvalue()


def _safe(cell: Cell) -> Cell:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what it would obey."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_OBEYED) else cell


def _head(team: Team, names: bool) -> tuple[list[Cell], list[Cell]]:
    """The stage and the name of each skill."""
    stages, skills = team.catalog.stages, team.catalog.skills
    first: list[Cell] = ["stage", *([""] if names else [])]
    second: list[Cell] = ["person", *(["name"] if names else [])]
    of = team.catalog.stage_of
    return [*first, *(stages[of[s]].name for s in team.skills)], [*second, *(skills[s].name for s in team.skills)]


def _people(team: Team, names: bool) -> Iterator[list[Cell]]:
    for member in team.members:
        who: list[Cell] = [member.person, *([team.name(member.person)] if names else [])]
        yield [*who, *map(_told, member.levels)]


def _told(byte: int) -> Cell:
    """What a cell says of an answer."""
    if byte == IS_NOT_APPLICABLE:
        return NOT_APPLICABLE
    if byte == IS_UNKNOWN:
        return UNKNOWN
    level = AS_LEVEL[byte]
    return "" if level is None else level


def _totals(team: Team, names: bool) -> Iterator[list[Cell]]:
    """How many people hold and carry each skill."""
    for title, least in _TOTALS:
        yield [title, *([""] if names else []), *(_at_least(team.members, n, least) for n in range(len(team.skills)))]


def _at_least(members: tuple[Member, ...], skill: int, least: int) -> int:
    levels = (AS_LEVEL[member.levels[skill]] for member in members)
    return sum(level is not None and level >= least for level in levels)


def matrix_xlsx(team: Team, names: bool) -> bytes:
    """The same as an XLSX workbook: colours by level, frozen headings, a filter, and a second sheet as legend.

    Texts stay texts: none becomes a formula or a link.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, plain) as book:
        book.set_properties({"title": "Skills matrix", "created": MADE})
        _fill(book, team, names)
        _legend(book)
    return content.getvalue()


def _fill(book: Any, team: Team, names: bool) -> None:
    """The matrix itself."""
    sheet = book.add_worksheet("Matrix")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    before, last = 1 + names, 1 + len(team.members)
    stages, skills = _head(team, names)
    _write(sheet, 0, stages[:before], bold)
    _stages(sheet, stages[before:], before, book.add_format({"bold": True, "align": "center", "border": 1}))
    _write(sheet, 1, skills, bold)
    for row, cells in enumerate(_people(team, names), 2):
        _write(sheet, row, cells, None)
    for row, cells in enumerate(_totals(team, names), last + 1):
        _write(sheet, row, cells, bold)
    sheet.freeze_panes(2, before)
    sheet.set_column(0, before - 1, 22)
    sheet.set_column(before, before + len(team.skills) - 1, 11)
    if team.members and team.skills:
        sheet.autofilter(1, 0, last, before + len(team.skills) - 1)
        _colour(book, sheet, (2, before, last, before + len(team.skills) - 1))


def _write(sheet: Any, row: int, cells: list[Cell], style: Any) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, style)
        elif cell:
            sheet.write_string(row, column, cell[:LONGEST_CELL], style)


def _stages(sheet: Any, stages: list[Cell], before: int, style: Any) -> None:
    """Each stage once, over all its skills; stages of the same name that follow one another become one."""
    start = 0
    for n, stage in enumerate(stages, 1):
        if n < len(stages) and stages[n] == stage:
            continue
        text = str(stage)[:LONGEST_CELL]
        if n - start > 1:
            sheet.merge_range(0, before + start, 0, before + n - 1, "", style)
        sheet.write_string(0, before + start, text, style)
        start = n


def _colour(book: Any, sheet: Any, area: tuple[int, int, int, int]) -> None:
    """A colour for each level; blank cells first, since a spreadsheet counts them as 0."""
    sheet.conditional_format(*area, {"type": "blanks", "format": None, "stop_if_true": True})
    for level in range(6):
        rule = {"type": "cell", "criteria": "==", "value": level, "format": _of_level(book, level)}
        sheet.conditional_format(*area, rule)
    for word, colour in _GREY.items():
        style = book.add_format({"bg_color": colour, "italic": True})
        sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style})


def _of_level(book: Any, level: int) -> Any:
    colour = "#FFFFFF" if level in _LIGHT_TEXT else "#000000"
    return book.add_format({"bg_color": _COLOURS[level], "font_color": colour})


def _legend(book: Any) -> None:
    """What the cells mean."""
    sheet = book.add_worksheet("Legend")
    sheet.set_column(1, 1, 80)
    for level, means in enumerate(GENERAL_SCALE):
        sheet.write_number(level, 0, level, _of_level(book, level))
        sheet.write_string(level, 1, means)
    words = (
        (NOT_APPLICABLE, "Does not apply to this person's work; left out of every figure."),
        (UNKNOWN, "The person does not know; counts as 0."),
        ("", "Blank: not answered."),
        (_TOTALS[0][0], "People who can do it, alone or with help."),
        (_TOTALS[1][0], "People who can step in alone."),
    )
    for row, (word, means) in enumerate(words, len(GENERAL_SCALE)):
        style = book.add_format({"bg_color": _GREY[word], "italic": True}) if word in _GREY else None
        sheet.write_string(row, 0, word, style)
        sheet.write_string(row, 1, means)
