"""What happened is told once: metrics that moved when a neighbour did are part of that one incident."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.journey import scan
from gapcheck.core.journey.behind import skills_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.found import Incident
    from gapcheck.core.journey.map import JourneyMap

SAME = 0.5
"""The part of the shorter of two times that lies in the longer, from which they are one thing that happened."""

ALIKE = 1 / 3
"""What two times have in common, of all that they span together, from which one may have to do with the other."""

Time = tuple["dt.date", "dt.date"]


def within(one: Time, other: Time) -> float:
    """The part of the shorter of two times that lies in the other."""
    return _common(one, other) / min(map(_days, (one, other)))


def alike(one: Time, other: Time) -> float:
    """Days that two times have in common, of all days of either."""
    common = _common(one, other)
    return common / (_days(one) + _days(other) - common)


def _common(one: Time, other: Time) -> int:
    return max(0, (min(one[1], other[1]) - max(one[0], other[0])).days + 1)


def _days(time: Time) -> int:
    return (time[1] - time[0]).days + 1


def merged(
    catalog: Catalog, journey_map: JourneyMap, found: Sequence[Incident], recorded: Collection[str]
) -> list[Incident]:
    """Incidents with the skills behind them, those of metrics left out that are part of another.

    A metric's is part of that of the way which it measures. It is also part of another one's that began and ended at
    about the same time, went the same way (for the worse, or the better), and is a neighbour on the map: some skill is
    behind both. What it becomes part of is as sure as the surer of them, and has the skills of both behind it. Ways
    come first; an id that was recorded before stays.
    """
    told: list[Incident] = []
    own: list[tuple[str, ...]] = []
    for each in sorted(found, key=_rank):
        skills = skills_of(catalog, journey_map, each.where, each.metric)
        parts = (n for n, other in enumerate(told) if _is_part(journey_map, each, skills, other, own[n]))
        number = next(parts, None)
        if number is None:
            told.append(replace(each, skills=skills))
            own.append(skills)
        else:
            told[number] = _with(told[number], each, skills, recorded)
    return told


def _rank(each: Incident) -> tuple[bool, float, float, str]:
    return each.where is None, -(each.lost or 0.0), each.chance, each.id


def _is_part(
    journey_map: JourneyMap, each: Incident, skills: Collection[str], other: Incident, behind: Collection[str]
) -> bool:
    if each.metric is None:
        return False
    time, beside = (each.start, each.end), (other.start, other.end)
    if _measured_by(journey_map, other) == each.metric:
        return within(time, beside) >= SAME
    one_thing = (each.direction, each.open) == (other.direction, other.open) and alike(time, beside) >= ALIKE
    return one_thing and not set(skills).isdisjoint(behind)


def _measured_by(journey_map: JourneyMap, way: Incident) -> str | None:
    """The metric that measures an incident's way; None where there is none."""
    if way.where is None:
        return None
    return journey_map.events[way.where.log].steps[way.where.number + 1].metric


def _with(whole: Incident, part: Incident, skills: Sequence[str], recorded: Collection[str]) -> Incident:
    chance = min(whole.chance, part.chance)
    behind = tuple(dict.fromkeys((*whole.skills, *skills)))
    key = part.id if part.id in recorded and whole.id not in recorded else whole.id
    return replace(whole, id=key, chance=chance, proof=scan.proof_of(chance), skills=behind)
