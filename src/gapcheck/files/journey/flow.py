"""How far journeys come, counted by DuckDB: the way from step to step, by day and segment, and from place to place."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import ALL, DayCount, Passage, Reach
from gapcheck.files.journey.seen import MOST_VALUES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gapcheck.core.journey.counts import Segment
    from gapcheck.files.journey.logs import Events

QUANTILES = "[0.5, 0.9]"
"""Of the hours that a way takes: the median, and what nine in ten need at most."""


HOUR = 3.6e9
"""Microseconds."""


def journeys(events: Events) -> int:
    """Make the table `js`, a row a journey: segments of its first event, day it began on, bits of events it had.

    Of several events at the same moment the one whose segment occurs most counts. How many journeys have an event that
    the map names.
    """
    named = f"ev < {len(events.names)}"
    packed = [
        f"CAST(min(epoch_us(ts) * 256 + s{n}) FILTER ({named}) & 255 AS UTINYINT) AS s{n}"
        for n in range(len(events.segments))
    ]
    most = max(events.known, default=-1)
    bits = f"bit_or(CASE WHEN ev <= {most} THEN 1::BIGINT << ev ELSE 0 END) AS had"
    began = f"CAST({events.zone.clock('min(ts)')} AS DATE) AS day"
    parts = ", ".join(["j", *packed, began, bits, f"bool_or({named}) AS named"])
    events.db.rows(f"CREATE TEMP TABLE js AS SELECT {parts} FROM every GROUP BY j")
    ((number,),) = events.db.rows("SELECT count_if(named) FROM js")
    return int(number)


def seen(events: Events) -> dict[str, tuple[DayCount, ...]]:
    """By the day that journeys began on: how many there were, and in how many each event was, on the path or not."""
    names = sorted((name, code) for code, name in events.known.items())
    parts = "".join(f", count_if(had & {1 << code} <> 0)" for _, code in names)
    found = events.db.rows(f"SELECT day, count(*){parts} FROM js GROUP BY day ORDER BY day")
    return {
        name: tuple(DayCount(day, number, had[n]) for day, number, *had in found) for n, (name, _) in enumerate(names)
    }


def passages(events: Events) -> tuple[dict[Segment, Passage], ...]:
    """The way from each step to the next, by segment, as core.journey.counts says."""
    _reached(events, 0)
    return tuple(_passage(events, number) for number in range(len(events.log.steps) - 1))


def _reached(events: Events, number: int) -> None:
    """Make the table `p`: journeys that came to a step, and when they first did."""
    events.db.rows(f"CREATE OR REPLACE TEMP TABLE p AS SELECT j, min(ts) AS r FROM g WHERE ev = {number} GROUP BY j")


def _passage(events: Events, number: int) -> dict[Segment, Passage]:
    """From step `number`, which the table `p` holds, to the next; `p` then holds the next.

    With steps in order the next one counts from the time of this one on, else wherever in the journey it is.
    """
    strict = events.log.order == "strict"
    after = " AND g.ts >= p.r" if strict else ""
    if (days := events.log.days_to_next) is not None:
        limit = f"INTERVAL {days} DAYS"
        after += f" AND g.ts <= p.r + {limit}" + ("" if strict else f" AND g.ts >= p.r - {limit}")
    events.db.rows(
        "CREATE OR REPLACE TEMP TABLE o AS SELECT g.j, min(g.ts) AS r, min(g.ts) FILTER (g.ts >= p.r) AS later"
        f" FROM g JOIN p USING (j) WHERE g.ev = {number + 1}{after} GROUP BY g.j"
    )
    groups = "".join(f", js.s{n}" for n in range(len(events.segments)))
    day = f"CAST({events.zone.clock('p.r')} AS DATE)"
    events.db.rows(
        f"CREATE OR REPLACE TEMP TABLE w AS SELECT {day} AS day, o.r IS NOT NULL AS came,"
        f" epoch_us(o.later) - epoch_us(p.r) AS took{groups}"
        " FROM p JOIN js USING (j) LEFT JOIN o USING (j)"
    )
    found = dict(_by_segment(events))
    if strict:
        events.db.rows("CREATE OR REPLACE TEMP TABLE p AS SELECT j, r FROM o")
    else:
        _reached(events, number + 1)
    return found


def _by_segment(events: Events) -> Iterator[tuple[Segment, Passage]]:
    """What the table `w` comes to: for everybody, then for each value of each segment, most frequent first."""
    seen = ""
    if (within := events.log.days_to_next) is not None:  # whoever came later has not been followed long enough
        seen = f" WHERE day <= DATE '{events.last.isoformat()}' - {within}"
    names = [f"s{n}" for n in range(len(events.segments))]
    which = " ".join(f"WHEN grouping({name}) = 0 THEN {n}" for n, name in enumerate(names))
    key = f"CASE {which} ELSE -1 END, coalesce({', '.join([*names, '0'])})" if names else "-1, 0"
    by_day = ", ".join(["(day)", *(f"(day, {name})" for name in names)])
    whole = ", ".join(["()", *(f"({name})" for name in names)])
    days: dict[tuple[int, int], list[DayCount]] = {}
    for column, code, day, reached, on in events.db.rows(
        f"SELECT {key}, day, count(*), count_if(came) FROM w{seen} GROUP BY GROUPING SETS ({by_day}) ORDER BY 1, 2, 3"
    ):
        days.setdefault((column, code), []).append(DayCount(day, reached, on))
    hours = {
        (column, code): found
        for column, code, found in events.db.rows(
            f"SELECT {key}, quantile_cont(took, {QUANTILES}) FROM w{seen} GROUP BY GROUPING SETS ({whole})"
        )
    }
    for (column, code), counts in days.items():
        segment = _segment(events, column, code)
        if segment is not None:
            took = hours[column, code]
            median, slow = (each / HOUR for each in took) if took else (None, None)
            yield segment, Passage(tuple(counts), median, slow)
    if not days:
        yield ALL, Passage(())


def _segment(events: Events, column: int, code: int) -> Segment | None:
    """A segment by its number; None where it is not told apart."""
    if column < 0:
        return ALL
    name, labels = events.segments[column]
    label = labels[code] if code < min(MOST_VALUES, len(labels)) else None
    return None if label is None else (name, label)


def arrivals(events: Events) -> tuple[dict[dt.date, int], tuple[int, ...]]:
    """Events of the last step by day, from the first to the last, and by hour from Monday 0:00."""
    import datetime as dt

    last = f"SELECT {events.zone.clock('ts')} AS ts FROM g WHERE ev = {len(events.log.steps) - 1}"
    found = dict(events.db.rows(f"SELECT CAST(ts AS DATE), count(*) FROM ({last}) GROUP BY 1"))
    days = (events.first + dt.timedelta(n) for n in range((events.last - events.first).days + 1))
    hours = dict(events.db.rows(f"SELECT (isodow(ts) - 1) * 24 + hour(ts), count(*) FROM ({last}) GROUP BY 1"))
    return {day: found.get(day, 0) for day in days}, tuple(hours.get(hour, 0) for hour in range(168))


def value_of_one(events: Events) -> float | None:
    """The mean value of the events of the last step that have one."""
    if events.log.value is None:
        return None
    ((total, number),) = events.db.rows(f"SELECT sum(v), count(v) FROM g WHERE ev = {len(events.log.steps) - 1}")
    return float(total) / number if number else None


def places(events: Events) -> tuple[dict[tuple[str, str], Reach], dict[tuple[str, str], int]]:
    """Who was at each touchpoint, by channel, and how many journeys went from one to another next."""
    at = {step.event: step.touchpoint for step in events.log.steps} | events.log.touchpoints
    ids = tuple(dict.fromkeys(at[name] for name in events.names if name in at))
    cases = " ".join(f"WHEN {n} THEN {ids.index(at[name])}" for n, name in enumerate(events.names) if name in at)
    events.db.rows(
        "CREATE OR REPLACE TEMP VIEW t AS SELECT * FROM"
        f" (SELECT who, j, ts, ch, CAST(CASE ev {cases} END AS UTINYINT) AS tp FROM g) WHERE tp IS NOT NULL"
    )
    return _reach(events, ids), _next(events, ids)


def _reach(events: Events, ids: tuple[str, ...]) -> dict[tuple[str, str], Reach]:
    """By touchpoint and channel: people and events; a person is counted once for all channels together."""
    been = ", ".join(f"count_if(been & {1 << n} <> 0)" for n in range(len(ids)))
    events.db.rows("CREATE TEMP TABLE x AS SELECT who, ch, bit_or(1::BIGINT << tp) AS been FROM t GROUP BY who, ch")
    people = {
        code: numbers
        for code, *numbers in events.db.rows(
            f"SELECT NULL, {been} FROM (SELECT bit_or(been) AS been FROM x GROUP BY who)"
            f" UNION ALL SELECT ch, {been} FROM x GROUP BY ch"
        )
    }
    reach = {}
    for place, code, number in events.db.rows(
        "SELECT tp, ch, count(*) FROM t GROUP BY GROUPING SETS ((tp), (tp, ch)) ORDER BY tp, ch NULLS FIRST"
    ):
        channel = "" if code is None else events.channels[code] if code < len(events.channels) else None
        if channel is not None:
            reach[ids[place], channel] = Reach(people[code][place], number)
    return reach


def _next(events: Events, ids: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """Of several places at the same moment the map's order decides, the path first."""
    found = events.db.rows(
        "SELECT key & 255, next & 255, count(DISTINCT j)"
        " FROM (SELECT j, key, lead(key) OVER (PARTITION BY j ORDER BY key) AS next"
        " FROM (SELECT j, epoch_us(ts) * 256 + tp AS key FROM t))"
        " WHERE key & 255 IS DISTINCT FROM next & 255 GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return {(ids[here], "" if next_ is None else ids[next_]): number for here, next_, number in found}
