"""A skill should word each of its six levels.

Without words of its own a level is shown as the general scale has it ("can judge: briefs a specialist, tells
good work from bad, says why"). That works, and measures less: people rate themselves against a phrase instead of
against something they did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "anchors-missing"
SEVERITY: Severity = "warning"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Skills with fewer than six worded levels."""
    for key, skill in catalog.skills.items():
        missing = [n for n in "012345" if n not in skill.levels]
        if missing:
            message = f"no words for level {', '.join(missing)}; until they are written the general scale is shown"
            yield Finding(*in_skill(catalog, key, "levels"), message)
