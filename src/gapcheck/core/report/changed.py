"""What changed on the journey since a day, told of two snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Table, Text
from gapcheck.core.report.map import direction
from gapcheck.core.report.pressing import PROOF, against, amount, metric_name, percent, place, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.journey.found import Bottleneck, Figure, Share
    from gapcheck.core.journey.since import BottleneckShift, IncidentShift, Since
    from gapcheck.core.report.journey import JourneyReport


def changed(report: JourneyReport, found: Since) -> Iterator[Block]:
    """Incidents and bottlenecks first, then figures, skills and people."""
    yield Heading(2, f"Since {words.day(found.then)}", _files(found))
    yield from _incidents(report, found)
    yield from _bottlenecks(found)
    yield from _figures(report, found)
    yield from _cover(report, found)


def _files(found: Since) -> str:
    """Which files say something else; of the same ones how far they were read, where that is another day."""
    if found.files:
        return f"new in {words.listed(found.files)}"
    then, now = found.until
    if then == now:
        return "the files are as they were then"
    return f"the same files, read to {words.day(now)} (then to {words.day(then)})"


def _incidents(report: JourneyReport, found: Since) -> Iterator[Block]:
    yield Heading(3, "Incidents")
    told = [shift for shift in found.incidents if shift.incident.proof != "cannot-tell"]
    if told:
        yield Table(("What became of it", "Incident", "Proof", "Who sees to it"), tuple(_fate(report, s) for s in told))
    else:
        yield Text("None is new, went on or ended.")


def _fate(report: JourneyReport, shift: IncidentShift) -> tuple[str, ...]:
    each = shift.incident
    kind = "" if each.direction == "warning" else ", an opening"
    what = f"{sentence(report.catalog, each)}; {each.id}"
    return f"{shift.fate}{kind}", what, PROOF[each.proof], report.owner(each) or "nobody"


def _bottlenecks(found: Since) -> Iterator[Block]:
    shifts = [shift for shift in found.bottlenecks if _jams(shift.then) or _jams(shift.now)]
    if not shifts:
        return
    yield Heading(3, "Bottlenecks", "share that came on, and conversions lost in the days looked at")
    rows = sorted((-max(_lost(shift.then), _lost(shift.now)), _row(shift)) for shift in shifts)
    yield Table(("What became of it", "Where", "Against", "Then", "Now"), tuple(row for _, row in rows))


def _jams(jam: Bottleneck | None) -> bool:
    """Whether that way jammed; not where the data could not tell."""
    return jam is not None and jam.proof != "cannot-tell"


def _lost(jam: Bottleneck | None) -> float:
    return jam.lost if jam is not None and _jams(jam) else 0.0


def _row(shift: BottleneckShift) -> tuple[str, ...]:
    either = shift.now if _jams(shift.now) else shift.then
    if either is None:
        return ()
    became = "gone" if not _jams(shift.now) else "still there" if _jams(shift.then) else "new"
    sides = zip((shift.then, shift.now), shift.shares, strict=True)
    return became, place(either.where), against(either), *(_side(jam, share) for jam, share in sides)


def _side(jam: Bottleneck | None, share: Share | None) -> str:
    """A day's share with what it cost, or the share alone where nothing jammed; empty where it is not known."""
    if jam is None or not _jams(jam):
        return percent(share) if share else ""
    return f"{percent(jam.now)}, {jam.lost:,.0f} lost, {PROOF[jam.proof]}"


def _figures(report: JourneyReport, found: Since) -> Iterator[Block]:
    if not found.figures:
        return
    yield Heading(3, "Figures, then and now")
    rows = (
        (
            metric_name(report.catalog, shift.metric),
            _value(report, shift.then),
            _value(report, shift.now),
            direction(shift.now),
        )
        for shift in found.figures
    )
    yield Table(("Metric", "Then", "Now", "In the last 28 days"), tuple(rows))


def _value(report: JourneyReport, figure: Figure | None) -> str:
    if figure is None:
        return ""
    return f"{amount(report.catalog, figure.metric, figure.value)} ({words.day(figure.day)})"


def _cover(report: JourneyReport, found: Since) -> Iterator[Block]:
    then, now = found.people
    yield Heading(3, "Skills and people", f"{words.counted(then, 'sheet')} then, {now} now")
    skills = report.catalog.skills
    rows = tuple(
        (skills[shift.skill].name, _pair(shift.hold), _pair(shift.carry))
        for shift in found.cover
        if shift.skill in skills
    )
    if rows:
        yield Table(("Skill", "Hold", "Carry"), rows)
    elif then and now:
        yield Text("As many people hold and carry each skill as then.")
    else:
        yield Text("Nobody's sheet was known on one of the two days, so there is nothing to compare.")


def _pair(numbers: tuple[int, int]) -> str:
    then, now = numbers
    return f"{then} to {now}" if then != now else f"{now}"
