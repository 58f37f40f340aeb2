"""What is compared, what of it is held to be shown, and what it costs at the path's end."""

from __future__ import annotations

import datetime as dt
import random
import warnings
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapcheck.core.journey import bottlenecks, comparisons, rates
from gapcheck.core.journey.bottlenecks import judge
from gapcheck.core.journey.comparisons import compare
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.flow import place
from gapcheck.core.journey.found import Incident
from tests.core.journey.logs import DESKTOP, MOBILE, MONDAY, STEPS, TABLET, log, steady

if TYPE_CHECKING:
    from gapcheck.core.journey.comparisons import Comparison
    from gapcheck.core.journey.counts import LogCounts, Segment
    from gapcheck.core.journey.found import Bottleneck

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from statsmodels.stats.proportion import power_proportions_2indep


def jams(counts: LogCounts, *incidents: Incident) -> tuple[Bottleneck, ...]:
    return judge(compare("shop", STEPS, counts, incidents))


def fall(before: tuple[int, int], now: tuple[int, int], days: int = 112) -> list[tuple[int, int]]:
    """So many every day, and as many others on the last 28."""
    return steady(*before, days - 28) + steady(*now, 28)


def compared(now: tuple[int, int], then: tuple[int, int], unrest: float = 1.0, freedom: int = 11) -> Comparison:
    """A comparison with history of these numbers alone, (on, reached) each."""
    (only,) = compare("shop", STEPS, log({ALL: fall((10, 5), (10, 5))}))
    return comparisons.Comparison(
        only.where, "history", ALL, now=now, then=then, unrest=unrest, freedom=freedom, days=28, onward=1.0, worth=None
    )


def incident(number: int, segment: Segment, start: int, end: int) -> Incident:
    """From one day to another, counted from the first Monday."""
    return Incident(
        id="jam",
        where=place("shop", STEPS, number, segment),
        start=MONDAY + dt.timedelta(start),
        end=MONDAY + dt.timedelta(end),
        open=False,
        direction="warning",
        observed=0.1,
        low=0.0,
        high=0.2,
        expected=0.5,
        size=0.2,
        chance=0.001,
        proof="shown",
    )


def test_a_fall_is_shown_with_what_it_costs_at_the_end() -> None:
    """Of 28 x 20 journeys, 1/4 fewer come on, of whom 1/2 and then 3/4 would have come to the end."""
    counts = log({ALL: fall((20, 10), (20, 5))}, {ALL: fall((10, 5), (5, 2))}, {ALL: steady(8, 6)}, value_of_one=40.0)
    jam = jams(counts)[0]
    assert (jam.where.source, jam.where.target, jam.against, jam.proof) == ("cart", "shipping", "history", "shown")
    assert (jam.now.on, jam.now.reached, jam.then.on, jam.then.reached) == (140, 560, 840, 1680)
    onward = (84 * 5 + 28 * 2) / (84 * 10 + 28 * 5) * 3 / 4
    assert jam.lost == pytest.approx(560 * 0.25 * onward)
    assert jam.value == pytest.approx(40 * jam.lost)
    assert jam.days == 28
    low, high = rates.newcombe(840, 1680, 140, 560)
    assert (jam.lost_low, jam.lost_high) == pytest.approx((560 * onward * low, 560 * onward * high))


def test_what_costs_most_comes_first_and_the_end_of_the_path_costs_in_full() -> None:
    counts = log({ALL: fall((100, 60), (100, 40))}, {ALL: fall((60, 6), (40, 4))}, {ALL: fall((60, 40), (60, 20))})
    found = jams(counts)
    assert [each.where.number for each in found] == [2, 0]
    assert found[0].lost == pytest.approx(28 * 20)
    assert found[0].value is None


def test_no_more_and_no_fewer_is_said_than_changed() -> None:
    assert jams(log({ALL: steady(50, 25)})) == ()
    assert jams(log({ALL: fall((50, 25), (50, 40))})) == ()
    assert jams(log({ALL: steady(50, 50)})) == jams(log({ALL: steady(50, 0)})) == ()


def test_everybody_came_on_and_then_nobody() -> None:
    (jam,) = jams(log({ALL: fall((2, 2), (2, 0))}))
    assert (jam.proof, jam.lost) == ("shown", 56)
    assert 0 < jam.lost_low < 56 == jam.lost_high


