"""Tables of other programs: delimiters, encodings and workbooks as they come, and maps that fit their catalog."""

from __future__ import annotations

import datetime as dt
import io
import shlex
import sys
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from gapcheck.files import many, survey_maps, tables, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.files.tables import Form
from gapcheck.problems import InputError
from tests.files.reading import refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gapcheck.core.catalog import Catalog

DAY = dt.date(2027, 1, 4)
TEXT = 'Name,Übung,"Say ""more"", please"\nAda,3,"a\nb"\n\nBen,é;4,\n'
HEADER = ("Name", "Übung", 'Say "more", please')
ROWS = [(2, ["Ada", "3", "a\nb"]), (4, ["Ben", "é;4", ""])]


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes, or a text in some encoding, and give the file."""

    def write(content: str | bytes, encoding: str = "utf-8", name: str = "f.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


def whole(path: Path, form: Form = Form()) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:  # noqa: B008 (frozen)
    with tables.opened(path, form) as table:
        return table.header, [(row, list(cells)) for row, cells in table.rows]


def workbook(*rows: list[object], name: str = "Answers") -> bytes:
    """A workbook of one worksheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised_with_and_without_a_mark(put: Callable[..., Path], encoding: str) -> None:
    assert whole(put(TEXT, encoding)) == (HEADER, ROWS)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_other_encodings_are_read_where_they_are_told_and_never_guessed(
    put: Callable[..., Path], encoding: str
) -> None:
    path = put(TEXT, encoding)
    assert whole(path, Form(encoding=encoding)) == (HEADER, ROWS)
    assert refused(lambda: whole(path)) == [
        "1:1: a byte that is not utf-8; say in the map  encoding: cp1252  (Windows) or latin-1, or save it as UTF-8"
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_map_of_an_earlier_export_does_not_garble_the_names_of_one_in_utf_8(
    put: Callable[..., Path], encoding: str
) -> None:
    """`Zo\u00eb` would be read as four letters, and be another person."""
    assert refused(lambda: whole(put(TEXT), Form(encoding=encoding))) == [
        f"is UTF-8, and the map says  encoding: {encoding};  delete that line"
    ]
    assert whole(put("Who,A\nada,1\n"), Form(encoding=encoding)) == (("Who", "A"), [(2, ["ada", "1"])])


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(put: Callable[..., Path], sign: str, end: str) -> None:
    text = end.join(sign.join(row) for row in (["Name", "A, b; c" if sign == "\t" else "Abc", "D"], ["ada", "1", "2"]))
    header, rows = whole(put(text))
    assert len(header) == 3
    assert rows == [(2, ["ada", "1", "2"])]
    told = {",": "comma", ";": "semicolon", "\t": "tab"}[sign]
    assert tables.found_form(put(text)) == (Form(delimiter=told), [f"delimiter: {told}"])


def test_a_told_delimiter_wins_and_so_does_excels_first_line(put: Callable[..., Path]) -> None:
    assert whole(put("a;b,c\n1;2,3\n"), Form(delimiter="semicolon"))[0] == ("a", "b,c")
    assert whole(put("sep=;\na;b,c,d\n1;2\n"))[0] == ("a", "b,c,d")


def test_a_form_that_is_no_utf_8_is_unsure(put: Callable[..., Path]) -> None:
    """A proposal takes the likeliest and says from which line on; nothing is imported by it until it is settled."""
    form, lines = tables.found_form(put("Name,Level\nAda,3\nZo\u00eb,4\n", "cp1252"))
    assert (form.encoding, lines[1]) == (
        "cp1252",
        "encoding: cp1252  # unsure: line 3 is not UTF-8; Windows' is the likeliest: look at the accents",
    )
    assert tables.found_form(put(TEXT, "utf-16")) == (Form(delimiter="comma"), ["delimiter: comma", "encoding: utf-16"])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"Name,Level\nZo\x8f,4\n", "2:1: a byte that is not cp1252; export it again, as UTF-8"),
        ("Name,Level\nAda,4\n".encode("utf-16")[:-1], "2:1: a byte that is not utf-16; export it again, as UTF-8"),
    ],
    ids=["of a Mac", "cut off"],
)
def test_bytes_that_no_guess_makes_letters_of_are_told_with_what_to_do(
    put: Callable[..., Path], content: bytes, fault: str
) -> None:
    assert refused(lambda: tables.found_form(put(content))) == [fault]


