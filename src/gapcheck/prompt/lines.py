"""Plain lines: one question, one typed answer, nothing redrawn; for screen readers, pipes and small windows."""

from __future__ import annotations

import contextlib
import sys
import textwrap
from typing import TYPE_CHECKING

from gapcheck.core.interview import Move
from gapcheck.prompt import KEYS, screen_size, told_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from gapcheck.core.answers import Rating
    from gapcheck.prompt import Choice, Question

TYPING = (Move.BACK, Move.STOP)
"""Moves while a number or a text is typed."""


class Lines:
    """Asks line by line. The end of input stops, as q does."""

    def __init__(self, source: TextIO | None = None, screen: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._screen = screen or sys.stdout

    def choose(self, question: Question) -> Rating | Move:
        """The question with its choices, numbered where they have no key; asks again until one is taken."""
        keys = _numbered(question)
        self._tell_question(question, keys)
        taken = {**keys, **{choice.key: choice for choice in question.more}}
        before = next((key for key, c in keys.items() if c.value == question.before), "")
        words = f"{'Keep it, or another: ' if question.shown else ''}{', '.join(sorted(taken))}; {question.keys}"
        while True:
            reply = self._read(words, before, question.moves)
            if isinstance(reply, Move):
                return reply
            if reply.lower() in taken:
                return taken[reply.lower()].value
            self.tell([f"Type one of {', '.join(sorted(taken))}; or {question.keys}."])

    def tick(self, question: Question, ticked: Sequence[str]) -> tuple[str, ...] | Move:
        """Numbers of what applies, separated by blanks or commas; an empty line takes what was ticked before."""
        keys = _numbered(question)
        self._tell_question(question, keys)
        before = ", ".join(key for key, choice in keys.items() if choice.value in ticked)
        while True:
            reply = self._read(f"Numbers, or 0 for none; {question.keys}", before, question.moves)
            if isinstance(reply, Move):
                return reply
            said = reply.replace(",", " ").split()
            if all(word in keys or word == "0" for word in said):
                return tuple(str(choice.value) for key, choice in keys.items() if key in said)
            self.tell([f"Type numbers from 1 to {len(keys)} with blanks between them, or 0 for none."])

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A number; an empty line takes `before`."""
        while True:
            reply = self._read(f"{question} b back, q stop", f"{before:g}", TYPING)
            if isinstance(reply, Move):
                return reply
            try:
                value = float(reply.replace(",", "."))
            except ValueError:
                value = least - 1
            if least <= value <= most:
                return value
            self.tell([f"Type a number from {least:g} to {most:g}, or b or q."])

    def text(self, question: str, before: str) -> str | Move:
        """A line of text; an empty one takes `before`, a dash alone empties it."""
        nothing = ", - for nothing" if before else ""
        reply = self._read(f"{question.removesuffix(':')}; b back, q stop{nothing}", before, TYPING)
        return "" if reply == "-" else reply

    def read(self, title: str, lines: Sequence[str]) -> None:
        """All of a text; one scrolls up to read it."""
        self.tell(["", title, *lines, ""])

    def tell(self, lines: Sequence[str]) -> None:
        """Lines, wrapped to the screen."""
        width = max(20, screen_size()[0])
        for line in lines:
            self._write("\n".join(textwrap.wrap(line, width - 1, subsequent_indent="   ") or [""]) + "\n")

    def echo(self, line: str) -> None:
        """Nothing: what was typed stands on the screen."""

    def _tell_question(self, question: Question, keys: dict[str, Choice]) -> None:
        """All of it, or only what is new where the rest was told a moment ago."""
        if question.shown:
            self.tell([f"{key}  {c.words}" for key, c in keys.items() if c.value not in question.shown])
            return
        table = told_table(question.table, max(20, screen_size()[0]) - 1)
        told = [f"{question.place}  {question.title}", *question.detail.split("\n")]
        self.tell(["", *(line for line in told if line.strip())])
        self.tell(table)
        self.tell([f"{key}  {choice.words}" for key, choice in keys.items()])

    def _read(self, words: str, before: str, moves: Sequence[Move]) -> str | Move:
        """What is typed, blanks around it cut off; a key of one of the moves alone is that move."""
        default = f" [{before}]" if before else ""
        self._write(
            "\n".join(textwrap.wrap(f"{words.removesuffix(':')}{default}:", max(20, screen_size()[0]) - 1)) + " "
        )
        line = self._line()
        if not line:
            return Move.STOP
        typed = line.strip()
        return next((move for move in moves if KEYS[move] == typed.lower()), typed or before)

    def _line(self) -> str:
        """A line of input; empty where it has ended, or the terminal has gone away."""
        try:
            line = self._source.readline()
        except OSError:
            line = ""
        if not line:
            self._write("\n")
        return line

    def _write(self, text: str) -> None:
        """Text to the screen; where the terminal has gone away, reading from it ends the sitting."""
        with contextlib.suppress(OSError):
            self._screen.write(text)
            self._screen.flush()


def _numbered(question: Question) -> dict[str, Choice]:
    return {choice.key or str(n): choice for n, choice in enumerate(question.choices, 1)}
