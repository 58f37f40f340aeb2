"""Messages on standard error, which nothing in them can turn into commands of a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from gapcheck.problems import SHOWN

if TYPE_CHECKING:
    from gapcheck.problems import InputError


def mute(number: int) -> None:
    """Point a stream whose reader has gone away to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def tell(error: InputError) -> None:
    """Every problem on a line of its own, the first hundred; then how many more there are."""
    for problem in error.problems[:SHOWN]:
        say(str(problem))
    if len(error.problems) > SHOWN:
        say(f"and {len(error.problems) - SHOWN} more")


def one_line(text: str) -> str:
    """One line whatever stands in it: a folder's name can hold what a terminal or a build server obeys."""
    from gapcheck.files.yamldoc import clean

    return " ".join(clean(text).split("\n")) + "\n"


def say(message: str) -> None:
    """A line on standard error, stripped of anything that a terminal could obey."""
    try:
        sys.stderr.write(one_line(message))
        sys.stderr.flush()
    except OSError:
        mute(2)
