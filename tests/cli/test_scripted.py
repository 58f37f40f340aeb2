"""gapcheck assess without a terminal: answers from a file, standard input or the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import asked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SAVED = "home/sheets/ada/2027-01-04.yaml"
ADA = ("--person", "ada", "--as-of", "2027-01-04", "--hands", "supplier")


def test_a_whole_sheet_is_taken_over_and_saved_privately(run: Run, sheet: Path, tmp_path: Path) -> None:
    done = run("assess", *ADA, "--answers", str(sheet))
    assert done.returncode == 0
    assert done.stdout.startswith("ada, marketing manager")
    saved = (tmp_path / SAVED).read_text(encoding="utf-8")
    assert 'person: "ada"' in saved
    assert "graphic-design: unknown" in saved


def test_answers_can_come_on_standard_input_as_yaml_or_json(run: Run, tmp_path: Path) -> None:
    run("assess", *ADA, "--answers", "-", "--allow-missing", stdin="paid-social: 2\nvideo-production: n/a\n")
    run("assess", *ADA, "--answers", "-", "--allow-missing", stdin='{"graphic-design": 5}')
    saved = (tmp_path / SAVED).read_text(encoding="utf-8")
    assert "paid-social: 2" in saved
    assert "video-production: n/a" in saved
    assert "graphic-design: 5" in saved


def test_what_is_missing_is_listed_and_nothing_is_saved(run: Run, tmp_path: Path) -> None:
    done = run("assess", *ADA, "--set", "paid-social=3")
    assert done.returncode == 2
    assert f"{len(asked()) - 1} skills are not answered: channel-planning," in done.stderr
    assert "--allow-missing" in done.stderr
    assert not (tmp_path / SAVED).exists()


def test_every_faulty_answer_is_named_at_once_and_nothing_is_saved(run: Run, tmp_path: Path) -> None:
    done = run(
        "assess", *ADA, "--allow-missing", "--answers", "-", "--set", "paid-socal=3", "--set", "paid-social=7",
        stdin="video-prodction: 2\ngraphic-design: true\norganic-social: 1.0\n",
    )  # fmt: skip
    assert done.stderr.splitlines() == [
        "standard input:1:1: video-prodction: unknown skill; did you mean video-production?",
        "standard input:2:1: graphic-design: must be a level from 0 to 5, n/a or unknown",
        "standard input:3:1: organic-social: must be a level from 0 to 5, n/a or unknown",
        "--set paid-socal=3: unknown skill; did you mean paid-social?",
        "--set paid-social=7: must be a level from 0 to 5, n/a or unknown",
    ]
    assert not (tmp_path / SAVED).exists()


def test_set_changes_one_answer_of_the_day_and_keeps_the_others(run: Run, sheet: Path, tmp_path: Path) -> None:
    run("assess", *ADA, "--answers", str(sheet))
    before = (tmp_path / SAVED).read_text(encoding="utf-8")
    assert run("assess", *ADA, "--set", "channel-planning=5").returncode == 0
    after = (tmp_path / SAVED).read_text(encoding="utf-8")
    assert after == before.replace("channel-planning: 2", "channel-planning: 5")


def test_a_sitting_that_was_begun_earlier_goes_on_in_its_own_file(run: Run, tmp_path: Path) -> None:
    run("assess", *ADA, "--set", "paid-social=3", "--allow-missing")
    run("assess", "--person", "ada", "--as-of", "2027-02-01", "--set", "video-production=1", "--allow-missing")
    assert "video-production: 1" in (tmp_path / SAVED).read_text(encoding="utf-8")
    assert not (tmp_path / "home/sheets/ada/2027-02-01.yaml").exists()


def test_a_note_made_by_hand_survives(run: Run, sheet: Path, tmp_path: Path) -> None:
    note = 'notes: {paid-social: "Shadowed the agency: \\"hm\\" # not a comment"}\n'
    sheet.write_text(sheet.read_text(encoding="utf-8") + note, encoding="utf-8")
    run("assess", *ADA, "--answers", str(sheet))
    run("assess", *ADA, "--set", "paid-social=1")
    assert r'paid-social: "Shadowed the agency: \"hm\" # not a comment"' in (tmp_path / SAVED).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "a: [\n", "\x00"])
def test_what_is_no_answers_file_is_refused(run: Run, text: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    done = run("assess", *ADA, "--answers", str(path), "--allow-missing")
    assert done.returncode == 2
    assert done.stderr.startswith(str(path))


def test_a_blank_sheet_filled_in_by_hand_is_a_sitting(run: Run, tmp_path: Path) -> None:
    assert run("sheet", "new", "--person", "ada", "--as-of", "2027-01-04", "--output", "mine.yaml").returncode == 0
    blank = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert run("sheet", "lint", "mine.yaml").returncode == 0
    assert f"{len(asked())} still open" in run("report", "mine.yaml").stdout
    filled = "".join(
        line + (" 3" if line.startswith("  ") and line.endswith(":") else "") + "\n" for line in blank.splitlines()
    )
    (tmp_path / "mine.yaml").write_text(filled, encoding="utf-8")
    done = run("assess", *ADA, "--answers", "mine.yaml")
    assert done.returncode == 0
    assert f"with help {len(asked())}" in done.stdout


def test_sheet_new_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious", encoding="utf-8")
    assert run("sheet", "new", "--output", "mine.yaml").returncode == 2
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "precious"
