"""Which skills a sitting is about: the ten that matter most, or those whose answer no longer holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog, Role, Skill

Again = Literal["stale", "changed", "unsure", "all"]
AGAIN: tuple[Again, ...] = get_args(Again)

QUICK = 10


def quick(catalog: Catalog, role: Role) -> tuple[str, ...]:
    """The ten skills that matter most to a role, in catalog order: by importance times the stage's weight.

    Among equals the higher target counts, then the earlier place in the catalog.
    """
    asked = [skill for skill in catalog.skills if role.target_of(skill)]

    def weight(skill: str) -> float:
        return catalog.skills[skill].importance * role.weights.get(catalog.stage_of[skill], 1)

    first = sorted(asked, key=lambda skill: (-weight(skill), -role.target_of(skill)))[:QUICK]
    return tuple(skill for skill in asked if skill in first)


def due(catalog: Catalog, sheet: Sheet, skills: Iterable[str], which: Again, today: dt.date) -> frozenset[str]:
    """Skills whose rating is to be given again; those without one are open anyway.

    `stale`: older than the skill's half-life. `changed`: given before the skill was last reworded. `all`: given
    before `today`, which is the day such a sitting began. `unsure` is settled by checks and not by rating again, so
    none.
    """
    rated = [(skill, sheet.dates.get(skill, sheet.date)) for skill in skills if skill in sheet.levels]
    held = {"stale": _is_stale, "changed": _is_reworded, "all": _is_of_before}.get(which)
    return frozenset(skill for skill, day in rated if held is not None and held(catalog.skills[skill], day, today))


def _is_stale(skill: Skill, day: dt.date, today: dt.date) -> bool:
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    return months >= skill.half_life_months


def _is_reworded(skill: Skill, day: dt.date, _today: dt.date) -> bool:
    return skill.revised is not None and day < skill.revised


def _is_of_before(_skill: Skill, day: dt.date, today: dt.date) -> bool:
    return day < today


def carried(sheet: Sheet, today: dt.date) -> Sheet:
    """A sheet of today with every earlier answer carried over under its own date."""
    if sheet.date == today:
        return sheet
    dates = {skill: sheet.dates.get(skill, sheet.date) for skill in sheet.levels}
    return replace(sheet, date=today, dates=dates)
