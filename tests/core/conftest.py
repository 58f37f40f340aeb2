"""The verdict on every combination of facts there is."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, get_args

import pytest

from gapcheck.core.advice import Facts, Verdict, decide
from gapcheck.core.catalog import Outsource
from gapcheck.core.policy import Hands

if TYPE_CHECKING:
    from gapcheck.core.policy import Policy

SPACE = tuple(
    Facts(level, target, outsource, importance, risk, hands, short, urgent, fits)
    for level, target, outsource, importance, risk, hands, short, urgent, fits in itertools.product(
        (0, 1, 2, 3, 4, 5),
        (0, 2, 3, 4),
        get_args(Outsource),
        (1, 2, 3, 4, 5),
        (False, True),
        get_args(Hands),
        (False, True),
        (False, True),
        (False, True),
    )
)
"""Every combination of what a verdict can read."""

Verdicts = dict[Facts, Verdict]


@pytest.fixture(scope="session")
def verdicts(policy: Policy) -> Verdicts:
    """The shipped policy's verdict on every combination of facts."""
    return {facts: decide(policy.rules, facts) for facts in SPACE}
