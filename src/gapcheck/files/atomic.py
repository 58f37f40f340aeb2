"""Writes that cannot tear: a temporary file beside the target, synced, then put in its place."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import stat
from typing import TYPE_CHECKING

from gapcheck.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

OF_A_SHELL = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""How names begin that a shell gives to a pipe: `< FILE`, `<(COMMAND)`. Whoever types that waits for it."""


def write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Replace a file as a whole, or leave it as it was. Raises InputError where the place cannot be written.

    A private file (0600) lies in folders that only its owner can read (0700). Never writes through a
    symbolic link.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        if path.is_symlink():
            raise InputError.of("is a symbolic link; name the file itself", file=str(path), rule="write")
        make_folder(path.parent, private=private)
        _fill(temporary, content, 0o600 if private else 0o666)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise InputError.of(f"cannot be written: {reason(error)}", file=str(path), rule="write") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def make_folder(folder: Path, *, private: bool = False) -> None:
    """Make a folder and those above it; private ones (0700) whichever of them is new. Raises OSError."""
    missing = itertools.takewhile(lambda each: not each.exists(), (folder, *folder.parents))
    for each in reversed([*missing]):
        each.mkdir(exist_ok=True, mode=0o700 if private else 0o777)


def _fill(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can: it is done already, so a refusal is no failure."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def exists(path: Path) -> bool:
    """Whether something stands there; a name that no file system takes is none."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that no file system takes is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def reason(error: OSError) -> str:
    """Why the system refused, in its own words, without the path."""
    return (error.strerror or type(error).__name__).lower()


def read(path: Path) -> bytes:
    """A file's bytes, at most a little over what a YAML file may have. Raises InputError.

    A pipe or a device could be waited for without end, and is refused, but for what a shell puts in a file's place.
    """
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
        if kind == stat.S_IFDIR:
            raise InputError.of("is a folder, not a file", file=str(path), rule="read")
        if kind != stat.S_IFREG and not str(path).startswith(OF_A_SHELL):
            raise InputError.of("is no file, but a pipe or a device", file=str(path), rule="read")
        with path.open("rb") as file:
            return file.read((1 << 20) + 1)
    except OSError as error:
        raise InputError.of(f"cannot be read: {reason(error)}", file=str(path), rule="read") from None
