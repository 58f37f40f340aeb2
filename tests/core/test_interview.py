"""A sitting as a value: however one moves in it, nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gapcheck.core.interview import (
    DONE,
    GO_ON,
    REVISE,
    Interview,
    Item,
    Jump,
    Move,
    Note,
    Scope,
    conduct,
    estimate_of,
    is_answered,
    settle,
)
from tests.core import small

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.core.interview import Reply

JOURNEY = small.journey()
SKILLS = tuple(JOURNEY.skills)
WHOLE = Scope(SKILLS)
CHECKED = SKILLS[:-1]
"""The skills that have checks."""

EARLIER = small.sheet_of({}).date.replace(year=2026)
RATINGS = st.sampled_from(small.RATINGS)
OPTIONS = st.sampled_from(["a", "b", "unknown"])
TEXTS = st.sampled_from(["", "Flyer, May", "Talk, June"])
TICKED = st.sets(st.sampled_from(["reach", "yield", "flurb"])).map(tuple)
STAGES = st.sampled_from([*JOURNEY.stages])
SOME = st.sets(st.sampled_from(SKILLS)).map(lambda some: tuple(skill for skill in SKILLS if skill in some))
SCOPES = st.builds(Scope, SOME, SOME.map(frozenset), st.booleans(), st.just(True))
CHANGEABLE = ("level", "delivery", "terms", "interest")


@st.composite
def begun(draw: st.DrawFn) -> Sheet:
    """Some ratings, a few of them of another day, and all checks but some, or none."""
    levels = draw(st.dictionaries(st.sampled_from(SKILLS), RATINGS))
    waiting = draw(st.one_of(st.none(), st.sets(st.sampled_from(CHECKED), min_size=1, max_size=2)))
    answered = {skill: dict.fromkeys("234", "b") for skill in CHECKED if waiting is not None and skill not in waiting}
    dates = {skill: EARLIER for skill in levels if draw(st.booleans())}
    budget = draw(st.sampled_from([None, 2, 30]))
    return settle(JOURNEY, small.sheet_of(levels, dates=dates, checks=answered, check_budget=budget))


def in_view(*kinds: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule for questions of these kinds."""
    return precondition(lambda self: self.place.kind in kinds and not self.interview.closed)


