"""A snapshot that can be read again, however many segments there are."""

from __future__ import annotations

from dataclasses import replace

from gapcheck.core.journey.causes import NAMED
from gapcheck.core.journey.found import Carrier, Course, Moved, StepFlow
from gapcheck.core.journey.kept import MOST_BOTTLENECKS, MOST_INCIDENTS, MOST_WAYS, kept
from gapcheck.core.journey.losses import MOST
from gapcheck.files.journey.snapshots import as_kept
from tests.core.journey.made import DAY, PAYING, full, incident, jam, share, snapshot

EVERYBODY = StepFlow(where=PAYING, share=share(1, 2))


def way(number: int) -> StepFlow:
    """A segment that so many came to."""
    where = replace(PAYING, segment=("acquisition_channel", f"a long name of a segment, number {number}"))
    return StepFlow(where=where, share=share(0, number), median_hours=0.123456789012345, slow_hours=12.3456789012345)


def test_what_is_not_too_much_stays_as_it_is() -> None:
    assert kept(full()) == full()


def test_of_too_much_the_largest_surest_and_open_stay_in_their_order_and_the_rest_is_told() -> None:
    small, large = [way(n) for n in range(9)], [way(100 + n) for n in range(MOST_WAYS - 1)]
    unsure = [jam(lost=99.0, proof="cannot-tell") for _ in range(5)]
    sure = [jam(lost=float(n), proof="suspected") for n in range(MOST_BOTTLENECKS - 1)]
    over = [incident(f"over-{n}", open=False, lost=999.0) for n in range(7)]
    going = [incident(f"open-{n}", lost=float(n)) for n in range(MOST_INCIDENTS)]
    found = kept(
        snapshot(
            flow=(*small, *large, EVERYBODY),
            bottlenecks=(*unsure, *sure, jam(lost=0.0)),
            incidents=(*over, *going),
            remarks=("as before",),
        )
    )
    assert found.flow == (*large, EVERYBODY)
    assert found.bottlenecks == (*sure, jam(lost=0.0))
    assert found.incidents == tuple(going)
    assert found.remarks == (
        "as before",
        "9 ways of small segments are left out: more than a snapshot holds",
        "5 comparisons of ways, the least sure, are left out: more than a snapshot holds",
        "7 incidents, the smallest ended ones first, are left out: more than a snapshot holds",
    )


def test_the_most_that_is_kept_can_be_read_again() -> None:
    skills, told = ("checkout", "code", "pages", "mail", "more"), "an event of some length, as they are called"
    moved = (Moved(kind="event", name=told, start=DAY, observed=0.123456789012, expected=0.12345678901),) * NAMED
    course = Course(days=7, before=(0.123456,) * 4, during=(0.123456,) * 12, after=(0.123456,) * 4)
    carrier = Carrier(segment=(told, told), now=share(1, 2), usual=share(1, 2), lost=1.5, lost_low=0.5, lost_high=2.5)
    most = kept(
        snapshot(
            flow=tuple(way(n) for n in range(5000)),
            bottlenecks=tuple(jam(skills=skills) for _ in range(1000)),
            incidents=tuple(
                incident(
                    f"i{n}", skills=skills, course=course, carried_by=(carrier,) * MOST, together=moved, first=moved
                )
                for n in range(500)
            ),
        )
    )
    assert as_kept(most) == most
