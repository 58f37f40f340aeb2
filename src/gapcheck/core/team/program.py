"""The choice of who learns what as rows of whole numbers, and a solver's answer back as a choice.

A column for each lesson (learned or not), for each pair of mentor and learner, for each lesson learned alone, and for
what is missing of each skill. The goals are those of `Score`, minimised one after another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gapcheck.core.cover import CARRIES, HOLDS, JUDGES
from gapcheck.core.team.lessons import Choice, faults, lot, score, without_needless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapcheck.core.team.lessons import Gap, Learning, Lesson, Pair

Terms = dict[int, int]
"""Columns and their factors."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sum of columns with factors that may be `most` at most."""

    terms: Terms
    most: int


@dataclass(frozen=True, slots=True)
class Program:
    """Whole columns from 0 to `upper`, rows that must hold, and sums to be minimised, the first of them first.

    `start` holds every row: it is what there is before anything was found.
    """

    upper: tuple[int, ...]
    rows: tuple[Row, ...]
    goals: tuple[Terms, ...]
    start: tuple[int, ...]


def worth(goal: Terms, values: Sequence[int]) -> int:
    """What a goal comes to."""
    return sum(factor * values[column] for column, factor in goal.items())


Stop = Literal["time", "asked"]
"""Why a search ended before everything was proved: time was up, or somebody stopped it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One goal: what the best answer comes to, and what none can be below. They are equal where it is proved."""

    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Solved:
    """The best values found, what each goal reached, in order, and why not all of them are proved, if not.

    Each goal is held where those before it are at what they reached. Whoever stops it leaves goals out at the end.
    """

    values: tuple[int, ...]
    reached: tuple[Reached, ...]
    stopped: Stop | None = None


@dataclass
class _Making:
    """A program in the making."""

    of: Learning
    upper: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, upper: int, start: int = 0) -> int:
        self.upper.append(upper)
        self.start.append(start)
        return len(self.upper) - 1

    def at_most(self, terms: Terms, most: int) -> None:
        """A row, unless there is nothing in it that could be too much."""
        if sum(factor * self.upper[c] for c, factor in terms.items() if factor > 0) > most:
            self.rows.append(Row(terms, most))

    def within(self, columns: Iterable[int], those: Iterable[int]) -> None:
        """Of these columns no more than of those."""
        self.at_most({**dict.fromkeys(columns, 1), **dict.fromkeys(those, -1)}, 0)


@dataclass(frozen=True, slots=True)
class Programmed:
    """A choice to make as a program, and which of its columns are which lessons and pairs."""

    of: Learning
    program: Program
    lessons: Mapping[int, Lesson]
    pairs: Mapping[int, Pair]

    def choice(self, solved: Solved) -> Choice:
        """The choice that an answer is. Raises ValueError where the answer is not what the solver says of it.

        A pair counts where the mentor gives a lesson in it. Where the search did not come to the hours, lessons that do
        nothing for the cover are taken out.
        """
        lessons = tuple(lesson for column, lesson in self.lessons.items() if solved.values[column])
        learned = {(lesson.person, lesson.skill) for lesson in lessons}
        pairs = tuple(
            sorted(
                (mentor, learner)
                for column, (mentor, learner) in self.pairs.items()
                if solved.values[column]
                and any((learner, skill) in learned for skill, who in self.of.teachers.items() if mentor in who)
            )
        )
        choice = Choice(lessons, pairs)
        wrong = faults(self.of, choice)
        got, said = score(self.of, choice), tuple(each.value for each in solved.reached)
        if wrong or any(mine > theirs for mine, theirs in zip(got, said, strict=False)):
            raise ValueError(f"the solver's answer does not hold: {len(wrong)} faults, {got} for {said}")
        return choice if len(solved.reached) > 1 else without_needless(self.of, choice)


def program(of: Learning) -> Programmed:
    """The choice as a program."""
    making = _Making(of)
    lessons = {making.column(1): lesson for lesson in of.lessons}
    _own_rows(making, lessons)
    missing = {column: gap.weight for gap in of.gaps for column in _missing(making, gap, lessons)}
    pairs, alone = _mentoring(making, lessons)
    goals = (
        missing,
        {column: lesson.hours for column, lesson in lessons.items()},
        dict.fromkeys(alone, 1),
        {column: 1 for column, lesson in lessons.items() if not lesson.is_wanted},
        {column: lot(lesson.person, lesson.skill, lesson.to) for column, lesson in lessons.items()}
        | {column: lot(*pair) for column, pair in pairs.items()},
    )
    made = Program(tuple(making.upper), tuple(making.rows), goals, tuple(making.start))
    return Programmed(of, made, lessons, pairs)


def _own_rows(making: _Making, lessons: Mapping[int, Lesson]) -> None:
    """What each person's own learning has to keep to: hours, places at 4, one level a skill, first things first."""
    own: defaultdict[str, list[int]] = defaultdict(list)
    for column, lesson in lessons.items():
        own[lesson.person].append(column)
    for person, columns in own.items():
        making.at_most({column: lessons[column].hours for column in columns}, making.of.hours[person])
        making.at_most({column: 1 for column in columns if lessons[column].to >= CARRIES}, making.of.at_once)
        _order_rows(making, person, {column: lessons[column] for column in columns})


def _order_rows(making: _Making, person: str, own: Mapping[int, Lesson]) -> None:
    """One level a skill; what it needs is learned first, and what does nothing for the cover only where needed."""
    skills: defaultdict[str, list[int]] = defaultdict(list)
    waiting: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for column, lesson in own.items():
        skills[lesson.skill].append(column)
    for skill, columns in skills.items():
        making.at_most(dict.fromkeys(columns, 1), 1)
        for other, need in making.of.first[person, skill]:
            waiting[other] += [(need, column) for column in columns]
            making.within(columns, [column for column in skills.get(other, ()) if own[column].to >= need])
    for column, lesson in own.items():
        if not lesson.is_for_cover:
            making.within([column], [other for need, other in waiting[lesson.skill] if need >= lesson.to])


def _missing(making: _Making, gap: Gap, lessons: Mapping[int, Lesson]) -> tuple[int, int]:
    """Columns of how many people a skill is short of at 3 and at 4."""
    own = {column: lesson for column, lesson in lessons.items() if lesson.skill == gap.skill}
    supplier = making.column(int(gap.waits))
    making.within([supplier], [column for column, lesson in own.items() if lesson.reaches(JUDGES)])
    found = []
    for need, level in ((gap.hold, HOLDS), (gap.carry, CARRIES)):
        short = making.column(need, start=need)
        more = (column for column, lesson in own.items() if lesson.reaches(level))
        making.at_most(dict.fromkeys((short, supplier, *more), -1), -need)
        found.append(short)
    return found[0], found[1]


def _mentoring(making: _Making, lessons: Mapping[int, Lesson]) -> tuple[dict[int, Pair], list[int]]:
    """Columns of pairs, and of lessons without a mentor, who is one that carries the skill and mentors that person."""
    columns: dict[Pair, int] = {}
    alone = []
    for column, lesson in lessons.items():
        pairs = [(who, lesson.person) for who in making.of.teachers.get(lesson.skill, ()) if who != lesson.person]
        columns |= {pair: making.column(1) for pair in pairs if pair not in columns}
        alone.append(making.column(1) if pairs else column)
        making.within([column], [alone[-1], *(columns[pair] for pair in pairs)])
    for mentor, most in making.of.mentors.items():
        making.at_most({column: 1 for (who, _), column in columns.items() if who == mentor}, most)
    return {column: pair for pair, column in columns.items()}, alone
