"""Incidents: what stretches of many series come to. One thing that happened is told once, with whom it befell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.journey import losses, rates, scan
from gapcheck.core.journey.behind import metrics
from gapcheck.core.journey.counts import ALL, Point
from gapcheck.core.journey.course import course
from gapcheck.core.journey.flow import place
from gapcheck.core.journey.found import Incident
from gapcheck.core.journey.merging import SAME, merged, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import DayCount, LogCounts, Segment, Series
    from gapcheck.core.journey.found import Where
    from gapcheck.core.journey.map import JourneyMap
    from gapcheck.core.journey.scan import Stretch

OPEN_DAYS = 2
"""Days before the last one known within which an incident that has no end yet may just not have been counted."""

MOST_OF_IT = 2 / 3
"""The part of what is missing that a segment must account for, before an incident is called its own."""

QUIET = 1.96
"""Standard errors that the others may be off (about 95%) and count as untouched."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One series that was looked at: a way in a segment, or a metric of its own; and what was found in it."""

    where: Where | None
    metric: str | None
    stretches: tuple[Stretch, ...]
    last: dt.date

    @property
    def about(self) -> tuple[str, int, str]:
        """What it is about, whatever the segment."""
        return (self.where.log, self.where.number, "") if self.where else ("", 0, self.metric or "")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch with the series it is in, and its chance among all series."""

    watched: Watched
    stretch: Stretch
    chance: float

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day."""
        return self.stretch.first.date(), self.stretch.last.date()


def watch(journey_map: JourneyMap, logs: Mapping[str, LogCounts], series: Mapping[str, Series]) -> tuple[Watched, ...]:
    """Every series looked at: each way in each segment, each metric. Those too short to judge count nothing."""
    return (*_ways(journey_map, logs), *_metrics(series))


def _ways(journey_map: JourneyMap, logs: Mapping[str, LogCounts]) -> Iterator[Watched]:
    for name, counts in logs.items():
        events = [step.event for step in journey_map.events[name].steps]
        for number, way in enumerate(counts.passages):
            for segment, passage in way.items():
                points = [point_of(day) for day in passage.days]
                if len(points) >= scan.LEAST_POINTS:
                    where = place(name, events, number, segment)
                    yield Watched(where, None, scan.stretches(points), passage.days[-1].day)


def _metrics(series: Mapping[str, Series]) -> Iterator[Watched]:
    for metric, each in series.items():
        if len(each.points) >= scan.LEAST_POINTS:
            yield Watched(None, metric, scan.stretches(each.points, each.hours), each.points[-1].when.date())


def point_of(day: DayCount) -> Point:
    """A day's count as a point of a series."""
    return Point(dt.datetime.combine(day.day, dt.time()), day.on, day.reached)


def incidents(
    catalog: Catalog,
    journey_map: JourneyMap,
    logs: Mapping[str, LogCounts],
    series: Mapping[str, Series],
    watched: Sequence[Watched],
    earlier: Sequence[Incident] = (),
) -> tuple[Incident, ...]:
    """What happened, the greatest loss first, then what has no loss by how sure it is.

    The chance of each stretch is raised for the number of series looked at (Holm); stretches of one way that lie
    within each other are one incident. One that was recorded before keeps its id.
    """
    told = [_told(catalog, logs, series, group) for group in _groups(_among_all(watched))]
    known = [_with_id(each, earlier) for each in told]
    found = merged(catalog, journey_map, known, {each.id for each in earlier})
    return tuple(sorted(_apart(found), key=lambda each: (-(each.lost or 0.0), each.chance, each.id)))


def _among_all(watched: Sequence[Watched]) -> list[Found]:
    """Every stretch with its chance among all series, those that chance may well have made left out.

    Each series without a stretch counts as one look at which nothing was found.
    """
    all_of_them = [(each, stretch) for each in watched for stretch in each.stretches]
    quiet = sum(not each.stretches for each in watched)
    chances = rates.holm([stretch.chance for _, stretch in all_of_them] + [1.0] * quiet)
    judged = (Found(each, stretch, p) for (each, stretch), p in zip(all_of_them, chances, strict=False))
    return [each for each in judged if each.chance <= scan.SUSPECTED]


