"""Menus driven key by key through prompt_toolkit's own pipe, with nothing replaced but the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from gapcheck.core.interview import Move
from gapcheck.prompt import Choice, Question
from gapcheck.prompt.menu import Menu, _head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DOWN, LEFT, ESCAPE, CTRL_C, CTRL_Q = "\x1b[B", "\x1b[D", "\x1b", "\x03", "\x11"
ANCHORS = (*(Choice(n, f"anchor {n}", str(n)) for n in range(6)), Choice("unknown", "?", "d"), Choice("n/a", "-", "n"))
QUESTION = Question("[1/2 Awareness]", "Paid social", "Buying attention in feeds.", ANCHORS)


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        yield pipe


@pytest.fixture
def answer(keyboard: PipeInput) -> Callable[..., object]:
    """What the menu answers when these keys are pressed."""

    def press(keys: str, question: Question = QUESTION) -> object:
        keyboard.send_text(keys)
        return Menu(keyboard, DummyOutput()).choose(question)

    return press


@pytest.mark.parametrize(("key", "rating"), [*((str(n), n) for n in range(6)), ("d", "unknown"), ("n", "n/a")])
def test_a_key_chooses_at_once(answer: Callable[..., object], key: str, rating: object) -> None:
    assert answer(key) == rating


def test_enter_takes_what_is_pointed_at_and_arrows_move(answer: Callable[..., object]) -> None:
    assert answer("\r") == 0
    assert answer(DOWN * 3 + "\r") == 3


def test_the_former_answer_is_pointed_at(answer: Callable[..., object]) -> None:
    again = Question("", "Paid social", "", ANCHORS, before=4)
    assert answer("\r", again) == 4


@pytest.mark.parametrize(("keys", "move"), [("b", Move.BACK), (LEFT, Move.BACK), ("q", Move.STOP), (ESCAPE, Move.STOP)])
def test_moves_end_the_prompt(answer: Callable[..., object], keys: str, move: Move) -> None:
    assert answer(keys) is move


@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q])
def test_ctrl_c_is_an_interrupt_and_not_an_answer(answer: Callable[..., object], key: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        answer(key)


def test_other_keys_do_nothing(answer: Callable[..., object]) -> None:
    assert answer("6789xyz jk 2") == 2


def test_a_terminal_that_goes_away_stops(keyboard: PipeInput) -> None:
    keyboard.close()
    assert Menu(keyboard, DummyOutput()).choose(QUESTION) is Move.STOP


@pytest.mark.parametrize(("typed", "number"), [("\r", 4), ("2.5\r", 2.5), ("2,5\r", 2.5), ("0\r", 0), ("80\r", 80)])
def test_a_number_with_point_or_comma_or_the_default(keyboard: PipeInput, typed: str, number: float) -> None:
    keyboard.send_text(typed)
    assert Menu(keyboard, DummyOutput()).number("Hours?", 4, 0, 80) == number


def test_a_number_out_of_range_is_asked_for_again(keyboard: PipeInput) -> None:
    keyboard.send_text("81\r" + "\x7f" * 2 + "nan\r" + "\x7f" * 3 + "8\r")
    assert Menu(keyboard, DummyOutput()).number("Hours?", 4, 0, 80) == 8


def test_a_number_can_be_left_with_escape(keyboard: PipeInput) -> None:
    keyboard.send_text("1" + ESCAPE)
    assert Menu(keyboard, DummyOutput()).number("Hours?", 4, 0, 80) is Move.STOP


def test_a_low_screen_drops_the_detail_before_any_choice() -> None:
    roomy, low = _head(QUESTION, width=80, room=10), _head(QUESTION, width=80, room=3)
    assert "Buying attention in feeds." in roomy
    assert "Buying attention in feeds." not in low
    assert "Paid social" in low[0]
