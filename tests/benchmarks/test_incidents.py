"""The generated incidents: what is planted is what is said, and every method is counted by the same yardstick."""

from __future__ import annotations

import datetime as dt
import json
import math
import sys
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.incidents import nab, page, rivals
from benchmarks.incidents.__main__ import main
from benchmarks.incidents.generate import DAYS, PLANS, SERIES, START, draw, evidence, generate, kind
from benchmarks.incidents.score import measure, outcome, overlap, recalls, score
from benchmarks.incidents.series import GRADES, Planted, Series
from benchmarks.incidents.worlds import FAMILIES, observed, world

from gapcheck.core.journey.counts import Point

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.incidents.series import Span

DAY = dt.timedelta(days=1)


def span(first: int, last: int) -> Span:
    return START + first * DAY, START + last * DAY


def series(values: list[float], *planted: Span, hours: int = 24) -> Series:
    step = dt.timedelta(hours=hours)
    points = tuple(Point(START + n * step, value) for n, value in enumerate(values) if not math.isnan(value))
    return Series("by hand", points, hours, tuple(Planted(*each, "short", -0.5, -3.0, 6.0) for each in planted))


@lru_cache(maxsize=1)
def some() -> tuple[Series, ...]:
    return tuple(generate(4 * len(PLANS)))


# What is planted


def test_a_series_is_the_same_again_whatever_others_are_drawn() -> None:
    assert draw(17, "count, Poisson", "two") == draw(17, "count, Poisson", "two")
    assert next(generate(1)) == some()[0]


def test_a_third_is_quiet_and_every_family_meets_every_plan_as_often() -> None:
    assert SERIES >= 500
    met = Counter(kind(number) for number in range(SERIES))
    assert {met[family, "quiet"] for family in FAMILIES} == {24}
    assert {met[family, plan] for family in FAMILIES for plan in (*DAYS, "two")} == {8}
    assert sum(not each.planted for each in some()) * 3 == len(some())


