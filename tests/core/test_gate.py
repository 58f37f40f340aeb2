"""The gate's truth tables: each rule, and the gate as a whole, seen to pass, to fail and to be unable to judge."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.answers import CatalogRef
from gapcheck.core.catalog import Role
from gapcheck.core.gate import (
    MEASURES,
    Baseline,
    Counts,
    Evidence,
    Placed,
    Result,
    Ruling,
    baseline_of,
    rule_on,
    unowned,
)
from gapcheck.core.journey.found import Incident, Snapshot
from gapcheck.core.people import MEASURES as NAMES
from gapcheck.core.people import People
from gapcheck.problems import Problem, Span
from tests.core.gates import CATALOG, TODAY, result, rule, said, team

PASS, FAIL, CANNOT = "pass", "fail", "cannot-judge"
ONE = "one person only"

COVER = [
    ("both carry all", "carry", {"ada": "445", "ben": "544"}, {"least": 2}, PASS, 2),
    ("the least covered skill counts", "carry", {"ada": "445", "ben": "543"}, {"least": 2}, FAIL, 1),
    ("holding is no carrying", "carry", {"ada": "333", "ben": "333"}, {"least": 1}, FAIL, 0),
    ("holding is", "hold", {"ada": "333", "ben": "000"}, {"least": 1}, PASS, 1),
    ("2 is no holding", "hold", {"ada": "332", "ben": "222"}, {"least": 1}, FAIL, 0),
    ("one skill", "carry", {"ada": "400", "ben": "000"}, {"least": 1, "skill": "a"}, PASS, 1),
    ("a former name of it", "carry", {"ada": "040", "ben": "000"}, {"least": 1, "skill": "branding"}, PASS, 1),
    ("one stage", "carry", {"ada": "440", "ben": "000"}, {"least": 1, "stage": "one"}, PASS, 1),
    ("the other", "carry", {"ada": "440", "ben": "000"}, {"least": 1, "stage": "two"}, FAIL, 0),
    ("unknown is an answer and no level", "carry", {"ada": "44?", "ben": "44?"}, {"least": 1}, FAIL, 0),
    ("open where others are answered", "carry", {"ada": "44-", "ben": "44-"}, {"least": 1}, FAIL, 0),
    ("not applicable to everybody", "carry", {"ada": "44n", "ben": "44n"}, {"least": 1}, PASS, 1 + 1),
    ("not applicable or open", "carry", {"ada": "44n", "ben": "44-"}, {"least": 2}, PASS, 2),
    ("not applicable to one", "carry", {"ada": "44n", "ben": "440", "cleo": "000"}, {"least": 1}, FAIL, 0),
    ("answered by one alone, who carries it", "carry", {"ada": "44-", "ben": "445"}, {"least": 2}, PASS, 2),
    ("answered by one alone, who does not", "carry", {"ada": "44-", "ben": "440"}, {"least": 2}, PASS, 2),
    ("unknown to one alone", "hold", {"ada": "44n", "ben": "44?"}, {"least": 2}, PASS, 2),
    (
        "nothing but what one alone answered",
        "hold",
        {"ada": "-5-", "ben": "n--"},
        {"least": 1, "skill": "b"},
        CANNOT,
        None,
    ),
    ("answered by one alone, and by nobody", "carry", {"ada": "5--", "ben": "---"}, {"least": 1}, FAIL, 0),
    ("nothing answered", "carry", {"ada": "---", "ben": "---"}, {"least": 1}, CANNOT, None),
    (
        "nothing answered in the stage",
        "carry",
        {"ada": "44-", "ben": "44-"},
        {"least": 1, "stage": "two"},
        CANNOT,
        None,
    ),
    ("nothing applies", "hold", {"ada": "nnn", "ben": "nnn"}, {"least": 1}, CANNOT, None),
    ("one person", "hold", {"ada": "555"}, {"least": 1}, CANNOT, None),
    ("nobody", "hold", {}, {"least": 1}, CANNOT, None),
]


@pytest.mark.parametrize(
    ("measure", "rows", "bound", "outcome", "value"), [c[1:] for c in COVER], ids=[c[0] for c in COVER]
)
def test_cover(measure: str, rows: dict[str, str], bound: dict[str, object], outcome: str, value: int | None) -> None:
    assert said(team(rows), rule(measure, **bound)) == (outcome, value)  # type: ignore[arg-type]


def test_a_skill_that_nobody_is_asked_for_is_not_missed() -> None:
    only_ads = team({"ada": "400", "ben": "300"}, roles={"ada": "ads", "ben": "ads"})
    assert said(only_ads, rule("carry", least=1)) == (PASS, 1)
    assert said(only_ads, rule("carry", least=1, skill="c")) == (FAIL, 0), "unless the rule names it"


def test_a_supplier_counts_where_somebody_here_can_judge() -> None:
    payfix = {"payfix": ("c",)}
    assert said(team({"ada": "442", "ben": "440"}, suppliers=payfix), rule("carry", least=1)) == (PASS, 1)
    assert said(team({"ada": "441", "ben": "440"}, suppliers=payfix), rule("carry", least=1)) == (FAIL, 0)


def test_cover_within_a_group_is_that_groups_alone_however_it_is_spelt() -> None:
    spread = team(
        {"ada": "444", "ben": "444", "cleo": "111", "dan": "111"},
        groups={"ada": "In", "ben": "In", "cleo": "Out", "dan": "Out"},
    )
    assert said(spread, rule("carry", least=2, group="unit:In")) == (PASS, 2)
    assert said(spread, rule("carry", least=2, group="Unit:  in ")) == (PASS, 2)
    assert said(spread, rule("carry", least=1, group="unit:Out")) == (FAIL, 0)
    assert said(spread, rule("carry", least=1, group="unit:Gone")) == (CANNOT, None)


def test_a_group_of_one_is_never_judged() -> None:
    pair = team({"ada": "444", "ben": "111"}, groups={"ada": "In", "ben": "Out"})
    for measure in ("carry", "hold", "figure"):
        assert result(pair, rule(measure, least=1, group="unit:Out")).outcome == CANNOT
    assert result(pair, rule("stand-ins", most=0, group="unit:Out")).outcome == CANNOT


@pytest.mark.parametrize(
    ("rows", "most", "outcome", "value"),
    [
        ({"ada": "444", "ben": "444"}, 0, PASS, 0),
        ({"ada": "444", "ben": "443"}, 0, FAIL, 1),
        ({"ada": "444", "ben": "443"}, 1, PASS, 1),
        ({"ada": "000", "ben": "000"}, 0, PASS, 0),
        ({"ada": "---", "ben": "---"}, 0, CANNOT, None),
        ({"ada": "444"}, 5, CANNOT, None),
        ({"ada": "444", "ben": "4--"}, 0, PASS, 0),
        ({"ada": "4--", "ben": "-40"}, 0, CANNOT, None),
    ],
)
def test_stand_ins(rows: dict[str, str], most: int, outcome: str, value: int | None) -> None:
    """A skill that nobody carries hangs on nobody: the rule on carrying tells of it."""
    assert said(team(rows), rule("stand-ins", most=most)) == (outcome, value)


def test_a_supplier_is_no_stand_in() -> None:
    assert said(team({"ada": "444", "ben": "220"}, suppliers={"s": ("a", "b", "c")}), rule("stand-ins", most=2)) == (
        FAIL,
        3,
    )


@pytest.mark.parametrize(
    ("rows", "day", "most", "outcome", "value"),
    [
        ({"ada": "444"}, dt.date(2026, 7, 12), 0, PASS, 0),
        ({"ada": "444"}, dt.date(2026, 7, 11), 33, FAIL, Fraction(100, 3)),
        ({"ada": "444"}, dt.date(2026, 7, 11), 33.4, PASS, Fraction(100, 3)),
        ({"ada": "44-"}, dt.date(2020, 1, 1), 99, FAIL, 100),
        ({"ada": "44n"}, dt.date(2026, 7, 11), 0, PASS, 0),
        ({"ada": "44?"}, dt.date(2026, 7, 11), 0, FAIL, Fraction(100, 3)),
        ({"ada": "---"}, dt.date(2020, 1, 1), 0, CANNOT, None),
        ({}, dt.date(2020, 1, 1), 0, CANNOT, None),
    ],
    ids=[
        "the day before",
        "half-life reached",
        "below the bound",
        "all old",
        "n/a ages not",
        "unknown does",
        "open",
        "nobody",
    ],
)
def test_stale(rows: dict[str, str], day: dt.date, most: float, outcome: str, value: Fraction | None) -> None:
    """Checkout halves in 6 months, the others in 24."""
    assert said(team(rows, dates=dict.fromkeys(rows, day)), rule("stale", most=most)) == (outcome, value)


def test_an_answer_carried_over_is_as_old_as_it_is() -> None:
    old = team({"ada": "444"})
    aged = replace(old.members[0], aged={"a": dt.date(2020, 1, 1)})
    assert said(replace(old, members=(aged,)), rule("stale", most=33)) == (FAIL, Fraction(100, 3))


def test_answers_that_the_role_does_not_ask_for_may_be_old() -> None:
    old, fresh = dt.date(2020, 1, 1), dt.date(2027, 1, 1)
    both = team({"ada": "-44", "ben": "444"}, roles={"ada": "ads"}, dates={"ada": old, "ben": fresh})
    assert said(both, rule("stale", most=0)) == (PASS, 0)
    assert said(team({"ada": "-44"}, roles={"ada": "ads"}), rule("stale", most=0)) == (CANNOT, None)


def test_an_answer_of_a_day_to_come_would_never_be_stale_and_cannot_be_judged() -> None:
    """Tomorrow is here already elsewhere; a year that was mistyped would hold the rule for decades."""
    for days, outcome in ((1, (PASS, 0)), (2, (CANNOT, None))):
        ahead = team({"ada": "444", "ben": "444"}, dates={"ben": TODAY + dt.timedelta(days)})
        assert said(ahead, rule("stale", most=50)) == outcome
    words = "3 of 6 answers are dated after 2027-01-11; put their dates right"
    assert result(ahead, rule("stale", most=50)).words == words
    (ada, ben) = ahead.members
    kept = replace(ahead, members=(ada, replace(ben, aged=dict.fromkeys("abc", TODAY))))
    assert said(kept, rule("stale", most=50)) == (PASS, 0), "the answers are older than the sheet"


@pytest.mark.parametrize(
    ("listed", "least", "outcome", "value"),
    [
        (("ada", "ben"), 100, PASS, 100),
        (("ada", "ben", "cleo"), 66, PASS, Fraction(200, 3)),
        (("ada", "ben", "cleo"), 67, FAIL, Fraction(200, 3)),
        (("cleo",), 1, FAIL, 0),
        ((), 1, CANNOT, None),
    ],
)
def test_participation(listed: tuple[str, ...], least: int, outcome: str, value: Fraction | None) -> None:
    """Sheets of people whom people.yaml does not name make up for nobody."""
    assert said(
        team({"ada": "444", "ben": "444", "eve": "444"}, listed=listed), rule("participation", least=least)
    ) == (outcome, value)


FIGURES = [
    ({"ada": "444", "ben": "444"}, {"least": 80}, PASS, 80),
    ({"ada": "444", "ben": "443"}, {"least": 70}, PASS, 70),
    ({"ada": "444", "ben": "443"}, {"least": 70.5}, FAIL, 70),
    ({"ada": "404", "ben": "404"}, {"least": 20, "stage": "one"}, PASS, 20),
    ({"ada": "404", "ben": "4-4"}, {"least": 33, "stage": "one"}, FAIL, 32),
    ({"ada": "4n4", "ben": "4?4"}, {"least": 33, "stage": "one"}, FAIL, 32),
    ({"ada": "44-", "ben": "44-"}, {"least": 1, "stage": "two"}, CANNOT, None),
    ({"ada": "44-", "ben": "44-"}, {"least": 1}, CANNOT, None),
    ({"ada": "44-", "ben": "445"}, {"least": 1, "stage": "two"}, CANNOT, None),
    ({"ada": "555"}, {"least": 1}, CANNOT, None),
    ({}, {"least": 1}, CANNOT, None),
]


@pytest.mark.parametrize(("rows", "bound", "outcome", "value"), FIGURES)
def test_figure(rows: dict[str, str], bound: dict[str, object], outcome: str, value: int | None) -> None:
    """Ads weigh 1 and Brand 3 in stage One: (1 x 80 + 1 x 80 + 3 x 0) / 5 is 32. One person's answers are no figure."""
    assert said(team(rows), rule("figure", **bound)) == (outcome, value)  # type: ignore[arg-type]


