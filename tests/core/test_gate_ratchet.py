"""The ratchet: cover may not get worse. Somebody who rates lower fails nothing, unless cover is lost with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.answers import CatalogRef
from gapcheck.core.catalog import Stage
from gapcheck.core.gate import Baseline, Counts, Evidence, Result, baseline_of, rule_on
from gapcheck.core.policy import Need
from gapcheck.problems import Span
from tests.core.gates import CATALOG, SKILLS, TODAY, team
from tests.core.small import skill

if TYPE_CHECKING:
    from gapcheck.core.team import Team

ALIKE = CatalogRef(name="small", version="1", digest="0" * 12)
ONE, TWO, THREE = (Need(carry=n, hold=n) for n in (1, 2, 3))

CASES: dict[str, tuple[str, str, Need, int]] = {
    "nothing changed": ("444 111", "444 111", ONE, 0),
    "better": ("333 111", "444 333", ONE, 0),
    "one of two rates lower: enough are left": ("444 444", "111 444", ONE, 0),
    "one of three leaves: enough are left": ("444 444 444", "444 000", ONE, 0),
    "somebody rates lower who was no cover": ("444 222", "444 000", ONE, 0),
    "another takes over": ("444 111", "111 444", ONE, 0),
    "the only one who carried": ("444 333", "344 333", ONE, 1),
    "the only one who held": ("333 111", "222 111", ONE, 3),
    "two are needed, and one is left": ("444 444", "443 444", TWO, 1),
    "short before and shorter now": ("444 333", "443 333", TWO, 1),
    "short before and as short now": ("444 111", "444 111", TWO, 0),
    "the need grew and nobody fell": ("444 111", "444 111", THREE, 0),
    "carried by fewer, held by as many": ("444 444", "443 443", ONE, 1),
    "not applicable any more": ("444 111 111", "nnn 111 111", ONE, 3),
    "of two answers one is left, which carries": ("444 111", "444 ---", ONE, 3),
    "of two answers one is left, which does not": ("444 111", "--- 111", ONE, 3),
    "of two answers none is left": ("444 111", "--- ---", ONE, 3),
    "not applicable to one of two": ("444 111", "44n 111", ONE, 1),
    "no cover, and one answer is left of one skill": ("111 111", "111 11-", ONE, 0),
}


def rows(text: str) -> dict[str, str]:
    return {f"p{n}": row for n, row in enumerate(text.split())}


def held_against(before: Baseline, now: Team) -> Result:
    (ratchet,) = rule_on([], Evidence(now, TODAY), (before, Span(7, 3))).results
    return ratchet


@pytest.mark.parametrize(("then", "now", "need", "worse"), CASES.values(), ids=CASES)
def test_cover_that_falls_below_the_need_is_worse(then: str, now: str, need: Need, worse: int) -> None:
    result = held_against(baseline_of(team(rows(then))), team(rows(now), need=need))
    assert result.outcome == ("fail" if worse else "pass")
    assert result.value == worse
    assert len(result.short) == worse
    assert result.span == Span(7, 3)


def test_the_fall_is_told_with_its_numbers() -> None:
    before = baseline_of(team(rows("444 444")))
    carried = held_against(before, team(rows("444 443"), need=TWO))
    assert carried.words == (
        "covered worse than in the baseline: 1 of 3 skills; Checkout: 2 carried it, now 1, needed 2"
    )
    held = held_against(before, team(rows("444 244"), need=Need(carry=1, hold=2)))
    assert held.words.endswith("Ads: 2 held it, now 1, needed 2")


def test_one_answer_left_of_several_fails_and_says_nothing_of_its_level() -> None:
    """To pass could hide a loss, and to look would tell a level: whatever the one says, it fails in the same words."""
    before = baseline_of(team(rows("444 114")))
    fell = [held_against(before, team(rows(f"44{level} 44-"))) for level in "0123?45"]
    assert {each.outcome for each in fell} == {"fail"}
    (words,) = {each.words for each in fell}
    assert words == (
        "covered worse than in the baseline: 1 of 3 skills; Checkout: 2 carried it, now one person alone has answered "
        "it, whose level is not looked at, needed 1"
    )
    nobody = held_against(before, team(rows("44n 44-")))
    assert nobody.words.endswith("Checkout: 2 carried it, now 0, needed 1")


def test_what_one_person_alone_has_answered_is_in_no_baseline_and_not_compared_until_several_have() -> None:
    before = baseline_of(team(rows("444 11-")))
    assert [*before.skills] == ["a", "b"]
    still = held_against(before, team(rows("440 11-")))
    assert (still.outcome, still.words) == (
        "pass",
        "covered worse than in the baseline: 0 of 2 skills; 1 skill answered by one person only is not judged",
    )
    since = held_against(before, team(rows("440 111")))
    assert since.words.endswith("0 of 2 skills; not in the baseline, and not compared: 1 more")
    nothing = held_against(baseline_of(team(rows("111 111"))), team(rows("1-1 -1-")))
    assert (nothing.outcome, nothing.words.startswith("answered by one person only")) == ("cannot-judge", True)


def test_a_supplier_who_goes_takes_cover_along() -> None:
    hired = {"payfix": ("c",)}
    before = baseline_of(team(rows("442 442"), suppliers=hired))
    assert before.skills["c"] == Counts(carry=1, hold=1)
    assert held_against(before, team(rows("442 442"), suppliers=hired)).outcome == "pass"
    assert held_against(before, team(rows("442 442"))).short == ("c",)


def test_another_catalog_compares_what_can_be_and_says_what_cannot() -> None:
    """Brand was called branding; gone is no skill any more; Checkout is new since."""
    other = CatalogRef(name="small", version="0", digest="f" * 12)
    before = Baseline(other, {"a": Counts(2, 2), "branding": Counts(2, 2), "gone": Counts(2, 2)})
    fell = held_against(before, team(rows("430 430")))
    assert (fell.outcome, fell.short) == ("fail", ("b",))
    assert "catalog small 0, worded otherwise" in fell.words
    assert "not compared: 1 gone and 1 new since" in fell.words
    nothing = Baseline(other, {"gone": Counts(1, 1)})
    assert held_against(nothing, team(rows("444 444"))).outcome == "cannot-judge"
    assert held_against(Baseline(ALIKE, {}), team(rows("444 444"))).outcome == "cannot-judge"


def test_a_present_name_wins_over_a_former_one() -> None:
    before = Baseline(ALIKE, {"branding": Counts(2, 2), "b": Counts(0, 0)})
    assert held_against(before, team(rows("000 000"))).outcome == "pass"


def test_skills_that_are_new_need_no_baseline() -> None:
    before = baseline_of(team(rows("444 444")))
    stages = {**CATALOG.stages, "new": Stage(name="New", skills={"d": skill("Data")})}
    grown = replace(CATALOG, stages=stages, digest="1" * 12)
    now = held_against(before, team(rows("4440 4440"), catalog=grown))
    assert now.outcome == "pass"
    assert "not compared: 0 gone and 1 new since" in now.words


def test_one_person_is_held_against_no_baseline() -> None:
    """What falls short would be that person's levels."""
    before = baseline_of(team(rows("444 444")))
    alone = held_against(before, team({"ada": "111"}))
    assert (alone.outcome, alone.short, alone.subject) == ("cannot-judge", (), "")
    own = rule_on([], Evidence(team({"ada": "111"}), TODAY, own=True), (before, Span()))
    assert (own.results, own.left_out) == ((), ("ratchet",))


LEVELS = st.lists(st.text("012345n?-", min_size=3, max_size=3), min_size=2, max_size=4)


@given(LEVELS, LEVELS, st.integers(0, 3), st.integers(0, 3))
def test_it_fails_exactly_where_a_count_fell_and_is_below_the_need(
    then: list[str], now: list[str], carry: int, hold: int
) -> None:
    def count(of: list[str], n: int, enough: str) -> int:
        return sum(row[n] in enough for row in of)

    worse = {
        key
        for n, key in enumerate(SKILLS)
        for enough, need in (("45", carry), ("345", hold))
        if count(then, n, "012345?") != 1  # else it is in no baseline
        if (0 if count(now, n, "012345?") == 1 else count(now, n, enough)) < min(count(then, n, enough), need)
    }
    before = baseline_of(team(rows(" ".join(then))))
    result = held_against(before, team(rows(" ".join(now)), need=Need(carry=carry, hold=hold)))
    assert set(result.short) == worse


@given(LEVELS)
def test_nobody_fails_against_their_own_day(levels: list[str]) -> None:
    now = team(rows(" ".join(levels)))
    judged = baseline_of(now).skills
    assert held_against(baseline_of(now), now).outcome == ("pass" if judged else "cannot-judge")
