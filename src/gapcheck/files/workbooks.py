"""Workbooks (.xlsx) as rows of clean text: one worksheet, what its cells show, and nothing lost unsaid."""

from __future__ import annotations

import datetime as dt
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from gapcheck.files import extras, yamldoc
from gapcheck.problems import InputError, what_is_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from python_calamine import CalamineWorkbook

MOST_UNPACKED = 2_000_000_000
MOST_CELLS = 8_000_000
"""Cells of a worksheet, blank ones between others counted: the reader holds them all, at 32 bytes each."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, expat.ExpatError)
_BOOK = "xl/workbook.xml"
_OTHERS = {"content.xml", "xl/workbook.bin"}
"""Parts of other kinds of workbook, which the reader would take and nothing here measures."""

Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a block, each by row and column from 0."""


def rows_of(path: Path, worksheet: str | None) -> Iterator[list[str]]:
    """The rows of one worksheet: the one that was named, else the first.

    An error and a formula that was never calculated are given as they are written, since a blank would be no answer;
    cells that are merged downwards all hold what the first does. Raises InputError.
    """
    book, silent = _opened(path, worksheet)
    name = worksheet or next(iter(book.sheet_names), "")
    if name not in book.sheet_names:
        known = what_is_known(name, book.sheet_names)
        raise InputError.of(f"there is no such worksheet{yamldoc.clean(known)}", file=str(path), rule="table")
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start or (0, 0))[1]  # the reader keeps blank rows above, and drops blank columns before
    merged = _Merged(sheet.merged_cell_ranges or (), len(before) + sheet.width)
    for row, values in enumerate(sheet.iter_rows()):
        cells = [*before, *map(_cell, values)]
        for column, text in silent.get(row, {}).items():
            if column < len(cells) and not cells[column]:
                cells[column] = yamldoc.clean(text)
        merged.fill(row, cells)
        yield cells


def worksheets(path: Path) -> list[str]:
    """The names of the worksheets that are shown, the largest first. Raises InputError."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    book, _ = _opened(path, None)
    kind = SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible
    shown = [each.name for each in book.sheets_metadata if (each.typ, each.visible) == kind]
    return sorted(shown, key=lambda name: -_size(book, name)) if len(shown) > 1 else shown


def _size(book: CalamineWorkbook, name: str) -> int:
    sheet = book.get_sheet_by_name(name)
    return sheet.height * sheet.width


def _opened(path: Path, worksheet: str | None) -> tuple[CalamineWorkbook, dict[int, dict[int, str]]]:
    """A workbook that fits into memory, and the cells of a worksheet that the reader would give as blank."""
    extras.need("python_calamine", "reading .xlsx")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        silent = _measured(path, worksheet)
        return CalamineWorkbook.from_path(path), silent
    except (CalamineError, *_UNREADABLE):
        raise InputError.of("is no .xlsx file that can be read", file=str(path), rule="table") from None


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a fraction, dates as 2027-01-04."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else yamldoc.clean(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


class _Merged:
    """Cells that are merged downwards, whose text the file has once."""

    def __init__(self, ranges: Iterable[Range], width: int) -> None:
        self.starts: dict[int, list[tuple[int, int]]] = {}
        for (first, column), (last, _) in ranges:
            if last > first and column < width:  # a file may merge more columns than it has, for each row anew
                self.starts.setdefault(first, []).append((column, last))
        self.open: dict[int, tuple[int, str]] = {}

    def fill(self, row: int, cells: list[str]) -> None:
        """Give a row's blank cells what the first of their block says."""
        for column, (last, text) in [*self.open.items()]:
            if row > last:
                del self.open[column]
            else:
                cells[column] = cells[column] or text
        for column, last in self.starts.get(row, ()):
            self.open[column] = (last, cells[column])


# before it is read


def _measured(path: Path, worksheet: str | None) -> dict[int, dict[int, str]]:
    """Refuse what is no workbook, or would be too large in memory: two cells at its far corners are enough for that.

    Gives the cells of the worksheet (by row and column from 0) that the reader would give as blank.
    """
    silent: dict[int, dict[int, str]] = {}
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_kind(path, [part.filename for part in parts])
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            message = "is too large when it is unpacked; save it as CSV"
            raise InputError.of(message, file=str(path), rule="table")
        wanted = _part_of(archive, worksheet)
        for part in parts:
            if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml"):
                with archive.open(part) as file:
                    found = _scanned(path, file)
                silent = found if part.filename == wanted else silent
    return silent


