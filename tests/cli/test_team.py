"""gapcheck team as a process: what it reads, what it writes, and with which code it ends."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

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
        (["--public", "--output", "a.xlsx"], "the matrix names people"),
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
