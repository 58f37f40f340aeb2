"""Every skill is taken by a touchpoint or moves a metric.

Otherwise a gap in it touches no customer and no figure, and nothing can tell how much it matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "skill-unreached"
SEVERITY: Severity = "warning"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Skills that no touchpoint takes and that move no metric."""
    reached = {
        skill
        for stage in catalog.stages.values()
        for group in (*(p.skills for p in stage.touchpoints.values()), *(m.moved_by for m in stage.metrics.values()))
        for skill in group
    }
    for key in catalog.skills:
        if key not in reached:
            message = "no touchpoint takes this skill and it moves no metric; name it at one of them"
            yield Finding(*in_skill(catalog, key), message)
