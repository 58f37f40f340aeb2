"""Answers without a terminal: from a file, standard input or the command line; every fault at once."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli import inputs
from gapcheck.cli.messages import say
from gapcheck.cli.sitting import Given, asked, new_sheet, save, with_given
from gapcheck.core.shapes import RATING
from gapcheck.files import atomic, sheets, store, yamldoc
from gapcheck.files.formats import HEADER
from gapcheck.problems import InputError, Problem, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.files.yamldoc import Doc


def answer(
    home: Project,
    person: str,
    given: Given,
    source: str | None,
    sets: Sequence[str],
    *,
    allow_missing: bool,
    quiet: bool,
) -> Sheet:
    """A sheet with the given answers, saved as the person's sheet of the day.

    Answers go on top of the person's sheet of today, or of one that was begun and not finished. Raises
    InputError for unknown skills, for levels that do not exist, and for skills left open unless allowed.
    """
    with store.sitting(person):
        sheet, path = _base(home, person, given)
        doc = _read(source) if source is not None else None
        if doc is not None and isinstance(doc.data, dict) and HEADER in doc.data:
            sheet = _overlaid(sheet, sheets.parse(doc, home.catalog), person)
            doc = None
        levels = {**sheet.levels, **_answers(home, doc, sets)}
        sheet = replace(sheet, levels=levels)
        _, role = inputs.role_of(home, None, sheet)
        missing = sheets.unanswered(sheet, asked(home, role))
        if missing and not allow_missing:
            raise InputError.of(
                f"{len(missing)} skills are not answered: {', '.join(missing)}; answer them, or say --allow-missing"
            )
        save(home, path, sheet)
        if not quiet:
            say(f"saved in {path}")
    return sheet


def _base(home: Project, person: str, given: Given) -> tuple[Sheet, Path]:
    """The sheet that answers go on top of, and where it lies."""
    if given.role:
        inputs.role_of(home, given.role)
    today = store.sheet_path(person, home.today)
    path = today if today.exists() else store.latest(person)
    if path is not None:
        sheet = sheets.load(path, home.catalog)
        _, role = inputs.role_of(home, None, sheet)
        if path == today or sheets.unanswered(sheet, asked(home, role)):
            return with_given(sheet, given), path
    if given.hands is None:
        say("--hands was not given: advice assumes there is nobody to hand work to")
    return new_sheet(home, person, given), today


def _read(source: str) -> Doc:
    if source == "-":
        return yamldoc.parse(sys.stdin.buffer.read(yamldoc.MOST_BYTES + 1), "standard input")
    return yamldoc.parse(atomic.read(Path(source)), source)


def _overlaid(sheet: Sheet, other: Sheet, person: str) -> Sheet:
    """A whole sheet given as answers: everything it says, under the person and date of this sitting."""
    return replace(other, person=person, date=sheet.date, catalog=sheet.catalog)


def _answers(home: Project, doc: Doc | None, sets: Sequence[str]) -> dict[str, Rating]:
    problems: list[Problem] = []
    found: dict[str, Rating] = {}
    if doc is not None:
        if not isinstance(doc.data, dict):
            raise InputError([Problem(doc.file, doc.span(), "", "must be lines of  skill: level", "answers")])
        for skill, value in doc.data.items():
            _take(home, found, problems, skill, value, Problem(doc.file, doc.span(skill), skill, "", "answers"))
    for text in sets:
        skill, _, word = text.partition("=")
        value = int(word) if word.isdecimal() and len(word) < 3 else word
        _take(
            home,
            found,
            problems,
            skill.strip(),
            value,
            Problem("", Span(), f"--set {text[:64]}", "", "answers"),
        )
    if problems:
        raise InputError(problems)
    return found


def _take(
    home: Project, found: dict[str, Rating], problems: list[Problem], skill: str, value: object, at: Problem
) -> None:
    """One answer into `found`, or what is wrong with it into `problems`."""
    now = home.catalog.renamed.get(skill, skill)
    if now not in home.catalog.skills:
        problems.append(replace(at, message=f"unknown skill{did_you_mean(skill, home.catalog.skills)}"))
    elif value is None or not RATING.allows(value):
        problems.append(replace(at, message=f"must be {RATING.expected}"))
    elif isinstance(value, (int, str)):
        found[now] = value