def test_without_a_stage_the_lowest_counts_and_is_named() -> None:
    low = result(team({"ada": "441", "ben": "441"}), rule("figure", least=50))
    assert (low.outcome, low.value, low.subject) == (FAIL, Fraction(20), "two")


def test_the_stages_weight_of_each_role_counts() -> None:
    heavy = Role(name="Heavy", target=4, weights={"one": 3})
    catalog = replace(CATALOG, roles={**CATALOG.roles, "heavy": heavy})
    mixed = team({"ada": "000", "ben": "555"}, roles={"ben": "heavy"}, catalog=catalog)
    assert said(mixed, rule("figure", least=76, stage="one")) == (FAIL, 75)


def test_79_96_does_not_pass_80() -> None:
    """499 people at 4 and one at 3."""
    many = team({f"p{n:03}": "444" if n else "443" for n in range(500)})
    assert said(many, rule("figure", least=80, stage="two")) == (FAIL, Fraction("79.96"))
    assert said(many, rule("figure", least=79.96, stage="two")) == (PASS, Fraction("79.96"))
    assert said(many, rule("figure", least=79.97, stage="two")) == (FAIL, Fraction("79.96"))


def test_no_float_stands_between_a_figure_and_its_bound() -> None:
    """One level in 10**16 is lost in a float: float(80 - 20 / 10**17) is 80.0."""
    short = Fraction(80) - Fraction(20, 10**17)
    assert float(short) == 80.0
    from gapcheck.core.gate import Reading
    from gapcheck.core.gate.ruling import _outcome

    assert _outcome(Reading(short, ""), "min", Fraction(80)) == FAIL
    assert _outcome(Reading(Fraction(80), ""), "min", Fraction(80)) == PASS
    assert _outcome(Reading(Fraction(80) + Fraction(20, 10**17), ""), "max", Fraction(80)) == FAIL


