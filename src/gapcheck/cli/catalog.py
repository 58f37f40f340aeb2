"""gapcheck catalog: look at the skills, copy them to make them yours, get the schemas for an editor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gapcheck.cli import options

catalog = typer.Typer(
    help="Look at the skill catalogs, or make them your own.", no_args_is_help=True, rich_markup_mode=None
)


@catalog.command()
def show(
    what: Annotated[
        str | None, typer.Argument(metavar="[STAGE|SKILL]", help="What to show; all stages if not given.")
    ] = None,
    formats: options.Format = None,
    catalog: options.CatalogDir = None,
    no_color: options.NoColor = False,
) -> None:
    """Stages and their skills; one stage's map; one skill in full."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.core.report import show as tell
    from gapcheck.problems import InputError, did_you_mean

    skills = inputs.open_project(catalog, None).catalog
    wanted = skills.renamed.get(what, what) if what else None
    if wanted is not None and wanted not in (*skills.stages, *skills.skills):
        close = did_you_mean(wanted, [*skills.stages, *skills.skills])
        raise InputError.of(f"there is no stage or skill {wanted}{close}")
    out.show(tell(skills, wanted), formats, no_color=no_color)


@catalog.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it.")] = Path("skills"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be written, write nothing.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Copy the shipped catalogs into a folder of your own, to edit."""
    from gapcheck.cli.messages import say
    from gapcheck.files import atomic, catalogs
    from gapcheck.problems import InputError

    source = catalogs.shipped()
    names = sorted(path.relative_to(source) for path in source.rglob("*") if path.suffix in (".yaml", ".json"))
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        raise InputError.of(
            f"{len(taken)} files stand there already ({taken[0]}); choose another folder", file=str(folder)
        )
    for name in names:
        if not dry_run:
            atomic.write(folder / name, (source / name).read_bytes())
        if dry_run and not quiet:
            say(f"would write {folder / name}")
    if not dry_run and not quiet:
        say(f"wrote {len(names)} files; use them with --catalog {folder}, or  catalog: {folder}  in gapcheck.yaml")


@catalog.command()
def schema(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help="sheet, catalog, stage, role, policy, config or people."),
    ] = None,
) -> None:
    """The JSON Schema of a kind of file, for editors; without KIND the list of kinds."""
    import json

    from gapcheck.cli import output as out
    from gapcheck.files.formats import KINDS, json_schema
    from gapcheck.problems import InputError, did_you_mean

    if kind is None:
        out.write("".join(f"{name}\n" for name in KINDS))
        return
    if kind not in KINDS:
        raise InputError.of(f"there is no kind {kind}{did_you_mean(kind, KINDS) or '; known are ' + ', '.join(KINDS)}")
    out.write(json.dumps(json_schema(kind), indent=2) + "\n")
