"""What a sitting asks, in order, read off the sheet: going on later asks exactly the next question."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from gapcheck.core.cover import CARRIES
from gapcheck.core.interview.settling import checks_answered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog

Kind = Literal["check", "reason", "level", "delivery", "terms", "interest", "summary"]

OPENING = 10
"""Checks asked before any rating, where so many were agreed to."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its kind, the skill or stage it is about, and the level that a check is tagged with."""

    kind: Kind
    of: str = ""
    level: str = ""


NEXT_CHECK = Item("check")
"""Stands in the agenda for the checks that are chosen one by one."""

SUMMARY = Item("summary")
INTEREST = Item("interest")

CHANGEABLE = frozenset({"level", "delivery", "terms", "interest"})
"""Kinds that one can go back to; a check's answer stands, since its solution was shown."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one sitting is about: skills in catalog order, those to rate again, and whether it is the whole role.

    In somebody else's rating (`of_oneself` is false) nothing but levels is asked.
    """

    skills: tuple[str, ...]
    again: frozenset[str] = frozenset()
    whole: bool = True
    of_oneself: bool = True


def agenda(catalog: Catalog, sheet: Sheet, scope: Scope) -> tuple[Item, ...]:
    """Opening checks, ratings stage by stage, the checks chosen one by one, and what one would like to learn."""
    if not scope.of_oneself:
        return tuple(Item("level", skill) for skill in scope.skills)
    opens = not is_begun(sheet, scope) and are_checks_open(sheet)
    return (
        *(opening_checks(catalog, sheet, scope.skills) if opens else ()),
        *_ratings(catalog, sheet, scope),
        *((NEXT_CHECK,) if sheet.check_budget else ()),
        *((INTEREST,) if scope.whole else ()),
    )


def _ratings(catalog: Catalog, sheet: Sheet, scope: Scope) -> Iterator[Item]:
    for key, stage in catalog.stages.items():
        asked = [skill for skill in scope.skills if skill in stage.skills]
        for skill in asked:
            yield Item("level", skill)
            if _claims_to_carry(sheet, skill):
                yield Item("delivery", skill)
        if asked and sheet.check_budget and stage.terms.real:
            yield Item("terms", key)


def _claims_to_carry(sheet: Sheet, skill: str) -> bool:
    rating = sheet.levels.get(skill)
    return isinstance(rating, int) and rating >= CARRIES


def is_begun(sheet: Sheet, scope: Scope) -> bool:
    """Whether a skill was rated, now or months ago: a check no longer comes before any rating then."""
    return any(skill in sheet.levels for skill in scope.skills)


def are_checks_open(sheet: Sheet) -> bool:
    """Whether fewer checks are answered than were agreed to."""
    return checks_answered(sheet) < (sheet.check_budget or 0)


def is_answered(item: Item, sheet: Sheet, scope: Scope) -> bool:
    """Whether the sheet holds an answer to a question; a rating to be given again counts once it is of this sitting."""
    match item.kind:
        case "level":
            return item.of in sheet.levels and not (item.of in scope.again and item.of in sheet.dates)
        case "check":
            return item.level in sheet.checks.get(item.of, {})
        case "delivery":
            return item.of in sheet.evidence
        case "terms":
            return item.of in sheet.terms
        case "interest":
            return sheet.interest is not None
    return False


def opening_checks(catalog: Catalog, sheet: Sheet, skills: tuple[str, ...]) -> tuple[Item, ...]:
    """Ten checks (or as many as were agreed to) across the stages, drawn by a hash of person and date.

    At most one a skill; stages take turns. The same person gets the same ones on the same day, others get others.
    """
    checked = [skill for skill in skills if catalog.skills[skill].checks]
    waiting = [
        [item for _, item in sorted(_drawn(catalog, sheet, skill) for skill in checked if skill in stage.skills)]
        for stage in catalog.stages.values()
    ]
    most = max(map(len, waiting), default=0)
    in_turn = (items[turn] for turn in range(most) for items in waiting if turn < len(items))
    return tuple(islice(in_turn, min(OPENING, sheet.check_budget or 0)))


def _drawn(catalog: Catalog, sheet: Sheet, skill: str) -> tuple[str, Item]:
    """A skill's place in the draw, and which of its checks comes."""
    draw = hashlib.sha256(f"{sheet.person} {sheet.date.isoformat()} {skill}".encode()).hexdigest()
    levels = sorted(catalog.skills[skill].checks)
    return draw, Item("check", skill, levels[int(draw, 16) % len(levels)])
