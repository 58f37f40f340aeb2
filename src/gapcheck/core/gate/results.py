"""A rule with its place, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapcheck.problems import Span

if TYPE_CHECKING:
    from fractions import Fraction

    from gapcheck.core.people import GateRule

Outcome = Literal["pass", "fail", "cannot-judge"]

RATCHET = "ratchet"

RANK: tuple[Outcome, ...] = ("pass", "fail", "cannot-judge")
"""From the best to the worst."""

NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule and where it stands in gapcheck.yaml; a rule that nobody wrote stands nowhere (line 0)."""

    rule: GateRule
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule came to. `value` is the exact number compared with `limit`, None where nothing could be measured.

    In public `value` is None as well where the number is not for everybody, and `limit` where several rules, `rules`
    of them, are told as one. `skill`, `stage` and `group` say where it was taken; `subject` and `short` are ids of
    skills and stages: the worst, and all that fall short. `about` and `words` tell it. No person stands in any of them.
    """

    measure: str
    bound: Literal["min", "max"]
    limit: Fraction | None
    unit: str
    outcome: Outcome
    value: Fraction | None
    about: str
    words: str
    skill: str | None = None
    stage: str | None = None
    group: str | None = None
    subject: str = ""
    short: tuple[str, ...] = ()
    span: Span = NOWHERE
    rules: int = 1
