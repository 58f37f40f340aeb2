"""Sheets in and out: read with every fault named, written whole and readable, one per sitting."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from gapcheck.core.answers import NOT_APPLICABLE, Sheet
from gapcheck.core.shapes import ID
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import kind_of, read_as
from gapcheck.problems import SHOWN, InputError, Problem, key_path, what_is_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gapcheck.core.answers import Rating
    from gapcheck.core.catalog import Catalog, Role
    from gapcheck.files.yamldoc import Doc

V = TypeVar("V")

BY_SKILL = ("levels", "dates", "first", "checks", "settled", "hands_for", "evidence", "notes")
"""The parts of a sheet that have a value for each skill."""


def load(path: Path, catalog: Catalog) -> Sheet:
    """One sheet, its skills checked against the catalog. Raises InputError with every fault."""
    doc = yamldoc.parse(atomic.read(path), str(path))
    return parse(doc, catalog)


def parse(doc: Doc, catalog: Catalog) -> Sheet:
    """A sheet from a document; levels left blank are open, former skill ids are read as the present ones."""
    problems: list[Problem] = []
    sheet: Sheet | None = None
    try:
        sheet = read_as(doc, "sheet", Sheet)
    except InputError as error:
        problems += error.problems
    if kind_of(doc) == "sheet":
        problems += [*_unknown_skills(doc, catalog), *_twice(doc, catalog), *_odd(doc, catalog)]
    if problems or sheet is None:
        raise InputError(problems)
    return _renamed(_without_blanks(sheet), catalog.renamed)


def _without_blanks(sheet: Sheet) -> Sheet:
    answered: dict[str, Rating | None] = dict(sheet.levels.items())
    return replace(sheet, levels={skill: rating for skill, rating in answered.items() if rating is not None})


def _mappings(doc: Doc) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a sheet that are mappings by skill, as far as they are; whatever else is wrong is told elsewhere."""
    parts = ((part, doc.data.get(part)) for part in BY_SKILL)
    return ((part, values) for part, values in parts if isinstance(values, dict))


def _unknown_skills(doc: Doc, catalog: Catalog) -> list[Problem]:
    """Ids of skills that the catalog does not have, in the order of the file; near misses for those that are shown."""
    known = {**catalog.skills, **catalog.renamed}
    interest = doc.data.get("interest")
    named = [((part, skill), skill) for part, values in _mappings(doc) for skill in values]
    named += [(("interest", str(n)), skill) for n, skill in enumerate(interest if isinstance(interest, list) else ())]
    unknown = [(doc.span(*path), path, skill) for path, skill in named if ID.allows(skill) and skill not in known]
    unknown.sort(key=lambda each: (each[0].line, each[0].column))
    return [
        Problem(doc.file, span, key_path(path), f"unknown skill{_meant(skill, catalog) if n < SHOWN else ''}", "skill")
        for n, (span, path, skill) in enumerate(unknown)
    ]


def _meant(skill: str, catalog: Catalog) -> str:
    return catalog.like(skill) or "; gapcheck catalog show lists them"


def _twice(doc: Doc, catalog: Catalog) -> list[Problem]:
    """A skill under its former id and its present one."""
    return [
        _problem(doc, "the former id of a skill that stands here under its present one; keep one", part, skill)
        for part, values in _mappings(doc)
        for skill in values
        if catalog.renamed.get(skill) in values
    ]


def _odd(doc: Doc, catalog: Catalog) -> list[Problem]:
    """What is right in itself and wrong together."""
    rater, by, role = (doc.data.get(key) for key in ("rater", "by", "role"))
    found = []
    if rater in ("peer", "manager") and by is None:
        found.append(_problem(doc, "a peer's or manager's sheet must say by whom: add  by: ID", "rater"))
    if rater in (None, "self") and by is not None:
        found.append(
            _problem(doc, "only a peer's or manager's sheet has it; add  rater: peer  or  rater: manager", "by")
        )
    if ID.allows(role) and role not in catalog.roles:
        found.append(_problem(doc, f"unknown role{what_is_known(str(role), catalog.roles)}", "role"))
    return found + [
        _problem(doc, "settled without a level that was claimed", "settled", skill)
        for skill in _settled_alone(dict(_mappings(doc)), catalog.renamed)
    ]


def _settled_alone(parts: Mapping[str, dict[str, Any]], names: Mapping[str, str]) -> list[str]:
    """Skills with a settled level and no level claimed, whatever they are called now."""
    claimed = {names.get(skill, skill) for skill, rating in parts.get("levels", {}).items() if _is_level(rating)}
    return [skill for skill in parts.get("settled", {}) if names.get(skill, skill) not in claimed]


def _is_level(rating: object) -> bool:
    return rating is not None and rating != NOT_APPLICABLE


def _problem(doc: Doc, message: str, *path: str) -> Problem:
    return Problem(doc.file, doc.span(*path), key_path(path), message, "sheet")


