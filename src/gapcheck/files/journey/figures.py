"""A file of figures into series: a point a day or an hour, doubles made one, gaps and odd numbers told."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import Account
from gapcheck.core.report.words import counted
from gapcheck.files.journey import numbers, points, seen, source, times, zones
from gapcheck.files.journey.remarks import of_left_out, of_unnamed
from gapcheck.problems import InputError, Problem, Span, did_you_mean, key_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.journey.counts import Series
    from gapcheck.core.journey.map import Column, FigureFile
    from gapcheck.files.journey.engine import Db
    from gapcheck.files.journey.points import Row
    from gapcheck.files.journey.source import Relation

ONE = 0.01
"""1 %, as a share."""

NO_TIME, BAD_TIME, NO_NAME, UNNAMED, LATER, AGAIN = range(1, 7)

SHARES = "if they are shares, multiply by 100, or give numerator and denominator"
"""What to do where a spreadsheet's 12% stands as 0.12."""


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


def unknown(db: Db, scanned: Relation, file: FigureFile, key: str, map_file: str) -> list[Problem]:
    """What is wrong in a long file's map: each name that no row of the file has, placed in the map."""
    there = list(dict.fromkeys(map(seen.on_one_line, _there(db, scanned, file))))
    if file.metric is None or len(there) >= seen.KNOWN:
        return []
    listed = ", ".join(map(seen.quoted, there[:24])) + (", ..." if len(there) > 24 else "")
    return [
        Problem(
            map_file, Span(), key_path(("figures", key, "metrics", metric, part)),
            f'nothing in column "{file.metric}" of {scanned.file} is "{name}"{did_you_mean(name, there)};'
            f" there are: {listed}", "journey",
        )
        for metric, column in file.metrics.items()
        for part, name in parts(column).items()
        if there and seen.on_one_line(name) not in there
    ]  # fmt: skip


def load(
    db: Db,
    scanned: Relation,
    file: FigureFile,
    time_zone: str,
    units: Mapping[str, str],
    until: dt.date | None,
    faults: Sequence[Problem] = (),
) -> tuple[dict[str, Series], Account]:
    """The series of a file whose columns are there. Raises InputError where it contradicts the map or has nothing.

    `faults` are what is wrong with its map already.
    """
    there = _there(db, scanned, file)
    plan = _Plan(scanned, file, tuple(_numbers(scanned, file, units, there)))
    when = scanned.columns[file.when]
    looked = seen.look(db, scanned, {"when": times.shape(when), **_looked(plan)})
    source.check_rejected(db, scanned)
    shapes = looked.counts("when")
    _check(db, plan, looked, shapes, faults)
    _fill(db, plan, shapes)
    source.check_rejected(db, scanned)  # only now has every column been read
    _leave_out(db, time_zone, until)
    rows, left_out = _account(db, plan, until)
    series: dict[str, Series] = {}
    remarks = list(_of_numbers(plan, looked))
    for metric, column in file.metrics.items():
        own = _rows(db, plan, metric, column)
        found, told = points.series(metric, own)
        remarks += told
        if units.get(metric) == "percent":
            remarks += _of_shares(db, plan, metric, column, own)
        if found.points:
            series[metric] = found
    if not rows:
        raise InputError.of("has a header and no rows", file=file.file, rule="journey")
    if not series:
        more = [remark for remark in remarks if not remark.endswith(points.NOTHING)]
        message = "; ".join([f"no figure in {counted(rows, 'row')}{of_left_out(left_out)}", *more])
        raise InputError.of(message, file=file.file, rule="journey")
    return series, Account(file.file, rows, left_out, tuple(remarks))


