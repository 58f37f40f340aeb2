"""gapcheck team: the sheets of a team together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gapcheck.cli import options

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Sheets, or folders of them; the project's sheets if not given."),
]


Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        metavar="FILE",
        help="Also write here; the extension says the format (.md, .json, .txt; .csv and .xlsx are the matrix).",
    ),
]


def team(
    paths: Paths = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 2 where a sheet is no good.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Only what can be shown to everybody: no person, no small group.")
    ] = False,
    names: Annotated[bool, typer.Option("--names", help="People by name, not by id.")] = False,
    formats: options.Format = None,
    output: Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Who holds and carries what, what hangs on one person, where knowledge sits, who can teach whom."""
    from gapcheck.cli import inputs, teams

    teams.check(formats, output, public=public, names=names)
    home = inputs.open_project(catalog, as_of)
    found = teams.read(home, paths, quiet=quiet)
    if strict and found.problems:
        raise teams.faults(found, public=public)
    wanted = teams.Wanted(formats, tuple(output or ()), public, names)
    teams.deliver(home, found, wanted, no_color=no_color, quiet=quiet)
