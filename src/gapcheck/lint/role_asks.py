"""A role asks at most 36 skills, unless it carries every one of them.

Beyond that a sitting takes more than twenty minutes without any check, and people stop. A role that needs 4
everywhere (an all-rounder) is a yardstick and may ask everything. Skills with target 0 are not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "role-asks"
SEVERITY: Severity = "error"
MOST = 36


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Roles that ask too much."""
    for key, role in catalog.roles.items():
        asked = [skill for skill in catalog.skills if role.target_of(skill)]
        if len(asked) > MOST and {role.target_of(skill) for skill in asked} != {4}:
            message = f"asks {len(asked)} skills, at most {MOST}; give target 0 to those that are another role's"
            yield Finding(f"roles/{key}.yaml", ("targets",), message)
