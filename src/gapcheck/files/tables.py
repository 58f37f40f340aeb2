"""Tables from other programs, CSV and XLSX, as rows of clean text; and the maps that say what is in them."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import os
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from gapcheck.core.survey.guess import UNSURE
from gapcheck.core.survey.model import ROW, SurveyMap
from gapcheck.core.survey.read import Table
from gapcheck.files import atomic, extras, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import SHOWN, InputError, Problem, Span, key_path, what_is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from io import TextIOWrapper
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.files.yamldoc import Doc

MOST_BYTES = 100_000_000
MOST_UNPACKED = 2_000_000_000
MOST_CELLS = 8_000_000
"""Cells of an XLSX worksheet, blank ones between others counted: the reader holds them all, at 32 bytes each."""

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252", "latin-1": "latin-1"}
LONGEST_HEADER = 400
STEP = 1_000
"""Files from one report of progress to the next."""

_FIRST = 50
"""Rows by which the delimiter is found."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Form:
    """How a table is written, as far as it has been said; what is None is found out."""

    delimiter: str | None = None
    encoding: str | None = None
    worksheet: str | None = None
    header_row: int = 1

    @classmethod
    def of(cls, survey: SurveyMap) -> Form:
        """What a map says of its table."""
        return cls(survey.delimiter, survey.encoding, survey.worksheet, survey.header_row)


# the map


def load_map(path: Path, catalog: Catalog) -> SurveyMap:
    """A map whose ids are all in the catalog. Raises InputError with every fault and every line left unsure."""
    raw = atomic.read(path)
    doc = yamldoc.parse(raw, str(path))
    unsure = _unsettled(raw, str(path))
    try:
        survey = read_as(doc, "map", SurveyMap)
    except InputError as error:
        raise InputError([*error.problems, *unsure]) from None
    problems = [*unsure, *_faults(doc, survey, catalog)]
    if problems:
        raise InputError(problems)
    return survey


def _unsettled(raw: bytes, file: str) -> list[Problem]:
    """Lines of a proposed map that nobody has settled: importing by them would be guessing."""
    lines = enumerate(raw.decode("utf-8", "replace").splitlines(), 1)
    message = "still marked as unsure; settle it and delete the mark"
    marked = (n for n, line in lines if UNSURE in _QUOTED.sub("", line))
    return [Problem(file, Span(n, 1), "", message, "map") for n in marked]


def _faults(doc: Doc, survey: SurveyMap, catalog: Catalog) -> Iterator[Problem]:
    """What is right in itself and does not fit the catalog, or the rest of the map."""
    met = 0
    for path, word, known, what in _references(survey, catalog):
        if word not in known:
            yield _problem(doc, f"unknown {what}{what_is_known(word, known) if met < SHOWN else ''}", *path)
            met += 1
    for part, columns in (("skills", survey.skills), ("interest", survey.interest.columns)):
        meant = Counter(catalog.renamed.get(skill, skill) for skill in columns.values())
        path = ("interest", "columns") if part == "interest" else (part,)
        for column, skill in columns.items():
            if survey.long is None and meant[catalog.renamed.get(skill, skill)] > 1:
                yield _problem(doc, "another column is this skill too; keep one", *path, column)
    if survey.date.column is None and survey.date.default is None:
        yield _problem(doc, "must name a column, or the default day of all answers", "date")
    if survey.long and survey.person == ROW:
        yield _problem(doc, "a table with one answer a row needs a column that says whose it is", "person")
    if sum(not scale.columns for scale in survey.scales.values()) > 1:
        yield _problem(doc, "only one scale can hold for all other columns; name the columns of each", "scales")
    yield from _claimed_twice(doc, survey)


Reference = tuple[tuple[object, ...], str, "Mapping[str, Any]", str]


def _references(survey: SurveyMap, catalog: Catalog) -> Iterator[Reference]:
    """Every id of the map: where it stands, itself, what is known, and what it should be."""
    skills = {**catalog.skills, **catalog.renamed}
    yield from ((("skills", column), skill, skills, "skill") for column, skill in survey.skills.items())
    for column, skill in survey.interest.columns.items():
        yield ("interest", "columns", column), skill, skills, "skill"
    yield from ((("role", "values", word), role, catalog.roles, "role") for word, role in survey.role.values.items())
    if survey.role.default is not None:
        yield ("role", "default"), survey.role.default, catalog.roles, "role"
    for key, scale in survey.scales.items():
        for n, column in enumerate(scale.columns):
            yield ("scales", key, "columns", n), column, survey.skills, "column; skills has none of that name"


def _claimed_twice(doc: Doc, survey: SurveyMap) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, scale in survey.scales.items():
        for n, column in enumerate(scale.columns):
            if column in seen:
                yield _problem(doc, f"this column is of the scale {seen[column]} already", "scales", key, "columns", n)
            seen[column] = key


