"""The shipped rules against the page they come from, line by line and over every combination of facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.advice import Facts, NoRuleMatches, decide
from gapcheck.core.people import People
from gapcheck.core.policy import Rule, When
from gapcheck.core.rubric import Rubric, situation
from gapcheck.core.scoring import percent
from tests.core.conftest import SPACE

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from tests.conftest import MakeSheet
    from tests.core.conftest import Verdicts

Advice = tuple[str, int | None, str | None]


def as_the_page_says(f: Facts) -> Advice:  # noqa: C901, PLR0911 (a line for a line of the table)
    """The table of the policy's page in plain Python: action, level to learn to, what happens meanwhile."""
    somebody, own = f.hands != "none", f.outsource == "none"
    if f.target == 0:
        return "not-yours", None, None
    if f.level >= f.target >= 3:
        return "do", None, None
    if f.level >= f.target:
        return judged_enough(f)
    if f.urgent and somebody and not own:
        return "outsource-execution" if f.level >= 2 else "outsource-both", None, "this-week"
    if own:
        return "learn", f.target, "rehearse"
    if f.level < 2 and (f.risk or f.outsource == "execution") and f.fits:
        return "learn", 2, "borrowed-judge"
    if f.target == 4 and f.short and f.fits:
        return "learn", 4, until_carried(f)
    if f.level == 3:
        return "do", None, "with-help"
    if somebody:
        return ("outsource-execution", None, None) if f.level == 2 else ("outsource-both", None, "borrowed-judge")
    if f.importance >= 3:
        return "learn", min(f.target, 3), "simple-version"
    return "leave", None, None


def judged_enough(f: Facts) -> Advice:
    """At a target of 2: the role asks for no more than judging."""
    if f.outsource == "none":
        return "do", None, "enough-for-this-role"
    if f.hands != "none":
        return "outsource-execution", None, None
    return ("do", None, "simple-version") if f.level >= 3 else ("leave", None, None)


def until_carried(f: Facts) -> str:
    """What happens while someone learns to carry a skill that too few carry."""
    if f.level == 3:
        return "with-help"
    if f.hands == "none":
        return "simple-version"
    return "outsource-execution" if f.level == 2 else "outsource-both"


def test_there_are_17280_combinations() -> None:
    assert len(set(SPACE)) == 17_280


def test_rules_agree_with_the_page_on_every_combination(verdicts: Verdicts) -> None:
    assert [(f, v, as_the_page_says(f)) for f, v in verdicts.items() if v.advice != as_the_page_says(f)] == []


def test_every_rule_fires_somewhere(policy: Policy, verdicts: Verdicts) -> None:
    assert {verdict.rule for verdict in verdicts.values()} == {rule.id for rule in policy.rules}


def test_rule_ids_are_distinct(policy: Policy) -> None:
    """A report finds the rule that fired by its id."""
    assert len({rule.id for rule in policy.rules}) == len(policy.rules)


@pytest.mark.parametrize("standard", range(65, 81))
def test_every_standard_from_65_to_80_percent_asks_for_level_4(standard: int) -> None:
    assert min(level for level in range(6) if percent(level) >= standard) == 4


@pytest.mark.parametrize("standard", range(1, 6))
def test_the_standard_changes_gaps_and_no_verdict(
    catalog: Catalog, policy: Policy, sheet: MakeSheet, standard: int
) -> None:
    other = replace(policy, target=standard)
    around = situation(catalog, policy, sheet(), People(), frozenset())
    for role in catalog.roles.values():
        shipped = Rubric.compile(catalog, policy, role, around)
        changed = Rubric.compile(catalog, other, role, around)
        for skill, row in shipped.rows.items():
            assert changed.rows[skill].verdicts == row.verdicts
            assert changed.result(skill, 0, fits=True).gap == standard


@given(to=st.integers(1, 5), target=st.sampled_from([2, 3, 4]))
def test_learning_is_capped_by_the_role_target(to: int, target: int) -> None:
    rule = Rule(id="up", when=When(), then="learn", to=to)
    verdict = decide([rule], Facts(0, target, "all", 3, risk=False, hands="none", short=True, urgent=False, fits=True))
    assert verdict.to == min(to, target)


def test_only_learning_says_how_far(verdicts: Verdicts) -> None:
    assert all((verdict.to is not None) == (verdict.action == "learn") for verdict in verdicts.values())


def test_a_policy_that_says_nothing_of_some_facts_is_told_so(verdicts: Verdicts) -> None:
    facts = next(iter(verdicts))
    rule = Rule(id="higher", when=When(level=(facts.level + 1,)), then="do")
    with pytest.raises(NoRuleMatches, match="no rule matches"):
        decide([rule], facts)
    assert decide([rule], replace(facts, level=facts.level + 1)).action == "do"


def test_the_first_rule_that_matches_wins() -> None:
    first, second = (Rule(id=name, when=When(), then=then) for name, then in (("one", "do"), ("two", "leave")))  # type: ignore[arg-type]
    assert decide([first, second], SPACE[0]).rule == "one"
    assert decide([second, first], SPACE[0]).rule == "two"


@pytest.mark.parametrize("name", ["risk", "short", "urgent", "fits", "at_target"])
def test_a_flag_that_must_be_false_is_not_a_flag_left_out(name: str) -> None:
    asked = When(**{name: False})  # type: ignore[arg-type]
    assert asked.asked == {name: (False,)}
    assert When().asked == {}
