"""The command line as a real process, with a private folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gapcheck.files import catalogs

ROOT = Path(__file__).resolve().parents[2]


def asked(role: str = "marketing-manager") -> tuple[str, ...]:
    """The shipped skills that a role is asked about, in order."""
    catalog = catalogs.load(catalogs.shipped()).catalog
    return tuple(skill for skill in catalog.skills if catalog.roles[role].target_of(skill))


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """This process's environment without anything that gapcheck reads, and a home that is empty."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GAPCHECK", "NO_COLOR", "COLUMNS"))}
    return {**kept, "GAPCHECK_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}


@pytest.fixture
def run(environment: Mapping[str, str], tmp_path: Path) -> Run:
    """Run gapcheck with some arguments; gives its exit code, output and messages."""

    def gapcheck(
        *arguments: str, stdin: str | None = None, env: Mapping[str, str] | None = None, cwd: Path = tmp_path
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gapcheck", *arguments],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**environment, **(env or {})},
            cwd=cwd,
            timeout=60,
            check=False,
        )

    return gapcheck


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A full sheet of a marketing manager: 2 everywhere, but for a few."""
    loaded = catalogs.load(catalogs.shipped())
    special = {"brand-distinctiveness": 4, "paid-social": "n/a", "graphic-design": "unknown", "team-building": 3}
    levels = "".join(f"  {skill}: {special.get(skill, 2)}\n" for skill in loaded.catalog.skills)
    path = tmp_path / "dana.yaml"
    path.write_text(
        "gapcheck: sheet/1\nperson: dana\nrole: marketing-manager\ndate: 2027-01-04\n"
        f"hours_per_week: 4\nhands: supplier\nlevels:\n{levels}",
        encoding="utf-8",
    )
    return path
