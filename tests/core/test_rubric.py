"""The table of all verdicts is what `decide` says, and a person is looked up in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.advice import Facts, decide
from gapcheck.core.people import People, Supplier
from gapcheck.core.policy import Need, Rule, When
from gapcheck.core.rubric import Circumstances, Rubric, facts_of, situation
from tests.core.small import catalog_of, catalogs, role_with, rubric_of, sheet_of, sheets, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Hands, Policy

PAYFIX = People(suppliers={"payfix": Supplier(name="Payfix", skills=("a",))})
TWO_SKILLS = catalog_of({"a": skill(), "b": skill()})
LOOKED_AT = settings(max_examples=60)


def around(
    policy: Policy, sheet: Sheet, people: People = PAYFIX, urgent: frozenset[str] = frozenset()
) -> dict[str, Circumstances]:
    return situation(TWO_SKILLS, policy, sheet, people, urgent)


def facts(catalog: Catalog, sheet: Sheet, skill_id: str, level: int, *, urgent: bool, fits: bool) -> Facts:
    """What a verdict reads, gathered by hand for somebody without people.yaml and alone with their sheet."""
    about, hands = catalog.skills[skill_id], sheet.hands_for.get(skill_id, sheet.hands)
    return Facts(
        level=level,
        target=catalog.roles["role"].target_of(skill_id),
        outsource=about.outsource,
        importance=about.importance,
        risk=about.risk is not None,
        hands=hands,
        short=hands != "colleague",
        urgent=urgent,
        fits=fits,
    )


def cells(rubric: Rubric) -> Iterator[tuple[str, int, bool]]:
    for key, row in rubric.rows.items():
        assert set(row.verdicts) == {(level, fits) for level in range(6) for fits in (False, True)}
        for level, fits in row.verdicts:
            yield key, level, fits


@LOOKED_AT
@given(data=st.data(), catalog=catalogs(most=4))
def test_the_table_is_what_decide_says(policy: Policy, data: st.DataObject, catalog: Catalog) -> None:
    """Every skill, level and `fits`, under whatever surrounds the skill."""
    sheet = data.draw(sheets(catalog))
    urgent = data.draw(st.sets(st.sampled_from([*catalog.skills])))
    rubric = rubric_of(catalog, policy, sheet, People(), *urgent)
    assert list(rubric.rows) == list(catalog.skills)
    for key, level, fits in cells(rubric):
        read = facts(catalog, sheet, key, level, urgent=key in urgent, fits=fits)
        assert rubric.rows[key].verdicts[level, fits] == decide(policy.rules, read)
        assert rubric.rows[key].facts(level, fits=fits) == read


@LOOKED_AT
@given(data=st.data(), catalog=catalogs(most=4), fits=st.booleans())
def test_a_person_is_looked_up(policy: Policy, data: st.DataObject, catalog: Catalog, fits: bool) -> None:
    sheet = data.draw(sheets(catalog))
    rubric = rubric_of(catalog, policy, sheet)
    levels = {key: sheet.settled_level(key) for key in catalog.skills}
    for key, level in levels.items():
        if level is not None:
            read = facts(catalog, sheet, key, level, urgent=False, fits=fits)
            result = rubric.result(key, level, fits=fits)
            assert result.verdict == decide(policy.rules, read)
            assert (result.level, result.percent) == (level, level * 20)
            assert (result.gap, result.gap_to_target) == (max(0, 4 - level), max(0, read.target - level))


def test_the_gap_is_measured_against_the_standard_beside_the_role(policy: Policy) -> None:
    """Level 2 of a role's 2 leaves no gap to the target, and 40 points to 80%."""
    catalog = catalog_of({"a": skill()}, role_with({"a": 2}))
    result = rubric_of(catalog, policy, sheet_of({"a": 2})).result("a", 2, fits=True)
    assert (result.gap, result.gap_to_target) == (2, 0)


def test_a_skill_weighs_its_importance_times_its_stage(policy: Policy) -> None:
    catalog = catalog_of({"a": skill(importance=5), "b": skill(importance=2)}, role_with({}, {"only": 1.5}))
    rows = rubric_of(catalog, policy, sheet_of({})).rows
    assert {key: row.weight for key, row in rows.items()} == {"a": 7.5, "b": 3}
    plain = catalog_of({"a": skill(importance=5)}, role_with({}, {"another": 9}))
    assert rubric_of(plain, policy, sheet_of({})).rows["a"].weight == 5


