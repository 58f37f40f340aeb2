"""journey/map.yaml: held against the catalog and the files beside it, every fault at once with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from gapcheck.files.journey import maps
from tests.files.journey.conftest import written
from tests.files.reading import refused

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.map import JourneyMap

GOOD = """gapcheck: journey/1
time_zone: Europe/Berlin
events:
  shop:
    file: log.csv
    who: user
    when: time
    what: event
    segments: [device]
    channel: source
    steps:
      - {event: view, touchpoint: product-page, conversion: put-in-cart}
      - {event: buy, touchpoint: checkout, metric: conversion-rate}
    touchpoints: {home: home-page}
  leads:
    file: log.csv
    who: lead
    at: {made: asked, won: signed}
    steps:
      - {event: asked, touchpoint: lead-hand-over}
      - {event: signed, touchpoint: written-offer}
figures:
  ads:
    file: figures.csv
    when: day
    metrics:
      click-through-rate: {numerator: clicks, denominator: shown}
      repeat-rate: {value: repeat}
"""


class Load(Protocol):
    """Read the good map with some of its text replaced."""

    def __call__(self, *changes: tuple[str, str]) -> JourneyMap: ...


@pytest.fixture
def load(tmp_path: Path, catalog: Catalog) -> Load:
    written(tmp_path, "log.csv", "user,time,event,device,source,lead,made,won\n")
    written(tmp_path, "figures.csv", "day,clicks,shown,repeat\n")

    def load(*changes: tuple[str, str]) -> JourneyMap:
        text = GOOD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return maps.load(written(tmp_path, "map.yaml", text), catalog)

    return load


def test_a_map_that_fits_is_read(load: Load) -> None:
    journey = load()
    assert (journey.time_zone, list(journey.events), list(journey.figures)) == (
        "Europe/Berlin",
        ["shop", "leads"],
        ["ads"],
    )


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ([("touchpoint: product-page", "touchpoint: product-pages")],
         ["12:23: events.shop.steps.0.touchpoint: unknown touchpoint; did you mean product-page?"
          " gapcheck catalog show decision lists them"]),
        ([("put-in-cart", "put-in-card")],
         ["12:49: events.shop.steps.0.conversion: unknown conversion of product-page; did you mean put-in-cart?"]),
        ([("metric: conversion-rate", "metric: convertion-rate")],
         ["13:44: events.shop.steps.1.metric: unknown metric; did you mean conversion-rate?"]),
        ([("{home: home-page}", "{home: home-pag}")],
         ["14:19: events.shop.touchpoints.home: unknown touchpoint; did you mean home-page?"
          " gapcheck catalog show consideration lists them"]),
        ([("{home: home-page}", "{buy: cart}")],
         ["14:19: events.shop.touchpoints.buy: this event is a step at checkout; leave it out here"]),
        ([("    when: time\n", "")], ["7:5: events.shop.what: needs when: beside it"]),
        ([("    what: event\n", "")], ["7:5: events.shop.when: needs what: beside it"]),
        ([("    when: time\n    what: event\n", "")],
         ["4:3: events.shop: must say in which columns time and event are (when: and what:), or which columns have"
          " dates (at:)"]),
        ([("    at: {made", "    when: time\n    at: {made")],
         ["18:5: events.leads.when: at says which column has which event's dates; leave this out"]),
        ([("won: signed", "won: won")],
         ["21:10: events.leads.steps.1.event: no column of at: has this event; known are asked, won"]),
        ([("      - {event: buy, touchpoint: checkout, metric: conversion-rate}\n", "")],
         ["11:5: events.shop.steps: must have at least two steps"]),
        ([("event: buy", "event: view")],
         ["13:10: events.shop.steps.1.event: this event is a step already; a path has each once"]),
        ([("[device]", "[device, user]")],
         ["9:24: events.shop.segments.1: this column is who:; people must not become segments"]),
        ([("[device]", "[device, device]")], ["9:5: events.shop.segments: names a column twice"]),
        ([("file: figures.csv", "file: figure.csv")],
         ["24:5: figures.ads.file: there is no such file beside the map; did you mean figures.csv?"]),
        ([("file: figures.csv", "file: ../")], ["24:5: figures.ads.file: is a folder; name the file in it"]),
        ([("    when: day\n", "    when: day\n    metric: name\n")],
         ["26:5: figures.ads.metric: needs value: beside it, or neither where each metric has a column"]),
        ([("{numerator: clicks, denominator: shown}", "{numerator: clicks}")],
         ["27:7: figures.ads.metrics.click-through-rate: must have either value:, or both numerator: and"
          " denominator:"]),
        ([("{value: repeat}", "{value: repeat, numerator: clicks, denominator: shown}")],
         ["28:7: figures.ads.metrics.repeat-rate: must have either value:, or both numerator: and denominator:"]),
        ([("repeat-rate:", "repeat-rat:")],
         ["28:7: figures.ads.metrics.repeat-rat: unknown metric; did you mean repeat-rate?"]),
        ([("      repeat-rate: {value: repeat}\n",
           "      repeat-rate: {value: repeat}\n  more:\n    file: figures.csv\n    when: day\n    metrics:\n"
           "      repeat-rate: {value: shown}\n")],
         ["33:7: figures.more.metrics.repeat-rate: figures.ads has this metric already; keep one"]),
        ([("channel: source", "chanel: source"), ("at: {made", "att: {made")],
         ["10:5: events.shop.chanel: unknown key; did you mean channel?",
          "18:5: events.leads.att: unknown key; did you mean at?"]),
        ([("product-page,", "page,"), ("figures.csv", "none.csv"), ("lead-hand-over", "hand-over")],
         ["12:23: events.shop.steps.0.touchpoint: unknown touchpoint; did you mean ad-page?"
          " gapcheck catalog show decision lists them",
          "20:24: events.leads.steps.0.touchpoint: unknown touchpoint; did you mean lead-hand-over?"
          " gapcheck catalog show decision lists them",
          "24:5: figures.ads.file: there is no such file beside the map; did you mean log.csv?"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_all_at_once(load: Load, changes: list[tuple[str, str]], faults: list[str]) -> None:
    assert refused(lambda: load(*changes)) == faults


def test_a_map_without_a_file_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    path = written(tmp_path, "map.yaml", "gapcheck: journey/1\n")
    assert refused(lambda: maps.load(path, catalog)) == ["1:1: names no file; give events: or figures:"]


def test_faults_of_shape_catalog_zone_and_columns_are_told_in_one_round(load: Load) -> None:
    """What only follows from another fault is not told: nobody is told twice of what has no who or touchpoint."""
    changes = [
        ("Europe/Berlin", "Europe/Berln"),
        ("    who: user\n", "    order: loose\n"),
        ("    what: event\n", "    what: evnt\n"),
        ("touchpoint: product-page,", "touchpoint: ,"),
        ("touchpoint: checkout", "touchpoint: chekout"),
        ("won: signed", "won: 5"),
        ("    when: day\n    metrics:\n", "    when: dya\n    metrics:\n"),
    ]
    assert refused(lambda: load(*changes)) == [
        "2:1: time_zone: no time zone is called that; did you mean Europe/Berlin?",
        "4:3: events.shop.who: is missing",
        "6:5: events.shop.order: must be strict or any",
        '8:5: events.shop.what: log.csv has no column "evnt"; did you mean event?;'
        " it has: user, time, event, device, source, lead, made, won",
        "12:23: events.shop.steps.0.touchpoint: must be small letters, digits, dots, dashes (at most 64); it is blank",
        "13:22: events.shop.steps.1.touchpoint: unknown touchpoint; did you mean checkout?"
        " gapcheck catalog show decision lists them",
        "18:23: events.leads.at.won: must be a text of 1 to 400 characters; put it in quotes",
        "21:10: events.leads.steps.1.event: no column of at: has this event; known are asked",
        '25:5: figures.ads.when: figures.csv has no column "dya"; did you mean day?;'
        " it has: day, clicks, shown, repeat",
    ]


@pytest.mark.parametrize("bad", ["5", "[]", "{shop: 5}", "{shop: {steps: [5, {}], use: [[]], touchpoints: {who: 5}}}"])
def test_a_map_that_is_hardly_one_is_refused_with_what_it_lacks(tmp_path: Path, catalog: Catalog, bad: str) -> None:
    path = written(tmp_path, "map.yaml", f"gapcheck: journey/1\nevents: {bad}\ntime_zone: Mars\n")
    told = refused(lambda: maps.load(path, catalog))
    assert told[-1] == "3:1: time_zone: no time zone is called that; write one like Europe/Berlin"
    assert all("events" in each for each in told[:-1])
    assert len({each.split(" ")[1] for each in told}) == len(told)


def test_a_touchpoint_is_found_by_its_name_and_all_are_listed_where_none_is_near(load: Load) -> None:
    (by_name,) = refused(lambda: load(("lead-hand-over", "talk-with-sales")))
    assert by_name.endswith("did you mean sales-talk (Talk with sales)? gapcheck catalog show decision lists them")
    (none,) = refused(lambda: load(("lead-hand-over", "xyzzy")))
    assert "unknown touchpoint; gapcheck catalog show STAGE lists them (stages are awareness, consider" in none
