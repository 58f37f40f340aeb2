"""What a sheet shows, figures over many skills with their ranges, and claimed held against shown."""

from __future__ import annotations

from math import asin, comb, pi, sin, sqrt
from operator import ge
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN
from gapcheck.core.calibration import (
    MODEL,
    Estimate,
    Shown,
    against,
    at_target,
    evidence,
    over_claiming,
    overall,
    right_of,
)
from gapcheck.core.calibration.numeric import beta_cdf, beta_quantile, solve
from gapcheck.core.catalog import Check
from tests.core.small import catalog_of, sheet_of, skill
from tests.core.test_calibration import LEVELS, NODES, TAGS, joint, named, people, right_chance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gapcheck.core.answers import Sheet
    from gapcheck.core.calibration import Overall
    from gapcheck.core.catalog import Catalog

CHECK = Check(question="?", options={"a": "A", "b": "B", "c": "C", "d": "D"}, answer="b", why="")


def checks_catalog() -> Catalog:
    """Three skills with a check of every level, whose right answer is b."""
    return catalog_of({key: skill(checks={"2": CHECK, "3": CHECK, "4": CHECK}) for key in ("one", "two", "three")})


def answered(**more: object) -> Sheet:
    return sheet_of({"one": 4, "two": UNKNOWN, "three": NOT_APPLICABLE}, hands="none", **more)


def test_a_check_is_right_where_the_catalog_says_so_and_not_knowing_is_not_right() -> None:
    sheet = answered(checks={"one": {"4": "b", "2": "a", "3": "unknown"}})
    assert right_of(checks_catalog(), sheet, "one") == ((2, False), (3, False), (4, True))
    assert right_of(checks_catalog(), sheet, "two") == ()


def test_a_check_that_the_catalog_no_longer_has_is_left_out() -> None:
    catalog = catalog_of({"one": skill(checks={"2": CHECK})})
    assert right_of(catalog, answered(checks={"one": {"2": "b", "3": "b"}}), "one") == ((2, True),)


def test_unknown_and_open_are_no_rating_and_not_applicable_is_left_out() -> None:
    asked = {"2": "b"}
    sheet = answered(checks={"one": asked, "two": asked, "three": asked})
    shown = evidence(checks_catalog(), sheet, ["two", "one", "three"])
    assert shown == {"two": Shown(None, ((2, True),)), "one": Shown(4, ((2, True),))}
    assert [*shown] == ["two", "one"]
    assert evidence(checks_catalog(), sheet_of({}), ["one"]) == {"one": Shown(None)}


def test_the_claim_before_a_check_made_the_person_change_it_is_what_counts() -> None:
    assert evidence(checks_catalog(), answered(first={"one": 5}), ["one"]) == {"one": Shown(5)}
    assert evidence(checks_catalog(), answered(first={"three": 5}), ["three"]) == {}


def direct(shown: Mapping[str, Shown], count: Callable[[tuple[int, ...]], float]) -> tuple[float, float]:
    """Mean and 1.28 standard deviations of a figure over every combination of levels."""
    whole = joint(shown)
    evidence_ = sum(whole.values())
    mean = sum(p * count(levels) for levels, p in whole.items()) / evidence_
    square = sum(p * (count(levels) - mean) ** 2 for levels, p in whole.items()) / evidence_
    return mean, 1.28 * sqrt(square)


def close_to(found: Overall, mean: float, reach: float, most: int) -> bool:
    """The ends less closely: a standard deviation of 0 comes out as the root of what rounding leaves."""
    ends = (max(0, mean - reach), min(most, mean + reach))
    return found.mean == pytest.approx(mean, abs=1e-10) and (found.low, found.high) == pytest.approx(ends, abs=1e-8)


@given(people(2), st.integers(1, 25), st.integers(1, 25))
@settings(max_examples=8)
def test_the_overall_figure_has_the_variance_of_the_sum_over_everything(
    shown: dict[str, Shown], one: int, other: int
) -> None:
    weights = dict(zip(shown, (one, other), strict=False))

    def weighed(levels: tuple[int, ...]) -> float:
        return sum(weight * level for weight, level in zip(weights.values(), levels, strict=True)) / sum(
            weights.values()
        )

    assert close_to(overall(Estimate.of(shown), weights), *direct(shown, weighed), 5)


@given(people(2), st.sampled_from([0, 2, 3, 4]), st.sampled_from([0, 2, 3, 4]))
@settings(max_examples=8)
def test_skills_at_target_have_the_variance_of_the_count_over_everything(
    shown: dict[str, Shown], one: int, other: int
) -> None:
    targets = dict(zip(shown, (one, other), strict=False))
    mean, reach = direct(shown, lambda levels: sum(map(ge, levels, targets.values())))
    assert close_to(at_target(Estimate.of(shown), targets), mean, reach, len(shown))


def test_skills_of_one_person_vary_together() -> None:
    """The range of 50 skills is far wider than 50 skills apart from each other would have it."""
    one, many = (overall(Estimate.of(shown), dict.fromkeys(shown, 1)) for shown in (named([Shown(3)]), FIFTY))
    assert many.high - many.low > 3 * (one.high - one.low) / sqrt(50)


FIFTY = named([Shown(3)] * 50)


