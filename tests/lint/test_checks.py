"""Knowledge checks: three to a skill, four options each, all different. They stand on lines 20 to 22."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.conftest import OPTIONS, Found, check, skill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.lint.conftest import Lint, Problems

LINE = 21
"""Where the check of level 3 stands."""


def asking(options: Mapping[str, str], answer: str = "a") -> str:
    """The usual skill with other options at level 3."""
    return skill(checks={"2": check(), "3": check(options, answer), "4": check()})


def column(text: str, of: str) -> int:
    """Where a key stands in its line, counted from 1."""
    return text.split("\n")[LINE - 4].index(of) + 1


@pytest.mark.parametrize(
    ("levels", "place"), [("23", (19, 5)), ("2", (19, 5)), ("", (4, 3))], ids=["two", "one", "none"]
)
def test_a_skill_has_checks_for_levels_2_3_and_4(lint: Lint, levels: str, place: tuple[int, int]) -> None:
    text = skill(checks={n: check() for n in levels})
    assert lint(text) == [("checks-missing", "one.yaml", *place)]


def test_the_missing_checks_are_named_and_are_no_error(problems: Problems) -> None:
    (found,) = problems(skill(checks={"3": check()}))
    assert "level 2, 4;" in found.message
    assert found.severity == "warning"


@pytest.mark.parametrize(
    "text",
    ["Raise the bid", "raise the bid!", "Raise  the bid."],
    ids=["to the letter", "other case and punctuation", "other spacing"],
)
def test_two_options_that_say_the_same(lint: Lint, text: str) -> None:
    options = {**OPTIONS, "c": text}
    assert lint(asking(options)) == [("options-repeat", "one.yaml", LINE, column(asking(options), "c:"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("spend / orders", "spend * orders"),
        ("Cut it by 5%", "Cut it by 5"),
        ("-5 points", "5 points"),
        ("ROAS > 4", "ROAS < 4"),
        ("\u20ac5 a click", "$5 a click"),
        ("Raise the bid", "Raise the bids"),
    ],
)
def test_a_sign_or_a_letter_makes_another_option(lint: Lint, one: str, other: str) -> None:
    assert lint(asking({**OPTIONS, "a": one, "b": other})) == []


def test_an_option_that_says_nothing(lint: Lint) -> None:
    options = {**OPTIONS, "c": " ", "d": "..."}
    text = asking(options)
    assert lint(text) == [("options-repeat", "one.yaml", LINE, column(text, key)) for key in ("c:", "d:")]


def test_fewer_than_four_options_are_named(problems: Problems) -> None:
    (found,) = problems(asking({"a": "Raise it", "c": "Cut it"}))
    assert found.rule == "options-repeat"
    assert "b, d;" in found.message
    assert found.path == "skills.ads.checks.3.options"


def test_an_answer_that_is_no_option(lint: Lint) -> None:
    text = asking({letter: OPTIONS[letter] for letter in "abc"}, answer="d")
    wanted: list[Found] = [
        ("options-repeat", "one.yaml", LINE, column(text, "options")),
        ("options-repeat", "one.yaml", LINE, column(text, "answer")),
    ]
    assert lint(text) == wanted
