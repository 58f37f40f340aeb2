"""What is told of a team, and what a page for everybody may not give away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Stage
from gapcheck.core.people import People, Person, Supplier
from gapcheck.core.report.blocks import Bars, Table, Text
from gapcheck.core.report.public import tell_public
from gapcheck.core.report.team import TeamReport, build_team, tell_team
from gapcheck.core.team import Member, Team, figures
from gapcheck.core.team.small import SMALL, Part, may_be_split, shown
from gapcheck.reporters import BLOCKS, Look
from tests.core.gates import team
from tests.core.small import skill, staged
from tests.core.test_team import SHOP, member

if TYPE_CHECKING:
    from gapcheck.core.policy import Policy

TODAY = dt.date(2027, 1, 11)
WITHHELD = "withheld: under 5 people, or all answers near one end"
SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12))


def told(policy: Policy, *members: Member, public: bool = False, names: bool = False, people: People = People()) -> str:  # noqa: B008 (frozen)
    ordered = tuple(sorted(members, key=lambda each: each.person))
    report = build_team(Team(SHOP, policy, people, SHOP.roles, ordered), TODAY)
    blocks = tell_public(report) if public else tell_team(report, names=names)
    return BLOCKS["markdown"](blocks, Look())


def test_the_page_says_what_hangs_on_whom_and_who_could_learn_from_whom(policy: Policy) -> None:
    page = told(policy, member("ada", copy=4, price=5, media=3), member("ben", copy=3, price=4))
    assert "Carried by enough people 2, of them by one alone 1; held only 1; neither 1." in page
    assert "| ada | Copy | 2: Ad, Page | Visit |" in page
    assert "| ada and ben | Price | 1: Cart | Buy |" in page
    assert "| Copy | ben | 3 | ada |" in page
    assert "Nobody here can teach Media." in page, "ada is nearest, and nobody carries it"


def test_people_go_by_id_unless_names_are_wanted(policy: Policy) -> None:
    people = People(people={"ada": Person(name="Ada Example"), "eve": Person(name="Eve Example")})
    by_id = told(policy, member("ada", copy=4), people=people)
    assert "Example" not in by_id
    assert "Without a sheet: eve." in by_id
    by_name = told(policy, member("ada", copy=4), people=people, names=True)
    assert "| Ada Example | Copy |" in by_name
    assert "Without a sheet: Eve Example." in by_name


def test_a_supplier_is_named_where_somebody_can_judge_and_stalls_nothing_less(policy: Policy) -> None:
    people = People(suppliers={"payfix": Supplier(name="Payfix", skills=("price", "media"))})
    page = told(policy, member("ada", price=2, media=1), people=people)
    assert "| Price | 0 of 1 | 0 of 1 | nobody | Payfix |" in page
    assert "| Media | 0 of 1 | 0 of 1 | nobody |  |" in page


def test_nobody_is_told_how_to_begin(policy: Policy) -> None:
    assert "gapcheck sheet share" in told(policy)


def everyone_at(level: int, number: int) -> tuple[Member, ...]:
    return tuple(
        member(f"p{n:02}", groups={"unit": "ab"[n % 2]}, copy=level, media=level, design=level, price=level)
        for n in range(number)
    )


def test_one_person_is_a_team_on_whom_everything_hangs(policy: Policy) -> None:
    page = told(policy, *everyone_at(5, 1))
    number = len(SHOP.skills)
    assert page.startswith("# Team of 1")
    assert f"Carried by enough people {number}, of them by one alone {number}; held only 0; neither 0." in page
    assert "\n| p00 | " in page.partition("If somebody is away")[2].partition("##")[0]
    assert "Knowledge in one" not in page


def test_where_everyone_is_at_5_nothing_stalls_and_nobody_has_to_learn(policy: Policy) -> None:
    page = told(policy, *everyone_at(5, 6))
    assert f"Carried by enough people {len(SHOP.skills)}, of them by one alone 0" in page
    assert "Nothing stalls" in page
    assert "Who can learn from whom" not in page
    assert "0% of what is held is held in one unit only" in page


def test_where_nobody_is_above_0_nobody_carries_teaches_or_is_missed(policy: Policy) -> None:
    page = told(policy, *everyone_at(0, 6))
    assert f"Carried by enough people 0, of them by one alone 0; held only 0; neither {len(SHOP.skills)}." in page
    assert "Nothing stalls" in page
    assert "Who can learn from whom" not in page
    assert "Nobody here can teach" in page
    assert "nobody holds anything yet" in page


# for everybody


@given(SIZES)
def test_what_is_withheld_is_never_one_group_alone_nor_too_few_people(sizes: dict[str, int]) -> None:
    """Nothing small is shown, and what is missing from the total is no single group and nobody few."""
    may = shown(sizes)
    assert all(sizes[group] >= SMALL for group in may)
    withheld = [number for group, number in sizes.items() if number and group not in may]
    assert not withheld or not may or (len(withheld) > 1 and sum(withheld) >= SMALL)


@given(SIZES)
def test_no_more_is_withheld_than_has_to_be(sizes: dict[str, int]) -> None:
    if all(number == 0 or number >= SMALL for number in sizes.values()):
        assert shown(sizes) == {group for group, number in sizes.items() if number}


def test_under_five_people_nothing_is_told(policy: Policy) -> None:
    page = told(policy, *(member(f"p{n}", copy=n) for n in range(4)), public=True)
    assert "nothing is shown" in page
    assert "Copy" not in page


@pytest.mark.parametrize("level", [0, 5])
def test_a_public_page_does_not_say_that_everyone_is_at_the_bottom_or_the_top(policy: Policy, level: int) -> None:
    page = told(policy, *everyone_at(level, 12), public=True)
    assert "0%" not in page.replace("80%", "")
    assert "2 groups withheld" in page
    assert page.count(WITHHELD) == len(SHOP.stages)


def test_a_public_page_has_no_person_and_no_skill_and_tells_of_a_team_that_is_where_it_should_be(
    policy: Policy,
) -> None:
    people = [member(f"person-{n}", copy=5, media=4 if n < 9 else 3, price=4 if n < 6 else 5) for n in range(12)]
    page = told(policy, *people, public=True)
    assert "| Visit | 87% | 12 people |" in page, "and not withheld for being above 80%"
    assert "| Buy | 90% | 12 people |" in page
    assert not any(name in page for name in ("person-", "Copy", "Media", "Price", "carry"))


def test_a_mean_of_everybody_counts_each_answer_the_same(policy: Policy) -> None:
    """Weights that differ from skill to skill, or from role to role, would tell whose level is whose."""
    heavy = staged(
        visit=Stage(name="Visit", skills={"copy": skill("Copy", 3), "media": skill("Media", 1)}),
    )
    role = replace(heavy.roles["role"], weights={"visit": 4.0})
    known = replace(heavy, roles={**heavy.roles, "head": role})
    people = [member(f"p{n}", known, copy=n, media=4) for n in range(6)]
    weighed = Team(known, policy, People(), known.roles, (replace(people[0], role="head"), *people[1:]))
    (bars,) = [block for block in tell_public(build_team(weighed, TODAY)) if isinstance(block, Bars)]
    assert [bar.percent for bar in bars.rows] == [100 * (15 + 24) / 60]
    assert build_team(weighed, TODAY).stages[0].mean != bars.rows[0].percent


def test_a_public_bar_can_be_measured_to_a_percent_and_no_closer(policy: Policy) -> None:
    people = [member(f"p{n}", copy=n % 6, media=2) for n in range(7)]
    found = build_team(Team(SHOP, policy, People(), SHOP.roles, tuple(people)), TODAY)
    (bars,) = [block for block in tell_public(found) if isinstance(block, Bars)]
    told = [bar.percent for bar in bars.rows if bar.percent is not None]
    assert told
    assert all(percent == int(percent) for percent in told)


SHAPES = {  # people of each group, skills, levels: all there are, or enough of them to add up to every sum
    "five people": ((5,), 1, "012345"),
    "six people": ((6,), 1, "012345"),
    "two skills": ((5,), 2, "05"),
    "two groups of five": ((5, 5), 1, "0145"),
    "a group of three beside one of five": ((5, 3), 1, "0145"),
}


@pytest.mark.parametrize(("sizes", "skills", "levels"), SHAPES.values(), ids=SHAPES)
def test_whatever_a_public_page_says_everybody_may_have_answered_anything(
    sizes: tuple[int, ...], skills: int, levels: str
) -> None:
    """Every team of that shape: of each page that comes of one, all that anybody in each group may have answered."""
    names = "abcdef"[:skills]
    catalog = staged(only=Stage(name="Only", skills={name: skill(name, n + 1) for n, name in enumerate(names)}))
    catalog = replace(catalog, roles={"all": catalog.roles["role"]})
    groups = {f"p{g}{n}": "ABC"[g] for g, size in enumerate(sizes) for n in range(size)}
    rows = ["".join(row) for row in product(levels, repeat=skills)]
    left: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set(rows) for _ in sizes])
    for parts in product(*(list(combinations_with_replacement(rows, size)) for size in sizes)):
        answered = [row for part in parts for row in part]
        of = team(dict(zip(groups, answered, strict=True)), groups=groups if sizes[1:] else None, catalog=catalog)
        for rest, part in zip(left[public_page(of)], parts, strict=True):
            rest.difference_update(part)
    assert len(left) > 5
    assert {page: rest for page, rest in left.items() if any(rest)} == {}


def public_page(of: Team) -> str:
    """The blocks as they are: more than any reader shows of them."""
    groups = {kind: figures(of, kind) for kind in of.kinds}
    return str(tell_public(TeamReport(of, TODAY, of.skills, (), (), figures(of), groups, (), {}, ())))


PARTS = st.builds(
    lambda people, most, share: Part(people, people * most, round(share * people * most * 5), most),
    st.integers(1, 12),
    st.integers(1, 4),
    st.floats(0, 1),
)


@given(st.dictionaries(st.sampled_from("abcd"), PARTS, min_size=1))
def test_beside_a_total_groups_are_told_only_if_they_and_the_rest_may_be(groups: dict[str, Part]) -> None:
    values = groups.values()
    people, answers, levels = (sum(getattr(part, name) for part in values) for name in ("people", "answers", "levels"))
    whole = Part(people, answers, levels, max(part.most for part in values))
    may = may_be_split(whole, groups)
    assert all(groups[group].may_be_told for group in may)
    rest = whole.without(groups[group] for group in may)
    assert not may or not rest.people or rest.may_be_told
    assert not may or whole.may_be_told, "the total is no less than its parts"


def test_a_figure_that_few_stand_behind_is_withheld_however_large_the_team(policy: Policy) -> None:
    """Twelve people, of whom one has answered anything of the second stage."""
    people = (member("p00", copy=2, price=1), *(member(f"p{n:02}", copy=2) for n in range(1, 12)))
    report = build_team(Team(SHOP, policy, People(), SHOP.roles, people), TODAY)
    (bars,) = [block for block in tell_public(report) if isinstance(block, Bars)]
    assert [(bar.percent, bar.note) for bar in bars.rows] == [
        (40, "12 people"),
        (None, WITHHELD),
    ]


def test_a_group_whose_members_have_hardly_answered_is_withheld_with_the_next(policy: Policy) -> None:
    """Three groups of six; of the third one has answered: its figure, and what would give it away, are left out."""
    answered = ((unit, n) for unit in "xyz" for n in range(6))
    people = tuple(
        member(f"{unit}{n}", groups={"unit": unit}, copy=3)
        if unit != "z" or n == 0
        else member(f"{unit}{n}", groups={"unit": unit})
        for unit, n in answered
    )
    report = build_team(Team(SHOP, policy, People(), SHOP.roles, people), TODAY)
    tables = [block for block in tell_public(report) if isinstance(block, Table) and block.columns[0] == "Group"]
    assert [[row[0] for row in table.rows] for table in tables] == [["y"]]
    assert told_withheld(report) == [
        "2 groups withheld: under 5 people, needed to hide such a one, or all answers near one end."
    ]


def told_withheld(report: TeamReport) -> list[str]:
    return [block.text for block in tell_public(report) if isinstance(block, Text) and "withheld" in block.text]


def test_how_many_groups_are_withheld_is_told_and_does_not_tell_who_has_shared(policy: Policy) -> None:
    sizes = {"x": 6, "a": 3, "b": 4}
    most = tuple(member(f"{unit}{n}", groups={"unit": unit}, copy=3) for unit in sizes for n in range(sizes[unit]))
    zoe = member("zoe", groups={"unit": "Z"}, copy=1)
    known = People(people={"zoe": Person(name="Zoe Example", groups={"unit": " z"})})
    for people in (most, (*most, zoe)):
        report = build_team(Team(SHOP, policy, known, SHOP.roles, people), TODAY)
        assert [line[:18] for line in told_withheld(report)] == ["3 groups withheld:"]
    large = build_team(Team(SHOP, policy, People(), SHOP.roles, most[:6]), TODAY)
    assert told_withheld(large) == []


@pytest.mark.parametrize("number", [5, 13])
def test_a_matrix_is_shown_as_far_as_a_page_holds_it(policy: Policy, number: int) -> None:
    people = tuple(member(f"p{n:02}", copy=3) for n in range(number))
    report = build_team(Team(SHOP, policy, People(), SHOP.roles, people), TODAY)
    last = list(tell_team(report))[-2]
    assert isinstance(last, Table if number <= 12 else Text)
