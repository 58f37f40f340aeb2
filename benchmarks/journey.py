"""How long reading an event log takes, and how much memory, beside a plain count of the same file by DuckDB.

Run it from the root of the repository, on Linux or macOS: python benchmarks/journey.py [--quick]
A made-up shop's log, the same every time, is written as CSV and as Parquet into a temporary folder (0.9 GB, deleted
afterwards): 1 million events and (not with --quick) 10 million, four a session, in eight columns. Each file is read in
a process of its own, from map to counts: flow by two segments, cohorts, reach, what follows what; the CSV once more
without its sessions, as journeys that a pause of half an hour ends.
Exit code 1 if 10 million events take 20 s or 1 GiB or more, or more than 12 times as long as 1 million. Wall time and
the time of both processors together are shown; the limits are on wall time, so nothing else should run.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from gapcheck.core.journey.map import EventLog, JourneyMap, Step
from gapcheck.files.journey import reading

MOST_SECONDS = 20
MOST_MEMORY = 1024
MOST_TIMES = 12
SIZES = (1_000_000, 10_000_000)
STEPS = ("product_view", "add_to_cart", "shipping", "payment", "purchase")

SHOP = """
COPY (
  SELECT 'user_' || lpad((hash(s) % {people})::VARCHAR, 7, '0') AS user_id,
    'session_' || lpad(s::VARCHAR, 8, '0') AS session_id,
    CASE WHEN hash(s, k) % 10 < 7 THEN ['home', 'product_view', 'add_to_cart', 'shipping', 'payment', 'purchase']
      [least(k + 1, 6)] ELSE 'search' END AS event,
    strftime(TIMESTAMP '2026-01-01' + to_seconds((hash(s, 1) % 31536000)::BIGINT + k * 60), '%Y-%m-%d %H:%M:%S')
      AS timestamp,
    ['desktop', 'mobile', 'tablet'][1 + (hash(s, 2) % 3)::INTEGER] AS platform,
    ['email', 'organic', 'paid', 'referral', 'social'][1 + (hash(s, 3) % 5)::INTEGER] AS channel,
    CASE WHEN k = 5 THEN ((hash(s, 4) % 10000) / 100.0)::VARCHAR END AS amount,
    '/page/' || (hash(s, k, 5) % 500)::VARCHAR AS page
  FROM range({sessions}) AS sessions(s), range(7) AS places(k) WHERE k <= hash(s, 6) % 7
) TO '{target}'
"""
"""Sessions of one to seven events; every value follows from the number of its session."""


def make(folder: Path, number: int) -> None:
    """A log of about so many events, as CSV and as Parquet."""
    sessions = number // 4
    target = folder / "log.csv"
    with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder)}) as connection:
        connection.execute("SET preserve_insertion_order=false")
        connection.execute(SHOP.format(people=sessions // 4, sessions=sessions, target=target))
        typed = f"FROM read_csv('{target}', types={{'timestamp': 'TIMESTAMP', 'amount': 'DOUBLE'}})"
        connection.execute(f"COPY ({typed}) TO '{folder}/log.parquet' (ROW_GROUP_SIZE 100000)")


def shop(file: str, *, pauses: bool = False) -> JourneyMap:
    """The map of the made-up shop, its journeys told apart by sessions or by pauses."""
    steps = tuple(Step(event=event, touchpoint="checkout" if n else "product-page") for n, event in enumerate(STEPS))
    log = EventLog(
        file=file,
        who="user_id",
        when="timestamp",
        what="event",
        session=None if pauses else "session_id",
        idle_hours=0.5 if pauses else None,
        value="amount",
        segments=("platform", "channel"),
        channel="channel",
        steps=steps,
        touchpoints={"home": "home-page"},
    )
    return JourneyMap(events={"shop": log})


def ours(file: Path, *, pauses: bool) -> int:
    """Rows that were read."""
    return reading.read(shop(file.name, pauses=pauses), file.parent).accounts[0].rows


def plain(file: Path) -> int:
    """The least that a program can do with the file: count its rows by event."""
    scan = f"read_csv('{file}', all_varchar=true)" if file.suffix == ".csv" else f"read_parquet('{file}')"
    with duckdb.connect(config={"threads": "2"}) as connection:
        found = connection.execute(f"SELECT event, count(*) FROM {scan} GROUP BY event").fetchall()  # noqa: S608
    return sum(number for _, number in found)


def child(what: str, file: Path) -> None:
    """In a process of its own: read a file, and print rows, seconds, processor seconds, peak of memory in MiB."""
    before = time.perf_counter()
    rows = plain(file) if what == "plain" else ours(file, pauses=what == "pauses")
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "rows": rows,
                "seconds": time.perf_counter() - before,
                "processors": used.ru_utime + used.ru_stime,
                "peak": used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
            }
        )
    )


def measured(what: str, file: Path) -> dict[str, Any]:
    """What a process of its own says."""
    command = [sys.executable, __file__, "--child", what, str(file)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def show(file: Path) -> dict[str, Any]:
    """Print the figures of one file beside those of a plain count; ours."""
    found, reference = measured("ours", file), measured("plain", file)
    ways = [("gapcheck", found), ("count by event", reference)]
    if file.suffix == ".csv":
        ways.append(("by pauses", measured("pauses", file)))
    for name, each in ways:
        print(
            f"  {file.suffix[1:]:8} {name:15} {each['rows']:11,} rows {each['seconds']:7.2f} s "
            f"{each['processors']:7.2f} s of processors {each['peak']:6.0f} MiB"
        )
    print(f"  {file.suffix[1:]:8} {found['processors'] / reference['processors']:.1f}x the processor time of the count")
    return found


def main(arguments: list[str]) -> int:
    """Measure and print; 1 if a figure is over its limit."""
    if arguments[:2] == ["--child", "make"]:
        make(Path(arguments[2]), int(arguments[3]))
        return 0
    if arguments[:1] == ["--child"]:
        child(arguments[1], Path(arguments[2]))
        return 0
    seconds: dict[str, list[float]] = {".csv": [], ".parquet": []}
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in SIZES[:1] if "--quick" in arguments else SIZES:
            # in a process of its own: a child's peak begins at what its parent holds
            subprocess.run([sys.executable, __file__, "--child", "make", str(folder), str(number)], check=True)
            print(f"about {number:,} events")
            for suffix, times in seconds.items():
                found = show(Path(folder, f"log{suffix}"))
                times.append(found["seconds"])
                over += found["seconds"] >= MOST_SECONDS or found["peak"] >= MOST_MEMORY
    for suffix, times in seconds.items():
        if len(times) > 1:
            ratio = times[1] / times[0]
            print(f"{suffix[1:]}: {ratio:.1f} times as long for ten times the events, at most {MOST_TIMES}")
            over += ratio > MOST_TIMES
    print(f"limits: {MOST_SECONDS} s and {MOST_MEMORY} MiB")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
