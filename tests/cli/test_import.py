"""gapcheck sheet import: real exports become sheets, faults come all at once, and nobody's file is written over."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import openpyxl
import pytest
import typer

from gapcheck.cli import progress
from gapcheck.cli.importing import import_
from gapcheck.cli.messages import tell
from gapcheck.files import catalogs, many, shared, sheets
from gapcheck.problems import InputError
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CARPENTRIES = ROOT / "examples" / "carpentries"
BY_THEIR_CATALOG = ("--map", str(CARPENTRIES / "MAP.yaml"), "--catalog", str(CARPENTRIES / "skills"))
TODAY = "2027-03-01"
MAP = "gapcheck: map/1\nperson: Who\ndate: {default: 2027-01-04}\nskills: {Social: paid-social, Pages: landing-pages}\n"


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Answers of two people, and MAP.yaml beside them."""
    (tmp_path / "MAP.yaml").write_text(MAP, encoding="utf-8")
    path = tmp_path / "f.csv"
    path.write_text("Who,Social,Pages\nada@example.com,3,\nBen Example,n/a,unknown\n", encoding="utf-8")
    return path


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`gapcheck sheet import` in this process, which spares its start; the exit code as the error boundary gives it.

    It is the first of March 2027 there.
    """
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GAPCHECK")]:
        monkeypatch.delenv(name)
    app = typer.Typer()
    app.command()(import_)

    def gapcheck(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = 0
        try:
            app([*arguments, "--as-of", TODAY], standalone_mode=False)
        except InputError as error:
            tell(error)
            code = 2
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return gapcheck


def imported(folder: Path) -> dict[str, dict[str, int | str]]:
    """The levels of each sheet in a folder, each read as gapcheck reads it."""
    catalog = catalogs.load(catalogs.shipped()).catalog
    return {path.stem: dict(sheets.load(path, catalog).levels) for path in sorted(folder.glob("*.yaml"))}


# the real survey


def test_a_real_survey_comes_out_as_an_independent_count_says(run: Run, tmp_path: Path) -> None:
    scale = {"Not at all able": 0, "Slightly able": 1, "Neutral": 2, "Moderately able": 3, "Extremely able": 4}
    scale |= {f"{word} knowledge of topic": n for n, word in enumerate(("Little or no", "Some", "Extensive"))}
    with (CARPENTRIES / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = [[scale[cell] for cell in row[1:] if cell.strip()] for row in list(csv.reader(file))[1:]]
    answered = [row for row in rows if row]
    assert (len(rows), len(answered), sum(map(len, answered))) == (967, 237, 2842)

    done = run("sheet", "import", str(CARPENTRIES / "answers.csv"), *BY_THEIR_CATALOG, "--output", "out")
    assert done.returncode == 0, done.stderr
    assert "967 rows, 237 people, 2842 answers: 2842 levels, 0 n/a, 0 unknown" in done.stderr
    assert "730 rows without an answer are left out" in done.stderr
    catalog = catalogs.load(CARPENTRIES / "skills").catalog
    read = [sheets.load(path, catalog) for path in sorted((tmp_path / "out").iterdir())]
    assert len(read) == 237
    assert Counter(level for sheet in read for level in sheet.levels.values()) == Counter(
        level for row in answered for level in row
    )


def test_the_proposed_map_of_the_real_survey_works_once_it_is_settled(call: Run, tmp_path: Path) -> None:
    answers = str(CARPENTRIES / "answers.csv")
    theirs = ("--catalog", str(CARPENTRIES / "skills"))
    guessed = call(answers, "--guess", *theirs)
    assert (guessed.returncode, guessed.stderr) == (0, "")
    path = tmp_path / "MAP.yaml"
    path.write_text(guessed.stdout, encoding="utf-8")
    refused = call(answers, "--map", "MAP.yaml", *theirs, "--output", "out")
    assert refused.returncode == 2
    assert refused.stderr.count("still marked as unsure") == guessed.stdout.count("# unsure:")
    assert not (tmp_path / "out").exists()

    named = guessed.stdout.replace(
        '# unsure: which skill is it? or add it to ignore  "MCQPostAbility": ',
        '"MCQPostAbility": multiple-choice-questions',
    )
    path.write_text(re.sub(r"# unsure:.*", "", named), encoding="utf-8")
    done = call(answers, "--map", "MAP.yaml", *theirs, "--output", "out")
    assert done.returncode == 0, done.stderr
    assert "237 people, 2842 answers" in done.stderr


# the documented examples

PAIRS = re.findall(
    r"```csv\n(.*?)```\n\n```yaml\n(.*?)```", (ROOT / "docs" / "import.md").read_text("utf-8"), re.DOTALL
)
DOCUMENTED = {
    "Google Forms": {"ada": {"paid-social": 0, "landing-pages": 4}, "ben": {"paid-social": 3}},
    "Microsoft Forms": {
        "ada-example": {"paid-social": 3, "landing-pages": 4},
        "ben-example": {"paid-social": 0, "landing-pages": "n/a"},
    },
    "LimeSurvey": {
        "r001": {"paid-social": 1, "landing-pages": 4, "email-marketing": 3},
        "r002": {"paid-social": 0, "email-marketing": "unknown"},
    },
    "One answer a row": {
        "ada-example": {"paid-social": 3, "landing-pages": 4},
        "ben-example": {"paid-social": "n/a"},
    },
}


@pytest.mark.parametrize("n", range(len(DOCUMENTED)), ids=list(DOCUMENTED))
def test_a_documented_example_works(call: Run, tmp_path: Path, n: int) -> None:
    text, by_map = PAIRS[n]
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    (tmp_path / "MAP.yaml").write_text(by_map, encoding="utf-8")
    done = call("f.csv", "--map", "MAP.yaml", "--output", "out")
    assert done.returncode == 0, done.stderr
    assert imported(tmp_path / "out") == list(DOCUMENTED.values())[n]


@pytest.mark.parametrize("n", range(len(DOCUMENTED)), ids=list(DOCUMENTED))
def test_what_is_proposed_for_a_documented_example_says_who_and_when(call: Run, tmp_path: Path, n: int) -> None:
    (tmp_path / "f.csv").write_text(PAIRS[n][0], encoding="utf-8")
    done = call("f.csv", "--guess")
    assert done.returncode == 0, done.stderr
    for line in PAIRS[n][1].splitlines():
        if line.startswith("date:"):
            column = re.search(r"column: ([\w ]+)", line)
            assert column is not None
            assert f'date: {{column: "{column[1]}"' in done.stdout


# exports as the programs write them, with all that stands beside the answers

MICROSOFT = """\
ID,Start time,Completion time,Email,Name,Last modified time,Which team are you in?,Paid social,Landing pages,\
Email marketing
1,1/4/27 10:02:11,1/4/27 10:09:40,ada@example.com,Ada Example,,Growth,Strongly agree,Agree,Neutral
2,1/14/27 10:07:01,1/14/27 10:12:00,ben@example.com,Ben Example,,Brand,Disagree,Strongly disagree,
"""
LIME_CODES = """\
"id","submitdate","lastpage","startlanguage","seed","startdate","datestamp","ipaddr","G1Q1[SQ001]","G1Q1[SQ002]",\
"G2Q1[SQ001]","interviewtime","groupTime12"
"1","2027-01-04 10:00:00","2","en","1834","2027-01-04 09:55:00","2027-01-04 10:00:00","","A1","A4","A3","301.2","200.1"
"2","","1","en","99123","2027-01-04 11:55:00","2027-01-04 12:00:00","","A2","","","",""
"3","2027-01-05 10:00:00","2","de","5512","2027-01-05 09:55:00","2027-01-05 10:00:00","","A5","A0","A3","99.5","80"
"""
LIME_FULL = """\
"Response ID","Date submitted","Last page","Start language","Seed","Date started","Date last action",\
"How good are you at these? [Paid social]","How good are you at these? [Landing pages]",\
"How often do you do this? [Email marketing]","Total time","Group time: Skills"
"1","2027-01-04 10:00:00","2","en","1834","2027-01-04 09:55:00","2027-01-04 10:00:00","Can judge","With help",\
"Often","301.2","200.1"
"3","2027-01-05 10:00:00","2","de","5512","2027-01-05 09:55:00","2027-01-05 10:00:00","Can step in","Aware",\
"Always","99","80"
"""
LIME_BOTH = """\
"id. Response ID","submitdate. Date submitted","lastpage. Last page","startlanguage. Start language","seed. Seed",\
"G1Q1[SQ001]. How good are you at these? [Paid social]","G1Q1[SQ002]. How good are you at these? [Landing pages]",\
"G2Q1[SQ001]. How often do you do this? [Email marketing]"
"1","2027-01-04 10:00:00","2","en","1834","A1","A4","A3"
"3","2027-01-05 10:00:00","2","de","5512","A5","A0","A3"
"""
QUALTRICS = """\
StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientEmail,\
DistributionChannel,UserLanguage,Q1_1,Q1_2
Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,\
Recipient Email,Distribution Channel,User Language,Alone? - Paid social,Alone? - Landing pages
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}",\
"{""ImportId"":""progress""}","{""ImportId"":""duration""}","{""ImportId"":""finished""}",\
"{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}",\
"{""ImportId"":""distributionChannel""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1_1""}",\
"{""ImportId"":""QID1_2""}"
2027-01-04 10:00:00,2027-01-04 10:05:00,0,10.0.0.1,100,300,1,2027-01-04 10:05:01,R_1a,ada@example.com,email,EN,\
Agree,Strongly agree
2027-01-05 10:00:00,2027-01-05 10:05:00,0,10.0.0.2,100,200,1,2027-01-05 10:05:01,R_2b,ben@example.com,email,EN,\
Disagree,
"""
MONKEY = """\
Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,How good are you at,
,,,,,,,,Paid social,Landing pages
114,77,01/14/2027 10:00:00 AM,01/14/2027 10:05:00 AM,10.0.0.1,ada@example.com,Ada,Example,Agree,Strongly agree
115,77,01/15/2027 11:00:00 AM,01/15/2027 11:05:00 AM,10.0.0.2,ben@example.com,Ben,Example,Disagree,
"""
CODED = {  # what whoever made the survey knows and no program can: which skill, and which level each code is
    f'# unsure: which skill is it? or add it to ignore  "{code}": ': f'"{code}": {skill}'
    for code, skill in (
        ("G1Q1[SQ001]", "paid-social"),
        ("G1Q1[SQ002]", "landing-pages"),
        ("G2Q1[SQ001]", "email-marketing"),
    )
} | {f'# unsure: not of this scale; set its level  "A{level}": 0': f"A{level}: {level}" for level in range(6)}
BY_CODE = {
    "r001": {"paid-social": 1, "landing-pages": 4, "email-marketing": 3},
    "r002": {"paid-social": 2},
    "r003": {"paid-social": 5, "landing-pages": 0, "email-marketing": 3},
}
EXPORTS = {
    "Microsoft Forms": (
        MICROSOFT,
        ["ID", "Start time", "Name", "Last modified time"],
        {
            "ada": {"paid-social": 4, "landing-pages": 3, "email-marketing": 2},
            "ben": {"paid-social": 1, "landing-pages": 0},
        },
    ),
    "LimeSurvey, codes": (
        LIME_CODES,
        [
            *("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "ipaddr"),
            *("interviewtime", "groupTime12"),
        ],
        BY_CODE,
    ),
    "LimeSurvey, in full": (
        LIME_FULL,
        [
            *("Response ID", "Last page", "Start language", "Seed", "Date started", "Date last action"),
            *("Total time", "Group time: Skills"),
        ],
        {
            "r001": {"paid-social": 2, "landing-pages": 3, "email-marketing": 3},
            "r002": {"paid-social": 4, "landing-pages": 1, "email-marketing": 4},
        },
    ),
    "LimeSurvey, both": (
        LIME_BOTH,
        ["id. Response ID", "lastpage. Last page", "startlanguage. Start language", "seed. Seed"],
        {"r001": BY_CODE["r001"], "r002": BY_CODE["r003"]},
    ),
    "Qualtrics": (
        QUALTRICS,
        [
            *("End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished"),
            *("Recorded Date", "Response ID", "Distribution Channel", "User Language"),
        ],
        {"ada": {"paid-social": 3, "landing-pages": 4}, "ben": {"paid-social": 1}},
    ),
    "SurveyMonkey": (
        MONKEY,
        ["Respondent ID", "Collector ID", "End Date", "IP Address", "First Name", "Last Name"],
        {"ada": {"paid-social": 3, "landing-pages": 4}, "ben": {"paid-social": 1}},
    ),
}


@pytest.mark.parametrize(("text", "beside", "levels"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_is_proposed_with_nothing_but_answers_in_it_and_imported_once_it_is_settled(
    call: Run, tmp_path: Path, text: str, beside: list[str], levels: dict[str, dict[str, int | str]]
) -> None:
    (tmp_path / "f.csv").write_text(text, encoding="utf-8-sig")
    guessed = call("f.csv", "--guess")
    assert guessed.returncode == 0, guessed.stderr
    left = guessed.stdout.partition("# could not be placed, and is not read:\n")[2].splitlines()
    assert [line.removeprefix("#   ") for line in left] == [f'"{name}"' for name in beside]
    settled = guessed.stdout
    for mark, known in CODED.items():
        settled = settled.replace(mark, known)
    (tmp_path / "MAP.yaml").write_text(re.sub(r"# unsure:.*", "", settled), encoding="utf-8")
    done = call("f.csv", "--map", "MAP.yaml", "--output", "out")
    assert done.returncode == 0, done.stderr
    assert imported(tmp_path / "out") == levels


def test_a_workbook_of_microsoft_forms_is_read_as_it_is(call: Run, tmp_path: Path) -> None:
    """Times are times there, and two grids about the same things have columns of one name, the second with a 2."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ID", "Start time", "Completion time", "Email", "Name", "Paid social", "Video", "Paid social2"])
    began = dt.datetime.combine(dt.date(2027, 1, 4), dt.time(23, 58))
    ended = began + dt.timedelta(minutes=5)
    sheet.append([1, began, ended, "anonymous", None, "Agree", "Disagree", "Yes"])
    sheet.append([2, began, ended, "anonymous", None, "Strongly agree", "Neutral", "No"])
    book.save(tmp_path / "f.xlsx")
    guessed = call("f.xlsx", "--guess").stdout
    assert "person: row  # unsure" in guessed
    assert 'date: {column: "Completion time"}' in guessed
    (tmp_path / "MAP.yaml").write_text(
        "gapcheck: map/1\nperson: row\ndate: {column: Completion time}\n"
        "scales: {agreement: {words: {Disagree: 1, Neutral: 2, Agree: 3, Strongly agree: 4}}}\n"
        "skills: {Paid social: paid-social, Video: video-production}\n"
        "interest: {columns: {Paid social2: paid-social}}\n",
        encoding="utf-8",
    )
    assert call("f.xlsx", "--map", "MAP.yaml", "--output", "out").returncode == 0
    assert imported(tmp_path / "out") == {
        "r001": {"paid-social": 3, "video-production": 1},
        "r002": {"paid-social": 4, "video-production": 2},
    }
    assert "date: 2027-01-05" in (tmp_path / "out" / "r001.yaml").read_text(encoding="utf-8")


