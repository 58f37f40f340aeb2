"""One thing that happened is one incident, whatever moved with it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.journey.found import Incident
from gapcheck.core.journey.merging import alike, merged, within
from tests.core.journey.made import CHOOSING, DAY, PAYING, catalog, incident, journey_map

START = dt.date(2027, 1, 12)


def of(metric: str, **more: object) -> Incident:
    """An incident of a metric, at the time and in the direction of that of the way unless told otherwise."""
    return incident(metric, None, metric=metric, lost=None, **more)


def told(*found: Incident, recorded: tuple[str, ...] = ()) -> dict[str, Incident]:
    return {each.id: each for each in merged(catalog(), journey_map(), found, recorded)}


def test_a_metric_that_its_way_measures_is_told_as_that_way_whichever_way_it_went() -> None:
    """`paying` is the share of the way to a payment."""
    assert [*told(incident("way", CHOOSING), of("paying"))] == ["way"]
    assert [*told(incident("way", CHOOSING), of("paying", direction="opening", open=False))] == ["way"]
    assert [*told(incident("way", PAYING), of("paying"))] == ["way", "paying"], "no skill is behind both"


def test_metrics_with_a_skill_in_common_that_moved_at_one_time_are_one_incident_with_the_skills_of_both() -> None:
    """`paying` is moved by mail, `orders` by pages and mail."""
    surer = of("orders", chance=0.00001)
    found = told(of("paying", chance=0.05, proof="suspected"), surer)
    assert [*found] == ["orders"]
    assert found["orders"].skills == ("pages", "mail")
    assert (found["orders"].chance, found["orders"].proof) == (0.00001, "shown")


def test_a_way_takes_a_surer_neighbour_in_and_is_as_sure_then() -> None:
    way = incident("way", CHOOSING, chance=0.05, proof="suspected")
    found = told(of("orders", chance=0.001, proof="shown"), way)
    assert [*found] == ["way"]
    assert (found["way"].chance, found["way"].proof, found["way"].lost) == (0.001, "shown", way.lost)
    assert found["way"].skills == ("mail", "pages")


@pytest.mark.parametrize(
    "other",
    [
        {"direction": "opening"},
        {"open": False},
        {"start": DAY - dt.timedelta(4)},
        {"start": dt.date(2026, 9, 1), "end": dt.date(2026, 9, 20), "open": False},
    ],
)
def test_what_went_the_other_way_ended_or_was_at_another_time_is_told_apart(other: dict[str, object]) -> None:
    assert {*told(of("paying"), of("orders", **other))} == {"paying", "orders"}


def test_neighbours_of_a_neighbour_are_none() -> None:
    """What became part of an incident does not draw in what only it has a skill in common with."""
    few = catalog()
    metrics = few.stages["only"].metrics
    chain = {
        "first": replace(metrics["paying"], moved_by=("pages",)),
        "between": replace(metrics["paying"], moved_by=("pages", "mail")),
        "last": replace(metrics["paying"], moved_by=("mail",)),
    }
    linked = replace(few, stages={"only": replace(few.stages["only"], metrics=chain)})
    found = [of(name, chance=(n + 1) / 1e5) for n, name in enumerate(chain)]
    assert [each.id for each in merged(linked, journey_map(), found, ())] == ["first", "last"]


def test_two_ways_are_two_incidents() -> None:
    assert [*told(incident("one", CHOOSING), incident("two", PAYING))] == ["one", "two"]


def test_what_was_recorded_keeps_its_id_though_another_is_surer_now() -> None:
    both = of("paying", chance=0.009), of("orders", chance=0.00001)
    assert [*told(*both)] == ["orders"]
    assert [*told(*both, recorded=("paying",))] == ["paying"]
    way, metric = incident("way", CHOOSING), of("orders")
    assert [(key, each.where) for key, each in told(way, metric, recorded=("orders",)).items()] == [
        ("orders", CHOOSING)
    ]
    assert [*told(way, metric, recorded=("orders", "way"))] == ["way"]


days = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
    lambda pair: (START + dt.timedelta(min(pair)), START + dt.timedelta(max(pair)))
)


@given(days, days)
def test_times_in_common(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> None:
    both = [{first + dt.timedelta(n) for n in range((last - first).days + 1)} for first, last in (one, other)]
    common = len(both[0] & both[1])
    assert within(one, other) == common / min(map(len, both))
    assert alike(one, other) == common / len(both[0] | both[1])
