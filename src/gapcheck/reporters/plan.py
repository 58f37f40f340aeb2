"""A plan for people, programs, spreadsheets and calendars."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from typing import TYPE_CHECKING, Any

from gapcheck.core.report.plan import NO_WORDS, told
from gapcheck.reporters import BLOCK_EXTENSIONS, BLOCKS
from gapcheck.reporters.look import COMMAND, to_ascii

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.report.plan import Planned
    from gapcheck.core.schedule import Part, Task
    from gapcheck.reporters.look import Look

FORMAT = "gapcheck-plan/1"
PRODUCT = "-//gapcheck//plan//EN"

_OBEYED = ("=", "+", "-", "@", "\t", "\r")


def _of_blocks(name: str) -> Callable[[Planned, Look], str]:
    return lambda of, look: BLOCKS[name](told(of), look)


def _json(of: Planned, look: Look) -> str:
    from gapcheck.reporters.data import as_text

    return as_text(as_data(of), look)


def as_data(of: Planned) -> dict[str, Any]:
    """The plan as plain data: hours, days as 2027-01-04, weeks counted from 1."""
    calendar, parts = of.calendar, of.schedule
    return {
        "format": FORMAT,
        "person": of.report.sheet.person,
        "as_of": of.report.as_of.isoformat(),
        "agreed": of.agreed.start.isoformat() if of.agreed else None,
        "start": calendar.start.isoformat(),
        "weeks": calendar.weeks,
        "hours_per_week": calendar.hours_per_week,
        "hours": calendar.hours,
        "over": parts.over,
        "short": parts.short,
        "holds": parts.holds,
        "reached": [{"skill": goal.skill, "from": goal.start, "to": goal.to} for goal in of.reached],
        "goals": [
            {
                "skill": one.goal.skill,
                "from": one.goal.start,
                "to": one.goal.to,
                "hours": one.goal.hours,
                "because": one.goal.because,
                "reached_in_week": None if one.week is None else one.week + 1,
                "missing": one.missing,
            }
            for one in parts.reached
        ],
        "parts": [
            {
                "week": part.week + 1,
                "begins": calendar.begins(part.week).isoformat(),
                "skill": part.task.goal.skill,
                "step": part.task.number,
                "to": part.task.step.to,
                "hours": part.hours,
                "ends": part.ends,
            }
            for part in parts.parts
        ],
        "left_out": [
            {"skill": left.goal.skill, "to": left.goal.to, "hours": left.goal.hours, "fits_at": left.fits_at}
            for left in of.plan.left_out
        ],
    }


def _csv(of: Planned, look: Look) -> str:
    """A line for each part of a step; no text that a spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(["week", "begins", "skill", "step", "to", "hours", "ends", "do", "leaves"])
    for part in of.schedule.parts:
        row = (*_row(of, part), _safe(part.task.step.do or NO_WORDS), _safe(part.task.step.produce))
        writer.writerow(row)
    return to_ascii(text.getvalue()) if look.ascii else text.getvalue()


def _row(of: Planned, part: Part) -> tuple[str | float, ...]:
    task = part.task
    begins = of.calendar.begins(part.week).isoformat()
    ends = "yes" if part.ends else "no"
    return part.week + 1, begins, task.goal.skill, task.number, task.step.to, round(part.hours, 2), ends


def _safe(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_OBEYED) else line


def _ics(of: Planned, _look: Look) -> str:
    """One all-day event a step, from the first week it takes to the last; days only, so that no zone changes it.

    Identifiers follow from person, skill and step: a calendar that has the plan already moves what slipped.
    """
    import icalendar

    calendar = icalendar.Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    for task in dict.fromkeys(part.task for part in of.schedule.parts):
        calendar.add_component(_event(of, task))
    return calendar.to_ical().decode()  # type: ignore[no-any-return]


def _event(of: Planned, task: Task) -> Any:
    import icalendar

    event = icalendar.Event()
    weeks = [part.week for part in of.schedule.parts if part.task == task]
    event.add("uid", uid(of.report.sheet.person, task))
    event.add("dtstamp", dt.datetime.combine(of.report.as_of, dt.time(), dt.UTC))
    event.add("sequence", max(0, (of.report.as_of - of.agreed.start).days + 1) if of.agreed else 0)
    event.add("dtstart", of.calendar.begins(min(weeks)))
    event.add("dtend", of.calendar.ends(max(weeks)) + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    name = f"Learn {of.name(task.goal.skill)}: step {task.number}, to {task.step.to} ({round(task.left, 1):g} h)"
    event.add("summary", _text(name))
    leaves = f"\n\nLeaves: {task.step.produce}" if task.step.produce else ""
    event.add("description", _text((task.step.do or NO_WORDS) + leaves))
    return event


def uid(person: str, task: Task) -> str:
    """The identifier of a step in a person's plan: never another one, whenever it is planned."""
    who = hashlib.sha256(person.encode()).hexdigest()[:8]
    return f"{task.goal.skill}-{task.goal.start}-step-{task.number}.{who}@plan.gapcheck"


def _text(text: str) -> str:
    return COMMAND.sub(r"\g<0> ", text)


FORMATS: dict[str, Callable[[Planned, Look], str]] = {
    **{name: _of_blocks(name) for name in BLOCKS},
    "json": _json,
    "csv": _csv,
    "ics": _ics,
}
EXTENSIONS = {**BLOCK_EXTENSIONS, ".json": "json", ".csv": "csv", ".ics": "ics"}
