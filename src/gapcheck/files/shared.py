"""Shared copies of sheets: what their owner chose to show, and a fast way to read whatever the program wrote.

The full reader takes about 2 ms a sheet, which a team of ten thousand notices. Text that has exactly the form the
program writes (`sheets.dump`, `dump` here) is read by one regular expression; anything else is left to the full
reader, so that there is one judge of what is right and one voice that says what is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, CatalogRef, Sheet
from gapcheck.core.shapes import COUNT, ID, NAME, PERSON, SLUG, WEEKLY
from gapcheck.files import yamldoc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from gapcheck.core.answers import Rater, Rating
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Hands

T = TypeVar("T")

MOST_BYTES = 1 << 16
"""Larger texts are left to the full reader; no smaller one can pass its limit of values."""

_WORDS = r'[^"\\\n]*'
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HANDS = "colleague|supplier|none"
_LIST = rf'\[(?:"{_WORDS}"(?:, "{_WORDS}")*)?\]'
_CHOICE = '"[234]": "(?:[abcd]|unknown)"'

_RATINGS: dict[str, Rating] = {**{str(level): level for level in range(6)}, **{w: w for w in (NOT_APPLICABLE, UNKNOWN)}}


def _unquoted(text: str) -> str:
    return text[1:-1]


def _quoted_in(text: str) -> tuple[str, ...]:
    return tuple(re.findall(f'"({_WORDS})"', text))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(_unquoted(text))


def _said(text: str) -> int | str:
    return int(text) if text.isdigit() else _unquoted(text)


def _choices(text: str) -> dict[str, str]:
    words = _quoted_in(text)
    return _once(zip(words[::2], words[1::2], strict=True))


_VALUES: dict[str, tuple[str, Callable[[str], object]]] = {
    "levels": ("[0-5]|n/a|unknown", _RATINGS.__getitem__),
    "dates": (f'"{_DAY}"', _day),
    "first": ('[0-5]|"(?:n/a|unknown)"', _said),
    "checks": (rf"\{{(?:{_CHOICE}(?:, {_CHOICE})*)?\}}", _choices),
    "settled": ("[0-5]", int),
    "hands_for": (f'"(?:{_HANDS})"', _unquoted),
    "evidence": (f'"{_WORDS}"', _unquoted),
    "terms": (_LIST, _quoted_in),
    "notes": (f'"{_WORDS}"', _unquoted),
}
"""The parts of a sheet with one line a key, in the order in which they are written: a value's form and its meaning."""

_LINES = {
    part: re.compile(
        rf"^  (?:({SLUG}): ({form})|# {SLUG})$" if part == "levels" else rf"^  ({SLUG}): ({form})$", re.MULTILINE
    )
    for part, (form, _) in _VALUES.items()
}

_SHEET = re.compile(
    r"(?:# yaml-language-server: [^\n]*\n)?"
    "gapcheck: sheet/1\n"
    f'person: "(?P<person>{_WORDS})"\n'
    f'(?:role: "(?P<role>{_WORDS})"\n)?'
    f'(?:group: "(?P<group>{_WORDS})"\n)?'
    f'(?:rater: (?P<rater>peer|manager)\nby: "(?P<by>{_WORDS})"\n)?'
    f"date: (?P<date>{_DAY})\n"
    f'(?:catalog: {{name: "(?P<name>{_WORDS})", version: "(?P<version>{_WORDS})"'
    f'(?:, digest: "(?P<digest>{_WORDS})")?}}\n)?'
    r"(?:hours_per_week: (?P<hours>[0-9]{1,2}(?:\.[0-9]{1,17})?)\n)?"
    f"(?:hands: (?P<hands>{_HANDS})\n)?"
    "(?:check_budget: (?P<budget>[0-9]{1,5})\n)?"
    "(?:again_since: (?P<since>[0-9]{4}-[0-9]{2}-[0-9]{2})\n)?"
    r"levels:(?: \{\}\n|\n(?P<levels>(?:  [^\n]*\n)+))"
    + "".join(rf"(?:{part}:\n(?P<{part}>(?:  [^\n]*\n)+))?" for part in _VALUES if part != "levels")
    + f'(?:model: "(?P<model>{_WORDS})"\n)?(?:interest: (?P<interest>{_LIST})\n)?'
)


class _NotOurs(ValueError):  # noqa: N818 (not an error: the full reader takes over)
    """The text has not the form that the program writes, or says what it may not."""


def read(raw: bytes, catalog: Catalog) -> Sheet | None:
    """The sheet that `sheets.parse` would read, about twenty times as fast; None where only that can tell."""
    if len(raw) > MOST_BYTES:
        return None
    try:
        text = raw.decode().replace("\r\n", "\n")
        found = _SHEET.fullmatch(text)
        return None if found is None or yamldoc.clean(text) != text else _sheet(found.groupdict(), catalog)
    except ValueError:  # not UTF-8, no such day, or not ours
        return None