@pytest.mark.parametrize(
    ("snapshot", "most", "outcome", "value"),
    [(dt.date(2026, 11, 27), 45, PASS, 45), (dt.date(2026, 11, 26), 45, FAIL, 46), (None, 45, CANNOT, None)],
)
def test_map_age(snapshot: dt.date | None, most: int, outcome: str, value: int | None) -> None:
    both = team({"ada": "444", "ben": "444"})
    assert said(both, rule("map-age-days", most=most), snapshot=snapshot) == (outcome, value)


@pytest.mark.parametrize(
    ("unowned", "most", "outcome", "value"),
    [((), 0, PASS, 0), (("a",), 0, FAIL, 1), (("a", "b"), 2, PASS, 2), (("a", "b"), 1.5, FAIL, 2)],
)
def test_open_incidents(unowned: tuple[str, ...], most: float, outcome: str, value: int) -> None:
    both = team({"ada": "444", "ben": "444"})
    held = [Placed(rule("open-incidents", most=most))]
    (told,) = rule_on(held, Evidence(both, TODAY, TODAY, unowned=unowned)).results
    assert [told.outcome, told.value] == [outcome, value]
    (shown,) = rule_on(held, Evidence(both, TODAY, TODAY, unowned=unowned), public=True).results
    assert shown == told, "it is about no person"


