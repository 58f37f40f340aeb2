"""What each column of a table that nobody has mapped yet is taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core.survey.columns import (
    INTEREST,
    PART,
    Column,
    find_own_words,
    is_dated,
    is_kept_along,
    is_serial,
    profiles,
)
from gapcheck.core.survey.matches import Match, is_skill, matched
from gapcheck.core.survey.model import SurveyMap
from gapcheck.core.survey.scales import Recognised, on, recognise
from gapcheck.core.survey.words import as_words, is_mail, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.found import Table

MOST_WORDS = 40
"""Different values from which a column is no longer taken for answers on a scale."""

MOST_OWN = 12
"""Different values from which words of no known scale are no longer taken for one."""

OWN = "own"
"""The name of a scale whose words are not known."""

_HINTS = {
    "person": {"email", "mail", "address", "name", "username", "respondent", "participant", "person", "employee", "id"},
    "date": {"timestamp", "date", "submitted", "completion", "completed", "time", "datestamp", "submitdate", "day"},
    "role": {"role", "job", "title", "position"},
    "group": {"group", "team", "department", "unit", "function", "region"},
}
_CLEAR_WORDS = {meaning(word) for word in (*SurveyMap.not_applicable, *SurveyMap.unknown)}


@dataclass(slots=True)
class Guess:
    """What has been worked out: the use of each column, and the skills that columns may mean."""

    catalog: Catalog
    columns: list[Column]
    matches: list[Match] = field(default_factory=list)
    interest: list[Match] = field(default_factory=list)
    long: Column | None = None

    def used(self, use: str) -> Column | None:
        """The first column with this use."""
        return next((column for column in self.columns if column.use == use), None)

    def rated(self) -> list[Column]:
        """The columns that hold answers."""
        return [column for column in self.columns if column.use == "level"]


def guessed(table: Table, catalog: Catalog) -> Guess:
    """Say of each column what it is taken for, by the table's first rows."""
    guess = Guess(catalog, profiles(table))
    for column in guess.columns:
        said = _said(column)
        if said and len(said) <= MOST_WORDS and _may_be_answers(column):
            column.scale = recognise(said)
    _pool(guess.columns)
    _agree(guess.columns)
    guess.long = _names_skills(guess)
    if guess.long:
        guess.long.use = "long"
    for use in ("date", "person", "group", "role"):
        points = {n: _points(column, use, guess) for n, column in enumerate(guess.columns)}
        best = max(points, key=lambda n: points[n], default=None)
        if best is not None and points[best] > 0:
            guess.columns[best].use = use
    find_own_words(guess.columns)
    for column in guess.columns:
        if not column.use:
            column.use = _rated(column, guess)
    if guess.long:
        names = {name: (as_words(name),) for name in guess.long.values}
        guess.matches = matched(names, guess.catalog)
    else:
        guess.matches = matched({column.name: column.words for column in guess.rated()}, guess.catalog)
        wishes = [column for column in guess.columns if column.use == "interest"]
        guess.interest = matched({column.name: column.words for column in wishes}, guess.catalog)
    return guess


def _pool(columns: Iterable[Column]) -> None:
    """Put the columns of a grid on the scale of all its words: a column with few answers shows few of them."""
    grids: dict[str, list[Column]] = {}
    for column in columns:
        part = PART.search(column.name)
        if part and _may_be_answers(column):
            grids.setdefault(column.name[: part.start()].strip(), []).append(column)
    for grid in grids.values():
        words = {word for column in grid for word in _said(column)}
        scale = recognise(words) if 0 < len(words) <= MOST_WORDS else None
        if scale is None:
            continue
        for column in grid:
            pooled, own = on(scale.name, _said(column)), column.scale
            fits_better = own and len(own.levels) > 1 and len(own.strange) < len(pooled.strange)  # one word fits many
            if column.values and not fits_better:
                column.scale = pooled


def _agree(columns: Iterable[Column]) -> None:
    """Put each column on the scale that fits most columns, of those that fit it: 1 to 5, where others have a 0 too."""
    scaled = [column for column in columns if column.scale]
    names = dict.fromkeys(column.scale.name for column in scaled if column.scale)
    fits = {name: [column for column in scaled if not on(name, _said(column)).strange] for name in names}
    for column in scaled:
        own = column.scale.name if column.scale else ""
        fitting = [name for name in names if column in fits[name]]
        best = max(fitting, key=lambda name: (len(fits[name]), name == own), default=own)
        column.scale = on(best, _said(column))


def _said(column: Column) -> list[str]:
    """A column's words but for those that hold in every scale."""
    return [word for word in column.values if meaning(word) not in _CLEAR_WORDS]


def _may_be_answers(column: Column) -> bool:
    return not (is_serial(column) or is_kept_along(column) or is_dated(column))


def _rated(column: Column, guess: Guess) -> str:
    """Whether a column holds answers on a scale, wishes, or neither."""
    if INTEREST & set(as_words(column.name)):
        return "interest"
    few = 0 < len(column.values) <= MOST_OWN and _may_be_answers(column)
    asks = PART.search(column.name) or _is_answer(column, guess) or matched({"": column.words}, guess.catalog)
    if column.scale is None and few and asks:
        column.scale = Recognised(OWN, {}, tuple(sorted(_said(column))))
    return "level" if column.scale else ""


def _is_answer(column: Column, guess: Guess) -> bool:
    """Whether it is the answers' column of a table with one answer a row."""
    return guess.long is not None and bool({"level", "rating", "answer", "score"} & set(as_words(column.name)))


def _points(column: Column, use: str, guess: Guess) -> float:
    """How much speaks for a column to be the person, date, role or group; at most 0 is nothing."""
    if column.use or (column.scale and use != "date") or not column.filled or is_serial(column):
        return 0
    hinted = len(_HINTS[use] & set(as_words(column.name))) / 10
    if use == "date":  # answers that were not sent off have no day of sending
        return hinted + column.filled / max(each.filled for each in guess.columns) if is_dated(column) else 0
    if is_kept_along(column):
        return 0
    if PART.search(column.name) or is_skill(column.name, guess.catalog):
        hinted = 0
    values = list(column.values)[:200]
    if use == "person":
        alone = guess.long is not None or len(column.values) >= 0.9 * column.filled
        mails = sum(map(is_mail, values)) >= 0.9 * len(values)
        return hinted + mails if (hinted or mails) and (alone or mails) else 0
    return hinted


def _names_skills(guess: Guess) -> Column | None:
    """The column whose values are skills, as in a table with one answer a row."""
    for column in guess.columns:
        few = 2 <= len(column.values) <= max(4, 2 * len(guess.catalog.skills))
        if column.use or column.scale or not few or column.filled <= len(column.values):
            continue
        found = matched({name: (as_words(name),) for name in column.values}, guess.catalog)
        if 2 * len(found) > len(column.values):
            return column
    return None