def _renamed(sheet: Sheet, names: Mapping[str, str]) -> Sheet:
    """The sheet with former skill ids as they are now."""

    def now(values: dict[str, V]) -> dict[str, V]:
        return {names.get(skill, skill): value for skill, value in values.items()}

    return replace(
        sheet,
        levels=now(sheet.levels),
        dates=now(sheet.dates),
        first=now(sheet.first),
        checks=now(sheet.checks),
        settled=now(sheet.settled),
        hands_for=now(sheet.hands_for),
        interest=None if sheet.interest is None else tuple(names.get(skill, skill) for skill in sheet.interest),
        evidence=now(sheet.evidence),
        notes=now(sheet.notes),
    )


def dump(sheet: Sheet, catalog: Catalog) -> bytes:
    """The sheet as YAML: header first, levels in catalog order under a comment per stage."""
    lines = ["gapcheck: sheet/1"]
    lines += _scalars(sheet)
    lines += ["levels:"] if sheet.levels else ["levels: {}"]
    for key, stage in catalog.stages.items():
        answered = [(skill, sheet.levels[skill]) for skill in stage.skills if skill in sheet.levels]
        lines += [f"  # {key}"] if answered else []
        lines += [f"  {skill}: {rating}" for skill, rating in answered]
    for part in ("dates", "first", "checks", "settled", "hands_for", "evidence", "terms", "notes"):
        lines += _mapping(part, getattr(sheet, part))
    lines += [f"model: {_plain(sheet.model)}"] if sheet.model is not None else []
    lines += [f"interest: {_plain(list(sheet.interest))}"] if sheet.interest is not None else []
    return ("\n".join(lines) + "\n").encode()


def _scalars(sheet: Sheet) -> list[str]:
    lines = [f"person: {_plain(sheet.person)}"]
    named = ((part, getattr(sheet, part)) for part in ("role", "group"))
    lines += [f"{part}: {_plain(value)}" for part, value in named if value is not None]
    if sheet.rater != "self":
        lines += [f"rater: {sheet.rater}", f"by: {_plain(sheet.by)}"]
    lines.append(f"date: {sheet.date.isoformat()}")
    if sheet.catalog:
        ref = sheet.catalog
        lines.append(
            f"catalog: {{name: {_plain(ref.name)}, version: {_plain(ref.version)}, digest: {_plain(ref.digest)}}}"
        )
    if sheet.hours_per_week is not None:
        lines.append(f"hours_per_week: {_plain(sheet.hours_per_week).removesuffix('.0')}")
    lines.append(f"hands: {sheet.hands}")
    if sheet.check_budget is not None:
        lines.append(f"check_budget: {sheet.check_budget}")
    if sheet.again_since is not None:
        lines.append(f"again_since: {sheet.again_since.isoformat()}")
    return lines


def _mapping(part: str, values: Mapping[str, Any]) -> list[str]:
    if not values:
        return []
    return [f"{part}:", *(f"  {key}: {_plain(value)}" for key, value in values.items())]


def _plain(value: object) -> str:
    """A value on one line: JSON is YAML, and quotes make every text safe that YAML can hold."""
    return yamldoc.clean(json.dumps(value, ensure_ascii=False, default=str))


def blank(catalog: Catalog, role: Role, sheet: Sheet) -> str:
    """An empty sheet to fill in by hand, with the anchors as comments; who, by whom and when come from `sheet`."""
    of_oneself = (
        "hours_per_week: 4     # hours you can learn",
        "hands: none           # whom work can go to: colleague, supplier or none",
    )
    lines = [
        "gapcheck: sheet/1",
        f"person: {_plain(sheet.person)}",
        *([f"role: {_plain(sheet.role)}"] if sheet.role in catalog.roles else []),
        *([] if sheet.rater == "self" else [f"rater: {sheet.rater}", f"by: {_plain(sheet.by)}"]),
        f"date: {sheet.date.isoformat()}",
        *(of_oneself if sheet.rater == "self" else ()),
        "",
        "# After each skill write the highest level for which every line below it is true as well,",
        "# or n/a (not applicable), or unknown. What is left blank stays open.",
        "levels:",
    ]
    for stage in catalog.stages.values():
        asked = [(key, skill) for key, skill in stage.skills.items() if role.target_of(key)]
        lines += [_comment("---- ", stage.name)] if asked else []
        for key, skill in asked:
            lines += ["", _comment("", f"{skill.name}: {skill.what}".rstrip(": "))]
            lines += [_comment(f"  {level}  ", skill.anchor(level)) for level in range(6)]
            lines.append(f"  {key}:")
    return "\n".join(lines) + "\n"


def _comment(before: str, text: str) -> str:
    """A comment of one line, however many lines the text has."""
    return f"  # {before}{' '.join(text.split())}"


def unanswered(sheet: Sheet, skills: Iterable[str]) -> tuple[str, ...]:
    """Skills that are asked and still open."""
    return tuple(skill for skill in skills if skill not in sheet.levels)
