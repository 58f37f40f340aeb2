"""How many come on, over which days; and where wandering journeys go."""

from __future__ import annotations

import datetime as dt
from math import sqrt

import pytest

from gapcheck.core.journey import flow, rates
from gapcheck.core.journey.counts import ALL, DayCount, Passage
from tests.core.journey.logs import MOBILE, MONDAY, STEPS, log, passage, steady


def test_a_flow_is_that_of_the_last_28_days_by_way_and_segment() -> None:
    before, now = steady(10, 1, 30), steady(10, 5, 28)
    counts = log({MOBILE: steady(4, 2, 58), ALL: before + now}, {ALL: steady(5, 5, 58)}, days=58)
    first, mobile, second = flow.flow("shop", STEPS, counts)
    assert (first.where.log, first.where.number, first.where.source, first.where.target) == (
        "shop",
        0,
        "cart",
        "shipping",
    )
    assert (first.where.segment, mobile.where.segment, second.where.number) == (ALL, MOBILE, 1)
    assert (first.share.on, first.share.reached, mobile.share.reached) == (140, 280, 112)
    assert (first.share.low, first.share.high) == rates.wilson(140, 280)
    assert (first.median_hours, first.slow_hours) == (2, 30)


def test_where_days_differ_more_than_chance_the_interval_is_wider() -> None:
    wild = [(10, 9), (10, 1)] * 14
    (restless,) = flow.flow("shop", STEPS, log({ALL: wild}, days=28))
    usual = rates.unrest([(float(on), float(reached)) for reached, on in wild])
    assert usual > 5
    assert (restless.share.low, restless.share.high) == rates.wilson(140, 280, rates.Z95 * sqrt(usual))
    assert flow.span(log({ALL: wild}, days=28), days=7) == (MONDAY + dt.timedelta(21), MONDAY + dt.timedelta(27))


def test_days_are_counted_from_the_last_of_which_it_is_known_who_came_on() -> None:
    """Two weeks are given to come on, so the last two of the file are in no way."""
    counts = log({ALL: steady(10, 1, 20) + steady(10, 5, 28)}, days=62)
    assert flow.known_until(counts) == MONDAY + dt.timedelta(47)
    assert flow.flow("shop", STEPS, counts)[0].share.reached == 280


def test_of_fewer_days_all_are_taken() -> None:
    assert [each.share.reached for each in flow.flow("shop", STEPS, log({ALL: steady(10, 5, 3)}, days=3))] == [30]
    assert [each.share.share for each in flow.flow("shop", STEPS, log({ALL: [(1, 1)]}, days=1, people=1))] == [1]


def test_a_segment_that_was_there_only_before_reached_nothing() -> None:
    counts = log({ALL: steady(10, 5, 60), MOBILE: steady(4, 2, 20)}, days=60)
    mobile = flow.flow("shop", STEPS, counts)[1].share
    assert (mobile.on, mobile.reached, mobile.low, mobile.high, mobile.share) == (0, 0, 0, 1, None)


def test_a_log_without_a_way_or_a_day_has_no_flow() -> None:
    assert flow.flow("shop", STEPS, log()) == ()
    assert flow.flow("shop", STEPS, log({ALL: []})) == ()


def test_days_add_up() -> None:
    assert flow.tally([]) == (0, 0)
    assert flow.tally(passage([(3, 1), (0, 0), (2, 2)]).days) == (3, 5)


def test_days_without_anybody_may_be_left_out() -> None:
    far = DayCount(MONDAY + dt.timedelta(100), 7, 3)
    counts = log({}, days=101)
    counts = log(days=101, passages=({ALL: Passage((DayCount(MONDAY, 5, 5), far))},))
    assert [(each.share.on, each.share.reached) for each in flow.flow("shop", STEPS, counts)] == [(3, 7)]


def test_next_steps_are_shares_of_all_goings_on() -> None:
    moved = {("search", "product"): 6, ("search", ""): 3, ("search", "cart"): 3, ("cart", "checkout"): 4}
    found = flow.next_steps("shop", log(next_steps=moved))
    assert [(each.source, each.target, each.share.on, each.share.reached) for each in found] == [
        ("cart", "checkout", 4, 4),
        ("search", "product", 6, 12),
        ("search", "", 3, 12),
        ("search", "cart", 3, 12),
    ]
    assert found[1].share.share == pytest.approx(1 / 2)
    assert flow.next_steps("shop", log()) == ()
