"""gapcheck sheet import: a survey's answers as sheets, one a person, by a map that says what its columns mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapcheck.cli.inputs import Project
    from gapcheck.core.survey.model import SurveyMap
    from gapcheck.core.survey.read import Found
    from gapcheck.problems import Problem

FIRST = 2
"""Sheets that a dry run shows."""


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A survey's export: CSV or XLSX.")],
    by_map: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="What its columns and words mean; --guess proposes one.")
    ] = None,
    guess: Annotated[bool, typer.Option("--guess", help="Propose a map on standard output.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="DIR", help="Folder of the sheets; the project's if not given."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show counts and the first sheets; write nothing.")
    ] = False,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    quiet: options.Quiet = False,
) -> None:
    """Turn a survey's answers into sheets, one a person: levels and dates, by a map."""
    from gapcheck.cli import inputs, progress
    from gapcheck.cli import output as out
    from gapcheck.problems import InputError

    if guess == (by_map is not None):
        raise InputError.of("choose --map MAP, or --guess to have one proposed")
    home = inputs.open_project(catalog, as_of)
    if by_map is None:
        out.write(_proposed(home, file))
        return
    survey, found = _read(home, file, by_map)
    folder = output or Path(home.config.sheets)
    with progress.told("files there looked at", quiet=quiet) as tell_number:
        _check_targets(home, folder, found, tell_number)
    if dry_run:
        out.write(_shown(home, folder, found, survey))
    else:
        _write(home, folder, found, quiet=quiet)


def _proposed(home: Project, file: Path) -> str:
    """A map for a table of which nothing is known."""
    from gapcheck.core.survey.guess import propose
    from gapcheck.files import tables

    form = tables.found_form(file)
    with tables.opened(file, tables.Form(encoding=form.get("encoding", "").partition(" ")[0] or None)) as table:
        return propose(table, home.catalog, form, home.today)


def _read(home: Project, file: Path, by_map: Path) -> tuple[SurveyMap, Found]:
    """The map, and everyone's answers by it."""
    from gapcheck.core.survey.read import read
    from gapcheck.files import tables
    from gapcheck.problems import InputError

    survey = tables.load_map(by_map, home.catalog)
    with tables.opened(file, tables.Form.of(survey)) as table:
        tables.check_columns(table, survey, str(by_map))
        found = read(table, survey, home.catalog)
    if not found.people:
        raise InputError.of("nobody answered anything", file=str(file), rule="survey")
    return survey, found


def _check_targets(home: Project, folder: Path, found: Found, progress: Callable[[int], None]) -> None:
    """Refuse, before anything is written, to write over another person's file or over later answers."""
    from gapcheck.files import atomic, tables
    from gapcheck.problems import InputError

    if not atomic.is_folder(folder):
        return
    there = {path.name: path for path in folder.iterdir()}
    problems: list[Problem] = []
    for number, person in enumerate(found.people, 1):
        path = there.get(f"{person.person}.yaml")
        if path is not None:
            problems += _in_the_way(home, path, person.person, person.date.isoformat())
            if number % tables.STEP == 0:
                progress(number)
    if problems:
        raise InputError(problems)


def _in_the_way(home: Project, path: Path, person: str, date: str) -> Iterator[Problem]:
    """What keeps an earlier file from being replaced: it is no sheet, another person's, another's rating, or later."""
    from gapcheck.core.answers import Sheet
    from gapcheck.files import atomic, shared, yamldoc
    from gapcheck.files.formats import read_as
    from gapcheck.problems import InputError, Problem, Span

    try:
        if path.is_symlink():
            raise InputError.of("is a symbolic link", file=str(path))
        raw = atomic.read(path)
        sheet = shared.read(raw, home.catalog) or read_as(yamldoc.parse(raw, str(path)), "sheet", Sheet)
    except InputError:
        told = "stands there already and is no sheet"
    else:
        if sheet.person != person or sheet.rater != "self":
            told = f"is a sheet about {sheet.person} by {sheet.by or 'themselves'}, not {person}'s own"
        elif sheet.date.isoformat() > date:
            told = f"holds later answers, of {sheet.date.isoformat()}"
        else:
            return
    yield Problem(str(path), Span(), "", f"{told}; move it away, or choose another folder with --output", "write")


def _write(home: Project, folder: Path, found: Found, *, quiet: bool) -> None:
    from gapcheck.cli import progress
    from gapcheck.cli.messages import say
    from gapcheck.core.survey.read import sheet_of
    from gapcheck.files import sheets, tables

    files = ((f"{p.person}.yaml", sheets.dump(sheet_of(p, home.catalog), home.catalog)) for p in found.people)
    with progress.told("sheets written", quiet=quiet) as tell_number:
        number = tables.write_all(folder, files, tell_number)
    if not quiet:
        say(f"wrote {number} {'sheet' if number == 1 else 'sheets'} to {folder}")
        for line in _counts(found):
            say(line)


def _counts(found: Found) -> Iterator[str]:
    """What was read and what was not."""
    counts = found.counts()
    none = counts["n/a"]
    unknown = counts["unknown"]
    levels = counts.total() - none - unknown
    yield (
        f"{found.rows} rows, {len(found.people)} people, {counts.total()} answers: "
        f"{levels} levels, {none} n/a, {unknown} unknown"
    )
    if found.empty:
        yield f"{found.empty} rows without an answer are left out"
    if found.unused:
        yield f"columns not read: {', '.join(found.unused)}"


def _shown(home: Project, folder: Path, found: Found, survey: SurveyMap) -> str:
    """Counts and the first sheets, as a dry run prints them."""
    from gapcheck.core.survey.read import sheet_of
    from gapcheck.files import sheets

    parts = [*_counts(found), f"nothing is written; this would go to {folder}, the scales being {_scales(survey)}:"]
    for person in found.people[:FIRST]:
        text = sheets.dump(sheet_of(person, home.catalog), home.catalog).decode()
        parts += ["", f"# {folder / person.person}.yaml", text.rstrip()]
    more = len(found.people) - FIRST
    return "\n".join([*parts, *(["", f"and {more} more"] if more > 0 else [])]) + "\n"


def _scales(survey: SurveyMap) -> str:
    return ", ".join(survey.scales) or "levels 0 to 5"
