"""A level has at most 21 words.

People read all six of every skill: at 17 words each, 36 skills are a quarter of an hour. What is longer is skimmed,
and then it does not anchor anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "anchors-long"
SEVERITY: Severity = "error"
MOST = 21


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Levels that are too long."""
    for key, skill in catalog.skills.items():
        for level, text in skill.levels.items():
            count = len(text.split())
            if count > MOST:
                message = f"has {count} words, at most {MOST}; keep what only this level does"
                yield Finding(*in_skill(catalog, key, "levels", level), message)