def test_a_workbook_is_read_like_a_csv(call: Run, survey: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Who", "Social", "Pages"], ["ada@example.com", 3, None], ["Ben Example", "n/a", "unknown"]):
        sheet.append(row)
    book.save(tmp_path / "f.xlsx")
    for file in (survey.name, "f.xlsx"):
        assert call(file, "--map", "MAP.yaml", "--output", file[2:]).returncode == 0
    assert imported(tmp_path / "csv") == imported(tmp_path / "xlsx")
    assert imported(tmp_path / "csv") == {
        "ada": {"paid-social": 3},
        "ben-example": {"paid-social": "n/a", "landing-pages": "unknown"},
    }


# what is written


def test_a_sheet_holds_levels_and_dates_only(call: Run, survey: Path, tmp_path: Path) -> None:
    call(survey.name, "--map", "MAP.yaml", "--output", "out")
    text = (tmp_path / "out" / "ada.yaml").read_text(encoding="utf-8")
    assert {line.partition(":")[0] for line in text.splitlines() if not line.startswith(" ")} == {
        *("gapcheck", "person", "date", "catalog", "levels")
    }


def test_a_sheet_says_nothing_that_the_survey_did_not_ask(call: Run, survey: Path, tmp_path: Path) -> None:
    """Whom work can go to was not asked, and `hands: none` would be an answer. Interest is one where it was asked."""
    survey.write_text("Who,Social,Social?,Pages\nada@example.com,3,yes,\nben@example.com,2,no,1\n", encoding="utf-8")
    (tmp_path / "MAP.yaml").write_text(f"{MAP}interest: {{columns: {{Social?: paid-social}}}}\n", encoding="utf-8")
    assert "hands" not in call(survey.name, "--map", "MAP.yaml", "--dry-run").stdout
    assert call(survey.name, "--map", "MAP.yaml", "--output", "out").returncode == 0
    catalog = catalogs.load(catalogs.shipped()).catalog
    for person, wanted in (("ada", ("paid-social",)), ("ben", ())):
        path = tmp_path / "out" / f"{person}.yaml"
        sheet = sheets.load(path, catalog)
        assert "hands" not in path.read_text(encoding="utf-8")
        assert sheet.interest == wanted
        assert shared.read(path.read_bytes(), catalog) == sheet


def test_one_of_a_kind_is_counted_as_one(call: Run, survey: Path, tmp_path: Path) -> None:
    survey.write_text("Who,Social,Pages\nada,3,\nben,,\n", encoding="utf-8")
    told = call(survey.name, "--map", "MAP.yaml", "--output", "out").stderr
    assert told.splitlines()[1:] == [
        "2 rows, 1 person, 1 answer: 1 level, 0 n/a, 0 unknown",
        "1 row without an answer is left out",
    ]
    survey.write_text("Who,Social,Pages\nada,3,2\n", encoding="utf-8")
    assert "1 row, 1 person, 2 answers: 2 levels" in call(survey.name, "--map", "MAP.yaml", "--dry-run").stdout


def test_sheets_go_to_the_projects_folder_and_a_dry_run_writes_nothing(call: Run, survey: Path, tmp_path: Path) -> None:
    (tmp_path / "gapcheck.yaml").write_text("gapcheck: config/1\nsheets: ours\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = call(survey.name, "--map", "MAP.yaml", "--dry-run")
    assert done.returncode == 0
    assert "2 rows, 2 people, 3 answers: 1 level, 1 n/a, 1 unknown" in done.stdout
    assert 'person: "ada"' in done.stdout
    assert sorted(tmp_path.rglob("*")) == before
    assert call(survey.name, "--map", "MAP.yaml", "--quiet").stderr == ""
    assert sorted(path.name for path in (tmp_path / "ours").iterdir()) == ["ada.yaml", "ben-example.yaml"]


HEADER = "gapcheck: sheet/1\nperson: {}\ndate: {}\n"


@pytest.mark.parametrize(
    ("there", "fault"),
    [
        (HEADER.format("dana", "2026-01-04"), "is a sheet about dana by themselves, not ada's own"),
        (HEADER.format("ada", "2026-01-04") + "rater: peer\nby: ben\n", "by ben, not ada's own"),
        (HEADER.format("ada", "2027-01-05"), "holds later answers, of 2027-01-05"),
        ("my notes", "stands there already and is no sheet"),
        (
            HEADER.format("ada", "2026-01-04")
            + "role: paid-social-buyer\ngroup: Growth\n"
            + "levels: {paid-social: 2, landing-pages: 4, video-production: 1}\n"
            + "notes: {paid-social: mine}\nevidence: {paid-social: a page}\nchecks: {paid-social: {3: a}}\n"
            + "terms: {paid-social: [CPM]}\nhours_per_week: 4\n",
            "holds what the survey does not, and it would be lost: 2 levels, role, group, answers to checks (1), "
            "ticked terms (1), evidence (1), notes (1), hours and hands (1); move it away, or choose another folder",
        ),
    ],
)
def test_nothing_is_written_where_one_file_is_in_the_way(
    call: Run, survey: Path, tmp_path: Path, there: str, fault: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "ada.yaml").write_text(there, encoding="utf-8")
    done = call(survey.name, "--map", "MAP.yaml", "--output", "out")
    assert done.returncode == 2
    assert fault in done.stderr
    assert [path.name for path in folder.iterdir()] == ["ada.yaml"]
    assert (folder / "ada.yaml").read_text(encoding="utf-8") == there


def test_earlier_answers_of_the_same_person_are_replaced(call: Run, survey: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "ada.yaml").write_text(
        HEADER.format("ada", "2026-01-04") + "levels: {paid-social: 2}\n", encoding="utf-8"
    )
    assert call(survey.name, "--map", "MAP.yaml", "--output", "out").returncode == 0
    assert imported(folder)["ada"] == {"paid-social": 3}


def test_a_survey_that_asks_for_interest_can_be_imported_again(call: Run, survey: Path, tmp_path: Path) -> None:
    """What it asks itself is not lost; a survey that does not ask would drop it."""
    survey.write_text("Who,Social,Social?,Pages\nada@example.com,3,yes,\n", encoding="utf-8")
    (tmp_path / "MAP.yaml").write_text(f"{MAP}interest: {{columns: {{Social?: paid-social}}}}\n", encoding="utf-8")
    for _ in range(2):
        assert call(survey.name, "--map", "MAP.yaml", "--output", "out").returncode == 0
    (tmp_path / "MAP.yaml").write_text(MAP, encoding="utf-8")
    done = call(survey.name, "--map", "MAP.yaml", "--output", "out")
    assert (done.returncode, "it would be lost: interest (1); " in done.stderr) == (2, True)


def test_a_link_in_the_folder_is_not_written_through(call: Run, survey: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "out", tmp_path / "other.yaml"
    folder.mkdir()
    other.write_text(HEADER.format("ada", "2026-01-04"), encoding="utf-8")
    (folder / "ada.yaml").symlink_to(other)
    assert call(survey.name, "--map", "MAP.yaml", "--output", "out").returncode == 2
    assert other.read_text(encoding="utf-8") == HEADER.format("ada", "2026-01-04")


# what goes wrong


def test_the_first_hundred_faults_are_told_and_the_rest_counted(run: Run, survey: Path, tmp_path: Path) -> None:
    rows = "".join(f"p{n},9,1\n" for n in range(250))
    survey.write_text(f"Who,Social,Pages\n{rows}", encoding="utf-8")
    done = run("sheet", "import", survey.name, "--map", "MAP.yaml", "--output", "out", "--as-of", TODAY)
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines)) == (2, 101)
    assert lines[0] == 'f.csv:2:2: Social: "9" is no whole level from 0 to 5'
    assert lines[100] == "and 150 more"
    assert not (tmp_path / "out").exists()


def test_answers_of_days_to_come_are_refused_each_with_its_line(call: Run, survey: Path, tmp_path: Path) -> None:
    survey.write_text(
        "When,Who,Social,Pages\n2027-03-01,ada,3,\n2027-03-02,ben,3,\n2026-01-04,cleo,3,\n2031-01-04,dan,,1\n",
        encoding="utf-8",
    )
    (tmp_path / "MAP.yaml").write_text(MAP.replace("default: 2027-01-04", "column: When"), encoding="utf-8")
    done = call(survey.name, "--map", "MAP.yaml", "--output", "out")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            "f.csv:3:1: When: 2027-03-02 is a day to come; correct it",
            "f.csv:5:1: When: 2031-01-04 is a day to come; correct it",
        ],
    )
    assert not (tmp_path / "out").exists()


