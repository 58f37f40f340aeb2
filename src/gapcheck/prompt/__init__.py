"""How questions reach a person: menus by questionary, or plain lines. Both answer the same questions."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gapcheck.core.interview import Move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.answers import Rating

KEYS = {Move.BACK: "b", Move.FORWARD: "f", Move.GO: "g", Move.HELP: "?", Move.NOTE: "m", Move.STOP: "q"}
"""The key of each move, the same in menus and in plain lines."""

WORDS = {
    Move.BACK: "back",
    Move.FORWARD: "forward",
    Move.GO: "go to a stage",
    Move.HELP: "good work",
    Move.NOTE: "note",
    Move.STOP: "stop",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: the value it stands for, its words, and the key that takes it at once."""

    value: Rating
    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in view: where one stands, what is asked, what there is to choose, what was chosen before.

    `more` can be taken by key and is not listed; `whole` says that it cannot be understood without its detail.
    `shown` are values whose words stand on the screen already, for where nothing is redrawn.
    """

    place: str
    title: str
    detail: str
    choices: tuple[Choice, ...]
    before: Rating | None = None
    more: tuple[Choice, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    moves: tuple[Move, ...] = (Move.BACK, Move.STOP)
    whole: bool = False
    shown: frozenset[Rating] = frozenset()

    @property
    def keys(self) -> str:
        """Which keys do what else, on one line."""
        return ", ".join(f"{KEYS[move]} {WORDS[move]}" for move in self.moves)


class Prompter(Protocol):
    """A way of asking."""

    def choose(self, question: Question) -> Rating | Move:
        """One of the choices, or a move."""

    def tick(self, question: Question, ticked: Sequence[str]) -> tuple[str, ...] | Move:
        """Any number of the choices, or a move."""

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A number within limits, or a move."""

    def text(self, question: str, before: str) -> str | Move:
        """A line of text, which may be empty, or a move."""

    def read(self, title: str, lines: Sequence[str]) -> None:
        """A text that may be longer than the screen, read before the question is put again."""

    def tell(self, lines: Sequence[str]) -> None:
        """Lines to read, without an answer."""

    def echo(self, line: str) -> None:
        """What was answered, where the screen does not show it anyway."""


def screen_size() -> tuple[int, int]:
    """Columns and lines of the terminal itself: LINES and COLUMNS can be left over from another one."""
    try:
        size = os.get_terminal_size(1)
    except OSError:
        return 80, 24
    return size.columns, size.lines


def wrapped(text: str, width: int, hang: str = "") -> list[str]:
    """A text as lines of at most `width` columns; its own line breaks stay."""
    return [line for part in text.split("\n") if part for line in textwrap.wrap(part, width, subsequent_indent=hang)]


def told_table(rows: tuple[tuple[str, ...], ...], width: int) -> list[str]:
    """A small table as lines: in columns where they fit, else row by row with the heads repeated."""
    if not rows:
        return []
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    if sum(widths) + 2 * len(widths) <= width:
        return ["  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    heads, *rest = rows
    told = (f"{row[0]}: " + ", ".join(f"{h} {c}" for h, c in zip(heads[1:], row[1:], strict=True)) for row in rest)
    return [line for row in told for line in textwrap.wrap(row, width, subsequent_indent="  ")]
