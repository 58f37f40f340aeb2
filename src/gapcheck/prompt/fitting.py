"""Menus where the screen has room for the question, plain lines where it has not; looked at anew each time."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from gapcheck.prompt import screen_size
from gapcheck.prompt.lines import Lines
from gapcheck.prompt.menu import Menu, Resized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.answers import Rating
    from gapcheck.core.interview import Move
    from gapcheck.prompt import Prompter, Question

LEAST_COLUMNS, LEAST_LINES = 60, 20
"""Below this a skill's lines do not fit on the screen, and plain lines ask."""


class Fitting:
    """Asks by menu while it fits; a window made small in the middle of a sitting is asked in lines."""

    def __init__(self) -> None:
        self._menu, self._lines = Menu(), Lines()

    def choose(self, question: Question) -> Rating | Move:
        """One of the choices, or a move; put again where the window gets another size meanwhile."""
        while True:
            with contextlib.suppress(Resized):
                return self._for(question).choose(question)

    def tick(self, question: Question, ticked: Sequence[str]) -> tuple[str, ...] | Move:
        """Any number of the choices, or a move."""
        return self._for(question).tick(question, ticked)

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A number within limits, or a move."""
        return self._for(None).number(question, before, least, most)

    def text(self, question: str, before: str) -> str | Move:
        """A line of text, or a move."""
        return self._for(None).text(question, before)

    def read(self, title: str, lines: Sequence[str]) -> None:
        """A text to read, from its beginning where the window gets another size meanwhile."""
        while True:
            with contextlib.suppress(Resized):
                return self._for(None).read(title, lines)

    def tell(self, lines: Sequence[str]) -> None:
        """Lines to read."""
        self._menu.tell(lines)

    def echo(self, line: str) -> None:
        """What was answered, on a line of its own."""
        self._menu.echo(line)

    def _for(self, question: Question | None) -> Prompter:
        columns, lines = screen_size()
        if columns < LEAST_COLUMNS or lines < LEAST_LINES:
            return self._lines
        return self._menu if question is None or self._menu.fits(question) else self._lines
