"""Recomputes the figures in the checks of numbers-finance-trusts."""

from __future__ import annotations

from tests.skills.conftest import Check, whole


def test_numbers_finance_trusts_2(check: Check) -> None:
    """The claims add up to more than the ledger shows, and the options quote both figures."""
    item = check("numbers-finance-trusts", 2)
    *claims, together, ledger = (whole(cell) for cell in item["table"][1])
    assert sum(claims) == together > ledger
    assert f"The {together:,} scaled down to {ledger:,}" in item["options"]["b"]
    assert f"The ledger's {ledger:,}" in item["options"]["d"]
    assert f"{together - ledger} more than there were" in item["why"]


def test_numbers_finance_trusts_3(check: Check) -> None:
    """The last 10,000 brought back 8,000, though the average still looks good."""
    item = check("numbers-finance-trusts", 3)
    (spent, margin), (spent_more, margin_more) = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    added, gained = spent_more - spent, margin_more - margin
    assert f"the last €{added:,} brought back €{gained:,}" in item["options"]["a"]
    assert margin_more / spent_more > 2.6
    assert "more than €2.60" in item["options"]["b"]
    assert f"€{gained:,} gained for €{added:,} spent is a loss of €{added - gained:,} a month" in item["why"]
    assert f"the next €{added:,}" in item["why"]
    assert f"with €{margin / spent:.2f} on average" in item["why"]
