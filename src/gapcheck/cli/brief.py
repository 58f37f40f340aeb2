"""gapcheck brief: what to send to a specialist, and what to know before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from gapcheck.cli.inputs import Project
    from gapcheck.core.deliveries import Delivery
    from gapcheck.core.report import Line


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
    from gapcheck.cli import output as out
    from gapcheck.core.report.brief import brief as told
    from gapcheck.reporters import BLOCK_EXTENSIONS, BLOCKS

    out.check(formats, output, BLOCKS, BLOCK_EXTENSIONS)
    home = inputs.open_project(catalog, as_of)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    line = _line(home, wanted, sheet, person, role, quiet=quiet)
    blocks = told(home.catalog, wanted, line, _past(home, wanted, quiet=quiet), primer=primer)
    kinds = (BLOCKS, BLOCK_EXTENSIONS)
    out.distribute(blocks, kinds, formats, output, usual="markdown", no_color=no_color, quiet=quiet)


def _past(home: Project, skill: str, *, quiet: bool) -> tuple[Delivery, ...]:
    """Earlier deliveries of the skill; where one of them is no good the mail does without any, and that is said."""
    from gapcheck.cli.messages import tell
    from gapcheck.files import deliveries
    from gapcheck.problems import InputError

    try:
        past = deliveries.past(home.catalog, skill, home.today)
    except InputError as error:
        past = deliveries.Past((), error.problems, ())
    if not quiet:
        tell(InputError([*past.faults, *past.left_out]))
    return () if past.faults else past.deliveries


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
