"""What is wrong with a user's file: values that are collected, sorted and shown together."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
    """The user's input cannot be used: every problem found in it, never only the first.

    File by file as they were met, and within a file by place.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        met = tuple(problems)
        rank = {file: n for n, file in enumerate(dict.fromkeys(problem.file for problem in met))}
        self.problems = tuple(sorted(met, key=lambda p: (rank[p.file], p.span.line, p.span.column)))
        super().__init__(f"{len(self.problems)} problem(s)")

    @classmethod
    def of(cls, message: str, *, file: str = "", rule: str = "usage") -> InputError:
        """A single problem that belongs to a whole file, or to the command line."""
        return cls([Problem(file, Span(), "", message, rule)])


def key_path(parts: Iterable[object]) -> str:
    """Keys joined by dots; one that is no plain key of ours is cut short."""
    keys = list(map(str, parts))
    return ".".join([key if len(key) <= 64 else key[:61] + "..." for key in keys])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` when exactly such a near miss is known, else nothing."""
    close = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def what_is_known(word: str, known: Collection[str]) -> str:
    """The near miss if there is one, else everything that is allowed, where that is few enough to read."""
    listed = f"; known are {', '.join(known)}" if 0 < len(known) <= 24 else ""
    return did_you_mean(word, known) or listed
