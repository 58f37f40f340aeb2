"""Shares, their intervals and tests, against scipy, statsmodels and arithmetic of fifty digits."""

from __future__ import annotations

import warnings
from decimal import Decimal, localcontext
from math import pi, sqrt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from gapcheck.core.journey import rates

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import statsmodels.api as sm
    from statsmodels.stats import proportion
    from statsmodels.stats.multitest import multipletests

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def close(value: object) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@st.composite
def shares(draw: st.DrawFn, most: int = 10**9) -> tuple[int, int]:
    reached = draw(st.one_of(st.integers(1, 12), st.integers(1, most)))
    return draw(st.one_of(st.sampled_from([0, reached]), st.integers(0, reached))), reached


@given(st.floats(-40, 40))
def test_the_normal_tail(z: float) -> None:
    assert rates.tail(z) == close(stats.norm.sf(z))


def test_the_tail_is_right_far_out_and_the_95_percent_are() -> None:
    assert rates.tail(20) == pytest.approx(stats.norm.sf(20), rel=1e-9)
    assert 2 * rates.tail(rates.Z95) == close(0.05)


@given(shares(), st.sampled_from([1.0, rates.Z95, 3.0]))
def test_wilson(counts: tuple[int, int], z: float) -> None:
    theirs = proportion.proportion_confint(*counts, alpha=2 * stats.norm.sf(z), method="wilson")
    assert rates.wilson(*counts, z) == close(theirs)


def test_wilson_of_nothing_of_none_and_of_all() -> None:
    assert rates.wilson(0, 0) == (0, 1)
    for reached in range(1, 200):
        assert rates.wilson(0, reached)[0] == 0 < rates.wilson(0, reached)[1] < 1
        assert 0 < rates.wilson(reached, reached)[0] < rates.wilson(reached, reached)[1] == 1


@given(shares(), shares())
def test_newcombe(one: tuple[int, int], other: tuple[int, int]) -> None:
    theirs = proportion.confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert rates.newcombe(*one, *other) == close(theirs)


def test_newcombe_of_nothing() -> None:
    assert rates.newcombe(0, 0, 3, 5) == rates.newcombe(3, 5, 0, 0) == (-1, 1)


@given(shares(10**5), shares(10**5))
def test_the_signed_root_is_that_of_g(one: tuple[int, int], other: tuple[int, int]) -> None:
    root = rates.signed_root(*one, *other)
    table = [[on, reached - on] for on, reached in (one, other)]
    if any(sum(column) == 0 for column in zip(*table, strict=True)):
        assert root == 0
    else:
        theirs = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert root**2 == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-8)  # theirs cancels: sums of n log n
    assert root * (one[0] * other[1] - other[0] * one[1]) >= 0


def in_fifty_digits(on1: int, n1: int, on2: int, n2: int) -> float:
    """G's root by its definition, where no digit that matters is lost."""
    with localcontext() as context:
        context.prec = 50
        on, everybody, total = on1 + on2, n1 + n2, Decimal(0)
        for cell, row, column in (
            (on1, n1, on),
            (n1 - on1, n1, everybody - on),
            (on2, n2, on),
            (n2 - on2, n2, everybody - on),
        ):
            total += cell * (Decimal(cell * everybody) / (row * column)).ln() if cell else 0
        return float((2 * total).sqrt())


@given(shares(10**15), shares(10**15))
def test_the_signed_root_loses_no_digit_in_huge_counts(one: tuple[int, int], other: tuple[int, int]) -> None:
    if 0 < one[0] + other[0] < one[1] + other[1]:
        assert abs(rates.signed_root(*one, *other)) == close(in_fifty_digits(*one, *other))


def test_shares_of_huge_counts_that_are_nearly_one() -> None:
    one, other = (500_000_000_001, 10**12), (500_000_000_000, 10**12)
    assert rates.signed_root(*one, *other) == pytest.approx(in_fifty_digits(*one, *other), rel=1e-9)
    uneven = (1_000_050, 10**12), (10**10, 10**16)
    assert rates.signed_root(*uneven[0], *uneven[1]) == pytest.approx(in_fifty_digits(*uneven[0], *uneven[1]), rel=1e-9)
    assert rates.signed_root(*other, *one) == -rates.signed_root(*one, *other)


