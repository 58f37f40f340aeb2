"""Moving about in a sitting: every answer on disk at once, back, forward, elsewhere, help, notes, second thoughts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

from gapcheck.core.interview import settle
from gapcheck.files import catalogs
from tests.cli.catalog import CHECKS, DAY, RIGHT, SKILLS, keep, kept, sheet_of
from tests.cli.driving import View, answered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Sit


def judging_only(check: View) -> str:
    """The answer of somebody who can judge and no more."""
    return RIGHT["2"] if " pay at 2" in check.text else "d"


COUNTED = {"level", "check", "delivery", "terms", "interest"}
"""Kinds of questions whose answers a sheet holds."""


def test_each_answer_is_on_disk_before_the_next_question(sit: Sit, home: Path, small: Path) -> None:
    """Through a whole sitting with checks: levels, checks, deliveries, terms, and what one would like to learn."""
    sitting = sit("--checks", "24")
    view, given, kinds = sitting.view(), 0, set()
    while view.kind not in ("summary", "end"):
        given += view.kind in COUNTED
        kinds.add(view.kind)
        view = answered(sitting, view)
        assert kept(sheet_of(home, small)) == given, view
    assert kinds == COUNTED | {"reason"}


def test_back_forward_elsewhere_help_and_a_note(sit: Sit, home: Path, small: Path) -> None:
    sitting = sit("--checks", "none")
    assert sitting.view().number == 1

    assert sitting.reply("b").number == 1, "there is nothing before the first"
    assert sitting.reply("f").number == 2, "the first stays open"
    assert sitting.reply("\x1b[D").number == 1, "the arrow to the left is b"
    assert sheet_of(home, small).levels == {}

    help_shown = sitting.reply("?")
    assert (help_shown.kind, help_shown.about) == ("help", "Search work")
    assert "Good work: - It pays." in help_shown.text
    assert sitting.reply("b").number == 1
    assert sitting.rate(1).number == 2
    assert sitting.reply("b").number == 1
    assert sitting.reply("0").number == 2, "its line and those next to it were in view with the 1 said before"
    assert sheet_of(home, small).levels == {"search": 0}

    assert sitting.reply("m").kind == "note"
    assert sitting.reply("learned with \"them\": 'hm' # twice\r").number == 2
    assert sheet_of(home, small).notes == {"adverts": "learned with \"them\": 'hm' # twice"}

    assert (view := sitting.reply("g")).kind == "stages", view
    assert sitting.reply("3").about == "Mail work"
    assert sitting.rate(2).about == "Service work"
    assert (view := sitting.reply("g")).kind == "stages", view
    assert sitting.reply("b").about == "Service work", "back from the list of stages is where one was"
    assert (view := sitting.reply("g")).kind == "stages", view
    assert sitting.reply("1").about == "Adverts work", "the first that is open"
    sitting.press("q")
    assert sitting.code() == 0
    assert sheet_of(home, small).levels == {"search": 0, "mail": 2}


def test_a_delivery_can_be_left_out_and_changed_and_goes_with_what_was_said(sit: Sit, home: Path, small: Path) -> None:
    sitting = sit("--checks", "none", "--skill", "search", "--skill", "mail")
    assert sitting.view().number == 1
    assert sitting.rate(4).kind == "delivery"
    assert sitting.reply("\r").number == 2, "Enter: none comes to mind"
    assert sheet_of(home, small).evidence == {"search": ""}
    assert sitting.reply("b").kind == "delivery"
    assert sitting.reply("A plan, in May\r").number == 2
    assert sheet_of(home, small).evidence == {"search": "A plan, in May"}
    sitting.reply("b")
    assert sitting.reply("\x1b[A").about == "Search work", "the arrow up goes back from a line of text"


def test_a_level_counts_only_after_the_lines_next_to_it_were_shown(sit: Sit, home: Path, small: Path) -> None:
    sitting = sit("--checks", "none")
    first = sitting.view()
    assert "Aware: can say" not in first.text
    assert "Can do with help" not in first.text
    second = sitting.reply("3")
    assert second.number == 1
    assert "Can do with help" in second.text
    assert sheet_of(home, small).levels == {}
    assert sitting.reply("\r").number == 2, "Enter keeps it"
    assert sheet_of(home, small).levels == {"search": 3}
    sitting.reply("5")
    assert sitting.reply("1").number == 2, "another one is looked at first"
    assert sitting.reply("1").number == 3
    assert sitting.reply("n").number == 4
    assert sitting.reply("d").number == 5
    assert sheet_of(home, small).levels == {"search": 3, "adverts": 1, "writing": "n/a", "pages": "unknown"}


def test_a_rating_changed_after_a_solution_keeps_what_was_said_first(sit: Sit, home: Path, small: Path) -> None:
    """Nothing is to be won by it: the estimate reads the first rating."""
    levels = ", ".join(f"{skill}: 5" for skill in SKILLS)
    evidence = ", ".join(f"{skill}: ''" for skill in SKILLS)
    terms = "{attract: [], sell: [], keep: []}"
    keep(home, f"check_budget: {CHECKS}\nlevels: {{{levels}}}\nevidence: {{{evidence}}}\nterms: {terms}")
    sitting = sit()
    assert sitting.view().kind == "goes on"
    check, solution = sitting.reply("\r"), View("", "", "")
    while "Change my rating" not in solution.text:
        check = check if not solution.kind else sitting.reply("\r")
        assert check.kind == "check"
        solution = sitting.reply(judging_only(check))
        assert solution.kind == "reason"
    assert f"Change my rating of {check.about} (I said 5)" in solution.text
    assert sitting.reply("r").about == check.about
    after = sitting.rate(2)
    skill = check.about.removesuffix(" work").lower()
    sheet = sheet_of(home, small)
    assert (sheet.levels[skill], sheet.first) == (2, {skill: 5})
    assert after.kind in ("check", "interest")


def test_from_twenty_checks_on_levels_are_settled(sit: Sit, home: Path, small: Path) -> None:
    """All checks of seven skills are on the sheet, only the lowest right; two opening ones come, then a claim of 5."""
    told = ", ".join(f'{skill}: {{"2": a, "3": d, "4": d}}' for skill in SKILLS[:7])
    keep(home, f"check_budget: {CHECKS}\nchecks: {{{told}}}")
    sitting = sit()
    sitting.until("level")
    sitting.rate(5)
    sheet = sheet_of(home, small)
    assert sum(map(len, sheet.checks.values())) >= 20
    assert sheet.levels == {"search": 5}
    assert sheet.settled == {"search": 2}
    assert sheet.model
    assert settle(catalogs.load(small).catalog, sheet) == sheet


def test_any_answer_can_be_changed_from_the_summary_before_the_end(sit: Sit, home: Path, small: Path) -> None:
    levels = ", ".join(f"{skill}: 3" for skill in SKILLS)
    keep(home, f"check_budget: 0\ninterest: []\nlevels: {{{levels}}}")
    sitting = sit()
    summary = sitting.view()
    assert summary.kind == "summary"
    assert "Finish" in summary.text
    assert "Sell: Pages work 3, Offers work 3, Trials work 3" in summary.text
    assert sitting.reply("2").kind == "skills"
    assert sitting.reply("\x1b[B\r").about == "Offers work"
    assert "Sell: Pages work 3, Offers work 2, Trials work 3" in sitting.rate(2).text
    assert sheet_of(home, small).levels["offers"] == 2
    assert sitting.reply("b").kind == "interest"
    assert sitting.tick(1, 3).kind == "summary"
    assert sheet_of(home, small).interest == (SKILLS[0], SKILLS[2])
    assert "ON MONDAY" in sitting.reply("\r").text
    assert sitting.code() == 0


def test_a_summary_with_open_skills_can_be_left_and_says_so(sit: Sit, home: Path, small: Path) -> None:
    sitting = sit("--checks", "none", "--skill", "search", "--skill", "mail")
    sitting.view()
    sitting.reply("f")
    summary = sitting.reply("f")
    assert summary.kind == "summary"
    assert "Stop here; 2 skills left open" in summary.text
    end = sitting.reply("\r")
    assert "Go on with: gapcheck assess --person ada --skill search --skill mail" in end.text
    assert sitting.code() == 0
    assert sheet_of(home, small).levels == {}


def test_opening_questions_can_be_gone_back_to_and_stopped_without_a_trace(sit: Sit, home: Path) -> None:
    sitting = sit(given=())
    assert sitting.view().kind == "role"
    assert sitting.reply("\x1b[B\r").kind == "hours"
    assert sitting.reply("\x1b[A").kind == "role"
    sitting.reply("\r")
    assert sitting.reply("2,5\r").kind == "hands"
    assert sitting.reply("1").kind == "checks"
    assert "27" in sitting.view().text
    end = sitting.reply("q")
    assert "nothing was changed" in end.text
    assert sitting.code() == 0
    assert not (home / "sheets" / "ada" / f"{DAY}.yaml").exists()


def test_the_right_answer_is_said_to_be_right(sit: Sit) -> None:
    sitting = sit("--checks", "1")
    check = sitting.view()
    level = check.text.partition("pay at ")[2][0]
    assert "Right:" in sitting.reply(RIGHT[level]).text
