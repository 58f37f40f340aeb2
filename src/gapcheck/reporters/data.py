"""The report as JSON for programs: numbers unrounded, people by id, a format number that changes with the shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gapcheck.core.scoring import percent
from gapcheck.reporters.look import OBEYED

if TYPE_CHECKING:
    from gapcheck.core.advice import Verdict
    from gapcheck.core.plan import Goal
    from gapcheck.core.report.believed import Belief
    from gapcheck.core.report.model import Line, Report, StageFigure
    from gapcheck.core.team.trend import TeamTrend
    from gapcheck.core.trend import Shift, Trend
    from gapcheck.reporters.look import Look

FORMAT = "gapcheck-report/1"


def render(report: Report, look: Look) -> str:
    """The report as a JSON text; ASCII escapes where only ASCII gets through."""
    return as_text(as_data(report), look)


def as_text(data: dict[str, Any], look: Look) -> str:
    """Plain data as a JSON text.

    A build server obeys `##[` wherever it stands in a line. JSON has `#` in texts only, and may escape it.
    """
    text = json.dumps(data, indent=2, ensure_ascii=look.ascii)
    return OBEYED.sub(r"#\\u0023", text) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data. Levels are 0-5, percentages of level 5, gaps in levels, times in hours."""
    contents = report.catalog.contents
    return {
        "format": FORMAT,
        "person": report.sheet.person,
        "role": report.role_id,
        "date": report.sheet.date.isoformat(),
        "as_of": report.as_of.isoformat(),
        "catalog": {"name": contents.name, "version": contents.version, "digest": report.catalog.digest},
        "standard": {"level": report.rubric.policy.target, "percent": percent(report.rubric.policy.target)},
        "asked": len(report.asked),
        "open": [line.id for line in report.open],
        "stages": [_stage(stage) for stage in report.stages],
        "journey": _stage(report.journey) if report.journey else None,
        "skills": [_line(line, report.belief) for line in report.lines],
        "checks": _checks(report.belief),
        "plan": {
            "hours_per_week": report.plan.hours_per_week,
            "weeks": report.plan.weeks,
            "hours": report.plan.budget,
            "planned": report.plan.planned,
            "goals": [_goal(goal) for goal in report.plan.goals],
            "left_out": [{**_goal(left.goal), "fits_at": left.fits_at} for left in report.plan.left_out],
        },
        "if_away": {"skills": [line.id for line in report.away.lines], "touchpoints": list(report.away.touchpoints)},
        **({"trend": _trend(report.trend)} if report.trend else {}),
    }


def _stage(stage: StageFigure) -> dict[str, Any]:
    figure = stage.figure
    return {
        "id": stage.id,
        "percent": figure.mean,
        "lowest": figure.lowest,
        "lowest_level": figure.lowest_level,
        "asked": figure.asked,
        "counted": figure.counted,
        "unknown": figure.unknown,
        "not_applicable": figure.not_applicable,
        "open": figure.open,
    }


def _checks(belief: Belief | None) -> dict[str, Any] | None:
    """What the checks show; None where none was answered."""
    if belief is None:
        return None
    of, at = belief.against, belief.at_target
    return {
        "answered": belief.answered,
        "against_claims": {"right": of.right, "answered": of.answered, "expected": of.expected} if of else None,
        "at_target": {"mean": at.mean, "low": at.low, "high": at.high},
        "check_these": [{"skill": doubt.skill, "way": doubt.way} for doubt in belief.doubts],
    }


def _line(line: Line, belief: Belief | None) -> dict[str, Any]:
    judged = line.level is not None
    spread = belief.ranges.get(line.id) if belief else None
    return {
        "id": line.id,
        "stage": line.stage,
        "rating": line.rating,
        "level": line.level,
        "shown": {"low": spread.low, "high": spread.high, "mass": spread.mass} if spread else None,
        "percent": percent(line.level) if line.level is not None else None,
        "target": line.target,
        "weight": line.weight,
        "gap": line.gap if judged else None,
        "gap_to_target": line.gap_to_target if judged else None,
        "hands": line.around.hands,
        "short": line.around.short,
        "urgent": line.around.urgent,
        "urgent_because": line.around.because or None,
        "verdict": _verdict(line.verdict) if line.verdict else None,
        "learn_next": line.learn_next,
        "reasons": list(line.reasons.values()),
    }


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "since": trend.since.isoformat(),
        "sittings": [day.isoformat() for day in trend.days],
        "other_roles": [{"date": day.isoformat(), "role": role} for day, role in trend.other_roles],
        "catalog_then": trend.version,
        "skills": [
            {
                "id": move.skill,
                "kind": move.kind,
                "then": move.then,
                "now": move.now,
                "settled": {"then": move.settled[0], "now": move.settled[1]},
                "unknown": {"then": move.unknown[0], "now": move.unknown[1]},
                "asked_again": move.again,
                "levels": list(move.history),
            }
            for move in trend.moves
        ],
        "stages": [_shift(shift) for shift in trend.stages],
        "journey": _shift(trend.journey) if trend.journey else None,
        "stale": list(trend.stale),
        "gone_from_catalog": list(trend.gone),
        "plan": [
            {"skill": goal.skill, "from": goal.start, "to": goal.to, "then": goal.then, "now": goal.now}
            | {"asked_again": goal.again, "reached": goal.is_reached}
            for goal in trend.goals
        ],
    }


def team_trend(trend: TeamTrend) -> dict[str, Any]:
    """What changed in a team as plain data: people by id, pairs as then and now."""
    return {
        "since": trend.since.isoformat(),
        "people": {"then": trend.people[0], "now": trend.people[1], "compared": trend.compared},
        "no_sheet_then": list(trend.joined),
        "left": list(trend.left),
        "skills": [
            {
                "id": each.skill,
                "holding": {"then": each.holding[0], "now": each.holding[1]},
                "carrying": {"then": each.carrying[0], "now": each.carrying[1]},
            }
            for each in trend.covers
        ],
        "nobody_carries_any_more": [each.skill for each in trend.lost],
        "reworded": list(trend.reworded),
        "stages": [_shift(shift) for shift in trend.stages],
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "id": shift.stage,
        "then": shift.then,
        "now": shift.now,
        "compared": shift.compared,
        "asked": shift.asked,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "action": verdict.action,
        "to": verdict.to,
        "meanwhile": verdict.meanwhile,
        "rule": verdict.rule,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "skill": goal.skill,
        "from": goal.start,
        "to": goal.to,
        "hours": goal.hours,
        "because": goal.because,
    }
