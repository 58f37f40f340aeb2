"""A column of a table that nobody has mapped yet: its values, and what its name and values say it can or cannot be."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from gapcheck.core.survey.words import as_words, day_of, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.survey.found import Table
    from gapcheck.core.survey.scales import Recognised

SAMPLE = 2000
"""Rows that are looked at."""

ORDERS = ("day-first", "month-first")
"""The orders of days that do not begin with the year; each understands those that do."""

INTEREST = {"interest", "interested"}
PART = re.compile(r"\[[^\[\]]+\]\W*$")
"""The end of a column's name that is a row of a grid: `[Paid social]`, `[SQ001]`."""

_SERIAL = {"id", "nr", "no", "number", "response", "row"}
_KINDS = {"level", "rating", "score", "skill", *INTEREST}
_CODE = re.compile(r"(sq|q|g)\d+")

_KEPT_ALONG = {
    *("lastpage", "startlanguage", "seed", "startdate", "datestarted", "datelastaction", "datestamp", "ipaddr"),
    *("ipaddress", "refurl", "referrerurl", "interviewtime", "totaltime", "lastmodifiedtime", "totalpoints"),
    *("quizfeedback", "status", "responsetype", "progress", "durationinseconds", "finished", "recordeddate"),
    *("responseid", "externalreference", "externaldatareference", "locationlatitude", "locationlongitude"),
    *("distributionchannel", "userlanguage", "respondentid", "collectorid"),
}
"""What LimeSurvey, Microsoft Forms, Qualtrics and SurveyMonkey write beside the answers, blanks left out."""

_ALONG_WITH = ("grouptime", "questiontime", "points - ", "feedback - ")
"""How the names of such columns begin that there is one of for each group or question."""


@dataclass(slots=True)
class Column:
    """One column: its values and how often each occurs, the scale they are of, and what it is taken for."""

    name: str
    values: Counter[str]
    filled: int
    scale: Recognised | None = None
    use: str = ""
    words: tuple[tuple[str, ...], ...] = ()


def profiles(table: Table) -> list[Column]:
    """The columns of a table, by its first rows."""
    counts: list[Counter[str]] = [Counter() for _ in table.header]
    for _, cells in islice(table.rows, SAMPLE):
        for values, cell in zip(counts, cells, strict=False):
            values.update([whole(" ".join(cell.split()))] if cell.strip() else [])
    return [Column(name, values, values.total()) for name, values in zip(table.header, counts, strict=True)]


def is_serial(column: Column) -> bool:
    """Whether a column only numbers the rows."""
    return set(as_words(column.name)) <= _SERIAL


def is_kept_along(column: Column) -> bool:
    """Whether a survey's program wrote the column beside the answers; `lastpage. Last page` is code and name."""
    parts = ["".join(as_words(part)) for part in column.name.split(". ")]
    return not _KEPT_ALONG.isdisjoint(parts) or any(
        each.startswith(_ALONG_WITH) for each in (*parts, column.name.casefold())
    )


def is_dated(column: Column) -> bool:
    """Whether nearly every value is a day."""
    values = list(column.values)[:200]
    dated = sum(is_day(value, *ORDERS) for value in values)
    return dated >= max(1, 0.9 * len(values))


def is_day(text: str, *orders: str) -> bool:
    """Whether a text is a day in one of some orders."""
    return any(not isinstance(day_of(text, order), str) for order in orders)


def find_own_words(columns: Sequence[Column]) -> None:
    """Each column's own words: without those that all rated columns of a scale begin or end with, and codes."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if not column.use:
            groups.setdefault(column.scale.name if column.scale else "", []).append(column)
    for group in groups.values():
        texts = [_own(as_words(column.name)) for column in group]
        front = _shared(texts) if len(group) > 1 else 0
        back = _shared([words[front:][::-1] for words in texts]) if len(group) > 1 else 0
        for column, words in zip(group, texts, strict=True):
            inside = [_own(as_words(part)) for part in re.findall(r"\[([^\[\]]+)\]", column.name)]
            kept = words[front : len(words) - back]
            column.words = tuple(stem for stem in (kept, words, *inside) if stem)


def _own(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _KINDS and not _CODE.fullmatch(word))


def _shared(texts: Sequence[tuple[str, ...]]) -> int:
    """How many words all texts begin with."""
    number = 0
    for together in zip(*texts, strict=False):
        if len(set(together)) > 1:
            break
        number += 1
    return number
