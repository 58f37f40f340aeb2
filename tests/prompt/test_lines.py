"""The plain mode: everything can be read aloud and answered by typing a line."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.interview import Move
from gapcheck.prompt import KEYS, Choice, Question
from gapcheck.prompt.lines import Lines

KEYED = Question("[1/2]", "Paid social", "Buying.", (Choice(0, "nothing", "0"), Choice("n/a", "not mine", "n")))
NUMBERED = Question("", "Your role?", "", (Choice("solo", "Solo"), Choice("lead", "Lead")), before="lead")
TICKS = Question("[terms]", "Which?", "", tuple(Choice(term, term) for term in ("reach", "yield", "flurb")))
MOVES = st.sets(st.sampled_from([*Move])).map(tuple)


def lines(typed: str) -> tuple[Lines, io.StringIO]:
    screen = io.StringIO()
    return Lines(io.StringIO(typed), screen), screen


def asked(typed: str, question: Question) -> tuple[object, str]:
    """The answer to some typed lines, and what was printed."""
    prompter, screen = lines(typed)
    return prompter.choose(question), screen.getvalue()


def ticked(typed: str, *before: str) -> tuple[object, str]:
    prompter, screen = lines(typed)
    return prompter.tick(TICKS, before), screen.getvalue()


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """A screen so many columns wide."""
    monkeypatch.setattr("gapcheck.prompt.lines.screen_size", lambda: (request.param, 24))
    return int(request.param)


@pytest.mark.parametrize(("typed", "answer"), [("0\n", 0), ("n\n", "n/a"), (" N \n", "n/a"), ("0\r\n", 0), ("0", 0)])
def test_a_key_and_enter_choose(typed: str, answer: object) -> None:
    assert asked(typed, KEYED)[0] == answer


def test_choices_without_keys_are_numbered_and_enter_takes_the_former_answer() -> None:
    assert asked("1\n", NUMBERED)[0] == "solo"
    answer, told = asked("\n", NUMBERED)
    assert answer == "lead"
    assert "1, 2; b back, q stop [2]:" in told


def test_a_key_that_is_not_listed_can_be_typed() -> None:
    answer, told = asked("3\n", replace(KEYED, more=(Choice(3, "with help", "3"),)))
    assert answer == 3
    assert "with help" not in told
    assert "0, 3, n; b back" in told


def test_a_former_answer_of_0_is_one() -> None:
    assert asked("\n", replace(KEYED, before=0))[0] == 0


@pytest.mark.parametrize("typed", ["{}\n", " {} \n", "{}\r\n"])
@pytest.mark.parametrize("move", Move)
def test_each_move_has_its_letter_in_either_case(move: Move, typed: str) -> None:
    question = replace(KEYED, moves=(move,))
    assert asked(typed.format(KEYS[move]), question)[0] is move
    assert asked(typed.format(KEYS[move].upper()), question)[0] is move


@given(MOVES)
def test_a_move_that_is_not_offered_is_no_answer(moves: tuple[Move, ...]) -> None:
    question = replace(KEYED, moves=moves)
    for move in Move:
        answer, told = asked(f"{KEYS[move]}\n0\n", question)
        assert answer == (move if move in moves else 0)
        assert ("Type one of" in told) == (move not in moves)


def test_where_back_is_not_offered_its_letter_can_be_an_option() -> None:
    options = tuple(Choice(key, "Words", key) for key in "abcd")
    assert asked("b\n", Question("", "Which?", "", options, moves=(Move.STOP,)))[0] == "b"


def test_the_end_of_input_stops_everywhere() -> None:
    assert asked("", KEYED)[0] is Move.STOP
    assert asked("7\n", KEYED)[0] is Move.STOP
    assert ticked("")[0] is Move.STOP
    assert lines("")[0].number("Hours?", 4, 0, 80) is Move.STOP
    assert lines("")[0].text("What, when?", "Flyer") is Move.STOP


def test_what_is_no_choice_is_asked_for_again() -> None:
    answer, told = asked("7\n\nzero\n0\n", KEYED)
    assert answer == 0
    assert told.count("Type one of 0, n; or b back, q stop.") == 3


def test_everything_is_said_before_the_first_answer_and_nothing_is_redrawn() -> None:
    told = asked("0\n", replace(KEYED, detail="Buying.\n\nIn feeds.", table=(("", "Cost"), ("Feed", "2"))))[1]
    assert told.split("\n") == [
        "", "[1/2]  Paid social", "Buying.", "In feeds.", "      Cost", "Feed  2", "0  nothing", "n  not mine",
        "0, n; b back, q stop: ",
    ]  # fmt: skip


@pytest.mark.parametrize("narrow", [20, 21, 40, 80, 300], indirect=True)
def test_no_line_is_wider_than_the_screen(narrow: int) -> None:
    words = "Buying attention in feeds and what comes of it " * 8
    table = (("", "Cost per thousand", "Orders"), ("Feed of the week", "12", "2"))
    question = Question("[1/2 Awareness]", words, words, (Choice(0, words, "0"), Choice(1, words)), table=table)
    told = asked("0\n", question)[1]
    assert all(len(line) < narrow + 1 for line in told.split("\n"))
    assert told.replace("\n", " ").replace("  ", " ").count("attention") >= 4 * 8


@pytest.mark.parametrize("narrow", [1], indirect=True)
def test_a_window_next_to_nothing_still_asks(narrow: int) -> None:
    assert asked("n\n", KEYED)[0] == "n/a"


# ticking


@pytest.mark.parametrize(
    ("typed", "before", "answer"),
    [
        ("1 3\n", (), ("reach", "flurb")),
        ("3,1\n", (), ("reach", "flurb")),
        ("2 , 2\r\n", (), ("yield",)),
        ("0\n", ("reach",), ()),
        ("\n", (), ()),
        ("\n", ("flurb", "reach"), ("reach", "flurb")),
        ("2\n", ("flurb",), ("yield",)),
        ("4\n1 x\n3\n", (), ("flurb",)),
    ],
)
def test_numbers_tick_none_some_or_what_was_ticked_before(
    typed: str, before: tuple[str, ...], answer: tuple[str, ...]
) -> None:
    assert ticked(typed, *before)[0] == answer


def test_what_is_no_number_of_the_list_is_asked_for_again() -> None:
    told = ticked("4\n1 x\n3\n")[1]
    assert told.count("Type numbers from 1 to 3 with blanks between them, or 0 for none.") == 2


@pytest.mark.parametrize(("typed", "move"), [("b\n", Move.BACK), ("Q\n", Move.STOP)])
def test_ticking_can_be_left(typed: str, move: Move) -> None:
    assert ticked(typed, "reach")[0] is move


# numbers and texts


@pytest.mark.parametrize(
    ("typed", "number"), [("\n", 4), ("2,5\n", 2.5), ("x\n-1\n81\nnan\ninf\n7\n", 7), ("0\r\n", 0), ("80\n", 80)]
)
def test_numbers(typed: str, number: float) -> None:
    assert lines(typed)[0].number("Hours?", 4, 0, 80) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\n", ""), ("Flyer, May\n", "Flyer, May"), ("  Flyer \r\n", "Flyer"), ("?\n", "?"), ("bq\n", "bq"),
        ("b\n", Move.BACK), ("B\n", Move.BACK), ("q\n", Move.STOP),
    ],
)  # fmt: skip
def test_texts(typed: str, said: object) -> None:
    assert lines(typed)[0].text("What, when?", "") == said


def test_an_empty_line_takes_the_text_of_before() -> None:
    prompter, screen = lines("\n")
    assert prompter.text("What, when?", "Flyer, May") == "Flyer, May"
    assert screen.getvalue() == "What, when?; b back, q stop, - for nothing [Flyer, May]: "


def test_a_text_of_before_that_reads_like_a_move_is_none() -> None:
    assert lines("\n")[0].text("What, when?", "Q") == "Q"


def test_lines_to_read_are_wrapped_and_an_answer_is_not_repeated() -> None:
    prompter, screen = lines("")
    prompter.tell(["one", "", "words " * 20])
    prompter.echo("answered")
    first, empty, *rest = screen.getvalue().split("\n")
    assert (first, empty) == ("one", "")
    assert [line.startswith("   ") for line in rest] == [False, True, False]


def test_what_stands_on_the_screen_already_is_not_told_again() -> None:
    """A screen reader would read a skill's lines out twice."""
    choices = (Choice(2, "Judges", "2"), Choice(3, "Holds", "3"), Choice(4, "Carries", "4"))
    screen = io.StringIO()
    question = Question("[1/2]", "Paid social", "Buying attention.", choices, before=2, shown=frozenset({2, 4}))
    assert Lines(io.StringIO("\n"), screen).choose(question) == 2
    assert screen.getvalue() == "3  Holds\nKeep it, or another: 2, 3, 4; b back, q stop [2]: "


def test_a_text_to_read_is_told_as_a_whole() -> None:
    prompter, screen = lines("")
    prompter.read("Paid social", ["Good work:", "- It pays."])
    assert screen.getvalue() == "\nPaid social\nGood work:\n- It pays.\n\n"


def test_a_dash_alone_empties_a_text() -> None:
    assert Lines(io.StringIO("-\n"), io.StringIO()).text("What, when?", "Flyer, May") == ""
