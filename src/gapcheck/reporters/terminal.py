"""Blocks for a terminal, by rich. Text reaches it as `Text`, never as markup."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Rich

from gapcheck.core.report.blocks import Bars, Block, Heading, Note, Table, Text
from gapcheck.reporters.look import Look, to_ascii

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NARROW = 70
"""Below this many columns a table is told row by row."""

BAR = 24
"""Cells of a full bar."""

MOST_COLUMN = 24
"""Columns that every column of a table gets if it needs them."""

LEAST_LAST = 12
"""With less room for its last column a table is told row by row too."""

BETWEEN = 3
"""Columns between two columns of a table."""

MOST_WORD = 32
"""Words longer than this may be broken."""


def render(blocks: Sequence[Block], look: Look) -> str:
    """The blocks as lines of at most `look.width` columns."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(20, look.width),
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for block in blocks:
        console.print(_rendered(block, look))
    lines = (line.rstrip() for line in out.getvalue().split("\n"))
    text = "\n".join(lines).strip("\n") + "\n"
    return to_ascii(text) if look.ascii else text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text(text: str, style: str = "") -> Rich:
    return Rich(_one_line(text), style=style, overflow="fold")


def _rendered(block: Block, look: Look) -> RenderableType:
    match block:
        case Heading():
            return _heading(block)
        case Text():
            return Rich(" ".join(block.text.split("\n")), overflow="fold")
        case Table():
            return _table(block, look)
        case Bars():
            return _bars(block, look)
        case Note():
            return Group(Rich(""), _text(block.text, "dim"))


def _heading(block: Heading) -> RenderableType:
    name = block.text if block.level != 2 else block.text.upper()
    line = _text(name, "bold" if block.level < 3 else "")
    if block.aside:
        line.append("  \N{MIDDLE DOT}  " if block.level == 1 else "  ", style="dim")
        line.append(_one_line(block.aside), style="dim")
    return line if block.level == 1 else Group(Rich(""), line)


def _table(block: Table, look: Look) -> RenderableType:
    if not block.columns:
        return _labelled(block.rows, look)
    widths = _widths(block, look.width)
    if look.width < NARROW or widths[-1] < LEAST_LAST:
        return Group(*(_row_by_row(block.columns, row) for row in block.rows))
    grid = Grid(box=box.ASCII2 if look.ascii else box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column, width in zip(block.columns, widths, strict=True):
        grid.add_column(_text(column, "bold"), width=width)
    for row in block.rows:
        grid.add_row(*(_text(cell) for cell in row))
    return grid


def _widths(block: Table, total: int) -> list[int]:
    """Each column as wide as its words need; what room is left goes to those whose cells are cut."""
    columns = list(zip(block.columns, *block.rows, strict=True))
    natural = [max(map(cell_len, cells)) for cells in columns]
    widths = [min(wide, max(MOST_COLUMN, _longest_word(cells))) for wide, cells in zip(natural, columns, strict=True)]
    left = total - sum(widths) - BETWEEN * (len(widths) - 1)
    if left < 0:
        return [*widths[:-1], widths[-1] + left]
    wanting = sum(natural) - sum(widths)
    return [
        width + (wide - width if left >= wanting else left * (wide - width) // wanting)
        for width, wide in zip(widths, natural, strict=True)
    ]


def _longest_word(cells: Iterable[str]) -> int:
    """Columns that a cell needs so that no ordinary word is broken."""
    return min(MOST_WORD, max((cell_len(word) for cell in cells for word in cell.split()), default=1))


def _labelled(rows: Sequence[tuple[str, ...]], look: Look) -> RenderableType:
    if look.width < NARROW:
        return Group(*(Group(_text(f"  {row[0]}", "bold"), *_indented(row[1:])) for row in rows))
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=28)
    grid.add_column(ratio=1)
    for label, *rest in rows:
        grid.add_row(_text(label, "bold"), *(_text(cell) for cell in rest))
    return Padding(grid, (0, 0, 0, 2))


def _indented(cells: Sequence[str]) -> list[RenderableType]:
    return [Padding(_text(cell), (0, 0, 0, 4)) for cell in cells]


def _row_by_row(columns: tuple[str, ...], row: tuple[str, ...]) -> RenderableType:
    """A row as lines: the first cell as a title, the others each under their column's name."""
    told: list[Any] = [_text(row[0], "bold")]
    for column, cell in zip(columns[1:], row[1:], strict=True):
        if cell:
            told.append(Padding(_text(f"{column}: {cell}"), (0, 0, 0, 2)))
    return Group(*told)


def _bars(block: Bars, look: Look) -> RenderableType:
    if look.width < NARROW:
        return Group(*(_text(f"  {bar.label} {_percent(bar.percent)}, {bar.note}") for bar in block.rows))
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for bar in block.rows:
        drawn = _drawn(bar.percent, block.mark, look)
        grid.add_row(_text(bar.label), drawn, Rich(_percent(bar.percent), justify="right"), _text(bar.note, "dim"))
    return Padding(grid, (0, 0, 0, 2))


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}%"


def _drawn(value: float | None, mark: int, look: Look) -> Rich:
    """A bar of BAR cells with the standard marked in it; empty where there is nothing to draw."""
    if value is None:
        return Rich("")
    full, empty, line = ("#", ".", "|") if look.ascii else ("\u2588", "\u2591", "\u2502")
    filled, at = round(value / 100 * BAR), round(mark / 100 * BAR)
    cells = [full if n < filled else empty for n in range(BAR)]
    bar = Rich("".join(cells[:at]), style="green" if value >= mark else "yellow")
    bar.append(line, style="bold")
    bar.append("".join(cells[at:]), style="green" if value >= mark else "yellow")
    return bar
