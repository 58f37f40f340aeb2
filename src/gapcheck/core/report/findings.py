"""What is found on a journey in full: flow, repeat use, evidence; a part of `gapcheck journey show` each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.journey.comparisons import LEAST
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.report.journey import how_old, known_skills
from gapcheck.core.report.pressing import PROOF, TOO_LITTLE, against, estimated, percent, place, segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.journey.found import (
        Bottleneck,
        NextStep,
        Panel,
        Pattern,
        RepeatUse,
        Returning,
        Share,
        Snapshot,
        StepFlow,
    )
    from gapcheck.core.report.journey import JourneyReport

MOST_SKILLS = 4
MOST_NEXT = 3
MOST_MONTHS = 6
"""Columns of months after the first use; the JSON has all of them."""

PERIODS = ("30", "60", "90")


def flow(report: JourneyReport) -> Iterator[Block]:
    """How many come on from step to step, in what time; then by segment; then what jams."""
    snapshot = report.snapshot
    if snapshot is None or not snapshot.flow:
        yield Text("No event log is mapped, or none has enough days in it: there is no flow to tell of.")
        return
    for log in dict.fromkeys(each.where.log for each in snapshot.flow):
        ways = [each for each in snapshot.flow if each.where.log == log]
        yield Heading(
            2, f"Flow of {log}", f"of those who came to a step{_span(snapshot, log)}, how many came on to the next"
        )
        columns = ("From", "To", "Came", "Came on", "Share", "95 in 100", "Half within", "9 in 10 within")
        yield Table(columns, tuple(_way(each) for each in ways if not each.where.segment[0]))
        apart = [each for each in ways if each.where.segment[0]]
        if apart:
            yield Heading(3, "By segment")
            yield Table(("Segment", "From", "To", "Came", "Share", "95 in 100"), tuple(map(_apart, apart)))
        yield Note("How long it takes, and where they go next, is that of all days.")
        yield from _wandering(report, [each for each in snapshot.next_steps if each.log == log])
    yield from bottlenecks(report, snapshot)


def _span(snapshot: Snapshot, log: str) -> str:
    """The days that the shares are of."""
    days = snapshot.flow_days.get(log)
    return f" from {words.day(days[0])} to {words.day(days[1])}" if days else ""


def _way(each: StepFlow) -> tuple[str, ...]:
    where, share = each.where, each.share
    counts = (f"{share.reached:,}", f"{share.on:,}", percent(share), _between(share))
    return (where.source, where.target, *counts, _hours(each.median_hours), _hours(each.slow_hours))


def _apart(each: StepFlow) -> tuple[str, ...]:
    where, share = each.where, each.share
    return (
        segment(where.segment),
        where.source,
        where.target,
        f"{share.reached:,}",
        percent(share),
        _between(share),
    )


def _between(share: Share) -> str:
    return f"{share.low * 100:.1f}% to {share.high * 100:.1f}%" if share.reached else ""


def _hours(hours: float | None) -> str:
    """`40 s`, `12 min`, `3.5 h`, `4 days`."""
    if hours is None:
        return ""
    for unit, size, until in (("s", 1 / 3600, 1 / 60), ("min", 1 / 60, 1), ("h", 1, 48)):
        if hours < until:
            return f"{hours / size:.3g} {unit}"
    return f"{hours / 24:.3g} days"


def _wandering(report: JourneyReport, steps: Sequence[NextStep]) -> Iterator[Block]:
    """Where people go next from each touchpoint: a journey is no straight line."""
    if not steps:
        return
    points = report.catalog.touchpoints

    def name(key: str) -> str:
        return points[key].name if key in points else key or "nowhere"

    yield Heading(3, "Where they go next", f"from each touchpoint, the {MOST_NEXT} most frequent")
    rows = []
    for source in dict.fromkeys(each.source for each in steps):
        goes = [f"{name(each.target)} {percent(each.share)}" for each in steps if each.source == source]
        rows.append((name(source), ", ".join(goes[:MOST_NEXT])))
    yield Table(("From", "Next"), tuple(rows))


def bottlenecks(report: JourneyReport, snapshot: Snapshot) -> Iterator[Block]:
    """What jams, with what it costs at the end of the path; and of how many ways the data cannot tell."""
    told = [each for each in snapshot.bottlenecks if each.proof != "cannot-tell"]
    yield Heading(2, "Bottlenecks", "by conversions lost at the end of the path")
    yield from how_old(report)
    if told:
        columns = ("Where", "Against", "Then", "Now", "Lost", "Worth", "Skills behind it", "Proof")
        yield Table(columns, tuple(_jam(report, each) for each in told))
    else:
        yield Text("None is shown or suspected." if snapshot.looked_at else TOO_LITTLE)
    if unclear := len(snapshot.bottlenecks) - len(told):
        yield Note(f"Of {words.counted(unclear, 'way')} the data cannot tell: too few came to them.")


def _jam(report: JourneyReport, each: Bottleneck) -> tuple[str, ...]:
    lost = f"{estimated(each.lost, each.lost_low, each.lost_high)} in {words.counted(each.days, 'day')}"
    return (
        place(each.where),
        against(each),
        percent(each.then),
        percent(each.now),
        lost,
        "" if each.value is None else f"{each.value:,.0f}",
        _skills(report, each.skills),
        PROOF[each.proof],
    )


def _skills(report: JourneyReport, skills: Sequence[str]) -> str:
    names = [report.catalog.skills[skill].name for skill in known_skills(report.catalog, skills)]
    return words.listed(names, MOST_SKILLS)


def repeat(report: JourneyReport) -> Iterator[Block]:
    """Who comes back: by month of first use, by channel, and what they are worth."""
    found = report.snapshot.repeat if report.snapshot else ()
    if not found:
        yield Text("No event log is mapped, so nobody can be seen to come back.")
    for each in found:
        yield from _returns(each)


def _returns(each: RepeatUse) -> Iterator[Block]:
    yield Heading(2, f"Repeat use of {each.log}", "the measure that counts")
    everybody = next((one.value for one in each.returning if not one.channel), None)
    if everybody is not None:
        what = "value is" if each.valued else "uses are"
        told = f"{_with_interval(everybody)} of all {what} from people who had come before"
        yield Text(f"{told}. A short file makes this too low: who came before it began looks new.")
    if each.cohorts:
        most = min(MOST_MONTHS, max(len(cohort.back) for cohort in each.cohorts))
        aside = "of those followed long enough, how many came back in month 1, 2, ... (95 in 100)"
        yield Heading(3, "By month of first use", aside)
        rows = (
            (
                f"{words.month(cohort.month)[:3]} {cohort.month.year}",
                f"{cohort.people:,}",
                *(_back(cohort.back[n]) if n < len(cohort.back) else "" for n in range(most)),
            )
            for cohort in each.cohorts
        )
        yield Table(("First use", "People", *(str(n + 1) for n in range(most))), tuple(rows))
    if each.returning:
        yield Heading(
            3, "Until the second use", "share back by a day, counting people only as long as they were followed"
        )
        columns = ("Channel", "People", "Came back", "Half back by", *(f"{days} days" for days in PERIODS))
        share = "Value from them" if each.valued else "Uses by them"
        yield Table((*columns, share), tuple(map(_until_second, each.returning)))


def _back(of: Share) -> str:
    """`19% (13-29)`: short, for six of them to stand beside each other."""
    return f"{percent(of, 0)} ({of.low * 100:.0f}-{of.high * 100:.0f})" if of.reached else "-"


def _until_second(each: Returning) -> tuple[str, ...]:
    back = (each.share.get(days) for days in PERIODS)  # type: ignore[call-overload]
    shares = ("" if of is None else _with_interval(of) for of in (*back, each.value))
    unknown = "too few to say" if each.people < LEAST else "fewer than half"
    median = unknown if each.median_days is None else f"day {each.median_days}"
    return (each.channel or "everybody", f"{each.people:,}", f"{each.back:,}", median, *shares)


def evidence(report: JourneyReport) -> Iterator[Block]:
    """Reach, scale and efficiency by stage and channel; and what recurs in the data."""
    snapshot = report.snapshot
    if snapshot is None:
        return
    if snapshot.panel:
        yield Heading(2, "Reach, scale, efficiency", "before anybody talks of what a customer costs")
        columns = ("Stage", "Channel", "People", "Events", "Conversions a hundred people (95 in 100)")
        yield Table(columns, tuple(_panel(report, each) for each in snapshot.panel))
    yield Heading(2, "What recurs")
    patterns = [*_patterns(snapshot.patterns)]
    if patterns:
        yield Table(("Log", "By", "Explains", "Highest", "Lowest", "By chance"), tuple(patterns))
    elif snapshot.looked_at:
        yield Text("No pattern by weekday, hour or month is stronger than chance, as far as the days go.")
    else:
        yield Text(TOO_LITTLE)


def _panel(report: JourneyReport, each: Panel) -> tuple[str, ...]:
    stage = report.catalog.stages.get(each.stage)
    rate = ""
    if each.came is not None and each.came.share is not None:
        share, low, high = (f"{part * 100:.1f}" for part in (each.came.share, each.came.low, each.came.high))
        rate = f"{share} ({low} to {high})"
    return (
        stage.name if stage else each.stage,
        each.channel or "all",
        f"{each.people:,}",
        f"{each.events:,}",
        rate,
    )


def _patterns(found: Iterable[Pattern]) -> Iterator[tuple[str, ...]]:
    for each in found:
        chance = "under 0.1%" if each.chance < 0.001 else f"{each.chance * 100:.1f}%"
        yield each.log, each.by, f"{each.strength * 100:.0f}% of the variation", each.high, each.low, chance


def _with_interval(of: tuple[float, float, float]) -> str:
    """`19.3% (15.1 to 24.5)`."""
    share, low, high = (f"{part * 100:.1f}" for part in of)
    return f"{share}% ({low} to {high})"
