"""docs/simulation.md: what was counted, held against the aims, those missed first."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.simulation.model import MODEL
from benchmarks.simulation.people import KINDS, RATERS, SEED, SKILLS, WORLDS, Kind
from benchmarks.simulation.strategies import (
    ADAPTIVE,
    ALL,
    BUDGETS,
    DEFAULT,
    EVERY,
    OPENING,
    RANDOM,
    RATINGS,
    RAW,
    SITTING,
    STRATEGIES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.simulation.measures import Measures

Found = dict[str, dict[str, "Measures"]]
"""Measures by kind of people and strategy."""

FORTY = f"{ADAPTIVE}, 40%"
COLUMNS: tuple[tuple[str, Callable[[Measures], str]], ...] = (
    ("checks", lambda m: f"{m.asked:.0f}"),
    ("right verdicts", lambda m: number(m.right)),
    ("3 classes", lambda m: number(m.three)),
    ("balanced", lambda m: number(m.balanced)),
    ("kappa", lambda m: number(m.kappa)),
    ("wrong *do*", lambda m: number(m.wrong_do)),
    ("missed *do*", lambda m: number(m.missed_do)),
    ("2 classes off", lambda m: number(m.far)),
    ("range says", lambda m: number(m.stated)),
    ("range holds", lambda m: number(m.held)),
)


RATE = """\
## People who rate themselves differently

All but the careless answer checks as the model supposes: as worded, as if harder or easier, looked up, or not tried, in
its shares.
"""
WRONG = """\
## Worlds where the model is wrong

All rate themselves as the mixed do; one thing departs from the model.
"""


@dataclass(frozen=True)
class Aim:
    """What was to be reached, and what was."""

    words: str
    found: str
    met: bool


def number(value: float | None) -> str:
    """Three decimals without the leading zero; a dash where there is nothing to count."""
    if value is None or math.isnan(value):
        return "-"
    text = f"{round(value, 3) + 0.0:.3f}"  # + 0.0: no minus before zero
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def digest(people: int) -> str:
    """12 hex digits of everything a run follows from except the catalog: the model's numbers, kinds, budgets, seed."""
    said = repr((MODEL, tuple(KINDS.values()), people, SEED, SKILLS, OPENING, SITTING, BUDGETS))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def gain(by: dict[str, Measures], strategy: str, base: str) -> float:
    """The share of what all checks add to right verdicts over the base that a strategy reaches."""
    return (by[strategy].right - by[base].right) / (by[EVERY].right - by[base].right)


def aims(found: Found) -> Iterator[Aim]:
    """All aims whose kinds were played."""
    if "mixed" in found:
        yield _share(found["mixed"], FORTY, 0.80, "at 40% of the checks")
        yield _share(found["mixed"], DEFAULT, 0.45, f"in the default sitting of {SITTING}")
    for strategy, where in ((DEFAULT, "default sitting"), (FORTY, "adaptive, 40%")):
        if "inflated" in found:
            yield _times(
                found["inflated"], strategy, 1.30, f"Inflated people: at least 30% more right verdicts ({where})"
            )
        if "honest" in found:
            yield _times(found["honest"], strategy, 1.0, f"Honest people: no fewer right verdicts than raw ({where})")
    for kinds, who in ((RATERS, "all raters but the careless"), (WORLDS, "worlds where the model is wrong")):
        for strategy in (DEFAULT, FORTY, EVERY):
            yield from _ranges(found, kinds, strategy, who)


def _share(by: dict[str, Measures], strategy: str, least: float, where: str) -> Aim:
    reached = gain(by, strategy, RATINGS)
    words = f"Mixed people: at least {least:.0%} of the gain of all checks over ratings only, {where}"
    return Aim(words, f"{reached:.0%}, with {by[strategy].asked:.0f} checks asked", reached >= least)


def _times(by: dict[str, Measures], strategy: str, least: float, words: str) -> Aim:
    times = by[strategy].right / by[RAW].right
    return Aim(words, f"{number(by[RAW].right)} to {number(by[strategy].right)}, {times - 1:+.0%}", times >= least)


def _ranges(found: Found, kinds: Iterable[Kind], strategy: str, who: str) -> Iterator[Aim]:
    """The kind whose ranges hold least true."""
    off = {}
    for kind in kinds:
        if kind.name in found and kind.name != "careless":
            one = found[kind.name][strategy]
            off[kind.name] = (one.held or 0) - (one.stated or 0)
    if off:
        worst = max(off, key=lambda name: abs(off[name]))
        beyond = sum(abs(each) > 0.04 for each in off.values())
        words = f"Ranges hold within .04 of what they say: {who} ({strategy})"
        said = f"worst {worst}, {off[worst]:+.3f}; {beyond} of {len(off)} kinds beyond .04"
        yield Aim(words, said, beyond == 0)


