"""A map.yaml proposed for a file of which nothing is known; what is not sure says so in a comment."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.core.survey.matches import SURE
from gapcheck.core.survey.model import UNSURE
from gapcheck.core.survey.words import LIKE_ENOUGH, as_words, likeness, person_id
from gapcheck.files.journey import numbers, times
from gapcheck.files.journey.profile import profile
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.files.journey.profile import Column, Profile

MOST_STEPS = 8
MOST_SEGMENTS = 6
SHOWN = 20
SOON_ENOUGH = 0.95
"""The part of the gaps between a list's dates that `within_days` is to take in."""

IN_ORDER = 0.95
"""The part of those who take two steps that take the later one after the first, in a path that is followed in order."""

_MEANS = {
    "basket": "cart", "bag": "cart", "trolley": "cart", "add": "put", "added": "put",
    "buy": "order", "bought": "order", "purchase": "order", "purchased": "order", "transaction": "order",
    "payment": "paid", "pay": "paid", "shipping": "delivery", "ship": "delivery",
    "view": "page", "viewed": "page", "visit": "page", "landing": "page",
    "signup": "sign", "register": "sign", "registered": "sign", "registration": "sign",
    "catalog": "listing", "category": "listing", "homepage": "home", "main": "home",
    "won": "signed", "deal": "offer", "quote": "offer", "demo": "talk", "call": "talk",
}  # fmt: skip
"""Words of the trade that mean the same, so that an event finds its touchpoint under another name."""

