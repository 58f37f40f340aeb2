"""Answers without a terminal: from a file, standard input or the command line; every fault at once."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli.messages import say
from gapcheck.cli.scope import begun_again, catalog_ref, new_sheet, skills_of, with_given
from gapcheck.core.interview import carried, rated, settle, told
from gapcheck.core.shapes import RATING
from gapcheck.files import atomic, sheets, store, yamldoc
from gapcheck.files.formats import HEADER
from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.cli.scope import Given
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

    Answers go on top of the person's latest sheet: one of today, one that was begun and not finished, or an older one
    carried over with its dates. Raises InputError for unknown skills, for levels that do not exist, and for skills left
    open unless that is allowed, or a sheet that is there is only changed (`--set`).
    """
    with store.sitting(person):
        sheet, path = _base(home, person, given, quiet=quiet)
        doc = _read(source) if source is not None else None
        if doc is not None and isinstance(doc.data, dict) and HEADER in doc.data:
            other = sheets.parse(doc, home.catalog)
            _refuse_anothers(doc, other, sheet)
            sheet = with_given(home, _overlaid(sheet, other), given)
            doc = None
        for skill, rating in _answers(home, doc, sets).items():
            again = skill in sheet.dates
            before = told(sheet, skill) if sheet.checks.get(skill) and not again else sheet
            sheet = _dated(rated(before, skill, rating, again=again), skill, home.today)
        sheet = settle(home.catalog, replace(sheet, again_since=None))
        missing = sheets.unanswered(sheet, skills_of(home, sheet, given))
        only_changed = source is None and store.latest(person, given.who) is not None
        if missing and not allow_missing and not only_changed:
            raise InputError.of(
                f"{len(missing)} skills are not answered: {', '.join(missing)}; answer them, or say --allow-missing"
            )
        atomic.write(path, sheets.dump(sheet, home.catalog), private=True)
        if not quiet:
            say(f"saved in {path}")
    return sheet


def _base(home: Project, person: str, given: Given, *, quiet: bool) -> tuple[Sheet, Path]:
    """The sheet that answers go on top of, and where it will lie."""
    path = store.latest(person, given.who)
    today = store.sheet_path(person, home.today, given.who)
    if path is None and given.again:
        raise InputError.of(f"--again: there is no sheet of {person} yet; gapcheck assess makes one")
    if path is not None:
        sheet = sheets.load(path, home.catalog)
        if given.again:
            return with_given(home, begun_again(home, sheet, given), given), today
        if path == today or sheets.unanswered(sheet, skills_of(home, sheet, given)):
            return with_given(home, sheet, given), path
        return with_given(home, replace(carried(sheet, home.today), catalog=catalog_ref(home)), given), today
    if given.hands is None and given.rater == "self" and not quiet:
        say("--hands was not given: advice assumes there is nobody to hand work to")
    return with_given(home, new_sheet(home, person, given), given), today


def _dated(sheet: Sheet, skill: str, today: dt.date) -> Sheet:
    """An answer in a sheet that was begun earlier is of the day on which it is given."""
    return sheet if sheet.date == today else replace(sheet, dates={**sheet.dates, skill: today})


def _refuse_anothers(doc: Doc, other: Sheet, sheet: Sheet) -> None:
    """Nobody answers for somebody else by a slip. Raises InputError."""
    if (other.person, other.rater, other.by) != (sheet.person, sheet.rater, sheet.by):
        theirs, ours = (f"by {one.by} about {one.person}" if one.by else f"of {one.person}" for one in (other, sheet))
        message = f"is a sheet {theirs}, not {ours}; say --person, and --rater with --by, as it has them"
        raise InputError([Problem(doc.file, doc.span("person"), "person", message, "answers")])


def _read(source: str) -> Doc:
    """A YAML or JSON document, or lines of skill=level."""
    name = "standard input" if source == "-" else source
    raw = sys.stdin.buffer.read(yamldoc.MOST_BYTES + 1) if source == "-" else atomic.read(Path(source))
    return yamldoc.parse(raw if _IS_SHEET.search(raw) else _PAIR.sub(_as_yaml, raw), name)


_IS_SHEET = re.compile(rb"^gapcheck[ \t]*:", re.MULTILINE)
"""A whole sheet, in which a note may say anything."""

_PAIR = re.compile(rb"^[ \t]*([^\s:=#\"'\[\]{},]+)[ \t]*=[ \t]*([^\r\n#]*)", re.MULTILINE)
"""A line of skill=level, also among lines of skill: level."""


def _as_yaml(pair: re.Match[bytes]) -> bytes:
    """The same in YAML: a number stays one, and whatever else was said is a text, to be told what is wrong with it."""
    skill, said = pair[1], pair[2].strip()
    return skill + b": " + (said if said.isdigit() else b"'" + said.replace(b"'", b"''") + b"'") + b" "


def _overlaid(sheet: Sheet, other: Sheet) -> Sheet:
    """What a whole sheet says on top of what is there, each level with the date it was given on."""
    given_on = {skill: other.dates.get(skill, other.date) for skill in other.levels}
    dates = {skill: day for skill, day in {**sheet.dates, **given_on}.items() if day != sheet.date}
    checks = {skill: {**sheet.checks.get(skill, {}), **said} for skill, said in other.checks.items()}
    return replace(
        sheet,
        role=other.role or sheet.role,
        group=other.group or sheet.group,
        hours_per_week=sheet.hours_per_week if other.hours_per_week is None else other.hours_per_week,
        hands=sheet.hands if other.hands == "none" else other.hands,
        levels={**sheet.levels, **other.levels},
        dates=dates,
        first={**sheet.first, **other.first},
        check_budget=sheet.check_budget if other.check_budget is None else other.check_budget,
        checks={**sheet.checks, **checks},
        hands_for={**sheet.hands_for, **other.hands_for},
        interest=sheet.interest if other.interest is None else other.interest,
        evidence={**sheet.evidence, **other.evidence},
        terms={**sheet.terms, **other.terms},
        notes={**sheet.notes, **other.notes},
    )


def _answers(home: Project, doc: Doc | None, sets: Sequence[str]) -> dict[str, Rating]:
    problems: list[Problem] = []
    found: dict[str, Rating] = {}
    if doc is not None:
        if not isinstance(doc.data, dict):
            raise InputError([Problem(doc.file, doc.span(), "", "must be lines of  skill: level", "answers")])
        for skill, value in doc.data.items():
            _take(home, found, problems, skill, value, Problem(doc.file, doc.span(skill), skill, "", "answers"))
    said: set[str] = set()
    for text in sets:
        skill, _, word = (part.strip() for part in text.partition("="))
        value = int(word) if word.isdecimal() and len(word) < 3 else word
        at = Problem("", Span(), f"--set {text[:64]}", "", "answers")
        now = home.catalog.renamed.get(skill, skill)
        if now in said:
            problems.append(replace(at, message="the skill was set before; say each once"))
        said.add(now)
        _take(home, found, problems, skill, value, at)
    if problems:
        raise InputError(problems)
    return found


def _take(
    home: Project, found: dict[str, Rating], problems: list[Problem], skill: str, value: object, at: Problem
) -> None:
    """One answer into `found`, or what is wrong with it into `problems`."""
    now = home.catalog.renamed.get(skill, skill)
    if now not in home.catalog.skills:
        problems.append(replace(at, message=f"unknown skill{home.catalog.like(skill)}"))
    elif value is None or not RATING.allows(value):
        problems.append(replace(at, message=f"must be {RATING.expected}"))
    elif isinstance(value, (int, str)):
        found[now] = value
