"""Many files written at once: each whole or not at all, none synced by itself."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from gapcheck.files import atomic
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

STEP = 1_000
"""Files from one report of progress to the next."""


def write_all(
    folder: Path, files: Iterable[tuple[str, bytes]], progress: Callable[[int], None] = lambda _: None
) -> int:
    """Write many files, each whole or not at all, and say how many; `progress` is told so every STEP of them.

    They are not synced one by one, which takes minutes for a hundred thousand: after a power cut, import again.
    A symbolic link is replaced, never written through. Raises InputError where a file cannot be written.
    """
    number = 0
    for name, content in files:
        path, temporary = (
            f"{folder}{os.sep}{name}",
            f"{folder}{os.sep}.{name}.tmp",
        )  # paths as objects take a third longer
        try:
            if number == 0:
                folder.mkdir(parents=True, exist_ok=True)
            with open(temporary, "xb", buffering=0) as file:  # noqa: PTH123
                file.write(content)
            os.replace(temporary, path)  # noqa: PTH105
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise InputError.of(f"cannot be written: {atomic.reason(error)}", file=path, rule="write") from None
        number += 1
        if number % STEP == 0:
            progress(number)
    return number
