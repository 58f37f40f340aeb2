"""A data file as a relation that DuckDB can scan: CSV (also gzipped), Parquet, or a workbook."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import shutil
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.files import atomic
from gapcheck.files.journey import engine, heads, worksheets
from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapcheck.files.journey.engine import Db

PARQUET, GZIP, OLD_EXCEL = b"PAR1", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
MOST_COLUMNS = 2_000
SAVE_AS = "save it as UTF-8 (in Excel: CSV UTF-8)"

_START = 1 << 20


@dataclass(frozen=True, slots=True)
class Cell:
    """A column as SQL knows it, and its type there."""

    sql: str
    type: str = "VARCHAR"

    @property
    def text(self) -> str:
        """SQL of its trimmed text, NULL where blank. Few texts need trimming, and trimming takes time."""
        value = self.sql if self.type == "VARCHAR" else f"CAST({self.sql} AS VARCHAR)"
        return (
            f"(CASE WHEN {value} = '' THEN NULL WHEN prefix({value}, ' ') OR suffix({value}, ' ')"
            f" THEN nullif(trim({value}), '') ELSE {value} END)"
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """What can be scanned: SQL, the columns by name, and the rows above the first one with data.

    `folded` lines of the file's header have no line of their own in what is scanned. `heading` is the row that seems to
    name the columns, where it is not the first one.
    """

    file: str
    scan: str
    columns: dict[str, Cell]
    above: int
    is_csv: bool = False
    folded: int = 0
    heading: int = 1
    rejected: list[int] = field(default_factory=list)

    def row(self, position: int) -> int:
        """The row that a spreadsheet shows for a position from 0, blank rows not counted."""
        row = position + 1 + self.above
        for line in self.rejected:
            row += line <= row
        return row


def check(path: Path, file: str) -> None:
    """Refuse what is no file that can be opened. Raises InputError."""
    try:
        if not path.is_file():
            message = "is no file" if path.exists() else "there is no such file"
            raise InputError.of(message, file=file, rule="journey")
        with path.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=file, rule="journey") from None


def digest(path: Path) -> str:
    """12 hex digits of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:12]


def relation(db: Db, path: Path, file: str, worksheet: str | None = None) -> Relation:
    """A file, whatever its name says it is, ready to be scanned. Raises InputError.

    Of a workbook it is the worksheet, or where that is None the first that may be a table.
    """
    check(path, file)
    path = path.resolve()  # an absolute path is never taken for an address
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith(OLD_EXCEL):
        message = "is an old or a protected Excel file; save it as .xlsx or CSV"
        raise InputError.of(message, file=file, rule="journey")
    if worksheets.is_workbook(path):
        return _workbook(db, path, file, worksheet)
    if start.startswith(PARQUET):
        return _parquet(db, path, file)
    return _csv(db, path, file)


def _literal(path: Path) -> str:
    """A path as SQL that means this one file."""
    return "'" + engine.pattern(path).replace("'", "''") + "'"


def _parquet(db: Db, path: Path, file: str) -> Relation:
    import duckdb

    db.keep_to(path)
    scan = f"read_parquet({_literal(path)}, hive_partitioning=false)"
    try:
        described = db.rows(f"DESCRIBE SELECT * FROM {scan}")
    except duckdb.Error:
        raise InputError.of("is no Parquet file that can be read", file=file, rule="journey") from None
    names = heads.names([str(row[0]) for row in described])
    plain = ", ".join(f"c{n}" for n in range(len(names)))
    columns = {name: Cell(f"c{n}", str(row[1])) for n, (name, row) in enumerate(zip(names, described, strict=True))}
    return Relation(file, f"(SELECT * FROM {scan} AS data({plain}))", columns, above=0)


def _workbook(db: Db, path: Path, file: str, worksheet: str | None) -> Relation:
    """A worksheet of a workbook, by way of a CSV file in the private folder."""
    from gapcheck.files import tables

    copy = db.folder / "worksheet.csv"
    try:
        wanted = tables.Form(worksheet=worksheet or worksheets.first(path))
        with tables.opened(path, wanted) as table, copy.open("w", encoding="utf-8", newline="") as out:
            width = len(table.header)
            first = [(1, ["" if name == f"column {n}" else name for n, name in enumerate(table.header, 1)])]
            writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(table.header)
            for number, cells in table.rows:
                if len(first) < heads.FIRST:
                    first.append((number, list(cells)))
                writer.writerow([*cells[:width], *[""] * (width - len(cells))])
    except InputError as error:
        raise InputError(
            Problem(file, each.span, each.path, each.message, each.rule) for each in error.problems
        ) from None
    db.keep_to(copy)
    return _as_csv(copy, file, table.header, ",", above=1, heading=heads.heading(first))


# CSV


