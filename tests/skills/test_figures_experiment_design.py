"""The numbers in the checks of experiment-design, computed again from what the text says."""

from __future__ import annotations

from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from tests.skills.conftest import found, number

if TYPE_CHECKING:
    from tests.skills.conftest import Check

NORMAL = NormalDist()


def false_alarm(looks: int, limit: float) -> float:
    """The chance that a walk of standard normal steps leaves +-limit x sqrt(step) at one of some looks."""
    wide, cells = limit * sqrt(looks), 241
    width = 2 * wide / cells
    places = [-wide + width * (n + 0.5) for n in range(cells)]
    staying = [NORMAL.pdf(x) * width if abs(x) <= limit else 0.0 for x in places]
    for look in range(2, looks + 1):
        bound = limit * sqrt(look)
        staying = [
            sum(share * NORMAL.pdf(y - x) for share, x in zip(staying, places, strict=True) if share) * width
            if abs(y) <= bound
            else 0.0
            for y in places
        ]
    return 1 - sum(staying)


def sample(rate: float, wanted: float, alarm: float) -> float:
    """Visitors per group to tell two rates apart at a two-sided false alarm and a miss of 20%."""
    z = NORMAL.inv_cdf(1 - alarm / 2) + NORMAL.inv_cdf(0.8)
    return z * z * (rate * (1 - rate) + wanted * (1 - wanted)) / (wanted - rate) ** 2


def test_experiment_design_2(check: Check) -> None:
    """Five evenly spaced looks at 5% raise a false alarm in about 14 of 100 tests of nothing."""
    parsed = check("experiment-design", 2)
    stated = int(found(r"about (\d+) of 100 tests", parsed["why"])[1])
    assert abs(100 * false_alarm(5, NORMAL.inv_cdf(0.975)) - stated) < 0.5
    assert "stopped on day 5" in parsed["question"]


def test_experiment_design_3(check: Check) -> None:
    """The split strays from 50:50 by far more than chance, and the rates differ with the p-value given."""
    parsed = check("experiment-design", 3)
    match = found(
        r"A has ([\d,]+) visitors and converts at ([\d.]+)%; group B has ([\d,]+) .* at ([\d.]+)%", parsed["question"]
    )
    n, rate, m, other = (number(group) for group in match.groups())
    split = abs(n - m) / sqrt(n + m)
    assert 2 * NORMAL.cdf(-split) < 1e-8
    assert "once in a hundred million" in parsed["why"]
    pooled = (n * rate + m * other) / (n + m) / 100
    z = (other - rate) / 100 / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    assert f"(p = {2 * NORMAL.cdf(-z):.3f})" in parsed["question"]
    assert (n - m) / n < 0.04
    assert "less than 4%" in parsed["options"]["a"]


def test_experiment_design_4(check: Check) -> None:
    """The small effect takes two years of traffic, more than one at a laxer limit; the bold one seven weeks."""
    parsed = check("experiment-design", 4)
    weekly = number(found(r"([\d,]+) visitors a week", parsed["question"])[1])
    per_group = number(found(r"about ([\d,]+) visitors per group", parsed["question"])[1])
    assert abs(sample(0.03, 0.0315, 0.05) - per_group) < 1_000
    assert f"{2 * per_group:,.0f} visitors at {weekly:,.0f} a week is two years" in parsed["why"]
    assert 2 * per_group / weekly / 52 == 2
    assert 2 * sample(0.03, 0.0315, 0.20) / weekly > 52
    bold = number(found(r"needs ([\d,]+) per group", parsed["why"])[1])
    assert abs(sample(0.03, 0.036, 0.05) - bold) < 100
    assert ceil(2 * bold / weekly) == 7
