"""Rules of a policy that come too late to fire; the first stands on line 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gapcheck.lint import policy_unused

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from tests.lint.conftest import Found, Lint, Problems

REST = "{id: rest, when: {}, then: leave}"
EARLIER = "{id: early, when: {importance: [1, 2]}, then: leave}"


def policy_of(*rules: str) -> dict[str, str]:
    return {"policy.yaml": "\n".join(["gapcheck: policy/1", "rules:", *(f"  - {rule}" for rule in rules)])}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("importance: [2, 3]", []),
        ("importance: [2]", [("policy-unused", "policy.yaml", 4, 5)]),
        ("importance: [1], urgent: true", [("policy-unused", "policy.yaml", 4, 5)]),
        ("target: [0], at_target: true", []),
        ("target: [0], at_target: false", [("policy-unused", "policy.yaml", 4, 5)]),
        ("at_target: false", []),
        ("level: [5]", []),
        ("level: [1], at_target: true", []),
        ("level: [1], at_target: true, target: [2, 3, 4]", [("policy-unused", "policy.yaml", 4, 5)]),
    ],
    ids=[
        "one value left",
        "none left",
        "narrower",
        "possible",
        "impossible",
        "below target",
        "level 5",
        "for target 0",
        "below every target",
    ],
)
def test_a_rule_is_the_first_to_match_somewhere(lint: Lint, asked: str, found: list[Found]) -> None:
    rule = f"{{id: late, when: {{{asked}}}, then: leave}}"
    assert lint(files=policy_of(EARLIER, rule, REST)) == found


def test_whatever_comes_after_a_rule_that_always_matches_never_fires(problems: Problems) -> None:
    found = problems(files=policy_of("{id: all, when: {}, then: leave}", EARLIER, REST))
    assert [each.path for each in found] == ["rules.1", "rules.2"]


def test_the_shipped_rules_all_fire(catalog: Catalog, policy: Policy) -> None:
    assert [*policy_unused.check(catalog, policy)] == []
