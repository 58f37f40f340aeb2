"""The right option is not the longest one more often than chance.

Authors qualify what is right and shorten what is wrong, and readers notice. With four options the right one is the
longest in a quarter of the checks by chance; the rule speaks up where chance would give as many once in a hundred
catalogs or less (binomial tail), and needs 20 checks to judge at all.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog, Check
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "answers-longest"
SEVERITY: Severity = "error"
LEAST = 20
RARE = 0.01


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """One finding for the catalog, if length gives answers away."""
    checks = [asked for skill in catalog.skills.values() for asked in skill.checks.values()]
    longest = sum(map(_longest_is_right, checks))
    if len(checks) >= LEAST and _at_least(longest, len(checks)) <= RARE:
        told = f"the right option is the longest in {longest} of {len(checks)} checks, by chance in a quarter"
        yield Finding("catalog.yaml", (), f"{told}; shorten some of them, or say more in the others")


def _longest_is_right(asked: Check) -> bool:
    lengths = {letter: len(text) for letter, text in asked.options.items()}
    right = lengths.get(asked.answer, 0)
    return all(right > length for letter, length in lengths.items() if letter != asked.answer)


def _at_least(hits: int, trials: int) -> float:
    """The chance of that many hits or more at a quarter each."""
    return math.fsum(math.exp(_log_chance(k, trials)) for k in range(hits, trials + 1))


def _log_chance(hits: int, trials: int) -> float:
    """The logarithm of the chance of exactly that many: the number of ways can have hundreds of digits."""
    ways = math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)
    return ways + hits * math.log(0.25) + (trials - hits) * math.log(0.75)
