"""What rose, fell and went stale: sums that add up, whatever the order, and nothing compared that cannot be."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.answers import CatalogRef, Rating, Sheet
from gapcheck.core.calibration.model import NODES, SHARES, STYLES, WEIGHTS, Style, normal_cdf
from gapcheck.core.catalog import Stage
from gapcheck.core.plans import Agreed, PlanFile
from gapcheck.core.report.team import build_team
from gapcheck.core.report.trend import NO_LEVEL, SIGNS, spark, team_since
from gapcheck.core.team import Member, Team, row_of
from gapcheck.core.team.trend import team_trend
from gapcheck.core.trend import Earlier, Move, Trend, trend_of
from tests.core.small import ALL_4, NOBODY, RATINGS, catalog_of, catalogs, sheet_of, sheets, skill, staged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy

NOW, THEN, BEFORE = dt.date(2027, 1, 4), dt.date(2026, 7, 6), dt.date(2026, 1, 5)
DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOP = catalog_of({key: skill(key.title(), half_life_months=12) for key in ("copy", "media", "price", "mail")})
QUICK = settings(max_examples=60)


def weights(catalog: Catalog) -> dict[str, float]:
    return {key: each.importance for key, each in catalog.skills.items()}


def since(
    now: Mapping[str, Rating], *then: Sheet, catalog: Catalog = SHOP, today: dt.date = NOW, plan: PlanFile | None = None
) -> Trend:
    """The trend of some levels today against earlier sheets."""
    found = trend_of(catalog, weights(catalog), sheet_of(now), map(Earlier, then), today, "role", plan)
    assert found is not None
    return found


def earlier(levels: Mapping[str, Rating], day: dt.date = THEN, **more: object) -> Sheet:
    return replace(sheet_of(levels), date=day, **more)  # type: ignore[arg-type]


def only(trend: Trend) -> Move:
    (move,) = trend.moves
    return move


@QUICK
@given(st.data())
def test_a_trend_of_a_sheet_with_itself_is_empty(data: st.DataObject) -> None:
    catalog = data.draw(catalogs())
    said = data.draw(sheets(catalog))
    assert trend_of(catalog, weights(catalog), said, [Earlier(said)], NOW) is None
    found = trend_of(catalog, weights(catalog), said, [Earlier(replace(said, date=THEN))], NOW)
    assert (found is None) == (not said.levels)
    if found:
        assert {move.kind for move in found.moves} <= {"same"}
        assert all(shift.then == shift.now for shift in found.stages)
        assert found.stale == ()


@QUICK
@given(st.data())
def test_neither_the_order_of_files_nor_chance_changes_anything_and_the_kinds_add_up(data: st.DataObject) -> None:
    catalog = data.draw(catalogs())
    said = data.draw(sheets(catalog))
    days = data.draw(st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2027, 6, 1)), unique=True, max_size=5))
    past = [Earlier(replace(data.draw(sheets(catalog)), date=day)) for day in days]
    found = trend_of(catalog, weights(catalog), said, past, NOW)
    assert trend_of(catalog, weights(catalog), said, data.draw(st.permutations(past)), NOW) == found
    fit = sorted(e.sheet.date for e in past if e.sheet.date < said.date and e.sheet.levels)
    assert (found is None) == (not fit)
    if found is None:
        return
    assert (found.days, found.since) == ((*fit, said.date), fit[-1])
    then = next(each.sheet for each in past if each.sheet.date == found.since)
    levelled = [s for s in catalog.skills if (then.settled_level(s), said.settled_level(s)) != (None, None)]
    kinds = [len(found.of(kind)) for kind in ("up", "down", "same", "first", "gone", "reworded")]
    assert sum(kinds) == len(found.moves) == len(levelled)
    assert sum(shift.compared for shift in found.stages) == len(found.of("up", "down", "same"))
    assert all(len(move.history) == len(found.days) for move in found.moves)


@pytest.mark.parametrize(
    ("then", "now", "kind", "change"),
    [
        (2, 3, "up", 1),
        (4, 1, "down", -3),
        (3, 3, "same", 0),
        ("n/a", 2, "first", 0),
        (2, "n/a", "gone", 0),
        ("unknown", 2, "up", 2),
        (3, "unknown", "down", -3),
        ("unknown", 0, "same", 0),
    ],
)
def test_each_pair_of_answers_is_of_one_kind(then: Rating, now: Rating, kind: str, change: int) -> None:
    move = only(since({"copy": now}, earlier({"copy": then})))
    assert (move.kind, move.change) == (kind, change)
    assert move.unknown == (then == "unknown", now == "unknown")


def test_an_open_skill_that_had_a_level_is_gone_and_one_that_never_had_any_is_left_out() -> None:
    found = since({"copy": 1}, earlier({"copy": 1, "media": 2, "mail": "n/a"}))
    assert [(move.skill, move.kind) for move in found.moves] == [("copy", "same"), ("media", "gone")]


def test_the_latest_earlier_sheet_counts_and_every_sitting_has_its_sign() -> None:
    found = since({"copy": 4}, earlier({"copy": 3}), earlier({"media": 1}, BEFORE))
    assert found.since == THEN
    assert found.moves[0].history == (None, 3, 4)
    assert spark(found.moves[0].history) == NO_LEVEL + SIGNS[3] + SIGNS[4]


def test_a_sheet_without_an_answer_is_no_sitting() -> None:
    assert trend_of(SHOP, weights(SHOP), sheet_of({"copy": 1}), [Earlier(earlier({}))], NOW) is None


def test_a_sheet_of_a_later_day_is_no_earlier_one() -> None:
    come = Earlier(earlier({"copy": 5}, dt.date(2028, 1, 1)))
    assert trend_of(SHOP, weights(SHOP), sheet_of({"copy": 1}), [come], NOW) is None


def test_settled_levels_are_compared_and_a_claim_beside_one_is_marked() -> None:
    found = since({"copy": 3, "media": 4}, earlier({"copy": 4, "media": 2}, settled={"copy": 2}))
    copy, media = found.moves
    assert (copy.kind, copy.then, copy.settled) == ("up", 2, (True, False))
    assert media.settled == (False, False)
    settled = only(since({"copy": 3}, earlier({"copy": "unknown"}, settled={"copy": 2})))
    assert (settled.then, settled.unknown) == (2, (False, False))


def test_an_answer_that_was_carried_over_was_not_asked_again() -> None:
    now = replace(sheet_of({"copy": 3, "media": 3}), dates={"copy": THEN})
    found = trend_of(SHOP, weights(SHOP), now, [Earlier(earlier({"copy": 3, "media": 3}))], NOW)
    assert found is not None
    assert [move.again for move in found.moves] == [False, True]


@pytest.mark.parametrize(
    ("revised", "compared"),
    [(THEN, True), (THEN + dt.timedelta(1), False), (NOW, False), (NOW + dt.timedelta(1), True), (None, True)],
)
def test_answers_to_other_words_are_not_compared(revised: dt.date | None, compared: bool) -> None:
    catalog = catalog_of({"copy": skill("Copy", revised=revised)})
    found = since({"copy": 4}, earlier({"copy": 1}), catalog=catalog)
    assert only(found).kind == ("up" if compared else "reworded")
    assert (found.stages[0].then, found.stages[0].compared) == ((20, 1) if compared else (None, 0))


def test_an_answer_carried_over_new_words_is_still_one_to_the_old_ones() -> None:
    catalog = catalog_of({"copy": skill("Copy", revised=dt.date(2026, 9, 1))})
    now = replace(sheet_of({"copy": 3}), dates={"copy": THEN})
    found = trend_of(catalog, weights(catalog), now, [Earlier(earlier({"copy": 3}))], NOW)
    assert found is not None
    assert only(found).kind == "same"


def test_figures_are_over_the_skills_compared_with_todays_weights() -> None:
    catalog = catalog_of({"copy": skill("Copy", 4), "media": skill("Media", 1), "price": skill("Price", 5)})
    (shift,) = since({"copy": 3, "media": 1, "price": 5}, earlier({"copy": 2, "media": 3}), catalog=catalog).stages
    assert (shift.then, shift.now) == ((4 * 40 + 60) / 5, (4 * 60 + 20) / 5)
    assert (shift.compared, shift.asked) == (2, 3)


def test_leadership_stays_out_of_the_journeys_figure() -> None:
    stages = {key: Stage(name=key, skills={key + "1": skill()}) for key in ("one", "two")}
    catalog = staged(**stages, lead=Stage(name="lead", kind="leadership", skills={"lead1": skill()}))
    found = since({"one1": 2, "two1": 4, "lead1": 0}, earlier({"one1": 1, "two1": 3, "lead1": 5}), catalog=catalog)
    assert found.journey is not None
    assert (found.journey.then, found.journey.now, found.journey.compared) == (40, 60, 2)
    alone = since({"one1": 2, "lead1": 0}, earlier({"one1": 1, "lead1": 5}), catalog=catalog)
    assert alone.journey is None


def test_stale_is_what_passed_its_half_life_since() -> None:
    old = {"media": dt.date(2025, 1, 1), "copy": dt.date(2025, 12, 1)}
    now = replace(sheet_of({"copy": 3, "media": 3, "mail": 2}), dates=old)
    found = trend_of(SHOP, weights(SHOP), now, [Earlier(earlier({"copy": 3, "media": 3}, dates=old))], NOW)
    assert found is not None
    assert found.stale == ("copy",)


def test_another_role_and_another_catalog_are_told() -> None:
    ref = CatalogRef(name="small", version="0.9", digest="f" * 12)
    then = (earlier({"copy": 1}, role="other", catalog=ref), earlier({"copy": 1}, BEFORE, role="role"))
    found = since({"copy": 1}, *then)
    assert found.other_roles == ((THEN, "other"),)
    assert found.version == "0.9"
    assert since({"copy": 1}, earlier({"copy": 1}, catalog=replace(ref, digest="0" * 12))).version is None


def test_what_was_planned_stands_beside_what_was_reached() -> None:
    goals = tuple(Agreed(skill=s, start=1, to=3, hours=9, because="target") for s in ("copy", "media", "mail"))
    plan = PlanFile(person="ada", start=THEN, weeks=26, hours_per_week=4, goals=goals)
    now = replace(sheet_of({"copy": 3, "media": 2, "mail": 1}), dates={"mail": THEN})
    found = trend_of(SHOP, weights(SHOP), now, [Earlier(earlier({"copy": 1, "media": 1, "mail": 1}))], NOW, plan=plan)
    assert found is not None
    assert found.planned == THEN
    assert [(g.then, g.now, g.is_reached, g.again) for g in found.goals] == [
        (1, 3, True, True),
        (1, 2, False, True),
        (1, 1, False, False),
    ]
    assert since({"copy": 1}, earlier({"copy": 1}), plan=replace(plan, start=NOW)).goals == ()


def test_a_sign_for_each_level_and_the_latest_dozen_of_sittings() -> None:
    assert spark([None, *range(6)]) == NO_LEVEL + SIGNS
    assert spark([0] * 20 + [5]) == SIGNS[0] * 11 + SIGNS[5]


# a team


def team(policy: Policy, *members: Member, catalog: Catalog = SHOP) -> Team:
    return Team(catalog, policy, NOBODY, {"role": ALL_4}, tuple(sorted(members, key=lambda m: m.person)))


def member(person: str, day: dt.date, catalog: Catalog = SHOP, **levels: Rating) -> Member:
    return Member(person, "role", {}, row_of(sheet_of(levels), catalog.skills), day)


@st.composite
def people(draw: st.DrawFn, day: dt.date) -> list[Member]:
    rows = st.dictionaries(st.sampled_from([*SHOP.skills]), st.sampled_from(RATINGS))
    return [member(person, day, SHOP, **draw(rows)) for person in draw(st.sets(st.sampled_from("abcde"), min_size=1))]


@QUICK
@given(data=st.data())
def test_a_team_against_itself_moves_nothing_and_two_teams_count_everybody(data: st.DataObject, policy: Policy) -> None:
    now = team(policy, *data.draw(people(NOW)))
    still = team_trend(now, now, THEN, NOW, now.skills)
    assert (still.joined, still.left, still.lost) == ((), (), ())
    assert all(each.holding[0] == each.holding[1] and each.carrying[0] == each.carrying[1] for each in still.covers)
    assert all(shift.then == shift.now and shift.compared == shift.asked for shift in still.stages)
    then = team(policy, *data.draw(people(THEN)))
    found = team_trend(then, now, THEN, NOW, now.skills)
    assert found.people[0] == found.compared + len(found.left)
    assert found.people[1] == found.compared + len(found.joined)


def test_what_nobody_carries_any_more_and_who_joined_and_left(policy: Policy) -> None:
    then = team(policy, member("ada", THEN, copy=4), member("ben", THEN, copy=1, media=5))
    now = team(policy, member("ada", NOW, copy=4), member("cleo", NOW, media=3))
    found = team_trend(then, now, THEN, NOW, now.skills)
    assert (found.joined, found.left, found.people) == (("cleo",), ("ben",), (2, 2))
    assert [(each.skill, each.carrying, each.carriers) for each in found.lost] == [("media", (1, 0), ("ben",))]


def test_figures_of_a_team_are_over_the_same_people_skills_and_words(policy: Policy) -> None:
    catalog = catalog_of({"copy": skill("Copy"), "media": skill("Media", revised=NOW), "mail": skill("Mail")})
    ada = {"copy": 2, "media": 1, "mail": 1}
    then = team(policy, member("ada", THEN, catalog, **ada), member("ben", THEN, catalog, copy=5), catalog=catalog)
    now = team(policy, member("ada", NOW, catalog, copy=3, media=5), member("cleo", NOW, catalog), catalog=catalog)
    (shift,) = team_trend(then, now, THEN, NOW, now.skills).stages
    assert (shift.then, shift.now, shift.compared, shift.asked) == (40, 60, 1, 2)
    assert team_trend(then, now, THEN, NOW, now.skills).reworded == ("media",)


def test_only_whoever_left_is_named_beside_what_nobody_carries_any_more(policy: Policy) -> None:
    then = team(policy, member("ada", THEN, copy=4), member("ben", THEN, media=4))
    now = team(policy, member("ada", NOW, copy=3))
    found = team_trend(then, now, THEN, NOW, now.skills)
    told = repr([*team_since(build_team(now, NOW), found)])
    assert "Copy; Media (carried by ben)" in told.replace("Copy, Media", "Copy; Media")
    assert "carried by ada" not in told


# what is said of it


def differ(style: Style) -> tuple[int, int]:
    """In how many of 100 cases two ratings of one level differ, and differ by two or more, if errors are drawn anew."""
    one = two = 0.0
    for level, share in enumerate(SHARES):
        for leniency, weight in zip(NODES, WEIGHTS, strict=True):
            mean = 2.5 + style.slope * (level - 2.5) + style.shift + style.leniency * leniency
            below = [0.0, *(normal_cdf((k + 0.5 - mean) / style.spread) for k in range(5)), 1.0]
            chance = [after - before for before, after in pairwise(below)]
            pairs = [(abs(a - b), chance[a] * chance[b]) for a in range(6) for b in range(6)]
            one += share * weight * sum(p for apart, p in pairs if apart)
            two += share * weight * sum(p for apart, p in pairs if apart > 1)
    return round(100 * one), round(100 * two)


def test_how_far_nothing_moves_a_rating_is_what_the_page_says() -> None:
    text = " ".join((DOCS / "trend.md").read_text(encoding="utf-8").split())
    said: Iterable[tuple[str, str]] = re.findall(r"in (\d+) of 100 cases, by two levels or more in (\d+)", text)
    assert [(int(one), int(two)) for one, two in said] == [differ(style) for style in STYLES]
