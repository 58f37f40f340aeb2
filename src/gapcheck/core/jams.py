"""A jam as a file holds it: one month's agenda, kept so that the next ones take turns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from gapcheck.core.answers import PersonId
from gapcheck.core.catalog import Id, Name, SkillId
from gapcheck.core.shapes import COUNT, DAY, Number, Record, Text

MINUTES = 15
"""Minutes of one talk."""

TALKS = 4
"""Talks of a jam, unless told otherwise."""

PAUSE = 5
"""Minutes for questions after a talk, unless told otherwise."""

CLOCK = Text("(?:[01][0-9]|2[0-3]):[0-5][0-9]", "a time of day like 10:00")

Objective = Literal["visibility", "quality", "models", "experience", "literacy"]

OBJECTIVES: dict[Objective, str] = {
    "visibility": "Show how data is produced and consumed elsewhere",
    "quality": "Improve capture, quality and usability of data",
    "models": "Share analytic models",
    "experience": "See the customer's experience as a whole",
    "literacy": "Raise the team's data and analytics IQ",
}
"""What a jam is for."""


@dataclass(frozen=True, kw_only=True)
class Slot(Record):
    """One talk of 15 minutes: when it begins, who speaks for which group, and the data question about which skill."""

    at: Annotated[str, CLOCK]
    speaker: PersonId
    group: Name | None = None
    skill: SkillId
    objective: Objective
    question: str


@dataclass(frozen=True, kw_only=True)
class Jam(Record):
    """The agenda of one month's analytics knowledge jam, kept so that the next ones take turns.

    `series` is one id for all jams of a team, so that its calendar is nobody else's. `planned` is the day of the last
    change and `revision` the number of changes; `talks` is how many were wanted, `pause` the minutes for questions
    after each; `by` is the kind of group that speakers stand for, `tz` the time zone of the times; `dropped` are talks
    that were announced and are off.
    """

    series: Id
    date: Annotated[dt.date, DAY]
    planned: Annotated[dt.date, DAY]
    revision: Annotated[int, COUNT] = 0
    talks: Annotated[int, Number(1, 12, whole=True, expected="a number of talks from 1 to 12")] = TALKS
    pause: Annotated[int, Number(0, 60, whole=True, expected="whole minutes from 0 to 60")] = PAUSE
    by: Id | None = None
    tz: Name | None = None
    slots: tuple[Slot, ...]
    dropped: tuple[Slot, ...] = ()

    @property
    def month(self) -> str:
        """`2027-02`: there is one jam a month."""
        return self.date.isoformat()[:7]
