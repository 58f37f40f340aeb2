"""gapcheck assess without a terminal: answers from a file, standard input or the command line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.interview import settle
from gapcheck.files import catalogs
from tests.cli.catalog import CHECKS, SKILLS, files_of, keep, sheet_of
from tests.cli.conftest import asked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SAVED = "home/sheets/ada/2027-01-04.yaml"
ADA = ("--person", "ada", "--as-of", "2027-01-04", "--hands", "supplier")


@pytest.fixture
def sheet(sheet: Path) -> Path:
    """The full sheet, as ada's."""
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("person: dana", "person: ada"), encoding="utf-8")
    return sheet


@pytest.mark.parametrize(
    ("head", "whose"),
    [("person: zoe", "of zoe, not of ada"), ("person: ada\nrater: peer\nby: ben", "by ben about ada, not of ada")],
)
def test_nobody_answers_with_somebody_elses_sheet(run: Run, sheet: Path, home: Path, head: str, whose: str) -> None:
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("person: ada", head), encoding="utf-8")
    done = run("assess", *ADA, "--answers", str(sheet))
    assert done.returncode == 2
    assert f":2:1: person: is a sheet {whose}; say --person" in done.stderr
    assert not list(home.rglob("*.yaml"))


def test_what_is_answered_later_in_a_sheet_that_was_begun_has_its_own_date(run: Run, small: Path, home: Path) -> None:
    keep(home, "levels: {search: 2}")
    later = ("--person", "ada", "--as-of", "2027-06-20", "--catalog", str(small), "--allow-missing")
    assert run("assess", *later, "--set", "mail=4").returncode == 0
    after = sheet_of(home, small)
    assert {skill: str(day) for skill, day in after.dates.items()} == {"mail": "2027-06-20"}


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


