"""Reach, scale and efficiency; and patterns, of which none may be found where there is none."""

from __future__ import annotations

import datetime as dt
import random
import warnings
from dataclasses import replace
from math import sin, tau
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.journey import evidence, rates
from gapcheck.core.journey.counts import Reach, Use
from gapcheck.core.journey.flow import share_of
from tests.core.journey.logs import MONDAY, log

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import LogCounts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import numpy as np
    from statsmodels.regression.linear_model import OLS


def arrivals(days: int, count: Callable[[dt.date], float]) -> LogCounts:
    every = (MONDAY + dt.timedelta(number) for number in range(days))
    return log(days=days, by_day={day: round(count(day)) for day in every})


def steadily(count: float) -> Callable[[dt.date], float]:
    return lambda _: count


def by(counts: LogCounts) -> dict[str, tuple[str, str]]:
    return {each.by: (each.high, each.low) for each in evidence.patterns("shop", counts)}


def poisson(seed: int, mean: Callable[[dt.date], float], days: int = 112) -> LogCounts:
    luck = np.random.default_rng(seed)
    return arrivals(days, lambda day: float(luck.poisson(mean(day))))


def test_a_weekday_that_differs_is_a_pattern() -> None:
    counts = poisson(1, lambda day: 60 if day.weekday() == 2 else 30 if day.weekday() == 6 else 40)
    (found,) = evidence.patterns("shop", counts)
    assert (found.log, found.by, found.high, found.low) == ("shop", "weekday", "Wednesday", "Sunday")
    assert 0.5 < found.strength < 1
    assert found.chance < 1e-6


def test_days_that_differ_by_chance_alone_are_no_pattern() -> None:
    """5% of 100 may be, and chance on top of that."""
    assert sum(bool(by(poisson(seed, steadily(3)))) for seed in range(100)) <= 11
    luck = random.Random(3)
    restless = [arrivals(112, lambda _: luck.lognormvariate(3, 0.8)) for _ in range(100)]
    assert sum(bool(by(counts)) for counts in restless) <= 11


def test_strength_without_a_pattern_is_none_on_average_but_for_being_cut_off_at_0() -> None:
    luck = np.random.default_rng(4)
    raw = [evidence.strength(luck.normal(size=(8, 7)).tolist()).strength for _ in range(200)]
    assert sum(raw) / 200 < 0.05


def test_the_chance_is_that_of_a_two_way_analysis_of_variance() -> None:
    luck = np.random.default_rng(5)
    for height, width in ((2, 3), (5, 7), (7, 24)):
        cells = luck.normal(size=(height, width)) + np.arange(width) / 4 + 3 * np.arange(height)[:, None]
        rows, columns = np.kron(np.eye(height), np.ones((width, 1))), np.tile(np.eye(width)[:, 1:], (height, 1))
        one_way = OLS(cells.ravel(), rows).fit()
        two_way = OLS(cells.ravel(), np.hstack([rows, columns])).fit()
        mine = evidence.strength(cells.tolist())
        assert mine.chance == pytest.approx(two_way.compare_f_test(one_way)[1], rel=1e-9, abs=1e-9)
        left = two_way.mse_resid / one_way.mse_resid
        assert mine.strength == pytest.approx(max(0, 1 - left), rel=1e-9, abs=1e-9)


def test_alike_is_no_pattern_and_alike_every_week_is_all_of_one() -> None:
    assert evidence.strength([[1.0] * 7] * 4)[:2] == (0, 1)
    assert evidence.strength([[1.0, 2.0, 3.0]] * 4)[:2] == (1, 0)
    assert evidence.strength([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])[:2] == (0, 1)
    assert by(arrivals(112, steadily(5))) == {}


def test_whole_weeks_and_at_least_four_of_them_make_a_pattern() -> None:
    def odd(day: dt.date) -> float:
        return 50 if day.weekday() == 0 else 5 + day.toordinal() % 2

    assert (
        by(arrivals(28, odd)) == {"weekday": ("Monday", "Tuesday")} or by(arrivals(28, odd))["weekday"][0] == "Monday"
    )
    assert by(arrivals(27, odd)) == {}
    tuesday = replace(arrivals(34, odd), first=MONDAY + dt.timedelta(1))
    assert by(tuesday) == {}
    assert by(replace(arrivals(35, odd), first=MONDAY + dt.timedelta(1)))["weekday"][0] == "Monday"


def test_weeks_in_which_nothing_was_counted_say_nothing() -> None:
    counts = poisson(6, lambda day: 60 if day.weekday() == 2 else 40)
    gap = {day: 0 if 20 < (day - MONDAY).days < 70 else count for day, count in counts.by_day.items()}
    assert len(evidence._weeks(replace(counts, by_day=gap))) == 16 - 7
    assert by(replace(counts, by_day={})) == {}


def test_hours_that_differ_are_a_pattern() -> None:
    luck = np.random.default_rng(7)
    hours = tuple(int(luck.poisson(40 + 30 * sin(tau * (hour % 24 - 8) / 24))) for hour in range(168))
    (found,) = evidence.patterns("shop", log(by_hour_of_week=hours))
    assert (found.by, found.chance < 1e-6) == ("hour", True)
    assert found.high in {"12:00", "13:00", "14:00", "15:00", "16:00"}
    assert evidence.patterns("shop", log(by_hour_of_week=hours, days=27)) == ()