def test_incidents_are_large_enough_to_be_seen_in_order_apart_and_mostly_there() -> None:
    for each in some():
        when = [point.when for point in each.points]
        assert when == sorted(set(when))
        assert all(one.last < other.first for one, other in zip(each.planted, each.planted[1:], strict=False))
        for incident in each.planted:
            assert incident.evidence is not None
            assert incident.evidence >= GRADES["hard"]
            inside = sum(incident.first <= at <= incident.last for at in when)
            assert inside >= 0.7 * ((incident.last - incident.first) // each.step + 1)


@pytest.mark.parametrize("shape", DAYS)
def test_shapes_are_as_long_as_they_are_said_to_be(shape: str) -> None:
    (incident,) = draw(3, "level, Gaussian", shape).planted
    days = (incident.last - incident.first) / DAY
    low, high = DAYS[shape]
    assert low - 1 <= days <= high


def test_a_shift_lasts_to_the_end() -> None:
    for number in range(5):
        drawn = draw(number, "level, Gaussian", "shift")
        assert drawn.planted[0].last >= drawn.points[-1].when


def test_a_level_is_as_far_off_as_it_is_said_to_be() -> None:
    """Where there is no season and no trend, the mean inside is that outside, changed by the ratio."""
    ratios = []
    for number in range(20):
        drawn = draw(number, "level, Gaussian", "long")
        (incident,) = drawn.planted
        if dict(drawn.traits)["season"] == dict(drawn.traits)["trend"] == "none":
            inside = [p.value for p in drawn.points if incident.first <= p.when <= incident.last]
            outside = [p.value for p in drawn.points if not incident.first <= p.when <= incident.last]
            ratios.append((np.mean(inside) / np.mean(outside) - 1, incident.ratio))
    assert len(ratios) > 1
    assert [one for one, _ in ratios] == pytest.approx([other for _, other in ratios], abs=0.02)


@pytest.mark.parametrize("family", FAMILIES)
def test_points_stray_as_far_as_the_world_says(family: str) -> None:
    """The variance of (value - expected) / sd is 1, and its mean 0, over thousands of points."""
    lot = np.random.default_rng(5)
    drawn = world(lot, family, 100)
    z = []
    for _ in range(20):
        values, of = observed(lot, drawn, drawn.expected)
        if of is not None:
            values = values / np.maximum(of, 1)
        z.append((values - drawn.expected) / drawn.sd)
    assert np.mean(z) == pytest.approx(0, abs=0.03)
    assert np.var(z) == pytest.approx(1, abs=0.12)
    assert np.mean(np.array(z)[:, 1:] * np.array(z)[:, :-1]) == pytest.approx(drawn.rho, abs=0.05)


def test_evidence_of_neighbours_that_are_alike_is_less() -> None:
    """n points of z 1 are a z of sqrt(n); correlated by rho about sqrt(n (1 - rho) / (1 + rho))."""
    drawn = world(np.random.default_rng(1), "level, Gaussian", 150)
    change = np.zeros(drawn.expected.size)
    change[20:120] = (drawn.sd / drawn.expected)[20:120]
    assert evidence(change, replace(drawn, rho=0.0)) == pytest.approx(10)
    assert evidence(change, replace(drawn, rho=0.6)) == pytest.approx(5, abs=0.2)


# How it is counted


def test_overlap_counts_the_last_point_as_long_as_any_other() -> None:
    assert overlap(span(0, 0), span(0, 0), DAY) == 1
    assert overlap(span(0, 9), span(5, 14), DAY) == pytest.approx(5 / 15)
    assert overlap(span(0, 4), span(5, 9), DAY) == 0


def test_alarms_and_incidents_are_one_to_one_and_as_many_as_can_be() -> None:
    """The second alarm shares two thirds with the first incident, more than both pairs together; that were one pair."""
    planted = (span(0, 9), span(10, 14))
    found = outcome(series([1.0] * 40, *planted), [span(0, 2), span(0, 14), span(30, 31)])
    assert found.overlaps == pytest.approx((3 / 10, 5 / 15))
    assert (found.touched, found.beside, found.alarms) == ((True, True), 1, 3)
    twice = outcome(series([1.0] * 40, span(0, 9)), [span(0, 4), span(5, 9)])
    assert (twice.overlaps, twice.beside) == ((0.5,), 0)


def test_an_alarm_that_overlaps_too_little_touches_and_does_not_match() -> None:
    found = outcome(series([1.0] * 40, span(0, 9)), [span(8, 20)])
    assert (found.overlaps, found.touched, found.beside) == ((None,), (True,), 0)


def test_measures_by_hand() -> None:
    quiet, one, two = (series([1.0] * 40, *planted) for planted in ((), (span(0, 9),), (span(0, 9), span(20, 29))))
    alarms = {quiet: [span(3, 3)], one: [span(0, 9), span(30, 30)], two: [span(0, 4), span(29, 39)]}
    outcomes = score(lambda each: alarms[each], [quiet, one, two])
    found = measure(outcomes)
    assert (found.incidents, found.quiet, found.alarmed) == (3, 1, 1)
    assert (found.precision, found.recall, found.overlap) == pytest.approx((2 / 5, 2 / 3, 0.75))
    assert (found.touched, found.beside) == pytest.approx((1, 2 / 3))
    assert recalls(outcomes)["shape", "short"] == (2, 3)
    assert recalls(outcomes)["size", "hard"] == (2, 3)


def test_nothing_to_count_is_a_dash() -> None:
    assert [page.number(each) for each in (math.nan, 1.0, 0.996, 0.5, 0.0)] == ["-", "1.00", "1.00", ".50", ".00"]
    assert math.isnan(measure([]).recall)


# What gapcheck is held against


def test_runs_with_two_points_between_are_one_and_with_three_are_two() -> None:
    out = np.array([0, 1, 0, 0, 1, 1, 0, 0, 0, 1], dtype=bool)
    assert rivals.runs(out) == [(1, 5), (9, 9)]


def test_gaps_lie_on_a_line_and_shares_are_divided() -> None:
    assert rivals.grid(series([1.0, math.nan, 3.0])).tolist() == [1, 2, 3]
    shares = replace(series([1.0]), points=(Point(START, 3, 4), Point(START + DAY, 1, 2)))
    assert rivals.grid(shares).tolist() == [0.75, 0.5]


@pytest.mark.parametrize("name", ["STL", "STL, slow", "z-score", "rolling median"])
@pytest.mark.parametrize("height", [-20.0, 20.0])
def test_every_method_finds_three_days_far_out_of_the_ordinary(name: str, height: float) -> None:
    values = 100 + np.random.default_rng(2).standard_normal(200)
    values[120:123] += height
    found = outcome(series(values.tolist(), span(120, 122)), rivals.DETECTORS[name](series(values.tolist())))
    assert found.overlaps == (1.0,)


@pytest.mark.parametrize("name", rivals.DETECTORS)
def test_nothing_is_found_where_nothing_varies(name: str) -> None:
    assert rivals.DETECTORS[name](series([7.0] * 100)) == []


def test_suspected_includes_shown() -> None:
    counts = [(len(rivals.shown(each)), len(rivals.suspected(each))) for each in some()[:10] if each.hours == 24]
    assert all(one <= other for one, other in counts)
    assert sum(other for _, other in counts) > 0


def test_gapcheck_finds_a_month_that_is_out_of_the_ordinary() -> None:
    values = 100 + np.random.default_rng(2).standard_normal(200)
    values[120:150] -= 5
    drawn = series(values.tolist(), span(120, 149))
    assert outcome(drawn, rivals.shown(drawn)).overlaps == pytest.approx((1.0,), abs=0.1)


# The command


def test_nab_is_read_by_the_hour_with_its_windows(tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_text(
        "timestamp,value\n2031-07-01 00:15:01,1\n2031-07-01 01:15:01,2\n2031-07-01 01:45:01,4\n2031-07-01 03:15:01,5\n"
    )
    windows = {"ads.csv": [["2031-07-01 01:15:01.000000", "2031-07-01 03:15:01.000000"]]}
    (tmp_path / "windows.json").write_text(json.dumps(windows))
    (read,) = nab.read(tmp_path)
    assert [(point.when.hour, point.value) for point in read.points] == [(0, 1), (1, 3), (3, 5)]
    assert [(each.first.hour, each.last.hour) for each in read.planted] == [(1, 3)]
    lines = page.labelled({"all of it": [outcome(read, [(read.planted[0].first, read.planted[0].last)])]})
    assert "| ads | 1 of 1, 0 outside |" in lines


def test_the_command_prints_a_row_for_every_method(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["incidents", "--series", "2"])
    assert main() == 0
    out = capsys.readouterr().out
    assert out.startswith("2 series, 1 of them quiet, and 1 incidents.")
    assert [name for name in rivals.DETECTORS if f"\n| {name} |" not in out] == []
