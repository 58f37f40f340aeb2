"""What a survey's table holds before and after it is read: rows of text, and people with a byte an answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, CatalogRef, Rating, Sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from gapcheck.core.catalog import Catalog

RATINGS: tuple[Rating, ...] = (0, 1, 2, 3, 4, 5, NOT_APPLICABLE, UNKNOWN)
"""What each byte of an answer means."""

OPEN = len(RATINGS)
"""What stands for no answer."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: the columns' names, and its rows, each with the number a spreadsheet shows.

    The rows can be gone through once.
    """

    file: str
    header: tuple[str, ...]
    rows: Iterable[tuple[int, Sequence[str]]]


@dataclass(slots=True)
class Respondent:
    """What one person said: a byte a skill in catalog order (an index of RATINGS, or OPEN), and when.

    `second` is that of the day, and tells two sittings of one day apart.
    """

    person: str
    date: dt.date
    row: int
    role: str | None
    group: str | None
    levels: bytearray
    aged: dict[int, dt.date] = field(default_factory=dict)
    interest: bytearray | None = None
    second: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says: people in the order they come, rows, those without any answer, columns nobody asked for."""

    people: tuple[Respondent, ...]
    rows: int
    empty: int
    unused: tuple[str, ...]

    def counts(self) -> Counter[Rating]:
        """How often each answer was given."""
        seen: Counter[int] = Counter()
        for person in self.people:
            seen.update(person.levels)
        return Counter({rating: seen[byte] for byte, rating in enumerate(RATINGS) if seen[byte]})


def sheet_of(found: Respondent, catalog: Catalog) -> Sheet:
    """One person's sheet: levels, dates where an answer is older than the sheet, interest where it was mapped."""
    skills = tuple(catalog.skills)
    contents = catalog.contents
    levels = {skill: RATINGS[byte] for skill, byte in zip(skills, found.levels, strict=True) if byte != OPEN}
    interest = None
    if found.interest is not None:
        interest = tuple(skill for skill, wanted in zip(skills, found.interest, strict=True) if wanted)
    return Sheet(
        person=found.person,
        role=found.role,
        group=found.group,
        date=found.date,
        catalog=CatalogRef(name=contents.name, version=contents.version, digest=catalog.digest),
        levels=levels,
        dates={skills[n]: day for n, day in sorted(found.aged.items())},
        interest=interest,
    )
