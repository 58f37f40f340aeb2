"""Recomputes the figures in the checks of pricing-and-promotions."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, number


def test_pricing_and_promotions_2(check: Check) -> None:
    """Ten per cent off a margin of 40% takes a third more units, and 20% more lose money."""
    item = check("pricing-and-promotions", 2)
    price, cost, units = 50, 30, 1000
    assert f"{units:,} units a month at €{price}" in item["question"]
    assert f"costs us €{cost}" in item["question"]
    usual, cut = price - cost, price * 0.9 - cost
    assert f"€{cut:.0f} instead of €{usual}" in item["options"][item["answer"]]
    assert abs(usual / cut - 4 / 3) < 1e-9
    assert "a third more" in item["options"][item["answer"]]
    assert (
        f"{units:,} units at €{usual} leave €{units * usual:,}; "
        f"{units * 1.2:,.0f} at €{cut:.0f} leave €{units * 1.2 * cut:,.0f}" in item["why"]
    )
    assert f"Standing still takes {math.ceil(units * usual / cut):,}" in item["why"]
    assert f"{units * 1.25:,.0f} units leave only €{units * 1.25 * cut:,.0f}" in item["why"]
    assert abs(cut / usual - 0.75) < 1e-9
    revenue = units * 1.2 * price * 0.9
    assert f"€{revenue:,.0f} for €{units * price:,}" in item["why"]
    assert f"revenue grows by {revenue / (units * price) - 1:.0%}" in item["options"]["c"]


def test_pricing_and_promotions_3(check: Check) -> None:
    """With the dip afterwards the offer loses €1,400; each wrong answer follows from a named slip."""
    item = check("pricing-and-promotions", 3)
    packs = {row[0]: number(row[1]) for row in item["table"][1:]}
    usual, offer = packs["usual"], packs["offer"]
    assert "costs us €10 and sells at €20. In one week it was €16." in item["question"]
    for letter in "bc":
        assert "at €6 each" in item["options"][letter]
    after = [packs[week] for week in ("first after", "second after", "third after")]
    assert packs["from then on"] == usual
    with_offer, without = offer * 6 + sum(after) * 10, 4 * usual * 10
    assert (
        f"It cost €{without - with_offer:,.0f}: four weeks brought €{with_offer:,.0f}, not €{without:,.0f}"
        == item["options"][item["answer"]]
    )
    brought_forward = 3 * usual - sum(after)
    extra = offer - usual - brought_forward
    assert (
        f"€{offer * 6 - usual * 10:,.0f}: that week brought €{offer * 6:,.0f} instead of €{usual * 10:,.0f}"
        in item["options"]["a"]
    )
    assert f"€{extra * 6:,.0f}: after the dip {extra:.0f} packs remain" in item["options"]["b"]
    assert f"€{(offer - usual) * 6:,.0f}: {offer - usual:.0f} packs more than usual" in item["options"]["c"]
    anyway = offer - extra
    assert f"Only {extra:.0f} packs were extra (€{extra * 6:,.0f})" in item["why"]
    assert (
        f"The other {anyway:.0f} would have been sold anyway, "
        f"{usual:.0f} that week and {brought_forward:.0f} soon after, for €4 more each (€{anyway * 4:,.0f})"
        in item["why"]
    )
    assert extra * 6 - anyway * 4 == with_offer - without
    assert f"forgets those {anyway:.0f} discounts" in item["why"]


def test_pricing_and_promotions_4(check: Check) -> None:
    """Team stays below the loss it can bear, Solo goes beyond it, and raising both gives part of the gain away."""
    item = check("pricing-and-promotions", 4)
    rows = {row[0]: [number(cell) for cell in row[1:]] for row in item["table"][1:]}
    gain, bear, lost = {}, {}, {}
    for plan, (old, new, cost, kept_old, kept_new) in rows.items():
        gain[plan] = kept_new * (new - cost) - kept_old * (old - cost)
        bear[plan] = 1 - (old - cost) / (new - cost)
        lost[plan] = 1 - kept_new / kept_old
        assert abs(new / old - 1.15) < 1e-9
        assert (1000 - kept_new) / (1000 - kept_old) > 3, "Cancellations more than tripled in each plan."
        error = (
            1.96
            * math.sqrt(kept_new / 1000 * (1 - kept_new / 1000) + kept_old / 1000 * (1 - kept_old / 1000))
            / math.sqrt(1000)
        )
        assert abs(lost[plan] - bear[plan]) > error, "The verdict on each plan is beyond chance."
    assert (
        f"Team may lose {bear['Team']:.0%} of its customers before €9 more stops paying (50/59) "
        f"and lost {lost['Team']:.0%}: €{gain['Team']:,.0f} more" in item["why"]
    )
    assert (
        f"Solo may lose {bear['Solo']:.0%} (15/18) and lost {lost['Solo']:.0%}: €{-gain['Solo']:,.0f} less"
        in item["why"]
    )
    assert f"€{gain['Team'] + gain['Solo']:,.0f} more a month" in item["options"]["b"]
    assert f"Team at €{rows['Team'][0] + 2 * (rows['Team'][1] - rows['Team'][0]):.0f}" in item["options"]["d"]
    assert gain["Team"] > 0 > gain["Solo"]
    assert item["options"][item["answer"]].startswith("New for Team, old for Solo")
