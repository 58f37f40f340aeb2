"""A map.yaml proposed for a file of which nothing is known; what is not sure says so in a comment."""

from __future__ import annotations

import json
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

_SMALL = {"a", "the", "to", "in", "into", "of", "or", "and", "our", "us", "by", "for", "on", "with", "event", "details"}


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
        message = "has neither events (who, when, what) nor figures over time that could be recognised"
        raise InputError.of(message, file=str(file), rule="journey")
    return "\n".join([*head, *body, ""])


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
    yield "    # who does not come on within_days has not come"
    yield "    within_days: 14"
    yield from _along(seen)
    rows = zip(*(column.cells for column in seen.dates), strict=True)
    names = [column.name for column in seen.dates]
    journeys = [sorted((cell, n) for n, cell in enumerate(row) if cell is not None) for row in rows]
    yield from _path([[names[n] for _, n in each] for each in journeys], catalog)


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
    if shapes[times.DAY_FIRST] or shapes[times.MONTH_FIRST]:
        return ["    dates: day-first" if shapes[times.DAY_FIRST] else "    dates: month-first"]
    either = f"    dates: day-first  {UNSURE} every date can be read day-first or month-first"
    return [either] if shapes[times.EITHER] else []


def _decimal(columns: Iterable[Column]) -> list[str]:
    shapes = sum((column.number_shapes for column in columns), Counter[str]())
    return ['    decimal: ","'] if shapes[numbers.OTHER] > shapes[numbers.OWN] else []


def _journeys(seen: Profile) -> list[list[str]]:
    """The events of each session, or person, of the sample in the order of their times."""
    whose, what, when = seen.session or seen.who, seen.what, seen.when
    found: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    if whose is not None and what is not None and when is not None:
        for n, (who, event, time) in enumerate(zip(whose.cells, what.cells, when.cells, strict=True)):
            if who is not None and event is not None and time is not None:
                found[who].append((time, n, event))
    return [[event for _, _, event in sorted(events)] for events in found.values()]


def _path(journeys: Sequence[Sequence[str]], catalog: Catalog) -> Iterator[str]:
    """Steps in the order in which they mostly come, ever fewer of them; other events by their place alone."""
    reached = Counter(event for events in journeys for event in set(events))
    places = _places(catalog)
    matches = {event: match for event in reached if (match := _match(event, places)) is not None}
    path = _falling([event for event in _order(journeys) if event in matches], reached, matches)[-MOST_STEPS:]
    if len(path) < 2:
        yield "    # fill in: at least two steps, each an event and the touchpoint where it happens, like"
        yield "    # steps:"
        yield from (f"    #   - {{event: {_quoted(event)}, touchpoint: }}" for event in _order(journeys)[:SHOWN])
        return
    yield from _wandering(journeys, path)
    yield "    steps:"
    for event in path:
        match = matches[event]
        conversion = f", conversion: {match.conversion}" if match.conversion else ""
        yield f"      - {{event: {_quoted(event)}, touchpoint: {match.touchpoint}{conversion}}}{_mark(match)}"
    others = [event for event in reached if event in matches and event not in path]
    if others:
        yield "    touchpoints:"
        yield from (f"      {_quoted(event)}: {matches[event].touchpoint}{_mark(matches[event])}" for event in others)
    left = [event for event, _ in reached.most_common() if event not in matches]
    yield from (f"    # not placed: {_quoted(event)}" for event in left[:SHOWN])


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


def _match(event: str, places: Iterable[tuple[frozenset[str], str, str | None]]) -> _Match | None:
    """The touchpoint that is called most like an event; None where none is like enough."""
    own = _words(event)
    best = max(
        ((_alike(own, words), conversion is None, key, conversion) for words, key, conversion in places),
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
