"""The commands, put together. Each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from gapcheck.cli.assess import assess
from gapcheck.cli.brief import brief
from gapcheck.cli.catalog import catalog
from gapcheck.cli.check import check
from gapcheck.cli.explain import explain
from gapcheck.cli.jam import jam
from gapcheck.cli.journey import journey
from gapcheck.cli.log import log
from gapcheck.cli.plan import plan
from gapcheck.cli.report import report
from gapcheck.cli.review import review
from gapcheck.cli.sheet import sheet
from gapcheck.cli.team import team

HELP = "Where you stand against 80% competence in each skill of the customer journey, and what to do about it."

app = typer.Typer(
    help=HELP,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(assess)
app.command()(report)
app.command()(explain)
app.command()(brief)
app.command()(review)
app.command()(plan)
app.command()(log)
app.command()(team)
app.command()(check)
app.command()(jam)
app.add_typer(journey, name="journey")
app.add_typer(catalog, name="catalog")
app.add_typer(sheet, name="sheet")


def _version(wanted: bool) -> None:
    if wanted:
        from gapcheck.version import VERSION

        typer.echo(f"gapcheck {VERSION}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the group's own options."""


main.__doc__ = HELP