def _check_kind(path: Path, names: list[str]) -> None:
    """Refuse what is packed as a workbook is and none: the archive of an export, a workbook of another program."""
    if _BOOK in names and _OTHERS.isdisjoint(names):
        return
    inside = [name for name in names if name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx"))]
    if inside:
        message = f"is an archive; unpack it and import what is in it: {yamldoc.clean(inside[0])}"
    elif _OTHERS.isdisjoint(names):
        message = "is no .xlsx file that can be read"
    else:
        message = "is a workbook of another kind; save it as .xlsx or CSV"
    raise InputError.of(message, file=str(path), rule="table")


def _part_of(archive: zipfile.ZipFile, worksheet: str | None) -> str:
    """The part that holds a worksheet, or the first one; empty where the book does not say."""
    sheets = [each for each in _elements(archive, _BOOK, "sheet") if worksheet in (None, each.get("name"))]
    known = next((value for key, value in (sheets[0] if sheets else {}).items() if key.endswith(":id")), None)
    for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        if known is not None and each.get("Id") == known:
            return posixpath.normpath(posixpath.join("xl", each.get("Target", ""))).removeprefix("/")
    return ""


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element of a kind; none where the archive lacks the part."""
    found: list[dict[str, str]] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    if part in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartElementHandler = begin
        with archive.open(part) as file:
            parser.ParseFile(file)
    return found


def _scanned(path: Path, file: IO[bytes]) -> dict[int, dict[int, str]]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    scan = _Scan(parser)
    parser.StartElementHandler = scan.begin
    for chunk in iter(lambda: file.read(1 << 20), b""):
        parser.Parse(chunk)
        if scan.cells > MOST_CELLS:
            message = f"has more than {MOST_CELLS:,} cells, blank ones between them counted; save it as CSV"
            raise InputError.of(message, file=str(path), rule="table")
    return scan.silent


@dataclass(slots=True)
class _Scan:
    """How far the cells of a worksheet reach, by their own references or, without them, by counting.

    Beside that, which cells hold an error, or a formula without its result. Only the few cells that may be such are
    listened to until they end: a call for each end of each cell would double the time.
    """

    parser: Any
    row: int = 0
    column: int = 0
    width: int = 0
    height: int = 0
    kind: str = ""
    inside: str = ""
    said: dict[str, str] = field(default_factory=dict)
    silent: dict[int, dict[int, str]] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """Cells of the rectangle that holds them all."""
        return self.width * self.height

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note a row, a cell, or what is in one."""
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self.row + 1
            self.column = 0
            self.height = max(self.height, self.row)
        elif kind == "c":
            self._cell(attributes.get("r", ""))
            self.kind = attributes.get("t", "")
            if self.kind == "e":
                self._listen()
        elif kind == "f":
            self.said["f"] = ""
            self._listen()
        self.inside = kind

    def _cell(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if reference and letters.isalpha() and letters.isascii() and len(letters) < len(reference):
            self.column = 0
            for letter in letters.upper():
                self.column = self.column * 26 + ord(letter) - 64
            self.height = max(self.height, int(reference[len(letters) :]))
        else:
            self.column += 1
        self.width = max(self.width, self.column)

    def _listen(self) -> None:
        self.parser.CharacterDataHandler, self.parser.EndElementHandler = self._text, self._end

    def _text(self, text: str) -> None:
        self.said[self.inside] = (self.said.get(self.inside, "") + text)[:60]

    def _end(self, name: str) -> None:
        """Note a cell that shows an error, or nothing though it has a formula; a formula may well give no text."""
        if name.rpartition(":")[2] != "c":
            self.inside = ""
            return
        shown, formula = self.said.get("v", ""), self.said.get("f")
        if self.kind == "e" or (formula is not None and not shown and self.kind != "str"):
            self.silent.setdefault(self.row - 1, {})[self.column - 1] = shown or f"={formula}"
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        self.said = {}
