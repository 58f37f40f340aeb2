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
    """What surrounds one skill: whom work can go to (by name where known), cover, urgency and because of what, remarks.

    `because` and remarks are printed with a verdict and never change it.
    """

    hands: Hands = "none"
    names: tuple[str, ...] = ()
    short: bool = True
    urgent: bool = False
    because: str = ""
    remarks: tuple[str, ...] = ()


Situation = dict[str, Circumstances]
"""Circumstances by skill id. Cover, the journey and the user are the only doors for them."""

YOU_SAID = "you said so"
"""Because of what a skill is urgent that the user named."""


def circumstances(
    policy: Policy, people: People, skill: str, said: Said, others_at_4: int | None, because: str = ""
) -> Circumstances:
    """What surrounds one skill of one person: whom work can go to, and whether too few others carry it.

    `others_at_4` is how many colleagues carry the skill, None where no team is known. What the sheet says of this one
    skill wins; else a team's cover decides about colleagues; a supplier hired for it in people.yaml counts. It is
    urgent where there is something that it is urgent `because` of.
    """
    suppliers = people.suppliers_of(skill)
    hands = said.hands if said.of_this_skill else _hands(said.hands, others_at_4, hired=bool(suppliers))
    return Circumstances(
        hands=hands,
        names=suppliers if hands == "supplier" else (),
        short=is_short(int(hands == "colleague") if others_at_4 is None else others_at_4, policy.need_of(skill).carry),
        urgent=bool(because),
        because=because,
    )


def _hands(said: Hands, others_at_4: int | None, *, hired: bool) -> Hands:
    """Whom work can go to where nothing is said of this very skill."""
    if others_at_4:
        return "colleague"
    if others_at_4 is None:
        return "supplier" if said == "none" and hired else said
    return "supplier" if hired or said == "supplier" else "none"


@dataclass(frozen=True, slots=True)
class Said:
    """Whom work can go to by the person's own word, and whether that was said of this very skill."""

    hands: Hands
    of_this_skill: bool = False


def situation(
    catalog: Catalog,
    policy: Policy,
    sheet: Sheet,
    people: People,
    urgent: frozenset[str],
    others_at_4: Mapping[str, int] | None = None,
    pressing: Mapping[str, str] | None = None,
) -> Situation:
    """The circumstances of one person: alone with their sheet, or in a team of whom so many others carry each skill.

    `urgent` are the skills that the user named; `pressing` those that the journey's figures make urgent, and which
    figure that is.
    """
    shown = pressing or {}

    def of(skill: str) -> Circumstances:
        said = Said(sheet.hands_for.get(skill, sheet.hands), skill in sheet.hands_for)
        others = None if others_at_4 is None else others_at_4.get(skill, 0)
        because = "; ".join((*([YOU_SAID] if skill in urgent else []), *([shown[skill]] if skill in shown else [])))
        return circumstances(policy, people, skill, said, others, because)

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


def row_of(catalog: Catalog, policy: Policy, role: Role, skill: str, around: Circumstances) -> Row:
    """One skill's row: `decide` called for six levels x fits yes or no."""
    of, stage, target = catalog.skills[skill], catalog.stage_of[skill], role.target_of(skill)
    return Row(
        skill=of,
        stage=stage,
        target=target,
        weight=of.importance * role.weights.get(stage, 1),
        circumstances=around,
        verdicts={
            (level, fits): decide(policy.rules, facts_of(of, target, around, level, fits=fits))
            for level in range(6)
            for fits in (False, True)
        },
    )


@dataclass(frozen=True, slots=True)
class Rubric:
    """Verdicts for every skill, level and `fits` under one catalog, policy, role and situation."""

    policy: Policy
    role: Role
    rows: dict[str, Row]

    @classmethod
    def compile(cls, catalog: Catalog, policy: Policy, role: Role, around: Situation) -> Rubric:
        """One row a skill."""
        rows = {key: row_of(catalog, policy, role, key, around[key]) for key in catalog.skills}
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
