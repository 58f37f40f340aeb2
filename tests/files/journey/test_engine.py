"""A signal that comes while DuckDB works stops the program as it does elsewhere."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from subprocess import PIPE
from typing import TYPE_CHECKING, cast

import duckdb
import pytest

from gapcheck.files.journey import engine
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
LONG = "SELECT count(*) FROM range(100000000) a, range(1000) b"
ENDLESS = f"""
import sys
from gapcheck.cli import app, boundary
from gapcheck.files.journey import engine

def work(*args, **more):
    with engine.opened() as db:
        print("begun", flush=True)
        db.rows({LONG!r})

app.app = work
sys.exit(boundary.run())
"""


@POSIX
def test_an_interrupt_ends_a_statement() -> None:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt), engine.opened() as db:
        db.rows(LONG)
    timer.join()
    assert not db.folder.exists()


@POSIX
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (getattr(signal, "SIGHUP", 1), 129)]
)
def test_the_exit_code_says_which_signal_came(tmp_path: Path, number: int, code: int) -> None:
    command, environment = [sys.executable, "-c", ENDLESS], {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        timer = threading.Timer(0.3, running.send_signal, (number,))
        timer.start()
        _, told = running.communicate(timeout=30)
        timer.join()
    assert (running.returncode, told, list(tmp_path.iterdir())) == (code, "", [])


def test_faults_of_a_statement_come_as_they_are_and_the_next_one_runs() -> None:
    with engine.opened() as db:
        with pytest.raises(duckdb.ParserException):
            db.rows("SELEC 1")
        assert db.rows("SELECT ?", [1]) == [(1,)]


def test_the_library_is_loaded_where_no_signal_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a handler raises within its loading comes out as an ImportError, which would pass for a broken library."""
    connected, threads = engine._connected, list[threading.Thread]()

    def noted(folder: str) -> duckdb.DuckDBPyConnection:
        threads.append(threading.current_thread())
        return connected(folder)

    monkeypatch.setattr(engine, "_connected", noted)
    with engine.opened():
        pass
    assert threads != [threading.main_thread()]


def test_waiting_takes_no_processor() -> None:
    worker = engine.Worker()
    before = time.thread_time()
    worker.do(lambda: time.sleep(0.5))
    assert time.thread_time() - before < 0.1
    worker.end(None)
    assert worker.is_over


@dataclass
class Connection:
    """One that lets go at the interrupt that comes after these signals."""

    sent: list[int]
    lets_go: threading.Event = field(default_factory=threading.Event)
    closed: bool = False

    def interrupt(self) -> None:
        if self.sent:
            signal.raise_signal(self.sent.pop())
        else:
            self.lets_go.set()

    def close(self) -> None:
        self.closed = True


def test_a_second_stop_waits_for_the_end_of_the_first() -> None:
    worker, connection = engine.Worker(), Connection([signal.SIGTERM, signal.SIGINT])  # the last one first
    worker.asked.put(connection.lets_go.wait)
    usual = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), engine._undisturbed():
        worker.end(cast("duckdb.DuckDBPyConnection", connection))
    assert (worker.is_over, connection.closed) == (True, True)
    assert signal.getsignal(signal.SIGTERM) == usual


def test_what_does_not_let_go_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LET_GO", 0.05)
    worker, connection, never = engine.Worker(), Connection([]), threading.Event()
    worker.asked.put(never.wait)
    worker.end(cast("duckdb.DuckDBPyConnection", connection))
    assert (worker.is_over, connection.closed) == (False, False)
    never.set()


def test_an_older_duckdb_is_refused_with_the_command_that_updates_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb, "__version__", "1.5.6")
    with pytest.raises(InputError) as error, engine.opened():
        pass
    (told,) = error.value.problems
    assert told.message.startswith("DuckDB 1.5.6 is older than 2.0; bring it up to date with:  ")
    assert told.message.endswith("install --upgrade duckdb")


TWICE = """
import atexit, os, signal, sys
from gapcheck.cli import app, boundary

first, second = int(sys.argv[1]), int(sys.argv[2])
flush = boundary._flush

def again():
    os.kill(os.getpid(), second)

def work(*args, **more):
    os.kill(os.getpid(), first)
    signal.pause()

boundary._flush = lambda: (again(), flush())
atexit.register(again)
app.app = work
sys.exit(boundary.run())
"""


@POSIX
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", 1)])
@pytest.mark.parametrize(("first", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_second_stop_while_the_first_ends_the_program_changes_nothing(first: int, second: int, code: int) -> None:
    command = [sys.executable, "-c", TWICE, str(int(first)), str(int(second))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


@POSIX
def test_a_second_stop_leaves_no_folder_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    usual = shutil.rmtree

    def slow(*args: object, **more: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        usual(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("shutil.rmtree", slow)
    stopped = engine.opened()
    stopped.__enter__()
    assert [*tmp_path.iterdir()]
    with pytest.raises(KeyboardInterrupt):
        stopped.__exit__(SystemExit, SystemExit(143), None)
    assert [*tmp_path.iterdir()] == []
