"""What to learn, against counting out every choice there is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gapcheck.core.plan import Candidate, Option, choose

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

Levels = dict[str, int | None]


@dataclass(frozen=True)
class Case:
    """Everything a choice reads."""

    pool: tuple[Candidate, ...]
    levels: Levels
    budget: float
    at_once: int

    def choose(self) -> dict[str, Option]:
        return choose(self.pool, self.levels, self.budget, self.at_once)


def worth(picked: Mapping[str, Option]) -> tuple[int, int]:
    """Value, then hours saved: more of it is better."""
    return sum(option.value for option in picked.values()), -sum(option.hours for option in picked.values())


def can_be_begun(picked: Mapping[str, Option], case: Case) -> bool:
    """Whether the skills can be learned one after another, each when all it needs is there or not known."""
    levels, waiting = dict(case.levels), {c.skill: c for c in case.pool if c.skill in picked}
    while waiting:
        ready = [c.skill for c in waiting.values() if all(there(levels, *need) for need in c.needs)]
        if not ready:
            return False
        for skill in ready:
            levels[skill] = picked[skill].to
            del waiting[skill]
    return True


def there(levels: Levels, skill: str, need: int) -> bool:
    level = levels.get(skill)
    return level is None or level >= need


def every_choice(case: Case) -> tuple[int, int]:
    """The best value and hours of all choices that are allowed."""
    best = (0, 0)
    for options in itertools.product(*((None, *c.options) for c in case.pool)):
        picked = {c.skill: option for c, option in zip(case.pool, options, strict=True) if option}
        hours = sum(option.hours for option in picked.values())
        carried = sum(option.to >= 4 for option in picked.values())
        if hours <= case.budget and carried <= case.at_once and worth(picked) > best and can_be_begun(picked, case):
            best = worth(picked)
    return best


@st.composite
def cases(draw: st.DrawFn, most: int = 7) -> Case:
    """Small cases: needs in circles, of oneself and of skills nobody answered for; hours and values that tie."""
    names = [f"s{n}" for n in range(draw(st.integers(0, most)))]
    large = draw(st.sampled_from([4, 30]))
    levels: Levels = {"there": 4, "open": None} | {name: draw(st.integers(0, 3)) for name in names}
    needable = st.tuples(st.sampled_from([*names, "there", "open", "unheard-of"]), st.integers(1, 5))
    pool = []
    for name in names:
        level = levels[name] or 0
        goals = sorted(draw(st.sets(st.integers(level + 1, 5), max_size=2)))
        hours = itertools.accumulate(draw(st.integers(n == 0, large)) for n, _ in enumerate(goals))
        values = itertools.accumulate(draw(st.integers(0, large)) for _ in goals)
        options = tuple(Option(*of) for of in zip(goals, hours, values, strict=True))
        pool.append(Candidate(name, level, options, tuple(draw(st.lists(needable, max_size=2)))))
    budget = draw(st.one_of(st.integers(0, 4 * large), st.floats(0, 4 * large)))
    return Case(tuple(pool), levels, budget, draw(st.integers(0, 3)))


PLACES_TAKEN = Case((Candidate("a", 0, (Option(2, 6, 1), Option(4, 7, 5))),), {"a": 0}, 10.5, 0)
"""No place to carry anything, and carrying is the better hour: judging is worth its hours all the same."""

THE_CHEAPER_TIE = Case(
    (
        Candidate("a", 0, (Option(2, 5, 1), Option(3, 9, 1))),
        Candidate("b", 2, (Option(3, 1, 0), Option(5, 3, 1))),
    ),
    {"a": 0, "b": 2},
    17,
    0,
)
"""A step worth nothing in itself, and a tie: neither takes hours."""


NEEDED_BY_ANOTHER = Case(
    (
        Candidate("other", 1, (Option(2, 10, 1000),)),
        Candidate("base", 1, (Option(2, 10, 50),)),
        Candidate("top", 1, (Option(3, 20, 1900),), (("base", 2),)),
    ),
    {"other": 1, "base": 1, "top": 1},
    30,
    3,
)
"""As many hours in a better skill are no substitute for the one that the best skill needs."""


@settings(max_examples=2500)
@given(cases())
@example(NEEDED_BY_ANOTHER)
@example(PLACES_TAKEN)
@example(THE_CHEAPER_TIE)
def test_the_choice_is_the_best_of_all(case: Case) -> None:
    """In value, and of equal values in hours."""
    assert worth(case.choose()) == every_choice(case)


@settings(max_examples=300)
@given(cases(most=14))
def test_the_choice_keeps_to_hours_places_and_needs(case: Case) -> None:
    picked = case.choose()
    assert sum(option.hours for option in picked.values()) <= case.budget
    assert sum(option.to >= 4 for option in picked.values()) <= case.at_once
    assert all(picked[c.skill] in c.options for c in case.pool if c.skill in picked)
    assert can_be_begun(picked, case)


@given(cases(), st.randoms())
def test_the_order_of_levels_changes_nothing(case: Case, shuffle: random.Random) -> None:
    mixed = list(case.levels.items())
    shuffle.shuffle(mixed)
    picked = case.choose()
    again = replace(case, levels=dict(mixed)).choose()
    assert (again, list(again)) == (picked, list(picked))


@given(cases(), st.randoms())
def test_the_order_of_candidates_changes_no_value_and_no_hour(case: Case, shuffle: random.Random) -> None:
    mixed = list(case.pool)
    shuffle.shuffle(mixed)
    assert worth(replace(case, pool=tuple(mixed)).choose()) == worth(case.choose())


@given(cases())
def test_more_hours_and_more_places_are_never_worth_less(case: Case) -> None:
    value, _ = worth(case.choose())
    assert worth(replace(case, budget=case.budget + 1).choose())[0] >= value
    assert worth(replace(case, at_once=case.at_once + 1).choose())[0] >= value


def alike(skill: str, *needs: tuple[str, int], level: int = 1) -> Candidate:
    return Candidate(skill, level, (Option(2, 10, 100), Option(4, 30, 300)), needs)


def test_of_two_alike_the_earlier_is_chosen() -> None:
    assert choose([alike("a"), alike("b")], {}, 30, 3) == {"a": Option(4, 30, 300)}
    assert choose([alike("b"), alike("a")], {}, 30, 3) == {"b": Option(4, 30, 300)}


def test_of_two_choices_alike_the_one_with_the_better_hours_is_taken() -> None:
    even, good, poor = (
        Candidate(s, 2, (Option(3, *of),)) for s, of in (("e", (10, 100)), ("g", (4, 60)), ("p", (6, 40)))
    )
    assert set(choose([even, good, poor], {}, 10, 3)) == {"g", "p"}


def test_no_hours_no_candidates_and_no_options_choose_nothing() -> None:
    assert choose([alike("a")], {}, 0, 3) == {}
    assert choose([], {}, 100, 3) == {}
    assert choose([Candidate("a", 4, ())], {}, 100, 3) == {}


def test_a_skill_longer_than_the_horizon_is_left_and_what_fits_is_taken() -> None:
    long = Candidate("long", 0, (Option(4, 500, 9_000),))
    assert choose([long, alike("short")], {}, 104, 3) == {"short": Option(4, 30, 300)}


def test_skills_that_wait_for_each_other_are_left_out_with_all_that_waits_for_them() -> None:
    pool = [alike("a", ("b", 2)), alike("b", ("a", 2)), alike("c", ("a", 2)), alike("self", ("self", 2)), alike("d")]
    levels: Levels = dict.fromkeys(("a", "b", "c", "d", "self"), 1)
    assert set(choose(pool, levels, 1000, 9)) == {"d"}


def test_a_circle_is_no_circle_to_whoever_has_a_part_of_it() -> None:
    pool = [alike("a", ("b", 2)), alike("b", ("a", 3), level=2)]
    for order in (pool, pool[::-1]):
        assert set(choose(order, {"a": 1, "b": 2}, 60, 9)) == {"a", "b"}


def test_a_need_is_met_by_a_goal_that_reaches_it_and_by_no_lower_one() -> None:
    pool = [alike("base"), Candidate("top", 1, (Option(2, 1, 5_000),), (("base", 4),))]
    levels: Levels = {"base": 1, "top": 1}
    assert choose(pool, levels, 30, 3) == {"base": Option(4, 30, 300)}
    assert choose(pool, levels, 31, 3) == {"base": Option(4, 30, 300), "top": Option(2, 1, 5_000)}
    assert choose(pool, levels, 31, 0) == {"base": Option(2, 10, 100)}


def test_a_need_that_nobody_answered_for_counts_as_there() -> None:
    assert choose([alike("a", ("open", 4), ("unheard-of", 4))], {"a": 1, "open": None}, 30, 3)
