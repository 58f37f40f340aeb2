"""A map proposed for a survey's table, as YAML: what is recognised, what is unsure, and what could not be placed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gapcheck.core.survey.columns import ORDERS, is_day
from gapcheck.core.survey.guess import MOST_WORDS, guessed
from gapcheck.core.survey.matches import SURE
from gapcheck.core.survey.model import ROW, UNSURE, InterestMap
from gapcheck.core.survey.scales import LEVELS
from gapcheck.core.survey.words import as_words, day_of, fold, likeness, meaning
from gapcheck.problems import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.columns import Column
    from gapcheck.core.survey.found import Table
    from gapcheck.core.survey.guess import Guess
    from gapcheck.core.survey.matches import Match

WISHES = InterestMap()


def propose(table: Table, catalog: Catalog, form: Sequence[str], today: dt.date) -> str:
    """A map as YAML, by the table's first rows: every line that is unsure says so in a comment.

    `form` are the lines that say how the table is written (delimiter, encoding); what was guessed there is marked too.
    Raises InputError where the table has no answers.
    """
    guess = guessed(table, catalog)
    if not any(column.filled for column in guess.columns):
        message = "has names of columns and no answers; a map is proposed by the answers: export them too"
        raise InputError.of(message, file=table.file, rule="survey")
    lines = [
        "gapcheck: map/1",
        f"# Proposed by gapcheck. Settle each line marked {UNSURE.strip('# :')} and delete its mark.",
    ]
    lines += [*form, *_who(guess), *_when(guess, today), *_what(guess, "role"), *_what(guess, "group")]
    if guess.long:
        level, interest = guess.rated(), guess.used("interest")
        lines += ["long:", f"  skill: {_quoted(guess.long.name)}"]
        lines += [f"  level: {_quoted(level[0].name)}" if level else f"  {UNSURE} which column holds the answers?"]
        lines += [f"  interest: {_quoted(interest.name)}"] if interest else []
    lines += [*_scales(guess), *_skills(guess), *_interests(guess), *_rest(guess)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in double quotes: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _who(guess: Guess) -> list[str]:
    column = guess.used("person")
    if column is None:
        return [f"person: {ROW}  {UNSURE} no column is a name or mail address; rows are numbered, r001 on"]
    twice = len(set(map(fold, column.values))) < column.filled and guess.long is None
    mark = f"  {UNSURE} some occur twice; see  repeated: latest" if twice else ""
    return [f"person: {_quoted(column.name)}{mark}"]


def _when(guess: Guess, today: dt.date) -> list[str]:
    column = guess.used("date")
    if column is None:
        return [f"date: {{default: {today.isoformat()}}}  {UNSURE} no column has dates; this is today"]
    texts = list(column.values)
    if all(not isinstance(day_of(text, "year-first"), str) for text in texts):
        return [f"date: {{column: {_quoted(column.name)}}}"]
    orders = [order for order in ORDERS if all(is_day(text, order) for text in texts if is_day(text, *ORDERS))]
    due = [order for order in orders if all(day <= today for day in _days(texts, order))]  # the other turns some over
    mark = f"  {UNSURE} {'every date can be read' if orders else 'some dates are'} {' or '.join(ORDERS)}"
    order = [*due, *orders, *ORDERS][0]
    return [f"date: {{column: {_quoted(column.name)}, order: {order}}}{'' if len(due or orders) == 1 else mark}"]


def _days(texts: Iterable[str], order: str) -> Iterator[dt.date]:
    return (day for text in texts if not isinstance(day := day_of(text, order), str))


def _what(guess: Guess, use: str) -> list[str]:
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


def _scales(guess: Guess) -> Iterator[str]:
    """Every scale that the answers are on, with the columns it holds for where there are several."""
    groups: dict[str, list[Column]] = {}
    for column in guess.rated():
        if column.scale and (column.scale.name != LEVELS or column.scale.strange or _worded(column)):
            groups.setdefault(column.scale.name, []).append(column)
    if sum(map(len, groups.values())) < len(guess.rated()):
        yield "# Numbers from 0 to 5 are taken for gapcheck's own levels; if they mean something else, add a scale."
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


def _skills(guess: Guess) -> Iterator[str]:
    names = list(guess.long.values) if guess.long else [column.name for column in guess.rated()]
    yield "skills:" if names else f"skills: {{}}  {UNSURE} no column looks like ratings; name each, and its skill"
    yield from _listed(guess, names, guess.matches, "  ")


def _interests(guess: Guess) -> Iterator[str]:
    """Columns that ask for interest, and those of their words that are neither yes nor no."""
    columns = [column for column in guess.columns if column.use == "interest"]
    if guess.long is None and not guess.interest:
        return
    known = {meaning(word) for word in (*WISHES.yes, *WISHES.no)}
    strange = sorted({word for column in columns for word in column.values if meaning(word) not in known})
    if guess.interest or strange:
        yield "interest:"
    if guess.interest:
        yield "  columns:"
        yield from _listed(guess, [column.name for column in columns], guess.interest, "    ")
    if strange:
        yield f"  {UNSURE} which of these mean yes, which no?"
        yield f"  yes: [{', '.join(map(_quoted, (*WISHES.yes, *strange[:MOST_WORDS])))}]"


def _listed(guess: Guess, names: Iterable[str], matches: Sequence[Match], indent: str) -> Iterator[str]:
    found = {match.name: match for match in matches}
    for name in names:
        match = found.get(name)
        if match is None:
            yield f"{indent}{UNSURE} which skill is it? or add it to ignore  {_quoted(name)}: "
            continue
        skill = guess.catalog.skills[match.skill].name
        mark = "" if match.is_sure else f"  {UNSURE} {int(100 * match.like)} % like {_one_line(skill)}"
        yield f"{indent}{_quoted(name)}: {match.skill}{mark}"


def _rest(guess: Guess) -> Iterator[str]:
    """What could not be placed at all, so that nothing is left out unsaid."""
    left = [column.name for column in guess.columns if not column.use]
    if left:
        yield "# could not be placed, and is not read:"
        yield from (f"#   {_quoted(name)}" for name in left)


def _one_line(text: str) -> str:
    return " ".join(text.split())
