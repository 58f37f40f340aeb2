"""What changed since an earlier sitting: which sheets are taken, and what is said of those that are not."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.cli import inputs, teams
from gapcheck.problems import InputError
from tests.cli.catalog import SKILLS, keep
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Run

LEVELS = "levels:\n" + "".join(f"  {skill}: 2\n" for skill in SKILLS)
AS_OF = ("--as-of", "2027-01-11")
EXAMPLES = ROOT / "examples"

Since = Callable[..., str]


@pytest.fixture
def report(run: Run, small: Path) -> Since:
    """What `gapcheck report` prints under the small catalog; it must end with the code given."""

    def told(*arguments: object, code: int = 0) -> str:
        done = run("report", *map(str, arguments), *AS_OF, "--catalog", str(small))
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    return told


def with_level(skill: str, level: object, text: str = LEVELS) -> str:
    return re.sub(f"  {skill}: .*", f"  {skill}: {level}", text)


def trend_in(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)["trend"]
    return found


def test_one_sitting_has_no_trend(report: Since, home: Path) -> None:
    keep(home, LEVELS)
    assert "since" not in report().lower()
    assert "trend" not in json.loads(report("--format", "json"))


def test_the_sitting_before_is_taken_from_the_private_folder(report: Since, home: Path) -> None:
    keep(home, with_level("mail", 1, with_level("search", 4)), day="2026-07-06")
    keep(home, with_level("mail", 5), day="2026-01-05")
    keep(home, with_level("adverts", "unknown"))
    told = report()
    assert told.splitlines()[4] == "Since 6 Jul 2026: 1 up, 2 down"
    assert "SINCE 6 JUL 2026" in told
    assert re.search(r"Mail work +1 +2 +up 1 +█▂▃", told)
    assert re.search(r"Search work +4 +2 +down 2 +▃▆▃", told)
    assert "now unknown, counted as 0" in told
    assert "within the error of a self-rating" in " ".join(told.split())
    found = trend_in(report("--format", "json"))
    assert found["sittings"] == ["2026-01-05", "2026-07-06", "2027-01-04"]
    assert {each["id"]: each["kind"] for each in found["skills"] if each["kind"] != "same"} == {
        "search": "down",
        "adverts": "down",
        "mail": "up",
    }
    assert "| Mail work | 1 | 2 | up 1 | █▂▃ |  |" in report("--format", "markdown")


def test_the_order_of_named_sheets_does_not_matter(report: Since, home: Path) -> None:
    paths = [keep(home, with_level("mail", n), day=f"2026-0{n}-05") for n in (1, 2, 3)]
    assert report(*paths) == report(*paths[::-1]) == report(paths[1], paths[2], paths[0])


def test_others_sheets_stand_beside_the_latest_of_ones_own(report: Since, home: Path) -> None:
    paths = [keep(home, with_level("mail", n), day=f"2026-0{n}-05") for n in (1, 2)]
    peer = keep(home, f"rater: peer\nby: ben\n{LEVELS}", day="2026-02-06")
    told = report(peer, *paths)
    assert re.search(r"Skill +self +peer ben +Others from self", told)
    assert "Since 5 Jan 2026: 1 up" in told


def test_two_sheets_of_one_day_are_refused(report: Since, home: Path, tmp_path: Path) -> None:
    first = keep(home, LEVELS)
    second = shutil.copy(first, tmp_path / "again.yaml")
    assert "again.yaml: is of the same day, 2027-01-04, as 2027-01-04.yaml; give one of the two" in report(
        first, second, code=2
    )


def test_another_person_is_refused(report: Since, home: Path) -> None:
    told = report(keep(home, LEVELS), keep(home, LEVELS, person="ben", day="2026-01-05"), code=2)
    assert "is about ben, 2027-01-04.yaml about ada" in told


def test_a_sheet_of_a_day_to_come_is_left_out_and_named(report: Since, home: Path) -> None:
    paths = [keep(home, LEVELS, day=day) for day in ("2026-01-05", "2027-01-05", "2028-01-05")]
    told = report(*paths)
    assert "2028-01-05.yaml: is of a day to come, 2028-01-05; left out" in told
    assert "5 Jan 2027" in told.splitlines()[0]
    assert "Since 5 Jan 2026" in told


def test_the_newest_sheet_is_the_newest_of_the_day_that_counts(report: Since, home: Path) -> None:
    for day, level in (("2026-01-05", 1), ("2026-07-06", 2), ("2027-02-01", 3)):
        keep(home, with_level("mail", level), day=day)
    told = report()
    assert "6 Jul 2026" in told.splitlines()[0]
    assert re.search(r"Mail work +1 +2 +up 1", told)
    assert "2027-02-01.yaml: is of a day to come, 2027-02-01; left out of the trend" in told
    for day in ("2026-01-05", "2026-07-06"):
        (home / "sheets" / "ada" / f"{day}.yaml").unlink()
    assert "1 Feb 2027" in report().splitlines()[0]


def test_an_empty_earlier_sheet_is_no_sitting(report: Since, home: Path) -> None:
    keep(home, "levels: {}\n", day="2026-01-05")
    keep(home, LEVELS)
    assert "since" not in report().lower()


def test_an_old_sheet_that_is_no_good_keeps_nobody_from_a_report_unless_it_is_named(report: Since, home: Path) -> None:
    bad = keep(home, with_level("mail", 9), day="2026-01-05")
    stranger = keep(home, LEVELS, day="2026-02-05")
    stranger.write_text(stranger.read_text(encoding="utf-8").replace("person: ada", "person: ben"), encoding="utf-8")
    new = keep(home, LEVELS)
    keep(home, LEVELS, day="2026-03-05")
    twin = keep(home, LEVELS, day="2026-03-06")
    twin.write_text(twin.read_text(encoding="utf-8").replace("2026-03-06", "2026-03-05"), encoding="utf-8")
    told = report()
    assert "2026-03-06.yaml: is of the same day as another, 2026-03-05; left out of the trend" in told
    assert "2026-01-05.yaml: is no good and left out of the trend; gapcheck sheet lint names its faults" in told
    assert "2026-02-05.yaml: is not by ada about themselves; left out of the trend" in told
    assert "SINCE 5 MAR 2026" in told
    if hasattr(os, "mkfifo"):
        os.mkfifo(new.with_name("2026-03-04.yaml"))
        assert "2026-03-04.yaml: is no good and left out of the trend" in report()
    assert "no good" not in report("-q")
    refused = report(new, bad, code=2)
    assert "levels.mail: must be a level" in refused


def test_every_fault_of_every_named_sheet_is_told_at_once(report: Since, home: Path) -> None:
    old = keep(home, with_level("mail", 9), day="2026-01-05")
    new = keep(home, f"{LEVELS}  singing: 2\n")
    told = report(old, new, code=2)
    assert "levels.mail: must be a level" in told
    assert "levels.singing: unknown skill" in told


def test_a_skill_that_left_the_catalog_is_named_and_a_renamed_one_followed(
    report: Since, home: Path, small: Path
) -> None:
    keep(home, f"{with_level('mail', 1).replace('mail', 'letters')}  singing: 4\n", day="2026-01-05")
    keep(home, LEVELS)
    stage = small / "keep.yaml"
    stage.write_text(stage.read_text(encoding="utf-8").replace("  mail:\n", "  mail:\n    was: [letters]\n"))
    told = report()
    assert re.search(r"Not in the catalog any more +singing", told)
    assert re.search(r"Mail work +1 +2 +up 1", told)


def test_a_reworded_skill_is_not_compared(report: Since, home: Path, small: Path) -> None:
    keep(home, with_level("mail", 1), day="2026-01-05")
    keep(home, LEVELS)
    stage = small / "keep.yaml"
    text = stage.read_text(encoding="utf-8").replace("  mail:\n", "  mail:\n    revised: 2026-06-01\n")
    stage.write_text(text, encoding="utf-8")
    told = report()
    assert re.search(r"Reworded since, not compared +1: Mail work", told)
    assert "8 skills compared: 0 up, 0 down" in told


@pytest.mark.parametrize(("role", "called"), [("helper", "helper"), ("gone-since", "gone-since")])
def test_another_role_then_is_told(report: Since, home: Path, role: str, called: str) -> None:
    old = keep(home, with_level("mail", 1), day="2026-01-05")
    old.write_text(old.read_text(encoding="utf-8").replace("role: manager", f"role: {role}"), encoding="utf-8")
    keep(home, LEVELS)
    told = " ".join(report().split())
    assert f"On 5 Jan 2026 you answered as {called}; both sides are weighed for today's role." in told


def test_a_claim_beside_a_settled_level_is_told_and_the_basis_can_be_chosen(report: Since, home: Path) -> None:
    keep(home, f"{with_level('mail', 4)}settled:\n  mail: 1\n", day="2026-01-05")
    keep(home, LEVELS)
    told = report()
    assert re.search(r"Mail work +1 +2 +up 1 +then settled by checks", told)
    assert "1 change between a level that checks settled and a claim: not two of a kind." in told
    assert re.search(r"Mail work +4 +2 +down 2", report("--basis", "claimed"))


def test_an_agreed_plan_stands_beside_what_was_reached(report: Since, home: Path) -> None:
    keep(home, with_level("mail", 1), day="2026-01-05")
    keep(home, with_level("mail", 3))
    plan = home / "plans" / "ada.yaml"
    plan.parent.mkdir()
    goal = "- {{skill: {}, start: 1, to: 3, hours: 9, because: target}}\n"
    head = "gapcheck: plan/1\nperson: ada\nstart: {}\nweeks: 26\nhours_per_week: 4\ngoals:\n"
    body = goal.format("mail") + goal.format("search")
    plan.write_text(head.format("2026-01-06") + body, encoding="utf-8")
    told = report()
    assert "Planned and reached  the plan of 6 Jan 2026" in told
    assert re.search(r"Mail work +1 to 3 +1 +3 +reached", told)
    assert re.search(r"Search work +1 to 3 +2 +2 +1 level to go", told)
    plan.write_text(head.format("2027-01-04") + body, encoding="utf-8")
    assert "Planned and reached" not in report()


def test_what_an_old_sheet_says_is_obeyed_by_nothing(report: Since, home: Path, small: Path) -> None:
    """The only words of an old sheet that are printed: the catalog's version then, and skills and a role long gone."""
    version = '"\\e[31m::error::x | <script> [x](http://evil.example)"'
    keep(home, f"catalog: {{name: small, version: {version}}}\n{LEVELS}  singing: 2\n", day="2026-01-05")
    keep(home, LEVELS)
    stage = small / "keep.yaml"
    stage.write_text(stage.read_text(encoding="utf-8").replace("Mail work", '"[red]a | b `c`[/red]"', 1))
    for form in ("terminal", "markdown"):
        told = report("--format", form)
        assert "The catalog was another then" in " ".join(told.split())
        assert "\x1b" not in told
        assert "::error" not in told
    assert re.search(r"(?<!\\)<script", told) is None
    assert "http://" not in told


