"""A file of which nothing is known: where in it events or figures are, or what it lacks to have any."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.files import yamldoc
from gapcheck.files.journey import source, worksheets
from gapcheck.files.journey.profile import profile
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.files.journey.profile import Profile

SHOWN = 20
"""Columns that are told."""

MOST_TOLD = 400
"""Characters of the names of worksheets."""


def looked(file: Path) -> tuple[str | None, Profile]:
    """A file with events or figures in it; of a workbook, the first worksheet that has them. Raises InputError."""
    source.check(file, str(file))
    names = worksheets.names(file) if worksheets.is_workbook(file) else []
    tables = worksheets.tables(file) if len(names) > 1 else []
    faults: list[InputError] = []
    for worksheet in [*tables] if tables else [None]:
        try:
            seen = profile(file, worksheet)
        except InputError as error:
            if len(tables) < 2:
                raise
            faults.append(_of_sheet(error, worksheet))
        else:
            if seen.kind:
                return worksheet, seen
            neither = _neither(seen) if seen.rows else "has a header and no rows"
            faults.append(_of_sheet(InputError.of(neither, file=str(file), rule="journey"), worksheet))
    if rest := [quoted(yamldoc.clean(name)) for name in names if tables and name not in tables]:
        told = f"hidden or no tables: {', '.join(rest)[:MOST_TOLD]}"
        faults.append(InputError.of(told, file=str(file), rule="journey"))
    raise InputError(problem for fault in faults for problem in fault.problems)


def _of_sheet(error: InputError, worksheet: str | None) -> InputError:
    """An error with the worksheet that was looked at."""
    if worksheet is None:
        return error
    place = f"worksheet {quoted(yamldoc.clean(worksheet))}: "
    return InputError(replace(problem, message=place + problem.message) for problem in error.problems)


def _neither(seen: Profile) -> str:
    """What each column was taken for, and which one is missing."""
    kinds = [
        f"{quoted(c.name)} {'dates' if c.is_time else 'numbers' if c.is_number else 'text'}"
        for c in seen.columns[:SHOWN]
    ]
    one = next((c for c in seen.columns if c.called("who") and c.distinct == 1), None)
    unread = next((c for c in seen.columns if c.unread), None)
    if seen.when is None:
        missing = "no column has dates or times"
        if unread is not None:
            missing += f" that are read: {quoted(unread.name)} {unread.unread}"
    elif seen.who is None and one is not None:
        missing = f"only one person in column {quoted(one.name)}"
    elif seen.who is None:
        missing = "no column has numbers, for figures, or is called like who it was (user, customer, lead), for events"
    else:
        missing = "no column is called like what happened (event, action, step), nor are there two with dates"
    more = ", ..." if len(seen.columns) > SHOWN else ""
    return f"has neither events nor figures: {missing}; it has {', '.join(kinds)}{more} (see docs/journey-data.md)"


def quoted(text: str) -> str:
    """A text in double quotes, on one line: JSON is YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