def test_days_without_an_hour_have_no_pattern_of_hours() -> None:
    """A date alone is taken for its midnight, which is no finding."""
    midnight = tuple(30 if hour % 24 == 0 else 0 for hour in range(168))
    assert evidence.patterns("shop", log(by_hour_of_week=midnight)) == ()
    assert evidence.patterns("shop", log(by_hour_of_week=())) == ()
    assert evidence.patterns("shop", log(by_hour_of_week=(1, 2, *[0] * 166))) == ()


def test_months_take_two_whole_years() -> None:
    def season(day: dt.date) -> float:
        return 100 if day.month == 12 else 20 if day.month == 2 else 50

    two = arrivals(365 * 3, season)  # from 4 January 2027 on: 35 whole months
    assert by(replace(two, last=dt.date(2029, 1, 31))) == {"month": ("December", "February")}
    assert by(replace(two, last=dt.date(2029, 1, 30))) == {}


def test_a_trend_is_no_season() -> None:
    growth = arrivals(365 * 3 + 30, lambda day: 100 + (day - MONDAY).days / 5)
    assert "month" not in by(growth)
    rows, months = evidence._years(growth)
    assert (len(rows), months[0]) == (3, "February")


def test_all_patterns_of_a_log_count_together() -> None:
    """Weekdays alone have a chance of .015, hours of .012."""
    luck = np.random.default_rng(6)
    hours = tuple(int(luck.poisson(52 if hour % 24 == 9 else 40)) for hour in range(168))
    counts = replace(poisson(6, lambda day: 45 if day.weekday() == 2 else 40), by_hour_of_week=hours)
    alone = [evidence.strength(rows).chance for rows in (evidence._weeks(counts), evidence._hours(counts))]
    told = [each.chance for each in evidence.patterns("shop", counts)]
    assert told == rates.holm(alone) == [2 * min(alone)] * 2


def test_one_day_and_nothing_at_all_have_no_pattern() -> None:
    assert evidence.patterns("shop", arrivals(1, steadily(1))) == ()
    assert evidence.patterns("shop", arrivals(800, steadily(0))) == ()
    assert evidence.patterns("shop", arrivals(800, lambda day: day == MONDAY)) == ()


def test_a_panel_is_reach_events_and_efficiency_by_stage_and_channel(catalog: Catalog) -> None:
    reach = {
        ("cart", ""): Reach(people=100, events=150),
        ("checkout", ""): Reach(people=60, events=70),
        ("checkout", "mail"): Reach(people=20, events=25),
        ("no-such-place", ""): Reach(people=9999, events=9999),
    }
    use = Use({"": {10: (5, 15)}, "mail": {10: (2, 3)}}, {}, {})
    everybody, mail = evidence.panel(catalog, [log(reach=reach, use=use)])
    assert (everybody.stage, everybody.channel, everybody.people, everybody.events) == ("decision", "", 100, 220)
    assert everybody.came == share_of(20, 100)
    assert (mail.channel, mail.people, mail.events, mail.came) == ("mail", 20, 25, share_of(5, 20))


def test_logs_may_hold_the_same_people(catalog: Catalog) -> None:
    one = log(reach={("cart", ""): Reach(100, 150)}, use=Use({"": {10: (5, 15)}}, {}, {}))
    other = log(reach={("checkout", ""): Reach(300, 400)}, use=Use({"": {10: (30, 30)}}, {}, {}))
    (found,) = evidence.panel(catalog, [one, other])
    assert (found.people, found.events, found.came) == (300, 550, share_of(60, 300))


def test_efficiency_is_not_told_of_nobody_nor_of_a_stage_that_is_not_on_the_way(catalog: Catalog) -> None:
    use = Use({"": {10: (5, 15)}}, {}, {})
    for people in (0, 19):
        (found,) = evidence.panel(catalog, [log(reach={("cart", ""): Reach(people, 5)}, use=use)])
        assert found.came is None
    (found,) = evidence.panel(catalog, [log(reach={("cart", ""): Reach(20, 5)}, use=use)])
    assert found.came == share_of(20, 20)
    reach = {("cart", ""): Reach(20, 5), ("cart", "ad"): Reach(9, 5), ("cart", "mail"): Reach(2, 5)}
    use = Use({"": {10: (5, 15)}, "ad": {10: (5, 4)}, "mail": {10: (2, 1)}}, {}, {})
    told = [each.came for each in evidence.panel(catalog, [log(reach=reach, use=use)])]
    assert told == [None] * 3, "a channel with more than came by it: of no row of the stage"
    assert evidence.panel(catalog, []) == evidence.panel(catalog, [log()]) == ()


def test_stages_come_in_the_order_of_the_catalog(catalog: Catalog) -> None:
    first = {stage: next(iter(content.touchpoints)) for stage, content in catalog.stages.items() if content.touchpoints}
    reach = {(point, ""): Reach(1, 1) for point in reversed(first.values())}
    assert [each.stage for each in evidence.panel(catalog, [log(reach=reach)])] == [*first]
