"""How far long work is, on standard error and only for somebody who watches a terminal."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FROM = 5_000
"""Files from which progress is told: below, the work is over before it would be read."""


@contextlib.contextmanager
def told(what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A function that tells a number, as `6000 sheets read`; the line is wiped when the work is over."""
    longest = 0

    def tell(number: int) -> None:
        nonlocal longest
        if number >= FROM:
            line = f"{number} {what}"
            longest = max(longest, len(line))
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    try:
        yield tell if not quiet and sys.stderr.isatty() else lambda _: None
    finally:
        if longest:
            sys.stderr.write(f"\r{' ' * longest}\r")
            sys.stderr.flush()
