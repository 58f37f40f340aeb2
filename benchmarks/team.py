"""How long reading a team takes, against `cat` of its folder and against YAML into pandas, all in one run.

Run it from the root of the repository, on Linux or macOS: python benchmarks/team.py [--quick]
Sheets of 50 skills are made in a temporary folder and deleted afterwards: 1,000, 10,000 and (not with --quick)
100,000, every hundredth of the last no good. pandas is compared with only where it is installed (about 100 MB).
Exit code 1 if a figure is over the limit that the project holds itself to.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from gapcheck.core.answers import CatalogRef, Rating, Sheet
from gapcheck.core.catalog import Catalog, Role
from gapcheck.core.people import People
from gapcheck.core.team import tally
from gapcheck.files import catalogs, shared, team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SKILLS = 50
RATINGS: tuple[Rating, ...] = (0, 1, 2, 3, 4, 5, "n/a", "unknown")
MOST_OF_CAT = 80
MOST_OF_PANDAS = 0.6
MOST_TIMES = 11
MOST_MEMORY = 300
REPEATS = 3


def make(folder: Path, catalog: Catalog, number: int, bad: int = 0) -> None:
    """A folder of shared sheets, evenly mixed with `bad` ones that each have a level out of range on line 10."""
    chance = random.Random(7)  # noqa: S311
    skills, roles = list(catalog.skills)[:SKILLS], list(catalog.roles)
    ref = CatalogRef(name=catalog.contents.name, version=catalog.contents.version)
    every = number // bad if bad else number + 1
    for n in range(1, number + 1):
        sheet = Sheet(
            person=f"p{n:06}",
            role=chance.choice(roles),
            group=f"group {n % 20}",
            date=dt.date(2027, 1, 1 + n % 28),
            catalog=ref,
            levels=dict(zip(skills, chance.choices(RATINGS, k=SKILLS), strict=True)),
        )
        text = shared.dump(sheet, catalog)
        if n % every == 0:
            lines = text.split("\n")
            lines[9] = f"{lines[9].rpartition(' ')[0]} 7"
            text = "\n".join(lines)
        (folder / f"{sheet.person}.yaml").write_text(text, encoding="utf-8")


def setting(catalog: Catalog) -> team.Setting:
    """What the sheets are read against."""
    loaded = catalogs.load(catalogs.shipped())
    return team.Setting(catalog, loaded.policy, People(), "every-skill", Role(name="Every skill", target=4))


def read(folder: Path, around: team.Setting) -> team.Found:
    """Reading plus tally, as every report on a team begins."""
    found = team.read(around, [folder])
    tally(found.team, "group")
    return found


def cat(folder: Path) -> None:
    """All bytes of the folder to nowhere."""
    command = ["find", str(folder), "-type", "f", "-exec", "cat", "{}", "+"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def through_pandas(folder: Path, pandas: Any) -> None:
    """The same counts the usual way: CSafeLoader into one row an answer, then groupby."""
    frame = pandas.DataFrame(_rows(folder), columns=["group", "role", "skill", "level"])
    frame.groupby(["group", "role", "skill", "level"]).size()


def _rows(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        for skill, level in data["levels"].items():
            yield data["group"], data["role"], skill, str(level)


def seconds(act: Callable[[], object], repeats: int = REPEATS) -> float:
    """The least wall time of some runs: what else the machine does can only add to it."""
    times = []
    for _ in range(repeats):
        before = time.perf_counter()
        act()
        times.append(time.perf_counter() - before)
    return min(times)


def show(name: str, figure: float, limit: float, unit: str) -> bool:
    """Print one figure beside its limit; whether it is over."""
    print(f"  {name:52} {figure:7.2f}{unit}  at most {limit:g}{unit}")
    return figure > limit


def compare(folder: Path, around: team.Setting, number: int) -> tuple[float, int]:
    """Print the figures of one size: seconds that reading took, and how many figures are over their limits."""
    make(folder, around.catalog, number)
    cat(folder)
    plain, ours = seconds(lambda: cat(folder)), seconds(lambda: read(folder, around))
    print(f"{number:,} sheets of {SKILLS} skills: read and counted in {ours:.2f} s; cat {plain:.3f} s")
    over = int(show("times cat of the folder", ours / plain, MOST_OF_CAT, "x"))
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        print("  pandas is not installed: not compared with")
        return ours, over
    usual = seconds(lambda: through_pandas(folder, pandas), repeats=1)
    return ours, over + show("times CSafeLoader and pandas", ours / usual, MOST_OF_PANDAS, "x")


def child(folder: Path) -> None:
    """In a process of its own: read a folder, and print what was found with the peak of memory in MiB."""
    around = setting(catalogs.load(catalogs.shipped()).catalog)
    before = time.perf_counter()
    found = read(folder, around)
    took = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    placed = sum(problem.span.line == 10 for problem in found.problems)
    print(json.dumps({"read": found.read, "bad": found.bad, "placed": placed, "peak": peak, "seconds": took}))


def large(folder: Path, catalog: Catalog, number: int, bad: int) -> int:
    """Print the figures of a folder with bad sheets in it; how many are not as they must be."""
    make(folder, catalog, number, bad)
    command = [sys.executable, __file__, "--child", str(folder)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{number:,} sheets, {bad:,} of them bad: read and counted in {done['seconds']:.1f} s")
    print(f"  read {done['read']:,}, bad {done['bad']:,}, listed with their line {done['placed']}")
    wrong = (done["read"], done["bad"], done["placed"]) != (number - bad, bad, min(bad, 100))
    return wrong + show("peak memory", done["peak"], MOST_MEMORY, " MiB")


def main(arguments: list[str]) -> int:
    """Measure and print; 1 if a figure is over its limit."""
    gc.disable()  # as the command line does
    if arguments[:1] == ["--child"]:
        child(Path(arguments[1]))
        return 0
    catalog = catalogs.load(catalogs.shipped()).catalog
    around = setting(catalog)
    with tempfile.TemporaryDirectory() as root:
        small, middle, big = (Path(root, name) for name in ("small", "middle", "big"))
        for folder in (small, middle, big):
            folder.mkdir()
        few, over = compare(small, around, 1_000)
        many, also = compare(middle, around, 10_000)
        over += also + show("times as long for ten times the sheets", many / few, MOST_TIMES, "x")
        over += 0 if "--quick" in arguments else large(big, catalog, 100_000, 1_000)
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
