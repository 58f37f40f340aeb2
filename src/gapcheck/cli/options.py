"""Options that several commands share, each said once."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer


def a_number(value: float | None) -> float | None:
    """The same number; `nan` passes any limits and is none. Raises BadParameter."""
    if value is not None and math.isnan(value):
        raise typer.BadParameter("must be a number")
    return value


def format_option(names: str) -> Any:
    """`--format`, with the names of what a command can print."""
    return typer.Option("--format", metavar="NAME", help=f"{names}, on standard output.")


def output_option(extensions: str) -> Any:
    """`--output`, with the extensions of what a command can write."""
    said = f"Write here; the extension says the format ({extensions}). With --format it is shown as well."
    return typer.Option("--output", metavar="FILE", help=said)


def hours_option(said: str) -> Any:
    """`--hours`, of a week or of one entry of a log."""
    return typer.Option("--hours", metavar="N", min=0, max=80, callback=a_number, help=said)


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
    format_option("terminal, markdown, html or json"),
]
Output = Annotated[
    list[Path] | None,
    output_option(".md, .html, .json, .txt"),
]
Urgent = Annotated[
    list[str] | None,
    typer.Option("--urgent", metavar="SKILL", help="A skill that hurts this week; repeatable."),
]
Basis = Annotated[
    str | None,
    typer.Option("--basis", metavar="WHICH", help="Judge by settled levels (as it is) or by those claimed."),
]
SheetPaths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[SHEET]...",
        help="A sheet, with earlier ones or others' about the same person; the latest if not given.",
    ),
]
SheetPath = Annotated[Path | None, typer.Argument(metavar="[SHEET]", help="A sheet; the person's latest if not given.")]

# what only a sitting has

Hours = Annotated[
    float | None,
    hours_option("Hours a week you can learn."),
]
Hands = Annotated[
    str | None,
    typer.Option("--hands", metavar="WHO", help="Whom work can go to: colleague, supplier or none."),
]
Stages = Annotated[list[str] | None, typer.Option("--stage", metavar="STAGE", help="Only this stage; repeatable.")]
Skills = Annotated[list[str] | None, typer.Option("--skill", metavar="SKILL", help="Only this skill; repeatable.")]
Quick = Annotated[
    bool, typer.Option("--quick", help="Only the ten skills that matter most for the role, in five minutes.")
]
Again = Annotated[
    str | None,
    typer.Option(
        "--again",
        metavar="WHICH",
        help="Ask what is open or stale, changed (reworded since), unsure, or all; the rest is carried over.",
    ),
]
Checks = Annotated[
    str | None, typer.Option("--checks", metavar="N", help="How many knowledge checks: a number, all or none.")
]
RatedBy = Annotated[
    str, typer.Option("--rater", metavar="WHO", help="Who rates: self, peer or manager (then --by ID).")
]
By = Annotated[str | None, typer.Option("--by", metavar="ID", help="The peer or manager who rates.")]
Answers = Annotated[
    str | None,
    typer.Option("--answers", metavar="FILE|-", help="Take the answers from a sheet, or lines of skill: level."),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="SKILL=N", help="One answer: 0-5, n/a or unknown; repeatable."),
]
AllowMissing = Annotated[bool, typer.Option("--allow-missing", help="Leave what is not answered open.")]
Plain = Annotated[
    bool,
    typer.Option("--plain", envvar="GAPCHECK_PLAIN", show_envvar=False, help="Ask line by line; nothing is redrawn."),
]

# what only a brief, a review or a question of cost has

Primer = Annotated[bool, typer.Option("--primer", help="With an hour on telling good from bad, whatever the level.")]
BlockFormat = Annotated[str | None, format_option("terminal, markdown or html")]
BlockOutput = Annotated[
    list[Path] | None,
    output_option(".md, .html, .txt"),
]
ReviewAnswers = Annotated[
    str | None, typer.Option("--answers", metavar="FILE|-", help="Take the answers from a file, or standard input.")
]
Judge = Annotated[
    str | None,
    typer.Option(
        "--person",
        envvar="GAPCHECK_PERSON",
        metavar="ID",
        help="Who judges; your login name if not given.",
        show_envvar=False,
    ),
]
SupplierId = Annotated[str | None, typer.Option("--supplier", metavar="ID", help="Which supplier delivered it.")]
DeliveredBy = Annotated[str | None, typer.Option("--by", metavar="ID", help="Which colleague delivered it, alone.")]
Listed = Annotated[bool, typer.Option("--list", help="Show the deliveries so far, and ask nothing.")]
Needed = Annotated[
    float | None,
    typer.Option("--needed", metavar="HOURS", help="Make or buy: a specialist's hours that a month needs."),
]
TheirRate = Annotated[
    float | None, typer.Option("--their-rate", metavar="COST", help="Make or buy: what such an hour costs.")
]
OwnRate = Annotated[
    float | None, typer.Option("--own-rate", metavar="COST", help="Make or buy: what an hour of your own costs.")
]
