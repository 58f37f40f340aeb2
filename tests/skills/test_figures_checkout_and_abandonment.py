"""Recomputes the figures in the checks of checkout-and-abandonment."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, number


def test_checkout_and_abandonment_2(check: Check) -> None:
    """The missing arrival date loses the most decided buyers, although the largest group was only looking."""
    item = check("checkout-and-abandonment", 2)
    rows = {row[0]: (int(row[1]), int(row[2])) for row in item["table"][1:]}
    looking, arrival, account, voucher = rows.values()
    assert sum(people for people, _ in rows.values()) == 300
    assert "300 people" in item["question"]
    assert max(rows, key=lambda name: rows[name][1]) == "no arrival date before paying"
    assert arrival[0] > account[0] > voucher[0], "By either column the arrival date comes before accounts and vouchers."
    assert looking[0] * 2 == 300
    assert "half of all" in item["options"]["b"]
    assert f"{arrival[1]} of the {arrival[0]} who missed an arrival date" in item["why"]
    assert f"{looking[1]} of {looking[0]} bought anywhere" in item["why"]
    assert f"accounts lost {account[1]} to others, the voucher field {voucher[1]}" in item["why"]
    assert item["options"][item["answer"]].startswith("The arrival date")


def test_checkout_and_abandonment_3(check: Check) -> None:
    """Only instant transfer loses orders that were paid; cards fail and are refused alike on both devices."""
    item = check("checkout-and-abandonment", 3)
    rows = {row[0]: [number(cell) for cell in row[1:]] for row in item["table"][1:]}
    phone, computer, wallet, transfer = rows.values()
    missing = {name: row[2] - row[3] for name, row in rows.items()}
    assert max(missing, key=lambda name: missing[name]) == "instant transfer"
    assert f"{missing['instant transfer']:.0f} buyers have paid" in item["options"][item["answer"]]
    assert item["why"].startswith(f"{missing['instant transfer']:.0f} people are charged")
    others = max(missing[name] / rows[name][2] for name in rows if name != "instant transfer")
    assert abs(others - 1 / 700) < 1e-9
    assert "at most one paid order in 700" in item["why"]
    failed = {name: row[0] - row[1] for name, row in rows.items()}
    assert max(failed, key=lambda name: failed[name]) == "card, on a phone"
    assert f"{failed['card, on a phone']:.0f} buyers fail the bank's check" in item["options"]["a"]
    assert phone[1] / phone[0] == computer[1] / computer[0] == 0.93
    assert "computers lose 7% too" in item["why"]
    refused = phone[1] - phone[2] + computer[1] - computer[2]
    assert f"{refused:.0f} buyers are refused" in item["options"]["b"]
    assert refused > max(wallet[1] - wallet[2], transfer[1] - transfer[2])
    assert refused > missing["instant transfer"]
    cards = (phone[3] + computer[3]) / (phone[0] + computer[0])
    assert (
        f"{wallet[3] / wallet[0]:.0%} of its buyers end with an order, with cards {cards:.0%}" in item["options"]["d"]
    )


def test_checkout_and_abandonment_4(check: Check) -> None:
    """The half that was offered the invoice orders more and leaves less, because most of its invoices replace cards."""
    item = check("checkout-and-abandonment", 4)
    card, invoice = [[number(cell) for cell in row[1:]] for row in item["table"][1:]]
    assert "a random half of 40,000 checkouts" in item["question"]
    without = card[0] * card[2] + invoice[0] * invoice[2]
    offered = card[1] * card[2] + invoice[1] * invoice[2]
    assert f"€{without:,.0f} without, €{offered:,.0f} with invoice" in item["why"]
    assert f"€{without - offered:,.0f} less" in item["options"][item["answer"]]
    new, moved = card[1] + invoice[1] - card[0], card[0] - card[1]
    assert f"Only {new:.0f} orders are new (€{new * invoice[2]:,.0f})" in item["why"]
    assert (
        f"{moved:,.0f} buyers would have paid another way and left "
        f"€{card[2] - invoice[2]:.0f} more each (€{moved * (card[2] - invoice[2]):,.0f})" in item["why"]
    )
    assert offered - without == new * invoice[2] - moved * (card[2] - invoice[2])
    assert f"{new / card[0]:.0%} more orders" in item["options"]["a"]
    before, after = card[0] / 20_000, (card[1] + invoice[1]) / 20_000
    rate = (before + after) / 2
    assert (after - before) / math.sqrt(rate * (1 - rate) * 2 / 20_000) > 5, "The gain in orders is far beyond chance."
    assert (
        f"{invoice[1]:,.0f} orders came by invoice, and together they leave us €{invoice[1] * invoice[2]:,.0f}"
        in item["options"]["b"]
    )
