"""Maps of surveys: read, held against the catalog, and held against the table that they are for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from gapcheck.core.survey.model import ROW, UNSURE, SurveyMap
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import SHOWN, InputError, Problem, Span, key_path, what_is_known

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.survey.found import Table
    from gapcheck.files.yamldoc import Doc

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')

Reference = tuple[tuple[object, ...], str, "Mapping[str, Any]", str]


def load_map(path: Path, catalog: Catalog, today: dt.date) -> SurveyMap:
    """A map whose ids are all in the catalog, its day not after `today`.

    Raises InputError with every fault and every line left unsure.
    """
    raw = atomic.read(path)
    doc = yamldoc.parse(raw, str(path))
    unsure = _unsettled(raw, str(path))
    try:
        survey = read_as(doc, "map", SurveyMap)
    except InputError as error:
        raise InputError([*error.problems, *unsure]) from None
    problems = [*unsure, *_faults(doc, survey, catalog, today)]
    if problems:
        raise InputError(problems)
    return survey


def _unsettled(raw: bytes, file: str) -> list[Problem]:
    """Lines of a proposed map that nobody has settled: importing by them would be guessing."""
    lines = enumerate(raw.decode("utf-8", "replace").splitlines(), 1)
    message = "still marked as unsure; settle it and delete the mark"
    marked = (n for n, line in lines if UNSURE in _QUOTED.sub("", line))
    return [Problem(file, Span(n, 1), "", message, "map") for n in marked]


def _faults(doc: Doc, survey: SurveyMap, catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """What is right in itself and does not fit the catalog, or the rest of the map."""
    met = 0
    for path, word, known, what in _references(survey, catalog):
        if word not in known:
            yield _problem(doc, f"unknown {what}{what_is_known(word, known) if met < SHOWN else ''}", *path)
            met += 1
    for part, columns in (("skills", survey.skills), ("interest", survey.interest.columns)):
        meant = Counter(catalog.renamed.get(skill, skill) for skill in columns.values())
        path = ("interest", "columns") if part == "interest" else (part,)
        for column, skill in columns.items():
            if survey.long is None and meant[catalog.renamed.get(skill, skill)] > 1:
                yield _problem(doc, "another column is this skill too; keep one", *path, column)
    if survey.date.column is None and survey.date.default is None:
        yield _problem(doc, "must name a column, or the default day of all answers", "date")
    if survey.date.default is not None and survey.date.default > today:
        yield _problem(doc, f"{survey.date.default} is a day to come; correct it", "date", "default")
    if survey.long and survey.person == ROW:
        yield _problem(doc, "a table with one answer a row needs a column that says whose it is", "person")
    if sum(not scale.columns for scale in survey.scales.values()) > 1:
        yield _problem(doc, "only one scale can hold for all other columns; name the columns of each", "scales")
    yield from _claimed_twice(doc, survey)


def _references(survey: SurveyMap, catalog: Catalog) -> Iterator[Reference]:
    """Every id of the map: where it stands, itself, what is known, and what it should be."""
    skills = {**catalog.skills, **catalog.renamed}
    yield from ((("skills", column), skill, skills, "skill") for column, skill in survey.skills.items())
    for column, skill in survey.interest.columns.items():
        yield ("interest", "columns", column), skill, skills, "skill"
    yield from ((("role", "values", word), role, catalog.roles, "role") for word, role in survey.role.values.items())
    if survey.role.default is not None:
        yield ("role", "default"), survey.role.default, catalog.roles, "role"
    for key, scale in survey.scales.items():
        for n, column in enumerate(scale.columns):
            yield ("scales", key, "columns", n), column, survey.skills, "column; skills has none of that name"


def _claimed_twice(doc: Doc, survey: SurveyMap) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, scale in survey.scales.items():
        for n, column in enumerate(scale.columns):
            if column in seen:
                yield _problem(doc, f"this column is of the scale {seen[column]} already", "scales", key, "columns", n)
            seen[column] = key


def _problem(doc: Doc, message: str, *path: object) -> Problem:
    return Problem(doc.file, doc.span(*path), key_path(path), message, "map")


def check_columns(table: Table, survey: SurveyMap, map_file: str) -> None:
    """Every column that the map names is there. Raises InputError with each that is missing."""
    missing = [(path, column) for column, path in survey.named_columns.items() if column not in table.header]
    if missing:
        known = dict.fromkeys(table.header)
        raise InputError(
            Problem(
                map_file, Span(), key_path(path), f"the table has no such column{what_is_known(column, known)}", "map"
            )
            for path, column in missing
        )
