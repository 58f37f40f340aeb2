"""How often a bottleneck is told where there is none, and how often one that is there is found.

Run it from the root of the repository: python benchmarks/bottlenecks.py
Made-up logs of 16 weeks, three ways, three segments (half, three tenths, two tenths of the journeys). In some, shares
go up and down by day or by week for no reason (on the scale of log odds); in others one way of the largest segment
loses a part of its share over the last days. Seeded. Exit code 1 if something is shown in more than 5% of the logs of a
kind in which nothing jams, or an interval holds less than 95% of the true losses by more than chance.
"""

from __future__ import annotations

import datetime as dt
from math import sqrt
from typing import NamedTuple

import numpy as np

from gapcheck.core.journey.bottlenecks import judge
from gapcheck.core.journey.comparisons import compare
from gapcheck.core.journey.counts import ALL, DayCount, LogCounts, Passage, Use

FIRST = dt.date(2027, 1, 4)
DAYS = 112
WINDOW = 28
STEPS = ("cart", "shipping", "payment", "purchase")
SHARES = (0.3, 0.5, 0.6)
SEGMENTS = {("platform", "mobile"): 0.5, ("platform", "desktop"): 0.3, ("platform", "tablet"): 0.2}
JAMMED = (1, ("platform", "mobile"))
LOGS = 300


class Kind(NamedTuple):
    """Journeys a day, standard deviations by day and by week, the part lost on the last `since` days."""

    words: str
    journeys: int
    by_day: float = 0.0
    by_week: float = 0.0
    lost: float = 0.0
    since: int = WINDOW


QUIET = (
    Kind("40 a day", 40),
    Kind("5,000 a day", 5000),
    Kind("5,000 a day, days differ", 5000, by_day=0.15),
    Kind("5,000 a day, weeks differ", 5000, by_week=0.1),
    Kind("400 a day, both differ", 400, by_day=0.1, by_week=0.1),
)
JAMS = (
    Kind("a third lost, 40 a day", 40, lost=1 / 3),
    Kind("a third lost, 200 a day", 200, lost=1 / 3),
    Kind("a third lost for the last two weeks, 200 a day", 200, lost=1 / 3, since=14),
    Kind("a tenth lost, 5,000 a day", 5000, lost=0.1),
    Kind("a tenth lost, 5,000 a day, weeks differ", 5000, by_week=0.1, lost=0.1),
)


def log(kind: Kind, luck: np.random.Generator) -> LogCounts:
    """Who comes on at one step is there at the next."""
    counts: list[dict[tuple[str, str], list[DayCount]]] = [{ALL: [], **{each: [] for each in SEGMENTS}} for _ in SHARES]
    weeks = luck.normal(0, kind.by_week, (DAYS // 7, len(SHARES)))
    for number in range(DAYS):
        day = FIRST + dt.timedelta(number)
        there = {each: int(luck.poisson(kind.journeys * part)) for each, part in SEGMENTS.items()}
        for way, share in enumerate(SHARES):
            odds = share / (1 - share) * np.exp(weeks[number // 7, way] + luck.normal(0, kind.by_day))
            jam = {JAMMED[1]: 1 - kind.lost} if way == JAMMED[0] and number >= DAYS - kind.since else {}
            on = {each: int(luck.binomial(n, odds / (1 + odds) * jam.get(each, 1))) for each, n in there.items()}
            counts[way][ALL].append(DayCount(day, sum(there.values()), sum(on.values())))
            for each in SEGMENTS:
                counts[way][each].append(DayCount(day, there[each], on[each]))
            there = on
    passages = tuple({each: Passage(tuple(days)) for each, days in way.items()} for way in counts)
    last = FIRST + dt.timedelta(DAYS - 1)
    return LogCounts(FIRST, last, 9999, 1, 1, passages, {}, (0,) * 168, {}, {}, Use({}, {}, {}))


def quiet(kind: Kind) -> tuple[float, float]:
    """The shares of logs in which something is shown, and suspected."""
    luck = np.random.default_rng(7)
    proofs = [{each.proof for each in judge(compare("shop", STEPS, log(kind, luck)))} for _ in range(LOGS)]
    return sum("shown" in found for found in proofs) / LOGS, sum("suspected" in found for found in proofs) / LOGS


def jammed(kind: Kind) -> tuple[dict[str, float], float]:
    """What was said of the way that jams, against history, and how often the interval held the true loss."""
    luck, said, held = (
        np.random.default_rng(8),
        dict.fromkeys(("shown", "suspected", "cannot-tell", "nothing"), 0.0),
        [],
    )
    for _ in range(LOGS):
        counts = log(kind, luck)
        found = {
            (each.where.number, each.where.segment): each
            for each in judge(compare("shop", STEPS, counts))
            if each.against == "history"
        }.get(JAMMED)
        said[found.proof if found else "nothing"] += 1 / LOGS
        if found:
            days = counts.passages[JAMMED[0]][JAMMED[1]].days[-kind.since :]
            lost = sum(each.reached for each in days) * SHARES[1] * kind.lost * SHARES[2]
            held.append(found.lost_low <= lost <= found.lost_high)
    return said, sum(held) / len(held)


def main() -> int:
    """Two tables in Markdown."""
    false = [(kind, *quiet(kind)) for kind in QUIET]
    print(f"| nothing jams ({LOGS} logs each) | something shown | something suspected |\n|---|---|---|")
    for kind, shown, suspected in false:
        print(f"| {kind.words} | {shown:.1%} | {suspected:.1%} |")
    true = [(kind, *jammed(kind)) for kind in JAMS]
    print("\n| one way jams | shown | suspected | cannot tell | nothing said | interval holds |")
    print("|---|---|---|---|---|---|")
    for kind, said, held in true:
        print(f"| {kind.words} | {' | '.join(f'{share:.0%}' for share in said.values())} | {held:.0%} |")
    least = 0.95 - 2 * sqrt(0.95 * 0.05 / LOGS)
    return int(any(shown > 0.05 for _, shown, _ in false) or any(held < least for _, _, held in true))


if __name__ == "__main__":
    raise SystemExit(main())
