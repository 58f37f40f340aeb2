"""The order of a sitting: ten checks before any rating, stage by stage, more checks, interest, the summary."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Stage
from gapcheck.core.interview import DONE, GO_ON, Interview, Item, Scope, carried, due, opening_checks
from tests.core import small

if TYPE_CHECKING:
    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.interview import Kind, Reply

JOURNEY = small.journey()
SKILLS = tuple(JOURNEY.skills)
WHOLE = Scope(SKILLS)
RATED = small.sheet_of(dict.fromkeys(SKILLS, 2))
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@st.composite
def wide(draw: st.DrawFn) -> Catalog:
    """Up to four stages of up to eight skills, each with some checks or none."""
    levels = st.sets(st.sampled_from("234"))
    sizes = draw(st.lists(st.integers(1, 8), min_size=1, max_size=4))
    return small.staged(
        **{
            f"s{n}": Stage(
                name="Any",
                skills={
                    f"s{n}-{i}": small.skill(checks={level: small.check() for level in draw(levels)})
                    for i in range(size)
                },
            )
            for n, size in enumerate(sizes)
        }
    )


def sat(scope: Scope, sheet: Sheet, level: int, option: str = "a", catalog: Catalog = JOURNEY) -> list[Item]:
    """Every question of a sitting answered straight on, each skill with the same level, each check with one option."""
    replies: dict[Kind, Reply] = {
        "check": option, "reason": GO_ON, "level": level, "delivery": "Flyer, May", "terms": (), "interest": (),
        "summary": DONE,
    }  # fmt: skip
    interview, asked = Interview.over(catalog, scope, sheet), list[Item]()
    while not interview.closed:
        asked.append(interview.place)
        interview = interview.after(replies[interview.place.kind])
    return asked


def told(items: list[Item]) -> str:
    return " ".join(item.of or item.kind for item in items if item.kind not in ("check", "reason"))


def checks_in(items: list[Item]) -> list[Item]:
    return [item for item in items if item.kind == "check"]


def test_without_checks_skills_come_stage_by_stage_then_interest_and_the_summary() -> None:
    assert told(sat(WHOLE, small.sheet_of({}), 3)) == "a1 a2 a3 b1 b2 c1 c2 c3 interest summary"


@pytest.mark.parametrize("level", [4, 5])
def test_a_claim_to_carry_is_asked_for_its_last_delivery_at_once(level: int) -> None:
    asked = sat(Scope(("a1", "a2")), small.sheet_of({}), level)
    assert [item.kind for item in asked] == ["level", "delivery", "level", "delivery", "interest", "summary"]


def test_no_other_rating_is_asked_for_a_delivery() -> None:
    for rating in (0, 1, 2, 3, "n/a", "unknown"):
        after = Interview.over(JOURNEY, WHOLE, small.sheet_of({})).after(rating)
        assert after.place == Item("level", "a2")


def test_terms_follow_each_stage_that_has_some_once_checks_were_agreed_to() -> None:
    asked = sat(WHOLE, small.sheet_of({}, check_budget=3), 3)
    assert told(asked) == "a1 a2 a3 one b1 b2 c1 c2 c3 three interest summary"


def test_refused_checks_bring_neither_checks_nor_terms() -> None:
    assert sat(WHOLE, small.sheet_of({}, check_budget=0), 3) == sat(WHOLE, small.sheet_of({}), 3)


def test_only_a_whole_sitting_asks_what_one_would_like_to_learn() -> None:
    assert told(sat(Scope(SKILLS[:2], whole=False), small.sheet_of({}), 3)) == "a1 a2 summary"


def test_somebody_elses_rating_asks_for_levels_only() -> None:
    about = small.sheet_of({}, rater="peer", by="ben", check_budget=9)
    asked = sat(Scope(SKILLS, of_oneself=False), about, 5)
    assert asked == [*(Item("level", skill) for skill in SKILLS), Item("summary")]


def test_a_whole_sitting_kind_by_kind() -> None:
    """Seven opening checks for seven skills that have some, then all else, the checks left just before the end."""
    asked = sat(WHOLE, small.sheet_of({}, check_budget=9), 2)
    kinds = [item.kind for item in asked]
    assert kinds[:14] == ["check", "reason"] * 7
    assert kinds[14:24] == ["level"] * 3 + ["terms"] + ["level"] * 5 + ["terms"]
    assert kinds[24:] == ["check", "reason"] * 2 + ["interest", "summary"]


def test_checks_chosen_one_by_one_are_never_asked_twice_and_stop_at_the_budget() -> None:
    for budget in (1, 7, 8, 10, 24):
        checks = checks_in(sat(WHOLE, small.sheet_of({}, check_budget=budget), 2))
        assert len(checks) == len(set(checks)) <= budget
    assert len(checks_in(sat(WHOLE, small.sheet_of({}, check_budget=8), 2))) == 8


def test_chosen_checks_stop_where_no_other_tells_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapcheck.core.calibration.next_check", lambda *_: None)
    asked = sat(WHOLE, small.sheet_of({}, check_budget=24), 2)
    assert [item.kind for item in asked[-2:]] == ["interest", "summary"]
    assert len(checks_in(asked)) == 7


def test_no_check_is_chosen_for_a_skill_that_does_not_apply() -> None:
    sheet = small.sheet_of({**dict.fromkeys(SKILLS, 2), "a1": "n/a", "b1": "n/a"}, check_budget=24)
    checks = checks_in(sat(WHOLE, sheet, 2))
    assert checks
    assert not {"a1", "b1"} & {item.of for item in checks}


def test_only_done_closes_the_summary() -> None:
    summary = Interview.over(JOURNEY, WHOLE, replace(RATED, interest=()))
    assert summary.place.kind == "summary"
    assert summary.after(DONE).closed
    assert not summary.after("b1").closed


# opening checks


@given(wide(), st.integers(0, 40), DAYS)
def test_at_most_ten_are_drawn_at_most_one_a_skill_and_all_exist(catalog: Catalog, budget: int, day: dt.date) -> None:
    sheet = replace(small.sheet_of({}, check_budget=budget), date=day)
    drawn = opening_checks(catalog, sheet, tuple(catalog.skills))
    with_some = [skill for skill in catalog.skills.values() if skill.checks]
    assert len(drawn) == min(10, budget, len(with_some))
    assert len({item.of for item in drawn}) == len(drawn)
    assert all(item.level in catalog.skills[item.of].checks for item in drawn)


@given(wide(), DAYS)
def test_stages_take_turns(catalog: Catalog, day: dt.date) -> None:
    """No stage comes again before each other one that has skills with checks left has had its turn."""
    sheet = replace(small.sheet_of({}, check_budget=10), date=day)
    has = Counter(catalog.stage_of[key] for key, skill in catalog.skills.items() if skill.checks)
    had = Counter[str]()
    for item in opening_checks(catalog, sheet, tuple(catalog.skills)):
        stage = catalog.stage_of[item.of]
        assert all(had[other] >= min(had[stage], has[other]) for other in has)
        had[stage] += 1


def test_a_person_gets_the_same_ones_all_day_and_others_others() -> None:
    def drawn(person: str, day: int) -> tuple[Item, ...]:
        sheet = replace(small.sheet_of({}, check_budget=10), person=person, date=dt.date(2027, 1, day))
        return opening_checks(JOURNEY, sheet, SKILLS)

    draws = {(person, day): drawn(person, day) for person in ("ada", "ben", "cleo") for day in (1, 2, 3)}
    assert all(drawn(*who) == items for who, items in draws.items())
    assert len(set(draws.values())) == len(draws)


def test_what_is_drawn_depends_on_no_answer() -> None:
    sheet = small.sheet_of({}, check_budget=10)
    later = replace(sheet, levels={"a1": 3}, checks={"b1": {"2": "c"}}, interest=("a1",))
    assert opening_checks(JOURNEY, later, SKILLS) == opening_checks(JOURNEY, sheet, SKILLS)


@given(st.sampled_from(SKILLS), st.sampled_from(small.RATINGS))
def test_once_a_skill_is_rated_none_comes_first(skill: str, rating: int | str) -> None:
    rated = Interview.over(JOURNEY, WHOLE, small.sheet_of({skill: rating}, check_budget=24))
    assert rated.place.kind in ("level", "delivery")


def test_months_later_ratings_come_first_as_well() -> None:
    """What is carried over was rated, though it is all to be rated again."""
    day = dt.date(2027, 9, 4)
    sheet = carried(replace(RATED, check_budget=24), day)
    again = Scope(SKILLS, due(JOURNEY, sheet, SKILLS, "all", day), whole=False)
    assert Interview.over(JOURNEY, again, sheet).place == Item("level", "a1")


def test_none_is_asked_beyond_the_number_agreed_to() -> None:
    """Three checks were answered in another stage; a sitting of the last one finds the number used up."""
    used = small.sheet_of({"a1": 2}, check_budget=3, checks={"a1": {"2": "a", "3": "a", "4": "b"}})
    interview = Interview.over(JOURNEY, Scope(("c1", "c2"), whole=False), used)
    assert interview.place == Item("level", "c1")
