"""A knowledge jam as an iCalendar file (RFC 5545), one event a talk, by the library icalendar.

Identifiers follow from series, month and number, so that a calendar which has the jam already updates it, and two
teams in one calendar stay two. Nothing in the file
depends on when or where it was made. Times without a zone float: they are read in the zone of whoever reads them, which
is right for a team in one place. With a zone they are told in UTC, which every calendar shows in its owner's zone and
which needs no VTIMEZONE, the part that calendars differ over. There is no METHOD, since PUBLISH asks for an
organiser's address, and nobody is listed as an attendee: the file invites nobody by itself.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gapcheck.core.jams import MINUTES, OBJECTIVES
from gapcheck.core.report.jam import TITLE, topic
from gapcheck.core.team.jam import minutes
from gapcheck.problems import InputError
from gapcheck.reporters.look import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable

    import icalendar

    from gapcheck.core.jams import Jam, Slot
    from gapcheck.core.team import Team

PRODUCT = "-//gapcheck//knowledge jam//EN"


def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises InputError for one that the system does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, outside the database, a folder of it
        raise InputError.of(f"there is no time zone {name}; a name is like Europe/Berlin") from None


def uid(jam: Jam, number: int) -> str:
    """The identifier of a month's talk by its number from 1: never another one, whatever is planned."""
    return f"{jam.month}-slot-{number}.{jam.series}@jam.gapcheck"


def render(team: Team, jam: Jam, *, names: bool = False) -> bytes:
    """The jam as an .ics file."""
    import icalendar

    calendar = icalendar.Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    called = team.name if names else str
    for number, slot in enumerate((*jam.slots, *jam.dropped), 1):
        event = icalendar.Event()
        _fill(event, team, jam, slot, called)
        event.add("uid", uid(jam, number))
        event.add("status", "CONFIRMED" if number <= len(jam.slots) else "CANCELLED")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _fill(event: icalendar.Event, team: Team, jam: Jam, slot: Slot, called: Callable[[str], str]) -> None:
    start = _begins(jam, slot)
    event.add("dtstamp", dt.datetime.combine(jam.planned, dt.time(), dt.UTC))
    event.add("sequence", jam.revision)
    event.add("dtstart", start)
    event.add("dtend", start + dt.timedelta(minutes=MINUTES))
    event.add("summary", _text(f"{TITLE}: {topic(team, slot.skill)} ({called(slot.speaker)})"))
    event.add("description", _text(f"{slot.question}\n\n{OBJECTIVES[slot.objective]}."))


def _begins(jam: Jam, slot: Slot) -> dt.datetime:
    """A talk's begin: in UTC where the jam has a zone, else without one."""
    local = dt.datetime.combine(jam.date, dt.time(*divmod(minutes(slot.at), 60)))
    return local.replace(tzinfo=zone(jam.tz)).astimezone(dt.UTC) if jam.tz else local


def _text(text: str) -> str:
    return COMMAND.sub(r"\g<0> ", text)
