"""gapcheck team as a process: what it reads, what it writes, and with which code it ends."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapcheck.cli import teams
from gapcheck.problems import InputError
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the made-up team."""
    return shutil.copytree(ROOT / "examples", tmp_path / "project")


def test_the_projects_sheets_are_read_without_being_named(run: Run, project: Path) -> None:
    done = run("team", "--as-of", "2027-01-11", cwd=project)
    assert done.returncode == 0
    assert done.stdout.startswith("Team of 3")
    assert "Payfix Example Ltd" in done.stdout
    assert done.stderr == ""


def test_bad_sheets_are_listed_and_not_counted_unless_strict(run: Run, project: Path) -> None:
    (project / "sheets" / "dan.yaml").write_text("gapcheck: sheet/1\nperson: dan\nlevels: {paid-social: 9}\n")
    done = run("team", cwd=project)
    assert done.returncode == 0
    assert "dan.yaml:3:10: levels.paid-social: must be a level" in done.stderr
    assert "1 file could not be read and is not counted." in done.stdout
    strict = run("team", "--strict", cwd=project)
    assert strict.returncode == 2
    assert strict.stdout == ""
    assert "dan.yaml:3:10" in strict.stderr


def test_the_same_twice_whatever_the_order_zone_or_locale(run: Run, project: Path) -> None:
    sheets = sorted((project / "sheets").glob("*.yaml"))
    there = run("team", *map(str, sheets), "--as-of", "2027-01-11", cwd=project)
    back = run(
        *("team", *map(str, reversed(sheets)), "--as-of", "2027-01-11"),
        cwd=project,
        env={"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"},
    )
    assert there.stdout == back.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no such file or folder"),
        (["--format", "pdf"], "--format: must be"),
        (["--output", "a.pdf"], "the extension must be"),
        (["--public", "--names"], "exclude each other"),
        (["--public", "--output", "a.xlsx"], "it would name people"),
        (["--public", "--output", "a.json"], "it would name people"),
        (["--public", "--format", "json"], "--format: must be terminal, markdown, html with --public"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(run: Run, project: Path, arguments: list[str], message: str) -> None:
    done = run("team", *arguments, cwd=project)
    assert done.returncode == 2
    assert message in done.stderr


def test_without_a_folder_of_sheets_it_says_which_one_to_make(run: Run) -> None:
    done = run("team")
    assert done.returncode == 2
    assert "name one, or set  sheets:  in gapcheck.yaml" in done.stderr


def test_pages_and_tables_are_written_by_their_extension(run: Run, project: Path) -> None:
    done = run("team", "--output", "t.md", "--output", "m.csv", "--output", "m.xlsx", cwd=project)
    assert done.returncode == 0
    assert done.stdout == ""
    assert (project / "t.md").read_text(encoding="utf-8").startswith("# Team of 3")
    assert (project / "m.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (project / "m.xlsx").read_bytes().startswith(b"PK")


def test_programs_get_json(run: Run, project: Path) -> None:
    done = run("team", "--as-of", "2027-01-11", "--format", "json", "--output", "t.json", "--names", cwd=project)
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told == json.loads((project / "t.json").read_text(encoding="utf-8"))
    assert (told["format"], told["as_of"], told["people"]) == ("gapcheck-team/1", "2027-01-11", ["ada", "ben", "cleo"])
    page = run("team", "--as-of", "2027-01-11", cwd=project).stdout
    short = [skill for skill in told["skills"] if not skill["is_carried"]]
    assert f"Carried by enough people {len(told['skills']) - len(short)}" in page
    assert {"channel-planning", "budgeting-and-forecasting"} <= {skill["id"] for skill in told["skills"]}
    assert set(told["groups"]) == {"function", "region"}
    rows = page.partition("IF SOMEBODY IS AWAY")[2].splitlines()
    first = next(line for line in rows if line.strip().startswith(("ada", "ben", "cleo")))
    assert told["if_away"][0]["away"] == first.partition("  ")[0].split(" and ")
    assert all(sum(skill["verdicts"].values()) <= 3 for skill in told["skills"])
    assert "Example" not in done.stdout.replace("Payfix Example", "")


def test_the_help_names_every_format_that_works_and_no_other(run: Run, project: Path) -> None:
    told = " ".join(run("team", "--help").stdout.split())
    offered = told.partition("--format NAME ")[2].partition(", on standard output")[0]
    refused = run("team", "--format", "x", cwd=project).stderr.strip()
    assert offered.replace(" or ", ", ") == refused.partition("must be ")[2]
    files = told.partition("extension says the format (")[2].partition(")")[0]
    for ending in (".md", ".json", ".txt", ".csv", ".xlsx"):
        assert ending in files
        assert run("team", "--output", f"t{ending}", cwd=project).returncode == 0


BAD = "gapcheck: sheet/1\nperson: dan\nlevels: {paid-social: 9}\n"
PEER = "gapcheck: sheet/1\nperson: dan\nrater: peer\nby: ben\ndate: 2027-01-04\nlevels: {paid-social: 3}\n"


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({}, "nobody has a sheet of their own here yet; gapcheck sheet share writes one"),
        ({"dan.yaml": BAD}, "dan.yaml:3:10: levels.paid-social: must be a level"),
        ({"dan.yaml": PEER}, "nobody has a sheet of their own here yet"),
    ],
    ids=["empty", "bad only", "rated by others only"],
)
def test_where_there_is_nobody_nothing_is_written(run: Run, project: Path, sheets: dict[str, str], told: str) -> None:
    for path in (project / "sheets").iterdir():
        path.unlink()
    for name, text in sheets.items():
        (project / "sheets" / name).write_text(text, encoding="utf-8")
    done = run("team", "--quiet", "--output", "m.csv", "--output", "t.md", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not list(project.glob("[mt].*"))


@pytest.mark.parametrize("more", [(), ("--strict",), ("alone",)], ids=["", "strict", "nobody else"])
def test_in_public_no_file_of_a_person_is_named(run: Run, project: Path, more: tuple[str, ...]) -> None:
    for folder in ("sheets", "alone"):
        (project / folder).mkdir(exist_ok=True)
        (project / folder / "dan.yaml").write_text(BAD, encoding="utf-8")
    done = run("team", "--public", *more, cwd=project)
    assert done.returncode == (2 if more else 0)
    assert done.stderr == "1 file could not be read; without --public each is named, with its faults\n"
    assert "dan" not in done.stdout


def test_without_its_library_a_workbook_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError) as refused:
        teams.check(None, [Path("m.xlsx")], public=False, names=False)
    command = shlex.join([sys.executable, "-m", "pip", "install", "xlsxwriter"])
    told = f"writing .xlsx takes a library that is not here; install it with:  {command}"
    assert refused.value.problems[0].message == told


def test_a_report_on_one_person_knows_who_else_carries_what(run: Run, project: Path) -> None:
    """Ben carries paid search in the team's folder, so it is no supplier that Ada's goes to."""
    within = run("explain", "paid-search", "sheets/ada.yaml", cwd=project)
    assert "A colleague carries it." in within.stdout
    (project / "sheets" / "ben.yaml").unlink()
    assert "A supplier can take it." in run("explain", "paid-search", "sheets/ada.yaml", cwd=project).stdout
    away = (
        run("report", "sheets/ada.yaml", cwd=project).stdout.partition("IF YOU ARE AWAY")[2].partition("ON MONDAY")[0]
    )
    assert "Content strategy" in away, "whoever carries it alone is not their own colleague"
