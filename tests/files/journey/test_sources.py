"""Files as they come: what is read, what is refused and how that is told, and that nothing else is touched."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pytest

from gapcheck.core.journey.map import Column, EventLog, JourneyMap
from gapcheck.files.journey import engine, fill, propose, reading
from tests.files.journey.conftest import STEPS, ReadFigures, ReadLog, written
from tests.files.reading import refused

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import LogCounts

PLAIN = "who,what,when\nada,view,2027-01-04 10:00\nada,cart,2027-01-04 10:30\nben,view,2027-01-04 11:00\n"
FOLLOWED = (
    "each person is one journey; who reached a step in the last 14 days before 2027-01-04 is left out of its rate, "
    "not having been followed long enough"
)
NOT_UTF8 = "a byte that is not UTF-8; save it as UTF-8 (in Excel: CSV UTF-8)"
QUOTE = "a quote that is opened and never closed, or text after a closing one"
WHEN = [dt.datetime(2027, 1, 4, 10), dt.datetime(2027, 1, 4, 10, 30), dt.datetime(2027, 1, 4, 11)]  # noqa: DTZ001


ROWS = [["who", "what", "when"], ["ada", "view", WHEN[0]], ["ada", "cart", WHEN[1]], ["ben", "view", WHEN[2]]]


def workbook(*sheets: str, hidden: str = "") -> bytes:
    """The log in worksheets of these names; those that begin with `no ` have two cells instead."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in sheets or ("Sheet",):
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in [["A made-up shop"], ["2027"]] if name.startswith("no ") else ROWS:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def parquet(folder: Path, who: str = "who", when: str = '"when"') -> bytes:
    """The same log, its columns by SQL."""
    columns = "{'who': 'VARCHAR', 'what': 'VARCHAR', 'when': 'TIMESTAMP'}"
    source, target = written(folder, "source", PLAIN), folder / "target"
    scan = f"SELECT {who} AS who, what, {when} AS \"when\" FROM read_csv('{source}', columns={columns})"  # noqa: S608
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone='UTC'")
        connection.execute(f"COPY ({scan}) TO '{target}' (FORMAT parquet)")
    return target.read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", PLAIN),
        ("semicolons.csv", PLAIN.replace(",", ";")),
        ("tabs.tsv", PLAIN.replace(",", "\t")),
        ("marked.csv", "\ufeff" + PLAIN),
        ("windows.csv", PLAIN.replace("\n", "\r\n")),
        ("told.csv", "sep=;\n" + PLAIN.replace(",", ";")),
        ("quoted.csv", PLAIN.replace("ada", '"ada"')),
        ("unended.csv", PLAIN.strip()),
        ("blank.csv", PLAIN.replace("\nben", "\n\nben")),
        ("packed.csv.gz", gzip.compress(PLAIN.encode(), mtime=0)),
        ("whatever it says.bin", gzip.compress(PLAIN.encode(), mtime=0)),
        ("book.xlsx", workbook()),
        ("wrapped.csv", '"who"," what\n",when\n'.join(["", PLAIN.partition("\n")[2]]).replace("\n", "\r\n")),
        ("it's [1] a {pattern}?*.csv", PLAIN),
    ],
)
def test_a_log_is_the_same_however_it_is_written(read_log: ReadLog, name: str, content: str | bytes) -> None:
    assert read_log(content, name=name)[0] == read_log(PLAIN)[0]


@pytest.mark.parametrize(
    ("who", "when"),
    [("who", '"when"'), ("who", '"when"::TIMESTAMPTZ'), ("who", '"when"::TIMESTAMP_MS'),
     ("CASE who WHEN 'ada' THEN 1 ELSE 2 END", '"when"'), ("who", "strftime(\"when\", '%Y-%m-%d %H:%M')")],
)  # fmt: skip
def test_a_log_is_the_same_in_parquet_whatever_the_types(
    tmp_path: Path, read_log: ReadLog, who: str, when: str
) -> None:
    assert read_log(parquet(tmp_path, who, when), name="log.parquet")[0] == read_log(PLAIN)[0]


def test_numbers_are_no_times(tmp_path: Path, read_log: ReadLog) -> None:
    told = refused(lambda: read_log(parquet(tmp_path, when='epoch("when")'), name="log.parquet"))
    assert told == ['column "when": holds numbers, not times; write times like 2027-01-04 10:15']


