"""What a rating and the checks make of a sheet: dates, what was said first, and the levels that are settled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from gapcheck.core import calibration
from gapcheck.core.interview import (
    GO_ON,
    REVISE,
    Interview,
    Item,
    Scope,
    carried,
    claims_of,
    due,
    estimate_of,
    importance_of,
    left_of,
    opening_checks,
    rated,
    settle,
)
from gapcheck.core.interview.settling import told
from tests.core import small

if TYPE_CHECKING:
    from gapcheck.core.answers import CheckLevel, Option, Rating, Sheet

JOURNEY = small.journey()
SKILLS = tuple(JOURNEY.skills)
RATINGS = st.sampled_from(small.RATINGS)
EARLIER = dt.date(2026, 3, 1)

ALL_WRONG: dict[CheckLevel, Option] = {"2": "b", "3": "b", "4": "b"}
WRONG = dict.fromkeys(("a1", "a2", "a3", "b1", "b2", "c1", "c2"), ALL_WRONG)
"""All 21 checks answered wrongly."""


def held(sheet: Sheet, place: Item, scope: Scope = Scope(SKILLS)) -> Interview:  # noqa: B008 (frozen)
    return Interview(JOURNEY, scope, sheet, place)


def test_a_rating_replaces_the_former_one_and_its_date() -> None:
    before = small.sheet_of({"a1": 2, "a2": 3}, dates={"a1": EARLIER, "a2": EARLIER})
    after = rated(before, "a1", 5)
    assert after.levels == {"a1": 5, "a2": 3}
    assert after.dates == {"a2": EARLIER}
    assert before.levels == {"a1": 2, "a2": 3}


def test_what_was_said_before_a_solution_stays_through_every_change_until_it_is_said_again() -> None:
    sheet = told(small.sheet_of({"a1": 4, "b1": "unknown"}), "a1")
    assert sheet.first == {"a1": 4}
    for rating in (3, "unknown", 4, "n/a"):
        sheet = rated(sheet, "a1", rating)
        assert sheet.first == {"a1": 4}
    assert told(sheet, "a1").first == {"a1": 4}
    assert told(rated(sheet, "a1", 1), "b1").first == {"a1": 4, "b1": "unknown"}
    assert rated(sheet, "a1", 2, again=True).first == {}


@pytest.mark.parametrize("levels", [{}, {"a1": "n/a"}])
def test_nothing_was_said_of_what_is_open_or_does_not_apply(levels: dict[str, Rating]) -> None:
    assert told(small.sheet_of(levels), "a1").first == {}


def test_revised_after_a_solution_the_former_rating_is_kept() -> None:
    sheet = small.sheet_of(dict.fromkeys(SKILLS, 4), check_budget=1)
    seen = held(sheet, Item("check", "a1", "3")).after("b")
    assert seen.place.kind == "reason"
    assert seen.told
    revised = seen.after(REVISE)
    assert revised.place == Item("level", "a1")
    assert revised.after(2).sheet.first == {"a1": 4}


def test_gone_on_after_a_solution_and_changed_later_it_is_kept_all_the_same() -> None:
    sheet = small.sheet_of(dict.fromkeys(SKILLS, 3), check_budget=1)
    on = held(sheet, Item("check", "a1", "3")).after("b").after(GO_ON)
    assert replace(on, place=Item("level", "a1")).after(2).sheet.first == {"a1": 3}
    assert "a2" not in replace(on, place=Item("level", "a2")).after(2).sheet.first


def test_an_opening_check_was_told_before_the_rating_so_a_change_is_only_a_change() -> None:
    sheet = small.sheet_of({}, check_budget=3)
    (first, *_) = opening_checks(JOURNEY, sheet, SKILLS)
    seen = Interview.over(JOURNEY, Scope(SKILLS), sheet).after("b")
    assert not seen.told
    back = held(rated(seen.sheet, first.of, 4), Item("level", first.of))
    assert not back.told
    assert back.after(2).sheet.first == {}


def test_rated_again_after_months_nothing_of_then_stays() -> None:
    then = small.sheet_of({"a1": 3}, check_budget=3, first={"a1": 5}, checks={"a1": dict.fromkeys("234", "b")})
    day = dt.date(2027, 9, 4)
    sheet = carried(then, day)
    scope = Scope(("a1",), due(JOURNEY, sheet, ("a1",), "all", day), whole=False)
    after = Interview.over(JOURNEY, scope, sheet).after(4).sheet
    assert after.levels == {"a1": 4}
    assert after.first == after.dates == {}


# settled levels


def test_twenty_checks_settle_what_nineteen_do_not() -> None:
    nineteen = WRONG | {"c1": {"2": "b"}}
    claimed = small.sheet_of(dict.fromkeys(SKILLS, 5), checks=nineteen)
    few = settle(JOURNEY, claimed)
    assert few.settled == {}
    assert few.model is None
    enough = settle(JOURNEY, replace(claimed, checks={**nineteen, "c1": {"2": "b", "3": "b"}}))
    assert enough.settled["a1"] < 5
    assert enough.model == calibration.MODEL


def test_settled_levels_are_those_of_the_model_for_claims_only() -> None:
    levels: dict[str, Rating] = {**dict.fromkeys(SKILLS, 5), "a1": "unknown", "a2": "n/a"}
    sheet = settle(JOURNEY, small.sheet_of(levels, checks=WRONG))
    assert sheet.settled == calibration.settled(estimate_of(JOURNEY, sheet), claims_of(sheet), 21)
    assert not {"a1", "a2"} & set(sheet.settled)


def test_what_somebody_else_says_is_never_settled() -> None:
    sheet = small.sheet_of(dict.fromkeys(SKILLS, 5), rater="peer", by="ben", checks=WRONG, settled={"a1": 2}, model="1")
    assert settle(JOURNEY, sheet) == replace(sheet, settled={}, model=None)


@pytest.mark.parametrize("place", [Item("level", "a1"), Item("check", "c2", "4")])
def test_each_answer_settles_anew(place: Item) -> None:
    checks = {**WRONG, "c2": {"2": "b", "3": "b"}}
    begun = small.sheet_of(dict.fromkeys(SKILLS, 5), check_budget=24, checks=checks)
    after = held(begun, place).after(4 if place.kind == "level" else "b").sheet
    assert after.settled
    assert after.settled == settle(JOURNEY, after).settled


# what is left to check


def test_left_are_the_checks_not_asked_of_skills_that_apply() -> None:
    sheet = small.sheet_of({"a1": 3, "a2": "n/a", "a3": "unknown"}, checks={"a1": {"3": "c"}, "b1": WRONG["b1"]})
    assert left_of(JOURNEY, sheet, ("a1", "a2", "a3", "b1", "c3")) == {
        "a1": (2, 4),
        "a3": (2, 3, 4),
        "b1": (),
        "c3": (),
    }


def test_claims_are_levels_and_importance_is_the_skills() -> None:
    assert claims_of(small.sheet_of({"a1": 0, "a2": "n/a", "a3": "unknown", "b1": 5})) == {"a1": 0, "b1": 5}
    assert importance_of(JOURNEY, ("a1", "c3")) == {"a1": 5, "c3": 3}
