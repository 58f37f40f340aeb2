"""gapcheck plan and log as real processes: chosen, agreed, gone on with, and every format read back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import vobject

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.cli.conftest import Run

LEARN = "learn: [{to: 2, hours: 8, do: Look at ten., produce: A list.}, {to: 4, hours: 24, do: Make one.}]"
STAGE = f"""gapcheck: stage/1
name: Attract
skills:
  search: {{name: Search, importance: 5, {LEARN}}}
  adverts: {{name: Adverts, importance: 4, needs: {{search: 2}}, {LEARN}}}
  writing: {{name: Writing, importance: 3, {LEARN}}}
"""
SHEET = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nhours_per_week: 4\nhands: supplier\nlevels: {levels}\n"
DAY = "2027-01-04"


@pytest.fixture
def skills(tmp_path: Path) -> Path:
    folder = tmp_path / "skills"
    (folder / "roles").mkdir(parents=True)
    (folder / "catalog.yaml").write_text("gapcheck: catalog/1\nname: small\nversion: '1'\nstages: [attract]\n")
    (folder / "attract.yaml").write_text(STAGE)
    return folder


def keep(home: Path, levels: str = "{search: 1, adverts: 1, writing: 3}") -> None:
    path = home / "sheets" / "ada" / f"{DAY}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SHEET.format(levels=levels))


@pytest.fixture
def plan(run: Run, home: Path, skills: Path) -> Run:
    """gapcheck with the small catalog and ada's sheet, as of a day."""
    keep(home)

    def gapcheck(*arguments: str, day: str = DAY) -> subprocess.CompletedProcess[str]:
        return run(*arguments, "--catalog", str(skills), "--as-of", day)

    return gapcheck


def data(plan: Run, *arguments: str, day: str = DAY) -> dict[str, Any]:
    done = plan("plan", *arguments, "--format", "json", day=day)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_plan_says_what_is_done_when_and_what_reaches_its_level(plan: Run) -> None:
    done = plan("plan")
    assert done.returncode == 0, done.stderr
    assert "26 weeks from 4 Jan 2027, 4 h a week" in done.stdout
    assert "Of 104 h there are, 88 h are planned and 16 h are over." in done.stdout
    made = data(plan)
    assert [(g["skill"], g["to"], g["reached_in_week"]) for g in made["goals"]] == [
        ("search", 4, 8), ("adverts", 4, 16), ("writing", 4, 22),
    ]  # fmt: skip
    assert made["holds"] is True


def test_holidays_make_it_later(plan: Run) -> None:
    made = data(plan, "--busy", "2027-01-11..2027-01-24", "--busy", "2027-01-25=2")
    assert made["hours"] == pytest.approx(104 - 8 - 0.4)
    weeks = [part["week"] for part in made["parts"]]
    assert 2 not in weeks
    assert 3 not in weeks


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--hours", "0"], "There are no hours to plan"),
        (["--weeks", "1"], "What reaches its level"),
        (["--start", "2028-02-29"], "26 weeks from 29 Feb 2028"),
        (["--start", "2027-03-26", "--weeks", "2", "--hours", "16"], "WITH OTHER HOURS"),
    ],
)
def test_odd_weeks_are_plans_too(plan: Run, arguments: list[str], told: str) -> None:
    done = plan("plan", *arguments)
    assert done.returncode == 0, done.stderr
    assert told.lower() in done.stdout.lower() or "Nothing to learn" in done.stdout


def test_everything_at_target_is_said(plan: Run, home: Path) -> None:
    keep(home, "{search: 4, adverts: 5, writing: 4}")
    assert "Nothing to learn" in plan("plan").stdout


def test_needs_in_a_circle_and_an_empty_sheet_plan_nothing(plan: Run, home: Path, skills: Path) -> None:
    text = STAGE.replace(
        "search: {name: Search, importance: 5,", "search: {name: Search, importance: 5, needs: {adverts: 2},"
    )
    (skills / "attract.yaml").write_text(text)
    made = data(plan)
    assert [g["skill"] for g in made["goals"]] == ["writing"]
    keep(home, "{}")
    assert data(plan)["goals"] == []


