"""Recomputes the figures in the checks of partner-and-marketplace-channels."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, whole


def test_partner_and_marketplace_channels_2(check: Check) -> None:
    """Eight of the thirty-five per cent go to the partner, and twenty-seven are left."""
    item = check("partner-and-marketplace-channels", 2)
    rate = int(found(r"for (\d+)% of each order", item["question"])[1])
    left = int(found(r"leaves us (\d+)%", item["question"])[1])
    assert f"{left - rate}% instead of {left}%" in item["why"]
    assert f"still leaves us {left - rate}%" in item["options"]["d"]
    assert f"the {rate}% down" in item["options"]["a"]


def test_partner_and_marketplace_channels_3(check: Check) -> None:
    """The marketplace's margin is smaller than what our own shop lost when it opened."""
    item = check("partner-and-marketplace-channels", 3)
    own, market = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    before = own[0] * own[2] + market[0] * market[2]
    shop, there = own[1] * own[2], market[1] * market[2]
    assert f"{own[0]:,} orders at €{own[2]} left €{before:,}" in item["why"]
    assert f"€{shop:,} and €{there:,} make €{shop + there:,}" in item["why"]
    assert f"the {own[0] - own[1]} orders our shop lost" in item["why"]
    moved = own[0] - own[1]
    added, less = market[1] - moved, own[2] - market[2]
    assert added * market[2] - moved * less == shop + there - before
    loss = before - shop - there
    assert (
        f"It cost €{loss:,}: {added} orders were added, but {moved} moved to where each leaves €{less} less"
        in item["options"]["c"]
    )
    assert (
        f"{added} added orders bring €{added * market[2]:,}, {moved} moved ones cost €{moved * less:,}" in item["why"]
    )
    assert f"It added €{there:,}: the {market[1]} orders sold there, at €{market[2]} each" in item["options"]["a"]
    assert f"now {own[1] + market[1]:,} orders instead of {own[0] + market[0]:,}" in item["options"]["b"]
    assert (own[1] + market[1]) / own[0] == 1.2
    assert f"its {own[0] - own[1]} orders" in item["options"]["d"]


def test_partner_and_marketplace_channels_4(check: Check) -> None:
    """Even the upper end of the interval earns about half of the commission paid."""
    item = check("partner-and-marketplace-channels", 4)
    shown, hidden = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    worth = int(found(r"leaves us €(\d+)", item["question"])[1])
    gap = shown[1] / shown[0] - hidden[1] / hidden[0]
    error = math.sqrt(sum(n / m * (1 - n / m) / m for m, n, _ in (shown, hidden)))
    low, high = (round((gap + z * error) * shown[0]) for z in (-1.96, 1.96))
    extra = shown[1] - hidden[1]
    assert shown[0] == hidden[0]
    assert f"The difference of {extra} orders has a 95% interval of {low} to +{high}." in item["question"]
    assert f"{high} extra orders at €{worth} earn €{high * worth:,} for €{shown[2]:,}" in item["why"]
    assert f"the {extra} measured earn €{extra * worth:,}" in item["why"]
    assert f"as {hidden[1]:,} did" in item["why"]
    assert f"{shown[1]:,} orders at €{worth} leave €{shown[1] * worth:,}" in item["options"]["a"]
    assert f"even {high} extra orders would not earn back the €{shown[2]:,}" in item["options"]["d"]
    assert high * worth < shown[2]
