"""People without a session column who come back: another journey where nothing came for longer than `idle_hours`."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.map import EventLog
from gapcheck.files.journey import maps
from tests.files.journey import slow
from tests.files.journey.conftest import STEPS, written
from tests.files.journey.slow import Row
from tests.files.reading import refused

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import Account, LogCounts
    from tests.files.journey.conftest import ReadLog

HALF_AN_HOUR = EventLog(file="log.csv", who="who", when="when", what="what", steps=STEPS, idle_hours=0.5)
LATE = "eve,home,2027-06-30 12:00"
"""What keeps everybody else followed long enough."""


def log(*rows: str) -> str:
    return "\n".join(["who,what,when", *rows, LATE, ""])


def ways(found: tuple[LogCounts, Account]) -> list[tuple[int, int]]:
    """Of each way, how many journeys came to its first step, and how many went on."""
    return [(way["", ""].reached, way["", ""].on) for way in found[0].passages]


def test_who_comes_back_begins_another_journey(read_log: ReadLog) -> None:
    text = log("ada,view,2027-01-04 10:00", "ada,cart,2027-01-04 10:20", "ada,view,2027-03-01 10:00",
               "ada,cart,2027-03-01 10:10", "ada,buy,2027-03-01 10:15", "ben,view,2027-03-02 09:00")  # fmt: skip
    counts, _ = found = read_log(text, idle_hours=0.5)
    assert (counts.people, counts.journeys) == (2, 3)
    assert ways(found) == [(3, 2), (2, 1)]
    assert ways(read_log(text)) == [(2, 1), (1, 0)]


@pytest.mark.parametrize(("idle_hours", "journeys"), [(2, 1), (1.9, 2), (1, 2), (0.99, 3)])
def test_a_pause_of_just_so_long_ends_no_journey(read_log: ReadLog, idle_hours: float, journeys: int) -> None:
    text = "who,what,when\nada,view,2027-01-04 10:00\nada,cart,2027-01-04 11:00\nada,buy,2027-01-04 13:00\n"
    assert read_log(text, idle_hours=idle_hours)[0].journeys == journeys


def test_an_event_that_the_map_does_not_name_keeps_a_journey_alive(read_log: ReadLog) -> None:
    there = ["ada,view,2027-01-04 10:00", "ada,buy,2027-01-04 11:00", "ada,cart,2027-01-04 11:00"]
    assert ways(read_log(log(*there), idle_hours=0.5)) == [(1, 0), (0, 0)]
    assert ways(read_log(log(*there, "ada,reading,2027-01-04 10:30"), idle_hours=0.5)) == [(1, 1), (1, 1)]
    assert ways(read_log(log(*there, "ben,reading,2027-01-04 10:30"), idle_hours=0.5)) == [(1, 0), (0, 0)]


def test_pauses_are_of_time_that_passed_whatever_the_clock_shows(read_log: ReadLog) -> None:
    """An hour passes between 1:30 and 3:30 where the clock skips one, and two where it runs through one twice."""
    text = log("ada,view,2027-03-28 01:30", "ada,cart,2027-03-28 03:30",
               "ben,view,2026-10-25T00:30:00Z", "ben,cart,2026-10-25 03:30")  # fmt: skip
    assert ways(read_log(text, time_zone="Europe/Berlin", idle_hours=1.5))[0] == (2, 1)
    assert ways(read_log(text, time_zone="Europe/Berlin", idle_hours=0.5))[0] == (2, 0)


@pytest.mark.parametrize(
    ("said", "last", "days"),
    [
        ({"idle_hours": 0.5}, 29, "1 day"),
        ({"idle_hours": 24}, 29, "1 day"),
        ({"idle_hours": 25}, 28, "2 days"),
        ({"idle_hours": 25, "within_days": 5}, 25, "5 days"),
        ({"idle_hours": 200, "within_days": 2}, 28, "2 days"),
        ({}, 16, "14 days"),
    ],
)
def test_who_may_still_come_on_at_the_end_of_the_file_is_in_no_rate_and_that_is_said(
    read_log: ReadLog, said: dict[str, Any], last: int, days: str
) -> None:
    counts, account = read_log(log(*(f"p{n},view,2027-06-{n} 10:00" for n in range(10, 31))), **said)
    assert counts.passages[0]["", ""].days[-1].day == dt.date(2027, 6, last)
    assert f"in the last {days} before 2027-06-30 is left out of its rate" in account.remarks[-1]
    idle = f"ends where a person does nothing for longer than {said.get('idle_hours')} h;"
    assert (idle in account.remarks[-1]) is bool(said)


def test_the_next_step_has_to_come_within_the_days_even_of_a_journey_that_goes_on(read_log: ReadLog) -> None:
    """Else who came last would have had less time than who came first."""
    text = log(*(f"ada,{event},2027-01-{4 + n:02} 10:00" for n, event in enumerate(["view", "home", "home", "cart"])))
    assert ways(read_log(text, idle_hours=24))[0] == (1, 0)
    assert ways(read_log(text, idle_hours=24, within_days=2))[0] == (1, 0)
    assert ways(read_log(text, idle_hours=24, within_days=3))[0] == (1, 1)
    assert ways(read_log(text, idle_hours=23, within_days=3))[0] == (1, 0)


def returning(number: int) -> str:
    """Twenty people, so many of whom come back 15 days later; the others after 14."""
    rows = [f"p{n},view,2027-01-{day} 10:00" for n in range(20) for day in ("04", "19" if n < number else "18")]
    return log(*rows)


def test_that_people_come_back_to_no_journey_of_their_own_is_told_with_the_setting(read_log: ReadLog) -> None:
    told = (
        'of 20 people who came to "view", 2 came again more than 14 days later, which is no journey of its own;'
        " if it should be, say idle_hours: (or session:)"
    )
    assert told in read_log(returning(2))[1].remarks
    for text, said in ((returning(1), {}), (returning(2), {"idle_hours": 0.5}), (returning(2), {"session": "who"}),
                       (returning(2), {"within_days": 15})):  # fmt: skip
        assert not any("came again" in each for each in read_log(text, **said)[1].remarks)


def test_of_a_list_that_is_told_with_the_setting_of_a_list(read_log: ReadLog) -> None:
    text = "who,made,won\nada,2027-01-04,2027-01-05\nada,2027-03-04,2027-03-05\n"
    _, account = read_log(text, at={"made": "view", "won": "cart"})
    assert (
        'of 1 person who came to "view", 1 came again more than 14 days later, which is no journey of its own;'
        " if it should be, say session: with a column that tells their rows apart"
    ) in account.remarks


MAP = """gapcheck: journey/1
events:
  shop:
    file: log.csv
    who: who
    when: when
    what: what
    steps:
      - {event: view, touchpoint: product-page}
      - {event: buy, touchpoint: checkout}
