"""What to learn out of a whole catalog: against dynamic programming, and how long it takes."""

from __future__ import annotations

import itertools
import math
import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.plan import Candidate, Option, choose

if TYPE_CHECKING:
    from collections.abc import Sequence


def random_pool(size: int, seed: int) -> tuple[Candidate, ...]:
    """Skills as long and as weighty as the shipped ones, none needing another."""
    some = random.Random(seed)  # noqa: S311 (no secret)
    pool = []
    for n in range(size):
        weight, target = some.randint(1, 5) * some.choice([1000, 1500, 2000]), some.choice([3, 4])
        judge, reach = some.randint(6, 16), some.randint(12, 40)
        judging = Option(2, judge, weight)
        whole = Option(target, judge + reach, 3 * weight)
        options = (judging, whole) if some.random() < 0.6 else (replace(whole, hours=reach, value=2 * weight),)
        pool.append(Candidate(f"s{n}", 0 if len(options) == 2 else 2, options))
    return tuple(pool)


def by_dynamic_programming(pool: Sequence[Candidate], budget: int, at_once: int) -> tuple[int, int]:
    """The best value and hours by a table over hours taken and places taken: nothing in common with a search."""
    table = [[-math.inf] * (budget + 1) for _ in range(at_once + 1)]
    table[0][0] = 0
    for candidate in pool:
        before = [[*row] for row in table]
        for option, places in itertools.product(candidate.options, range(at_once + 1)):
            left = places - (option.to >= 4)
            for hours in range(option.hours, budget + 1) if left >= 0 else ():
                reached = before[left][hours - option.hours] + option.value
                table[places][hours] = max(table[places][hours], reached)
    value, saved = max((value, -hours) for row in table for hours, value in enumerate(row))
    return int(value), saved


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("budget", [52, 104, 260])
def test_a_whole_catalog_is_chosen_exactly(seed: int, budget: int) -> None:
    pool = random_pool(54, seed)
    picked = choose(pool, {}, budget, 3).values()
    value, hours = sum(option.value for option in picked), sum(option.hours for option in picked)
    assert (value, -hours) == by_dynamic_programming(pool, budget, 3)


def test_sixty_skills_are_chosen_in_no_time() -> None:
    """Different ones, and ones so much alike that no bound tells them apart: a catalog of names alone."""
    begun = time.perf_counter()
    for seed in range(5):
        choose(random_pool(60, seed), {}, 260, 3)
    choose([Candidate(f"s{n}", 1, (Option(2, 8, 3000), Option(4, 40, 9000))) for n in range(60)], {}, 34, 3)
    assert time.perf_counter() - begun < 10
