"""Everything that is true of one person's sheet, worked out before a word is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gapcheck.core import scoring
from gapcheck.core.advice import Facts, Verdict, reasons
from gapcheck.core.cover import CARRIES, stops_without
from gapcheck.core.plan import Goal, Plan, make_plan

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.core.catalog import Catalog, Skill
    from gapcheck.core.people import People
    from gapcheck.core.report.believed import Belief
    from gapcheck.core.report.pressing import Pressed
    from gapcheck.core.rubric import Circumstances, Rubric
    from gapcheck.core.trend import Trend


@dataclass(frozen=True, slots=True)
class Line:
    """One skill of the report: the answer, the gaps in levels, the verdict and why.

    Of an open skill or one that is not applicable only the answer is known. `fits` says that the plan
    has hours for it, `learn_next` that it would be learned if there were more.
    """

    id: str
    skill: Skill
    stage: str
    rating: Rating | None
    level: int | None
    target: int
    target_why: str
    weight: float
    around: Circumstances
    gap: int = 0
    gap_to_target: int = 0
    verdict: Verdict | None = None
    facts: Facts | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    goal: Goal | None = None
    learn_next: bool = False

    @property
    def asked(self) -> bool:
        """Whether the role asks for this skill."""
        return self.target > 0


@dataclass(frozen=True, slots=True)
class StageFigure:
    """A stage, or several together, with its figure."""

    id: str
    name: str
    kind: str
    figure: scoring.Figure


@dataclass(frozen=True, slots=True)
class Away:
    """What hangs on this person alone: lines of skills nobody else carries, touchpoints that stop without them."""

    lines: tuple[Line, ...]
    touchpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One person's sheet, judged. `journey` is the figure over all stages but leadership.

    `belief` is what the checks show, where any were answered; `others` are sheets about the person by other raters;
    `overruled` counts the settled levels that a report by claims leaves aside; `trend` is what changed since an earlier
    sitting, where there was one; `pressed` is what the newest snapshot of the journey says, where there is one.
    """

    sheet: Sheet
    person: str
    colleagues: tuple[str, ...]
    role_id: str
    role: str
    as_of: dt.date
    catalog: Catalog
    rubric: Rubric
    lines: tuple[Line, ...]
    stages: tuple[StageFigure, ...]
    journey: StageFigure | None
    plan: Plan
    away: Away
    belief: Belief | None = None
    others: tuple[Sheet, ...] = ()
    overruled: int = 0
    trend: Trend | None = None
    pressed: Pressed | None = None

    @property
    def asked(self) -> tuple[Line, ...]:
        """Lines of the skills the role asks for."""
        return tuple(line for line in self.lines if line.asked)

    @property
    def judged(self) -> tuple[Line, ...]:
        """Lines of the skills asked for that have a level, hence a verdict that is more than "not yours"."""
        return tuple(line for line in self.asked if line.level is not None)

    @property
    def open(self) -> tuple[Line, ...]:
        """Lines of the skills asked for and not yet answered."""
        return tuple(line for line in self.asked if line.rating is None)

    def line(self, skill: str) -> Line:
        """The line of one skill. Raises StopIteration for a skill that is not in the catalog."""
        return next(line for line in self.lines if line.id == skill)


def build(
    catalog: Catalog,
    rubric: Rubric,
    sheet: Sheet,
    role_id: str,
    people: People,
    as_of: dt.date,
    others: tuple[Sheet, ...] = (),
) -> Report:
    """Judge one sheet under a compiled rubric, and plan what fits into the hours."""
    known = people.people.get(sheet.person)
    of_person = known.hours_per_week if known else None
    weekly = next(h for h in (sheet.hours_per_week, of_person, rubric.policy.hours_per_week) if h is not None)
    plan = make_plan(catalog, rubric, sheet, hours_per_week=weekly, weeks=rubric.policy.weeks)
    goals = {goal.skill: goal for goal in plan.goals}
    lines = tuple(_line(rubric, sheet, skill, goals.get(skill)) for skill in rubric.rows)
    return Report(
        sheet=sheet,
        person=known.name if known else sheet.person,
        colleagues=_colleagues(people, sheet.person),
        role_id=role_id,
        role=rubric.role.name,
        as_of=as_of,
        catalog=catalog,
        rubric=rubric,
        lines=lines,
        stages=_stages(catalog, lines),
        journey=_journey(catalog, lines),
        plan=plan,
        away=_away(catalog, lines),
        belief=_belief(catalog, rubric, sheet),
        others=others,
    )


