"""Which check is asked next, which claims are worth a second look, and which levels are settled."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.calibration import (
    KEPT,
    LEAST_CHECKS,
    LEAST_GAIN,
    LEAST_MASS,
    LEAST_OVERALL,
    LEAST_SCORE,
    LEAST_STAGE,
    LEAST_SURE,
    WORDED,
    Estimate,
    Shown,
    doubts,
    model,
    next_check,
    settled,
)
from gapcheck.core.calibration.settle import bounded
from tests.core.test_calibration import LEVELS, TAGS, named, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.core.calibration import Doubt

CLASSES = ((0, 1), (2,), (3,), (4, 5))


def classes(levels: Sequence[float]) -> list[float]:
    return [sum(levels[level] for level in each) for each in CLASSES]


def entropy(levels: Sequence[float]) -> float:
    return -sum(p * log(p) for p in levels if p)


def brought(estimate: Estimate, skill: str, tag: int) -> tuple[float, float]:
    """Expected gain in P(right class), and in nats about the level, by answering the check both ways."""
    chance = estimate.chance_right(skill, tag)
    before = estimate.levels(skill)
    gain, nats = -max(classes(before)), entropy(before)
    for weight, right in ((chance, True), (1 - chance, False)):
        after = estimate.after(skill, tag, right=right).levels(skill)
        gain += weight * max(classes(after))
        nats -= weight * entropy(after)
    return gain, nats


def scores(
    estimate: Estimate, left: Mapping[str, Sequence[int]], importance: Mapping[str, int]
) -> dict[tuple[str, int], float]:
    pairs = {(skill, tag): brought(estimate, skill, tag) for skill, tags in left.items() for tag in tags}
    return {(skill, tag): importance[skill] * gain + 0.02 * nats for (skill, tag), (gain, nats) in pairs.items()}


def unasked(shown: Mapping[str, Shown]) -> dict[str, list[int]]:
    return {skill: [tag for tag in TAGS if tag not in dict(each.checks)] for skill, each in shown.items()}


@given(people(10), st.lists(st.integers(1, 5), min_size=10, max_size=10))
@settings(max_examples=25)
def test_the_next_check_is_the_one_that_scores_highest(shown: dict[str, Shown], weights: list[int]) -> None:
    estimate, left = Estimate.of(shown), unasked(shown)
    importance = dict(zip(shown, weights, strict=False))
    by_hand = scores(estimate, left, importance)
    best = max(by_hand.values(), default=0)
    pick = next_check(estimate, left, importance)
    if pick is None:
        assert best < 0.03 + 1e-9
        return
    assert by_hand[pick.skill, pick.level] == pytest.approx(best, abs=1e-9)
    assert best > 0.03 - 1e-9
    assert pick.gain == pytest.approx(brought(estimate, pick.skill, pick.level)[0], abs=1e-9)


def test_a_check_that_changes_no_verdict_is_told_from_others_by_what_it_tells() -> None:
    """Nobody's class would change, and so the score is information alone: below the least score, none is asked."""
    sure = Estimate.of(named([Shown(0, ((2, False), (3, False), (4, False)))] * 12))
    gain, nats = brought(sure, "s0", 4)
    assert gain == pytest.approx(0, abs=1e-12)
    assert 0 < 0.02 * nats < 0.03
    assert next_check(sure, {"s0": (2, 3, 4)}, {"s0": 5}) is None


ALIKE = Estimate.of(named([Shown(4)] * 3))


def test_of_equals_the_earlier_skill_is_asked_and_importance_goes_first() -> None:
    left = {"s2": (4, 3, 2), "s0": (2, 3, 4), "s1": (2, 3, 4)}
    even = next_check(ALIKE, left, {"s0": 5, "s1": 5, "s2": 5})
    weighed = next_check(ALIKE, left, {"s0": 4, "s1": 5, "s2": 4})
    assert even is not None
    assert weighed is not None
    assert (even.skill, weighed.skill) == ("s2", "s1")
    assert (even.level, even.gain) == (weighed.level, weighed.gain)


def test_nothing_left_is_nothing_to_ask() -> None:
    assert next_check(ALIKE, {}, {}) is None
    assert next_check(ALIKE, {"s0": ()}, {"s0": 5}) is None


