"""Who comes back, against lifelines; and what is said of nobody, of one, of all and of none."""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import astuple
from operator import mul

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gapcheck.core.journey import rates, repeat
from gapcheck.core.journey.comparisons import LEAST
from gapcheck.core.journey.counts import Use, Worth

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import statsmodels.api as sm
    from lifelines import KaplanMeierFitter

Second = dict[int, tuple[int, int]]
SECOND = st.dictionaries(st.integers(0, 120), st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=25)
JANUARY, FEBRUARY = dt.date(2027, 1, 1), dt.date(2027, 2, 1)


def fitted(second: Second) -> KaplanMeierFitter:
    rows = [(day, came, count) for day, counts in second.items() for came, count in zip((1, 0), counts, strict=True)]
    days, came, weights = zip(*[row for row in rows if row[2]], strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return KaplanMeierFitter().fit(days, came, weights=weights)


@given(SECOND)
def test_the_curve_is_that_of_lifelines(second: Second) -> None:
    mine = repeat.curve(second)
    if not sum(map(sum, second.values())):
        assert mine == ()
        return
    theirs = fitted(second)
    away, bounds = theirs.survival_function_.iloc[:, 0], theirs.confidence_interval_
    for each in mine:
        if sum(second[each.day]) == 0:
            continue  # lifelines has no such day
        assert 1 - each.share == pytest.approx(away[each.day], rel=1e-9, abs=1e-9)
        if 0 < each.share < 1:
            low, high = bounds.loc[each.day]
            assert (1 - each.high, 1 - each.low) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


@given(SECOND)
def test_the_median_is_that_of_lifelines(second: Second) -> None:
    people = sum(map(sum, second.values()))
    assume(not any(each.share == pytest.approx(1 / 2) for each in repeat.curve(second)))  # half is where they round
    theirs = fitted(second).median_survival_time_ if people else float("inf")
    enough = people >= LEAST and theirs != float("inf")
    assert repeat.median(second) == (theirs if enough else None)


@given(SECOND)
def test_intervals_hold_their_share_and_only_ever_rise(second: Second) -> None:
    curve = repeat.curve(second)
    for each in curve:
        assert 0 <= each.low <= each.share <= each.high <= 1
        assert each.low < each.high
    shares = [each.share for each in curve]
    assert shares == sorted(shares)


def test_a_curve_by_hand() -> None:
    """Of ten, two came back on day 5 and one left; of the seven still followed one came back on day 9."""
    first, second, last = repeat.curve({5: (2, 1), 9: (1, 0), 20: (0, 6)})
    assert (first.at_risk, second.at_risk, last.at_risk) == (10, 7, 6)
    assert (first.share, second.share) == pytest.approx((0.2, 1 - 0.8 * 6 / 7))
    assert (last.share, last.low, last.high) == (second.share, second.low, second.high)


def test_nobody_one_all_and_none() -> None:
    assert repeat.curve({}) == repeat.curve({3: (0, 0)}) == ()
    assert repeat.median({}) is None
    assert repeat.back_by({}, 30) is None
    (one,) = repeat.curve({4: (1, 0)})
    assert (one.share, one.low, one.high) == (1, *rates.wilson(1, 1))
    (out,) = repeat.curve({4: (0, 1)})
    assert (out.share, out.low, out.high) == (0, *rates.wilson(0, 1))
    assert repeat.median({4: (19, 0)}) is None
    assert repeat.median({4: (20, 0)}) == 4
    assert repeat.median({4: (9, 11)}) is None


def test_half_is_half_whatever_floats_make_of_it() -> None:
    """24/26, 14/24 and 13/14 make 1/2, and as floats a little more."""
    second = {1: (2, 0), 2: (10, 0), 3: (1, 0), 400: (0, 13)}
    assert repeat.curve(second)[2].share < 1 / 2
    assert repeat.median(second) == 3


def test_the_last_to_come_back_takes_nothing_from_what_was_known() -> None:
    curve = repeat.curve({5: (99, 0), 9: (1, 0)})
    assert curve[1].low == curve[0].low > 0.9
    assert (curve[1].share, curve[1].high) == (1, 1)


def test_back_by_a_day() -> None:
    second = {5: (40, 0), 45: (10, 10), 70: (0, 40)}
    assert repeat.back_by(second, 30) == pytest.approx((0.4, *interval(second, 5)))
    assert repeat.back_by(second, 60) == pytest.approx((0.5, *interval(second, 45)))
    assert repeat.back_by(second, 90) is None
    assert repeat.back_by({5: (40, 0)}, 90) == (1, *rates.wilson(40, 40))
    assert repeat.back_by({45: (10, 10)}, 30) == (0, *rates.wilson(0, 20))
    assert repeat.back_by({10: (0, 50), 45: (0, 10)}, 30) == (0, *rates.wilson(0, 10))
    assert repeat.back_by({10: (0, 50)}, 30) is None
    assert repeat.back_by({30: (10, 10)}, 30) == pytest.approx((0.5, *interval({30: (10, 10)}, 30)))


def interval(second: Second, day: int) -> tuple[float, float]:
    (found,) = [(each.low, each.high) for each in repeat.curve(second) if each.day == day]
    return found


def test_repeat_use_is_everybody_then_channels_the_largest_first() -> None:
    second = {"mail": {3: (1, 1)}, "": {3: (2, 4)}, "text": {3: (1, 3)}, "fair": {3: (0, 0)}, "chat": {3: (1, 1)}}
    found = repeat.repeat_use("shop", Use(second, {}, {}))
    assert [(each.channel, each.people, each.back) for each in found.returning] == [
        ("", 6, 2),
        ("text", 4, 1),
        ("chat", 2, 1),
        ("mail", 2, 1),
    ]
    assert [*found.returning[0].share] == ["30", "60", "90"]
    assert (found.log, found.cohorts, found.returning[0].value, found.valued) == ("shop", (), None, False)


def test_cohorts_are_shares_of_those_followed_long_enough() -> None:
    cohorts = {FEBRUARY: (8, {1: (0, 0)}), JANUARY: (10, {3: (1, 4), 1: (3, 10), 4: (0, 0)})}
    january, february = repeat.repeat_use("shop", Use({}, cohorts, {})).cohorts
    assert [(each.on, each.reached) for each in january.back] == [(3, 10), (0, 0), (1, 4)]
    assert (january.back[0].low, january.back[0].high) == rates.wilson(3, 10)
    assert (january.month, january.people, february.back) == (JANUARY, 10, ())


def worth(*people: tuple[float, float]) -> Worth:
    """What so many people's first and later uses brought."""
    one, other = ([part[n] for part in people] for n in (0, 1))
    squares = (sum(each * each for each in one), sum(each * each for each in other))
    return Worth(len(people), sum(one), sum(other), *squares, sum(map(mul, one, other)))


AMOUNTS = st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), min_size=2, max_size=40)


