"""Whole sittings in a real pseudo-terminal: by menu and in plain lines, with checks and without, at every size."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import asked

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

from gapcheck.core.interview import settle
from gapcheck.files import catalogs
from tests.cli.catalog import CHECKS, DAY, GIVEN, SKILLS, keep, sheet_of
from tests.cli.driving import View, answered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Sit
    from tests.cli.driving import Sitting

SHIPPED = catalogs.shipped()
MARKETING_MANAGER = ("--role", "marketing-manager", *GIVEN)


def whole(sitting: Sitting) -> list[View]:
    """Every view of a sitting that is answered to its end."""
    views = [sitting.view()]
    while views[-1].kind != "end":
        views.append(answered(sitting, views[-1]))
    return views


def test_a_whole_sitting_asks_who_one_is_then_every_skill_and_ends_in_the_first_screen(sit: Sit, home: Path) -> None:
    sitting = sit(given=(), catalog=SHIPPED)
    views = whole(sitting)
    assert [view.kind for view in views[:4]] == ["role", "hours", "hands", "checks"]
    assert [view.number for view in views if view.kind == "level"] == list(range(1, len(asked()) + 1))
    assert [view.kind for view in views[-3:]] == ["interest", "summary", "end"]
    assert "ON MONDAY" in views[-1].text
    assert f"All {len(asked())} answered; saved in" in views[-1].text
    assert sitting.code() == 0
    sheet = sheet_of(home, SHIPPED)
    assert tuple(sheet.levels) == asked()
    assert (sheet.hours_per_week, sheet.hands, sheet.check_budget, sheet.checks) == (4, "none", 0, {})
    carried = [skill for skill, level in sheet.levels.items() if isinstance(level, int) and level >= 4]
    assert [*sheet.evidence] == carried
    assert sheet.interest is not None


@pytest.mark.parametrize("plain", [False, True], ids=["menu", "plain lines"])
def test_a_whole_sitting_with_checks_keeps_everything_and_settles(sit: Sit, home: Path, plain: bool) -> None:
    sitting = sit("--checks", "24", *(["--plain"] if plain else []), given=MARKETING_MANAGER, catalog=SHIPPED)
    views = whole(sitting)
    assert sitting.plain is plain
    kinds = [view.kind for view in views]
    assert kinds[:20] == ["check", "reason"] * 10
    assert set(kinds[20 : kinds.index("check", 20)]) == {"level", "delivery", "terms"}
    assert kinds[-3:] == ["interest", "summary", "end"]
    assert sitting.code() == 0
    sheet = sheet_of(home, SHIPPED)
    assert tuple(sheet.levels) == asked()
    assert 10 < sum(map(len, sheet.checks.values())) == kinds.count("check") <= 24
    assert sheet.check_budget == 24
    catalog = catalogs.load(SHIPPED).catalog
    assert settle(catalog, sheet) == sheet
    assert len(sheet.terms) == kinds.count("terms") == len({catalog.stage_of[skill] for skill in asked()})
    assert len(sheet.evidence) == kinds.count("delivery")
    assert len(sheet.interest or ()) == 1


def test_menus_and_plain_lines_ask_the_same_and_keep_the_same(sit: Sit, home: Path, small: Path) -> None:
    """The same person on the same day, whose home is emptied in between."""
    by_menu = whole(sit("--checks", "all"))
    sheet = sheet_of(home, small)
    assert sheet.check_budget == CHECKS
    (home / "sheets" / "ada" / f"{DAY}.yaml").unlink()
    in_lines = whole(sit("--checks", "all", "--plain"))
    assert [(view.kind, view.number) for view in in_lines] == [(view.kind, view.number) for view in by_menu]
    assert sheet_of(home, small) == sheet


def test_a_sitting_that_is_complete_shows_its_summary_again_on_the_same_day(sit: Sit, home: Path, small: Path) -> None:
    path = keep(home, f"check_budget: 0\ninterest: []\nlevels: {{{', '.join(f'{skill}: 3' for skill in SKILLS)}}}")
    sitting = sit()
    assert sitting.view().kind == "summary"
    assert sitting.reply("\r").kind == "end"
    assert sitting.code() == 0
    assert sheet_of(home, small).levels == dict.fromkeys(SKILLS, 3)
    assert path.exists()


SIZES = {"20x8": (8, 20), "40x12": (12, 40), "60x20": (20, 60), "80x24": (24, 80), "300x100": (100, 300)}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_a_check_with_a_table_its_solution_and_a_level_can_be_answered_at_every_size(
    sit: Sit, home: Path, small: Path, size: tuple[int, int]
) -> None:
    """All words of a view are shown, whatever has to be scrolled for them."""
    keep(home, "check_budget: 1")
    sitting = sit(size=size)
    view = sitting.until("check")
    for words in ("first row of three", "cost", "300", "The first row", "Both of them", "I do not know"):
        assert words in view.text
    solution = sitting.reply("a")
    assert "leaves two hundred" in solution.text
    level = sitting.reply("\r")
    assert "Neither: not even line 2 is true" in level.text
    assert "Can step in: delivers alone" in level.text
    assert sitting.plain is (size < (20, 60))
    after = sitting.rate(2)
    assert (after.kind, after.number) == ("level", 2)
    assert sheet_of(home, small).levels == {"search": 2}


def test_the_shipped_checks_with_the_widest_tables_fit_80x24_or_are_asked_in_lines(sit: Sit, home: Path) -> None:
    sitting = sit("--checks", "10", given=MARKETING_MANAGER, catalog=SHIPPED, size=(24, 80))
    for _ in range(10):
        view = sitting.view()
        assert "I do not know" in view.text
        assert sitting.reply("b").kind == "reason"
        sitting.reply("\r")
    assert sum(map(len, sheet_of(home, SHIPPED).checks.values())) == 10


def test_a_menu_fits_60x20_with_every_choice_on_the_screen(sit: Sit) -> None:
    import pyte

    sitting = sit("--checks", "none", given=MARKETING_MANAGER, catalog=SHIPPED, size=(20, 60))
    sitting.view()
    screen = pyte.Screen(60, 20)
    pyte.Stream(screen).feed(sitting.raw)
    shown = "\n".join(screen.display)
    for key in "124dn":
        assert re.search(rf"(?m)^ . ?\s*{key}  \S", shown), key


def test_the_window_can_change_its_size_in_a_question_and_between_two(sit: Sit, home: Path, small: Path) -> None:
    """The question is put again for the new size: whole; in lines where it is too small, in menus once it grew."""
    sitting = sit("--checks", "none")
    sitting.view()
    sitting.resize(30, 70)
    assert "under a deadline, what a colleague would ship." in sitting.view().text
    assert sitting.rate(3).number == 2
    sitting.resize(8, 30)
    assert sitting.plain
    assert sitting.reply("2").text.endswith(":"), "a plain line"
    assert sitting.reply("2").number == 3
    sitting.resize(50, 120)
    assert "» 1 " in sitting.reply("1").text, "a menu"
    sitting.resize(24, 80)
    assert sitting.reply("1").number == 4
    sitting.press("q")
    assert sitting.code() == 0
    assert sheet_of(home, small).levels == {"search": 3, "adverts": 2, "writing": 1}


@pytest.mark.parametrize(
    ("arguments", "env", "plain"),
    [
        (["--plain"], {}, True),
        ([], {"GAPCHECK_PLAIN": "1"}, True),
        ([], {"TERM": "dumb"}, True),
        ([], {"PROMPT_TOOLKIT_NO_CPR": "1"}, False),
    ],
    ids=["--plain", "GAPCHECK_PLAIN", "dumb", "no cursor report"],
)
def test_plain_lines_where_they_are_asked_for_or_nothing_else_can_be_shown(
    sit: Sit, home: Path, small: Path, arguments: list[str], env: dict[str, str], plain: bool
) -> None:
    sitting = sit("--checks", "none", *arguments, **env)
    assert sitting.view().number == 1
    assert sitting.plain is plain
    assert sitting.rate(2).number == 2
    sitting.press("q")
    assert sitting.code() == 0
    assert sheet_of(home, small).levels == {"search": 2}


def test_windows_line_endings_and_faulty_lines_in_plain_lines(sit: Sit, home: Path, small: Path) -> None:
    """A terminal turns CR LF into two line ends: the empty line takes nothing and does no harm."""
    sitting = sit("--checks", "none", "--plain")
    sitting.view()
    sitting.press("7\r\n")
    sitting.child.expect("Type one of 0, 1, 2, 3, 4, 5, d, n")
    sitting.press("d\r\n")
    sitting.child.expect(r"\[2/")
    sitting.press("q\r\n")
    assert sitting.code() == 0
    assert sheet_of(home, small).levels == {"search": "unknown"}
