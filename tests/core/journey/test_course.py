"""What an incident looked like, in parts that a person can read."""

import datetime as dt

import pytest

from gapcheck.core.journey.counts import Point
from gapcheck.core.journey.course import course
from gapcheck.core.journey.found import Course

FIRST = dt.date(2027, 1, 4)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(number)


def points(count: int, of: float | None = None) -> list[Point]:
    """A point a day, whose value is its number."""
    return [Point(dt.datetime.combine(day(n), dt.time()), float(n), of) for n in range(count)]


def test_up_to_twelve_days_are_told_day_by_day_with_four_before_and_after() -> None:
    assert course(points(40), day(10), day(12)) == Course(
        days=1, before=(6, 7, 8, 9), during=(10, 11, 12), after=(13, 14, 15, 16)
    )
    assert course(points(40), day(10), day(21)).days == 1


def test_a_longer_time_is_told_in_weeks_of_which_the_last_may_be_shorter() -> None:
    """A week before the first day is left out, and so is one after it that is not over."""
    assert course(points(60), day(20), day(36)) == Course(
        days=7, before=(9, 16), during=(23, 30, 35), after=(40, 47, 54)
    )


@pytest.mark.parametrize(("length", "days", "parts"), [(84, 7, 12), (85, 28, 4), (400, 28, 12)])
def test_parts_are_as_long_as_it_takes_for_twelve_and_of_a_very_long_time_the_latest_are_told(
    length: int, days: int, parts: int
) -> None:
    found = course(points(length), day(0), day(length - 1))
    assert (found.days, len(found.during)) == (days, parts)
    assert found.before == found.after == ()
    assert found.during[-1] is not None
    assert found.during[-1] >= length - 28


def test_a_share_is_that_of_all_days_together_and_nobody_has_none() -> None:
    some = [Point(dt.datetime.combine(day(n), dt.time()), 3.0 * n, 4.0 * n) for n in range(8)]
    assert course(some, day(3), day(4)).before == (None, 0.75, 0.75)
    gap = [each for each in points(20) if each.when.date() != day(9)]
    assert course(gap, day(8), day(10)).during == (8, None, 10)
    assert course(points(2, of=0.0), day(0), day(1)).during == (None, None)


def test_what_began_with_the_series_and_goes_on_has_nothing_beside_it() -> None:
    assert course(points(3), day(0), day(2)) == Course(days=1, before=(), during=(0, 1, 2), after=())