def test_hands_for_one_skill_win_over_hands_for_all(policy: Policy) -> None:
    told = around(policy, sheet_of({}, hands="colleague", hands_for={"b": "none"}), People())
    assert (told["a"].hands, told["b"].hands) == ("colleague", "none")


def test_a_supplier_of_the_team_counts_where_there_are_no_hands(policy: Policy) -> None:
    told = around(policy, sheet_of({}, hands="none"))
    assert (told["a"].hands, told["a"].names) == ("supplier", ("Payfix",))
    assert (told["b"].hands, told["b"].names) == ("none", ())


def test_who_says_nobody_for_a_skill_is_believed(policy: Policy) -> None:
    """The team's supplier is not free for this person."""
    told = around(policy, sheet_of({}, hands_for={"a": "none"}))
    assert (told["a"].hands, told["a"].names) == ("none", ())


def test_a_colleague_comes_before_a_supplier(policy: Policy) -> None:
    told = around(policy, sheet_of({}, hands="colleague"))
    assert (told["a"].hands, told["a"].names) == ("colleague", ())


def test_a_supplier_is_named_where_one_is_known(policy: Policy) -> None:
    told = around(policy, sheet_of({}, hands="supplier"))
    assert (told["a"].names, told["b"].hands, told["b"].names) == (("Payfix",), "supplier", ())


@pytest.mark.parametrize(("hands", "carry", "short"), [
    ("colleague", 0, False), ("colleague", 1, False), ("colleague", 2, True),
    ("supplier", 0, False), ("supplier", 1, True), ("supplier", 2, True),
    ("none", 0, False), ("none", 1, True), ("none", 2, True),
])  # fmt: skip
def test_a_skill_is_short_while_fewer_colleagues_carry_it_than_needed(
    policy: Policy, hands: Hands, carry: int, short: bool
) -> None:
    """A supplier is no cover, and oneself does not count."""
    told = around(replace(policy, cover=Need(carry=carry)), sheet_of({"a": 5}, hands=hands))
    assert told["a"].short is short


def test_only_what_is_named_is_urgent(policy: Policy) -> None:
    told = around(policy, sheet_of({}), urgent=frozenset({"b"}))
    assert (told["a"].urgent, told["b"].urgent) == (False, True)


def test_it_is_urgent_because_of_what_the_user_said_or_the_journey_shows_or_both(policy: Policy) -> None:
    shown = {"a": "a to b lost about 9 conversions (shop.csv)"}
    told = situation(TWO_SKILLS, policy, sheet_of({}), PAYFIX, frozenset({"a", "b"}), None, shown)
    assert (told["a"].because, told["b"].because) == (f"you said so; {shown['a']}", "you said so")
    told = situation(TWO_SKILLS, policy, sheet_of({}), PAYFIX, frozenset(), None, shown)
    assert (told["a"].urgent, told["a"].because) == (True, shown["a"])
    assert (told["b"].urgent, told["b"].because) == (False, "")


def test_urgency_never_changes_what_a_skill_weighs(policy: Policy) -> None:
    calm, urgent = (rubric_of(TWO_SKILLS, policy, sheet_of({}), PAYFIX, *named) for named in ((), ("a", "b")))
    assert [row.weight for row in urgent.rows.values()] == [row.weight for row in calm.rows.values()]
    assert [row.skill.importance for row in urgent.rows.values()] == [
        row.skill.importance for row in calm.rows.values()
    ]


@pytest.mark.parametrize("name", ["names", "remarks"])
def test_names_and_remarks_change_no_verdict(policy: Policy, name: str) -> None:
    plain = around(policy, sheet_of({}))
    told = {key: replace(each, **{name: ("Buy it",)}) for key, each in plain.items()}  # type: ignore[arg-type]
    role = TWO_SKILLS.roles["role"]
    rows, same = (Rubric.compile(TWO_SKILLS, policy, role, each).rows for each in (plain, told))
    assert [row.verdicts for row in rows.values()] == [row.verdicts for row in same.values()]


@pytest.mark.parametrize(("risk", "read"), [(None, False), ("legal", True), ("money", True), ("reputation", True)])
def test_any_risk_is_a_risk(risk: str | None, read: bool) -> None:
    assert facts_of(skill(risk=risk), 4, Circumstances(), 2, fits=True).risk is read


def test_a_rubric_asks_the_rules_it_is_given(policy: Policy) -> None:
    other = replace(policy, rules=(Rule(id="all", when=When(), then="leave"),))
    rubric = rubric_of(TWO_SKILLS, other, sheet_of({}))
    assert {rubric.result(key, level, fits=fits).verdict.rule for key, level, fits in cells(rubric)} == {"all"}
