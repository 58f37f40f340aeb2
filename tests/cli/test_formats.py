"""What help says a command can print and write is what it can."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.cli.conftest import Run

SHEET = "SHEET"
"""Stands for the path of a sheet."""

SHOWING = [("explain", "paid-social", SHEET), ("review", "paid-social", "--list"), ("catalog", "show")]
WRITING = [
    ("assess",),
    ("report", SHEET),
    ("brief", "paid-social", SHEET),
    ("plan", SHEET),
    ("team",),
    ("check",),
    ("jam",),
    ("journey", "show"),
]


def words(command: Sequence[str]) -> tuple[str, ...]:
    """The command without what it is about."""
    return tuple(word for word in command if word in {"catalog", "journey", "show"} or word == command[0])


@pytest.mark.parametrize("command", [*SHOWING, *WRITING], ids=lambda command: " ".join(words(command)))
def test_help_tells_the_formats_and_extensions_there_are(run: Run, sheet: Path, command: Sequence[str]) -> None:
    """A page among them, since all of these tell blocks; but for the second spelling of Markdown's extension."""
    helped = " ".join(run(*words(command), "--help").stdout.split())
    given = [str(sheet) if word == SHEET else word for word in command]
    refused = run(*given, "--format", "papyrus")
    (formats,) = re.findall(r"--format NAME (.*?), on standard output", helped)
    assert (refused.returncode, refused.stderr) == (2, f"--format: must be {formats.replace(' or ', ', ')}\n")
    assert "html" in formats
    if command in WRITING:
        refused = run(*given, "--output", "gaps.papyrus")
        (extensions,) = re.findall(r"the extension says the format \((.*?)\)", helped)
        (known,) = re.findall(r"gaps.papyrus: the extension must be (.*)", refused.stderr)
        assert set(re.findall(r"\.\w+", extensions)) == set(known.split(", ")) - {".markdown"}


def test_a_page_goes_to_standard_output_and_to_a_file(run: Run, sheet: Path, tmp_path: Path) -> None:
    shown = run("report", str(sheet), "--format", "html", "--as-of", "2027-01-11")
    written = run("report", str(sheet), "--output", "gaps.html", "--as-of", "2027-01-11")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "wrote gaps.html\n")
    assert shown.stdout.startswith("<!doctype html>\n")
    assert (tmp_path / "gaps.html").read_text(encoding="utf-8") == shown.stdout
