"""A map proposed for a survey's table: what is recognised, what is unsure, and what could not be placed."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core.survey.model import ROW, InterestMap, SurveyMap
from gapcheck.core.survey.scales import LEVELS, Recognised, recognise
from gapcheck.core.survey.words import LIKE_ENOUGH, as_words, day_of, fold, is_mail, likeness

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.read import Table

SAMPLE = 2000
"""Rows that are looked at."""

MOST_WORDS = 40
"""Different values from which a column is no longer taken for answers on a scale."""

MOST_OWN = 12
"""Different values from which words of no known scale are no longer taken for one."""

OWN = "own"
"""The name of a scale whose words are not known."""

SURE = 0.9
"""Likeness from which a column is taken for a skill without a question."""

CLEAR = 0.08
"""How far the best match has to be ahead of the second."""

UNSURE = "# unsure:"
"""The mark of what has to be settled; gapcheck does not import by a map that still has one."""

_HINTS = {
    "person": {"email", "mail", "address", "name", "username", "respondent", "participant", "person", "employee", "id"},
    "date": {"timestamp", "date", "submitted", "completion", "completed", "time", "datestamp", "submitdate", "day"},
    "role": {"role", "job", "title", "position"},
    "group": {"group", "team", "department", "unit", "function", "region"},
}
_INTEREST = {"interest", "interested"}
_SERIAL = {"id", "nr", "no", "number", "response", "row"}
_KINDS = {"level", "rating", "score", "skill", *_INTEREST}
_CODE = re.compile(r"(sq|q|g)\d+")
_PART = re.compile(r"\[[^\[\]]+\]\W*$")
"""The end of a column's name that is a row of a grid: `[Paid social]`, `[SQ001]`."""

_KEPT_ALONG = {
    *("lastpage", "startlanguage", "seed", "startdate", "datestarted", "datelastaction", "datestamp", "ipaddr"),
    *("ipaddress", "refurl", "referrerurl", "interviewtime", "totaltime", "lastmodifiedtime", "totalpoints"),
    "quizfeedback",
}
"""What LimeSurvey and Microsoft Forms write beside the answers, by code and in full, blanks left out."""

_ALONG_WITH = ("grouptime", "questiontime", "points - ", "feedback - ")
"""How the names of such columns begin that there is one of for each group or question."""

WISHES = InterestMap()
_CLEAR_WORDS = {fold(word) for word in (*SurveyMap.not_applicable, *SurveyMap.unknown)}


