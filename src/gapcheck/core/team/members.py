"""A team as arithmetic sees it: one row of levels a person, a byte a skill, whoever and however many they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog, Role
    from gapcheck.core.people import People
    from gapcheck.core.policy import Hands, Policy

TOP = 5
"""The highest level; bytes above it are no levels."""

IS_NOT_APPLICABLE, IS_UNKNOWN, IS_OPEN = 6, 7, 8
"""What a byte says that is no level: not applicable, unknown (counts as 0), not answered."""

AS_LEVEL = (0, 1, 2, 3, 4, 5, None, 0, None)
"""What each byte counts as: unknown is 0, what does not apply or is open is no level at all."""

UNGROUPED = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One person's latest settled levels, a byte a skill in catalog order, with role, groups by kind and dates.

    `aged` holds the date of each answer that is older than the sheet.
    """

    person: str
    role: str
    groups: Mapping[str, str]
    levels: bytes
    date: dt.date
    aged: Mapping[str, dt.date] = field(default_factory=dict)
    hands: Hands = "none"
    hands_for: Mapping[str, Hands] = field(default_factory=dict)
    interest: tuple[str, ...] = ()


def row_of(sheet: Sheet, skills: Iterable[str]) -> bytes:
    """The settled levels of a sheet, a byte a skill."""
    return bytes(_byte(sheet, skill) for skill in skills)


def _byte(sheet: Sheet, skill: str) -> int:
    rating = sheet.levels.get(skill)
    if rating is None:
        return IS_OPEN
    if rating == NOT_APPLICABLE:
        return IS_NOT_APPLICABLE
    settled = sheet.settled.get(skill)
    if settled is not None:
        return settled
    return IS_UNKNOWN if rating == UNKNOWN else int(rating)


@dataclass(frozen=True)
class Team:
    """People with their levels, under one catalog and policy. `members` are in order of their ids."""

    catalog: Catalog
    policy: Policy
    people: People
    roles: Mapping[str, Role]
    members: tuple[Member, ...]

    @cached_property
    def skills(self) -> tuple[str, ...]:
        """Skill ids in catalog order: the columns of every row of levels."""
        return tuple(self.catalog.skills)

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of each skill."""
        return {skill: n for n, skill in enumerate(self.skills)}

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of group there are (function, unit, region), in order of their names."""
        return tuple(sorted({kind for member in self.members for kind in member.groups}))

    def name(self, person: str) -> str:
        """A person's name where people.yaml has one, else the id."""
        known = self.people.people.get(person)
        return known.name if known else person

    def level(self, member: Member, skill: str) -> int | None:
        """A member's settled level of a skill; None where it does not apply or is open."""
        return AS_LEVEL[member.levels[self.place[skill]]]
