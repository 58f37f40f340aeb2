"""A map.yaml proposed for a file of which nothing is known; what is not sure says so in a comment."""

from __future__ import annotations

import math
import os
from collections import Counter, defaultdict
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.core.survey.matches import SURE
from gapcheck.core.survey.model import UNSURE
from gapcheck.core.survey.words import LIKE_ENOUGH, person_id
from gapcheck.files.journey import matching, numbers, pauses, times, worksheets
from gapcheck.files.journey.figures import SHARES
from gapcheck.files.journey.looking import looked, quoted
from gapcheck.files.journey.matching import alike, words_of
from gapcheck.files.journey.profile import SAMPLE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.files.journey.matching import Found, Match
    from gapcheck.files.journey.profile import Column, Profile

MOST_SEGMENTS = 6
SHOWN = 20


def propose(file: Path, catalog: Catalog, folder: Path = Path("journey")) -> str:
    """A map, as text, for a file; its path is given as seen from `folder`, where the map is to lie.

    Raises InputError where the file cannot be read, or has neither events nor figures.
    """
    worksheet, seen = looked(file)
    head = ["gapcheck: journey/1", "# proposed by the names and first rows of the file: look at each line"]
    name = quoted(Path(os.path.relpath(file, folder)).as_posix())
    key = person_id(file.name.partition(".")[0]) or "data"
    part, lines = {
        "log": ("events", _log), "list": ("events", _list), "figures": ("figures", _figures),
    }[seen.kind]  # fmt: skip
    sheet = [f"    {line}" for line in worksheets.proposed(file, worksheet)]
    return "\n".join([*head, f"{part}:", f"  {key}:", f"    file: {name}", *sheet, *lines(seen, catalog), ""])


def _setting(part: str, column: Column | None) -> list[str]:
    return [f"    {part}: {quoted(column.name)}"] if column is not None else []


# event logs


def _log(seen: Profile, catalog: Catalog) -> Iterator[str]:
    """A log with a row an event."""
    yield from _setting("who", seen.who)
    yield from _when(seen)
    yield from _setting("what", seen.what)
    yield from _setting("session", seen.session)
    own = _events(seen)
    idle = pauses.idle_hours(own, goes_on=seen.rows == SAMPLE) if seen.session is None else None
    own = pauses.split(own, idle[0] if idle else None)
    found = matching.find([[event for _, event in each] for each in own], catalog)
    if idle:
        yield f"    idle_hours: {idle[0]:g}  {UNSURE} {idle[1]}"
        days = pauses.days_to_next(own, found.steps)
        yield from _within(days if days is not None and days > math.ceil(idle[0] / pauses.DAY) else None)
    elif seen.session is None:
        yield "    # no session: each person is one journey, and who does not come on within_days has not come"
        yield "    within_days: 14"
    yield from _along(seen)
    yield from _path(found)


def _list(seen: Profile, catalog: Catalog) -> Iterator[str]:
    """A list with a column of dates for each event."""
    yield from _setting("who", seen.who)
    yield f"    at: {{{', '.join(f'{quoted(column.name)}: {quoted(column.name)}' for column in seen.dates)}}}"
    yield from _dates(seen.dates)
    if seen.order is not None:
        yield f"    session: {quoted(seen.order.name)}  {UNSURE} each is of one person and one date, as orders are"
    rows = zip(*(column.times for column in seen.dates), strict=True)
    names = [column.name for column in seen.dates]
    own = [[(time, names[n]) for time, n in sorted((time, n) for n, time in enumerate(row) if time)] for row in rows]
    found = matching.find([[event for _, event in each] for each in own], catalog)
    if seen.order is None:
        yield "    # who does not come on within_days has not come"
        days = pauses.days_to_next(own, found.steps or found.order)
        yield from _within(days) if days is not None else ["    within_days: 14"]
    yield from _along(seen)
    yield from _path(found, dated=True)


def _within(days: int | None) -> Iterator[str]:
    if days is not None:
        part = f"{int(100 * pauses.SOON_ENOUGH)} of 100 who go on need at most so long, on the slowest way"
        yield f"    within_days: {days}  {UNSURE} {part}"


def _along(seen: Profile) -> Iterator[str]:
    """Value, segments and channel."""
    yield from _setting("value", seen.value)
    yield from _decimal(filter(None, [seen.value]))
    segments = seen.segments[:MOST_SEGMENTS]
    if segments:
        yield f"    segments: [{', '.join(quoted(column.name) for column in segments)}]"
    yield from _setting("channel", seen.channel)


def _when(seen: Profile) -> Iterator[str]:
    """The column of times, beside one that is called like them and is not read."""
    other = next((f"  {UNSURE} {quoted(c.name)} {c.unread}" for c in seen.columns if c.unread), "")
    yield from (line + other for line in _setting("when", seen.when))
    yield from _dates(filter(None, [seen.when]))


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