@pytest.mark.parametrize("kind", ["INTEGER", "BIGINT"])
def test_whole_numbers_are_days_where_they_can_be_and_are_told_where_they_count_from_1970(
    tmp_path: Path, read_log: ReadLog, kind: str
) -> None:
    days = f"CAST(strftime(\"when\", '%Y%m%d') AS {kind})"
    assert read_log(parquet(tmp_path, when=days), name="log.parquet")[0].first == dt.date(2027, 1, 4)
    seconds = f'CAST(epoch("when") AS {kind})'
    assert refused(lambda: read_log(parquet(tmp_path, when=seconds), name="log.parquet")) == [
        'column "when": seconds since 1970 are not read; write times like 2027-01-04 10:15 (row 1)'
    ]
    told = refused(lambda: read_log(parquet(tmp_path, when=f'CAST(day("when") AS {kind})'), name="log.parquet"))
    assert told == ['column "when": holds numbers, not times; write times like 2027-01-04 10:15']


def test_eight_digits_in_a_workbook_are_days(read_log: ReadLog) -> None:
    book = openpyxl.Workbook()
    for row in (["who", "what", "when"], ["ada", "view", 20270104], ["ben", "view", "20270105"]):
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    counts, _ = read_log(content.getvalue(), name="book.xlsx")
    assert (counts.first, counts.last) == (dt.date(2027, 1, 4), dt.date(2027, 1, 5))


TITLE = "A made-up report\n" + '"June, as it was"\n\n'
HEADINGS = "row 4 looks like the headings; delete the rows above it"


@pytest.mark.parametrize(
    "content", [TITLE + PLAIN, TITLE.replace("\n", ",,\n") + PLAIN, TITLE + PLAIN.replace(",", ";")]
)
def test_headings_below_a_title_are_told(tmp_path: Path, catalog: Catalog, content: str) -> None:
    told = refused_map(tmp_path, content, name="log.csv")
    assert (told[-1], len(told)) == (HEADINGS, 4)
    assert refused(lambda: propose.propose(tmp_path / "log.csv", catalog, tmp_path)) == [HEADINGS]


def test_headings_below_a_title_of_a_worksheet_are_told(tmp_path: Path, catalog: Catalog) -> None:
    book = openpyxl.Workbook()
    rows: list[Any] = [["A made-up report"], [], *ROWS]
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    assert refused_map(tmp_path, content.getvalue())[-1] == HEADINGS.replace("4", "3")
    assert refused(lambda: propose.propose(tmp_path / "book.xlsx", catalog)) == [HEADINGS.replace("4", "3")]


HOSTILE = 'who;"it\n' + "x" * 140_000 + "\n"
"""Parted by semicolons, its first cell is longer than any that is read."""


@pytest.mark.parametrize(
    "content", [PLAIN, PLAIN.replace(",what,when", ",,"), "who\nada,view,2027-01-04\n", "who\nx\n", HOSTILE]
)
def test_other_first_rows_are_the_headings(tmp_path: Path, content: str) -> None:
    assert not any("headings" in each for each in refused_map(tmp_path, content, name="log.csv", who="whom"))


def test_a_name_that_is_a_pattern_means_that_one_file(tmp_path: Path, read_log: ReadLog) -> None:
    written(tmp_path, "log1.csv", PLAIN + "cleo,view,2027-01-05\n")
    assert read_log(PLAIN, name="log[1].csv")[0].people == 2


@pytest.mark.parametrize("name", ["http:/example.org/log.csv", "s3:/bucket/log.csv", "file:/log.csv"])
def test_a_name_that_looks_like_an_address_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(PLAIN, encoding="utf-8")
    log = EventLog(file=name, who="who", when="when", what="what", steps=STEPS)
    assert reading.read(JourneyMap(events={"shop": log}), Path()).logs["shop"].people == 2


