"""What a sheet says of each skill: the first claim, and which checks were right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Shown:
    """One skill's answers: the first claim (0-5; None where there is none), and each check's level (2-4) and outcome.

    The first claim counts, since one that was changed after a check would count that check twice.
    """

    rating: int | None
    checks: tuple[tuple[int, bool], ...] = ()


def right_of(catalog: Catalog, sheet: Sheet, skill: str) -> tuple[tuple[int, bool], ...]:
    """The level of each answered check of a skill and whether it was right, from the lowest level up.

    "I do not know" is not right. A check that the catalog no longer has cannot be marked and is left out.
    Raises KeyError for a skill that the catalog does not have.
    """
    checks = catalog.skills[skill].checks
    answered = sheet.checks.get(skill, {})
    return tuple((int(tag), answered[tag] == checks[tag].answer) for tag in sorted(answered) if tag in checks)


def evidence(catalog: Catalog, sheet: Sheet, skills: Iterable[str]) -> dict[str, Shown]:
    """What the sheet shows of each of the skills; those not applicable are left out.

    A skill rated unknown, or not rated yet, has no rating, but its checks count.
    """
    applicable = [skill for skill in skills if sheet.levels.get(skill) != NOT_APPLICABLE]
    return {skill: Shown(_claimed(sheet, skill), right_of(catalog, sheet, skill)) for skill in applicable}


def _claimed(sheet: Sheet, skill: str) -> int | None:
    rating = sheet.first.get(skill, sheet.levels.get(skill))
    return rating if isinstance(rating, int) else None
