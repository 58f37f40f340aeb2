"""The ratchet: cover held against a baseline, skill by skill. It knows counts, never who.

What one person alone has answered is that person's level, so it is in no baseline, and is looked at in no comparison:
it counts as if nobody had answered. A skill that several had answered fails when one of them is left, whatever that
one's level is: its cover cannot be shown any more, and what would pass would be a loss as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from gapcheck.core.answers import CatalogRef
from gapcheck.core.catalog import SkillId
from gapcheck.core.gate.evidence import Reading
from gapcheck.core.gate.measures import ALONE, answered_alone, of_unjudged
from gapcheck.core.shapes import COUNT, Record
from gapcheck.core.team import cover

if TYPE_CHECKING:
    from collections.abc import Collection

    from gapcheck.core.team import Team


@dataclass(frozen=True, slots=True)
class Counts(Record):
    """How many carry and how many hold one skill, a supplier whom someone here can judge counted as one."""

    carry: Annotated[int, COUNT]
    hold: Annotated[int, COUNT]


NO_COVER = Counts(0, 0)


@dataclass(frozen=True, slots=True)
class Baseline(Record):
    """The cover of a day: counts by skill, and the catalog they were taken with. No person stands in it."""

    catalog: CatalogRef
    skills: dict[SkillId, Counts]


def baseline_of(team: Team) -> Baseline:
    """The cover of a team as it is now, every skill of the catalog that nobody or more than one has answered."""
    contents, alone = team.catalog.contents, answered_alone(team)
    counts = {skill: counted for skill, counted in _counts(team, alone).items() if skill not in alone}
    return Baseline(CatalogRef(name=contents.name, version=contents.version, digest=team.catalog.digest), counts)


def _counts(team: Team, alone: Collection[str]) -> dict[str, Counts]:
    """The cover of every skill; none where one person alone has answered, whatever the answer is."""
    return {
        found.skill: NO_COVER
        if found.skill in alone
        else Counts(found.carrying + bool(found.suppliers), found.holding + bool(found.suppliers))
        for found in cover(team)
    }


def compare(team: Team, before: Baseline) -> Reading:
    """How many skills have got worse: fewer carry or hold them than in the baseline, and fewer than are needed.

    A fall that leaves enough is no loss of cover. One that leaves too few is, whether it was enough before or not.
    """
    alone = answered_alone(team)
    now = _counts(team, alone)
    renamed = team.catalog.renamed
    then = {renamed.get(skill, skill): counts for skill, counts in before.skills.items() if skill in renamed}
    then |= {skill: counts for skill, counts in before.skills.items() if skill in now}
    both = [skill for skill in now if skill in then]
    if not both:
        return Reading(None, "the baseline and the catalog have no skill in common")
    worse = tuple(skill for skill in both if _is_worse(team, skill, then[skill], now[skill]))
    judged = tuple(skill for skill in both if skill in worse or skill not in alone)
    if not judged:
        return Reading(None, f"answered by {ALONE}")
    words = [f"covered worse than in the baseline: {len(worse)} of {len(judged)} skills"]
    words += [_fall(team, worse[0], then[worse[0]], now[worse[0]], alone)] if worse else []
    words += _not_compared(team, before, [skill for skill in now if skill not in then], alone)
    unjudged = len(alone.difference(worse))
    told = "; ".join(words) + of_unjudged(unjudged)
    subject = worse[0] if worse else ""
    return Reading(Fraction(len(worse)), told, subject, worse, judged, unjudged)


def _is_worse(team: Team, skill: str, then: Counts, now: Counts) -> bool:
    need = team.policy.need_of(skill)
    return (now.carry < then.carry and now.carry < need.carry) or (now.hold < then.hold and now.hold < need.hold)


def _fall(team: Team, skill: str, then: Counts, now: Counts, alone: Collection[str]) -> str:
    """What fell first: carrying, else holding."""
    need = team.policy.need_of(skill)
    carried = now.carry < then.carry and now.carry < need.carry
    before, after, needed = (then.carry, now.carry, need.carry) if carried else (then.hold, now.hold, need.hold)
    told = f"{team.catalog.skills[skill].name}: {before} {'carried' if carried else 'held'} it, "
    if skill in alone:
        return f"{told}now one person alone has answered it, whose level is not looked at, needed {needed}"
    return f"{told}now {after}, needed {needed}"


def _not_compared(team: Team, before: Baseline, new: Collection[str], alone: Collection[str]) -> list[str]:
    """What is not in the baseline, and what another catalog than the baseline's leaves uncompared."""
    if before.catalog.digest == team.catalog.digest:
        missing = sum(skill not in alone for skill in new)
        return [f"not in the baseline, and not compared: {missing} more"] if missing else []
    known = {**team.catalog.skills, **team.catalog.renamed}
    gone = sum(skill not in known for skill in before.skills)
    words = [f"the baseline is of catalog {before.catalog.name} {before.catalog.version}, worded otherwise"]
    words += [f"not compared: {gone} gone and {len(new)} new since"] if gone or new else []
    return words