def test_names_of_columns_are_on_one_line_and_none_stands_twice(put: Callable[..., Path]) -> None:
    header, _ = whole(put(f'"a\n b",a b,,a b,a b (2),{"x" * 900}\n1\n'))
    assert header[:5] == ("a b", "a b (2)", "column 3", "a b (3)", "a b (2) (2)")
    assert len(header[5]) == 400


def test_the_header_may_stand_lower(put: Callable[..., Path]) -> None:
    assert whole(put("A survey\n\nName,Level\nada,1\n"), Form(header_row=3)) == (("Name", "Level"), [(4, ["ada", "1"])])


def test_control_characters_and_direction_overrides_are_replaced(put: Callable[..., Path]) -> None:
    header, rows = whole(put("Na\x1b[31mme\tLevel\n\u202eada\t1\x07\n"))
    assert header == ("Na\ufffd[31mme", "Level")
    assert rows == [(2, ["\ufffdada", "1\ufffd"])]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('a,b\n3,4\n1,"2\n3,4\n\n5,6\n', "3:1: a quote that is opened and never closed"),
        ('sep=;\na;b\n1;"2"x\n', "3:1: a quote that is opened and never closed, or text after a closing one"),
        ('a,b\n1,"2"x\n', "text after a closing one"),
        ("", "is empty; export the answers again"),
        (",\n1,2\n", "row 1 has no names of columns"),
        (b"\xd0\xcf\x11\xe0old", "is an old or a protected Excel file"),
        (b"\x1f\x8b\x08\x00", "is packed with gzip; unpack it and import what is in it"),
        ("a,b\n1,\0\n", "2:3: a zero byte, so this is no table or a damaged one; export the answers again"),
        (b"PK\x03\x04broken", "is no .xlsx file that can be read"),
        ("a,b\n" + "x" * 200_000, "a quote that is opened"),
    ],
)
def test_what_cannot_be_read_is_refused(put: Callable[..., Path], content: str | bytes, fault: str) -> None:
    (told,) = refused(lambda: whole(put(content)))
    assert fault in told


def test_a_folder_a_missing_file_and_one_too_large_are_refused(
    put: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(lambda: whole(tmp_path)) == ["is no file"]
    assert refused(lambda: whole(tmp_path / "none.csv")) == ["there is no such file"]
    large = put("a,b\n")
    with large.open("r+b") as file:
        file.truncate(tables.MOST_BYTES + 1)
    assert refused(lambda: whole(large)) == ["is larger than 100 MB; split it"]


# XLSX


def test_a_workbook_gives_texts_as_a_survey_means_them(put: Callable[..., Path]) -> None:
    day = dt.datetime(2027, 1, 4, 9, 30)  # noqa: DTZ001
    path = put(workbook(["When", "Who", "A", "B"], [day, "ada", 3, 2.5], [], [None, "=1+1 is text", True, None]))
    header, rows = whole(path)
    assert header == ("When", "Who", "A", "B")
    assert rows[0] == (2, ["2027-01-04T09:30:00", "ada", "3", "2.5"])
    assert [row for row, _ in rows] == [2, 4]
    assert rows[1][1][2] == "True"


def test_a_worksheet_is_the_first_or_the_one_named(put: Callable[..., Path]) -> None:
    path = put(workbook(["a"], ["1"], name="Antworten"), name="f.xlsx")
    assert whole(path, Form(worksheet="Antworten"))[0] == ("a",)
    assert refused(lambda: whole(path, Form(worksheet="Antwort"))) == [
        "there is no such worksheet; did you mean Antworten?"
    ]


def test_rows_keep_their_number_where_a_worksheet_begins_lower(put: Callable[..., Path]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B3"], sheet["C3"], sheet["B4"] = "Who", "A", "ada"
    content = io.BytesIO()
    book.save(content)
    assert whole(put(content.getvalue()), Form(header_row=3)) == (("column 1", "Who", "A"), [(4, ["", "ada", ""])])


def with_sheet(xml: str) -> bytes:
    """A workbook whose worksheet says just this."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return content.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="1">' + "<c><v>1</v></c>" * 900 + '</row><row r="10000"><c r="A10000"><v>1</v></c></row>',
    ],
    ids=["far corner", "no reference", "counted"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(put: Callable[..., Path], rows: str) -> None:
    """The reader would end the whole process."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    path = put(with_sheet(f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'))
    (told,) = refused(lambda: whole(path))
    assert "has more than 8,000,000 cells" in told


def test_without_the_extra_the_message_names_the_command(
    put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    path = put(workbook(["a"], ["1"]))
    (told,) = refused(lambda: whole(path))
    assert told.startswith("reading .xlsx takes a library that is not here; install it with:  ")
    assert shlex.split(told.partition("with:  ")[2]) == [sys.executable, "-m", "pip", "install", "python-calamine"]


@pytest.mark.parametrize("told", ["a PDF", "a web page", "an SPSS file"])
def test_what_is_no_table_is_told_for_what_it_is(put: Callable[..., Path], told: str) -> None:
    content = {"a PDF": "%PDF-1.7\n", "a web page": "\n<table><tr><td>Who</td></tr></table>", "an SPSS file": "$FL2@"}
    for look in (whole, tables.found_form):
        (fault,) = refused(lambda look=look: look(put(content[told])))  # type: ignore[misc]
        assert fault.startswith(f"is {told}")


def archive(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"Skills.csv": "Who,Level\n"}, "is an archive; unpack it and import what is in it: Skills.csv"),
        ({"content.xml": "<a/>"}, "is a workbook of another kind; save it as .xlsx or CSV"),
        (
            {"content.xml": "<a/>", "xl/workbook.xml": "<a/>"},
            "is a workbook of another kind; save it as .xlsx or CSV",
        ),
        ({"xl/workbook.bin": ""}, "is a workbook of another kind; save it as .xlsx or CSV"),
        ({"Index/Document.iwa": ""}, "is no .xlsx file that can be read"),
    ],
    ids=["Google Forms", "OpenDocument", "both", "binary", "Numbers"],
)
def test_what_is_packed_like_a_workbook_and_is_none_is_refused(
    put: Callable[..., Path], parts: dict[str, str], fault: str
) -> None:
    """The reader goes by the file's name, and would unpack another kind of workbook without a limit."""
    path = put(archive(**parts), name="f.ods")
    assert refused(lambda: whole(path)) == refused(lambda: tables.found_form(path)) == [fault]


