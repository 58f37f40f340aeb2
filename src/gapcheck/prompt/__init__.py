"""How questions reach a person: menus by questionary, or plain lines. Both answer the same three questions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.answers import Rating
    from gapcheck.core.interview import Move


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: the value it stands for, its words, and the key that takes it at once."""

    value: Rating
    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in view: where one stands, what is asked, what there is to choose, what was chosen before."""

    place: str
    title: str
    detail: str
    choices: tuple[Choice, ...]
    before: Rating | None = None


class Prompter(Protocol):
    """A way of asking."""

    def choose(self, question: Question) -> Rating | Move:
        """One of the choices, or a move."""

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A number within limits, or a move."""

    def tell(self, lines: Sequence[str]) -> None:
        """Lines to read, without an answer."""


def screen_size() -> tuple[int, int]:
    """Columns and lines of the terminal itself: LINES and COLUMNS can be left over from another one."""
    try:
        size = os.get_terminal_size(1)
    except OSError:
        return 80, 24
    return size.columns, size.lines


HELP = "Enter or its key chooses; b back, q stop; all is saved."
