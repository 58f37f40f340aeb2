"""Who holds and who carries each skill, against how many are needed; what stalls while somebody is away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.cover import CARRIES, HOLDS, JUDGES
from gapcheck.core.team.members import AS_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.policy import Need
    from gapcheck.core.team.members import Team

NAMED = 5
"""People named for one skill at most; beyond that nobody is missed."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One skill: how many judge, hold and carry it, how many it needs, who (at most NAMED ids), which suppliers.

    A supplier counts only where somebody here can judge what comes back.
    """

    skill: str
    judging: int
    holding: int
    carrying: int
    need: Need
    holders: tuple[str, ...]
    carriers: tuple[str, ...]
    suppliers: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether enough people hold it, a judged supplier counted as one."""
        return self.holding + bool(self.suppliers) >= self.need.hold

    @property
    def is_carried(self) -> bool:
        """Whether enough people carry it, a judged supplier counted as one."""
        return self.carrying + bool(self.suppliers) >= self.need.carry

    @property
    def is_safe(self) -> bool:
        """Whether it goes on when any one person is away: two carry it, or nobody does anyway."""
        return self.carrying != 1


def cover(
    team: Team, skills: Iterable[str] | None = None, *, group: tuple[str, str] | None = None
) -> tuple[Cover, ...]:
    """The cover of each skill, in catalog order; of one group (kind, name) where it is given."""
    wanted = team.skills if skills is None else tuple(skills)
    members = [m for m in team.members if group is None or m.groups.get(group[0]) == group[1]]
    people: dict[str, tuple[list[str], list[str], list[str]]] = {skill: ([], [], []) for skill in wanted}
    for member in members:
        for skill in wanted:
            level = AS_LEVEL[member.levels[team.place[skill]]]
            for grade, at in zip(people[skill], (JUDGES, HOLDS, CARRIES), strict=True):
                if level is not None and level >= at:
                    grade.append(member.person)
    return tuple(_cover(team, skill, *people[skill]) for skill in wanted)


def _cover(team: Team, skill: str, judges: list[str], holders: list[str], carriers: list[str]) -> Cover:
    return Cover(
        skill=skill,
        judging=len(judges),
        holding=len(holders),
        carrying=len(carriers),
        need=team.policy.need_of(skill),
        holders=tuple(holders[:NAMED]),
        carriers=tuple(carriers[:NAMED]),
        suppliers=team.people.suppliers_of(skill) if judges else (),
    )


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away together, the skills that nobody carries then, and the touchpoints and stages that stall."""

    away: tuple[str, ...]
    skills: tuple[str, ...]
    touchpoints: tuple[str, ...]
    stages: tuple[str, ...]


def absences(team: Team) -> tuple[Absence, ...]:
    """What stalls for each person away, and for each pair of whom it takes both; the most touchpoints first.

    A skill that nobody carries stalls for no absence: it stalls already. What one of a pair stalls alone is told of
    that one only.
    """
    carried = _carriers(team)
    lost: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for skill, people in carried.items():
        if len(people) in (1, 2):
            lost[tuple(people)].append(skill)
    found = [_absence(team, away, skills) for away, skills in lost.items()]
    return tuple(sorted(found, key=lambda a: (len(a.away), -len(a.touchpoints), -len(a.skills), a.away)))


def _carriers(team: Team) -> dict[str, list[str]]:
    """Everyone who carries each skill: no more than three are needed to know that a pair is not enough."""
    carried: dict[str, list[str]] = {skill: [] for skill in team.skills}
    for member in team.members:
        for skill, byte in zip(team.skills, member.levels, strict=True):
            level = AS_LEVEL[byte]
            if level is not None and level >= CARRIES and len(carried[skill]) < 3:
                carried[skill].append(member.person)
    return carried


def _absence(team: Team, away: tuple[str, ...], skills: list[str]) -> Absence:
    points = [
        (stage, point.name)
        for stage, of in team.catalog.stages.items()
        for point in of.touchpoints.values()
        if any(skill in skills for skill in point.skills)
    ]
    return Absence(
        away=away,
        skills=tuple(skills),
        touchpoints=tuple(name for _, name in points),
        stages=tuple(dict.fromkeys(stage for stage, _ in points)),
    )
