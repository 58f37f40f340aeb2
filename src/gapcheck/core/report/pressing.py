"""What presses on the journey, told in sentences that cite the figure and its file: the reasons behind urgency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.journey.behind import PATIENCE, is_stale, known_until, metrics, pressing
from gapcheck.core.journey.found import Bottleneck, Incident
from gapcheck.core.report import words

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.found import Proof, Share, Snapshot, Where

LINES = 3
"""Sentences on the journey in a report on one person."""

TOO_LITTLE = "The files have too few days, or too few people, for anything to be looked at: this is no all-clear."
"""What is said in place of a finding where nothing could be looked at."""

PROOF: dict[Proof, str] = {"shown": "shown", "suspected": "suspected", "cannot-tell": "the data cannot tell"}

WHOLE = 1000
"""A figure from which on its decimals are left out."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a snapshot says to somebody's report: as of which day, in few sentences, and which skills it makes urgent.

    `urgent` is by skill, with the sentence that it is urgent because of; nothing where the figures are too old.
    """

    day: dt.date
    sentences: tuple[str, ...]
    urgent: dict[str, str]
    stale: bool = False


def pressed(catalog: Catalog, snapshot: Snapshot, today: dt.date) -> Pressed:
    """What presses by a snapshot, on a day. Skills that the catalog has no more are left out."""
    day = known_until(snapshot)
    if is_stale(snapshot, today):
        return Pressed(day, (too_old(snapshot, today),), {}, stale=True)
    told = [(sentence(catalog, each), each.skills) for each in once(snapshot)]
    urgent: dict[str, str] = {}
    for text, skills in told:
        for named in skills:
            skill = catalog.renamed.get(named, named)
            if skill in catalog.skills:
                urgent.setdefault(skill, text)
    if not told and not snapshot.looked_at:
        return Pressed(day, (TOO_LITTLE,), urgent)
    return Pressed(day, _shortened([text for text, _ in told]), urgent)


def once(snapshot: Snapshot) -> tuple[Incident | Bottleneck, ...]:
    """What presses, each way told once: an incident, which has a day it began on, before the bottleneck it makes."""
    found = pressing(snapshot)
    ways = {_way(each.where) for each in found.incidents if each.where}
    seen: list[Incident | Bottleneck] = [*found.incidents]
    for jam in found.bottlenecks:
        if _way(jam.where) not in ways:
            ways.add(_way(jam.where))
            seen.append(jam)
    return tuple(seen)


def _way(where: Where) -> tuple[str, int]:
    return where.log, where.number


def _shortened(sentences: list[str]) -> tuple[str, ...]:
    """Three at most; the last one says how many more there are."""
    if not sentences:
        return ("Nothing on it is shown to go on that is for the worse, as far as the figures can tell.",)
    if len(sentences) <= LINES:
        return tuple(sentences)
    more = len(sentences) - LINES + 1
    return (*sentences[: LINES - 1], f"{more} more: gapcheck journey show")


def too_old(snapshot: Snapshot, today: dt.date) -> str:
    """Why old figures make nothing urgent, and what to do: record; or, where the files themselves end, newer ones."""
    recorded_lately = (today - snapshot.date).days <= PATIENCE
    do = (
        "save newer files in place of the old ones, then gapcheck journey record keeps what they show."
        if recorded_lately
        else "gapcheck journey record takes new ones."
    )
    day = words.day(known_until(snapshot))
    return f"Its figures end on {day}, more than {PATIENCE} days ago, so they make nothing urgent; {do}"


def sentence(catalog: Catalog, found: Incident | Bottleneck, until: dt.date | None = None) -> str:
    """`payment to purchase lost about 61 conversions (50 to 72) since 19 May 2024 (shop.csv)`.

    No full stop, to stand anywhere. `until` is the last day known, where that is long ago.
    """
    told = _jam(found) if isinstance(found, Bottleneck) else _incident(catalog, found, until)
    return f"{told} ({found.file})" if found.file else told


def _jam(found: Bottleneck) -> str:
    usual = "before" if found.against == "history" else f"of {segment(found.best) or 'the best segment'}"
    shares = f"{percent(found.now)} came on, {percent(found.then)} {usual}"
    lost = conversions(found.lost, found.lost_low, found.lost_high)
    return f"{place(found.where)} lost about {lost} in {words.counted(found.days, 'day')}: {shares}"


def _incident(catalog: Catalog, found: Incident, until: dt.date | None) -> str:
    if found.where is not None and found.lost is not None:
        lost = conversions(found.lost, found.lost_low, found.lost_high)
        what = f"{place(found.where)} {'won' if found.lost < 0 else 'lost'} about {lost}"
    else:
        name = place(found.where) if found.where else metric_name(catalog, found.metric or "")
        was, usual = (amount(catalog, found.metric, value) for value in (found.observed, found.expected))
        what = f"{name} was {was} in place of {usual}"
    return f"{what} {span(found, until)}"


def against(jam: Bottleneck) -> str:
    """What a way is held against."""
    return "its own history" if jam.against == "history" else segment(jam.best) or "the best segment"


def span(found: Incident, until: dt.date | None = None) -> str:
    """`since 19 May 2024`; of one that is over, `from 19 May 2024 to 7 Jun 2024`.

    Where what is known ends long ago, nobody knows whether it goes on: `from 19 May 2024 until 7 Jun 2024 at least`.
    """
    begun = words.day(found.start)
    if found.open:
        return f"from {begun} until {words.day(until)} at least" if until else f"since {begun}"
    return f"on {begun}" if found.start == found.end else f"from {begun} to {words.day(found.end)}"


def conversions(lost: float, low: float | None, high: float | None) -> str:
    """`61 conversions (50 to 72)`, whichever way."""
    number = _number(abs(lost))
    return f"{number} {'conversion' if number == '1' else 'conversions'}{_between(lost, low, high)}"


def estimated(lost: float, low: float | None, high: float | None) -> str:
    """`61 (50 to 72)`, whichever way."""
    return f"{_number(abs(lost))}{_between(lost, low, high)}"


def _between(lost: float, low: float | None, high: float | None) -> str:
    """The interval; of what was won, which is below 0, turned round. Empty where there is none."""
    if low is None or high is None:
        return ""
    least, most = (low, high) if lost >= 0 else (-high, -low)
    return f" ({_number(least)} to {_number(most)})"


def _number(value: float) -> str:
    """One decimal below ten, where rounding would say something else; no `-0`."""
    told = f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}".removesuffix(".0")
    return "0" if told == "-0" else told


def percent(of: Share, digits: int = 1) -> str:
    """`47.2%`; a dash of nothing."""
    return "-" if of.share is None else _percent(of.share, digits)


def _percent(share: float, digits: int) -> str:
    """Two digits that count below 1%, where rounding would make different shares look the same."""
    value = share * 100
    return f"{value:.2g}%" if 0 < abs(value) < 1 else f"{value:.{digits}f}%"


def place(where: Where) -> str:
    """`payment to purchase`, with the segment where it is not everybody: `payment to purchase (platform mobile)`."""
    whose = segment(where.segment)
    return f"{where.source} to {where.target}{f' ({whose})' if whose else ''}"


def segment(of: tuple[str, str]) -> str:
    """`platform mobile`; empty for everybody."""
    return " ".join(of).strip()


def metric_name(catalog: Catalog, metric: str) -> str:
    """A metric's name; its id where the catalog has it no more."""
    of = metrics(catalog).get(metric)
    return of.name if of else metric


def amount(catalog: Catalog, metric: str | None, value: float, digits: int = 1) -> str:
    """A figure in its metric's unit: a percentage, which is kept as a share from 0 to 1, as `47.2%`.

    A way between two steps, which has no metric, is a share too.
    """
    of = metrics(catalog).get(metric) if metric else None
    if metric is None or (of is not None and of.unit == "percent"):
        return _percent(value, digits)
    return f"{value:,.0f}" if abs(value) >= WHOLE else f"{value:.4g}"
