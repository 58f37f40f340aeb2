"""Blocks as one HTML page that needs nothing else: no script, no link, no font, nothing from the net.

The page's own policy (CSP 3, 2.3.1) lets one style through, by its hash, and no element, attribute or style that a text
might bring. Names of tables and what screen readers are told follow WAI-ARIA 1.2; colours have a contrast of 4.5 or
more for text and 3 or more for what is drawn (WCAG 2.2, 1.4.3 and 1.4.11), light and dark.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Bar, Bars, Block, Gantt, Heading, Note, Table, Text
from gapcheck.reporters.look import AMOUNT, OBEYED, whole_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Template

    from gapcheck.reporters.look import Look

TITLE = "gapcheck"
"""The title of a page without a heading."""

SHORT = 16
"""A column no wider than this many characters is never folded."""

PROSE = 40
"""A column with more characters than this in a cell gets room to read them."""

MOST_WORD = 30
"""Words longer than this may be broken."""

MOST_TICKS = 8
"""Labels that an axis of months has room for."""

STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one label to the next."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Part:
    """A block as the template takes it: its kind, what is drawn of it, and the number of the heading it is under."""

    kind: str
    of: Any
    number: int
    under: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, and how its cells are set: amount, short, prose, or as it comes."""

    name: str
    style: str


@dataclass(frozen=True, slots=True)
class Track:
    """A lane with its days in words, and where it lies in percent of the whole time."""

    label: str
    first: str
    last: str
    x: str
    width: str


def render(blocks: Sequence[Block], look: Look) -> str:
    """The blocks as one page; what is not ASCII by its number where only ASCII gets through."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    headings = (block.text for block in blocks if isinstance(block, Heading))
    told = {"title": next(headings, TITLE), "digest": _digest(style), "parts": _parts(blocks)}
    page = _template().render(told, style=Markup(style))  # noqa: S704 (our own file)
    page = OBEYED.sub("#&#35;", page)  # a build server obeys it anywhere
    return page.encode("ascii", "xmlcharrefreplace").decode() if look.ascii else page


def _digest(style: str) -> str:
    """The hash by which a policy lets a style through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@functools.cache
def _template() -> Template:
    around = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        finalize=_written,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    around.globals.update(
        whole_percent=whole_percent, columns=_columns, long=_has_long_word, axis=_axis, tracks=_tracks, length=_length
    )
    return around.get_template("page.html.j2")


def _written(value: object) -> object:
    """A text on one line, which begins with an element: no build server that prints it takes it for a command."""
    return " ".join(value.split()) if isinstance(value, str) and not isinstance(value, Markup) else value


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """Blocks with their numbers. The first heading is the page's, and no later one skips a level (WCAG 2.2, 1.3.1)."""
    under = level = 0
    for number, block in enumerate(blocks, 1):
        match block:
            case Heading():
                level = min(max(2, block.level), level + 1) if level else 1
                under = number
                yield Part("heading", Heading(level, block.text, block.aside), number, under)
            case Text():
                yield Part("text", block, number, under)
            case Table() if block.rows:
                yield Part("table" if block.columns else "list", block, number, under)
            case Table():
                pass
            case Bars():
                yield Part("bars", block, number, under)
            case Gantt():
                yield Part("gantt", block, number, under)
            case Note():
                yield Part("note", block, number, under)


def _columns(table: Table) -> list[Column]:
    columns = zip(table.columns, *table.rows, strict=True)
    return [Column(column[0], _style(column, first=number == 0)) for number, column in enumerate(columns)]


def _style(column: Sequence[str], *, first: bool) -> str:
    cells, longest = column[1:], max(map(len, column))
    if not first and any(cells) and all(not cell or AMOUNT.fullmatch(cell) for cell in cells):
        return "amount"
    return "short" if longest <= SHORT else "prose" if longest > PROSE else ""


def _has_long_word(cell: str) -> bool:
    return any(len(word) > MOST_WORD for word in cell.split())


def _length(bar: Bar) -> str:
    """How much of a bar is filled, in percent with two decimals."""
    return f"{bar.percent:.2f}"


def _axis(chart: Gantt) -> list[tuple[str, str]]:
    """Where months begin, in percent of the whole time, and what they are called if there is room to.

    January goes by its year, and of long times not every month is told.
    """
    firsts = [day for day in _days(chart) if day.day == 1]
    step = next((step for step in STEPS if len(firsts) <= step * MOST_TICKS), STEPS[-1])
    kept = [day for day in firsts if (12 * day.year + day.month - 1) % step == 0]
    room = (chart.end - chart.start) / MOST_TICKS / 2
    return [(_place(chart, day), _called(day) if chart.end - day > room else "") for day in kept]


def _called(month: dt.date) -> str:
    return str(month.year) if month.month == 1 else words.month(month)[:3]


def _days(chart: Gantt) -> Iterator[dt.date]:
    return (chart.start + dt.timedelta(days=n) for n in range((chart.end - chart.start).days))


def _tracks(chart: Gantt) -> Iterator[Track]:
    for lane in chart.lanes:
        first, after = lane.days
        last = max(first, after - dt.timedelta(days=1))
        width = f"{100 * (after - first) / (chart.end - chart.start):.2f}"
        yield Track(lane.label, words.day(first), words.day(last), _place(chart, first), width)


def _place(chart: Gantt, day: dt.date) -> str:
    return f"{100 * (day - chart.start) / (chart.end - chart.start):.2f}"
