"""What a skill needs first must not need that skill in turn.

A circle can never be begun, so a plan would leave all of it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "needs-circle"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Skills that need themselves, each circle told once, at its first skill in catalog order."""
    told: set[str] = set()
    for key in catalog.skills:
        circle = () if key in told else _circle(catalog, key)
        if circle:
            told.update(circle)
            at = in_skill(catalog, key, "needs", circle[1] if len(circle) > 1 else key)
            yield Finding(*at, f"a circle: {' needs '.join((*circle, key))}; take one of these needs out")


def _circle(catalog: Catalog, start: str) -> tuple[str, ...]:
    """The shortest way from a skill by way of its needs to one that needs it; empty if there is none."""
    came_from: dict[str, str] = {}
    found = [start]
    for here in found:  # grows on the way
        for need in catalog.skills[here].needs:
            if need == start:
                return _way(came_from, start, here)
            if need not in came_from:
                came_from[need] = here
                found.append(need)
    return ()


def _way(came_from: Mapping[str, str], start: str, to: str) -> tuple[str, ...]:
    steps = [to]
    while steps[-1] != start:
        steps.append(came_from[steps[-1]])
    return tuple(reversed(steps))
