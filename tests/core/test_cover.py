"""Who else is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Stage, Touchpoint
from gapcheck.core.cover import is_short, stops_without
from gapcheck.core.people import People, Supplier
from tests.core.small import catalog_of, skill

POINTS = {
    "ad": Touchpoint(name="Ad", skills=("copy", "buying")),
    "page": Touchpoint(name="Page", skills=("copy",)),
    "shop": Touchpoint(name="Shop", skills=("checkout",)),
    "empty": Touchpoint(name="Empty", skills=()),
}


@given(st.integers(0, 9), st.integers(0, 9))
def test_short_is_fewer_than_needed(others: int, needed: int) -> None:
    assert is_short(others, needed) is (others < needed)


def test_every_touchpoint_stops_that_takes_a_skill_only_one_person_carries() -> None:
    skills = {key: skill() for key in ("copy", "buying", "checkout")}
    catalog = catalog_of(skills)
    catalog.stages["only"] = Stage(name="Only", touchpoints=POINTS, skills=skills)
    assert [point.name for point in stops_without(catalog, {"copy"})] == ["Ad", "Page"]
    assert [point.name for point in stops_without(catalog, {"buying", "checkout"})] == ["Ad", "Shop"]
    assert stops_without(catalog, ()) == ()


def test_suppliers_are_named_for_what_they_are_hired_for() -> None:
    one, other = Supplier(name="One", skills=("copy", "buying")), Supplier(name="Other", skills=("copy",))
    people = People(suppliers={"one": one, "other": other})
    assert people.suppliers_of("copy") == ("One", "Other")
    assert people.suppliers_of("buying") == ("One",)
    assert people.suppliers_of("checkout") == ()
