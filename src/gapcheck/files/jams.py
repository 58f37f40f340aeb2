"""Past knowledge jams, one file a month: `jams/2027-02.yaml`. They are how the next one knows whose turn it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.core.jams import Jam
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import InputError, Problem

if TYPE_CHECKING:
    from gapcheck.core.jams import Slot

FOLDER = Path("jams")


def path_of(month: str) -> Path:
    """Where the jam of a month (`2027-02`) is kept, seen from the current folder."""
    return FOLDER / f"{month}.yaml"


def load() -> tuple[Jam, ...]:
    """Every jam there is a file of, the earliest first; none without the folder. Raises InputError with every fault."""
    found: list[Jam] = []
    problems: list[Problem] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            found.append(_read(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(sorted(found, key=lambda jam: jam.date))


def _read(path: Path) -> Jam:
    """One jam; its file is called by its month, so that no month has two."""
    doc = yamldoc.parse(atomic.read(path), str(path))
    jam = read_as(doc, "jam", Jam)
    if path.stem != jam.month:
        message = f"the file of a jam in this month is called {path_of(jam.month).name}"
        raise InputError([Problem(doc.file, doc.span("date"), "date", message, "jam")])
    return jam


def save(jam: Jam) -> Path:
    """Write a jam to its month's file, and say where that is. Raises InputError where it cannot be written."""
    path = path_of(jam.month)
    atomic.write(path, dump(jam))
    return path


def dump(jam: Jam) -> bytes:
    """A jam as YAML, a line for each thing said."""
    lines = ["gapcheck: jam/1", f"series: {_plain(jam.series)}", f"date: {jam.date.isoformat()}"]
    lines += [f"planned: {jam.planned.isoformat()}"]
    lines += [f"{part}: {getattr(jam, part)}" for part in ("revision", "talks", "pause")]
    lines += [f"{part}: {_plain(value)}" for part, value in (("by", jam.by), ("tz", jam.tz)) if value is not None]
    lines += _slots("slots", jam.slots)
    lines += _slots("dropped", jam.dropped) if jam.dropped else []
    return ("\n".join(lines) + "\n").encode()


def _slots(part: str, slots: tuple[Slot, ...]) -> list[str]:
    return [f"{part}:", *(line for slot in slots for line in _slot(slot))]


def _slot(slot: Slot) -> list[str]:
    said = ((part, getattr(slot, part)) for part in ("at", "speaker", "group", "skill", "objective", "question"))
    first, *rest = [f"{part}: {_plain(value)}" for part, value in said if value is not None]
    return [f"  - {first}", *(f"    {line}" for line in rest)]


def _plain(value: str) -> str:
    """A text in quotes: JSON is YAML, and quotes make every text safe that YAML can hold."""
    return yamldoc.clean(json.dumps(value, ensure_ascii=False))