def test_of_open_incidents_three_are_named_and_without_figures_none_can_be_judged() -> None:
    both = team({"ada": "444", "ben": "444"})
    held = rule("open-incidents", most=0)
    (told,) = rule_on([Placed(held)], Evidence(both, TODAY, TODAY, unowned=tuple("abcde"))).results
    assert told.words == "without an owner in journey/map.yaml: a, b, c and 2 more"
    (told,) = rule_on([Placed(held)], Evidence(both, TODAY, TODAY, unowned=tuple("abc"))).results
    assert told.words == "without an owner in journey/map.yaml: a, b, c"
    assert said(both, held) == (CANNOT, None)
    assert result(both, held).words == "there are no figures in journey/ up to 2027-01-11"


def test_an_incident_wants_an_owner_while_it_is_open_shown_and_a_warning_the_costliest_first() -> None:
    def incident(key: str, *, lost: float = 1, **other: Any) -> Incident:
        usual = {"open": True, "direction": "warning", "proof": "shown", "observed": 1, "expected": 2, "size": 0.5}
        usual |= {"low": 0, "high": 2}
        return Incident(id=key, start=TODAY, end=TODAY, chance=0, lost=lost, **{**usual, **other})

    found = (
        incident("small"),
        incident("large", lost=9),
        incident("owned", lost=99),
        incident("over", open=False),
        incident("better", direction="opening"),
        incident("perhaps", proof="suspected"),
    )
    snapshot = Snapshot(date=TODAY, catalog="small", incidents=found)
    assert unowned(snapshot, {"owned": "ada", "gone": "ben"}) == ("large", "small")
    strangers = ("owned (its owner is not in people.yaml)", "large", "small")
    assert unowned(snapshot, {"owned": "adda"}, {"ada", "ben"}) == strangers
    assert unowned(snapshot, {"owned": "ada"}, {"ada", "ben"}) == ("large", "small")


