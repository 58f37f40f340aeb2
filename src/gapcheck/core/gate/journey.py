"""What the gate measures of the journey: how old figures are, and which incidents nobody sees to. About no person."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.gate.evidence import Reading
from gapcheck.core.journey.behind import pressing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gapcheck.core.gate.evidence import Evidence
    from gapcheck.core.journey.found import Snapshot
    from gapcheck.core.people import GateRule

MAP_AGE = "map-age-days"
OPEN_INCIDENTS = "open-incidents"
NAMED = 3
"""Ids of incidents that are named at most."""


def unowned(snapshot: Snapshot, owners: Mapping[str, str], people: Collection[str] = ()) -> tuple[str, ...]:
    """The ids of open incidents, shown and for the worse, without an owner; the costliest first.

    Where `people` are listed, somebody who is not among them sees to nothing.
    """
    found = [(each.id, owners.get(each.id)) for each in pressing(snapshot).incidents]
    strangers = {key for key, owner in found if people and owner is not None and owner not in people}
    without = (key for key, owner in found if owner is None or key in strangers)
    return tuple(f"{key} (its owner is not in people.yaml)" if key in strangers else key for key in without)


def map_age(_rule: GateRule, seen: Evidence) -> Reading:
    """Days since the last day that the newest figures of the journey know."""
    if seen.snapshot is None:
        return _none(seen)
    days = (seen.today - seen.snapshot).days
    return Reading(Fraction(days), f"the newest figures are of {seen.snapshot.isoformat()}")


def open_incidents(_rule: GateRule, seen: Evidence) -> Reading:
    """How many open incidents have no owner; by their ids, which are what the map wants."""
    if seen.snapshot is None:
        return _none(seen)
    if not seen.looked:
        return Reading(None, "the newest figures are too few to tell an incident by")
    if not seen.unowned:
        return Reading(Fraction(), "no open incident is without an owner")
    named, more = ", ".join(seen.unowned[:NAMED]), len(seen.unowned) - NAMED
    listed = f"{named} and {more} more" if more > 0 else named
    return Reading(Fraction(len(seen.unowned)), f"without an owner in journey/map.yaml: {listed}")


def _none(seen: Evidence) -> Reading:
    return Reading(None, f"there are no figures in journey/ up to {seen.today.isoformat()}")
