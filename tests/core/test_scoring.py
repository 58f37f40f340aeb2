"""The arithmetic of one answer and of many."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rating, level_of
from gapcheck.core.scoring import Figure, Scored, figure, gap, percent

RATINGS: tuple[Rating | None, ...] = (0, 1, 2, 3, 4, 5, NOT_APPLICABLE, UNKNOWN, None)
WEIGHTS = st.one_of(st.integers(0, 10), st.floats(0, 500, allow_subnormal=False))


def scored(skill: str, rating: Rating | None, weight: float = 1) -> Scored:
    return Scored(skill, rating, None if rating is None else level_of(rating), weight)


@st.composite
def sheets(draw: st.DrawFn, ratings: tuple[Rating | None, ...] = RATINGS, least: int = 0) -> list[Scored]:
    pairs = draw(st.lists(st.tuples(st.sampled_from(ratings), WEIGHTS), min_size=least, max_size=12))
    return [scored(f"skill-{n}", rating, weight) for n, (rating, weight) in enumerate(pairs)]


def mean_of(answers: list[Scored]) -> float:
    mean = figure(answers).mean
    assert mean is not None
    return mean


def levels(answers: list[Scored]) -> list[int]:
    return [a.level for a in answers if a.level is not None]


@pytest.mark.parametrize(("level", "worth"), [(0, 0), (1, 20), (2, 40), (3, 60), (4, 80), (5, 100)])
def test_each_level_is_worth_20_percent(level: int, worth: int) -> None:
    assert percent(level) == worth


@given(st.integers(0, 5), st.integers(0, 5))
def test_a_gap_is_the_levels_missing_and_never_negative(level: int, target: int) -> None:
    assert gap(level, target) == len(range(level, target))


def test_importance_weighs() -> None:
    """Importance 5 at level 4 and importance 1 at level 1: (5 x 80 + 1 x 20) / 6 = 70."""
    assert figure([scored("a", 4, 5), scored("b", 1, 1)]).mean == 70


def test_nothing_answered_has_no_figure() -> None:
    none = figure([scored("a", None), scored("b", NOT_APPLICABLE)])
    assert (none.mean, none.lowest, none.lowest_level) == (None, None, None)
    assert figure([]) == Figure(None, None, None, 0, 0, 0, 0, 0, 0, 0)


@given(sheets())
def test_not_applicable_and_open_stay_out_of_the_denominator(answers: list[Scored]) -> None:
    applicable = [a for a in answers if a.rating not in (NOT_APPLICABLE, None)]
    whole, part = figure(answers), figure(applicable)
    assert (whole.mean, whole.points, whole.weighed) == (part.mean, part.points, part.weighed)
    assert (whole.lowest, whole.counted) == (part.lowest, len(applicable))


@given(sheets())
def test_unknown_counts_as_zero_and_is_reported(answers: list[Scored]) -> None:
    as_zero = [scored(a.skill, 0, a.weight) if a.rating == UNKNOWN else a for a in answers]
    whole = figure(answers)
    assert whole == replace(figure(as_zero), unknown=whole.unknown)
    assert whole.unknown == [a.rating for a in answers].count(UNKNOWN)


@given(sheets())
def test_every_answer_is_counted_once(answers: list[Scored]) -> None:
    whole = figure(answers)
    assert whole.asked == len(answers)
    assert whole.counted + whole.not_applicable + whole.open == whole.asked
    assert whole.not_applicable == [a.rating for a in answers].count(NOT_APPLICABLE)


@given(sheets(least=1))
def test_the_mean_is_the_fraction_it_stands_for(answers: list[Scored]) -> None:
    """To the last digit a float has, whatever the weights."""
    pairs = [(Fraction(a.weight), a.level) for a in answers if a.level is not None]
    assume(sum(weight for weight, _ in pairs) > 0)
    exact = sum(weight * 20 * level for weight, level in pairs) / sum(weight for weight, _ in pairs)
    assert mean_of(answers) == float(exact)
    assert figure(answers).points == float(sum(weight * 20 * level for weight, level in pairs))
    assert figure(answers).weighed == float(sum(weight for weight, _ in pairs))


@given(sheets(least=1))
def test_the_mean_lies_between_the_lowest_and_the_highest(answers: list[Scored]) -> None:
    assume(levels(answers))
    assert percent(min(levels(answers))) <= mean_of(answers) <= percent(max(levels(answers)))


@given(st.lists(WEIGHTS, min_size=1), st.integers(0, 5))
def test_the_same_level_everywhere_is_that_level(weights: list[float], level: int) -> None:
    """Level 4 everywhere is 80, not 79.99999999999999, which a gate at 80 would refuse."""
    assert figure([scored(f"s{n}", level, weight) for n, weight in enumerate(weights)]).mean == percent(level)


@given(sheets(least=1), st.fractions(Fraction(1, 50), 50))
def test_scaling_all_weights_changes_nothing(answers: list[Scored], factor: Fraction) -> None:
    assume(levels(answers))
    whole = [replace(a, weight=round(a.weight)) for a in answers]
    scaled = [replace(a, weight=a.weight * factor) for a in whole]
    assert mean_of(scaled) == mean_of(whole)
    assert figure(scaled).lowest == figure(whole).lowest


@given(sheets(least=1))
def test_where_every_weight_is_zero_all_count_alike(answers: list[Scored]) -> None:
    assume(levels(answers))
    zero, one = ([replace(a, weight=weight) for a in answers] for weight in (0, 1))
    assert mean_of(zero) == mean_of(one)
    assert figure(zero).weighed == len(levels(answers))


@given(sheets(least=1))
def test_a_weight_of_zero_leaves_a_skill_out_of_the_mean(answers: list[Scored]) -> None:
    assume(sum(a.weight for a in answers if a.level is not None) > 0)
    assert mean_of([*answers, scored("nothing", 0, 0)]) == mean_of(answers)
    assert figure([*answers, scored("nothing", 0, 0)]).counted == len(levels(answers)) + 1


@given(st.integers(0, 5), st.lists(st.tuples(st.integers(0, 5), WEIGHTS), min_size=1), WEIGHTS)
def test_a_skill_at_the_mean_leaves_it(mean: int, pairs: list[tuple[int, float]], weight: float) -> None:
    """Two skills of a weight lie as far above the mean as below it."""
    apart = [(min(step, mean, 5 - mean), heavy) for step, heavy in pairs]
    around = [scored("any", level, heavy) for step, heavy in apart for level in (mean - step, mean + step)]
    assert mean_of(around) == percent(mean)
    assert mean_of([*around, scored("one-more", mean, weight)]) == percent(mean)


@given(sheets(ratings=(0, 1, 2, 3, 4, 5), least=1), st.data())
def test_a_higher_level_never_lowers_the_mean(answers: list[Scored], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(answers) - 1))
    level = data.draw(st.integers(answers[at].level or 0, 5))
    raised = [scored(a.skill, level, a.weight) if n == at else a for n, a in enumerate(answers)]
    assert mean_of(raised) >= mean_of(answers)


@given(sheets(least=1))
def test_the_lowest_is_the_lowest_then_the_weightiest_then_the_first(answers: list[Scored]) -> None:
    assume(levels(answers))
    bottom = [a for a in answers if a.level == min(levels(answers))]
    heavy = [a for a in bottom if a.weight == max(b.weight for b in bottom)]
    whole = figure(answers)
    assert (whole.lowest, whole.lowest_level) == (heavy[0].skill, heavy[0].level)


def test_a_settled_level_counts_instead_of_the_claim() -> None:
    assert figure([Scored("a", rating=4, level=2, weight=1)]).mean == 40
    assert figure([Scored("a", rating=UNKNOWN, level=1, weight=1)]).unknown == 1
