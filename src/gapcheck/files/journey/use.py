"""Who comes back, counted by DuckDB: first and repeated use of what is sold, by days from a person's first use."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapcheck.core.journey.counts import Use, Worth

if TYPE_CHECKING:
    import datetime as dt

    from gapcheck.files.journey.logs import Events

MONTH = 30
"""Days of a month that is counted from a first use: month 1 is days 1 to 30 after it."""

MOST_MONTHS = 36


def use(events: Events) -> Use:
    """First and repeated use. Several on one day are one: an order that was split is not somebody who came back."""
    used = ", ".join(str(events.names.index(event)) for event in events.log.used)
    events.db.rows(
        f"CREATE TEMP TABLE u AS SELECT who, CAST({events.zone.clock('ts')} AS DATE) AS day, sum(v) AS v,"
        f" min(epoch_us(ts) * 256 + ch) AS ch FROM g WHERE ev IN ({used}) GROUP BY 1, 2"
    )
    events.db.rows(
        "CREATE TEMP TABLE f AS SELECT who, min(day) AS day, CAST(min(ch) & 255 AS UTINYINT) AS ch FROM u GROUP BY who"
    )
    valued = events.log.value is not None and events.db.rows("SELECT count(v) FROM u") != [(0,)]
    return Use(_second(events), _cohorts(events), _value(events, valued=valued), valued)


def _second(events: Events) -> dict[str, dict[int, tuple[int, int]]]:
    """By channel of the first use: days to the second, or followed without one."""
    found = events.db.rows(
        "SELECT grouping(ch), ch, days, count(*) FILTER (came), count(*) FILTER (NOT came) FROM"
        f" (SELECT f.ch, s.day IS NOT NULL AS came, coalesce(s.day, DATE '{events.last.isoformat()}') - f.day AS days"
        " FROM f LEFT JOIN (SELECT u.who, min(u.day) AS day FROM u JOIN f USING (who) WHERE u.day > f.day"
        " GROUP BY u.who) AS s USING (who)) GROUP BY GROUPING SETS ((ch, days), (days)) ORDER BY 1 DESC, 2, 3"
    )
    second: dict[str, dict[int, tuple[int, int]]] = {"": {}}
    for is_all, code, days, came, not_yet in found:
        channel = "" if is_all else events.channels[code] if code < len(events.channels) else None
        if channel is not None:
            second.setdefault(channel, {})[days] = came, not_yet
    return second


def _cohorts(events: Events) -> dict[dt.date, tuple[int, dict[int, tuple[int, int]]]]:
    """By month of first use: people, and for each month after it who came back of those followed to its end."""
    last = f"DATE '{events.last.isoformat()}'"
    followed = events.db.rows(
        f"SELECT CAST(date_trunc('month', day) AS DATE), least(({last} - day) // {MONTH}, {MOST_MONTHS}), count(*)"
        " FROM f GROUP BY 1, 2 ORDER BY 1, 2"
    )
    back = events.db.rows(
        f"SELECT CAST(date_trunc('month', f.day) AS DATE) AS month, (u.day - f.day + {MONTH - 1}) // {MONTH} AS number,"
        f" count(DISTINCT who) FROM u JOIN f USING (who) WHERE u.day > f.day"
        f" AND number <= {MOST_MONTHS} AND number * {MONTH} <= {last} - f.day GROUP BY 1, 2"
    )
    came = {(month, number): people for month, number, people in back}
    cohorts: dict[dt.date, tuple[int, dict[int, tuple[int, int]]]] = {}
    for month in dict.fromkeys(row[0] for row in followed):
        own: list[tuple[Any, ...]] = [row for row in followed if row[0] == month]
        months = {
            number: (came.get((month, number), 0), sum(people for _, whole, people in own if whole >= number))
            for number in range(1, max(whole for _, whole, _ in own) + 1)
        }
        cohorts[month] = sum(people for _, _, people in own), months
    return cohorts


def _value(events: Events, *, valued: bool) -> dict[str, Worth]:
    """By channel of the first use, what came of first uses and of later ones in the latest year; how many, without.

    A year holds every season once, and leaves out the first months of a long file, in which people who had come before
    it began pass for new.
    """
    worth = "coalesce(u.v, 0)" if valued else "1"
    year = f"date_trunc('month', DATE '{events.last.isoformat()}') - INTERVAL 11 MONTH"
    one = (
        f"SELECT f.ch, sum(CASE WHEN u.day = f.day THEN {worth} ELSE 0 END) AS a,"
        f" sum(CASE WHEN u.day > f.day THEN {worth} ELSE 0 END) AS b"
        f" FROM u JOIN f USING (who) WHERE u.day >= {year} GROUP BY who, f.ch"
    )
    found = events.db.rows(
        "SELECT grouping(ch), ch, count(*), sum(a), sum(b),"  # the order makes each run the same to the last digit
        " sum(x * x ORDER BY x, y), sum(y * y ORDER BY x, y), sum(x * y ORDER BY x, y)"
        f" FROM (SELECT ch, a, b, CAST(a AS DOUBLE) AS x, CAST(b AS DOUBLE) AS y FROM ({one}))"
        " GROUP BY GROUPING SETS ((ch), ()) ORDER BY 1 DESC, 2"
    )
    value: dict[str, Worth] = {}
    for is_all, code, people, *sums in found:
        channel = "" if is_all else events.channels[code] if code < len(events.channels) else None
        if channel is not None and people:
            value[channel] = Worth(people, *map(float, sums))
    return value