@dataclass(slots=True)
class Column:
    """One column: its values and how often each occurs, the scale they are of, and what it is taken for."""

    name: str
    values: Counter[str]
    filled: int
    scale: Recognised | None = None
    use: str = ""
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a survey calls a skill, the skill it may mean, and how alike they are, 0 to 1."""

    name: str
    skill: str
    like: float
    second: float

    @property
    def is_sure(self) -> bool:
        """Alike enough, and nothing else nearly as much."""
        return self.like >= SURE and self.like - self.second >= CLEAR


@dataclass(slots=True)
class _Guess:
    """What has been worked out so far."""

    catalog: Catalog
    columns: list[Column]
    matches: list[Match] = field(default_factory=list)
    interest: list[Match] = field(default_factory=list)
    long: Column | None = None

    def used(self, use: str) -> Column | None:
        return next((column for column in self.columns if column.use == use), None)

    def rated(self) -> list[Column]:
        return [column for column in self.columns if column.use == "level"]


def propose(table: Table, catalog: Catalog, form: Mapping[str, str], today: dt.date) -> str:
    """A map as YAML, by the table's first rows: every line that is unsure says so in a comment.

    `form` is how the table was found to be written (delimiter, encoding); what was guessed there is marked too.
    """
    guess = _Guess(catalog, _profiles(table))
    _place(guess)
    lines = [
        "gapcheck: map/1",
        f"# Proposed by gapcheck. Settle each line marked {UNSURE.strip('# :')} and delete its mark.",
    ]
    lines += [f"{key}: {value}" for key, value in form.items()]
    lines += [*_who(guess), *_when(guess, today), *_what(guess, "role"), *_what(guess, "group")]
    if guess.long:
        level, interest = guess.rated(), guess.used("interest")
        lines += ["long:", f"  skill: {_quoted(guess.long.name)}"]
        lines += [f"  level: {_quoted(level[0].name)}" if level else f"  {UNSURE} which column holds the answers?"]
        lines += [f"  interest: {_quoted(interest.name)}"] if interest else []
    lines += [*_scales(guess), *_skills(guess), *_interests(guess), *_rest(guess)]
    return "\n".join(lines) + "\n"


def _profiles(table: Table) -> list[Column]:
    counts: list[Counter[str]] = [Counter() for _ in table.header]
    for number, (_, cells) in enumerate(table.rows):
        if number >= SAMPLE:
            break
        for values, cell in zip(counts, cells, strict=False):
            values.update([" ".join(cell.split())] if cell.strip() else [])
    return [Column(name, values, values.total()) for name, values in zip(table.header, counts, strict=True)]


def _place(guess: _Guess) -> None:
    """Say of each column what it is taken for."""
    for column in guess.columns:
        said = [word for word in column.values if fold(word) not in _CLEAR_WORDS]
        if said and len(said) <= MOST_WORDS and not (_is_serial(column) or _is_kept_along(column) or _is_dated(column)):
            column.scale = recognise(said)
    guess.long = _names_skills(guess)
    if guess.long:
        guess.long.use = "long"
    for use in ("date", "person", "group", "role"):
        points = {n: _points(column, use, guess) for n, column in enumerate(guess.columns)}
        best = max(points, key=lambda n: points[n], default=None)
        if best is not None and points[best] > 0:
            guess.columns[best].use = use
    _stems(guess.columns)
    for column in guess.columns:
        if not column.use:
            column.use = _rated(column, guess)
    if guess.long:
        names = {name: (as_words(name),) for name in guess.long.values}
        guess.matches = _matched(names, guess.catalog)
    else:
        guess.matches = _matched({column.name: column.words for column in guess.rated()}, guess.catalog)
        wishes = [column for column in guess.columns if column.use == "interest"]
        guess.interest = _matched({column.name: column.words for column in wishes}, guess.catalog)


def _rated(column: Column, guess: _Guess) -> str:
    """Whether a column holds answers on a scale, wishes, or neither."""
    if _INTEREST & set(as_words(column.name)):
        return "interest"
    few = 0 < len(column.values) <= MOST_OWN and not (_is_serial(column) or _is_kept_along(column) or _is_dated(column))
    asks = _PART.search(column.name) or _is_answer(column, guess) or _matched({"": column.words}, guess.catalog)
    if column.scale is None and few and asks:
        strange = tuple(sorted(word for word in column.values if fold(word) not in _CLEAR_WORDS))
        column.scale = Recognised(OWN, {}, strange)
    return "level" if column.scale else ""


def _is_answer(column: Column, guess: _Guess) -> bool:
    """Whether it is the answers' column of a table with one answer a row."""
    return guess.long is not None and bool({"level", "rating", "answer", "score"} & set(as_words(column.name)))


def _points(column: Column, use: str, guess: _Guess) -> float:
    """How much speaks for a column to be the person, date, role or group; at most 0 is nothing."""
    if column.use or (column.scale and use != "date") or not column.filled or _is_serial(column):
        return 0
    hinted = len(_HINTS[use] & set(as_words(column.name))) / 10
    if use == "date":  # answers that were not sent off have no day of sending
        return hinted + column.filled / max(each.filled for each in guess.columns) if _is_dated(column) else 0
    if _is_kept_along(column):
        return 0
    if _PART.search(column.name) or _is_skill(column, guess.catalog):
        hinted = 0
    values = list(column.values)[:200]
    if use == "person":
        alone = guess.long is not None or len(column.values) >= 0.9 * column.filled
        mails = sum(map(is_mail, values)) >= 0.9 * len(values)
        return hinted + mails if (hinted or mails) and (alone or mails) else 0
    return hinted


def _is_serial(column: Column) -> bool:
    """Whether a column only numbers the rows."""
    return set(as_words(column.name)) <= _SERIAL


def _is_kept_along(column: Column) -> bool:
    """Whether a survey's program wrote the column beside the answers; `lastpage. Last page` is code and name."""
    parts = ["".join(as_words(part)) for part in column.name.split(". ")]
    return not _KEPT_ALONG.isdisjoint(parts) or any(
        each.startswith(_ALONG_WITH) for each in (*parts, column.name.casefold())
    )


