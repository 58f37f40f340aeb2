"""Two snapshots side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapcheck.core.journey.found import Cover, Figure, Incident, Source, StepFlow
from gapcheck.core.journey.since import CoverShift, Fate, since
from tests.core.journey.made import CHOOSING, DAY, PAYING, full, incident, jam, share, snapshot

THEN = DAY - dt.timedelta(30)
OPEN, OVER = incident(), incident(open=False)


def test_the_same_day_twice_has_changed_in_nothing() -> None:
    told = since(full(), full())
    assert [(shift.then, shift.now) for shift in told.figures] == [(full().figures[0], full().figures[0])]
    assert [shift.fate for shift in told.incidents] == ["still open"]
    assert [(shift.then, shift.now) for shift in told.bottlenecks] == [(jam(), jam())]
    assert (told.cover, told.people, told.files, told.until) == ((), (3, 3), (), (DAY, DAY))


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (None, OPEN, "new"),
        (None, OVER, "came and went"),
        (OPEN, OPEN, "still open"),
        (OPEN, OVER, "ended"),
        (OPEN, None, "not found any more"),
        (OVER, OPEN, "still open"),
        (OVER, OVER, None),
        (OVER, None, None),
    ],
)
def test_what_becomes_of_an_incident(before: Incident | None, after: Incident | None, fate: Fate | None) -> None:
    sides = ((DAY - dt.timedelta(1), before), (DAY, after))
    then, now = (snapshot(day, incidents=(each,) if each else ()) for day, each in sides)
    told = since(then, now).incidents
    assert [(shift.incident, shift.fate) for shift in told] == ([(after or before, fate)] if fate else [])


def test_what_ended_before_the_earlier_day_was_found_only_now() -> None:
    long_over = incident(open=False, start=DAY - dt.timedelta(60), end=THEN)
    later = replace(long_over, end=THEN + dt.timedelta(1))
    for each, fate in ((long_over, "found only now"), (later, "came and went")):
        (shift,) = since(snapshot(THEN, last=THEN), snapshot(incidents=(each,))).incidents
        assert shift.fate == fate


def test_of_a_way_that_jams_on_one_day_the_share_of_the_other_is_known() -> None:
    ways = [StepFlow(where=CHOOSING, share=share(on, 100)) for on in (70, 50)]
    then, now = (snapshot(flow=(way,), bottlenecks=jams) for way, jams in zip(ways, ((), (jam(),)), strict=True))
    (shift,) = since(then, now).bottlenecks
    assert (shift.then, shift.now, shift.shares) == (None, jam(), (share(70, 100), share(50, 100)))


def test_an_incident_is_known_by_its_id_alone() -> None:
    moved = incident(where=CHOOSING, lost=99.0)
    (shift,) = since(snapshot(incidents=(OPEN,)), snapshot(incidents=(moved,))).incidents
    assert (shift.incident, shift.fate) == (moved, "still open")


def test_a_bottleneck_is_known_by_its_way_its_segment_and_what_it_is_held_against() -> None:
    first = jam(PAYING)
    others = (
        jam(CHOOSING),
        jam(PAYING, against="segment"),
        jam(replace(PAYING, segment=("platform", "mobile"))),
        jam(replace(PAYING, log="other")),
    )
    worse = jam(replace(PAYING, number=5), lost=80.0)  # a step put in before it leaves the way what it is
    told = since(snapshot(bottlenecks=(first,)), snapshot(bottlenecks=(worse, *others))).bottlenecks
    assert [(shift.then, shift.now) for shift in told] == [(first, worse), *((None, each) for each in others)]
    gone = since(snapshot(bottlenecks=(first,)), snapshot()).bottlenecks
    assert [(shift.then, shift.now) for shift in gone] == [(first, None)]


def test_a_figure_may_be_on_one_side_only() -> None:
    old, new = (Figure(metric=key, day=DAY, value=1.0) for key in ("old", "new"))
    told = since(snapshot(figures=(old,)), snapshot(figures=(new,))).figures
    assert [(shift.metric, shift.then, shift.now) for shift in told] == [("old", old, None), ("new", None, new)]


def test_cover_is_compared_skill_by_skill_and_only_where_sheets_are_known_on_both_days() -> None:
    then = snapshot(cover={"a": Cover(hold=2, carry=1), "b": Cover(hold=1, carry=1), "c": Cover(hold=1, carry=0)})
    now = snapshot(cover={"a": Cover(hold=2, carry=0), "b": Cover(hold=1, carry=1), "d": Cover(hold=3, carry=2)})
    assert set(since(then, now).cover) == {
        CoverShift("a", (2, 2), (1, 0)),
        CoverShift("c", (1, 0), (0, 0)),
        CoverShift("d", (0, 3), (0, 2)),
    }
    assert since(then, snapshot()).cover == since(snapshot(), now).cover == ()


def test_how_far_the_files_were_known_on_each_day() -> None:
    assert since(snapshot(THEN), snapshot(last=DAY - dt.timedelta(2))).until == (THEN, DAY - dt.timedelta(2))


def test_a_file_that_is_new_or_says_something_else_is_named() -> None:
    def source(file: str, digest: str) -> Source:
        return Source(file=file, digest=digest * 12, rows=1, left_out=0)

    then = snapshot(THEN, sources=(source("same.csv", "a"), source("grown.csv", "a"), source("gone.csv", "a")))
    now = snapshot(sources=(source("same.csv", "a"), source("grown.csv", "b"), source("new.csv", "a")))
    told = since(then, now)
    assert (told.then, told.now, told.files) == (THEN, DAY, ("grown.csv", "new.csv"))
