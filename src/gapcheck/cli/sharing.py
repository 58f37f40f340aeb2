"""gapcheck sheet share and gapcheck sheet forget: what others get to see, and how it is taken back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Sheet
    from gapcheck.files.forget import Plan
    from gapcheck.files.history import History

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written or deleted, change nothing.")]
SHOWN = 10


def share(
    path: options.SheetPath = None,
    skill: Annotated[
        list[str] | None, typer.Option("--skill", metavar="SKILL", help="Share this skill only; repeatable.")
    ] = None,
    person: options.Person = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write it here instead of to the team's folder; - prints it."),
    ] = None,
    dry_run: DryRun = False,
    catalog: options.CatalogDir = None,
    quiet: options.Quiet = False,
) -> None:
    """Put a copy of your sheet into the team's folder: settled levels and dates, nothing else."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say
    from gapcheck.files import atomic, shared

    home = inputs.open_project(catalog, None)
    if output is None:
        _check_project()
    sheet = _own_sheet(home, path, person)
    copy = shared.copy_of(sheet, _chosen(home, sheet, skill))
    target = output or Path(home.config.sheets, f"{sheet.person}.yaml")
    prints = dry_run or str(target) == out.STDOUT
    if str(target) != out.STDOUT:
        _check_target(home, target, sheet)
    text = shared.dump(copy, home.catalog, _schema(inputs.catalog_folder(catalog, home.config), target))
    if prints:
        out.write(text)
    else:
        atomic.write(target, text.encode())
    if not quiet:
        left = shared.left_out(sheet, copy)
        done = f"would write {target}" if dry_run else "printed" if prints else f"wrote {target}"
        say(f"{done}: {len(copy.levels)} of {len(sheet.levels)} answers of {sheet.person}")
        say(f"left out, and still yours alone: {', '.join(left)}" if left else "the sheet holds nothing else")


def _check_project() -> None:
    """A team's folder is where its settings are; anywhere else a copy would only lie about. Raises InputError."""
    from gapcheck.files import project
    from gapcheck.problems import InputError

    if project.is_one():
        return
    above = next((folder for folder in Path.cwd().parents if (folder / project.CONFIG).is_file()), None)
    way = (
        f"the one of {above} is meant, go there"
        if above
        else f'go to the team\'s folder, or make this one it: a file {project.CONFIG} that says "gapcheck: config/1"'
    )
    message = f"there is no {project.CONFIG} here, so this is no team's folder; {way}; or name a file with --output"
    raise InputError.of(message, rule="share")


def _own_sheet(home: Project, path: Path | None, person: str | None) -> Sheet:
    """The sheet to share: the person's own. Raises InputError."""
    from gapcheck.cli import inputs
    from gapcheck.files import sheets
    from gapcheck.problems import InputError

    found = path or inputs.latest_sheet(person)
    sheet = sheets.load(found, home.catalog)
    if sheet.rater != "self":
        message = f"is what {sheet.by} says about {sheet.person}; people share their own sheets only"
        raise InputError.of(message, file=str(found), rule="share")
    if path and person is not None and sheet.person != person:
        raise InputError.of(f"is the sheet of {sheet.person}, not of {person}", file=str(found), rule="share")
    return sheet


def _chosen(home: Project, sheet: Sheet, skills: Sequence[str] | None) -> frozenset[str]:
    """The skills that were named, else all that were answered. Raises InputError where there is nothing to share."""
    from gapcheck.cli import inputs
    from gapcheck.problems import InputError, Problem, Span

    if not sheet.levels:
        raise InputError.of(f"the sheet of {sheet.person} has no answer to share", rule="share")
    if not skills:
        return frozenset(sheet.levels)
    named = inputs.known_skills(home, "--skill", skills)
    open_ones = sorted(named - set(sheet.levels))
    if open_ones:
        raise InputError(
            Problem("", Span(), "", f"--skill: {s} is open in the sheet of {sheet.person}", "share") for s in open_ones
        )
    return named


def _check_target(home: Project, target: Path, sheet: Sheet) -> None:
    """Only the person's own shared copy, of this day or before, may be replaced. Raises InputError."""
    from gapcheck.files import atomic, sheets
    from gapcheck.problems import InputError

    if not atomic.exists(target) and not target.is_symlink():
        return
    try:
        there = sheets.load(target, home.catalog)
    except InputError as error:
        message = f"stands there and is no sheet that can be read ({error.problems[0].message}); move it away first"
        raise InputError.of(message, file=str(target), rule="share") from None
    if there.person != sheet.person or there.rater != "self":
        raise InputError.of(f"is a sheet of {there.person}; choose another file", file=str(target), rule="share")
    if there.date > sheet.date:
        message = (
            f"is of {there.date}, newer than the sheet to share, of {sheet.date}; share the newer sheet from where it "
            "lies, or answer again (gapcheck assess --again all); to go back to the older one, delete this copy first"
        )
        raise InputError.of(message, file=str(target), rule="share")
    if _holds_more(there):
        message = "holds more than a shared copy does; it would be lost: choose another file"
        raise InputError.of(message, file=str(target), rule="share")


def _holds_more(there: Sheet) -> bool:
    """Whether a sheet is no shared copy but one that somebody works on: notes and checks would be lost."""
    from gapcheck.files import shared

    return bool(shared.left_out(there, shared.copy_of(there, there.levels)))


