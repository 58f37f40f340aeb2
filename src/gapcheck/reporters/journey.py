"""The journey for people, and for programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gapcheck.core.report.journey import tell
from gapcheck.core.report.pressing import once, sentence
from gapcheck.reporters import BLOCKS, EXTENSIONS
from gapcheck.reporters.data import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.report.journey import JourneyReport
    from gapcheck.reporters.look import Look

FORMAT = "gapcheck-journey/1"


def _of_blocks(name: str) -> Callable[[JourneyReport, Look], str]:
    return lambda report, look: BLOCKS[name](tell(report), look)


def _json(report: JourneyReport, look: Look) -> str:
    return as_text(as_data(report), look)


def as_data(report: JourneyReport) -> dict[str, Any]:
    """The journey as plain data: shares from 0 to 1, days as 2027-01-04, people by id; without a snapshot its map only.

    `hurts` is what makes the skills behind it urgent. `snapshot` holds what `journey/DATE.json` does.
    """
    snapshot, catalog = report.snapshot, report.catalog
    pressing = once(snapshot) if snapshot else ()
    return {
        "format": FORMAT,
        "as_of": report.as_of.isoformat(),
        "read": "files" if report.fresh else "snapshot" if snapshot else None,
        "hurts": [{"sentence": sentence(catalog, each), "skills": list(each.skills)} for each in pressing],
        "owners": dict(report.owners or {}),
        "left_out": [_plain(asdict(account)) for account in report.accounts],
        "snapshot": _plain(asdict(snapshot)) if snapshot else None,
        **({"since": _plain(asdict(report.since))} if report.since else {}),
    }


def _plain(value: Any) -> Any:
    """A value with the days in it as texts."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


FORMATS: dict[str, Callable[[JourneyReport, Look], str]] = {
    **{name: _of_blocks(name) for name in BLOCKS},
    "json": _json,
}
"""Renderers of a journey, by format name."""

KINDS = (FORMATS, EXTENSIONS)
