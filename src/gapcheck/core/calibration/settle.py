"""The level that counts: the claim, unless enough checks speak against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.calibration.classes import CLASS_OF, class_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.calibration.posterior import Estimate

LEAST_CHECKS = 20
"""Below so many answered checks no level moves: ratings alone only draw everybody to the middle. Assumption."""
KEPT = 0.40
"""A claim stands while its class keeps at least so much of the posterior. Assumption."""

RAISED = 1
"""Levels that a claim can be raised by at most: who tries nothing must not be drawn to the middle. Assumption."""
PROVEN = 3
"""The highest level that checks can raise a claim to: knowing is not doing, so they never prove level 4."""


def settled(estimate: Estimate, claims: Mapping[str, int], answered: int) -> dict[str, int]:
    """The settled level (0-5) of every skill where it differs from the claim; `answered` counts the person's checks.

    The median where the claim does not stand, upward by RAISED at most and never beyond PROVEN; classes and not
    verdicts decide, so that a settled level holds under any role and policy. Claims of skills that the estimate does
    not have stand.
    """
    if answered < LEAST_CHECKS:
        return {}
    fallen = [skill for skill in claims if skill in estimate.shown and not _stands(estimate, skill, claims[skill])]
    levels = {skill: bounded(estimate.median(skill), claims[skill]) for skill in fallen}
    return {skill: level for skill, level in levels.items() if level != claims[skill]}


def bounded(median: int, claim: int) -> int:
    """What a median (0-5) settles a claim at: itself where it is lower, else as far up as checks can tell."""
    return median if median <= claim else max(claim, min(median, claim + RAISED, PROVEN))


def _stands(estimate: Estimate, skill: str, claim: int) -> bool:
    return class_shares(estimate.levels(skill))[CLASS_OF[claim]] >= KEPT
