"""What was concluded about the journey, a file a day: `journey/2027-01-31.json`, under the eyes of the repository."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import HEADER, read_as
from gapcheck.problems import InputError, Problem

if TYPE_CHECKING:
    from gapcheck.core.journey.found import Snapshot

KIND = "snapshot"
FOLDER = Path("journey")
MAP = FOLDER / "map.yaml"


def path_of(day: dt.date) -> Path:
    """Where the snapshot of a day is kept, seen from the current folder."""
    return FOLDER / f"{day.isoformat()}.json"


def days() -> tuple[dt.date, ...]:
    """The days that there is a snapshot of, the earliest first; none without the folder."""
    found = (_day(path) for path in FOLDER.glob("????-??-??.json"))
    return tuple(sorted(day for day in found if day is not None))


def _day(path: Path) -> dt.date | None:
    """The day that a file is called by; None where that is none."""
    try:
        return dt.date.fromisoformat(path.stem)
    except ValueError:
        return None


def newest(until: dt.date) -> Snapshot | None:
    """The newest snapshot that is not of a later day; None where there is none. Raises InputError with every fault."""
    known = [day for day in days() if day <= until]
    return load(known[-1]) if known else None


def load(day: dt.date) -> Snapshot:
    """The snapshot of a day. Raises InputError with every fault of the file."""
    return _parsed(atomic.read(path_of(day)), day)


def as_kept(snapshot: Snapshot) -> Snapshot:
    """A snapshot as it would be read again: valid, and with nothing in it that a terminal or a page could obey."""
    return _parsed(dump(snapshot), snapshot.date)


def _parsed(raw: bytes, day: dt.date) -> Snapshot:
    from gapcheck.core.journey.found import Snapshot

    doc = yamldoc.parse(raw, str(path_of(day)))  # JSON is YAML; this door knows lines, and refuses double keys
    snapshot = read_as(doc, KIND, Snapshot)
    if snapshot.date != day:
        message = f"must be {day}, as the file's name says"
        raise InputError([Problem(doc.file, doc.span("date"), "date", message, KIND)])
    return snapshot


def save(snapshot: Snapshot) -> tuple[Path, bool]:
    """Write a snapshot to its day's file; says where that is, and whether something else stood there.

    Raises InputError where it cannot be written, and where a later day has one: what was known then is history.
    """
    path, content = path_of(snapshot.date), dump(snapshot)
    before = atomic.read(path) if atomic.exists(path) else content
    if before != content and days()[-1] > snapshot.date:
        message = "says something else, and a later snapshot stands beside it; what was known then stays"
        raise InputError.of(message, file=str(path), rule="write")
    if before != content or not atomic.exists(path):
        atomic.write(path, content)
    return path, before != content


def dump(snapshot: Snapshot) -> bytes:
    """A snapshot as JSON, a value on a line, so that a change shows as the lines it is."""
    data = {HEADER: f"{KIND}/1", **asdict(snapshot)}
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False, default=dt.date.isoformat)
    return (yamldoc.clean(text) + "\n").encode()
