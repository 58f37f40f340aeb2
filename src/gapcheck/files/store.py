"""Where private sheets live: `<user data>/gapcheck/sheets/PERSON/DATE.yaml`, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.files import atomic
from gapcheck.problems import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

HOME_VARIABLE = "GAPCHECK_HOME"


def home() -> Path:
    """The folder of private files: GAPCHECK_HOME, else where the system keeps a user's data."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("gapcheck", appauthor=False))


def sheet_path(person: str, date: dt.date) -> Path:
    """Where a person's own sheet of one day is kept."""
    return home() / "sheets" / person / f"{date.isoformat()}.yaml"


def people() -> tuple[str, ...]:
    """Everyone who has a private sheet here."""
    folder = home() / "sheets"
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if latest(entry.name) is not None))


def latest(person: str) -> Path | None:
    """The newest of a person's own sheets, by the date in its name; None if there is none."""
    found = sorted((home() / "sheets" / person).glob("????-??-??.yaml"))
    return found[-1] if found else None


@contextlib.contextmanager
def sitting(person: str) -> Iterator[None]:
    """Hold a person's sheets for one sitting. Raises InputError if another sitting holds them."""
    from filelock import FileLock, Timeout

    folder = home() / "sheets" / person
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout:
        message = f"another sitting for {person} is under way; finish or close it first"
        raise InputError.of(message, rule="sitting") from None
    except OSError as error:
        message = f"cannot be written: {atomic.reason(error)}; {HOME_VARIABLE} can name another folder"
        raise InputError.of(message, file=str(folder), rule="write") from None
    try:
        yield
    finally:
        lock.release()
