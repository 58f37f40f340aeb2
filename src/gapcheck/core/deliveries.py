"""A delivery as a file holds it: what came back, held against the criteria it was asked for with.

What many of them say about a level is an assumption of ours (docs/brief.md), and only ever a suggestion.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Annotated, Literal

from gapcheck.core.answers import PersonId
from gapcheck.core.catalog import Id, SkillId
from gapcheck.core.shapes import AMOUNT, DAY, Number, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.catalog import Skill

DAYS_LATE = Number(-3650, 3650, whole=True, expected="whole days, below 0 for early")
AS_ASKED = "It is what was asked for, and can be used as it is."
"""What a delivery is held against where the catalog says nothing of good work."""

REASONED = 3
"""Reviews that say why something was not met, before they count as judging."""

ON_TIME = 2
"""Deliveries of one's own, met and on time, before they count as stepping in."""

Judged = Literal["met", "partly", "not-met"]


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """One criterion in the words it was judged by, since catalogs change; and whether the delivery met it."""

    criterion: str
    judged: Judged
    note: str = ""

    @property
    def reasoned(self) -> bool:
        """Whether it says why something is not as it should be."""
        return self.judged != "met" and bool(self.note.strip())


@dataclass(frozen=True, kw_only=True)
class Delivery(Record):
    """One delivery, judged: who judged it, who delivered it (a supplier, or by: a colleague alone), what it taught.

    `cost` is in the team's own currency; `days_late` is below 0 where it came early. No level of anybody's is in it.
    """

    skill: SkillId
    date: Annotated[dt.date, DAY]
    judge: PersonId
    supplier: Id | None = None
    by: PersonId | None = None
    criteria: tuple[Finding, ...]
    learned: str = ""
    cost: Annotated[float, AMOUNT] | None = None
    days_late: Annotated[int, DAYS_LATE] | None = None

    @property
    def met(self) -> int:
        """How many criteria were met."""
        return sum(finding.judged == "met" for finding in self.criteria)

    @property
    def share_met(self) -> float:
        """Criteria met, in percent of all; partly met is not met."""
        return 100 * self.met / len(self.criteria) if self.criteria else 0.0


def criteria_of(skill: Skill) -> tuple[str, ...]:
    """What a delivery is held against: good work, else when the brief accepts it, else that it is as asked."""
    accept = (skill.brief.accept_when,) if skill.brief.accept_when.strip() else (AS_ASKED,)
    return tuple(point for point in skill.good_work if point.strip()) or accept


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The level that somebody's reviews are evidence for, and how many of them say so."""

    level: int
    reviews: int


def suggested(deliveries: Sequence[Delivery], person: str) -> Suggestion | None:
    """The highest level that the deliveries of one skill are evidence for; None where they are evidence of nothing.

    2 (judge): three reviews by the person, of others' work, with a criterion partly or not met and a note why. 3: one
    delivery by the person alone that somebody else judged to meet every criterion. 4: two such that were on time.
    """
    reviewed = [d for d in deliveries if d.judge == person != d.by and any(f.reasoned for f in d.criteria)]
    own = [d for d in deliveries if d.by == person != d.judge and d.criteria and d.met == len(d.criteria)]
    on_time = [d for d in own if d.days_late is not None and d.days_late <= 0]
    if len(on_time) >= ON_TIME:
        return Suggestion(4, len(on_time))
    if own:
        return Suggestion(3, len(own))
    return Suggestion(2, len(reviewed)) if len(reviewed) >= REASONED else None


def trend(deliveries: Sequence[Delivery]) -> float | None:
    """Points of percent by which the share met of the later half, on average, lies above that of the earlier half.

    The one in the middle belongs to neither. None for fewer than three, which are no trend. The earliest comes first.
    """
    half = len(deliveries) // 2
    if len(deliveries) < 3:
        return None
    earlier, later = deliveries[:half], deliveries[-half:]
    return fmean(each.share_met for each in later) - fmean(each.share_met for each in earlier)
