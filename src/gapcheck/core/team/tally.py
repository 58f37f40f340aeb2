"""Counts of answers, made before anything is scored: per group, role, skill and level, as one query would."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gapcheck.core.team.members import AS_LEVEL, UNGROUPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapcheck.core.team.members import Member, Team

Cell = tuple[str, str, str, int]
"""Group, role, skill, and what was answered: a level 0-5 or one of the bytes that are none."""

Tally = Counter[Cell]


def tally(team: Team, kind: str | None = None) -> Tally:
    """How many people of each group (of one kind; all in one without it) and role gave each answer to each skill."""
    counts: Tally = Counter()
    for (group, role), rows in _rows(team.members, kind).items():
        for skill, column in zip(team.skills, zip(*rows, strict=True), strict=True):
            for byte, number in Counter(column).items():
                counts[group, role, skill, byte] += number
    return counts


def _rows(members: Iterable[Member], kind: str | None) -> dict[tuple[str, str], list[bytes]]:
    rows: dict[tuple[str, str], list[bytes]] = {}
    for member in members:
        group = member.groups.get(kind, UNGROUPED) if kind else UNGROUPED
        rows.setdefault((group, member.role), []).append(member.levels)
    return rows


def at_least(counts: Tally, level: int) -> Counter[str]:
    """People per skill at a level or above, whatever their group and role."""
    found: Counter[str] = Counter()
    for (_, _, skill, byte), number in counts.items():
        counted = AS_LEVEL[byte]
        if counted is not None and counted >= level:
            found[skill] += number
    return found


def answers(counts: Tally, skills: Iterable[str], group: str | None = None) -> Iterator[tuple[str, str, int, int]]:
    """Role, skill, byte and number of the answers to some skills, of one group where it is named."""
    wanted = set(skills)
    for (of, role, skill, byte), number in counts.items():
        if skill in wanted and (group is None or of == group):
            yield role, skill, byte, number
