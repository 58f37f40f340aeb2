"""Blocks as GitHub-flavoured Markdown, every text escaped by one function."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gapcheck.core.report.blocks import Bars, Block, Heading, Note, Table, Text
from gapcheck.reporters.look import Look, to_ascii

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$&@!])")
_LINK = re.compile(r"(?i)\b(https?|ftp|www)([:.])")
_STARTS_BLOCK = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def escape(text: str) -> str:
    """Text that reads as it is written: no markup, no HTML, no link, no mention, one line."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    line = _LINK.sub(r"\1&#8203;\2", line)
    return _STARTS_BLOCK.sub(lambda found: found[1] + found[2][:-1] + "\\" + found[2][-1], line)


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
        case Note():
            return f"> {escape(block.text)}"


def _table(block: Table) -> str:
    rows = (block.columns, *block.rows)
    lines = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    return "\n".join((lines[0], "|" + " --- |" * len(block.columns), *lines[1:]))


def _list(block: Table) -> str:
    return "\n".join(f"- **{escape(label)}** {' '.join(map(escape, rest))}" for label, *rest in block.rows)


def _bars(block: Bars) -> str:
    rows = tuple((bar.label, "" if bar.percent is None else f"{bar.percent:.0f}%", bar.note) for bar in block.rows)
    return _table(Table(("", f"Figure (standard {block.mark}%)", ""), rows))