# one's own sheet


@pytest.mark.parametrize(
    ("row", "held", "outcome", "value"),
    [
        ("444", rule("carry", least=1), PASS, 1),
        ("443", rule("carry", least=1), FAIL, 0),
        ("443", rule("hold", least=2), PASS, 1),
        ("442", rule("hold", least=2), FAIL, 0),
        ("444", rule("figure", least=80), PASS, 80),
        ("444", rule("figure", least=81), FAIL, 80),
        ("---", rule("carry", least=1), CANNOT, None),
        ("444", rule("stale", most=0), PASS, 0),
    ],
)
def test_ones_own_sheet(row: str, held: object, outcome: str, value: int | None) -> None:
    """One person can be one of those needed, and no more is asked."""
    assert said(team({"ada": row}), held, own=True) == (outcome, value)  # type: ignore[arg-type]


def test_ones_own_cover_is_of_what_the_role_is_to_carry_or_hold() -> None:
    ads = team({"ada": "300"}, roles={"ada": "ads"})
    assert said(ads, rule("hold", least=1), own=True) == (PASS, 1)
    assert result(ads, rule("carry", least=1), own=True).outcome == CANNOT, "this role is to carry nothing"


def test_the_teams_suppliers_do_not_cover_for_oneself() -> None:
    assert said(team({"ada": "442"}, suppliers={"s": ("c",)}), rule("carry", least=1), own=True) == (FAIL, 0)


def test_what_is_about_others_is_left_out_of_ones_own_sheet_and_said() -> None:
    rules = [
        rule("carry", least=1),
        rule("stand-ins", most=0),
        rule("participation", least=1),
        rule("map-age-days", most=1),
        rule("open-incidents", most=0),
    ]
    rules.append(rule("hold", least=1, group="unit:In"))
    ruling = rule_on([*map(Placed, rules)], Evidence(team({"ada": "444"}), TODAY, own=True))
    assert [each.measure for each in ruling.results] == ["carry"]
    assert ruling.left_out == ("stand-ins", "participation", "map-age-days", "open-incidents", "hold in unit:In")


# the gate as a whole

BARE = Result("carry", "min", Fraction(1), "people", "pass", Fraction(1), "", "")


@pytest.mark.parametrize("outcomes", [*product([PASS, FAIL, CANNOT], repeat=2), ()])
@pytest.mark.parametrize("exit_zero", [False, True])
@pytest.mark.parametrize("until", [None, TODAY, TODAY + dt.timedelta(days=1)])
def test_exit_codes(outcomes: tuple[str, ...], exit_zero: bool, until: dt.date | None) -> None:
    """2 wins over 1, and neither a date nor a flag makes it 0; the day named is the first that counts."""
    results = tuple(replace(BARE, outcome=outcome) for outcome in outcomes)  # type: ignore[arg-type]
    ruling = Ruling(results, as_of=TODAY, warn_until=until)
    if CANNOT in outcomes or not outcomes:
        expected = 2
    elif FAIL in outcomes and not exit_zero and until in (None, TODAY):
        expected = 1
    else:
        expected = 0
    assert ruling.code(exit_zero=exit_zero) == expected


