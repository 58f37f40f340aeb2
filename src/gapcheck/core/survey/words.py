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
_WHOLE = re.compile(r"([0-9]+)[.,]0+")
_NUMBER = re.compile(r"[-+\N{MINUS SIGN}]?[0-9]+(?:[.,][0-9]+)?%?")
_ERROR = re.compile(r"#[A-Z][A-Z0-9/]*[!?]?")
"""What a spreadsheet shows for a value that it does not have."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ,].*)?")
_CLOCK = re.compile(r"[T ,](\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?(?:\s*([AaPp])\.?[Mm])?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[T ,].*)?")


def fold(text: str) -> str:
    """A text without case, accents, punctuation and doubled spaces; one of marks only (`+`, `--`) as it is."""
    return " ".join(re.findall(r"[^\W_]+", _without_accents(text))) or text.strip()


def whole(text: str) -> str:
    """A whole number without the fraction that spreadsheets give it, `5` for `5.0`; any other text as it is."""
    number = _WHOLE.fullmatch(text)
    return number[1] if number else text


def meaning(text: str) -> str:
    """A text as answers are compared: folded, but for numbers and errors, since `-1` is not `1`, nor `#N/A` n/a."""
    plain = whole(text.strip())
    return plain if is_number(plain) or _ERROR.fullmatch(plain) else fold(plain)


def is_lacking(text: str) -> bool:
    """Whether a cell shows an error of a spreadsheet, or a formula without its result, in place of a value."""
    return text.startswith("=") or _ERROR.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a text is a number, perhaps with a sign, a fraction or a percent sign."""
    return _NUMBER.fullmatch(text) is not None


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


@lru_cache(maxsize=4096)
def second_of(text: str) -> int:
    """The second of the day (0 to 86399) that a timestamp says; 0 where it says none."""
    said = _CLOCK.search(text)
    if said is None:
        return 0
    hour = int(said[1]) % 12 + 12 * (said[4] in "pP") if said[4] else int(said[1])
    return 3600 * hour + 60 * int(said[2]) + int(said[3] or 0)


def _day(year: int, month: int, day: int) -> dt.date | str:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return "no day of the calendar; is date: order: in the map right?"
