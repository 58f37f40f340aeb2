"""Each rule of a policy fires for somebody.

The first rule that matches wins, so one that comes after a wider rule never does, however right it looks. Every
combination of what rules can read is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding
from gapcheck.lint.situations import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "policy-unused"
SEVERITY: Severity = "error"


def check(_catalog: Catalog, policy: Policy) -> Iterator[Finding]:
    """Rules that are the first to match nowhere."""
    fired = {verdict.rule for at_levels in verdicts(policy.rules) for _facts, verdict in at_levels if verdict}
    for n, rule in enumerate(policy.rules):
        if rule.id not in fired:
            message = "never fires, rules above take all it asks for; move it up or take it out"
            yield Finding("policy.yaml", ("rules", n), message)
