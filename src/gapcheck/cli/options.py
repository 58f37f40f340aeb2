"""Options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CatalogDir = Annotated[
    Path | None,
    typer.Option(
        "--catalog",
        envvar="GAPCHECK_CATALOG",
        metavar="DIR",
        help="Folder of skill catalogs.",
        show_envvar=False,
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Judge as if today were this day (2027-01-04).")
]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colour, whatever the terminal can do.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print the result only.")]
Person = Annotated[
    str | None,
    typer.Option(
        "--person",
        envvar="GAPCHECK_PERSON",
        metavar="ID",
        help="Whose sheet; your login name if not given.",
        show_envvar=False,
    ),
]
RoleId = Annotated[
    str | None,
    typer.Option(
        "--role",
        envvar="GAPCHECK_ROLE",
        metavar="ROLE",
        help="Role profile whose targets count.",
        show_envvar=False,
    ),
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="terminal, markdown or json, on standard output."),
]
Output = Annotated[
    list[Path] | None,
    typer.Option("--output", metavar="FILE", help="Also write here; the extension says the format (.md, .json, .txt)."),
]
Urgent = Annotated[
    list[str] | None,
    typer.Option("--urgent", metavar="SKILL", help="A skill that hurts this week; repeatable."),
]
SheetPath = Annotated[Path | None, typer.Argument(metavar="[SHEET]", help="A sheet; the person's latest if not given.")]
