"""How a story looks on a terminal: nothing too wide, nothing lost, nothing that the terminal cannot show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gapcheck.core.report import Bar, Bars, Block, Heading, Note, Table, Text, story
from gapcheck.core.report.explain import explain
from gapcheck.core.report.show import show
from gapcheck.reporters import Look
from gapcheck.reporters.terminal import MOST_LABEL, NARROW, render
from tests.reporters.hostile import NAMES, tell

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from tests.conftest import Judge, MakeSheet

SGR = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = (20, 40, 60, 80, 100, 300)
TEXT = "abc dé語語 日本語テキスト 👍 e\u0301\u0308 [b]x[/b] 10% € -"
words = st.lists(st.text(TEXT.replace(" ", ""), min_size=1, max_size=40), max_size=8).map(" ".join)
cells = st.integers(2, 7).flatmap(lambda n: st.lists(st.tuples(*[words] * n), min_size=1, max_size=5))
tables = cells.map(lambda rows: Table(rows[0], tuple(rows[1:])))
labelled = st.lists(st.tuples(words, words), max_size=4).map(lambda rows: Table((), tuple(rows)))
percents = st.none() | st.floats(0, 100)
bars = st.lists(st.builds(Bar, words, percents, words), min_size=1, max_size=4).map(lambda rows: Bars(tuple(rows), 80))
blocks = st.one_of(
    st.builds(Heading, st.integers(1, 3), words, words), words.map(Text), words.map(Note), tables, labelled, bars
)


@pytest.fixture(scope="module")
def stories(catalog: Catalog, sheet: MakeSheet, judged: Judge) -> list[tuple[Block, ...]]:
    """A report on uneven levels, why two of them, and the catalog it is about."""
    levels = {skill: (4, 1, "n/a", 0, 3, 2, "unknown", 5)[n % 8] for n, skill in enumerate(catalog.skills)}
    report = judged(sheet(**levels), None, "paid-social")
    told = [explain(report, skill) for skill in ("paid-social", "agency-management")]
    return [story(report), *told, *(show(catalog, what) for what in (None, "awareness", "leadership", "paid-social"))]


def wide(text: str, width: int) -> list[str]:
    return [line for line in text.split("\n") if cell_len(line) > width]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_any_story_is_wider_than_the_screen(stories: list[tuple[Block, ...]], width: int) -> None:
    for told in stories:
        assert wide(render(told, Look(width=width)), width) == []
        assert wide(render(told, Look(width=width, ascii=True)), width) == []


@pytest.mark.parametrize("name", ["emoji", "combining", "right to left", "long word", "long wide word", "newline"])
def test_no_name_makes_a_line_wider_than_the_screen(name: str, tmp_path: Path) -> None:
    for told in tell(tmp_path, NAMES[name]).stories.values():
        for width in WIDTHS:
            assert wide(render(told, Look(width=width)), width) == []


@given(st.lists(blocks, min_size=1, max_size=3), st.integers(20, 200), st.booleans())
def test_no_block_is_wider_than_the_screen(told: list[Block], width: int, ascii_only: bool) -> None:
    assert wide(render(told, Look(width=width, ascii=ascii_only)), width) == []


def test_less_than_twenty_columns_are_laid_out_as_twenty() -> None:
    """Below that nothing is readable anyway; a console of no width at all is one that does not say."""
    told = [Text("One word after another, all of them short.")]
    assert render(told, Look(width=0)) == render(told, Look(width=20))


@given(tables | labelled, st.integers(20, 200))
def test_no_word_of_a_table_is_lost(table: Table, width: int) -> None:
    """Words that fit are whole; a word over MOST_LABEL, or over the screen less its indents, may be folded."""
    shown = render([table], Look(width=width)).split()
    for word in " ".join(cell for row in table.rows for cell in row).split():
        assert word in shown or cell_len(word) > min(MOST_LABEL, width - 4)


@given(st.lists(blocks, max_size=3))
def test_the_ascii_look_is_ascii(told: list[Block]) -> None:
    assert render(told, Look(ascii=True)).isascii()


@given(st.lists(blocks, max_size=3))
def test_colour_adds_nothing_but_colour(told: list[Block]) -> None:
    plain, coloured = render(told, Look()), render(told, Look(colour=True))
    assert "\x1b" not in plain
    assert "\n".join(line.rstrip() for line in SGR.sub("", coloured).split("\n")).strip("\n") == plain.strip("\n")


def test_a_report_has_colour_where_there_is_colour(stories: list[tuple[Block, ...]]) -> None:
    assert all(SGR.search(render(told, Look(colour=True))) for told in stories)


@pytest.mark.parametrize(
    "variable", ["FORCE_COLOR=1", "NO_COLOR=1", "TERM=dumb", "TERM=unknown", "COLUMNS=30", "TTY_COMPATIBLE=1"]
)
def test_the_look_says_it_all(variable: str, stories: list[tuple[Block, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment was asked before; rich does not ask it again."""
    looks = (Look(), Look(colour=True))
    before = [render(stories[0], look) for look in looks]
    monkeypatch.setenv(*variable.split("="))
    assert [render(stories[0], look) for look in looks] == before


