"""Right answers are spread evenly over a, b, c and d.

Options are shown in the order they are written, since explanations name them. Where most right answers stand at
one place, guessing that place pays. The rule compares the four counts over the whole catalog with an even spread by
a chi-square test (Pearson 1900) and speaks up where chance gives such a spread once in a hundred catalogs or less;
it needs 20 checks to judge at all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "answers-bunched"
SEVERITY: Severity = "error"
LIMIT = 11.345
"""The chi-square of three degrees of freedom that chance exceeds once in a hundred."""

LEAST = 20


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """One finding for the catalog, if its right answers bunch."""
    counts: Counter[str] = Counter(asked.answer for skill in catalog.skills.values() for asked in skill.checks.values())
    total = sum(counts.values())
    if total < LEAST:
        return
    expected = total / 4
    chi_square = sum((counts[letter] - expected) ** 2 / expected for letter in "abcd")
    if chi_square > LIMIT:
        told = ", ".join(f"{letter} {counts[letter]}" for letter in "abcd")
        yield Finding("catalog.yaml", (), f"right answers bunch ({told}); move some to the letters that have few")
