"""From key press to next question, in a pseudo-terminal: the time a person waits between two answers.

Run it from the root of the repository, on Linux or macOS: python benchmarks/latency.py
Prints median and 95th percentile in milliseconds, and as multiples of `python -c pass` in the same run.
Exit code 1 if the 95th percentile is 50 ms or more.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

LIMIT = 0.050
SITTINGS = 8
ASKED = 31


def sitting(home: str) -> list[float]:
    """Seconds from each key to the text of the next question, over one sitting."""
    environment = {**os.environ, "GAPCHECK_HOME": home, "TERM": "xterm-256color"}
    given = ["--person", "ada", "--role", "marketing-manager", "--hours", "4", "--hands", "supplier"]
    child = pexpect.spawn(
        sys.executable,
        ["-m", "gapcheck", "assess", *given],
        env=environment,
        dimensions=(40, 100),
        encoding="utf-8",
        timeout=20,
    )
    child.delaybeforesend = None
    child.expect_exact(f"[1/{ASKED}")
    waited = []
    for number in range(2, ASKED + 1):
        child.expect_exact("Not applicable to my work")
        time.sleep(0.05)
        before = time.perf_counter()
        child.send("3")
        child.expect_exact(f"[{number}/{ASKED}")
        waited.append(time.perf_counter() - before)
    child.close(force=True)
    return waited


def reference() -> float:
    """Median seconds of `python -c pass`."""
    times = []
    for _ in range(15):
        before = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def main() -> int:
    """Measure and print; 1 if the 95th percentile is over the limit."""
    with tempfile.TemporaryDirectory() as home:
        waited = [each for n in range(SITTINGS) for each in sitting(str(Path(home) / str(n)))]
    python = reference()
    middle, high = statistics.median(waited), statistics.quantiles(waited, n=20)[-1]
    print(f"key to next question, {len(waited)} answers (python -c pass: {python * 1000:.1f} ms)")
    print(f"median          {middle * 1000:5.1f} ms  {middle / python:4.1f}x")
    print(f"95th percentile {high * 1000:5.1f} ms  {high / python:4.1f}x  below {LIMIT * 1000:.0f} ms")
    return int(high >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
