"""The interview as a value: what is asked, what was answered, where one stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gapcheck.core.answers import Rating


class Move(Enum):
    """What one can say instead of an answer."""

    BACK = "back"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Interview:
    """Skills in the order they are asked, the answers so far, and the place of the next question."""

    skills: tuple[str, ...]
    answers: Mapping[str, Rating] = field(default_factory=dict)
    place: int = 0

    @classmethod
    def over(cls, skills: tuple[str, ...], answers: Mapping[str, Rating]) -> Interview:
        """An interview that goes on at the first open skill."""
        interview = cls(skills, answers)
        return replace(interview, place=interview.next_open(0))

    @property
    def pending(self) -> str | None:
        """The skill to ask about now; None when all are answered."""
        return self.skills[self.place] if self.place < len(self.skills) else None

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the pending question, counted from 1, and how many there are; the last where none is."""
        return min(self.place + 1, len(self.skills)), len(self.skills)

    def next_open(self, start: int) -> int:
        """The place of the first open skill from `start` on, else of the first anywhere, else the end."""
        order = (*range(start, len(self.skills)), *range(start))
        return next((i for i in order if self.skills[i] not in self.answers), len(self.skills))

    def answered(self, rating: Rating) -> Interview:
        """The interview after an answer to the pending question."""
        skill = self.skills[self.place]
        after = replace(self, answers={**self.answers, skill: rating})
        return replace(after, place=after.next_open(self.place + 1))

    def back(self) -> Interview:
        """The interview at the question before this one; the first question stays."""
        return replace(self, place=max(0, self.place - 1))


def conduct(
    interview: Interview,
    ask: Callable[[Interview], Rating | Move],
    kept: Callable[[Interview], None],
) -> Interview:
    """Ask until all is answered or the person stops; `kept` is called after each answer, before the next."""
    while interview.pending is not None:
        reply = ask(interview)
        if reply is Move.STOP:
            break
        if reply is Move.BACK:
            interview = interview.back()
            continue
        assert not isinstance(reply, Move)  # noqa: S101 (narrows the type)
        interview = interview.answered(reply)
        kept(interview)
    return interview
