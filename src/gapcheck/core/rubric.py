"""The rubric: every verdict there can be, compiled once, so that a person is only looked up in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core import scoring
from gapcheck.core.advice import Facts, Verdict, decide
from gapcheck.core.cover import is_short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog, Role, Skill
    from gapcheck.core.people import People
    from gapcheck.core.policy import Hands, Policy


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds one skill: whom work can go to (by name where known), cover, urgency, remarks.

    Remarks are printed with a verdict and never change it.
    """

    hands: Hands = "none"
    names: tuple[str, ...] = ()
    short: bool = True
    urgent: bool = False
    remarks: tuple[str, ...] = ()


Situation = dict[str, Circumstances]
"""Circumstances by skill id. Cover, the journey and the user are the only doors for them."""


def situation(catalog: Catalog, policy: Policy, sheet: Sheet, people: People, urgent: frozenset[str]) -> Situation:
    """The circumstances of one person alone with their sheet.

    `hands_for` wins over `hands`; a supplier named in people.yaml counts where `hands` says none.
    """

    def of(skill: str) -> Circumstances:
        names = people.suppliers_of(skill)
        hands = sheet.hands_for.get(skill, sheet.hands)
        if hands == "none" and names and skill not in sheet.hands_for:
            hands = "supplier"
        return Circumstances(
            hands=hands,
            names=names if hands == "supplier" else (),
            short=is_short(int(hands == "colleague"), policy.cover.carry),
            urgent=skill in urgent,
        )

    return {skill: of(skill) for skill in catalog.skills}


@dataclass(frozen=True, slots=True)
class Result:
    """One settled level looked up: percent, gaps in levels, and the verdict."""

    level: int
    percent: int
    gap: int
    gap_to_target: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One skill of the rubric: what the role needs, what it weighs, and a verdict per level and `fits`."""

    skill: Skill
    stage: str
    target: int
    weight: float
    circumstances: Circumstances
    verdicts: Mapping[tuple[int, bool], Verdict] = field(repr=False)

    def facts(self, level: int, *, fits: bool) -> Facts:
        """The facts a verdict on this skill reads at a level."""
        return facts_of(self.skill, self.target, self.circumstances, level, fits=fits)


def facts_of(skill: Skill, target: int, around: Circumstances, level: int, *, fits: bool) -> Facts:
    """Everything `decide` may read about one skill."""
    return Facts(
        level=level,
        target=target,
        outsource=skill.outsource,
        importance=skill.importance,
        risk=skill.risk is not None,
        hands=around.hands,
        short=around.short,
        urgent=around.urgent,
        fits=fits,
    )


@dataclass(frozen=True, slots=True)
class Rubric:
    """Verdicts for every skill, level and `fits` under one catalog, policy, role and situation."""

    policy: Policy
    role: Role
    rows: dict[str, Row]

    @classmethod
    def compile(cls, catalog: Catalog, policy: Policy, role: Role, around: Situation) -> Rubric:
        """Call `decide` for six levels x fits yes or no, per skill."""
        rows = {}
        for key, skill in catalog.skills.items():
            target, circumstances = role.target_of(key), around[key]
            rows[key] = Row(
                skill=skill,
                stage=catalog.stage_of[key],
                target=target,
                weight=skill.importance * role.weights.get(catalog.stage_of[key], 1),
                circumstances=circumstances,
                verdicts={
                    (level, fits): decide(policy.rules, facts_of(skill, target, circumstances, level, fits=fits))
                    for level in range(6)
                    for fits in (False, True)
                },
            )
        return cls(policy, role, rows)

    def result(self, skill: str, level: int, *, fits: bool) -> Result:
        """Look one settled level up."""
        row = self.rows[skill]
        return Result(
            level=level,
            percent=scoring.percent(level),
            gap=scoring.gap(level, self.policy.target),
            gap_to_target=scoring.gap(level, row.target),
            verdict=row.verdicts[level, fits],
        )
