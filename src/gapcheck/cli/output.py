"""Where results go: standard output in one format, files in the format of their extension."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gapcheck.cli.messages import mute, say
from gapcheck.files import atomic
from gapcheck.problems import InputError
from gapcheck.reporters import BLOCKS, EXTENSIONS, REPORTERS, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from gapcheck.core.report import Block, Report

STDOUT = "-"
T = TypeVar("T")


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
    except OSError as error:
        mute(1)
        raise InputError.of(f"standard output cannot be written: {atomic.reason(error)}", rule="write") from None


def check(
    formats: str | None,
    outputs: Sequence[Path] | None,
    known: Collection[str] = REPORTERS,
    extensions: Collection[str] = EXTENSIONS,
) -> None:
    """Refuse a format nobody knows before any work is done. Raises InputError."""
    if formats is not None and formats not in known:
        raise InputError.of(f"--format: must be {', '.join(known)}")
    for path in outputs or ():
        if str(path) != STDOUT and path.suffix.lower() not in extensions:
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join(extensions)}")


def deliver(
    report: Report, formats: str | None, outputs: Sequence[Path] | None, *, no_color: bool, quiet: bool
) -> None:
    """Write a report as `distribute` does."""
    distribute(report, (REPORTERS, EXTENSIONS), formats, outputs, no_color=no_color, quiet=quiet)


def distribute(
    told: T,
    kinds: tuple[Mapping[str, Callable[[T, Look], str]], Mapping[str, str]],
    formats: str | None,
    outputs: Sequence[Path] | None,
    *,
    usual: str = "terminal",
    no_color: bool,
    quiet: bool,
) -> None:
    """Write every file asked for; standard output gets its text, as `usual`, unless only files were asked for.

    `kinds` are the renderers by format, and the format that each extension asks for.
    """
    renderers, extensions = kinds
    files = [path for path in outputs or () if str(path) != STDOUT]
    if formats is not None or len(files) == len(outputs or ()) == 0 or len(files) < len(outputs or ()):
        write(renderers[formats or usual](told, look(no_color=no_color)))
    for path in files:
        text = renderers[extensions[path.suffix.lower()]](told, Look())
        atomic.write(path, text.encode())
        if not quiet:
            say(f"wrote {path}")


def show(blocks: Sequence[Block], formats: str | None, *, no_color: bool) -> None:
    """Blocks on standard output."""
    if formats is not None and formats not in BLOCKS:
        raise InputError.of(f"--format: must be {', '.join(BLOCKS)}")
    write(BLOCKS[formats or "terminal"](blocks, look(no_color=no_color)))
