"""What users install: the wheel carries the catalogs, the source distribution nothing that lies about."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from gapcheck.files import catalogs

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and source distribution, built from this checkout by hatchling."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_carries_catalogs_schemas_and_types(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"gapcheck/skills/{path.relative_to(catalogs.shipped()).as_posix()}" for path in files(".yaml", ".json")}
    assert shipped <= names
    pages = {f"gapcheck/reporters/page.{ending}" for ending in ("html.j2", "css")}
    assert {"gapcheck/py.typed", "gapcheck/__main__.py", *pages} <= names


def files(*endings: str) -> list[Path]:
    """The shipped catalog's files with these endings."""
    return [path for path in catalogs.shipped().rglob("*") if path.suffix in endings]


def test_the_source_distribution_holds_the_project_and_nothing_else(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tops = {name.split("/")[1] for name in tar.getnames() if "/" in name}
    assert {"src", "skills", "tests", "pyproject.toml", "README.md"} <= tops
    assert not tops & {".venv", "venv", ".git", "dist"}


def test_an_installed_wheel_works_without_the_repository(built: Path, tmp_path: Path) -> None:
    """The wheel is unpacked where no checkout is near and asked for its catalog."""
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")  # noqa: S202 (our own wheel)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from gapcheck.files import catalogs\n"
        "assert catalogs.shipped().is_relative_to(sys.argv[1]), catalogs.shipped()\n"
        "print(len(catalogs.load(catalogs.shipped()).catalog.skills))"
    )
    command = [sys.executable, "-c", code, str((tmp_path / "site").resolve())]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert int(done.stdout) == len(catalogs.load(catalogs.shipped()).catalog.skills)
