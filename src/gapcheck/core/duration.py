"""How long a sitting takes an ordinary reader."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.catalog import Catalog, Check, Role, Skill

WORDS_A_MINUTE = 230
"""Silent reading of English prose by adults: 238 words a minute (Brysbaert 2019), rounded down."""

SECONDS_A_CHOICE = 3


def rating_minutes(skills: Iterable[Skill]) -> float:
    """Minutes to read name, description and the lines that are shown of each skill, and to choose twice.

    Lines 2 and 4 come first, then what stands next to the one chosen: the longest of 1, 3 and 5 is counted.
    """
    return sum(_rating(skill) for skill in skills)


def check_minutes(skills: Iterable[Skill], number: int) -> float:
    """Minutes for a number of knowledge checks of average length drawn from these skills."""
    each = [_check(asked) for skill in skills for asked in skill.checks.values()]
    return number * fmean(each) if each else 0.0


def asked_of(catalog: Catalog, role: Role) -> list[Skill]:
    """The skills that a role is asked about."""
    return [skill for key, skill in catalog.skills.items() if role.target_of(key)]


def _rating(skill: Skill) -> float:
    beside = max((skill.anchor(n) for n in (1, 3, 5)), key=lambda line: len(line.split()))
    return _minutes(skill.name, skill.what, skill.anchor(2), skill.anchor(4), beside) + SECONDS_A_CHOICE / 60


def _check(asked: Check) -> float:
    cells = (cell for row in asked.table for cell in row)
    return _minutes(asked.question, *cells, *asked.options.values(), asked.why)


def _minutes(*texts: str) -> float:
    return sum(len(text.split()) for text in texts) / WORDS_A_MINUTE + SECONDS_A_CHOICE / 60
