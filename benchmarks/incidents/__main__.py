"""Series with incidents planted in them, what gapcheck and simpler methods find, and tables about it.

Run it from the root of the repository: python -m benchmarks.incidents
It takes four minutes of one core; --series 36 is a short run. Tables go to standard output.
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

    from benchmarks.incidents.score import Outcome
    from benchmarks.incidents.series import Series


def run(many: Iterable[Series]) -> dict[str, list[Outcome]]:
    """What every method makes of these series; the time it takes goes to standard error."""
    from benchmarks.incidents.rivals import DETECTORS
    from benchmarks.incidents.score import outcome

    found: dict[str, list[Outcome]] = {name: [] for name in DETECTORS}
    took = dict.fromkeys(DETECTORS, 0.0)
    for series in many:
        for name, detector in DETECTORS.items():
            before = time.perf_counter()
            alarms = detector(series)
            took[name] += time.perf_counter() - before
            found[name].append(outcome(series, alarms))
    for name, seconds in took.items():
        print(f"{name}: {seconds:.1f} s", file=sys.stderr, flush=True)
    return found


def main() -> int:
    """Run, and write the tables; always 0, since being behind is a finding and not a fault."""
    from benchmarks.incidents import nab, page, quiet
    from benchmarks.incidents.generate import SERIES, generate

    parser = argparse.ArgumentParser(prog="python -m benchmarks.incidents", description=__doc__)
    parser.add_argument("--series", type=int, default=SERIES, help="how many to generate")
    parser.add_argument("--nab", type=Path, metavar="FOLDER", help="score the series of this folder instead")
    parser.add_argument("--quiet", type=int, metavar="N", help="only count alarms in N series of each kind of noise")
    given = parser.parse_args()
    if given.quiet:
        sys.stdout.write(quiet.page(given.quiet))
    elif given.nab:
        sys.stdout.write(page.labelled(run(nab.read(given.nab))))
    else:
        sys.stdout.write(page.page(run(generate(given.series))))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy starts threads: they gain nothing on small arrays
    sys.exit(main())
