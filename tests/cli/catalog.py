"""A small catalog, sheets that were begun under it, and what lies on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.files import catalogs, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.answers import Sheet

DAY = "2027-01-04"
GIVEN = ("--hours", "4", "--hands", "supplier")
"""Answers to all opening questions that a role does not answer, but for the checks."""

STAGES = {
    "attract": ("search", "adverts", "writing"),
    "sell": ("pages", "offers", "trials"),
    "keep": ("mail", "service", "figures"),
}
SKILLS = tuple(skill for skills in STAGES.values() for skill in skills)
CHECKS = 3 * len(SKILLS)
RIGHT = {"2": "a", "3": "b", "4": "c"}
"""The right option of every check, by the level it is tagged with."""

TABLE = "[[row, cost, gain], [first row of three, '100', '300'], [second row of three, '200', '100']]"


def write_catalog(folder: Path) -> Path:
    """A catalog of three stages with three skills each, a check for levels 2 to 4 of each, and two roles."""
    (folder / "roles").mkdir(parents=True)
    contents = (
        "gapcheck: catalog/1\nname: small\nversion: 1.0.0\nstages: [attract, sell, keep]\ndefault_role: manager\n"
    )
    (folder / "catalog.yaml").write_text(contents, encoding="utf-8")
    for stage, skills in STAGES.items():
        terms = f"terms: {{real: [{stage} rate, {stage} cost], invented: [zonal {stage} lift]}}\n"
        head = f"gapcheck: stage/1\nname: {stage.capitalize()}\n{terms}skills:\n"
        (folder / f"{stage}.yaml").write_text(head + "".join(map(_skill, skills)), encoding="utf-8")
    for role in ("manager", "helper"):
        text = f"gapcheck: role/1\nname: {role.capitalize()}\ntarget: 4\n"
        (folder / "roles" / f"{role}.yaml").write_text(text, encoding="utf-8")
    return folder


def _skill(skill: str) -> str:
    options = "{a: The first row, b: The second row, c: Both of them, d: Neither of them}"
    checks = "".join(
        f"""
      {level}:
        question: Which rows of {skill} pay at {level}?
        table: {TABLE}
        options: {options}
        answer: {answer}
        why: A hundred in and three hundred out leaves two hundred in {skill}."""
        for level, answer in RIGHT.items()
    )
    return f"""
  {skill}:
    name: {skill.capitalize()} work
    what: Whatever {skill} takes from one end to the other.
    importance: 4
    good_work: [It pays.]
    checks:{checks}
"""


def sheet_of(home: Path, catalog: Path, person: str = "ada", day: str = DAY) -> Sheet:
    """The sheet on disk; reading it proves that it is whole."""
    return sheets.load(home / "sheets" / person / f"{day}.yaml", catalogs.load(catalog).catalog)


def files_of(home: Path, person: str = "ada") -> list[str]:
    """The names of everything that is kept of a person, but for the lock."""
    return sorted(entry.name for entry in (home / "sheets" / person).iterdir() if entry.name != ".lock")


def keep(home: Path, said: str = "", person: str = "ada", day: str = DAY) -> Path:
    """Put a sheet of a manager where the person's sheets are kept, as a sitting that was stopped left it."""
    path = home / "sheets" / person / f"{day}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"gapcheck: sheet/1\nperson: {person}\nrole: manager\ndate: {day}\nhours_per_week: 4\nhands: supplier\n"
    path.write_text(f"{head}{said}\n", encoding="utf-8")
    return path


def kept(sheet: Sheet) -> int:
    """How many answers a sheet holds, of every kind."""
    by_skill = len(sheet.levels) + len(sheet.evidence) + len(sheet.terms) + len(sheet.notes)
    return by_skill + sum(map(len, sheet.checks.values())) + (sheet.interest is not None)
