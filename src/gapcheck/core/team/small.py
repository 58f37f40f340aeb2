"""How few people are too few to be told from, and which groups may be shown beside a total."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL = 5
"""The least number of people that what everybody may see is about."""


def shown(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups that everybody may see, by how many people stand behind each.

    Those with fewer than the least number are withheld, and with them the next smallest as long as they are too few
    together: what is missing from a total would give them away.
    """
    ordered = sorted((group for group in sizes if sizes[group]), key=lambda group: (sizes[group], group))
    number = sum(sizes[group] < SMALL for group in ordered)
    while 0 < sum(sizes[group] for group in ordered[:number]) < SMALL and number < len(ordered):
        number += 1
    withheld = ordered[:number]
    return frozenset(ordered) - frozenset(withheld)
