"""Which skills a sitting is about: stale, reworded or all again, the ten that matter most, and what is carried over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Stage, Targets
from gapcheck.core.interview import FIRST_SEEN, carried, due, needed, quick
from tests.core import small

THEN = dt.date(2027, 1, 4)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def is_due(which: str, given: dt.date, today: dt.date, **more: object) -> bool:
    """Whether a rating of some day is due today, for a skill with something special."""
    catalog = small.catalog_of({"ads": small.skill("Ads", 3, **more)})
    sheet = small.sheet_of({"ads": 3}, dates={"ads": given})
    return bool(due(catalog, replace(sheet, date=today), ("ads",), which, today))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "months", "last_that_holds", "first_due"),
    [
        ("2027-01-04", 6, "2027-07-03", "2027-07-04"),
        ("2027-01-04", 12, "2028-01-03", "2028-01-04"),
        ("2027-11-30", 3, "2028-02-29", "2028-03-01"),
        ("2028-02-29", 12, "2029-02-28", "2029-03-01"),
        ("2028-02-29", 48, "2032-02-28", "2032-02-29"),
        ("2027-12-31", 1, "2028-01-30", "2028-01-31"),
    ],
)
def test_stale_is_what_is_as_old_as_the_half_life_in_full_months(
    given: str, months: int, last_that_holds: str, first_due: str
) -> None:
    then = dt.date.fromisoformat(given)
    assert not is_due("stale", then, dt.date.fromisoformat(last_that_holds), half_life_months=months)
    assert is_due("stale", then, dt.date.fromisoformat(first_due), half_life_months=months)


@given(DAYS, DAYS, st.integers(1, 60), st.integers(0, 1000))
def test_what_is_stale_stays_stale_and_sooner_with_a_shorter_half_life(
    then: dt.date, today: dt.date, months: int, more: int
) -> None:
    if is_due("stale", then, today, half_life_months=months + 1):
        assert is_due("stale", then, today, half_life_months=months)
        assert is_due("stale", then, today + dt.timedelta(days=more), half_life_months=months + 1)


def test_changed_is_what_was_said_before_the_skill_was_reworded() -> None:
    today = dt.date(2028, 1, 1)
    assert is_due("changed", THEN, today, revised=dt.date(2027, 1, 5))
    assert not is_due("changed", THEN, today, revised=THEN)
    assert not is_due("changed", THEN, today)


def test_all_is_what_was_said_before_today() -> None:
    assert is_due("all", THEN, dt.date(2027, 1, 5))
    assert not is_due("all", THEN, THEN)


@given(DAYS, DAYS)
def test_what_is_unsure_is_left_to_checks(then: dt.date, today: dt.date) -> None:
    assert not is_due("unsure", then, today, revised=today)


@pytest.mark.parametrize("which", ["stale", "changed", "all"])
def test_what_was_never_rated_and_what_is_not_asked_is_not_due(which: str) -> None:
    catalog = small.catalog_of({key: small.skill(revised=dt.date(2027, 2, 1)) for key in ("old", "open", "other")})
    sheet = small.sheet_of({"old": "n/a", "other": 3})
    assert due(catalog, sheet, ("old", "open"), which, dt.date(2030, 1, 1)) == {"old"}  # type: ignore[arg-type]


def test_an_answer_without_a_date_of_its_own_is_of_the_sheets_day() -> None:
    catalog = small.catalog_of({"ads": small.skill(), "seo": small.skill()})
    sheet = small.sheet_of({"ads": 3, "seo": 3}, dates={"seo": dt.date(2028, 1, 1)})
    assert due(catalog, sheet, ("ads", "seo"), "all", dt.date(2028, 1, 1)) == {"ads"}


# carried over


def test_carried_over_each_answer_keeps_its_own_date() -> None:
    older, today = dt.date(2026, 5, 1), dt.date(2027, 8, 1)
    sheet = small.sheet_of({"ads": 3, "seo": "n/a"}, dates={"ads": older}, notes={"ads": "Agency"}, check_budget=9)
    after = carried(sheet, today)
    assert after == replace(sheet, date=today, dates={"ads": older, "seo": THEN})


def test_carried_over_twice_is_carried_over_once() -> None:
    sheet = small.sheet_of({"ads": 3})
    first, second = dt.date(2027, 8, 1), dt.date(2028, 8, 1)
    assert carried(carried(sheet, first), second) == carried(sheet, second)
    assert carried(sheet, sheet.date) is sheet


# the ten that matter most


def test_quick_takes_ten_by_importance_times_the_stages_weight_in_catalog_order() -> None:
    heavy = Stage(name="Heavy", skills={f"h{n}": small.skill(importance=n) for n in (1, 2, 3)})
    light = Stage(name="Light", skills={f"l{n}": small.skill(importance=1 + n % 5) for n in range(12)})
    role = small.role_with({}, {"heavy": 2})
    assert quick(small.staged(light=light, heavy=heavy), role) == (
        "l1", "l2", "l3", "l4", "l6", "l7", "l8", "l9", "h2", "h3"
    )  # fmt: skip


def test_of_equals_the_higher_target_counts_then_the_earlier_place() -> None:
    catalog = small.catalog_of({f"s{n}": small.skill() for n in range(12)})
    role = small.role_with({"s11": 4, **{f"s{n}": 3 for n in range(11)}})
    assert quick(catalog, role) == (*(f"s{n}" for n in range(9)), "s11")


def test_quick_leaves_out_what_the_role_does_not_ask_for() -> None:
    catalog = small.catalog_of({"mine": small.skill(importance=1), "theirs": small.skill(importance=5)})
    role = replace(small.ALL_4, targets=(Targets(to=0, why="Because", skills=("theirs",)),))
    assert quick(catalog, role) == ("mine",)


# the lines to have read


def test_the_lines_shown_first_split_six_levels_into_three_pairs() -> None:
    assert {2, 4} == FIRST_SEEN


@pytest.mark.parametrize(
    ("level", "lines"), [(0, {0, 1}), (1, {0, 1, 2}), (2, {2, 3}), (3, {3, 4}), (4, {4, 5}), (5, {5})]
)
def test_a_level_needs_its_own_line_and_the_one_above_and_both_below_judging(level: int, lines: set[int]) -> None:
    assert needed(level) == lines
