"""How often the interval of an incident's loss holds the true one, and how large the estimate is beside it.

Run it from the root of the repository: python benchmarks/losses.py [LOGS]
Made-up logs of 150 days with two ways and two segments; on the second way a part of the share is lost for some days, in
both segments. In some, the shares of days differ for no reason. What was truly lost is known: the share that was taken
away, of those who came in just those days, whichever days the incident is found to have. Seeded. Exit code 1 if an
interval holds less than 90% of the true losses of a kind: that the days are searched for makes it a little too narrow.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.core.journey.counts import ALL, DayCount, LogCounts, Passage, Use
from gapcheck.core.journey.incidents import incidents, watch
from gapcheck.core.journey.map import EventLog, JourneyMap, Step
from gapcheck.core.journey.merging import within
from gapcheck.files import catalogs

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog

FIRST, DAYS = dt.date(2026, 1, 5), 150
SHARES = {("platform", "mobile"): 0.7, ("platform", "desktop"): 0.8}
LEAST = 0.9


class Kind(NamedTuple):
    """Journeys a day and segment, the part lost, for how many days, and how much days differ (standard deviation)."""

    journeys: int
    lost: float
    days: int
    unrest: float = 0.0


KINDS = (
    Kind(5, 0.6, 20),
    Kind(5, 0.4, 20),
    Kind(20, 0.3, 10),
    Kind(20, 0.6, 5),
    Kind(60, 0.2, 14),
    Kind(60, 0.3, 14, unrest=0.1),
)


def journey_map() -> JourneyMap:
    """A path of three steps."""
    steps = tuple(Step(event=event, touchpoint="checkout") for event in ("cart", "payment", "purchase"))
    return JourneyMap(events={"shop": EventLog(file="shop.csv", who="who", when="when", what="what", steps=steps)})


def way(kind: Kind, luck: random.Random, usual: float, start: int | None) -> tuple[DayCount, ...]:
    """Days of one segment; from `start` on, where there is one, a part is lost."""
    counts = []
    for number in range(DAYS):
        is_lost = start is not None and start <= number < start + kind.days
        share = usual * (1 - kind.lost if is_lost else 1) * (1 + luck.gauss(0, kind.unrest))
        on = sum(luck.random() < share for _ in range(kind.journeys))
        counts.append(DayCount(FIRST + dt.timedelta(number), kind.journeys, on))
    return tuple(counts)


def log(kind: Kind, luck: random.Random, start: int) -> LogCounts:
    """Two ways; what is lost is lost on the second."""
    passages = []
    for begin in (None, start):
        segments = {segment: way(kind, luck, usual, begin) for segment, usual in SHARES.items()}
        days = zip(*segments.values(), strict=True)
        both = tuple(DayCount(row[0].day, sum(d.reached for d in row), sum(d.on for d in row)) for row in days)
        passages.append({ALL: Passage(both), **{segment: Passage(days) for segment, days in segments.items()}})
    last = FIRST + dt.timedelta(DAYS - 1)
    return LogCounts(FIRST, last, 900, 9000, 9000, tuple(passages), {}, (0,) * 168, {}, {}, Use({}, {}, {}))


def measured(kind: Kind, logs: int, catalog: Catalog) -> tuple[int, float, float]:
    """How many incidents were found, the part of intervals that hold the true loss, and the mean estimate beside it."""
    inside, ratios = [], []
    for number in range(logs):
        luck = random.Random(f"{kind} {number}")  # noqa: S311 (no secret)
        start = luck.randrange(30, 110)
        counts, time = (
            log(kind, luck, start),
            (FIRST + dt.timedelta(start), FIRST + dt.timedelta(start + kind.days - 1)),
        )
        logs_of = {"shop": counts}
        for each in incidents(catalog, journey_map(), logs_of, {}, watch(journey_map(), logs_of, {})):
            if each.where is None or each.where.number != 1 or within((each.start, each.end), time) <= 1 / 2:
                continue
            share = sum(SHARES.values()) if each.where.segment == ALL else SHARES[each.where.segment]
            true = share * kind.journeys * kind.days * kind.lost
            inside.append((each.lost_low or 0) <= true <= (each.lost_high or 0))
            ratios.append((each.lost or 0) / true)
            break
    return len(inside), fmean(inside), fmean(ratios)


def main(logs: int) -> int:
    """Print a row a kind."""
    print(f"{'a day':>6} {'lost':>5} {'days':>5} {'unrest':>7} {'found':>7} {'held':>6} {'estimate':>9}")
    bad = False
    catalog = catalogs.load(catalogs.shipped()).catalog
    for kind in KINDS:
        found, held, ratio = measured(kind, logs, catalog)
        bad |= held < LEAST
        lost, count = f"{kind.lost:.0%}", f"{found}/{logs}"
        print(f"{2 * kind.journeys:>6} {lost:>5} {kind.days:>5} {kind.unrest:>7} {count:>7} {held:>6.2f} {ratio:>9.2f}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
