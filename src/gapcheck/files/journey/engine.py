"""One DuckDB in this process for one file: no network, no other file, and memory that is bounded."""

from __future__ import annotations

import contextlib
import shlex
import shutil
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gapcheck.files import extras
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

MEMORY = "700MB"
"""What DuckDB may hold before it writes to its folder; the whole process stays under 1 GiB (benchmarks/journey.py)."""

THREADS = 2

OLDEST = 2
"""The first major version of DuckDB that all of this was tried with."""

WAKE = 0.1
"""Seconds between two looks at whether somebody wants to stop, where no signal ends a wait (on Windows)."""

SOON = 0.005
"""Seconds between two looks at whether DuckDB has let go."""

LET_GO = 5.0
"""Seconds that DuckDB has to let go of a statement once it is interrupted; a few thousandths are the rule."""

Result = TypeVar("Result")


class Worker:
    """A thread that does DuckDB's work, one thing after the other, while the one that asks for it waits.

    In the main thread DuckDB looks for signals itself, swallows what their handlers raise, and may then take half a
    minute to let go; and a stop while it is loaded passes for a library that is broken.
    """

    def __init__(self) -> None:
        self.asked: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self.is_over = False
        threading.Thread(target=self._serve, name="duckdb", daemon=True).start()

    def _serve(self) -> None:
        while (work := self.asked.get()) is not None:
            work()
        self.is_over = True

    def do(self, work: Callable[[], Result]) -> Result:
        """What some work gives, or raises. A signal can end the wait; the work then goes on until the `end`."""
        answers: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()

        def answer() -> None:
            try:
                answers.put((work(), None))
            except BaseException as error:  # noqa: BLE001 (whoever asked raises it)
                answers.put((None, error))

        self.asked.put(answer)
        found = None
        while found is None:
            with contextlib.suppress(Empty):
                found = answers.get(timeout=WAKE)
        if found[1] is not None:
            raise found[1]
        return cast("Result", found[0])

    def end(self, connection: DuckDBPyConnection | None) -> None:
        """Interrupt what is still done, and close the connection once it is over.

        Python must not end while DuckDB may call it, which aborts the process; so no stop may come meanwhile.
        """
        self.asked.put(None)
        until = time.monotonic() + LET_GO
        while not self.is_over and time.monotonic() < until:
            if connection is not None:
                connection.interrupt()
            time.sleep(SOON)
        if connection is not None and self.is_over:  # else this would wait as long
            connection.close()


@dataclass(frozen=True, slots=True)
class Db:
    """A database that lives as long as one file is read, and a private folder that is deleted with it."""

    connection: DuckDBPyConnection
    folder: Path
    worker: Worker

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and fetch what it gives."""
        return self.worker.do(lambda: self.connection.execute(sql, values or None).fetchall())

    def keep_to(self, path: Path) -> None:
        """From here on only this file and the folder can be read, and that cannot be undone."""
        self.rows("SET allowed_paths=?", [[str(path), pattern(path)]])
        self.rows("SET allowed_directories=?", [[str(self.folder)]])
        self.rows("SET enable_external_access=false")
        self.rows("SET lock_configuration=true")


def pattern(path: Path) -> str:
    """A pattern that only this path matches: DuckDB takes every name for one."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


@contextlib.contextmanager
def opened() -> Iterator[Db]:
    """A new database. Raises InputError where DuckDB is not installed or cannot be loaded."""
    extras.need("duckdb", "reading the data of a journey")
    folder = tempfile.mkdtemp(prefix="gapcheck-")
    worker, connection = Worker(), None
    try:
        connection = worker.do(lambda: _connected(folder))
        yield Db(connection, Path(folder), worker)
    finally:
        with _undisturbed():
            worker.end(connection)
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Stops wait until this is over: a second one must not leave behind what DuckDB wrote aside.

    A mask would not do: another thread takes the signal then, and Python raises it here all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    usual = {number: signal.signal(number, lambda stop, _frame: came.append(stop)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler or signal.SIG_DFL)
        if came:
            signal.raise_signal(came[0])


def _connected(folder: str) -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError:  # it lies there, but is broken, or of another Python
        command = shlex.join([sys.executable or "python", "-m", "pip", "install", "--force-reinstall", "duckdb"])
        message = f"DuckDB is here, but cannot be loaded; install it anew with:  {command}"
        raise InputError.of(message, rule="extra") from None

    if int(duckdb.__version__.split(".")[0]) < OLDEST:  # older ones leave out times that this one reads
        command = shlex.join([sys.executable or "python", "-m", "pip", "install", "--upgrade", "duckdb"])
        message = f"DuckDB {duckdb.__version__} is older than {OLDEST}.0; bring it up to date with:  {command}"
        raise InputError.of(message, rule="extra")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": MEMORY,
        "temp_directory": str(Path(folder, "spilled")),
        "threads": str(THREADS),
    }
    connection = duckdb.connect(config=settings)
    connection.execute("SET TimeZone='UTC'")
    return connection


@contextlib.contextmanager
def told(file: str) -> Iterator[None]:
    """What goes wrong inside DuckDB, in plain words: its own can echo the file. Raises InputError."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        message = f"takes more than {MEMORY} of memory or all of the disk; leave out columns that are not needed"
        raise InputError.of(message, file=file, rule="journey") from None
    except duckdb.IOException:
        message = "cannot be read to its end; is it whole?"
        raise InputError.of(message, file=file, rule="journey") from None
    except duckdb.InvalidInputException:
        message = "has line ends of two kinds, or quotes that do not match; save it anew as CSV"
        raise InputError.of(message, file=file, rule="journey") from None
    except duckdb.Error as error:
        message = f"cannot be read ({type(error).__name__})"
        raise InputError.of(message, file=file, rule="journey") from None
