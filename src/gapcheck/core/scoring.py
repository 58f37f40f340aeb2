"""Arithmetic on one answer and on many. Percentages are of level 5, so level 4 is the 80% standard."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def percent(level: int) -> int:
    """A level 0-5 in percent: each level is worth 20."""
    return level * 20


def gap(level: int, target: int) -> int:
    """Levels missing to a target, never below 0."""
    return max(0, target - level)


@dataclass(frozen=True, slots=True)
class Scored:
    """One skill's answer with what it weighs: importance times the stage's weight for the role."""

    skill: str
    rating: Rating | None
    level: int | None
    weight: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A weighted mean in percent with the lowest skill beside it, and how many answers it rests on.

    `mean` and `lowest` are None when nothing applicable was answered.
    """

    mean: float | None
    lowest: str | None
    lowest_level: int | None
    asked: int
    counted: int
    not_applicable: int
    unknown: int
    open: int
    weighed: float
    points: float


def figure(answers: Sequence[Scored]) -> Figure:
    """The weighted mean sum(weight x percent) / sum(weight) over what is applicable and answered.

    Not applicable and unanswered stay out of the denominator; unknown counts as 0 and is reported.
    Among equally low skills the weightier is named, then the earlier. Where every weight is 0,
    all count alike. Sums are exact: level 4 everywhere is 80, whatever the weights.
    """
    counted = [(a, a.level) for a in answers if a.level is not None]
    even = sum(a.weight for a, _ in counted) == 0
    weights = [Fraction(1 if even else a.weight) for a, _ in counted]
    weighed = sum(weights, Fraction())
    points = sum((weight * percent(level) for weight, (_, level) in zip(weights, counted, strict=True)), Fraction())
    lowest = min(counted, key=lambda pair: (pair[1], -pair[0].weight), default=None)
    return Figure(
        mean=float(points / weighed) if counted else None,
        lowest=lowest[0].skill if lowest else None,
        lowest_level=lowest[1] if lowest else None,
        asked=len(answers),
        counted=len(counted),
        not_applicable=_count(answers, NOT_APPLICABLE),
        unknown=_count(answers, UNKNOWN),
        open=sum(a.rating is None for a in answers),
        weighed=float(weighed),
        points=float(points),
    )


def _count(answers: Iterable[Scored], rating: Rating) -> int:
    return sum(a.rating == rating for a in answers)
