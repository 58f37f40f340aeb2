"""What a rating and the checks make of a sheet: what was said first, and the levels that are settled otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core import calibration
from gapcheck.core.answers import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.core.calibration import Doubt, Estimate
    from gapcheck.core.catalog import Catalog


def estimate_of(catalog: Catalog, sheet: Sheet) -> Estimate:
    """What the ratings and checks of a sheet say about its levels, taken together."""
    return calibration.Estimate.of(calibration.evidence(catalog, sheet, catalog.skills))


def claims_of(sheet: Sheet) -> dict[str, int]:
    """The levels claimed as numbers; neither unknown nor not applicable is one."""
    return {skill: rating for skill, rating in sheet.levels.items() if isinstance(rating, int)}


def checks_answered(sheet: Sheet) -> int:
    """How many checks the sheet holds an answer to."""
    return sum(map(len, sheet.checks.values()))


def left_of(catalog: Catalog, sheet: Sheet, skills: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The checks not asked yet of the skills that apply, by the level they are tagged with."""
    return {
        skill: tuple(int(level) for level in sorted(catalog.skills[skill].checks) if level not in asked)
        for skill in skills
        if sheet.levels.get(skill) != NOT_APPLICABLE
        for asked in (sheet.checks.get(skill, {}),)
    }


def importance_of(catalog: Catalog, skills: Iterable[str]) -> dict[str, int]:
    """The importance (1-5) of each skill."""
    return {skill: catalog.skills[skill].importance for skill in skills}


def doubts_of(
    catalog: Catalog, sheet: Sheet, skills: Iterable[str], estimate: Estimate | None = None
) -> tuple[Doubt, ...]:
    """The few skills worth another look, each with the cheapest way to settle it."""
    among = tuple(skills)
    claims = {skill: level for skill, level in claims_of(sheet).items() if skill in among}
    return calibration.doubts(
        estimate or estimate_of(catalog, sheet), claims, left_of(catalog, sheet, among), importance_of(catalog, among)
    )


def rated(sheet: Sheet, skill: str, rating: Rating, *, again: bool = False) -> Sheet:
    """The sheet after a rating; one that is given again, after months or new words, has nothing said before it."""
    first = {key: said for key, said in sheet.first.items() if not (again and key == skill)}
    dates = {key: day for key, day in sheet.dates.items() if key != skill}
    return replace(sheet, levels={**sheet.levels, skill: rating}, first=first, dates=dates)


def told(sheet: Sheet, skill: str) -> Sheet:
    """The sheet when a check's solution is shown: what was said of the skill before is kept, the model reads that."""
    rating = sheet.levels.get(skill)
    if rating is None or rating == NOT_APPLICABLE or skill in sheet.first:
        return sheet
    return replace(sheet, first={**sheet.first, skill: rating})


def settle(catalog: Catalog, sheet: Sheet, estimate: Estimate | None = None) -> Sheet:
    """The sheet with the levels that its checks settle, and the model they were settled by.

    Without the least number of checks nothing is settled and every claim stands. An estimate may be handed in
    where it is at hand.
    """
    answered = checks_answered(sheet)
    if sheet.rater != "self" or answered < calibration.LEAST_CHECKS:
        return replace(sheet, settled={}, model=None)
    settled = calibration.settled(estimate or estimate_of(catalog, sheet), claims_of(sheet), answered)
    return replace(sheet, settled=settled, model=calibration.MODEL)
