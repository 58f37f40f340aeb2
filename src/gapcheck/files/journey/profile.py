"""The first rows of a file of which nothing is known: what each column looks like, and what it is taken for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gapcheck.core.survey.words import as_words
from gapcheck.files import yamldoc
from gapcheck.files.journey import engine, numbers, source, times
from gapcheck.problems import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from gapcheck.core.journey.map import Dates

SAMPLE = 20_000
"""Rows that are looked at."""

MOSTLY = 0.9
"""Share of the filled cells from which a column is one of times or of numbers."""

FEW = 50
"""Different values up to which a column can be a segment."""

MOST_EVENTS = 200

_HINTS = {
    "session": {"session", "visit"},
    "who": {"user", "customer", "client", "visitor", "person", "member", "account", "lead", "contact", "who", "email",
            "mail", "company", "firm", "id"},
    "what": {"event", "action", "activity", "step", "what", "type", "page"},
    "when": {"timestamp", "time", "date", "datetime", "when", "day", "at", "month", "week"},
    "channel": {"channel", "source", "medium", "referrer", "campaign"},
    "value": {"value", "amount", "revenue", "price", "total", "sum"},
    "one": {"order", "number", "name", "no", "id", "record", "reference", "ticket", "deal", "lead"},
    "metric": {"metric", "measure", "name", "kpi", "indicator"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sample: its cells (blank is None), how its times and numbers are written, and its times."""

    name: str
    cells: tuple[str | None, ...]
    time_shapes: Counter[str]
    number_shapes: Counter[str]
    times: tuple[dt.datetime | None, ...] = ()

    @property
    def filled(self) -> int:
        """Cells that are not blank."""
        return sum(cell is not None for cell in self.cells)

    @property
    def distinct(self) -> int:
        """Different values."""
        return len({cell for cell in self.cells if cell is not None})

    @property
    def is_time(self) -> bool:
        """Whether it mostly has times."""
        if self.time_shapes[times.COMPACT]:  # eight digits are days only where all of them are
            return set(self.time_shapes) == {times.COMPACT}
        return 0 < MOSTLY * self.filled <= self.time_shapes.total() - times.bad(self.time_shapes)

    @property
    def is_number(self) -> bool:
        """Whether it mostly has numbers."""
        good = self.number_shapes.total() - self.number_shapes[numbers.BAD]
        return not self.is_time and 0 < MOSTLY * self.filled <= good

    @property
    def unread(self) -> str:
        """What its times are that is known and not read, where it is called like times; else empty."""
        what, write = times.UNREAD.get(times.unread(self.time_shapes), ("", ""))
        return f"has {what}, which are not read; {write}" if what and self.called("when") else ""

    @property
    def dates(self) -> Dates:
        """How its dates are written; day-first where both orders would do."""
        shapes = self.time_shapes
        if shapes[times.MONTH_FIRST] > shapes[times.DAY_FIRST]:
            return "month-first"
        return "day-first" if shapes[times.DAY_FIRST] or shapes[times.EITHER] else "iso"

    def called(self, use: str) -> int:
        """How many of its words are such as name a use."""
        return len(_HINTS[use] & set(as_words(self.name)))


@dataclass(frozen=True, slots=True)
class Profile:
    """The columns of a file by what they are taken for; None where there is none."""

    columns: tuple[Column, ...]
    rows: int
    who: Column | None
    session: Column | None
    when: Column | None
    what: Column | None
    channel: Column | None
    value: Column | None

    @property
    def dates(self) -> tuple[Column, ...]:
        """All columns with times."""
        return tuple(column for column in self.columns if column.is_time)

    @property
    def kind(self) -> Literal["", "log", "list", "figures"]:
        """What the file seems to be: a row an event, a row a person with a column of dates an event, or figures."""
        if self.who is not None and self.when is not None and self.what is not None:
            return "log"
        if self.who is not None and len(self.dates) > 1:
            return "list"
        return "figures" if self.when is not None and any(column.is_number for column in self.columns) else ""

    @property
    def order(self) -> Column | None:
        """Of a list whose people have several rows, the column that tells apart what they did: a number of an order.

        Each of its values is of one person and has one date in each column of dates, and there are more than people.
        """
        if self.who is None or self.who.distinct > MOSTLY * self.who.filled:
            return None
        fits = (
            column
            for column in self.columns
            if column is not self.who and column.called("one") and column.distinct > self.who.distinct
            and all(_one_each(column.cells, other) for other in (self.who.cells, *(each.times for each in self.dates)))
        )  # fmt: skip
        return next(fits, None)

    @property
    def segments(self) -> tuple[Column, ...]:
        """Columns with a few values that are used for nothing else; the channel is one."""
        used = (self.who, self.session, self.when, self.what, self.value)
        return tuple(
            column
            for column in self.columns
            if column not in used and not column.is_time and not column.is_number and 2 <= column.distinct <= FEW
            and column.filled > 2 * column.distinct
        )  # fmt: skip