def test_a_symbolic_link_is_followed(tmp_path: Path, read_log: ReadLog) -> None:
    written(tmp_path, "real.csv", PLAIN)
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    log = EventLog(file="link.csv", who="who", when="when", what="what", steps=STEPS)
    assert reading.read(JourneyMap(events={"shop": log}), tmp_path).logs["shop"].people == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"who,what,when\n", "has a header and no rows"),
        (PLAIN.encode("utf-16"), "is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)"),
        (PLAIN.replace("ben", "bén").encode("cp1252"), f"4:1: {NOT_UTF8}"),
        ((PLAIN + "x,y,z\n" * 200_000 + "bén,view,2027-01-04\n").encode("cp1252"),
         f"200005:1: {NOT_UTF8}"),
        (PLAIN + '"cleo,view,2027-01-04\n' + PLAIN, f"5:1: {QUOTE}"),
        (PLAIN + '"cleo"x,view,2027-01-04\n', f"5:1: {QUOTE}"),
        (gzip.compress(PLAIN.encode() * 9999, mtime=0)[:300], "cannot be unpacked; is it a whole .gz file?"),
        (b"PAR1 and no more", "is no Parquet file that can be read"),
        (b"PK\x03\x04 and no more", "is no .xlsx file that can be read"),
        (b"\xd0\xcf\x11\xe0", "is an old or a protected Excel file; save it as .xlsx or CSV"),
        (",,\n1,2,3\n", "has no names of columns in its first row"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_plain_words(read_log: ReadLog, content: str | bytes, message: str) -> None:
    assert refused(lambda: read_log(content)) == [message]


def test_line_ends_of_two_kinds_are_refused(read_log: ReadLog) -> None:
    (told,) = refused(lambda: read_log(PLAIN.replace("\nben", "\r\nben")))
    assert told == "has line ends of two kinds, or quotes that do not match; save it anew as CSV"


WRAPPED = (
    b'"who\nis\nit",what,"when"\r\nada,view,2027-01-04\r\nada,"vi\new",2027-01-04\r\nben,view\r\n,view,2027-01-04\r\n'
)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("told", [b"", b"sep=,\r\n"])
@pytest.mark.parametrize("ends", [(b"\r\n", b"\n"), (b"\n", b"\r\n")])
def test_names_of_columns_may_be_wrapped(
    read_log: ReadLog, packed: bool, mark: bytes, told: bytes, ends: tuple[bytes, bytes]
) -> None:
    """As Excel writes them: rows end with CR LF, lines within a cell with LF. Rows are still those of a spreadsheet."""
    content = (mark + told + WRAPPED).replace(b"\r\n", b"\0").replace(b"\n", ends[1]).replace(b"\0", ends[0])
    counts, account = read_log(gzip.compress(content, mtime=0) if packed else content, who="who is it")
    assert (counts.people, account.rows) == (1, 4)
    row = 2 if told else 1
    assert account.left_out == {
        'nothing in column "who is it"': (1, row + 4),
        "an event that the map does not name": (1, row + 2),
        "too many or too few cells": (1, row + 3),
    }


def test_below_a_wrapped_name_faults_have_the_line_of_the_file(read_log: ReadLog) -> None:
    text = b'"who\nis\nit",what,when\r\n' + b"ada,view,2027-01-04\r\n" * 60_000
    assert refused(lambda: read_log(text + b'"ben"x,view,2027-01-04\r\n', who="who is it")) == [f"60004:1: {QUOTE}"]
    assert refused(lambda: read_log(text + b"b\xe9n,view,2027-01-04\r\n", who="who is it")) == [f"60004:1: {NOT_UTF8}"]


def test_a_packed_file_with_wrapped_names_that_is_cut_short_is_told(read_log: ReadLog) -> None:
    rows = b"".join(b"p%d,view,2027-01-04\r\n" % n for n in range(99_999))
    packed = gzip.compress(b'"who\nis it",what,when\r\n' + rows, mtime=0)
    assert refused(lambda: read_log(packed[:-99], who="who is it")) == ["cannot be read to its end; is it whole?"]


def refused_map(
    folder: Path, content: str | bytes, said: str = "", name: str = "book.xlsx", who: str = "who"
) -> list[str]:
    """What is said of a file whose map has these further lines."""
    written(folder, name, content)
    text = f"gapcheck: journey/1\nevents:\n  shop:\n    file: {name}\n    who: {who}\n"
    written(folder, "map.yaml", text + (f"    worksheet: {said}\n" if said else ""))
    log = EventLog(file=name, worksheet=said or None, who=who, when="when", what="what", steps=STEPS)
    return refused(lambda: reading.read(JourneyMap(events={"shop": log}), folder))


def test_a_worksheet_is_the_one_that_the_map_names(read_log: ReadLog, read_figures: ReadFigures) -> None:
    counts, account = read_log(workbook("no cover", "The  log"), name="book.xlsx", worksheet="The log")
    assert (counts, account.remarks) == (read_log(PLAIN)[0], ('"buy" never occurs', FOLLOWED))
    (told,) = refused(lambda: read_figures(workbook("no cover", "Log"), "book.xlsx", worksheet="Log", when="when",
                                           metrics={"click-rate": Column(value="who")}))  # fmt: skip
    assert told.startswith("no figure in 3 rows")


def test_an_unknown_worksheet_is_told_where_the_map_names_it(tmp_path: Path) -> None:
    assert refused_map(tmp_path, workbook("Log", "Leads"), "Lead") == [
        '6:5: events.shop.worksheet: book.xlsx has no worksheet "Lead"; did you mean Leads?; it has: "Log", "Leads"'
    ]


def test_a_worksheet_of_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    assert refused_map(tmp_path, PLAIN, "Log", name="log.csv") == [
        "6:5: events.shop.worksheet: log.csv is no workbook; leave this out"
    ]
    assert refused_map(tmp_path, b"PK\x03\x04 and no more", "Log") == ["is no .xlsx file that can be read"]


SEVERAL = (
    'worksheet "Log" was read, the first; there are "More", "Yet more" too: say in the map which is meant, '
    'as in  worksheet: "Log"'
)


def test_where_several_worksheets_may_be_meant_it_is_said_which_was_read(tmp_path: Path, read_log: ReadLog) -> None:
    several = workbook("Log", "no notes", "Secret", "More", "Yet more", hidden="Secret")
    assert read_log(several, name="book.xlsx")[1].remarks == (SEVERAL, '"buy" never occurs', FOLLOWED)
    assert read_log(workbook("Log", "no notes"), name="book.xlsx")[1].remarks == ('"buy" never occurs', FOLLOWED)
    assert refused_map(tmp_path, several, who="whom") == [
        f"4:5: events.shop.file: {SEVERAL}",
        '5:5: events.shop.who: book.xlsx has no column "whom"; did you mean who?; it has: who, what, when',
    ]


@pytest.mark.parametrize(("first", "hidden"), [("no cover", ""), ("Log", "Log")])
def test_a_first_worksheet_that_is_no_table_is_refused(tmp_path: Path, first: str, hidden: str) -> None:
    assert refused_map(tmp_path, workbook(first, "Data", hidden=hidden)) == [
        f'4:5: events.shop.file: the first worksheet, "{first}", is hidden or no table; '
        'say in the map which to read, as in  worksheet: "Data"'
    ]


def test_a_proposal_names_the_worksheet_where_it_is_not_the_first(tmp_path: Path, catalog: Catalog) -> None:
    text = propose.propose(written(tmp_path, "book.xlsx", workbook("no cover", "Data", "More")), catalog, tmp_path)
    assert text.splitlines()[4:7] == [
        '    file: "book.xlsx"',
        '    worksheet: "Data"  # unsure: the first with events or figures in it; the others are: no cover, More',
        '    who: "who"',
    ]
    assert "worksheet" not in propose.propose(written(tmp_path, "book.xlsx", workbook("Data", "no notes")), catalog)
    assert "worksheet" not in propose.propose(written(tmp_path, "log.csv", PLAIN), catalog)


def test_a_proposal_is_of_the_first_worksheet_with_events_or_figures(tmp_path: Path, catalog: Catalog) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook("Cover", "Data", "no notes")))
    for row in book["Cover"].iter_rows():
        for cell in row:
            cell.value = "made-up"
    path = tmp_path / "book.xlsx"
    book.save(path)
    text = propose.propose(path, catalog, tmp_path)
    assert (
        '    worksheet: "Data"  # unsure: the first with events or figures in it; the others are: Cover, no n' in text
    )
    book["Data"].delete_cols(3)
    book.save(path)
    cover, data, rest = refused(lambda: propose.propose(path, catalog, tmp_path))
    assert cover.startswith('worksheet "Cover": has neither events nor figures: no column has dates')
    assert data.startswith('worksheet "Data": has neither events nor figures: no column has dates')
    assert rest == 'hidden or no tables: "no notes"'


