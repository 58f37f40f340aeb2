"""Deliveries told to people: one that was just judged, all of a skill, and what one's reviews say about one's level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.deliveries import trend
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.deliveries import Delivery, Suggestion
    from gapcheck.core.people import People

JUDGED = {"met": "met", "partly": "partly", "not-met": "not met"}
"""How a criterion was judged, in words."""


def judged(name: str, delivery: Delivery) -> tuple[Block, ...]:
    """What one review came to, of a skill called `name`."""
    met = f"{delivery.met} of {words.counted(len(delivery.criteria), 'criterion', 'criteria')} met"
    short = tuple((JUDGED[f.judged], f.criterion, f.note) for f in delivery.criteria if f.judged != "met")
    return (
        Heading(1, name, f"{words.day(delivery.date)}, {met}"),
        *((Table(("Judged", "Criterion", "Why"), short),) if short else ()),
    )


def evidence(skill: str, suggestion: Suggestion | None) -> tuple[Block, ...]:
    """What somebody's reviews suggest, and the command: whether their sheet says less is nobody's business here."""
    if suggestion is None:
        return ()
    because = {
        2: f"{suggestion.reviews} of your reviews say what was not met, and why",
        3: "somebody else judged a delivery of yours to meet every point",
        4: f"{suggestion.reviews} deliveries of yours, alone and on time, met every point in somebody else's judgement",
    }[suggestion.level]
    told = f"Evidence for {words.level(suggestion.level)}: {because}. If your sheet says less, rate yourself again:"
    return (Note(f"{told} gapcheck assess --skill {skill}"),)


def listed(name: str, deliveries: Sequence[Delivery], people: People) -> tuple[Block, ...]:
    """All deliveries of a skill, the earliest first: who, criteria met, cost, days late; and where it is going."""
    if not deliveries:
        return Heading(1, name), Text("No delivery was judged yet; gapcheck review judges one.")
    columns = ("Date", "From", "Criteria met", "Cost", "Days late")
    return (
        Heading(1, name, words.counted(len(deliveries), "delivery", "deliveries")),
        Table(columns, tuple(tuple(_row(delivery, people)) for delivery in deliveries)),
        Text(_trend(deliveries)),
        *_lessons(deliveries),
    )


def _row(delivery: Delivery, people: People) -> Iterator[str]:
    yield words.day(delivery.date)
    yield _from(delivery, people)
    yield f"{delivery.met} of {len(delivery.criteria)}"
    yield f"{delivery.cost:,.2f}".removesuffix(".00") if delivery.cost is not None else ""
    yield str(delivery.days_late) if delivery.days_late is not None else ""


def _from(delivery: Delivery, people: People) -> str:
    """Who delivered it, by name where the team's file has it."""
    who = delivery.supplier or delivery.by or ""
    known = people.suppliers.get(who) if delivery.supplier else people.people.get(who)
    return known.name if known else who


def _trend(deliveries: Sequence[Delivery]) -> str:
    shares = ", ".join(f"{int(delivery.share_met)}%" for delivery in deliveries)
    points = trend(deliveries)
    if points is None:
        return f"Met: {shares}. Fewer than three are no trend."
    way = f"{round(abs(points))} points {'up' if points > 0 else 'down'}" if round(points) else "as before"
    return f"Met: {shares}. The later half against the earlier: {way}."


def _lessons(deliveries: Sequence[Delivery]) -> Iterator[Block]:
    learned = tuple((words.day(delivery.date), delivery.learned) for delivery in deliveries if delivery.learned)
    if learned:
        yield Heading(2, "Learned")
        yield Table((), learned)
