"""The page: whole in itself, open to every reader, and in the words of the blocks."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest

from gapcheck.core.report import story
from gapcheck.core.report.blocks import Bar, Bars, Block, Gantt, Heading, Lane, Note, Table, Text
from gapcheck.core.report.show import show
from gapcheck.reporters import BLOCKS, Look
from tests.reporters import pages

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog
    from tests.conftest import Judge, MakeSheet

JANUARY = dt.date(2027, 1, 4)
JULY = dt.date(2027, 7, 5)
EVERY_KIND: tuple[Block, ...] = (
    Heading(1, "Ada Example", "4 Jan 2027"),
    Text("A paragraph."),
    Heading(2, "Figures"),
    Bars((Bar("Awareness", 79.9, "lowest: Video"), Bar("Decision", 80.0, ""), Bar("Advocacy", None, "open")), 80),
    Table(("Skill", "Hours", ""), (("Video", "7", "soon"), ("", "12.5", ""))),
    Table((), (("Do", "11"), ("Learn", "2", "more"))),
    Gantt(JANUARY, JULY, (Lane("Video", (JANUARY, dt.date(2027, 1, 18))),)),
    Note("Small print."),
)
TEXT, DRAWN = 4.5, 3.0
"""Contrasts that WCAG 2.2 asks for at level AA: 1.4.3 of text, 1.4.11 of what is drawn."""


def page(*blocks: Block, look: Look | None = None) -> pages.Element:
    return pages.parse(BLOCKS["html"](blocks, look or Look()))


def one(root: pages.Element, tag: str, **attributes: str) -> pages.Element:
    (found,) = [each for each in root.all(tag) if attributes.items() <= each.attributes.items()]
    return found


@pytest.fixture
def stories(judged: Judge, sheet: MakeSheet, catalog: Catalog) -> list[tuple[Block, ...]]:
    """Real stories, with every kind of block between them."""
    report = story(judged(sheet(paid_social=1, brand_distinctiveness=4)))
    return [report, show(catalog, None), show(catalog, "awareness"), show(catalog, "paid-social"), EVERY_KIND]


def test_every_kind_of_block_says_what_stands_in_it() -> None:
    assert {type(block) for block in EVERY_KIND} == set(get_args(Block))
    said = [text for text in pages.texts(page(*EVERY_KIND)) if text]
    assert said == [
        *("Ada Example", "Ada Example", "4 Jan 2027", "A paragraph.", "Figures"),
        *("Awareness", "79%", "lowest: Video", "Decision", "80%", "Advocacy", "open"),
        "The line marks the standard, 80%.",
        *("Skill", "Hours", "Video", "7", "soon", "12.5"),
        *("Do", "11", "Learn", "2", "more"),
        *("What", "From", "To", "FebMarAprMayJun", "Feb", "Mar", "Apr", "May", "Jun", "Video", "4 Jan 2027"),
        *("17 Jan 2027", "Small print."),
    ]


def test_the_page_fetches_and_runs_nothing_and_only_its_own_style_holds() -> None:
    root = page(*EVERY_KIND)
    style = base64.b64encode(hashlib.sha256(one(root, "style").text.encode()).digest()).decode()
    policy = one(root, "meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy == f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    assert not {"script", "link", "img", "a", "iframe", "form", "base"} & {each.tag for each in root.all()}
    names = {name for each in root.all() for name in each.attributes}
    assert not [name for name in names if name in {"style", "src", "href", "xlink:href"} or name.startswith("on")]
    assert re.findall(r"url\(|@import|@font-face|//", one(root, "style").text) == []


def test_ids_are_unique_and_every_table_is_named_by_what_is_there(stories: list[tuple[Block, ...]]) -> None:
    for blocks in stories:
        elements = list(page(*blocks).all())
        ids = [each.attributes["id"] for each in elements if "id" in each.attributes]
        assert len(set(ids)) == len(ids)
        named = [each.attributes.get("aria-labelledby") for each in elements if each.tag in ("table", "figure")]
        assert {part for name in named for part in (name or "?").split()} <= set(ids)
        assert len(set(named)) == len(named)


def test_a_table_can_be_scrolled_with_keys_and_says_what_its_cells_are_about() -> None:
    root = page(*EVERY_KIND)
    boxes = [each for each in root.all("div") if each.attributes.get("role") == "region"]
    tables = list(root.all("table"))
    assert [each.attributes["tabindex"] for each in boxes] == ["0"] * len(tables)
    assert [next(box.all("table")) for box in boxes] == tables
    assert [each.attributes["aria-labelledby"] for each in boxes] == ["b3 c5", "b3 c7"]
    heads, video, unnamed = ([(each.tag, each.attributes.get("scope")) for each in row.all("th", "td")]
                             for row in tables[0].all("tr"))  # fmt: skip
    assert heads == [("th", "col"), ("th", "col"), ("td", None)]
    assert video == [("th", "row"), ("td", None), ("td", None)]
    assert unnamed == [("td", None)] * 3


def test_a_table_without_columns_is_a_list_of_terms() -> None:
    groups = one(page(*EVERY_KIND), "dl").all("div")
    assert [[(each.tag, each.text) for each in group.all()] for group in groups] == [
        [("dt", "Do"), ("dd", "11")],
        [("dt", "Learn"), ("dd", "2"), ("dd", "more")],
    ]


def test_a_bar_is_as_long_as_its_figure_and_only_what_meets_the_standard_has_its_colour() -> None:
    rows = [[each.attributes for each in row.all("rect", "line")] for row in page(*EVERY_KIND).all("li")]
    drawn = [[(each.get("class"), each.get("width") or each.get("x1")) for each in row] for row in rows]
    assert drawn == [
        [("whole", "100%"), ("below", "79.90%"), ("mark", "80%")],
        [("whole", "100%"), ("met", "80.00%"), ("mark", "80%")],
        [],
    ]


def test_a_chart_shows_the_days_it_tells() -> None:
    """Half of January's 28 days in 26 weeks: 182 days are the whole."""
    *_, row = page(*EVERY_KIND).all("tr")
    bar = next(row.all("rect")).attributes
    assert (bar["x"], bar["width"]) == ("0.00%", f"{1400 / 182:.2f}%")
    assert [each.text for each in row.all("th", "td")] == ["Video", "4 Jan 2027", "17 Jan 2027", ""]


