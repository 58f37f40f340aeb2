"""What to learn out of a whole catalog: against dynamic programming and a solver, and how long it takes."""

from __future__ import annotations

import importlib
import itertools
import math
import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.core.plan import Candidate, Option, candidates, choose
from gapcheck.core.rubric import Rubric, situation
from gapcheck.files import catalogs
from tests.core import small

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.core.answers import Rating
    from gapcheck.core.policy import Policy


def random_pool(size: int, seed: int) -> tuple[Candidate, ...]:
    """Skills as long and as weighty as the shipped ones, none needing another."""
    some = random.Random(seed)
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


def by_solver(
    pool: Sequence[Candidate], levels: Mapping[str, int | None], budget: float, at_once: int
) -> tuple[int, int]:
    """The best value and hours by HiGHS, which knows nothing of the search; what is needed first counts as well."""
    model: Any = importlib.import_module("highspy").Highs()
    model.silent()
    picks = {c.skill: {option: model.addBinary() for option in c.options} for c in pool}
    every = [(option, pick) for options in picks.values() for option, pick in options.items()]
    for candidate in pool:
        mine = sum(picks[candidate.skill].values())
        model.addConstr(mine <= 1)
        for skill, need in candidate.needs:
            level = levels.get(skill)
            if level is not None and level < need:
                first = [pick for option, pick in picks.get(skill, {}).items() if option.to >= need]
                model.addConstr(mine - sum(first) <= 0)
    model.addConstr(sum(option.hours * pick for option, pick in every) <= budget)
    model.addConstr(sum((option.to >= 4) * pick for option, pick in every) <= at_once)
    model.maximize(sum((option.value * 10_000 - option.hours) * pick for option, pick in every))
    taken = [option for option, pick in every if model.val(pick) > 0.5]
    return sum(option.value for option in taken), sum(option.hours for option in taken)


@pytest.mark.parametrize("seed", range(40))
def test_the_shipped_catalog_is_chosen_as_an_independent_solver_does(seed: int, policy: Policy) -> None:
    """Any role of it, any levels, urgent skills among them, with everything that a skill needs first."""
    catalog = catalogs.load(catalogs.shipped()).catalog
    some = random.Random(seed)
    role = some.choice(list(catalog.roles.values()))
    ratings: tuple[Rating, ...] = (0, 0, 1, 1, 2, 2, 3, 4, "n/a", "unknown")
    levels = {skill: some.choice(ratings) for skill in catalog.skills}
    sheet = small.sheet_of(levels, some.choice(["none", "supplier", "colleague"]))
    urgent = frozenset(some.sample(list(catalog.skills), 3))
    around = situation(catalog, policy, sheet, small.NOBODY, urgent)
    pool = candidates(catalog, Rubric.compile(catalog, policy, role, around), sheet)
    settled = {skill: sheet.settled_level(skill) for skill in catalog.skills}
    for budget in (52, 104, 208):
        picked = choose(pool, settled, budget, policy.learn_at_once).values()
        ours = sum(option.value for option in picked), sum(option.hours for option in picked)
        assert ours == by_solver(pool, settled, budget, policy.learn_at_once)
