"""gapcheck team: the sheets of a team together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gapcheck.cli import options
from gapcheck.problems import InputError

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Sheets, or folders of them; the project's sheets if not given."),
]


Output = Annotated[
    list[Path] | None,
    options.output_option(".md, .html, .json, .txt; .csv and .xlsx are the matrix"),
]


def team(
    paths: Paths = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 2 where a sheet is no good.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Only what can be shown to everybody: no person, no small group.")
    ] = False,
    names: Annotated[bool, typer.Option("--names", help="People by name, not by id.")] = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="What changed since that day, by the sheets of then.")
    ] = None,
    plan: Annotated[
        bool,
        typer.Option("--plan", help="Instead: who learns what in the fewest hours until every skill has its cover."),
    ] = False,
    weeks: Annotated[
        int | None, typer.Option("--weeks", metavar="N", min=1, max=520, help="With --plan: how many weeks, else 26.")
    ] = None,
    formats: options.Format = None,
    output: Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Who holds and carries what, what hangs on one person, where knowledge sits, who can teach whom."""
    from gapcheck.cli import inputs, team_plan, teams

    if weeks is not None and not plan:
        raise InputError.of("--weeks goes with --plan")
    if since is not None and plan:
        raise InputError.of("--since does not go with --plan")
    if plan:
        team_plan.check(formats, output, public=public)
    teams.check(formats, output, public=public, names=names, since=since)
    home = inputs.open_project(catalog, as_of)
    found = teams.read(home, paths, quiet=quiet)
    if strict and found.problems:
        raise teams.faults(found, public=public)
    wanted = teams.Wanted(formats, tuple(output or ()), public, names)
    if plan:
        team_plan.deliver(home, found, weeks, wanted, no_color=no_color, quiet=quiet)
    else:
        before = teams.past(home, found, paths, since, quiet=quiet)
        teams.deliver(home, found, wanted, before, no_color=no_color, quiet=quiet)
