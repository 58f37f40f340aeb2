"""The worksheets of a workbook: which one a map means, and what there is to say of the others."""

from __future__ import annotations

import contextlib
import json
import zipfile
import zlib
from typing import TYPE_CHECKING

from gapcheck.core.survey.model import UNSURE
from gapcheck.files import extras, workbooks
from gapcheck.files.journey import seen
from gapcheck.problems import InputError, Problem, Span, did_you_mean, key_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapcheck.core.journey.map import EventLog, FigureFile

MOST_TOLD = 400
"""Characters of the names of the other worksheets in a proposed map."""

Place = tuple[tuple[object, ...], str]
"""Keys of a map, and its file."""

_ZIP = b"PK\x03\x04"


def is_workbook(path: Path) -> bool:
    """Whether a file that can be opened is packed as workbooks are."""
    with path.open("rb") as opened:
        return opened.read(len(_ZIP)) == _ZIP


def names(path: Path) -> list[str]:
    """The names of all worksheets in their order; none where the workbook cannot be read, which its reader tells."""
    extras.need("python_calamine", "reading .xlsx")
    from python_calamine import CalamineError, CalamineWorkbook

    with contextlib.suppress(
        CalamineError, zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError
    ):
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        return CalamineWorkbook.from_path(path).sheet_names if unpacked <= workbooks.MOST_UNPACKED else []
    return []


def tables(path: Path) -> list[str]:
    """Those that may be tables: they are shown, and have more than one row and column; none where it cannot be read."""
    try:
        shown = workbooks.worksheets(path)  # that measures them: what is loaded next fits into memory
    except InputError:
        return []
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names if name in shown]
    return [sheet.name for sheet in sheets if sheet.height > 1 and sheet.width > 1]


def first(path: Path) -> str | None:
    """The first that may be a table; None where there is only one worksheet, or no table."""
    return next(iter(tables(path)), None) if len(names(path)) > 1 else None


def proposed(path: Path, worksheet: str | None) -> list[str]:
    """The line of a map that names a worksheet, where that is not the first of all."""
    known = names(path) if worksheet is not None else []
    if worksheet in (None, *known[:1]):
        return []
    name = json.dumps(seen.on_one_line(str(worksheet)), ensure_ascii=False)
    others = ", ".join(seen.on_one_line(each) for each in known if each != worksheet)[:MOST_TOLD]
    return [f"worksheet: {name}  {UNSURE} the first with events or figures in it; the others are: {others}"]


def meant(path: Path, part: EventLog | FigureFile, where: tuple[object, ...], map_file: str) -> tuple[str | None, str]:
    """The worksheet that a map means, at `where` in it, and a remark if it may mean another; None of no workbook.

    Raises InputError where there is no such worksheet, or none is named and the first is no table.
    """
    known = names(path) if is_workbook(path) else []
    if part.worksheet is not None:
        return _named(path, part, known, ((*where, "worksheet"), map_file)), ""
    if len(known) < 2:
        return next(iter(known), None), ""
    found = tables(path)
    if found and known[0] not in found:
        message = f"the first worksheet, {seen.quoted(known[0])}, is hidden or no table; say in the map which to read"
        raise _fault(((*where, "file"), map_file), f"{message}, as in  worksheet: {_listed(found[:1])}")
    return known[0], _remark(known[0], found[1:])


def _named(path: Path, part: EventLog | FigureFile, known: Sequence[str], place: Place) -> str:
    wanted = part.worksheet or ""
    if not is_workbook(path):
        raise _fault(place, f"{part.file} is no workbook; leave this out")
    shown = {seen.on_one_line(name): name for name in known}
    if known and wanted not in shown:
        meant_one = did_you_mean(wanted, shown)
        raise _fault(place, f'{part.file} has no worksheet "{wanted}"{meant_one}; it has: {_listed(known)}')
    return shown.get(wanted, wanted)


def _remark(read: str, others: Sequence[str]) -> str:
    if not others:
        return ""
    return (
        f"worksheet {seen.quoted(read)} was read, the first; there are {_listed(others)} too: "
        f"say in the map which is meant, as in  worksheet: {_listed([read])}"
    )


def _listed(sheets: Sequence[str]) -> str:
    return ", ".join(map(seen.quoted, sheets[:24])) + (", ..." if len(sheets) > 24 else "")


def _fault(place: Place, message: str) -> InputError:
    where, file = place
    return InputError([Problem(file, Span(), key_path(where), message, "journey")])
