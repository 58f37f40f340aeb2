"""Why one verdict is what it is: the rule, what it read, the next in line, what would flip it, the arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.advice import NOT_URGENT, Facts, decide, flips, matching
from gapcheck.core.cover import CARRIES
from gapcheck.core.make_or_buy import Learning, break_even
from gapcheck.core.plan import hours_between
from gapcheck.core.report import words
from gapcheck.core.report.believed import fits
from gapcheck.core.report.blocks import Block, Heading, Table, Text
from gapcheck.core.scoring import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.advice import Verdict
    from gapcheck.core.make_or_buy import Cost
    from gapcheck.core.report.model import Line, Report


def explain(report: Report, skill: str, cost: Cost | None = None) -> tuple[Block, ...]:
    """The story of one skill; with `cost`, whether learning it would pay for itself.

    Raises StopIteration for a skill that is not in the catalog.
    """
    line = report.line(skill)
    stage = report.catalog.stages[line.stage]
    return (
        Heading(1, line.skill.name, stage.name),
        *((Text(line.skill.what),) if line.skill.what else ()),
        Table((), tuple(_standing(report, line))),
        *_verdict(report, line, cost),
        *_arithmetic(report, line),
    )


def _standing(report: Report, line: Line) -> Iterator[tuple[str, str]]:
    if line.level is None:
        yield "You", "not answered yet" if line.rating is None else "not applicable"
    else:
        claimed = "" if line.rating == line.level else f" (claimed: {words.rated(line.rating)})"
        yield (
            "You",
            f"{words.level(line.level)}, {percent(line.level)}%{claimed}. {line.skill.anchor(line.level)}",
        )
        if report.belief and line.id in report.belief.ranges:
            yield "Shown", f"Ratings and checks together fit {fits(report.belief.ranges[line.id])}"
        if line.level < 5:
            yield "Next level", f"{words.level(line.level + 1)}. {line.skill.anchor(line.level + 1)}"
    why = f". {line.target_why}" if line.target_why else ""
    yield "Needed", f"{words.target(line.target)} for a {words.mid(report.role)}{why}"
    if line.level is not None:
        standard = report.rubric.policy.target
        yield (
            "Gap",
            f"{percent(line.gap)} points to {percent(standard)}%; "
            f"{words.counted(line.gap_to_target, 'level')} to what the role needs",
        )
    for label, names in (
        ("Serves", report.catalog.touchpoints_taking(line.id)),
        ("Moves", report.catalog.metrics_moved_by(line.id)),
    ):
        if names:
            yield label, ", ".join(names)


def _verdict(report: Report, line: Line, cost: Cost | None) -> Iterator[Block]:
    if line.facts is None or line.verdict is None:
        if cost is not None:
            yield Text("Whether learning it would pay cannot be said without your level.")
        return
    rules = report.rubric.policy.rules
    number = next(n for n, rule in enumerate(rules, 1) if rule.id == line.verdict.rule)
    yield Heading(2, "Verdict", words.verdict(line.verdict, line.goal.to if line.goal else None))
    rows = [
        ("Rule", f"{line.verdict.rule}, number {number} of {len(rules)} in policy.yaml"),
        ("It read", " ".join(line.reasons.values())),
        ("Meanwhile", words.meanwhile(line.verdict, line.around, line.level or 0)),
        ("Plan", _planned(report, line)),
        ("Next in line", _next_in_line(report, line.facts)),
        *_with_and_without_urgency(report, line.facts),
        *(("Remark", remark) for remark in line.around.remarks),
        *([("Remark", make_or_buy(line, report.plan.hours_per_week, cost))] if cost is not None else []),
    ]
    yield Table((), tuple(row for row in rows if row[1]))
    yield Heading(2, "What would flip it")
    if changes := [*_flips(report, line.facts)]:
        yield Table((), tuple(changes))
    else:
        yield Text("No single change: level, target, hands and urgency leave the advice as it is.")


def make_or_buy(line: Line, weekly: float, cost: Cost) -> str:
    """In which month learning a skill pays for itself, at so many hours a week; it changes no verdict.

    The model stands in core/make_or_buy.py.
    """
    level = line.level or 0
    if line.skill.outsource == "none":
        return "Make or buy: it cannot be handed out, so there is nothing to compare."
    if level >= CARRIES:
        return "Make or buy: you are at 80% already, so nothing has to be learned first."
    hours = hours_between(line.skill, level, CARRIES)
    even = break_even(Learning(percent(level) / 100, hours, weekly), cost)
    told = f"Make or buy: {words.hours(hours)} to 80%, at {words.hours(weekly)} a week for nothing else"
    if even.sooner is None:
        paid = "do not pay for themselves within five years, even if a third fewer are enough"
    else:
        fewer, more = _in_month(even.sooner), _in_month(even.later)
        off = f"{fewer} if a third fewer are enough, {more} if a third more are needed"
        paid = f"pay for themselves {_in_month(even.month)} ({off})"
    return f"{told}, {paid}. No verdict reads this."


def _in_month(month: int | None) -> str:
    return "not within five years" if month is None else f"in month {month}"


def _planned(report: Report, line: Line) -> str:
    if line.goal:
        return f"{words.hours(line.goal.hours)} of {words.hours(report.plan.planned)} planned, to level {line.goal.to}"
    for left in report.plan.left_out:
        if left.goal.skill == line.id:
            fits = f"fits at {words.hours(left.fits_at)} a week" if left.fits_at else "waits for others"
            return f"no room for its {words.hours(left.goal.hours)}; {fits}"
    return ""


def _next_in_line(report: Report, facts: Facts) -> str:
    following = [*matching(report.rubric.policy.rules, facts)][1:2]
    return "".join(_ruled(verdict) for verdict in following)


def _with_and_without_urgency(report: Report, facts: Facts) -> Iterator[tuple[str, str]]:
    """Of what is urgent both verdicts."""
    if facts.urgent:
        yield "With urgency", _ruled(decide(report.rubric.policy.rules, facts))
        yield "Without it", _not_urgent(report, facts)


def _not_urgent(report: Report, facts: Facts) -> str:
    """What would be ruled without urgency: the plan might then have hours for it, or not, so both where they differ."""
    fits, does_not = _either_way(report, facts)
    if fits.advice == does_not.advice:
        return _ruled(does_not)
    return f"{_ruled(fits)} if it fits into the hours, else {_ruled(does_not)}"


def _either_way(report: Report, facts: Facts) -> tuple[Verdict, Verdict]:
    rules, calm = report.rubric.policy.rules, replace(facts, urgent=False)
    return decide(rules, replace(calm, fits=True)), decide(rules, replace(calm, fits=False))


def _flips(report: Report, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each single change that gives other advice; without urgency there may be hours for it or not, so both count."""
    rules = report.rubric.policy.rules
    for what, verdict in flips(rules, facts):
        if what != NOT_URGENT:
            yield f"If {what}", _ruled(verdict)
    now = decide(rules, facts).advice
    if facts.urgent and any(each.advice != now for each in _either_way(report, facts)):
        yield f"If {NOT_URGENT}", _not_urgent(report, facts)


def _ruled(given: Verdict) -> str:
    return f"{words.verdict(given)} ({given.rule})"


def _arithmetic(report: Report, line: Line) -> Iterator[Block]:
    """Each skill of the stage with its weight and points, and the division that makes the figure."""
    stage = next((stage for stage in report.stages if stage.id == line.stage), None)
    if stage is None or stage.figure.mean is None:
        return
    counted = [x for x in report.judged if x.stage == line.stage and x.level is not None]
    stage_weight = report.rubric.role.weights.get(line.stage, 1)
    yield Heading(2, f"The figure of {stage.name}", "importance x stage weight = weight; weight x percent = points")
    rows = [
        (
            x.skill.name,
            f"{x.skill.importance} x {stage_weight:g} = {x.weight:g}",
            f"{percent(x.level or 0)}%",
            f"{x.weight * percent(x.level or 0):g}",
        )
        for x in counted
    ]
    yield Table(("Skill", "Weight", "Percent", "Points"), tuple(rows))
    figure = stage.figure
    yield Text(f"{figure.points:g} points / {figure.weighed:g} = {figure.mean:.1f}%")
