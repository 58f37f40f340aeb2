"""Answers that can be guessed, held against chance computed exactly and without the formulas of the rules."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Catalog, Check
from gapcheck.lint import answers_bunched, answers_longest
from tests.core import small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.policy import Policy

Letter = Literal["a", "b", "c", "d"]
LETTERS: tuple[Letter, ...] = ("a", "b", "c", "d")
RARE = Fraction(1, 100)


def asked(answer: Letter = "a", *, longest: bool = False) -> Check:
    """A check whose right option is the longest, or as long as another one."""
    options = dict.fromkeys(LETTERS, "12345")
    options[answer] = "123456" if longest else "12345"
    return Check(question="?", options=options, answer=answer, why="!")


def catalog_of(checks: Iterable[Check]) -> Catalog:
    """One check to a skill."""
    return small.catalog_of({f"s{n}": small.skill(checks={"2": each}) for n, each in enumerate(checks)})


def bunched(policy: Policy, answers: Iterable[Letter]) -> bool:
    found = [*answers_bunched.check(catalog_of(map(asked, answers)), policy)]
    assert [each.file for each in found] in ([], ["catalog.yaml"])
    return bool(found)


def given_away(policy: Policy, hits: int, trials: int) -> bool:
    found = [*answers_longest.check(catalog_of(asked(longest=n < hits) for n in range(trials)), policy)]
    assert [each.file for each in found] in ([], ["catalog.yaml"])
    return bool(found)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ("abcd" * 10, False),
        ("a" * 20, True),
        ("a" * 19, False),
        ("aaabbccd" * 5, False),
        ("aaaabcd" * 6, True),
        ("ab" * 12, True),
    ],
    ids=["spread", "all a", "all a of 19", "rather a", "mostly a", "no c and d"],
)
def test_answers_that_bunch(policy: Policy, answers: str, found: bool) -> None:
    assert bunched(policy, [LETTERS["abcd".index(letter)] for letter in answers]) == found


def test_where_the_letters_stand_makes_no_difference(policy: Policy) -> None:
    for common in LETTERS:
        others = [letter for letter in LETTERS if letter != common]
        assert bunched(policy, [common] * 14 + others * 2)
        assert not bunched(policy, [common] * 11 + others * 3)


def test_the_limit_is_what_chance_exceeds_once_in_a_hundred() -> None:
    """The tail of chi-square with three degrees of freedom, in closed form."""
    x = answers_bunched.LIMIT
    tail = math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
    assert tail == pytest.approx(0.01, abs=2e-6)


@pytest.mark.parametrize("number", [20, 32])
def test_an_author_who_throws_dice_is_told_off_once_in_a_hundred_catalogs(policy: Policy, number: int) -> None:
    """Every way that so many answers can spread, each with its exact chance; the test is an approximation."""
    chance = Fraction(0)
    for cuts in combinations_with_replacement(range(number + 1), 3):
        counts = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], number - cuts[2]]
        if counts == sorted(counts):
            answers = [letter for letter, count in zip(LETTERS, counts, strict=True) for _ in range(count)]
            if bunched(policy, answers):
                chance += orders(counts) * Fraction(ways(counts), 4**number)
    assert Fraction(1, 200) < chance < Fraction(3, 200)


def orders(counts: list[int]) -> int:
    """In how many ways the four counts can be dealt to the letters."""
    return math.factorial(4) // math.prod(math.factorial(times) for times in Counter(counts).values())


def ways(counts: list[int]) -> int:
    """In how many orders the answers can stand."""
    return math.factorial(sum(counts)) // math.prod(map(math.factorial, counts))


@cache
def chances(trials: int) -> tuple[Fraction, ...]:
    """How likely each number of hits is at a quarter a trial, trial by trial."""
    if trials == 0:
        return (Fraction(1),)
    before = (Fraction(0), *chances(trials - 1), Fraction(0))
    return tuple(before[k] / 4 + before[k + 1] * 3 / 4 for k in range(trials + 1))


@given(st.data(), st.integers(1, 70))
def test_length_gives_answers_away_where_chance_does_so_once_in_a_hundred(
    policy: Policy, data: st.DataObject, trials: int
) -> None:
    hits = data.draw(st.integers(0, trials))
    assert given_away(policy, hits, trials) == (trials >= 20 and sum(chances(trials)[hits:]) <= RARE)


@pytest.mark.parametrize(("trials", "most"), [(20, 10), (54, 21), (108, 38)])
def test_so_many_right_options_may_be_the_longest(policy: Policy, trials: int, most: int) -> None:
    assert not given_away(policy, most, trials)
    assert given_away(policy, most + 1, trials)


@pytest.mark.parametrize(("hits", "found"), [(530, False), (560, True)])
def test_two_thousand_checks_are_judged_like_twenty(policy: Policy, hits: int, found: bool) -> None:
    """A quarter is 500, give or take 19; the number of ways to get there has hundreds of digits."""
    assert given_away(policy, hits, 2000) == found


def test_as_long_as_another_is_not_the_longest(policy: Policy) -> None:
    tied = Check(question="?", options={"a": "12345", "b": "12345", "c": "1", "d": "1"}, answer="a", why="!")
    assert [*answers_longest.check(catalog_of([tied] * 40), policy)] == []


def test_the_first_twenty_checks_are_not_judged(policy: Policy) -> None:
    assert not given_away(policy, 19, 19)
    assert given_away(policy, 20, 20)
