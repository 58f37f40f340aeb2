"""The report on a team as JSON for programs: figures unrounded, people by id. The matrix has a table of its own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gapcheck.core.scoring import percent
from gapcheck.reporters import data

if TYPE_CHECKING:
    from gapcheck.core.report.team import TeamReport
    from gapcheck.core.team import Cover, Silos
    from gapcheck.reporters.look import Look

FORMAT = "gapcheck-team/1"


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
