"""Who comes back: the time to the second use, cohorts by the month of the first, and what returning people bring."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from gapcheck.core.journey.comparisons import LEAST
from gapcheck.core.journey.flow import share_of
from gapcheck.core.journey.found import Cohort, RepeatUse, Returning
from gapcheck.core.journey.rates import Z95, ratio_error, wilson

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gapcheck.core.journey.counts import Use, Worth

DAYS = (30, 60, 90)
_ROUNDING = 1e-12
_FAR = 700.0
"""Log odds beyond which a share is 0 or 1 to all digits."""


@dataclass(frozen=True, slots=True)
class Back:
    """The share of people who came back within `day` days, with its 95% interval; `at_risk` were followed to then."""

    day: int
    at_risk: int
    share: float
    low: float
    high: float


def curve(second: Mapping[int, tuple[int, int]]) -> tuple[Back, ...]:
    """The time to the second use by Kaplan and Meier (1958), at each number of days that occurs; nothing of nobody.

    `second` is days to (came back then, followed so long without). Who is not followed on counts as long as followed.
    """
    at_risk = sum(map(sum, second.values()))
    away, variance, made, low = 1.0, 0.0, [], 0.0
    for day in sorted(second):
        back, left = second[day]
        if not at_risk:
            break
        away *= (at_risk - back) / at_risk
        variance += back / (at_risk * (at_risk - back)) if back < at_risk else 0.0
        low, high = _interval(away, variance, at_risk, low)
        made.append(Back(day, at_risk, 1 - away, low, high))
        at_risk -= back + left
    return tuple(made)


def _interval(away: float, variance: float, at_risk: int, low: float) -> tuple[float, float]:
    """Of the share back: Greenwood's (1926) on the log-log scale (Kalbfleisch and Prentice 1980, 1.4).

    That has no width where nobody or everybody has come back; there it is Wilson's of those at risk, and never below
    the `low` of an earlier day, for who was back then is back now.
    """
    if away == 1:
        return 0.0, wilson(0, at_risk)[1]
    if away == 0:
        return max(low, wilson(at_risk, at_risk)[0]), 1.0
    width = Z95 * sqrt(variance) / -log(away)
    return 1 - away ** exp(-width), 1 - away ** exp(width)


def back_by(second: Mapping[int, tuple[int, int]], day: int) -> tuple[float, float, float] | None:
    """The share back within some days, with its interval; None where nobody was followed so far and some are out."""
    so_far = [each for each in curve(second) if each.day <= day]
    at_risk = sum(back + left for after, (back, left) in second.items() if after >= day)
    if not so_far:
        return (0.0, *wilson(0, at_risk)) if at_risk else None
    last = so_far[-1]
    if not at_risk:
        return (last.share, last.low, last.high) if last.share == 1 else None
    if last.share == 0:
        return (0.0, *wilson(0, at_risk))
    return last.share, last.low, last.high


def median(second: Mapping[int, tuple[int, int]]) -> int | None:
    """Days within which half of the people came back; None where fewer did, or of fewer than 20 people."""
    if sum(map(sum, second.values())) < LEAST:
        return None
    return next((each.day for each in curve(second) if each.share >= 1 / 2 - _ROUNDING), None)


def repeat_use(log_name: str, use: Use) -> RepeatUse:
    """All of it for a log: cohorts in order of months; everybody, then channels, the largest first."""
    people = {channel: sum(map(sum, second.values())) for channel, second in use.second.items()}
    channels = sorted((each for each in people if people[each]), key=lambda each: (-people[each], each))
    return RepeatUse(
        log=log_name,
        cohorts=tuple(_cohort(month, *use.cohorts[month]) for month in sorted(use.cohorts)),
        returning=tuple(_returning(channel, use) for channel in channels),
        valued=use.valued,
    )


def _cohort(month: dt.date, people: int, back: Mapping[int, tuple[int, int]]) -> Cohort:
    """Months in order as far as anybody was followed; one of which nothing is told had nobody to follow."""
    followed = max((number for number, (_, of) in back.items() if of), default=0)
    shares = (share_of(*back.get(number, (0, 0))) for number in range(1, followed + 1))
    return Cohort(month=month, people=people, back=tuple(shares))


def _returning(channel: str, use: Use) -> Returning:
    second, worth = use.second[channel], use.value.get(channel)
    return Returning(
        channel=channel,
        people=sum(map(sum, second.values())),
        back=sum(back for back, _ in second.values()),
        median_days=median(second),
        share={"30": back_by(second, 30), "60": back_by(second, 60), "90": back_by(second, 90)},
        value=share_of_value(worth) if worth else None,
    )


def share_of_value(worth: Worth) -> tuple[float, float, float] | None:
    """The share that later uses have of all value, with its 95% interval; None of nothing, or of a part below 0.

    A few people may bring most of it, so it is people that are drawn and not uses: the error of a ratio of two sums
    over people (Cochran 1977, 2.11), on the scale of log odds, which never leaves 0 to 1. Where nobody, or only who had
    come before, brought anything, that has no width, and it is Wilson's of as many people.
    """
    total, people = worth.first + worth.later, worth.people
    if min(worth.first, worth.later) < 0 or total <= 0:
        return None
    share = worth.later / total
    if people < 2 or not _ROUNDING < share < 1 - _ROUNDING:
        on = round(share * people)
        return share, *wilson(on, people)
    squares = (worth.first_squared, worth.later_squared, worth.both)
    error = ratio_error(people, worth.first, worth.later, *squares)
    odds, half = log(share / (1 - share)), Z95 * error / (share * (1 - share))
    return share, _share_of(odds - half), _share_of(odds + half)


def _share_of(odds: float) -> float:
    """A share by its log odds."""
    return 1 / (1 + exp(-odds)) if odds > -_FAR else 0.0
