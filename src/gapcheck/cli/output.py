"""Where results go: standard output in one format, files in the format of their extension."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli.messages import mute, say
from gapcheck.files import atomic
from gapcheck.problems import InputError
from gapcheck.reporters import BLOCKS, EXTENSIONS, REPORTERS, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.report import Block, Report

STDOUT = "-"


def look(*, no_color: bool) -> Look:
    """What standard output can show: width, colour, and whether it is ASCII only."""
    plain = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    return Look(
        width=shutil.get_terminal_size((100, 24)).columns,
        colour=sys.stdout.isatty() and not plain,
        ascii=not encoding.startswith("utf"),
    )


def write(text: str) -> None:
    """Text to standard output; a reader that has gone away is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        mute(1)


def check(formats: str | None, outputs: Sequence[Path] | None) -> None:
    """Refuse a format nobody knows before any work is done. Raises InputError."""
    if formats is not None and formats not in REPORTERS:
        raise InputError.of(f"--format: must be {', '.join(REPORTERS)}")
    for path in outputs or ():
        if str(path) != STDOUT and path.suffix.lower() not in EXTENSIONS:
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join(EXTENSIONS)}")


def deliver(
    report: Report, formats: str | None, outputs: Sequence[Path] | None, *, no_color: bool, quiet: bool
) -> None:
    """Write every file asked for; standard output gets the report unless only files were asked for."""
    files = [path for path in outputs or () if str(path) != STDOUT]
    if formats is not None or len(files) == len(outputs or ()) == 0 or len(files) < len(outputs or ()):
        write(REPORTERS[formats or "terminal"](report, look(no_color=no_color)))
    for path in files:
        text = REPORTERS[EXTENSIONS[path.suffix.lower()]](report, Look())
        atomic.write(path, text.encode())
        if not quiet:
            say(f"wrote {path}")


def show(blocks: Sequence[Block], formats: str | None, *, no_color: bool) -> None:
    """Blocks on standard output."""
    if formats is not None and formats not in BLOCKS:
        raise InputError.of(f"--format: must be {' or '.join(BLOCKS)}")
    write(BLOCKS[formats or "terminal"](blocks, look(no_color=no_color)))
