"""A survey's rows to people's answers: one pass, a byte an answer, every fault with its row and column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, CatalogRef, Rating, Sheet
from gapcheck.core.shapes import NAME, PERSON
from gapcheck.core.survey.model import ROW
from gapcheck.core.survey.words import day_of, fold, person_id
from gapcheck.problems import SHOWN, InputError, Problem, Span, did_you_mean, key_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.model import ColumnMap, InterestMap, SurveyMap

MOST_FAULTS = 100_000
"""Faults after which a table is read no further."""

RATINGS: tuple[Rating, ...] = (0, 1, 2, 3, 4, 5, NOT_APPLICABLE, UNKNOWN)
"""What each byte of an answer means."""

OPEN = len(RATINGS)
PLAIN_LEVELS: dict[str, Rating] = {str(level): level for level in range(6)}
"""Answers of a column without a scale."""


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
    """What one person said: a byte a skill in catalog order (an index of RATINGS, or OPEN), and when."""

    person: str
    date: dt.date
    row: int
    role: str | None
    group: str | None
    levels: bytearray
    aged: dict[int, dt.date] = field(default_factory=dict)
    interest: bytearray | None = None


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


def read(table: Table, survey: SurveyMap, catalog: Catalog) -> Found:
    """Everyone's answers. The map fits the catalog and the table has its columns (files.tables sees to both).

    Raises InputError with every fault of every row, placed by row and column.
    """
    reader = _Long(table, survey, catalog) if survey.long else _Wide(table, survey, catalog)
    rows = empty = 0
    for row, cells in table.rows:
        rows += 1
        empty += not reader.take(row, cells)
    people = reader.people()
    if reader.faults:
        raise InputError(reader.faults)
    used = {*survey.named_columns, *survey.ignore}
    return Found(people, rows, empty, tuple(name for name in table.header if name not in used))


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


def _scale(name: str, words: Mapping[str, Rating], survey: SurveyMap) -> _Words:
    """A scale with the words that hold in every scale, unless it has them itself."""
    own = {fold(word) for word in words}
    told = {word: rating for word, rating in _common(survey) if fold(word) not in own} | dict(words)
    return _Words(name, {" ".join(word.split()): RATINGS.index(rating) for word, rating in told.items()})


def _common(survey: SurveyMap) -> Iterator[tuple[str, Rating]]:
    """Words for "not applicable" and "don't know", which hold in every scale unless it says otherwise."""
    yield from ((word, NOT_APPLICABLE) for word in survey.not_applicable)
    yield from ((word, UNKNOWN) for word in survey.unknown)


class _Words:
    """The answers of one scale, looked up as they are written; what was understood once is remembered."""

    def __init__(self, name: str, known: Mapping[str, int]) -> None:
        self.name = name
        self.known = dict(known)
        self.folded = _folded(known)

    def byte(self, cell: str) -> int | None:
        """What a cell means: OPEN where it is blank, None where it is no word of the scale."""
        found = self.known.get(cell)
        if found is None:
            text = " ".join(cell.split())
            found = self.known.get(text, self.folded.get(fold(text))) if text else OPEN
            if found is not None:
                self.known[cell] = found
        return found


def _folded(known: Mapping[str, int]) -> dict[str, int]:
    """The words folded, without those that fold alike and mean different things, such as `3` and `3+`."""
    meant: dict[str, set[int]] = {}
    for word, byte in known.items():
        meant.setdefault(fold(word), set()).add(byte)
    return {word: next(iter(bytes_)) for word, bytes_ in meant.items() if len(bytes_) == 1}


class _Reader:
    """What wide and long tables share: who, when, role, group, and the faults met so far."""

    def __init__(self, table: Table, survey: SurveyMap, catalog: Catalog) -> None:
        self.table, self.survey, self.catalog = table, survey, catalog
        self.place = {name: n for n, name in enumerate(table.header)}
        self.skill = {key: n for n, key in enumerate(catalog.skills)}
        self.blank = bytes([OPEN]) * len(self.skill)
        self.faults: list[Problem] = []
        self.said: dict[str, Respondent] = {}
        self.raw: dict[str, tuple[str, int]] = {}
        self.roles = {fold(name): key for key, role in catalog.roles.items() for name in (key, role.name)}
        self.scales = {key: _scale(f"the scale {key}", scale.words, survey) for key, scale in survey.scales.items()}
        self.plain = _scale("levels 0 to 5", PLAIN_LEVELS, survey)
        self.wanted = _interest(survey.interest)

    def words_for(self, column: str) -> _Words:
        """The words that hold for a column, or for a skill of a long table."""
        key = self.survey.scale_of(column)
        return self.scales[key] if key else self.plain

    def index(self, skill: str) -> int:
        """The place of a skill in the catalog, by its present id or a former one."""
        return self.skill[self.catalog.renamed.get(skill, skill)]

    def fault(self, row: int, column: str, message: str) -> None:
        """Note what is wrong with a cell; too many faults end the reading."""
        place = Span(row, self.place.get(column, -1) + 1)
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
            self.fault(row, "", f"has {len(cells)} cells where there are {len(self.table.header)} columns")
        return more

    def unknown_word(self, row: int, column: str, words: _Words, cell: str) -> None:
        """Note an answer that the scale does not have."""
        near = did_you_mean(fold(cell), words.folded) if len(self.faults) < SHOWN else ""
        self.fault(row, column, f'"{_short(cell)}" is no word of {words.name}{near}')

    def person(self, row: int, cells: Sequence[str]) -> str | None:
        """The id of whoever answered; None where the row names nobody, or nobody an id can be made for."""
        column = self.survey.person
        if column == ROW:
            return f"row {row}"  # numbered at the end, when it is known how many there are
        raw = self.cell(cells, column)
        person = self.survey.people.get(raw) or person_id(raw)
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
        """The day of a row; None where it has none or one that cannot be read."""
        of = self.survey.date
        text = self.cell(cells, of.column)
        if not text:
            if of.default is None:
                self.fault(row, of.column or "", "has no date; say in the map  date: default:")
            return of.default
        found = day_of(text, of.order)
        if isinstance(found, str):
            self.fault(row, of.column or "", found)
            return None
        return found

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
            self.fault(row, self.survey.role.column or "", f'"{_short(role)}" is no role{near}')
        if group is not None and not NAME.allows(group):
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


class _Wide(_Reader):
    """One row a person, one column a skill."""

    def __init__(self, table: Table, survey: SurveyMap, catalog: Catalog) -> None:
        super().__init__(table, survey, catalog)
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
        levels = bytearray(self.blank)
        for n, column, skill, words in self.levels:
            byte = words.known.get(cells[n])  # as it was written before; a call a cell would double the time
            if byte is None:
                byte = words.byte(cells[n])
            if byte is None:
                self.unknown_word(row, column, words, cells[n])
            else:
                levels[skill] = byte
        interest = self._interest(row, cells)
        if levels == self.blank and not interest:
            return False
        person, day = self.person(row, cells), self.day(row, cells)
        if person is not None and day is not None:
            self._keep(row, cells, Respondent(person, day, row, None, None, levels, interest=interest))
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
        if known is None or found.date >= known.date:
            self.belong(row, cells, found)
            self.said[found.person] = found


class _Long(_Reader):
    """One row an answer."""

    def __init__(self, table: Table, survey: SurveyMap, catalog: Catalog) -> None:
        super().__init__(table, survey, catalog)
        self.known = {name: self.index(skill) for name, skill in survey.skills.items()}
        self.words = {name: self.words_for(name) for name in survey.skills}
        self.ignored = frozenset(survey.ignore)
        self.told: dict[str, dict[int, tuple[dt.date, int]]] = {}

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
            self.fault(row, of.skill, f'"{_short(name)}" is not among the skills of the map{near}')
            return True
        byte = self.words[name].byte(answer)
        if byte is None:
            self.unknown_word(row, of.level, self.words[name], answer)
        interest = self.interested(row, of.interest or "", wish)
        person, day = self.person(row, cells), self.day(row, cells)
        if byte is not None and person is not None and day is not None:
            whose = self._whose(row, cells, person, day)
            self._wish(whose, self.known[name], interest)
            if byte != OPEN:
                self._keep(row, whose, day, self.known[name], byte)
        return True

    def _wish(self, person: Respondent, skill: int, interest: bool | None) -> None:
        if interest is not None:
            person.interest = person.interest or bytearray(len(self.blank))
            person.interest[skill] = interest

    def _whose(self, row: int, cells: Sequence[str], person: str, day: dt.date) -> Respondent:
        """The person, with the role and group of their latest row."""
        known = self.said.get(person)
        if known is None:
            known = self.said[person] = Respondent(person, day, row, None, None, bytearray(self.blank))
            self.told[person] = {}
            self.belong(row, cells, known)
        elif day > known.date:
            known.date = day
            self.belong(row, cells, known)
        return known

    def _keep(self, row: int, person: Respondent, day: dt.date, skill: int, byte: int) -> None:
        told = self.told[person.person]
        known = told.get(skill)
        if known is not None and self.survey.repeated == "refuse":
            again = f"the same skill and person as in row {known[1]}; keep one, or say in the map  repeated: latest"
            self.fault(row, self.survey.person, again)
        if known is None or day >= known[0]:
            told[skill] = (day, row)
            person.levels[skill] = byte

    def people(self) -> tuple[Respondent, ...]:
        """Everyone, with the day of each answer that is older than the sheet."""
        for person, told in self.told.items():
            latest = self.said[person].date
            self.said[person].aged.update({skill: day for skill, (day, _) in told.items() if day != latest})
        return super().people()


def _interest(of: InterestMap) -> _Words:
    """Yes is 1 and no is 0."""
    known = {fold(word): int(wanted) for words, wanted in ((of.no, False), (of.yes, True)) for word in words}
    return _Words("interest", known)


def _short(text: str) -> str:
    """A text on one line, cut where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."
