"""Findings as problems with their place, and how long the roles' sittings take."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from gapcheck.core.duration import asked_of, check_minutes, rating_minutes
from gapcheck.core.report.words import counted
from gapcheck.problems import Problem, Span, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapcheck.core.catalog import Catalog
    from gapcheck.lint.finding import Finding, Rule

CHECKS = 24
"""Knowledge checks of a default sitting, where there are as many."""


class Document(Protocol):
    """What a finding's place is looked up in."""

    @property
    def file(self) -> str:
        """The file's name as the user knows it."""

    def span(self, *path: object) -> Span:
        """The place of a key path."""


def problem(docs: Mapping[str, Document], rule: Rule, finding: Finding) -> Problem:
    """A finding where it stands in its file."""
    doc = docs.get(finding.file)
    file, span = (doc.file, doc.span(*finding.path)) if doc else (finding.file, Span())
    return Problem(file, span, key_path(finding.path), finding.message, rule.ID, rule.SEVERITY)


def reading_times(catalog: Catalog) -> Iterator[str]:
    """A line per role: how many skills it asks, and the minutes an ordinary reader needs."""
    for key, role in catalog.roles.items():
        asked = asked_of(catalog, role)
        ratings, checks = rating_minutes(asked), min(CHECKS, sum(len(skill.checks) for skill in asked))
        whole = ratings + check_minutes(asked, checks)
        checked = f", {_minutes(whole)} with {counted(checks, 'check')}" if checks else ""
        yield f"{key}: {counted(len(asked), 'skill')}, {_minutes(ratings)}{checked}"


def _minutes(minutes: float) -> str:
    """Whole minutes; what is shorter than one counts as one."""
    return counted(round(minutes) or math.ceil(minutes), "minute")
