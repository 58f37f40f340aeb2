"""The ruling as a badge: an SVG of its own, or the JSON that badge services ask an endpoint for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from gapcheck.core.gate import Ruling
    from gapcheck.reporters.look import Look

LABEL = "gapcheck"
COLOURS = {"green": "#3a7d1e", "orange": "#b35900", "red": "#c0392b", "grey": "#666666"}
"""Each against white text has a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""

LETTER = 7
"""Pixels that a letter takes at 11 px, generously."""

EDGE = 6
"""Pixels beside a text."""


def message(ruling: Ruling) -> tuple[str, str]:
    """What the badge says, and its colour. Nothing from a file stands in it."""
    failing, number = len(ruling.of("fail")), sum(each.rules for each in ruling.results)
    if ruling.outcome == "cannot-judge":
        return "cannot judge", "grey"
    if ruling.outcome == "pass":
        return "pass", "green"
    least = "at least " if any(each.rules > 1 for each in ruling.of("fail")) else ""
    said = f"{least}{failing} of {number} fail"
    return (f"warning: {said}", "orange") if ruling.warns else (said, "red")


def render_svg(ruling: Ruling, _look: Look) -> str:
    """A flat badge of 20 pixels, readable to screen readers."""
    said, colour = message(ruling)
    left, right = (len(text) * LETTER + 2 * EDGE for text in (LABEL, said))
    title = escape(f"{LABEL}: {said}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{title}"><title>{title}</title>'
        f'<rect width="{left}" height="20" fill="#444444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{COLOURS[colour]}"/>'
        f'<g fill="#ffffff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{escape(LABEL)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(said)}</text></g></svg>\n'
    )


def render_endpoint(ruling: Ruling, _look: Look) -> str:
    """The endpoint JSON, schema version 1."""
    said, colour = message(ruling)
    badge = {"schemaVersion": 1, "label": LABEL, "message": said, "color": COLOURS[colour]}
    if ruling.outcome == "cannot-judge":
        badge["isError"] = True
    return json.dumps(badge, indent=2) + "\n"
