"""What the documented commands print for the made-up team, byte for byte.

A change that is meant: pytest tests/reporters/test_goldens.py --regenerate, then read the difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.interview import settle
from gapcheck.files import sheets, yamldoc
from tests.reporters.conftest import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from tests.reporters.conftest import Gapcheck

AS_OF = ("--as-of", "2027-01-11")
COMMANDS = {
    "ada.txt": ("report", "sheets/ada.yaml"),
    "ada.md": ("report", "sheets/ada.yaml", "--format", "markdown"),
    "ada.html": ("report", "sheets/ada.yaml", "--format", "html"),
    "ada.json": ("report", "sheets/ada.yaml", "--format", "json"),
    "ada-checked.txt": (
        "report",
        "sittings/ada/2027-01-04.yaml",
        "sittings/ada/2027-01-04.peer-ben.yaml",
        "sittings/ada/2027-01-04.manager-cleo.yaml",
    ),
    "plan.txt": ("plan", "sheets/ada.yaml", "--start", "2027-01-11", "--busy", "2027-02-08..2027-02-19"),
    "plan.md": ("plan", "sheets/ada.yaml", "--start", "2027-01-11", "--format", "markdown"),
    "plan.html": ("plan", "sheets/ada.yaml", "--start", "2027-01-11", "--format", "html"),
    "team.txt": ("team",),
    "team.md": ("team", "--format", "markdown"),
    "team.html": ("team", "--format", "html"),
    "cleo.txt": ("report", "sheets/cleo.yaml"),
    "ada-paid-social.txt": ("explain", "paid-social", "sheets/ada.yaml"),
    "ada-agency-management.txt": ("explain", "agency-management", "sheets/ada.yaml"),
    "brief-paid-social.md": ("brief", "paid-social", "sheets/ada.yaml"),
    "brief-journey-analytics.txt": ("brief", "journey-analytics", "sheets/ada.yaml", "--format", "terminal"),
    "brief-agency-management.md": ("brief", "agency-management", "sheets/ada.yaml"),
    "deliveries-paid-social.txt": ("review", "paid-social", "--list", "--person", "ada"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_prints_its_golden(
    name: str, gapcheck: Gapcheck, golden: Callable[[str, str], None], catalog: Catalog
) -> None:
    """The catalog's digest changes with every word in it, so its place is kept by a word; so is a page's style."""
    text = gapcheck(*COMMANDS[name], *AS_OF).decode().replace("\r\n", "\n")
    assert (catalog.digest in text) == name.endswith(".json")
    text = re.sub(r"(?s)<style>.*</style>|sha256-[^']*", "STYLE", text)
    golden(name, text.replace(catalog.digest, "DIGEST"))


def test_every_example_sheet_has_no_fault(gapcheck: Gapcheck) -> None:
    assert gapcheck("sheet", "lint", "-q", "sheets", "sittings") == b""


def test_what_the_example_settles_is_what_the_model_settles(catalog: Catalog) -> None:
    """The levels in the file are the program's own work, and stay so when the model or the checks change."""
    sheet = sheets.load(EXAMPLES / "sittings" / "ada" / "2027-01-04.yaml", catalog)
    assert sheet.settled
    assert settle(catalog, sheet) == sheet


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_file_names_the_schema_for_editors(path: Path) -> None:
    kind = yamldoc.parse(path.read_bytes(), path.name).data["gapcheck"].partition("/")[0]
    up = "../" * len(path.relative_to(EXAMPLES).parents)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={up}skills/schema/{kind}.json"
