"""What can be wrong with a rule of the gate: all of it told at once, each at its key, with what was meant."""

from __future__ import annotations

import pytest

from gapcheck.core.gate import DEFAULTS, faults, groups_known
from gapcheck.core.people import People, Person
from tests.core.gates import CATALOG, team

GROUPS = ("unit:Growth", "unit:Brand")

GOOD = [
    {"measure": "carry", "min": 1},
    {"measure": "hold", "skill": "branding", "min": 2, "group": "unit: growth"},
    {"measure": "carry", "stage": "one", "min": 1},
    {"measure": "stand-ins", "max": 0},
    {"measure": "stand-ins", "max": 2.5},
    {"measure": "stand-ins", "max": 1, "stage": "one"},
    {"measure": "stale", "max": 0},
    {"measure": "stale", "max": 99.9, "stage": "two"},
    {"measure": "participation", "min": 100},
    {"measure": "figure", "min": 79.96, "group": "unit:Brand"},
    {"measure": "map-age-days", "max": 0},
    {"measure": "open-incidents", "max": 0},
]

BAD = {
    "unknown measure": ({"measure": "cary", "min": 1}, ["measure: unknown measure; did you mean carry?"]),
    "no near miss": (
        {"measure": "zzz"},
        [
            "measure: unknown measure; known are carry, hold, stand-ins, stale, participation, figure, map-age-days, "
            "open-incidents",
        ],
    ),
    "max for min": ({"measure": "carry", "max": 1}, ["max: carry takes min, not max"]),
    "min for max": ({"measure": "stale", "min": 1}, ["min: stale takes max, not min"]),
    "both": ({"measure": "stale", "min": 1, "max": 2}, ["min: stale takes max, not min"]),
    "no bound": ({"measure": "figure"}, ["measure: min is missing"]),
    "never fails": ({"measure": "hold", "min": 0}, ["min: 0 is always met: the rule could never fail"]),
    "never fails either": ({"measure": "stale", "max": 100}, ["max: 100% is always met: the rule could never fail"]),
    "as many as there are": (
        {"measure": "stand-ins", "max": 3},
        ["max: there are 3 skills: the rule could never fail"],
    ),
    "as many as there are in a stage": (
        {"measure": "stand-ins", "max": 2.5, "stage": "one"},
        ["max: there are 2 skills: the rule could never fail"],
    ),
    "more than there are in no stage": (
        {"measure": "stand-ins", "max": 9, "stage": "on"},
        ["stage: unknown stage; did you mean one?"],
    ),
    "no stage at all": ({"measure": "stand-ins", "max": 9, "stage": "On a"}, []),
    "never holds": ({"measure": "figure", "min": 101}, ["min: must be a percentage of at most 100"]),
    "skill of a measure that has none": (
        {"measure": "participation", "min": 1, "skill": "a"},
        ["skill: participation is not measured by skill"],
    ),
    "everything of the map": (
        {"measure": "map-age-days", "max": 1, "skill": "a", "group": "unit:Growth"},
        ["skill: map-age-days is not measured by skill", "group: map-age-days is not measured by group"],
    ),
    "bound and stage of a measure that has neither": (
        {"measure": "open-incidents", "min": 1, "stage": "one"},
        ["min: open-incidents takes max, not min", "stage: open-incidents is not measured by stage"],
    ),
    "skill and stage": (
        {"measure": "carry", "min": 1, "skill": "a", "stage": "one"},
        ["stage: give a skill or a stage, not both"],
    ),
    "unknown skill": (
        {"measure": "carry", "min": 1, "skill": "zzz"},
        ["skill: unknown skill; known are a, b, c"],
    ),
    "unknown stage": ({"measure": "carry", "min": 1, "stage": "on"}, ["stage: unknown stage; did you mean one?"]),
    "unknown group": (
        {"measure": "carry", "min": 1, "group": "unit:Grwth"},
        ["group: unknown group; did you mean unit:Growth?"],
    ),
    "several": (
        {"measure": "cary", "min": 1, "stage": "on", "group": "unit:Brnd"},
        [
            "measure: unknown measure; did you mean carry?",
            "stage: unknown stage; did you mean one?",
            "group: unknown group; did you mean unit:Brand?",
        ],
    ),
}


def told(rules: object) -> list[str]:
    return [f"{path[-1]}: {message}" for path, message in faults(rules, CATALOG, GROUPS)]


def test_good_rules_have_no_fault() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(("rule", "expected"), BAD.values(), ids=BAD)
def test_a_bad_rule_is_told_with_all_its_faults(rule: dict[str, object], expected: list[str]) -> None:
    assert told([rule]) == expected


def test_each_fault_says_which_rule_it_is_of() -> None:
    rules = [GOOD[0], {"measure": "carry", "max": 1}, GOOD[1], {"measure": "figure"}]
    assert [path for path, _ in faults(rules, CATALOG, GROUPS)] == [(1, "max"), (3, "measure")]


@pytest.mark.parametrize("rules", [None, 3, "carry", {"measure": "carry"}, [3, None, ["x"]], [{"measure": 3}], [{}]])
def test_what_is_no_list_of_rules_is_left_to_the_reader_of_the_file(rules: object) -> None:
    assert told(rules) == []


@pytest.mark.parametrize("value", ["1", True, None, [1]])
def test_a_bound_of_another_kind_is_left_to_it_too(value: object) -> None:
    assert [line for line in told([{"measure": "carry", "min": value}]) if "always" in line] == []


def test_without_a_catalog_or_groups_only_what_needs_none_is_told() -> None:
    rule = {"measure": "cary", "skill": "zzz", "group": "unit:zzz"}
    assert [message for _, message in faults([rule], None, None)] == ["unknown measure; did you mean carry?"]


def test_groups_are_those_of_people_and_of_sheets() -> None:
    people = People(people={"cleo": Person(name="Cleo Example", groups={"region": "South"})})
    assert groups_known(people, team({"ada": "444"}, groups={"ada": "In"})) == ("region:South", "unit:In")
    assert groups_known(people, None) == ("region:South",)


def test_the_shipped_rules_can_fail_and_have_no_fault() -> None:
    said = [{"measure": rule.measure, "min": rule.min, "max": rule.max} for rule in DEFAULTS]
    assert told(said) == []
    assert len(said) == 3
