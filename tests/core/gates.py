"""Teams in a few characters, and what the gate says of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gapcheck.core.catalog import Catalog, Contents, Role, Stage, Targets
from gapcheck.core.gate import Evidence, Placed, Result, rule_on
from gapcheck.core.people import GateRule, People, Person, Supplier
from gapcheck.core.policy import Need, Policy
from gapcheck.core.team import IS_NOT_APPLICABLE, IS_OPEN, IS_UNKNOWN, Member, Team
from tests.core.small import skill

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = dt.date(2027, 1, 11)
SKILLS = {
    "a": skill("Ads", 1),
    "b": skill("Brand", 3, was=("branding",)),
    "c": skill("Checkout", 2, half_life_months=6),
}
CATALOG = Catalog(
    Contents(name="small", version="1", stages=("one", "two")),
    {
        "one": Stage(name="One", skills={key: SKILLS[key] for key in "ab"}),
        "two": Stage(name="Two", skills={"c": SKILLS["c"]}),
    },
    {
        "all": Role(name="All", target=4),
        "ads": Role(name="Ads only", target=0, targets=(Targets(to=3, why="", skills=("a",)),)),
    },
    "0" * 12,
)
BYTES = {**{str(n): n for n in range(6)}, "n": IS_NOT_APPLICABLE, "?": IS_UNKNOWN, "-": IS_OPEN}


def team(
    rows: Mapping[str, str],
    *,
    groups: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
    suppliers: Mapping[str, tuple[str, ...]] | None = None,
    listed: tuple[str, ...] = (),
    dates: Mapping[str, dt.date] | None = None,
    need: Need = Need(),  # noqa: B008 (frozen)
    catalog: Catalog = CATALOG,
) -> Team:
    """Rows of levels, a character a skill: 0-5, n (not applicable), ? (unknown), - (open); groups of the kind unit."""
    groups, dates = groups or {}, dates or {}
    members = tuple(
        Member(
            person=person,
            role=(roles or {}).get(person, "all"),
            groups={"unit": groups[person]} if person in groups else {},
            levels=bytes(BYTES[character] for character in row),
            date=dates.get(person, TODAY),
        )
        for person, row in sorted(rows.items())
    )
    people = People(
        people={p: Person(name=p, groups={"unit": groups[p]} if p in groups else {}) for p in listed},
        suppliers={key: Supplier(name=key, skills=skills) for key, skills in (suppliers or {}).items()},
    )
    return Team(catalog, Policy(rules=(), cover=need), people, catalog.roles, members)


def rule(measure: str, *, least: float | None = None, most: float | None = None, **where: str) -> GateRule:
    """A rule as gapcheck.yaml would have it."""
    return GateRule(measure=measure, min=least, max=most, **where)


def result(of: Team, held: GateRule, *, own: bool = False, snapshot: dt.date | None = None) -> Result:
    """What one rule comes to."""
    (only,) = rule_on([Placed(held)], Evidence(of, TODAY, snapshot, own=own)).results
    return only


def said(of: Team, held: GateRule, *, own: bool = False, snapshot: dt.date | None = None) -> tuple[str, object]:
    """The outcome and the exact number behind it."""
    only = result(of, held, own=own, snapshot=snapshot)
    return only.outcome, only.value
