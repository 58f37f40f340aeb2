"""What of a snapshot is kept: all of it, unless there are segments by the hundred, of which the small ones go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gapcheck.core.journey.found import Bottleneck, Incident, Snapshot, StepFlow

MOST_WAYS, MOST_BOTTLENECKS, MOST_INCIDENTS = 400, 150, 30
"""Together about 39,000 values in the file: with all the rest below the 50,000 that gapcheck reads."""

T = TypeVar("T")
SURENESS = ("shown", "suspected", "cannot-tell")


def kept(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the ways that most came to, the surest and costliest findings, and how many others there were.

    Everybody's ways come before those of segments, and open incidents before ended ones. What is kept stays in order.
    """
    flow = _first(snapshot.flow, MOST_WAYS, _by_size)
    bottlenecks = _first(snapshot.bottlenecks, MOST_BOTTLENECKS, _by_cost)
    incidents = _first(snapshot.incidents, MOST_INCIDENTS, _by_weight)
    left = (
        (len(snapshot.flow) - len(flow), "ways of small segments"),
        (len(snapshot.bottlenecks) - len(bottlenecks), "comparisons of ways, the least sure,"),
        (len(snapshot.incidents) - len(incidents), "incidents, the smallest ended ones first,"),
    )
    remarks = tuple(f"{number:,} {what} are left out: more than a snapshot holds" for number, what in left if number)
    return replace(
        snapshot, flow=flow, bottlenecks=bottlenecks, incidents=incidents, remarks=(*snapshot.remarks, *remarks)
    )


def _first(found: Sequence[T], most: int, rank: Callable[[T], Any]) -> tuple[T, ...]:
    """The so many that come first by a rank, in the order in which they stand; all of them if there are no more."""
    chosen = set(sorted(range(len(found)), key=lambda n: rank(found[n]))[:most])
    return tuple(each for n, each in enumerate(found) if n in chosen)


def _by_size(way: StepFlow) -> tuple[object, object]:
    return bool(way.where.segment[0]), -way.share.reached


def _by_cost(jam: Bottleneck) -> tuple[object, object]:
    return SURENESS.index(jam.proof), -jam.lost


def _by_weight(incident: Incident) -> tuple[object, object, object]:
    return not incident.open, SURENESS.index(incident.proof), -abs(incident.lost or 0)
