"""Where private sheets live: `<user data>/gapcheck/sheets/PERSON/DATE.yaml`, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.files import atomic
from gapcheck.problems import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

HOME_VARIABLE = "GAPCHECK_HOME"
LOCK = ".lock"
"""What a sitting holds of a person's folder, so that there is one at a time."""

A_DAY = "????-??-??"
SAVED_BESIDE = re.compile(r"\.sitting\d*\.yaml$")
"""How the name ends of answers that could not go into a sheet, since it was changed meanwhile."""


def home() -> Path:
    """The folder of private files: GAPCHECK_HOME, else where the system keeps a user's data."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("gapcheck", appauthor=False))


def sheet_path(person: str, date: dt.date, by: str = "") -> Path:
    """Where a sheet about a person of one day is kept; `by` says who rated where it was not the person: `peer-ben`."""
    return home() / "sheets" / person / f"{date.isoformat()}{f'.{by}' if by else ''}.yaml"


def people() -> tuple[str, ...]:
    """Everyone who has a private sheet here."""
    folder = home() / "sheets"
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if latest(entry.name) is not None))


def latest(person: str, by: str = "") -> Path | None:
    """The newest sheet about a person by one rater (themselves, unless `by` says who); None if there is none."""
    found = sorted((home() / "sheets" / person).glob(f"{A_DAY}{f'.{by}' if by else ''}.yaml"))
    return found[-1] if found else None


def by_others(person: str) -> tuple[Path, ...]:
    """The newest sheet about a person by each other rater."""
    found = sorted((home() / "sheets" / person).glob(f"{A_DAY}.*-*.yaml"))
    sheets = (path for path in found if not SAVED_BESIDE.search(path.name))
    return tuple({path.name.split(".", 1)[1]: path for path in sheets}.values())


class Journal:
    """One sheet while a sitting is open: written whole after each answer, and never over somebody else's change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = _content(path)

    def write(self, content: bytes) -> None:
        """Replace the sheet. Raises InputError, the answers saved beside it, where the file was changed meanwhile."""
        if _content(self.path) != self._known:
            beside = _beside(self.path)
            atomic.write(beside, content, private=True)
            message = f"was changed while the sitting was open; its answers are in {beside.name}: keep what is right"
            raise InputError.of(message, file=str(self.path), rule="sitting")
        atomic.write(self.path, content, private=True)
        self._known = content


def _beside(path: Path) -> Path:
    """A name beside a sheet that nothing has yet: `DATE.sitting.yaml`, `DATE.sitting2.yaml` and so on."""
    names = (path.with_name(f"{path.stem}.sitting{n}.yaml") for n in ("", *range(2, 1000)))
    return next(name for name in names if not name.exists())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextlib.contextmanager
def sitting(person: str) -> Iterator[None]:
    """Hold a person's sheets for one sitting, which leaves no folder behind if it keeps nothing.

    Raises InputError if another sitting holds them.
    """
    from filelock import FileLock, Timeout

    folder = home() / "sheets" / person
    try:
        atomic.make_folder(folder, private=True)
        lock = FileLock(folder / LOCK, timeout=0, mode=0o600)
        lock.acquire()
    except Timeout:
        message = f"another sitting for {person} is under way; finish or close it first"
        raise InputError.of(message, rule="sitting") from None
    except OSError as error:
        message = f"cannot be written: {atomic.reason(error)}; {HOME_VARIABLE} can name another folder"
        raise InputError.of(message, file=str(folder), rule="write") from None
    try:
        for left in folder.glob(".*.tmp"):  # of a write that was killed; nobody else writes here now
            left.unlink(missing_ok=True)
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows deletes no open file; there releasing it does
            if [*folder.iterdir()] == [folder / LOCK]:
                (folder / LOCK).unlink()
        lock.release()
        with contextlib.suppress(OSError):
            folder.rmdir()  # where nothing was kept, an empty folder would still name the person
