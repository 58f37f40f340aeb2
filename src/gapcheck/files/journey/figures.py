"""A file of figures into series: a point a day or an hour, doubles made one, gaps and odd numbers told."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import Account, Point, Series
from gapcheck.core.report.words import counted
from gapcheck.files.journey import numbers, seen, source, times, zones
from gapcheck.problems import InputError, Problem, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.journey.map import Column, FigureFile
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.source import Relation

HOURLY_UP_TO = dt.timedelta(hours=12)
"""Figures that mostly are at most so far apart are kept by the hour, others by the day."""

NO_TIME, BAD_TIME, LATER, AGAIN = 1, 2, 3, 4

Row = tuple[dt.datetime, "float | None", "float | None"]
"""A time on the clock, a value or numerator, a denominator."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that a metric is made of: SQL of it and of how it is written, where it is, and of which rows."""

    column: str
    name: str
    value: str
    shape: str
    only: str = "true"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A file of figures with its numbers by place in the table `r`."""

    scanned: Relation
    file: FigureFile
    numbers: tuple[_Number, ...]

    def place(self, metric: str, name: str) -> int:
        """Where a metric's number is."""
        return next(n for n, each in enumerate(self.numbers) if (each.column, each.name) == (metric, name))


def columns(file: FigureFile, key: str) -> list[tuple[tuple[object, ...], str]]:
    """The columns that a file's map names, and where."""
    here = ("figures", key)
    found: list[tuple[tuple[object, ...], str]] = [((*here, "when"), file.when)]
    if file.metric is not None and file.value is not None:
        return [*found, ((*here, "metric"), file.metric), ((*here, "value"), file.value)]
    for metric, column in file.metrics.items():
        found += [((*here, "metrics", metric, part), name) for part, name in parts(column).items()]
    return found


def parts(column: Column) -> dict[str, str]:
    """What a metric is made of: its value, or numerator and denominator."""
    named = {"value": column.value, "numerator": column.numerator, "denominator": column.denominator}
    return {part: name for part, name in named.items() if name is not None}


def load(
    db: Db, scanned: Relation, file: FigureFile, time_zone: str, units: Mapping[str, str], until: dt.date | None
) -> tuple[dict[str, Series], Account]:
    """The series of a file whose columns are there. Raises InputError where it contradicts the map or has nothing."""
    there = _there(db, scanned, file)
    plan = _Plan(scanned, file, tuple(_numbers(scanned, file, units, there)))
    when = scanned.columns[file.when]
    looked = seen.look(db, scanned, {"when": times.shape(when), **_looked(plan)})
    source.check_rejected(db, scanned)
    shapes = looked.counts("when")
    _check(db, plan, looked, shapes)
    _fill(db, plan, shapes)
    source.check_rejected(db, scanned)  # only now has every column been read
    _leave_out(db, time_zone, until)
    rows, left_out = _account(db, plan, until)
    series: dict[str, Series] = {}
    remarks = list(_of_numbers(plan, looked))
    for metric, column in file.metrics.items():
        own = _rows(db, plan, metric, column)
        found, told = _series(metric, own)
        remarks += told
        below = sum(value is not None and value < 0 for _, value, _ in own)
        if below and units.get(metric) == "percent":
            remarks.append(f"{metric}: {counted(below, 'figure is', 'figures are')} below 0, which a share cannot be")
        if found.points:
            series[metric] = found
    if not rows:
        raise InputError.of("has a header and no rows", file=file.file, rule="journey")
    if not series:
        reasons = [f"{number} with {reason}" for reason, (number, _) in left_out.items()]
        message = "; ".join([f"no figure in {counted(rows, 'row')}", *reasons, *remarks])
        raise InputError.of(message, file=file.file, rule="journey")
    return series, Account(file.file, rows, left_out, tuple(remarks))


def _there(db: Db, scanned: Relation, file: FigureFile) -> tuple[str, ...]:
    """The names that a long file has, as it has them."""
    if file.metric is None:
        return ()
    text = scanned.columns[file.metric].text
    found = db.rows(f"SELECT DISTINCT {text} AS name FROM {scanned.scan} ORDER BY name LIMIT {seen.KNOWN}")
    return tuple(name for (name,) in found if name is not None)


def _numbers(scanned: Relation, file: FigureFile, units: Mapping[str, str], there: Sequence[str]) -> Iterator[_Number]:
    """Every number of every metric: in a wide file a column of its own, in a long one what a name stands beside."""
    for metric, column in file.metrics.items():
        share = units.get(metric) == "ratio"
        for name in parts(column).values():
            cell = scanned.columns[file.value or name]
            value = numbers.value(cell, file.decimal, percent_is_share=share)
            if column.value is not None and units.get(metric) == "percent":
                value = f"({value}) / 100"  # a share, as numerator over denominator is
            only = "true"
            if file.metric is not None:
                wanted = seen.on_one_line(name)  # a map cannot hold control characters and breaks as files do
                every = [own for own in there if seen.on_one_line(own) == wanted] or [wanted]
                listed = ", ".join(f"'{own.replace(chr(39), chr(39) * 2)}'" for own in every)
                only = f"({scanned.columns[file.metric].text} IN ({listed}))"
            yield _Number(metric, name, value, numbers.shape(cell, file.decimal), only)


