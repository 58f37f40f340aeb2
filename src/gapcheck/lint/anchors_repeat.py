"""Two levels of a skill must not say the same.

If they do, nobody can tell which of them is theirs. Case, punctuation and spacing do not make a difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill
from gapcheck.lint.wording import same, twins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "anchors-repeat"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Levels whose words stand at a lower level already."""
    for key, skill in catalog.skills.items():
        for level, low in twins(skill.levels, same):
            at = in_skill(catalog, key, "levels", level)
            yield Finding(*at, f"says the same as level {low}; say what is done differently")
