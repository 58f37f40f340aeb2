"""Times: how they may be written, and what is said where they could mean two things."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.files.reading import refused

if TYPE_CHECKING:
    from tests.files.journey.conftest import ReadLog


def log(*times: str) -> str:
    return "\n".join(["who;what;when", *(f"p{n};view;{time}" for n, time in enumerate(times)), ""])


@pytest.mark.parametrize(
    ("time", "dates", "day", "hour"),
    [
        ("2027-04-03", "iso", 3, 0),
        ("2027-04-03 10:15", "iso", 3, 10),
        ("2027-04-03T10:15:20.5", "iso", 3, 10),
        ("2027/4/3 9:05", "iso", 3, 9),
        (" 2027-04-03 10:15:20 ", "iso", 3, 10),
        ("2027-04-03 10:15:20+02:00", "iso", 3, 8),
        ("2027-04-03 10:15:20 -0500", "iso", 3, 15),
        ("2027-04-03T10:15Z", "iso", 3, 10),
        ("2027-04-03 10:15:20 UTC", "iso", 3, 10),
        ("2027-04-03T23:30:00-02", "iso", 4, 1),
        ("03/04/2027", "day-first", 3, 0),
        ("3.4.2027 10:15", "day-first", 3, 10),
        ("03-04-27, 10:15:20", "day-first", 3, 10),
        ("2027-04-03 10:15", "day-first", 3, 10),
        ("4/3/2027 1:15 PM", "month-first", 3, 13),
        ("4/3/2027 12:15:20 AM", "month-first", 3, 0),
        ("4/3/27 1:15PM", "month-first", 3, 13),
    ],
)
def test_a_time_is_read_as_it_is_written(read_log: ReadLog, time: str, dates: str, day: int, hour: int) -> None:
    counts, _ = read_log(log(time).replace("view", "buy"), dates=dates)
    assert counts.by_day == {dt.date(2027, 4, day): 1}
    assert counts.by_hour_of_week.index(1) % 24 == hour


@pytest.mark.parametrize(
    "time",
    ["2027-02-30", "2027-04-03 25:00", "0001-01-01", "9999-12-31", "epoch", "infinity", "31/31/2027", "20270403",
     "1764000000", "soon"],
)  # fmt: skip
def test_what_is_no_time_is_left_out_with_its_row(read_log: ReadLog, time: str) -> None:
    _, account = read_log(log("2027-04-03", time, ""))
    assert account.left_out == {
        'no time in "when"': (1, 4),
        'a time that cannot be read in "when"': (1, 3),
    }


@pytest.mark.parametrize(
    ("times", "dates", "message"),
    [
        (["03/04/2027", "4/5/2027"], "iso", "each date can be read two ways; say in the map which is meant,"
         "  dates: day-first  or  dates: month-first (row 2)"),
        (["2027-04-03", "03/04/2027"], "iso", "each date can be read two ways; say in the map which is meant,"
         "  dates: day-first  or  dates: month-first (row 3)"),
        (["03/04/2027", "13.4.2027 10:15"], "iso",
         "these dates have the day first; say in the map  dates: day-first (row 3)"),
        (["03/04/2027", "4-13-27"], "iso",
         "these dates have the month first; say in the map  dates: month-first (row 3)"),
        (["03/04/2027", "4/13/2027"], "day-first",
         "these dates have the month first; say in the map  dates: month-first (row 3)"),
        (["13/04/2027"], "month-first", "these dates have the day first; say in the map  dates: day-first (row 2)"),
        (["1/4/2027", "4/13/2027", "2/4/2027", "14/4/2027"], "day-first",
         "some dates can only be day-first and others only month-first; write them one way (row 5, row 3)"),
        (["1764000000", "1764000001"], "iso",
         "seconds since 1970 are not read; write times like 2027-01-04 10:15 (row 2)"),
        (["1764000000000000"], "iso",
         "microseconds since 1970 are not read; write times like 2027-01-04 10:15 (row 2)"),
        (["", "2027-01"], "iso", "months are not read; write their first day, like 2027-01-01 (row 3)"),
        (["2027-W01"], "iso", "weeks are not read; write their first day, like 2027-01-04 (row 2)"),
    ],
)  # fmt: skip
def test_dates_that_could_mean_two_things_are_an_error_that_says_what_to_write(
    read_log: ReadLog, times: list[str], dates: str, message: str
) -> None:
    assert refused(lambda: read_log(log(*times), dates=dates)) == [f'column "when": {message}']


def test_a_time_zone_that_is_none_is_told_with_the_near_miss(read_log: ReadLog) -> None:
    assert refused(lambda: read_log(log("2027-04-03"), time_zone="Europe/Berlim")) == [
        "time_zone: no time zone is called that; did you mean Europe/Berlin?"
    ]


@pytest.mark.parametrize("dates", ["iso", "day-first", "month-first"])
def test_eight_digits_are_days_where_all_of_a_column_are(read_log: ReadLog, dates: str) -> None:
    counts, account = read_log(log("20270403", "", "20270404 ", "20270231").replace("view", "buy"), dates=dates)
    assert counts.by_day == {dt.date(2027, 4, 3): 1, dt.date(2027, 4, 4): 1}
    assert account.left_out['a time that cannot be read in "when"'] == (1, 5)
