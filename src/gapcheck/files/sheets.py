"""Sheets in and out: read with every fault named, written whole and readable, one per sitting."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from gapcheck.core.answers import NOT_APPLICABLE, Sheet
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gapcheck.core.answers import Rating
    from gapcheck.core.catalog import Catalog, Role
    from gapcheck.files.yamldoc import Doc

V = TypeVar("V")

_BY_SKILL = ("levels", "dates", "checks", "settled", "hands_for", "evidence", "notes")


def load(path: Path, catalog: Catalog) -> Sheet:
    """One sheet, its skills checked against the catalog. Raises InputError with every fault."""
    doc = yamldoc.parse(atomic.read(path), str(path))
    return parse(doc, catalog)


def parse(doc: Doc, catalog: Catalog) -> Sheet:
    """A sheet from a document; levels left blank are open, former skill ids are read as the present ones."""
    sheet = _without_blanks(read_as(doc, "sheet", Sheet))
    problems = [*_unknown_skills(doc, sheet, catalog), *_odd(doc, sheet, catalog)]
    if problems:
        raise InputError(problems)
    return _renamed(sheet, catalog.renamed)


def _without_blanks(sheet: Sheet) -> Sheet:
    answered: dict[str, Rating | None] = dict(sheet.levels.items())
    return replace(sheet, levels={skill: rating for skill, rating in answered.items() if rating is not None})


def _unknown_skills(doc: Doc, sheet: Sheet, catalog: Catalog) -> list[Problem]:
    known = {**catalog.skills, **catalog.renamed}
    named = [((part, skill), skill) for part in _BY_SKILL for skill in getattr(sheet, part)]
    named += [(("interest", str(n)), skill) for n, skill in enumerate(sheet.interest)]
    return [
        Problem(doc.file, doc.span(*path), ".".join(path), f"unknown skill{did_you_mean(skill, known)}", "skill")
        for path, skill in named
        if skill not in known
    ]


def _odd(doc: Doc, sheet: Sheet, catalog: Catalog) -> list[Problem]:
    """What is right in itself and wrong together."""
    found = []
    if sheet.rater != "self" and sheet.by is None:
        found.append(("rater", "a peer's or manager's sheet must say by whom: add  by: ID"))
    if sheet.rater == "self" and sheet.by is not None:
        found.append(("by", "only a peer's or manager's sheet has it; add  rater: peer  or  rater: manager"))
    if sheet.role is not None and sheet.role not in catalog.roles:
        found.append(("role", f"unknown role{did_you_mean(sheet.role, catalog.roles)}"))
    problems = [Problem(doc.file, doc.span(key), key, message, "sheet") for key, message in found]
    for skill in sheet.settled:
        if sheet.levels.get(skill) in (None, NOT_APPLICABLE):
            message = "settled without a level that was claimed"
            problems.append(Problem(doc.file, doc.span("settled", skill), f"settled.{skill}", message, "sheet"))
    return problems


def _renamed(sheet: Sheet, names: Mapping[str, str]) -> Sheet:
    """The sheet with former skill ids as they are now."""

    def now(values: dict[str, V]) -> dict[str, V]:
        return {names.get(skill, skill): value for skill, value in values.items()}

    return replace(
        sheet,
        levels=now(sheet.levels),
        dates=now(sheet.dates),
        checks=now(sheet.checks),
        settled=now(sheet.settled),
        hands_for=now(sheet.hands_for),
        interest=tuple(names.get(skill, skill) for skill in sheet.interest),
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
    for part in ("dates", "checks", "settled", "hands_for", "evidence", "terms", "notes"):
        lines += _mapping(part, getattr(sheet, part))
    lines += [f"model: {_plain(sheet.model)}"] if sheet.model else []
    lines += [f"interest: {_plain(list(sheet.interest))}"] if sheet.interest else []
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
        lines.append(f"hours_per_week: {sheet.hours_per_week:g}")
    lines.append(f"hands: {sheet.hands}")
    return lines


def _mapping(part: str, values: Mapping[str, Any]) -> list[str]:
    if not values:
        return []
    return [f"{part}:", *(f"  {key}: {_plain(value)}" for key, value in values.items())]


def _plain(value: object) -> str:
    """A value on one line: JSON is YAML, and quotes make every text safe."""
    return json.dumps(value, ensure_ascii=False, default=str)


def blank(catalog: Catalog, role_id: str, role: Role, person: str, date: dt.date) -> str:
    """An empty sheet to fill in by hand, with the anchors as comments."""
    lines = [
        "gapcheck: sheet/1",
        f"person: {_plain(person)}",
        f"role: {role_id}",
        f"date: {date.isoformat()}",
        "hours_per_week: 4     # hours you can learn",
        "hands: none           # whom work can go to: colleague, supplier or none",
        "",
        "# After each skill write the highest level for which every line below it is true as well,",
        "# or n/a (not applicable), or unknown. What is left blank stays open.",
        "levels:",
    ]
    for stage in catalog.stages.values():
        asked = [(key, skill) for key, skill in stage.skills.items() if role.target_of(key)]
        lines += [f"  # ---- {stage.name}"] if asked else []
        for key, skill in asked:
            lines += ["", f"  # {skill.name}: {skill.what}".rstrip(": ")]
            lines += [f"  #   {level}  {skill.anchor(level)}" for level in range(6)]
            lines.append(f"  {key}:")
    return "\n".join(lines) + "\n"


def unanswered(sheet: Sheet, skills: Iterable[str]) -> tuple[str, ...]:
    """Skills that are asked and still open."""
    return tuple(skill for skill in skills if skill not in sheet.levels)