def profile(path: Path, worksheet: str | None = None) -> Profile:
    """Look at the first rows of a file, of a workbook's worksheet. Raises InputError where it cannot be read.

    A file whose names of columns seem to stand below its first row is refused too.
    """
    file = str(path)
    with engine.opened() as db, engine.told(file):
        scanned = source.relation(db, path, file, worksheet)
        if scanned.heading > 1:
            raise InputError.of(source.below_title(scanned), file=file, rule="journey")
        cells = list(scanned.columns.values())
        texts = ", ".join(cell.text for cell in cells)
        shapes = ", ".join(f"{times.shape(cell)}, {_number_shape(cell)}" for cell in cells)
        rows = db.rows(f"SELECT {texts}, {shapes} FROM {scanned.scan} LIMIT {SAMPLE}")  # noqa: S608 (no text of a user)
        source.check_rejected(db, scanned)
        columns = list(_columns(list(scanned.columns), rows))
        dated = {n: column for n, column in enumerate(columns) if column.is_time}
        if dated:
            read = ", ".join(
                times.value(cells[n], column.dates, dict(column.time_shapes.items())) for n, column in dated.items()
            )
            every = zip(*db.rows(f"SELECT {read} FROM {scanned.scan} LIMIT {SAMPLE}"), strict=True)  # noqa: S608 (as above)
            for (n, column), known in zip(dated.items(), every, strict=True):
                columns[n] = replace(column, times=known)
    return _placed(tuple(columns), len(rows))


def _one_each(cells: Iterable[str | None], others: Iterable[object]) -> bool:
    """Whether no value stands beside two different ones."""
    pairs = {(cell, other) for cell, other in zip(cells, others, strict=True) if cell is not None and other is not None}
    return len({cell for cell, _ in pairs}) == len(pairs)


def _number_shape(cell: source.Cell) -> str:
    return numbers.shape(cell, ".") if numbers.is_number(cell) else "NULL"


def _columns(names: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> Iterable[Column]:
    width = len(names)
    for n, name in enumerate(names):
        cells = tuple(None if row[n] is None else yamldoc.clean(str(row[n])) for row in rows)
        shapes = [Counter(shape for row in rows if (shape := row[width + 2 * n + kind]) is not None) for kind in (0, 1)]
        yield Column(name, cells, shapes[0], shapes[1])


def _placed(columns: tuple[Column, ...], rows: int) -> Profile:
    """Give each column one use: what it is called counts first, then what is in it."""
    free = list(columns)

    def take(use: str, fits: Iterable[Column]) -> Column | None:
        found = max(fits, key=lambda column: (column.called(use), -columns.index(column)), default=None)
        if found is not None and found in free:
            free.remove(found)
        return found

    def plain() -> list[Column]:
        return [column for column in free if not column.is_time]

    when = take("when", [column for column in free if column.is_time])
    session = take("session", [column for column in plain() if column.called("session")])
    who = take("who", [column for column in plain() if column.called("who") and column.distinct > 1])
    texts = [column for column in plain() if not column.is_number]
    what = take("what", [c for c in texts if c.called("what") and 2 <= c.distinct <= MOST_EVENTS and c.distinct < rows])
    lists = who is not None and who.distinct > MOSTLY * who.filled and sum(c.is_time for c in columns) > 1
    if what is not None and lists:
        free.append(what)  # a row is not one thing that somebody did, but all of them
        what = None
    channel = take("channel", [c for c in plain() if c.called("channel") and c.distinct <= FEW])
    value = take("value", [column for column in free if column.is_number and column.called("value")])
    return Profile(columns, rows, who, session, when, what, channel, value)
