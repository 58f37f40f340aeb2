"""Sheets in tests/examples: good ones load, bad ones say in their first lines what is wrong. A new file is a new test.

Each line `# expect ...` of a bad sheet is one fault, as `gapcheck sheet lint` prints it after the file's name, in
order. The catalog is the one in tests/files/catalog.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapcheck.files import sheets
from tests.files.conftest import SHOP
from tests.files.reading import refused

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog

EXAMPLES = Path(__file__).parent.parent / "examples"
GOOD = sorted((EXAMPLES / "good").glob("*.yaml"))
BAD = sorted((EXAMPLES / "bad").glob("*.yaml"))
EXPECT = "# expect "


def name_of(path: Path) -> str:
    return path.stem


def expected(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]


def lint(*paths: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gapcheck", "sheet", "lint", "--catalog", str(SHOP), *map(str, paths)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GAPCHECK")}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**kept, "PYTHONUTF8": "1"}, check=False
    )


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_sheet_loads(path: Path, shop: Catalog) -> None:
    assert sheets.load(path, shop).person


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_bad_sheet_is_refused_with_all_its_faults_in_order(path: Path, shop: Catalog) -> None:
    assert expected(path), "a bad sheet says in its first lines what is expected"
    assert refused(lambda: sheets.load(path, shop)) == expected(path)


def test_the_command_line_ends_with_2_and_prints_every_fault_of_every_file() -> None:
    done = lint(*BAD)  # by name: in a folder, a file that says it is of another kind is left to other commands
    assert done.returncode == 2
    assert done.stdout == ""
    faults = [f"{path}:{fault}" for path in BAD for fault in expected(path)]
    assert done.stderr.splitlines() == faults


def test_the_command_line_lists_the_first_hundred_faults_and_counts_the_rest(tmp_path: Path) -> None:
    sheet = tmp_path / "a.yaml"
    unknown = "".join(f"k{n}: 1\n" for n in range(250))
    sheet.write_text(f"gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\n{unknown}", encoding="utf-8")
    done = lint(sheet)
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert [line.split(":")[-2].strip() for line in lines[:100]] == [f"k{n}" for n in range(100)]
    assert lines[100:] == ["and 150 more"]
