"""gapcheck check: the gate. Exit 0 pass, 1 rules that do not hold, 2 where it cannot judge, which is never 0."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gapcheck.cli import options

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Sheets, or folders of them; the project's sheets if not given.",
    ),
]
Person = Annotated[  # no GAPCHECK_PERSON here: a variable set for other commands must not turn a team's gate into this
    str | None,
    typer.Option("--person", metavar="ID", help="Check yourself: the rules on your own latest private sheet."),
]
Format = Annotated[
    str | None,
    options.format_option("terminal, markdown, html, json, junit, sarif, github, badge-svg or badge-json"),
]
Output = Annotated[
    list[Path] | None,
    options.output_option(".md, .html, .json, .xml for JUnit, .sarif, .svg"),
]


def check(
    paths: Paths = None,
    person: Person = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write the cover as it is as the baseline; judge nothing.")
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 though rules do not hold; what cannot be judged stays 2.")
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Only what everybody may see: nothing of fewer than 5 people.")
    ] = False,
    formats: Format = None,
    output: Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Hold the team's cover against the rules in gapcheck.yaml: exit 0 pass, 1 fail, 2 cannot judge."""
    from gapcheck.cli import gating

    asked = gating.Asked(tuple(paths or ()), catalog, as_of, quiet, person)
    wanted = gating.Wanted(formats, tuple(output or ()), public, no_color)
    gating.refuse_unknown(asked, wanted)
    if write_baseline:
        gating.write_baseline(asked, wanted)
        return
    ruling = gating.judged(asked, public=public)
    gating.deliver(ruling, wanted, quiet=quiet)
    if code := ruling.code(exit_zero=exit_zero):
        raise typer.Exit(code)
