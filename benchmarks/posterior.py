"""How long the posterior of the levels takes: from scratch, and per further check.

Run it from the root of the repository: python benchmarks/posterior.py
52 skills are rated and 24 checks answered. Prints medians in milliseconds, and as multiples of `python -c pass` in the
same run. Exit code 1 if one is at its limit or over.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time

from gapcheck.core.calibration import Estimate, Shown, next_check

SKILLS = [f"skill-{n}" for n in range(52)]
TAGS = (2, 3, 4)
ANSWERED = 24
LEFT = 112
RUNS = 15
LIMITS = {"scratch": 0.025, "further": 0.008}
WORDS = {
    "scratch": "all levels, first time in a process",
    "further": "one more check, all levels, the next of about 100",
}


def person(seed: int) -> tuple[dict[str, Shown], dict[str, set[int]], dict[str, int]]:
    """What 52 skills show, which checks are left, and what each skill weighs: drawn, but the same every time."""
    draw = random.Random(seed)  # noqa: S311
    ratings = {skill: draw.choice((0, 1, 2, 2, 3, 3, 3, 4, 4, 5)) for skill in SKILLS}
    checks = {skill: ((draw.choice(TAGS), draw.random() < 0.6),) for skill in draw.sample(SKILLS, ANSWERED)}
    shown = {skill: Shown(ratings[skill], checks.get(skill, ())) for skill in SKILLS}
    pairs = [(skill, tag) for skill in SKILLS for tag in TAGS if tag not in dict(shown[skill].checks)]
    left: dict[str, set[int]] = {skill: set() for skill in SKILLS}
    for skill, tag in draw.sample(pairs, LEFT):
        left[skill].add(tag)
    return shown, left, {skill: draw.randint(1, 5) for skill in SKILLS}


def scratch(seed: int) -> float:
    """Seconds for all levels."""
    shown, _, _ = person(seed)
    before = time.perf_counter()
    estimate = Estimate.of(shown)
    for skill in SKILLS:
        estimate.levels(skill)
    return time.perf_counter() - before


def first(seed: int) -> float:
    """Seconds for all levels in a process of its own, where nothing is tabulated yet."""
    done = subprocess.run([sys.executable, __file__, str(seed)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def further(seed: int) -> list[float]:
    """Seconds from each answer to the next check, over a sitting of as many again."""
    shown, left, importance = person(seed)
    draw = random.Random(seed)  # noqa: S311
    estimate = Estimate.of(shown)
    pick = next_check(estimate, left, importance)
    waited: list[float] = []
    while pick and len(waited) < ANSWERED:
        left[pick.skill].discard(pick.level)
        before = time.perf_counter()
        estimate = estimate.after(pick.skill, pick.level, right=draw.random() < 0.6)
        for skill in SKILLS:
            estimate.levels(skill)
        pick = next_check(estimate, left, importance)
        waited.append(time.perf_counter() - before)
    return waited


def reference() -> float:
    """Seconds of `python -c pass`."""
    before = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - before


def main() -> int:
    """Measure and print; 1 if a median is at its limit or over."""
    pairs = [(first(seed), reference()) for seed in range(RUNS)]
    medians = {
        "scratch": statistics.median(taken for taken, _ in pairs),
        "further": statistics.median(waited for seed in range(RUNS // 3) for waited in further(seed)),
    }
    python = statistics.median(passed for _, passed in pairs)
    print(f"{len(SKILLS)} skills, {ANSWERED} checks answered (python -c pass: {python * 1000:.1f} ms)")
    for name, median in medians.items():
        print(f"{WORDS[name]:50} {median * 1000:5.1f} ms  {median / python:4.1f}x  below {LIMITS[name] * 1000:.0f} ms")
    return int(any(median >= LIMITS[name] for name, median in medians.items()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(scratch(int(sys.argv[1])))
    else:
        sys.exit(main())
