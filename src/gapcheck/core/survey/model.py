"""The map of a survey: which column says who, when and what, and which level each worded answer means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, PersonId, Rating
from gapcheck.core.catalog import Id, Name, SkillId
from gapcheck.core.shapes import DAY, Number, OneOf, Record

ROW = "row"
"""What `person` says where rows have no name: they are numbered."""

UNSURE = "# unsure:"
"""The mark of what has to be settled in a proposed map; gapcheck does not import by a map that still has one."""

ANSWER = OneOf((0, 1, 2, 3, 4, 5, NOT_APPLICABLE, UNKNOWN), "a level from 0 to 5, n/a or unknown")
LINE = Number(1, 1000, whole=True, expected="a row of the table, from 1 to 1000")


@dataclass(frozen=True, kw_only=True)
class DateMap(Record):
    """The column that holds the day of the answers, its order, and the day of rows that have none."""

    column: Name | None = None
    order: Literal["year-first", "day-first", "month-first"] = "year-first"
    default: Annotated[dt.date, DAY] | None = None


@dataclass(frozen=True, kw_only=True)
class ColumnMap(Record):
    """A column, what its words stand for (themselves where not said), and what rows without one get."""

    column: Name | None = None
    values: dict[Name, Name] = field(default_factory=dict)
    default: Name | None = None


@dataclass(frozen=True, kw_only=True)
class LongMap(Record):
    """A table with one answer a row: the columns that name the skill, the answer and the interest."""

    skill: Name
    level: Name
    interest: Name | None = None


@dataclass(frozen=True, kw_only=True)
class Scale(Record):
    """The level that each worded answer means, and the columns it holds for: all that no other scale names if empty.

    In a long table `columns` lists what stands in the skill's column.
    """

    words: dict[Name, Annotated[Rating, ANSWER]]
    columns: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InterestMap(Record):
    """Columns that ask for interest in a skill, and the words for yes and no."""

    columns: dict[Name, SkillId] = field(default_factory=dict)
    yes: tuple[Name, ...] = ("yes", "y", "x", "true", "1", "interested")
    no: tuple[Name, ...] = ("no", "n", "false", "0", "not interested")


@dataclass(frozen=True, kw_only=True)
class SurveyMap(Record):
    """How one survey's export is to be read: columns to skills, words to levels, and who answered when."""

    delimiter: Literal["comma", "semicolon", "tab"] | None = None
    encoding: Literal["utf-8", "utf-16", "cp1252", "latin-1"] | None = None
    worksheet: Name | None = None
    header_row: Annotated[int, LINE] = 1
    person: Name
    people: dict[Name, PersonId] = field(default_factory=dict)
    repeated: Literal["refuse", "latest"] = "refuse"
    date: DateMap
    role: ColumnMap = field(default_factory=ColumnMap)
    group: ColumnMap = field(default_factory=ColumnMap)
    long: LongMap | None = None
    scales: dict[Id, Scale] = field(default_factory=dict)
    not_applicable: tuple[Name, ...] = (NOT_APPLICABLE, "not applicable", "does not apply")
    unknown: tuple[Name, ...] = (UNKNOWN, "don't know", "do not know")
    skills: dict[Name, SkillId]
    interest: InterestMap = field(default_factory=InterestMap)
    ignore: tuple[Name, ...] = ()

    @property
    def named_columns(self) -> dict[str, tuple[str, ...]]:
        """Every column that the table must have, with the key path that names it first."""
        ways: list[tuple[str | None, tuple[str, ...]]] = [
            (None if self.person == ROW else self.person, ("person",)),
            (self.date.column, ("date", "column")),
            (self.role.column, ("role", "column")),
            (self.group.column, ("group", "column")),
        ]
        if self.long:
            ways += [(getattr(self.long, part), ("long", part)) for part in ("skill", "level", "interest")]
        else:
            ways += [(column, ("skills", column)) for column in self.skills]
            ways += [(column, ("interest", "columns", column)) for column in self.interest.columns]
        found: dict[str, tuple[str, ...]] = {}
        for column, path in ways:
            if column is not None:
                found.setdefault(column, path)
        return found

    def scale_of(self, column: str) -> str | None:
        """The scale that holds for a column (in a long table: for what the survey calls a skill); None if none does."""
        named = (key for key, scale in self.scales.items() if column in scale.columns)
        rest = (key for key, scale in self.scales.items() if not scale.columns)
        return next(named, None) or next(rest, None)
