"""gapcheck sheet: sheets to fill in by hand, to check, to share, to import, and to forget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from gapcheck.cli import options
from gapcheck.cli.importing import import_
from gapcheck.cli.sharing import forget, share

if TYPE_CHECKING:
    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Rater

sheet = typer.Typer(
    help="Sheets as files: start one, check them, share one, import a survey, forget a person.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
sheet.command()(share)
sheet.command("import")(import_)
sheet.command()(forget)


@sheet.command()
def new(
    person: options.Person = None,
    role: options.RoleId = None,
    rater: options.RatedBy = "self",
    by: options.By = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write it here instead of to standard output."),
    ] = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    quiet: options.Quiet = False,
) -> None:
    """An empty sheet to fill in by hand, with the levels of each skill as comments."""
    from gapcheck.cli import inputs, scope
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say
    from gapcheck.core.answers import Sheet
    from gapcheck.files import atomic, sheets
    from gapcheck.problems import InputError

    home = inputs.open_project(catalog, as_of)
    who = inputs.person_id(person)
    other = None if by is None else inputs.person_id(by)
    given = scope.checked(home, who, scope.Given(role=role, rater=cast("Rater", rater), by=other))
    role_id, profile = inputs.role_of(home, role)
    blank = Sheet(person=who, role=role_id, rater=given.rater, by=given.by, date=home.today)
    text = sheets.blank(home.catalog, profile, blank)
    if output is None or str(output) == out.STDOUT:
        out.write(text)
        return
    if atomic.exists(output):
        raise InputError.of("stands there already; choose another name", file=str(output))
    atomic.write(output, text.encode())
    if not quiet:
        say(f"wrote {output}; fill it in, then: gapcheck report {output}")


@sheet.command()
def lint(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Sheets, or folders of them.")],
    catalog: options.CatalogDir = None,
    quiet: options.Quiet = False,
) -> None:
    """Check sheets, and deliveries and plans that lie among them: every fault of every file, with its line."""
    from collections import Counter

    from gapcheck.cli import inputs
    from gapcheck.cli.messages import say
    from gapcheck.core.report import words
    from gapcheck.files import atomic
    from gapcheck.problems import InputError, Problem

    home = inputs.open_project(catalog, None)
    sheets_in = (sorted(given.rglob("*.yaml")) if atomic.is_folder(given) else [given] for given in paths)
    found = [path for each in sheets_in for path in each]
    if not found:
        raise InputError.of("there is no .yaml file in it", file=str(paths[0]))
    problems: list[Problem] = []
    kinds: Counter[str] = Counter()
    for path in found:
        try:
            kinds[_linted(home, path, named=path in paths)] += 1
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    if not quiet:
        plurals = (("sheet", ""), ("delivery", "deliveries"), ("plan", ""))
        told = [words.counted(kinds[kind], kind, many) for kind, many in plurals if kinds[kind]]
        say(f"{', '.join(told or ['0 sheets'])}, no fault")


def _linted(home: Project, path: Path, *, named: bool) -> str:
    """Check a file and say which kind it is. Raises InputError.

    Of other kinds it is `other`: in a folder they are passed over, since other commands check them.
    """
    from gapcheck.files import atomic, deliveries, formats, plans, sheets, yamldoc

    doc = yamldoc.parse(atomic.read(path), str(path))
    kind = formats.kind_of(doc)
    if kind == "delivery":
        deliveries.linted(doc, home.catalog)
    elif kind == "plan":
        plans.parse(doc, home.catalog, path.stem, home.today)
    elif named or kind == "sheet" or kind not in formats.KINDS:
        sheets.parse(doc, home.catalog)
        return "sheet"
    else:
        return "other"
    return kind
