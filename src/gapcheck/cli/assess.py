"""gapcheck assess: a sitting in the terminal, or answers from a file; then the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapcheck.cli.inputs import Project
    from gapcheck.cli.scope import Given
    from gapcheck.core.answers import Rater, Sheet
    from gapcheck.core.interview import Again
    from gapcheck.core.policy import Hands


def assess(
    person: options.Person = None,
    role: options.RoleId = None,
    hours: options.Hours = None,
    hands: options.Hands = None,
    stages: options.Stages = None,
    skills: options.Skills = None,
    quick: options.Quick = False,
    again: options.Again = None,
    checks: options.Checks = None,
    rater: options.RatedBy = "self",
    by: options.By = None,
    answers: options.Answers = None,
    sets: options.Sets = None,
    allow_missing: options.AllowMissing = False,
    plain: options.Plain = False,
    urgent: options.Urgent = None,
    formats: options.Format = None,
    output: options.Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Rate yourself skill by skill; stop when you like, go on later, read the report."""
    from gapcheck.cli import inputs, scope
    from gapcheck.cli import output as out

    out.check(formats, output)
    home = inputs.open_project(catalog, as_of)
    who = inputs.person_id(person)
    hurts = inputs.known_skills(home, "--urgent", urgent or ())
    said = scope.Given(
        role=role,
        hours=hours,
        hands=cast("Hands | None", hands),
        checks=checks,
        stages=tuple(stages or ()),
        skills=tuple(skills or ()),
        quick=quick,
        again=cast("Again | None", again),
        rater=cast("Rater", rater),
        by=None if by is None else inputs.person_id(by),
        catalog=None if catalog is None else str(catalog),
        as_of=as_of,
        plain=plain,
    )
    given = scope.checked(home, who, said)
    sheet = (
        _scripted(home, who, given, answers, sets or [], allow_missing=allow_missing, quiet=quiet)
        if answers is not None or sets
        else _held(home, who, given, plain=plain, quiet=quiet)
    )
    if sheet is not None:
        _report(home, sheet, hurts, formats, output, no_color=no_color, quiet=quiet)


def _scripted(
    home: Project,
    who: str,
    given: Given,
    answers: str | None,
    sets: Sequence[str],
    *,
    allow_missing: bool,
    quiet: bool,
) -> Sheet:
    from gapcheck.cli import scripted

    return scripted.answer(home, who, given, answers, sets, allow_missing=allow_missing, quiet=quiet)


def _held(home: Project, who: str, given: Given, *, plain: bool, quiet: bool) -> Sheet | None:
    from gapcheck.cli import sitting

    return sitting.hold(home, who, given, plain=plain, quiet=quiet)


def _report(
    home: Project,
    sheet: Sheet,
    hurts: frozenset[str],
    formats: str | None,
    output: Sequence[Path] | None,
    *,
    no_color: bool,
    quiet: bool,
) -> None:
    """The first screen, or whatever format was asked for. What somebody else said has no report of its own."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say
    from gapcheck.core.report import first_screen

    if sheet.rater != "self":
        if not quiet:
            say(f"Beside {sheet.person}'s own sheet it is shown by: gapcheck report SHEET SHEET")
        return
    report = inputs.judge(home, inputs.Said(sheet), None, hurts)
    if formats is not None or output:
        out.deliver(report, formats, output, no_color=no_color, quiet=quiet)
        return
    out.show(tuple(first_screen(report)), None, no_color=no_color)
    if not quiet:
        say(f"The detail, skill by skill: gapcheck report --person {sheet.person}")
