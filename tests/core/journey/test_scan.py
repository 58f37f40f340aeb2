"""What is out of the ordinary in one series, and what is not."""

import datetime as dt
import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.journey import scan, season
from gapcheck.core.journey.counts import Point
from gapcheck.core.journey.scan import Stretch, stretches

FIRST = dt.datetime.combine(dt.date(2026, 1, 5), dt.time())


def days(values: list[float], hours: int = 24) -> list[Point]:
    """A series of figures from Monday 5 January 2026 on."""
    return [Point(FIRST + dt.timedelta(hours=hours * n), value) for n, value in enumerate(values)]


def shares(counts: list[tuple[int, int]]) -> list[Point]:
    """A series of shares, (on, reached) a day."""
    return [Point(FIRST + dt.timedelta(n), on, reached) for n, (on, reached) in enumerate(counts)]


def noise(count: int, seed: str, level: float = 100.5, sigma: float = 5.0) -> list[float]:
    """Normal values about a level."""
    rng = random.Random(seed)
    return [level + rng.gauss(0, sigma) for _ in range(count)]


def drawn(count: int, reached: int, share: Callable[[int], float], seed: str) -> list[tuple[int, int]]:
    """Binomial counts, with a share that may depend on the day."""
    rng = random.Random(seed)
    return [(sum(rng.random() < share(n) for _ in range(reached)), reached) for n in range(count)]


