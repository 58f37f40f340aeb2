"""Agreement against published examples, published implementations, and what must hold whatever the ratings."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gapcheck.core.agreement import alpha, icc, interval

if TYPE_CHECKING:
    from gapcheck.core.agreement import Ratings, Statistic

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "agreement_cases.json").read_text(encoding="utf-8"))
"""Tables with their values by published implementations; `made_by` names package, version and call."""

STATISTICS: dict[str, Statistic] = {"alpha": alpha, "icc": icc}

KRIPPENDORFF = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Data C of "Computing Krippendorff's Alpha-Reliability" (2011): four observers, twelve units."""

SHROUT_AND_FLEISS = ((9, 6, 8, 7, 10, 6), (2, 1, 4, 1, 5, 2), (5, 3, 6, 2, 6, 4), (8, 2, 8, 6, 9, 7))
"""Table 2 of "Intraclass Correlations" (1979): four judges, six targets."""

LEVELS = st.integers(0, 5)


@st.composite
def tables(draw: st.DrawFn, *, missing: bool = True) -> list[list[int | None]]:
    """Two to five raters, two to eight skills."""
    skills = draw(st.integers(2, 8))
    cell = st.none() | LEVELS if missing else LEVELS
    return draw(st.lists(st.lists(cell, min_size=skills, max_size=skills), min_size=2, max_size=5))


varied = st.lists(LEVELS, min_size=2, max_size=8).filter(lambda row: len(set(row)) > 1)
"""One rater's levels, not all alike."""


def defined(value: float | None) -> float:
    assert value is not None
    return value


def test_alpha_of_the_published_example() -> None:
    """Printed as .815 by the author; .8154 is what implementations give."""
    assert alpha(KRIPPENDORFF) == pytest.approx(0.8154, abs=5e-5)


def test_icc_of_the_published_example() -> None:
    """Printed as .29: mean squares 11.24, 32.49 and 1.02, so 10.22 / (11.24 + 3 x 1.02 + 4 x 31.47 / 6)."""
    assert icc(SHROUT_AND_FLEISS) == pytest.approx(10.22 / (11.24 + 3 * 1.02 + 4 * 31.47 / 6), abs=5e-4)
    assert round(defined(icc(SHROUT_AND_FLEISS)), 2) == 0.29


@pytest.mark.parametrize("case", CASES["alpha"])
def test_alpha_equals_the_published_implementation(case: dict[str, Any]) -> None:
    assert alpha(case["ratings"]) == pytest.approx(case["value"], abs=1e-9)


@pytest.mark.parametrize("case", CASES["icc"])
def test_icc_equals_the_published_implementation(case: dict[str, Any]) -> None:
    assert icc(case["ratings"]) == pytest.approx(case["value"], abs=1e-9)


@pytest.mark.parametrize("case", CASES["intervals"])
def test_an_interval_equals_one_made_of_published_implementations(case: dict[str, Any]) -> None:
    statistic = STATISTICS[case["statistic"]]
    found = interval(statistic, case["ratings"], seed=case["seed"], draws=case["draws"], mass=case["mass"])
    assert found == pytest.approx((case["low"], case["high"]), abs=1e-9)


def test_the_cases_say_who_made_them_and_are_many() -> None:
    assert all(package in CASES["made_by"] for package in ("krippendorff 0", "pingouin 0", "numpy 2"))
    assert min(len(CASES["alpha"]), len(CASES["icc"])) >= 40


def test_alpha_by_hand() -> None:
    """Levels 0, 1, 1, 1 have the mean ranks 1, 3, 3, 3: the one pair of a skill that differs is 4 apart, and 3 of all 6
    pairs are. 1 - 3 x 4 / 12 = 0."""
    assert alpha([[0, 1], [1, 1]]) == 0


