"""One person's ratings by several raters, side by side: differences are shown, never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from gapcheck.core.agreement import alpha, icc, interval
from gapcheck.core.answers import UNKNOWN, Rater, level_of
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.agreement import Ratings, Statistic
    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.core.catalog import Catalog

FAR_APART = 2
"""Levels between the lowest and the highest rating from which a skill is shown first."""

COMBINABLE = 0.667
"""The lowest alpha from which even tentative conclusions may be drawn (Krippendorff 2004, page 241)."""

SEED = 1
"""Any seed will do; a fixed one prints the same report twice."""

NOT_SEEN = "not seen"


def side_by_side(catalog: Catalog, sheets: Sequence[Sheet], skills: Sequence[str]) -> tuple[Block, ...]:
    """What self, peers and manager say of one person at one moment, and how far three or more of them agree.

    `skills` are the ids to compare; those that nobody rated, or the catalog does not know, are left out.
    Empty where there is nothing to compare: fewer than two sheets, or no skill left.
    """
    raters = sorted(sheets, key=lambda sheet: (get_args(Rater).index(sheet.rater), sheet.by or ""))
    asked = frozenset(skills)
    rated = [key for key in catalog.skills if key in asked and any(_observed(s, key) is not None for s in raters)]
    if len(raters) < 2 or not rated:
        return ()
    rated.sort(key=lambda key: not _far_apart(raters, key))
    return (*_compared(catalog, raters, rated), *_agreement(raters, rated))


def _observed(sheet: Sheet, skill: str) -> Rating | None:
    """What a rater said; None while it is open, or where another person has not seen it: that is never 0."""
    rating = sheet.rating(skill)
    return None if rating == UNKNOWN and sheet.rater != "self" else rating


def _level(sheet: Sheet, skill: str) -> int | None:
    rating = _observed(sheet, skill)
    return None if rating is None else level_of(rating)


def _far_apart(raters: Sequence[Sheet], skill: str) -> bool:
    levels = [level for sheet in raters if (level := _level(sheet, skill)) is not None]
    return bool(levels) and max(levels) - min(levels) >= FAR_APART


def _compared(catalog: Catalog, raters: Sequence[Sheet], skills: Sequence[str]) -> Iterator[Block]:
    yield Heading(2, "Side by side", "as each rater said it; nothing is averaged")
    yield Text(_first(sum(_far_apart(raters, skill) for skill in skills)))
    own = next((sheet for sheet in raters if sheet.rater == "self"), None)
    columns = ("Skill", *map(_label, raters), *(("Others from self",) if own else ()))
    rows = tuple(_row(catalog.skills[key].name, key, raters, own) for key in skills)
    yield Table(columns, rows)
    if any(NOT_SEEN in row for row in rows):
        yield Note(f'"{NOT_SEEN.capitalize()}" is no level: that rater has not seen the skill at work.')


def _first(far: int) -> str:
    told = "Raters see different parts of the work, so a difference is worth a talk"
    if not far:
        return f"{told}."
    come = "comes" if far == 1 else "come"
    return f"{told}. {words.counted(far, 'skill')} with {FAR_APART} levels or more between raters {come} first."


def _label(sheet: Sheet) -> str:
    """`self`, `peer ben`."""
    return f"{sheet.rater} {sheet.by}" if sheet.by and sheet.rater != "self" else sheet.rater


def _row(name: str, skill: str, raters: Sequence[Sheet], own: Sheet | None) -> tuple[str, ...]:
    cells = (name, *(_cell(sheet, skill) for sheet in raters))
    return (*cells, _differences(raters, own, skill)) if own else cells


def _cell(sheet: Sheet, skill: str) -> str:
    rating = sheet.rating(skill)
    if rating == UNKNOWN:
        return "unknown, counts as 0" if sheet.rater == "self" else NOT_SEEN
    return words.rated(rating)


def _differences(raters: Sequence[Sheet], own: Sheet, skill: str) -> str:
    """`ben +1, cleo -2`; empty where nothing can be compared."""
    claim = _level(own, skill)
    others = ((sheet.by or sheet.rater, _level(sheet, skill)) for sheet in raters if sheet is not own)
    if claim is None:
        return ""
    return ", ".join(f"{who} {_signed(level - claim)}" for who, level in others if level is not None)


def _signed(difference: int) -> str:
    return f"{difference:+d}" if difference else "the same"


def _agreement(raters: Sequence[Sheet], skills: Sequence[str]) -> Iterator[Block]:
    """Two measures of agreement, from three raters on: of two, the differences say it all."""
    if len(raters) < 3:
        return
    ratings = [[_level(sheet, skill) for skill in skills] for sheet in raters]
    yield Heading(3, "How far the raters agree", "1 is full agreement, 0 none beyond chance")
    yield Table((), (("Krippendorff's alpha", _figure(alpha, ratings)), ("ICC(A,1)", _figure(icc, ratings))))
    yield Text("Low figures are normal: each rater sees another part of the work.")
    found = alpha(ratings)
    if found is not None and found < COMBINABLE:
        yield Text(f"Alpha is below {COMBINABLE}: no combined figure should be used. Read the raters one by one.")


def _figure(statistic: Statistic, ratings: Ratings) -> str:
    """`0.31 (80% interval 0.12 to 0.47)`."""
    value = statistic(ratings)
    if value is None:
        return "cannot be told: too few skills rated in common, or all rated alike"
    bounds = interval(statistic, ratings, seed=SEED)
    if bounds is None:
        return f"{value:z.2f} (too few skills for an interval)"
    low, high = bounds
    return f"{value:z.2f} (80% interval {low:z.2f} to {high:z.2f})"