@pytest.mark.parametrize("weeks", [1, 4, 26, 60, 200, 520])
def test_an_axis_has_no_more_names_than_it_has_room_for(weeks: int) -> None:
    end = JANUARY + dt.timedelta(weeks=weeks)
    names = list(page(Gantt(JANUARY, end, (Lane("a", (JANUARY, end)),))).all("text"))
    places = [0, *(float((each.attributes["x"] or "").rstrip("%")) for each in names if each.text), 100]
    assert len(places) - 2 <= 8
    assert (weeks < 9) or len(places) > 3
    assert all(later - earlier >= 100 / 16 for earlier, later in itertools.pairwise(places[1:]))


@pytest.mark.parametrize(
    ("levels", "shown"), [((1, 2, 3, 2), "1232"), ((2, 1, 3), "123"), ((1, 3, 1), "122"), ((3, 3), "12")]
)
def test_there_is_one_heading_of_the_page_and_none_is_skipped(levels: tuple[int, ...], shown: str) -> None:
    root = page(*(Heading(level, "x") for level in levels))
    assert "".join(each.tag[1:] for each in root.all("h1", "h2", "h3")) == shown


def test_the_page_is_called_by_its_first_heading() -> None:
    assert one(page(Text("first"), *EVERY_KIND), "title").text == "Ada Example"
    assert one(page(Text("alone")), "title").text == "gapcheck"


def test_where_only_ascii_gets_through_every_text_does() -> None:
    blocks = (Heading(1, "Zoë · 語"), Table(("ü", "b"), (("→", "👩‍👩‍👧‍👦"),)))
    source = BLOCKS["html"](blocks, Look(ascii=True))
    assert source.isascii()
    assert pages.texts(pages.parse(source)) == pages.texts(page(*blocks))


def test_an_empty_table_leaves_nothing() -> None:
    assert [each.tag for each in one(page(Table((), ()), Table(("a",), ())), "main").all()] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_told_from_its_ground(scheme: str) -> None:
    """Text also from the shade that says that a table goes on, which is a rule's colour."""
    first, second = re.findall(r":root \{(.*?)\}", one(page(), "style").text, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w{6})", first + (second if scheme == "dark" else "")))
    pairs = {(text, ground): TEXT for text in ("ink", "quiet") for ground in ("page", "rule")}
    pairs |= {(drawn, ground): DRAWN for drawn in ("accent", "below", "mark") for ground in ("page", "whole")}
    assert [pair for pair, least in pairs.items() if contrast(*(colours[name] for name in pair)) < least] == []


def contrast(one_colour: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((_luminance(one_colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_only_a_page_takes_the_template_engine() -> None:
    code = (
        "import sys\n"
        "from gapcheck.reporters import BLOCKS, Look\n"
        "for name in sys.argv[1:]: BLOCKS[name]((), Look())\n"
        "print('jinja2' in sys.modules)"
    )
    found = [
        subprocess.run([sys.executable, "-c", code, *names], check=True, capture_output=True, text=True).stdout.strip()
        for names in (("terminal", "markdown"), ("html",))
    ]
    assert found == ["False", "True"]