def test_alpha_of_full_disagreement_by_hand() -> None:
    """Mean ranks 1.5 and 3.5: both skills' pairs are 4 apart, and 4 of all 6 pairs. 1 - 3 x 8 / 16 = -1/2."""
    assert alpha([[0, 1], [1, 0]]) == -0.5


def test_alpha_reads_the_order_of_levels_and_not_their_distance() -> None:
    assert alpha([[0, 1, 1], [1, 1, 2]]) == alpha([[0, 3, 3], [3, 3, 5]])


def test_a_skill_that_one_rater_saw_has_no_say_in_alpha() -> None:
    assert alpha([[0, 3, 4, 5], [1, 3, None, None]]) == alpha([[0, 3], [1, 3]])


def test_icc_of_a_shift_by_hand() -> None:
    """Levels 0 to 4 have the variance 2.5. Shifted by c: MSR 2 x 2.5, MSC 5 c^2 / 2, MSE 0, so 5 / (5 + c^2)."""
    levels = range(5)
    shifted = {shift: icc([levels, [level + shift for level in levels]]) for shift in (1, 2)}
    assert shifted == pytest.approx({1: 5 / 6, 2: 5 / 9})


def test_icc_reads_only_skills_that_every_rater_rated() -> None:
    assert icc([[0, 3, 4, 5], [1, 3, None, 4], [1, 2, 4, 4]]) == icc([[0, 3, 5], [1, 3, 4], [1, 2, 4]])


@pytest.mark.parametrize(
    "ratings",
    [[], [[]], [[], []], [[1, 2, 3]], [[1, None], [None, 2]], [[None, None], [None, None]], [[3, 3], [3, 3]]],
    ids=["nobody", "one without skills", "two without skills", "one rater", "nothing shared", "not seen", "all alike"],
)
@pytest.mark.parametrize("statistic", [alpha, icc])
def test_without_pairs_or_variation_agreement_is_undefined(statistic: Statistic, ratings: Ratings) -> None:
    assert statistic(ratings) is None


def test_paired_levels_all_alike_leave_alpha_undefined_whatever_one_rater_alone_saw() -> None:
    assert alpha([[3, 3, 5], [3, 3, None]]) is None


def test_icc_needs_two_skills_in_common() -> None:
    assert icc([[1, 2, None], [2, None, 3]]) is None


def test_icc_of_two_levels_the_other_way_round_divides_by_zero_and_is_undefined() -> None:
    """Skills and raters have equal means, so MSR = MSC = 0; the denominator is MSE (k - 1 - k / n) = 0."""
    assert icc([[1, 2], [2, 1]]) is None


@pytest.mark.parametrize("statistic", [alpha, icc])
def test_rows_of_different_length_are_an_error(statistic: Statistic) -> None:
    with pytest.raises(ValueError, match="shorter"):
        statistic([[1, 2, 3], [1, 2]])


@given(varied, st.integers(2, 5))
def test_perfect_agreement_is_1(levels: list[int], raters: int) -> None:
    assert alpha([levels] * raters) == 1
    assert icc([levels] * raters) == 1


@given(tables())
def test_agreement_is_never_above_1(ratings: Ratings) -> None:
    values = (alpha(ratings), icc(ratings))
    assert all(value <= 1 for value in values if value is not None)


@given(tables(), st.data())
def test_the_order_of_raters_and_skills_does_not_matter(ratings: Ratings, data: st.DataObject) -> None:
    raters = data.draw(st.permutations(ratings))
    skills = data.draw(st.permutations(range(len(ratings[0]))))
    mixed = [[row[skill] for skill in skills] for row in raters]
    assert (alpha(mixed), icc(mixed)) == (alpha(ratings), icc(ratings))


@given(varied, st.integers(1, 3), st.integers(1, 3))
def test_a_constant_shift_lowers_icc(levels: list[int], shift: int, further: int) -> None:
    """Who agrees on the order alone does not agree absolutely, and the less the further apart."""
    one = defined(icc([levels, [level + shift for level in levels]]))
    two = defined(icc([levels, [level + shift + further for level in levels]]))
    assert 1 > one > two > 0


