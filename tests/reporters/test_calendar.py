"""The calendar of a jam, read back by two parsers that know nothing of each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import vobject

from gapcheck.core.jams import Jam, Slot
from gapcheck.core.people import People, Person
from gapcheck.core.team import Team
from gapcheck.problems import InputError
from gapcheck.reporters import calendar
from tests.core.small import ALL_4, catalog_of, skill
from tests.reporters.hostile import NAMES, OBEYED

if TYPE_CHECKING:
    from gapcheck.core.policy import Policy

SUMMER, WINTER = dt.date(2027, 7, 6), dt.date(2027, 1, 5)
QUESTION = "Where do the numbers come from; who changes them, and why?"


def team_of(policy: Policy, topic: str = "Advertising") -> Team:
    people = People(people={"ada": Person(name="Ada Example")})
    return Team(catalog_of({"ads": skill(topic)}), policy, people, {"role": ALL_4}, ())


def jam_of(date: dt.date = WINTER, **more: object) -> Jam:
    """Two talks of ada's and ben's, at ten and at twenty past."""
    slots = tuple(
        Slot(at=at, speaker=who, skill="ads", objective="quality", question=QUESTION)
        for at, who in (("10:00", "ada"), ("10:20", "ben"))
    )
    return replace(Jam(series="ours", date=date, planned=dt.date(2026, 12, 7), slots=slots), **more)  # type: ignore[arg-type]


def first(raw: bytes) -> Any:
    """The first event as icalendar reads it."""
    return icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]


def test_two_parsers_read_the_same_events(policy: Policy) -> None:
    raw = calendar.render(team_of(policy), jam_of(revision=2))
    one = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    other = vobject.readOne(raw.decode()).vevent_list
    read = [
        (str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend"), str(e["summary"]), str(e["description"])) for e in one
    ]
    assert read == [(e.uid.value, e.dtstart.value, e.dtend.value, e.summary.value, e.description.value) for e in other]
    assert [start.isoformat() for _, start, *_ in read] == ["2027-01-05T10:00:00", "2027-01-05T10:20:00"]
    assert read[0][2] - read[0][1] == dt.timedelta(minutes=15)
    assert read[0][3:] == (
        "Analytics knowledge jam: Advertising (ada)",
        f"{QUESTION}\n\nImprove capture, quality and usability of data.",
    )


def test_what_a_calendar_must_have_is_there_and_what_would_invite_is_not(policy: Policy) -> None:
    raw = calendar.render(team_of(policy), jam_of(revision=2))
    lines = raw.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//gapcheck//knowledge jam//EN", "SEQUENCE:2", "DTSTAMP:20261207T000000Z"} <= {
        *lines
    }
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any(line.startswith(("METHOD", "ORGANIZER", "ATTENDEE")) for line in lines)
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_identifiers_follow_from_series_month_and_number_and_from_nothing_else(policy: Policy) -> None:
    team = team_of(policy)
    moved = replace(jam_of(), date=WINTER + dt.timedelta(days=7), revision=1, slots=jam_of().slots[::-1])
    before, after = (
        icalendar.Calendar.from_ical(calendar.render(team, jam)).walk("VEVENT") for jam in (jam_of(), moved)
    )
    assert [str(e["uid"]) for e in before] == [
        "2027-01-slot-1.ours@jam.gapcheck",
        "2027-01-slot-2.ours@jam.gapcheck",
    ]
    assert [str(e["uid"]) for e in after] == [str(e["uid"]) for e in before]
    assert calendar.render(team, jam_of()) == calendar.render(team, jam_of())
    assert len({calendar.uid(jam, 1) for jam in (jam_of(), jam_of(SUMMER), jam_of(series="theirs"))}) == 3


@pytest.mark.parametrize(("date", "begins"), [(WINTER, "20270105T090000Z"), (SUMMER, "20270706T080000Z")])
def test_times_of_a_zone_are_told_in_utc_with_summer_time_and_need_no_timezone_part(
    policy: Policy, date: dt.date, begins: str
) -> None:
    raw = calendar.render(team_of(policy), jam_of(date, tz="Europe/Berlin"))
    assert f"DTSTART:{begins}" in raw.decode()
    assert b"VTIMEZONE" not in raw
    (start,) = [e.dtstart.value for e in vobject.readOne(raw.decode()).vevent_list][:1]
    assert (
        start == first(raw).decoded("dtstart") == dt.datetime.combine(date, dt.time(10), calendar.zone("Europe/Berlin"))
    )


def test_times_without_a_zone_float(policy: Policy) -> None:
    assert "DTSTART:20270105T100000\r\n" in calendar.render(team_of(policy), jam_of()).decode()


def test_dropped_talks_are_cancelled_under_their_own_numbers(policy: Policy) -> None:
    one, two = jam_of().slots
    events = icalendar.Calendar.from_ical(calendar.render(team_of(policy), jam_of(slots=(one,), dropped=(two,)))).walk(
        "VEVENT"
    )
    assert [(str(e["uid"])[:14], str(e["status"])) for e in events] == [
        ("2027-01-slot-1", "CONFIRMED"),
        ("2027-01-slot-2", "CANCELLED"),
    ]


def test_names_where_they_are_asked_for(policy: Policy) -> None:
    assert b"Ada" not in calendar.render(team_of(policy), jam_of())
    assert "(Ada Example)" in str(first(calendar.render(team_of(policy), jam_of(), names=True))["summary"])


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_is_read_as_it_is_written_and_commands_nothing(policy: Policy, name: str) -> None:
    from gapcheck.files.yamldoc import clean

    topic = clean(name)
    raw = calendar.render(team_of(policy, topic), jam_of())
    (event, _) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert squashed(topic) in squashed(str(event["summary"]))
    assert squashed(topic) in squashed(vobject.readOne(raw.decode()).vevent_list[0].summary.value)
    lines = raw.decode().split("\r\n")
    assert [line for line in lines if line.strip().startswith("::") or OBEYED.search(line)] == []


def squashed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["Nowhere/Else", "../etc/passwd", "Europe", ""])
def test_a_zone_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="1 problem"):
        calendar.zone(name)
