"""A team on a day against the team now: cover, figures over the same answers, and who came and went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.team.figures import figures
from gapcheck.core.team.members import AS_LEVEL, IS_OPEN, Member, Team
from gapcheck.core.team.strength import cover
from gapcheck.core.trend import Shift, is_reworded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class CoverShift:
    """How many hold and carry a skill, then and now; who carried it then (as many as are named anywhere)."""

    skill: str
    holding: tuple[int, int]
    carrying: tuple[int, int]
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamTrend:
    """A team on a day against the team now.

    `compared` are the people with a sheet on both sides: figures are over their answers to the same words.
    `joined` have a sheet now and had none then, `left` had one and are not on the team any more.
    """

    since: dt.date
    people: tuple[int, int]
    compared: int
    joined: tuple[str, ...]
    left: tuple[str, ...]
    covers: tuple[CoverShift, ...]
    stages: tuple[Shift, ...]
    reworded: tuple[str, ...]

    @property
    def lost(self) -> tuple[CoverShift, ...]:
        """Skills that somebody carried then and nobody carries now."""
        return tuple(each for each in self.covers if each.carrying[0] and not each.carrying[1])


def team_trend(then: Team, now: Team, since: dt.date, today: dt.date, asked: Sequence[str]) -> TeamTrend:
    """The team of a day against the team now, both read against one catalog; `asked` are the skills to tell of."""
    before, after = ({member.person for member in team.members} for team in (then, now))
    once, again = _same_answers(then, now)
    return TeamTrend(
        since=since,
        people=(len(before), len(after)),
        compared=len(once.members),
        joined=tuple(sorted(after - before)),
        left=tuple(sorted(before - after)),
        covers=tuple(
            CoverShift(old.skill, (old.holding, new.holding), (old.carrying, new.carrying), old.carriers)
            for old, new in zip(cover(then, asked), cover(now, asked), strict=True)
        ),
        stages=_team_shifts(now, once, again),
        reworded=tuple(skill for skill in asked if is_reworded(now.catalog, skill, since, today)),
    )


def _team_shifts(now: Team, once: Team, again: Team) -> tuple[Shift, ...]:
    """Each stage's figure on both sides, beside how many answers count in it now."""
    before, after = ({figure.stage: figure for figure in figures(team)} for team in (once, again))
    return tuple(
        Shift(of.stage, before[of.stage].mean, after[of.stage].mean, after[of.stage].counted, of.counted)
        if of.stage in after
        else Shift(of.stage, None, None, 0, of.counted)
        for of in figures(now)
        if of.counted
    )


def _same_answers(then: Team, now: Team) -> tuple[Team, Team]:
    """Both teams as far as they can be compared: the same people in today's roles, the same skills, the same words."""
    old = {member.person: member for member in then.members}
    pairs = [(old[new.person], new) for new in now.members if new.person in old]
    both = [
        (replace(before, role=after.role, levels=rows[0]), replace(after, levels=rows[1]))
        for before, after in pairs
        for rows in (_comparable(now, before, after),)
    ]
    return replace(now, members=tuple(b for b, _ in both)), replace(now, members=tuple(a for _, a in both))


def _comparable(team: Team, before: Member, after: Member) -> tuple[bytes, bytes]:
    """Two rows with every answer open that has no counterpart."""
    kept = [
        AS_LEVEL[old] is not None
        and AS_LEVEL[new] is not None
        and not is_reworded(team.catalog, skill, before.aged.get(skill, before.date), after.aged.get(skill, after.date))
        for skill, old, new in zip(team.skills, before.levels, after.levels, strict=True)
    ]
    first, second = (
        bytes(byte if keep else IS_OPEN for byte, keep in zip(member.levels, kept, strict=True))
        for member in (before, after)
    )
    return first, second
