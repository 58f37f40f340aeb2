"""A sheet: the answers of one sitting. Not applicable and unknown are answers, never missing data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from gapcheck.core.catalog import Id, SkillId
from gapcheck.core.policy import Hands
from gapcheck.core.shapes import COUNT, DAY, LEVEL, NAME, PERSON, RATING, WEEKLY, Record

Rating = int | str
"""A level 0-5, `"n/a"` or `"unknown"`."""

NOT_APPLICABLE = "n/a"
UNKNOWN = "unknown"

PersonId = Annotated[str, PERSON]
Rater = Literal["self", "peer", "manager"]
CheckLevel = Literal["2", "3", "4"]
Option = Literal["a", "b", "c", "d", "unknown"]
"""What was answered to a knowledge check; unknown is not right, and no guess."""


def level_of(rating: Rating) -> int | None:
    """The level a rating counts as: unknown is 0, not applicable is none at all."""
    if isinstance(rating, int):
        return rating
    return 0 if rating == UNKNOWN else None


@dataclass(frozen=True, kw_only=True)
class CatalogRef(Record):
    """Which catalog a sheet was answered against."""

    name: Id
    version: Annotated[str, NAME]
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet(Record):
    """One person's answers of one sitting, and its own journal: whatever the role asks and is absent is open.

    `first` keeps what was said of a skill before the solution of a check on it was shown, `check_budget` how many
    checks were agreed to, `again_since` the day on which everything began to be asked again, until that has ended;
    `interest` and a stage's `terms` are absent until asked, `evidence` is empty where none was
    given.
    """

    person: PersonId
    role: Id | None = None
    group: Annotated[str, NAME] | None = None
    rater: Rater = "self"
    by: PersonId | None = None
    date: Annotated[dt.date, DAY]
    catalog: CatalogRef | None = None
    hours_per_week: Annotated[float, WEEKLY] | None = None
    hands: Hands = "none"
    levels: dict[SkillId, Annotated[Rating, RATING]] = field(default_factory=dict)
    dates: dict[SkillId, Annotated[dt.date, DAY]] = field(default_factory=dict)
    first: dict[SkillId, Annotated[Rating, RATING]] = field(default_factory=dict)
    check_budget: Annotated[int, COUNT] | None = None
    again_since: Annotated[dt.date, DAY] | None = None
    checks: dict[SkillId, dict[CheckLevel, Option]] = field(default_factory=dict)
    settled: dict[SkillId, Annotated[int, LEVEL]] = field(default_factory=dict)
    model: str | None = None
    hands_for: dict[SkillId, Hands] = field(default_factory=dict)
    interest: tuple[SkillId, ...] | None = None
    evidence: dict[SkillId, str] = field(default_factory=dict)
    terms: dict[Id, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[SkillId, str] = field(default_factory=dict)

    def rating(self, skill: str) -> Rating | None:
        """The claim for a skill; None while it is open."""
        return self.levels.get(skill)

    def settled_level(self, skill: str) -> int | None:
        """The level that counts: the settled one where it differs from the claim; None if open or n/a."""
        rating = self.levels.get(skill)
        if rating is None:
            return None
        claimed = level_of(rating)
        return claimed if claimed is None else self.settled.get(skill, claimed)
