"""Two snapshots side by side: what became of figures, incidents, bottlenecks and cover since a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapcheck.core.journey.behind import known_until

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.core.journey.found import Bottleneck, Cover, Figure, Incident, Share, Snapshot, Where

Fate = Literal["new", "came and went", "found only now", "still open", "ended", "not found any more"]
"""What became of an incident: `new` goes on, one that `came and went` was in neither snapshot open.

What ended before the first of the two, and was not in it, is `found only now`.
"""

NOBODY_HOLDS = (0, 0)


@dataclass(frozen=True, slots=True)
class FigureShift:
    """A metric then and now; None on the side that does not have it."""

    metric: str
    then: Figure | None
    now: Figure | None


@dataclass(frozen=True, slots=True)
class IncidentShift:
    """An incident as it is known now (as it was, if it is not found any more), and what became of it."""

    incident: Incident
    fate: Fate


@dataclass(frozen=True, slots=True)
class BottleneckShift:
    """A bottleneck then and now; None on the side where that way did not jam, of which there may be the share alone."""

    then: Bottleneck | None
    now: Bottleneck | None
    shares: tuple[Share | None, Share | None] = (None, None)


@dataclass(frozen=True, slots=True)
class CoverShift:
    """People who hold and who carry a skill, each as then and now."""

    skill: str
    hold: tuple[int, int]
    carry: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Since:
    """What changed from one snapshot to another. `people` are those with a sheet, then and now.

    Incidents that had ended in both snapshots are left out, and skills of which as many people hold and carry them.
    `files` are those that say something else than then, or were not there. `until` is the last day known, then and now.
    """

    then: dt.date
    now: dt.date
    figures: tuple[FigureShift, ...]
    incidents: tuple[IncidentShift, ...]
    bottlenecks: tuple[BottleneckShift, ...]
    cover: tuple[CoverShift, ...]
    people: tuple[int, int]
    files: tuple[str, ...]
    until: tuple[dt.date, dt.date]


def since(then: Snapshot, now: Snapshot) -> Since:
    """What changed. Incidents are the same by their ids, bottlenecks by their way and what they are held against."""
    return Since(
        then=then.date,
        now=now.date,
        figures=_figures(then, now),
        incidents=_incidents(then, now),
        bottlenecks=_bottlenecks(then, now),
        cover=_cover(then.cover, now.cover),
        people=(then.people, now.people),
        files=_files(then, now),
        until=(known_until(then), known_until(now)),
    )


def _figures(then: Snapshot, now: Snapshot) -> tuple[FigureShift, ...]:
    before, after = ({each.metric: each for each in snapshot.figures} for snapshot in (then, now))
    return tuple(FigureShift(key, before.get(key), after.get(key)) for key in {**before, **after})


def _incidents(then: Snapshot, now: Snapshot) -> tuple[IncidentShift, ...]:
    before, after = ({each.id: each for each in snapshot.incidents} for snapshot in (then, now))
    until = known_until(then)
    shifts = [IncidentShift(each, fate) for key, each in after.items() if (fate := _fate(before.get(key), each, until))]
    gone = (IncidentShift(each, "not found any more") for key, each in before.items() if key not in after and each.open)
    return (*shifts, *gone)


def _fate(before: Incident | None, after: Incident, until: dt.date) -> Fate | None:
    """What became of an incident that is known now, `until` a day known then; None where it had ended before."""
    if before is None:
        return "new" if after.open else "came and went" if after.end > until else "found only now"
    if after.open:
        return "still open"
    return "ended" if before.open else None


def _bottlenecks(then: Snapshot, now: Snapshot) -> tuple[BottleneckShift, ...]:
    before, after = ({_key(each): each for each in snapshot.bottlenecks} for snapshot in (then, now))
    shares = [{_way(each.where): each.share for each in snapshot.flow} for snapshot in (then, now)]
    return tuple(
        BottleneckShift(before.get(key), after.get(key), (shares[0].get(key[:-1]), shares[1].get(key[:-1])))
        for key in {**after, **before}
    )


def _key(jam: Bottleneck) -> tuple[str, str, str, tuple[str, str], str]:
    return *_way(jam.where), jam.against


def _way(where: Where) -> tuple[str, str, str, tuple[str, str]]:
    return where.log, where.source, where.target, where.segment


def _cover(then: dict[str, Cover], now: dict[str, Cover]) -> tuple[CoverShift, ...]:
    """Skills whose cover is another. Where no sheets were known on a side there is nothing to compare."""
    if not then or not now:
        return ()
    pairs = ((skill, _counts(then.get(skill)), _counts(now.get(skill))) for skill in {**now, **then})
    return tuple(CoverShift(skill, (was[0], is_[0]), (was[1], is_[1])) for skill, was, is_ in pairs if was != is_)


def _counts(cover: Cover | None) -> tuple[int, int]:
    return (cover.hold, cover.carry) if cover else NOBODY_HOLDS


def _files(then: Snapshot, now: Snapshot) -> tuple[str, ...]:
    before = {each.file: each.digest for each in then.sources}
    return tuple(each.file for each in now.sources if before.get(each.file) != each.digest)
