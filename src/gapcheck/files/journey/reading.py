"""The files of a map, read one after the other: counts, and an account of what became of their rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import Account, Counted, LogCounts
from gapcheck.core.journey.found import Source
from gapcheck.core.report import words
from gapcheck.files import atomic, yamldoc
from gapcheck.files.journey import engine, events, figures, flow, logs, seen, source, use, worksheets, zones
from gapcheck.problems import InputError, Problem, Span, key_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import Series
    from gapcheck.core.journey.map import EventLog, FigureFile, JourneyMap
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.source import Relation

MAP = "map.yaml"

Place = tuple[object, ...]
"""Keys of a map, from the top."""


def units_of(catalog: Catalog) -> dict[str, str]:
    """The unit of every metric."""
    return {key: metric.unit for stage in catalog.stages.values() for key, metric in stage.metrics.items()}


def read(
    journey: JourneyMap,
    folder: Path,
    units: Mapping[str, str] | None = None,
    *,
    until: dt.date | None = None,
    name: str = MAP,
) -> Counted:
    """Count what the files of a map hold; they lie beside it, in `folder`.

    `units` are those of the metrics, `until` the last day that counts. Raises InputError with what is wrong with each
    file, what is wrong with the map placed in it.
    """
    counted: dict[str, LogCounts] = {}
    series: dict[str, Series] = {}
    accounts: list[Account] = []
    problems = _of_zone(journey, name)
    if problems:  # the other faults are told all the same
        journey = replace(journey, time_zone="UTC")
    for key, log in journey.events.items():
        try:
            counted[key], account = _log(journey, key, log, folder, until, name)
            accounts.append(account)
        except InputError as error:
            problems += error.problems
    for key, file in journey.figures.items():
        try:
            found, account = _figures(journey, key, file, folder, units or {}, until, name)
            series.update(found)
            accounts.append(account)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(_placed(dict.fromkeys(problems), folder, name))
    return Counted(counted, series, tuple(accounts))


def _of_zone(journey: JourneyMap, name: str) -> list[Problem]:
    if journey.time_zone == "UTC":  # no zone to look up
        return []
    try:
        with engine.opened() as db:
            zones.check(db, journey.time_zone, name)
    except InputError as error:
        return list(error.problems)
    return []


def unfit(journey: JourneyMap, folder: Path, name: str = MAP) -> list[Problem]:
    """What is wrong with a map by a look at its time zone and at the columns of its files; no row is read."""
    problems = _of_zone(journey, name)
    parts: list[tuple[Place, EventLog | FigureFile, Iterable[tuple[Place, str]]]] = [
        *((("events", key), log, logs.columns(log, key)) for key, log in journey.events.items()),
        *((("figures", key), file, figures.columns(file, key)) for key, file in journey.figures.items()),
    ]
    for where, part, wanted in parts:
        try:
            if not (folder / part.file).is_file():
                continue  # which is told of the map
            with engine.opened() as db, engine.told(part.file):
                _scanned(db, folder, part, wanted, where, name)
        except (OSError, ValueError):
            continue  # so is this
        except InputError as error:
            problems += error.problems
    return _placed(dict.fromkeys(problems), folder, name)


def sources(counted: Counted, folder: Path) -> tuple[Source, ...]:
    """What was read, with a digest of each file."""
    found = []
    for account in counted.accounts:
        source.check(folder / account.file, account.file)
        left_out = sum(number for number, _ in account.left_out.values())
        found.append(
            Source(file=account.file, digest=source.digest(folder / account.file), rows=account.rows, left_out=left_out)
        )
    return tuple(found)


def _log(
    journey: JourneyMap, key: str, log: EventLog, folder: Path, until: dt.date | None, name: str
) -> tuple[LogCounts, Account]:
    with engine.opened() as db, engine.told(log.file):
        scanned, told = _scanned(db, folder, log, logs.columns(log, key), ("events", key), name)
        read = events.load(db, scanned, log, journey.time_zone, until)
        counts = _counts(read.events)
    return counts, Account(log.file, read.rows, read.left_out, (*told, *read.remarks, *_followed(counts, log)))


def _scanned(
    db: Db, folder: Path, part: EventLog | FigureFile, wanted: Iterable[tuple[Place, str]], where: Place, name: str
) -> tuple[Relation, tuple[str, ...]]:
    """A file with the columns that the map, at `where`, wants of it; a remark on its worksheets. Raises InputError."""
    path = folder / part.file
    source.check(path, part.file)
    worksheet, remark = worksheets.meant(path, part, where, name)
    scanned = source.relation(db, path, part.file, worksheet)
    try:
        seen.check_columns(scanned, wanted, name)
    except InputError as error:
        more = [Problem(name, Span(), key_path((*where, "file")), remark, "journey")] if remark else []
        raise InputError([*error.problems, *more]) from None
    return scanned, (remark,) if remark else ()


def _counts(found: logs.Events) -> LogCounts:
    ((people, number),) = found.db.rows("SELECT count(DISTINCT who), count(*) FROM g")
    journeys = flow.journeys(found)
    passages = flow.passages(found)
    by_day, by_hour = flow.arrivals(found)
    reach, next_steps = flow.places(found)
    return LogCounts(
        first=found.first,
        last=found.last,
        people=people,
        journeys=journeys,
        events=number,
        passages=passages,
        by_day=by_day,
        by_hour_of_week=by_hour,
        reach=reach,
        next_steps=next_steps,
        use=use.use(found),
        value_of_one=flow.value_of_one(found),
        seen=flow.seen(found),
    )


def _followed(counts: LogCounts, log: EventLog) -> Iterable[str]:
    """That the last days are left out where they have to be."""
    if log.days_to_next is not None:
        one = "each person is one journey"
        if log.idle_hours is not None:
            one = f"a journey ends where a person does nothing for longer than {log.idle_hours:g} h"
        yield (
            f"{one}; who reached a step in the last {words.counted(log.days_to_next, 'day')} "
            f"before {counts.last} is left out of its rate, not having been followed long enough"
        )


def _figures(
    journey: JourneyMap,
    key: str,
    file: FigureFile,
    folder: Path,
    units: Mapping[str, str],
    until: dt.date | None,
    name: str,
) -> tuple[dict[str, Series], Account]:
    with engine.opened() as db, engine.told(file.file):
        scanned, told = _scanned(db, folder, file, figures.columns(file, key), ("figures", key), name)
        unknown = figures.unknown(db, scanned, file, key, name)
        series, account = figures.load(db, scanned, file, journey.time_zone, units, until, unknown)
    return series, replace(account, remarks=(*told, *account.remarks))


def _placed(problems: Iterable[Problem], folder: Path, name: str) -> list[Problem]:
    """Problems with the map's file in full and, where it can still be read, their line."""
    path = folder / name
    try:
        doc = yamldoc.parse(atomic.read(path), str(path))
    except InputError:
        doc = None
    placed = []
    for each in problems:
        where = each.span
        if each.file == name and doc is not None:
            where = _span(doc, each.path)
        file = str(path) if each.file == name else str(folder / each.file)
        placed.append(Problem(file, where, each.path, each.message, each.rule))
    return placed


def _span(doc: yamldoc.Doc, path: str) -> Span:
    """The place of a key path that is joined by dots; keys may have dots of their own."""
    whole = {".".join(keys): span for keys, span in doc.spans.items()}
    return whole.get(path, doc.span(*path.split(".")))
