"""Every combination of what a policy's rules can read, each value that no rule tells apart from another tried once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from gapcheck.core.advice import Facts, Verdict, matching
from gapcheck.core.catalog import Outsource
from gapcheck.core.policy import Hands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.policy import Rule

SPACE: dict[str, tuple[object, ...]] = {
    "target": (0, 2, 3, 4),
    "outsource": get_args(Outsource),
    "importance": (1, 2, 3, 4, 5),
    "risk": (False, True),
    "hands": get_args(Hands),
    "short": (False, True),
    "urgent": (False, True),
    "fits": (False, True),
}
"""Every fact but the level, with every value it can have."""

PROMISED = ("target", "outsource", "risk", "urgent")
"""Facts that the promises read value by value; of hands they read whether there are any."""


def verdicts(rules: Sequence[Rule]) -> Iterator[list[tuple[Facts, Verdict | None]]]:
    """For each situation the verdicts at levels 0 to 5; None where no rule matches."""
    for situation in situations(rules):
        at_levels = [replace(situation, level=level) for level in range(6)]
        yield [(facts, next(matching(rules, facts), None)) for facts in at_levels]


def situations(rules: Sequence[Rule]) -> Iterator[Facts]:
    """Facts at level 0, over every combination of values that something tells apart."""
    values = [_told_apart(rules, name, all_of_it) for name, all_of_it in SPACE.items()]
    for combination in itertools.product(*values):
        yield Facts(level=0, **dict(zip(SPACE, combination, strict=True)))  # type: ignore[arg-type]


def _told_apart(rules: Sequence[Rule], name: str, values: tuple[object, ...]) -> list[object]:
    """One value of each group that all rules and promises treat alike."""
    if name in PROMISED:
        return list(values)
    groups: dict[tuple[bool, ...], object] = {}
    for value in values:
        admitted = tuple(value in rule.when.asked[name] for rule in rules if name in rule.when.asked)
        groups.setdefault((value == "none", *admitted), value)
    return list(groups.values())
