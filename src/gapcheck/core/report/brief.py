"""A brief to send to a specialist; and, below a line, what only its sender needs to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.cover import JUDGES
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.catalog import Catalog, Check, Metric, Skill
    from gapcheck.core.deliveries import Delivery
    from gapcheck.core.report.model import Line

LINE = "\N{EM DASH}" * 12 + " The mail ends here. What follows is for you alone."
"""Above it the mail, below it the notes."""

HOUR = 60
"""Minutes of the primer, at most."""

READING, LOOKING, CHECKING = 5, 10, 5
"""Minutes for the two levels, for good work, and for each check."""

LESSONS = 3
"""What was learned from so many deliveries is told again."""

MARKED = "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}{}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
"""How a blank looks: plain to see, and the same in Markdown as in a mail it is pasted into."""

DEEP = 3
"""Braces within braces that are looked into: to give somebody a choice takes two."""

_CASES = "Decide each case below before you read its answer. As a check in a sitting it shows nothing any more."
_BRACES = re.compile(r"\{([^{}\n]+)\}")
_PRODUCT, _FIGURE, _BUDGET, _DATE, _CONTACT = "our product", "current figure", "budget", "date", "contact"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the mail: its heading and its rows."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


def brief(
    catalog: Catalog, key: str, line: Line | None, past: Sequence[Delivery] = (), *, primer: bool = False
) -> tuple[Block, ...]:
    """The mail, a line, the notes. Without `line` nobody's level is known: no verdict, and a primer if asked for.

    `past` are the skill's deliveries, the earliest first. Raises KeyError for an unknown skill.
    """
    skill = catalog.skills[key]
    below = line is not None and line.level is not None and line.level < JUDGES
    parts = [part for part in _parts(catalog, key, skill) if part.rows]
    return (
        Heading(1, f"Brief: {skill.name}"),
        Note(_to_fill_in(parts) + (" First take the hour below the line." if primer or below else "")),
        *(block for part in parts for block in (Heading(2, part.heading), Table((), _filled(part.rows)))),
        Note(LINE),
        Heading(2, "Notes for you"),
        *_notes(skill, line, past),
        *(_primer(skill) if primer or below else ()),
    )


def _to_fill_in(parts: Iterable[_Part]) -> str:
    """Every blank, once, in the order in which it stands in the mail."""
    blanks = (blank for part in parts for row in part.rows for cell in row for blank in _marked(cell)[1])
    named = ", ".join(dict.fromkeys(MARKED.format(blank) for blank in blanks))
    return f"Fill in before sending, and delete this line: {named}."


def _filled(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_marked(cell)[0] for cell in row) for row in rows)


def _marked(text: str) -> tuple[str, list[str]]:
    """A text with its braces marked as blanks, and what stands in them; from the inside where they are nested."""
    blanks = []
    for _ in range(DEEP):
        blanks += _BRACES.findall(text)
        text = _BRACES.sub(MARKED.format(r"\1"), text)
    return text, blanks


def _parts(catalog: Catalog, key: str, skill: Skill) -> Iterator[_Part]:
    """The mail. What stands in braces, here as in catalogs, only the sender knows."""
    said = skill.brief
    help_with = f"{words.mid(skill.name)} for {{{_PRODUCT}}}"
    asked = (
        ("We need", f"{help_with}. {skill.what}".strip()),
        ("Goal", said.goal),
        ("Audience", said.audience),
        ("Deliver", said.deliver),
        ("Constraints", said.constraints),
    )
    yield _Part("What we need", tuple(row for row in asked if row[1]))
    yield _Part("Good work, by which we accept it", tuple(_criteria(skill)))
    yield _Part("Where it serves our customers", tuple(_touchpoints(catalog, key)))
    yield _Part("Figures it should move", tuple(_metric(metric) for metric in _moved(catalog, key)))
    yield _Part("Please answer first", (("Questions", said.ask_first),) if said.ask_first else ())
    frame = (("Budget", f"{{{_BUDGET}}}"), ("Date", f"{{{_DATE}}}"), ("Contact", f"{{{_CONTACT}}}"))
    yield _Part("Money, date, contact", frame)


def _criteria(skill: Skill) -> Iterator[tuple[str, str]]:
    for number, point in enumerate(skill.good_work, 1):
        yield str(number), point
    if skill.brief.accept_when:
        yield "Accepted when", skill.brief.accept_when
    elif not skill.good_work:
        yield "Accepted when", "{what you will check}"


def _touchpoints(catalog: Catalog, key: str) -> Iterator[tuple[str, str]]:
    for stage in catalog.stages.values():
        names = [point.name for point in stage.touchpoints.values() if key in point.skills]
        if names:
            yield stage.name, words.listed(names, len(names))


def _moved(catalog: Catalog, key: str) -> Iterator[Metric]:
    return (metric for stage in catalog.stages.values() for metric in stage.metrics.values() if key in metric.moved_by)


def _metric(metric: Metric) -> tuple[str, str]:
    """How it is counted, which way is better, and where it stands: that only the sender knows."""
    formula = metric.formula or " / ".join(part for part in (metric.numerator, metric.denominator) if part)
    told = words.sentences((formula, f"{metric.better} is better"))
    return metric.name, f"{told} Today: {{{_FIGURE}}}."


def _notes(skill: Skill, line: Line | None, past: Sequence[Delivery]) -> Iterator[Block]:
    rows = [
        *(_standing(line) if line is not None else ()),
        ("Mind", "It cannot be handed out: others can help, and you decide." if skill.outsource == "none" else ""),
        ("Warning signs", skill.brief.warning_signs),
        *_last_time(past),
        ("Afterwards", "gapcheck review holds what comes back against the points above, and remembers it."),
    ]
    yield Table((), tuple(row for row in rows if row[1]))


def _standing(line: Line) -> Iterator[tuple[str, str]]:
    """Level, verdict, to whom, and who signs; of a skill that is open or not applicable there is only that."""
    if line.level is None or line.verdict is None:
        yield "You", "not answered yet" if line.rating is None else "not applicable"
        return
    yield "You", f"{words.level(line.level)}. {line.skill.anchor(line.level)}"
    told = words.verdict(line.verdict, line.goal.to if line.goal else None)
    yield "Verdict", words.sentences((told, words.meanwhile(line.verdict, line.around, line.level)))
    yield "Why now", words.sentences((line.around.because,)) if line.around.because else ""
    yield "Send it to", words.listed(line.around.names) if line.around.names else ""
    yield "Who signs", _signs(line, line.level)


def _signs(line: Line, level: int) -> str:
    """You judge from 2; below, a borrowed judge does, as in the report."""
    if level >= JUDGES:
        return "You do, since you can judge what comes back."
    return words.sentences((words.judge(line.around), "you cannot judge it yet"))


def _last_time(past: Sequence[Delivery]) -> Iterator[tuple[str, str]]:
    """What earlier deliveries taught, the latest first, and what the last one did not meet."""
    for delivery in [delivery for delivery in reversed(past) if delivery.learned][:LESSONS]:
        yield f"Learned {words.day(delivery.date)}", delivery.learned
    for finding in past[-1].criteria if past else ():
        if finding.judged != "met":
            yield "Not met last time", words.sentences((finding.criterion, finding.note))


def _primer(skill: Skill) -> Iterator[Block]:
    """An hour, at most, on the way to judging: what it is, what good looks like, tried on others' cases."""
    steps = list(_minutes(skill))
    total = sum(minutes for minutes, _ in steps)
    yield Heading(2, "First, before you send it", f"{total} minutes on telling good from bad")
    yield Table((), tuple((f"{minutes} min", what) for minutes, what in steps))
    yield Heading(3, "Where you are going")
    yield Table((), tuple((words.level(level), skill.anchor(level)) for level in (1, JUDGES)))
    for level, check in skill.checks.items():
        yield from _case(level, check)


