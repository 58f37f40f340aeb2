"""Earlier sheets of a person: read leniently, since a catalog may have changed after they were answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gapcheck.core.shapes import ID
from gapcheck.core.trend import Earlier
from gapcheck.files import atomic, shared, sheets, store, yamldoc
from gapcheck.files.formats import kind_of
from gapcheck.problems import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog


def load(path: Path, catalog: Catalog) -> Earlier:
    """One sheet without the skills that the catalog has no longer, and which those are.

    A role that is there no longer stays named. Raises InputError with every other fault.
    """
    raw = atomic.read(path)
    if (sheet := shared.read(raw, catalog)) is not None:
        return Earlier(sheet)
    doc = yamldoc.parse(raw, str(path))
    if kind_of(doc) != "sheet":
        return Earlier(sheets.parse(doc, catalog))
    known = {**catalog.skills, **catalog.renamed}
    gone = [skill for skill in dict.fromkeys(_named(doc.data)) if ID.allows(skill) and skill not in known]
    data = {
        part: _without(said, gone) if part in (*sheets.BY_SKILL, "interest") else said
        for part, said in doc.data.items()
    }
    role = data.get("role")
    is_old_role = ID.allows(role) and role not in catalog.roles
    if is_old_role:
        del data["role"]
    sheet = sheets.parse(replace(doc, data=data), catalog)
    return Earlier(replace(sheet, role=role) if is_old_role else sheet, tuple(gone))


def _named(data: dict[str, Any]) -> Iterator[Any]:
    """Whatever stands where a skill's id should."""
    for part in sheets.BY_SKILL:
        if isinstance(data.get(part), dict):
            yield from data[part]
    interest = data.get("interest")
    if isinstance(interest, list):
        yield from (each for each in interest if isinstance(each, str))


def _without(said: Any, gone: list[str]) -> Any:
    if isinstance(said, dict):
        return {skill: value for skill, value in said.items() if skill not in gone}
    return [skill for skill in said if skill not in gone] if isinstance(said, list) else said


def before(own: Path, latest: Sheet, catalog: Catalog, today: dt.date) -> tuple[tuple[Earlier, ...], tuple[str, ...]]:
    """The person's sittings before their latest sheet, from the folder where that lies, and what was left out and why.

    An old sheet that is no good must not keep anybody from a report on the new one.
    """
    found: dict[dt.date, Earlier] = {}
    left: list[str] = []
    for path in sorted(own.parent.glob(f"{store.A_DAY}.yaml")):
        if path == own:
            continue
        try:
            each = load(path, catalog)
        except InputError:
            left.append(f"{path}: is no good and left out of the trend; gapcheck sheet lint names its faults")
            continue
        if reason := _unfit(each.sheet, latest, found, today):
            left.append(f"{path}: {reason}; left out of the trend")
        else:
            found[each.sheet.date] = each
    return tuple(found.values()), tuple(left)


def _unfit(sheet: Sheet, latest: Sheet, found: dict[dt.date, Earlier], today: dt.date) -> str:
    """Why a sheet is no earlier sitting of the person; empty where it is one."""
    if sheet.person != latest.person or sheet.rater != "self":
        return f"is not by {latest.person} about themselves"
    if sheet.date > today:
        return f"is of a day to come, {sheet.date}"
    if sheet.date >= latest.date:
        return f"is of {sheet.date}, not before the latest one"
    return f"is of the same day as another, {sheet.date}" if sheet.date in found else ""
