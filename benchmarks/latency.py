"""From key press to the next view, in a pseudo-terminal: the time a person waits in a sitting with checks.

Three waits: after the first and second key of a level, after the answer to a chosen check (its solution comes, and
the estimate takes the answer in), and after a solution (the next check is chosen).

Run it from the root of the repository, on Linux or macOS: python benchmarks/latency.py
Prints median and 95th percentile in milliseconds, and as multiples of `python -c pass` in the same run.
Exit code 1 if the 95th percentile of any of them is 50 ms or more.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pexpect

from gapcheck.files import catalogs

LIMIT = 0.050
SITTINGS = 8
ROLE = "marketing-manager"
GIVEN = ("--role", ROLE, "--hours", "4", "--hands", "supplier", "--checks", "all")

CATALOG = catalogs.load(catalogs.shipped()).catalog
ASKED = sum(bool(CATALOG.roles[ROLE].target_of(skill)) for skill in CATALOG.skills)
CHECKS = [check for skill in CATALOG.skills.values() for check in skill.checks.values()]
QUESTIONS = {" ".join(check.question.split()): check for check in CHECKS}

BEGUN = "\x1b[?2004h"
DRAWN = re.compile(r"\x1b\[\?7h\x1b\[0m(\x1b\[\?12l\x1b\[\?25h)?\Z")
CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")
KINDS = {
    "check": r"\[check \d+/\d+ [^\]]+\]",
    "solution": r"\[check \d+/\d+\]",
    "level": rf"\[\d+/{ASKED} [^\]]+\]",
    "terms": r"\[terms ",
    "text": r"your last delivery",
    "interest": r"\[last question\]",
    "summary": r"\[summary\]",
}
"""How the views of a sitting begin."""


class Waits:
    """One sitting, answered to its summary; seconds from each key to the view after it, by kind of question."""

    def __init__(self, home: str, person: str) -> None:
        environment = {**os.environ, "GAPCHECK_HOME": home, "TERM": "xterm-256color"}
        command = ["-m", "gapcheck", "assess", "--person", person, *GIVEN]
        self.child: Any = pexpect.spawn(
            sys.executable, command, env=environment, dimensions=(40, 100), encoding="utf-8", timeout=20
        )
        self.child.delaybeforesend = None
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.rated = 0

    def view(self) -> str:
        """All that is shown once the next view is drawn."""
        shown = ""
        while not (BEGUN in shown and DRAWN.search(shown)):
            shown += self.child.read_nonblocking(4096, timeout=20)
        return " ".join(CODES.sub("", shown.rpartition(BEGUN)[2]).split())

    def press(self, keys: str, kind: str = "") -> str:
        """Press keys as a person would, some time after the view stood; gives the next view."""
        time.sleep(0.02)
        before = time.perf_counter()
        self.child.send(keys)
        view = self.view()
        if kind:
            self.seconds[kind].append(time.perf_counter() - before)
        return view

    def whole(self) -> dict[str, list[float]]:
        """Answer every question up to the summary."""
        view = self.view()
        while (kind := kind_of(view)) != "summary":
            view = self.answer(kind, view)
        self.child.close(force=True)
        return self.seconds

    def answer(self, kind: str, view: str) -> str:
        """One question answered: levels differ, and the lower checks are right."""
        if kind == "level":
            self.rated += 1
            key = "2343"[self.rated % 4]
            self.press(key, "level")
            return self.press(key, "level")
        if kind == "check":
            return self.press(option_for(view), "check" if self.rated else "")
        return self.press("\r", "solution" if kind == "solution" and self.rated else "")


def kind_of(view: str) -> str:
    """The kind of question in view."""
    return next(kind for kind, begin in KINDS.items() if re.search(begin, view))


def option_for(view: str) -> str:
    """The right option of about every other check, as it comes; else that one does not know."""
    question = next((text for text in QUESTIONS if text in view), None)
    if question is None or len(question) % 2:
        return "u"
    return QUESTIONS[question].answer


def reference() -> float:
    """Median seconds of `python -c pass`."""
    times = []
    for _ in range(15):
        before = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def main() -> int:
    """Measure and print; 1 if a 95th percentile is over the limit."""
    waited: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as home:
        for n in range(SITTINGS):
            for kind, seconds in Waits(str(Path(home) / str(n)), f"person-{n}").whole().items():
                waited[kind] += seconds
    python = reference()
    print(f"key to next view (python -c pass: {python * 1000:.1f} ms)")
    slow = False
    for kind, seconds in waited.items():
        middle, high = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        slow |= high >= LIMIT
        print(
            f"{kind:9} {len(seconds):4} keys  median {middle * 1000:5.1f} ms {middle / python:4.1f}x  "
            f"95th percentile {high * 1000:5.1f} ms {high / python:4.1f}x  below {LIMIT * 1000:.0f} ms"
        )
    return int(slow or set(waited) != {"level", "check", "solution"})


if __name__ == "__main__":
    sys.exit(main())
