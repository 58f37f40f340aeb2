"""The team's matrix as CSV and XLSX: the same figures in both, and no name that a spreadsheet obeys."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from gapcheck.core.answers import Sheet
from gapcheck.core.catalog import Catalog, Contents, Role, Skill, Stage
from gapcheck.core.people import People, Person
from gapcheck.core.team import Member, Team, row_of
from gapcheck.reporters.matrix import matrix_csv, matrix_xlsx
from tests.reporters.hostile import NAMES

if TYPE_CHECKING:
    from gapcheck.core.answers import Rating
    from gapcheck.core.policy import Policy

DAY = dt.date(2027, 1, 4)
ANSWERS: dict[str, dict[str, Rating]] = {
    "ada": {"a": 4, "b": 3, "c": "n/a"},
    "ben": {"a": 0, "b": "unknown"},
    "cleo": {"a": 5, "b": 2, "c": 1},
}
EXPECTED: list[list[Any]] = [
    ["stage", "One", "One", "Two"],
    ["person", "A", "B", "C"],
    ["ada", 4, 3, "n/a"],
    ["ben", 0, "unknown", ""],
    ["cleo", 5, 2, 1],
    ["holds (3 or more)", 2, 1, 0],
    ["carries (4 or more)", 2, 0, 0],
]


def team_of(policy: Policy, answers: dict[str, dict[str, Rating]], names: dict[str, str], called: str = "") -> Team:
    """People with these answers, under three skills in two stages; everything is `called` so where that is given."""
    one = {"a": Skill(name=called or "A", importance=3), "b": Skill(name=called or "B", importance=3)}
    two = {"c": Skill(name=called or "C", importance=3)}
    stages = {"one": Stage(name=called or "One", skills=one), "two": Stage(name=called or "Two", skills=two)}
    role = Role(name="Role")
    catalog = Catalog(Contents(name="small", version="1", stages=tuple(stages)), stages, {"role": role}, "0" * 12)
    people = People(people={key: Person(name=name) for key, name in names.items()})
    sheets = {key: Sheet(person=key, date=DAY, levels=levels) for key, levels in answers.items()}
    sheets = {key: replace(s, settled={"a": 4} if key == "cleo" and not called else {}) for key, s in sheets.items()}
    members = tuple(Member(key, "role", {}, row_of(sheet, catalog.skills), DAY) for key, sheet in sheets.items())
    return Team(catalog, policy, people, {"role": role}, members)


@pytest.fixture
def team(policy: Policy) -> Team:
    answers = {**ANSWERS}
    return team_of(policy, answers, {"ada": "Ada Example"})


def read_csv(text: str) -> list[list[Any]]:
    return [
        [int(cell) if cell.isdecimal() else cell for cell in row] for row in csv.reader(io.StringIO(text, newline=""))
    ]


def loaded(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def settled(rows: list[list[Any]]) -> list[list[Any]]:
    """What is expected where a check has settled one claim of 5 at 4."""
    return [[4 if (row[0], n) == ("cleo", 1) else cell for n, cell in enumerate(row)] for row in rows]


def test_the_csv_holds_settled_levels_by_stage_and_what_is_held_and_carried(team: Team) -> None:
    assert read_csv(matrix_csv(team, names=False)) == settled(EXPECTED)


def test_names_stand_in_a_column_of_their_own_where_they_are_asked_for(team: Team) -> None:
    rows = read_csv(matrix_csv(team, names=True))
    assert [row[:2] for row in rows] == [
        ["stage", ""],
        ["person", "name"],
        ["ada", "Ada Example"],
        ["ben", "ben"],
        ["cleo", "cleo"],
        ["holds (3 or more)", ""],
        ["carries (4 or more)", ""],
    ]
    assert "Ada Example" not in matrix_csv(team, names=False)


@pytest.mark.parametrize("names", [False, True])
def test_the_workbook_says_the_same_as_the_csv(team: Team, names: bool) -> None:
    sheet = loaded(matrix_xlsx(team, names))["Matrix"]
    rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    merged = read_csv(matrix_csv(team, names))
    merged[0][3 if names else 2] = ""  # a stage stands once over all its skills
    assert rows == merged


def test_the_workbook_is_frozen_filtered_and_explained(team: Team) -> None:
    book = loaded(matrix_xlsx(team, names=False))
    sheet = book["Matrix"]
    assert book.sheetnames == ["Matrix", "Legend"]
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:D5"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B1:C1"]
    legend = [row[0] for row in book["Legend"].iter_rows(values_only=True)]
    assert legend[:8] == [0, 1, 2, 3, 4, 5, "n/a", "unknown"]


def test_each_level_has_a_colour_and_a_blank_cell_none(team: Team) -> None:
    ((area, rules),) = loaded(matrix_xlsx(team, names=False))["Matrix"].conditional_formatting._cf_rules.items()
    assert str(area.sqref) == "B3:D5"
    first, *others = sorted(rules, key=lambda rule: rule.priority)
    assert (first.type, first.stopIfTrue) == ("containsBlanks", True)
    assert [rule.formula for rule in others] == [[str(n)] for n in range(6)] + [['"n/a"'], ['"unknown"']]
    assert len({rule.dxf.fill.bgColor.rgb for rule in others}) == 8


def test_the_same_team_gives_the_same_bytes(team: Team) -> None:
    first = matrix_xlsx(team, names=True)
    assert first == matrix_xlsx(team, names=True)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
    assert matrix_csv(team, names=True) == matrix_csv(team, names=True)


def test_a_team_of_nobody_has_headings_and_totals(policy: Policy) -> None:
    nobody = team_of(policy, {}, {})
    assert [row[0] for row in read_csv(matrix_csv(nobody, names=False))] == [
        row[0] for row in (*EXPECTED[:2], *EXPECTED[5:])
    ]
    assert loaded(matrix_xlsx(nobody, names=False))["Matrix"].max_row == 4


HOSTILE = {**NAMES, "minus": "-1+1", "at": "@SUM(1)", "tab first": "\t=1", "return first": "\r=1", "cell": "=1+1"}


@pytest.mark.parametrize("key", HOSTILE)
def test_no_name_becomes_a_formula_or_a_second_cell_in_csv(policy: Policy, key: str) -> None:
    name = HOSTILE[key]
    rows = list(
        csv.reader(io.StringIO(matrix_csv(team_of(policy, ANSWERS, {"ada": name}, name), names=True), newline=""))
    )
    assert {len(row) for row in rows} == {5}
    safe = f"'{name}" if name[0] in "=+-@\t\r" else name
    assert (rows[2][1], rows[0][2:], rows[1][2:]) == (safe, [safe] * 3, [safe] * 3)


@pytest.mark.parametrize("key", HOSTILE)
def test_every_name_goes_through_a_workbook_unharmed(policy: Policy, key: str) -> None:
    name = HOSTILE[key]
    content = matrix_xlsx(team_of(policy, ANSWERS, {"ada": name}, name), names=True)
    sheet = loaded(content)["Matrix"]
    for cell in (sheet["B3"], sheet["C1"], sheet["C2"], sheet["E2"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert not any(b"<f>" in part or b"hyperlink" in part for part in parts.values())
    rows = list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Matrix").iter_rows())
    assert {readable(str(text)) for text in (rows[2][1], rows[1][2], rows[1][4])} == {readable(name)}


def readable(text: str) -> str:
    """A text as XML gives it back: line ends made one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