def _looked(plan: _Plan) -> dict[str, str]:
    """What is looked at first: how each number is written, and the names that a long file has."""
    found = {f"x{n}": f"CASE WHEN {each.only} THEN {each.shape} END" for n, each in enumerate(plan.numbers)}
    if plan.file.metric is not None:
        found["metric"] = plan.scanned.columns[plan.file.metric].text
    return found


def _check(db: Db, plan: _Plan, looked: seen.Look, shapes: Mapping[str | None, int]) -> None:
    """Refuse times and numbers that contradict the map. Raises InputError with all of them."""
    problems: list[Problem] = []
    try:
        times.check(db, plan.scanned, {plan.file.when: shapes}, plan.file.dates)
    except InputError as error:
        problems += error.problems
    told: dict[str, tuple[str, ...]] = {}
    for n, each in enumerate(plan.numbers):
        found = numbers.contradiction(looked.counts(f"x{n}"), plan.file.decimal)
        if found is not None:
            told.setdefault(plan.file.value or each.name, found)
    for name, found in told.items():
        places = numbers.first(db, plan.scanned, plan.scanned.columns[name], plan.file.decimal, found[1:])
        message = f'column "{name}": {found[0]} ({places})'
        problems.append(Problem(plan.scanned.file, Span(), "", message, "journey"))
    if problems:
        raise InputError(problems)


def _fill(db: Db, plan: _Plan, shapes: Mapping[str | None, int]) -> None:
    """Make the table `r`, a row a row of the file, with a column a number."""
    when = plan.scanned.columns[plan.file.when]
    values = "".join(f", CASE WHEN {each.only} THEN {each.value} END AS x{n}" for n, each in enumerate(plan.numbers))
    every = ", ".join(cell.sql for cell in plan.scanned.columns.values())
    db.rows(
        f"CREATE TEMP TABLE r AS SELECT *, CAST(CASE WHEN NOT there THEN {NO_TIME} WHEN t IS NULL THEN {BAD_TIME} END"
        f" AS UTINYINT) AS fault FROM (SELECT {times.value(when, plan.file.dates, shapes)} AS t,"
        f" {times.names_zone(when, shapes)} AS z, {when.text} IS NOT NULL AS there, hash({every}) AS h{values}"
        f" FROM {plan.scanned.scan})"
    )


def _leave_out(db: Db, time_zone: str, until: dt.date | None) -> None:
    """Set times to the clock of the zone, and mark rows that are dated too late or the same as an earlier one."""
    ((first, last),) = db.rows("SELECT min(t), max(t) FROM r WHERE z")
    if first is not None:
        zone = zones.zone(db, time_zone, first, last)
        db.rows(f"UPDATE r SET t = {zone.clock('t')} WHERE z")
    if until is not None:
        db.rows(f"UPDATE r SET fault = {LATER} WHERE fault IS NULL AND CAST(t AS DATE) > ?", [until])
    db.rows(
        f"UPDATE r SET fault = {AGAIN} FROM (SELECT h, min(rowid) AS kept FROM r WHERE fault IS NULL GROUP BY h"
        " HAVING count(*) > 1) AS twice WHERE r.h = twice.h AND r.fault IS NULL AND r.rowid <> twice.kept"
    )


def _account(db: Db, plan: _Plan, until: dt.date | None) -> tuple[int, dict[str, tuple[int, int]]]:
    words = {
        NO_TIME: f'nothing in column "{plan.file.when}"',
        BAD_TIME: f'a time that cannot be read in "{plan.file.when}"',
        LATER: f"dated after {until}",
        AGAIN: "the same as an earlier row in every column",
    }
    scanned = plan.scanned
    found = db.rows("SELECT fault, count(*), min(rowid) FROM r GROUP BY fault ORDER BY fault")
    left_out = {words[fault]: (number, scanned.row(first)) for fault, number, first in found if fault is not None}
    if scanned.rejected:
        left_out["too many or too few cells"] = len(scanned.rejected), scanned.rejected[0]
    return sum(row[1] for row in found) + len(scanned.rejected), left_out


