"""Recomputes the figures in the checks of paid-social."""

from __future__ import annotations

import math
from typing import Any

from tests.skills.conftest import Check, number


def test_paid_social_2(check: Check) -> None:
    """Clicks got 60% cheaper while visits that stay got a third dearer."""
    item = check("paid-social", 2)
    (spent_1, clicks_1, stayed_1), (spent_2, clicks_2, stayed_2) = (
        [number(x) for x in row[1:]] for row in item["table"][1:]
    )
    assert spent_1 == spent_2
    fall = 1 - (spent_2 / clicks_2) / (spent_1 / clicks_1)
    assert f"cost per click down {fall:.0%}" in item["question"]
    assert f"from €{spent_1 / stayed_1:.2f} to €{spent_2 / stayed_2:.2f}" in item["why"]
    assert (
        f"kept {stayed_1 / clicks_1:.0%} of visitors in April, against {stayed_2 / clicks_2:.0%} in May" in item["why"]
    )
    assert math.isclose(stayed_1 / stayed_2 - 1, 1 / 3)
    assert "a third more" in item["options"]["a"]
    assert clicks_2 / clicks_1 == 2.5
    assert "two and a half times" in item["options"]["b"]


def test_paid_social_3(check: Check) -> None:
    """Price and click rate hardly moved; the share of clicks that qualify halved and doubled the cost."""
    item = check("paid-social", 3)
    (price_1, rate_1, share_1), (price_2, rate_2, share_2) = ([number(x) for x in row[1:]] for row in item["table"][1:])
    cost_1, cost_2 = (
        p / 1000 / (r / 100) / (s / 100) for p, r, s in ((price_1, rate_1, share_1), (price_2, rate_2, share_2))
    )
    assert f"€{cost_1:.2f} then, €{cost_2:.2f} now" in item["why"]
    assert 1.9 < cost_2 / cost_1 < 2.2
    assert "about twice" in item["question"]
    assert f"moved by {price_2 / price_1 - 1:.1%} and {1 - rate_2 / rate_1:.0%}" in item["why"]
    assert share_2 * 2 == share_1
    assert "the third halved" in item["why"]
    assert "a tenth of the audience" in item["question"]
    assert "nine tenths are unreached" in item["why"]


def test_paid_social_4(check: Check) -> None:
    """Even the upper end of the hold-out's 95% interval brings less margin than the ads cost."""
    item = check("paid-social", 4)
    seen, kept = item["table"][1], item["table"][2]
    n_1, k_1, n_2, k_2 = number(seen[1]), number(seen[2]), number(kept[1]), number(kept[2])
    p_1, p_2 = k_1 / n_1, k_2 / n_2
    assert f"{p_1:.1%}" == seen[3]
    assert f"{p_2:.1%}" == kept[3]
    assert n_2 / (n_1 + n_2) == 1 / 5
    assert "A random fifth" in item["question"]
    spent, credited, margin = 10_000, 400, 40
    for text in (f"€{spent:,} a month", f"with {credited} orders", f"€{margin} margin"):
        assert text in item["question"]
    assert f"costs €{spent / credited:.0f} and earns €{margin}" in item["options"]["a"]
    added = (p_1 - p_2) * n_1
    assert (
        f"about {added:.0f} orders ({(p_1 - p_2) * 100:.1f} points of {n_1:,.0f}), €{spent / added:.0f} each"
        in item["why"]
    )
    error = math.sqrt(p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2)
    assert p_1 - p_2 < 1.96 * error, "the difference must not be significant, as option c says"
    top = (p_1 - p_2 + 1.96 * error) * n_1
    assert f"some {top:.0f} orders, about €{round(top * margin, -1):,.0f} of margin" in item["why"]
    assert top * margin < spent
    assert added / credited < 1 / 2, "most of those credited would have bought anyway"


def test_paid_social_rule_of_three(skills: dict[str, dict[str, Any]]) -> None:
    """An ad whose true cost is the limit shows no result after three times that cost about once in twenty times."""
    text = " ".join(skills["paid-social"]["good_work"])
    assert "spent three times the allowed cost without a single result" in text
    assert "would be so unlucky about once in twenty" in text
    assert abs(math.exp(-3) - 1 / 20) < 0.001
