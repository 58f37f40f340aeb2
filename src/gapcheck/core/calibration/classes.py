"""The four classes of levels: 0-1, 2, 3 and 4-5. Verdicts differ between them, whatever the role and the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CLASS_OF = (0, 0, 1, 2, 3, 3)
"""The class of each level."""


def class_shares(levels: Sequence[float]) -> tuple[float, float, float, float]:
    """The probabilities of the four classes from those of the six levels."""
    dark, aware, judge, helped, alone, specialist = levels
    return dark + aware, judge, helped, alone + specialist
