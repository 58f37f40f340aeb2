"""Blocks for a terminal, by rich. Text reaches it as `Text`, never as markup."""

from __future__ import annotations

import io
import math
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Rich

from gapcheck.core.report.blocks import Bars, Block, Gantt, Heading, Note, Table, Text
from gapcheck.reporters.look import AMOUNT, COMMAND, Look, to_ascii, whole_percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LEAST = 20
"""Fewest columns that are laid out for."""

NARROW = 70
"""Below this many columns a table is told row by row."""

BAR = 25
"""Cells of a full bar: one for every 4 percent, so that the standard falls between two of them."""

BETWEEN = 2
"""Columns between two columns of a table."""

SHORT = 12
"""A column no wider than this is never folded."""

MOST_WORD = 32
"""Words longer than this may be broken."""

MOST_LABEL = 28
"""Columns of a label at most."""


def render(blocks: Sequence[Block], look: Look) -> str:
    """The blocks as lines of at most `look.width` columns."""
    out = io.StringIO()
    look = replace(look, width=max(LEAST, look.width))
    console = Console(
        file=out,
        width=look.width,
        height=25,  # unused; without it rich looks at TERM and may take another width
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for block in blocks:
        console.print(_rendered(_retold(block, _spoken(look)), look))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n") + "\n"


def _spoken(look: Look) -> Callable[[str], str]:
    """What becomes of every text before it is measured: nothing that a build server takes for a command, and ASCII."""

    def change(text: str) -> str:
        safe = COMMAND.sub(r"\g<0> ", text)
        return to_ascii(safe) if look.ascii else safe

    return change


def _retold(value: Any, change: Callable[[str], str]) -> Any:
    """A block with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_retold(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: _retold(getattr(value, part.name), change) for part in fields(value)})
    return value


def _text(text: str, style: str = "") -> Rich:
    return Rich(" ".join(text.split()), style=style, overflow="fold")


def _rendered(block: Block, look: Look) -> RenderableType:
    match block:
        case Heading():
            return _heading(block, look)
        case Text():
            return Rich(" ".join(block.text.split("\n")), overflow="fold")
        case Table():
            return _table(block, look)
        case Bars():
            return _bars(block, look)
        case Gantt():
            return _gantt(block, look)
        case Note():
            return Group(Rich(""), _text(block.text, "dim"))


def _heading(block: Heading, look: Look) -> RenderableType:
    name = block.text.upper() if block.level == 2 else block.text
    line = _text("").append_text(_text(name, "bold" if block.level < 3 else ""))
    if block.aside:
        dot = "-" if look.ascii else "\N{MIDDLE DOT}"
        line.append(f"  {dot}  " if block.level == 1 else "  ")
        line.append_text(_text(block.aside, "dim"))
    return line if block.level == 1 else Group(Rich(""), line)


def _indented(what: RenderableType, by: int = 2) -> RenderableType:
    return Padding(what, (0, 0, 0, by))


def _table(block: Table, look: Look) -> RenderableType:
    if not block.columns:
        return _labelled(block.rows, look)
    columns = list(zip(block.columns, *block.rows, strict=True))
    widths = _widths(columns, look.width - BETWEEN * (len(columns) - 1))
    if look.width < NARROW or not widths:
        return Group(*(_row_by_row(block.columns, row) for row in block.rows))
    rule = "-" if look.ascii else "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
    lines = ("    ", "    ", f" {rule * 2} ", *("    ",) * 5)
    grid = Grid(box=Box("\n".join(lines)), padding=(0, BETWEEN - 1, 0, 0), pad_edge=False, show_edge=False)
    for (name, *cells), width in zip(columns, widths, strict=True):
        grid.add_column(_text(name, "bold"), width=width, justify="right" if _amounts(cells) else "left")
    for row in block.rows:
        grid.add_row(*(_text(cell) for cell in row))
    return grid


def _widths(columns: Sequence[tuple[str, ...]], room: int) -> list[int]:
    """How wide each column gets: what its words need, and a share of the rest; nothing if that is no room for words.

    Shares as the root of the text in a column keep the rows of a table lowest.
    """
    most = [max(map(cell_len, cells)) for cells in columns]
    widths = [wide if wide <= SHORT else _longest_word(cells) for wide, cells in zip(most, columns, strict=True)]
    pull = [math.sqrt(sum(map(cell_len, cells))) for cells in columns]
    if sum(widths) > room:
        return []
    wanting = [n for n in range(len(columns)) if widths[n] < most[n]]
    while wanting and sum(widths) < room:
        widths[max(wanting, key=lambda n: pull[n] / widths[n])] += 1
        wanting = [n for n in wanting if widths[n] < most[n]]
    return widths


def _longest_word(cells: Iterable[str]) -> int:
    """Columns that a cell needs so that no ordinary word is broken."""
    return min(MOST_WORD, max((cell_len(word) for cell in cells for word in cell.split()), default=1))


def _amounts(cells: Sequence[str]) -> bool:
    """Whether a column holds numbers of different lengths, to be set flush right."""
    return all(AMOUNT.fullmatch(cell) for cell in cells) and len(set(map(len, cells))) > 1


def _labelled(rows: Sequence[tuple[str, ...]], look: Look) -> RenderableType:
    if look.width < NARROW:
        return _indented(Group(*(_told(label, rest, look.width - 2) for label, *rest in rows)))
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=MOST_LABEL)
    for label, *rest in rows:
        grid.add_row(_text(label, "bold"), *(_text(cell) for cell in rest))
    return _indented(grid)


def _told(label: str, rest: Sequence[str], room: int) -> RenderableType:
    """A labelled row as lines: one if it fits, else the label and what it labels under it."""
    line = _text("").append_text(_text(label, "bold")).append("  ").append_text(_text(" ".join(rest)))
    return line if line.cell_len <= room else Group(_text(label, "bold"), *(_indented(_text(cell)) for cell in rest))


def _row_by_row(columns: tuple[str, ...], row: tuple[str, ...]) -> RenderableType:
    """A row as lines: the first cell as a title, the others each under their column's name."""
    told = (f"{column}: {cell}" if column else cell for column, cell in zip(columns[1:], row[1:], strict=True) if cell)
    return Group(_text(row[0], "bold"), *(_indented(_text(line)) for line in told))


def _bars(block: Bars, look: Look) -> RenderableType:
    if look.width < NARROW:
        parts = ((bar.label, ", ".join(filter(None, (whole_percent(bar.percent), bar.note)))) for bar in block.rows)
        return _indented(Group(*(_text(": ".join(filter(None, part))) for part in parts)))
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    for bar in block.rows:
        drawn = _drawn(bar.percent, block.mark, look)
        grid.add_row(_text(bar.label), drawn, whole_percent(bar.percent), _text(bar.note, "dim"))
    return _indented(grid)


def _drawn(value: float | None, mark: int, look: Look) -> Rich:
    """A bar of BAR cells with the standard marked in it, reached only by what meets it; empty if there is nothing."""
    if value is None:
        return Rich("")
    full, empty, line = ("#", ".", "|") if look.ascii else ("\u2588", "\u2591", "\u2502")
    filled, at = int(value * BAR / 100), int(mark * BAR / 100)
    cells = full * filled + empty * (BAR - filled)
    style = "green" if value >= mark else "yellow"
    return Rich.assemble((cells[:at], style), (line, "bold"), (cells[at:], style))


def _gantt(block: Gantt, look: Look) -> RenderableType:
    """A line a lane, a cell a week; where that is too wide, from when to when in words."""
    weeks = -(-(block.end - block.start).days // 7)
    if look.width < NARROW or MOST_LABEL + BETWEEN + weeks > look.width:
        told = (f"{lane.label}: {lane.days[0].isoformat()} to {lane.days[1].isoformat()}" for lane in block.lanes)
        return _indented(Group(*map(_text, told)))
    full, empty = ("#", ".") if look.ascii else ("\u2588", "\u2591")
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=MOST_LABEL)
    grid.add_column(no_wrap=True)
    for lane in block.lanes:
        first, after = ((day - block.start).days // 7 for day in lane.days)
        drawn = empty * first + full * (after - first) + empty * (weeks - after)
        grid.add_row(_text(lane.label), Rich(drawn, style="green"))
    return _indented(grid)