class Sitting(RuleBasedStateMachine):
    """Every kind of reply in any order, beside a plain dictionary of what was said last to what."""

    said: dict[tuple[str, ...], Any]
    interview: Interview

    @initialize(scope=SCOPES, sheet=begun())
    def begin(self, scope: Scope, sheet: Sheet) -> None:
        self.interview = Interview.over(JOURNEY, scope, sheet)
        self.said = told(sheet)

    @property
    def place(self) -> Item:
        return self.interview.place

    def reply(self, said: Reply) -> None:
        self.interview = self.interview.after(said)

    @in_view("level")
    @rule(rating=RATINGS)
    def rate(self, rating: Rating) -> None:
        self.said["levels", self.place.of] = rating
        self.reply(rating)

    @in_view("check")
    @rule(option=OPTIONS)
    def answer_a_check(self, option: str) -> None:
        asked = self.place
        self.said["checks", asked.of, asked.level] = option
        self.reply(option)
        assert self.place == Item("reason", asked.of, asked.level)

    @in_view("reason")
    @rule(said=st.sampled_from([GO_ON, REVISE]))
    def read_the_solution(self, said: str) -> None:
        about = self.place.of
        self.reply(said)
        assert said == GO_ON or self.place == Item("level", about)

    @in_view("delivery")
    @rule(text=TEXTS)
    def tell_a_delivery(self, text: str) -> None:
        self.said["evidence", self.place.of] = text
        self.reply(text)

    @in_view("terms")
    @rule(ticked=TICKED)
    def tick_terms(self, ticked: tuple[str, ...]) -> None:
        self.said["terms", self.place.of] = ticked
        self.reply(ticked)

    @in_view("interest")
    @rule(ticked=SOME)
    def tick_interest(self, ticked: tuple[str, ...]) -> None:
        self.said["interest",] = ticked
        self.reply(ticked)

    @in_view("level")
    @rule(text=TEXTS)
    def note(self, text: str) -> None:
        asked = self.place
        self.said["notes", asked.of] = text
        self.reply(Note(text))
        assert self.place == asked

    @in_view("summary")
    @rule(data=st.data())
    def choose_in_the_summary(self, data: st.DataObject) -> None:
        skills = self.interview.scope.skills
        chosen = data.draw(st.sampled_from([*skills, DONE])) if skills else DONE
        self.reply(chosen)
        assert self.interview.closed if chosen == DONE else self.place == Item("level", chosen)

    @in_view("summary", "check", "reason", *CHANGEABLE)
    @rule(move=st.sampled_from([Move.BACK, Move.FORWARD, Move.HELP, Move.GO, Move.NOTE, Move.STOP]))
    def move(self, move: Move) -> None:
        before = self.interview
        self.reply(move)
        if move not in (Move.BACK, Move.FORWARD) or (move is Move.FORWARD and before.place.kind not in CHANGEABLE):
            assert self.interview is before

    @in_view("summary", *CHANGEABLE)
    @rule(stage=STAGES)
    def jump(self, stage: str) -> None:
        before = self.interview
        self.reply(Jump(stage))
        skills = [skill for skill in before.scope.skills if JOURNEY.stage_of[skill] == stage]
        waiting = [skill for skill in skills if skill in before.open]
        assert self.place == (Item("level", (waiting or skills)[0]) if skills else before.place)

    @rule()
    def resume(self) -> None:
        """Stopped and begun again, wherever one was: the sheet is all there is to go on with."""
        self.interview = Interview.over(JOURNEY, self.interview.scope, self.interview.sheet)

    @invariant()
    def what_was_said_last_is_what_the_sheet_holds(self) -> None:
        assert told(self.interview.sheet) == self.said

    @invariant()
    def what_follows_from_the_answers_is_as_if_made_anew(self) -> None:
        sheet = self.interview.sheet
        assert sheet == settle(JOURNEY, sheet)
        if self.interview.estimate is not None:
            levels = estimate_of(JOURNEY, sheet).levels
            for skill in self.interview.estimate.shown:
                assert self.interview.estimate.levels(skill) == pytest.approx(levels(skill))

    @invariant()
    def a_question_in_view_is_one_of_this_sitting(self) -> None:
        of, scope = self.place.of, self.interview.scope
        assert of in (*scope.skills, *JOURNEY.stages, "")
        if self.place.kind == "delivery":
            assert self.interview.sheet.levels[of] in (4, 5)

    @invariant()
    def progress_stays_within_what_there_is(self) -> None:
        number, total = self.interview.progress
        assert 0 <= number <= total
        if self.place.kind in ("level", "delivery"):
            assert self.interview.scope.skills[number - 1] == self.place.of


def told(sheet: Sheet) -> dict[tuple[str, ...], Any]:
    """All that a person said, by what it was said to."""
    parts = {part: getattr(sheet, part) for part in ("levels", "evidence", "terms", "notes")}
    flat: dict[tuple[str, ...], Any] = {(part, key): said for part, by in parts.items() for key, said in by.items()}
    flat |= {("checks", skill, str(level)): said for skill, by in sheet.checks.items() for level, said in by.items()}
    return flat if sheet.interest is None else {**flat, ("interest",): sheet.interest}


TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=80, stateful_step_count=50)


# moving


def at(kind: str, of: str = "", sheet: Sheet | None = None, scope: Scope = WHOLE) -> Interview:
    return Interview(JOURNEY, scope, sheet or small.sheet_of({}), Item(kind, of))  # type: ignore[arg-type]


def walked(interview: Interview, move: Move) -> list[str]:
    """The questions one comes by, moving until nothing changes."""
    places = []
    while (after := interview.after(move)) != interview:
        interview = after
        places.append(f"{interview.place.kind} {interview.place.of}".strip())
    return places


CARRIES_TWO = small.sheet_of({"a1": 4, "c3": 5, "b1": 2}, check_budget=1, checks={"a1": {"2": "a"}})


def test_back_goes_through_all_that_can_be_changed_and_stays_at_the_first() -> None:
    assert walked(at("summary", sheet=CARRIES_TWO), Move.BACK) == [
        "interest", "terms three", "delivery c3", "level c3", "level c2", "level c1",
        "level b2", "level b1", "terms one", "level a3", "level a2", "delivery a1", "level a1",
    ]  # fmt: skip


def test_forward_leaves_open_and_goes_through_the_same_to_the_summary() -> None:
    onward = walked(at("level", "a1", CARRIES_TWO), Move.FORWARD)
    back = walked(at("summary", sheet=CARRIES_TWO), Move.BACK)
    assert onward == [*reversed(back[:-1]), "summary"]


