"""From what is found to the skills behind it, and what of it presses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.journey.behind import PATIENCE, is_stale, pressing, skills_behind, step_of, traced
from gapcheck.core.journey.map import Step
from tests.core.journey.made import CHOOSING, DAY, PAYING, catalog, incident, jam, journey_map, snapshot

if TYPE_CHECKING:
    from gapcheck.core.journey.found import Incident

UNTRACED = incident(skills=(), file="")


@pytest.mark.parametrize(
    ("step", "skills"),
    [
        (Step(event="x", touchpoint="till"), ("checkout", "code")),
        (Step(event="x", touchpoint="till", metric="paying"), ("mail",)),
        (Step(event="x", touchpoint="till", metric="gone"), ("checkout", "code")),
        (Step(event="x", touchpoint="gone"), ()),
    ],
    ids=["no metric", "a metric", "a metric that is gone", "a touchpoint that is gone"],
)
def test_the_metric_of_a_step_says_which_skills_are_behind_it_else_its_touchpoint(
    step: Step, skills: tuple[str, ...]
) -> None:
    assert skills_behind(catalog(), step) == skills


def test_a_way_leads_to_the_later_of_its_two_steps() -> None:
    found = [step_of(journey_map(), where) for where in (CHOOSING, PAYING)]
    assert [step.event if step else None for step in found] == ["payment", "purchase"]


@pytest.mark.parametrize("other", [{"log": "gone"}, {"number": 2}, {"number": -1}, {"target": "renamed"}], ids=str)
def test_a_way_that_the_map_has_no_more_leads_nowhere(other: dict[str, object]) -> None:
    assert step_of(journey_map(), replace(PAYING, **other)) is None  # type: ignore[arg-type]


def test_findings_are_traced_to_their_skills_and_their_file() -> None:
    found = snapshot(
        bottlenecks=(jam(CHOOSING, skills=(), file=""),),
        incidents=(UNTRACED, replace(UNTRACED, id="fewer", where=None, metric="orders", lost=None)),
    )
    told = traced(catalog(), journey_map(), found)
    assert [(each.skills, each.file) for each in told.bottlenecks] == [(("mail",), "shop.csv")]
    assert [(each.skills, each.file) for each in told.incidents] == [
        (("checkout", "code"), "shop.csv"),
        (("pages", "mail"), "figures.csv"),
    ]


def test_what_is_filled_in_already_stays() -> None:
    found = snapshot(bottlenecks=(jam(),), incidents=(incident(skills=("pages",), file="else.csv"),))
    assert traced(catalog(), journey_map(), found) == found


@pytest.mark.parametrize(
    ("found", "presses"),
    [
        (incident(), True),
        (incident(open=False), False),
        (incident(direction="opening"), False),
        (incident(proof="suspected"), False),
        (incident(proof="cannot-tell"), False),
        (incident(lost=1.0), True),
        (incident(lost=0.9), False),
        (incident(where=None, lost=None), True),
    ],
    ids=["open", "over", "an opening", "suspected", "cannot tell", "cost one", "cost nobody", "cost unknown"],
)
def test_an_open_shown_warning_presses_and_no_other_incident(found: Incident, presses: bool) -> None:
    assert pressing(snapshot(incidents=(found,))).incidents == ((found,) if presses else ())


def test_a_shown_bottleneck_presses_and_the_costliest_comes_first() -> None:
    small, large = jam(CHOOSING, lost=3.0), jam(PAYING, lost=30.0)
    unsure = (jam(PAYING, proof="suspected"), jam(PAYING, proof="cannot-tell"))
    assert pressing(snapshot(bottlenecks=(small, *unsure, large))).bottlenecks == (large, small)
    assert pressing(snapshot(bottlenecks=(jam(lost=0.9), jam(lost=1.0)))).bottlenecks == (jam(lost=1.0),)
    assert pressing(snapshot(bottlenecks=(jam(against="segment"),))).bottlenecks == ()
    cheap, dear, of_metric = incident("a", lost=2.0), incident("b", lost=9.0), incident("c", None, lost=None)
    assert pressing(snapshot(incidents=(of_metric, cheap, dear))).incidents == (dear, cheap, of_metric)


@pytest.mark.parametrize(("recorded", "last"), [(DAY, DAY), (DAY + dt.timedelta(99), DAY), (DAY, None)])
def test_figures_age_from_the_last_day_that_they_know(recorded: dt.date, last: dt.date | None) -> None:
    """Recording old files again makes nothing of them newer."""
    found = snapshot(recorded, last=last)
    assert not is_stale(found, DAY + dt.timedelta(PATIENCE))
    assert is_stale(found, DAY + dt.timedelta(PATIENCE + 1))