def test_every_column_that_is_missing_is_told_where_the_map_names_it(tmp_path: Path) -> None:
    written(tmp_path, "log.csv", PLAIN)
    written(
        tmp_path,
        "map.yaml",
        "gapcheck: journey/1\nevents:\n  shop:\n    file: log.csv\n    who: Who\n    value: amount\n",
    )
    log = EventLog(file="log.csv", who="Who", when="when", what="what", value="amount", steps=STEPS)
    assert refused(lambda: reading.read(JourneyMap(events={"shop": log}), tmp_path)) == [
        '5:5: events.shop.who: log.csv has no column "Who"; did you mean who?; it has: who, what, when',
        '6:5: events.shop.value: log.csv has no column "amount"; it has: who, what, when',
    ]


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, "one.csv", "")
    log = EventLog(file="one.csv", who="who", when="when", what="what", steps=STEPS)
    gone = EventLog(file="two.csv", who="who", when="when", what="what", steps=STEPS)
    told = refused(lambda: reading.read(JourneyMap(events={"one": log, "two": gone}), tmp_path))
    assert told == ["the file is empty", "there is no such file"]


def test_what_is_left_out_is_accounted_for_row_by_row(read_log: ReadLog) -> None:
    text = (
        "who,what,when,visit\n"
        "ada,view,2027-01-04,1\n"
        ",view,2027-01-04,1\n"  # 3
        "ada,view,2027-01-04,1\n"  # 4, the same as 2
        "ada,scroll,2027-01-04,1\n"  # 5
        "ada,view,2027-01-04\n"  # 6, a cell short
        "ada,,2027-01-04,1\n"  # 7
        "ada,view,,1\n"  # 8
        "ada,view,later,1\n"  # 9
        "ada,view,2027-01-05,\n"  # 10
        "ada,cart,2027-01-04,1,more\n"  # 11
        "ada,cart,2028-01-04,1\n"  # 12
        "ada,scroll,2027-01-04,1\n"  # 13
    )
    counts, account = read_log(text, session="visit", until=dt.date(2027, 12, 31))
    assert (counts.events, account.rows) == (1, 12)
    assert account.left_out == {
        'nothing in column "who"': (1, 3),
        'no time in "when"': (1, 8),
        'a time that cannot be read in "when"': (1, 9),
        'nothing in column "visit"': (1, 10),
        'nothing in column "what"': (1, 7),
        "an event that the map does not name": (2, 5),
        "dated after 2027-12-31": (1, 12),
        "the same as an earlier row in every column": (1, 4),
        "too many or too few cells": (2, 6),
    }
    assert account.remarks == (
        'events that the map does not name: "scroll" (2)',
        '"cart" never occurs',
        '"buy" never occurs',
    )


