"""Sittings about less than the whole role: stages, skills, the ten that matter most, what no longer holds, others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

from gapcheck.core.interview import quick
from gapcheck.files import catalogs, sheets
from tests.cli.catalog import CHECKS, DAY, GIVEN, SKILLS, STAGES, files_of, keep, sheet_of
from tests.cli.driving import answered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run, Sit
    from tests.cli.driving import Sitting, View

ALL_3 = ", ".join(f"{skill}: 3" for skill in SKILLS)


def skills_asked(sitting: Sitting) -> list[str]:
    """The skills that are asked for a level, in order, in a sitting that is answered to its end."""
    views: list[View] = [sitting.view()]
    while views[-1].kind != "end":
        views.append(answered(sitting, views[-1]))
    return [view.about.removesuffix(" work").lower() for view in views if view.kind == "level"]


def test_stages_and_skills_narrow_a_sitting_and_former_ids_are_understood(sit: Sit, home: Path, small: Path) -> None:
    text = (small / "attract.yaml").read_text(encoding="utf-8")
    (small / "attract.yaml").write_text(text.replace("  search:\n", "  search:\n    was: [seo]\n"), encoding="utf-8")
    sitting = sit("--stage", "keep", "--skill", "seo")
    assert skills_asked(sitting) == ["search", *STAGES["keep"]]
    assert sitting.code() == 0
    assert list(sheet_of(home, small).levels) == ["search", *STAGES["keep"]]
    assert sheet_of(home, small).interest is None, "asked of whole roles only"


def test_quick_asks_the_ten_that_matter_most_and_no_checks(sit: Sit, home: Path) -> None:
    catalog = catalogs.load(catalogs.shipped()).catalog
    ten = quick(catalog, catalog.roles["marketing-manager"])
    assert len(ten) == 10
    sitting = sit("--quick", given=("--role", "marketing-manager", *GIVEN), catalog=catalogs.shipped())
    first = sitting.view()
    assert (first.kind, first.about) == ("level", catalog.skills[ten[0]].name)
    assert sitting.until("end").kind == "end"
    assert sitting.code() == 0
    assert tuple(sheet_of(home, catalogs.shipped()).levels) == ten


def test_every_fault_of_what_was_said_is_named_at_once(run: Run, small: Path, home: Path) -> None:
    done = run(
        "assess", "--catalog", str(small), "--stage", "kepe", "--skill", "serach", "--skill", "nonsense",
        "--again", "sometimes", "--checks", "many", "--hands", "robot", "--rater", "friend",
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "--stage: there is no stage kepe; did you mean keep?",
        "--skill: there is no skill serach; did you mean search?",
        "--skill: there is no skill nonsense",
        "--again: must be stale, changed, unsure or all",
        "--checks: must be a number from 0 to 500, all or none",
        "--hands: must be colleague, supplier or none",
        "--rater: must be self, peer or manager",
        "--rater peer or manager and --by ID go together",
    ]
    assert done.stdout == ""
    assert not home.exists()


@pytest.mark.parametrize(
    ("which", "asked"),
    [("stale", ["writing", "pages"]), ("changed", ["adverts", "pages"]), ("all", [*SKILLS])],
    ids=["stale", "changed", "all"],
)
def test_what_no_longer_holds_is_asked_again_and_the_rest_carried_over(
    sit: Sit, home: Path, small: Path, which: str, asked: list[str]
) -> None:
    """`writing` was rated long ago, `adverts` reworded since, `pages` never rated."""
    text = (small / "attract.yaml").read_text(encoding="utf-8")
    text = text.replace("  adverts:\n", "  adverts:\n    revised: 2027-02-01\n")
    (small / "attract.yaml").write_text(text, encoding="utf-8")
    levels = ", ".join(f"{skill}: 3" for skill in SKILLS if skill != "pages")
    path = keep(home, f"check_budget: 0\nlevels: {{{levels}}}\ndates: {{writing: 2024-01-01}}")
    before = path.read_bytes()
    sitting = sit("--again", which, day="2027-03-01", given=())
    assert skills_asked(sitting) == asked
    assert sitting.code() == 0
    assert path.read_bytes() == before
    after = sheet_of(home, small, day="2027-03-01")
    carried = [skill for skill in SKILLS if skill not in asked]
    assert {skill: after.levels[skill] for skill in carried} == dict.fromkeys(carried, 3)
    assert {skill: str(day) for skill, day in after.dates.items()} == {
        skill: "2024-01-01" if skill == "writing" else DAY for skill in carried
    }


def test_again_stopped_in_the_middle_goes_on_the_same_day_with_what_is_left(sit: Sit, home: Path, small: Path) -> None:
    keep(home, f"check_budget: 0\nlevels: {{{ALL_3}}}")
    sitting = sit("--again", "all", "--stage", "sell", day="2027-03-01", given=())
    assert sitting.view().about == "Pages work"
    sitting.rate(2)
    sitting.press("q")
    assert sitting.code() == 0
    assert "Go on with: gapcheck assess --person ada --stage sell --again all" in sitting.told
    again = sit("--again", "all", "--stage", "sell", day="2027-03-01", given=())
    assert again.view().about == "Offers work", "what was rated today is of this round"
    again.press("q")
    assert again.code() == 0


def test_all_again_over_two_days_asks_nothing_twice_and_begins_anew_once_it_has_ended(
    sit: Sit, home: Path, small: Path
) -> None:
    keep(home, f"check_budget: 0\nlevels: {{{ALL_3}}}")
    flags = ("--again", "all", "--stage", "sell")
    first = sit(*flags, day="2027-03-01", given=())
    first.view()
    first.rate(2)
    first.press("q")
    assert first.code() == 0
    assert skills_asked(sit(*flags, day="2027-03-02", given=())) == ["offers", "trials"]
    after = sheet_of(home, small, day="2027-03-02")
    assert (str(after.dates["pages"]), after.again_since) == ("2027-03-01", None)
    assert skills_asked(sit(*flags, day="2027-03-03", given=())) == [*STAGES["sell"]]


def test_unsure_asks_checks_and_no_ratings(sit: Sit, home: Path, small: Path) -> None:
    """Doubts are settled by checks: nothing is rated a second time."""
    told = ", ".join(f"{skill}: {{'2': a, '3': {'b' if n % 2 else 'd'}}}" for n, skill in enumerate(SKILLS))
    keep(home, f"check_budget: {CHECKS}\nchecks: {{{told}}}\nlevels: {{{ALL_3}}}")
    sitting = sit("--again", "unsure", day="2027-03-01", given=())
    kinds = []
    view = sitting.view()
    while view.kind != "end":
        kinds.append(view.kind)
        view = answered(sitting, view)
    assert sitting.code() == 0
    assert "level" not in kinds
    if "check" in kinds:
        assert sum(map(len, sheet_of(home, small, day="2027-03-01").checks.values())) > 2 * len(SKILLS)
    else:
        assert "No check that is left would settle anything" in view.text


def test_where_nothing_is_due_it_says_so_and_shows_the_report(sit: Sit, home: Path) -> None:
    path = keep(home, f"check_budget: 0\nlevels: {{{ALL_3}}}\ninterest: []")
    sitting = sit("--again", "stale", day="2027-03-01", given=())
    end = sitting.view()
    assert end.kind == "end"
    assert "Nothing is stale: no answer is older" in end.text
    assert "ON MONDAY" in end.text
    assert sitting.code() == 0
    assert files_of(home) == [path.name]


def test_again_without_a_sheet_is_told(sit: Sit) -> None:
    sitting = sit("--again", "all", given=())
    assert "there is no sheet of ada yet" in sitting.view().text
    assert sitting.code() == 2


def test_a_peer_rates_levels_only_into_a_sheet_of_its_own(sit: Sit, home: Path, small: Path) -> None:
    own = keep(home, f"levels: {{{ALL_3}}}")
    before = own.read_bytes()
    sitting = sit("--rater", "peer", "--by", "ben", "--stage", "sell", given=())
    assert sitting.view().kind == "role"
    first = sitting.reply("\r")
    assert first.kind == "level"
    assert "Not applicable to this work" in first.text
    assert "I have not seen it" in first.text
    assert sitting.rate(5).about == "Offers work", "no delivery is asked of somebody else's work"
    sitting.press("q")
    assert sitting.code() == 0
    assert "--stage sell --rater peer --by ben" in sitting.told
    again = sit("--rater", "peer", "--by", "ben", "--stage", "sell", given=())
    assert again.view().kind == "goes on"
    assert again.reply("\r").about == "Offers work"
    again.rate(4)
    again.rate(1)
    end = again.until("end")
    assert "ada's own sheet" in end.text
    assert "ON MONDAY" not in end.text
    assert again.code() == 0
    assert files_of(home) == [f"{DAY}.peer-ben.yaml", f"{DAY}.yaml"]
    sheet = sheets.load(home / "sheets" / "ada" / f"{DAY}.peer-ben.yaml", catalogs.load(small).catalog)
    assert (sheet.rater, sheet.by, sheet.levels) == ("peer", "ben", {"pages": 5, "offers": 4, "trials": 1})
    assert own.read_bytes() == before
