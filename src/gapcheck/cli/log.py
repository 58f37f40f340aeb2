"""gapcheck log: hours that were learned, and steps that are done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from gapcheck.cli.inputs import Project
    from gapcheck.core.plan import Goal
    from gapcheck.core.plans import PlanFile

NO_PLAN = "{} has no plan yet; gapcheck plan --agree keeps one"


def log(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="A skill of the plan that was agreed.")],
    hours: Annotated[
        float,
        options.hours_option("Hours that you spent on it."),
    ],
    step: Annotated[
        int | None, typer.Option("--step", metavar="N", min=1, max=10_000, help="The step that is done with it.")
    ] = None,
    person: options.Person = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    quiet: options.Quiet = False,
) -> None:
    """Note hours that you learned, and a step that is done; the plan is put into the weeks anew."""
    from gapcheck.cli import inputs
    from gapcheck.cli.messages import say
    from gapcheck.core.plans import Logged
    from gapcheck.files import plans

    home = inputs.open_project(catalog, as_of)
    who = _whose(person)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    if not hours and step is None:
        raise InputError.of("--hours: 0 notes nothing but with --step, the step that is done")
    level = _level(home, who, wanted)
    if who not in plans.people():  # or the lock would make a folder for it
        raise InputError.of(NO_PLAN.format(who))
    with plans.held():
        kept = plans.load(who, home.catalog, home.today)
        if kept is None or not kept.goals:
            raise InputError.of(NO_PLAN.format(who))
        goal = _goal(home, kept, wanted, step)
        after = replace(kept, log=(*kept.log, Logged(date=home.today, skill=wanted, hours=hours, step=step)))
        path = plans.save(after)
    if not quiet:
        say(f"noted in {path}")
        if home.today < after.start:
            say(f"it does not count, since the plan begins on {after.start}; change the day there, or in the log")
        say(_progress(home, after, goal, level))


def _level(home: Project, who: str, skill: str) -> int | None:
    """What the latest sheet says of a skill, read before anything is noted; None without one."""
    from gapcheck.files import sheets, store

    path = store.latest(who)
    return sheets.load(path, home.catalog).settled_level(skill) if path else None


def _goal(home: Project, kept: PlanFile, skill: str, step: int | None) -> Goal:
    """The goal of the plan that is about a skill. Raises InputError where there is none, or no such step of it."""
    from gapcheck.core.report import words
    from gapcheck.core.schedule import goals_of, steps_of

    goal = next((goal for goal in goals_of(kept) if goal.skill == skill), None)
    if goal is None:
        raise InputError.of(f"{skill} is not in the plan; it has {', '.join(goal.skill for goal in kept.goals)}")
    steps = steps_of(home.catalog, [goal])[skill]
    if step is not None and step > steps:
        raise InputError.of(f"--step: {skill} has {words.counted(steps, 'step')} in this plan")
    return goal


def _progress(home: Project, after: PlanFile, goal: Goal, level: int | None) -> str:
    from gapcheck.core.report.plan import progress

    if level is not None and level >= goal.to:
        return f"{home.catalog.skills[goal.skill].name} is reached: the sheet has {level}."
    return progress(home.catalog, after, goal)


def _whose(person: str | None) -> str:
    """Whose plan is meant: the person's named, the only one there is, else of whom there is the only sheet."""
    from gapcheck.cli import inputs
    from gapcheck.files import plans

    if person is not None:
        return inputs.person_id(person)
    known = plans.people()
    return known[0] if len(known) == 1 else inputs.latest_sheet(None).parent.name
