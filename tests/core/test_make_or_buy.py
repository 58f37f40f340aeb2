"""When learning pays for itself: worked by hand, and what must hold for every price."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.make_or_buy import HORIZON, OFF, WEEKS_A_MONTH, BreakEven, Cost, Learning, break_even

PRICES = st.integers(0, 400)
LEARNING = st.builds(
    Learning,
    competence=st.sampled_from((0.0, 0.2, 0.4, 0.6)),
    hours=st.integers(1, 200),
    weekly=st.integers(0, 40),
)
COSTS = st.builds(Cost, needed=st.integers(0, 200), theirs=PRICES, own=PRICES)
MORE = st.integers(0, 100)


def in_a_month(hours: float) -> Learning:
    """Nothing known, and hours enough to be at 80% after one month."""
    return Learning(0.0, hours, hours / WEEKS_A_MONTH)


def late(month: int | None) -> int:
    return HORIZON + 1 if month is None else month


def test_worked_by_hand() -> None:
    """45 hours at 50 are 2,250; then each month saves 10 x (80 - 50) = 300: the ninth is the first in plus."""
    assert break_even(in_a_month(45), Cost(10, 100, 50)).month == 9


def test_what_one_could_do_already_is_no_gain_of_learning() -> None:
    """From 60% on: 20 hours at 31 are 620; then 10 x (80 - 60) = 200 a month more than without: month 5, not 3."""
    assert break_even(replace(in_a_month(20), competence=0.6), Cost(10, 100, 31)).month == 5


def test_competence_is_that_of_the_months_beginning() -> None:
    """Half of the hours a month, nothing to pay for study: the second month gains, the first does not."""
    learning = Learning(0.0, 40, 20 / WEEKS_A_MONTH)
    assert break_even(learning, Cost(10, 100, 0)).month == 2


@pytest.mark.parametrize(
    ("learning", "cost"),
    [
        (in_a_month(45), Cost(10, 100, 80)),
        (in_a_month(45), Cost(0, 100, 50)),
        (replace(in_a_month(45), weekly=0), Cost(10, 100, 50)),
        (in_a_month(45), Cost(1, 100, 75)),
    ],
    ids=["own hours as dear at 80%", "nothing needed", "no hours to learn", "too little to gain in five years"],
)
def test_it_does_not_pay_within_five_years(learning: Learning, cost: Cost) -> None:
    assert break_even(learning, cost) == BreakEven(None, None, None)


@given(LEARNING, COSTS, MORE)
def test_dearer_specialists_never_make_it_later(learning: Learning, cost: Cost, more: int) -> None:
    dearer = replace(cost, theirs=cost.theirs + more)
    assert late(break_even(learning, dearer).month) <= late(break_even(learning, cost).month)


@given(LEARNING, COSTS, MORE)
def test_more_hours_needed_never_make_it_later(learning: Learning, cost: Cost, more: int) -> None:
    busier = replace(cost, needed=cost.needed + more)
    assert late(break_even(learning, busier).month) <= late(break_even(learning, cost).month)


@given(LEARNING, COSTS)
def test_a_third_off_either_way_brackets_the_estimate(learning: Learning, cost: Cost) -> None:
    even = break_even(learning, cost)
    assert late(even.sooner) <= late(even.month) <= late(even.later)
    longer = replace(learning, hours=learning.hours * (1 + OFF))
    assert even.later == break_even(longer, cost).month
