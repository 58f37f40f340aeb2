"""Ways to come from ratings and checks to levels, each played by the same simulated people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.simulation.model import MODEL
from benchmarks.simulation.people import SKILLS
from benchmarks.simulation.posterior import People, cells_of, credible, settle, states_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.simulation.model import Floats
    from benchmarks.simulation.people import Drawn
    from benchmarks.simulation.posterior import Ints

ALL = SKILLS * 3
OPENING = 10
SITTING = 24
"""The default sitting: this many checks, of which the opening ones are drawn by lot."""

BUDGETS = {f"{percent}%": round(ALL * percent / 100) for percent in (20, 30, 40, 50)}
"""Shares of all checks, 31 to 78 of 156."""

RAW, MIDDLE, RATINGS = "raw ratings", "always level 2", "ratings only"
DEFAULT = f"default: {OPENING} by lot, then adaptive to {SITTING}"
GONE_ON = "default, never stopped"
ONE = "one check a skill"
EVERY = "all checks"
RANDOM, ADAPTIVE, UNSTOPPED = "random", "adaptive", "adaptive, never stopped"
STRATEGIES = (
    RAW,
    MIDDLE,
    RATINGS,
    DEFAULT,
    GONE_ON,
    *(f"{way}, {share}" for way in (RANDOM, ADAPTIVE, UNSTOPPED) for share in BUDGETS),
    ONE,
    EVERY,
)
"""Those never stopped go on to the budget though no check left is worth asking: what the stop costs."""

BATCH = 250
"""People computed at once: what they need then stays in some ten megabytes."""


@dataclass(frozen=True)
class Outcome:
    """True and decided levels (people x skills), the checks asked, and the ranges stated: low, high, mass."""

    true: Ints
    decided: Ints
    asked: Ints
    ranges: tuple[Ints, Ints, Floats] | None = None


def joined(parts: list[Outcome]) -> Outcome:
    """The outcomes of batches as one."""
    ranges = None
    if parts[0].ranges:
        low, high, mass = (np.concatenate(each) for each in zip(*(part.ranges or () for part in parts), strict=True))
        ranges = (low, high, mass)
    true, decided, asked = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("true", "decided", "asked")
    )
    return Outcome(true, decided, asked, ranges)


def play(drawn: Drawn, importance: Ints) -> dict[str, Outcome]:
    """Every strategy on these people."""
    people = len(drawn.levels)
    batches = [drawn.some(slice(start, start + BATCH)) for start in range(0, people, BATCH)]
    played = [dict(_play(batch, importance)) for batch in batches]
    return {name: joined([each[name] for each in played]) for name in STRATEGIES}


def _play(drawn: Drawn, importance: Ints) -> Iterator[tuple[str, Outcome]]:
    none = np.zeros(len(drawn.levels), dtype=np.int64)
    yield RAW, Outcome(drawn.levels, drawn.ratings, none)
    yield MIDDLE, Outcome(drawn.levels, np.full_like(drawn.levels, 2), none)
    rated = _people(drawn, np.zeros_like(drawn.right, dtype=np.int64))
    as_if = settle(rated.levels, drawn.ratings, np.full_like(none, MODEL.least_checks))
    yield RATINGS, Outcome(drawn.levels, as_if, none, credible(rated.levels))
    for name, asked in _fixed(drawn):
        yield name, _decided(drawn, _people(drawn, asked))
    for name, people in _adaptive(drawn, rated, importance):
        yield name, _decided(drawn, people)


def _decided(drawn: Drawn, people: People) -> Outcome:
    """What the product decides: see posterior.settle."""
    answered = (states_of(people.cells) > 0).sum(axis=(1, 2))
    levels = people.levels
    return Outcome(drawn.levels, settle(levels, drawn.ratings, answered), answered, credible(levels))


def _people(drawn: Drawn, asked: Ints) -> People:
    """What people have shown once these checks were asked (1, else 0; people x skills x 3)."""
    return People.of(cells_of(drawn.ratings, asked * np.where(drawn.right, 1, 2)))


def _by_lot(drawn: Drawn, number: int) -> Ints:
    """1 for the first checks of each person's lot, else 0; people x skills x 3."""
    asked = np.zeros((len(drawn.levels), ALL), dtype=np.int64)
    np.put_along_axis(asked, drawn.order[:, :number], 1, axis=1)
    return asked.reshape(drawn.right.shape)


def _fixed(drawn: Drawn) -> Iterator[tuple[str, Ints]]:
    """Strategies that do not look at the answers."""
    for share, number in BUDGETS.items():
        yield f"{RANDOM}, {share}", _by_lot(drawn, number)
    middle = np.zeros_like(drawn.right, dtype=np.int64)
    middle[..., 1] = 1
    yield ONE, middle
    yield EVERY, np.ones_like(middle)


def _adaptive(drawn: Drawn, rated: People, importance: Ints) -> Iterator[tuple[str, People]]:
    """Strategies that ask what is expected to settle most."""
    shares = {number: share for share, number in BUDGETS.items()}
    for number, (stopped, gone_on) in enumerate(asked_on(drawn, rated, importance, max(shares)), start=1):
        if number in shares:
            yield f"{ADAPTIVE}, {shares[number]}", stopped
            yield f"{UNSTOPPED}, {shares[number]}", gone_on
    opened = _people(drawn, _by_lot(drawn, OPENING))
    *_, (stopped, gone_on) = asked_on(drawn, opened, importance, SITTING - OPENING)
    yield DEFAULT, stopped
    yield GONE_ON, gone_on


def asked_on(drawn: Drawn, people: People, importance: Ints, most: int) -> Iterator[tuple[People, People]]:
    """People after each further check: those who stop once none left is worth asking, and the same never stopped."""
    stopped, going = people, np.ones(len(people.cells), dtype=bool)
    for _ in range(most):
        few = (states_of(people.cells) > 0).sum(axis=(1, 2)) < MODEL.least_checks
        skill, check, score = people.next_check(importance)
        people = people.after(skill, check, drawn.right[np.arange(len(skill)), skill, check])
        going &= few | (score >= MODEL.least_score)
        stopped = stopped.where(going, people)
        yield stopped, people