def test_a_file_without_any_step_is_refused_with_what_it_has(read_log: ReadLog) -> None:
    assert refused(lambda: read_log("who,what,when\nada,View,2027-01-04\n,view,2027-01-04\n")) == [
        'no event of a step in 2 rows: 1 with nothing in column "who"; 1 with an event that the map does not name; '
        '"what" has "View", "view"'
    ]


def test_columns_without_a_name_or_with_one_twice_can_be_named(read_log: ReadLog) -> None:
    text = "who,,who,when\nada,view,x,2027-01-04\n"
    assert read_log(text, what="column 2")[0].people == 1
    assert read_log(text, who="who (2)", what="column 2")[0].people == 1


def test_values_are_numbers_of_any_kind_and_the_sum_is_exact(read_log: ReadLog) -> None:
    text = "who,what,when,value\n" + "".join(f"p{n},buy,2027-01-04,{value}\n" for n, value in enumerate(
        ["0.1", "€ 0.2", '"1,000.00"', "n/a", "(0.3)", "twelve"]))  # fmt: skip
    counts, account = read_log(text, value="value")
    assert counts.value_of_one == 250.0
    assert (counts.use.value[""].first, counts.use.value[""].later) == (1000.0, 0.0)
    assert account.remarks[-2] == 'column "value": 1 value is no number and counts as none'


def test_the_other_decimal_mark_is_an_error_that_says_what_to_write(read_log: ReadLog) -> None:
    text = "who;what;when;value\nada;buy;2027-01-04;12,50\nben;buy;2027-01-04;12\n"
    assert refused(lambda: read_log(text, value="value")) == [
        'column "value": these numbers have a decimal comma; say in the map  decimal: "," (row 2)'
    ]
    assert read_log(text, value="value", decimal=",")[0].value_of_one == 12.25


@pytest.mark.parametrize(
    ("row", "people"),
    [
        ("cleo,buy,2027-01-05T10:00,1.5,x", 3),
        ("cleo,buy,2027-01-05 10:00:00,1.5,new", 3),
        ("cleo,new,2027-01-05 10:00:00,1.5,x", 2),
        ("cleo,buy,2027-01-05 10:00:00,n/a,x", 3),
        ("cleo,buy,2027-01-05 10:00:00+01:00,1.5,x", 3),
        ("cleo,buy,epoch,1.5,x", 2),
        ("cleo,buy,,1.5,x", 2),
        ("cleo,,2027-01-05 10:00:00,1.5,x", 2),
        ("cleo,buy,2027-01-05 10:00:00,1.5,", 3),
    ],
)
def test_what_the_first_rows_did_not_show_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch, read_log: ReadLog, row: str, people: int
) -> None:
    head = "who,what,when,value,kind\n"
    rows = [f"{who},{what},2027-01-04 1{n}:00:00,{n}.5,x\n" for n, (who, what) in enumerate(
        [("ada", "view"), ("ada", "cart"), ("ben", "view"), ("ben", "buy")])]  # fmt: skip
    text = head + "".join(rows) + row + "\n"
    said: dict[str, Any] = {"value": "value", "segments": ("kind",)}
    whole = read_log(text, **said)
    monkeypatch.setattr(fill, "FIRST", 3)
    assert read_log(text, **said) == whole
    assert whole[0].people == people


