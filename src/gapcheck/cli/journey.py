"""gapcheck journey: what hurts on the journey, its map and its figures; what was recorded of it, and what changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from gapcheck.cli.inputs import Project
    from gapcheck.core.journey.found import Snapshot
    from gapcheck.core.report.journey import Part

journey = typer.Typer(
    help="Where the journey jams, what is out of the ordinary on it, and who comes back.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Wanted = Annotated[
    str | None,
    typer.Argument(
        metavar="[PART]",
        help="map, flow, incidents, repeat or evidence; what hurts and the map if not given.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="What changed since the newest snapshot of this day or before."),
]
Recorded = Annotated[bool, typer.Option("--recorded", help="The newest snapshot as it is; the files are not read.")]
Names = Annotated[bool, typer.Option("--names", help="People by name, not by id.")]
DataFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Events or figures: .csv (or .csv.gz), .parquet, .xlsx.")
]
MapFile = Annotated[
    Path, typer.Option("--output", metavar="FILE", help="Where to write the map; journey/map.yaml if not given.")
]


@journey.command()
def show(
    part: Wanted = None,
    since: Since = None,
    recorded: Recorded = False,
    names: Names = False,
    formats: options.Format = None,
    output: options.Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """What hurts on the journey, who can help, and the map with its latest figures. Nothing is written.

    Reads the files that journey/map.yaml names; without it the newest snapshot, else the catalog's map alone.
    """
    from gapcheck.cli import inputs, journeys
    from gapcheck.cli import output as out
    from gapcheck.reporters.journey import FORMATS, KINDS

    out.check(formats, output, FORMATS)
    wanted = _part(part, since)
    home = inputs.open_project(catalog, as_of)
    day = _since(home, since)
    report = journeys.told(home, wanted, day, recorded=recorded, names=names, quiet=quiet)
    out.distribute(report, KINDS, formats, output, no_color=no_color, quiet=quiet)


@journey.command()
def record(
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    quiet: options.Quiet = False,
) -> None:
    """Read the files, and keep what they show in journey/DATE.json: reports, checks and later days go by it.

    A snapshot of the same day is written anew, which is said; one that a later day has followed stays as it is.
    """
    from gapcheck.cli import inputs, journeys

    journeys.keep(inputs.open_project(catalog, as_of), quiet=quiet)


@journey.command()
def init(
    file: DataFile,
    output: MapFile = Path("journey/map.yaml"),
    catalog: options.CatalogDir = None,
    quiet: options.Quiet = False,
) -> None:
    """Propose a map: which columns and events of a file are which steps, touchpoints and metrics of the catalog."""
    from gapcheck.cli import inputs, journeys

    journeys.propose(inputs.open_project(catalog, None), file, output, quiet=quiet)


def _part(given: str | None, since: str | None) -> Part | None:
    """The part that was asked for. Raises InputError for one that there is not."""
    from gapcheck.core.report.journey import PARTS
    from gapcheck.problems import InputError, what_is_known

    if given is None:
        return None
    if since is not None:
        raise InputError.of("--since tells of the whole journey; leave out the part, or --since")
    for part in PARTS:
        if part == given:
            return part
    raise InputError.of(f"PART: there is no {given[:64]}{what_is_known(given, PARTS)}")


def _since(home: Project, given: str | None) -> Snapshot | None:
    """The newest snapshot of a day or before. Raises InputError where there is none, or the day is not over."""
    from gapcheck.files.journey import snapshots
    from gapcheck.problems import InputError

    if given is None:
        return None
    try:
        day = dt.date.fromisoformat(given)
    except ValueError:
        raise InputError.of("--since: must be a date like 2027-01-04") from None
    if day >= home.today:
        raise InputError.of(f"--since: must be before {home.today}, the day that counts as today")
    found = snapshots.newest(day)
    if found is None:
        known = snapshots.days()
        first = f"the first one is of {known[0]}" if known else "gapcheck journey record makes one"
        raise InputError.of(f"--since: there is no snapshot of {day} or before; {first}", rule="read")
    return found
