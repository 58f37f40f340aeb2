"""What is worth knowing about a log beside its counts: events nobody asked for, odd hours, values left together."""
# ruff: noqa: S608 (no text of a user is in any SQL but quoted: columns are c0, c1, ... and values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report.words import counted
from gapcheck.files.journey import numbers, seen, times, zones
from gapcheck.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.files.journey.logs import Events, Plan
    from gapcheck.files.journey.seen import Look

IGNORED_SHOWN = 5

COME_BACK = 0.1
"""The part of the people from which it is told that they come back."""


def of_left_out(left_out: Mapping[str, tuple[int, int]]) -> str:
    """What was left out and how often, as a part of a sentence that begins with a colon; empty where nothing was."""
    told = (
        f"{number} {'' if reason.startswith(('dated', 'the same')) else 'with '}{reason}"
        for reason, (number, _) in left_out.items()
    )
    return f": {'; '.join(told)}" if left_out else ""


def of_events(events: Events, plan: Plan, found: Look) -> list[str]:
    """What there is to know beside the counts of a log, a sentence each."""
    told = [*_of_names(events, plan, found), *_of_times(events, plan, found), *_of_values(plan, found)]
    told += _of_returns(events)
    for n, (column, labels) in enumerate(events.segments):
        told += _of_segment(found, f"s{n}", column, labels)
    if plan.log.channel is not None and plan.log.channel not in plan.log.segments:
        told += _of_segment(found, "ch", plan.log.channel, events.channels)
    return told


def _of_names(events: Events, plan: Plan, found: Look) -> list[str]:
    if plan.log.what is None:
        return _never(events, [])
    named = seen.as_written(found, "what", plan.names)
    others = {name: n for name, n in found.counts("what").items() if name is not None and name not in named}
    more = found.distinct("what") - len(set(found.counts("what")) & set(named))
    return [*of_unnamed("events", others, more), *_never(events, list(others))]


def of_unnamed(what: str, others: Mapping[str, int], more: int) -> list[str]:
    """Names that the map does not have and how often each occurs, the most frequent of `more`."""
    told = [f"{seen.quoted(name)} ({n})" for name, n in list(others.items())[:IGNORED_SHOWN]]
    ending = f" and {more - len(told)} more" if more > len(told) else ""
    return [f"{what} that the map does not name: {', '.join(told)}{ending}"] if told else []


def _never(events: Events, others: Sequence[str]) -> list[str]:
    """Events that the map names and that never occur."""
    there = {row[0] for row in events.db.rows("SELECT DISTINCT ev FROM g")}
    gone = [name for n, name in enumerate(events.names) if n not in there]
    return [f"{seen.quoted(name)} never occurs{did_you_mean(name, others)}" for name in gone]


def _of_times(events: Events, plan: Plan, found: Look) -> list[str]:
    told = []
    shapes = plan.shapes(found)
    for n, name in enumerate(plan.times):
        bad = times.bad(shapes[name])
        if plan.log.at and bad:
            told.append(f'column "{name}": {counted(bad, "time")} cannot be read, left out')
        for word, stretches in (("skips", events.zone.skipped), ("runs through twice", events.zone.doubled)):
            if stretches:
                odd = f"fault IS NULL AND NOT z{n} AND ({zones.within(f't{n}', stretches)})"
                ((number,),) = events.db.rows(f"SELECT count(*) FROM r WHERE {odd}")
                if number:
                    many = counted(number, "time is", "times are")
                    told.append(f'column "{name}": {many} in an hour that the clock {word}')
    return told


def _of_values(plan: Plan, found: Look) -> list[str]:
    if plan.log.value is None:
        return []
    shapes = found.counts("value")
    bad = shapes.get(numbers.BAD, 0)
    many = counted(bad, "value is no number and counts", "values are no numbers and count")
    told = [f'column "{plan.log.value}": {many} as none'] if bad else []
    remark = numbers.remark(shapes, plan.log.decimal)
    return [*told, f'column "{plan.log.value}": {remark}'] if remark else told


def _of_returns(events: Events) -> list[str]:
    """That people come back, where each of them is one journey all the same."""
    log, days = events.log, events.log.days_to_next
    if days is None or log.idle_hours is not None:
        return []
    ((people, back),) = events.db.rows(
        f"SELECT count(*), count_if(last > first + INTERVAL {days} DAYS)"
        " FROM (SELECT min(ts) AS first, max(ts) AS last FROM g WHERE ev = 0 GROUP BY who)"
    )
    if not back or back < COME_BACK * people:
        return []
    setting = "session: with a column that tells their rows apart" if log.at else "idle_hours: (or session:)"
    came = f"of {counted(people, 'person', 'people')} who came to {seen.quoted(log.steps[0].event)}, {back} came again"
    return [
        f"{came} more than {counted(days, 'day')} later, which is no journey of its own; if it should be, say {setting}"
    ]


def _of_segment(found: Look, key: str, column: str, labels: tuple[str | None, ...]) -> list[str]:
    left = found.distinct(key) - sum(label is not None for label in labels)
    if not left:
        return []
    every = found.distinct(key)
    return [f'column "{column}": {left} of {every} values are not told apart, only the {seen.MOST_VALUES} largest']
