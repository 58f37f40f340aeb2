"""A signal that comes while DuckDB works stops the program as it does elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from gapcheck.files.journey import engine

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


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_exit_code_says_which_signal_came(tmp_path: Path, number: int, code: int) -> None:
    command = [sys.executable, "-c", ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        threading.Timer(0.3, running.send_signal, (number,)).start()
        _, told = running.communicate(timeout=180)
    assert (running.returncode, "bug" in told) == (code, False)