def test_figures_leave_out_what_does_not_apply() -> None:
    estimate = Estimate.of(FIFTY)
    whole = overall(estimate, dict.fromkeys(FIFTY, 2.0))
    assert overall(estimate, {**dict.fromkeys(FIFTY, 2.0), "elsewhere": 9.0}) == whole
    even = overall(estimate, dict.fromkeys(FIFTY, 0.0))
    assert (even.mean, even.low, even.high) == pytest.approx((whole.mean, whole.low, whole.high), abs=1e-12)
    assert at_target(estimate, {"elsewhere": 4}).high == 0
    assert at_target(estimate, dict.fromkeys(FIFTY, 0)).low == pytest.approx(50)
    with pytest.raises(ValueError, match="no skill"):
        overall(estimate, {"elsewhere": 1.0})


def chance(level: int, tag: int) -> float:
    """P(right) at a level, checks as worded, k summed out."""
    return sum(weight * right_chance("as worded", tag, level, k) for k, weight in NODES)


def test_right_answers_are_held_against_those_expected_at_the_claims() -> None:
    shown = {"a": Shown(4, ((2, True), (4, False))), "b": Shown(1, ((3, True),)), "c": Shown(None, ((2, True),))}
    chances = [chance(4, 2), chance(4, 4), chance(1, 3)]
    expected, variance = sum(chances), sum(p * (1 - p) for p in chances)
    found = against(shown)
    assert found is not None
    assert (found.right, found.answered) == (2, 3)
    assert found.expected == pytest.approx(expected, abs=1e-12)
    assert found.z == pytest.approx((2 - expected) / sqrt(variance), abs=1e-12)


def test_chances_of_a_right_answer_in_numbers() -> None:
    """Half a level above the middle of the curve, at its top and near chance."""
    assert chance(2, 2) == pytest.approx(0.675, abs=5e-3)
    assert chance(5, 2) == pytest.approx(0.92, abs=5e-3)
    assert chance(0, 4) == pytest.approx(0.28, abs=5e-3)
    for level in LEVELS:
        assert chance(level, 2) > chance(level, 3) > chance(level, 4)


def test_without_a_claim_and_an_answer_there_is_nothing_to_hold_against_anything() -> None:
    assert against({}) is None
    assert against({"a": Shown(4), "b": Shown(None, ((2, True),))}) is None


@pytest.mark.parametrize("share", [0.001, 0.1, 0.25, 0.5, 0.9, 0.999])
def test_beta_of_two_halves_is_the_arcsine_law(share: float) -> None:
    """Nothing invented was shown: I_x(1/2, 1/2) = (2 / pi) asin(sqrt(x))."""
    assert beta_quantile(0.5, 0.5, share) == pytest.approx(sin(pi * share / 2) ** 2, abs=1e-12)
    assert beta_cdf(0.5, 0.5, share) == pytest.approx(2 / pi * asin(sqrt(share)), abs=1e-12)


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))
def test_beta_of_whole_numbers_is_a_tail_of_the_binomial(a: int, b: int, x: float) -> None:
    """I_x(a, b) = P(at least a of a + b - 1 succeed)."""
    n = a + b - 1
    tail = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_cdf(a, b, x) == pytest.approx(tail, abs=1e-11)


@given(st.floats(0.5, 60), st.floats(0.5, 60), st.floats(0.01, 0.99))
def test_beta_mirrors_and_its_quantiles_invert_it(a: float, b: float, x: float) -> None:
    assert beta_cdf(a, b, x) == pytest.approx(1 - beta_cdf(b, a, 1 - x), abs=1e-12)
    assert beta_cdf(a, b, beta_quantile(a, b, x)) == pytest.approx(x, abs=1e-12)
    assert beta_cdf(a, a, 0.5) == pytest.approx(0.5, abs=1e-12)


def test_solve_finds_where_a_rising_function_reaches_a_value() -> None:
    assert solve(lambda x: x**3, 8, 0, 100) == pytest.approx(2, abs=1e-14)


@pytest.mark.parametrize(("ticked", "invented"), [(0, 0), (0, 12), (3, 12), (6, 12), (12, 12)])
def test_over_claiming_is_a_share_with_its_middle_80_percent(ticked: int, invented: int) -> None:
    found = over_claiming(ticked, invented)
    a, b = ticked + 0.5, invented - ticked + 0.5
    assert found.rate == pytest.approx(a / (invented + 1))
    assert beta_cdf(a, b, found.low) == pytest.approx(0.1, abs=1e-12)
    assert beta_cdf(a, b, found.high) == pytest.approx(0.9, abs=1e-12)
    opposite = over_claiming(invented - ticked, invented)
    assert (opposite.low, opposite.high) == pytest.approx((1 - found.high, 1 - found.low), abs=1e-12)


@pytest.mark.parametrize(("ticked", "invented"), [(-1, 3), (4, 3)])
def test_more_than_all_cannot_be_ticked(ticked: int, invented: int) -> None:
    with pytest.raises(ValueError, match=f"{ticked} ticked of 3"):
        over_claiming(ticked, invented)


def test_the_model_has_a_name_for_sheets() -> None:
    assert MODEL == "levels/1"
    assert TAGS == (2, 3, 4)