def test_a_way_that_nobody_comes_on_by_costs_what_came_of_it_before() -> None:
    """Nobody is at the later step any more, so that its share is that of before."""
    (jam,) = jams(log({ALL: fall((20, 10), (20, 0))}, {ALL: steady(10, 4, 84)}))
    assert jam.lost == pytest.approx(28 * 10 * 0.4)


def test_few_journeys_cannot_tell_and_never_show() -> None:
    (jam,) = jams(log({ALL: fall((3, 2), (1, 0))}, days=112))
    assert jam.proof == "shown"  # none of 28, of whom 19 would have come on
    some = [(1, 1) if day % 7 == 0 else (0, 0) for day in range(84)]
    (jam,) = jams(log({ALL: some + [(1, 0) if day % 7 == 0 else (0, 0) for day in range(28)]}))
    assert (jam.now.reached, jam.proof, jam.chance) == (4, "cannot-tell", 1)


def test_a_fall_that_the_numbers_could_have_shown_but_did_not_is_not_told() -> None:
    assert jams(log({ALL: fall((50, 25), (50, 24))})) == ()


def test_nothing_is_concluded_from_less_than_four_weeks_or_20_people() -> None:
    counts = {ALL: steady(50, 40, 14) + steady(50, 10, 14)}
    assert [each.days for each in jams(log(counts, days=28))] == [14]
    assert jams(log({ALL: counts[ALL][1:]}, days=27)) == ()
    assert jams(log(counts, days=28, people=19)) == ()
    assert compare("shop", STEPS, log({ALL: [(1, 1)]}, days=1, people=1)) == ()
    assert compare("shop", STEPS, log()) == compare("shop", STEPS, log({ALL: []})) == ()


def test_history_is_twelve_weeks_at_most() -> None:
    (only,) = compare("shop", STEPS, log({ALL: steady(1, 1, 200) + steady(10, 5, 112)}, days=312))
    assert (only.now, only.then) == ((140, 280), (420, 840))


def test_days_of_an_incident_are_no_history_of_its_way() -> None:
    spoilt = steady(10, 5, 56) + steady(10, 1, 28) + steady(10, 5, 28)
    bad = incident(0, ALL, 56, 83)
    (plain,) = compare("shop", STEPS, log({ALL: spoilt}))
    (cleared,) = compare("shop", STEPS, log({ALL: spoilt}), [bad])
    assert (plain.then, cleared.then) == ((308, 840), (280, 560))
    assert compare("shop", STEPS, log({ALL: spoilt}), [incident(1, ALL, 56, 83)]) == (plain,)
    assert compare("shop", STEPS, log({ALL: spoilt}), [incident(0, MOBILE, 56, 83)]) == (cleared,)
    assert compare("shop", STEPS, log({ALL: spoilt}), [replace(bad, proof="suspected")]) == (plain,)
    assert compare("other", STEPS, log({ALL: spoilt}), [bad])[0].then == plain.then
    assert compare("shop", STEPS, log({ALL: spoilt}), [incident(0, ALL, 10, 83)]) == ()


def test_an_incident_of_one_segment_spoils_no_other_ones_history() -> None:
    counts = log({ALL: steady(20, 10), MOBILE: steady(10, 5), DESKTOP: steady(10, 5)})
    bad = incident(0, MOBILE, 56, 83)
    lengths = {
        each.where.segment: each.then[1] for each in compare("shop", STEPS, counts, [bad]) if each.against == "history"
    }
    assert lengths == {ALL: 20 * 56, MOBILE: 10 * 56, DESKTOP: 10 * 84}


def test_a_segment_is_held_against_the_one_that_did_best_before() -> None:
    """Tablets do best now, but by luck that is not waited for: desktops did before."""
    counts = log(
        {
            ALL: steady(60, 36),
            MOBILE: steady(20, 8),
            DESKTOP: steady(20, 14),
            TABLET: fall((20, 10), (20, 16)),
        }
    )
    against = {each.where.segment: each for each in compare("shop", STEPS, counts) if each.against == "segment"}
    assert [*against] == [MOBILE, TABLET]
    assert {each.best for each in against.values()} == {DESKTOP}
    assert (against[MOBILE].now, against[MOBILE].then) == ((224, 560), (392, 560))
    (jam,) = jams(counts)
    assert (jam.where.segment, jam.best, jam.against, jam.proof) == (MOBILE, DESKTOP, "segment", "shown")
    assert jam.lost == pytest.approx(28 * 6)


