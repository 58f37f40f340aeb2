"""Recomputes the figures in the checks of sales-handover-and-enablement."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.skills.conftest import Check


def test_sales_handover_and_enablement_3(check: Check) -> None:
    """The business case loses the largest share, and a deal saved there is the likeliest to be won."""
    item = check("sales-handover-and-enablement", 3)
    rows = {row[0]: (int(row[1]), int(row[2])) for row in item["table"][1:]}
    stages = list(rows.values())
    for (entered, lost), (following, _) in pairwise(stages):
        assert entered - lost == following, "Whoever is not lost at a stage enters the next one."
    won = stages[-1][0] - stages[-1][1]
    share = {name: lost / entered for name, (entered, lost) in rows.items()}
    assert max(share, key=lambda name: share[name]) == "business case"
    assert f"loses {share['business case']:.0%} of its deals" in item["why"]
    assert max(rows, key=lambda name: rows[name][1]) == "first talk", "Option b is right about the number."
    after_case, after_talk = rows["contract"][0], rows["demonstration"][0]
    assert abs(won / after_case - 4 / 5) < 0.01
    assert f"four times in five ({won} of {after_case})" in item["why"]
    assert abs(won / after_talk - 1 / 3) < 0.02
    assert f"one time in three ({won} of {after_talk})" in item["why"]


def test_sales_handover_and_enablement_4(check: Check) -> None:
    """Opening the prices twice leaves most, the best hit rate less, and what nearly all winners did loses money."""
    item = check("sales-handover-and-enablement", 4)
    rows = {row[0]: (int(row[1]), int(row[2])) for row in item["table"][1:]}
    study, prices, papers, _ = rows.values()
    for text in ("all 1,000 leads, at €150 each", "won 50.", "A won deal brings €2,000 before that"):
        assert text in item["question"]
    assert item["table"][0][1:] == ["among 50 won", "among 950 not won"]
    left = {name: won * 2000 - (won + not_won) * 150 for name, (won, not_won) in rows.items()}
    assert max(left, key=lambda name: left[name]) == "opened the prices twice"
    assert item["options"][item["answer"]].startswith("The prices: a quarter")
    assert prices[0] / sum(prices) == 0.25
    assert (
        f"Prices: {sum(prices)} leads and {prices[0]} deals leave €{left['opened the prices twice']:,}" in item["why"]
    )
    assert f"leave out {50 - papers[0]} of 50 deals: €{left['asked for our security papers']:,}" in item["why"]
    assert (
        f"so did {study[1] / 950:.0%} of the others: {sum(study)} leads, a loss of €{-left['read a case study']:,}"
        in item["why"]
    )
    assert f"leaves €{left['three visitors from one firm']:,}" in item["why"]
    assert study[0] / 50 == 0.9
    assert papers[0] / sum(papers) == 0.6
    rates = {name: won / (won + not_won) for name, (won, not_won) in rows.items()}
    assert max(rates, key=lambda name: rates[name]) == "asked for our security papers"
    assert 50 * 2000 - 1000 * 150 < 0, "Pursuing every lead loses money, so a sign is worth choosing."
