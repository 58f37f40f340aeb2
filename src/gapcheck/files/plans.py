"""A person's plan: `<user data>/gapcheck/plans/PERSON.yaml`, readable by its owner only."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.plans import PlanFile
from gapcheck.core.schedule import steps_of
from gapcheck.files import atomic, store, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import InputError, Problem, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.files.yamldoc import Doc

PATIENCE = 5.0
"""Seconds that a write waits for one that is under way; each takes some milliseconds."""


def path_of(person: str) -> Path:
    """Where a person's plan is kept."""
    return _folder() / f"{person}.yaml"


def _folder() -> Path:
    return store.home() / "plans"


def people() -> tuple[str, ...]:
    """Everyone who has a plan here. Raises InputError where the folder cannot be read: that is not an empty one."""
    folder = _folder()
    try:
        return tuple(sorted(path.stem for path in folder.iterdir() if path.suffix == ".yaml"))
    except FileNotFoundError:
        if folder.is_symlink():
            raise InputError.of("is a symbolic link that leads nowhere", file=str(folder), rule="read") from None
        return ()
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(folder), rule="read") from None


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Hold all plans from reading one to writing it, a few seconds after others at most. Raises InputError.

    One lock for the folder: the name of a lock of one's own would outlive a person who is forgotten.
    """
    from filelock import FileLock, Timeout

    folder = _folder()
    try:
        atomic.make_folder(folder, private=True)
        lock = FileLock(folder / ".lock", timeout=PATIENCE, mode=0o600)
        lock.acquire()
    except Timeout:
        message = "another gapcheck is writing a plan here, and takes long; nothing was changed, try again"
        raise InputError.of(message, file=str(folder), rule="write") from None
    except OSError as error:
        raise InputError.of(f"cannot be written: {atomic.reason(error)}", file=str(folder), rule="write") from None
    try:
        for left in folder.glob(".*.tmp"):  # of a write that was killed; nobody else writes here now
            left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def load(person: str, catalog: Catalog, today: dt.date | None = None) -> PlanFile | None:
    """The plan that was agreed; None where there is none. Raises InputError with every fault of the file.

    `today` is for whoever reads the log: with it, entries of days to come are faults too.
    """
    if person not in people():
        return None
    path = path_of(person)
    try:
        is_link = path.is_symlink()
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(path), rule="read") from None
    if is_link:
        message = "is a symbolic link, through which nothing is written; put the file itself here, or link the folder"
        raise InputError.of(message, file=str(path), rule="read")
    return parse(yamldoc.parse(atomic.read(path), str(path)), catalog, person, today)


def parse(doc: Doc, catalog: Catalog, person: str, today: dt.date | None = None) -> PlanFile:
    """A person's plan from a document, with the skills' present ids. Raises InputError with every fault."""
    plan = read_as(doc, "plan", PlanFile)
    if problems := [*_unknown(doc, plan, catalog), *_odd(doc, plan, person), *_unlogged(doc, plan, catalog, today)]:
        raise InputError(problems)
    now = catalog.renamed
    return replace(
        plan,
        goals=tuple(replace(goal, skill=now.get(goal.skill, goal.skill)) for goal in plan.goals),
        log=tuple(replace(one, skill=now.get(one.skill, one.skill)) for one in plan.log),
    )


def _unknown(doc: Doc, plan: PlanFile, catalog: Catalog) -> list[Problem]:
    known = {**catalog.skills, **catalog.renamed}
    named = [
        *((("goals", n, "skill"), goal.skill) for n, goal in enumerate(plan.goals)),
        *((("log", n, "skill"), one.skill) for n, one in enumerate(plan.log)),
    ]
    return [_fault(doc, f"unknown skill{catalog.like(skill)}", *path) for path, skill in named if skill not in known]


def _odd(doc: Doc, plan: PlanFile, person: str) -> list[Problem]:
    found = [] if plan.person == person else [_fault(doc, f"must be {person}, as the file's name says", "person")]
    if plan.start.toordinal() + 7 * plan.weeks > dt.date.max.toordinal():
        found.append(_fault(doc, "the calendar ends before these weeks do", "start"))
    for n, busy in enumerate(plan.busy):
        if busy.until < busy.since:
            found.append(_fault(doc, "must not be before since", "busy", n, "until"))
    for n, goal in enumerate(plan.goals):
        if goal.to <= goal.start:
            found.append(_fault(doc, "must be above start", "goals", n, "to"))
        if goal.skill in [before.skill for before in plan.goals[:n]]:
            found.append(_fault(doc, "stands there twice", "goals", n, "skill"))
    return found


def _unlogged(doc: Doc, plan: PlanFile, catalog: Catalog, today: dt.date | None) -> Iterator[Problem]:
    """Entries of the log that nobody can have made: of days to come, or not of this plan since it began."""
    goals = {catalog.renamed.get(goal.skill, goal.skill): goal for goal in plan.goals}
    known = (replace(goal, skill=skill) for skill, goal in goals.items() if skill in catalog.skills)
    steps = steps_of(catalog, (goal for goal in known if goal.start < goal.to))
    for n, one in enumerate(plan.log):
        skill = catalog.renamed.get(one.skill, one.skill)
        if today is not None and one.date > today:
            message = f"is of a day to come, today is {today}; take the line out, or put its day right"
            yield _fault(doc, message, "log", n, "date")
        if one.date < plan.start or skill not in catalog.skills or not goals:
            continue  # of a plan before this one, or told already
        if skill not in goals:
            yield _fault(doc, f"is not in this plan; it has {', '.join(goals)}", "log", n, "skill")
        elif one.step is not None and one.step > steps.get(skill, one.step):
            yield _fault(doc, f"must be at most {steps[skill]}, the last step of {skill} here", "log", n, "step")


def _fault(doc: Doc, message: str, *path: str | int) -> Problem:
    return Problem(doc.file, doc.span(*path), key_path(path), message, "plan")


def save(plan: PlanFile) -> Path:
    """Write a plan whole. Raises InputError where it cannot be written."""
    path = path_of(plan.person)
    atomic.write(path, dump(plan), private=True)
    return path


def dump(plan: PlanFile) -> bytes:
    """A plan as YAML, one line for each goal, busy time and entry of the log."""
    lines = [
        "gapcheck: plan/1",
        f"person: {_plain(plan.person)}",
        f"start: {plan.start.isoformat()}",
        f"weeks: {plan.weeks}",
        f"hours_per_week: {plan.hours_per_week:g}",
        "# Holidays and weeks with fewer hours, such as  - {since: 2027-02-08, until: 2027-02-19, hours: 0}",
    ]
    busy = [{"since": b.since, "until": b.until, "hours": b.hours, "why": b.why} for b in plan.busy]
    goals = [
        {"skill": g.skill, "start": g.start, "to": g.to, "hours": g.hours, "because": g.because} for g in plan.goals
    ]
    log = [{"date": one.date, "skill": one.skill, "hours": one.hours, "step": one.step} for one in plan.log]
    for part, entries in (("busy", busy), ("goals", goals), ("log", log)):
        lines += [f"{part}:" if entries else f"{part}: []"]
        lines += [
            "  - {" + ", ".join(f"{k}: {_plain(v)}" for k, v in e.items() if v is not None) + "}" for e in entries
        ]
    return ("\n".join(lines) + "\n").encode()


def _plain(value: object) -> str:
    """A value on one line: JSON is YAML, and quotes make every text safe that YAML can hold."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return yamldoc.clean(json.dumps(value, ensure_ascii=False))
