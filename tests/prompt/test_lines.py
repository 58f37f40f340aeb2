"""The plain mode: everything can be read aloud and answered by typing a line."""

from __future__ import annotations

import io

import pytest

from gapcheck.core.interview import Move
from gapcheck.prompt import Choice, Question
from gapcheck.prompt.lines import Lines

KEYED = Question("[1/2]", "Paid social", "Buying.", (Choice(0, "nothing", "0"), Choice("n/a", "not mine", "n")))
NUMBERED = Question("", "Your role?", "", (Choice("solo", "Solo"), Choice("lead", "Lead")), before="lead")


def asked(typed: str, question: Question) -> tuple[object, str]:
    """The answer to some typed lines, and what was printed."""
    screen = io.StringIO()
    return Lines(io.StringIO(typed), screen).choose(question), screen.getvalue()


@pytest.mark.parametrize(("typed", "answer"), [("0\n", 0), ("n\n", "n/a"), (" N \n", "n/a"), ("0\r\n", 0)])
def test_a_key_and_enter_choose(typed: str, answer: object) -> None:
    assert asked(typed, KEYED)[0] == answer


def test_choices_without_keys_are_numbered_and_enter_takes_the_former_answer() -> None:
    assert asked("1\n", NUMBERED)[0] == "solo"
    assert asked("\n", NUMBERED)[0] == "lead"


@pytest.mark.parametrize(("typed", "move"), [("b\n", Move.BACK), ("q\n", Move.STOP), ("", Move.STOP)])
def test_moves_and_the_end_of_input(typed: str, move: Move) -> None:
    assert asked(typed, KEYED)[0] is move


def test_what_is_no_choice_is_asked_for_again() -> None:
    answer, told = asked("7\n\nzero\n0\n", KEYED)
    assert answer == 0
    assert told.count("Type one of 0, n, or b or q.") == 3


def test_everything_is_said_before_the_first_answer_and_nothing_is_redrawn() -> None:
    told = asked("0\n", KEYED)[1]
    for words in ("[1/2]  Paid social", "Buying.", "0  nothing", "n  not mine", "b back, q stop"):
        assert words in told
    assert "\x1b" not in told
    assert "\r" not in told


@pytest.mark.parametrize(("typed", "number"), [("\n", 4), ("2,5\n", 2.5), ("x\n-1\n81\nnan\n7\n", 7)])
def test_numbers(typed: str, number: float) -> None:
    assert Lines(io.StringIO(typed), io.StringIO()).number("Hours?", 4, 0, 80) == number
