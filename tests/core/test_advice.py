"""Why a verdict is what it is: what would flip it, what comes next in line, what it read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.advice import Facts, against_target, decide, flips, matching, reasons
from gapcheck.core.policy import Rule, When
from tests.core.conftest import SPACE

if TYPE_CHECKING:
    from gapcheck.core.policy import Policy
    from tests.core.conftest import Verdicts

SOME = Facts(2, 4, "execution", 3, risk=True, hands="supplier", short=True, urgent=False, fits=True)


def changed(facts: Facts, words: str) -> Facts:
    """The facts with the change that the words name."""
    if found := re.fullmatch(r"your level were (\d)", words):
        return replace(facts, level=int(found[1]))
    if found := re.fullmatch(r"the role's target were (\d)", words):
        return replace(facts, target=int(found[1]))
    one = {
        "nobody could take it": replace(facts, hands="none", short=True),
        "it were urgent": replace(facts, urgent=True),
        "it were not urgent": replace(facts, urgent=False),
    }
    return one[words]


def single_changes(facts: Facts) -> list[Facts]:
    """Own level one up or down, another target of 2 to 4, no hands: whatever is not so already; urgent or not."""
    levels = [replace(facts, level=n) for n in (facts.level - 1, facts.level + 1) if n in range(6)]
    targets = [replace(facts, target=n) for n in (2, 3, 4) if n != facts.target]
    alone = [replace(facts, hands="none", short=True)] if facts.hands != "none" else []
    return levels + targets + alone + [replace(facts, urgent=not facts.urgent)]


def test_each_flip_gives_the_verdict_it_says(policy: Policy, verdicts: Verdicts) -> None:
    for facts in SPACE:
        for words, verdict in flips(policy.rules, facts):
            assert verdict == verdicts[changed(facts, words)]


def test_flips_are_all_single_changes_that_change_the_advice_and_no_other(policy: Policy, verdicts: Verdicts) -> None:
    for facts in SPACE:
        told = [changed(facts, words) for words, _ in flips(policy.rules, facts)]
        now = verdicts[facts].advice
        assert told == [other for other in single_changes(facts) if verdicts[other].advice != now]


def test_levels_flip_by_one_and_stay_between_0_and_5() -> None:
    rules = [Rule(id=f"at-{n}", when=When(level=(n,)), then="learn", to=n or None) for n in range(6)]
    flipped = {n: [v.rule for _, v in flips(rules, replace(SOME, level=n)) if v.rule != f"at-{n}"] for n in range(6)}
    assert (flipped[0], flipped[1], flipped[3]) == (["at-1"], ["at-0", "at-2"], ["at-2", "at-4"])


def test_another_rule_with_the_same_advice_is_no_flip() -> None:
    rules = [Rule(id="two", when=When(level=(2,)), then="leave"), Rule(id="rest", when=When(), then="leave")]
    assert flips(rules, SOME) == ()


def test_the_next_in_line_is_what_would_fire_without_the_first(policy: Policy, verdicts: Verdicts) -> None:
    for facts in SPACE:
        first, *rest = matching(policy.rules, facts)
        assert first == verdicts[facts]
        others = [rule for rule in policy.rules if rule.id != first.rule]
        assert first.rule == policy.rules[-1].id or rest[0] == decide(others, facts)


def test_reasons_begin_with_the_level_and_tell_what_the_rule_read(policy: Policy) -> None:
    by_id = {rule.id: rule for rule in policy.rules}
    for facts in SPACE:
        rule = by_id[decide(policy.rules, facts).rule]
        told = reasons(rule, facts)
        assert list(told)[0] == "level"  # noqa: RUF015 (the order is the point)
        left = {"hands"} if rule.then == "leave" else set()  # whoever leaves it wants to know why nobody takes it
        assert set(told) == {"level"} | left | set(rule.when.asked) - {"target", "at_target"}


@pytest.mark.parametrize(
    "other",
    [
        {"outsource": "all"},
        {"outsource": "none"},
        {"importance": 4},
        {"risk": False},
        {"hands": "colleague"},
        {"hands": "none"},
        {"short": False},
        {"urgent": True},
        {"fits": False},
        {"level": 1},
        {"target": 3},
    ],
    ids=str,
)
def test_a_reason_changes_with_its_fact_and_with_no_other(other: dict[str, object]) -> None:
    everything = When(
        importance=(1, 2, 3, 4, 5),
        outsource=("all", "execution", "none"),
        hands=("colleague", "supplier", "none"),
        short=True,
        urgent=True,
        risk=True,
        fits=True,
    )
    rule = Rule(id="all", when=everything, then="leave")
    before, after = reasons(rule, SOME), reasons(rule, replace(SOME, **other))  # type: ignore[arg-type]
    (fact,) = other
    assert {name for name in before if before[name] != after[name]} == {"level" if fact == "target" else fact}


@pytest.mark.parametrize("read", [True, None])
def test_what_makes_it_urgent_is_cited_whether_the_rule_reads_it_or_not(read: bool | None) -> None:
    rule, facts = Rule(id="any", when=When(urgent=read), then="do"), replace(SOME, urgent=True)
    cited = reasons(rule, facts, None, "payment lost about 61 conversions (shop.csv)")
    assert cited["urgent"] == "It is urgent: payment lost about 61 conversions (shop.csv)."
    assert reasons(rule, facts).get("urgent") == ("It is urgent." if read else None)


def test_a_risk_is_named_where_its_name_is_known() -> None:
    rule = Rule(id="risky", when=When(risk=True), then="leave")
    assert reasons(rule, SOME, "legal")["risk"] == "It carries a legal risk."
    assert reasons(rule, SOME)["risk"] == "It carries a named risk."


def test_levels_and_targets_are_told_in_words() -> None:
    assert against_target(SOME) == "You are at 2 (can judge); the role needs 4 (carry)."
    assert against_target(replace(SOME, target=0)) == "You are at 2 (can judge); the skill is not this role's."