def test_a_fault_of_input_is_2_whatever_passes() -> None:
    ruling = Ruling((BARE,), faults=(Problem("x.yaml", Span(), "", "is bad", "sheet"),), as_of=TODAY)
    assert (ruling.outcome, ruling.code(exit_zero=True)) == (CANNOT, 2)


def test_every_measure_is_offered_to_editors() -> None:
    assert tuple(MEASURES) == NAMES


LEVELS = st.text("012345n?-", min_size=3, max_size=3)


@given(st.dictionaries(st.sampled_from(["ada", "ben", "cleo", "dan"]), LEVELS, min_size=2), st.integers(1, 4))
def test_cover_agrees_with_counting_by_hand(rows: dict[str, str], least: int) -> None:
    for measure, enough in (("carry", "45"), ("hold", "345")):
        columns = [[row[n] for row in rows.values()] for n in range(3)]
        applicable = [column for column in columns if set(column) - {"-"} != {"n"}]
        answered = any(set(column) - {"-"} for column in applicable)
        by_several = [column for column in applicable if sum(level not in "n-" for level in column) != 1]
        counts = [sum(level in enough for level in column) for column in by_several]
        judged = answered and counts
        expected = (PASS if min(counts) >= least else FAIL, min(counts)) if judged else (CANNOT, None)
        assert said(team(rows), rule(measure, least=least)) == expected


@given(
    st.dictionaries(st.sampled_from(["ada", "ben", "cleo"]), LEVELS, min_size=2),
    st.lists(st.sampled_from("012345?"), min_size=3, max_size=3),
)
def test_no_rule_on_cover_depends_on_what_one_person_alone_has_answered(
    rows: dict[str, str], others: list[str]
) -> None:
    """Whatever else that person had said, every number and word would be the same; the ratchet's too."""
    alone = [n for n in range(3) if sum(row[n] not in "n-" for row in rows.values()) == 1]
    otherwise = {
        person: "".join(others[n] if n in alone and row[n] not in "n-" else row[n] for n in range(3))
        for person, row in rows.items()
    }
    rules = [Placed(rule(name, least=least)) for name in ("carry", "hold") for least in (1, 2)]
    rules += [Placed(rule("stand-ins", most=0)), *(Placed(rule("hold", least=1, skill=skill)) for skill in "abc")]
    before = Baseline(CatalogRef(name="small", version="1", digest="0"), dict.fromkeys("abc", Counts(2, 2)))
    mine, theirs = (rule_on(rules, Evidence(team(each), TODAY), (before, Span())).results for each in (rows, otherwise))
    assert mine == theirs
    assert baseline_of(team(rows)) == baseline_of(team(otherwise))


def test_what_one_person_alone_has_answered_is_said_to_be_left_out() -> None:
    one, two = team({"ada": "44-", "ben": "440"}), team({"ada": "4--", "ben": "410"})
    assert result(one, rule("carry", least=1)).words.endswith("; 1 skill answered by one person only is not judged")
    for held in (rule("hold", least=1), rule("stand-ins", most=0)):
        assert result(two, held).words.endswith("; 2 skills answered by one person only are not judged")
    (cannot,) = rule_on([Placed(rule("carry", least=1, skill="c"))], Evidence(one, TODAY)).results
    assert cannot.words.startswith(f"answered by {ONE}")


@given(st.dictionaries(st.sampled_from(["ada", "ben", "cleo"]), LEVELS, min_size=2), st.randoms())
def test_no_result_names_or_follows_a_person(rows: dict[str, str], chance: object) -> None:
    """Whoever has which row, the results are the same."""
    people = [*rows]
    chance.shuffle(people)  # type: ignore[attr-defined]
    swapped = dict(zip(people, rows.values(), strict=True))
    rules = [Placed(rule(name, least=1) if MEASURES[name].bound == "min" else rule(name, most=1)) for name in MEASURES]
    mine, theirs = (rule_on(rules, Evidence(team(each), TODAY)) for each in (rows, swapped))
    assert mine == theirs
    assert not any(person in f"{mine}" for person in rows)


def test_people_without_a_file_do_not_make_a_team_complete() -> None:
    nobody = replace(team({"ada": "444", "ben": "444"}), people=People())
    assert result(nobody, rule("participation", least=1)).words == "people.yaml names nobody here"
    assert ONE in result(team({"ada": "444"}), rule("carry", least=1)).words
