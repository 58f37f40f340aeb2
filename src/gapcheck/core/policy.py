"""The policy: from a level to a verdict, as data. No expressions; the first rule that matches wins."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Annotated, Literal

from gapcheck.core.catalog import Id, Outsource, SkillId
from gapcheck.core.shapes import COUNT, GOAL, IMPORTANCE, LEVEL, TARGET, WEEKLY, Record

Hands = Literal["colleague", "supplier", "none"]
Action = Literal["not-yours", "do", "learn", "outsource-execution", "outsource-both", "leave"]
Meanwhile = Literal[
    "enough-for-this-role",
    "simple-version",
    "this-week",
    "rehearse",
    "borrowed-judge",
    "with-help",
    "outsource-execution",
    "outsource-both",
]


@dataclass(frozen=True, kw_only=True)
class When(Record):
    """Facts a rule asks for: a list admits any of its values, a flag must be equal, what is absent is free."""

    level: tuple[Annotated[int, LEVEL], ...] = ()
    target: tuple[Annotated[int, TARGET], ...] = ()
    at_target: bool | None = None
    outsource: tuple[Outsource, ...] = ()
    importance: tuple[Annotated[int, IMPORTANCE], ...] = ()
    hands: tuple[Hands, ...] = ()
    short: bool | None = None
    urgent: bool | None = None
    risk: bool | None = None
    fits: bool | None = None

    @cached_property
    def asked(self) -> dict[str, tuple[object, ...]]:
        """The facts asked for, each with the values it may have."""
        given = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {
            name: value if isinstance(value, tuple) else (value,)
            for name, value in given
            if value is not None and value != ()
        }


@dataclass(frozen=True, kw_only=True)
class Rule(Record):
    """One line of the policy: when it holds, what to do, up to which level to learn, and what to do meanwhile."""

    id: Id
    when: When
    then: Action
    to: Annotated[int, GOAL] | None = None
    meanwhile: Meanwhile | None = None


@dataclass(frozen=True, kw_only=True)
class Need(Record):
    """How many people a team needs at level 4 (carry) and at level 3 or above (hold) for each skill."""

    carry: Annotated[int, COUNT] = 1
    hold: Annotated[int, COUNT] = 1


@dataclass(frozen=True, kw_only=True)
class Policy(Record):
    """The standard, the hours assumed if none are given, and the rules in order."""

    target: Annotated[int, GOAL] = 4
    hours_per_week: Annotated[float, WEEKLY] = 4
    weeks: Annotated[int, COUNT] = 26
    learn_at_once: Annotated[int, COUNT] = 3
    cover: Need = field(default_factory=Need)
    cover_for: dict[SkillId, Need] = field(default_factory=dict)
    rules: tuple[Rule, ...]

    def need_of(self, skill: str) -> Need:
        """How many people a skill needs: as it says itself, else as all do."""
        return self.cover_for.get(skill, self.cover)
