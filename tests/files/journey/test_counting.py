"""What DuckDB counts is what a slow count in plain Python comes to, whatever the log."""

from __future__ import annotations

import csv
import datetime as dt
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.journey.counts import LogCounts, Passage, Use
from gapcheck.core.journey.map import EventLog, JourneyMap
from gapcheck.files.journey import fill, reading
from tests.files.journey import slow
from tests.files.journey.conftest import STEPS, ReadLog
from tests.files.journey.slow import Row

START = dt.datetime(2027, 1, 4)  # noqa: DTZ001 (files name no zone)

ROWS = st.lists(
    st.builds(
        Row,
        who=st.sampled_from(["ada", "ben", "cleo"]),
        session=st.sampled_from(["1", "2"]),
        event=st.sampled_from(["view", "cart", "buy", "use", "home", "other"]),
        when=st.builds(
            lambda day, hour: START + dt.timedelta(days=day, hours=hour),
            st.integers(0, 100) | st.integers(0, 3),
            st.sampled_from([0, 9, 10, 23]),
        ),
        place=st.sampled_from(["mobile", "desktop", ""]),
        value=st.sampled_from([None, 1.25, 10.0, -3.0]),
    ),
    min_size=1,
    max_size=40,
)

PLAIN = EventLog(file="log.csv", who="who", when="when", what="what", steps=STEPS, touchpoints={"home": "home-page"})
FULL = replace(PLAIN, segments=("place",), channel="place", value="value")

LOGS = st.builds(
    lambda log, order, parts, within, use: replace(
        log, order=order, session=parts[0], idle_hours=parts[1], within_days=within, use=("buy", "use") if use else ()
    ),
    st.sampled_from([PLAIN, FULL]),
    st.sampled_from(["strict", "any"]),
    st.sampled_from([("session", None), (None, None), (None, 0.5), (None, 1), (None, 13), (None, 30.5), (None, 240)]),
    st.sampled_from([None, 1, 14, 40]),
    st.booleans(),
)


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["who", "session", "what", "when", "place", "value"])
        for row in rows:
            value = "" if row.value is None else row.value
            writer.writerow([row.who, row.session, row.event, row.when, row.place, value])


def read(folder: Path, log: EventLog) -> LogCounts:
    return reading.read(JourneyMap(events={"shop": log}), folder).logs["shop"]


def rounded(counts: LogCounts) -> LogCounts:
    """Hours and values to nine digits: the two interpolate in another order."""

    def near(passage: Passage) -> Passage:
        median, slow_ = (None if x is None else round(x, 9) for x in (passage.median_hours, passage.slow_hours))
        return Passage(passage.days, median, slow_)

    passages = tuple({segment: near(passage) for segment, passage in way.items()} for way in counts.passages)
    value = None if counts.value_of_one is None else round(counts.value_of_one, 9)
    return replace(counts, passages=passages, value_of_one=value)


def drawn(seed: int) -> list[Row]:
    """A dense log: two hundred people over a hundred days, many events at the same moment, some rows twice."""
    draw = random.Random(seed)
    rows = []
    for _ in range(1500):
        who = draw.choice(range(200))
        when = START + dt.timedelta(
            days=who % 60 + draw.choice([0, 0, 0, 1, 2, 30, 31, 40]), hours=draw.choice([0, 1, 9])
        )
        event, place = (
            draw.choice(["view", "view", "cart", "buy", "buy", "use", "home", "other"]),
            draw.choice(["a", "b", ""]),
        )
        rows.append(Row(f"p{who}", draw.choice("12"), event, when, place, draw.choice([None, 1.25, -3.0])))
    return [*rows, *draw.sample(rows, 20)]


