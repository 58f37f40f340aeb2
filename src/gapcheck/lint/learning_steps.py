"""Learning steps lead upward without a hole, to level 4, and each leaves something behind.

The plan adds up the hours of the steps between two levels. Where no step leads to a level, its hours are guessed from
a general curve; where steps fall back, the next thing to do is not the first that is left. A skill that names no steps
at all passes: 45 hours to level 4 are assumed for it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "learning-steps"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Steps that fall back, levels that no step leads to, steps that leave nothing."""
    for key, skill in catalog.skills.items():
        at = in_skill(catalog, key, "learn")
        for n, (one, other) in enumerate(itertools.pairwise(skill.learn), 1):
            if other.to < one.to:
                message = f"leads to {other.to} after a step to {one.to}; order steps by where they lead"
                yield Finding(at[0], (*at[1], n), message)
        missing = sorted({1, 2, 3, 4} - {step.to for step in skill.learn})
        if skill.learn and missing:
            yield Finding(*at, f"no step leads to level {', '.join(map(str, missing))}; its hours would be guessed")
        for n, step in enumerate(skill.learn):
            if not step.produce:
                yield Finding(at[0], (*at[1], n), "leaves nothing to look at; say what it produces")
