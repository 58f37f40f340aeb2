"""Which of a skill's six lines are read: judging and carrying first, then only those next to the level chosen."""

from __future__ import annotations

from gapcheck.core.cover import CARRIES, JUDGES

FIRST_SEEN = frozenset({JUDGES, CARRIES})
"""The lines shown first: they split six levels into three pairs."""


def needed(level: int) -> frozenset[int]:
    """The lines to have read before a level 0-5 counts: its own and the one above, and both below judging.

    A level is the highest line for which every line below is also true, so the line above must have been
    read and found untrue.
    """
    lines = {level, min(level + 1, 5)}
    return frozenset(lines | {0, 1} if level < JUDGES else lines)
