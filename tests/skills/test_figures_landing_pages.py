"""The numbers in the checks of landing-pages, computed again from what the text says."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from tests.skills.conftest import found, whole

if TYPE_CHECKING:
    from tests.skills.conftest import Check


def z_of(hits: int, of: int, others: int, of_others: int) -> float:
    """The difference of two rates in standard errors, pooled."""
    pooled = (hits + others) / (of + of_others)
    return (hits / of - others / of_others) / sqrt(pooled * (1 - pooled) * (1 / of + 1 / of_others))


def test_landing_pages_3(check: Check) -> None:
    """B brings more accepted leads from the same clicks, beyond chance, and leaves sales fewer to turn away."""
    parsed = check("landing-pages", 3)
    (visitors, leads, accepted), (same, fewer, more) = (
        [whole(cell) for cell in row[1:]] for row in parsed["table"][1:]
    )
    assert visitors == same
    why = parsed["why"]
    assert f"brings {more} against {accepted} from the same clicks" in why
    assert f"({more / visitors:.1%} against {accepted / visitors:.1%};" in why
    assert 2 * NormalDist().cdf(-z_of(more, visitors, accepted, visitors)) < 1 / 1000
    assert "less than once in 1,000 times" in why
    assert f"leaves sales {fewer - more} leads to turn away, not {leads - accepted}" in why


def test_landing_pages_4(check: Check) -> None:
    """Both sources are flat within chance; only their mix moved the total."""
    parsed = check("landing-pages", 4)
    months = [
        [tuple(map(whole, found(r"([\d,]+) of ([\d,]+)", cell).groups())) for cell in row[1:3]]
        for row in parsed["table"][1:]
    ]
    for row, month in zip(parsed["table"][1:], months, strict=True):
        assert row[3] == f"{sum(hits for hits, _ in month) / sum(of for _, of in month):.1%}"
    for source, before, after in zip(("Paid social", "brand search"), *months, strict=True):
        told = f"from {before[0] / before[1]:.1%} to {after[0] / after[1]:.1%}"
        assert told in parsed["why"]
        assert source in parsed["why"]
        assert abs(z_of(*after, *before)) < 1.96
    assert "lifted conversion by about 30%" in parsed["options"]["a"]
    (_, before), (_, after) = months
    assert f"{after[0]} conversions against {before[0]}" in parsed["options"]["b"]
    shares = [month[1][1] / (month[0][1] + month[1][1]) for month in months]
    assert f"{shares[1]:.0%} of visitors, not {shares[0]:.0%}, were brand searchers" in parsed["why"]