def _of_numbers(plan: _Plan, looked: seen.Look) -> Iterator[str]:
    """What there is to know about how numbers are written, and names that nothing stands beside."""
    for n, each in enumerate(plan.numbers):
        shapes = looked.counts(f"x{n}")
        if shapes.get(numbers.BAD):
            bad = counted(shapes[numbers.BAD], "figure is no number and counts", "figures are no numbers and count")
            yield f'{each.column}: in "{each.name}" {bad} as missing'
        told = numbers.remark(shapes, plan.file.decimal)
        if told:
            yield f"{each.column}: {told}"
    if plan.file.metric is not None:
        there = [seen.on_one_line(name) for name in looked.counts("metric") if name is not None]
        for each in plan.numbers:
            if seen.on_one_line(each.name) not in there:
                yield f'{each.column}: nothing is called "{each.name}"{did_you_mean(each.name, there)}'


def _rows(db: Db, plan: _Plan, metric: str, column: Column) -> list[Row]:
    """A metric's rows by time. In a long file numerator and denominator are rows of their own."""
    first, *rest = (f"x{plan.place(metric, name)}" for name in parts(column).values())
    second = rest[0] if rest else "NULL"
    there = " OR ".join(f"{name} IS NOT NULL" for name in (first, *rest))
    return [
        (time, value, of)
        for time, value, of in db.rows(
            f"SELECT t, {first}, {second} FROM r WHERE fault IS NULL AND ({there}) ORDER BY t, rowid"
        )
    ]


# points


def _series(metric: str, rows: Sequence[Row]) -> tuple[Series, list[str]]:
    """One metric's points, and what there is to know about them."""
    shares = any(of is not None for _, _, of in rows)
    instants = sorted({time for time, _, _ in rows})
    apart = [later - time for time, later in itertools.pairwise(instants)]
    step = statistics.median_low(apart) if apart else dt.timedelta(days=1)
    hours = 1 if step <= HOURLY_UP_TO else 24
    slots: dict[dt.datetime, list[Row]] = {}
    for row in rows:
        slots.setdefault(_slot(row[0], hours), []).append(row)
    made = [_share(slot, own) if shares else _mean(slot, own) for slot, own in slots.items()]
    points = tuple(point for point in made if point is not None)
    told = [*_doubles(metric, rows, slots, hours, shares=shares), *_gaps(metric, points, step, hours)]
    if shares and len(points) < len(made):
        lacking = counted(len(made) - len(points), "point")
        told.append(f"{metric}: left out: {lacking} without a denominator above 0 and a numerator")
    if not points:
        told.append(f"{metric}: no figures")
    return Series(metric, points, hours), told


def _slot(time: dt.datetime, hours: int) -> dt.datetime:
    return time.replace(hour=time.hour if hours == 1 else 0, minute=0, second=0, microsecond=0)


def _told(time: dt.datetime) -> str:
    """A time as a message has it: midnight is the day alone."""
    return f"{time:%Y-%m-%d %H:%M}".removesuffix(" 00:00")


def _mean(slot: dt.datetime, rows: Iterable[Row]) -> Point | None:
    values = [value for _, value, _ in rows if value is not None]
    return Point(slot, math.fsum(values) / len(values)) if values else None


def _share(slot: dt.datetime, rows: Iterable[Row]) -> Point | None:
    """Numerators and denominators added up: the share of all of them together."""
    every = list(rows)
    values = [value for _, value, _ in every if value is not None]
    of = math.fsum(of for _, _, of in every if of is not None)
    return Point(slot, math.fsum(values), of) if values and of > 0 else None


def _doubles(
    metric: str, rows: Sequence[Row], slots: Mapping[dt.datetime, Sequence[Row]], hours: int, *, shares: bool
) -> Iterator[str]:
    """That several figures were made one."""
    how = "added up, numerators and denominators each" if shares else "their mean is taken"
    filled = [time for time, value, _ in rows if value is not None]
    twice = len(filled) - len(set(filled))
    if twice:
        again = next(time for time, later in itertools.pairwise(filled) if time == later)
        many = counted(twice, "figure is", "figures are")
        yield f"{metric}: {many} for a time that has one already, first {_told(again)}; {how}"
    more = sum(len({row[0] for row in own}) > 1 for own in slots.values())
    if more:
        slot = "hour" if hours == 1 else "day"
        yield f"{metric}: {counted(more, f'{slot} has', f'{slot}s have')} figures of several times; {how}"


def _gaps(metric: str, points: Sequence[Point], step: dt.timedelta, hours: int) -> Iterator[str]:
    """That figures are missing between others, by how far apart they mostly are."""
    usual = max(step, dt.timedelta(hours=hours))
    gaps = [
        (later.when - point.when, point.when)
        for point, later in itertools.pairwise(points)
        if later.when - point.when > 1.5 * usual
    ]
    if gaps:
        size, start = max(gaps, key=lambda gap: (gap[0], -gap[1].timestamp()))
        yield f"{metric}: {counted(len(gaps), 'gap')}, the longest from {_told(start)} to {_told(start + size)}"
    if usual > dt.timedelta(days=2):
        yield f"{metric}: a figure every {usual.days} days"
