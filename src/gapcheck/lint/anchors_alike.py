"""Two levels of a skill must differ in more than a few words.

Levels that share three words of four differ in degree, not in what a person does, and are chosen by mood. Write what
someone at the higher level does that someone at the lower one does not.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill
from gapcheck.lint.wording import same, same_but_for_grades, twins, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "anchors-alike"
SEVERITY: Severity = "error"
ALIKE = 0.75
"""Share of words in common, in order (2 x matches / words of both), from which two levels count as alike."""


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Levels that are nearly a lower one; what other rules name is left to them."""
    for key, skill in catalog.skills.items():
        for level, low in twins(skill.levels, _alike):
            at = in_skill(catalog, key, "levels", level)
            yield Finding(*at, f"is nearly the same as level {low}; say what is done differently")


def _alike(one: str, other: str) -> bool:
    if same(one, other) or same_but_for_grades(one, other):
        return False
    matcher = difflib.SequenceMatcher(None, words(one), words(other), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