def _belief(catalog: Catalog, rubric: Rubric, sheet: Sheet) -> Belief | None:
    """What the checks show; the model behind it is imported where there is one."""
    if not sheet.checks:
        return None
    from gapcheck.core.report.believed import belief_of

    return belief_of(catalog, sheet, {skill: row.target for skill, row in rubric.rows.items() if row.target})


def _line(rubric: Rubric, sheet: Sheet, skill: str, goal: Goal | None) -> Line:
    row, level = rubric.rows[skill], sheet.settled_level(skill)
    line = Line(
        id=skill,
        skill=row.skill,
        stage=row.stage,
        rating=sheet.rating(skill),
        level=level,
        target=row.target,
        target_why=rubric.role.reason_for(skill),
        weight=row.weight,
        around=row.circumstances,
    )
    return line if level is None else _judged(line, rubric, level, goal)


def _judged(line: Line, rubric: Rubric, level: int, goal: Goal | None) -> Line:
    would_learn = rubric.result(line.id, level, fits=True).verdict.action == "learn"
    fits = would_learn and goal is not None
    result = rubric.result(line.id, level, fits=fits)
    facts = rubric.rows[line.id].facts(level, fits=fits)
    rule = next(rule for rule in rubric.policy.rules if rule.id == result.verdict.rule)
    return replace(
        line,
        gap=result.gap,
        gap_to_target=result.gap_to_target,
        verdict=result.verdict,
        facts=facts,
        reasons=reasons(rule, facts, line.skill.risk, line.around.because),
        goal=goal,
        learn_next=would_learn and goal is None,
    )


def scored(line: Line) -> scoring.Scored:
    """A line as the arithmetic sees it."""
    return scoring.Scored(line.id, line.rating, line.level, line.weight)


def _stages(catalog: Catalog, lines: tuple[Line, ...]) -> tuple[StageFigure, ...]:
    asked = {key: [scored(line) for line in lines if line.stage == key and line.asked] for key in catalog.stages}
    return tuple(
        StageFigure(key, stage.name, stage.kind, scoring.figure(asked[key]))
        for key, stage in catalog.stages.items()
        if asked[key]
    )


def _journey(catalog: Catalog, lines: tuple[Line, ...]) -> StageFigure | None:
    """All stages but leadership together; None where that is the same as a single stage, or nothing."""
    names = [key for key, stage in catalog.stages.items() if stage.kind != "leadership"]
    asked = [line for line in lines if line.stage in names and line.asked]
    if len({line.stage for line in asked}) < 2:
        return None
    return StageFigure("journey", "Whole journey", "journey", scoring.figure([scored(a) for a in asked]))


def _away(catalog: Catalog, lines: tuple[Line, ...]) -> Away:
    alone = tuple(
        line for line in lines if line.level is not None and line.level >= CARRIES and line.around.hands != "colleague"
    )
    points = stops_without(catalog, {line.id for line in alone})
    return Away(alone, tuple(point.name for point in points))


def _colleagues(people: People, person: str) -> tuple[str, ...]:
    """Names of the others on the team; those who share most groups with the person come first."""
    own = people.people.get(person)
    groups = set(own.groups.items()) if own else set()
    others = [(key, other) for key, other in people.people.items() if key != person]
    others.sort(key=lambda pair: (-len(groups & set(pair[1].groups.items())), pair[0]))
    return tuple(other.name for _, other in others)
