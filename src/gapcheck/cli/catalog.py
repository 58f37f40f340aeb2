"""gapcheck catalog: look at the skills, copy them to make them yours, get the schemas for an editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapcheck.files.catalogs import Loaded
    from gapcheck.problems import Problem

catalog = typer.Typer(
    help="Look at the skill catalogs, or make them your own.", no_args_is_help=True, rich_markup_mode=None
)


@catalog.command()
def show(
    what: Annotated[
        str | None, typer.Argument(metavar="[STAGE|SKILL]", help="What to show; all stages if not given.")
    ] = None,
    formats: options.BlockFormat = None,
    catalog: options.CatalogDir = None,
    no_color: options.NoColor = False,
) -> None:
    """Stages and their skills; one stage's map; one skill in full."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.core.report.show import show as tell
    from gapcheck.problems import InputError, did_you_mean

    skills = inputs.open_project(catalog, None).catalog
    wanted = skills.renamed.get(what, what) if what else None
    if wanted is not None and wanted not in (*skills.stages, *skills.skills):
        close = did_you_mean(wanted, skills.stages) or skills.like(wanted)
        raise InputError.of(f"there is no stage or skill {wanted}{close}")
    out.show(tell(skills, wanted), formats, no_color=no_color)


@catalog.command()
def lint(
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", help="Switch a rule off; repeatable.")
    ] = None,
    catalog: options.CatalogDir = None,
    quiet: options.Quiet = False,
) -> None:
    """Hold a catalog to its bar: what is missing, unclear or breaks a promise; exit 1 on errors."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import one_line
    from gapcheck.files import catalogs
    from gapcheck.lint import run
    from gapcheck.lint.report import problem, reading_times
    from gapcheck.problems import InputError

    loaded = catalogs.load(inputs.catalog_folder(catalog))
    unknown = [*_unknown_rules(loaded, ignore or ())]
    if unknown:
        raise InputError(unknown)
    ignored = {*(ignore or ()), *loaded.catalog.contents.lint_ignore}
    found = sorted(problem(loaded.docs, rule, finding) for rule, finding in run(loaded.catalog, loaded.policy, ignored))
    out.write("".join(one_line(f"{each.severity}: {each} [{each.rule}]") for each in found))
    if not quiet:
        out.write("".join(map(one_line, reading_times(loaded.catalog))))
    if any(each.severity == "error" for each in found):
        raise typer.Exit(1)


def _unknown_rules(loaded: Loaded, ignore: Iterable[str]) -> Iterator[Problem]:
    """Rules to switch off that do not exist: on the command line, then in catalog.yaml."""
    from gapcheck.lint import RULES
    from gapcheck.problems import Problem, Span, what_is_known

    for name in ignore:
        if name not in RULES:
            yield Problem("", Span(), "", f"--ignore: there is no rule {name}{what_is_known(name, RULES)}", "rule")
    doc = loaded.docs["catalog.yaml"]
    for n, name in enumerate(loaded.catalog.contents.lint_ignore):
        if name not in RULES:
            message = f"there is no rule {name}{what_is_known(name, RULES)}"
            yield Problem(doc.file, doc.span("lint_ignore", n), f"lint_ignore.{n}", message, "rule")


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
        typer.Argument(
            metavar="[KIND]", help="sheet, stage, role, policy, people and others; without it they are listed."
        ),
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
