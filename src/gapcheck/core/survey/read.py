"""A survey's rows to people's answers: one pass, a byte an answer, every fault with its row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.survey.found import OPEN, Found, Respondent
from gapcheck.core.survey.rows import Rows, short
from gapcheck.problems import SHOWN, InputError, did_you_mean

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.found import Table
    from gapcheck.core.survey.model import SurveyMap


def read(table: Table, survey: SurveyMap, catalog: Catalog, today: dt.date) -> Found:
    """Everyone's answers. The map fits the catalog and the table has its columns (files.tables sees to both).

    Raises InputError with every fault of every row, placed by row and column; a day after `today` is one.
    """
    reader = _Long(table, survey, catalog, today) if survey.long else _Wide(table, survey, catalog, today)
    rows = empty = 0
    for row, cells in table.rows:
        rows += 1
        empty += not reader.take(row, cells)
    people = reader.people()
    if reader.faults:
        raise InputError(reader.faults)
    used = {*survey.named_columns, *survey.ignore}
    return Found(people, rows, empty, tuple(name for name in table.header if name not in used))


class _Wide(Rows):
    """One row a person, one column a skill."""

    def __init__(self, table: Table, survey: SurveyMap, catalog: Catalog, today: dt.date) -> None:
        super().__init__(table, survey, catalog, today)
        self.width = len(table.header)
        self.levels = [
            (self.place[name], name, self.index(skill), self.words_for(name)) for name, skill in survey.skills.items()
        ]
        self.interest = [(self.place[name], name, self.index(skill)) for name, skill in survey.interest.columns.items()]

    def take(self, row: int, cells: Sequence[str]) -> bool:
        """Read one person; a row of blanks only is nobody."""
        self.last = row - self.survey.header_row
        if self.stray(row, cells):
            return True
        if len(cells) < self.width:
            cells = [*cells, *[""] * (self.width - len(cells))]
        levels, before = bytearray(self.blank), len(self.faults)
        for n, column, skill, words in self.levels:
            byte = words.known.get(cells[n])  # as it was written before; a call a cell would double the time
            if byte is None:
                byte = words.byte(cells[n])
            if byte is None:
                self.unknown_word(row, column, words, cells[n])
            else:
                levels[skill] = byte
        interest = self._interest(row, cells)
        if levels == self.blank and not interest and len(self.faults) == before:
            return False
        person, day = self.person(row, cells), self.day(row, cells)
        if person is not None and day is not None:
            found = Respondent(person, day, row, None, None, levels, interest=interest, second=self.second(cells))
            self._keep(row, cells, found)
        return True

    def _interest(self, row: int, cells: Sequence[str]) -> bytearray | None:
        wanted, told = bytearray(len(self.blank)), False
        for n, column, skill in self.interest:
            answer = self.interested(row, column, cells[n])
            told |= answer is not None
            wanted[skill] = bool(answer)
        return wanted if told else None

    def _keep(self, row: int, cells: Sequence[str], found: Respondent) -> None:
        """The row as the person's answers: the only ones, or the later ones where the map allows for several."""
        known = self.said.get(found.person)
        if known is not None and self.survey.repeated == "refuse":
            again = f"the same person as in row {known.row}; keep one, or say in the map  repeated: latest"
            self.fault(row, self.survey.person, again)
        if known is None or (found.date, found.second) >= (known.date, known.second):
            self.belong(row, cells, found)
            self.said[found.person] = found


class _Long(Rows):
    """One row an answer."""

    def __init__(self, table: Table, survey: SurveyMap, catalog: Catalog, today: dt.date) -> None:
        super().__init__(table, survey, catalog, today)
        self.known = {name: self.index(skill) for name, skill in survey.skills.items()}
        self.words = {name: self.words_for(name) for name in survey.skills}
        self.ignored = frozenset(survey.ignore)
        self.told: dict[str, dict[int, tuple[dt.date, int, int]]] = {}

    def take(self, row: int, cells: Sequence[str]) -> bool:
        """Read one answer; a blank one is none."""
        if self.survey.long is None or self.stray(row, cells):
            return True
        of = self.survey.long
        name = " ".join(self.cell(cells, of.skill).split())
        answer, wish = self.cell(cells, of.level), self.cell(cells, of.interest)
        if name in self.ignored or not (answer or wish):
            return False
        if name not in self.known:
            near = did_you_mean(name, self.known) if len(self.faults) < SHOWN else ""
            self.fault(row, of.skill, f'"{short(name)}" is not among the skills of the map{near}')
            return True
        byte = self.words[name].byte(answer)
        if byte is None:
            self.unknown_word(row, of.level, self.words[name], answer)
        interest = self.interested(row, of.interest or "", wish)
        person, day = self.person(row, cells), self.day(row, cells)
        if byte is not None and person is not None and day is not None:
            sent = Respondent(person, day, row, None, None, bytearray(self.blank), second=self.second(cells))
            whose = self._whose(cells, sent)
            self._wish(whose, self.known[name], interest)
            if byte != OPEN:
                self._keep(whose, sent, self.known[name], byte)
        return True

    def _wish(self, person: Respondent, skill: int, interest: bool | None) -> None:
        if interest is not None:
            person.interest = person.interest or bytearray(len(self.blank))
            person.interest[skill] = interest

    def _whose(self, cells: Sequence[str], sent: Respondent) -> Respondent:
        """The person who sent a row, with the role and group of their latest one."""
        known = self.said.get(sent.person)
        if known is None:
            known = self.said[sent.person] = sent
            self.told[sent.person] = {}
            self.belong(sent.row, cells, known)
        elif (sent.date, sent.second) > (known.date, known.second):
            known.date, known.second = sent.date, sent.second
            self.belong(sent.row, cells, known)
        return known

    def _keep(self, person: Respondent, sent: Respondent, skill: int, byte: int) -> None:
        told = self.told[person.person]
        known = told.get(skill)
        if known is not None and self.survey.repeated == "refuse":
            again = f"the same skill and person as in row {known[2]}; keep one, or say in the map  repeated: latest"
            self.fault(sent.row, self.survey.person, again)
        if known is None or (sent.date, sent.second) >= known[:2]:
            told[skill] = (sent.date, sent.second, sent.row)
            person.levels[skill] = byte

    def people(self) -> tuple[Respondent, ...]:
        """Everyone, with the day of each answer that is older than the sheet."""
        for person, told in self.told.items():
            latest = self.said[person].date
            self.said[person].aged.update({skill: day for skill, (day, _, _) in told.items() if day != latest})
        return super().people()