def _groups(found: Sequence[Found]) -> list[list[Found]]:
    """Stretches of one way (or metric) in the same direction that lie within each other: the surest first."""
    groups: list[list[Found]] = []
    for each in sorted(found, key=lambda one: (one.chance, one.days, one.watched.about)):
        group = next((group for group in groups if _is_same(group[0], each)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return groups


def _is_same(one: Found, other: Found) -> bool:
    same = one.watched.about == other.watched.about and (one.stretch.z < 0) == (other.stretch.z < 0)
    return same and within(one.days, other.days) >= SAME


def _told(
    catalog: Catalog, logs: Mapping[str, LogCounts], series: Mapping[str, Series], group: Sequence[Found]
) -> Incident:
    """A group as one incident: of the segment that accounts for it, or of everybody."""
    if group[0].watched.where is None:
        return _of_metric(catalog, series, group[0])
    where = group[0].watched.where
    counts = logs[where.log]
    segment = _whose(counts, group)
    own = next((each for each in group if each.watched.where and each.watched.where.segment == segment), group[0])
    return _of_way(counts, replace(where, segment=segment), own, min(each.chance for each in group))


def _whose(counts: LogCounts, group: Sequence[Found]) -> Segment:
    """The segment that accounts for most of it while the others go on as ever; else everybody.

    Of several such the one that is off the most. Everybody's stretch may lie in the group or not.
    """
    best, most = ALL, 0.0
    for each in group:
        where = each.watched.where
        if where is None or where.segment == ALL:
            continue
        inside, around = losses.parted(counts.passages[where.number][where.segment].days, each.days)
        every_in, every_around = losses.parted(counts.passages[where.number][ALL].days, each.days)
        rest = rates.signed_root(*_less(every_in, inside), *_less(every_around, around))
        own = rates.signed_root(*inside, *around)
        part = losses.missing(inside, around) / (losses.missing(every_in, every_around) or 1.0)
        if own * rest <= QUIET * abs(own) and part >= MOST_OF_IT and abs(own) > most:
            best, most = where.segment, abs(own)
    return best


def _less(whole: tuple[int, int], part: tuple[int, int]) -> tuple[int, int]:
    return whole[0] - part[0], whole[1] - part[1]


def _of_way(counts: LogCounts, where: Where, own: Found, chance: float) -> Incident:
    """An incident of a way: what it cost at the path's end, by the shares of all other days."""
    first, last = own.days
    days = counts.passages[where.number][where.segment].days
    inside, around = losses.parted(days, own.days)
    expected = around[0] / around[1] if around[1] else own.stretch.expected
    observed = inside[0] / inside[1] if inside[1] else own.stretch.observed
    low, high = rates.wilson(*inside)
    wider = losses.wider(inside, around, own.stretch.z)
    lost = losses.loss(inside, around, losses.onward(counts, where.number, where.segment, own.days), wider)
    return Incident(
        id="new",
        where=where,
        start=first,
        end=last,
        open=(own.watched.last - last).days <= OPEN_DAYS,
        direction="warning" if observed < expected else "opening",
        observed=observed,
        low=low,
        high=high,
        expected=expected,
        size=observed / expected if expected else 0.0,
        lost=lost.lost,
        lost_low=lost.low,
        lost_high=lost.high,
        value=None if counts.value_of_one is None else lost.lost * counts.value_of_one,
        chance=chance,
        proof=scan.proof_of(chance),
        course=course([point_of(day) for day in days], first, last),
        carried_by=losses.carriers(counts, where.number, own.days, wider),
    )


def _of_metric(catalog: Catalog, series: Mapping[str, Series], own: Found) -> Incident:
    """An incident of a metric that has figures of its own."""
    first, last = own.days
    stretch, metric = own.stretch, own.watched.metric or ""
    known = metrics(catalog).get(metric)
    better = (stretch.observed > stretch.expected) == (known is None or known.better == "higher")
    low, high = _interval(stretch)
    if known is not None and known.unit == "percent":
        low, high = max(0.0, low), min(1.0, high)
    return Incident(
        id="new",
        metric=metric,
        start=first,
        end=last,
        open=(own.watched.last - last).days <= OPEN_DAYS,
        direction="opening" if better else "warning",
        observed=stretch.observed,
        low=low,
        high=high,
        expected=stretch.expected,
        size=stretch.observed / stretch.expected if stretch.expected else 0.0,
        chance=own.chance,
        proof=scan.proof_of(own.chance),
        course=course(series[metric].points, first, last),
    )


def _interval(stretch: Stretch) -> tuple[float, float]:
    """The 95% interval of what was observed, by how far stretches of this length usually lie in this series."""
    half = rates.Z95 * abs((stretch.observed - stretch.expected) / stretch.z) if stretch.z else 0.0
    return stretch.observed - half, stretch.observed + half


def _with_id(each: Incident, earlier: Sequence[Incident]) -> Incident:
    """The id that it was recorded under, else one of what and when: its first day may move a little as data comes."""
    for before in earlier:
        same = (before.metric, before.direction, _way(before)) == (each.metric, each.direction, _way(each))
        if same and within((before.start, before.end), (each.start, each.end)) >= SAME:
            return replace(each, id=before.id)
    what = f"{each.where.target} {each.where.segment[1]}" if each.where else each.metric or ""
    slug = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")[:50] or "incident"
    return replace(each, id=f"{slug}-{each.start.isoformat()}")


def _way(each: Incident) -> tuple[str, str, str, Segment] | None:
    """A way by its events: numbers move when a step is put in before."""
    return (each.where.log, each.where.source, each.where.target, each.where.segment) if each.where else None


def _apart(found: Sequence[Incident]) -> Iterator[Incident]:
    """Ids that are still the same (two ways to one step, two logs) told apart by a number."""
    used: dict[str, int] = {}
    for each in found:
        used[each.id] = used.get(each.id, 0) + 1
        yield each if used[each.id] == 1 else replace(each, id=f"{each.id}-{used[each.id]}")
