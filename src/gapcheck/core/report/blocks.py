"""The kinds of block a story is told in. Every text in them is plain: escaping is the reporter's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1-3, with an aside on the same line."""

    level: int
    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; without columns the first cell of each row labels the rest."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, its length in percent (None: nothing to draw), and what to add."""

    label: str
    percent: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from 0 to 100 with a mark at the standard."""

    rows: tuple[Bar, ...]
    mark: int


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a chart over time: what it is, its first day, and the day after its last."""

    label: str
    days: tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Gantt:
    """What is done when, from a day to the day before another."""

    start: dt.date
    end: dt.date
    lanes: tuple[Lane, ...]


Block = Heading | Text | Table | Bars | Gantt | Note