def _problem(doc: Doc, message: str, *path: object) -> Problem:
    return Problem(doc.file, doc.span(*path), key_path(path), message, "map")


def check_columns(table: Table, survey: SurveyMap, map_file: str) -> None:
    """Every column that the map names is there. Raises InputError with each that is missing."""
    missing = [(path, column) for column, path in survey.named_columns.items() if column not in table.header]
    if missing:
        known = dict.fromkeys(table.header)
        raise InputError(
            Problem(
                map_file, Span(), key_path(path), f"the table has no such column{what_is_known(column, known)}", "map"
            )
            for path, column in missing
        )


# the table


@contextlib.contextmanager
def opened(path: Path, form: Form) -> Iterator[Table]:
    """A table, its rows read as they are asked for. Raises InputError where it cannot be read, then or later."""
    start = _start(path)
    if start.startswith(_OLD_EXCEL):
        raise InputError.of(
            "is an old or a protected Excel file; save it as .xlsx or CSV", file=str(path), rule="table"
        )
    if start.startswith(_ZIP):
        yield _table(path, _xlsx_rows(path, form), form)
        return
    file = _text(path, _encoding_of(start) if form.encoding in (None, "utf-16") else form.encoding)
    with file:
        rows = _csv_rows(path, file, form)
        yield _table(path, rows, form)


def found_form(path: Path) -> dict[str, str]:
    """How a table seems to be written, in the map's words; what is unsure says so."""
    start = _start(path)
    if start.startswith(_ZIP):
        return {}
    encoding = _encoding_of(start)
    if encoding == "utf-8" and not _is_utf8(path):
        encoding = "cp1252"
    mark = (
        f"  {UNSURE} not UTF-8; Windows' encoding is the likeliest, look at the accents" if encoding == "cp1252" else ""
    )
    with _text(path, encoding) as file:
        delimiter = _delimiter(list(islice(_clean_lines(path, file), _FIRST)))
    name = next(key for key, sign in DELIMITERS.items() if sign == delimiter)
    told = encoding if encoding == "cp1252" else encoding[:6]
    return {"delimiter": name, **({} if encoding == "utf-8" else {"encoding": told + mark})}


def _start(path: Path) -> bytes:
    """The first bytes of a file that is not too large. Raises InputError."""
    try:
        if not path.is_file():
            message = "is no file" if path.exists() else "there is no such file"
            raise InputError.of(message, file=str(path), rule="table")
        if path.stat().st_size > MOST_BYTES:
            message = f"is larger than {MOST_BYTES // 1_000_000} MB; split it"
            raise InputError.of(message, file=str(path), rule="table")
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(path), rule="table") from None


