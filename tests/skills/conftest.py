"""The shipped catalog as its files say it, for tests that hold its text against arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from gapcheck.files import catalogs, yamldoc

Check = Callable[[str, int], dict[str, Any]]
"""A skill's id and a check's level to the check: question, table, options, answer, why."""


@pytest.fixture(scope="session")
def skills() -> dict[str, dict[str, Any]]:
    """Every shipped skill by id, as plain data."""
    folder = catalogs.shipped()
    stages = yamldoc.parse((folder / "catalog.yaml").read_bytes(), "catalog.yaml").data["stages"]
    return {
        key: skill
        for stage in stages
        for key, skill in yamldoc.parse((folder / f"{stage}.yaml").read_bytes(), stage).data["skills"].items()
    }


@pytest.fixture(scope="session")
def check(skills: dict[str, dict[str, Any]]) -> Check:
    """One knowledge check."""
    return lambda skill, level: skills[skill]["checks"][str(level)]


def found(pattern: str, text: str) -> re.Match[str]:
    """The first place in the text that fits the pattern; a text without one fails the test."""
    match = re.search(pattern, text)
    assert match is not None, f"{pattern!r} is not in {text!r}"
    return match


def number(cell: str) -> float:
    """The number in a cell such as '€60,000', '90%' or '4.2'."""
    return float(cell.strip("€%").replace(",", ""))


def whole(cell: str) -> int:
    """The number in a cell such as '€60,000' or '90%', which must be a whole one."""
    return int(cell.strip("€%").replace(",", ""))
