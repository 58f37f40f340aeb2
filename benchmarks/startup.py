"""How long commands take, as multiples of `python -c pass` measured in the same run.

Run it from the root of the repository: python benchmarks/startup.py

Each command runs as a process of its own, in turn with the reference, so that a noisy moment hits both; the
median of the pairs' ratios is printed beside the limit that the project holds itself to. Exit code 1 if one is over.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
REFERENCE = ["-c", "pass"]
COMMANDS: dict[str, tuple[float, list[str]]] = {
    "--version": (2, ["--version"]),
    "--help": (9, ["--help"]),
    "report, a full sheet to Markdown": (35, ["report", "examples/sheets/ada.yaml", "--format", "markdown"]),
    "report, a full sheet to the terminal": (45, ["report", "examples/sheets/ada.yaml"]),
    "explain": (45, ["explain", "channel-planning", "examples/sheets/ada.yaml"]),
    "plan, 26 weeks": (60, ["plan", "examples/sheets/ada.yaml", "--start", "2027-01-04"]),
    "sheet lint": (35, ["sheet", "lint", "-q", "examples/sheets/ada.yaml"]),
    "catalog lint, 54 skills": (60, ["catalog", "lint"]),
}


def seconds(arguments: list[str]) -> float:
    """Wall time of one process, start to end. Raises CalledProcessError if it fails."""
    before = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before


def ratio(arguments: list[str]) -> tuple[float, float]:
    """Median ratio to the reference over RUNS pairs, and the median reference in seconds."""
    seconds(arguments)
    pairs = [(seconds(REFERENCE), seconds(["-m", "gapcheck", *arguments[2:]])) for _ in range(RUNS)]
    return statistics.median(b / a for a, b in pairs), statistics.median(a for a, _ in pairs)


def main() -> int:
    """Print a line per command; 1 if one is over its limit."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["GAPCHECK_HOME"] = home
        over = 0
        for name, (limit, arguments) in COMMANDS.items():
            times, reference = ratio(["-m", "gapcheck", *arguments])
            over += times > limit
            print(f"{name:40} {times:6.1f}x  at most {limit:g}x  (python -c pass: {reference * 1000:.1f} ms)")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