LEVELS = {"search": 3, "adverts": "n/a", "writing": "unknown"}
HEAD = "gapcheck: sheet/1\nperson: ada\ndate: 2026-01-01\n"
PAIRS = ("# as of today", "search=3", " adverts = n/a ", "", "writing=unknown")


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("source", ["-", "answers.txt"])
def test_lines_of_skill_and_level_with_comments_and_any_line_ends(
    run: Run, small: Path, home: Path, tmp_path: Path, end: str, source: str
) -> None:
    text = end.join(PAIRS) + end
    (tmp_path / "answers.txt").write_bytes(text.encode())
    done = run("assess", *ADA, "--catalog", str(small), "--answers", source, "--allow-missing", stdin=text)
    assert done.returncode == 0
    assert sheet_of(home, small).levels == LEVELS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("levels.yaml", "search: 3\nadverts: n/a  # not mine\nwriting: unknown\n"),
        ("levels.json", json.dumps(LEVELS)),
        ("sheet.yaml", f"{HEAD}levels: {{seo: 3, adverts: n/a, writing: unknown}}\n"),
        ("sheet.json", json.dumps({"gapcheck": "sheet/1", "person": "ada", "date": "2026-01-01", "levels": LEVELS})),
    ],
    ids=["YAML", "JSON", "a whole sheet", "a whole sheet in JSON"],
)
def test_answers_in_every_form_and_under_former_ids_are_the_same_sheet(
    run: Run, small: Path, home: Path, tmp_path: Path, name: str, text: str
) -> None:
    stage = small / "attract.yaml"
    stage.write_text(stage.read_text(encoding="utf-8").replace("  search:\n", "  search:\n    was: [seo]\n"), "utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("assess", *ADA, "--catalog", str(small), "--answers", name, "--allow-missing")
    assert done.returncode == 0
    sheet = sheet_of(home, small)
    assert sheet.levels == LEVELS
    assert (sheet.person, str(sheet.date)) == ("ada", "2027-01-04")
    assert sheet.catalog is not None


def test_set_can_be_repeated_and_goes_over_what_a_file_says(run: Run, small: Path, home: Path) -> None:
    done = run(
        "assess", *ADA, "--catalog", str(small), "--answers", "-", "--set", "mail=0",
        "--set", "search=4", "--allow-missing", stdin="search=1\npages=2\n",
    )  # fmt: skip
    assert done.returncode == 0
    assert sheet_of(home, small).levels == {"search": 4, "pages": 2, "mail": 0}


def test_a_skill_that_is_set_twice_is_a_fault(run: Run, small: Path, home: Path) -> None:
    done = run("assess", *ADA, "--catalog", str(small), "--set", "search=5", "--set", "search = 4", "--allow-missing")
    assert done.returncode == 2
    assert done.stderr == "--set search = 4: the skill was set before; say each once\n"
    assert not list(home.rglob("*.yaml"))


def test_both_kinds_of_lines_can_be_mixed_and_each_bad_one_is_told(run: Run, small: Path, home: Path) -> None:
    good = "search=1   # not sure\npages: 2\n\n offers = n/a\nmail=unknown\n"
    done = run("assess", *ADA, "--catalog", str(small), "--answers", "-", "--allow-missing", stdin=good)
    assert done.returncode == 0, done.stderr
    assert sheet_of(home, small).levels == {"search": 1, "pages": 2, "offers": "n/a", "mail": "unknown"}
    bad = "search=?\npages: 9\noffers='\nmail=\nnothing=3\n"
    done = run("assess", *ADA, "--catalog", str(small), "--answers", "-", "--allow-missing", stdin=bad)
    level = "must be a level from 0 to 5, n/a or unknown"
    assert done.stderr.splitlines() == [
        f"standard input:1:1: search: {level}", f"standard input:2:1: pages: {level}",
        f"standard input:3:1: offers: {level}", f"standard input:4:1: mail: {level}",
        "standard input:5:1: nothing: unknown skill",
    ]  # fmt: skip


def test_a_note_in_a_whole_sheet_may_have_lines_that_look_like_answers(run: Run, small: Path, home: Path) -> None:
    sheet = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nlevels: {search: 2}\nnotes:\n  search: |\n    mail=4\n"
    done = run("assess", *ADA, "--catalog", str(small), "--answers", "-", "--allow-missing", stdin=sheet)
    assert done.returncode == 0, done.stderr
    assert sheet_of(home, small).notes == {"search": "mail=4\n"}


def test_an_abbreviation_is_understood(run: Run) -> None:
    done = run("assess", *ADA, "--set", "seo=3", "--allow-missing")
    assert done.stderr == "--set seo=3: unknown skill; did you mean search-and-answer-visibility?\n"


def test_a_narrow_scope_lists_only_its_own_missing_skills(run: Run, small: Path, home: Path) -> None:
    done = run("assess", *ADA, "--catalog", str(small), "--stage", "sell", "--set", "offers=2")
    assert done.returncode == 2
    assert "2 skills are not answered: pages, trials;" in done.stderr
    assert not list(home.rglob("*.yaml"))


def test_messages_hold_no_ratings(run: Run, small: Path) -> None:
    """What a build server logs is read by others."""
    done = run("assess", *ADA, "--catalog", str(small), "--set", "search=4", "--set", "mail=5", "--allow-missing")
    assert done.returncode == 0
    told = done.stderr.replace("2027-01-04", "").replace(str(small), "")
    assert "search" not in told
    assert not re.search(r"\b[0-5]\b", told)
    faulty = run("assess", *ADA, "--catalog", str(small), "--answers", "-", stdin="search: 77\nmail: excellent\n")
    assert faulty.returncode == 2
    assert "77" not in faulty.stderr
    assert "excellent" not in faulty.stderr


def test_a_rating_changed_after_its_checks_keeps_the_first_and_is_settled_anew(
    run: Run, small: Path, home: Path
) -> None:
    told = ", ".join(f'{skill}: {{"2": a, "3": d, "4": d}}' for skill in SKILLS)
    levels = ", ".join(f"{skill}: 5" for skill in SKILLS)
    keep(home, f"check_budget: {CHECKS}\nchecks: {{{told}}}\nlevels: {{{levels}}}\nsettled: {{search: 2, mail: 2}}")
    assert run("assess", *ADA, "--catalog", str(small), "--set", "search=2").returncode == 0
    sheet = sheet_of(home, small)
    assert (sheet.levels["search"], sheet.first) == (2, {"search": 5})
    assert "search" not in sheet.settled, "the claim is what its checks show"
    assert set(sheet.settled) == set(SKILLS) - {"search"}
    assert settle(catalogs.load(small).catalog, sheet) == sheet
    assert run("assess", *ADA, "--catalog", str(small), "--set", "search=5").returncode == 0
    assert sheet_of(home, small).first == {"search": 5}, "what was said first stays, whatever is said later"


def test_a_peers_answers_go_into_the_peers_sheet(run: Run, small: Path, home: Path) -> None:
    done = run(
        "assess", *ADA[:4], "--catalog", str(small), "--rater", "peer", "--by", "ben", "--stage", "sell",
        "--set", "pages=1", "--set", "offers=2", "--set", "trials=n/a",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    assert files_of(home) == ["2027-01-04.peer-ben.yaml"]


def test_quiet_prints_the_report_alone(run: Run, small: Path) -> None:
    done = run("assess", *ADA, "--catalog", str(small), "--set", "search=4", "--allow-missing", "--quiet")
    assert done.stderr == ""
    assert done.stdout.startswith("ada, manager")


def test_what_the_command_line_says_wins_over_a_whole_sheet(run: Run, sheet: Path, home: Path) -> None:
    done = run("assess", *ADA, "--answers", str(sheet), "--hours", "9", "--role", "content-lead", "--allow-missing")
    assert done.returncode == 0
    saved = sheet_of(home, catalogs.shipped())
    assert (saved.hours_per_week, saved.role) == (9, "content-lead")