def _is_dated(column: Column) -> bool:
    """Whether nearly every value is a day."""
    values = list(column.values)[:200]
    dated = sum(not isinstance(day_of(value, "day-first"), str) or bool(_order(value)) for value in values)
    return dated >= max(1, 0.9 * len(values))


def _is_skill(column: Column, catalog: Catalog) -> bool:
    """Whether a column is called as a skill is: `Email marketing` is nobody's address."""
    said = as_words(column.name)
    return any(said in (as_words(key), as_words(skill.name)) for key, skill in catalog.skills.items())


def _order(text: str) -> str:
    """The order that a date can only be in; empty where it can be read two ways, or not at all."""
    found = day_of(text, "year-first")
    named = re.search(r"order: (\S+)$", found) if isinstance(found, str) else None
    return named[1] if named else ""


def _stems(columns: list[Column]) -> None:
    """Each column's own words: without those that all rated columns of a scale begin or end with, and codes."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if not column.use:
            groups.setdefault(column.scale.name if column.scale else "", []).append(column)
    for group in groups.values():
        whole = [_own(as_words(column.name)) for column in group]
        front = _shared(whole) if len(group) > 1 else 0
        back = _shared([words[front:][::-1] for words in whole]) if len(group) > 1 else 0
        for column, words in zip(group, whole, strict=True):
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


def _names_skills(guess: _Guess) -> Column | None:
    """The column whose values are skills, as in a table with one answer a row."""
    for column in guess.columns:
        few = 2 <= len(column.values) <= max(4, 2 * len(guess.catalog.skills))
        if column.use or column.scale or not few or column.filled <= len(column.values):
            continue
        found = _matched({name: (as_words(name),) for name in column.values}, guess.catalog)
        if 2 * len(found) > len(column.values):
            return column
    return None


def _matched(names: Mapping[str, Sequence[tuple[str, ...]]], catalog: Catalog) -> list[Match]:
    """The likeliest skill of each name, the best pairs first; a skill is given once."""
    known = {key: (as_words(key), as_words(skill.name)) for key, skill in catalog.skills.items()}
    pairs: list[tuple[float, int, str, str]] = []
    scores: dict[str, list[float]] = {}
    for number, (name, stems) in enumerate(names.items()):
        for skill, targets in known.items():
            like = max((likeness(stem, target) for stem in stems for target in targets), default=0.0)
            if like >= LIKE_ENOUGH:
                pairs.append((-like, number, name, skill))
                scores.setdefault(name, []).append(like)
    taken: set[str] = set()
    found = {}
    for minus, _, name, skill in sorted(pairs):
        if name not in found and skill not in taken:
            second = sorted(scores[name])[-2:-1]
            found[name] = Match(name, skill, -minus, second[0] if second else 0.0)
            taken.add(skill)
    return [found[name] for name in names if name in found]


def _quoted(text: str) -> str:
    """A text in double quotes: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _who(guess: _Guess) -> list[str]:
    column = guess.used("person")
    if column is None:
        return [f"person: {ROW}  {UNSURE} no column is a name or mail address; rows are numbered, r001 on"]
    twice = len(column.values) < column.filled and guess.long is None
    mark = f"  {UNSURE} some occur twice; see  repeated: latest" if twice else ""
    return [f"person: {_quoted(column.name)}{mark}"]


def _when(guess: _Guess, today: dt.date) -> list[str]:
    column = guess.used("date")
    if column is None:
        return [f"date: {{default: {today.isoformat()}}}  {UNSURE} no column has dates; this is today"]
    texts = list(column.values)
    if all(not isinstance(day_of(text, "year-first"), str) for text in texts):
        return [f"date: {{column: {_quoted(column.name)}}}"]
    orders = {order for order in map(_order, texts) if order in ("day-first", "month-first")}
    sure = len(orders) == 1
    mark = "" if sure else f"  {UNSURE} every date can be read day-first or month-first"
    order = next(iter(orders)) if sure else "day-first"
    return [f"date: {{column: {_quoted(column.name)}, order: {order}}}{mark}"]