def test_a_day_to_come_may_be_one_whose_day_and_month_were_changed_over(
    call: Run, survey: Path, tmp_path: Path
) -> None:
    survey.write_text("When,Who,Social,Pages\n02/12/2027,ada,3,\n", encoding="utf-8")
    by_map = MAP.replace("default: 2027-01-04", "column: When, order: day-first")
    (tmp_path / "MAP.yaml").write_text(by_map, encoding="utf-8")
    told = call(survey.name, "--map", "MAP.yaml").stderr
    assert told == "f.csv:2:1: When: 2027-12-02 is a day to come; correct it, or  date: order:  in the map\n"


def test_a_default_day_to_come_is_a_fault_of_the_map_and_told_once(call: Run, survey: Path, tmp_path: Path) -> None:
    (tmp_path / "MAP.yaml").write_text(MAP.replace("2027-01-04", "2027-03-02"), encoding="utf-8")
    done = call(survey.name, "--map", "MAP.yaml", "--output", "out")
    assert done.returncode == 2
    assert done.stderr == "MAP.yaml:3:8: date.default: 2027-03-02 is a day to come; correct it\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "f.csv: is empty; export the answers again"),
        (b"\xef\xbb\xbf", "f.csv: is empty; export the answers again"),
        (b"\n \n\n", "f.csv: is empty; export the answers again"),
        (
            b"Who,Social,Pages\n",
            "f.csv: has names of columns and no answers; a map is proposed by the answers: export them too",
        ),
        (
            b"Who|Social|Pages\nada|3|\nben|2|1\n",
            'f.csv:1:4: its columns are parted by "|"; save it with commas, semicolons or tabs between them',
        ),
        (
            b"Who::Social\nada::3\nben::2\n",
            'f.csv:1:4: its columns are parted by "::"; save it with commas, semicolons or tabs between them',
        ),
    ],
    ids=["empty", "a mark alone", "blank", "headings", "bars", "colons"],
)
def test_nothing_is_proposed_for_a_table_without_columns_or_answers(
    call: Run, survey: Path, content: bytes, told: str
) -> None:
    survey.write_bytes(content)
    done = call(survey.name, "--guess")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{told}\n")