def _encoding_of(start: bytes) -> str:
    """UTF-16 by its mark or by the zero bytes of plain letters, else UTF-8."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start[1:40:2].count(0) > 10:
        return "utf-16-le"
    return "utf-16-be" if start[0:40:2].count(0) > 10 else "utf-8"


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _text(path: Path, encoding: str) -> TextIOWrapper:
    """The file as text, line ends made one. cp1252 and latin-1 are read only where a map says so."""
    try:
        return path.open(encoding=ENCODINGS.get(encoding, encoding))
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(path), rule="table") from None


def _clean_lines(path: Path, file: TextIOWrapper) -> Iterator[str]:
    """Lines without control characters, tabs kept. Raises InputError at a byte that the encoding does not have."""
    try:
        for line in file:
            yield line if line.isascii() and line[:-1].isprintable() else _clean(line)
    except UnicodeError:
        raise _undecodable(path, file.encoding) from None


def _clean(line: str) -> str:
    return "\t".join(map(yamldoc.clean, line.split("\t")))


def _undecodable(path: Path, encoding: str) -> InputError:
    """Where the first bad byte is, and what to say in the map."""
    raw = path.read_bytes()
    line = 0
    try:
        raw.decode(encoding)
    except UnicodeError as error:
        line = raw.count(b"\n", 0, getattr(error, "start", 0)) + 1
    advice = "; say in the map  encoding: cp1252  (Windows) or latin-1" if encoding.startswith("utf-8") else ""
    message = f"a byte that is not {encoding.removesuffix('-sig')}{advice}"
    return InputError([Problem(str(path), Span(line, 1), "", message, "table")])


def _csv_rows(path: Path, file: TextIOWrapper, form: Form) -> Iterator[list[str]]:
    lines = _clean_lines(path, file)
    first = list(islice(lines, _FIRST))
    told = re.fullmatch(r"sep=(.)\n?", first[0]) if first else None
    delimiter = told[1] if told else DELIMITERS[form.delimiter] if form.delimiter else _delimiter(first)
    reader = csv.reader(chain(first[1:] if told else first, lines), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        message = "a quote that is opened and never closed, or text after a closing one"
        raise InputError([Problem(str(path), Span(reader.line_num, 1), "", message, "table")]) from None


def _delimiter(first: Sequence[str]) -> str:
    """The delimiter that gives most rows the same number of cells, and the most of them."""
    ranked = []
    for sign in DELIMITERS.values():
        with contextlib.suppress(csv.Error):
            widths = Counter(len(row) for row in csv.reader(first, delimiter=sign) if row)
            width, often = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
            ranked.append((width > 1, often, width, sign))
    return max(ranked, key=lambda each: each[:3], default=(False, 0, 0, ","))[3]


def _table(path: Path, rows: Iterator[Sequence[str]], form: Form) -> Table:
    """The header from its row, the other rows numbered as a spreadsheet does; blank ones are left out."""
    header = next(islice(rows, form.header_row - 1, None), None)
    if header is None or not any(map(str.strip, header)):
        message = f"row {form.header_row} has no names of columns; is header_row in the map right?"
        raise InputError.of(message, file=str(path), rule="table")
    numbered = enumerate(rows, form.header_row + 1)
    return Table(str(path), _names(header), ((row, cells) for row, cells in numbered if any(cells)))


def _names(header: Sequence[str]) -> tuple[str, ...]:
    """Names of columns on one line each, none twice: a repeated one gets (2), a blank one its number."""
    found: dict[str, None] = {}
    for number, text in enumerate(header, 1):
        name = wanted = " ".join(text.split())[:LONGEST_HEADER].strip() or f"column {number}"
        again = 1
        while name in found:
            again += 1
            name = f"{wanted[: LONGEST_HEADER - 8]} ({again})"
        found[name] = None
    return tuple(found)


# XLSX


def _xlsx_rows(path: Path, form: Form) -> Iterator[list[str]]:
    """The rows of one worksheet: the one that was named, else the first."""
    extras.need("python_calamine", "reading .xlsx")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        _check_extent(path)
        book = CalamineWorkbook.from_path(path)
        name = form.worksheet or next(iter(book.sheet_names), "")
        if name not in book.sheet_names:
            known = what_is_known(name, book.sheet_names)
            raise InputError.of(f"there is no such worksheet{yamldoc.clean(known)}", file=str(path), rule="table")
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, *_UNREADABLE):
        raise InputError.of("is no .xlsx file that can be read", file=str(path), rule="table") from None
    before = [""] * (sheet.start or (0, 0))[1]  # the reader keeps blank rows above, and drops blank columns before
    for cells in sheet.iter_rows():
        yield [*before, *map(_cell, cells)]


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a fraction, dates as 2027-01-04."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else yamldoc.clean(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _check_extent(path: Path) -> None:
    """Refuse a workbook that would be too large in memory: two cells at its far corners are enough to do that."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            message = "is too large when it is unpacked; save it as CSV"
            raise InputError.of(message, file=str(path), rule="table")
        for part in parts:
            if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml"):
                with archive.open(part) as file:
                    _check_sheet(path, file)


def _check_sheet(path: Path, file: IO[bytes]) -> None:
    from xml.parsers import expat

    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.begin
    try:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            parser.Parse(chunk)
            if extent.cells > MOST_CELLS:
                message = f"has more than {MOST_CELLS:,} cells, blank ones between them counted; save it as CSV"
                raise InputError.of(message, file=str(path), rule="table")
    except expat.ExpatError:
        raise ValueError("no XML") from None


class _Extent:
    """How far the cells of a worksheet reach, by their own references or, without them, by counting."""

    def __init__(self) -> None:
        self.row = self.column = self.width = self.height = 0

    @property
    def cells(self) -> int:
        """Cells of the rectangle that holds them all."""
        return self.width * self.height

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note a row or a cell."""
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self.row + 1
            self.column = 0
            self.height = max(self.height, self.row)
        elif kind == "c":
            self._cell(attributes.get("r", ""))

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


def write_all(
    folder: Path, files: Iterable[tuple[str, bytes]], progress: Callable[[int], None] = lambda _: None
) -> int:
    """Write many files, each whole or not at all, and say how many; `progress` is told so every STEP of them.

    They are not synced one by one, which takes minutes for a hundred thousand: after a power cut, import again.
    A symbolic link is replaced, never written through. Raises InputError where a file cannot be written.
    """
    number = 0
    for name, content in files:
        path, temporary = (
            f"{folder}{os.sep}{name}",
            f"{folder}{os.sep}.{name}.tmp",
        )  # paths as objects take a third longer
        try:
            if number == 0:
                folder.mkdir(parents=True, exist_ok=True)
            with open(temporary, "xb", buffering=0) as file:  # noqa: PTH123
                file.write(content)
            os.replace(temporary, path)  # noqa: PTH105
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise InputError.of(f"cannot be written: {atomic.reason(error)}", file=path, rule="write") from None
        number += 1
        if number % STEP == 0:
            progress(number)
    return number
