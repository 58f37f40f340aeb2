"""A person's plan: `<user data>/gapcheck/plans/PERSON.yaml`, readable by its owner only."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.plans import PlanFile
from gapcheck.files import atomic, store, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import SHOWN, InputError, Problem, key_path

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.files.yamldoc import Doc


def path_of(person: str) -> Path:
    """Where a person's plan is kept."""
    return store.home() / "plans" / f"{person}.yaml"


def people() -> tuple[str, ...]:
    """Everyone who has a plan here."""
    return tuple(sorted(path.stem for path in (store.home() / "plans").glob("*.yaml")))


def load(person: str, catalog: Catalog) -> PlanFile | None:
    """The plan that was agreed; None where there is none. Raises InputError with every fault of the file."""
    path = path_of(person)
    if not atomic.exists(path):
        return None
    doc = yamldoc.parse(atomic.read(path), str(path))
    plan = read_as(doc, "plan", PlanFile)
    if problems := [*_unknown(doc, plan, catalog), *_odd(doc, plan, person)]:
        raise InputError(problems[:SHOWN])
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
    for n, busy in enumerate(plan.busy):
        if busy.until < busy.since:
            found.append(_fault(doc, "must not be before since", "busy", n, "until"))
    for n, goal in enumerate(plan.goals):
        if goal.to <= goal.start:
            found.append(_fault(doc, "must be above start", "goals", n, "to"))
        if goal.skill in [before.skill for before in plan.goals[:n]]:
            found.append(_fault(doc, "stands there twice", "goals", n, "skill"))
    return found


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
