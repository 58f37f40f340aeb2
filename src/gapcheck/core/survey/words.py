"""Words compared: folded texts, likeness of names, ids made of names, and days in three orders."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from functools import lru_cache

LIKE_ENOUGH = 0.6
"""Likeness from which a name may be meant at all."""

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ,].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[T ,].*)?")


def fold(text: str) -> str:
    """A text without case, accents, punctuation and doubled spaces; one of marks only (`+`, `--`) as it is."""
    return " ".join(re.findall(r"[^\W_]+", _without_accents(text))) or text.strip()


def _without_accents(text: str) -> str:
    """Small letters, without what Unicode puts above, below and through them."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKC", text).casefold()  # first: a mathematical A has no small letter of its own
    apart = unicodedata.normalize("NFKD", letters)
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


def as_words(text: str) -> tuple[str, ...]:
    """The folded words of a text; `LiveCoding` and `live_coding` are two."""
    return tuple(fold(_HUMP.sub(" ", text)).split())


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two texts are, 0 to 1: difflib's ratio over the letters of their words, in order or sorted.

    Ratcliff and Obershelp: 2 M / T, M the letters that match and T those of both. Sorted words count a little less,
    so that the same words in the same order win.
    """
    if one == other:
        return 1.0
    return max(_ratio(" ".join(one), " ".join(other)), 0.97 * _ratio(" ".join(sorted(one)), " ".join(sorted(other))))


def _ratio(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one[:200], other[:200], autojunk=False)
    quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return quick if quick < LIKE_ENOUGH else matcher.ratio()


@lru_cache(maxsize=4096)
def person_id(text: str) -> str:
    """An id of a name or mail address: what stands before the @, small letters without accents, dashes between.

    At most 64 characters. Empty where no letter or digit is left, as in most scripts that are not Latin.
    """
    name, at, _ = text.strip().partition("@")
    plain = _without_accents(name if at else text)
    return re.sub(r"[^a-z0-9._-]+", "-", plain).strip("-._")[:64].strip("-._")


def is_mail(text: str) -> bool:
    """Whether a text looks like a mail address."""
    return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text.strip()) is not None


@lru_cache(maxsize=4096)
def day_of(text: str, order: str) -> dt.date | str:
    """The day that a text begins with, or what is wrong with it. Year first is understood in every order."""
    first, last = _YEAR_FIRST.fullmatch(text.strip()), _YEAR_LAST.fullmatch(text.strip())
    if first:
        return _day(int(first[1]), int(first[3]), int(first[4]))
    if not last:
        return "no date like 2027-01-04, 04/01/2027 or 4.1.2027"
    one, two, year = int(last[1]), int(last[3]), int(last[4])
    year += 2000 if year < 100 else 0
    if order == "day-first":
        return _day(year, two, one)
    if order == "month-first":
        return _day(year, one, two)
    either = "day-first" if one > 12 else "month-first" if two > 12 else "day-first or month-first"
    return f"day and month can be read two ways; say in the map  date: order: {either}"


def _day(year: int, month: int, day: int) -> dt.date | str:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return "no day of the calendar; is date: order: in the map right?"
