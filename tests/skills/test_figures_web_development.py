"""Recomputes the figures in the checks of web-development."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.skills.conftest import Check


def test_web_development_2(check: Check) -> None:
    """Fewer than three in four visits were in time, whatever average and middle say."""
    c = check("web-development", 2)
    within = {float(row[0].split(" ")[0]): int(row[1].replace(",", "")) for row in c["table"][1:]}
    total, limit = max(within.values()), 2.5
    assert total == 1000
    assert f"{total:,} typical visits" in c["question"]
    assert f"Three in four of {total:,} is {total * 3 // 4}; " in c["why"]
    for text in (f"shows within {limit} seconds", "an average of 2.2 seconds"):
        assert text in c["question"]
    assert f"an average of 2.2 seconds is inside the limit of {limit}" in c["options"]["a"]
    agreed = total * 3 / 4
    assert f"{within[limit]} visits were in time, and at least {agreed:.0f} were agreed" in c["options"]["b"]
    assert f"{agreed - within[limit]:.0f} visits are missing" in c["why"]
    assert f"the {1 - within[limit] / total:.0%} who waited too long" in c["why"]
    assert f"{total - within[4.0]} visits took longer than four seconds" in c["options"]["d"]
    middle = 1 + (limit - 1) * (total / 2 - within[1.0]) / (within[limit] - within[1.0])
    assert middle < 2, "the visit in the middle is well inside the limit"
    marks = [0.0, *within]
    counts = [within[b] - within.get(a, 0) for a, b in pairwise(marks)]
    least = sum(n * t for n, t in zip(counts, marks[:-1], strict=True)) / total
    most = sum(n * t for n, t in zip(counts, marks[1:], strict=True)) / total
    assert least < 2.2 < most, "the maker's average must be possible with these counts"


def test_web_development_4(check: Check) -> None:
    """Vouchers touch some €1,800 of the weekend's sales."""
    c = check("web-development", 4)
    assert "3% of orders" in c["question"]
    assert "3% of orders" in c["why"]
    assert "€60,000" in c["question"]
    assert f"some €{60_000 * 3 // 100:,}" in c["why"]
