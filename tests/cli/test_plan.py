"""gapcheck plan and log as real processes: chosen, agreed, gone on with, and every format read back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import vobject

if TYPE_CHECKING:
    from collections.abc import Mapping
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
SHEET = "gapcheck: sheet/1\nperson: ada\ndate: 2025-01-06\nhours_per_week: 4\nhands: supplier\nlevels: {levels}\n"
DAY = "2025-01-06"
TODAY = dt.datetime.now().astimezone().date()


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
    """gapcheck with the small catalog and ada's sheet, as of a day that is over; ada runs it unless said otherwise."""
    keep(home)

    def gapcheck(*arguments: str, day: str = DAY, login: str = "ada") -> subprocess.CompletedProcess[str]:
        return run(*arguments, "--catalog", str(skills), "--as-of", day, env={"LOGNAME": login})

    return gapcheck


def data(plan: Run, *arguments: str, day: str = DAY) -> dict[str, Any]:
    done = plan("plan", *arguments, "--format", "json", day=day)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_plan_says_what_is_done_when_and_what_reaches_its_level(plan: Run) -> None:
    done = plan("plan")
    assert done.returncode == 0, done.stderr
    assert "26 weeks from 6 Jan 2025, 4 h a week" in done.stdout
    assert "Of 104 h there are, 88 h are planned and 16 h are over." in done.stdout
    made = data(plan)
    assert [(g["skill"], g["to"], g["reached_in_week"]) for g in made["goals"]] == [
        ("search", 4, 8), ("adverts", 4, 16), ("writing", 4, 22),
    ]  # fmt: skip
    assert made["holds"] is True


def test_holidays_make_it_later(plan: Run) -> None:
    made = data(plan, "--busy", "2025-01-13..2025-01-26", "--busy", "2025-01-27=2")
    assert made["hours"] == pytest.approx(104 - 8 - 0.4)
    weeks = [part["week"] for part in made["parts"]]
    assert 2 not in weeks
    assert 3 not in weeks


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--hours", "0"], "There are no hours to plan"),
        (["--weeks", "1"], "What reaches its level"),
        (["--start", "2024-02-29"], "26 weeks from 29 Feb 2024"),
        (["--start", "2025-03-28", "--weeks", "2", "--hours", "16"], "WITH OTHER HOURS"),
    ],
)
def test_odd_weeks_are_plans_too(plan: Run, arguments: list[str], told: str) -> None:
    done = plan("plan", *arguments)
    assert done.returncode == 0, done.stderr
    assert told.lower() in done.stdout.lower() or "Nothing to learn" in done.stdout


def test_holidays_over_all_weeks_are_named(plan: Run) -> None:
    told = " ".join(plan("plan", "--busy", "2024-12-03..2025-04-02", "--busy", "2025-04-03..2026-01-03").stdout.split())
    assert "No day is left to learn on: holidays (3 Dec 2024 to 2 Apr 2025, 3 Apr 2025 to 3 Jan 2026)" in told
    assert "--hours" not in told


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
    done = plan("plan", "--agree", "--busy", "2025-02-03..2025-02-09")
    assert "agreed, in" in done.stderr
    kept = (home / "plans" / "ada.yaml").read_text()
    assert '- {skill: "search", start: 1, to: 4, hours: 32, because: "target"}' in kept
    assert "- {since: 2025-02-03, until: 2025-02-09, hours: 0}" in kept
    assert (home / "plans" / "ada.yaml").stat().st_mode & 0o777 == 0o600

    logged = plan("log", "search", "--hours", "4", day="2025-01-10")
    assert "Search: step 0 of 2 done, 4 h logged, 28 h left to 4." in logged.stderr
    logged = plan("log", "search", "--hours", "2.5", "--step", "1", day="2025-01-16")
    assert "Search: step 1 of 2 done, 6.5 h logged, 24 h left to 4." in logged.stderr

    on_time = plan("plan", day="2025-01-20")
    assert "24 weeks from 20 Jan 2025" in on_time.stdout
    assert "It still holds." in on_time.stdout
    late = plan("plan", day="2025-04-21")
    assert "It no longer holds: 36 h are missing for Adverts, Writing." in late.stdout
    assert "It takes 8 h a week from now on" in late.stdout
    assert "It still holds." in plan("plan", "--hours", "8", day="2025-04-21").stdout

    plan("log", "search", "--hours", "1", "--step", "2", day="2025-04-21")
    assert [g["skill"] for g in data(plan, day="2025-04-21")["goals"]] == [
        "search", "adverts", "writing",
    ]  # fmt: skip


