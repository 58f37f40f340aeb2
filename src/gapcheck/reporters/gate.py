"""The ruling in every format there is: an explicit table, and JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gapcheck.core.report.gate import tell_gate
from gapcheck.reporters import BLOCKS
from gapcheck.reporters.look import OBEYED

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.gate import Result, Ruling
    from gapcheck.reporters.look import Look

FORMAT = "gapcheck-check/1"

MOST_BYTES = (1 << 20) - 1
"""GitHub drops a step summary of more than 1 MiB, without failing."""

CUT = "\n\nThe report was cut here: GitHub shows no more than 1 MiB. `gapcheck check` prints all of it.\n"


def _terminal(ruling: Ruling, look: Look) -> str:
    return BLOCKS["terminal"](tell_gate(ruling), look)


def _markdown(ruling: Ruling, look: Look) -> str:
    return shortened(BLOCKS["markdown"](tell_gate(ruling), look))


def _html(ruling: Ruling, look: Look) -> str:
    return BLOCKS["html"](tell_gate(ruling), look)


def _junit(ruling: Ruling, look: Look) -> str:
    from gapcheck.reporters import junit

    return junit.render(ruling, look)


def _sarif(ruling: Ruling, look: Look) -> str:
    from gapcheck.reporters import sarif

    return sarif.render(ruling, look)


def _github(ruling: Ruling, look: Look) -> str:
    from gapcheck.reporters.annotations import render  # of the package it would be what `from __future__` imports

    return render(ruling, look)


def _badge_svg(ruling: Ruling, look: Look) -> str:
    from gapcheck.reporters import badge

    return badge.render_svg(ruling, look)


def _badge_json(ruling: Ruling, look: Look) -> str:
    from gapcheck.reporters import badge

    return badge.render_endpoint(ruling, look)


def shortened(markdown: str, room: int = MOST_BYTES) -> str:
    """Markdown of at most so many bytes: cut at the end of a line, and saying so. Nothing where not even that fits."""
    raw = markdown.encode()
    if len(raw) <= room:
        return markdown
    left = room - len(CUT.encode())
    if left < 0:
        return ""
    kept = raw[:left]
    return kept[: kept.rfind(b"\n") + 1].decode() + CUT


def render_json(ruling: Ruling, look: Look) -> str:
    """The ruling as JSON; ASCII escapes where only ASCII gets through."""
    text = json.dumps(as_data(ruling), indent=2, ensure_ascii=look.ascii)
    return OBEYED.sub(r"#\\u0023", text) + "\n"


def as_data(ruling: Ruling) -> dict[str, Any]:
    """The ruling as plain data: numbers unrounded, as a float and as the exact fraction that was compared."""
    return {
        "format": FORMAT,
        "as_of": ruling.as_of.isoformat() if ruling.as_of else None,
        "outcome": ruling.outcome,
        "warning_until": ruling.warn_until.isoformat() if ruling.warns and ruling.warn_until else None,
        "own_sheet": ruling.own,
        "rules": [_rule(result, ruling) for result in ruling.results],
        "faults": [str(fault) for fault in ruling.faults],
        "left_out": list(ruling.left_out),
        "notes": list(ruling.notes),
    }


def _rule(result: Result, ruling: Ruling) -> dict[str, Any]:
    return {
        "measure": result.measure,
        "skill": result.skill,
        "stage": result.stage,
        "group": result.group,
        **({} if result.limit is None else {result.bound: float(result.limit)}),
        "unit": result.unit,
        "outcome": result.outcome,
        "value": None if result.value is None else float(result.value),
        "exactly": None if result.value is None else str(result.value),
        "worst": result.subject or None,
        "short": list(result.short),
        "words": result.words,
        "file": ruling.file if result.span.line else None,
        "line": result.span.line or None,
        "column": result.span.column or None,
    }


GATE_REPORTERS: dict[str, Callable[[Ruling, Look], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "html": _html,
    "json": render_json,
    "junit": _junit,
    "sarif": _sarif,
    "github": _github,
    "badge-svg": _badge_svg,
    "badge-json": _badge_json,
}
"""Renderers of a ruling, by format name; each imports what it needs when it runs."""

GATE_EXTENSIONS = {
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".xml": "junit",
    ".sarif": "sarif",
    ".svg": "badge-svg",
}
"""The format that a file's extension asks for."""
