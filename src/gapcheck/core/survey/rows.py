"""What every row of a survey is asked, whether it is a person or an answer: who, when, role, group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.shapes import NAME, PERSON
from gapcheck.core.survey.found import OPEN, Respondent
from gapcheck.core.survey.model import ROW
from gapcheck.core.survey.wording import plain_levels, scales_of, wishes
from gapcheck.core.survey.words import day_of, fold, is_lacking, is_number, meaning, person_id, second_of
from gapcheck.problems import SHOWN, InputError, Problem, Span, did_you_mean, key_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.found import Table
    from gapcheck.core.survey.model import ColumnMap, SurveyMap
    from gapcheck.core.survey.wording import Words

MOST_FAULTS = 100_000
"""Faults after which a table is read no further."""


class Rows:
    """What wide and long tables share: who, when, role, group, and the faults met so far."""

    def __init__(self, table: Table, survey: SurveyMap, catalog: Catalog, today: dt.date) -> None:
        self.table, self.survey, self.catalog, self.today = table, survey, catalog, today
        self.place = {name: n for n, name in enumerate(table.header)}
        self.skill = {key: n for n, key in enumerate(catalog.skills)}
        self.blank = bytes([OPEN]) * len(self.skill)
        self.faults: list[Problem] = []
        self.said: dict[str, Respondent] = {}
        self.raw: dict[str, tuple[str, int]] = {}
        self.roles = {fold(name): key for key, role in catalog.roles.items() for name in (key, role.name)}
        self.scales, self.plain, self.wanted = scales_of(survey), plain_levels(survey), wishes(survey.interest)

    def words_for(self, column: str) -> Words:
        """The words that hold for a column, or for a skill of a long table."""
        key = self.survey.scale_of(column)
        return self.scales[key] if key else self.plain

    def index(self, skill: str) -> int:
        """The place of a skill in the catalog, by its present id or a former one."""
        return self.skill[self.catalog.renamed.get(skill, skill)]

    def fault(self, row: int, column: str, message: str) -> None:
        """Note what is wrong with a cell; too many faults end the reading."""
        place = Span(row, self.place.get(column, len(self.place)) + 1)
        self.faults.append(Problem(self.table.file, place, key_path([column] if column else []), message, "survey"))
        if len(self.faults) >= MOST_FAULTS:
            raise InputError(self.faults)

    def cell(self, cells: Sequence[str], column: str | None) -> str:
        """The text of a cell; empty where the column is not asked for or the row ends before it."""
        n = self.place.get(column, len(cells)) if column is not None else len(cells)
        return cells[n].strip() if n < len(cells) else ""

    def stray(self, row: int, cells: Sequence[str]) -> bool:
        """Whether a row has more cells than there are columns: mostly a delimiter that was not quoted."""
        more = len(cells) > len(self.table.header) and any(map(str.strip, cells[len(self.table.header) :]))
        if more:
            self.fault(row, "", f"has {len(cells)} cells where the row of names has {len(self.table.header)}")
        return more

    def unknown_word(self, row: int, column: str, words: Words, cell: str) -> None:
        """Note an answer that the scale does not have."""
        said = meaning(cell)
        near = "" if is_number(said) or len(self.faults) >= SHOWN else did_you_mean(said, words.folded)
        self.fault(row, column, f'"{short(cell)}" is no {words.expected}{near}')

    def person(self, row: int, cells: Sequence[str]) -> str | None:
        """The id of whoever answered; None where the row names nobody, or nobody an id can be made for."""
        column = self.survey.person
        if column == ROW:
            return f"row {row}"  # numbered at the end, when it is known how many there are
        raw = self.cell(cells, column)
        person = self.survey.people.get(raw) or ("" if is_lacking(raw) else person_id(raw))
        if not PERSON.allows(person):
            told = "names nobody" if not raw else "no id can be made of it; add one to the map under  people:"
            self.fault(row, column, told)
            return None
        other, first = self.raw.setdefault(person, (raw, row))
        if other != raw and fold(other) != fold(raw):
            message = f"makes the id {person}, as row {first} does; give one of them another in the map under  people:"
            self.fault(row, column, message)
            return None
        return person

    def day(self, row: int, cells: Sequence[str]) -> dt.date | None:
        """The day of a row; None where it has none, one that cannot be read, or one to come."""
        of = self.survey.date
        text = self.cell(cells, of.column)
        if not text:
            if of.default is None:
                self.fault(row, of.column or "", "has no date; say in the map  date: default:")
            return of.default
        found = day_of(text, of.order)
        if not isinstance(found, str) and found > self.today:
            turned = "" if of.order == "year-first" else ", or  date: order:  in the map"
            found = f"{found} is a day to come; correct it{turned}"
        if isinstance(found, str):
            self.fault(row, of.column or "", found)
            return None
        return found

    def second(self, cells: Sequence[str]) -> int:
        """The second of the day at which a row was sent; 0 where it does not say."""
        return second_of(self.cell(cells, self.survey.date.column))

    def value(self, cells: Sequence[str], of: ColumnMap) -> str | None:
        """What a role's or group's column says, in the map's words."""
        text = " ".join(self.cell(cells, of.column).split())
        return of.values.get(text, text) if text else of.default

    def belong(self, row: int, cells: Sequence[str], found: Respondent) -> None:
        """Give somebody the role and group of a row."""
        role, group = self.value(cells, self.survey.role), self.value(cells, self.survey.group)
        found.role, found.group = self.roles.get(fold(role)) if role else None, group
        if role is not None and found.role is None:
            near = did_you_mean(role, self.catalog.roles) if len(self.faults) < SHOWN else ""
            self.fault(row, self.survey.role.column or "", f'"{short(role)}" is no role{near}')
        if group is not None and is_lacking(group):
            self.fault(row, self.survey.group.column or "", f'"{short(group)}" is a value that the table lacks')
        elif group is not None and not NAME.allows(group):
            self.fault(row, self.survey.group.column or "", f"must be {NAME.expected}")

    def interested(self, row: int, column: str, cell: str) -> bool | None:
        """Whether a cell says yes; None where it is blank or no such word."""
        byte = self.wanted.byte(cell)
        if byte is None:
            self.unknown_word(row, column, self.wanted, cell)
        return None if byte in (None, OPEN) else bool(byte)

    def take(self, row: int, cells: Sequence[str]) -> bool:
        """Read one row; False where it has no answer."""
        raise NotImplementedError

    def people(self) -> tuple[Respondent, ...]:
        """Everyone who said anything; rows without a name are numbered, r001 on."""
        if self.survey.person == ROW:
            width = max(3, len(str(self.last)))
            for person in self.said.values():
                person.person = f"r{int(person.person.removeprefix('row ')) - self.survey.header_row:0{width}}"
        return tuple(self.said.values())

    last = 0
    """The highest number of a row without a name."""


def short(text: str) -> str:
    """A text on one line, cut where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."