def _csv(db: Db, path: Path, file: str) -> Relation:
    start = _start_of_text(path, file)
    lines = list(io.StringIO(start, newline=""))
    told = lines[0].strip() if lines else ""
    above = 1 if told.lower().startswith("sep=") and len(told) == 5 else 0
    delimiter = told[-1] if above else heads.delimiter(lines[: heads.FIRST])
    header, height = next(heads.parsed("".join(lines[above:]), delimiter), ([], 0))
    if not any(map(str.strip, header)):
        raise InputError.of("has no names of columns in its first row", file=file, rule="journey")
    names, head, folded = heads.names(header), lines[: above + height], 0
    if height > 1 and len(_line_ends("".join(head))) > 1:
        path, folded = _with_flat_header(db, path, file, head, above), height - 1
    db.keep_to(path)
    signs = delimiter if len(header) > 1 else heads.DELIMITERS  # a title has no sign by which it could be found
    rows = (
        list(enumerate((row for row, _ in heads.parsed("".join(lines[above:]), sign)), above + 1)) for sign in signs
    )
    return _as_csv(path, file, names, delimiter, above=above + 1, folded=folded, heading=max(map(heads.heading, rows)))


def below_title(scanned: Relation) -> str:
    """What to do where the names of the columns stand below the first row."""
    return f"row {scanned.heading} looks like the headings; delete the rows above it"


def _with_flat_header(db: Db, path: Path, file: str, head: Sequence[str], above: int) -> Path:
    """A copy whose header is one line: DuckDB takes the first line end of a file for its own, even one in quotes.

    Raises InputError where the file is not whole.
    """
    copy = db.folder / "flat.csv"
    try:
        _write_flat(copy, path, head, above)
    except (OSError, EOFError, zlib.error):
        raise InputError.of("cannot be read to its end; is it whole?", file=file, rule="journey") from None
    return copy


def _write_flat(copy: Path, path: Path, head: Sequence[str], above: int) -> None:
    with gzip.open(path) if _is_gzip(path) else path.open("rb") as whole, copy.open("wb") as out:
        mark = len(codecs.BOM_UTF8) if whole.read(3) == codecs.BOM_UTF8 else 0
        whole.seek(mark + len("".join(head).encode()))
        end = head[-1][len(head[-1].rstrip("\r\n")) :]
        out.write("".join([*head[:above], "header", end]).encode())
        shutil.copyfileobj(whole, out, _START)


def _as_csv(
    path: Path, file: str, names: Sequence[str], delimiter: str, *, above: int, folded: int = 0, heading: int = 1
) -> Relation:
    if len(names) > MOST_COLUMNS:
        raise InputError.of(f"has more than {MOST_COLUMNS:,} columns", file=file, rule="journey")
    sign = {"\t": "\\t", "'": "''"}.get(delimiter, delimiter)
    types = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(names)))
    packed = "gzip" if _is_gzip(path) else "none"
    scan = (
        f"read_csv({_literal(path)}, auto_detect=false, header=true, skip={above - 1}, delim='{sign}', quote='\"', "
        f"escape='\"', columns={{{types}}}, compression='{packed}', strict_mode=true, ignore_errors=true, "
        "store_rejects=true)"
    )
    columns = {name: Cell(f"c{n}") for n, name in enumerate(names)}
    return Relation(file, scan, columns, above=above, is_csv=True, folded=folded, heading=heading)


def _line_ends(text: str) -> set[str]:
    return set(re.findall(r"\r\n|\r|\n", text))


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as opened:
        return opened.read(2) == GZIP


def _start_of_text(path: Path, file: str) -> str:
    """The first million bytes as text, without the mark of UTF-8. Raises InputError, with what to save it as."""
    try:
        with gzip.open(path) if _is_gzip(path) else path.open("rb") as opened:
            raw = opened.read(_START)
    except (OSError, EOFError, zlib.error):
        raise InputError.of("cannot be unpacked; is it a whole .gz file?", file=file, rule="journey") from None
    if not raw.strip():
        raise InputError.of("the file is empty", file=file, rule="journey")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:40].count(0) > 10:
        raise InputError.of(f"is UTF-16; {SAVE_AS}", file=file, rule="journey")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(raw) == _START and error.start > len(raw) - 4:
            return raw[: error.start].decode("utf-8-sig")
        raise _not_utf8(file, raw.count(b"\n", 0, error.start) + 1) from None


def _not_utf8(file: str, line: int) -> InputError:
    return InputError([Problem(file, Span(line, 1), "", f"a byte that is not UTF-8; {SAVE_AS}", "journey")])


def check_rejected(db: Db, scanned: Relation) -> None:
    """Note rows with too many or too few cells. Raises InputError for quotes and bytes that spoil what follows."""
    if not scanned.is_csv:
        return
    scanned.rejected.clear()
    found = db.rows("SELECT DISTINCT line, CAST(error_type AS VARCHAR) FROM reject_errors ORDER BY 1, 2")
    for line, kind in found:
        if kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
            scanned.rejected.append(int(line))
        elif kind == "INVALID ENCODING":
            raise _not_utf8(scanned.file, int(line) + scanned.folded)
        else:
            message = "a quote that is opened and never closed, or text after a closing one"
            message = "a line of more than 2 million characters" if kind.startswith("LINE SIZE") else message
            raise InputError([Problem(scanned.file, Span(int(line) + scanned.folded, 1), "", message, "journey")])
    scanned.rejected[:] = sorted(set(scanned.rejected))
