"""A sitting as a value: whatever is answered, gone back on or broken off, the last answers are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gapcheck.core.interview import Interview, Move, conduct

if TYPE_CHECKING:
    from gapcheck.core.answers import Rating

RATINGS: st.SearchStrategy[Rating] = st.sampled_from((0, 1, 2, 3, 4, 5, "n/a", "unknown"))
REPLIES = st.lists(st.one_of(RATINGS, RATINGS, st.just(Move.BACK)), max_size=30)
ANY_SKILLS = st.integers(0, 6).map(lambda n: tuple(f"skill-{i}" for i in range(n)))


def first_open(skills: tuple[str, ...], answers: dict[str, Rating]) -> str | None:
    return next((skill for skill in skills if skill not in answers), None)


class Sitting(RuleBasedStateMachine):
    """Answers, steps back and resumptions in any order, beside a plain dictionary of what was said last."""

    skills: tuple[str, ...]
    said: dict[str, Rating]
    interview: Interview

    @initialize(skills=ANY_SKILLS, data=st.data())
    def begin(self, skills: tuple[str, ...], data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from((*skills, "another-role's")), unique=True))
        self.skills = skills
        self.said = {skill: data.draw(RATINGS) for skill in some}
        self.resume()

    @precondition(lambda self: self.interview.pending is not None)
    @rule(rating=RATINGS)
    def answer(self, rating: Rating) -> None:
        asked = self.interview.pending
        assert asked is not None
        self.said[asked] = rating
        self.interview = self.interview.answered(rating)
        after = self.skills.index(asked) + 1
        assert self.interview.pending == first_open(self.skills[after:] + self.skills[:after], self.said)

    @rule()
    def back(self) -> None:
        places = (*self.skills, None)
        place = places.index(self.interview.pending)
        self.interview = self.interview.back()
        assert self.interview.pending == places[max(0, place - 1)]

    @rule()
    def resume(self) -> None:
        """Stopped, written, read again: the sheet is all there is to go on with."""
        self.interview = Interview.over(self.skills, dict(self.said))
        assert self.interview.pending == first_open(self.skills, self.said)

    @invariant()
    def the_answers_kept_are_the_last_ones_given(self) -> None:
        assert dict(self.interview.answers) == self.said

    @invariant()
    def progress_names_the_question_in_view(self) -> None:
        number, total = self.interview.progress
        assert total == len(self.skills)
        if self.interview.pending is not None:
            assert self.skills[number - 1] == self.interview.pending
        else:
            assert number == total


TestSitting = Sitting.TestCase


class Script:
    """Replies in order, then a stop; and a log of what was asked and kept."""

    def __init__(self, replies: list[Rating | Move]) -> None:
        self.replies = iter(replies)
        self.log: list[tuple[str, str | None, Rating | Move | dict[str, Rating]]] = []

    def ask(self, interview: Interview) -> Rating | Move:
        reply = next(self.replies, Move.STOP)
        self.log.append(("asked", interview.pending, reply))
        return reply

    def kept(self, interview: Interview) -> None:
        self.log.append(("kept", None, dict(interview.answers)))


@given(ANY_SKILLS, REPLIES)
def test_each_answer_is_kept_once_before_the_next_question(
    skills: tuple[str, ...], replies: list[Rating | Move]
) -> None:
    script, said = Script(replies), dict[str, "Rating"]()
    final = conduct(Interview.over(skills, {}), script.ask, script.kept)
    log = iter(script.log)
    for event, skill, reply in log:
        assert event == "asked"
        assert skill is not None
        if not isinstance(reply, (Move, dict)):
            said[skill] = reply
            assert next(log) == ("kept", None, said)
    assert dict(final.answers) == said


@given(ANY_SKILLS, REPLIES, REPLIES)
def test_going_on_later_asks_the_first_open_question_first(
    skills: tuple[str, ...], before: list[Rating | Move], after: list[Rating | Move]
) -> None:
    script = Script(before)
    stopped = conduct(Interview.over(skills, {}), script.ask, script.kept)
    script = Script(after)
    conduct(Interview.over(skills, stopped.answers), script.ask, script.kept)
    asked = [skill for event, skill, _ in script.log if event == "asked"]
    assert asked[:1] == [skill for skill in skills if skill not in stopped.answers][:1]


@given(ANY_SKILLS, st.lists(RATINGS, min_size=6, max_size=6))
def test_a_sitting_ends_when_all_is_answered_and_asks_each_once(skills: tuple[str, ...], ratings: list[Rating]) -> None:
    script = Script([*ratings])
    final = conduct(Interview.over(skills, {}), script.ask, script.kept)
    assert [skill for event, skill, _ in script.log if event == "asked"] == list(skills)
    assert dict(final.answers) == dict(zip(skills, ratings, strict=False))
    assert final.pending is None


def test_back_at_the_first_question_stays_there() -> None:
    first = Interview.over(("a", "b"), {})
    assert first.back() == first


def test_an_answer_gone_back_to_is_replaced_and_no_other() -> None:
    interview = Interview.over(("a", "b", "c"), {}).answered(1).answered(2).back().back().answered(5)
    assert interview.answers == {"a": 5, "b": 2}
    assert interview.pending == "c"


def test_what_was_skipped_before_the_end_is_asked_after_it() -> None:
    """Stopped in a longer list, gone on in another role's: open questions may lie before answered ones."""
    interview = Interview(("a", "b", "c"), {}, place=2).answered(4)
    assert interview.pending == "a"


def test_an_interview_is_never_changed_in_place() -> None:
    before = Interview.over(("a", "b"), {"b": 3})
    before.answered(1)
    assert before == Interview(("a", "b"), {"b": 3}, place=0)


def test_what_breaks_the_sitting_off_loses_no_answer() -> None:
    """Ctrl-C in the middle of a question: everything said before was kept."""
    said = iter([4, 2])
    kept: list[dict[str, Rating]] = []

    def ask(_: Interview) -> Rating:
        try:
            return next(said)
        except StopIteration:
            raise KeyboardInterrupt from None

    with pytest.raises(KeyboardInterrupt):
        conduct(Interview.over(("a", "b", "c"), {}), ask, lambda interview: kept.append(dict(interview.answers)))
    assert kept == [{"a": 4}, {"a": 4, "b": 2}]
