"""The report on a team, and its plan, as JSON for programs: figures unrounded, people by id.

The matrix has a table of its own.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gapcheck.core.scoring import percent
from gapcheck.reporters import BLOCKS, data

if TYPE_CHECKING:
    from gapcheck.core.report.learning import TeamPlan
    from gapcheck.core.report.team import TeamReport
    from gapcheck.core.team import Cover, Silos
    from gapcheck.reporters.look import Look

FORMAT = "gapcheck-team/1"
PLAN_FORMAT = "gapcheck-team-plan/1"
GOALS = ("missing", "hours", "without_mentor", "without_interest", "lot")
"""What a plan makes least, one after another."""


def render(report: TeamReport, look: Look) -> str:
    """The report as a JSON text; ASCII escapes where only ASCII gets through."""
    return data.as_text(as_data(report), look)


def as_data(report: TeamReport) -> dict[str, Any]:
    """The report as plain data. Levels are 0-5, percentages of level 5, shares 0-1."""
    team = report.team
    contents, target = team.catalog.contents, team.policy.target
    return {
        "format": FORMAT,
        "as_of": report.as_of.isoformat(),
        "catalog": {"name": contents.name, "version": contents.version, "digest": team.catalog.digest},
        "standard": {"level": target, "percent": percent(target)},
        "people": [member.person for member in team.members],
        "missing": list(report.missing),
        "left_out": list(report.left_out),
        "skills": [_cover(each, report.verdicts[each.skill]) for each in report.cover],
        "if_away": [asdict(absence) for absence in report.absences],
        "stages": [asdict(figure) for figure in report.stages],
        "groups": {kind: [asdict(figure) for figure in found] for kind, found in report.groups.items()},
        "silos": [_silos(silos) for silos in report.silos],
    }


def _cover(each: Cover, verdicts: dict[str, int]) -> dict[str, Any]:
    return {
        "id": each.skill,
        "need": {"hold": each.need.hold, "carry": each.need.carry},
        "judging": each.judging,
        "holding": each.holding,
        "carrying": each.carrying,
        "is_held": each.is_held,
        "is_carried": each.is_carried,
        "carriers": list(each.carriers),
        "suppliers": list(each.suppliers),
        "verdicts": verdicts,
    }


def _silos(silos: Silos) -> dict[str, Any]:
    return {
        "kind": silos.kind,
        "share_in_one_only": silos.index,
        "only_in": {group: list(skills) for group, skills in silos.only_in.items()},
        "shared": [{"groups": [one, other], "share": share} for one, other, share in silos.shared],
        "bridges": [{"person": person, "skills": number} for person, number in silos.bridges],
    }


def render_plan(plan: TeamPlan, name: str, look: Look, *, names: bool) -> str:
    """A team's plan in a format."""
    if name == "json":
        return data.as_text(plan_as_data(plan), look)
    from gapcheck.core.report.learning import tell_plan

    return BLOCKS[name](tell_plan(plan, names=names), look)


def plan_as_data(plan: TeamPlan) -> dict[str, Any]:
    """A team's plan as plain data: hours whole, levels 0-5; a goal is proved where value and bound are equal.

    What is missing counts people, each with the importance of the skill.
    """
    contents = plan.team.catalog.contents
    return {
        "format": PLAN_FORMAT,
        "as_of": plan.as_of.isoformat(),
        "catalog": {"name": contents.name, "version": contents.version, "digest": plan.team.catalog.digest},
        "weeks": plan.weeks,
        "stopped": plan.solved.stopped,
        "goals": [
            {"goal": goal, "value": each.value, "bound": each.bound}
            for goal, each in zip(GOALS, plan.solved.reached, strict=False)
            if goal != "without_interest"
        ],
        "hours": plan.hours,
        "lessons": [
            {
                "person": lesson.person,
                "skill": lesson.skill,
                "from": lesson.start,
                "to": lesson.to,
                "hours": lesson.hours,
                "mentor": plan.mentor(lesson),
                "needed_first": not lesson.is_for_cover,
            }
            for lesson in plan.lessons
        ],
        "people": [
            {"person": person, "hours": plan.taken(person), "has": has} for person, has in plan.learning.hours.items()
        ],
        "short": [asdict(short) for short in plan.short],
        "left_out": list(plan.left_out),
    }
