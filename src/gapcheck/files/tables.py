"""Tables from other programs, CSV and XLSX, as rows of clean text, and how they are written where nobody has said."""

from __future__ import annotations

import contextlib
import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from gapcheck.core.survey.found import Table
from gapcheck.core.survey.headings import heading, is_import_id
from gapcheck.core.survey.model import UNSURE
from gapcheck.files import atomic, workbooks, yamldoc
from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import TextIOWrapper
    from pathlib import Path

    from gapcheck.core.survey.model import SurveyMap

MOST_BYTES = 100_000_000

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252", "latin-1": "latin-1"}
LONGEST_HEADER = 400

_FIRST = 50
"""Rows by which the delimiter and the row of names are found."""

_ZIP = b"PK\x03\x04"
_NO_TABLES = {
    b"\xd0\xcf\x11\xe0": "is an old or a protected Excel file; save it as .xlsx or CSV",
    b"%PDF": "is a PDF; export the answers as CSV or .xlsx",
    b"<": "is a web page or XML, whatever its name says; open it in a spreadsheet and save it as .xlsx or CSV",
    b"$FL2": "is an SPSS file; export the answers as CSV or .xlsx",
    b"\x1f\x8b": "is packed with gzip; unpack it and import what is in it",
}
"""What else is given for a table, by its first bytes."""

_OTHER_SIGNS = re.compile(r"[|^~\N{BROKEN BAR}:]+")


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


@contextlib.contextmanager
def opened(path: Path, form: Form) -> Iterator[Table]:
    """A table, its rows read as they are asked for. Raises InputError where it cannot be read, then or later."""
    with _rows(path, form) as rows:
        yield _table(path, rows, form)


def found_form(path: Path) -> tuple[Form, list[str]]:
    """How a table seems to be written, and the lines of a map that say so, each marked that is unsure.

    Raises InputError.
    """
    form, lines = _found_sheet(path) if _start(path).startswith(_ZIP) else _found_text(path)
    with _rows(path, form) as rows:
        row = heading(list(islice(rows, _FIRST)))
    if row > 1:
        lines.append(f"header_row: {row}  {UNSURE} row 1 does not seem to name the columns; does row {row}?")
    return replace(form, header_row=row), lines


def _found_sheet(path: Path) -> tuple[Form, list[str]]:
    first, *others = workbooks.worksheets(path) or [""]
    if not others:
        return Form(), []
    told = ", ".join(others)[:LONGEST_HEADER]
    line = f"worksheet: {json.dumps(first, ensure_ascii=False)}  {UNSURE} the largest; the others are: {told}"
    return Form(worksheet=first), [" ".join(yamldoc.clean(line).split("\n"))]


def _found_text(path: Path) -> tuple[Form, list[str]]:
    encoding, lines = _encoding_of(_start(path)), []
    if encoding == "utf-8":
        line = _undecodable_line(path, "utf-8")
        if line:
            encoding, mark = "cp1252", f"line {line} is not UTF-8; Windows' is the likeliest: look at the accents"
            lines = [f"encoding: cp1252  {UNSURE} {mark}"]
    else:
        lines = ["encoding: utf-16"]
    with _text(path, encoding) as file:
        delimiter = _delimiter(path, list(islice(_clean_lines(path, file), _FIRST)))
    name = next((key for key, sign in DELIMITERS.items() if sign == delimiter), None)
    return Form(name, encoding if encoding == "cp1252" else None), [f"delimiter: {name}", *lines] if name else lines


@contextlib.contextmanager
def _rows(path: Path, form: Form) -> Iterator[Iterator[Sequence[str]]]:
    """The rows of a file as they are, from the first on."""
    start = _start(path)
    if start.startswith(_ZIP):
        yield workbooks.rows_of(path, form.worksheet)
        return
    if form.encoding in ("cp1252", "latin-1") and _is_unicode(path):
        message = f"is UTF-8, and the map says  encoding: {form.encoding};  delete that line"
        raise InputError.of(message, file=str(path), rule="table")
    with _text(path, _encoding_of(start) if form.encoding in (None, "utf-16") else form.encoding) as file:
        yield _csv_rows(path, file, form)


def _start(path: Path) -> bytes:
    """The first bytes of a file that is not too large, and may be a table. Raises InputError."""
    try:
        if not path.is_file():
            message = "is no file" if path.exists() else "there is no such file"
            raise InputError.of(message, file=str(path), rule="table")
        if path.stat().st_size > MOST_BYTES:
            message = f"is larger than {MOST_BYTES // 1_000_000} MB; split it"
            raise InputError.of(message, file=str(path), rule="table")
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(path), rule="table") from None
    for mark, message in _NO_TABLES.items():
        if start.lstrip().startswith(mark):
            raise InputError.of(message, file=str(path), rule="table")
    return start


