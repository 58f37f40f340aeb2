"""The story of a report: the first screen, then the detail. Whatever has no data yet is absent, not empty."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Bar, Bars, Block, Heading, Note, Table, Text
from gapcheck.core.report.monday import monday
from gapcheck.core.report.raters import side_by_side
from gapcheck.core.report.trend import in_a_line, since_then
from gapcheck.core.scoring import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapcheck.core.plan import LeftOut
    from gapcheck.core.report.model import Line, Report, StageFigure

SMALL_PRINT = (
    "Ratings are your own claims, for your own planning. Not validated for, and not to be used in, hiring, "
    "pay, promotion, dismissal or ranking."
)


def story(report: Report) -> tuple[Block, ...]:
    """First screen and detail, in the order they are read."""
    return (*first_screen(report), *detail(report))


def first_screen(report: Report) -> Iterator[Block]:
    """Where one stands, what hurts, six months, what hangs on one person, and Monday."""
    yield Heading(1, f"{report.person}, {words.mid(report.role)}", words.day(report.sheet.date))
    yield Text(_scope(report))
    if not report.judged:
        yield Text("Nothing to judge yet: no skill has a level.")
        return
    yield Text(_standing(report))
    yield Text(_tested(report))
    if changed := in_a_line(report):
        yield Text(changed)
    yield from _hurts(report)
    yield from _pressed(report)
    yield from _months(report)
    yield from _if_away(report)
    yield from _on_monday(report)
    yield from _unsure(report)


def _unsure(report: Report) -> Iterator[Block]:
    """The skill that a check settles first; the model behind it is imported where checks were answered."""
    if report.belief is None:
        return
    from gapcheck.core.report.believed import least_sure

    if unsure := least_sure(report):
        yield Text(unsure)


def _believed(report: Report) -> Iterator[Block]:
    if report.belief is None:
        return
    from gapcheck.core.report.believed import claimed_and_shown

    yield from claimed_and_shown(report)


def _scope(report: Report) -> str:
    others = len(report.lines) - len(report.asked)
    parts = [f"{words.counted(len(report.asked), 'skill')} asked"]
    if others:
        parts.append(f"{others} not your role")
    if report.open:
        parts.append(f"{len(report.open)} still open (gapcheck assess goes on from there)")
    return ", ".join(parts)


def _standing(report: Report) -> str:
    levels = [line.level for line in report.judged if line.level is not None]
    carry, hold = sum(x >= 4 for x in levels), levels.count(3)
    return f"Carry {carry}, with help {hold}, can judge {levels.count(2)}, in the dark {sum(x <= 1 for x in levels)}"


def _tested(report: Report) -> str:
    tested = {line.id for line in report.judged if report.sheet.checks.get(line.id)}
    settled = {line.id for line in report.judged if line.id in report.sheet.settled}
    if not tested:
        return "All of these are claims; none has been checked."
    came_out = _came_out(report, len(settled), len(settled - tested))
    rest = len(report.judged) - len(tested | settled)
    claims = f" The other {rest} are claims." if rest else ""
    return f"{len(tested)} of {len(report.judged)} tested; {came_out}.{claims}"


def _came_out(report: Report, settled: int, unchecked: int) -> str:
    """What the checks did to the ratings; those never checked themselves follow from the other answers."""
    if report.overruled:
        count = words.counted(report.overruled, "rating")
        return f"by what you claimed: {count} would count otherwise (--basis settled)"
    if not settled:
        return "every claim stands"
    follow = f", {unchecked} of them by the other answers" if unchecked else ""
    return f"{words.counted(settled, 'rating')} came out differently{follow}"


def _hurts(report: Report) -> Iterator[Block]:
    urgent = [line for line in report.judged if line.around.urgent]
    if urgent:
        yield Heading(2, "Hurts now", _by_whom(report, urgent))
        yield Table(
            (),
            tuple((line.skill.name, f"you {line.level}, {_others(line)}: {_advice(line)}") for line in urgent),
        )


def _by_whom(report: Report, urgent: list[Line]) -> str:
    """Who says that it hurts: you, the journey's figures, or both."""
    by_figures = report.pressed.urgent if report.pressed else {}
    named = [line for line in urgent if line.around.because != by_figures.get(line.id)]
    shown = [line for line in urgent if line.id in by_figures]
    parts = [*(["named by you"] if named else []), *(["shown by the journey's figures"] if shown else [])]
    return ", or ".join(parts)