def places(found: tuple[Stretch, ...]) -> list[tuple[int, int]]:
    """First and last place of each stretch."""
    return [each.places for each in found]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two stretches of places, both ends included."""
    common = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return max(0, common) / (one[1] - one[0] + other[1] - other[0] + 2 - max(0, common))


class TestWhatIsFound:
    def test_a_dip_of_three_weeks_in_a_level(self) -> None:
        values = [value - (15 if 80 <= n < 101 else 0) for n, value in enumerate(noise(180, "dip"))]
        (found,) = stretches(days(values))
        assert overlap(found.places, (80, 100)) >= 0.9
        assert found.z < 0
        assert found.proof == "shown"

    def test_a_rise_as_well_as_a_dip(self) -> None:
        values = [value + (15 if 80 <= n < 101 else 0) for n, value in enumerate(noise(180, "rise"))]
        (found,) = stretches(days(values))
        assert overlap(found.places, (80, 100)) >= 0.9
        assert found.z > 0

    def test_a_single_day_that_stands_out(self) -> None:
        values = noise(180, "day")
        values[90] = 190.0
        assert places(stretches(days(values))) == [(90, 90)]

    def test_a_drop_in_a_share_of_two_journeys_a_day(self) -> None:
        counts = drawn(170, 2, lambda n: 0.25 if 70 <= n < 100 else 0.85, "small")
        (found,) = stretches(shares(counts))
        assert overlap(found.places, (70, 99)) >= 0.7
        assert found.proof == "shown"

    def test_a_share_of_many_is_compared_as_a_level(self) -> None:
        counts = drawn(120, 600, lambda n: 0.2 if 50 <= n < 60 else 0.3, "many")
        (found,) = stretches(shares(counts))
        assert places((found,)) == [(50, 59)]
        assert found.observed == pytest.approx(0.2, abs=0.02)

        assert found.expected == pytest.approx(0.3, abs=0.02)

    def test_two_incidents_neither_of_which_hides_the_other(self) -> None:
        values = [
            value - (14 if 40 <= n < 55 else 0) + (14 if 120 <= n < 140 else 0)
            for n, value in enumerate(noise(180, "two"))
        ]
        low, high = stretches(days(values))
        assert low.z < 0 < high.z
        assert overlap(low.places, (40, 54)) >= 0.8
        assert overlap(high.places, (120, 139)) >= 0.8

    def test_one_that_has_not_ended(self) -> None:
        values = [value - (15 if n >= 160 else 0) for n, value in enumerate(noise(180, "open"))]
        (found,) = stretches(days(values))
        assert found.places[1] == 179
        assert abs(found.places[0] - 160) <= 1


class TestWhatIsNot:
    def test_weekdays_that_differ(self) -> None:
        values = [value + (40 if n % 7 > 4 else 0) for n, value in enumerate(noise(180, "week"))]
        assert stretches(days(values)) == ()

    def test_hours_of_the_day_that_differ(self) -> None:
        values = [value + 30 * math.sin(math.tau * n / 24) for n, value in enumerate(noise(24 * 30, "hour"))]
        assert stretches(days(values, hours=1), hours=1) == ()

    def test_steady_growth(self) -> None:
        values = [value + n for n, value in enumerate(noise(180, "trend"))]
        assert stretches(days(values)) == ()

    def test_a_season_does_not_hide_an_incident(self) -> None:
        values = [
            value + (40 if n % 7 > 4 else 0) - (15 if 80 <= n < 101 else 0)
            for n, value in enumerate(noise(180, "both"))
        ]
        (found,) = stretches(days(values))
        assert overlap(found.places, (80, 100)) >= 0.8

    def test_quiet_series_are_called_shown_in_about_one_of_a_hundred(self) -> None:
        """Sixty series of three kinds, one in a hundred each: more than four are shown in one run of 300."""
        quiet = [
            *(shares(drawn(170, 3, lambda _: 0.8, f"s{n}")) for n in range(20)),
            *(days(noise(120, f"g{n}")) for n in range(20)),
            *(days([float(round(each)) for each in noise(120, f"c{n}", 6, 2.4)]) for n in range(20)),
        ]
        alarms = [each for series in quiet for each in stretches(series) if each.proof == "shown"]
        assert len(alarms) <= 4

    def test_noise_that_drags_on_is_not_taken_for_incidents(self) -> None:
        alarms = 0
        for seed in range(20):
            rng, at, values = random.Random(seed), 0.0, []
            for _ in range(180):
                at = 0.7 * at + rng.gauss(0, 1)
                values.append(100.5 + 5 * at)
            alarms += any(each.proof == "shown" for each in stretches(days(values)))
        assert alarms <= 3


class TestTooLittle:
    @pytest.mark.parametrize("values", [[], [5.0], [1.0] * 27, noise(27, "few")])
    def test_nothing_is_said_of_fewer_than_four_weeks(self, values: list[float]) -> None:
        assert stretches(days(values)) == ()

    @pytest.mark.parametrize("value", [0.0, -3.5, 7.0])
    def test_a_metric_that_never_changes(self, value: float) -> None:
        assert stretches(days([value] * 200)) == ()

    def test_days_that_nobody_reached_are_no_points(self) -> None:
        counts = [(0, 0) if n % 2 else each for n, each in enumerate(drawn(60, 5, lambda _: 0.5, "gaps"))]
        assert stretches(shares(counts)) == stretches([p for p in shares(counts) if p.of])

    @pytest.mark.parametrize("on", [0, 4])
    def test_a_share_of_none_or_all(self, on: int) -> None:
        assert stretches(shares([(on, 4)] * 100)) == ()

    def test_negative_figures(self) -> None:
        values = [value - 100 - (15 if 80 <= n < 101 else 0) for n, value in enumerate(noise(180, "below"))]
        assert len(stretches(days(values))) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.integers(0, 20).map(float)), min_size=28, max_size=90))
def test_any_series_is_judged_the_same_twice_and_within_itself(values: list[float]) -> None:
    found = stretches(days(values))
    assert found == stretches(days(values))
    ends = [place for each in found for place in each.places]
    assert ends == sorted(ends)
    assert all(0 <= place < len(values) for place in ends)
    assert all(0 <= each.chance <= scan.SUSPECTED and math.isfinite(each.z) for each in found)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 1000))
def test_the_unit_of_a_metric_changes_nothing(seed: int, unit: float) -> None:
    values = [value - (15 if 50 <= n < 62 else 0) for n, value in enumerate(noise(100, str(seed)))]
    assert places(stretches(days([unit * value for value in values]))) == places(stretches(days(values)))


def test_the_spread_is_the_standard_deviation_of_normal_values_whatever_a_fifth_of_them_is() -> None:
    values = noise(4000, "spread", 0, 3)
    assert season.spread(values) == pytest.approx(3, rel=0.05)
    assert season.spread([*values, *[1000.0] * 800]) == pytest.approx(3, rel=0.5)


def test_students_t_as_a_normal_deviate_agrees_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    for freedom in (24, 60, 200):
        for t in (-6.0, -2.0, 0.0, 1.0, 4.5):
            exact = stats.norm.isf(stats.t.sf(abs(t), freedom)) * (1 if t >= 0 else -1)
            assert scan.normal_of(t, freedom) == pytest.approx(exact, abs=0.01)