def test_errors_and_formulas_without_a_result_are_not_blank(put: Callable[..., Path]) -> None:
    """Whoever writes a workbook by a program leaves the results to the program that opens it."""
    book = openpyxl.Workbook()
    cover, sheet, more = book.active, book.create_sheet("Answers"), book.create_sheet("More")
    assert cover is not None
    cover["B3"] = more["B3"] = "=9+9"
    for row in (["Who", "A", "B"], ["ada", "=1+1", "#N/A"], ["ben", "", 3], ["#DIV/0!", 0, "=A1"]):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    _, rows = whole(put(content.getvalue()), Form(worksheet="Answers"))
    assert [cells for _, cells in rows] == [["ada", "=1+1", "#N/A"], ["ben", "", "3"], ["#DIV/0!", "0", "=A1"]]


def test_a_formula_with_its_result_shows_that(put: Callable[..., Path]) -> None:
    """An empty text is one, as of `=IF(A1="", "", A1)`."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = (
        '<c r="A1" t="inlineStr"><is><t>Who</t></is></c>',
        '<c r="B1" t="str"><f>"So"&amp;"cial"</f><v>Social</v></c>',
        '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c>',
        '<c r="A3"><v>1</v></c><c r="B3"><f t="shared" si="0"/><v>4</v></c>',
    )
    rows = (f'<row r="1">{cells[0]}{cells[1]}</row>', f'<row r="2">{cells[2]}</row>', f'<row r="3">{cells[3]}</row>')
    path = put(with_sheet(f'<worksheet xmlns="{space}"><sheetData>{"".join(rows)}</sheetData></worksheet>'))
    assert whole(path) == (("Who", "Social"), [(2, ["2", ""]), (3, ["1", "4"])])


def test_cells_merged_downwards_hold_what_the_first_of_them_does(put: Callable[..., Path]) -> None:
    """A team written once for three people is theirs; a level written once for two skills is not."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (["Team", "Who", "A", "B"], ["Growth", "ada", 3, None], [None, "ben", 2, 1], ["Brand", "cleo", 1, 0])
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:D2")
    content = io.BytesIO()
    book.save(content)
    _, found = whole(put(content.getvalue()))
    assert [cells for _, cells in found] == [
        ["Growth", "ada", "3", ""],
        ["Growth", "ben", "2", "1"],
        ["Brand", "cleo", "1", "0"],
    ]


