"""The ratchet: cover held against a baseline, skill by skill. It knows counts, never who."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.answers import CatalogRef
from gapcheck.core.gate.measures import Reading
from gapcheck.core.team import cover

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.team import Team


@dataclass(frozen=True, slots=True)
class Counts:
    """How many carry and how many hold one skill, a supplier whom someone here can judge counted as one."""

    carry: int
    hold: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """The cover of a day: counts by skill, and the catalog they were taken with. No person stands in it."""

    catalog: CatalogRef
    skills: Mapping[str, Counts]


def baseline_of(team: Team) -> Baseline:
    """The cover of a team as it is now, every skill of the catalog."""
    contents = team.catalog.contents
    counts = {
        found.skill: Counts(found.carrying + bool(found.suppliers), found.holding + bool(found.suppliers))
        for found in cover(team)
    }
    return Baseline(CatalogRef(name=contents.name, version=contents.version, digest=team.catalog.digest), counts)


def compare(team: Team, before: Baseline) -> Reading:
    """How many skills have got worse: fewer carry or hold them than in the baseline, and fewer than are needed.

    A fall that leaves enough is no loss of cover. One that leaves too few is, whether it was enough before or not.
    """
    now = baseline_of(team).skills
    renamed = team.catalog.renamed
    then = {renamed.get(skill, skill): counts for skill, counts in before.skills.items() if skill in renamed}
    then |= {skill: counts for skill, counts in before.skills.items() if skill in now}
    both = [skill for skill in now if skill in then]
    if not both:
        return Reading(None, "the baseline and the catalog have no skill in common")
    worse = tuple(skill for skill in both if _is_worse(team, skill, then[skill], now[skill]))
    words = [f"covered worse than in the baseline: {len(worse)} of {len(both)} skills"]
    words += [_fall(team, worse[0], then[worse[0]], now[worse[0]])] if worse else []
    words += _not_compared(team, before, len(now) - len(both))
    return Reading(Fraction(len(worse)), "; ".join(words), worse[0] if worse else "", worse)


def _is_worse(team: Team, skill: str, then: Counts, now: Counts) -> bool:
    need = team.policy.need_of(skill)
    return (now.carry < then.carry and now.carry < need.carry) or (now.hold < then.hold and now.hold < need.hold)


def _fall(team: Team, skill: str, then: Counts, now: Counts) -> str:
    """What fell first: carrying, else holding."""
    need = team.policy.need_of(skill)
    name = team.catalog.skills[skill].name
    if now.carry < then.carry and now.carry < need.carry:
        return f"{name}: {then.carry} carried it, now {now.carry}, needed {need.carry}"
    return f"{name}: {then.hold} held it, now {now.hold}, needed {need.hold}"


def _not_compared(team: Team, before: Baseline, new: int) -> list[str]:
    """What another catalog than the baseline's leaves uncompared."""
    if before.catalog.digest == team.catalog.digest:
        return []
    known = {**team.catalog.skills, **team.catalog.renamed}
    gone = sum(skill not in known for skill in before.skills)
    words = [f"the baseline is of catalog {before.catalog.name} {before.catalog.version}, worded otherwise"]
    words += [f"not compared: {gone} gone and {new} new since"] if gone or new else []
    return words
