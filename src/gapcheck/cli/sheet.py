"""gapcheck sheet: sheets to fill in by hand, to check, to share, to import, and to forget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from gapcheck.cli import options
from gapcheck.cli.importing import import_
from gapcheck.cli.sharing import forget, share

if TYPE_CHECKING:
    from collections import Counter

    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Rater
    from gapcheck.problems import Problem

_KINDS = ("sheet", "delivery", "plan")
"""What `sheet lint` checks."""

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
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Sheets, or folders of them; the project's sheets if not given."),
    ] = None,
    catalog: options.CatalogDir = None,
    quiet: options.Quiet = False,
) -> None:
    """Check sheets, and deliveries and plans that lie among them: every fault of every file, with its line."""
    from collections import Counter

    from gapcheck.cli import inputs
    from gapcheck.cli.messages import say
    from gapcheck.core.report import words
    from gapcheck.problems import InputError, Problem, Span

    home = inputs.open_project(catalog, None)
    problems: list[Problem] = []
    kinds: Counter[str] = Counter()
    for given in paths or [Path(home.config.sheets)]:
        found, faults = _looked_at(home, given)
        kinds += found
        problems += faults
        if not found and not faults:
            problems.append(Problem(str(given), Span(), "", "there is no sheet, delivery or plan in it", "read"))
    if problems:
        raise InputError(problems)
    if not quiet:
        plurals = (("sheet", ""), ("delivery", "deliveries"), ("plan", ""))
        told = [words.counted(kinds[kind], kind, many) for kind, many in plurals if kinds[kind]]
        say(f"{', '.join(told)}, no fault")


def _looked_at(home: Project, given: Path) -> tuple[Counter[str], list[Problem]]:
    """How many files of each kind a path leads to, by the same walk as a team's, and the faults of the others."""
    from collections import Counter

    from gapcheck.files import team
    from gapcheck.problems import InputError

    kinds: Counter[str] = Counter()
    problems: list[Problem] = []
    try:
        files = team.files_in([given])
    except InputError as error:
        return kinds, list(error.problems)
    for path in files:
        try:
            kinds.update(_linted(home, path, named=path == given))
        except InputError as error:
            problems += error.problems
    return kinds, problems


def _linted(home: Project, path: Path, *, named: bool) -> tuple[str, ...]:
    """Check a file and say which kind it is. Raises InputError.

    Of other kinds it is none: in a folder they are passed over, since other commands check them. What a team would miss
    there is a fault: a folder behind a link, and names that end in another way, those among the project's sheets also
    where they are named, as a hook of a commit does.
    """
    from gapcheck.files import atomic, deliveries, formats, plans, sheets, team, yamldoc
    from gapcheck.problems import InputError

    is_among = path.resolve().is_relative_to(Path(home.config.sheets).resolve())
    is_missed = path.suffix != team.ENDING and (is_among or not named)
    if is_missed and atomic.is_folder(path):
        raise InputError.of(team.LINKED, file=str(path), rule="read")
    doc = yamldoc.parse(atomic.read(path), str(path))
    kind = formats.kind_of(doc)
    if is_missed and kind in _KINDS:
        raise InputError.of(team.missed(kind), file=str(path), rule="read")
    if is_missed and not (isinstance(doc.data, dict) and doc.data.keys() & {formats.HEADER, "person"}):
        return ()
    if kind == "delivery":
        deliveries.linted(doc, home.catalog)
    elif kind == "plan":
        plans.parse(doc, home.catalog, path.stem, home.today)
    elif named or kind == "sheet" or kind not in formats.KINDS:
        sheets.parse(doc, home.catalog)
        kind = "sheet"
    else:
        return ()
    return (kind,)
