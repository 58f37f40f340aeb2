"""Snapshots of a made-up shop, and a map that fits them: `cart`, then `payment`, then `purchase`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gapcheck.core.catalog import Catalog, Metric, Stage, Touchpoint
from gapcheck.core.journey.found import Bottleneck, Cover, Figure, Incident, Share, Snapshot, Source, StepFlow, Where
from gapcheck.core.journey.map import Column, EventLog, FigureFile, JourneyMap, Step
from tests.core.small import catalog_of, skill

DAY = dt.date(2027, 1, 31)
PAYING = Where(log="shop", number=1, source="payment", target="purchase")
CHOOSING = Where(log="shop", number=0, source="cart", target="payment")


def catalog() -> Catalog:
    """A shop: the way to a payment is measured, the way to a purchase is not, and takes two skills."""
    some = catalog_of({key: skill(name=key.title()) for key in ("pages", "checkout", "code", "mail")})
    stage = Stage(
        name="Only",
        skills=some.stages["only"].skills,
        touchpoints={
            "cart": Touchpoint(name="Cart", skills=("pages",), leads_to=("till",), conversions={"put": "Puts it in"}),
            "till": Touchpoint(name="Till", skills=("checkout", "code")),
        },
        metrics={
            "paying": Metric(name="Paying", unit="percent", better="higher", moved_by=("mail",)),
            "orders": Metric(name="Orders", unit="count", better="higher", moved_by=("pages", "mail")),
        },
    )
    return replace(some, stages={"only": stage})


def journey_map(**more: object) -> JourneyMap:
    """Where the shop's events and figures are."""
    steps = (
        Step(event="cart", touchpoint="cart"),
        Step(event="payment", touchpoint="till", metric="paying"),
        Step(event="purchase", touchpoint="till"),
    )
    log = EventLog(file="shop.csv", who="who", when="when", what="what", steps=steps)
    figures = FigureFile(file="figures.csv", when="day", metrics={"orders": Column(value="orders")})
    return JourneyMap(events={"shop": log}, figures={"till-figures": figures}, **more)  # type: ignore[arg-type]


def share(on: int, reached: int) -> Share:
    return Share(on=on, reached=reached, low=0.1, high=0.9)


def incident(key: str = "pay-slump", where: Where | None = PAYING, **more: object) -> Incident:
    """An open, shown warning that cost 61 purchases, unless told otherwise."""
    said: dict[str, object] = {
        "start": dt.date(2027, 1, 12),
        "end": DAY,
        "open": True,
        "direction": "warning",
        "observed": 0.42,
        "low": 0.36,
        "high": 0.48,
        "expected": 0.68,
        "size": 0.62,
        "lost": 61.0,
        "chance": 0.0001,
        "proof": "shown",
        "skills": ("checkout", "code"),
        "file": "shop.csv",
    }
    known = {**said, **more}
    lost = known["lost"]
    if isinstance(lost, float):
        known = {"lost_low": lost - 11, "lost_high": lost + 11, **known}
    return Incident(id=key, where=where, **known)  # type: ignore[arg-type]


def jam(where: Where = CHOOSING, **more: object) -> Bottleneck:
    """A shown bottleneck against its own history that cost 20 purchases, unless told otherwise."""
    said: dict[str, object] = {
        "against": "history",
        "now": share(50, 100),
        "then": share(70, 100),
        "days": 28,
        "lost": 20.0,
        "lost_low": 5.0,
        "lost_high": 35.0,
        "chance": 0.001,
        "proof": "shown",
        "skills": ("mail",),
        "file": "shop.csv",
    }
    return Bottleneck(where=where, **{**said, **more})  # type: ignore[arg-type]


def snapshot(day: dt.date = DAY, **more: object) -> Snapshot:
    """What is known on a day: nothing, unless told."""
    said: dict[str, object] = {"catalog": "0" * 12, "last": day}
    return Snapshot(date=day, **{**said, **more})  # type: ignore[arg-type]


def full(day: dt.date = DAY, **more: object) -> Snapshot:
    """A snapshot with something of everything that is compared."""
    said: dict[str, object] = {
        "sources": (Source(file="shop.csv", digest="a" * 12, rows=900, left_out=3),),
        "figures": (Figure(metric="paying", day=day, value=0.42, before=0.68, low=0.4, high=0.45, direction="worse"),),
        "flow": (StepFlow(where=PAYING, share=share(42, 100), median_hours=0.01, slow_hours=60.0),),
        "incidents": (incident(),),
        "bottlenecks": (jam(),),
        "cover": {"code": Cover(hold=2, carry=1)},
        "people": 3,
    }
    return snapshot(day, **{**said, **more})