def test_back_from_the_first_skill_goes_to_no_opening_check() -> None:
    begun = Interview.over(JOURNEY, WHOLE, small.sheet_of({}, check_budget=2))
    rating = begun.after("a").after(GO_ON).after("b").after(GO_ON)
    assert rating.place == Item("level", "a1")
    assert rating.after(Move.BACK) == rating


def test_a_check_can_only_be_answered() -> None:
    begun = Interview.over(JOURNEY, WHOLE, small.sheet_of({}, check_budget=2))
    for shown in (begun, begun.after("a")):
        assert shown.after(Move.FORWARD) is shown
        assert shown.after(Move.BACK).place == shown.place


def test_what_forward_left_open_is_asked_at_the_end() -> None:
    interview = Interview.over(JOURNEY, Scope(("a1", "b1", "c1"), whole=False), small.sheet_of({}))
    interview = interview.after(Move.FORWARD)
    assert interview.place.of == "b1"
    assert interview.after(2).after(3).place == Item("level", "a1")


def test_forward_to_the_end_shows_what_is_open_and_back_leads_there() -> None:
    interview = Interview.over(JOURNEY, Scope(("a1", "b1"), whole=False), small.sheet_of({}))
    summary = interview.after(Move.FORWARD).after(Move.FORWARD)
    assert summary.place.kind == "summary"
    assert summary.open == ("a1", "b1")
    assert summary.after(Move.BACK).place == Item("level", "b1")


def test_forward_from_the_last_rating_comes_to_the_checks_that_are_left() -> None:
    rated = small.sheet_of(dict.fromkeys(SKILLS, 2), check_budget=3, terms={"one": (), "three": ()})
    assert at("terms", "three", rated).after(Move.FORWARD).place.kind == "check"


@pytest.mark.parametrize(("rated", "goes_to"), [((), "a1"), (("a1",), "a2"), (("a1", "a2", "a3"), "a1")])
def test_a_jump_goes_to_the_first_open_skill_of_a_stage_else_to_its_first(rated: tuple[str, ...], goes_to: str) -> None:
    sheet = small.sheet_of(dict.fromkeys(rated, 2))
    assert at("level", "c1", sheet).after(Jump("one")).place == Item("level", goes_to)


def test_a_jump_to_a_stage_that_is_not_asked_about_stays() -> None:
    here = at("level", "c1", scope=Scope(("c1", "c2")))
    assert here.after(Jump("one")) == here


def test_after_a_jump_one_goes_on_from_there() -> None:
    assert at("level", "a1").after(Jump("two")).after(2).place == Item("level", "b2")


def test_a_skill_changed_from_the_summary_leads_back_to_it() -> None:
    done = small.sheet_of(dict.fromkeys(SKILLS, 2), interest=())
    summary = Interview.over(JOURNEY, WHOLE, done)
    changed = summary.after("b1").after(3)
    assert changed.place.kind == "summary"
    assert changed.sheet.levels == {**done.levels, "b1": 3}


def test_a_skill_raised_from_the_summary_is_asked_for_its_delivery_first() -> None:
    summary = Interview.over(JOURNEY, WHOLE, small.sheet_of(dict.fromkeys(SKILLS, 2), interest=()))
    delivery = summary.after("b1").after(4)
    assert delivery.place == Item("delivery", "b1")
    assert delivery.after("Flyer, May").place.kind == "summary"


def test_an_answer_gone_back_to_is_replaced_and_no_other() -> None:
    interview = Interview.over(JOURNEY, WHOLE, small.sheet_of({})).after(1).after(2).after(Move.BACK).after(Move.BACK)
    interview = interview.after(5)
    assert interview.sheet.levels == {"a1": 5, "a2": 2}
    assert interview.place == Item("delivery", "a1")


@pytest.mark.parametrize(
    ("kind", "reply"), [("check", 3), ("delivery", ()), ("terms", "a"), ("interest", 0), ("level", ()), ("summary", 1)]
)
def test_a_reply_of_the_wrong_kind_is_refused(kind: str, reply: Reply) -> None:
    with pytest.raises(TypeError, match=f"no answer to a question of kind {kind}: "):
        at(kind, "a1").after(reply)


