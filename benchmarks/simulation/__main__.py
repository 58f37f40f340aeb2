"""Simulated people, what the model makes of their ratings and checks, and the page about it.

Run it from the root of the repository: python -m benchmarks.simulation --to docs/simulation.md
Without --to the page goes to standard output. It takes a quarter of an hour on one core; --people 100 is a short run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PEOPLE = 2000
"""People of each kind on the page."""


def run(names: Iterable[str], people: int) -> str:
    """The page about people of these kinds, as Markdown; progress goes to standard error."""
    import numpy as np

    from benchmarks.simulation.measures import correlation, measure
    from benchmarks.simulation.page import page
    from benchmarks.simulation.people import KINDS, SKILLS, draw
    from benchmarks.simulation.strategies import play
    from gapcheck.files import catalogs

    skills = catalogs.load(catalogs.shipped()).catalog.skills.values()
    importance = [skill.importance for skill in skills if len(skill.checks) == 3][:SKILLS]
    found, correlations = {}, {}
    for name in names:
        before = time.perf_counter()
        drawn = draw(KINDS[name], people)
        outcomes = play(drawn, np.array(importance))
        found[name] = {strategy: measure(outcome) for strategy, outcome in outcomes.items()}
        correlations[name] = correlation(drawn.levels, drawn.ratings)
        print(f"{name}: {time.perf_counter() - before:.0f} s", file=sys.stderr, flush=True)
    return page(found, people, importance, correlations)


def main() -> int:
    """Run, and write the page; always 0, since missed aims are a finding and not a fault."""
    from benchmarks.simulation.people import KINDS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="people of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="only these kinds")
    parser.add_argument("--to", type=Path, help="the file to write")
    given = parser.parse_args()
    text = run(given.kinds, given.people)
    if given.to:
        given.to.write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy starts threads: they gain nothing on small arrays
    sys.exit(main())