def test_the_best_of_few_journeys_is_not_the_best() -> None:
    """All of four came on, but that is less sure than 70% of 1,680."""
    few = [(1, 1) if day % 21 == 0 else (0, 0) for day in range(112)]
    counts = log({ALL: steady(40, 22), MOBILE: steady(20, 8), DESKTOP: steady(20, 14), TABLET: few})
    assert {each.best for each in compare("shop", STEPS, counts) if each.against == "segment"} == {DESKTOP}


def test_one_segment_has_no_other_to_be_held_against() -> None:
    assert {each.against for each in compare("shop", STEPS, log({MOBILE: steady(9, 3)}))} == set()
    only = compare("shop", STEPS, log({ALL: steady(9, 3), MOBILE: steady(9, 3)}))
    assert [each.against for each in only] == ["history", "history"]


def test_a_segment_takes_its_own_way_onward_if_enough_of_it_went() -> None:
    first = {ALL: steady(20, 10), MOBILE: steady(10, 5), DESKTOP: steady(10, 5)}
    second = {ALL: steady(10, 5), MOBILE: steady(5, 1), DESKTOP: [(10, 10)]}
    onward = {
        each.where.segment: each.onward for each in compare("shop", STEPS, log(first, second)) if not each.where.number
    }
    assert onward == {ALL: 0.5, MOBILE: 0.2, DESKTOP: 0.5}


