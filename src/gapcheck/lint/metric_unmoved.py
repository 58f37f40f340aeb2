"""Every metric is moved by a skill.

A figure that nothing we can learn, do or buy would move is no figure of the journey. It also says how it is
computed: numerator and denominator (so that an interval can be had), or a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "metric-unmoved"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Metrics without a skill, or without a way to compute them."""
    for key, stage in catalog.stages.items():
        for name, metric in stage.metrics.items():
            at = f"{key}.yaml", ("metrics", name)
            if not metric.moved_by:
                yield Finding(
                    at[0], (*at[1], "moved_by"), "no skill moves this metric; name one in moved_by, or drop the metric"
                )
            if not metric.formula and not (metric.numerator and metric.denominator):
                yield Finding(*at, "say how it is computed: numerator and denominator, or formula")
