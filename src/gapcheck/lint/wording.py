"""Words of a text, as the rules compare them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Key = TypeVar("Key", bound=str)

_WORD = re.compile(r"(?<!\w)-\d\w*|\w+(?:['-]\w+)*|[^\w\s.,;:!?\"'()\[\]{}\u2013\u2014\u2018-\u201f\u2026-]")
"""A word, a negative number, or a sign that can carry the meaning, such as % or >."""

GRADES = frozenset(
    word
    for line in (
        # how often, how much
        "all almost always any barely bit constantly ever every few frequently hardly less little lot lots many more",
        "most mostly much nearly never occasionally often rarely seldom several some sometimes still too usually",
        "various very",
        # how well
        "average badly best better good great excellent expert fair high outstanding perfect poor professional quite",
        "rather really skilled solid strong strongly successful weak well worse",
        # how hard, how large
        "advanced basic big broad challenging complex complicated deep demanding difficult easy hard high intermediate",
        "just large larger limited low major minor simple small smaller sophisticated",
    )
    for word in line.split()
)
"""Words that grade what is done without changing it; others that end in -ly are taken for such words too."""

NOT_GRADES = frozenset(
    word
    for line in (
        "anomaly apply assembly biweekly butterfly comply daily early family fortnightly hourly imply italy monopoly",
        "monthly multiply nightly only quarterly rally rely reply supply tally weekly yearly annually",
        "automatically digitally externally financially independently internally internationally jointly legally",
        "locally manually nationally personally privately publicly regionally remotely separately verbally",
    )
    for word in line.split()
)
"""Words that end in -ly and say what, who, where or by what date."""

GRADING = re.compile(
    r"\b(?:(?:at|to|with) an? (?:\w+ ){1,2}(?:level|standard|degree|extent)"
    r"|in (?:almost )?(?:all|most|many|some|a few|few) (?:cases|situations)"
    r"|most of the time|all the time|from time to time|now and then|(?:every|each) time"
    r"|a (?:few|little|lot|bit|number|(?:wide |broad )?(?:range|variety))(?: of)?)\b"
)
"""Phrases that do the same."""


def words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return _WORD.findall(_plain(text))


def ungraded(text: str) -> list[str]:
    """The same without what only grades them."""
    return [word for word in _WORD.findall(GRADING.sub(" ", _plain(text))) if not is_grade(word)]


def is_grade(word: str) -> bool:
    """Whether a word only says how well, how often or how much."""
    return word in GRADES or (word.endswith("ly") and len(word) > 4 and word not in NOT_GRADES)


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their case, punctuation and spacing."""
    return words(one) == words(other)


def same_but_for_grades(one: str, other: str) -> bool:
    """Whether two texts do the same thing, and differ only in how well, how often or how much."""
    return not same(one, other) and ungraded(one) == ungraded(other) != []


def twins(texts: Mapping[Key, str], alike: Callable[[str, str], bool]) -> Iterator[tuple[Key, Key]]:
    """Each text that is like an earlier one, and the first such: their keys, in the order of the keys."""
    keys = sorted(texts)
    for n, key in enumerate(keys):
        twin = next((earlier for earlier in keys[:n] if alike(texts[earlier], texts[key])), None)
        if twin is not None:
            yield key, twin


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'")
