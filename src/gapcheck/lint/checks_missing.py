"""A skill should have three knowledge checks, for levels 2, 3 and 4.

Without them every rating of the skill stays a claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "checks-missing"
SEVERITY: Severity = "warning"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Skills without one of the three."""
    for key, skill in catalog.skills.items():
        missing = [n for n in "234" if n not in skill.checks]
        if missing:
            message = f"no knowledge check for level {', '.join(missing)}; until there is one, ratings there are claims"
            yield Finding(*in_skill(catalog, key, "checks"), message)
