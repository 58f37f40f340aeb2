"""Who holds, who carries, what hangs on whom and where it sits: all as counting by hand would have it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.catalog import Stage, Touchpoint
from gapcheck.core.people import People, Supplier
from gapcheck.core.policy import Need
from gapcheck.core.rubric import Rubric, situation
from gapcheck.core.team import (
    AS_LEVEL,
    Member,
    Team,
    absences,
    at_least,
    cover,
    figures,
    row_of,
    silos,
    tally,
    verdicts,
)
from tests.core.small import ALL_4, NOBODY, catalog_of, catalogs, role_with, sheet_of, sheets, skill, staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy

DAY = dt.date(2027, 1, 4)
QUICK = settings(max_examples=60)
SHOP = staged(
    visit=Stage(
        name="Visit",
        touchpoints={
            "ad": Touchpoint(name="Ad", skills=("copy", "media")),
            "page": Touchpoint(name="Page", skills=("copy", "design")),
        },
        skills={"copy": skill("Copy"), "media": skill("Media"), "design": skill("Design")},
    ),
    buy=Stage(
        name="Buy",
        touchpoints={"cart": Touchpoint(name="Cart", skills=("price",))},
        skills={"price": skill("Price")},
    ),
)


def member(person: str, catalog: Catalog = SHOP, groups: Mapping[str, str] | None = None, **levels: object) -> Member:
    sheet = sheet_of({key.replace("_", "-"): level for key, level in levels.items()})  # type: ignore[misc]
    return Member(person, "role", groups or {}, row_of(sheet, catalog.skills), DAY)


@st.composite
def teams(draw: st.DrawFn, policy: Policy, most: int = 5) -> tuple[Team, list[tuple[str, object]]]:
    """Up to five people in up to three groups, with the sheets they come from."""
    catalog = draw(catalogs())
    points = {
        f"p{n}": Touchpoint(name=f"P{n}", skills=tuple(draw(st.sets(st.sampled_from([*catalog.skills]), min_size=1))))
        for n in range(draw(st.integers(0, 4)))
    }
    stage = replace(catalog.stages["only"], touchpoints=points)
    catalog = replace(catalog, stages={"only": stage})
    made, members = [], []
    for n in range(draw(st.integers(0, most))):
        sheet = replace(draw(sheets(catalog)), person=f"p{n}")
        group = {"unit": draw(st.sampled_from("xyz"))} if draw(st.booleans()) else {}
        made.append((sheet.person, sheet))
        row = row_of(sheet, catalog.skills)
        members.append(Member(sheet.person, "role", group, row, DAY, hands=sheet.hands, hands_for=sheet.hands_for))
    hired = draw(st.sets(st.sampled_from([*catalog.skills])))
    people = People(suppliers={"s": Supplier(name="S", skills=tuple(sorted(hired)))} if hired else {})
    return Team(catalog, policy, people, catalog.roles, tuple(members)), made  # type: ignore[return-value]


def level(of: Team, person: Member, key: str) -> int | None:
    return AS_LEVEL[person.levels[of.place[key]]]


def test_a_row_says_what_counts_and_what_is_no_level() -> None:
    catalog = catalog_of({key: skill() for key in "abcdef"})
    sheet = sheet_of({"a": 4, "b": "n/a", "c": "unknown", "d": 3, "e": "n/a"}, settled={"d": 2})
    row = row_of(sheet, catalog.skills)
    assert [AS_LEVEL[byte] for byte in row] == [4, None, 0, 2, None, None]
    assert len(set(row)) == 5, "not applicable, unknown and open are told apart"


@QUICK
@given(data=st.data())
def test_cover_is_what_counting_by_hand_gives(policy: Policy, data: st.DataObject) -> None:
    of, _ = data.draw(teams(policy))
    for each in cover(of):
        levels = [level(of, person, each.skill) for person in of.members]
        grades = [sum(x is not None and x >= at for x in levels) for at in (2, 3, 4)]
        assert [each.judging, each.holding, each.carrying] == grades
        hired = bool(of.people.suppliers_of(each.skill)) and grades[0] > 0
        assert each.is_held == (grades[1] + hired >= 1)
        assert each.is_carried == (grades[2] + hired >= 1)
        assert each.carriers == tuple(p.person for p, x in zip(of.members, levels, strict=True) if x and x >= 4)


@QUICK
@given(data=st.data())
def test_absences_are_what_taking_people_out_gives(policy: Policy, data: st.DataObject) -> None:
    """Everyone alone, then every pair: what stalls that did not stall before and would not with one of them there."""
    of, _ = data.draw(teams(policy))

    def stalled(away: tuple[str, ...]) -> set[str]:
        here = replace(of, members=tuple(m for m in of.members if m.person not in away))
        return {each.skill for each in cover(here) if not each.carrying}

    before = stalled(())
    expected: dict[tuple[str, ...], set[str]] = {}
    for person in of.members:
        if lost := stalled((person.person,)) - before:
            expected[person.person,] = lost
    for a, b in combinations([m.person for m in of.members], 2):
        if lost := stalled((a, b)) - before - stalled((a,)) - stalled((b,)):
            expected[a, b] = lost
    found = absences(of)
    assert {each.away: set(each.skills) for each in found} == expected
    for each in found:
        points = [p.name for p in of.catalog.touchpoints.values() if set(p.skills) & set(each.skills)]
        assert list(each.touchpoints) == points


@QUICK
@given(data=st.data())
def test_the_teams_verdicts_are_the_sum_of_its_members_own(policy: Policy, data: st.DataObject) -> None:
    of, made = data.draw(teams(policy))
    counts = tally(of)
    carrying = {key: at_least(counts, 4)[key] for key in of.skills}
    found = verdicts(of, carrying)
    expected: dict[str, dict[str, int]] = {key: {} for key in of.skills}
    for person, sheet in made:
        others = replace(of, members=tuple(m for m in of.members if m.person != person))
        at_4 = dict(at_least(tally(others), 4))
        around = situation(of.catalog, policy, sheet, of.people, frozenset(), at_4)  # type: ignore[arg-type]
        rubric = Rubric.compile(of.catalog, policy, of.roles["role"], around)
        for key in of.skills:
            settled = sheet.settled_level(key)  # type: ignore[attr-defined]
            if settled is not None:
                action = rubric.result(key, settled, fits=True).verdict.action
                expected[key][action] = expected[key].get(action, 0) + 1
    assert {key: dict(each) for key, each in found.items()} == expected


@QUICK
@given(data=st.data())
def test_a_teams_figure_is_the_weighted_mean_of_its_answers(policy: Policy, data: st.DataObject) -> None:
    of, _ = data.draw(teams(policy))
    if not of.members:
        assert figures(of) == ()
        return
    (found,) = figures(of)
    role = of.roles["role"]
    counted = [
        (of.catalog.skills[key].importance, x * 20)
        for person in of.members
        for key in of.skills
        if role.target_of(key) and (x := level(of, person, key)) is not None
    ]
    assert found.counted == len(counted)
    if counted:
        weighed = sum(w for w, _ in counted)
        assert found.mean == pytest.approx(sum(w * p for w, p in counted) / weighed, abs=1e-12)
        means = {
            key: fmean(x * 20 for m in of.members if (x := level(of, m, key)) is not None)
            for key in of.skills
            if role.target_of(key) and any(level(of, m, key) is not None for m in of.members)
        }
        assert found.lowest_mean == pytest.approx(min(means.values()))
    else:
        assert found.mean is None


def test_all_at_4_is_exactly_80_whatever_the_weights(policy: Policy) -> None:
    catalog = catalog_of({"a": skill(importance=3), "b": skill(importance=1)})
    role = replace(ALL_4, weights={"only": 0.1})
    of = Team(catalog, policy, NOBODY, {"role": role}, tuple(member(p, catalog, a=4, b=4) for p in "xyz"))
    assert figures(of)[0].mean == 80


@pytest.mark.parametrize(
    ("levels", "middle"),
    [((3,), (3, 3)), ((0, 5), (0, 5)), ((1, 2, 3, 4), (1, 3)), ((0, 0, 0, 5), (0, 0)), ((2, 2, 2, 2, 5), (2, 2))],
)
def test_the_middle_half_lies_between_the_quartiles(
    policy: Policy, levels: tuple[int, ...], middle: tuple[int, int]
) -> None:
    catalog = catalog_of({"a": skill()})
    people = tuple(member(f"p{n}", catalog, a=x) for n, x in enumerate(levels))
    assert figures(Team(catalog, policy, NOBODY, catalog.roles, people))[0].spread == middle


def test_need_is_set_for_all_skills_or_for_one(policy: Policy) -> None:
    wanted = replace(policy, cover=Need(carry=1, hold=1), cover_for={"price": Need(carry=2, hold=2)})
    of = Team(SHOP, wanted, NOBODY, SHOP.roles, (member("ada", copy=4, price=4),))
    by_skill = {each.skill: each for each in cover(of)}
    assert by_skill["copy"].is_carried
    assert not by_skill["price"].is_carried


def test_a_supplier_counts_only_where_somebody_here_can_judge(policy: Policy) -> None:
    people = People(suppliers={"payfix": Supplier(name="Payfix", skills=("price", "design"))})
    of = Team(SHOP, policy, people, SHOP.roles, (member("ada", price=2, design=1),))
    by_skill = {each.skill: each for each in cover(of)}
    assert by_skill["price"].is_carried
    assert by_skill["price"].suppliers == ("Payfix",)
    assert not by_skill["design"].is_carried


def test_whoever_is_away_stalls_the_touchpoints_that_take_what_they_alone_carry(policy: Policy) -> None:
    of = Team(SHOP, policy, NOBODY, SHOP.roles, (member("ada", copy=4, price=5), member("ben", price=4)))
    ada, both = absences(of)
    assert (ada.away, ada.skills, ada.touchpoints, ada.stages) == (("ada",), ("copy",), ("Ad", "Page"), ("visit",))
    assert (both.away, both.skills, both.touchpoints) == (("ada", "ben"), ("price",), ("Cart",))


def test_nobody_is_their_own_colleague(policy: Policy) -> None:
    """At 4 of 2 one hands out to whoever carries it; alone one makes a simple version oneself."""
    roles = {"role": role_with(dict.fromkeys(SHOP.skills, 2))}
    alone = Team(SHOP, policy, NOBODY, roles, (member("ada", copy=4),))
    assert verdicts(alone, {"copy": 1}, ["copy"])["copy"] == {"do": 1}
    two = replace(alone, members=(member("ada", copy=4), member("ben", copy=4)))
    assert verdicts(two, {"copy": 2}, ["copy"])["copy"] == {"outsource-execution": 2}


def test_silos_by_hand(policy: Policy) -> None:
    """x alone holds copy, y alone media, both hold price: two of three skills sit in one group only."""
    x, y = {"unit": "x"}, {"unit": "y"}
    of = Team(
        SHOP, policy, NOBODY, SHOP.roles,
        (member("ada", groups=x, copy=3, price=3), member("ben", groups=x, copy=4, media=2, price=3),
         member("cleo", groups=y, media=5, price=3), member("dan", design=5)),
    )  # fmt: skip
    (found,) = silos(of)
    assert found.groups == ("x", "y")
    assert found.only_in == {"x": ("copy",), "y": ("media",)}
    assert found.index == pytest.approx(2 / 3)
    ((*groups, share),) = found.shared
    assert groups == ["x", "y"]
    assert share == pytest.approx(1 / 3)
    assert found.bridges == (("cleo", 1),), "the only one of her unit who shares price with the other"


@pytest.mark.parametrize("units", [(), ("x",), ("x", "x")])
def test_without_two_groups_there_is_no_silo(policy: Policy, units: tuple[str, ...]) -> None:
    people = tuple(member(f"p{n}", groups={"unit": unit}, copy=5) for n, unit in enumerate(units))
    assert silos(Team(SHOP, policy, NOBODY, SHOP.roles, people)) == ()


def test_roles_weigh_and_leave_out_as_they_do_in_a_persons_report(policy: Policy) -> None:
    catalog = catalog_of({"a": skill(importance=1), "b": skill(importance=1)})
    roles = {"role": role_with({"a": 4, "b": 0}), "other": role_with({"a": 4, "b": 4}, {"only": 3})}
    people = (member("ada", catalog, a=5, b=5), replace(member("ben", catalog, a=0, b=0), role="other"))
    found = figures(Team(catalog, policy, NOBODY, roles, people))[0]
    assert found.counted == 3
    assert found.mean == pytest.approx(100 * 1 / (1 + 3 + 3))


def test_nobody_one_and_everyone_at_5(policy: Policy) -> None:
    assert cover(Team(SHOP, policy, NOBODY, SHOP.roles, ()))[0].carrying == 0
    assert absences(Team(SHOP, policy, NOBODY, SHOP.roles, ())) == ()

    def at_5(person: str) -> Member:
        return member(person, copy=5, media=5, design=5, price=5)

    one = Team(SHOP, policy, NOBODY, SHOP.roles, (at_5("ada"),))
    assert [each.away for each in absences(one)] == [("ada",)]
    three = Team(SHOP, policy, NOBODY, SHOP.roles, tuple(map(at_5, "abc")))
    assert absences(three) == ()
