"""Menus where the screen has room for the question, plain lines where it has not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gapcheck.core.interview import Move
from gapcheck.prompt import Choice, Question
from gapcheck.prompt.fitting import Fitting
from gapcheck.prompt.menu import Resized

QUESTION = Question("[1/2]", "Paid social", "Buying.", tuple(Choice(n, "Words " * 30, str(n)) for n in range(6)))
CASE = replace(QUESTION, detail="What happened. " * 40, whole=True)


class Named:
    """A way of asking that answers everything with its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[str] = []

    def choose(self, *_: object) -> str:
        return self.name

    def tick(self, *_: object) -> tuple[str, ...]:
        return (self.name,)

    def number(self, *_: object) -> str:
        return self.name

    def text(self, *_: object) -> str:
        return self.name

    def tell(self, lines: list[str]) -> None:
        self.told += lines

    def echo(self, line: str) -> None:
        self.told.append(line)


@pytest.fixture
def fitting(monkeypatch: pytest.MonkeyPatch) -> Fitting:
    """Asks in names; what fits is decided by the real menu."""
    made, menu = Fitting(), Named("menu")
    monkeypatch.setattr(menu, "fits", made._menu.fits, raising=False)
    monkeypatch.setattr(made, "_menu", menu)
    monkeypatch.setattr(made, "_lines", Named("lines"))
    return made


def resize(monkeypatch: pytest.MonkeyPatch, columns: int, lines: int) -> None:
    for module in ("fitting", "menu"):
        monkeypatch.setattr(f"gapcheck.prompt.{module}.screen_size", lambda: (columns, lines))


@pytest.mark.parametrize(
    ("columns", "lines", "way"),
    [(60, 40, "menu"), (59, 40, "lines"), (100, 20, "menu"), (100, 19, "lines"), (20, 8, "lines"), (300, 90, "menu")],
)
def test_a_small_screen_is_asked_in_lines(
    fitting: Fitting, monkeypatch: pytest.MonkeyPatch, columns: int, lines: int, way: str
) -> None:
    resize(monkeypatch, columns, lines)
    assert [fitting.choose(QUESTION), fitting.text("What?", "")] == [way, way]
    assert str(fitting.number("Hours?", 4, 0, 80)) == way
    assert fitting.tick(QUESTION, ()) == (way,)


def test_a_question_that_does_not_fit_is_asked_in_lines_and_others_are_not(
    fitting: Fitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    resize(monkeypatch, 80, 24)
    assert fitting.choose(QUESTION) == "menu"
    assert fitting.choose(CASE) == "lines"
    assert fitting.tick(replace(QUESTION, choices=QUESTION.choices * 2), ()) == ("lines",)


def test_a_window_is_measured_anew_for_each_question(fitting: Fitting, monkeypatch: pytest.MonkeyPatch) -> None:
    for size, way in (((80, 40), "menu"), ((40, 10), "lines"), ((80, 40), "menu")):
        resize(monkeypatch, *size)
        assert fitting.choose(QUESTION) == way


def test_what_is_only_told_stands_above_the_menu(fitting: Fitting, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = Named("menu")
    monkeypatch.setattr(fitting, "_menu", menu)
    fitting.tell(["one", "two"])
    fitting.echo("three")
    assert menu.told == ["one", "two", "three"]


def test_it_gives_what_the_lines_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move comes through as a move."""
    resize(monkeypatch, 20, 5)
    made = Fitting()
    monkeypatch.setattr(made._lines, "choose", lambda _: Move.BACK)
    assert made.choose(QUESTION) is Move.BACK


def test_a_question_is_put_again_where_the_window_gets_another_size_meanwhile(
    fitting: Fitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made too small in the middle of a question, it goes on in lines."""
    resize(monkeypatch, 100, 40)

    def narrowed(*_: object) -> None:
        resize(monkeypatch, 40, 10)
        raise Resized

    monkeypatch.setattr(fitting._menu, "choose", narrowed)
    assert fitting.choose(QUESTION) == "lines"
