"""The shop of examples/shop: the incidents that its authors planted and dated are found, without tuning to it."""

import datetime as dt
from pathlib import Path

import pytest

from gapcheck.core.catalog import Catalog
from gapcheck.core.journey.conclude import conclude
from gapcheck.core.journey.counts import ALL
from gapcheck.core.journey.found import Incident, Snapshot
from gapcheck.files import catalogs
from gapcheck.files.journey import maps, reading

MAP = Path(__file__).parents[3] / "examples" / "shop" / "journey" / "map.yaml"
PAYMENT = (dt.date(2024, 5, 19), dt.date(2024, 6, 7))
CHECKOUT = (dt.date(2024, 4, 9), dt.date(2024, 5, 9))


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return catalogs.load(catalogs.shipped()).catalog


@pytest.fixture(scope="module")
def snapshot(shipped: Catalog) -> Snapshot:
    journey_map = maps.load(MAP, shipped)
    counted = reading.read(journey_map, MAP.parent, reading.units_of(shipped))
    return conclude(shipped, journey_map, counted, dt.date(2024, 7, 1))


def overlap(found: Incident, planted: tuple[dt.date, dt.date]) -> float:
    """Intersection over union in days, both ends included."""
    common = (min(found.end, planted[1]) - max(found.start, planted[0])).days + 1
    return common / ((found.end - found.start).days + (planted[1] - planted[0]).days + 2 - common)


def warnings(snapshot: Snapshot) -> list[Incident]:
    return [each for each in snapshot.incidents if each.direction == "warning"]


def test_the_payment_incident_is_shown_for_everybody_and_comes_first(snapshot: Snapshot) -> None:
    first = warnings(snapshot)[0]
    assert first.where is not None
    assert (first.where.source, first.where.target, first.where.segment) == ("payment_details", "purchase", ALL)
    assert first.proof == "shown"
    assert overlap(first, PAYMENT) >= 0.8


def test_the_checkout_incident_is_at_least_suspected_for_mobile_and_comes_second(snapshot: Snapshot) -> None:
    second = warnings(snapshot)[1]
    assert second.where is not None
    assert (second.where.source, second.where.target) == ("shipping_details", "payment_details")
    assert second.where.segment == ("platform", "mobile")
    assert second.proof in {"shown", "suspected"}
    assert overlap(second, CHECKOUT) >= 0.5


def test_incidents_come_by_purchases_lost_with_the_skills_behind_them(snapshot: Snapshot) -> None:
    lost = [each.lost or 0 for each in snapshot.incidents]
    assert lost == sorted(lost, reverse=True)
    assert all("checkout-and-abandonment" in each.skills for each in warnings(snapshot)[:2])


def test_what_moved_with_the_payment_incident_is_where_to_look(snapshot: Snapshot) -> None:
    first = warnings(snapshot)[0]
    assert "payment_error" in [each.name for each in first.together + first.first]


def test_what_moved_with_the_checkout_incident_is_where_to_look(snapshot: Snapshot) -> None:
    second = warnings(snapshot)[1]
    assert "checkout_bug" in [each.name for each in second.together + second.first]


def test_nothing_else_is_told_but_that_more_put_something_into_the_cart_since_april(snapshot: Snapshot) -> None:
    """A rise from the first days of April that is real in the data (SOURCE.md does not date it)."""
    others = [each for each in snapshot.incidents if each not in warnings(snapshot)[:2]]
    assert {each.where.source for each in others if each.where} <= {"product_view"}
