"""Worded scales that surveys use, recognised by their words. Which level a word means is for the map to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.survey.words import meaning

if TYPE_CHECKING:
    from collections.abc import Collection

SPECIALIST, CARRIES = 5, 4
LEVELS = "levels"
"""The scale that is gapcheck's own, and needs no words in a map."""

_SCALES = {
    LEVELS: "0 | 1 | 2 | 3 | 4 | 5",
    "level-names": "in the dark, 0 in the dark | aware, 1 aware | can judge, 2 can judge"
    " | with help, can do with help, 3 with help, 3 can do with help | can step in, 4 can step in"
    " | specialist, 5 specialist",
    "agreement-5": "strongly disagree | disagree | neither agree nor disagree, neither, neutral, undecided | agree"
    " | strongly agree",
    "agreement-6": "strongly disagree | disagree | slightly disagree, somewhat disagree"
    " | slightly agree, somewhat agree | agree | strongly agree",
    "proficiency-5": "none, no experience, no knowledge, not familiar, never heard of it"
    " | beginner, novice, basic | intermediate, competent | advanced, proficient | expert",
    "proficiency-6": "none, no experience, no knowledge, never heard of it | novice, awareness | beginner, basic"
    " | intermediate, competent | advanced, proficient | expert",
    "frequency-5": "never | rarely, seldom | sometimes, occasionally | often, frequently | always",
    "frequency-6": "never | very rarely | rarely, seldom | occasionally, sometimes | often, frequently"
    " | very often, very frequently, always",
    "degree-5": "not at all | slightly, a little | moderately, somewhat | very, quite | extremely, completely",
    "degree-6": "not at all | slightly, a little | somewhat | moderately | very, quite | extremely, completely",
    "ability-5": "not at all | slightly | neutral | moderately | extremely",
    "knowledge-3": "little or no knowledge, no knowledge | some knowledge | extensive knowledge",
    "quality-5": "very poor | poor | average, fair | good | excellent, very good",
    "one-to-five": "1 | 2 | 3 | 4 | 5",
    "one-to-six": "1 | 2 | 3 | 4 | 5 | 6",
}
"""From lowest to highest; commas between words that say the same."""

_RANGE = re.compile("[0-9]+ [0-9]")
"""How a text begins that starts with two numbers: `1-2 years`, `3/5`."""

_TO_SPECIALIST = (LEVELS, "level-names", "proficiency-5", "proficiency-6")
"""Scales whose last word says that others bring the hard cases. Any other ends at stepping in alone."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A scale that a column's words are of: its name, the level each word may mean, and words that it lacks."""

    name: str
    levels: dict[str, int]
    strange: tuple[str, ...]


def evenly(place: int, places: int, top: int = CARRIES) -> int:
    """The level of a word that is `place`-th (from 0) of several: evenly spread up to the top and rounded down.

    floor(top place / (places - 1)): nothing reads as more than was asked for. A survey's author may mean something
    else, so it is a proposal only.
    """
    return top * place // (places - 1)


def _compiled() -> dict[str, dict[str, int]]:
    found = {}
    for name, told in _SCALES.items():
        steps = told.split("|")
        top = SPECIALIST if name in _TO_SPECIALIST else CARRIES
        found[name] = {
            meaning(word): evenly(n, len(steps), top) for n, step in enumerate(steps) for word in step.split(",")
        }
    return found


KNOWN = _compiled()


def _meant(scale: dict[str, int], word: str) -> str | None:
    """The word of a scale that an answer is or begins with: `moderately able` is `moderately`."""
    said = meaning(word)
    if said in scale:
        return said
    begun = (known for known in scale if said.startswith(f"{known} ") and not _RANGE.match(said))
    return max(begun, key=len, default=None)


def recognise(words: Collection[str]) -> Recognised | None:
    """The scale that most of a column's distinct words are of; None where fewer than two, and under 60%, are."""
    best: tuple[tuple[int, ...], Recognised] | None = None
    for name, scale in KNOWN.items():
        found = on(name, words)
        of = found.levels
        if len(of) < min(2, len(words)) or not of or len(of) < 0.6 * len(words):
            continue
        exact = sum(meaning(word) in scale for word in of)
        rank = (len(of), len(set(of.values())), exact, -len(scale))
        if best is None or rank > best[0]:
            best = rank, found
    return best[1] if best else None


def on(name: str, words: Collection[str]) -> Recognised:
    """A column's words by a certain scale."""
    scale = KNOWN[name]
    of = {word: scale[known] for word in words if (known := _meant(scale, word)) is not None}
    strange = tuple(sorted(word for word in words if word not in of))
    return Recognised(name, dict(sorted(of.items(), key=lambda pair: (pair[1], pair[0]))), strange)
