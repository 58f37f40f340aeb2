"""gapcheck assess: a sitting in the terminal, or answers from a file; then the report."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from gapcheck.cli import options

HandsOption = Annotated[
    str | None,
    typer.Option("--hands", metavar="WHO", help="Whom work can go to: colleague, supplier or none."),
]


def assess(
    person: options.Person = None,
    role: options.RoleId = None,
    hours: Annotated[
        float | None, typer.Option("--hours", metavar="N", min=0, max=80, help="Hours a week you can learn.")
    ] = None,
    hands: HandsOption = None,
    answers: Annotated[
        str | None,
        typer.Option("--answers", metavar="FILE|-", help="Take the answers from a sheet or a skill: level file."),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="SKILL=N", help="One answer: 0-5, n/a or unknown; repeatable."),
    ] = None,
    allow_missing: Annotated[bool, typer.Option("--allow-missing", help="Leave what is not answered open.")] = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            envvar="GAPCHECK_PLAIN",
            show_envvar=False,
            help="Ask line by line; nothing is redrawn.",
        ),
    ] = False,
    urgent: options.Urgent = None,
    formats: options.Format = None,
    output: options.Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Rate yourself skill by skill; stop when you like, go on later, read the report."""
    from gapcheck.cli import inputs, scripted, sitting
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say
    from gapcheck.core.answers import Sheet
    from gapcheck.core.report import first_screen

    out.check(formats, output)
    home = inputs.open_project(catalog, as_of)
    who = inputs.person_id(person)
    hurts = inputs.known_skills(home, "--urgent", urgent or ())
    given = sitting.Given(role, hours, _hands(hands))
    sheet: Sheet | None
    if answers is not None or sets:
        sheet = scripted.answer(home, who, given, answers, sets or [], allow_missing=allow_missing, quiet=quiet)
    else:
        sheet = sitting.hold(home, who, given, plain=plain, quiet=quiet)
    if sheet is not None:
        report = inputs.judge(home, sheet, None, hurts)
        if formats is None and not output:
            out.show(tuple(first_screen(report)), None, no_color=no_color)
            if not quiet:
                say(f"The detail, skill by skill: gapcheck report --person {who}")
        else:
            out.deliver(report, formats, output, no_color=no_color, quiet=quiet)


def _hands(given: str | None) -> Literal["colleague", "supplier", "none"] | None:
    from gapcheck.problems import InputError

    match given:
        case None | "colleague" | "supplier" | "none":
            return given
    raise InputError.of("--hands: must be colleague, supplier or none")
