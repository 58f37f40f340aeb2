"""The same counts in plain Python, one person after the other, as docs/journey-data.md says them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.journey.counts import ALL, DayCount, LogCounts, Passage, Reach, Segment, Use, Worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gapcheck.core.journey.map import EventLog

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """A row of a log; `place` is a segment and the channel as well."""

    who: str
    session: str
    event: str
    when: dt.datetime
    place: str
    value: float | None


def counted(rows: Sequence[Row], log: EventLog) -> LogCounts:
    """Everything that is asked of a log."""
    rank = {value: n for n, (value, _) in enumerate(sorted(frequency(rows).items(), key=lambda p: (-p[1], p[0])))}
    named = {step.event for step in log.steps} | set(log.touchpoints) | set(log.use)
    kept = [row for row in dict.fromkeys(rows) if row.event in named]
    every = journeys([*kept, *(row for row in rows if row.event not in named)], log)
    ours = [own for each in every if (own := [row for row in each if row.event in named])]
    first, last = min(row.when for row in rows).date(), max(row.when for row in rows).date()
    arrived = [row for row in kept if row.event == log.steps[-1].event]
    values = [row.value for row in arrived if row.value is not None]
    reach, next_steps = places(kept, ours, log, set(rank))
    return LogCounts(
        first=first,
        last=last,
        people=len({row.who for row in kept}),
        journeys=len(ours),
        events=len(kept),
        passages=tuple(passages(ours, log, rank, last)),
        by_day={day: sum(row.when.date() == day for row in arrived) for day in days(first, last)},
        by_hour_of_week=tuple(sum(hour_of_week(row) == n for row in arrived) for n in range(168)),
        reach=reach,
        next_steps=next_steps,
        use=use(kept, log, last, rank),
        value_of_one=sum(values) / len(values) if log.value and values else None,
        seen=seen(every),
    )


def journeys(rows: Iterable[Row], log: EventLog) -> list[list[Row]]:
    """The events of each journey in the order of their times."""
    people: dict[object, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.when):
        people[(row.who, row.session) if log.session else row.who].append(row)
    found: list[list[Row]] = []
    for own in people.values():
        before = None
        for row in own:
            if before is None or (log.idle_hours is not None and row.when - before > log.idle_hours * HOUR):
                found.append([])
            found[-1].append(row)
            before = row.when
    return found


def days_to_next(log: EventLog) -> int | None:
    """Days within which the next step has to come."""
    if log.session:
        return None
    return log.within_days or (14 if log.idle_hours is None else int(-(-log.idle_hours // 24)))


def seen(every: Sequence[Sequence[Row]]) -> dict[str, tuple[DayCount, ...]]:
    """By the day that journeys began on: how many there were, and in how many each event was."""
    began: dict[dt.date, list[set[str]]] = defaultdict(list)
    for own in every:
        began[min(row.when for row in own).date()].append({row.event for row in own})
    return {
        event: tuple(DayCount(day, len(each), sum(event in one for one in each)) for day, each in sorted(began.items()))
        for event in sorted({row.event for own in every for row in own})
    }


def frequency(rows: Iterable[Row]) -> Counter[str]:
    return Counter(row.place for row in rows if row.place)


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(n) for n in range((last - first).days + 1)]


def hour_of_week(row: Row) -> int:
    return row.when.weekday() * 24 + row.when.hour


def place_of(rows: Sequence[Row], rank: dict[str, int]) -> str:
    """The segment of the first event; of several at once the most frequent, and blank last."""
    start = min(row.when for row in rows)
    return min((row.place for row in rows if row.when == start), key=lambda place: rank.get(place, 999))


def passages(
    journeys: Iterable[Sequence[Row]], log: EventLog, rank: dict[str, int], last: dt.date
) -> Iterable[dict[Segment, Passage]]:
    every = [(way_times(rows, log), place_of(rows, rank)) for rows in journeys]
    for number in range(len(log.steps) - 1):
        ways = [(way, place) for times, place in every if (way := times[number]) is not None]
        if (days := days_to_next(log)) is not None:
            ways = [each for each in ways if each[0][0].date() <= last - dt.timedelta(days)]
        found = {ALL: passage([way for way, _ in ways])}
        for value in rank:
            own = [way for way, place in ways if place == value]
            if own and log.segments:
                found["place", value] = passage(own)
        yield found


Way = tuple[dt.datetime, dt.datetime | None, dt.datetime | None]
"""When a step was reached, when the next one was, and when it was for the first time after that."""


def way_times(rows: Sequence[Row], log: EventLog) -> list[Way | None]:
    """For each way when it was gone; None where its first step was not reached."""
    limit = dt.timedelta(days_to_next(log) or 10_000)
    found: list[Way | None] = []
    reached: dt.datetime | None = None
    for number, (step, next_step) in enumerate(zip(log.steps, log.steps[1:], strict=False)):
        if number == 0 or log.order == "any":
            reached = earliest(rows, step.event, lambda _: True)
        if reached is None:
            found.append(None)
            continue
        start = reached
        later = earliest(rows, next_step.event, lambda w, s=start: s <= w <= s + limit)  # type: ignore[misc]
        near = earliest(rows, next_step.event, lambda w, s=start: abs(w - s) <= limit)  # type: ignore[misc]
        on = later if log.order == "strict" else near
        found.append((start, on, later))
        reached = on
    return found


def earliest(rows: Sequence[Row], event: str, allowed: Callable[[dt.datetime], bool]) -> dt.datetime | None:
    return min((row.when for row in rows if row.event == event and allowed(row.when)), default=None)


def passage(ways: Sequence[Way]) -> Passage:
    by_day: dict[dt.date, list[bool]] = defaultdict(list)
    for reached, on, _ in ways:
        by_day[reached.date()].append(on is not None)
    counts = tuple(DayCount(day, len(all_), sum(all_)) for day, all_ in sorted(by_day.items()))
    took = sorted((later - reached) / HOUR for reached, _, later in ways if later is not None)
    return Passage(counts, quantile(took, 0.5), quantile(took, 0.9))


def quantile(values: Sequence[float], share: float) -> float | None:
    if not values:
        return None
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def places(
    kept: Sequence[Row], journeys: Iterable[Sequence[Row]], log: EventLog, channels: set[str]
) -> tuple[dict[tuple[str, str], Reach], dict[tuple[str, str], int]]:
    at = {step.event: step.touchpoint for step in log.steps} | log.touchpoints
    there: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in kept:
        if row.event in at:
            there[at[row.event], ""].append(row.who)
            if log.channel and row.place in channels:
                there[at[row.event], row.place].append(row.who)
    ids = list(dict.fromkeys(at.values()))
    places = {event: ids.index(point) for event, point in at.items()}
    pairs: Counter[tuple[str, str]] = Counter()
    for rows in journeys:
        met = [at[r.event] for r in sorted(rows, key=lambda r: (r.when, places.get(r.event, 0))) if r.event in at]
        following = [*met[1:], ""] if met else []
        pairs.update({(one, other) for one, other in zip(met, following, strict=True) if one != other})
    return {key: Reach(len(set(people)), len(people)) for key, people in there.items()}, dict(pairs)


def use(kept: Sequence[Row], log: EventLog, last: dt.date, rank: dict[str, int]) -> Use:
    people: dict[str, list[Row]] = defaultdict(list)
    for row in kept:
        if row.event in log.used:
            people[row.who].append(row)
    second: dict[str, dict[int, list[int]]] = {"": {}}
    cohorts: dict[dt.date, list[list[int]]] = defaultdict(list)
    value: dict[str, list[tuple[float, float]]] = defaultdict(list)
    year = (
        last.replace(day=1, year=last.year - 1, month=last.month + 1)
        if last.month < 12
        else last.replace(day=1, month=1)
    )
    valued = bool(log.value) and any(row.value is not None for rows in people.values() for row in rows)
    for rows in people.values():
        used = sorted({row.when.date() for row in rows})
        after = [(day - used[0]).days for day in used[1:]]
        followed = (last - used[0]).days
        place = place_of(rows, rank) if log.channel else ""
        for channel in {"", place}:
            tally = second.setdefault(channel, {}).setdefault(after[0] if after else followed, [0, 0])
            tally[0 if after else 1] += 1
        whole = min(followed // 30, 36)
        cohorts[used[0].replace(day=1)].append(
            [whole, *(int(any(30 * (m - 1) < days <= 30 * m for days in after)) for m in range(1, whole + 1))]
        )
        brought = [0.0, 0.0]
        for day in used:
            worth = [row.value or 0.0 for row in rows if row.when.date() == day]
            if day >= year:
                brought[day > used[0]] += sum(worth) if valued else 1
        if used[-1] >= year:
            for channel in {"", place}:
                value[channel].append((brought[0], brought[1]))
    return Use(
        {channel: {days: (one[0], one[1]) for days, one in by_days.items()} for channel, by_days in second.items()},
        {month: (len(every), months(every)) for month, every in cohorts.items()},
        {channel: worth_of(people) for channel, people in value.items()},
        valued,
    )


def worth_of(people: Sequence[tuple[float, float]]) -> Worth:
    """Sums over people of what their first and later uses brought."""
    first, later = (sum(part) for part in zip(*people, strict=True))
    squares = (sum(one * one for one, _ in people), sum(other * other for _, other in people))
    return Worth(len(people), first, later, *squares, sum(one * other for one, other in people))


def months(every: Sequence[Sequence[int]]) -> dict[int, tuple[int, int]]:
    most = max(each[0] for each in every)
    return {
        m: (sum(each[m] for each in every if each[0] >= m), sum(each[0] >= m for each in every))
        for m in range(1, most + 1)
    }
