"""Blocks as GitHub-flavoured Markdown, every text escaped by one function."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gapcheck.core.report.blocks import Bars, Block, Gantt, Heading, Note, Table, Text
from gapcheck.reporters.look import Look, to_ascii, whole_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHANGED = re.compile(
    r"(?P<linked>https?(?=:)|ftp(?=:)|www(?=[.])|\bGH-(?=\d)|@|:(?=[\w+-]+:))|(?P<number>\#)|(?P<money>\$)"
    r"|(?P<special>[\\`*_{}\[\]<>|~&!])",
    re.IGNORECASE,
)
_WRITTEN = {"linked": "{}&#8203;", "number": "\\{}&#8203;", "money": "&#8203;\\{}", "special": "\\{}"}
"""GitHub looks for links, mentions, issues, emoji and formulas after backslashes are gone: a zero-width space stays."""

_SYNTAX = re.compile(r"[^\w\s.,'?/+=*-]")
"""Characters of a chart's label that are not left to Mermaid."""

_STARTS_BLOCK = re.compile(r"^([-+]|\d+[.)]|:(?=:))")


def escape(text: str) -> str:
    """Text that reads as it is written: no markup, HTML, link, mention, emoji or build command; one line."""
    line = _CHANGED.sub(_replaced, " ".join(text.split()))
    return _STARTS_BLOCK.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)


def _replaced(found: re.Match[str]) -> str:
    return _WRITTEN[str(found.lastgroup)].format(found[0])


def render(blocks: Sequence[Block], look: Look) -> str:
    """The blocks as one Markdown document."""
    text = "\n\n".join(_rendered(block) for block in blocks) + "\n"
    return to_ascii(text) if look.ascii else text


def _rendered(block: Block) -> str:
    match block:
        case Heading():
            aside = f"\n\n*{escape(block.aside)}*" if block.aside else ""
            return f"{'#' * block.level} {escape(block.text)}{aside}"
        case Text():
            return escape(block.text)
        case Table():
            return _table(block) if block.columns else _list(block)
        case Bars():
            return _bars(block)
        case Gantt():
            return _gantt(block)
        case Note():
            return f"> {escape(block.text)}"


def _table(block: Table) -> str:
    rows = (block.columns, *block.rows)
    lines = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    return "\n".join((lines[0], "|" + " --- |" * len(block.columns), *lines[1:]))


def _list(block: Table) -> str:
    return "\n".join(f"- **{escape(f'{label}:')}** {' '.join(map(escape, rest))}" for label, *rest in block.rows)


def _bars(block: Bars) -> str:
    rows = tuple((bar.label, whole_percent(bar.percent), bar.note) for bar in block.rows)
    return _table(Table(("", f"Figure (standard {block.mark}%)", ""), rows))


def _gantt(block: Gantt) -> str:
    """A Mermaid chart. A number before each label keeps it from being one of Mermaid's own words."""
    lines = ["```mermaid", "gantt", "  dateFormat YYYY-MM-DD", "  axisFormat %d %b"]
    for number, lane in enumerate(block.lanes, 1):
        first, after = (day.isoformat() for day in lane.days)
        lines.append(f"  {number}. {_label(lane.label)} :{first}, {after}")
    return "\n".join([*lines, "```"])


def _label(text: str) -> str:
    """A label that Mermaid 10 and 11 show as it is written: what they read as syntax or HTML is told by its number."""
    return _SYNTAX.sub(lambda found: f"#{ord(found[0])};", " ".join(text.split()))
