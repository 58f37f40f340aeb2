"""Three things for Monday: one to hand out, one to learn, one to secure; each under an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.report.model import Report

Task = tuple[str, str, str]
"""What kind of thing it is, the minutes it takes, and what to do."""


def monday(report: Report) -> tuple[Task, ...]:
    """The tasks there is reason for, in the order above; each names who is involved and what it leaves."""
    return (*_outsource(report), *_learn(report), *_secure(report))


def _outsource(report: Report) -> Iterator[Task]:
    handed_out = [line for line in report.judged if line.verdict and line.verdict.action.startswith("outsource")]
    if not handed_out:
        return
    line = max(handed_out, key=lambda x: (x.facts is not None and x.facts.urgent, x.weight * (1 + x.gap)))
    judged_by = (
        f"; {words.judge(line.around)} reads the reply"
        if line.verdict and line.verdict.action == "outsource-both"
        else ""
    )
    yield (
        "Outsource",
        "30 min",
        f"fill in the brief for {line.skill.name} (gapcheck catalog show {line.id}) "
        f"and send it to {words.whom(line.around)}{judged_by}",
    )


def _learn(report: Report) -> Iterator[Task]:
    """The goal with the shortest first step: most of it can be done in the time."""
    started = [(report.line(goal.skill).skill, goal.start) for goal in report.plan.goals]
    steps = [(skill, next((s for s in skill.learn if s.to > start), None)) for skill, start in started]
    if not steps:
        return
    skill, step = min(steps, key=lambda pair: pair[1].hours if pair[1] else 0)
    if step is None:
        yield (
            "Learn",
            "45 min",
            f"{skill.name}: write down what good work in it looks like, with an example of ours",
        )
        return
    leaves = f" Leaves: {step.produce}" if step.produce else ""
    yield "Learn", "45 min", f"{skill.name}, a first part of {words.hours(step.hours)}: {step.do}{leaves}"


def _secure(report: Report) -> Iterator[Task]:
    who = report.colleagues[0] if report.colleagues else "a colleague"
    if report.away.lines:
        line = max(report.away.lines, key=lambda x: (len(report.catalog.touchpoints_taking(x.id)), x.weight))
        points = report.catalog.touchpoints_taking(line.id)
        where = f" ({points[0]})" if points else ""
        yield (
            "Secure",
            "20 min",
            f"show {who} how you do {line.skill.name}{where}, leave the steps in writing; the next one is theirs",
        )
        return
    risky = [x for x in report.judged if x.skill.risk and x.level is not None and x.level < 2]
    if risky:
        line = max(risky, key=lambda x: x.weight)
        yield (
            "Secure",
            "20 min",
            f"{line.skill.name} carries a {line.skill.risk} risk: agree with {words.judge(line.around)} "
            "that nothing goes out unsigned",
        )