def test_weeks_that_differ_anyway_take_more_to_show_a_fall() -> None:
    calm = log({ALL: steady(1000, 500, 84) + steady(1000, 470, 28)})
    restless = log({ALL: [(1000, 560 if day // 7 % 2 else 440) for day in range(84)] + steady(1000, 470, 28)})
    assert [each.proof for each in jams(calm)] == ["shown"]
    assert jams(restless) == () or jams(restless)[0].proof == "cannot-tell"


def test_unrest_is_pearsons_of_the_weeks_of_history() -> None:
    (only,) = compare("shop", STEPS, log({ALL: [(10, 6 if day // 7 % 2 else 4) for day in range(112)]}))
    assert only.unrest == pytest.approx(12 * 7**2 / (70 * 0.25) / 11)  # each of twelve weeks is 7 off 35
    assert only.freedom == 11


def test_unrest_beside_the_best_is_that_of_both_before() -> None:
    """One that never varied says nothing beside one that did."""
    varied = [(10, 6 if day // 7 % 2 else 4) for day in range(112)]
    way = {ALL: steady(30, 15), DESKTOP: steady(10, 10), MOBILE: varied, TABLET: varied}
    mobile, tablet = (each for each in compare("shop", STEPS, log(way)) if each.against == "segment")
    assert (mobile.best, mobile.freedom) == (DESKTOP, 11)
    assert mobile.unrest == pytest.approx(12 * 7**2 / (70 * 0.25) / 11)
    assert (tablet.freedom, tablet.unrest) == (mobile.freedom, mobile.unrest)
    way = {ALL: steady(30, 15), DESKTOP: [(10, 9 if day // 7 % 2 else 7) for day in range(112)], MOBILE: varied}
    (mobile,) = (each for each in compare("shop", STEPS, log(way)) if each.against == "segment")
    both = 12 * 7**2 / (70 * 0.25) + 12 * 7**2 / (70 * 0.8 * 0.2)
    assert mobile.freedom == 22
    assert mobile.unrest == pytest.approx(both / 22)


def test_unrest_beside_the_best_is_the_bests_where_a_segment_is_new() -> None:
    way = {ALL: steady(20, 15), DESKTOP: steady(10, 10), MOBILE: fall((0, 0), (10, 5))}
    (mobile,) = (each for each in compare("shop", STEPS, log(way)) if each.against == "segment")
    assert (mobile.freedom, mobile.unrest) == (11, 0)


def test_a_jam_that_begins_in_the_middle_of_the_window_does_not_hide_behind_itself() -> None:
    counts = log({ALL: steady(100, 50, 98) + steady(100, 20, 14)})
    assert [each.proof for each in jams(counts)] == ["shown"]
    assert compare("shop", STEPS, counts)[0].unrest == 0


def test_history_of_one_week_cannot_tell() -> None:
    counts = log({ALL: steady(0, 0, 77) + steady(100, 50, 7) + steady(100, 20, 28)})
    assert [each.proof for each in jams(counts)] == ["cannot-tell"]


def test_more_comparisons_ask_for_more() -> None:
    """What is shown alone is not among a hundred others in which nothing is."""
    one = compared((120, 300), (500, 1000))
    alone, *_ = judge([one])
    beside, *_ = judge([one, *[compared((150, 300), (500, 1000))] * 99])
    assert alone.proof == "shown"
    assert beside.chance == pytest.approx(min(1, 100 * alone.chance))
    assert beside.proof != "shown"


def test_what_could_not_differ_does_not_count_among_the_others() -> None:
    one, few = compared((120, 300), (500, 1000)), compared((1, 15), (100, 1000))
    assert judge([one, *[few] * 99])[0].chance == judge([one])[0].chance


@given(st.integers(20, 400), st.integers(20, 2000), st.floats(0.05, 0.95))
def test_power_is_that_of_statsmodels(reached: int, reached_then: int, share: float) -> None:
    on, on_then = round(share * reached), round(share * reached_then)
    each = compared((on, reached), (on_then, reached_then), unrest=0)
    share = (on + on_then) / (reached + reached_then)
    if not 0 < share < 1:
        assert bottlenecks._power(each, 1) == 0
        return
    theirs = power_proportions_2indep(
        -share / 3, share, reached, ratio=reached_then / reached, alpha=0.025, value=0, alternative="smaller"
    )
    assert bottlenecks._power(each, 1) == pytest.approx(theirs.power, rel=1e-9, abs=1e-9)


def test_unrest_is_as_if_so_many_times_fewer_had_come() -> None:
    restless = compared((240, 600), (500, 1000), unrest=4.0, freedom=10**6)
    fewer = compared((60, 150), (125, 250), freedom=10**6)
    assert bottlenecks._power(restless, 1) == pytest.approx(bottlenecks._power(fewer, 1), rel=1e-3)
    assert bottlenecks._chance(restless) == pytest.approx(
        2 * rates.tail(-rates.signed_root(60, 150, 125, 250)), rel=1e-3
    )
    assert bottlenecks._chance(fewer) == 2 * rates.fewer(60, 150, 125, 250)


def test_the_interval_of_what_is_lost_is_as_wide_as_weeks_differ() -> None:
    (calm,), (restless,) = (judge([compared((240, 600), (500, 1000), unrest)]) for unrest in (1.0, 2.0))
    t = stats.t.ppf(0.975, 11)
    assert (calm.lost_low / 600, calm.lost_high / 600) == pytest.approx(rates.newcombe(500, 1000, 240, 600, t))
    wide = rates.newcombe(500, 1000, 240, 600, t * sqrt(2))
    assert (restless.lost_low / 600, restless.lost_high / 600) == pytest.approx(wide)


def test_unrest_that_is_not_known_cannot_tell() -> None:
    (jam,) = judge([compared((120, 300), (500, 1000), freedom=0)])
    assert (jam.chance, jam.proof) == (1, "cannot-tell")


def test_many_that_are_each_a_little_out_are_suspected() -> None:
    """None of twenty stands alone against all of them, but hardly all of them are chance."""
    found = judge([compared((120, 300), (470, 1000))] * 20)
    assert {each.proof for each in found} == {"suspected"}
    assert min(each.chance for each in found) > bottlenecks.SUSPECTED


def test_nothing_compared_is_nothing_found() -> None:
    assert judge([]) == ()


def test_of_logs_in_which_nothing_happens_at_most_a_few_show_something() -> None:
    """200 journeys a day through three ways, three segments, weeks that differ: 5% may, and chance on top of that."""
    logs = (restless_log(random.Random(number)) for number in range(40))
    wrong = sum(any(each.proof == "shown" for each in jams(counts)) for counts in logs)
    assert wrong <= 6


def restless_log(luck: random.Random) -> LogCounts:
    """Journeys whose shares go up and down by week and by day for no reason."""
    segments, ways = (MOBILE, DESKTOP, TABLET), []
    week = [luck.gauss(0, 0.03) for _ in range(16)]
    for share in (0.3, 0.5, 0.6):
        way: dict[Segment, list[tuple[int, int]]] = {segment: [] for segment in segments}
        for day in range(112):
            there = share + week[day // 7] + luck.gauss(0, 0.03)
            for segment in segments:
                way[segment].append((200, sum(luck.random() < there for _ in range(200))))
        total = [tuple(map(sum, zip(*counts, strict=True))) for counts in zip(*way.values(), strict=True)]
        ways.append({**way, ALL: [(reached, on) for reached, on in total]})
    return log(*ways)
