"""The command line as a real process, with a private folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.files import catalogs

if TYPE_CHECKING:
    from tests.cli.driving import Sitting

ROOT = Path(__file__).resolve().parents[2]


def asked(role: str = "marketing-manager") -> tuple[str, ...]:
    """The shipped skills that a role is asked about, in order."""
    catalog = catalogs.load(catalogs.shipped()).catalog
    return tuple(skill for skill in catalog.skills if catalog.roles[role].target_of(skill))


Run = Callable[..., "subprocess.CompletedProcess[str]"]
Sit = Callable[..., "Sitting"]


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


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where private sheets are kept."""
    return tmp_path / "home"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A catalog of nine skills with a check for each of three levels, in a folder that may be changed."""
    from tests.cli.catalog import write_catalog

    return write_catalog(tmp_path / "skills")


@pytest.fixture
def sit(environment: dict[str, str], tmp_path: Path, small: Path) -> Iterator[Sit]:
    """Start `gapcheck assess` in a terminal of some size (lines, columns), with what is `given` said already."""
    import pexpect

    from tests.cli import catalog as small_catalog
    from tests.cli import driving

    begun: list[Any] = []

    def assess(
        *arguments: str,
        person: str = "ada",
        given: tuple[str, ...] = ("--role", "manager", *small_catalog.GIVEN),
        catalog: Path | None = small,
        day: str = small_catalog.DAY,
        size: tuple[int, int] = (40, 100),
        before: Callable[[], None] | None = None,
        **env: str,
    ) -> driving.Sitting:
        command = ["-m", "gapcheck", "assess", "--person", person, "--as-of", day, *given, *arguments]
        child = pexpect.spawn(
            sys.executable,
            [*command, *(("--catalog", str(catalog)) if catalog else ())],
            env={**environment, "TERM": "xterm-256color", **env},
            cwd=tmp_path,
            dimensions=size,
            preexec_fn=before,
            encoding="utf-8",
        )
        begun.append(child)
        return driving.Sitting(child)

    yield assess
    for child in begun:
        child.close(force=True)
