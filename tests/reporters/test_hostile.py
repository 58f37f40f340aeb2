"""A name is text: whatever stands in a user's files is shown, and obeyed by nothing on its way to the reader."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gapcheck.core.report.blocks import Bar, Bars, Block, Gantt, Heading, Lane, Note, Table, Text
from gapcheck.files.yamldoc import clean
from gapcheck.reporters import BLOCKS, REPORTERS, Look
from gapcheck.reporters.data import as_data
from gapcheck.reporters.markdown import escape
from tests.reporters import pages
from tests.reporters.hostile import NAMES, OBEYED, Told, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKS = (Look(width=20), Look(width=80, colour=True), Look(width=80, ascii=True))
SGR = re.compile(r"\x1b\[[0-9;]*m")
ZERO_WIDTH = "\u200b"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINKED = re.compile(r"https?:|ftp:|www\.|@\w|#\d|\bgh-\d|:[\w+-]+:|(?<!\u200b)\$", re.IGNORECASE)
"""What GitHub makes something of in plain text, after Markdown is done with it."""

TEXTS = {"text", "text_special", "softbreak"}
DAYS = (dt.date(2027, 1, 4), dt.date(2027, 1, 31))
STYLES = {None, "scroll", "amount", "short", "prose", "long", "note"} | {
    *("bars", "label", "figure", "aside", "whole", "met", "below", "mark", "when", "tick"),
}
OURS = {"", "50%", "The line marks the standard, 80%.", "What", "From", "To", "4 Jan 2027", "30 Jan 2027"}
PLACES = 15
"""How often `everywhere` has its text in a page, with the title."""


def everywhere(text: str) -> tuple[Block, ...]:
    """Every kind of block, with a text wherever one can be."""
    return (
        Heading(1, text, text),
        Text(text),
        Table((text, text), ((text, text),)),
        Table((), ((text, text, text),)),
        Bars((Bar(text, 50, text),), 80),
        Gantt(*DAYS, (Lane(text, DAYS),)),
        Note(text),
    )


@pytest.fixture(scope="module", params=NAMES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("catalog"), NAMES[request.param])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("catalog"), "Plain")


def squashed(text: str) -> str:
    """The text without what layout may change: spaces, line breaks, capitals."""
    return "".join(text.replace(ZERO_WIDTH, "").split()).casefold()


def commands(text: str) -> list[str]:
    """Lines that build servers obey: `::` after any space, and `##[`, `##vso[` and `##teamcity[` anywhere."""
    return [line for line in text.split("\n") if line.strip().startswith("::") or OBEYED.search(line)]


def controls(text: str) -> set[str]:
    """Control characters and everything that changes direction for what follows."""
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return {c for c in text if unicodedata.category(c) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(c) in turns}


def test_the_terminal_gets_no_control_character_and_no_command(told: Told) -> None:
    for blocks in told.stories.values():
        for look in LOOKS:
            shown = BLOCKS["terminal"](blocks, look)
            assert ("\x1b" in shown) == look.colour
            assert controls(SGR.sub("", shown)) <= {"\n"}
            assert commands(SGR.sub("", shown)) == commands(shown) == []


def test_the_terminal_shows_every_name_as_it_is_written(told: Told) -> None:
    """Wherever one line has room for it; a text of its own is never cut."""
    for blocks in told.stories.values():
        assert squashed(told.name) in squashed(BLOCKS["terminal"](blocks, Look(width=1000)))
    everything = BLOCKS["terminal"](told.stories["show one"], Look(width=300))
    assert squashed(told.report.catalog.stages["one"].goal) in squashed(everything)


def test_a_name_takes_the_same_place_in_the_markdown_as_a_plain_one(told: Told, plain: Told) -> None:
    """No HTML, link, image, emphasis or code, no block and no cell more or less."""
    for what, blocks in told.stories.items():
        mine, usual = BLOCKS["markdown"](blocks, Look()), BLOCKS["markdown"](plain.stories[what], Look())
        assert structure(mine) == structure(usual)
        assert ragged(mine) == []


def test_markdown_shows_every_name_and_github_finds_nothing_in_it(told: Told) -> None:
    for blocks in told.stories.values():
        source = BLOCKS["markdown"](blocks, Look())
        shown = list(texts(source))
        assert squashed(told.name) in squashed("".join(shown))
        assert [found for line in shown if (found := LINKED.search(line))] == []
        assert commands(source) == []
        assert controls(source) <= {"\n"}
        assert "{{" not in source, "GitHub Pages would fill it in"
        assert BLOCKS["markdown"](blocks, Look(ascii=True)).isascii()


def test_a_name_takes_the_same_place_in_a_page_as_a_plain_one(told: Told, plain: Told) -> None:
    """No element and no attribute more or less, nor another value in one."""
    for what, blocks in told.stories.items():
        mine, usual = (pages.parse(BLOCKS["html"](each, Look())) for each in (blocks, plain.stories[what]))
        assert pages.structure(mine) == pages.structure(usual)
        assert {each.attributes.get("class") for each in mine.all()} <= STYLES


def test_a_page_shows_every_name_as_it_is_written_in_every_kind_of_block(told: Told) -> None:
    line = " ".join(told.name.split())
    for look in (Look(), Look(ascii=True)):
        source = BLOCKS["html"](everywhere(told.name), look)
        assert [text for text in pages.texts(pages.parse(source)) if text not in OURS] == [line] * PLACES
    for blocks in told.stories.values():
        source = BLOCKS["html"](blocks, Look())
        assert squashed(told.name) in squashed("".join(pages.texts(pages.parse(source))))
        assert commands(source) == []
        assert controls(source) <= {"\n"}
        assert BLOCKS["html"](blocks, Look(ascii=True)).isascii()


@given(st.text(max_size=40) | st.text("<>&;\"'`=/!-#[:]{%}xa \n", max_size=20))
def test_any_text_in_a_page_is_that_text(text: str) -> None:
    source = BLOCKS["html"]((Heading(1, clean(text)), Text(clean(text))), Look())
    assert pages.texts(pages.parse(source)) == [" ".join(clean(text).split())] * 3
    assert commands(source) == []


def test_json_says_exactly_what_the_report_says(told: Told) -> None:
    for ascii_only in (False, True):
        text = REPORTERS["json"](told.report, Look(ascii=ascii_only))
        data = json.loads(text)
        assert data == as_data(told.report)
        assert data["if_away"]["touchpoints"][0] == told.name
        assert commands(text) == []
        assert controls(text) <= {"\n"}
        assert text.isascii() >= ascii_only


@given(st.text(max_size=40) | st.text("\\|`*_~[]()<>#$&@!:-+=.1ax \n", max_size=20))
def test_any_text_escaped_is_one_paragraph_of_that_text(text: str) -> None:
    line = " ".join(clean(text).split())
    source = escape(clean(text))
    assert structure(source) == (["paragraph_open", "inline", "paragraph_close"] if line else [])
    assert "".join(texts(source)).replace(ZERO_WIDTH, "") == line.replace(ZERO_WIDTH, "")
    assert commands(source) == []


@given(st.lists(st.text("\\|` x", max_size=6), min_size=3, max_size=3))
def test_any_cells_make_a_row_of_as_many_cells(cells: list[str]) -> None:
    """A row is first split at its bars, then each cell is read: what escapes a name must survive both."""
    table = f"| a | b | c |\n| --- | --- | --- |\n| {' | '.join(map(escape, cells))} |"
    assert list(texts(table))[3:] == [" ".join(cell.split()) for cell in cells]
    assert ragged(table) == []


@functools.cache
def structure(source: str) -> list[str]:
    """Everything Markdown finds but text."""
    kinds = []
    for token in MARKDOWN.parse(source):
        kinds += [token.type, *(child.type for child in token.children or () if child.type not in TEXTS)]
    return kinds


def texts(source: str) -> Iterator[str]:
    """What each block of a document says to its reader."""
    for token in MARKDOWN.parse(source):
        if token.type == "inline":
            yield "".join(child.content for child in token.children or ())


def ragged(source: str) -> list[str]:
    """Lines of tables with more or fewer cells than the line above, as either way of reading `\\|` counts them."""
    counts = [(re.sub(r"\\.", "", line).count("|"), len(re.findall(r"(?<!\\)\|", line))) for line in source.split("\n")]
    lines = list(zip(source.split("\n"), counts, strict=True))
    return [
        line
        for (above, before), (line, count) in itertools.pairwise(lines)
        if above.startswith("|") and line.startswith("|") and (count != before or len(set(count)) > 1)
    ]
