"""The map told: stages with their touchpoints, the metrics with their latest figure, the skills with their cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.journey.flow import DAYS
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table
from gapcheck.core.report.journey import Holders
from gapcheck.core.report.pressing import amount, metric_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Metric, Stage, Touchpoint
    from gapcheck.core.journey.found import Figure
    from gapcheck.core.report.journey import JourneyReport

MOST_SKILLS = 3
"""Skills that nobody carries which are named by stage."""


def whole(report: JourneyReport) -> Iterator[Block]:
    """All of it, also the ids that a journey's map takes, where touchpoints lead and what small steps count there."""
    for key, stage in _mapped(report):
        yield Heading(2, stage.name, _reached(report, key))
        if stage.touchpoints:
            yield _in_full(report, stage.touchpoints)
        if stage.metrics:
            yield _metrics(report, stage.metrics, ids=True)
    yield from _legend(report)


def in_short(report: JourneyReport) -> Iterator[Block]:
    """What there are figures of, stage by stage; then a row for each stage, with what it has none of."""
    seen, known = _seen(report), _known(report)
    for key, stage in _mapped(report):
        points = [point for name, point in stage.touchpoints.items() if name in seen]
        metrics = {name: metric for name, metric in stage.metrics.items() if name in known}
        if points or metrics:
            yield Heading(2, stage.name, _reached(report, key))
        if points:
            rows = tuple((point.name, _covered(report, point.skills)) for point in points)
            yield Table(("Touchpoint", "Skills it takes"), rows)
        if metrics:
            yield _metrics(report, metrics)
    yield from _rest(report, seen, known)
    yield from _legend(report)


def _mapped(report: JourneyReport) -> Iterator[tuple[str, Stage]]:
    """Stages that have anything on the map."""
    return ((key, stage) for key, stage in report.catalog.stages.items() if stage.touchpoints or stage.metrics)


def _seen(report: JourneyReport) -> set[str]:
    """Touchpoints at which the files saw somebody."""
    steps = report.snapshot.next_steps if report.snapshot else ()
    return {each.source for each in steps} | {each.target for each in steps}


def _known(report: JourneyReport) -> dict[str, Figure]:
    """The latest figures by metric."""
    return {each.metric: each for each in report.snapshot.figures} if report.snapshot else {}


def _rest(report: JourneyReport, seen: set[str], known: dict[str, Figure]) -> Iterator[Block]:
    """What there is no figure of, by stage, with the skills there that nobody carries.

    Beside what is measured it is only counted; where nothing is, it is the map, and told by name.
    """
    measured = bool(known or seen)
    rows = []
    for _, stage in _mapped(report):
        points = [point for name, point in stage.touchpoints.items() if name not in seen]
        metrics = [metric for name, metric in stage.metrics.items() if name not in known]
        if points or metrics:
            skills = _skills(points, metrics)
            uncarried = (_uncarried(report, skills),) if report.team is not None else ()
            names = ([point.name for point in points], [metric.name for metric in metrics])
            told = map(str, map(len, (*names, skills))) if measured else map("; ".join, names)
            rows.append((stage.name, *told, *uncarried))
    if not rows:
        return
    yield Heading(2, "Not measured" if measured else "The map", "with all its skills: gapcheck journey show map")
    skills_taken = ("Skills they take",) if measured else ()
    uncarried = ("Of their skills nobody carries",) if report.team is not None else ()
    yield Table(("Stage", "Touchpoints", "Metrics", *skills_taken, *uncarried), tuple(rows))


def _skills(points: Iterable[Touchpoint], metrics: Iterable[Metric]) -> list[str]:
    """The skills that touchpoints take and metrics move by, each once."""
    named = [skill for point in points for skill in point.skills]
    named += [skill for metric in metrics for skill in metric.moved_by]
    return list(dict.fromkeys(named))


def _uncarried(report: JourneyReport, skills: Sequence[str]) -> str:
    team = report.team or {}
    missing = [report.catalog.skills[skill].name for skill in skills if not team.get(skill, Holders()).carry]
    return words.listed(missing, MOST_SKILLS) if missing else "none"


def _legend(report: JourneyReport) -> Iterator[Block]:
    if report.team is not None:
        yield Note("After a skill: people at 3 or above / at 4 or above, by the shared sheets.")


def _reached(report: JourneyReport, stage: str) -> str:
    panel = report.snapshot.panel if report.snapshot else ()
    reached = next((each for each in panel if each.stage == stage and not each.channel), None)
    return f"{reached.people:,} people, {reached.events:,} events" if reached else ""


def _in_full(report: JourneyReport, points: Mapping[str, Touchpoint]) -> Table:
    known = report.catalog.touchpoints
    rows = (
        (
            key,
            point.name,
            ", ".join(known[other].name for other in point.leads_to),
            "; ".join(f"{each}: {text}" for each, text in point.conversions.items()),
            _covered(report, point.skills),
        )
        for key, point in points.items()
    )
    return Table(("Id", "Touchpoint", "Leads to", "Small conversions", "Skills it takes"), tuple(rows))


def _metrics(report: JourneyReport, metrics: dict[str, Metric], *, ids: bool = False) -> Table:
    latest = _known(report)
    rows = []
    for key, metric in metrics.items():
        figure = latest.get(key)
        told = (_latest(report, figure), direction(figure)) if latest else ()
        rows.append(
            (*([key] if ids else []), metric_name(report.catalog, key), *told, _covered(report, metric.moved_by))
        )
    columns = ("Latest", "Direction") if latest else ()
    return Table((*(["Id"] if ids else []), "Metric", *columns, "Moved by"), tuple(rows))


def _latest(report: JourneyReport, figure: Figure | None) -> str:
    """`12.4% (11.9% to 12.9%), over 28 days to 31 Jan 2027`; empty where there is no figure."""
    if figure is None:
        return ""
    value, low, high = (
        "" if each is None else amount(report.catalog, figure.metric, each)
        for each in (figure.value, figure.low, figure.high)
    )
    between = f" ({low} to {high})" if low and high else ""
    return f"{value}{between}, over {DAYS} days to {words.day(figure.day)}"


def direction(figure: Figure | None) -> str:
    """An arrow and a word, both in ASCII: which way it went, and whether that is for the better."""
    if figure is None:
        return ""
    if figure.direction == "same":
        return "= same"  # it moved no further than chance moves it, so no arrow
    before = figure.before
    way = "" if before is None or before == figure.value else ("^ " if figure.value > before else "v ")
    return f"{way}{figure.direction}"


def _covered(report: JourneyReport, skills: Sequence[str]) -> str:
    """Skills by name, each with how many hold and carry it where sheets are known."""
    return ", ".join(f"{report.catalog.skills[skill].name}{_cover(report, skill)}" for skill in skills)


def _cover(report: JourneyReport, skill: str) -> str:
    if report.team is None:
        return ""
    who = report.team.get(skill, Holders())
    return f" {len(who.carry) + len(who.hold)}/{len(who.carry)}"
