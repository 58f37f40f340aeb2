"""Plain lines: one question, one typed answer, nothing redrawn; for screen readers, pipes and small windows."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from gapcheck.core.interview import Move
from gapcheck.prompt import screen_size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from gapcheck.core.answers import Rating
    from gapcheck.prompt import Question

MOVES = {"b": Move.BACK, "q": Move.STOP}


class Lines:
    """Asks line by line. The end of input stops, as q does."""

    def __init__(self, source: TextIO | None = None, screen: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._screen = screen or sys.stdout

    def choose(self, question: Question) -> Rating | Move:
        """The question with its choices, numbered where they have no key; asks again until one is taken."""
        keys = {choice.key or str(n): choice for n, choice in enumerate(question.choices, 1)}
        told = [f"{question.place}  {question.title}", question.detail]
        self.tell(["", *(line for line in told if line.strip()), *(f"{key}  {c.words}" for key, c in keys.items())])
        before = next((key for key, c in keys.items() if c.value == question.before), "")
        while True:
            reply = self._read(f"{', '.join(keys)}, b back, q stop", before)
            if isinstance(reply, Move):
                return reply
            if reply in keys:
                return keys[reply].value
            self.tell([f"Type one of {', '.join(keys)}, or b or q."])

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A number; an empty line takes `before`."""
        while True:
            reply = self._read(question, f"{before:g}")
            if isinstance(reply, Move):
                return reply
            try:
                value = float(reply.replace(",", "."))
            except ValueError:
                value = least - 1
            if least <= value <= most:
                return value
            self.tell([f"Type a number from {least:g} to {most:g}, or b or q."])

    def tell(self, lines: Sequence[str]) -> None:
        """Lines, wrapped to the screen."""
        width = max(20, screen_size()[0])
        for line in lines:
            self._screen.write("\n".join(textwrap.wrap(line, width - 1, subsequent_indent="   ") or [""]) + "\n")
        self._screen.flush()

    def _read(self, words: str, before: str) -> str | Move:
        default = f" [{before}]" if before else ""
        self._screen.write(f"{words}{default}: ")
        self._screen.flush()
        line = self._source.readline()
        if not line:
            self._screen.write("\n")
            return Move.STOP
        word = line.strip().lower() or before
        return MOVES.get(word, word)
