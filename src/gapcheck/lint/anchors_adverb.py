"""Two levels of a skill must not differ in adverbs, or other words of degree, only.

"Plans campaigns", "often plans campaigns" and "plans complex campaigns very well" are one anchor three times:
whoever rates themselves decides what "often", "complex" and "well" mean. Say what someone at the higher level does
that someone at the lower one does not. The rule knows English words; other languages pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill
from gapcheck.lint.wording import same_but_for_grades, twins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "anchors-adverb"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Levels that are a lower one again once words of degree are taken out."""
    for key, skill in catalog.skills.items():
        for level, low in twins(skill.levels, same_but_for_grades):
            at = in_skill(catalog, key, "levels", level)
            message = f"differs from level {low} only in how well, how often or how much; say what is done differently"
            yield Finding(*at, message)
