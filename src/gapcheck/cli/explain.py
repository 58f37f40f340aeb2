"""gapcheck explain: why one verdict is what it is."""

from __future__ import annotations

from typing import Annotated

import typer

from gapcheck.cli import options


def explain(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="The skill's id, as gapcheck catalog show lists it.")],
    sheet: options.SheetPath = None,
    person: options.Person = None,
    role: options.RoleId = None,
    urgent: options.Urgent = None,
    basis: options.Basis = None,
    formats: options.Format = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
) -> None:
    """The rule behind a verdict, what it read, what would flip it, and the arithmetic."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.core.report import explain as told

    home = inputs.open_project(catalog, as_of)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    hurts = inputs.known_skills(home, "--urgent", urgent or ())
    said = inputs.sheets_at(home, (sheet,) if sheet else (), person)
    out.show(told(inputs.judge(home, said, role, hurts, basis), wanted), formats, no_color=no_color)