def test_cells_may_be_merged_where_the_worksheet_has_none(put: Callable[..., Path]) -> None:
    """Thousands of columns merged down to the last row would be gone through for every row."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = '<row r="3"><c r="B3"><v>1</v></c><c r="C3"><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c></row>'
    merged = "".join(f'<mergeCell ref="{block}"/>' for block in ("A1:A4", "B3:B9", "D1:D4", "XFD1:XFD1048576"))
    xml = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells></worksheet>'
    path = put(with_sheet(xml))
    assert whole(path, Form(header_row=3)) == (("column 1", "1", "2"), [(4, ["", "1", "3"])])


# where the names of columns stand


TWO_ROWS = ("Name,Paid media,,Site\n", ",Paid social,Paid search,Landing pages\n", "Ada Example,3,4,1\n")
QUALTRICS = (
    "StartDate,Q1_1,Q1_2\n",
    "Start Date,How good? - Paid social,How good? - Landing pages\n",
    '"{""ImportId"":""startDate""}","{""ImportId"":""QID1_1""}","{""ImportId"":""QID1_2""}"\n',
    "2027-01-04 10:00:00,3,4\n",
)


@pytest.mark.parametrize(
    ("lines", "row", "names", "number"),
    [
        (("Survey of skills\n", "\n", "Name,Paid social,Video\n", "Ada Example,3,4\n"), 3, "Name|Paid social|Video", 4),
        (TWO_ROWS, 2, "Name|Paid social|Paid search|Landing pages", 3),
        (QUALTRICS, 2, "Start Date|How good? - Paid social|How good? - Landing pages", 4),
    ],
    ids=["a title", "two rows", "Qualtrics"],
)
def test_names_of_columns_are_looked_for_below_the_first_row_and_said_to_be_unsure(
    put: Callable[..., Path], lines: tuple[str, ...], row: int, names: str, number: int
) -> None:
    path = put("".join(lines))
    form, told = tables.found_form(path)
    assert told[-1] == f"header_row: {row}  # unsure: row 1 does not seem to name the columns; does row {row}?"
    header, rows = whole(path, form)
    assert header == tuple(names.split("|"))
    assert [n for n, _ in rows] == [number]


@pytest.mark.parametrize(
    "lines",
    [
        "Name,Paid social,\nAda Example,,a remark\n",
        ",Paid social,Video\n1,3,4\n2,3,1\n",
        "Paid social\n3\n4\n",
        "Name,Paid social,Video,Comment\nAda Example,3,4,\nBen Example,1,2,\n",
        "Name,,,\n,3,4,1\nAda Example,3,4,1\n",
        "Name,Paid social,Video,,\nAda Example,Agree,Agree,a remark,more\nBen Example,,,,\n",
        "Name,Video,\n,,why\nAda Example,Agree,so\n",
    ],
)
def test_plain_tables_have_their_names_in_the_first_row(put: Callable[..., Path], lines: str) -> None:
    assert tables.found_form(put(lines))[0].header_row == 1


def test_of_several_worksheets_the_largest_is_proposed_and_the_others_are_told(put: Callable[..., Path]) -> None:
    book = openpyxl.Workbook()
    cover, answers, hidden = book.active, book.create_sheet("Answers"), book.create_sheet("Codes")
    assert cover is not None
    cover.title, hidden.sheet_state = "About", "hidden"
    cover.append(["A survey of skills"])
    for row in (["Name", "Video"], ["Ada Example", 3], ["Ben Example", 4]):
        answers.append(row)
    for code in range(9):
        hidden.append([code, code, code])
    content = io.BytesIO()
    book.save(content)
    form, lines = tables.found_form(put(content.getvalue()))
    assert (form.worksheet, lines) == (
        "Answers",
        ['worksheet: "Answers"  # unsure: the largest; the others are: About'],
    )


# maps


MAP = "gapcheck: map/1\nperson: Who\ndate: {default: 2027-01-04}\n"


def map_faults(put: Callable[..., Path], shop: Catalog, text: str) -> list[str]:
    return refused(lambda: survey_maps.load_map(put(text, name="MAP.yaml"), shop, DAY))


def test_a_map_is_read_with_its_defaults(put: Callable[..., Path], shop: Catalog) -> None:
    survey = survey_maps.load_map(put(MAP + 'skills: {"How good?": paid-social}\n'), shop, DAY)
    assert survey.skills == {"How good?": "paid-social"}
    assert (survey.header_row, survey.repeated, survey.date.order) == (1, "refuse", "year-first")


def test_every_fault_of_a_map_has_its_place(put: Callable[..., Path], shop: Catalog) -> None:
    told = map_faults(
        put,
        shop,
        MAP + "role: {default: manger}\nscales:\n"
        "  a: {words: {Good: 3}, columns: [X, Z]}\n  b: {words: {Bad: 1}, columns: [X]}\n"
        "skills: {X: paid-socal, Y: copywriting, W: copywriting}\n",
    )
    assert [fault.partition(": ")[0] for fault in told] == ["4:8", "6:38", "7:34", "8:10", "8:25", "8:41"]
    assert "unknown role; did you mean manager?" in told[0]
    assert "unknown skill; did you mean paid-social?" in told[3]
    assert "another column is this skill too" in told[4]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("person: Who\ndate: {order: day-first}\nskills: {}\n", "must name a column, or the default day"),
        ("person: row\ndate: {default: 2027-01-04}\nlong: {skill: S, level: L}\nskills: {}\n", "whose it is"),
        (MAP[16:] + "scales: {a: {words: {A: 1}}, b: {words: {B: 1}}}\nskills: {}\n", "only one scale can hold"),
        (MAP[16:] + "scales: {a: {words: {A: 6}}}\nskills: {}\n", "must be a level from 0 to 5, n/a or unknown"),
        (MAP[16:] + "scales: {a: {words: {A: }}}\nskills: {}\n", "must be a level from 0 to 5, n/a or unknown"),
        (MAP[16:] + "skills: {}\nencoding: utf-7\n", "must be utf-8, utf-16, cp1252 or latin-1"),
    ],
)
def test_what_a_map_must_not_say(put: Callable[..., Path], shop: Catalog, text: str, fault: str) -> None:
    (told,) = map_faults(put, shop, f"gapcheck: map/1\n{text}")
    assert fault in told


def test_a_line_that_is_still_unsure_is_a_fault_unless_it_stands_in_quotes(
    put: Callable[..., Path], shop: Catalog
) -> None:
    text = MAP + 'skills:\n  "a # unsure: b": paid-social\n  "c": copywriting  # unsure: 80 % like\n  # unsure: "d":\n'
    assert map_faults(put, shop, text) == [
        f"{line}:1: still marked as unsure; settle it and delete the mark" for line in (6, 7)
    ]


def test_columns_that_the_table_lacks_are_told_with_what_was_meant(put: Callable[..., Path], shop: Catalog) -> None:
    survey = survey_maps.load_map(put(MAP + "skills: {Socail: paid-social, Copy: copywriting}\n"), shop, DAY)
    with tables.opened(put("Who,Social,Copy\n", name="g.csv"), Form()) as table:
        told = refused(lambda: survey_maps.check_columns(table, survey, "MAP.yaml"))
    assert told == ["skills.Socail: the table has no such column; did you mean Social?"]


# many files


def test_many_files_are_written_whole_and_links_are_replaced(tmp_path: Path) -> None:
    folder, other = tmp_path / "new" / "sheets", tmp_path / "other"
    other.write_bytes(b"mine")
    folder.mkdir(parents=True)
    (folder / "b.yaml").symlink_to(other)
    assert many.write_all(folder, [("a.yaml", b"1"), ("b.yaml", b"2")]) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.yaml": b"1", "b.yaml": b"2"}
    assert other.read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="1 problem"):
        many.write_all(tmp_path / "file", [("a.yaml", b"1")])


def test_the_example_of_every_key_fits_the_kind(shop: Catalog) -> None:
    text = (
        "delimiter: tab\nencoding: utf-16\nworksheet: Answers\nheader_row: 2\nperson: Who\n"
        "people: {Ada Example: ada}\nrepeated: latest\ndate: {column: When, order: day-first, default: 2027-01-04}\n"
        "role: {column: Job, values: {Boss: manager}, default: manager}\ngroup: {column: Team}\n"
        "long: {skill: Skill, level: Level, interest: Wish}\n"
        "scales: {s: {words: {Good: 3, Skip: n/a, None: unknown}}}\n"
        "not_applicable: [Skip]\nunknown: [None]\nskills: {Social: paid-social}\n"
        "interest: {columns: {Wish: paid-social}, yes: [Ja], no: [Nein]}\nignore: [Comment]\n"
    )
    from gapcheck.core.survey.model import SurveyMap

    survey = read_as(yamldoc.parse(f"gapcheck: map/1\n{text}".encode(), "f"), "map", SurveyMap)
    assert survey.scales["s"].words == {"Good": 3, "Skip": "n/a", "None": "unknown"}
