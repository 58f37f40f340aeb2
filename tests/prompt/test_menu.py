"""Menus driven key by key through prompt_toolkit's own pipe, with nothing replaced but the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from gapcheck.core.interview import Move
from gapcheck.prompt import KEYS, Choice, Question
from gapcheck.prompt.menu import Menu, Resized, _head

if TYPE_CHECKING:
    from collections.abc import Iterator

DOWN, UP, LEFT, RIGHT, ESCAPE = "\x1b[B", "\x1b[A", "\x1b[D", "\x1b[C", "\x1b"
CTRL_C, CTRL_Q, RUBOUT = "\x03", "\x11", "\x7f"
EVERYWHERE = (Move.BACK, Move.FORWARD, Move.GO, Move.HELP, Move.NOTE, Move.STOP)
LEVELS = tuple(Choice(n, f"anchor {n}", str(n)) for n in range(6))
OTHERS = (Choice("unknown", "?", "d"), Choice("n/a", "-", "n"))
QUESTION = Question(
    "[1/2 Awareness]", "Paid social", "Buying attention in feeds.", (LEVELS[2], LEVELS[4], *OTHERS),
    more=(LEVELS[0], LEVELS[1], LEVELS[3], LEVELS[5]), moves=EVERYWHERE,
)  # fmt: skip
CHECK = Question(
    "[check 1/9]", "Paid social", "Which pays?",
    (*(Choice(key, "Words", key) for key in "abcd"), Choice("unknown", "I do not know", "?")), moves=(Move.STOP,),
)  # fmt: skip
TICKS = Question("[terms]", "Which?", "", tuple(Choice(t, t) for t in ("reach", "yield", "flurb")), moves=EVERYWHERE)


class Screen(DummyOutput):
    """Remembers what was written."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, data: str) -> None:
        self.text += data


class Keys:
    """A keyboard, and menus that it drives."""

    def __init__(self, pipe: PipeInput) -> None:
        self.pipe = pipe
        self.screen = Screen()
        self.menu = Menu(pipe, self.screen)

    def choose(self, keys: str, question: Question = QUESTION) -> object:
        self.pipe.send_text(keys)
        return self.menu.choose(question)

    def tick(self, keys: str, *before: str) -> object:
        self.pipe.send_text(keys)
        return self.menu.tick(TICKS, before)

    def text(self, keys: str, before: str = "") -> object:
        self.pipe.send_text(keys)
        return self.menu.text("What, when?", before)

    def number(self, keys: str) -> object:
        self.pipe.send_text(keys)
        return self.menu.number("Hours?", 4, 0, 80)


@pytest.fixture
def press() -> Iterator[Keys]:
    with create_pipe_input() as pipe:
        yield Keys(pipe)


@pytest.mark.parametrize(("key", "rating"), [*((str(n), n) for n in range(6)), ("d", "unknown"), ("n", "n/a")])
def test_a_key_chooses_at_once_whether_its_line_is_in_view_or_not(press: Keys, key: str, rating: object) -> None:
    assert press.choose(key) == rating


def test_a_checks_options_have_their_letters_even_where_elsewhere_a_move_has_it(press: Keys) -> None:
    for key, option in {**{key: key for key in "abcd"}, "?": "unknown"}.items():
        assert press.choose(key, CHECK) == option
    assert press.choose("fgm\x1b[D\x1b[C" + "q", CHECK) is Move.STOP


def test_enter_takes_what_is_pointed_at_and_arrows_move(press: Keys) -> None:
    assert press.choose("\r") == 2
    assert press.choose(DOWN * 2 + "\r") == "unknown"
    assert press.choose(UP + "\r") == "n/a"


def test_the_former_answer_is_pointed_at(press: Keys) -> None:
    assert press.choose("\r", replace(QUESTION, before=4)) == 4
    zero = replace(QUESTION, choices=(LEVELS[1], LEVELS[0]), before=0)
    assert press.choose("\r", zero) == 0
    done = Question("", "Change one?", "", (Choice("one", "One", "1"), Choice("", "Finish", "0")), "")
    assert press.choose("\r", done) == ""