@given(AMOUNTS)
def test_the_share_of_value_and_its_error_are_those_of_a_line_through_nothing(
    people: list[tuple[float, float]],
) -> None:
    """A ratio of sums is the weighted slope of later value on all value; its robust error is that of the ratio."""
    known = np.array([(one, other) for one, other in people if one + other > 1e-3])
    assume(len(known) > 1)
    total = known.sum(axis=1)
    line = sm.WLS(known[:, 1], total, weights=1 / total).fit(cov_type="HC1")
    found = worth(*map(tuple, known))
    told = repeat.share_of_value(found)
    assert told is not None
    assert told[0] == pytest.approx(line.params[0], rel=1e-9, abs=1e-9)
    assert rates.ratio_error(*astuple(found)) ** 2 == pytest.approx(line.bse[0] ** 2, rel=1e-9, abs=1e-14)


@given(AMOUNTS)
def test_the_interval_of_a_share_of_value_holds_it_and_lies_in_0_to_1(people: list[tuple[float, float]]) -> None:
    told = repeat.share_of_value(worth(*people))
    if told is not None:
        share, low, high = told
        assert 0 <= low <= share + 1e-12
        assert share - 1e-12 <= high <= 1


def test_a_few_people_who_bring_most_of_it_make_the_share_unsure() -> None:
    """Half of all value is later value in both; in one by everybody alike, in the other by one in ten."""
    _, low, high = repeat.share_of_value(worth(*[(10.0, 10.0)] * 90, *[(11.0, 9.0), (9.0, 11.0)] * 5)) or (0, 0, 0)
    _, lower, higher = repeat.share_of_value(worth(*[(10.0, 0.0)] * 90, *[(10.0, 100.0)] * 10)) or (0, 0, 0)
    assert high - low < 0.01
    assert higher - lower > 0.2


def test_where_nobody_or_only_who_had_come_before_brought_anything_it_is_as_sure_as_there_are_people() -> None:
    assert repeat.share_of_value(worth(*[(5.0, 0.0)] * 30)) == (0, *rates.wilson(0, 30))
    assert repeat.share_of_value(worth(*[(0.0, 5.0)] * 30)) == (1, *rates.wilson(30, 30))
    assert repeat.share_of_value(worth((3.0, 1.0))) == (0.25, *rates.wilson(0, 1)), "one person says next to nothing"


def test_there_is_no_share_of_nothing_nor_of_what_was_paid_back() -> None:
    assert repeat.share_of_value(worth((0.0, 0.0))) is None
    assert repeat.share_of_value(worth((-5.0, 10.0), (1.0, 1.0))) is None
    assert repeat.share_of_value(worth((10.0, -5.0), (1.0, 1.0))) is None


def test_the_share_of_value_is_told_by_channel() -> None:
    second = {"": {9: (1, 1)}, "mail": {9: (1, 0)}, "ad": {9: (0, 1)}}
    value = {"": worth((3.0, 1.0), (4.0, 0.0)), "mail": worth((3.0, 1.0))}
    found = repeat.repeat_use("shop", Use(second, {}, value, valued=True))
    assert [(each.channel, each.value and each.value[0]) for each in found.returning] == [
        ("", 0.125),
        ("ad", None),
        ("mail", 0.25),
    ]