def page(found: Found, people: int, importance: list[int], correlations: dict[str, float]) -> str:
    """The whole page as Markdown."""
    lines = [*_head(people, importance), *_aims(found), *_counted()]
    if "mixed" in found:
        lines += _gains(found["mixed"])
    for title, kinds in ((RATE, RATERS), (WRONG, WORLDS)):
        lines += [title]
        for kind in kinds:
            if kind.name in found:
                lines += _kind(kind, found[kind.name], correlations[kind.name])
    return "\n".join(lines).rstrip() + "\n"


def _head(people: int, importance: list[int]) -> Iterator[str]:
    counts = ", ".join(f"{importance.count(each)} of {each}" for each in sorted(set(importance), reverse=True))
    yield f"""\
# Simulation

Generated by the command below; what it means stands in [calibration](calibration.md).

    python -m benchmarks.simulation --to docs/simulation.md

Simulated people, {people:,} of each kind, none of them real. Each rates {SKILLS} skills, the first of the shipped
catalog (importances: {counts}), and each skill has three checks,
{ALL} in all. The figures say what follows if people are as supposed; whether people are so they do not say.

Parameters: `{digest(people)}`
"""


def _aims(found: Found) -> Iterator[str]:
    judged = sorted(aims(found), key=lambda aim: aim.met)
    missed = sum(not aim.met for aim in judged)
    yield from (f"## Aims: {missed} of {len(judged)} missed", "", "| | aim | found |", "|---|---|---|")
    for aim in judged:
        yield f"| {'met' if aim.met else '**missed**'} | {aim.words} | {aim.found} |"
    yield ""


def _counted() -> Iterator[str]:
    few, kept, least = MODEL.least_checks, number(MODEL.kept)[:-1], number(MODEL.least_score)[:-1]
    yield f"""\
## What is counted

- **Right verdicts**: the decided level is in the class of the true one, of four: 0-1, 2, 3, 4-5. Decisions and the
  choice of checks use these classes.
- **3 classes**: the same with 0-1, 2-3, 4-5; to say the middle always is then right for half of all skills.
  **Balanced**: the mean over these three of the share found.
- **Kappa**: quadratic weights, six levels.
- ***do*** is level 4 or 5, alone and without help. **Wrong**: the share of decided *do* that is not.
  **Missed**: the share of true *do* decided lower.
- **2 classes off**: two or more of the four classes.
- **Range says, holds**: the mean mass that ranges of at least {number(MODEL.least_mass)[:-1]} state, and the share of
  them with the true level. Among the aims, + stands for ranges that hold more than they say.

Decided is what gapcheck decides: with fewer than {few} checks the claim stands; with more it stands while its
class keeps {kept} of the posterior, and gives way to the posterior median otherwise (upward by one level at most, and
never beyond 3). *{RATINGS}* is that rule as if {few} checks had been answered. *{ADAPTIVE}* asks by importance and
gain and, from {few} on, stops below a score of {least}, so that fewer are asked than the share allows; *never stopped*
goes on. *{RANDOM}* is by lot.
"""


def _gains(by: dict[str, Measures]) -> Iterator[str]:
    yield from ("## What checks gain, mixed people", "")
    yield "The share of what all checks add to right verdicts; se is the standard error of right verdicts, over people."
    yield from (
        "",
        "| | checks asked | stopped below 20 | right verdicts | se | of the gain over ratings only | over raw |",
    )
    yield "|---|---|---|---|---|---|---|"
    for name in STRATEGIES[3:]:
        one = by[name]
        shares = f"{gain(by, name, RATINGS):.0%} | {gain(by, name, RAW):.0%}"
        yield f"| {name} | {one.asked:.0f} | {one.few:.0%} | {number(one.right)} | {number(one.error)} | {shares} |"
    yield ""


def _kind(kind: Kind, by: dict[str, Measures], correlation: float) -> Iterator[str]:
    tie = "" if math.isnan(correlation) else f"Ratings and levels correlate {number(correlation)}."
    yield from (f"### {kind.name}", "", f"{kind.says[0].upper()}{kind.says[1:]}. {tie}".rstrip(), "")
    yield "| | " + " | ".join(title for title, _ in COLUMNS) + " |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for name in STRATEGIES:
        yield f"| {name} | " + " | ".join(shown(by[name]) for _, shown in COLUMNS) + " |"
    yield ""