"""
LIST = MAP.replace("    when: when\n    what: what\n", "    at: {a: view, b: buy}\n")
ABOVE = "must be hours above 0, at most 8784"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (MAP + "    idle_hours: 0.5\n", []),
        (MAP + "    idle_hours: 8784\n    within_days: 60\n", []),
        *((MAP + f"    idle_hours: {bad}\n", [f"11:5: events.shop.idle_hours: {ABOVE}"])
          for bad in ("0", "0.0", "-1", "8784.5", "true", "half")),
        (MAP + "    session: visit\n    idle_hours: 1\n",
         ["12:5: events.shop.idle_hours: session tells journeys apart already; leave one of the two out"]),
        (LIST + "    idle_hours: 1\n",
         ["10:5: events.shop.idle_hours: is for files with an event a row; in a list, session tells apart the rows"
          " that have the same who"]),
    ],
)  # fmt: skip
def test_journeys_are_told_apart_in_one_way_only(
    tmp_path: Path, catalog: Catalog, text: str, faults: list[str]
) -> None:
    written(tmp_path, "log.csv", "who,when,what,visit,a,b\n")
    path = written(tmp_path, "map.yaml", text)
    if faults:
        assert refused(lambda: maps.load(path, catalog)) == faults
    else:
        assert maps.load(path, catalog).events["shop"].idle_hours


@pytest.mark.parametrize("seed", range(6))
def test_what_happens_at_one_moment_is_in_one_journey(read_log: ReadLog, seed: int) -> None:
    """Times to the hour, in no order: a sort may put what is alike now so, now so."""
    luck = random.Random(seed)
    hours = [
        dt.datetime.combine(dt.date(2027, 1, 4), dt.time()) + dt.timedelta(hours=luck.randrange(800))
        for _ in range(1500)
    ]
    rows = [(f"p{luck.randrange(40)}", luck.choice(["view", "cart", "buy", "reading"]), hour) for hour in hours]
    text = log(*(f"{who},{what},{when:%Y-%m-%d %H:%M}" for who, what, when in rows))
    counts, _ = found = read_log(text, idle_hours=0.5)
    every = [Row(who, "", what, when, "", None) for who, what, when in rows]
    told = slow.counted(
        [*every, Row("eve", "", "home", dt.datetime.combine(dt.date(2027, 6, 30), dt.time(12)), "", None)], HALF_AN_HOUR
    )
    assert counts.journeys == told.journeys
    assert ways(found) == [(way[ALL].reached, way[ALL].on) for way in told.passages]
