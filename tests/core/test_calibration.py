"""The posterior against a slow, direct sum over everything it leaves out, written from the model's description."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import exp, prod, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gapcheck.core.calibration import LEAST_MASS, Estimate, Range, Shown, model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

LEVELS = range(6)
TAGS = (2, 3, 4)
RATING = st.sampled_from([None, 0, 1, 2, 3, 4, 5])
CHECKS = st.lists(st.tuples(st.sampled_from(TAGS), st.booleans()), max_size=3).map(tuple)
SHOWN = st.builds(Shown, RATING, CHECKS)
PHI = NormalDist().cdf
NODES = tuple(zip(model.NODES, model.WEIGHTS, strict=True))
RATERS = {"close": (0.25, 0.85, 0.1, 0.3, 0.7), "loose": (0.65, 0.45, 0.7, 0.7, 1.15)}
GUARD = {"as worded": 0.54, "harder": 0.18, "easier": 0.18, "looked up": 0.06, "not trying": 0.04}


def people(most: int) -> st.SearchStrategy[dict[str, Shown]]:
    """What a few skills show."""
    return st.lists(SHOWN, min_size=1, max_size=most).map(named)


def named(shown: Sequence[Shown]) -> dict[str, Shown]:
    return {f"s{n}": each for n, each in enumerate(shown)}


@cache
def level_chance(level: int, theta: float) -> float:
    """P(level | theta)."""
    shares = (0.10, 0.20, 0.26, 0.24, 0.14, 0.06)

    def at_most(top: int) -> float:
        if top in {-1, 5}:
            return float(top == 5)
        z = NormalDist().inv_cdf(sum(shares[: top + 1]))
        return PHI((z - sqrt(0.35) * theta) / sqrt(0.65))

    return at_most(level) - at_most(level - 1)


@cache
def rating_chance(rater: str, rating: int, level: int, leniency: float) -> float:
    """P(rating | level, lambda)."""
    _, slope, shift, weight, spread = RATERS[rater]
    mean = 2.5 + slope * (level - 2.5) + shift + weight * leniency
    upper = 1.0 if rating == 5 else PHI((rating + 0.5 - mean) / spread)
    return upper - (0.0 if rating == 0 else PHI((rating - 0.5 - mean) / spread))


@cache
def right_chance(regime: str, tag: int, level: int, k: float) -> float:
    """P(right | level, k) of a check; k in standard deviations."""
    fixed = {"looked up": 0.93, "not trying": 0.28}
    if regime in fixed:
        return fixed[regime]
    shift = {"as worded": 0.0, "harder": 0.8, "easier": -0.8}[regime]
    return 0.25 + 0.70 / (1 + exp(-(level + 0.8 * k - (tag - 0.5) - shift)))


@cache
def outcome_chance(regime: str, checks: tuple[tuple[int, bool], ...], level: int) -> float:
    """P(all outcomes of one skill's checks | level), k summed out."""
    return sum(weight * outcomes_at(regime, checks, level, k) for k, weight in NODES)


def outcomes_at(regime: str, checks: tuple[tuple[int, bool], ...], level: int, k: float) -> float:
    chances = [(right_chance(regime, tag, level, k), right) for tag, right in checks]
    return prod(chance if right else 1 - chance for chance, right in chances)


def empty_chance(shown: Mapping[str, Shown]) -> float:
    """P(all ratings | an empty rater), each drawn after those before: (seen + 1/2) / (n + 3)."""
    seen: list[int] = []
    chance = 1.0
    for each in shown.values():
        if each.rating is not None:
            chance *= (seen.count(each.rating) + 0.5) / (len(seen) + 3)
            seen.append(each.rating)
    return chance


def configurations(shown: Mapping[str, Shown]) -> Iterator[tuple[float, float, str, float, str]]:
    """Prior, theta, way of rating, lambda, regime; the empty ones times the chance of all ratings together."""
    shares = {"close": 0.25, "loose": 0.65, "empty": 0.10 * empty_chance(shown)}
    for (theta, a), (leniency, b), rater, regime in product(NODES, NODES, shares, GUARD):
        yield a * b * shares[rater] * GUARD[regime], theta, rater, leniency, regime


def terms(each: Shown, theta: float, rater: str, leniency: float, regime: str) -> list[float]:
    """P(level, this skill's answers | configuration) of the six levels."""
    silent = rater == "empty" or each.rating is None
    return [
        level_chance(level, theta)
        * (1.0 if silent else rating_chance(rater, each.rating or 0, level, leniency))
        * outcome_chance(regime, each.checks, level)
        for level in LEVELS
    ]


def joint(shown: Mapping[str, Shown]) -> dict[tuple[int, ...], float]:
    """P(levels of all skills, all answers), for every combination of levels."""
    total = dict.fromkeys(product(LEVELS, repeat=len(shown)), 0.0)
    for prior, *configuration in configurations(shown):
        each_skill = [terms(each, *configuration) for each in shown.values()]  # type: ignore[arg-type]
        for levels in total:
            total[levels] += prior * prod(row[level] for row, level in zip(each_skill, levels, strict=True))
    return total


def marginal(shown: Mapping[str, Shown], skill: str) -> list[float]:
    """The six probabilities of one skill's level."""
    place, whole = list(shown).index(skill), joint(shown)
    evidence = sum(whole.values())
    return [sum(p for levels, p in whole.items() if levels[place] == level) / evidence for level in LEVELS]


def checked(shown: Mapping[str, Shown], skill: str, tag: int, right: bool) -> dict[str, Shown]:
    """The same with one more check answered."""
    before = shown[skill]
    return {**shown, skill: Shown(before.rating, (*before.checks, (tag, right)))}


def test_the_nine_nodes_integrate_every_polynomial_up_to_the_17th_degree() -> None:
    """E[Z^n] of N(0,1) is 1 x 3 x 5 x ... x (n - 1), or 0 where n is odd: no other nine points do so."""
    for degree in range(18):
        moment = 0 if degree % 2 else prod(range(1, degree, 2))
        sums = sum(weight * node**degree for node, weight in NODES)
        assert sums == pytest.approx(moment, rel=1e-14, abs=1e-9 if degree % 2 else 0)


def test_thresholds_are_the_quantiles_of_the_shares() -> None:
    cumulative = (0.10, 0.30, 0.56, 0.80, 0.94)
    exact = [NormalDist().inv_cdf(share) for share in cumulative]
    assert model.THRESHOLDS[1:-1] == pytest.approx(exact, abs=1e-14)


@pytest.mark.parametrize("style", model.STYLES)
@pytest.mark.parametrize("level", LEVELS)
def test_ratings_of_a_level_are_a_whole(style: model.Style, level: int) -> None:
    for node in model.NODES:
        assert sum(model.rating_given(style, rating, level, node) for rating in LEVELS) == pytest.approx(1, abs=1e-15)


def mean(chances: Sequence[float]) -> float:
    return sum(level * chance for level, chance in enumerate(chances))


def test_what_each_thing_is_called_is_what_it_does() -> None:
    """The posterior cannot tell: theta, lambda and the guard's half classes lie evenly about their middle."""
    assert mean(model.levels_given(-1)) < mean(model.levels_given(0)) < mean(model.levels_given(1))
    for style in model.STYLES:
        strict, lenient = ([model.rating_given(style, rating, 3, node) for rating in LEVELS] for node in (-1, 1))
        assert mean(strict) < mean(lenient)
    worded, harder, easier, *_ = (model.right_given(regime, 3, 3, 0) for regime in model.REGIMES)
    assert harder < worded < easier


def test_empty_raters_ratings_are_a_whole() -> None:
    """Over every sequence of three ratings, whatever its order."""
    sequences = list(product(LEVELS, repeat=3))
    assert sum(exp(model.empty_ratings(each)) for each in sequences) == pytest.approx(1, abs=1e-14)
    assert exp(model.empty_ratings([4, 4])) == pytest.approx(1 / 6 * 1.5 / 4, abs=1e-15)
    assert model.empty_ratings([4, 0, 4]) == pytest.approx(model.empty_ratings([0, 4, 4]), abs=1e-15)


@given(people(2))
@settings(max_examples=10)
def test_levels_are_those_of_the_direct_sum(shown: dict[str, Shown]) -> None:
    estimate = Estimate.of(shown)
    for skill in shown:
        assert estimate.levels(skill) == pytest.approx(marginal(shown, skill), abs=1e-10)


THREE = named([Shown(4, ((3, False), (4, False))), Shown(None, ((2, True),)), Shown(5)])


def test_levels_of_three_skills_are_those_of_the_direct_sum() -> None:
    estimate = Estimate.of(THREE)
    for skill in THREE:
        assert estimate.levels(skill) == pytest.approx(marginal(THREE, skill), abs=1e-10)


def test_k_is_one_for_all_checks_of_a_skill_and_another_for_the_next_skill() -> None:
    """With nothing summed out beforehand: two levels and two k by every configuration."""
    shown = named([Shown(4, ((2, True), (4, False))), Shown(2, ((3, True), (4, True)))])
    first = [0.0] * 6
    for prior, theta, rater, leniency, regime in configurations(shown):
        rows = []
        for each in shown.values():
            silent = terms(Shown(each.rating), theta, rater, leniency, regime)
            rows.append(
                [
                    (level, silent[level] * weight * outcomes_at(regime, each.checks, level, k))
                    for level in LEVELS
                    for k, weight in NODES
                ]
            )
        second = sum(p for _, p in rows[1])
        for level, p in rows[0]:
            first[level] += prior * p * second
    assert Estimate.of(shown).levels("s0") == pytest.approx([p / sum(first) for p in first], abs=1e-10)


@given(people(2), st.sampled_from(TAGS))
@settings(max_examples=10)
def test_the_chance_of_a_right_answer_is_the_ratio_of_evidence(shown: dict[str, Shown], tag: int) -> None:
    """P(right | answers) = P(right, answers) / P(answers)."""
    after = joint(checked(shown, "s0", tag, right=True))
    ratio = sum(after.values()) / sum(joint(shown).values())
    assert Estimate.of(shown).chance_right("s0", tag) == pytest.approx(ratio, abs=1e-10)


@given(people(30), st.data())
@settings(max_examples=40)
def test_one_check_more_is_the_same_as_all_from_scratch(shown: dict[str, Shown], data: st.DataObject) -> None:
    estimate = Estimate.of(shown)
    for _ in range(data.draw(st.integers(1, 6))):
        skill, tag = data.draw(st.sampled_from([*shown])), data.draw(st.sampled_from(TAGS))
        right = data.draw(st.booleans())
        estimate, shown = estimate.after(skill, tag, right=right), checked(shown, skill, tag, right)
    scratch = Estimate.of(shown)
    for skill in shown:
        assert estimate.levels(skill) == pytest.approx(scratch.levels(skill), abs=1e-12)
        assert estimate.chance_right(skill, 3) == pytest.approx(scratch.chance_right(skill, 3), abs=1e-12)


def test_an_estimate_stays_what_it_is_after_another_is_made_of_it() -> None:
    estimate = Estimate.of(THREE)
    before = estimate.levels("s1")
    assert estimate.after("s1", 4, right=True).levels("s1") != before
    assert estimate.levels("s1") == before
    assert estimate.shown == THREE


@given(people(12), st.randoms())
@settings(max_examples=30)
def test_neither_the_order_of_skills_nor_that_of_checks_matters(shown: dict[str, Shown], random: Random) -> None:
    shuffled = [*shown.items()]
    random.shuffle(shuffled)
    mixed = {skill: Shown(each.rating, tuple(random.sample(each.checks, len(each.checks)))) for skill, each in shuffled}
    one, other = Estimate.of(shown), Estimate.of(mixed)
    assert all(one.levels(skill) == other.levels(skill) for skill in shown)


@given(people(54))
@settings(max_examples=40)
def test_probabilities_of_levels_are_a_whole(shown: dict[str, Shown]) -> None:
    estimate = Estimate.of(shown)
    for skill in shown:
        assert sum(estimate.levels(skill)) == pytest.approx(1, abs=1e-12)
        assert min(estimate.levels(skill)) > 0


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("rating", [0, 5, None])
def test_54_skills_with_three_checks_each_do_not_underflow(rating: int | None, right: bool) -> None:
    """Products of 216 chances, the least likely there are, and the posterior is still whole."""
    estimate = Estimate.of(named([Shown(rating, tuple((tag, right) for tag in TAGS))] * 54))
    assert sum(estimate.levels("s53")) == pytest.approx(1, abs=1e-12)
    assert sum(map(sum, estimate.weights)) == pytest.approx(1, abs=1e-12)


def test_without_any_answer_levels_have_the_shares_of_the_model() -> None:
    """Nine points integrate over theta to six digits."""
    assert Estimate.of({"a": Shown(None)}).levels("a") == pytest.approx(model.SHARES, abs=1e-6)


def outcomes(most: int) -> list[tuple[tuple[int, bool], ...]]:
    """Every combination of up to `most` checks and outcomes, in order."""
    each = list(product(TAGS, (False, True)))
    return sorted({tuple(sorted(checks)) for n in range(most + 1) for checks in product(each, repeat=n)})


@pytest.mark.parametrize("tag", TAGS)
def test_a_right_answer_speaks_for_a_higher_level_whatever_was_answered_before(tag: int) -> None:
    """In one regime the likelihood ratio of a further right answer rises with the level, k summed out or not."""
    for checks in outcomes(2):
        before, after = model.check_rows(checks), model.check_rows(tuple(sorted((*checks, (tag, True)))))
        for regime in range(3):
            ratios = [after[level][regime] / before[level][regime] for level in LEVELS]
            assert ratios == sorted(set(ratios))


def expected(estimate: Estimate, skill: str) -> float:
    return mean(estimate.levels(skill))


@given(people(6), st.sampled_from(TAGS))
@settings(max_examples=30)
def test_a_right_answer_raises_and_a_wrong_one_lowers_where_no_other_check_was_answered(
    shown: dict[str, Shown], tag: int
) -> None:
    """Not so in general: among right answers only, one more speaks for looking up (the next test)."""
    bare = Estimate.of({skill: Shown(each.rating) for skill, each in shown.items()})
    right, wrong = (bare.after("s0", tag, right=outcome) for outcome in (True, False))
    assert expected(wrong, "s0") < expected(bare, "s0") < expected(right, "s0")


def test_who_gets_everything_right_may_have_looked_it_up() -> None:
    """Without the guard one more right answer would always raise the level."""
    hard: tuple[tuple[int, bool], ...] = ((3, True), (4, True))
    lows = named([Shown(0, hard), *[Shown(1, hard)] * 9])
    estimate = Estimate.of(lows)
    assert sum(estimate.weights[3]) > 0.5
    assert expected(estimate.after("s0", 2, right=True), "s0") < expected(estimate, "s0")
    assert expected(estimate.after("s0", 2, right=False), "s0") > expected(estimate, "s0")


@given(people(8))
@settings(max_examples=30)
def test_a_range_is_the_shortest_run_that_holds_four_fifths(shown: dict[str, Shown]) -> None:
    estimate = Estimate.of(shown)
    levels, found = estimate.levels("s0"), estimate.credible("s0")
    assert found.mass == sum(levels[found.low : found.high + 1]) >= LEAST_MASS
    runs = [Range(low, high, sum(levels[low : high + 1])) for low in LEVELS for high in range(low, 6)]
    assert not [run for run in runs if run.mass >= LEAST_MASS and run.high - run.low < found.high - found.low]
    assert found.mass == max(run.mass for run in runs if run.high - run.low == found.high - found.low)


@given(people(8))
@settings(max_examples=30)
def test_the_median_has_half_at_or_below_and_half_at_or_above(shown: dict[str, Shown]) -> None:
    estimate = Estimate.of(shown)
    levels, median = estimate.levels("s0"), estimate.median("s0")
    assume(all(abs(sum(levels[:n]) - 0.5) > 1e-12 for n in LEVELS))
    assert sum(levels[: median + 1]) >= 0.5 <= sum(levels[median:])


def test_wrong_answers_elsewhere_speak_against_a_claim_that_no_check_was_asked_of() -> None:
    """Through the general level and the leniency that all of a person's skills share."""
    claims = [Shown(4)] * 11
    silent, wrong, right = (
        Estimate.of(named([Shown(4), *[Shown(4, checks)] * 10])) for checks in ((), ((3, False),), ((3, True),))
    )
    assert silent.levels("s0") == Estimate.of(named(claims)).levels("s10")
    assert expected(wrong, "s0") < expected(silent, "s0") < expected(right, "s0")