def _pressed(report: Report) -> Iterator[Block]:
    """What hurts on the journey, in three lines at most; nothing where no snapshot was ever recorded."""
    if report.pressed is None:
        return
    yield Heading(2, "On the journey", f"as of {words.day(report.pressed.day)}")
    yield Table((), tuple((str(n), sentence) for n, sentence in enumerate(report.pressed.sentences, 1)))


def _others(line: Line) -> str:
    return "a colleague carries it" if line.around.hands == "colleague" else "nobody else carries it"


def _advice(line: Line) -> str:
    if line.verdict is None:
        return ""
    to = line.goal.to if line.goal else None
    told = words.verdict(line.verdict, to)
    rest = words.meanwhile(line.verdict, line.around, line.level or 0)
    return "; ".join(part for part in (told, rest) if part)


def _months(report: Report) -> Iterator[Block]:
    plan = report.plan
    yield Heading(
        2,
        "Six months" if plan.weeks == 26 else f"{plan.weeks} weeks",
        f"{words.hours(plan.hours_per_week)} a week is {words.hours(plan.budget)}, {plan.planned} planned",
    )
    rows = (_do(report), _learn(report), _outsource(report), _leave(report), _no_room(report))
    yield Table((), tuple(row for row in rows if row[1]))


def _with(report: Report, wanted: Callable[[Line], bool]) -> list[Line]:
    return [line for line in report.judged if line.verdict and wanted(line)]


def _action(line: Line) -> str:
    return line.verdict.action if line.verdict else ""


def _do(report: Report) -> tuple[str, str]:
    done = _with(report, lambda line: _action(line) == "do")
    helped = sum(line.verdict is not None and line.verdict.meanwhile == "with-help" for line in done)
    told = f"{len(done)}, of them {helped} with a template or a colleague's check" if helped else f"{len(done)}"
    return "Do", told if done else ""


def _learn(report: Report) -> tuple[str, str]:
    def named(because: str) -> str:
        goals = [goal for goal in report.plan.goals if goal.because == because]
        return ", ".join(f"{report.line(g.skill).skill.name} {words.hours(g.hours)}" for g in goals)

    parts = [named("target")]
    for because, label in (("judge", "to judging only"), ("needed", "needed first")):
        if names := named(because):
            parts.append(f"{label}: {names}")
    return "Learn", "; ".join(part for part in parts if part)


def _outsource(report: Report) -> tuple[str, str]:
    made = [line.skill.name for line in _with(report, lambda x: _action(x) == "outsource-execution")]
    whole = [line.skill.name for line in _with(report, lambda x: _action(x) == "outsource-both")]
    parts = [
        f"{label} of {words.listed(names, 3)}"
        for label, names in (("execution", made), ("conception and execution", whole))
        if names
    ]
    return "Outsource", f"{len(made) + len(whole)}: {'; '.join(parts)}" if parts else ""


def _leave(report: Report) -> tuple[str, str]:
    left = [line.skill.name for line in _with(report, lambda line: _action(line) == "leave")]
    until = words.month(report.as_of + dt.timedelta(weeks=report.plan.weeks))
    return "Leave", f"{len(left)} until {until}: {words.listed(left)}" if left else ""


def _no_room(report: Report) -> tuple[str, str]:
    told = [f"{_left_out_name(report, left)}. {_fits(left)}" for left in report.plan.left_out[:1]]
    rest = len(report.plan.left_out) - 1
    more = f" {words.counted(rest, 'other')} waiting." if rest > 0 else ""
    return "No room", "".join(told) + more if told else ""


def _left_out_name(report: Report, left: LeftOut) -> str:
    return f"{report.line(left.goal.skill).skill.name}, {words.hours(left.goal.hours)}"


def _fits(left: LeftOut) -> str:
    if left.fits_at is None:
        return "It waits for the skills above."
    return f"With {words.hours(left.fits_at)} a week it fits."


def _if_away(report: Report) -> Iterator[Block]:
    if not report.away.touchpoints:
        return
    stop = "stops" if len(report.away.touchpoints) == 1 else "stop"
    yield Heading(2, "If you are away")
    yield Text(
        f"{words.listed(report.away.touchpoints, 2)} {stop}: nobody else at 4 in "
        f"{words.listed([line.skill.name for line in report.away.lines], 3)}."
    )