def _encoding_of(start: bytes) -> str:
    """UTF-16 by its mark or by the zero bytes of plain letters, else UTF-8."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start[1:40:2].count(0) > 10:
        return "utf-16-le"
    return "utf-16-be" if start[0:40:2].count(0) > 10 else "utf-8"


def _text(path: Path, encoding: str) -> TextIOWrapper:
    """The file as text, line ends made one."""
    try:
        return path.open(encoding=ENCODINGS.get(encoding, encoding))
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(path), rule="table") from None


def _clean_lines(path: Path, file: TextIOWrapper) -> Iterator[str]:
    """Lines without control characters, tabs kept.

    Raises InputError at a byte that the encoding does not have, and at a zero byte, which no table has.
    """
    try:
        for number, line in enumerate(file, 1):
            if "\0" in line:
                message = "a zero byte, so this is no table or a damaged one; export the answers again"
                raise InputError([Problem(str(path), Span(number, line.index("\0") + 1), "", message, "table")])
            yield line if line.isascii() and line[:-1].isprintable() else _clean(line)
    except UnicodeError:
        raise _undecodable(path, file.encoding) from None


def _clean(line: str) -> str:
    return "\t".join(map(yamldoc.clean, line.split("\t")))


def _undecodable(path: Path, encoding: str) -> InputError:
    """Where the first bad byte is, and what to do."""
    name = encoding.removesuffix("-sig")
    advice = {"utf-8": "say in the map  encoding: cp1252  (Windows) or latin-1, or save it as UTF-8"}
    message = f"a byte that is not {name}; {advice.get(name, 'export it again, as UTF-8')}"
    return InputError([Problem(str(path), Span(_undecodable_line(path, encoding), 1), "", message, "table")])


def _undecodable_line(path: Path, encoding: str) -> int:
    """The line, counted from 1, of the first byte that an encoding does not have; 0 where there is none."""
    raw = path.read_bytes()
    try:
        raw.decode(encoding)
    except UnicodeError as error:
        return raw.count(b"\n", 0, getattr(error, "start", 0)) + 1
    return 0


def _is_unicode(path: Path) -> bool:
    """Whether a file is UTF-8 and shows it: bytes that only happen to be are next to impossible."""
    raw = path.read_bytes()
    return not raw.isascii() and _undecodable_line(path, "utf-8") == 0


def _csv_rows(path: Path, file: TextIOWrapper, form: Form) -> Iterator[list[str]]:
    lines = _clean_lines(path, file)
    first = list(islice(lines, _FIRST))
    told = _told_delimiter(first)
    delimiter = told or (DELIMITERS[form.delimiter] if form.delimiter else _delimiter(path, first))
    reader = csv.reader(chain(first[1:] if told else first, lines), delimiter=delimiter, strict=True)
    begun = 0
    try:
        for row in reader:
            begun = reader.line_num
            yield row
    except csv.Error:
        message = "a quote that is opened and never closed, or text after a closing one"
        place = Span(begun + 1 + bool(told), 1)
        raise InputError([Problem(str(path), place, "", message, "table")]) from None


def _told_delimiter(first: Sequence[str]) -> str:
    """The delimiter that Excel's own first line says, as `sep=;` does; empty where there is no such line."""
    told = re.fullmatch(r"sep=(.)\n?", first[0]) if first else None
    return told[1] if told else ""


def _delimiter(path: Path, first: Sequence[str]) -> str:
    """The delimiter that gives most rows the same number of cells, and the most of them.

    Raises InputError where none of those known parts anything, and another sign stands in every line.
    """
    told = _told_delimiter(first)
    if told:
        return told
    ranked = []
    for sign in DELIMITERS.values():
        with contextlib.suppress(csv.Error):
            widths = Counter(len(row) for row in csv.reader(first, delimiter=sign) if row)
            width, often = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
            ranked.append((width > 1, often, width, sign))
    parts, _, _, best = max(ranked, key=lambda each: each[:3], default=(False, 0, 0, ","))
    if not parts:
        _check_other_signs(path, [line for line in first if line.strip()])
    return best


def _check_other_signs(path: Path, lines: Sequence[str]) -> None:
    """Refuse a table whose lines all hold the same sign equally often: they are parted by it."""
    for found in _OTHER_SIGNS.finditer(lines[0] if len(lines) > 1 else ""):
        sign = found[0]
        if len({line.count(sign) for line in lines}) == 1:
            message = f'its columns are parted by "{sign}"; save it with commas, semicolons or tabs between them'
            raise InputError([Problem(str(path), Span(1, found.start() + 1), "", message, "table")])


def _table(path: Path, rows: Iterator[Sequence[str]], form: Form) -> Table:
    """The header from its row, the other rows numbered as a spreadsheet does; blank ones are left out."""
    above = list(islice(rows, form.header_row - 1))
    header = next(rows, ())
    if not any(map(str.strip, header)):
        if not any(cell.strip() for row in chain(above, rows) for cell in row):
            raise InputError.of("is empty; export the answers again", file=str(path), rule="table")
        message = f"row {form.header_row} has no names of columns; is header_row in the map right?"
        raise InputError.of(message, file=str(path), rule="table")
    numbered = enumerate(rows, form.header_row + 1)
    names = _names(header, above[-1] if above else ())
    return Table(str(path), names, ((row, cells) for row, cells in numbered if any(cells) and not is_import_id(cells)))


def _names(header: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """Names of columns on one line each, none twice: a repeated one gets (2), a blank one what is above, or its number.

    Above stands what two rows share, as where cells are merged.
    """
    found: dict[str, None] = {}
    for number, text in enumerate(header, 1):
        known = text if text.strip() else "".join(above[number - 1 : number])
        name = wanted = " ".join(known.split())[:LONGEST_HEADER].strip() or f"column {number}"
        again = 1
        while name in found:
            again += 1
            name = f"{wanted[: LONGEST_HEADER - 8]} ({again})"
        found[name] = None
    return tuple(found)