@pytest.mark.parametrize("row", ["cleo,buy,13/04/2027,1.5,x", 'cleo,buy,2027-01-05,"1,5",x'])
def test_what_contradicts_the_map_is_found_wherever_it_is(
    monkeypatch: pytest.MonkeyPatch, read_log: ReadLog, row: str
) -> None:
    monkeypatch.setattr(fill, "FIRST", 2)
    text = "who,what,when,value,kind\n" + "ada,view,2027-01-04 10:00:00,1.5,x\n" * 4 + row + "\n"
    (told,) = refused(lambda: read_log(text, value="value", segments=("kind",)))
    assert told.startswith(('column "when": these dates have the day first', 'column "value": some numbers have'))


def test_an_event_with_control_characters_is_the_maps_that_was_cleaned(read_log: ReadLog) -> None:
    steps = (*STEPS[:2], replace(STEPS[2], event="buy \ufffdit"))
    counts, account = read_log(PLAIN + 'ada,"buy\n \x07it",2027-01-04 11:00\n', steps=steps)
    assert (counts.events, account.left_out) == (4, {})
    assert account.remarks == (FOLLOWED,)


def test_dates_of_a_list_that_are_too_late_are_counted(read_log: ReadLog) -> None:
    text = "who,asked,signed\nada,2027-01-04,2027-01-05\nben,2027-01-04,2027-03-01\ncleo,2027-01-04,2027-03-02\n"
    steps = (replace(STEPS[0], event="asked"), replace(STEPS[2], event="signed"))
    counts, account = read_log(
        text, at={"asked": "asked", "signed": "signed"}, steps=steps, until=dt.date(2027, 2, 1), within_days=1
    )
    assert counts.events == 4
    assert account.left_out == {'a date after 2027-02-01 in "signed"': (2, 3)}
    assert "in the last 1 day before" in account.remarks[-1]


def test_a_library_that_is_there_and_cannot_be_loaded_is_told(
    monkeypatch: pytest.MonkeyPatch, read_log: ReadLog
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    (told,) = refused(lambda: read_log(PLAIN))
    assert told.startswith("DuckDB is here, but cannot be loaded; install it anew with: ")
    assert told.endswith("-m pip install --force-reinstall duckdb")


def test_sources_have_a_digest_of_their_content(tmp_path: Path, read_log: ReadLog) -> None:
    _, account = read_log(PLAIN)
    log = EventLog(file="log.csv", who="who", when="when", what="what", steps=STEPS)
    (source,) = reading.sources(reading.read(JourneyMap(events={"shop": log}), tmp_path), tmp_path)
    assert (source.file, source.rows, source.left_out) == ("log.csv", account.rows, 0)
    assert (len(source.digest), source.digest) == (12, "476c9b9027fc")


def test_the_database_reads_nothing_but_its_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_log: ReadLog
) -> None:
    home = tmp_path / "temporary"
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    held: list[engine.Db] = []
    keep_to = engine.Db.keep_to

    def kept(db: engine.Db, path: Path) -> None:
        keep_to(db, path)
        held.append(db)
        assert [each.stat().st_mode & 0o777 for each in home.iterdir()] == [0o700]
        other = str(written(tmp_path, "other.csv", PLAIN))
        for sql in (f"FROM read_csv('{other}')", "SET enable_external_access=true", "INSTALL httpfs",
                    "SET memory_limit='9GB'", f"COPY (SELECT 1) TO '{tmp_path}/out.csv'"):  # fmt: skip
            with pytest.raises(Exception, match=r"disabled|locked|annot"):
                db.rows(sql)

    monkeypatch.setattr(engine.Db, "keep_to", kept)
    counts: LogCounts = read_log(PLAIN)[0]
    assert (counts.people, len(held), list(home.iterdir())) == (2, 1, [])
