"""gapcheck brief: what to send to a specialist, and what to know before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.report import Block, Line

STDOUT = Path("-")


def brief(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="The skill's id, as gapcheck catalog show lists it.")],
    sheet: options.SheetPath = None,
    person: options.Person = None,
    role: options.RoleId = None,
    primer: options.Primer = False,
    formats: options.BlockFormat = None,
    output: options.BlockOutput = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """A brief to send to a specialist, as Markdown; below a line, notes for you alone.

    With a sheet the notes say what your level means for it, and who signs.
    """
    from gapcheck.cli import inputs
    from gapcheck.core.report.brief import brief as told
    from gapcheck.files import deliveries

    check_formats(formats, output)
    home = inputs.open_project(catalog, as_of)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    line = _line(home, wanted, sheet, person, role, quiet=quiet)
    past = deliveries.of_skill(home.catalog, wanted)
    blocks = told(home.catalog, wanted, line, past, primer=primer)
    _deliver(blocks, formats, output or (), no_color=no_color, quiet=quiet)


def _line(
    home: Project, skill: str, sheet: Path | None, person: str | None, role: str | None, *, quiet: bool
) -> Line | None:
    """The skill's line of the person's report; None where nobody has a sheet yet."""
    from gapcheck.cli import inputs
    from gapcheck.cli.messages import say
    from gapcheck.files import store

    inputs.role_of(home, role)
    if sheet is None and (store.latest(inputs.person_id(person)) is None if person else not store.people()):
        if person and not quiet:
            say(f"no sheet of {person} yet, so the notes say nothing of your level; gapcheck assess makes one")
        return None
    said = inputs.sheets_at(home, (sheet,) if sheet else (), person)
    return inputs.judge(home, said, role, frozenset()).line(skill)


def check_formats(formats: str | None, output: Sequence[Path] | None) -> None:
    """Refuse a format that blocks cannot be told in before any work is done. Raises InputError."""
    from gapcheck.problems import InputError
    from gapcheck.reporters import BLOCKS

    if formats is not None and formats not in BLOCKS:
        raise InputError.of(f"--format: must be {' or '.join(BLOCKS)}")
    for path in output or ():
        if path != STDOUT and path.suffix.lower() not in _extensions():
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join(_extensions())}")


def _extensions() -> dict[str, str]:
    """The format that a file's extension asks for, of those that blocks can be told in."""
    from gapcheck.reporters import BLOCKS, EXTENSIONS

    return {ending: name for ending, name in EXTENSIONS.items() if name in BLOCKS}


def _deliver(
    blocks: Sequence[Block], formats: str | None, output: Sequence[Path], *, no_color: bool, quiet: bool
) -> None:
    """Every file asked for; standard output too unless only files were."""
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say
    from gapcheck.files import atomic
    from gapcheck.reporters import BLOCKS, Look

    for path in (path for path in output if path != STDOUT):
        atomic.write(path, BLOCKS[_extensions()[path.suffix.lower()]](blocks, Look()).encode())
        if not quiet:
            say(f"wrote {path}")
    if formats is not None or not output or STDOUT in output:
        out.show(blocks, formats or "markdown", no_color=no_color)
