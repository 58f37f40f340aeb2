"""Recomputes the figures in the checks of product-pages."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, number


def test_product_pages_2(check: Check) -> None:
    """26 of 40 returns have one cause."""
    item = check("product-pages", 2)
    assert "26 of the last 40 returns" in item["question"]
    small, large = found(r"up to (\d+) inches.* with a (\d+)-inch one", item["question"]).groups()
    assert int(small) < int(large)
    assert item["options"]["d"] == f"'For laptops of up to {small} inches; a {large}-inch one does not fit'"
    assert f"whoever owns a {large}-inch one may still hope" in item["why"]
    assert f"{26 / 40:.0%} of the returns" in item["why"]


def test_product_pages_3(check: Check) -> None:
    """Beyond the usual quarter, pullover loses the most people who could be won back."""
    item = check("product-pages", 3)
    rows = {row[0]: (number(row[1]), number(row[3])) for row in item["table"][1:]}
    lost = {name: searches * (left - 25) / 100 for name, (searches, left) in rows.items()}
    assert "loses 25% of searchers" in item["question"]
    assert max(lost, key=lambda name: lost[name]) == "pullover"
    assert item["options"][item["answer"]].startswith("Pullover")
    assert (
        f"{lost['pullover']:.0f} a week for pullover, {lost['gift card']:.0f} for gift card, none for jumper"
        in item["why"]
    )
    assert lost["jumper"] == 0
    leavers = rows["jumper"][0] * rows["jumper"][1] / 100
    assert f"{leavers:,.0f} people a week" in item["options"]["a"]
    assert f"whose {leavers:,.0f}" in item["why"]
    assert max(rows, key=lambda name: rows[name][0]) == "jumper"
    assert max(rows, key=lambda name: rows[name][1]) == "wellies"
    assert f"keeps {lost['pullover'] - lost['gift card']:.0f} people fewer" in item["why"]


def test_product_pages_4(check: Check) -> None:
    """Almost all the items no longer ordered would have come back, so fewer orders leave more money."""
    item = check("product-pages", 4)
    ordered, returned, kept = [(number(row[1]), number(row[2])) for row in item["table"][1:]]
    assert all(ordered[i] == returned[i] + kept[i] for i in (0, 1))
    for text in ("A kept item brings €25", "an item sent back costs us €9", "The adviser cost €3,000"):
        assert text in item["question"]
    assert "€3,000 has to be paid on top" in item["options"]["b"]
    fewer, back, lost = (a - b for a, b in (ordered, returned, kept))
    assert (
        f"Of the {fewer:,.0f} items no longer ordered, {back:,.0f} would have come back: €{back * 9:,.0f} saved"
        in item["why"]
    )
    assert f"{back:,.0f} fewer items come back" in item["options"][item["answer"]]
    assert f"{fewer / ordered[0]:.0%} fewer items are ordered" in item["options"]["a"]
    assert fewer > 5 * math.sqrt(sum(ordered))
    assert f"{lost:.0f} fewer items are kept" in item["options"]["b"]
    error = math.sqrt(sum(kept))
    assert lost < error, "The difference in kept items is within chance."
    assert f"cost €{lost * 25:,.0f}, and after the fee €{back * 9 - lost * 25 - 3000:,.0f} remains" in item["why"]
    assert back * 9 - (lost + 1.96 * error) * 25 - 3000 > 0, "It pays even at the far end of chance."
