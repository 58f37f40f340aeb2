"""Figures over time: wide and long files, numbers as people write them, doubles, gaps, hours and days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.core.journey.counts import Point
from gapcheck.core.journey.map import Column
from tests.files.reading import refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.files.journey.conftest import ReadFigures

SHARE = {"click-rate": Column(numerator="clicks", denominator="shown")}


def at(day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2027, 1, day, hour)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12", ".", 12), ("12.5", ".", 12.5), ("12%", ".", 12), ("12 %", ".", 12), ("1,234.5", ".", 1234.5),
        ("1,234", ".", 1234), ("1.234", ".", 1.234), ("1.234", ",", 1234), ("1,234", ",", 1.234),
        ("12,5", ",", 12.5), ("1.234,5", ",", 1234.5), ("1 234,5", ",", 1234.5), ("1\u202f234", ".", 1234),
        ("1\u2019234.50", ".", 1234.5), ("\u20ac 12", ".", 12), ("12 \u20ac", ".", 12), ("$1,000.50", ".", 1000.5),
        ("USD 12", ".", 12), ("12 CHF", ".", 12), ("-3", ".", -3), ("\u22123", ".", -3), ("3-", ".", -3),
        ("(3)", ".", -3), ("-$3", ".", -3), ("1e3", ".", 1000), ("1.5E-3", ".", 0.0015), ("+7", ".", 7), ("0", ".", 0),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(read_figures: ReadFigures, text: str, decimal: str, number: float) -> None:
    series, _ = read_figures(f"day;rate\n2027-01-04;{text}\n", decimal=decimal)
    (point,) = series["click-rate"].points
    assert point.when == at(4)
    assert point.value == pytest.approx(number)


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "NaN", "inf", "-Infinity", "null", "#DIV/0!", "1e999"])
def test_what_is_no_finite_number_is_missing(read_figures: ReadFigures, text: str) -> None:
    series, account = read_figures(f"day;rate\n2027-01-03;{text}\n2027-01-04;5\n")
    assert series["click-rate"].points == (Point(at(4), 5.0),)
    assert account.remarks == ()


@pytest.mark.parametrize("text", ["twelve", "1,23,456", "12 34", "1.2.3"])
def test_what_is_no_number_is_missing_and_told(read_figures: ReadFigures, text: str) -> None:
    _, account = read_figures(f"day;rate\n2027-01-03;{text}\n2027-01-04;5\n")
    assert account.remarks == ('click-rate: in "rate" 1 figure is no number and counts as missing',)


def test_12_percent_is_a_share_with_its_sign_or_without_and_a_sign_makes_a_ratio_of_it(
    read_figures: ReadFigures,
) -> None:
    text = "day;rate\n2027-01-04;12%\n"
    for units, value in (({"click-rate": "percent"}, 0.12), ({"click-rate": "ratio"}, 0.12), (None, 12)):
        assert read_figures(text, units=units)[0]["click-rate"].points[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("numbers", "decimal", "message"),
    [
        (["12", "12,5"], ".", 'these numbers have a decimal comma; say in the map  decimal: "," (row 3)'),
        (["12.5", "12"], ",", 'these numbers have a decimal point; say in the map  decimal: "." (row 2)'),
        (["12.5", "12,5"], ".", "some numbers have a decimal comma and others a decimal point; write them one way"
         " (row 2, row 3)"),
    ],
)  # fmt: skip
def test_the_other_decimal_mark_is_an_error(
    read_figures: ReadFigures, numbers: list[str], decimal: str, message: str
) -> None:
    text = "day;rate\n" + "".join(f"2027-01-0{n};{number}\n" for n, number in enumerate(numbers, 1))
    assert refused(lambda: read_figures(text, decimal=decimal)) == [f'column "rate": {message}']


def test_numbers_that_could_be_read_two_ways_are_told(read_figures: ReadFigures) -> None:
    _, account = read_figures("day;rate\n2027-01-04;1,234\n2027-01-05;7\n")
    assert account.remarks == (
        "click-rate: 1 number is written like 1.234 or 1,234, read as 1.234 and 1234; "
        'if that is wrong, say in the map  decimal: ","',
    )
    assert read_figures("day;rate\n2027-01-04;1,234\n2027-01-05;7.5\n")[1].remarks == ()


def test_a_number_that_begins_with_0_has_no_thousands(read_figures: ReadFigures) -> None:
    series, account = read_figures("day;rate\n2027-01-04;0.020\n")
    assert (series["click-rate"].points[0].value, account.remarks) == (0.02, ())
    assert refused(lambda: read_figures("day;rate\n2027-01-04;0,020\n")) == [
        'column "rate": these numbers have a decimal comma; say in the map  decimal: "," (row 2)'
    ]


def test_a_long_file_has_a_row_a_figure(read_figures: ReadFigures) -> None:
    text = (
        "day,name,number\n2027-01-04,clicks,5\n2027-01-04,shown,100\n2027-01-04,cost,€ 7\n"
        "2027-01-05,shown,50\n2027-01-05,clicks,1\n2027-01-05,it's,3\n"
    )
    metrics = {**SHARE, "cost-per-order": Column(value="cost"), "odd": Column(value="it's")}
    series, account = read_figures(text, metric="name", value="number", metrics=metrics)
    assert series["click-rate"].points == (Point(at(4), 5, 100), Point(at(5), 1, 50))
    assert series["cost-per-order"].points == (Point(at(4), 7),)
    assert series["odd"].points == (Point(at(5), 3),)
    assert (account.remarks, account.left_out) == ((), {})


def test_a_name_that_no_row_of_a_long_file_has_is_an_error_placed_in_the_map(
    tmp_path: Path, read_figures: ReadFigures
) -> None:
    """One that only has rows dated later is none; beside it the other faults of the file are told."""
    text = "day;name;number\n2027-01-04;Click rate;5\n2027-01-04;it's;3\n2027-02-01;later;3\n"
    metrics = {"a": Column(value="Click-rate"), "b": Column(value="later"), "c": Column(value="it's")}
    map_yaml = "gapcheck: journey/1\nfigures:\n  ads:\n    metrics:\n      a: {value: Click-rate}\n"
    (tmp_path / "map.yaml").write_text(map_yaml, encoding="utf-8")
    said: dict[str, Any] = {"metric": "name", "value": "number", "metrics": metrics, "until": dt.date(2027, 1, 31)}
    wrong = (
        '5:11: figures.ads.metrics.a.value: nothing in column "name" of figures.csv is "Click-rate"; did you mean '
        'Click rate?; there are: "Click rate", "it\'s", "later"'
    )
    assert refused(lambda: read_figures(text, **said)) == [wrong]
    assert refused(lambda: read_figures(text.replace("2027-01-04;it", "13/04/2027;it"), **said)) == [
        wrong,
        'column "day": these dates have the day first; say in the map  dates: day-first (row 3)',
    ]
    series, account = read_figures(text, **{**said, "metrics": {"b": metrics["b"], "c": metrics["c"]}})
    assert (list(series), account.remarks[-1]) == (["c"], "b: no figures")


def test_rows_of_a_long_file_that_the_map_does_not_name_are_counted_and_told(read_figures: ReadFigures) -> None:
    text = (
        "day,name,number\n2027-01-04,clicks,5\n2027-01-04,NPS,30\n2027-01-05,NPS,30\n2027-01-04,,1\n"
        "2027-01-06,clicks,5\n2027-01-06,Foo,5\n"
    )
    metrics = {"click-rate": Column(value="clicks")}
    said: dict[str, Any] = {"metric": "name", "value": "number", "metrics": metrics}
    _, account = read_figures(text, **said, until=dt.date(2027, 1, 5))
    assert account.left_out == {
        'nothing in column "name"': (1, 5),
        "a figure that the map does not name": (2, 3),
        "dated after 2027-01-05": (2, 6),
    }
    assert account.remarks == ('figures that the map does not name: "NPS" (2), "Foo" (1)',)


def test_shares_where_percent_is_meant_are_told(read_figures: ReadFigures) -> None:
    told = (
        "all figures of click-rate are at most 1 %: if they are shares, multiply by 100, or give numerator and"
        " denominator",
    )
    units = {"click-rate": "percent"}
    for text, remarks in (("0.024,0.020", told), ("-0.5,1", told), ("0,0", ()), ("0.5,1.1", ()), ("0.5%,1%", ())):
        one, two = text.split(",")
        days = f"day,rate\n2027-01-04,{one}\n2027-01-05,{two}\n"
        found = [each for each in read_figures(days, units=units)[1].remarks if "below" not in each]
        assert tuple(found) == remarks
        assert not any("all figures" in each for each in read_figures(days)[1].remarks)
    parts = read_figures("day,clicks,shown\n2027-01-04,1,1000\n", metrics=SHARE, units=units)
    assert parts[1].remarks == ()


def test_shares_of_nothing_are_left_out_and_zero_is_a_share(read_figures: ReadFigures) -> None:
    text = "day,clicks,shown\n2027-01-04,0,100\n2027-01-05,0,0\n2027-01-06,,7\n2027-01-07,5,-1\n2027-01-08,5,\n"
    series, account = read_figures(text, metrics=SHARE)
    assert series["click-rate"].points == (Point(at(4), 0, 100),)
    assert account.remarks == ("click-rate: left out: 4 points without a denominator above 0 and a numerator",)


def test_figures_of_the_same_time_are_made_one_and_told(read_figures: ReadFigures) -> None:
    text = "day,rate,clicks,shown\n2027-01-04,1,1,10\n2027-01-04,4,5,10\n2027-01-04,4,5,10\n2027-01-05,7,3,30\n"
    series, account = read_figures(text)
    assert series["click-rate"].points == (Point(at(4), 2.5), Point(at(5), 7))
    assert account.left_out == {"the same as an earlier row in every column": (1, 4)}
    assert account.remarks == (
        "click-rate: 1 figure is for a time that has one already, first 2027-01-04; their mean is taken",
    )
    series, account = read_figures(text, metrics=SHARE)
    assert series["click-rate"].points == (Point(at(4), 6, 20), Point(at(5), 3, 30))
    assert account.remarks[0].endswith("added up, numerators and denominators each")


def test_figures_an_hour_or_less_apart_are_kept_by_the_hour(read_figures: ReadFigures) -> None:
    text = "day,rate\n" + "".join(f"2027-01-04 {h:02}:{m},{h + m}\n" for h in range(3) for m in (15, 45))
    series, account = read_figures(text)
    assert (series["click-rate"].hours, series["click-rate"].points[1]) == (1, Point(at(4, 1), 31))
    assert account.remarks == ("click-rate: 3 hours have figures of several times; their mean is taken",)


def test_gaps_are_told(read_figures: ReadFigures) -> None:
    text = "day,rate\n" + "".join(f"2027-01-{d:02},{d}\n" for d in (1, 2, 3, 5, 6, 7, 12, 13))
    series, account = read_figures(text)
    assert (series["click-rate"].hours, len(series["click-rate"].points)) == (24, 8)
    assert account.remarks == ("click-rate: 2 gaps, the longest from 2027-01-07 to 2027-01-12",)
    weekly = "day,rate\n" + "".join(f"2027-01-{d:02},{d}\n" for d in (4, 11, 18))
    assert read_figures(weekly)[1].remarks == ("click-rate: a figure every 7 days",)


def test_times_with_a_zone_are_set_to_the_maps(read_figures: ReadFigures) -> None:
    text = "day,rate\n2027-01-04T23:30:00Z,1\n2027-01-05T01:30:00Z,2\n2027-01-05T12:00:00,3\n"
    series, _ = read_figures(text, time_zone="Europe/Berlin")
    assert [point.when for point in series["click-rate"].points] == [at(5, 0), at(5, 2), at(5, 12)]


def test_a_file_without_a_figure_is_refused(read_figures: ReadFigures) -> None:
    assert refused(lambda: read_figures("day,rate\n2027-01-04,none\n,5\n")) == [
        'no figure in 2 rows: 1 with nothing in column "day"'
    ]
    late = refused(lambda: read_figures("day,rate\n2027-01-04,5\n2027-01-04,5\n", until=dt.date(2027, 1, 3)))
    assert late == ["no figure in 2 rows: 2 dated after 2027-01-03"]


def test_a_share_below_0_is_told(read_figures: ReadFigures) -> None:
    text = "day,rate\n2027-01-04,-1\n2027-01-05,2\n"
    told = ("click-rate: 1 figure is below 0, which a share cannot be",)
    assert read_figures(text, units={"click-rate": "percent"})[1].remarks == told
    assert read_figures(text, units={"click-rate": "money"})[1].remarks == ()


def test_a_name_with_control_characters_is_the_maps_that_was_cleaned(read_figures: ReadFigures) -> None:
    text = 'day,name,number\n2027-01-04,"Click\n \x07rate",5\n'
    metrics = {"click-rate": Column(value="Click \ufffdrate")}
    series, account = read_figures(text, metric="name", value="number", metrics=metrics)
    assert (series["click-rate"].points, account.remarks) == ((Point(at(4), 5),), ())


def test_figures_without_rows_are_refused(read_figures: ReadFigures) -> None:
    assert refused(lambda: read_figures("day,rate\n")) == ["has a header and no rows"]


def test_what_is_dated_later_is_left_out(read_figures: ReadFigures) -> None:
    series, account = read_figures("day,rate\n2027-01-04,1\n2027-01-05,2\n", until=dt.date(2027, 1, 4))
    assert len(series["click-rate"].points) == 1
    assert account.left_out == {"dated after 2027-01-04": (1, 3)}