def _schema(catalog: Path, target: Path) -> str | None:
    """The way from a shared copy to its schema where both lie in the project; any other would name a machine's."""
    import os

    schema = (catalog / "schema" / "sheet.json").resolve()
    here = Path.cwd().resolve()
    folder = target.parent.resolve()
    inside = schema.is_relative_to(here) and folder.is_relative_to(here)
    return Path(os.path.relpath(schema, folder)).as_posix() if inside and schema.is_file() else None


def forget(
    person: Annotated[str, typer.Argument(metavar="ID", help="Whom to forget.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; needed where no terminal can.")] = False,
    dry_run: DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Remove a person from sheets, people.yaml, plans, jams, deliveries, baselines; say what git still holds."""
    from gapcheck.cli.messages import say
    from gapcheck.core.shapes import PERSON
    from gapcheck.files import forget as forgetting
    from gapcheck.files import project
    from gapcheck.problems import InputError

    if not PERSON.allows(person):
        raise InputError.of(f"ID: must be {PERSON.expected}")
    config = project.config()
    plan = forgetting.find(person, config)
    _tell_plan(plan, person)
    if plan.steps and not dry_run:
        _ask(person, len(plan.steps), yes=yes)
        forgetting.carry_out(plan, person)
        if not quiet:
            say(f"{person} is forgotten here: {_number(len(plan.steps), 'file')}")
    for root in forgetting.other_repositories(plan, config):
        say(f"{root}: another repository; what it remembers of {person} is told by the same command there")
    _tell_history(plan, person)


def _number(number: int, of: str) -> str:
    return f"{number} {of}{'' if number == 1 else 's'}"


def _tell_plan(plan: Plan, who: str) -> None:
    """Every file and what happens to it, before anything does."""
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import one_line, say

    out.write("".join(one_line(f"{step.path}: {step.what}") for step in plan.steps))
    for path in plan.unread:
        say(f"{path}: a symbolic link, or cannot be read or changed safely; look yourself whether it is about {who}")
    for path in plan.elsewhere:
        say(f"{path}: a sheet or plan of {who}, of another project; if they are the same person, forget them there too")
    for path in plan.by_hand:
        say(f"{path}: names {who} where only a reader can tell what to do; change or delete it by hand")
    if not plan.steps and not plan.by_hand:
        say(f"nothing here names {who}")


def _ask(who: str, number: int, *, yes: bool) -> None:
    """Go on only if that is wanted. Raises InputError where nobody can be asked, and Exit where it is not wanted."""
    from gapcheck.cli.messages import say
    from gapcheck.problems import InputError

    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError.of("there is no terminal to ask on; --yes goes on without, --dry-run only lists")
    sys.stderr.write(f"Delete or change {_number(number, 'file')}? This cannot be undone. Type {who} to go on: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip() != who:
        say("nothing was changed")
        raise typer.Exit


def _tell_history(plan: Plan, who: str) -> None:
    """What a repository remembers, how to rewrite it, and what was looked at and what not."""
    from gapcheck.cli.messages import say
    from gapcheck.files import forget as forgetting
    from gapcheck.files import history

    if not history.in_repository():
        return
    try:
        known = history.remembered(who, [plan.people])
    except history.UnknownError as error:
        say(f"git cannot say what its history holds: {error}. Look with  git log --all -- FILE")
        return
    for path in forgetting.still_standing(plan, who, known):
        say(f"{path}: names {who} where only a reader can tell what to do; change or delete it by hand")
    if known.commits:
        _tell_rewriting(known, who)
    else:
        say(f"no commit holds files that name {who}")
    _tell_rest(known, who)


def _tell_rewriting(known: History, who: str) -> None:
    """The commits, and the way to rewrite them."""
    from gapcheck.cli.messages import say
    from gapcheck.files import history

    say(f"git history still holds files that name {who}, here and in every clone; commits: {len(known.commits)}")
    _list(known.commits)
    command, lines = history.rewriting(known)
    say("To rewrite it, with everybody's agreement, since every clone has to be made anew: commit what was changed")
    say("here, and in a fresh clone, with git filter-repo (2.47 or newer):")
    say(f"  {command}")
    if lines:
        say(f"where {history.CALLBACK} holds:")
        for line in lines:
            say(f"  {line}")
    say(f"Read its paths first: a sheet in another project may be of somebody else called {who}.")


def _tell_rest(known: History, who: str) -> None:
    """What no machine can decide, and what was and was not looked at."""
    from gapcheck.cli.messages import say

    if known.doubtful:
        say(f"A name is left by that in some files, since somebody else may be meant; look for {who} yourself in")
        _list(known.doubtful)
    if known.mentioned:
        say(f"Other files in which {who}, or a name of theirs, is a word; the command leaves them, look yourself:")
        _list(known.mentioned)
    say(f"Looked at: each version of each text file of up to 1 MiB in {_number(known.searched, 'commit')}, on all")
    say("branches, tags, stashes and the reflog of this checkout. Not looked at: messages and authors of commits,")
    say("other clones, and what a server keeps of its own (pull requests, caches).")
    if known.shallow:
        say("This clone is shallow and lacks older commits: get them (git fetch --unshallow) and run this again.")
    if known.unread:
        say("Nor was it looked into what is no text, too large, in LFS or a submodule:")
        _list(known.unread)


def _list(lines: Sequence[str]) -> None:
    """The first of some lines, and how many more there are."""
    from gapcheck.cli.messages import say

    for line in lines[:SHOWN]:
        say(f"  {line}")
    if len(lines) > SHOWN:
        say(f"  and {len(lines) - SHOWN} more")
