"""Stopped at any question, written, read again: the sheet is all there is to go on with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.interview import DONE, GO_ON, Interview, Item, Move, Note, Scope, carried, due
from gapcheck.files import sheets, yamldoc
from tests.core import small

if TYPE_CHECKING:
    from gapcheck.core.answers import Sheet
    from gapcheck.core.interview import Kind, Reply

JOURNEY = small.journey()
SKILLS = tuple(JOURNEY.skills)
TODAY = dt.date(2028, 3, 1)

STRAIGHT: dict[Kind, st.SearchStrategy[Reply]] = {
    "check": st.sampled_from(["a", "b", "unknown"]),
    "reason": st.just(GO_ON),
    "level": st.sampled_from(small.RATINGS),
    "delivery": st.text("Flyer: \"'#\\é", max_size=8),
    "terms": st.sets(st.sampled_from(["reach", "yield", "flurb"])).map(tuple),
    "interest": st.sets(st.sampled_from(SKILLS)).map(tuple),
    "summary": st.just(DONE),
}
"""Answers that go straight on."""

SCOPES = st.builds(
    lambda skills, whole, again: (tuple(s for s in SKILLS if s in skills), whole, again),
    st.sets(st.sampled_from(SKILLS)), st.booleans(), st.sampled_from(["stale", "all", None]),
)  # fmt: skip

BEGUN = st.builds(
    lambda levels, budget, day, person: carried(
        replace(small.sheet_of(levels, check_budget=budget), date=day, person=person), TODAY
    ),
    st.dictionaries(st.sampled_from(SKILLS), st.sampled_from(small.RATINGS)),
    st.sampled_from([None, 0, 3, 12, 30]),
    st.sampled_from([TODAY, dt.date(2027, 6, 1), dt.date(2024, 6, 1)]),
    st.sampled_from(["ada", "ben"]),
)
"""Sheets of today with answers of different age, where not all are of today."""


def reread(sheet: Sheet) -> Sheet:
    """What a later sitting reads."""
    return sheets.parse(yamldoc.parse(sheets.dump(sheet, JOURNEY), "ada.yaml"), JOURNEY)


def gone_on(interview: Interview, again: str | None) -> Interview:
    """A later sitting with the same things said on the command line."""
    sheet, scope = reread(interview.sheet), interview.scope
    return Interview.over(JOURNEY, scope_over(sheet, scope.skills, scope.whole, again), sheet)


def scope_over(sheet: Sheet, skills: tuple[str, ...], whole: bool, again: str | None) -> Scope:
    return Scope(skills, due(JOURNEY, sheet, skills, again, TODAY) if again else frozenset(), whole)  # type: ignore[arg-type]


@settings(max_examples=30)
@given(BEGUN, SCOPES, st.data())
def test_going_on_later_asks_exactly_the_question_that_was_in_view(
    begun: Sheet, about: tuple[tuple[str, ...], bool, str | None], data: st.DataObject
) -> None:
    """Of every kind; only a check's solution is not shown again: what comes after it is."""
    skills, whole, again = about
    interview = Interview.over(JOURNEY, scope_over(begun, skills, whole, again), begun)
    while not interview.closed:
        kind = interview.place.kind
        shown = interview.after(GO_ON) if kind == "reason" else interview
        later = gone_on(interview, again)
        assert later.place == shown.place
        assert later.sheet == interview.sheet
        if kind == "level" and interview.place.of not in interview.sheet.notes:
            interview = interview.after(Note("Agency"))
        interview = interview.after(data.draw(STRAIGHT[kind], label=kind))


@pytest.mark.parametrize("kind", STRAIGHT)
def test_each_kind_of_question_is_gone_on_with(kind: Kind) -> None:
    """The same by example, so that no kind is left out by chance."""
    replies: dict[Kind, Reply] = {
        "level": 4,
        "check": "a",
        "delivery": "",
        "reason": GO_ON,
        "terms": (),
        "interest": (),
    }
    interview = Interview.over(JOURNEY, Scope(SKILLS), small.sheet_of({}, check_budget=9))
    while interview.place.kind != kind:
        interview = interview.after(replies[interview.place.kind])
    shown = interview.after(GO_ON) if kind == "reason" else interview
    assert gone_on(interview, None).place == shown.place


def test_somebody_elses_rating_is_gone_on_with() -> None:
    scope = Scope(SKILLS, of_oneself=False)
    interview = Interview.over(JOURNEY, scope, small.sheet_of({}, rater="manager", by="ben")).after(5).after("unknown")
    assert Interview.over(JOURNEY, scope, reread(interview.sheet)).place == interview.place


def test_what_was_left_open_by_going_forward_comes_first_later() -> None:
    """Where one stood after moving about is not kept, only what was said."""
    moved = Interview.over(JOURNEY, Scope(SKILLS), small.sheet_of({})).after(Move.FORWARD).after(2)
    assert moved.place == Item("level", "a3")
    assert gone_on(moved, None).place == Item("level", "a1")
