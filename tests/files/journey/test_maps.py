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
    written(tmp_path, "log.csv", "")
    written(tmp_path, "figures.csv", "")

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
         ["12:23: events.shop.steps.0.touchpoint: unknown touchpoint; did you mean product-page?"]),
        ([("put-in-cart", "put-in-card")],
         ["12:49: events.shop.steps.0.conversion: unknown conversion of product-page; did you mean put-in-cart?"]),
        ([("metric: conversion-rate", "metric: convertion-rate")],
         ["13:44: events.shop.steps.1.metric: unknown metric; did you mean conversion-rate?"]),
        ([("{home: home-page}", "{home: home-pag}")],
         ["14:19: events.shop.touchpoints.home: unknown touchpoint; did you mean home-page?"]),
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
        ([("{value: repeat}", "{value: repeat, numerator: a, denominator: b}")],
         ["28:7: figures.ads.metrics.repeat-rate: must have either value:, or both numerator: and denominator:"]),
        ([("repeat-rate:", "repeat-rat:")],
         ["28:7: figures.ads.metrics.repeat-rat: unknown metric; did you mean repeat-rate?"]),
        ([("      repeat-rate: {value: repeat}\n",
           "      repeat-rate: {value: repeat}\n  more:\n    file: figures.csv\n    when: day\n    metrics:\n"
           "      repeat-rate: {value: again}\n")],
         ["33:7: figures.more.metrics.repeat-rate: figures.ads has this metric already; keep one"]),
        ([("channel: source", "chanel: source"), ("at: {made", "att: {made")],
         ["10:5: events.shop.chanel: unknown key; did you mean channel?",
          "18:5: events.leads.att: unknown key; did you mean at?"]),
        ([("product-page,", "page,"), ("figures.csv", "none.csv"), ("lead-hand-over", "hand-over")],
         ["12:23: events.shop.steps.0.touchpoint: unknown touchpoint; did you mean ad-page?",
          "20:24: events.leads.steps.0.touchpoint: unknown touchpoint; did you mean lead-hand-over?",
          "24:5: figures.ads.file: there is no such file beside the map; did you mean log.csv?"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_all_at_once(load: Load, changes: list[tuple[str, str]], faults: list[str]) -> None:
    assert refused(lambda: load(*changes)) == faults


def test_a_map_without_a_file_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    path = written(tmp_path, "map.yaml", "gapcheck: journey/1\n")
    assert refused(lambda: maps.load(path, catalog)) == ["1:1: names no file; give events: or figures:"]