def test_a_hostile_id_in_an_old_sheet_is_a_fault_and_not_a_skill_long_gone(report: Since, home: Path) -> None:
    bad = keep(home, f'{LEVELS}  "../evil": 2\n', day="2026-01-05")
    new = keep(home, LEVELS)
    assert "left out of the trend" in report()
    report(bad, new, code=2)


def test_the_examples_are_without_fault_and_tell_a_trend(run: Run) -> None:
    assert run("sheet", "lint", "-q", "later", cwd=EXAMPLES).returncode == 0
    later = [str(path) for path in sorted((EXAMPLES / "later").glob("ada-*.yaml"))]
    done = run("report", "sheets/ada.yaml", *later, "--as-of", "2027-10-11", cwd=EXAMPLES)
    assert "Since 5 Jul 2027: 3 up, 2 down" in done.stdout
    assert re.search(r"Paid social +2 +3 +up 1 +▂▃▅", done.stdout)


# a team


@pytest.fixture
def since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Since:
    """What a team of the example's project prints with a day to look back to."""
    project = shutil.copytree(EXAMPLES, tmp_path / "project")
    for name in [name for name in os.environ if name.startswith("GAPCHECK")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "100")

    def told(day: str, *folders: str, form: str | None = None, names: bool = False, public: bool = False) -> str:
        paths = [Path(folder) for folder in folders or ("sheets", "later")]
        teams.check(form, None, public=public, names=names, since=day)
        home = inputs.open_project(None, "2027-10-11")
        found = teams.read(home, paths, quiet=True)
        before = teams.past(home, found, paths, day, quiet=True)
        teams.deliver(home, found, teams.Wanted(form, (), public, names), before, no_color=True, quiet=True)
        return capsys.readouterr().out

    return told