def check(rows: list[Row], log: EventLog, first: int) -> None:
    """Hold the two counts against each other, with so many rows looked at before the rest is read."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(fill, "FIRST", first)
        write(Path(folder, "log.csv"), rows)
        assert rounded(read(Path(folder), log)) == rounded(slow.counted(rows, log))


@pytest.mark.parametrize("order", ["strict", "any"])
@pytest.mark.parametrize(("session", "idle_hours"), [("session", None), (None, None), (None, 1), (None, 30)])
@pytest.mark.parametrize("first", [fill.FIRST, 200])
def test_every_count_of_a_dense_log_is_that_of_a_slow_count(
    order: Literal["strict", "any"], session: str | None, idle_hours: float | None, first: int
) -> None:
    check(drawn(1), replace(FULL, order=order, session=session, idle_hours=idle_hours, use=("buy", "use")), first)


@settings(max_examples=25)
@given(ROWS, LOGS, st.sampled_from([2, fill.FIRST]))
def test_every_count_of_a_small_log_is_that_of_a_slow_count(rows: list[Row], log: EventLog, first: int) -> None:
    """Also where only the first two rows are looked at before the rest is read."""
    check([*rows, Row("ada", "1", "view", START, "mobile", None)], log, first)  # a log without any step is refused


def test_a_segment_that_the_first_rows_do_not_have_is_seen_in_the_rest(
    monkeypatch: pytest.MonkeyPatch, read_log: ReadLog
) -> None:
    monkeypatch.setattr(fill, "FIRST", 2)
    rows = [f"ada,view,2027-01-04 1{n}:00:00," for n in range(3)]
    text = "\n".join(["who,what,when,kind", *rows, "ben,view,2027-01-05 10:00:00,new", ""])
    counts, _ = read_log(text, segments=("kind",), session="who")
    assert counts.passages[0]["kind", "new"].reached == 1


def test_two_runs_are_the_same_to_the_last_byte(tmp_path: Path) -> None:
    rows = [
        Row(
            f"p{n % 97}",
            str(n % 5),
            STEPS[n * 7 % 3].event,
            START + dt.timedelta(minutes=n * n % 90_000),
            "ab"[n % 2],
            0.1 * n,
        )
        for n in range(3000)
    ]
    write(tmp_path / "log.csv", rows)
    journey = JourneyMap(events={"shop": FULL})
    assert repr(reading.read(journey, tmp_path)) == repr(reading.read(journey, tmp_path))


LEADS = """lead,made,talked,won,value
1,2027-01-04,2027-01-06,2027-01-08,100
2,2027-01-05,,,
3,2027-01-05,2027-01-25,2027-02-20,50
4,,2027-01-25,,
,2027-01-05,,,
5,2027-04-30,,,
"""
AT = {"made": "view", "talked": "cart", "won": "buy"}


def test_a_list_with_a_column_of_dates_for_each_event_is_a_log(read_log: ReadLog) -> None:
    counts, account = read_log(LEADS, who="lead", at=AT, value="value", within_days=30)
    (made, talked) = (way["", ""] for way in counts.passages)
    assert (counts.people, counts.events, counts.last) == (5, 9, dt.date(2027, 4, 30))
    assert (made.reached, made.on, made.median_hours) == (3, 2, 11 * 24)
    assert (talked.reached, talked.on) == (2, 2)
    assert counts.value_of_one == 75
    assert account.left_out == {'nothing in column "lead"': (1, 6)}


def test_who_has_not_been_followed_long_enough_is_in_no_rate_and_that_is_said(read_log: ReadLog) -> None:
    counts, account = read_log(LEADS, who="lead", at=AT, within_days=30)
    assert dt.date(2027, 4, 30) not in {each.day for each in counts.passages[0]["", ""].days}
    assert "left out of its rate, not having been followed long enough" in account.remarks[-1]
    sessions, account = read_log(LEADS, who="lead", at=AT, session="lead")
    assert dt.date(2027, 4, 30) in {each.day for each in sessions.passages[0]["", ""].days}
    assert account.remarks == ()


def test_what_is_dated_later_than_asked_for_is_left_out_event_by_event(read_log: ReadLog) -> None:
    counts, account = read_log(LEADS, who="lead", at=AT, until=dt.date(2027, 1, 31))
    assert (counts.last, counts.events) == (dt.date(2027, 1, 25), 7)
    assert account.left_out["dated after 2027-01-31"] == (1, 7)


def log(*rows: str) -> str:
    return "\n".join(["who,what,when", *rows, ""])


def test_times_are_kept_in_order_and_days_begin_at_midnight_of_the_zone(read_log: ReadLog) -> None:
    """The hour that the clock runs through twice: 2:50 in summer time comes before 2:10 in winter time."""
    text = log("ada,view,2027-10-31T00:50:00Z", "ada,cart,2027-10-31T01:10:00Z", "ben,view,2027-01-04T23:30:00Z")
    counts, _ = read_log(text, time_zone="Europe/Berlin", session="who")
    assert [(each.day, each.on) for each in counts.passages[0]["", ""].days] == [
        (dt.date(2027, 1, 5), 0),
        (dt.date(2027, 10, 31), 1),
    ]
    assert counts.passages[0]["", ""].median_hours == pytest.approx(1 / 3)


def test_times_without_a_zone_are_of_the_maps_and_odd_hours_are_told(read_log: ReadLog) -> None:
    text = log("ada,view,2027-03-28 01:30:00", "ada,cart,2027-03-28 03:30:00", "ben,view,2027-03-28 02:30:00",
               "ben,cart,2027-10-31 02:30:00", "cleo,view,2027-10-31T00:50:00Z")  # fmt: skip
    counts, account = read_log(text, time_zone="Europe/Berlin", session="who")
    assert counts.passages[0]["", ""].median_hours == pytest.approx((1 + 217 * 24) / 2)
    assert account.remarks[-2:] == (
        'column "when": 1 time is in an hour that the clock skips',
        'column "when": 1 time is in an hour that the clock runs through twice',
    )
    (first,) = {way["", ""].days[0].day for way in counts.passages[:1]}
    assert first == dt.date(2027, 3, 28)


@pytest.mark.parametrize("rows", [1, 2])
def test_one_event_and_one_day_are_no_fault(read_log: ReadLog, rows: int) -> None:
    counts, _ = read_log(log(*["ada,view,2027-01-04 10:00"] * rows))
    assert (counts.people, counts.events, counts.first, counts.last) == (1, 1, dt.date(2027, 1, 4), dt.date(2027, 1, 4))
    assert [way["", ""].days for way in counts.passages] == [(), ()]
    assert counts.use == Use({"": {}}, {}, {})


def test_only_the_fifty_largest_values_of_a_segment_are_told_apart(read_log: ReadLog) -> None:
    rows = [f"p{n},view,2027-01-04,v{n % 60}" for n in range(200)]
    counts, account = read_log("\n".join(["who,what,when,kind", *rows]), segments=("kind",), session="who")
    segments = list(counts.passages[0])
    assert (len(segments), segments[0], segments[1]) == (51, ("", ""), ("kind", "v0"))
    assert account.remarks[-1] == 'column "kind": 10 of 60 values are not told apart, only the 50 largest'


def test_values_are_shown_without_what_could_do_harm(read_log: ReadLog) -> None:
    counts, _ = read_log(
        "who,what,when,kind\nada,view,2027-01-04,a\x1b[31m\u202eb\n", segments=("kind",), session="who"
    )
    assert list(counts.passages[0]) == [("", ""), ("kind", "a\ufffd[31m\ufffdb")]