@given(varied, st.data(), st.integers(1, 5))
def test_a_constant_shift_lowers_the_icc_of_raters_who_are_equally_strict(
    levels: list[int], data: st.DataObject, shift: int
) -> None:
    """Equal means, so the shift adds to MSC alone: a positive ICC falls, and never below 0."""
    other = data.draw(st.permutations(levels))
    before = icc([levels, other])
    assume(before is not None and before > 0)
    after = defined(icc([levels, [level + shift for level in other]]))
    assert defined(before) > after > 0


@given(tables(missing=False), st.integers(-3, 3))
def test_a_shift_of_everyone_changes_nothing(ratings: list[list[int]], shift: int) -> None:
    shifted = [[level + shift for level in row] for row in ratings]
    assert (alpha(shifted), icc(shifted)) == (alpha(ratings), icc(ratings))


@given(tables(), st.integers(0, 99))
@example([[1, 2], [2, 1]], 0)
def test_an_interval_is_in_order_and_the_same_each_time(ratings: Ratings, seed: int) -> None:
    for statistic in STATISTICS.values():
        found = interval(statistic, ratings, seed=seed, draws=20)
        assert found == interval(statistic, ratings, seed=seed, draws=20)
        assert found is None or found[0] <= found[1] <= 1


def test_another_seed_gives_another_interval() -> None:
    assert interval(alpha, KRIPPENDORFF, seed=1) != interval(alpha, KRIPPENDORFF, seed=2)


def test_more_mass_takes_a_wider_interval() -> None:
    (low, high), (lower, higher) = (
        interval(alpha, KRIPPENDORFF, seed=1, mass=mass) or pytest.fail("undefined") for mass in (0.5, 0.95)
    )
    assert lower < low < high < higher


def test_an_interval_leaves_out_equal_tails() -> None:
    """A statistic that counts its own draws, 0 to 10: of eleven values 80% reach from the second to the tenth."""
    draws = iter(range(11))
    assert interval(lambda _: float(next(draws)), [[1]], seed=0, draws=11) == pytest.approx((1, 9))


def test_an_interval_of_a_mean_is_what_the_normal_distribution_says() -> None:
    """100 levels, half 1 and half 3: the mean is 2, its standard error .1, so 80% reach from 1.872 to 2.128.

    The mean of 100 moves in steps of .02, and with 4000 draws a tenth is found to within about .003.
    """

    def mean(ratings: Ratings) -> float:
        return fmean(level for level in ratings[0] if level is not None)

    assert interval(mean, [[1, 3] * 50], seed=1, draws=4000) == pytest.approx((1.872, 2.128), abs=0.023)


def test_skills_are_drawn_whole_and_as_many_as_there_are() -> None:
    seen: set[tuple[tuple[int | None, ...], ...]] = set()

    def look(ratings: Ratings) -> float:
        seen.add(tuple(tuple(row) for row in ratings))
        return 0.0

    interval(look, [[1, 2, 3], [4, 5, None]], seed=1)
    columns = {column for ratings in seen for column in zip(*ratings, strict=True)}
    assert columns == {(1, 4), (2, 5), (3, None)}
    assert {len(row) for ratings in seen for row in ratings} == {3}
    assert len(seen) == 27, "three places, three skills each"


@pytest.mark.parametrize(("missed", "told"), [(10, True), (11, False)])
def test_undefined_draws_are_dropped_and_more_than_half_are_too_many(missed: int, told: bool) -> None:
    draws = iter([*[None] * missed, *[0.5] * (20 - missed)])
    assert interval(lambda _: next(draws), [[1]], seed=1, draws=20) == ((0.5, 0.5) if told else None)


def test_an_interval_takes_at_least_one_draw() -> None:
    with pytest.raises(ValueError, match="draws must be at least 1"):
        interval(alpha, KRIPPENDORFF, seed=1, draws=0)