def edit(path: str, *changes: tuple[str, str]) -> None:
    text = Path(path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    Path(path).write_text(text, encoding="utf-8")


def test_cover_then_and_now_from_the_sheets_of_both_days(since: Since) -> None:
    told = since("2027-01-31")
    assert "SINCE 31 JAN 2027  3 people then, 3 now" in told
    assert re.search(r"Channel and media planning +2 +1 to 0", told)
    assert re.search(r"Nobody carries any more +Channel and media planning; Hiring, coaching and cover", told)
    found = trend_in(since("2027-01-31", form="json"))
    assert found["nobody_carries_any_more"] == ["channel-planning", "team-building"]
    assert [each for each in found["stages"] if each["id"] == "decision"] == [
        {"id": "decision", "then": pytest.approx(370 / 9), "now": pytest.approx(440 / 9)} | {"compared": 5, "asked": 5}
    ]


def test_each_persons_latest_sheet_of_then_counts(since: Since) -> None:
    told = since("2027-07-05")
    assert re.search(r"Email marketing +1 to 0 +0", told)
    assert not re.search(r"Landing pages +\d to \d", told)


def test_whoever_left_counts_for_then_only(since: Since) -> None:
    edit(
        "people.yaml",
        ("  cleo: {name: Cleo Example, groups: {function: brand, region: south}, hours_per_week: 2}\n", ""),
    )
    told = " ".join(since("2027-01-31").split())
    assert "3 people then, 2 now" in told
    assert "Left cleo" in told
    assert "(carried by cleo)" in told
    assert "1 person not in people.yaml, without a sheet since 2027-01-31: counted then, not now." in told
    assert told.startswith("Team of 2")


def test_nobody_has_left_where_nobody_is_listed(since: Since) -> None:
    Path("people.yaml").write_text("gapcheck: people/1\n", encoding="utf-8")
    assert "Left" not in since("2027-01-31")


def test_whoever_had_no_sheet_then_is_named(since: Since) -> None:
    edit("sheets/cleo.yaml", ("date: 2027-01-", "date: 2027-02-"))
    assert re.search(r"No sheet then +cleo", since("2027-01-31"))
    assert re.search(r"No sheet then +Cleo Example", since("2027-01-31", names=True))


def test_files_that_are_no_sheets_are_passed_over_then_as_now(since: Since) -> None:
    shutil.copy("jams/2026-12.yaml", "later/jam.yaml")
    assert since("2027-01-31").startswith("Team of 3")


@pytest.mark.parametrize(
    ("day", "public", "told"),
    [
        ("2027-01-31", True, "--since and --public exclude each other"),
        ("last week", False, "--since: must be a date like 2027-01-04"),
        ("2027-10-11", False, "--since: must be before 2027-10-11"),
        ("2026-01-01", False, "--since: no sheet here is of 2026-01-01 or before"),
    ],
)
def test_what_cannot_be_looked_back_to_is_refused(since: Since, day: str, public: bool, told: str) -> None:
    with pytest.raises(InputError) as refused:
        since(day, public=public)
    assert str(refused.value.problems[0]).startswith(told)


def test_the_command_looks_back_and_refuses_what_does_not_go_together(run: Run) -> None:
    done = run("team", "sheets", "later", "--since", "2027-01-31", "--as-of", "2027-10-11", cwd=EXAMPLES)
    assert done.returncode == 0, done.stderr
    assert "SINCE 31 JAN 2027  3 people then, 3 now" in done.stdout
    for other, told in (("--public", "exclude each other"), ("--plan", "--since does not go with --plan")):
        refused = run("team", "--since", "2027-01-31", other, cwd=EXAMPLES)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert told in refused.stderr