# agreed, and gone on with


def test_what_is_agreed_is_gone_on_with_and_says_whether_it_still_holds(plan: Run, home: Path) -> None:
    done = plan("plan", "--agree", "--busy", "2027-02-01..2027-02-07")
    assert "agreed, in" in done.stderr
    kept = (home / "plans" / "ada.yaml").read_text()
    assert '- {skill: "search", start: 1, to: 4, hours: 32, because: "target"}' in kept
    assert "- {since: 2027-02-01, until: 2027-02-07, hours: 0}" in kept
    assert (home / "plans" / "ada.yaml").stat().st_mode & 0o777 == 0o600

    logged = plan("log", "search", "--hours", "4", day="2027-01-08")
    assert "Search: step 0 of 2 done, 4 h logged, 28 h left to 4." in logged.stderr
    logged = plan("log", "search", "--hours", "2.5", "--step", "1", day="2027-01-14")
    assert "Search: step 1 of 2 done, 6.5 h logged, 24 h left to 4." in logged.stderr

    on_time = plan("plan", day="2027-01-18")
    assert "24 weeks from 18 Jan 2027" in on_time.stdout
    assert "It still holds." in on_time.stdout
    late = plan("plan", day="2027-04-19")
    assert "It no longer holds: 36 h are missing for Adverts, Writing." in late.stdout
    assert "It takes 8 h a week from now on" in late.stdout
    assert "It still holds." in plan("plan", "--hours", "8", day="2027-04-19").stdout

    plan("log", "search", "--hours", "1", "--step", "2", day="2027-04-19")
    assert [g["skill"] for g in data(plan, day="2027-04-19")["goals"]] == [
        "search", "adverts", "writing",
    ]  # fmt: skip


