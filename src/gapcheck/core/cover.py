"""Who else is there: whether a skill is short of people who carry it, and what stops when one is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from gapcheck.core.catalog import Catalog, Touchpoint

CARRIES = 4
HOLDS = 3
JUDGES = 2


def is_short(others_at_4: int, needed: int) -> bool:
    """Whether fewer people carry a skill than the team needs, not counting oneself."""
    return others_at_4 < needed


def stops_without(catalog: Catalog, carried_alone: Collection[str]) -> tuple[Touchpoint, ...]:
    """The touchpoints that take a skill which only the person who is away carries.

    A supplier does not help here: with the person away nobody can judge what comes back.
    """
    return tuple(
        point
        for stage in catalog.stages.values()
        for point in stage.touchpoints.values()
        if any(skill in carried_alone for skill in point.skills)
    )
