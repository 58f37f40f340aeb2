"""gapcheck sheet import: a survey's answers as sheets, one a person, by a map that says what its columns mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Sheet
    from gapcheck.core.survey.found import Found, Respondent
    from gapcheck.core.survey.model import SurveyMap
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
    if guess and (output is not None or dry_run):
        raise InputError.of("--guess writes no sheets, so --output and --dry-run go with --map only; leave them out")
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
    from gapcheck.core.survey.proposal import propose
    from gapcheck.files import tables

    form, lines = tables.found_form(file)
    with tables.opened(file, form) as table:
        return propose(table, home.catalog, lines, home.today)


def _read(home: Project, file: Path, by_map: Path) -> tuple[SurveyMap, Found]:
    """The map, and everyone's answers by it."""
    from gapcheck.core.survey.read import read
    from gapcheck.files import survey_maps, tables
    from gapcheck.problems import InputError

    survey = survey_maps.load_map(by_map, home.catalog, home.today)
    with tables.opened(file, tables.Form.of(survey)) as table:
        survey_maps.check_columns(table, survey, str(by_map))
        found = read(table, survey, home.catalog, home.today)
    if not found.people:
        message = "nobody answered anything; does the map name the columns that hold the answers?"
        raise InputError.of(message, file=str(file), rule="survey")
    return survey, found


def _check_targets(home: Project, folder: Path, found: Found, progress: Callable[[int], None]) -> None:
    """Refuse, before anything is written, to write over another person's file, later answers, or what is not asked."""
    from gapcheck.core.survey.found import sheet_of
    from gapcheck.files import atomic, many
    from gapcheck.problems import InputError

    if atomic.exists(folder) and not atomic.is_folder(folder):
        raise InputError.of("is a file; name a folder", file=str(folder), rule="write")
    if not atomic.is_folder(folder):
        return
    there = {path.name: path for path in folder.iterdir()}
    problems: list[Problem] = []
    for number, person in enumerate(found.people, 1):
        path = there.get(f"{person.person}.yaml")
        if path is not None:
            problems += _in_the_way(home, path, sheet_of(person, home.catalog))
            if number % many.STEP == 0:
                progress(number)
    if problems:
        raise InputError(problems)


def _in_the_way(home: Project, path: Path, new: Sheet) -> Iterator[Problem]:
    """What keeps a file from being replaced: no sheet, another person's or rater's, later, or more than the new one."""
    from gapcheck.core.answers import Sheet
    from gapcheck.files import atomic, shared, yamldoc
    from gapcheck.files.formats import read_as
    from gapcheck.problems import InputError, Problem, Span

    way = "move it away, or choose another folder with --output"
    try:
        if path.is_symlink():
            raise InputError.of("is a symbolic link", file=str(path))
        raw = atomic.read(path)
        there = shared.read(raw, home.catalog) or read_as(yamldoc.parse(raw, str(path)), "sheet", Sheet)
    except InputError:
        told = "stands there already and is no sheet"
    else:
        if there.person != new.person or there.rater != "self":
            told = f"is a sheet about {there.person} by {there.by or 'themselves'}, not {new.person}'s own"
        elif there.date > new.date:
            told = f"holds later answers, of {there.date.isoformat()}"
        elif lost := _lost(home, there, new):
            told = f"holds what the survey does not, and it would be lost: {', '.join(lost)}"
        else:
            return
    yield Problem(str(path), Span(), "", f"{told}; {way}", "write")


def _lost(home: Project, there: Sheet, new: Sheet) -> list[str]:
    """What a sheet holds that would be gone if a survey's stood in its place, a few words each.

    A level that the survey has too is no loss: it is what the person says now.
    """
    from dataclasses import replace

    from gapcheck.core.report.words import counted
    from gapcheck.files import shared

    gone = {home.catalog.renamed.get(skill, skill) for skill in there.levels} - new.levels.keys()
    kept = there if new.interest is None else replace(there, interest=None)
    return [
        *([counted(len(gone), "level")] if gone else []),
        *(part for part in ("role", "group") if getattr(there, part) and not getattr(new, part)),
        *shared.left_out(kept, shared.copy_of(kept, kept.levels)),
    ]


def _write(home: Project, folder: Path, found: Found, *, quiet: bool) -> None:
    from gapcheck.cli import progress
    from gapcheck.cli.messages import say
    from gapcheck.core.report.words import counted
    from gapcheck.files import many

    files = ((f"{person.person}.yaml", _sheet(home, person).encode()) for person in found.people)
    with progress.told("sheets written", quiet=quiet) as tell_number:
        number = many.write_all(folder, files, tell_number)
    if not quiet:
        say(f"wrote {counted(number, 'sheet')} to {folder}")
        for line in _counts(found):
            say(line)


def _sheet(home: Project, person: Respondent) -> str:
    """A sheet in the shared form, which says nothing of what a survey did not ask, and the interest where it did."""
    from gapcheck.core.survey.found import sheet_of
    from gapcheck.files import shared

    sheet = sheet_of(person, home.catalog)
    wishes = "" if sheet.interest is None else f"interest: {json.dumps(sheet.interest)}\n"
    return shared.dump(sheet, home.catalog) + wishes


def _counts(found: Found) -> Iterator[str]:
    """What was read and what was not."""
    from gapcheck.core.report.words import counted

    counts = found.counts()
    none = counts["n/a"]
    unknown = counts["unknown"]
    levels = counts.total() - none - unknown
    yield (
        f"{counted(found.rows, 'row')}, {counted(len(found.people), 'person', 'people')}, "
        f"{counted(counts.total(), 'answer')}: {counted(levels, 'level')}, {none} n/a, {unknown} unknown"
    )
    if found.empty:
        yield f"{counted(found.empty, 'row')} without an answer {'is' if found.empty == 1 else 'are'} left out"
    if found.unused:
        yield f"{'column' if len(found.unused) == 1 else 'columns'} not read: {', '.join(found.unused)}"


def _shown(home: Project, folder: Path, found: Found, survey: SurveyMap) -> str:
    """Counts and the first sheets, as a dry run prints them."""
    parts = [*_counts(found), f"nothing is written; this would go to {folder}, the scales being {_scales(survey)}:"]
    for person in found.people[:FIRST]:
        parts += ["", f"# {folder / person.person}.yaml", _sheet(home, person).rstrip()]
    more = len(found.people) - FIRST
    return "\n".join([*parts, *(["", f"and {more} more"] if more > 0 else [])]) + "\n"


def _scales(survey: SurveyMap) -> str:
    return ", ".join(survey.scales) or "levels 0 to 5"