def test_a_level_that_the_sheet_has_is_reached_and_leaves_the_plan(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    keep(home, "{search: 4, adverts: 1, writing: 3}")
    assert [g["skill"] for g in data(plan)["goals"]] == ["adverts", "writing"]
    keep(home, "{search: 4, adverts: 4, writing: 4}")
    assert "Everything that was agreed is reached." in plan("plan").stdout


def test_anew_chooses_again_and_keeps_what_was_logged(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--hours", "1", "--weeks", "8")
    plan("log", "search", "--hours", "3")
    assert data(plan)["hours_per_week"] == 1
    assert data(plan, "--anew")["hours_per_week"] == 4
    plan("plan", "--anew", "--agree")
    assert '- {date: 2027-01-04, skill: "search", hours: 3}' in (home / "plans" / "ada.yaml").read_text()


def test_a_former_id_in_a_plan_is_understood(plan: Run, skills: Path, home: Path) -> None:
    plan("plan", "--agree")
    text = (
        (skills / "attract.yaml")
        .read_text()
        .replace("  search: {", "  seo: {was: [search], ")
        .replace("search: 2", "seo: 2")
    )
    (skills / "attract.yaml").write_text(text)
    done = plan("log", "seo", "--hours", "1")
    assert done.returncode == 0, done.stderr
    assert 'skill: "seo"' in (home / "plans" / "ada.yaml").read_text()


# faults


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan", "--busy", "soon"], "--busy soon: must be days like 2027-02-08..2027-02-19"),
        (["plan", "--busy", "2027-02-08..2027-02-01"], "--busy 2027-02-08..2027-02-01: must be days"),
        (["plan", "--busy", "2027-02-30"], "--busy 2027-02-30: must be days"),
        (["plan", "--busy", "2027-02-01=99"], "--busy 2027-02-01=99: must be days"),
        (["plan", "--start", "tomorrow"], "--start: must be a date like 2027-01-04"),
        (["plan", "--start", "9999-12-01"], "--start: the calendar ends before these weeks do"),
        (["plan", "--format", "pdf"], "--format: must be terminal, markdown, json, csv, ics"),
        (["plan", "--output", "plan.pdf"], "the extension must be .md"),
        (["log", "search", "--hours", "1"], "ada has no plan yet; gapcheck plan --agree keeps one"),
        (["log", "serach", "--hours", "1"], "there is no skill serach; did you mean search?"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(plan: Run, arguments: list[str], told: str) -> None:
    done = plan(*arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_every_fault_of_a_plans_file_is_named_with_its_line(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    path = home / "plans" / "ada.yaml"
    text = (
        path.read_text().replace('person: "ada"', "person: ben").replace('"adverts"', "advert").replace("busy: []", "")
    )
    path.write_text(text + "busy: [{since: 2027-02-02, until: 2027-02-01}]\n")
    done = plan("plan")
    assert done.returncode == 2
    told = [line.split(": ", 1)[1] for line in done.stderr.splitlines()]
    assert told == [
        "person: must be ada, as the file's name says",
        "goals.1.skill: unknown skill; did you mean adverts?",
        "busy.0.until: must not be before since",
    ]
    assert done.stderr.startswith(f"{path}:2:")


def test_steps_and_skills_that_are_not_in_the_plan_are_refused_and_nothing_is_noted(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--hours", "1.5")
    before = (home / "plans" / "ada.yaml").read_bytes()
    assert "writing is not in the plan; it has search" in plan("log", "writing", "--hours", "1").stderr
    assert "--step: search has 2 steps in this plan" in plan("log", "search", "--hours", "1", "--step", "3").stderr
    assert (home / "plans" / "ada.yaml").read_bytes() == before


# formats


def test_two_parsers_read_the_calendar_and_a_rerun_moves_what_slipped(plan: Run) -> None:
    plan("plan", "--agree")
    first, later = (plan("plan", "--format", "ics", day=day).stdout for day in (DAY, "2027-02-01"))
    events: Any = icalendar.Calendar.from_ical(first).walk("VEVENT")
    other = vobject.readOne(first).vevent_list
    assert [(str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend"), str(e["summary"])) for e in events] == [
        (e.uid.value, e.dtstart.value, e.dtend.value, e.summary.value) for e in other
    ]
    assert [str(e["summary"]) for e in events][:2] == [
        "Learn Search: step 1, to 2 (8 h)",
        "Learn Search: step 2, to 4 (24 h)",
    ]
    assert [e.decoded("dtstart").isoformat() for e in events][:2] == ["2027-01-04", "2027-01-18"]
    moved: Any = icalendar.Calendar.from_ical(later).walk("VEVENT")
    assert [str(e["uid"]) for e in moved] == [str(e["uid"]) for e in events]
    assert moved[0].decoded("dtstart").isoformat() == "2027-02-01"
    assert moved[0]["sequence"] > events[0]["sequence"]


def test_a_table_for_spreadsheets_holds_every_part_and_no_formula(plan: Run, skills: Path) -> None:
    (skills / "attract.yaml").write_text(STAGE.replace("Look at ten.", "'=1+1'"))
    rows = list(csv.DictReader(io.StringIO(plan("plan", "--format", "csv").stdout)))
    assert sum(float(row["hours"]) for row in rows) == 88
    assert rows[0] == {
        "week": "1", "begins": "2027-01-04", "skill": "search", "step": "1", "to": "2", "hours": "4.0", "ends": "no",
        "do": "'=1+1", "leaves": "A list.",
    }  # fmt: skip


def test_files_are_written_in_the_format_of_their_extension(plan: Run, tmp_path: Path) -> None:
    names = ["plan.md", "plan.json", "plan.csv", "plan.ics", "plan.txt"]
    done = plan("plan", *(part for name in names for part in ("--output", str(tmp_path / name))))
    assert done.returncode == 0, done.stderr
    begins = [(tmp_path / name).read_text()[:15] for name in names]
    assert begins == [
        "# ada's plan\n\n*",
        '{\n  "format": "',
        '"week","begins"',
        "BEGIN:VCALENDAR",
        "ada's plan  \N{MIDDLE DOT}  ",
    ]
    assert "```mermaid\ngantt\n" in (tmp_path / "plan.md").read_text()


def test_the_same_plan_twice_is_the_same_to_the_byte(plan: Run) -> None:
    for form in ("terminal", "markdown", "json", "csv", "ics"):
        assert plan("plan", "--format", form).stdout == plan("plan", "--format", form).stdout


def test_what_is_urgent_is_handed_out_and_not_planned(plan: Run) -> None:
    assert [g["skill"] for g in data(plan, "--urgent", "writing")["goals"]] == [
        "search", "adverts",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [["plan", "--hours", "nan"], ["log", "search", "--hours", "nan"], ["assess", "--hours", "nan"]]
)
def test_what_is_no_number_is_refused_before_it_is_kept(plan: Run, home: Path, arguments: list[str]) -> None:
    done = plan(*arguments)
    assert done.returncode == 2
    assert "must be a number" in done.stderr
    assert not (home / "plans").exists()


@pytest.mark.parametrize(
    ("start", "reached"), [("2027-01-04", "26 Feb"), ("2027-01-06", "2 Mar"), ("2027-01-09", "5 Mar")]
)
def test_a_level_is_reached_on_the_last_working_day_of_its_week(plan: Run, start: str, reached: str) -> None:
    assert f"{reached} 2027" in plan("plan", "--start", start).stdout


def test_anew_keeps_holidays_to_come_and_counts_what_is_logged_from_its_own_first_day(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--busy", "2027-01-11..2027-01-17", "--busy", "2027-03-01..2027-03-07")
    plan("log", "search", "--hours", "8", "--step", "1", day="2027-01-20")
    done = plan("plan", "--anew", "--agree", day="2027-02-01")
    assert done.returncode == 0, done.stderr
    kept = (home / "plans" / "ada.yaml").read_text()
    assert "since: 2027-03-01" in kept
    assert "since: 2027-01-11" not in kept
    again = plan("plan", day="2027-02-01").stdout
    assert "0 h logged, 88 h left to do; 100 h there are" in again


def test_nothing_is_agreed_to_where_there_is_nothing(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    before = (home / "plans" / "ada.yaml").read_bytes()
    done = plan("plan", "--agree", "--anew", "--hours", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert (home / "plans" / "ada.yaml").read_bytes() == before


def test_a_plan_from_a_sheet_that_was_named_is_logged_without_one_and_says_what_is_reached(
    plan: Run, home: Path, tmp_path: Path
) -> None:
    own = home / "sheets" / "ada" / f"{DAY}.yaml"
    sheet = own.rename(tmp_path / "ada.yaml")
    plan("plan", str(sheet), "--agree")
    assert "step 0 of 2 done" in plan("log", "search", "--hours", "1").stderr
    keep(home, "{search: 4, adverts: 1, writing: 3}")
    assert "Search is reached: the sheet has 4." in plan("log", "search", "--hours", "1").stderr


def test_a_plan_whose_weeks_are_over_says_so(plan: Run) -> None:
    plan("plan", "--agree")
    assert "It takes a later end (--weeks), or fewer skills (--anew)." in " ".join(
        plan("plan", day="2027-12-01").stdout.split()
    )


def test_a_sheet_that_is_no_good_is_told_before_anything_is_noted(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    before = (home / "plans" / "ada.yaml").read_bytes()
    keep(home, "{search: 9}")
    done = plan("log", "search", "--hours", "1")
    assert done.returncode == 2
    assert "search: must be a level from 0 to 5" in done.stderr
    assert (home / "plans" / "ada.yaml").read_bytes() == before
