"""One DuckDB in this process for one file: no network, no other file, and memory that is bounded."""

from __future__ import annotations

import contextlib
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.files import extras
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

MEMORY = "700MB"
"""What DuckDB may hold before it writes to its folder; the whole process stays under 1 GiB (benchmarks/journey.py)."""

THREADS = 2


@dataclass(frozen=True, slots=True)
class Db:
    """A database that lives as long as one file is read, and a private folder that is deleted with it."""

    connection: DuckDBPyConnection
    folder: Path

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and fetch what it gives."""
        return self.connection.execute(sql, values or None).fetchall()

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
    try:
        import duckdb
    except ImportError:  # it lies there, but is broken, or of another Python
        command = shlex.join([sys.executable or "python", "-m", "pip", "install", "--force-reinstall", "duckdb"])
        message = f"DuckDB is here, but cannot be loaded; install it anew with:  {command}"
        raise InputError.of(message, rule="extra") from None

    with tempfile.TemporaryDirectory(prefix="gapcheck-", ignore_cleanup_errors=True) as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY,
            "temp_directory": str(Path(folder, "spilled")),
            "threads": str(THREADS),
        }
        connection = duckdb.connect(config=settings)
        try:
            connection.execute("SET TimeZone='UTC'")
            yield Db(connection, Path(folder))
        except RuntimeError as error:  # DuckDB swallows what a signal's handler raised, and says only this
            if str(error) != "Query interrupted":
                raise
            raise KeyboardInterrupt from None
        finally:
            connection.close()


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
