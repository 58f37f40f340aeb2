"""Whether learning a skill pays for itself: a remark that is printed and changes no verdict.

The model, simple on purpose. Hours of study h from where one stands, at competence c0, give

    c(h) = 1 - (1 - c0) exp(-k h),   with k such that 80% is reached after the skill's own hours.

All hours of the week go into this one skill until 80% is there; then study ends, and nothing fades. In a month that
needs N hours of a specialist's, at competence c a share c of them is done oneself, at 1/c of the hours, and the rest
is bought; where that costs more than buying (own rate / c above theirs), everything is bought. Learning is to pay for
itself, so what one could do already counts on neither side:

    gain of a month = N (max(c p, q) - max(c0 p, q)) - q x hours studied,   p their rate, q one's own.

Competence is that of the month's beginning, so that no month gains by what is learned in it. Doing the work teaches
nothing here, and a slow month of ours costs nobody else anything: the first makes the month too late, the second too
early. Rates need the same currency, whichever that is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

HORIZON = 60
"""Months looked ahead: five years."""

STANDARD = 0.8
"""The competence at which study ends."""

OFF = 1 / 3
"""By how much the hours may be wrong, either way."""

WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Cost:
    """Hours of a specialist's that a month needs, what such an hour costs, and what one's own hour costs."""

    needed: float
    theirs: float
    own: float


@dataclass(frozen=True, slots=True)
class Learning:
    """Competence now (below 0.8), hours of study from there to 0.8 (above 0), and hours of study a week."""

    competence: float
    hours: float
    weekly: float


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The month, counted from 1, in which learning has paid for itself; with a third fewer hours; with a third more.

    None is not within five years.
    """

    month: int | None
    sooner: int | None
    later: int | None


def break_even(learning: Learning, cost: Cost) -> BreakEven:
    """When learning has paid for itself, by the model of this module, and how far that moves with the hours."""
    shorter, longer = (replace(learning, hours=learning.hours * factor) for factor in (1 - OFF, 1 + OFF))
    return BreakEven(_month(learning, cost), _month(shorter, cost), _month(longer, cost))


def _month(learning: Learning, cost: Cost) -> int | None:
    monthly, total = learning.weekly * WEEKS_A_MONTH, 0.0
    for month in range(1, HORIZON + 1):
        studied = min(learning.hours, (month - 1) * monthly)
        study = min(learning.hours, month * monthly) - studied
        total += _saved(learning, studied, cost) - cost.own * study
        if total > 0:
            return month
    return None


def _saved(learning: Learning, studied: float, cost: Cost) -> float:
    """What a month costs less than it would without having studied."""
    now, before = (_competence(learning, hours) * cost.theirs for hours in (studied, 0.0))
    return cost.needed * (max(now, cost.own) - max(before, cost.own))


def _competence(learning: Learning, studied: float) -> float:
    """c(h)."""
    left = 1 - learning.competence
    k = math.log(left / (1 - STANDARD)) / learning.hours
    return 1 - left * math.exp(-k * studied)