def test_text_of_a_file_commands_neither_terminal_nor_build_server(run: Run, survey: Path) -> None:
    survey.write_text('Who,Social,Pages,"\x1b]0;x\x07\n::error::y"\nada,"\x1b[31m\n::error::z",1,\n', encoding="utf-8")
    for more in (("--map", "MAP.yaml"), ("--guess",)):
        done = run("sheet", "import", survey.name, *more, "--as-of", TODAY)
        said = done.stdout + done.stderr
        assert "\x1b" not in said
        assert not [line for line in said.splitlines() if line.strip().startswith("::")]


@pytest.mark.parametrize("more", [(), ("--guess", "--map", "MAP.yaml")])
def test_either_a_map_or_a_guess_is_asked_for(call: Run, survey: Path, more: tuple[str, ...]) -> None:
    done = call(survey.name, *more)
    assert (done.returncode, done.stderr) == (2, "choose --map MAP, or --guess to have one proposed\n")


@pytest.mark.parametrize("more", [("--output", "out"), ("--dry-run",)])
def test_a_guess_writes_no_sheets_and_takes_no_option_that_says_where(
    call: Run, survey: Path, more: tuple[str, ...]
) -> None:
    done = call(survey.name, "--guess", *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--guess writes no sheets, so --output and --dry-run go with --map only")


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_sheets_are_written_to_a_folder_and_no_file(call: Run, survey: Path, more: tuple[str, ...]) -> None:
    done = call(survey.name, "--map", "MAP.yaml", "--output", survey.name, *more)
    assert (done.returncode, done.stderr) == (2, "f.csv: is a file; name a folder\n")


def test_a_table_in_which_nobody_answered_is_no_success(call: Run, survey: Path) -> None:
    survey.write_text("Who,Social,Pages\nada,,\n", encoding="utf-8")
    done = call(survey.name, "--map", "MAP.yaml")
    assert (done.returncode, done.stderr) == (
        2,
        "f.csv: nobody answered anything; does the map name the columns that hold the answers?\n",
    )


class Screen(io.StringIO):
    """Standard error as a terminal, or as a file."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(("terminal", "quiet"), [(True, False), (True, True), (False, False)])
def test_long_work_is_told_to_whoever_watches_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool
) -> None:
    screen = Screen(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.told("sheets written", quiet=quiet) as tell_number:
        for number in (1_000, 5_000, 10_000):
            tell_number(number)
    told = "\r5000 sheets written\r10000 sheets written\r" + 20 * " " + "\r"
    assert screen.getvalue() == (told if terminal and not quiet else "")


def test_both_looking_and_writing_tell_how_far_they_are(
    call: Run, survey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "STEP", 1)
    monkeypatch.setattr(progress, "FROM", 1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    said = [call(survey.name, "--map", "MAP.yaml", "--output", "out").stderr for _ in range(2)]
    assert [text.count("2 sheets written") for text in said] == [1, 1]
    assert [text.count("2 files there looked at") for text in said] == [0, 1]


def test_five_thousand_rows_take_little_time(call: Run, survey: Path, tmp_path: Path) -> None:

    skills = list(catalogs.load(catalogs.shipped()).catalog.skills)
    wide = "".join(f"{skill}: {skill}\n  " for skill in skills)
    (tmp_path / "MAP.yaml").write_text(MAP[: MAP.index("skills")] + f"skills:\n  {wide}", encoding="utf-8")
    row = ",".join(str(n % 6) for n in range(len(skills)))
    rows = "".join(f"p{n},{row}\n" for n in range(5000))
    survey.write_text(f"Who,{','.join(skills)}\n{rows}", encoding="utf-8")
    done = call(survey.name, "--map", "MAP.yaml", "--dry-run")
    assert f"5000 people, {5000 * len(skills)} answers" in done.stdout
