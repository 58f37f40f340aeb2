"""Incidents told in full: what happened, why as far as counts can say, what has to change, and who sees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.report.journey import Holders, how_old, known_skills, long_ago
from gapcheck.core.report.pressing import (
    PROOF,
    TOO_LITTLE,
    amount,
    conversions,
    estimated,
    metric_name,
    percent,
    place,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.journey.found import Carrier, Incident, Moved
    from gapcheck.core.report.journey import JourneyReport

MOST = 20

_COURSE = {1: "Day by day", 7: "Week by week", 28: "In four weeks each"}


def incidents(report: JourneyReport) -> Iterator[Block]:
    """Each incident: what happened, why, and what has to change; those that go on first, then the costliest."""
    found = report.snapshot.incidents if report.snapshot else ()
    told = sorted((i for i in found if i.proof != "cannot-tell"), key=lambda i: (not i.open, -abs(i.lost or 0)))
    yield Heading(2, "Incidents", f"{len(told)} found, {_going(report, told)}" if told else "")
    yield from how_old(report)
    if not told:
        looked = report.snapshot is not None and report.snapshot.looked_at
        yield Text("Nothing is shown, or suspected, to be out of the ordinary." if looked else TOO_LITTLE)
    for each in told[:MOST]:
        name = place(each.where) if each.where else metric_name(report.catalog, each.metric or "")
        kind = "a warning" if each.direction == "warning" else "an opening"
        yield Heading(3, name, f"{kind}, {PROOF[each.proof]}, {span(each, long_ago(report))}")
        yield Table((), tuple(row for row in _rows(report, each) if row[1]))
    if len(told) > MOST:
        yield Note(f"{len(told) - MOST} more stand in the JSON: gapcheck journey show --format json")


def _going(report: JourneyReport, told: Sequence[Incident]) -> str:
    """How many are open: of figures that are too old nobody knows, so on which day they were."""
    going, day = sum(each.open for each in told), long_ago(report)
    return f"{going} of them open on {words.day(day)}" if day else f"{going} of them open"


def _rows(report: JourneyReport, each: Incident) -> Iterator[tuple[str, str]]:
    yield "What happened", _happened(report, each)
    yield _COURSE.get(each.course.days if each.course else 0, ""), _course(report, each)
    for column in dict.fromkeys(carrier.segment[0] for carrier in each.carried_by):
        parts = (_part(carrier) for carrier in each.carried_by if carrier.segment[0] == column)
        yield f"By {column}", "; ".join(parts)
    yield "Moved with it", "; ".join(_moved(report, other) for other in each.together)
    yield "Moved first", "; ".join(_moved(report, other) for other in each.first)
    yield "What has to change", "; ".join(_change(report, skill) for skill in known_skills(report.catalog, each.skills))
    nobody = f"nobody yet; its id is {each.id}" if each.open and not long_ago(report) else ""
    yield "Who sees to it", report.owner(each) or nobody


def _happened(report: JourneyReport, each: Incident) -> str:
    metric = None if each.where else each.metric or ""
    was, usual = (amount(report.catalog, metric, value) for value in (each.observed, each.expected))
    low, high = (amount(report.catalog, metric, value) for value in (each.low, each.high))
    told = f"{was} ({low} to {high}), where {usual} was to be expected"
    lost = ""
    if each.lost:
        number = conversions(each.lost, each.lost_low, each.lost_high)
        lost = f"; {'won' if each.lost < 0 else 'lost'} about {number}"
    worth = f", worth {abs(each.value):,.0f}" if each.value else ""
    return f"{told}{lost}{worth}. {each.file}"


def _course(report: JourneyReport, each: Incident) -> str:
    """`85%, 88%, 84%, 86%; then 42%, 31%, 36%; after it 84%, 79%`."""
    if each.course is None:
        return ""
    metric = None if each.where else each.metric or ""
    before, during, after = (
        ", ".join("-" if value is None else amount(report.catalog, metric, value, 0) for value in part)
        for part in (each.course.before, each.course.during, each.course.after)
    )
    return f"{f'{before}; then ' if before else ''}{during}{f'; after it {after}' if after else ''}"


def _part(carrier: Carrier) -> str:
    """`mobile 24% in place of 84%, lost 30 (24 to 36)`."""
    became = f"{percent(carrier.now, 0)} in place of {percent(carrier.usual, 0)}"
    lost = estimated(carrier.lost, carrier.lost_low, carrier.lost_high)
    return f"{carrier.segment[1]} {became}, {'won' if carrier.lost < 0 else 'lost'} {lost}"


def _moved(report: JourneyReport, other: Moved) -> str:
    """`payment_error in 15% of journeys in place of 0%, from 19 May 2024`; a metric by its name, in its unit."""
    since = f"from {words.day(other.start)}"
    if other.kind == "metric":
        was, usual = (amount(report.catalog, other.name, value) for value in (other.observed, other.expected))
        return f"{metric_name(report.catalog, other.name)} {was} in place of {usual}, {since}"
    was, usual = (amount(report.catalog, None, value, 0) for value in (other.observed, other.expected))
    of = " of journeys" if other.kind == "event" else ""
    name = f"{other.name} in" if other.kind == "event" else other.name
    return f"{name} {was}{of} in place of {usual}, {since}"


def _change(report: JourneyReport, skill: str) -> str:
    """`Web publishing (carried by ada)`; where sheets are not known the name alone."""
    name = report.catalog.skills[skill].name
    if report.team is None:
        return name
    who = report.team.get(skill, Holders())
    if who.carry:
        return f"{name} (carried by {words.listed(who.carry, 2)})"
    return f"{name} ({words.listed(who.hold, 2)} steps in with help)" if who.hold else f"{name} (nobody carries it)"