def test_importance_makes_a_check_worth_its_time() -> None:
    """The same check below the least score at importance 1 and above it at 5."""
    threes = Estimate.of(named([Shown(3)] * 3))
    gain, nats = brought(threes, "s0", 4)
    assert gain + 0.02 * nats < 0.03 < 5 * gain + 0.02 * nats
    assert next_check(threes, {"s0": (4,)}, {"s0": 1}) is None
    assert next_check(threes, {"s0": (4,)}, {"s0": 5}) is not None


def test_of_two_that_gain_nearly_the_same_the_one_that_tells_more_is_asked() -> None:
    estimate = Estimate.of(named([Shown(5), Shown(0, ((4, True),))]))
    (gain, nats), (less, more) = (brought(estimate, "s0", tag) for tag in (2, 3))
    assert gain > less
    assert gain + 0.02 * nats < less + 0.02 * more
    pick = next_check(estimate, {"s0": (2, 3)}, {"s0": 1})
    assert pick is not None
    assert pick.level == 3


def wrong(*ratings: int) -> dict[str, Shown]:
    """Claims with both of two checks not right."""
    return named([Shown(rating, ((2, False), (3, False))) for rating in ratings])


def test_below_twenty_checks_nothing_is_settled() -> None:
    shown = wrong(*[5] * 10)
    estimate, claims = Estimate.of(shown), dict.fromkeys(shown, 5)
    assert settled(estimate, claims, LEAST_CHECKS - 1) == {}
    assert settled(estimate, claims, LEAST_CHECKS) == {skill: estimate.median(skill) for skill in shown}
    assert estimate.median("s0") < 4


@given(people(12), st.lists(st.integers(0, 5), min_size=12, max_size=12))
@settings(max_examples=40)
def test_a_claim_stands_while_its_class_keeps_two_fifths(shown: dict[str, Shown], levels: list[int]) -> None:
    estimate, claims = Estimate.of(shown), dict(zip(shown, levels, strict=False))
    found = settled(estimate, claims, 20)
    for skill, claim in claims.items():
        (kept,) = [p for p, each in zip(classes(estimate.levels(skill)), CLASSES, strict=True) if claim in each]
        median = estimate.median(skill)
        assert found.get(skill, claim) == (claim if kept >= KEPT else bounded(median, claim))
        assert found.get(skill) != claim


@pytest.mark.parametrize(
    ("median", "claim", "level"),
    [(2, 5, 2), (0, 1, 0), (3, 3, 3), (2, 0, 1), (3, 2, 3), (4, 1, 2), (4, 2, 3), (4, 3, 3), (5, 3, 3)],
)
def test_checks_lower_a_claim_freely_and_raise_it_by_one_level_never_to_4(median: int, claim: int, level: int) -> None:
    """Knowing is not doing; and who tries nothing must not be drawn up to what is common."""
    assert bounded(median, claim) == level


def test_with_few_checks_answered_the_next_comes_however_little_it_tells() -> None:
    """Stopped before the twentieth all of them would have been for nothing."""
    sure = Estimate.of(named([Shown(5, ((2, True), (3, True)))] * 12))
    assert next_check(sure, {"s0": (4,)}, {"s0": 1}, LEAST_CHECKS) is None
    assert next_check(sure, {"s0": (4,)}, {"s0": 1}, LEAST_CHECKS - 1) is not None


TRUTHFUL = Estimate.of(
    named([Shown(rating, tuple((tag, rating >= tag) for tag in TAGS)) for rating in (0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5)])
)


@pytest.mark.parametrize("claim", LEVELS)
def test_a_claim_in_a_class_that_is_kept_stands_though_it_is_not_the_median(claim: int) -> None:
    """0 and 1 lead to the same verdicts, and so do 4 and 5: no reason to correct anybody."""
    assert settled(TRUTHFUL, {"s0": claim}, 33) == ({} if claim in {0, 1} else {"s0": 0})
    raised = {} if claim >= 3 else {"s10": claim + 1}
    assert settled(TRUTHFUL, {"s10": claim}, 33) == raised