def _of_shares(db: Db, plan: _Plan, metric: str, column: Column, rows: Sequence[Row]) -> Iterator[str]:
    """What is odd in a metric of percent: a share below 0, and figures so small that they may be parts of 1."""
    values = [value for _, value, _ in rows if value is not None]
    below = sum(value < 0 for value in values)
    if below:
        yield f"{metric}: {counted(below, 'figure is', 'figures are')} below 0, which a share cannot be"
    if column.value is None or not any(values) or max(map(abs, values)) > ONE:
        return
    number = plan.numbers[plan.place(metric, column.value)]
    text = plan.scanned.columns[plan.file.value or column.value].text
    if db.rows(f"SELECT count(*) FROM {plan.scanned.scan} WHERE {number.only} AND contains({text}, '%')") == [(0,)]:
        yield f"all figures of {metric} are at most 1 %: {SHARES}"


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


def _check(db: Db, plan: _Plan, looked: seen.Look, shapes: Mapping[str | None, int], faults: Sequence[Problem]) -> None:
    """Refuse times and numbers that contradict the map. Raises InputError with all of them, and the other faults."""
    problems = [*faults]
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
    name, unnamed = "", ""
    if plan.file.metric is not None:
        text = plan.scanned.columns[plan.file.metric].text
        named = " OR ".join(each.only for each in plan.numbers)
        unnamed = f" WHEN name IS NULL THEN {NO_NAME} WHEN NOT named THEN {UNNAMED}"
        name = f", {text} AS name, ({named}) AS named"
    db.rows(
        f"CREATE TEMP TABLE r AS SELECT *, CAST(CASE WHEN NOT there THEN {NO_TIME} WHEN t IS NULL THEN {BAD_TIME}"
        f"{unnamed} END AS UTINYINT) AS fault FROM (SELECT {times.value(when, plan.file.dates, shapes)} AS t,"
        f" {times.names_zone(when, shapes)} AS z, {when.text} IS NOT NULL AS there, hash({every}) AS h{name}{values}"
        f" FROM {plan.scanned.scan})"
    )


def _leave_out(db: Db, time_zone: str, until: dt.date | None) -> None:
    """Set times to the clock of the zone, and mark rows that are dated too late or the same as an earlier one."""
    ((first, last),) = db.rows("SELECT min(t), max(t) FROM r WHERE z")
    if first is not None:
        zone = zones.zone(db, time_zone, first, last)
        db.rows(f"UPDATE r SET t = {zone.clock('t')} WHERE z")
    if until is not None:
        late = f"(fault IS NULL OR fault = {UNNAMED}) AND CAST(t AS DATE) > ?"
        db.rows(f"UPDATE r SET fault = {LATER} WHERE {late}", [until])
    db.rows(
        f"UPDATE r SET fault = {AGAIN} FROM (SELECT h, min(rowid) AS kept FROM r WHERE fault IS NULL GROUP BY h"
        " HAVING count(*) > 1) AS twice WHERE r.h = twice.h AND r.fault IS NULL AND r.rowid <> twice.kept"
    )


def _account(db: Db, plan: _Plan, until: dt.date | None) -> tuple[int, dict[str, tuple[int, int]]]:
    words = {
        NO_TIME: f'nothing in column "{plan.file.when}"',
        BAD_TIME: f'a time that cannot be read in "{plan.file.when}"',
        NO_NAME: f'nothing in column "{plan.file.metric}"',
        UNNAMED: "a figure that the map does not name",
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
    """What there is to know about how numbers are written, and names that the map does not have."""
    for n, each in enumerate(plan.numbers):
        shapes = looked.counts(f"x{n}")
        if shapes.get(numbers.BAD):
            bad = counted(shapes[numbers.BAD], "figure is no number and counts", "figures are no numbers and count")
            yield f'{each.column}: in "{each.name}" {bad} as missing'
        told = numbers.remark(shapes, plan.file.decimal)
        if told:
            yield f"{each.column}: {told}"
    if plan.file.metric is not None:
        named = {seen.on_one_line(each.name) for each in plan.numbers}
        counts = looked.counts("metric")
        others = {name: n for name, n in counts.items() if name is not None and seen.on_one_line(name) not in named}
        known = len(counts.keys() - {None}) - len(others)
        yield from of_unnamed("figures", others, looked.distinct("metric") - known)


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
