"""Which check tells most, and which claims are worth a second look."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from operator import sub
from typing import TYPE_CHECKING, Literal

from gapcheck.core.calibration.classes import class_shares
from gapcheck.core.calibration.settle import LEAST_CHECKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gapcheck.core.calibration.posterior import Estimate

Way = Literal["check", "peer", "work"]
"""How to settle a claim: one more check, someone else's rating, a sample of work."""

INFORMATION = 0.02
"""What one nat about the level weighs beside right verdicts: enough to break ties. Assumption."""
LEAST_SCORE = 0.03
"""The score below which no single check is expected to set a verdict right. Assumption."""
LEAST_GAIN = 0.02
"""The gain below which a check settles nothing. Assumption."""
LEAST_SURE = 0.60
"""A claim no check settles is worth a look where the likeliest class holds less. Assumption."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The check to ask next: its skill and level (2-4), and its expected gain in probability, not weighted."""

    skill: str
    level: int
    gain: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim worth a second look: the levels its answers fit, their probability, what to gain, the cheapest way."""

    skill: str
    low: int
    high: int
    mass: float
    claimed: int
    gain: float
    way: Way


def gain_of(estimate: Estimate, skill: str, level: int) -> float:
    """How much likelier the verdict is right after one more check: sum over answers of max P(class, answer) - max P.

    In probability, for one skill, over the four classes of levels.
    """
    right, wrong = _outcomes(estimate, skill, level)
    after = max(class_shares(right)) + max(class_shares(wrong))
    return max(0.0, after - max(class_shares(estimate.levels(skill))))


def information_of(estimate: Estimate, skill: str, level: int) -> float:
    """Mutual information (nats) between the level and the answer to one more check; at most log 2."""
    right, wrong = _outcomes(estimate, skill, level)
    apart = _entropy(estimate.levels(skill)) + _entropy((sum(right), sum(wrong)))
    return apart - _entropy((*right, *wrong))


def _outcomes(estimate: Estimate, skill: str, level: int) -> tuple[Sequence[float], Sequence[float]]:
    """P(level, right) and P(level, not right) of the six levels."""
    right = estimate.right(skill, level)
    return right, list(map(sub, estimate.levels(skill), right))


def _entropy(shares: Iterable[float]) -> float:
    return -sum(share * log(share) for share in shares if share > 0)


def next_check(
    estimate: Estimate,
    left: Mapping[str, Collection[int]],
    importance: Mapping[str, int],
    answered: int = LEAST_CHECKS,
) -> Pick | None:
    """The check with the highest importance x gain + INFORMATION x nats.

    None where that is below LEAST_SCORE and at least LEAST_CHECKS are `answered`: with fewer nothing is settled, and
    those already answered would have been for nothing. `left` holds the levels of the checks not asked yet. Of equals
    the earlier skill is taken, then the lower level.
    Skills that the estimate does not have are passed over.
    """
    best, top = None, LEAST_SCORE if answered >= LEAST_CHECKS else 0.0
    known = [(skill, tags) for skill, tags in left.items() if skill in estimate.shown]
    for skill, level in ((skill, level) for skill, tags in known for level in sorted(tags)):
        gain = gain_of(estimate, skill, level)
        score = importance[skill] * gain
        if score + INFORMATION * log(2) < top:
            continue  # whatever it tells
        score += INFORMATION * information_of(estimate, skill, level)
        if score > top or (best is None and score == top):
            best, top = Pick(skill, level, gain), score
    return best


def doubts(
    estimate: Estimate,
    claims: Mapping[str, int],
    left: Mapping[str, Collection[int]],
    importance: Mapping[str, int],
    most: int = 5,
) -> tuple[Doubt, ...]:
    """At most `most` claims (levels 0-5) to look at again, by importance x gain; those a check can settle come first.

    Where no check left gains LEAST_GAIN, `gain` is what a perfect answer would gain.
    """
    found = [
        doubt
        for skill, claimed in claims.items()
        if skill in estimate.shown and (doubt := _doubt(estimate, skill, claimed, left.get(skill, ())))
    ]
    found.sort(key=lambda each: (each.way != "check", -importance[each.skill] * each.gain))
    return tuple(found[:most])


def _doubt(estimate: Estimate, skill: str, claimed: int, tags: Collection[int]) -> Doubt | None:
    gain = max((gain_of(estimate, skill, level) for level in tags), default=0.0)
    way: Way = "check"
    if gain < LEAST_GAIN:
        sure = max(class_shares(estimate.levels(skill)))
        if sure >= LEAST_SURE:
            return None
        gain, way = 1 - sure, "work" if claimed >= 4 else "peer"
    fit = estimate.credible(skill)
    return Doubt(skill, fit.low, fit.high, fit.mass, claimed, gain, way)
