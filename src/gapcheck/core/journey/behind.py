"""From what is found on a journey to the skills behind it, and which of it presses this week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.core.catalog import Catalog, Metric
    from gapcheck.core.journey.found import Bottleneck, Incident, Snapshot, Where
    from gapcheck.core.journey.map import JourneyMap, Step

PATIENCE = 45
"""Days after which figures make nothing urgent: a monthly look at them, and half a month's grace."""

LEAST = 1.0
"""Conversions lost, below which nothing presses: however sure it is, there is nobody it was lost by."""


def metrics(catalog: Catalog) -> dict[str, Metric]:
    """Every metric by id, in catalog order."""
    return {key: metric for stage in catalog.stages.values() for key, metric in stage.metrics.items()}


def skills_moving(catalog: Catalog, metric: str) -> tuple[str, ...]:
    """The skills that move a metric; none of one that is not in the catalog."""
    found = metrics(catalog).get(metric)
    return found.moved_by if found else ()


def skills_behind(catalog: Catalog, step: Step) -> tuple[str, ...]:
    """The skills behind the way to a step: what moves its metric where it names one, else what its touchpoint takes."""
    if step.metric is not None and (moving := skills_moving(catalog, step.metric)):
        return moving
    point = catalog.touchpoints.get(step.touchpoint)
    return point.skills if point else ()


def step_of(journey_map: JourneyMap, where: Where) -> Step | None:
    """The step that a way leads to, None where the map has no such step (any more)."""
    log = journey_map.events.get(where.log)
    if log is None or not 0 <= where.number < len(log.steps) - 1:
        return None
    step = log.steps[where.number + 1]
    return step if step.event == where.target else None


def traced(catalog: Catalog, journey_map: JourneyMap, snapshot: Snapshot) -> Snapshot:
    """The snapshot with the skills behind each bottleneck and incident, and the file that shows it."""
    jams = (
        replace(
            each,
            skills=each.skills or skills_of(catalog, journey_map, each.where, None),
            file=each.file or file_of(journey_map, each.where, None),
        )
        for each in snapshot.bottlenecks
    )
    incidents = (
        replace(
            each,
            skills=each.skills or skills_of(catalog, journey_map, each.where, each.metric),
            file=each.file or file_of(journey_map, each.where, each.metric),
        )
        for each in snapshot.incidents
    )
    return replace(snapshot, bottlenecks=tuple(jams), incidents=tuple(incidents))


def skills_of(catalog: Catalog, journey_map: JourneyMap, where: Where | None, metric: str | None) -> tuple[str, ...]:
    """The skills behind a way, or a metric of its own."""
    step = step_of(journey_map, where) if where else None
    return skills_behind(catalog, step) if step else skills_moving(catalog, metric or "")


def file_of(journey_map: JourneyMap, where: Where | None, metric: str | None) -> str:
    """The file that a way or a metric's figures are read from; empty where the map names none."""
    if where is not None:
        log = journey_map.events.get(where.log)
        return log.file if log else ""
    return next((each.file for each in journey_map.figures.values() if metric in each.metrics), "")


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses: incidents that go on, then bottlenecks; shown, for the worse, at a cost; the costliest first."""

    incidents: tuple[Incident, ...]
    bottlenecks: tuple[Bottleneck, ...]


def pressing(snapshot: Snapshot) -> Pressing:
    """The open incidents and the bottlenecks that make the skills behind them urgent.

    A way that jams more than it did is for this week. One on which a segment has long done better is where to learn,
    and would be urgent for ever.
    """
    going = [i for i in snapshot.incidents if i.open and i.direction == "warning" and i.proof == "shown"]
    costing = [i for i in going if i.lost is None or i.lost >= LEAST]
    worse = [b for b in snapshot.bottlenecks if b.against == "history"]
    jams = [b for b in worse if b.proof == "shown" and b.lost >= LEAST]
    return Pressing(tuple(sorted(costing, key=lambda i: -(i.lost or 0))), tuple(sorted(jams, key=lambda b: -b.lost)))


def known_until(snapshot: Snapshot) -> dt.date:
    """The last day that a snapshot knows of: its own, or the files' last one where that is before it."""
    return min(snapshot.date, snapshot.last or snapshot.date)


def is_stale(snapshot: Snapshot, today: dt.date, patience: int = PATIENCE) -> bool:
    """Whether the figures are too old (more than `patience` days) for anything in them to be urgent."""
    return (today - known_until(snapshot)).days > patience