def _events(seen: Profile) -> list[pauses.Journey]:
    """The events of each session, or person, of the sample in the order of their times."""
    whose, what, when = seen.session or seen.who, seen.what, seen.when
    found: dict[str, list[tuple[dt.datetime, int, str]]] = defaultdict(list)
    if whose is not None and what is not None and when is not None:
        for n, (who, event, time) in enumerate(zip(whose.cells, what.cells, when.times, strict=True)):
            if who is not None and event is not None and time is not None:
                found[who].append((time, n, event))
    return [[(time, event) for time, _, event in sorted(events)] for events in found.values()]


def _path(found: Found, *, dated: bool = False) -> Iterator[str]:
    """Steps in their order; other events by their place alone.

    What is `dated` has a column of its own, and few others: each of them is a step, wherever it happens.
    """
    matches = found.matches
    if not found.steps:
        yield from _unplaced(found.order[:SHOWN], matches, given=dated and bool(matches))
        return
    if found.apart:
        part = "of those who take two steps that follow each other"
        yield f"    order: any  # {part}, {found.apart}% take the later one first"
    yield "    steps:"
    for event in found.steps:
        yield f"      - {{event: {quoted(event)}, {_place(matches[event])}}}{_mark(matches[event])}"
    others = [event for event in found.reached if event in matches and event not in found.steps]
    if others:
        yield "    touchpoints:"
        yield from (f"      {quoted(event)}: {matches[event].touchpoint}{_mark(matches[event])}" for event in others)
    left = [event for event, _ in found.reached.most_common() if event not in matches]
    yield from (f"    # not placed: {quoted(event)}" for event in left[:SHOWN])


def _unplaced(events: Iterable[str], matches: Mapping[str, Match], *, given: bool) -> Iterator[str]:
    """Steps of which at most one has a touchpoint; `given`, they stand but for what is to be filled in."""
    sign = "" if given else "# "
    if not given:
        yield "    # fill in: at least two steps, each an event and the touchpoint where it happens, like"
    yield f"    {sign}steps:"
    for event in events:
        place, mark = "touchpoint: ", "  # fill in: where on the map it happens" if given else ""
        if event in matches:
            place, mark = _place(matches[event]), _mark(matches[event])
        yield f"    {sign}  - {{event: {quoted(event)}, {place}}}{mark}"


def _place(match: Match) -> str:
    conversion = f", conversion: {match.conversion}" if match.conversion else ""
    return f"touchpoint: {match.touchpoint}{conversion}"


def _mark(match: Match) -> str:
    return "" if match.like >= SURE else f"  {UNSURE} {int(100 * match.like)} % alike"


# figures


def _figures(seen: Profile, catalog: Catalog) -> Iterator[str]:
    """A file of figures: a column a metric, or a row a figure with the metric's name beside it."""
    yield from _when(seen)
    figures = [column for column in seen.columns if column.is_number]
    yield from _decimal(figures)
    names = [
        c for c in seen.columns if c.called("metric") and not (c.is_time or c.is_number) and c.distinct < seen.rows
    ]
    if names and len(figures) == 1:
        yield from _setting("metric", names[0])
        yield from _setting("value", figures[0])
        cells: dict[str, list[str]] = defaultdict(list)
        for name, cell in zip(names[0].cells, figures[0].cells, strict=True):
            if name is not None and cell is not None:
                cells[name].append(cell)
        yield from _metrics(dict(islice(cells.items(), SHOWN)), catalog)
    else:
        yield from _metrics({c.name: [cell for cell in c.cells if cell is not None] for c in figures}, catalog)


def _metrics(cells: Mapping[str, Sequence[str]], catalog: Catalog) -> Iterator[str]:
    """Each name with the metric that it may mean, each metric once; a share may be given by its two parts."""
    every = {key: metric for stage in catalog.stages.values() for key, metric in stage.metrics.items()}
    pairs = sorted(
        (-max(alike(words_of(name), words_of(text)) for text in (key, metric.name)), n, name, key)
        for n, name in enumerate(cells)
        for key, metric in every.items()
    )
    found: dict[str, tuple[str, float]] = {}
    for minus, _, name, key in pairs:
        if -minus >= LIKE_ENOUGH and name not in found and key not in {metric for metric, _ in found.values()}:
            found[name] = key, -minus
    yield "    # a share can be given by its two parts:  {numerator: COLUMN, denominator: COLUMN}"
    yield "    metrics:" if found else "    metrics: {}  # fill in: at least one, as METRIC: {value: COLUMN}"
    for name, (key, like) in found.items():
        marks = [] if like >= SURE else [f"{int(100 * like)} % alike"]
        if every[key].unit == "percent" and _at_most_1(cells[name]):
            marks.append(f"all figures are at most 1 %: {SHARES}")
        yield f"      {key}: {{value: {quoted(name)}}}" + (f"  {UNSURE} {'; '.join(marks)}" if marks else "")
    yield from (f"    # not placed: {quoted(name)}" for name in cells if name not in found)


def _at_most_1(cells: Sequence[str]) -> bool:
    """Whether numbers without a percent sign are all at most 1 in size, and not all 0."""
    found = []
    for cell in cells:
        with suppress(ValueError):
            found.append(abs(float(cell.replace(",", "."))))
    return any(found) and max(found) <= 1 and not any("%" in cell for cell in cells)