@pytest.mark.parametrize(("checks", "kept"), [((), 0.42), (((3, True),), 0.48)])
def test_a_claim_whose_class_is_kept_stands_though_the_median_is_in_another(
    checks: tuple[tuple[int, bool], ...], kept: float
) -> None:
    """Two fifths for 4 or 5 are enough, even where more than half lies below."""
    others = [Shown(rating, tuple((tag, rating >= tag) for tag in TAGS)) for rating in LEVELS]
    estimate = Estimate.of(named([Shown(4, checks), *others, *[Shown(2)] * 3]))
    assert classes(estimate.levels("s0"))[3] == pytest.approx(kept, abs=0.01)
    assert estimate.median("s0") == 3
    assert settled(estimate, {"s0": 4}, 20) == settled(estimate, {"s0": 5}, 20) == {}


def test_the_figures_of_the_rules_are_those_described() -> None:
    """A change of one is a change of the model."""
    assert (LEAST_CHECKS, KEPT, LEAST_MASS) == (20, 0.40, 0.80)
    assert (LEAST_SCORE, LEAST_GAIN, LEAST_SURE) == (0.03, 0.02, 0.60)
    assert (LEAST_STAGE, LEAST_OVERALL, WORDED) == (5, 10, 1.28)


def test_who_claims_the_same_of_everything_and_gets_everything_wrong_says_nothing() -> None:
    """The model takes it for ratings without reading and checks without trying: back to what is common."""
    assert sum(map(sum, (row[-9:] for row in SILENT.weights))) > 0.9
    assert SILENT.levels("s0") == pytest.approx(model.SHARES, abs=0.02)


SILENT = Estimate.of(named([Shown(1, tuple((tag, False) for tag in TAGS))] * 20))


def test_a_skill_that_does_not_apply_is_neither_settled_nor_doubted_nor_asked_about() -> None:
    estimate = Estimate.of(wrong(*[5] * 10))
    assert next_check(estimate, {"elsewhere": TAGS}, {"elsewhere": 5}) is None
    assert settled(estimate, {"elsewhere": 5}, 20) == {}
    assert doubts(estimate, {"elsewhere": 5}, {}, {"elsewhere": 5}) == ()


def doubted(shown: Mapping[str, Shown], left: Mapping[str, Sequence[int]], most: int = 5) -> tuple[Doubt, ...]:
    claims = {skill: each.rating for skill, each in shown.items() if each.rating is not None}
    return doubts(Estimate.of(shown), claims, left, {skill: 1 + n % 5 for n, skill in enumerate(shown)}, most)


@given(people(10))
@settings(max_examples=25)
def test_doubts_are_those_that_most_can_be_gained_from_cheaply(shown: dict[str, Shown]) -> None:
    estimate, left = Estimate.of(shown), unasked(shown)
    expected = []
    for n, (skill, each) in enumerate(shown.items()):
        gain = max((brought(estimate, skill, tag)[0] for tag in left[skill]), default=0)
        sure = max(classes(estimate.levels(skill)))
        if each.rating is not None and gain >= 0.02:
            expected.append((0, -gain * (1 + n % 5), skill, "check", gain))
        elif each.rating is not None and sure < 0.60:
            expected.append((1, -(1 - sure) * (1 + n % 5), skill, "work" if each.rating >= 4 else "peer", 1 - sure))
    found = doubted(shown, left, most=10)
    assert {each.skill: each.way for each in found} == {skill: way for _, _, skill, way, _ in expected}
    by_hand = sorted(expected)
    importance = {skill: 1 + n % 5 for n, skill in enumerate(shown)}
    ranks = [-doubt.gain * importance[doubt.skill] for doubt in found]
    assert [int(doubt.way != "check") for doubt in found] == [first for first, *_ in by_hand]
    assert ranks == pytest.approx([rank for _, rank, *_ in by_hand], abs=1e-9)
    for doubt in found:
        fit = estimate.credible(doubt.skill)
        assert (doubt.low, doubt.high, doubt.mass) == (fit.low, fit.high, fit.mass)
        assert doubt.claimed == shown[doubt.skill].rating


def test_at_most_five_doubts_are_named_the_first_of_them() -> None:
    shown = named([Shown(4)] * 12)
    whole = doubted(shown, unasked(shown), most=12)
    assert len(whole) > 5
    assert doubted(shown, unasked(shown)) == whole[:5]


def test_where_no_check_is_left_another_person_or_a_sample_of_work_settles_it() -> None:
    shown = named([Shown(3), Shown(4), Shown(5)])
    assert {each.skill: each.way for each in doubted(shown, {})} == {"s0": "peer", "s1": "work", "s2": "work"}