def test_an_interview_is_never_changed_in_place() -> None:
    sheet = small.sheet_of({"b1": 3}, check_budget=2)
    before = Interview.over(JOURNEY, WHOLE, sheet)
    before.after(1).after(Note("Agency")).after(Move.BACK).after(2)
    assert before == Interview(JOURNEY, WHOLE, small.sheet_of({"b1": 3}, check_budget=2), Item("level", "a1"))


def test_what_the_checks_say_is_worked_out_anew_after_a_rating_and_goes_on_after_a_check() -> None:
    rated = small.sheet_of(dict.fromkeys(SKILLS, 2), check_budget=5, terms={"one": (), "three": ()}, interest=())
    begun = Interview.over(JOURNEY, WHOLE, rated)
    assert begun.place.kind == "check"
    checked = begun.after("b").after(GO_ON)
    changed = replace(checked, place=Item("level", "a1")).after(0)
    for interview in (begun, checked, changed):
        assert interview.estimate is not None
        levels = estimate_of(JOURNEY, interview.sheet).levels("a1")
        assert interview.estimate.levels("a1") == pytest.approx(levels)


def test_a_rating_to_be_given_again_is_open_until_it_is_of_this_sitting() -> None:
    sheet = small.sheet_of({"a1": 3, "a2": 3}, dates={"a1": EARLIER, "a2": EARLIER})
    scope = Scope(("a1", "a2"), frozenset({"a1"}), whole=False)
    interview = Interview.over(JOURNEY, scope, sheet)
    assert interview.open == ("a1",)
    after = interview.after(3)
    assert after.open == ()
    assert is_answered(Item("level", "a1"), after.sheet, scope)


# conducting


class Script:
    """Replies in order, then a stop; and a log of what was asked and kept."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = iter(replies)
        self.log: list[tuple[str, Any, Any]] = []

    def ask(self, interview: Interview) -> Reply:
        reply = next(self.replies, Move.STOP)
        self.log.append(("asked", interview.place, reply))
        return reply

    def kept(self, interview: Interview) -> None:
        self.log.append(("kept", None, told(interview.sheet)))


SHORT = Interview.over(JOURNEY, Scope(("a1", "b1"), whole=False), small.sheet_of({}))
LEVELS = st.integers(0, 3)
REPLIES = st.lists(st.one_of(LEVELS, LEVELS, st.sampled_from([Move.BACK, Move.FORWARD, Jump("two"), Note("Agency")])))


@given(REPLIES)
def test_each_change_is_kept_once_before_the_next_question(replies: list[Reply]) -> None:
    """Two skills; at the summary one goes back."""
    script, said = Script(*replies), dict[tuple[str, ...], Any]()

    def ask(interview: Interview) -> Reply:
        return Move.BACK if interview.place.kind == "summary" else script.ask(interview)

    final = conduct(SHORT, ask, script.kept)
    log = iter(script.log)
    for event, place, reply in log:
        assert event == "asked"
        if isinstance(reply, Note):
            said["notes", place.of] = reply.text
        elif isinstance(reply, int):
            said["levels", place.of] = reply
        else:
            continue
        assert next(log) == ("kept", None, said)
    assert told(final.sheet) == said


def test_a_sitting_ends_at_the_summary_accepted() -> None:
    script = Script(2, 3, DONE, 4)
    final = conduct(SHORT, script.ask, script.kept)
    assert final.closed
    assert next(script.replies) == 4


def test_a_stop_leaves_it_open_and_changes_nothing() -> None:
    begun = Interview.over(JOURNEY, WHOLE, small.sheet_of({}))
    script = Script()
    assert conduct(begun, script.ask, script.kept) is begun
    assert script.log == [("asked", Item("level", "a1"), Move.STOP)]


def test_what_breaks_the_sitting_off_loses_no_answer() -> None:
    """Ctrl-C in the middle of a question: everything said before was kept."""
    script = Script(3, 2)

    def ask(interview: Interview) -> Reply:
        if (reply := script.ask(interview)) is Move.STOP:
            raise KeyboardInterrupt
        return reply

    with pytest.raises(KeyboardInterrupt):
        conduct(Interview.over(JOURNEY, WHOLE, small.sheet_of({})), ask, script.kept)
    assert script.log[-2:] == [
        ("kept", None, {("levels", "a1"): 3, ("levels", "a2"): 2}),
        ("asked", Item("level", "a3"), Move.STOP),
    ]