def test_a_former_answer_that_is_no_longer_a_choice_points_at_the_first(press: Keys) -> None:
    assert press.choose("\r", replace(QUESTION, before=3)) == 2


def test_of_a_long_list_the_tenth_is_taken_by_the_arrows(press: Keys) -> None:
    stages = tuple(Choice(f"s{n}", "Stage", str(n)) for n in range(1, 12))
    assert press.choose(UP * 2 + "\r", Question("", "Which stage?", "", stages)) == "s10"
    assert press.choose("9", Question("", "Which stage?", "", stages)) == "s9"


def test_each_move_ends_the_menu(press: Keys) -> None:
    for move in EVERYWHERE:
        assert press.choose(KEYS[move]) is move
    assert press.choose(LEFT) is Move.BACK
    assert press.choose(RIGHT) is Move.FORWARD
    assert press.choose(ESCAPE) is Move.STOP


def test_only_moves_that_are_offered_do_anything(press: Keys) -> None:
    bare = replace(QUESTION, moves=())
    assert press.choose("bfgmq?" + LEFT + RIGHT + "2", bare) == 2


@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q])
def test_ctrl_c_is_an_interrupt_and_not_an_answer(press: Keys, key: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        press.choose(key)


def test_other_keys_do_nothing(press: Keys) -> None:
    assert press.choose("6789xyz jk 2") == 2


def test_a_terminal_that_goes_away_stops(press: Keys) -> None:
    press.pipe.close()
    assert press.menu.choose(QUESTION) is Move.STOP


# ticking


def test_the_space_bar_ticks_and_enter_goes_on(press: Keys) -> None:
    assert press.tick("\r") == ()
    assert press.tick(" " + DOWN * 2 + " \r") == ("reach", "flurb")
    assert press.tick("\r", "flurb", "yield") == ("yield", "flurb")
    assert press.tick(" \r", "flurb", "reach") == ("flurb",)
    assert "[terms]  Which?  2 ticked\r\n" in press.screen.text


def test_ticking_can_be_left_in_every_direction(press: Keys) -> None:
    for keys, move in {LEFT: Move.BACK, "b": Move.BACK, "f": Move.FORWARD, "g": Move.GO, ESCAPE: Move.STOP}.items():
        assert press.tick(keys, "reach") is move
    assert "ticked" not in press.screen.text


# numbers and texts


def test_a_number_with_point_or_comma_or_the_default(press: Keys) -> None:
    for typed, number in {"\r": 4, "2.5\r": 2.5, "2,5\r": 2.5, "0\r": 0, "80\r": 80}.items():
        assert press.number(typed) == number


def test_a_number_out_of_range_is_asked_for_again(press: Keys) -> None:
    assert press.number("81\r" + RUBOUT * 2 + "nan\r" + RUBOUT * 3 + "8\r") == 8


def test_a_number_can_be_left(press: Keys) -> None:
    assert press.number("1" + ESCAPE) is Move.STOP
    assert press.number("1" + UP) is Move.BACK


def test_a_text_may_be_empty_or_changed_and_letters_are_letters(press: Keys) -> None:
    assert press.text("\r") == ""
    assert press.text(" bfgq? \r") == "bfgq?"
    assert press.text(", May\r", "Flyer") == "Flyer, May"
    assert press.text(RUBOUT * 5 + "\r", "Flyer") == ""
    assert "What, when? bfgq?\r\n" in press.screen.text


def test_a_text_can_be_left(press: Keys) -> None:
    assert press.text("Fl" + UP) is Move.BACK
    assert press.text("Fl" + ESCAPE) is Move.STOP
    assert "What, when? Fl\r\n" not in press.screen.text


# what stands on the screen


@pytest.fixture
def size(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> tuple[int, int]:
    """A screen of so many columns and lines."""
    monkeypatch.setattr("gapcheck.prompt.menu.screen_size", lambda: request.param)
    return request.param  # type: ignore[no-any-return]


def test_a_low_screen_drops_the_keys_last_and_the_choices_never() -> None:
    place, keys = "[1/2 Awareness]  Paid social", "b back, f forward, g go to a stage, ? good work, m note, q stop."
    roomy = [place, "Buying attention in feeds.", keys, ""]
    assert [_head(QUESTION, width=80, room=room) for room in (5, 4, 3, 2)] == [
        roomy,
        roomy[:3],
        [place, "Buying attention in feeds."],
        [place],
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 300])
def test_what_stands_above_the_choices_is_never_wider_than_the_screen(width: int) -> None:
    table = (("", "Cost per thousand", "Orders"), ("Feed of the week", "12", "2"))
    wordy = replace(QUESTION, title="Paid social " * 20, detail="Buying attention. " * 20, table=table)
    assert all(len(line) <= width - 4 for line in _head(wordy, width, 1000))


@pytest.mark.parametrize("size", [(40, 24), (300, 24), (20, 24)], indirect=True)
def test_lines_to_read_are_wrapped(press: Keys, size: tuple[int, int]) -> None:
    press.menu.tell(["words " * 60, ""])
    *lines, empty, end = press.screen.text.split("\r\n")
    assert (empty, end) == ("", "")
    assert all(len(line) < max(40, size[0]) for line in lines)
    assert "".join(lines).count("words") == 60


def test_an_answer_stands_on_a_line_of_its_own(press: Keys) -> None:
    press.menu.echo("[1/2]  Paid social  4")
    assert press.screen.text == "[1/2]  Paid social  4\r\n"


@pytest.mark.parametrize(("size", "fits"), [((80, 6), True), ((80, 5), False)], indirect=["size"])
def test_a_question_fits_where_its_title_and_choices_do(size: tuple[int, int], fits: bool) -> None:
    assert Menu(screen=DummyOutput()).fits(QUESTION) == fits


@pytest.mark.parametrize(("size", "fits"), [((80, 10), True), ((80, 9), False)], indirect=["size"])
def test_one_that_needs_its_detail_fits_with_it(size: tuple[int, int], fits: bool) -> None:
    """Four choices, a title, two lines of table, a line of detail, the keys, and an empty one."""
    case = replace(QUESTION, whole=True, moves=(Move.STOP,), table=(("", "Cost"),))
    assert Menu(screen=DummyOutput()).fits(case) == fits


def test_a_text_to_read_comes_page_by_page_and_can_be_left(press: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapcheck.prompt.menu.screen_size", lambda: (80, 16))
    told, asked = [f"line {n}" for n in range(25)], list[Question]()

    def turn(question: Question) -> str:
        asked.append(question)
        return "on"

    with monkeypatch.context() as turned:
        turned.setattr(press.menu, "choose", turn)
        press.menu.read("Good work", told)
    assert [line for page in asked for line in page.detail.split("\n")] == told
    assert [len(page.choices) for page in asked] == [2, 2, 1]
    assert all(press.menu.fits(page) for page in asked)
    for keys in ("\r\r\r", "\rb", ESCAPE):
        press.pipe.send_text(keys)
        press.menu.read("Good work", told)
        assert press.choose("4") == 4, "every key was used up"


def test_a_menu_whose_window_gets_another_size_is_to_be_put_again(press: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([(100, 40)] * 2)
    monkeypatch.setattr("gapcheck.prompt.menu.screen_size", lambda: next(sizes, (70, 40)))
    with pytest.raises(Resized):
        press.choose("")


def test_a_typed_line_says_its_keys_and_cuts_no_word(press: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapcheck.prompt.menu.screen_size", lambda: (60, 24))
    assert press.menu._typed("Search and answer visibility, your last delivery: what, when?").split("\n") == [
        "Search and answer visibility, your last delivery: what,",
        "  when?",
        "  Esc stops, the up arrow goes back.",
        "  >",
    ]