def _what(guess: _Guess, use: str) -> list[str]:
    """The role's or group's column; roles with the profile that each of its words may mean."""
    column = guess.used(use)
    if column is None or (use == "role" and not guess.catalog.roles):
        return []
    lines = [f"{use}:", f"  column: {_quoted(column.name)}"]
    if use == "group":
        return lines
    lines.append("  values:")
    for title in sorted(column.values)[:MOST_WORDS]:
        profiles = {key: (as_words(key), as_words(role.name)) for key, role in guess.catalog.roles.items()}
        like, key = max(
            (max(likeness(as_words(title), words) for words in names), key) for key, names in profiles.items()
        )
        mark = "" if like >= SURE else f"  {UNSURE} which profile is this?"
        lines.append(f"    {_quoted(title)}: {key}{mark}")
    return lines


def _scales(guess: _Guess) -> Iterator[str]:
    """Every scale that the answers are on, with the columns it holds for where there are several."""
    groups: dict[str, list[Column]] = {}
    for column in guess.rated():
        if column.scale and (column.scale.name != LEVELS or column.scale.strange or _worded(column)):
            groups.setdefault(column.scale.name, []).append(column)
    if groups:
        yield "scales:"
    for name, columns in groups.items():
        yield f"  {name}:"
        yield f"    {UNSURE} which level does each word mean?" if name != LEVELS else "    # gapcheck's own levels"
        told = {word: level for column in columns if column.scale for word, level in column.scale.levels.items()}
        yield "    words:" if told else "    words:  # none of these words is known"
        yield from (f"      {_quoted(word)}: {level}" for word, level in sorted(told.items(), key=lambda p: p[1]))
        strange = {word for column in columns if column.scale for word in column.scale.strange}
        yield from (f"      {UNSURE} not of this scale; set its level  {_quoted(word)}: 0" for word in sorted(strange))
        if guess.long is None and len(columns) < len(guess.rated()):
            yield f"    columns: [{', '.join(_quoted(column.name) for column in columns)}]"


def _worded(column: Column) -> bool:
    """Whether levels are written with words behind them, such as `3 - with help`."""
    return column.scale is not None and any(not word.isdecimal() for word in column.scale.levels)


def _skills(guess: _Guess) -> Iterator[str]:
    names = list(guess.long.values) if guess.long else [column.name for column in guess.rated()]
    yield "skills:" if names else "skills: {}"
    yield from _listed(guess, names, guess.matches, "  ")


def _interests(guess: _Guess) -> Iterator[str]:
    """Columns that ask for interest, and those of their words that are neither yes nor no."""
    columns = [column for column in guess.columns if column.use == "interest"]
    if guess.long is None and not guess.interest:
        return
    known = {fold(word) for word in (*WISHES.yes, *WISHES.no)}
    strange = sorted({word for column in columns for word in column.values if fold(word) not in known})
    if guess.interest or strange:
        yield "interest:"
    if guess.interest:
        yield "  columns:"
        yield from _listed(guess, [column.name for column in columns], guess.interest, "    ")
    if strange:
        yield f"  {UNSURE} which of these mean yes, which no?"
        yield f"  yes: [{', '.join(map(_quoted, (*WISHES.yes, *strange[:MOST_WORDS])))}]"


def _listed(guess: _Guess, names: Iterable[str], matches: Sequence[Match], indent: str) -> Iterator[str]:
    found = {match.name: match for match in matches}
    for name in names:
        match = found.get(name)
        if match is None:
            yield f"{indent}{UNSURE} which skill is it? or add it to ignore  {_quoted(name)}: "
            continue
        skill = guess.catalog.skills[match.skill].name
        mark = "" if match.is_sure else f"  {UNSURE} {int(100 * match.like)} % like {_one_line(skill)}"
        yield f"{indent}{_quoted(name)}: {match.skill}{mark}"


def _rest(guess: _Guess) -> Iterator[str]:
    """What could not be placed at all, so that nothing is left out unsaid."""
    left = [column.name for column in guess.columns if not column.use]
    if left:
        yield "# could not be placed, and is not read:"
        yield from (f"#   {_quoted(name)}" for name in left)


def _one_line(text: str) -> str:
    return " ".join(text.split())