def _sheet(said: Mapping[str, str | None], catalog: Catalog) -> Sheet:
    """A sheet of the parts of a text. Raises ValueError where one of them is not as it must be."""
    parts = {part: _part(part, block) for part in _VALUES if (block := said[part])}
    interest = _quoted_in(said["interest"]) if said["interest"] else None
    _check_ids(parts, interest or (), catalog)
    role = said["role"]
    if role is not None and role not in catalog.roles:
        raise _NotOurs
    return Sheet(
        person=_allowed(PERSON.allows, said["person"]) or "",
        role=role,
        group=_allowed(NAME.allows, said["group"]),
        rater=cast("Rater", said["rater"] or "self"),
        by=_allowed(PERSON.allows, said["by"]),
        date=dt.date.fromisoformat(said["date"] or ""),
        catalog=_reference(said),
        hours_per_week=_allowed(WEEKLY.allows, _number(said["hours"])),
        hands=cast("Hands", said["hands"] or "none"),
        check_budget=_allowed(COUNT.allows, int(said["budget"]) if said["budget"] else None),
        again_since=dt.date.fromisoformat(said["since"]) if said["since"] else None,
        model=said["model"],
        interest=interest,
        **parts,
    )


def _part(part: str, block: str) -> dict[str, Any]:
    """One part by its lines: each of its form, each key once, and not comments alone."""
    lines = _LINES[part].findall(block)
    pairs = [pair for pair in lines if pair[0]] if part == "levels" else lines
    if len(lines) != block.count("\n") or not pairs:
        raise _NotOurs
    meant = _VALUES[part][1]
    return _once((key, meant(value)) for key, value in pairs)


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping of pairs whose keys differ."""
    listed = list(pairs)
    found = dict(listed)
    if len(found) != len(listed):
        raise _NotOurs
    return found


def _check_ids(parts: Mapping[str, Mapping[str, Any]], interest: Collection[str], catalog: Catalog) -> None:
    """Skills under their present ids only, and nothing settled that was not claimed."""
    for part, values in parts.items():
        if part != "terms" and not values.keys() <= catalog.skills.keys():
            raise _NotOurs
    levels = parts.get("levels", {})
    if any(levels.get(skill, NOT_APPLICABLE) == NOT_APPLICABLE for skill in parts.get("settled", ())):
        raise _NotOurs
    if not set(interest) <= catalog.skills.keys():
        raise _NotOurs


def _allowed(allows: Callable[[object], bool], value: T) -> T:
    """The value, if it is one and allowed."""
    if value is not None and not allows(value):
        raise _NotOurs
    return value


def _number(text: str | None) -> float | None:
    """A number as the full reader gives it: whole ones stay whole."""
    return None if text is None else float(text) if "." in text else int(text)


def _reference(said: Mapping[str, str | None]) -> CatalogRef | None:
    if said["name"] is None:
        return None
    name, version = _allowed(ID.allows, said["name"]), _allowed(NAME.allows, said["version"])
    return CatalogRef(name=name, version=version or "", digest=said["digest"] or "")


def copy_of(sheet: Sheet, skills: Collection[str]) -> Sheet:
    """What is shared of a sheet: whose it is, and the settled levels and dates of the chosen skills.

    What does not apply and what is unknown stay what they are, unless checks settled the unknown.
    """
    levels: dict[str, Rating] = {s: sheet.settled.get(s, said) for s, said in sheet.levels.items() if s in skills}
    return Sheet(
        person=sheet.person,
        role=sheet.role,
        group=sheet.group,
        date=sheet.date,
        catalog=sheet.catalog,
        levels=levels,
        dates={skill: day for skill, day in sheet.dates.items() if skill in levels},
    )


def dump(copy: Sheet, catalog: Catalog, schema: str | None = None) -> str:
    """A shared copy as YAML, the schema's place on its first line for editors that check what is typed."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += ["gapcheck: sheet/1", f"person: {_quoted(copy.person)}"]
    lines += [f"{part}: {_quoted(said)}" for part in ("role", "group") if (said := getattr(copy, part)) is not None]
    lines.append(f"date: {copy.date.isoformat()}")
    if copy.catalog:
        lines.append(f"catalog: {{name: {_quoted(copy.catalog.name)}, version: {_quoted(copy.catalog.version)}}}")
    lines += ["levels:"] if copy.levels else ["levels: {}"]
    for key, stage in catalog.stages.items():
        answered = [skill for skill in stage.skills if skill in copy.levels]
        lines += [f"  # {key}"] if answered else []
        lines += [f"  {skill}: {copy.levels[skill]}" for skill in answered]
    if copy.dates:
        lines += ["dates:", *(f'  {skill}: "{day.isoformat()}"' for skill, day in copy.dates.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return yamldoc.clean(json.dumps(text, ensure_ascii=False))


def left_out(sheet: Sheet, copy: Sheet) -> tuple[str, ...]:
    """What a sheet holds and its shared copy does not, a few words each."""
    return tuple(f"{name} ({number})" for name, number in _private(sheet, copy) if number)


def _private(sheet: Sheet, copy: Sheet) -> Iterator[tuple[str, int]]:
    yield "skills not chosen", len(sheet.levels) - len(copy.levels)
    yield "levels claimed where another was settled", sum(sheet.levels[s] != said for s, said in copy.levels.items())
    yield "first answers", len(sheet.first)
    yield "answers to checks", sum(map(len, sheet.checks.values()))
    yield "ticked terms", sum(map(len, sheet.terms.values()))
    yield "evidence", len(sheet.evidence)
    yield "notes", len(sheet.notes)
    yield "hours and hands", (sheet.hours_per_week is not None) + (sheet.hands != "none") + len(sheet.hands_for)
    yield "interest", len(sheet.interest or ())
