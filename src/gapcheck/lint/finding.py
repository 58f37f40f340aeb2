"""What a catalog rule yields, and what a rule is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A place, as file and key path inside it, and what is wrong there."""

    file: str
    path: tuple[object, ...]
    message: str


class Rule(Protocol):
    """A module of this package: its docstring is its page in the docs."""

    ID: str
    SEVERITY: Severity

    def check(self, catalog: Catalog, policy: Policy) -> Iterator[Finding]:
        """Everything the rule finds."""


def in_skill(catalog: Catalog, skill: str, *path: object) -> tuple[str, tuple[object, ...]]:
    """File and key path of something inside a skill."""
    return f"{catalog.stage_of[skill]}.yaml", ("skills", skill, *path)
