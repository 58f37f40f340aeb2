"""Whatever stands in an event log, a segment or a map is shown, and obeyed by nothing on its way to the reader."""

from __future__ import annotations

import datetime as dt
import functools
import json
from dataclasses import replace

import pytest

from gapcheck.core.journey.counts import Account
from gapcheck.core.journey.found import Carrier, Moved, NextStep, Panel, Pattern, RepeatUse, Returning, Source, StepFlow
from gapcheck.core.journey.since import since
from gapcheck.core.report.journey import PARTS, JourneyReport
from gapcheck.core.report.pressing import pressed
from gapcheck.files.journey.snapshots import as_kept
from gapcheck.files.yamldoc import clean
from gapcheck.reporters import Look
from gapcheck.reporters.journey import FORMATS
from tests.core.journey.made import DAY, PAYING, catalog, full, incident, jam, share
from tests.reporters.hostile import MOST, NAMES
from tests.reporters.test_hostile import LINKED, LOOKS, SGR, commands, controls, ragged, squashed, structure, texts


@functools.cache
def told(given: str) -> tuple[JourneyReport, ...]:
    """A journey in which every text has that name, part by part, and what changed on it since."""
    way = replace(PAYING, source=given, target=given, segment=(given, given))
    carrier = Carrier(segment=(given, given), now=share(1, 2), usual=share(1, 2), lost=1.0, lost_low=0.0, lost_high=2.0)
    moved = Moved(kind="event", name=given, start=DAY, observed=0.1, expected=0.2)
    found = as_kept(
        full(
            sources=(Source(file=given, digest="a" * 12, rows=1, left_out=0),),
            flow=(
                StepFlow(where=way, share=share(1, 2)),
                StepFlow(where=replace(way, segment=("", "")), share=share(1, 2)),
            ),
            next_steps=(NextStep(log="shop", source="cart", target=given, share=share(1, 2)),),
            incidents=(incident(where=way, file=given, carried_by=(carrier,), together=(moved,), first=(moved,)),),
            bottlenecks=(jam(way, file=given, against="segment", best=(given, given)),),
            repeat=(RepeatUse(log="shop", returning=(Returning(channel=given, people=2, back=1, median_days=9),)),),
            panel=(Panel(stage="only", channel=given, people=2, events=2, came=share(1, 2)),),
            patterns=(Pattern(log="shop", by="weekday", strength=0.5, chance=0.01, high=given, low=given),),
            remarks=(given,),
        )
    )
    account = Account(file=clean(given), rows=9, left_out={clean(given): (1, 2)}, remarks=(clean(given),))
    owners = {"pay-slump": clean(given)}
    report = JourneyReport(catalog(), DAY, found, fresh=True, owners=owners, accounts=(account,))
    before = as_kept(full(DAY - dt.timedelta(9), incidents=(), bottlenecks=()))
    return (report, *(replace(report, part=part) for part in PARTS[1:]), replace(report, since=since(before, found)))


@pytest.mark.parametrize("name", NAMES)
def test_a_terminal_gets_no_control_character_and_no_command(name: str) -> None:
    for report in told(NAMES[name][:MOST]):
        for look in LOOKS:
            shown = FORMATS["terminal"](report, look)
            assert controls(SGR.sub("", shown)) <= {"\n"}
            assert commands(SGR.sub("", shown)) == commands(shown) == []
        assert squashed(clean(NAMES[name][:MOST])) in squashed(FORMATS["terminal"](report, Look(width=10_000)))


@pytest.mark.parametrize("name", NAMES)
def test_markdown_has_the_blocks_that_a_plain_name_has_and_github_finds_nothing_in_it(name: str) -> None:
    for report, usual in zip(told(NAMES[name][:MOST]), told("plain"), strict=True):
        source = FORMATS["markdown"](report, Look())
        assert structure(source) == structure(FORMATS["markdown"](usual, Look()))
        assert [line for line in texts(source) if LINKED.search(line)] == []
        assert (commands(source), ragged(source)) == ([], [])
        assert controls(source) <= {"\n"}


@pytest.mark.parametrize("name", NAMES)
def test_json_holds_it_and_no_build_server_obeys_it(name: str) -> None:
    report, *_ = told(NAMES[name][:MOST])
    text = FORMATS["json"](report, Look())
    assert json.loads(text)["snapshot"]["remarks"] == [clean(NAMES[name][:MOST])]
    assert commands(text) == []
    assert controls(text) <= {"\n"}


@pytest.mark.parametrize("name", NAMES)
def test_what_makes_a_skill_urgent_is_told_as_text(name: str) -> None:
    report, *_ = told(NAMES[name][:MOST])
    assert report.snapshot is not None
    urgent = pressed(catalog(), report.snapshot, DAY).urgent
    assert [*urgent] == ["checkout", "code"]
    for because in urgent.values():
        assert controls(because) <= {"\n"}
