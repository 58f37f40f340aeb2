"""What both ways of asking share: the line that tells the keys, wrapped texts, and small tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.interview import Move
from gapcheck.prompt import KEYS, WORDS, Question, screen_size, told_table, wrapped

if TYPE_CHECKING:
    import pytest

TABLE = (("", "Cost", "Orders"), ("Feed", "€ 10", "2"), ("Search", "€ 1,200", "34"))
CELLS = st.text("ab€ 1", max_size=12)
WIDTHS = st.integers(20, 300)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    columns = draw(st.integers(1, 5))
    rows = st.lists(st.tuples(*[CELLS] * columns), min_size=1, max_size=5)
    return tuple(draw(rows))


def test_the_keys_of_the_moves_are_told_in_their_order() -> None:
    question = Question("", "", "", (), moves=(Move.BACK, Move.FORWARD, Move.GO, Move.HELP, Move.NOTE, Move.STOP))
    assert question.keys == "b back, f forward, g go to a stage, ? good work, m note, q stop"
    assert Question("", "", "", (), moves=(Move.STOP,)).keys == "q stop"


def test_every_move_has_a_key_of_its_own_that_no_rating_takes() -> None:
    assert set(KEYS) == set(WORDS) == set(Move)
    assert len(set(KEYS.values())) == len(KEYS)
    assert not {*"012345dn"} & set(KEYS.values())


def test_a_table_that_fits_stands_in_columns() -> None:
    assert told_table(TABLE, 25) == [
        "        Cost     Orders",
        "Feed    € 10     2",
        "Search  € 1,200  34",
    ]


def test_a_table_that_does_not_fit_is_told_row_by_row() -> None:
    assert told_table(TABLE, 24) == ["Feed: Cost € 10, Orders", "  2", "Search: Cost € 1,200,", "  Orders 34"]


def test_no_table_is_no_line() -> None:
    assert told_table((), 80) == []


@given(tables(), WIDTHS)
def test_a_table_is_never_wider_than_the_screen_and_no_cell_is_lost(
    table: tuple[tuple[str, ...], ...], width: int
) -> None:
    lines = told_table(table, width)
    assert all(len(line) <= width for line in lines)
    words = {word for row in table[1:] for cell in row for word in cell.split()}
    told = "".join("".join(lines).split())
    assert all(word in told for word in words)


@given(st.text("ab \n", max_size=400), WIDTHS)
def test_a_wrapped_text_keeps_its_words_and_its_own_lines(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(0 < len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) >= sum(bool(part.strip()) for part in text.split("\n"))


def test_a_wrapped_text_hangs() -> None:
    assert wrapped("one two three\n\nfour", 9, "  ") == ["one two", "  three", "four"]


def test_the_screen_is_measured_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """LINES and COLUMNS may be another terminal's."""
    monkeypatch.setenv("COLUMNS", "7")
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((123, 45)))
    assert screen_size() == (123, 45)


def test_without_a_screen_there_are_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", none)
    assert screen_size() == (80, 24)