_SMALL = {"a", "the", "to", "in", "into", "of", "or", "and", "our", "us", "by", "for", "on", "with", "event", "details",
          "placed", "completed", "date", "at"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Match:
    """A touchpoint that an event may belong to, perhaps by one of its conversions, and how alike the words are."""

    touchpoint: str
    conversion: str | None
    like: float


def propose(file: Path, catalog: Catalog, folder: Path = Path("journey")) -> str:
    """A map, as text, for a file; its path is given as seen from `folder`, where the map is to lie.

    Raises InputError where the file cannot be read, or has neither events nor figures.
    """
    seen = profile(file)
    head = ["gapcheck: journey/1", "# proposed by the names and first rows of the file: look at each line"]
    name = _quoted(Path(os.path.relpath(file, folder)).as_posix())
    key = person_id(file.name.partition(".")[0]) or "data"
    if seen.who is not None and seen.what is not None and seen.when is not None:
        body = ["events:", f"  {key}:", f"    file: {name}", *_log(seen, catalog)]
    elif seen.who is not None and len(seen.dates) > 1:
        body = ["events:", f"  {key}:", f"    file: {name}", *_list(seen, catalog)]
    elif seen.when is not None and any(column.is_number for column in seen.columns):
        body = ["figures:", f"  {key}:", f"    file: {name}", *_figures(seen, catalog)]
    else:
        raise InputError.of(_neither(seen), file=str(file), rule="journey")
    return "\n".join([*head, *body, ""])


def _neither(seen: Profile) -> str:
    """What each column was taken for, and which one is missing."""
    kinds = [
        f"{_quoted(c.name)} {'dates' if c.is_time else 'numbers' if c.is_number else 'text'}"
        for c in seen.columns[:SHOWN]
    ]
    if seen.when is None:
        missing = "no column has dates or times"
    elif seen.who is None:
        missing = "no column has numbers, for figures, or is called like who it was (user, customer, lead), for events"
    else:
        missing = "no column is called like what happened (event, action, step), nor are there two with dates"
    more = ", ..." if len(seen.columns) > SHOWN else ""
    return f"has neither events nor figures: {missing}; it has {', '.join(kinds)}{more} (see docs/journey-data.md)"


def _quoted(text: str) -> str:
    """A text in double quotes, on one line: JSON is YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _setting(part: str, column: Column | None) -> list[str]:
    return [f"    {part}: {_quoted(column.name)}"] if column is not None else []


# event logs


def _log(seen: Profile, catalog: Catalog) -> Iterator[str]:
    """A log with a row an event."""
    yield from _setting("who", seen.who)
    yield from _setting("when", seen.when)
    yield from _dates(filter(None, [seen.when]))
    yield from _setting("what", seen.what)
    if seen.session is None:
        yield "    # no session: each person is one journey, and who does not come on within_days has not come"
        yield "    within_days: 14"
    yield from _setting("session", seen.session)
    yield from _along(seen)
    if seen.what is not None:
        yield from _path(_journeys(seen), catalog)


def _list(seen: Profile, catalog: Catalog) -> Iterator[str]:
    """A list with a column of dates for each event."""
    yield from _setting("who", seen.who)
    yield f"    at: {{{', '.join(f'{_quoted(column.name)}: {_quoted(column.name)}' for column in seen.dates)}}}"
    yield from _dates(seen.dates)
    rows = zip(*(column.times for column in seen.dates), strict=True)
    names = [column.name for column in seen.dates]
    journeys = [sorted((time, n) for n, time in enumerate(row) if time is not None) for row in rows]
    yield "    # who does not come on within_days has not come"
    gaps = sorted(later - time for each in journeys for (time, _), (later, _) in pairwise(each))
    if gaps:
        days = max(math.ceil(gaps[math.ceil(SOON_ENOUGH * len(gaps)) - 1] / dt.timedelta(1)), 1)
        part = f"{int(100 * SOON_ENOUGH)} of 100 dates are at most so far from the one before"
        yield f"    within_days: {days}  {UNSURE} {part}"
    else:
        yield "    within_days: 14"
    yield from _along(seen)
    yield from _path([[names[n] for _, n in each] for each in journeys], catalog, dated=True)


def _along(seen: Profile) -> Iterator[str]:
    """Value, segments and channel."""
    yield from _setting("value", seen.value)
    yield from _decimal(filter(None, [seen.value]))
    segments = seen.segments[:MOST_SEGMENTS]
    if segments:
        yield f"    segments: [{', '.join(_quoted(column.name) for column in segments)}]"
    yield from _setting("channel", seen.channel)


def _dates(columns: Iterable[Column]) -> list[str]:
    """How dates are written, where the year does not come first."""
    shapes = sum((column.time_shapes for column in columns), Counter[str]())
    days, months = shapes[times.DAY_FIRST], shapes[times.MONTH_FIRST]
    if days or months:
        both = f"  {UNSURE} some dates can only be day-first, others only month-first; write them one way"
        return [f"    dates: {'month-first' if months > days else 'day-first'}{both if days and months else ''}"]
    either = f"    dates: day-first  {UNSURE} every date can be read day-first or month-first"
    return [either] if shapes[times.EITHER] else []


def _decimal(columns: Iterable[Column]) -> list[str]:
    shapes = sum((column.number_shapes for column in columns), Counter[str]())
    return ['    decimal: ","'] if shapes[numbers.OTHER] > shapes[numbers.OWN] else []


def _journeys(seen: Profile) -> list[list[str]]:
    """The events of each session, or person, of the sample in the order of their times."""
    whose, what, when = seen.session or seen.who, seen.what, seen.when
    found: dict[str, list[tuple[dt.datetime, int, str]]] = defaultdict(list)
    if whose is not None and what is not None and when is not None:
        for n, (who, event, time) in enumerate(zip(whose.cells, what.cells, when.times, strict=True)):
            if who is not None and event is not None and time is not None:
                found[who].append((time, n, event))
    return [[event for _, _, event in sorted(events)] for events in found.values()]


def _path(journeys: Sequence[Sequence[str]], catalog: Catalog, *, dated: bool = False) -> Iterator[str]:
    """Steps in the order in which they mostly come, ever fewer of them; other events by their place alone.

    What is `dated` has a column of its own, and few others: each of them is a step, wherever it happens.
    """
    reached = Counter(event for events in journeys for event in set(events))
    places = _places(catalog)
    matches = {event: match for event in reached if (match := _match(event, places)) is not None}
    path = _falling([event for event in _order(journeys) if event in matches], reached, matches)[-MOST_STEPS:]
    # the last step is taken where people still can fail to: it is a conversion rather than what comes after
    for event in (path if len(path) > 1 else _order(journeys))[-1:]:
        if event in matches:
            matches[event] = _match(event, places, last=True) or matches[event]
    if len(path) < 2:
        yield from _unplaced(_order(journeys)[:SHOWN], matches, given=dated and bool(matches))
        return
    yield from _wandering(journeys, path)
    yield "    steps:"
    for event in path:
        yield f"      - {{event: {_quoted(event)}, {_place(matches[event])}}}{_mark(matches[event])}"
    others = [event for event in reached if event in matches and event not in path]
    if others:
        yield "    touchpoints:"
        yield from (f"      {_quoted(event)}: {matches[event].touchpoint}{_mark(matches[event])}" for event in others)
    left = [event for event, _ in reached.most_common() if event not in matches]
    yield from (f"    # not placed: {_quoted(event)}" for event in left[:SHOWN])


def _unplaced(events: Iterable[str], matches: Mapping[str, _Match], *, given: bool) -> Iterator[str]:
    """Steps of which at most one has a touchpoint; `given`, they stand but for what is to be filled in."""
    sign = "" if given else "# "
    if not given:
        yield "    # fill in: at least two steps, each an event and the touchpoint where it happens, like"
    yield f"    {sign}steps:"
    for event in events:
        place, mark = "touchpoint: ", "  # fill in: where on the map it happens" if given else ""
        if event in matches:
            place, mark = _place(matches[event]), _mark(matches[event])
        yield f"    {sign}  - {{event: {_quoted(event)}, {place}}}{mark}"


def _place(match: _Match) -> str:
    conversion = f", conversion: {match.conversion}" if match.conversion else ""
    return f"touchpoint: {match.touchpoint}{conversion}"


def _wandering(journeys: Sequence[Sequence[str]], path: Sequence[str]) -> Iterator[str]:
    """That steps count wherever they are, where many who take two of them take the later one first."""
    pairs = in_order = 0
    for events in journeys:
        first = {event: place for place, event in reversed(list(enumerate(events)))}
        for one, next_one in pairwise(path):
            if one in first and next_one in first:
                pairs += 1
                in_order += next_one in events[first[one] :]
    if in_order < IN_ORDER * pairs:
        apart = 100 * (pairs - in_order) // pairs
        yield f"    order: any  # of those who take two steps that follow each other, {apart}% take the later one first"


def _mark(match: _Match) -> str:
    return "" if match.like >= SURE else f"  {UNSURE} {int(100 * match.like)} % alike"


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


def _falling(events: Sequence[str], reached: Mapping[str, int], matches: Mapping[str, _Match]) -> list[str]:
    """The path, in this order, in which fewer and fewer journeys reach a step; the one of most and surest matches.

    Each match counts by the square of its likeness: two doubtful ones do not outweigh a sure one.
    """
    best: list[tuple[float, list[str]]] = []
    for event in events:
        before = [each for each in best if reached[each[1][-1]] > reached[event]]
        weight, path = max(before, key=lambda each: each[0], default=(0.0, []))
        best.append((weight + matches[event].like ** 2, [*path, event]))
    return max(best, key=lambda each: each[0], default=(0.0, []))[1]


def _places(catalog: Catalog) -> list[tuple[frozenset[str], str, str | None]]:
    """What touchpoints and their conversions are called, each as the words that count."""
    found: list[tuple[frozenset[str], str, str | None]] = []
    for key, point in catalog.touchpoints.items():
        found += [(_words(name), key, None) for name in (key, point.name)]
        for conversion, text in point.conversions.items():
            found += [(_words(name), key, conversion) for name in (conversion, text)]
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(_MEANS.get(word, word) for word in as_words(text) if word not in _SMALL)


def _match(
    event: str, places: Iterable[tuple[frozenset[str], str, str | None]], *, last: bool = False
) -> _Match | None:
    """The touchpoint that is called most like an event; None where none is like enough.

    Of two that are as like, the one with the name itself; for the `last` step the one with the conversion.
    """
    own = _words(event)
    best = max(
        ((_alike(own, words), (conversion is None) is not last, key, conversion) for words, key, conversion in places),
        key=lambda each: each[:2],
        default=(0.0, True, "", None),
    )
    return _Match(best[2], best[3], best[0]) if best[0] >= LIKE_ENOUGH else None


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that both have (Dice), or the likeness of their letters where that is greater."""
    if not one or not other:
        return 0.0
    letters = likeness(tuple(sorted(one)), tuple(sorted(other)))
    return max(2 * len(one & other) / (len(one) + len(other)), letters if letters >= SURE else 0.0)


# figures


def _figures(seen: Profile, catalog: Catalog) -> Iterator[str]:
    """A file of figures: a column a metric, or a row a figure with the metric's name beside it."""
    yield from _setting("when", seen.when)
    yield from _dates(filter(None, [seen.when]))
    figures = [column for column in seen.columns if column.is_number]
    yield from _decimal(figures)
    names = [
        c for c in seen.columns if c.called("metric") and not (c.is_time or c.is_number) and c.distinct < seen.rows
    ]
    if names and len(figures) == 1:
        yield from _setting("metric", names[0])
        yield from _setting("value", figures[0])
        yield from _metrics([*dict.fromkeys(filter(None, names[0].cells))][:SHOWN], catalog)
    else:
        yield from _metrics([column.name for column in figures], catalog)


def _metrics(names: Sequence[str], catalog: Catalog) -> Iterator[str]:
    """Each name with the metric that it may mean, each metric once; a share may be given by its two parts."""
    every = {key: metric.name for stage in catalog.stages.values() for key, metric in stage.metrics.items()}
    pairs = sorted(
        (-max(_alike(_words(name), _words(text)) for text in (key, called)), n, name, key)
        for n, name in enumerate(names)
        for key, called in every.items()
    )
    found: dict[str, tuple[str, float]] = {}
    for minus, _, name, key in pairs:
        if -minus >= LIKE_ENOUGH and name not in found and key not in {metric for metric, _ in found.values()}:
            found[name] = key, -minus
    yield "    # a share can be given by its two parts:  {numerator: COLUMN, denominator: COLUMN}"
    yield "    metrics:" if found else "    metrics: {}  # fill in: at least one, as METRIC: {value: COLUMN}"
    for name, (key, like) in found.items():
        mark = "" if like >= SURE else f"  {UNSURE} {int(100 * like)} % alike"
        yield f"      {key}: {{value: {_quoted(name)}}}{mark}"
    yield from (f"    # not placed: {_quoted(name)}" for name in names if name not in found)
