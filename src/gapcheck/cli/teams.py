"""What the commands on teams share: reading the sheets with progress, and writing what was asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli import inputs
from gapcheck.cli import output as out
from gapcheck.cli.messages import say, tell
from gapcheck.core.report import words
from gapcheck.core.report.team import build_team, tell_public, tell_team
from gapcheck.files import atomic
from gapcheck.files import team as folders
from gapcheck.problems import InputError
from gapcheck.reporters import BLOCKS, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.report import Block
    from gapcheck.files.team import Found

PAGES = {".md": "markdown", ".txt": "terminal"}
TABLES = (".csv", ".xlsx")
PROGRESS_FROM = 5_000
"""Files from which progress is told: below, reading is over before it would be read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: a format for standard output, files, for whom, and with names or ids."""

    formats: str | None
    output: tuple[Path, ...]
    public: bool
    names: bool


def check(formats: str | None, output: Sequence[Path] | None, *, public: bool, names: bool) -> None:
    """Refuse what cannot be written before any work is done. Raises InputError."""
    if formats is not None and formats not in BLOCKS:
        raise InputError.of(f"--format: must be {', '.join(BLOCKS)}")
    for path in output or ():
        suffix = path.suffix.lower()
        if str(path) != out.STDOUT and suffix not in (*PAGES, *TABLES):
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join((*PAGES, *TABLES))}")
        if public and suffix in TABLES:
            raise InputError.of(f"--output: {path.name}: the matrix names people; --public has none")
    if public and names:
        raise InputError.of("--names and --public exclude each other")


def sheets_of(home: Project, paths: Sequence[Path] | None) -> list[Path]:
    """The paths that were named, else the project's folder of shared sheets. Raises InputError where there is none."""
    if paths:
        return list(paths)
    folder = Path(home.config.sheets)
    if not atomic.is_folder(folder):
        message = "there is no such folder; name one, or set  sheets:  in gapcheck.yaml"
        raise InputError.of(message, file=str(folder), rule="read")
    return [folder]


def read(home: Project, paths: Sequence[Path] | None, *, quiet: bool) -> Found:
    """The team of some folders, with progress on standard error."""
    role_id, role = inputs.role_of(home, None)
    setting = folders.Setting(home.catalog, home.policy, home.people, role_id, role)
    told = _tell_progress if not quiet and sys.stderr.isatty() else (lambda _: None)
    return folders.read(setting, sheets_of(home, paths), told)


def _tell_progress(number: int) -> None:
    if number >= PROGRESS_FROM:
        sys.stderr.write(f"\r{number} sheets read")
        sys.stderr.flush()


def left_out(found: Found) -> tuple[str, ...]:
    """What was not counted, in words."""
    parts = (
        (found.bad, f"{words.counted(found.bad, 'file')} could not be read and {_is(found.bad)} not counted."),
        (found.by_others, f"{words.counted(found.by_others, 'rating')} by peers or managers left out."),
        (
            found.other_catalog,
            f"{words.counted(found.other_catalog, 'sheet')} answered against another catalog version.",
        ),
    )
    return tuple(told for number, told in parts if number)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def deliver(home: Project, found: Found, wanted: Wanted, *, no_color: bool, quiet: bool) -> None:
    """The report to standard output or into files; what was no good is listed on standard error."""
    if found.problems and not quiet:
        tell(InputError(found.problems))
    report = build_team(found.team, home.today, left_out(found))
    blocks = tell_public(report) if wanted.public else tell_team(report, names=wanted.names)
    files = [path for path in wanted.output if str(path) != out.STDOUT]
    if wanted.formats is not None or len(files) == len(wanted.output) == 0 or len(files) < len(wanted.output):
        out.show(blocks, wanted.formats, no_color=no_color)
    for path in files:
        atomic.write(path, _content(path, found, blocks, names=wanted.names))
        if not quiet:
            say(f"wrote {path}")


def _content(path: Path, found: Found, blocks: Sequence[Block], *, names: bool) -> bytes:
    suffix = path.suffix.lower()
    if suffix in PAGES:
        return BLOCKS[PAGES[suffix]](blocks, Look()).encode()
    from gapcheck.reporters.matrix import matrix_csv, matrix_xlsx

    if suffix == ".csv":
        return matrix_csv(found.team, names=names).encode("utf-8-sig")
    return matrix_xlsx(found.team, names=names)
