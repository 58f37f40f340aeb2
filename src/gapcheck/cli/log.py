"""gapcheck log: hours that were learned, and steps that are done."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from gapcheck.cli import options
from gapcheck.problems import InputError


def log(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="A skill of the plan that was agreed.")],
    hours: Annotated[
        float,
        typer.Option(
            "--hours", metavar="N", min=0, max=80, callback=options.a_number, help="Hours that you spent on it."
        ),
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
    from gapcheck.core.plan import way
    from gapcheck.core.plans import Logged
    from gapcheck.core.report import words
    from gapcheck.core.report.plan import progress
    from gapcheck.core.schedule import goals_of
    from gapcheck.files import plans, sheets, store

    home = inputs.open_project(catalog, as_of)
    who = _whose(person)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    with store.sitting(who):
        kept = plans.load(who, home.catalog)
        if kept is None or not kept.goals:
            raise InputError.of(f"{who} has no plan yet; gapcheck plan --agree keeps one")
        goal = next((goal for goal in goals_of(kept) if goal.skill == wanted), None)
        if goal is None:
            raise InputError.of(f"{wanted} is not in the plan; it has {', '.join(goal.skill for goal in kept.goals)}")
        steps = len(way(home.catalog.skills[wanted], goal.start, goal.to))
        if step is not None and step > steps:
            raise InputError.of(f"--step: {wanted} has {words.counted(steps, 'step')} in this plan")
        one = Logged(date=home.today, skill=wanted, hours=hours, step=step)
        after = replace(kept, log=(*kept.log, one))
        path = plans.save(after)
    sheet = store.latest(who)
    level = sheets.load(sheet, home.catalog).settled_level(wanted) if sheet else None
    if quiet:
        return
    say(f"noted in {path}")
    if level is not None and level >= goal.to:
        say(f"{home.catalog.skills[wanted].name} is reached: the sheet has {level}.")
    else:
        say(progress(home.catalog, after, goal))


def _whose(person: str | None) -> str:
    """Whose plan is meant: the person's named, the only one there is, else of whom there is the only sheet."""
    from gapcheck.cli import inputs
    from gapcheck.files import plans

    if person is not None:
        return inputs.person_id(person)
    known = plans.people()
    return known[0] if len(known) == 1 else inputs.latest_sheet(None).parent.name
