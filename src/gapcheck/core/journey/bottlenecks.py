"""Where fewer come on than did before, or than do in the best segment, and what that costs at the path's end."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from gapcheck.core.calibration.numeric import beta_quantile
from gapcheck.core.journey import rates
from gapcheck.core.journey.comparisons import LEAST
from gapcheck.core.journey.flow import share_of
from gapcheck.core.journey.found import Bottleneck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.journey.comparisons import Comparison
    from gapcheck.core.journey.found import Proof

SHOWN = 0.05
"""By convention; and that it is for all comparisons together is what makes it worth the word."""
SUSPECTED = 0.20
"""One in five suspicions may be wrong: worth a look, and nothing is made urgent by it."""
DROP = 1 / 3
"""The loss that numbers must be able to show, or else silence would be taken for an all-clear."""
POWER = 0.80
"""The chance of showing it, by convention (Cohen 1988)."""


def judge(comparisons: Iterable[Comparison]) -> tuple[Bottleneck, ...]:
    """What jams, by conversions lost at the path's end, the most first. Hand in the comparisons of all logs at once.

    *Shown* stands against everything that was compared (Holm below .05); *suspected* does so with less certainty
    (Holm or Benjamini-Hochberg below .2). Where fewer came on, but so few came at all, or weeks differ so much, that
    even the loss of a third could hardly have been shown, the data *cannot tell*. Of all others nothing is said.

    Comparisons that could not differ by .05 whatever happened do not count among those looked at (Tarone 1990): that
    depends on how many came and how many of them came on in all, not on where.
    """
    every = [*comparisons]
    able = [each for each in every if _could_differ(each)]
    ps = [_chance(each) for each in able]
    judged = [(each, 1.0, 1.0) for each in every if not _could_differ(each)]
    judged += zip(able, rates.holm(ps), rates.benjamini_hochberg(ps), strict=True)
    found = ((each, holm, _proof(each, holm, false, len(able))) for each, holm, false in judged if each.missing > 0)
    jams = [_bottleneck(each, holm, proof) for each, holm, proof in found if proof is not None]
    return tuple(sorted(jams, key=lambda each: (-each.lost, each.where.log, each.where.number, each.where.segment)))


def _could_differ(each: Comparison) -> bool:
    """Whether the test could come out below .05, had as few as possible come on now of all who did."""
    on, reached, on_then, reached_then = each.numbers
    fewest = max(0, on + on_then - reached_then)
    least = 2 * rates.fewer(fewest, reached, on + on_then - fewest, reached_then)
    return min(reached, reached_then) >= LEAST and least < SHOWN


def _chance(each: Comparison) -> float:
    """The two-sided chance of shares as far apart, if one holds for both; 1 where more came on now.

    Two tests must both speak: the exact one, for chance alone (Fisher's, doubled), and one that measures the
    difference by how weeks differ anyway, G by the unrest of history as F (Venables and Ripley 2002,
    7.5). The first is not fooled by few journeys, the second not by many.
    """
    if each.missing <= 0:
        return 1.0
    exact = min(1.0, 2 * rates.fewer(*each.numbers))
    return max(exact, _restless(each))


def _restless(each: Comparison) -> float:
    """The second test: 1 where it is not known how restless weeks are, without a say where they never were."""
    if not each.freedom:
        return 1.0
    return rates.f_tail(rates.signed_root(*each.numbers) ** 2 / each.unrest, 1, each.freedom) if each.unrest else 0.0


def _proof(each: Comparison, holm: float, false: float, looked_at: int) -> Proof | None:
    if holm < SHOWN:
        return "shown"
    if holm < SUSPECTED or false < SUSPECTED:
        return "suspected"
    return "cannot-tell" if _power(each, looked_at) < POWER else None


def _power(each: Comparison, looked_at: int) -> float:
    """The chance that the loss of a third would be shown, beside so many other comparisons (Fleiss 1981, 3.2).

    Reckoned from the share of both sides together, which says nothing of how they differ.
    """
    if not each.freedom:
        return 0.0
    on, reached, on_then, reached_then = each.numbers
    share = (on + on_then) / (reached + reached_then)
    lower = share * (1 - DROP)
    variance = lower * (1 - lower) / reached + share * (1 - share) / reached_then
    both = (lower * reached + share * reached_then) / (reached + reached_then)
    level = SHOWN / max(1, looked_at)
    errors = _errors(each, level) * sqrt(both * (1 - both) * (1 / reached + 1 / reached_then))
    spread = sqrt(variance * max(1.0, each.unrest))
    return rates.tail((errors - (share - lower)) / spread) if spread else 0.0


def _errors(each: Comparison, level: float) -> float:
    """How many standard errors of chance both tests ask for, at a two-sided level."""
    exact = -rates.quantile(level / 2)
    return max(exact, _student(each.freedom, level) * sqrt(each.unrest)) if each.freedom else exact


@cache
def _student(freedom: int, level: float) -> float:
    """The t that is exceeded on either side with this chance."""
    x = beta_quantile(freedom / 2, 1 / 2, level)
    return sqrt(freedom * (1 - x) / x)


def _bottleneck(each: Comparison, chance: float, proof: Proof) -> Bottleneck:
    """What a comparison comes to; the interval of the difference (Newcombe's, widened by unrest) is carried along."""
    at_stake = each.now[1] * each.onward
    low, high = rates.newcombe(*each.then, *each.now, _errors(each, SHOWN))
    lost = at_stake * each.missing
    return Bottleneck(
        where=each.where,
        against=each.against,
        best=each.best,
        now=share_of(*each.now),
        then=share_of(*each.then),
        days=each.days,
        lost=lost,
        lost_low=at_stake * low,
        lost_high=at_stake * high,
        value=None if each.worth is None else lost * each.worth,
        chance=chance,
        proof=proof,
    )
