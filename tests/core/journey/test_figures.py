"""A metric's latest figure and its direction."""

import datetime as dt
import random
from dataclasses import replace
from math import sqrt

import pytest

from gapcheck.core.catalog import Catalog
from gapcheck.core.journey.counts import ALL, DayCount, LogCounts, Passage, Point, Series
from gapcheck.core.journey.figures import figures
from gapcheck.core.journey.found import Figure
from tests.core.journey.made import catalog, journey_map
from tests.core.journey.test_incidents import EVERYWHERE, FIRST

LAST = dt.datetime.combine(dt.date(2026, 6, 30), dt.time())


def series(now: list[float], then: list[float], of: float | None = None) -> dict[str, Series]:
    """`orders` over the last days, with others four weeks before."""
    points = [Point(LAST - dt.timedelta(n), value, of) for n, value in enumerate(now)]
    points += [Point(LAST - dt.timedelta(28 + n), value, of) for n, value in enumerate(then)]
    return {"orders": Series("orders", tuple(sorted(points, key=lambda point: point.when)))}


def the_one(some: dict[str, Series]) -> Figure:
    (found,) = figures(catalog(), journey_map(), {}, some)
    return found


def lower_is_better() -> Catalog:
    told = catalog()
    stage = told.stages["only"]
    paying = replace(stage.metrics["paying"], better="lower")
    return replace(told, stages={"only": replace(stage, metrics={**stage.metrics, "paying": paying})})


def shop(now: tuple[int, int], then: tuple[int, int]) -> dict[str, LogCounts]:
    """The way to a payment, (on, reached) on each day of two times four weeks."""
    days = tuple(
        DayCount(FIRST + dt.timedelta(n), reached, on) for n in range(56) for on, reached in (then if n < 28 else now,)
    )
    return {"shop": replace(EVERYWHERE, passages=({ALL: Passage(days)}, {ALL: Passage(())}))}


@pytest.mark.parametrize(
    ("now", "then", "direction"),
    [
        ([10.0, 11, 9] * 9, [10.0, 11, 9] * 9, "same"),
        ([20.0, 21, 19] * 9, [10.0, 11, 9] * 9, "better"),
        ([5.0, 6, 4] * 9, [10.0, 11, 9] * 9, "worse"),
        ([20.0, 21], [10.0, 11, 9] * 9, "unclear"),
        ([10.0] * 28, [], "unclear"),
        ([7.0] * 28, [7.0] * 28, "same"),
        ([8.0] * 28, [7.0] * 28, "better"),
    ],
)
def test_means_of_four_weeks_beside_the_four_before(now: list[float], then: list[float], direction: str) -> None:
    found = the_one(series(now, then))
    assert found.value == pytest.approx(sum(now) / len(now))
    assert found.direction == direction
    assert found.day == LAST.date()


def test_a_share_is_pooled_over_days_with_its_interval() -> None:
    found = the_one(series([30.0] * 28, [20.0] * 28, of=100.0))
    assert (found.value, found.before, found.direction) == (0.3, 0.2, "better")
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.3 < found.high


def test_a_share_of_nothing_has_no_figure() -> None:
    assert figures(catalog(), journey_map(), {}, series([0.0], [0.0], of=0.0)) == ()


def test_a_step_that_names_a_metric_gives_its_figure() -> None:
    (found,) = figures(catalog(), journey_map(), shop((8, 10), (5, 10)), {})
    assert (found.metric, found.before, found.direction) == ("paying", 0.5, "better")
    assert found.value == 0.8


def test_where_lower_is_better_those_count_who_do_not_come_on() -> None:
    (found,) = figures(lower_is_better(), journey_map(), shop((8, 10), (5, 10)), {})
    assert found.value == pytest.approx(0.2)
    assert (found.before, found.direction) == (0.5, "better")


def test_figures_of_their_own_win_over_what_a_log_says() -> None:
    own = {"paying": replace(series([30.0] * 28, [], of=100.0)["orders"], metric="paying")}
    (found,) = figures(catalog(), journey_map(), shop((8, 10), (5, 10)), own)
    assert found.value == 0.3


def test_no_figures_no_metrics() -> None:
    assert figures(catalog(), journey_map(), {}, {"orders": Series("orders", ())}) == ()


def drifting(seed: int, spread: float, of: float = 9000.0) -> dict[str, Series]:
    """Eight weeks of a share of 2% that goes up and down from day to day for no reason."""
    luck = random.Random(seed)
    days = []
    for _ in range(56):
        share = 0.02 * luck.uniform(1 - spread * sqrt(3), 1 + spread * sqrt(3))
        days.append(float(round(luck.gauss(of * share, sqrt(of * share * (1 - share))))))
    return series(days[28:], days[:28], of=of)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.2])
def test_days_that_differ_anyway_make_no_direction_and_a_wider_interval(spread: float) -> None:
    """One in twenty may seem to move, and one in twenty intervals miss; by dice alone half of them would, at .2."""
    found = [the_one(drifting(seed, spread)) for seed in range(200)]
    assert sum(each.direction != "same" for each in found) <= 20
    assert sum((each.low or 1) <= 0.02 <= (each.high or 0) for each in found) >= 180


def test_of_a_few_days_a_share_has_no_direction() -> None:
    assert the_one(series([90.0] * 4, [10.0] * 28, of=100.0)).direction == "unclear"
    assert the_one(series([90.0] * 5, [10.0] * 28, of=100.0)).direction == "better"
