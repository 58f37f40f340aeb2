"""The likely path of journeys of which nothing is known: in which order events come, and where by their names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from gapcheck.core.survey.matches import SURE
from gapcheck.core.survey.words import LIKE_ENOUGH, as_words, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapcheck.core.catalog import Catalog

MOST_STEPS = 8
IN_ORDER = 0.95
"""The part of those who take two steps that take the later one after the first, in a path that is followed in order."""

_MEANS = {
    "basket": "cart", "bag": "cart", "trolley": "cart", "add": "put", "added": "put",
    "buy": "order", "bought": "order", "purchase": "order", "purchased": "order", "transaction": "order",
    "payment": "paid", "pay": "paid", "shipping": "delivery", "ship": "delivery",
    "view": "page", "viewed": "page", "visit": "page", "landing": "page",
    "signup": "sign", "register": "sign", "registered": "sign", "registration": "sign",
    "catalog": "listing", "category": "listing", "homepage": "home", "main": "home",
    "won": "offer signed", "signed": "offer signed", "deal": "offer", "proposal": "offer", "quote": "offer",
    "demo": "talk", "call": "talk", "meeting": "talk", "qualified": "lead hand over", "mql": "lead hand over",
    "sql": "lead hand over", "ctr": "click through rate", "cpm": "cost per thousand people reached",
}  # fmt: skip
"""Words of the trade that mean the same, so that an event finds its touchpoint under another name."""

_NAMES = {
    "view item": "product page", "view item list": "listing and search shop", "select item": "item opened",
    "begin checkout": "checkout", "add shipping info": "delivery chosen", "add payment info": "checkout",
    "purchase": "order paid", "session start": "first page seen", "sign up": "account", "generate lead": "enquiry sent",
}  # fmt: skip
"""What Google Analytics 4 calls its own events, and the same in words of the catalog."""

_SMALL = {"a", "the", "to", "in", "into", "of", "or", "and", "our", "us", "by", "for", "on", "with", "event", "details",
          "placed", "completed", "date", "at"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A touchpoint that an event may belong to, perhaps by one of its conversions, and how alike the words are."""

    touchpoint: str
    conversion: str | None
    like: float


@dataclass(frozen=True, slots=True)
class Found:
    """The steps that journeys seem to take (none, or at least two), and what is known of every event.

    `order` has all events as they mostly come, `reached` in how many journeys each is; `apart` is how many of a hundred
    who take two steps that follow each other take the later one first, where these are too many for an order.
    """

    steps: tuple[str, ...]
    order: tuple[str, ...]
    reached: Counter[str]
    matches: dict[str, Match]
    apart: int


def find(journeys: Sequence[Sequence[str]], catalog: Catalog) -> Found:
    """Steps in the order in which they mostly come, ever fewer of them, each with a touchpoint."""
    reached = Counter(event for events in journeys for event in set(events))
    places = _places(catalog)
    order = _order(journeys)
    matches = {event: found for event in reached if (found := _match(event, places)) is not None}
    steps = _falling([event for event in order if event in matches], reached, matches, journeys)[-MOST_STEPS:]
    # the last step is taken where people still can fail to: it is a conversion rather than what comes after
    for event in (steps if len(steps) > 1 else order)[-1:]:
        if event in matches:
            matches[event] = _match(event, places, last=True) or matches[event]
    known = tuple(steps) if len(steps) > 1 else ()
    return Found(known, tuple(order), reached, matches, _apart(journeys, known))


def _apart(journeys: Sequence[Sequence[str]], path: Sequence[str]) -> int:
    """How many of a hundred who take two steps take the later one first; 0 if few do."""
    pairs, in_order = _in_order(journeys, path)
    return 100 * (pairs - in_order) // pairs if in_order < IN_ORDER * pairs else 0


def _follows(journeys: Sequence[Sequence[str]], one: str, other: str, reached: int) -> bool:
    """Whether at least half of those who reach a step take another one too, and nearly all of them after it."""
    pairs, in_order = _in_order(journeys, (one, other))
    return 2 * pairs >= reached and in_order >= IN_ORDER * pairs


def _in_order(journeys: Sequence[Sequence[str]], path: Sequence[str]) -> tuple[int, int]:
    """How often two steps that follow each other are both taken, and how often the later one after the first."""
    pairs = in_order = 0
    for events in journeys:
        first = {event: place for place, event in reversed(list(enumerate(events)))}
        for one, next_one in pairwise(path):
            if one in first and next_one in first:
                pairs += 1
                in_order += next_one in events[first[one] :]
    return pairs, in_order


def _order(journeys: Sequence[Sequence[str]]) -> list[str]:
    """Events by how often they first come before another one of their journey, most first."""
    before: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for events in journeys:
        first = list(dict.fromkeys(events))
        for n, event in enumerate(first):
            before[event] += len(first) - 1 - n
            pairs[event] += len(first) - 1
    return sorted(pairs, key=lambda event: (-before[event] / max(pairs[event], 1), event))


def _falling(
    events: Sequence[str], reached: Mapping[str, int], matches: Mapping[str, Match], journeys: Sequence[Sequence[str]]
) -> list[str]:
    """The path, in this order, in which no step is reached by more journeys than the one before; the surest one.

    One that is reached by as many has to come after it. Each match counts by the square of its likeness: two doubtful
    ones do not outweigh a sure one.
    """
    best: list[tuple[float, list[str]]] = []
    for event in events:
        before = [
            each
            for each in best
            if reached[last := each[1][-1]] > reached[event]
            or (reached[last] == reached[event] and _follows(journeys, last, event, reached[event]))
        ]
        weight, path = max(before, key=lambda each: each[0], default=(0.0, []))
        best.append((weight + matches[event].like ** 2, [*path, event]))
    return max(best, key=lambda each: each[0], default=(0.0, []))[1]


def _places(catalog: Catalog) -> list[tuple[frozenset[str], str, str | None]]:
    """What touchpoints and their conversions are called, each as the words that count."""
    found: list[tuple[frozenset[str], str, str | None]] = []
    for key, point in catalog.touchpoints.items():
        found += [(words_of(name), key, None) for name in (key, point.name)]
        for conversion, text in point.conversions.items():
            found += [(words_of(name), key, conversion) for name in (conversion, text)]
    return found


def words_of(text: str) -> frozenset[str]:
    """The words of a name that count, those of the trade made one, and a name of the trade's in plain words."""
    own = as_words(text)
    named = as_words(_NAMES[" ".join(own)]) if " ".join(own) in _NAMES else own
    meant = (_MEANS.get(word, word) if named is own else word for word in named if word not in _SMALL)
    return frozenset(word for words in meant for word in words.split())


def _match(event: str, places: Iterable[tuple[frozenset[str], str, str | None]], *, last: bool = False) -> Match | None:
    """The touchpoint that is called most like an event; None where none is like enough.

    Of two that are as like, the one with the name itself; for the `last` step the one with the conversion.
    """
    own = words_of(event)
    best = max(
        ((alike(own, words), (conversion is None) is not last, key, conversion) for words, key, conversion in places),
        key=lambda each: each[:2],
        default=(0.0, True, "", None),
    )
    return Match(best[2], best[3], best[0]) if best[0] >= LIKE_ENOUGH else None


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that both have (Dice), or the likeness of their letters where that is greater."""
    if not one or not other:
        return 0.0
    letters = likeness(tuple(sorted(one)), tuple(sorted(other)))
    return max(2 * len(one & other) / (len(one) + len(other)), letters if letters >= SURE else 0.0)