@given(st.floats(0, 100) | st.integers(0, 100).map(float))
def test_a_bar_has_a_cell_for_every_four_percent_and_the_mark_at_eighty(percent: float) -> None:
    shown = render([Bars((Bar("x", percent, "note"),), 80)], Look())
    bar = shown.split()[1]
    assert bar.count("█") == percent // 4
    assert (len(bar), bar.index("│")) == (26, 20)
    assert ("█│" in bar) == (percent >= 80)


@given(st.floats(0, 100, exclude_max=True))
def test_a_figure_is_never_rounded_up_to_the_standard(percent: float) -> None:
    """79.9 reads 79%, since 80% would say that it meets the standard."""
    for told in (render([Bars((Bar("x", percent, ""),), 80)], Look(width=width)) for width in (40, 100)):
        assert int(told.split()[-1].rstrip("%")) == percent // 1


TABLE = Table(
    ("Skill", "You", "Hours", "First step"),
    (
        ("Numbers that finance trusts", "2", "29", "With a finance partner, build margin and payback."),
        ("語" * 12, "n/a", "8", "Ask."),
        ("Video", "4", "112", ""),
    ),
)


def test_a_table_is_set_in_columns_numbers_flush_right() -> None:
    assert shown(TABLE, 72) == [
        "Skill                        You  Hours  First step",
        "─" * 72,
        "Numbers that finance trusts  2       29  With a finance partner, build",
        "                                         margin and payback.",
        "語語語語語語語語語語語語     n/a      8  Ask.",
        "Video                        4      112",
    ]


def test_a_narrow_screen_is_told_a_table_row_by_row() -> None:
    told = [
        "Numbers that finance trusts",
        "  You: 2",
        "  Hours: 29",
        "  First step: With a finance partner,",
        "  build margin and payback.",
        "語語語語語語語語語語語語",
        "  You: n/a",
        "  Hours: 8",
        "  First step: Ask.",
        "Video",
        "  You: 4",
        "  Hours: 112",
    ]
    assert shown(TABLE, 40) == told
    assert shown(TABLE, NARROW - 1)[:3] == told[:3]
    assert shown(TABLE, NARROW)[0].startswith("Skill  ")


def test_a_table_whose_words_do_not_fit_is_told_row_by_row_too() -> None:
    words = tuple("abcdefg"[n] * 13 for n in range(7))
    assert shown(Table(words, (words,)), 80)[0] == words[0]
    assert shown(Table(words, (words,)), 103)[0] == "  ".join(words)


def test_labels_stand_beside_their_text_or_above_it() -> None:
    table = Table((), (("Do", "7"), ("Learn", "Numbers that finance trusts 29 h, Video 112 h")))
    assert shown(table, 80) == ["  Do     7", "  Learn  Numbers that finance trusts 29 h, Video 112 h"]
    assert shown(table, 30) == ["  Do  7", "  Learn", "    Numbers that finance", "    trusts 29 h, Video 112 h"]


def test_bars_stand_under_each_other_or_are_told() -> None:
    told = Bars(
        (Bar("Awareness", 48.3, "lowest: Video 0%"), Bar("語語", 100, "all"), Bar("New", None, "still open")), 80
    )
    assert shown(told, 80, ascii_only=True)[::2] == [
        "  Awareness  ############........|.....   48%  lowest: Video 0%",
        "  New                                          still open",
    ]
    assert shown(told, 80)[1] == f"  語語       {'█' * 20}│{'█' * 5}  100%  all"
    assert shown(told, 40) == ["  Awareness: 48%, lowest: Video 0%", "  語語: 100%, all", "  New: still open"]


def test_long_names_leave_a_bar_whole() -> None:
    for width in (NARROW, 80, 100):
        (line, *rest) = shown(Bars((Bar("Stage " * 20, 50, "lowest: " + "Skill " * 20),), 80), width)
        assert f"{'█' * 12}{'░' * 8}│{'░' * 5}  50%  lowest:" in line
        assert rest


def test_four_times_the_text_gets_twice_the_room() -> None:
    (header, *_) = shown(Table(("A", "B"), (("a " * 50, "b " * 200),)), 80)
    assert 26 <= header.index("B") <= 28


def test_a_paragraph_is_one_whatever_stands_in_it() -> None:
    assert shown(Text("Carry 4   with help 3\nand more"), 80) == ["Carry 4   with help 3 and more"]


def test_headings_stand_apart_and_notes_last() -> None:
    told = (Heading(1, "Ada", "4 Jan"), Text("17 skills"), Heading(2, "Now", "why"), Heading(3, "More"), Note("Small."))
    assert render(told, Look()) == "Ada  ·  4 Jan\n17 skills\n\nNOW  why\n\nMore\n\nSmall.\n"
    assert render(told, Look(ascii=True)).startswith("Ada  -  4 Jan\n")


def test_what_ascii_writes_longer_is_longer_before_it_is_laid_out() -> None:
    table = Table(("Month", "Spent", "Why"), (("April", "€3,000", "Dear…"), ("May", "€900", "Less")))
    assert shown(table, 80, ascii_only=True)[2:] == ["April  EUR3,000  Dear...", "May    EUR900    Less"]


def shown(block: Block, width: int, *, ascii_only: bool = False) -> list[str]:
    return render([block], Look(width=width, ascii=ascii_only)).splitlines()
