"""Knowledge that sits in one group only, groups that share little, and the people who bridge them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from gapcheck.core.cover import HOLDS
from gapcheck.core.team.members import AS_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapcheck.core.team.members import Member, Team


@dataclass(frozen=True, slots=True)
class Silos:
    """How knowledge is spread over the groups of one kind.

    `only_in`: skills held (3 or more) in exactly one group, by group. `index`: their share of all skills held
    anywhere, 0 (all shared) to 1 (each group knows only its own). `shared`: for each two groups the Jaccard index
    |A and B| / |A or B| of the skills they hold. `bridges`: people who hold what their own group would lack without
    them and another group has, with how many such skills.
    """

    kind: str
    groups: tuple[str, ...]
    only_in: Mapping[str, tuple[str, ...]]
    index: float | None
    shared: tuple[tuple[str, str, float], ...]
    bridges: tuple[tuple[str, int], ...]


def silos(team: Team) -> tuple[Silos, ...]:
    """One for each kind of group that has at least two groups."""
    return tuple(found for kind in team.kinds if (found := _silos(team, kind)) is not None)


def _silos(team: Team, kind: str) -> Silos | None:
    held = _held(team, kind)
    groups = tuple(sorted({member.groups[kind] for member in team.members if kind in member.groups}))
    if len(groups) < 2:
        return None
    skills = {group: {skill for skill in team.skills if held[skill][group]} for group in groups}
    anywhere = [skill for skill in team.skills if any(skill in skills[group] for group in groups)]
    alone = {skill: [g for g in groups if skill in skills[g]] for skill in anywhere}
    only_in = {group: tuple(skill for skill, where in alone.items() if where == [group]) for group in groups}
    return Silos(
        kind=kind,
        groups=groups,
        only_in=only_in,
        index=sum(map(len, only_in.values())) / len(anywhere) if anywhere else None,
        shared=tuple(_shared(skills, groups)),
        bridges=_bridges(team, kind, held),
    )


def _shared(skills: Mapping[str, set[str]], groups: tuple[str, ...]) -> Iterator[tuple[str, str, float]]:
    """Each two groups that hold anything, those that share least first."""
    both = [(a, b) for a, b in combinations(groups, 2) if skills[a] | skills[b]]
    rows = [(a, b, len(skills[a] & skills[b]) / len(skills[a] | skills[b])) for a, b in both]
    yield from sorted(rows, key=lambda row: (row[2], row[0], row[1]))


Held = dict[str, defaultdict[str, int]]
"""How many people of each group hold a skill."""


def _held(team: Team, kind: str) -> Held:
    held: Held = {skill: defaultdict(int) for skill in team.skills}
    for member in team.members:
        if kind in member.groups:
            for skill in _holds(team, member):
                held[skill][member.groups[kind]] += 1
    return held


def _holds(team: Team, member: Member) -> Iterator[str]:
    for skill, byte in zip(team.skills, member.levels, strict=True):
        level = AS_LEVEL[byte]
        if level is not None and level >= HOLDS:
            yield skill


def _bridges(team: Team, kind: str, held: Held) -> tuple[tuple[str, int], ...]:
    """Who is their group's only link to what another group knows; the most links first."""
    found: dict[str, int] = {}
    for member in team.members:
        own = member.groups.get(kind)
        if own is None:
            continue
        links = sum(
            held[skill][own] == 1 and any(number for group, number in held[skill].items() if group != own)
            for skill in _holds(team, member)
        )
        if links:
            found[member.person] = links
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
