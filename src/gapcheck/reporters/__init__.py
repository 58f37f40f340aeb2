"""Reporters: `render(report, look) -> str`. Blocks are rendered for people, the Report itself for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gapcheck.core.report import story
from gapcheck.reporters.look import Look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gapcheck.core.report import Block, Report

__all__ = ["BLOCKS", "BLOCK_EXTENSIONS", "EXTENSIONS", "REPORTERS", "Look"]


class BlockRenderer(Protocol):
    """What turns blocks into a text."""

    def __call__(self, blocks: Sequence[Block], look: Look) -> str: ...


def _terminal(blocks: Sequence[Block], look: Look) -> str:
    from gapcheck.reporters import terminal

    return terminal.render(blocks, look)


def _markdown(blocks: Sequence[Block], look: Look) -> str:
    from gapcheck.reporters import markdown

    return markdown.render(blocks, look)


def _html(blocks: Sequence[Block], look: Look) -> str:
    from gapcheck.reporters import html

    return html.render(blocks, look)


def _json(report: Report, look: Look) -> str:
    from gapcheck.reporters import data

    return data.render(report, look)


def _of_blocks(render: BlockRenderer) -> Callable[[Report, Look], str]:
    return lambda report, look: render(story(report), look)


BLOCKS: dict[str, BlockRenderer] = {"terminal": _terminal, "markdown": _markdown, "html": _html}
"""Renderers of any story, by format name; each imports what it needs when it runs."""

REPORTERS: dict[str, Callable[[Report, Look], str]] = {
    **{name: _of_blocks(render) for name, render in BLOCKS.items()},
    "json": _json,
}
"""Renderers of a whole report, by format name."""

EXTENSIONS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".json": "json",
    ".txt": "terminal",
}
"""The format that a file's extension asks for."""

BLOCK_EXTENSIONS = {ending: name for ending, name in EXTENSIONS.items() if name in BLOCKS}
"""Those of any story."""
