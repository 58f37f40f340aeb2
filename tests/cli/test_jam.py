"""gapcheck jam as a user meets it: month by month in a folder of its own."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.cli.jam import jam
from gapcheck.core.jams import PAUSE, TALKS, Jam, Slot
from gapcheck.files import jams
from gapcheck.problems import InputError
from tests.conftest import DAY

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
JANUARY = ("--as-of", "2027-01-11")
LEVELS = {"ada": "search", "ben": "adverts", "cleo": "pages", "dan": "mail"}
GROUPS = {"ada": "growth", "ben": "growth", "cleo": "brand", "dan": "brand"}


@pytest.fixture
def folder(tmp_path: Path, small: Path) -> Path:
    """A project of four people in two groups, each of whom carries one skill and knows the others."""
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    people = "".join(
        f"  {who}: {{name: {who.capitalize()} Example, groups: {{function: {GROUPS[who]}}}}}\n" for who in GROUPS
    )
    (tmp_path / "people.yaml").write_text(f"gapcheck: people/1\npeople:\n{people}", encoding="utf-8")
    (tmp_path / "gapcheck.yaml").write_text(f"gapcheck: config/1\ncatalog: {small.name}\n", encoding="utf-8")
    for who, best in LEVELS.items():
        levels = ", ".join(f"{name}: {4 if name == best else 1}" for name in LEVELS.values())
        text = f"gapcheck: sheet/1\nperson: {who}\ndate: 2027-01-04\nlevels: {{{levels}}}\n"
        (sheets / f"{who}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


Plan = Callable[..., str]


@pytest.fixture
def plan(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Plan:
    """Plan a jam on some day in this process; gives what went to standard output. InputError is left to the test."""
    monkeypatch.chdir(folder)

    def call(day: str, **options: Any) -> str:
        jam(as_of=day, **options)
        return capsys.readouterr().out

    return call


def speakers(folder: Path, month: str) -> list[str]:
    text = (folder / "jams" / f"{month}.yaml").read_text(encoding="utf-8").split("dropped:")[0]
    return re.findall(r'speaker: "(\w+)"', text)


def test_the_next_jam_is_planned_printed_and_remembered(run: Run, folder: Path) -> None:
    done = run("jam", *JANUARY)
    assert (done.returncode, done.stderr.replace("\\", "/")) == (0, "wrote jams/2027-02.yaml\n")
    assert done.stdout.startswith("Analytics knowledge jam  \N{MIDDLE DOT}  Tuesday 2 Feb 2027, 10:00 to 11:15\n")
    assert "Example" not in done.stdout
    assert speakers(folder, "2027-02") == ["ada", "cleo", "ben", "dan"]
    assert "Ada Example" in run("jam", *JANUARY, "--names").stdout


def test_planned_again_unchanged_nothing_differs_by_a_byte_whatever_the_day(run: Run, folder: Path) -> None:
    first = run("jam", *JANUARY, "--format", "ics")
    path = folder / "jams" / "2027-02.yaml"
    kept = "# a comment of ours\n" + path.read_text(encoding="utf-8")
    path.write_text(kept, encoding="utf-8")
    again = run("jam", "--as-of", "2027-01-20", "--format", "ics", env={"TZ": "Asia/Tokyo", "LC_ALL": "C"})
    assert (again.stdout, again.stderr) == (first.stdout, "")
    assert path.read_text(encoding="utf-8") == kept


def test_a_change_keeps_identifiers_raises_the_sequence_and_cancels_what_is_off(plan: Plan) -> None:
    plan("2027-01-11")
    changed = plan("2027-01-20", date="2027-02-09", at="14:00", slots=3, formats="ics")
    events = changed.split("BEGIN:VEVENT")[1:]
    assert [re.findall(r"slot-\d", event) for event in events] == [["slot-1"], ["slot-2"], ["slot-3"], ["slot-4"]]
    assert ["CANCELLED" in event for event in events] == [False, False, False, True]
    assert all("SEQUENCE:1\r\n" in event and "DTSTAMP:20270120T000000Z\r\n" in event for event in events)
    assert "DTSTART:20270209T140000\r\n" in events[0]


def test_day_hour_and_zone_stay_as_the_months_file_has_them(plan: Plan, folder: Path) -> None:
    plan("2027-01-11", date="2027-02-09", at="14:00", tz="Europe/Berlin")
    before = (folder / "jams" / "2027-02.yaml").read_bytes()
    assert "Tuesday 9 Feb 2027, 14:00 to 15:15 (Europe/Berlin)" in plan("2027-01-12")
    assert (folder / "jams" / "2027-02.yaml").read_bytes() == before


def test_without_its_library_a_calendar_is_refused_before_anything_is_written(
    plan: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    for wish in ({"formats": "ics"}, {"output": [Path("agenda.ICS")]}):
        with pytest.raises(InputError) as refused:
            plan("2027-01-11", **wish)
        (problem,) = refused.value.problems
        command = shlex.join([sys.executable, "-m", "pip", "install", "icalendar"])
        assert problem.message == f"a calendar takes a library that is not here; install it with:  {command}"
    assert not (folder / "jams").exists()
    assert plan("2027-01-11").startswith("Analytics knowledge jam")


def test_talks_pause_and_kind_of_group_stay_as_they_were_asked_for_until_they_are_anew(
    plan: Plan, folder: Path
) -> None:
    text = (folder / "people.yaml").read_text(encoding="utf-8")
    (folder / "people.yaml").write_text(text.replace("{function", "{unit: ours, function"), encoding="utf-8")
    plan("2027-01-11", slots=3, pause=0, by="unit")
    before = (folder / "jams" / "2027-02.yaml").read_bytes()
    assert "10:00 to 10:45" in plan("2027-01-12")
    assert (folder / "jams" / "2027-02.yaml").read_bytes() == before
    assert "10:00 to 10:50" in plan("2027-01-12", slots=2, pause=20)
    (again,) = jams.load()
    assert (again.talks, again.pause, again.by, again.revision) == (2, 20, "unit", 1)
    (folder / "people.yaml").write_text(text, encoding="utf-8")  # nobody is in a unit any more
    plan("2027-01-12")
    assert jams.load()[0].by == "function"


def test_a_month_asked_for_more_talks_than_there_are_goes_on_saying_so(plan: Plan) -> None:
    plan("2027-01-11", slots=6)
    assert "4 of 6 talks" in plan("2027-01-12")


def test_the_series_stays_through_changes_and_months_and_is_another_for_another_team(plan: Plan, folder: Path) -> None:
    plan("2027-01-11", dry_run=True)
    plan("2027-01-11")
    (first,) = jams.load()
    plan("2027-01-12", slots=1)
    plan("2027-02-11", since="2027-03-01")
    assert [jam.series for jam in jams.load()] == [first.series] * 2
    for path in (folder / "jams").iterdir():
        path.unlink()
    (folder / "sheets" / "ada.yaml").unlink()
    plan("2027-01-11")
    assert jams.load()[0].series != first.series


def test_what_the_help_says_is_usual_is_so(run: Run) -> None:
    told = " ".join(run("jam", "--help").stdout.split())
    assert f"How many talks of 15 minutes; {TALKS} if not given." in told
    assert f"Minutes for questions after each talk; {PAUSE} if not given." in told


def test_month_by_month_everybody_has_their_turn_and_since_forgets_what_was_before(plan: Plan, folder: Path) -> None:
    for day in ("2027-01-11", "2027-02-11", "2027-03-11"):
        plan(day, slots=2)
    one, two, three = (speakers(folder, f"2027-0{month}") for month in (2, 3, 4))
    assert sorted(one + two) == sorted(LEVELS)
    assert three == one
    assert f"10:00 {two[0].upper()}" in plan("2027-02-11", slots=2, dry_run=True)
    assert f"10:00 {one[0].upper()}" in plan("2027-02-11", slots=2, dry_run=True, since="2027-02-03")
    assert f"10:00 {two[0].upper()}" in plan("2027-02-11", slots=2, dry_run=True, since="2027-02-02")


def test_a_jam_that_was_held_stays_as_it_is(plan: Plan, folder: Path) -> None:
    plan("2027-01-11")
    before = (folder / "jams" / "2027-02.yaml").read_bytes()
    with pytest.raises(InputError) as refused:
        plan("2027-02-03", date="2027-02-23")
    assert "was held on 2027-02-02 and stays as it is" in refused.value.problems[0].message
    assert (folder / "jams" / "2027-02.yaml").read_bytes() == before
    plan("2027-02-02", date="2027-02-23")
    assert (folder / "jams" / "2027-02.yaml").read_bytes() != before


def test_a_dry_run_remembers_nothing(plan: Plan, folder: Path) -> None:
    assert plan("2027-01-11", dry_run=True).startswith("Analytics knowledge jam")
    assert not (folder / "jams").exists()


def test_files_are_written_in_the_format_of_their_extension(plan: Plan, folder: Path) -> None:
    assert plan("2027-01-11", output=[Path("agenda.md"), Path("out/agenda.ics")]) == ""
    assert (folder / "agenda.md").read_text(encoding="utf-8").startswith("# Analytics knowledge jam\n")
    assert (folder / "out" / "agenda.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    both = plan("2027-01-11", output=[Path("agenda.txt"), Path("-")], formats="markdown", quiet=True)
    assert both == (folder / "agenda.md").read_text(encoding="utf-8")
    assert (folder / "agenda.txt").read_text(encoding="utf-8").startswith("Analytics knowledge jam")
    assert plan("2027-01-11", output=[Path("agenda.md"), Path("-")]).startswith("Analytics knowledge jam")


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"date": "soon"}, "--date: must be a date"),
        ({"date": "2027-01-10"}, "--date: 2027-01-10 is over"),
        ({"since": "ever"}, "--since: must be a date"),
        ({"at": "25:00"}, "--at: must be a time of day like 10:00"),
        ({"at": "23:30"}, "has to end before midnight"),
        ({"by": "functoin"}, "did you mean function?"),
        ({"tz": "Nowhere/Else"}, "there is no time zone Nowhere/Else"),
        ({"formats": "pdf"}, "--format: must be terminal, markdown, html, ics"),
        ({"output": [Path("agenda.pdf")]}, "the extension must be .md, .markdown, .html, .txt, .ics"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    plan: Plan, folder: Path, wish: dict[str, object], why: str
) -> None:
    with pytest.raises(InputError) as refused:
        plan("2027-01-11", **wish)
    assert why in refused.value.problems[0].message
    assert not (folder / "jams").exists()


def test_a_bad_sheet_is_listed_and_the_others_speak(run: Run, folder: Path) -> None:
    (folder / "sheets" / "dan.yaml").write_text("gapcheck: sheet/1\nperson: dan\ndate: never\n", encoding="utf-8")
    done = run("jam", *JANUARY)
    assert done.returncode == 0
    assert "dan.yaml:3:" in done.stderr
    assert "1 file could not be read" in done.stderr
    assert sorted(speakers(folder, "2027-02")) == ["ada", "ben", "cleo"]


def test_nobody_with_anything_to_tell_is_told_kindly_and_remembered_nowhere(run: Run, folder: Path) -> None:
    for who in ("ada", "ben", "cleo"):
        (folder / "sheets" / f"{who}.yaml").unlink()
    done = run("jam", *JANUARY)
    assert (done.returncode, done.stdout) == (2, "")
    assert "one person alone makes no jam" in done.stderr
    (folder / "sheets" / "dan.yaml").unlink()
    assert run("jam", *JANUARY).returncode == 2
    assert not (folder / "jams").exists()


# the files of past jams


def test_what_is_written_is_read_back_whatever_stands_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    question = 'What? "Quoted", \\ and: {it} # \N{EM DASH}\nnext line'
    slot = Slot(at="09:05", speaker="ada", group="no: body", skill="ads", objective="models", question=question)
    odd = Jam(
        date=DAY,
        series="ours",
        planned=DAY,
        revision=7,
        talks=2,
        pause=0,
        by="unit",
        tz="UTC",
        slots=(slot,),
        dropped=(replace(slot, group=None, question=""),),
    )
    jams.save(odd)
    assert jams.load() == (odd,)


def test_the_file_is_called_by_its_month_and_every_fault_has_its_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "jams").mkdir()
    text = "gapcheck: jam/1\nseries: x\ndate: 2027-03-02\nplanned: 2027-01-01\nslots: []\n"
    (folder / "jams" / "2027-02.yaml").write_text(text, encoding="utf-8")
    (folder / "jams" / "2027-03.yaml").write_text(text + "seats: 4\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        jams.load()
    first, second = (str(problem).replace("\\", "/") for problem in refused.value.problems)
    assert first == "jams/2027-02.yaml:3:1: date: the file of a jam in this month is called 2027-03.yaml"
    assert second.startswith("jams/2027-03.yaml:6:1: seats: unknown key")


def test_the_example_is_the_first_of_its_team_and_the_next_one_follows_it(run: Run) -> None:
    done = run("jam", *JANUARY, "--dry-run", cwd=ROOT / "examples")
    assert (done.returncode, done.stderr) == (0, "")
    assert "this: Ad in a feed or story?" in done.stdout
