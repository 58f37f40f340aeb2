"""A term is either real or invented, and stands once.

The invented ones show how readily someone ticks a word; one that exists, or a real one among them, would call an
honest answer a claim. Case and punctuation do not make a difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding
from gapcheck.lint.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "terms-mixed"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Terms that stand twice over the whole catalog."""
    seen: dict[tuple[str, ...], str] = {}
    for key, stage in catalog.stages.items():
        for kind in ("real", "invented"):
            for n, term in enumerate(getattr(stage.terms, kind)):
                name = tuple(words(term))
                if name in seen:
                    message = f"stands in {seen[name]} already; take one of them out"
                    yield Finding(f"{key}.yaml", ("terms", kind, n), message)
                seen.setdefault(name, f"{key}.yaml ({kind})")
