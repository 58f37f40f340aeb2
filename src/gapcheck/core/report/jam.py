"""The agenda of an analytics knowledge jam, ready to paste into an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.cover import HOLDS
from gapcheck.core.jams import MINUTES, OBJECTIVES
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.team.jam import audience, clock, minutes
from gapcheck.core.team.members import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapcheck.core.jams import Jam, Slot
    from gapcheck.core.team.members import Team

TITLE = "Analytics knowledge jam"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
INVITED = 8
"""People named for one talk at most; the rest is counted."""

WHY = (
    f"{MINUTES} minutes each: what you work on, and how you use data for it. The question is where to begin; questions "
    "from the others follow each talk."
)


def agenda(team: Team, jam: Jam, *, names: bool = False) -> tuple[Block, ...]:
    """A jam's talks and questions, and who gains most from each; people by their ids, or by name."""
    called = team.name if names else str
    return (
        Heading(1, TITLE, when(jam)),
        Text(WHY),
        Table(("Time", "Speaker", "Group", "Topic"), tuple(_row(team, slot, called) for slot in jam.slots)),
        *(block for slot in jam.slots for block in _talk(team, slot, called)),
        *_notes(team, jam),
    )


def when(jam: Jam) -> str:
    """`Tuesday 1 Dec 2026, 10:00 to 11:15 (Europe/Berlin)`."""
    zone = f" ({jam.tz})" if jam.tz else ""
    return f"{DAYS[jam.date.weekday()]} {words.day(jam.date)}, {jam.slots[0].at} to {ends(jam.slots[-1])}{zone}"


def ends(slot: Slot) -> str:
    """When a talk ends."""
    return clock(minutes(slot.at) + MINUTES)


def topic(team: Team, skill: str) -> str:
    """A skill's name; its id where the catalog has it no more."""
    known = team.catalog.skills.get(skill)
    return known.name if known else skill


def _row(team: Team, slot: Slot, called: Callable[[str], str]) -> tuple[str, ...]:
    return f"{slot.at} to {ends(slot)}", called(slot.speaker), slot.group or "", topic(team, slot.skill)


def _talk(team: Team, slot: Slot, called: Callable[[str], str]) -> Iterator[Block]:
    invited = [called(person) for person in audience(team, slot)]
    number = words.counted(len(invited), "person", "people")
    who = f"{number}: {words.listed(invited, INVITED)}" if invited else "everybody alike"
    yield Heading(2, f"{slot.at} {called(slot.speaker)}: {topic(team, slot.skill)}")
    rows = (("Question", slot.question), ("Objective", OBJECTIVES[slot.objective]), ("Gain most", who))
    yield Table((), rows)


def _notes(team: Team, jam: Jam) -> Iterator[Block]:
    if not _is_grouped(team, jam.by):
        yield Note("There is one group only: everybody stands for themselves. Groups of people stand in people.yaml.")
    elif len({slot.group for slot in jam.slots}) == 1 < len(jam.slots):
        yield Note("All speakers are of one group this time: the others have had their turn.")
    if len(jam.slots) < jam.talks:
        talks = words.counted(jam.talks, "talk")
        yield Note(f"{len(jam.slots)} of {talks}: nobody else holds what most people outside their group lack.")


def _is_grouped(team: Team, kind: str | None) -> bool:
    """Whether there are two groups to be of."""
    return len({member.groups.get(kind or "", "") for member in team.members}) > 1


def nothing_to_tell(team: Team) -> str:
    """Why there is no jam to plan, and what would make one."""
    if len(team.members) == 1:
        return "one person alone makes no jam; share the sheet of a second one, and there is somebody to talk to"
    if not any(HOLDS <= byte <= TOP for member in team.members for byte in member.levels):
        return (
            f"nobody holds a skill yet (level {HOLDS} or more); invite a speaker from outside, and plan again when "
            "somebody does"
        )
    return "nobody holds a skill that most people outside their group lack: what there is to know is shared already"
