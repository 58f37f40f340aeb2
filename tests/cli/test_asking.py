"""Each question put to a person: what stands on the screen, which lines were read, and what a reply means."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from gapcheck.cli.asking import ask
from gapcheck.core.catalog import Stage, Step, Terms
from gapcheck.core.interview import DONE, GO_ON, REVISE, Interview, Item, Jump, Move, Note, Scope, conduct, needed
from gapcheck.prompt.lines import Lines
from gapcheck.prompt.menu import Menu
from tests.core import small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.prompt import Question

TABLE = (("", "Cost"), ("Feed", "2"))
ADS = small.checked(
    "Paid social", what="Ads in feeds.", levels={level: f"Line {level}" for level in "012345"},
    good_work=("It pays.",), learn=(Step(to=2, hours=4, do="Judge ten ads."),),
    checks={"2": small.check(question="Which pays?", table=TABLE, options={key: key.upper() for key in "abcd"})},
)  # fmt: skip
CATALOG = small.staged(
    one=Stage(name="One", terms=Terms(real=("Yield", "reach"), invented=("flurb",)), skills={"ads": ADS}),
    two=Stage(name="Two", skills={"seo": small.checked("Search"), "pr": small.checked("Press")}),
)
SKILLS = ("ads", "seo", "pr")
LINES = {f"Line {level}": level for level in range(6)}


class Scripted:
    """Replies in order, and everything that was shown."""

    def __init__(self, *replies: object) -> None:
        self.replies = iter(replies)
        self.questions: list[Question] = []
        self.ticked: list[Sequence[str]] = []
        self.texts: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.echoed: list[str] = []

    def choose(self, question: Question) -> Rating | Move:
        self.questions.append(question)
        reply = next(self.replies)
        assert isinstance(reply, Move) or reply in values(question)
        return reply

    def tick(self, question: Question, ticked: Sequence[str]) -> tuple[str, ...] | Move:
        self.questions.append(question)
        self.ticked.append(ticked)
        return next(self.replies)  # type: ignore[return-value]

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        raise NotImplementedError

    def text(self, question: str, before: str) -> str | Move:
        self.texts.append((question, before))
        return next(self.replies)  # type: ignore[return-value]

    def read(self, title: str, lines: Sequence[str]) -> None:
        self.told += [title, *lines]

    def tell(self, lines: Sequence[str]) -> None:
        self.told += lines

    def echo(self, line: str) -> None:
        self.echoed.append(line)


def values(question: Question) -> list[Rating]:
    return [choice.value for choice in (*question.choices, *question.more)]


def in_view(question: Question) -> set[int]:
    """The lines of a skill that stand on the screen."""
    return {LINES[choice.words] for choice in question.choices if choice.words in LINES}


def at(kind: str, of: str = "", level: str = "", **more: object) -> Interview:
    """A question in view, on a sheet that says something."""
    sheet = replace(small.sheet_of({}), **more)  # type: ignore[arg-type]
    return Interview(CATALOG, Scope(SKILLS), sheet, Item(kind, of, level))  # type: ignore[arg-type]


def rating_ads(before: Rating | None = None) -> Interview:
    return at("level", "ads", levels={} if before is None else {"ads": before})


# the lines of a skill


@pytest.mark.parametrize("before", [None, *small.RATINGS])
def test_a_level_counts_only_when_its_own_line_and_the_one_above_were_in_view(before: Rating | None) -> None:
    """Whatever is pressed, in whatever order."""
    for pressed in product(range(6), repeat=4):
        person = Scripted(*pressed)
        level = ask(person, rating_ads(before))
        assert isinstance(level, int)
        assert level == pressed[len(person.questions) - 1]
        assert {level, min(level + 1, 5)} <= needed(level) <= in_view(person.questions[-1])


@pytest.mark.parametrize("before", [None, *small.RATINGS])
@pytest.mark.parametrize("level", range(6))
def test_the_same_key_again_keeps_a_level_and_every_key_works_at_once(level: int, before: Rating | None) -> None:
    person = Scripted(level, level)
    assert ask(person, rating_ads(before)) == level
    for question in person.questions:
        assert sorted(map(str, values(question))) == sorted({*"012345", "n/a", "unknown"})
        keys = [choice.key for choice in (*question.choices, *question.more)]
        assert sorted(keys) == sorted("012345dn")


def test_lines_2_and_4_come_first_and_below_them_neither() -> None:
    person = Scripted(1, 1)
    ask(person, rating_ads())
    first, second = ([choice.words for choice in question.choices] for question in person.questions)
    assert first == [
        "Neither: not even line 2 is true", "Line 2", "Line 4", "I do not know", "Not applicable to my work",
    ]  # fmt: skip
    assert second == ["Line 0", "Line 1", "Line 2", "Line 4", "I do not know", "Not applicable to my work"]


@pytest.mark.parametrize("level", range(6))
def test_a_former_answers_lines_are_in_view_at_once_and_one_key_keeps_it(level: int) -> None:
    person = Scripted(level)
    assert ask(person, rating_ads(level)) == level
    (question,) = person.questions
    assert question.before == level
    assert needed(level) | {2, 4} == in_view(question)


def test_lines_once_in_view_stay_and_what_was_pressed_is_pointed_at() -> None:
    person = Scripted(0, 5, 5)
    ask(person, rating_ads())
    assert [in_view(question) for question in person.questions] == [{2, 4}, {0, 1, 2, 4}, {0, 1, 2, 4, 5}]
    assert [question.before for question in person.questions] == [None, 0, 5]


@pytest.mark.parametrize("rating", ["unknown", "n/a"])
def test_what_is_no_level_needs_no_line(rating: str) -> None:
    assert ask(Scripted(rating), rating_ads()) == rating


def test_where_one_stands_and_what_was_answered_is_told() -> None:
    person = Scripted("unknown")
    ask(person, at("level", "seo"))
    (question,) = person.questions
    assert (question.place, question.title) == ("[2/3 Two]", "Search")
    assert person.echoed == ["[2/3 Two]  Search  d  I do not know"]


def test_somebody_else_is_asked_what_they_have_seen() -> None:
    person = Scripted("unknown")
    ask(person, Interview(CATALOG, Scope(SKILLS, of_oneself=False), small.sheet_of({}), Item("level", "ads")))
    words = [choice.words for choice in person.questions[0].choices]
    assert words[-2:] == ["I have not seen it", "Not applicable to this work"]


# moves on a skill


@pytest.mark.parametrize("move", [Move.BACK, Move.FORWARD, Move.STOP])
def test_moves_are_handed_on(move: Move) -> None:
    assert ask(Scripted(move), rating_ads()) is move


def test_good_work_is_shown_and_the_question_asked_again_as_it_was() -> None:
    person = Scripted(3, Move.HELP, 3)
    assert ask(person, rating_ads()) == 3
    assert person.told == [
        "Paid social: good work, and the way there", "Ads in feeds.", *(f"{n}  Line {n}" for n in range(6)),
        "Good work:", "- It pays.", "To learn it:", "to 2, 4 h: Judge ten ads.",
    ]  # fmt: skip
    assert in_view(person.questions[1]) == in_view(person.questions[2]) == {2, 3, 4}


def test_a_note_is_a_reply_unless_it_says_nothing_new() -> None:
    noted = at("level", "ads", notes={"ads": "Agency"})
    person = Scripted(Move.NOTE, "Shadowed", 2)
    assert ask(person, noted) == Note("Shadowed")
    assert person.texts == [("Note on Paid social:", "Agency")]
    assert ask(Scripted(Move.NOTE, ""), noted) == Note("")
    for nothing in ("Agency", Move.BACK, Move.STOP):
        assert ask(Scripted(Move.NOTE, nothing, "n/a"), noted) == "n/a"


def test_going_to_a_stage_tells_how_far_each_is() -> None:
    person = Scripted(Move.GO, "two")
    assert ask(person, at("level", "ads", levels={"seo": 2})) == Jump("two")
    assert [choice.words for choice in person.questions[1].choices] == ["One  0 of 1 answered", "Two  1 of 2 answered"]


def test_going_to_a_stage_can_be_left() -> None:
    assert ask(Scripted(Move.GO, Move.BACK, "n/a"), rating_ads()) == "n/a"
    assert ask(Scripted(Move.GO, Move.STOP), rating_ads()) is Move.STOP


# checks


@pytest.mark.parametrize("option", ["a", "b", "c", "d", "unknown"])
def test_a_check_shows_its_case_and_can_only_be_answered_or_stopped(option: str) -> None:
    person = Scripted(option)
    assert ask(person, at("check", "ads", "2", check_budget=24)) == option
    (question,) = person.questions
    assert (question.place, question.title, question.detail) == ("[check 1/24 One]", "Paid social", "Which pays?")
    assert [choice.key for choice in question.choices] == ["a", "b", "c", "d", "u"]
    assert (question.table, question.whole, question.moves) == (TABLE, True, (Move.STOP,))
    assert len(person.echoed) == 1


def test_a_stop_at_a_check_says_nothing() -> None:
    person = Scripted(Move.STOP)
    assert ask(person, at("check", "ads", "2")) is Move.STOP
    assert person.echoed == []


@pytest.mark.parametrize(
    ("option", "title"), [("a", "Right: a."), ("b", "The answer is a."), ("unknown", "The answer is a.")]
)
def test_a_solution_says_whether_it_was_right_and_why(option: str, title: str) -> None:
    person = Scripted(GO_ON)
    assert ask(person, at("reason", "ads", "2", checks={"ads": {"2": option}}, check_budget=9)) == GO_ON
    (question,) = person.questions
    assert (question.place, question.title) == ("[check 1/9]", title)
    asked, *options, why = question.detail.split("\n")
    assert (asked, why) == ("Which pays?", "So it is.")
    marked = {"a": " (right)", option: " (yours)"} | ({"a": " (right, yours)"} if option == "a" else {})
    assert options == [f"{key}  {key.upper()}{marked.get(key, '')}" for key in "abcd"]
    assert values(question) == [GO_ON]


def test_after_a_rating_it_may_be_revised() -> None:
    person = Scripted(REVISE)
    assert (
        ask(person, at("reason", "ads", "2", checks={"ads": {"2": "b"}}, levels={"ads": 5}, first={"ads": 5})) == REVISE
    )
    (question,) = person.questions
    assert question.choices[1].words == "Change my rating of Paid social (I said 5)"
    assert question.before == GO_ON


# the other questions


@pytest.mark.parametrize("reply", ["Flyer, May", "", Move.BACK, Move.STOP])
def test_the_last_delivery_is_a_line_that_may_stay_empty(reply: object) -> None:
    person = Scripted(reply)
    assert ask(person, at("delivery", "ads", evidence={"ads": "Talk"})) == reply
    assert person.texts == [("Paid social, your last delivery: what, when? (Enter if none comes to mind)", "Talk")]


def test_terms_are_mixed_and_those_ticked_before_stay_ticked() -> None:
    person = Scripted(("reach",))
    assert ask(person, at("terms", "one", terms={"one": ("flurb",)})) == ("reach",)
    assert [choice.words for choice in person.questions[0].choices] == ["flurb", "reach", "Yield"]
    assert person.ticked == [("flurb",)]


def test_one_may_like_to_learn_what_one_does_not_carry_and_what_applies() -> None:
    person = Scripted(("seo",))
    settled = at("interest", levels={"ads": 5, "seo": 5, "pr": "n/a"}, settled={"seo": 3})
    assert ask(person, settled) == ("seo",)
    assert [choice.value for choice in person.questions[0].choices] == ["seo"]


def test_with_nothing_below_carrying_there_is_nothing_to_ask() -> None:
    assert ask(Scripted(), at("interest", levels={"ads": 4, "seo": 5, "pr": "n/a"})) == ()


@pytest.mark.parametrize("kind", ["terms", "interest"])
def test_while_ticking_one_can_move_and_go_to_a_stage(kind: str) -> None:
    here = at(kind, "one" if kind == "terms" else "")
    for move in (Move.BACK, Move.FORWARD, Move.STOP):
        assert ask(Scripted(move), here) is move
    assert ask(Scripted(Move.GO, "two"), here) == Jump("two")
    assert ask(Scripted(Move.GO, Move.BACK, ("reach",)), here) == ("reach",)
    assert ask(Scripted(Move.GO, Move.STOP), here) is Move.STOP


def test_the_summary_shows_all_ratings_by_stage_and_what_is_open() -> None:
    person = Scripted(DONE)
    assert ask(person, at("summary", levels={"seo": "n/a"})) == DONE
    words = [choice.words for choice in person.questions[0].choices]
    assert words == ["Stop here; 2 skills left open", "One: Paid social open", "Two: Search n/a, Press open"]
    person = Scripted(DONE)
    ask(person, at("summary", levels=dict.fromkeys(SKILLS, 2)))
    assert person.questions[0].choices[0].words == "Finish"


def test_any_answer_can_be_changed_from_the_summary() -> None:
    person = Scripted("two", "pr")
    assert ask(person, at("summary", levels={"seo": 2})) == "pr"
    assert [choice.words for choice in person.questions[1].choices] == ["Search  2", "Press  open"]


def test_back_from_a_stage_leads_to_the_summary_again() -> None:
    assert ask(Scripted("two", Move.BACK, DONE), at("summary")) == DONE
    assert ask(Scripted("two", Move.STOP), at("summary")) is Move.STOP
    assert ask(Scripted(Move.BACK), at("summary")) is Move.BACK


# through the real ways of asking


def sat(*typed: str) -> tuple[Interview, list[Sheet]]:
    """A sitting typed line by line, and the sheets that were kept."""
    kept: list[Sheet] = []
    prompter = Lines(io.StringIO("".join(f"{line}\n" for line in typed)), io.StringIO())
    begun = Interview.over(CATALOG, Scope(SKILLS), small.sheet_of({}))
    return conduct(begun, partial(ask, prompter), lambda now: kept.append(now.sheet)), kept


def test_a_whole_sitting_in_plain_lines() -> None:
    """Ads a 3; search noted, a 4 after all, with its delivery; press unknown, gone back to; one thing to learn."""
    ads, search, press = ("3", "3"), ("m", "Agency", "3", "4", "4", "Flyer, May"), ("d", "b", "n")
    done, kept = sat(*ads, *search, *press, "1", "0")
    assert done.closed
    assert done.sheet.levels == {"ads": 3, "seo": 4, "pr": "n/a"}
    assert (done.sheet.notes, done.sheet.evidence) == ({"seo": "Agency"}, {"seo": "Flyer, May"})
    assert done.sheet.interest == ("ads",)
    assert len(kept) == 7


def test_the_end_of_input_keeps_what_was_said() -> None:
    done, kept = sat("3", "3")
    assert not done.closed
    assert kept == [done.sheet]
    assert done.sheet.levels == {"ads": 3}


def test_a_menu_of_stages_opens_on_any_question() -> None:
    with create_pipe_input() as pipe:
        menu = Menu(pipe, DummyOutput())
        for interview in (rating_ads(), at("terms", "one"), at("interest")):
            pipe.send_text("g2")
            assert ask(menu, interview) == Jump("two")