def _minutes(skill: Skill) -> Iterator[tuple[int, str]]:
    yield READING, "Read the two levels below, and say aloud what you could not do yet."
    left = HOUR - READING
    if skill.good_work:
        yield LOOKING, "Hold one piece you have, or a competitor's, against the points of good work in the mail."
        left -= LOOKING
    if skill.checks:
        yield CHECKING * len(skill.checks), _CASES
        left -= CHECKING * len(skill.checks)
    step = next((step for step in skill.learn if step.to <= JUDGES), None)
    if step is not None:
        made = f"it leaves: {words.mid(step.produce)}" if step.produce else ""
        whole = f"all of it takes {words.hours(step.hours)}" if step.hours * HOUR > left else ""
        yield min(left, step.hours * HOUR), words.sentences((f"begin: {words.mid(step.do)}", made, whole))


def _case(level: str, check: Check) -> Iterator[Block]:
    """A check as a case to learn from: question, figures row by row, options, and last the answer with its reason."""
    yield Heading(3, f"A case for level {level}")
    yield Text(check.question)
    rows = (*_figures(check.table), *check.options.items(), ("Answer", f"{check.answer}. {check.why}"))
    yield Table((), tuple(rows))


def _figures(table: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, str]]:
    """Rows of a table with their columns' names: a mail has no room for columns. Nothing checks that they are even."""
    for first, *cells in filter(None, table[1:]):
        yield first, "; ".join(f"{name}: {cell}" for name, cell in zip(table[0][1:], cells, strict=False))
