"""gapcheck review as a user meets it: scripted, line by line, by menu, and the list of what came before."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.files import deliveries, yamldoc

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.deliveries import Delivery
    from tests.cli.conftest import Run
    from tests.cli.driving import Sitting

DAY = ("--as-of", "2027-02-03")
ADA = ("review", "search", "--person", "ada", *DAY)
NOTED = "criteria: [{judged: not-met, note: No word of money.}]\ncost: 1200\ndays_late: -2\nlearned: Ask first.\n"
PEOPLE = (
    "gapcheck: people/1\npeople: {ada: {name: Ada Example}, ben: {name: Ben Example}}\n"
    "suppliers: {payfix: {name: Payfix Example, skills: [search]}, other: {name: Other Example, skills: [mail]}}\n"
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, small: Path) -> None:
    """The small catalog, every skill of which has one criterion; and two suppliers."""
    (tmp_path / "gapcheck.yaml").write_text(f"gapcheck: config/1\ncatalog: {small.name}\n", encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")


def kept(folder: Path, name: str = "2027-02-03-search.yaml") -> Delivery:
    return deliveries.parse(yamldoc.parse((folder / "deliveries" / name).read_bytes(), name))


def test_answers_from_standard_input_are_kept_and_told(run: Run, tmp_path: Path) -> None:
    done = run(*ADA, "--supplier", "payfix", "--answers", "-", stdin=NOTED)
    assert (done.returncode, done.stderr.replace("\\", "/")) == (0, "wrote deliveries/2027-02-03-search.yaml\n")
    assert done.stdout.startswith("Search work  \N{MIDDLE DOT}  3 Feb 2027, 0 of 1 criterion met\n")
    assert "No word of money." in done.stdout
    said = kept(tmp_path)
    assert (said.judge, said.supplier, said.cost, said.days_late, said.learned) == (
        "ada",
        "payfix",
        1200,
        -2,
        "Ask first.",
    )
    assert said.criteria[0].criterion == "It pays."


def test_a_second_review_of_a_day_is_a_second_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(NOTED, encoding="utf-8")
    for _ in range(2):
        assert run(*ADA, "--answers", "a.yaml", "-q").returncode == 0
    assert kept(tmp_path, "2027-02-03-search-2.yaml") == kept(tmp_path)


def test_three_reasons_are_evidence_for_judging_and_change_no_sheet(run: Run, home: Path) -> None:
    for count in range(1, 4):
        told = run(*ADA, "--answers", "-", stdin=NOTED).stdout
        assert ("Evidence for 2 (can judge): 3 of your reviews" in told) == (count == 3)
    assert "gapcheck assess --skill search" in " ".join(told.split())
    assert "Evidence for 2" in run(*ADA, "--list").stdout
    assert "Evidence" not in run("review", "search", "--list", "--person", "ben").stdout
    assert not home.exists()


def test_own_work_that_others_judged_shows_in_ones_own_list(run: Run) -> None:
    """To whoever delivered it, and to nobody who judged it."""
    for count, words in ((1, "Evidence for 3 (with help)"), (2, "Evidence for 4 (can step in): 2 deliveries")):
        text = "criteria: [{judged: met}]\ndays_late: 0\n"
        done = run("review", "search", "--person", "ben", "--by", "ada", *DAY, "--answers", "-", stdin=text)
        assert (done.returncode, "Evidence" in done.stdout) == (0, False)
        told = run(*ADA, "--list").stdout
        assert words in told
        assert "Fewer than three are no trend." in told, count


def test_the_next_brief_begins_where_the_last_delivery_ended(run: Run, small: Path) -> None:
    assert run(*ADA, "--answers", "-", stdin=NOTED).returncode == 0
    notes = run("brief", "search", *DAY).stdout.partition("The mail ends here")[2]
    assert "**Learned 3 Feb 2027:** Ask first." in notes
    assert "**Not met last time:** It pays. No word of money." in notes
    assert "last time" not in run("brief", "mail").stdout
    stage = small / "attract.yaml"
    text = stage.read_text(encoding="utf-8").replace("  search:\n    name", "  seeking:\n    was: [search]\n    name")
    stage.write_text(text, encoding="utf-8")
    assert "last time" in run("brief", "seeking", *DAY).stdout
    assert "last time" not in run("brief", "seeking", "--as-of", "2027-02-02").stdout


def test_faults_are_told_all_at_once_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("criteria: [{judged: soso}, {judged: met}]\ncost: -1\n", encoding="utf-8")
    done = run(*ADA, "--answers", "a.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "a.yaml:1:1: criteria: 2 answers to 1 criteria; one each, in the order in which they stand",
        "a.yaml:1:13: criteria.0.judged: must be met, partly or not-met",
        "a.yaml:2:1: cost: must be a number from 0",
    ]
    assert not (tmp_path / "deliveries").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--supplier", "payfx", "--by", "ben"), ["--by: a supplier delivered it", "payfx; did you mean payfix?"]),
        (("--supplier", "A B", "--person", "A B"), ["--supplier: must be small letters", "--person: must be small"]),
        (("--by", "A B"), ["--by: must be small letters"]),
        (("--by", "bem"), ["--by: people.yaml has no person bem; did you mean ben?"]),
        (
            ("--list", "--answers", "a.yaml", "--by", "ben"),
            ["--answers: not with --list, which judges nothing", "--by: not with --list"],
        ),
        (("--format", "json"), ["--format: must be terminal, markdown"]),
        ((), ["no terminal to ask in: use --answers FILE, or --plain"]),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_asked(
    run: Run, arguments: tuple[str, ...], words: list[str]
) -> None:
    done = run(*ADA, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    for told in words:
        assert told in done.stderr


def test_a_faulty_file_of_another_skill_is_named_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deliveries").mkdir()
    (tmp_path / "deliveries" / "x.yaml").write_text("gapcheck: delivery/1\n", encoding="utf-8")
    for arguments in (("--list",), ("--answers", "-")):
        done = run(*ADA, *arguments, stdin=NOTED)
        assert done.returncode == 0, done.stderr
        assert "x.yaml:1:1: skill: is missing" in done.stderr
        assert "x.yaml" not in run(*ADA, *arguments, "-q", stdin=NOTED).stderr


def test_a_faulty_file_of_the_skill_stops_its_list_and_no_review(run: Run, tmp_path: Path) -> None:
    done = [run(*ADA, "--answers", "-", stdin=NOTED) for _ in range(3)]
    assert "Evidence" in done[-1].stdout
    (tmp_path / "deliveries" / "2027-01-03-search.yaml").write_text("x", encoding="utf-8")
    listed = run(*ADA, "--list")
    assert (listed.returncode, listed.stdout) == (2, "")
    assert "2027-01-03-search.yaml:1:1: must be a mapping" in listed.stderr
    fourth = run(*ADA, "--answers", "-", stdin=NOTED)
    assert (fourth.returncode, "Evidence" in fourth.stdout) == (0, False)
    assert "not said: what your reviews of search are evidence for, since the files above" in fourth.stderr
    assert kept(tmp_path, "2027-02-03-search-4.yaml").learned == "Ask first."


def test_deliveries_of_days_to_come_are_in_no_list(run: Run) -> None:
    assert run(*ADA, "--answers", "-", stdin=NOTED).returncode == 0
    done = run("review", "search", "--list", "--as-of", "2027-02-02")
    assert "No delivery was judged yet" in done.stdout
    assert "date: is of a day to come, 2027-02-03; left out" in done.stderr


def test_sheet_lint_looks_at_deliveries_and_plans_too_and_passes_over_the_rest_of_a_project(
    run: Run, tmp_path: Path
) -> None:
    assert run(*ADA, "--answers", "-", stdin=NOTED).returncode == 0
    plan = tmp_path / "plans" / "ada.yaml"
    plan.parent.mkdir()
    plan.write_text(
        "gapcheck: plan/1\nperson: ada\nstart: 2027-01-04\nweeks: 26\nhours_per_week: 4\n", encoding="utf-8"
    )
    done = run("sheet", "lint", ".")
    assert (done.returncode, done.stderr) == (0, "1 delivery, 1 plan, no fault\n")
    (tmp_path / "deliveries" / "x.yaml").write_text("gapcheck: delivery/1\nskill: serch\n", encoding="utf-8")
    plan.write_text(plan.read_text(encoding="utf-8").replace("ada", "ben"), encoding="utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")
    done = run("sheet", "lint", ".")
    assert done.returncode == 2
    assert "x.yaml:2:1: skill: unknown skill; did you mean search?" in done.stderr
    assert "x.yaml:1:1: judge: is missing" in done.stderr
    assert "ada.yaml:2:1: person: must be ada, as the file's name says" in done.stderr
    assert ("pipe.yaml: is no file" in done.stderr) == hasattr(os, "mkfifo")
    assert 'people.yaml:1:1: gapcheck: must say "gapcheck: sheet/1"' in run("sheet", "lint", "people.yaml").stderr


def test_the_list_tells_who_criteria_cost_days_and_the_trend(run: Run) -> None:
    assert "No delivery was judged yet" in run(*ADA, "--list").stdout
    for day, judged, who in (
        ("2027-01-05", "not-met", "--supplier=payfix"),
        ("2027-02-03", "partly", "--by=ben"),
        ("2027-03-02", "met", "--supplier=other"),
    ):
        text = f"criteria: [{{judged: {judged}, note: Seen.}}]\ncost: 1200.5\n"
        assert run("review", "search", "--as-of", day, who, "--answers", "-", stdin=text).returncode == 0
    told = run("review", "search", "--list", "--as-of", "2027-03-02", "--format", "markdown").stdout.replace("\\", "")
    assert "| 5 Jan 2027 | Payfix Example | 0 of 1 | 1,200.50 |  |" in told
    assert "| 3 Feb 2027 | Ben Example | 0 of 1 | 1,200.50 |  |" in told
    assert "| 2 Mar 2027 | Other Example | 1 of 1 | 1,200.50 |  |" in told
    assert "Met: 0%, 0%, 100%. The later half against the earlier: 100 points up." in told
    assert "No delivery was judged yet" in run("review", "mail", "--list").stdout


ANSWERED = "1\n3\n\n\nNo word of money.\n1\n1\nAsk first.\n1,200\n1200.50\n1.5\n-2\n1\n"
"""Line by line: met, no, not met and kept; no reason, the reason; the supplier, twice; the lesson; a cost and days that
are refused at first; and keep it."""


def test_line_by_line_what_is_no_number_is_asked_again(run: Run, tmp_path: Path) -> None:
    done = run(*ADA, "--plain", stdin=ANSWERED)
    assert done.returncode == 0, done.stderr
    said = kept(tmp_path)
    assert (said.criteria[0].judged, said.criteria[0].note) == ("not-met", "No word of money.")
    assert (said.supplier, said.learned, said.cost, said.days_late) == ("payfix", "Ask first.", 1200.5, -2)
    assert "Say what was missing: that is what a review teaches." in " ".join(done.stdout.split())
    assert "Keep it, or another: 1, 2, 3; b back" in done.stdout
    assert "without a separator of thousands" in " ".join(done.stdout.split())
    assert "Type whole days" in done.stdout


def test_line_by_line_back_leads_back_and_a_note_is_kept_on_what_is_met(run: Run, tmp_path: Path) -> None:
    done = run(*ADA, "--plain", stdin="m\nAll of it.\n1\n1\nb\n2\n2\n\n2\n2\nb\nb\nb\n1\n1\n3\n\n\n\n\n1\n")
    assert done.returncode == 0, done.stderr
    said = kept(tmp_path)
    assert (said.criteria[0].judged, said.criteria[0].note) == ("met", "All of it.")
    assert (said.supplier, said.learned, said.cost, said.days_late) == (None, "", None, None)


@pytest.mark.parametrize("answers", ["q\n", "1\nq\n", "3\n3\nq\n", "1\n\n1\n\nq\n", "1\n1\n1\n1\n\n\n\nq\n", ""])
def test_stopping_anywhere_writes_nothing_and_says_so(run: Run, tmp_path: Path, answers: str) -> None:
    done = run(*ADA, "--plain", stdin=answers)
    assert (done.returncode, done.stderr) == (0, "Stopped; nothing was written.\n")
    assert not (tmp_path / "deliveries").exists()


Review = Callable[..., "Sitting"]


@pytest.fixture
def review(environment: dict[str, str], tmp_path: Path) -> Iterator[Review]:
    """Start a review of search work in a terminal of some size (lines, columns)."""
    if os.name == "nt":
        pytest.skip("pexpect drives POSIX terminals")
    import pexpect

    from tests.cli import driving

    begun: list[Any] = []

    def start(*arguments: str, size: tuple[int, int] = (24, 80), skill: str = "search") -> driving.Sitting:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "gapcheck", "review", skill, "--person", "ada", *DAY, *arguments],
            env={**environment, "TERM": "xterm-256color"},
            cwd=tmp_path,
            dimensions=size,
            encoding="utf-8",
        )
        begun.append(child)
        return driving.Sitting(child)

    yield start
    for child in begun:
        child.close(force=True)


def test_by_menu_in_the_smallest_window(review: Review, tmp_path: Path) -> None:
    sitting = review(size=(24, 80))
    first = sitting.view()
    assert not sitting.plain
    assert first.text.startswith("[1/1 Search work] It pays.")
    assert "b back, m note, q stop" in first.text
    assert sitting.reply("2").text.startswith("[1/1 Search work] It pays.")
    assert sitting.reply("3").text.startswith("[1/1 Search work] It pays.")
    assert "Why, in a line?" in sitting.reply("3").text
    assert "Why, in a line?" in sitting.reply(" \r").text
    assert "Who delivered it?" in sitting.reply("No word of money.\r").text
    assert "Who delivered it?" in sitting.reply("1").text
    assert "What did you learn" in sitting.reply("\r").text
    assert "Who delivered it?" in sitting.reply("\x1b[A").text
    assert "Who delivered it?" in sitting.reply("2").text
    assert "What did you learn" in sitting.reply("2").text
    assert "What did it cost?" in sitting.reply("Ask first.\r").text
    assert "How many days late?" in sitting.reply("\r").text
    assert "0 of 1 criterion met. Keep this review?" in sitting.reply("3\r").text
    sitting.press("1")
    assert sitting.code() == 0
    said = kept(tmp_path)
    assert (said.criteria[0].note, said.supplier, said.learned) == ("No word of money.", "other", "Ask first.")
    assert (said.cost, said.days_late) == (None, 3)


def test_seven_points_of_a_shipped_skill_fit_into_the_smallest_window(review: Review, tmp_path: Path) -> None:
    (tmp_path / "gapcheck.yaml").unlink()
    sitting = review("--by", "ben", skill="paid-social", size=(24, 80))
    for number in range(1, 8):
        view = sitting.view()
        assert (sitting.plain, view.kind, view.number) == (False, "level", number)
        sitting.reply("1")
        sitting.reply("\r")
    assert "What did you learn" in sitting.view().text
    for _ in range(4):
        sitting.reply("\r")
    assert sitting.code() == 0
    assert (kept(tmp_path, "2027-02-03-paid-social.yaml").by, sitting.told.count("Stopped")) == ("ben", 0)


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("\x1b", 0), ("\x03", 130)])
def test_stopping_a_menu_writes_nothing(review: Review, tmp_path: Path, key: str, code: int) -> None:
    sitting = review()
    sitting.view()
    sitting.press(key)
    assert sitting.code() == code
    assert "Stopped; nothing was written." in sitting.told
    assert not (tmp_path / "deliveries").exists()
