"""gapcheck team --plan as a process: what it says, to whom, and with which code it ends."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import typer
from benchmarks.team_plan import made_up

from gapcheck import solver
from gapcheck.cli import inputs, team_plan, teams
from gapcheck.core.people import Config
from gapcheck.core.report.learning import build_plan, tell_plan
from gapcheck.core.team.learning import learning
from gapcheck.core.team.program import Reached, Solved, program, worth
from gapcheck.files.team import Found
from gapcheck.problems import InputError
from gapcheck.reporters import BLOCKS, Look
from tests.cli.conftest import ROOT
from tests.conftest import DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gapcheck.core.report.learning import TeamPlan
    from gapcheck.core.team.program import Program
    from tests.cli.conftest import Run

PLAN = ("team", "--plan", "--as-of", "2027-01-11")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the made-up team."""
    return shutil.copytree(ROOT / "examples", tmp_path / "project")


def test_it_says_who_learns_what_in_which_hours_and_what_stays_short(run: Run, project: Path) -> None:
    done = run(*PLAN, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Learning plan for a team of 3  ·  26 weeks from 11 Jan 2027\n")
    assert "Proved: nothing covers more, and nothing that covers as much takes fewer hours." in done.stdout
    for part in ("WHO LEARNS WHAT", "HOURS  what each has in 26 weeks", "WHAT STAYS SHORT", "no role here asks for 4"):
        assert part in done.stdout
    assert "Ada Example" not in done.stdout
    assert "Ada Example" in run(*PLAN, "--names", cwd=project).stdout


def test_programs_get_what_people_get(run: Run, project: Path) -> None:
    done = run(*PLAN, "--format", "json", "--output", "p.md", "--output", "p.json", "--names", cwd=project)
    told = json.loads(done.stdout)
    assert told == json.loads((project / "p.json").read_text(encoding="utf-8"))
    assert told["format"] == "gapcheck-team-plan/1"
    assert "Example" not in done.stdout
    assert told["hours"] == sum(lesson["hours"] for lesson in told["lessons"])
    assert f"{told['hours']} h of learning" in run(*PLAN, cwd=project).stdout
    assert all(each["hours"] <= each["has"] for each in told["people"])
    assert [goal["goal"] for goal in told["goals"]] == ["missing", "hours", "without_mentor", "lot"]
    assert all(goal["value"] == goal["bound"] for goal in told["goals"])
    assert "interest" not in done.stdout, "who wants to learn what is theirs to tell"
    page = (project / "p.md").read_text(encoding="utf-8")
    assert page.startswith("# Learning plan for a team of 3")
    assert page.count("Ada Example") == sum(lesson["person"] == "ada" for lesson in told["lessons"]) + 1


def test_fewer_weeks_are_fewer_hours(run: Run, project: Path) -> None:
    told = json.loads(run(*PLAN, "--weeks", "4", "--format", "json", cwd=project).stdout)
    assert [(each["person"], each["has"]) for each in told["people"]] == [("ada", 16), ("ben", 12), ("cleo", 8)]


def test_the_same_sheets_give_the_same_plan_in_whatever_order(run: Run, project: Path) -> None:
    sheets = [str(path) for path in sorted((project / "sheets").glob("*.yaml"))]
    there, back = (run(*PLAN, *paths, cwd=project).stdout for paths in (sheets, sheets[::-1]))
    assert there == back == run(*PLAN, cwd=project, env={"TZ": "Pacific/Auckland"}).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plan", "--public"], "--plan and --public exclude each other"),
        (["--weeks", "4"], "--weeks goes with --plan"),
        (["--plan", "--output", "m.csv"], "the extension must be .md, .markdown, .html, .json, .txt"),
        (["--plan", "--format", "csv"], "--format: must be terminal, markdown, html, json"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(run: Run, project: Path, arguments: list[str], message: str) -> None:
    done = run("team", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


BAD = "gapcheck: sheet/1\nperson: dan\nlevels: {paid-social: 9}\n"


def test_bad_sheets_are_listed_and_nobody_is_no_team(run: Run, project: Path) -> None:
    (project / "sheets" / "dan.yaml").write_text(BAD, encoding="utf-8")
    done = run(*PLAN, cwd=project)
    assert done.returncode == 0
    assert "dan.yaml:3:10" in done.stderr
    assert "1 file could not be read and is not counted." in done.stdout
    assert run(*PLAN, "--strict", cwd=project).returncode == 2
    for path in (project / "sheets").iterdir():
        path.unlink()
    nobody = run(*PLAN, cwd=project)
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "nobody has a sheet of their own here yet" in nobody.stderr


def test_without_its_library_it_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(InputError) as refused:
        team_plan.check(None, None, public=False)
    command = shlex.join([sys.executable, "-m", "pip", "install", "highspy"])
    assert refused.value.problems[0].message == (
        f"--plan takes a library that is not here; install it with:  {command}"
    )


TEAM = made_up(0)


@pytest.fixture(scope="module")
def plan() -> TeamPlan:
    """The plan of fifty people."""
    made = program(learning(TEAM, 26))
    return build_plan(TEAM, DAY, 26, made, solver.solve(made.program, 20))


def as_text(plan: TeamPlan) -> str:
    return BLOCKS["terminal"](tell_plan(plan), Look(width=1000))


OPEN, DONE, HALF = Reached(9, 4), Reached(9, 9), Reached(200, 190)


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        ((OPEN,), "come to 9; 4 cannot be helped, and what is between is open.\n"),
        ((OPEN, DONE, DONE, DONE, DONE), "what is between is open. For what is covered no fewer hours do.\n"),
        ((OPEN, HALF, DONE, DONE, DONE), "is open. For what is covered it takes 190 h at least, a gap of 5.0%.\n"),
        ((DONE,), "Proved: nothing covers more. The hours are not, since"),
        ((DONE, HALF, DONE, DONE, DONE), "it takes 190 h at least, a gap of 5.0%.\n"),
        ((DONE, DONE, OPEN, DONE, DONE), "takes fewer hours. Who learns from whom is not, since"),
        ((DONE, DONE), "Who learns from whom is not, since"),
    ],
)
def test_what_is_not_proved_is_said_with_its_gap(plan: TeamPlan, reached: tuple[Reached, ...], told: str) -> None:
    for stop, why in (("time", "its time was up"), ("asked", "you stopped it")):
        text = as_text(replace(plan, solved=replace(plan.solved, reached=reached, stopped=stop)))  # type: ignore[arg-type]
        assert told in text
        assert f"since {why}" in text


def test_a_lot_that_was_not_drawn_to_its_end_takes_nothing_from_the_proof(plan: TeamPlan) -> None:
    solved = replace(plan.solved, reached=(DONE, DONE, DONE, DONE, OPEN), stopped="time")
    assert "takes fewer hours.\n" in as_text(replace(plan, solved=solved))


def test_mentors_are_named_and_what_is_needed_comes_first(plan: TeamPlan) -> None:
    text = as_text(plan)
    taught = [lesson for lesson in plan.lessons if plan.mentor(lesson)]
    assert len(plan.lessons) == len(plan.choice.lessons)
    assert taught
    needed = {(le.person, *each) for le in plan.lessons for each in plan.learning.first[le.person, le.skill]}
    marked = [lesson for lesson in plan.lessons if not lesson.is_for_cover]
    assert text.count("(needed first)") == len(marked) > 0
    assert {(le.person, le.skill, le.to) for le in marked} <= needed
    for lesson in plan.lessons:
        done = {other.skill for other in plan.lessons[: plan.lessons.index(lesson)] if other.person == lesson.person}
        first = {skill for skill, _ in plan.learning.first[lesson.person, lesson.skill]}
        assert first <= done


@pytest.mark.parametrize("stopped", ["asked", "time"])
def test_whoever_stops_it_gets_the_best_so_far_and_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stopped: str
) -> None:
    def solve(made: Program, seconds: float, tell: Callable[[int, float, float], None]) -> Solved:
        return Solved(made.start, (Reached(worth(made.goals[0], made.start), 0),), stopped)  # type: ignore[arg-type]

    monkeypatch.setattr(solver, "solve", solve)
    home = inputs.Project(TEAM.catalog, TEAM.policy, TEAM.people, Config(), DAY)
    wanted = teams.Wanted("terminal", (), public=False, names=False)

    def deliver() -> None:
        team_plan.deliver(home, Found(TEAM), 26, wanted, no_color=True, quiet=True)

    if stopped == "asked":
        with pytest.raises(typer.Exit) as ended:
            deliver()
        assert ended.value.exit_code == 130
    else:
        deliver()
    assert "Not proved, since" in capsys.readouterr().out


@pytest.mark.parametrize(("quiet", "watched"), [(False, True), (True, True), (False, False)])
def test_progress_is_for_somebody_who_watches_and_is_wiped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], quiet: bool, watched: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched)
    with team_plan._told(quiet=quiet) as tell_goal:
        tell_goal(0, float("inf"), -1)
        tell_goal(1, 50, 39.6)
    lines = capsys.readouterr().err.split("\r")
    if quiet or not watched:
        assert lines == [""]
        return
    assert lines[1].startswith("1 of 5: fewest people missing: nothing yet")
    assert lines[2].startswith("2 of 5: fewest hours: 50 so far, 40 at least")
    assert lines[3].isspace()
    assert len(lines[3]) >= max(map(len, lines[:3]))