def test_a_level_that_the_sheet_has_is_reached_and_leaves_the_plan(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    keep(home, "{search: 4, adverts: 1, writing: 3}")
    assert [g["skill"] for g in data(plan)["goals"]] == ["adverts", "writing"]
    assert data(plan)["reached"] == [{"skill": "search", "from": 1, "to": 4}]
    assert "Reached: Search (4)." in plan("plan").stdout
    keep(home, "{search: 4, adverts: 4, writing: 4}")
    told = plan("plan").stdout
    assert "Reached: Search (4), Adverts (4), Writing (4)." in told
    assert "Everything that was agreed is reached." in told


def test_agreeing_to_more_weeks_keeps_what_is_reached_and_its_log(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--busy", "2025-02-03")
    plan("log", "search", "--hours", "3", "--step", "2")
    keep(home, "{search: 4, adverts: 1, writing: 3}")
    assert plan("plan", "--agree", "--weeks", "30", "--busy", "2025-02-03").returncode == 0
    kept = (home / "plans" / "ada.yaml").read_text()
    assert ("weeks: 30" in kept, kept.count("since: 2025-02-03")) == (True, 1)
    assert kept.count('skill: "search"') == 2
    assert "Reached: Search (4)." in plan("plan").stdout


def test_hours_that_were_changed_by_hand_are_put_into_the_weeks(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    path = home / "plans" / "ada.yaml"
    path.write_text(
        path.read_text().replace('"search", start: 1, to: 4, hours: 32', '"search", start: 1, to: 4, hours: 8')
    )
    made = data(plan)
    assert [(part["hours"], part["ends"]) for part in made["parts"][:3]] == [(2, True), (2, False), (4, True)]
    assert made["over"] == 104 - 88 + 24
    assert "Search: step 0 of 2 done, 1 h logged, 7 h left to 4." in plan("log", "search", "--hours", "1").stderr


def test_anew_chooses_again_and_keeps_what_was_logged(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--hours", "1", "--weeks", "8")
    plan("log", "search", "--hours", "3")
    assert data(plan)["hours_per_week"] == 1
    assert data(plan, "--anew")["hours_per_week"] == 4
    plan("plan", "--anew", "--agree")
    assert '- {date: 2025-01-06, skill: "search", hours: 3}' in (home / "plans" / "ada.yaml").read_text()


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
        (["plan", "--busy", "2025-02-10..2025-02-03"], "--busy 2025-02-10..2025-02-03: must be days"),
        (["plan", "--busy", "2025-02-30"], "--busy 2025-02-30: must be days"),
        (["plan", "--busy", "2025-02-03=99"], "--busy 2025-02-03=99: must be days"),
        (["plan", "--start", "tomorrow"], "--start: must be a date like 2027-01-04"),
        (["plan", "--start", "9999-12-01"], "--start: the calendar ends before 26 weeks from 9999-12-01 do"),
        (
            ["plan", "--busy", "2025-07-07", "--busy", "2024-12-03..2025-01-05"],
            "--busy 2025-07-07..2025-07-07: lies outside the weeks of the plan, 2025-01-06 to 2025-07-06\n"
            "--busy 2024-12-03..2025-01-05: lies outside",
        ),
        (["plan", "--format", "pdf"], "--format: must be terminal, markdown, html, json, csv, ics"),
        (["plan", "--output", "plan.pdf"], "the extension must be .md"),
        (["log", "search", "--hours", "1"], "ada has no plan yet; gapcheck plan --agree keeps one"),
        (["log", "search", "--hours", "0"], "--hours: 0 notes nothing but with --step"),
        (["log", "serach", "--hours", "1"], "there is no skill serach; did you mean search?"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(plan: Run, home: Path, arguments: list[str], told: str) -> None:
    done = plan(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert not (home / "plans").exists()


def test_the_last_day_of_the_calendar_is_no_fault_of_the_first_day_of_a_plan(plan: Run) -> None:
    done = plan("plan", day="9999-12-31")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--as-of: the calendar ends before 26 weeks from 9999-12-31 do\n"


def test_every_fault_of_a_plans_file_is_named_with_its_line(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    path = home / "plans" / "ada.yaml"
    text = (
        path.read_text().replace('person: "ada"', "person: ben").replace('"adverts"', "advert").replace("busy: []", "")
    ).replace("start: 2025-01-06", "start: 9999-12-01")
    path.write_text(text + "busy: [{since: 2025-02-04, until: 2025-02-03}]\n")
    done = plan("plan")
    assert done.returncode == 2
    told = [line.split(": ", 1)[1] for line in done.stderr.splitlines()]
    assert told == [
        "person: must be ada, as the file's name says",
        "start: the calendar ends before these weeks do",
        "goals.1.skill: unknown skill; did you mean adverts?",
        "busy.0.until: must not be before since",
    ]
    assert done.stderr.startswith(f"{path}:2:")


def test_a_log_that_nobody_can_have_made_is_refused_entry_by_entry(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--hours", "1.5")
    path = home / "plans" / "ada.yaml"
    entries = (
        "{date: 2025-01-06, skill: search, hours: 1, step: 3}",
        "{date: 9998-01-07, skill: search, hours: 1}",
        "{date: 2025-01-06, skill: writing, hours: 1}",
        "{date: 2024-12-03, skill: writing, hours: 1, step: 9}",  # of a plan before this one
        "{date: 2025-01-06, skill: search, hours: 1, step: 2}",
    )
    path.write_text(path.read_text().replace("log: []", "log:\n" + "".join(f"  - {entry}\n" for entry in entries)))
    before = path.read_bytes()
    for arguments in (("plan",), ("log", "search", "--hours", "1")):
        done = plan(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert [re.sub(r"^.*ada.yaml:(\d+):\d+", r"\1", line) for line in done.stderr.splitlines()] == [
            "11: log.0.step: must be at most 2, the last step of search here",
            f"12: log.1.date: is of a day to come, today is {TODAY}; take the line out, or put its day right",
            "13: log.2.skill: is not in this plan; it has search",
        ]
    assert path.read_bytes() == before


def test_nothing_is_logged_on_a_day_to_come(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    before = (home / "plans" / "ada.yaml").read_bytes()
    done = plan("log", "search", "--hours", "1", day="9998-01-07")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"--as-of: 9998-01-07 is to come; log what was done, up to today, {TODAY}\n"
    assert (home / "plans" / "ada.yaml").read_bytes() == before


def test_as_of_an_earlier_day_the_plan_is_what_it_was_and_its_file_keeps_what_came_later(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    then = plan("plan", day="2025-01-13").stdout
    plan("log", "search", "--hours", "3", day="2025-01-20")
    assert plan("plan", day="2025-01-13").stdout == then
    assert plan("plan", "--agree", day="2025-01-13").stdout == then
    assert plan("log", "search", "--hours", "2", day="2025-01-10").returncode == 0, "yesterday's, noted today"
    assert (home / "plans" / "ada.yaml").read_text().count('skill: "search", hours: ') == 2
    assert "5 h logged" in plan("plan", day="2025-01-20").stdout


@pytest.mark.parametrize("login", ["ben", "nobody-known"])
def test_nothing_is_logged_in_somebody_elses_plan_unasked(plan: Run, home: Path, login: str) -> None:
    plan("plan", "--agree")
    (home / "sheets" / "ben").mkdir()
    (home / "sheets" / "ben" / f"{DAY}.yaml").write_text(SHEET.replace("ada", "ben").format(levels="{search: 1}"))
    before = (home / "plans" / "ada.yaml").read_bytes()
    done = plan("log", "search", "--hours", "1", login=login)
    assert (done.returncode, done.stderr) == (2, f"{login} has no plan yet; only ada has: --person ada\n")
    assert (home / "plans" / "ada.yaml").read_bytes() == before
    assert plan("log", "search", "--hours", "1", "--person", "ada", login=login).returncode == 0


def test_agreeing_for_somebody_else_says_whose_plan_it_is(plan: Run, home: Path) -> None:
    done = plan("plan", str(home / "sheets" / "ada" / f"{DAY}.yaml"), "--agree", login="ben")
    path = home / "plans" / "ada.yaml"
    how = "gapcheck log SKILL --hours N --step N"
    assert done.stderr == f"agreed for ada, in {path}; as ada learns: {how} --person ada\n"
    assert plan("plan", "--agree").stderr == f"agreed, in {path}; as you learn: {how}\n"


def test_what_only_choosing_heeds_is_refused_beside_an_agreed_plan(plan: Run, run: Run, skills: Path) -> None:
    (skills / "roles" / "boss.yaml").write_text("gapcheck: role/1\nname: Boss\ntarget: 2\n")
    plan("plan", "--agree")
    done = plan("plan", "--role", "boss", "--urgent", "writing")
    why = "changes nothing in the plan that was agreed; --anew makes another"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"--role: {why}\n--urgent: {why}\n")
    assert plan("plan", "--anew", "--role", "boss", "--urgent", "writing").returncode == 0
    usual = run("plan", "--catalog", str(skills), "--as-of", DAY, env={"GAPCHECK_ROLE": "boss"})
    assert usual.returncode == 0, "a variable is meant for other commands too"


def test_choosing_anew_leaves_out_of_todays_log_what_the_new_plan_has_no_place_for(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    for skill, step in (("search", "1"), ("writing", "1")):
        plan("log", skill, "--hours", "2", "--step", step)
    done = plan("plan", "--anew", "--agree", "--hours", "1.5")
    assert "left out of the log, since the new plan has no such skill or step: 2025-01-06, writing, 2 h, step 1" in (
        done.stderr
    )
    kept = (home / "plans" / "ada.yaml").read_text()
    assert ('skill: "search", hours: 2, step: 1}' in kept, "writing" in kept) == (True, False)
    assert plan("plan").returncode == 0


def test_hours_before_the_first_day_are_noted_and_do_not_count(plan: Run) -> None:
    plan("plan", "--agree", "--start", "2025-01-13")
    assert "it does not count, since the plan begins on 2025-01-13" in plan("log", "search", "--hours", "1").stderr
    assert "does not count" not in plan("log", "search", "--hours", "1", day="2025-01-13").stderr


@pytest.mark.parametrize("arguments", [("plan",), ("log", "search", "--hours", "1")])
def test_a_plan_out_of_reach_is_no_missing_plan(plan: Run, home: Path, arguments: tuple[str, ...]) -> None:
    plan("plan", "--agree")
    folder, path = home / "plans", home / "plans" / "ada.yaml"
    kept = path.rename(home / "kept.yaml")
    path.symlink_to(kept)
    done = plan(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ada.yaml: is a symbolic link, through which nothing is written; put the file itself here" in done.stderr
    path.unlink()
    path.mkdir()
    assert "ada.yaml: is a folder, not a file" in plan(*arguments).stderr
    folder.rename(home / "plans-of-old")
    folder.symlink_to(home / "nowhere")
    done = plan(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "plans: is a symbolic link that leads nowhere" in done.stderr
    folder.unlink()
    folder.write_text("a file")
    done = plan(*arguments)
    assert done.returncode == 2
    assert "plans: cannot be " in done.stderr


def test_a_plan_in_a_folder_that_may_not_be_entered_is_no_missing_plan(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    folder = home / "plans"
    folder.chmod(0o400)
    try:
        if os.access(folder / "ada.yaml", os.R_OK):
            pytest.skip("whoever runs this may enter any folder")
        for arguments, told in (
            (("plan",), "ada.yaml: cannot be read"),
            (("log", "search", "--hours", "1"), "cannot be"),
        ):
            done = plan(*arguments)
            assert (done.returncode, done.stdout) == (2, "")
            assert told in done.stderr
    finally:
        folder.chmod(0o700)


def test_what_a_killed_write_left_behind_is_swept_by_the_next(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    left = home / "plans" / ".ada.yaml.0123abcd.tmp"
    left.write_text("half")
    assert plan("plan").returncode == 0
    assert left.exists()
    assert plan("log", "search", "--hours", "1").returncode == 0
    assert not left.exists()


def test_a_folder_of_plans_that_is_a_link_is_read_and_written(plan: Run, home: Path) -> None:
    (home / "elsewhere").mkdir()
    (home / "plans").symlink_to(home / "elsewhere")
    assert plan("plan", "--agree").returncode == 0
    assert plan("log", "search", "--hours", "1").returncode == 0
    assert "hours: 1}" in (home / "elsewhere" / "ada.yaml").read_text()


def test_eight_entries_at_once_are_all_kept(
    plan: Run, home: Path, skills: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    plan("plan", "--agree")
    command = [sys.executable, "-m", "gapcheck", "log", "search", "--catalog", str(skills), "--as-of", DAY]
    ada = {**environment, "LOGNAME": "ada"}
    begun = [
        subprocess.Popen([*command, "--hours", str(n)], env=ada, cwd=tmp_path, stderr=subprocess.PIPE)
        for n in range(1, 9)
    ]
    told = [process.communicate(timeout=60)[1].decode() for process in begun]
    assert [process.returncode for process in begun] == [0] * 8, told
    logged = re.findall(r"date.*hours: (\d+)}", (home / "plans" / "ada.yaml").read_text())
    assert sorted(map(int, logged)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {path.name for path in (home / "plans").iterdir()} <= {"ada.yaml", ".lock"}


def test_a_lock_that_is_not_given_up_is_waited_for_a_few_seconds_and_then_told(
    plan: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    from gapcheck.files import plans
    from gapcheck.problems import InputError

    plan("plan", "--agree")
    monkeypatch.setenv("GAPCHECK_HOME", str(home))
    monkeypatch.setattr(plans, "PATIENCE", 0.05)
    with FileLock(home / "plans" / ".lock"), pytest.raises(InputError) as refused, plans.held():
        pass
    assert "another gapcheck is writing a plan here" in str(refused.value.problems[0])


def test_steps_and_skills_that_are_not_in_the_plan_are_refused_and_nothing_is_noted(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--hours", "1.5")
    before = (home / "plans" / "ada.yaml").read_bytes()
    assert "writing is not in the plan; it has search" in plan("log", "writing", "--hours", "1").stderr
    assert "--step: search has 2 steps in this plan" in plan("log", "search", "--hours", "1", "--step", "3").stderr
    assert (home / "plans" / "ada.yaml").read_bytes() == before


# formats


def test_two_parsers_read_the_calendar_and_a_rerun_moves_what_slipped(plan: Run) -> None:
    plan("plan", "--agree")
    first, later = (plan("plan", "--format", "ics", day=day).stdout for day in (DAY, "2025-02-03"))
    events: Any = icalendar.Calendar.from_ical(first).walk("VEVENT")
    other = vobject.readOne(first).vevent_list
    assert [(str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend"), str(e["summary"])) for e in events] == [
        (e.uid.value, e.dtstart.value, e.dtend.value, e.summary.value) for e in other
    ]
    assert [str(e["summary"]) for e in events][:2] == [
        "Learn Search: step 1, to 2 (8 h)",
        "Learn Search: step 2, to 4 (24 h)",
    ]
    assert [e.decoded("dtstart").isoformat() for e in events][:2] == ["2025-01-06", "2025-01-20"]
    moved: Any = icalendar.Calendar.from_ical(later).walk("VEVENT")
    assert [str(e["uid"]) for e in moved] == [str(e["uid"]) for e in events]
    assert moved[0].decoded("dtstart").isoformat() == "2025-02-03"
    assert moved[0]["sequence"] > events[0]["sequence"]


def test_a_table_for_spreadsheets_holds_every_part_and_no_formula(plan: Run, skills: Path) -> None:
    (skills / "attract.yaml").write_text(STAGE.replace("Look at ten.", "'=1+1'"))
    rows = list(csv.DictReader(io.StringIO(plan("plan", "--format", "csv").stdout)))
    assert sum(float(row["hours"]) for row in rows) == 88
    assert rows[0] == {
        "week": "1", "begins": "2025-01-06", "skill": "search", "step": "1", "to": "2", "hours": "4.0", "ends": "no",
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
    ("start", "reached"), [("2025-01-06", "28 Feb"), ("2025-01-08", "4 Mar"), ("2025-01-11", "7 Mar")]
)
def test_a_level_is_reached_on_the_last_working_day_of_its_week(plan: Run, start: str, reached: str) -> None:
    assert f"{reached} 2025" in plan("plan", "--start", start).stdout


def test_anew_keeps_holidays_to_come_and_counts_what_is_logged_from_its_own_first_day(plan: Run, home: Path) -> None:
    plan("plan", "--agree", "--busy", "2025-01-13..2025-01-19", "--busy", "2025-03-03..2025-03-09")
    plan("log", "search", "--hours", "8", "--step", "1", day="2025-01-22")
    done = plan("plan", "--anew", "--agree", day="2025-02-03")
    assert done.returncode == 0, done.stderr
    kept = (home / "plans" / "ada.yaml").read_text()
    assert "since: 2025-03-03" in kept
    assert "since: 2025-01-13" not in kept
    again = plan("plan", day="2025-02-03").stdout
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


def test_a_plan_whose_weeks_are_over_says_so_and_how_to_go_on(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    keep(home, "{search: 4, adverts: 1, writing: 3}")
    last, over = (plan("plan", day=day).stdout for day in ("2025-07-06", "2025-07-07"))
    assert "1 week from 30 Jun 2025" in last
    told = " ".join(over.split())
    assert told.startswith(
        "ada's plan \N{MIDDLE DOT} ended on 6 Jul 2025 Reached: Search (4). The plan has ended, with"
    )
    assert "56 h left to do for Adverts, Writing. Rate yourself and choose again: gapcheck assess, then" in told
    assert "Or go on at 4 h a week: gapcheck plan --weeks 40 --agree" in told
    assert "It still holds." in plan("plan", "--weeks", "40", day="2025-07-07").stdout
    assert "It still holds." not in plan("plan", "--weeks", "39", day="2025-07-07").stdout
    for skill in ("adverts", "writing"):
        plan("log", skill, "--hours", "1", "--step", "1" if skill == "writing" else "2", day="2025-07-07")
    done = " ".join(plan("plan", day="2025-07-07").stdout.split())
    assert "The plan has ended, and all its steps are done. Rate yourself" in done
    assert "--weeks" not in done


def test_a_sheet_that_is_no_good_is_told_before_anything_is_noted(plan: Run, home: Path) -> None:
    plan("plan", "--agree")
    before = (home / "plans" / "ada.yaml").read_bytes()
    keep(home, "{search: 9}")
    done = plan("log", "search", "--hours", "1")
    assert done.returncode == 2
    assert "search: must be a level from 0 to 5" in done.stderr
    assert (home / "plans" / "ada.yaml").read_bytes() == before