def _on_monday(report: Report) -> Iterator[Block]:
    tasks = monday(report)
    if tasks:
        yield Heading(2, "On Monday")
        rows = ((f"{n} {kind}", f"{time}: {what}") for n, (kind, time, what) in enumerate(tasks, 1))
        yield Table((), tuple(rows))


def detail(report: Report) -> Iterator[Block]:
    """Figures per stage, every verdict with its reasons, the plan, and what was left out of both."""
    if report.judged:
        yield Heading(2, "Where you stand", f"percent of level 5, weighted; the standard is {_standard(report)}%")
        yield Bars(tuple(_bar(report, stage) for stage in _figures(report)), _standard(report))
    for stage in report.stages:
        lines = [line for line in report.judged if line.stage == stage.id]
        if lines:
            yield Heading(2, stage.name, _counts(stage))
            columns = ("Skill", "You", "Needs", f"Gap to {_standard(report)}%", "Verdict", "Why")
            yield Table(columns, tuple(_row(line) for line in lines))
    yield from since_then(report)
    yield from _plan(report)
    yield from _believed(report)
    yield from side_by_side(report.catalog, (report.sheet, *report.others), [line.id for line in report.asked])
    yield from _rest(report)
    yield Note(SMALL_PRINT)


def _standard(report: Report) -> int:
    return percent(report.rubric.policy.target)


def _figures(report: Report) -> tuple[StageFigure, ...]:
    return (*report.stages, *((report.journey,) if report.journey else ()))


def _bar(report: Report, stage: StageFigure) -> Bar:
    figure = stage.figure
    if figure.mean is None or figure.lowest is None or figure.lowest_level is None:
        return Bar(stage.name, None, "still open" if figure.open else "nothing of it applies")
    name = report.line(figure.lowest).skill.name
    return Bar(stage.name, figure.mean, f"lowest: {name} {percent(figure.lowest_level)}%")


def _counts(stage: StageFigure) -> str:
    figure = stage.figure
    parts = [f"{figure.counted} of {figure.asked} counted"]
    for number, label in (
        (figure.unknown, "unknown, counted as 0"),
        (figure.not_applicable, "not applicable"),
        (figure.open, "open"),
    ):
        if number:
            parts.append(f"{number} {label}")
    return ", ".join(parts)


def _row(line: Line) -> tuple[str, ...]:
    own = words.rated(line.rating)
    if line.rating != line.level:
        own = f"{own}, counts as {line.level}"
    gap = f"{percent(line.gap)} points" if line.gap else "none"
    learn_next = "; learn next" if line.learn_next else ""
    told = words.verdict(line.verdict, line.goal.to if line.goal else None) if line.verdict else ""
    return line.skill.name, own, str(line.target), gap, told + learn_next, _why(line)


def _why(line: Line) -> str:
    """What the verdict means, and the reasons that the columns beside it do not tell already."""
    if line.verdict is None:
        return ""
    told = {"level", "hands"} if line.verdict.action.startswith("outsource") else {"level"}
    read = (sentence for fact, sentence in line.reasons.items() if fact not in told)
    return words.sentences((words.meanwhile(line.verdict, line.around, line.level or 0), *read))


def _plan(report: Report) -> Iterator[Block]:
    if report.plan.goals:
        yield Heading(2, "What to learn", "in this order: what is needed comes first")
        columns = ("Skill", "From", "To", "Hours", "First step")
        rows = []
        for goal in report.plan.goals:
            skill = report.line(goal.skill).skill
            step = next((step.do for step in skill.learn if step.to > goal.start), "")
            rows.append((skill.name, str(goal.start), str(goal.to), str(goal.hours), step))
        yield Table(columns, tuple(rows))
    if report.plan.left_out:
        yield Heading(3, "No room for")
        yield Table(
            ("Skill", "Hours", "When"),
            tuple(
                (report.line(left.goal.skill).skill.name, str(left.goal.hours), _fits(left))
                for left in report.plan.left_out
            ),
        )


def _rest(report: Report) -> Iterator[Block]:
    groups = (
        ("Still open", [line.skill.name for line in report.open]),
        ("Not applicable", [x.skill.name for x in report.asked if x.rating is not None and x.level is None]),
        ("Not your role", [line.skill.name for line in report.lines if not line.asked]),
    )
    rows = tuple((label, ", ".join(names)) for label, names in groups if names)
    if rows:
        yield Heading(2, "Left out of the figures")
        yield Table((), rows)
