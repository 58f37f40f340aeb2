"""gapcheck as a real process in the examples' folder, and goldens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
GOLDENS = ROOT / "tests" / "goldens"
READ = ("GAPCHECK", "PYTHON", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL", "TZ")
"""How the names of variables begin that could change what gapcheck says."""


class Gapcheck(Protocol):
    """Arguments to what goes to standard output, byte by byte; any other exit code than 0 fails the test."""

    def __call__(self, *arguments: str, **env: str) -> bytes: ...


@pytest.fixture
def gapcheck(tmp_path: Path) -> Gapcheck:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(READ)}
    own = {"GAPCHECK_HOME": str(tmp_path), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}

    def run(*arguments: str, **env: str) -> bytes:
        command = [sys.executable, "-m", "gapcheck", *arguments]
        done = subprocess.run(
            command, cwd=EXAMPLES, env={**kept, **own, **env}, capture_output=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout

    return run


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden of that name; --regenerate writes it instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        if request.config.getoption("--regenerate"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no golden {name} yet: pytest tests/reporters --regenerate"
        assert text == path.read_text(encoding="utf-8")

    return compare
