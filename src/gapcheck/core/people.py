"""The team's own files: who belongs to it, which suppliers work for it, and the project's settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Any

from gapcheck.core.answers import PersonId
from gapcheck.core.catalog import Id, Name, SkillId
from gapcheck.core.shapes import AMOUNT, COUNT, DAY, SLUG, WEEKLY, Record, Text


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """Someone on the team; groups are by function, unit, region or whatever the team calls them."""

    name: Name
    groups: dict[Id, Name] = field(default_factory=dict)
    hours_per_week: Annotated[float, WEEKLY] | None = None
    mentors: Annotated[int, COUNT] = 0


@dataclass(frozen=True, kw_only=True)
class Supplier(Record):
    """Someone outside who does work for the team, and the skills they are hired for."""

    name: Name
    skills: tuple[SkillId, ...]


@dataclass(frozen=True, kw_only=True)
class People(Record):
    """`people.yaml`: the team and its suppliers, by id."""

    people: dict[PersonId, Person] = field(default_factory=dict)
    suppliers: dict[Id, Supplier] = field(default_factory=dict)

    def suppliers_of(self, skill: str) -> tuple[str, ...]:
        """Names of the suppliers hired for a skill."""
        return tuple(s.name for s in self.suppliers.values() if skill in s.skills)


MEASURES = ("carry", "hold", "stand-ins", "stale", "participation", "figure", "map-age-days", "open-incidents")
"""What the gate can measure; core/gate says how each is taken."""


@dataclass(frozen=True, slots=True)
class Measure(Text):
    """The name of a measure. Editors offer those there are; which one an unknown name meant, the gate says."""

    def json_schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(MEASURES), "description": self.expected}


MEASURE = Measure(SLUG, f"one of {', '.join(MEASURES)}")


@dataclass(frozen=True, kw_only=True)
class GateRule(Record):
    """One line of the gate: a measure, where it is taken (a group as kind:name), and the least or most it may be."""

    measure: Annotated[str, MEASURE]
    skill: SkillId | None = None
    stage: Id | None = None
    group: Name | None = None
    min: Annotated[float, AMOUNT] | None = None
    max: Annotated[float, AMOUNT] | None = None


@dataclass(frozen=True, kw_only=True)
class Gate(Record):
    """What the gate holds the team against, and from when it is more than a warning."""

    baseline: str | None = None
    warn_until: Annotated[dt.date, DAY] | None = None
    rules: tuple[GateRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Config(Record):
    """`gapcheck.yaml`: where the project's catalog and sheets are, and its gate."""

    catalog: str | None = None
    sheets: str = "sheets"
    role: Id | None = None
    check: Gate = field(default_factory=Gate)
