"""The words of a map's scales, and what a cell means by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rating
from gapcheck.core.survey.found import OPEN, RATINGS
from gapcheck.core.survey.words import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapcheck.core.survey.model import InterestMap, SurveyMap

PLAIN_LEVELS: dict[str, Rating] = {str(level): level for level in range(6)}
"""Answers of a column without a scale."""


class Words:
    """The answers of one scale, looked up as they are written; what was understood once is remembered.

    `expected` says what any other text is not: `word of the scale agreement`.
    """

    def __init__(self, expected: str, known: Mapping[str, int]) -> None:
        self.expected = expected
        self.known = dict(known)
        self.folded = _folded(known)

    def byte(self, cell: str) -> int | None:
        """What a cell means: OPEN where it is blank, None where it is no word of the scale."""
        found = self.known.get(cell)
        if found is None:
            text = " ".join(cell.split())
            found = self.known.get(text, self.folded.get(meaning(text))) if text else OPEN
            if found is not None:
                self.known[cell] = found
        return found


def _folded(known: Mapping[str, int]) -> dict[str, int]:
    """The words as they are compared, without those that are alike and mean different things, such as `3` and `3+`."""
    meant: dict[str, set[int]] = {}
    for word, byte in known.items():
        meant.setdefault(meaning(word), set()).add(byte)
    return {word: next(iter(bytes_)) for word, bytes_ in meant.items() if len(bytes_) == 1}


def scales_of(survey: SurveyMap) -> dict[str, Words]:
    """The words of each scale of a map."""
    return {key: _scale(f"word of the scale {key}", scale.words, survey) for key, scale in survey.scales.items()}


def plain_levels(survey: SurveyMap) -> Words:
    """The answers of columns that no scale holds for."""
    return _scale("whole level from 0 to 5", PLAIN_LEVELS, survey)


def wishes(of: InterestMap) -> Words:
    """Yes is 1 and no is 0."""
    known = {meaning(word): int(wanted) for words, wanted in ((of.no, False), (of.yes, True)) for word in words}
    return Words("word of interest", known)


def _scale(expected: str, words: Mapping[str, Rating], survey: SurveyMap) -> Words:
    """A scale with the words that hold in every scale, unless it has them itself."""
    own = {meaning(word) for word in words}
    told = {word: rating for word, rating in _common(survey) if meaning(word) not in own} | dict(words)
    return Words(expected, {" ".join(word.split()): RATINGS.index(rating) for word, rating in told.items()})


def _common(survey: SurveyMap) -> Iterator[tuple[str, Rating]]:
    """Words for "not applicable" and "don't know", which hold in every scale unless it says otherwise."""
    yield from ((word, NOT_APPLICABLE) for word in survey.not_applicable)
    yield from ((word, UNKNOWN) for word in survey.unknown)
