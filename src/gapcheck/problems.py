"""What is wrong with a user's file: values that are collected, sorted and shown together."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]

SHOWN = 100
"""How many problems are listed before the rest is only counted."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A place in a file: line and column, both counted from 1; 0 means the file as a whole."""

    line: int = 0
    column: int = 0


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault in one file: where it is, and what is wrong and allowed, in one plain sentence."""

    file: str
    span: Span
    path: str
    message: str
    rule: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """`file:line:column: path: message`; parts that are unknown are left out."""
        place = f"{self.file}:{self.span.line}:{self.span.column}" if self.span.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


class InputError(Exception):
    """The user's input cannot be used: every problem found in it, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem(s)")

    @classmethod
    def of(cls, message: str, *, file: str = "", rule: str = "usage") -> InputError:
        """A single problem that belongs to a whole file, or to the command line."""
        return cls([Problem(file, Span(), "", message, rule)])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` when exactly such a near miss is known, else nothing."""
    close = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""