def test_the_signed_root_of_nothing() -> None:
    for counts in ((0, 0, 3, 5), (3, 5, 0, 0), (0, 0, 0, 0), (0, 4, 0, 9), (4, 4, 9, 9)):
        assert rates.signed_root(*counts) == 0


@given(shares(10**4), shares(10**4))
def test_the_exact_test(one: tuple[int, int], other: tuple[int, int]) -> None:
    (on1, n1), (on2, n2) = one, other
    assert rates.fewer(*one, *other) == close(stats.hypergeom.cdf(on1, n1 + n2, on1 + on2, n1))


def test_the_exact_test_far_out_of_nothing_and_of_all() -> None:
    theirs = stats.hypergeom.cdf(2, 140, 102, 40)
    assert rates.fewer(2, 40, 100, 100) == pytest.approx(theirs, rel=1e-9)
    assert theirs < 1e-20
    assert rates.fewer(0, 0, 3, 5) == rates.fewer(3, 5, 0, 0) == rates.fewer(0, 4, 0, 9) == rates.fewer(4, 4, 9, 9) == 1
    assert rates.fewer(0, 1, 1, 1) == close(1 / 2)


def test_the_exact_test_of_huge_counts_is_that_of_a_normal_value() -> None:
    off = 3 * sqrt(10**9 / 8)
    one, other = (5 * 10**8 - round(off), 10**9), (5 * 10**8 + round(off), 10**9)
    assert rates.fewer(*one, *other) == pytest.approx(stats.norm.cdf(rates.signed_root(*one, *other)), rel=1e-3)


@given(st.just(0.0) | st.floats(1e-13, 1e6), st.integers(1, 200), st.integers(1, 5000))  # below, scipy says 1
@example(3e-13, 1, 3000)  # of which 1 - x would keep no digit
@example(300.0, 1, 5000)
def test_the_tail_of_f(value: float, above: int, below: int) -> None:
    assert rates.f_tail(value, above, below) == close(stats.f.sf(value, above, below))


def test_the_tail_of_f_of_next_to_nothing() -> None:
    assert rates.f_tail(6e-18, 1, 1) == pytest.approx(1 - 2 / pi * sqrt(6e-18), abs=1e-15), "that of Cauchy"


@given(st.floats(1e-300, 1, exclude_max=True))
def test_the_normal_quantile(share: float) -> None:
    assert rates.quantile(share) == close(stats.norm.ppf(share))


@settings(max_examples=25)  # theirs takes a tenth of a second
@given(CHANCES)
def test_holm(ps: list[float]) -> None:
    assert rates.holm(ps) == close(list(multipletests(ps, method="holm")[1]))


@given(CHANCES)
def test_benjamini_hochberg(ps: list[float]) -> None:
    assert rates.benjamini_hochberg(ps) == close(list(multipletests(ps, method="fdr_bh")[1]))


def test_nothing_to_adjust() -> None:
    assert rates.holm([]) == rates.benjamini_hochberg([]) == []


DAYS = st.lists(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=40)


@given(DAYS)
def test_unrest_is_the_robust_variance_of_a_share_over_days_by_that_of_dice(days: list[tuple[int, int]]) -> None:
    known = [(float(on), float(reached)) for on, reached in days if reached]
    on, reached = (sum(part) for part in zip((0.0, 0.0), *known, strict=True))
    if len(known) < rates.FEW or not 0 < on < reached:
        assert rates.unrest(days) == 1
        return
    came, of = ([day[n] for day in known] for n in (0, 1))
    line = sm.WLS(came, of, weights=[1 / each for each in of]).fit(cov_type="HC1")
    by_dice = on / reached * (1 - on / reached) / reached
    assert rates.unrest(days) == pytest.approx(max(1.0, line.bse[0] ** 2 / by_dice), rel=1e-9)


def test_days_of_dice_have_hardly_any_unrest_and_wild_ones_have() -> None:
    assert rates.unrest([(50, 100), (49, 100), (51, 100)] * 9) == 1
    assert rates.unrest([(90, 100), (10, 100)] * 9) > 30
