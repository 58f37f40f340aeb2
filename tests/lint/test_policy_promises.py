"""The promises of a policy, over the whole space of facts, for the shipped rules and for broken copies of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.advice import Facts, Verdict
from gapcheck.core.policy import Action, Meanwhile, Rule, When
from gapcheck.lint import policy_invariants as promises
from gapcheck.lint.situations import SPACE as NAMED
from tests.core.conftest import SPACE
from tests.lint.promises import all_broken, broken_by, help_of

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from tests.lint.conftest import Lint, Problems

MEANWHILE = (None, *get_args(Meanwhile))
FLAGS = ("at_target", "short", "urgent", "risk", "fits")
POLICY = "gapcheck: policy/1\nrules:\n"
REST = "  - {id: rest, when: {}, then: leave}\n"


def test_the_named_facts_are_all_there_are_but_the_level() -> None:
    assert 6 * len([*itertools.product(*NAMED.values())]) == len(SPACE)


@pytest.mark.parametrize("action", get_args(Action))
def test_what_advice_breaks_agrees_with_the_second_statement_on_all_facts(action: Action) -> None:
    """Advice of every kind on each of the 17,280 combinations."""
    for meanwhile in MEANWHILE:
        verdict = Verdict("any", action, 3 if action == "learn" else None, meanwhile)
        told: dict[str, int] = {}
        for n, facts in enumerate(SPACE):
            capped = replace(verdict, to=min(3, facts.target)) if action == "learn" else verdict
            for broken in promises.broken_promises(facts, capped):
                told[broken] = told.get(broken, 0) | 1 << n
        assert told == broken_by((action, 3, meanwhile))


@given(facts=st.sampled_from(SPACE), action=st.sampled_from(get_args(Action)), meanwhile=st.sampled_from(MEANWHILE))
def test_help_agrees_with_the_second_statement(facts: Facts, action: Action, meanwhile: Meanwhile | None) -> None:
    given_ = promises.outside_help(facts, Verdict("any", action, 3, meanwhile))
    (stated,) = (much for much, where in help_of((action, 3, meanwhile)).items() if where >> SPACE.index(facts) & 1)
    assert given_ == stated


@given(facts=st.sampled_from(SPACE), to=st.none() | st.integers(1, 5))
def test_learning_leads_upward_and_not_past_the_target(facts: Facts, to: int | None) -> None:
    broken = [*promises.broken_promises(facts, Verdict("any", "learn", to))]
    assert (promises.NOT_UPWARD in broken) == (to is None or to <= facts.level)
    assert (promises.PAST_TARGET in broken) == (to is not None and facts.level < to > facts.target)


Rules = tuple[Rule, ...]
Mutation = tuple[Callable[[Rules, int, int], Rules], int, int]
"""A change, and two numbers that say where and how."""


def swapped(rules: Rules, one: int, other: int) -> Rules:
    changed = [*rules]
    changed[one % len(rules)], changed[other % len(rules)] = rules[other % len(rules)], rules[one % len(rules)]
    return tuple(changed)


def dropped(rules: Rules, one: int, _other: int) -> Rules:
    return tuple(rule for n, rule in enumerate(rules) if n != one % len(rules))


def led_elsewhere(rules: Rules, one: int, other: int) -> Rules:
    learning = [n for n, rule in enumerate(rules) if rule.then == "learn"]
    return _with(rules, learning[one % len(learning)], to=other % 5 + 1) if learning else rules


def flipped(rules: Rules, one: int, other: int) -> Rules:
    """A flag that is asked for is asked for the other way round, or a new one is asked for."""
    n, flag = one % len(rules), FLAGS[other % 5]
    return _with(rules, n, when=replace(rules[n].when, **{flag: not getattr(rules[n].when, flag)}))  # type: ignore[arg-type]


def done_otherwise(rules: Rules, one: int, other: int) -> Rules:
    return _with(rules, one % len(rules), then=get_args(Action)[other % 6], meanwhile=MEANWHILE[other % 9])


def _with(rules: Rules, place: int, **changed: object) -> Rules:
    return tuple(replace(rule, **changed) if n == place else rule for n, rule in enumerate(rules))  # type: ignore[arg-type]


def mutated(rules: Rules, mutations: list[Mutation]) -> Rules:
    for mutate, one, other in mutations:
        rules = mutate(rules, one, other) if rules else rules
    return rules


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from([swapped, dropped, led_elsewhere, flipped, done_otherwise]),
        st.integers(0, 89),
        st.integers(0, 89),
    ),
    min_size=1,
    max_size=3,
)


@given(MUTATIONS)
@settings(max_examples=200)
def test_trying_each_value_once_loses_no_broken_promise(policy: Policy, mutations: list[Mutation]) -> None:
    """On changed copies of the shipped rules the rule finds what counting out all combinations finds."""
    rules = mutated(policy.rules, mutations)
    assert {(rule, broken) for rule, broken, _facts in promises.violations(rules)} == all_broken(rules)


@given(st.lists(st.integers(0, 18), max_size=4), MUTATIONS)
def test_the_same_where_few_rules_tell_values_apart(policy: Policy, few: list[int], mutations: list[Mutation]) -> None:
    rules = mutated((*(policy.rules[n] for n in dict.fromkeys(few)), policy.rules[-1]), mutations)
    assert {(rule, broken) for rule, broken, _facts in promises.violations(rules)} == all_broken(rules)


def test_the_shipped_rules_keep_every_promise(catalog: Catalog, policy: Policy) -> None:
    assert [*promises.check(catalog, policy)] == []
    assert all_broken(policy.rules) == set()


def test_each_example_breaks_the_promise_it_is_given_for(policy: Policy) -> None:
    rules = policy.rules[::-1]
    by_id, place = {rule.id: rule for rule in rules}, {facts: n for n, facts in enumerate(SPACE)}
    found = [each for each in promises.violations(rules[1:]) if each[1] not in (promises.MORE_HELP, promises.NO_RULE)]
    assert len({broken for _rule, broken, _facts in found}) >= 3
    for rule, broken, facts in found:
        advice = by_id[rule].then, by_id[rule].to, by_id[rule].meanwhile
        assert broken_by(advice)[broken] >> place[facts] & 1


BREAKING = {
    promises.DO_BELOW_3: "{id: bad, when: {level: [2, 3], at_target: true}, then: do}",
    promises.OWN_GOES_OUT: "{id: bad, when: {outsource: [none], hands: [supplier]}, then: outsource-both}",
    promises.TO_NOBODY: "{id: bad, when: {outsource: [all]}, then: outsource-both}",
    promises.NO_JUDGE: "{id: bad, when: {risk: true, outsource: [all], hands: [supplier], level: [0, 1]}, "
    "then: outsource-execution}",
    promises.LEARNS_IN_NEED: "{id: bad, when: {level: [1], target: [3]}, then: learn, to: 3}",
    promises.NOT_UPWARD: "{id: bad, when: {level: [2], urgent: false}, then: learn, to: 3}",
    promises.MORE_HELP: "{id: bad, when: {level: [2], outsource: [all], hands: [supplier]}, then: outsource-execution}",
}


@pytest.mark.parametrize("promise", BREAKING, ids=lambda promise: promise.partition(";")[0])
def test_a_rule_that_breaks_one_promise_is_named_at_its_line_once(problems: Problems, promise: str) -> None:
    (found,) = problems(files={"policy.yaml": f"{POLICY}  - {BREAKING[promise]}\n{REST}"})
    assert (found.rule, found.span.line, found.span.column) == ("policy-invariants", 3, 5)
    assert found.message.startswith(promise)
    assert "(for example level " in found.message


MENDED = [
    "{id: good, when: {level: [3, 4, 5], at_target: true}, then: do}",
    "{id: good, when: {at_target: true, outsource: [none]}, then: do}",
    "{id: good, when: {outsource: [all], hands: [supplier]}, then: outsource-both}",
    "{id: good, when: {risk: true, outsource: [all], hands: [supplier], level: [0, 1]}, then: outsource-both}",
    "{id: good, when: {outsource: [all], hands: [supplier], level: [0]}, then: outsource-execution, "
    "meanwhile: borrowed-judge}",
    "{id: good, when: {level: [1], target: [3], urgent: false}, then: learn, to: 5}",
    "{id: good, when: {level: [0, 1, 2], outsource: [all], hands: [colleague]}, then: outsource-both}",
]


@pytest.mark.parametrize("rule", MENDED)
def test_what_keeps_the_promises_is_let_be(lint: Lint, rule: str) -> None:
    assert lint(files={"policy.yaml": f"{POLICY}  - {rule}\n{REST}"}) == []


def test_help_meanwhile_is_held_to_the_promises_too(problems: Problems) -> None:
    rule = "{id: bad, when: {level: [0], target: [4]}, then: learn, to: 4, meanwhile: outsource-execution}"
    found = problems(files={"policy.yaml": f"{POLICY}  - {rule}\n{REST}"})
    told = {each.message.partition(" (")[0] for each in found}
    assert told == {promises.OWN_GOES_OUT, promises.TO_NOBODY, promises.NO_JUDGE, promises.LEARNS_IN_NEED}


def test_rules_that_leave_facts_out_are_told_so() -> None:
    """The door lets no such policy in; whoever builds one elsewhere is told, and what it does say is judged."""
    bad = Rule(id="bad", when=When(level=(2,)), then="do")
    out = Rule(id="out", when=When(level=(4,), outsource=("all",), hands=("supplier",)), then="outsource-both")
    found = {(rule, broken) for rule, broken, _facts in promises.violations([bad, out])}
    assert found == {("", promises.NO_RULE), ("bad", promises.DO_BELOW_3)} == all_broken([bad, out])
