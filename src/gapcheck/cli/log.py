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

NO_PLAN = "{} has no plan yet; {}"
AGREE = "gapcheck plan --agree keeps one"


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
    if home.today > (today := inputs.day(None)):  # it would be a fault of the file from then on
        raise InputError.of(f"--as-of: {home.today} is to come; log what was done, up to today, {today}")
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    if not hours and step is None:
        raise InputError.of("--hours: 0 notes nothing but with --step, the step that is done")
    who = _whose(person)  # before the lock, which would make a folder for it
    level = _level(home, who, wanted)
    with plans.held():
        kept = plans.load(who, home.catalog, today)
        if kept is None or not kept.goals:
            raise InputError.of(NO_PLAN.format(who, AGREE))
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
    """Whose plan is meant: the person's named, else one's own, and nobody else's. Raises InputError without a plan."""
    from gapcheck.cli import inputs
    from gapcheck.core.report import words
    from gapcheck.files import plans

    who, known = inputs.person_id(person), plans.people()
    if who in known:
        return who
    if person is not None or not known:
        raise InputError.of(NO_PLAN.format(who, AGREE))
    others = f"{words.listed(known)} {'has' if len(known) == 1 else 'have'}: --person {known[0]}"
    raise InputError.of(NO_PLAN.format(who, f"only {others}"))
