"""What an expert would find wrong with a catalog: one rule per file, its docstring its page in the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint import (
    anchors_adverb,
    anchors_alike,
    anchors_doing,
    anchors_long,
    anchors_missing,
    anchors_repeat,
    answers_bunched,
    answers_longest,
    checks_missing,
    learning_steps,
    metric_unmoved,
    needs_circle,
    options_repeat,
    policy_invariants,
    policy_unused,
    role_asks,
    skill_unreached,
    terms_mixed,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.lint.finding import Finding, Rule

_MODULES: tuple[Rule, ...] = (
    anchors_missing,
    anchors_repeat,
    anchors_alike,
    anchors_adverb,
    anchors_long,
    anchors_doing,
    skill_unreached,
    metric_unmoved,
    learning_steps,
    needs_circle,
    checks_missing,
    options_repeat,
    answers_bunched,
    answers_longest,
    terms_mixed,
    role_asks,
    policy_unused,
    policy_invariants,
)
RULES: dict[str, Rule] = {rule.ID: rule for rule in _MODULES}
"""Every rule by its ID, in the order of the docs."""


def run(catalog: Catalog, policy: Policy, ignored: Collection[str] = ()) -> Iterator[tuple[Rule, Finding]]:
    """What every rule finds that is not switched off."""
    for name, rule in RULES.items():
        if name not in ignored:
            for finding in rule.check(catalog, policy):
                yield rule, finding
