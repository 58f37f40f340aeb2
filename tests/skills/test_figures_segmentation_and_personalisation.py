"""Recomputes the figures in the checks of segmentation-and-personalisation."""

from __future__ import annotations

from tests.skills.conftest import Check, found


def test_segmentation_and_personalisation_2(check: Check) -> None:
    """The right opening repeats the measurement the customer asked about."""
    c = check("segmentation-and-personalisation", 2)
    asked = found(r"at (\d+ cm)", c["question"])[1]
    assert [key for key, text in c["options"].items() if asked in text] == ["b"]


def test_segmentation_and_personalisation_3(check: Check) -> None:
    """Only purpose has another winner in one of its groups; every split holds the same averages."""
    c = check("segmentation-and-personalisation", 3)
    rows = [(row[0], int(row[1]), int(row[2])) for row in c["table"][1:]]
    pairs = [rows[i : i + 2] for i in (0, 2, 4)]
    for pair in pairs:
        assert [sum(group[i] for group in pair) / 2 for i in (1, 2)] == [28, 22]
    assert "28 orders against 22" in c["options"]["c"]
    assert "Orders per 1,000" in c["question"]
    best = [sum(max(group[1:]) for group in pair) / 2 for pair in pairs]
    assert best[:2] == [28, 28]
    assert f"sell {best[2]:.0f} per 1,000 instead of 28" in c["why"]
    gaps = [abs(pair[0][1] - pair[1][1]) for pair in pairs]
    assert max(gaps) == gaps[0]
    assert f"{pairs[0][0][1]} orders against {pairs[0][1][1]}" in c["options"]["b"]
    assert 2 ** len(pairs) - 2 == 6
    assert "eight groups" in c["why"]
    assert "six more" in c["why"]


def test_segmentation_and_personalisation_4(check: Check) -> None:
    """The voucher pays only among the undecided."""
    c = check("segmentation-and-personalisation", 4)
    margin, voucher = 20, 5
    assert f"costs us €{voucher} on every order" in c["question"]
    assert f"leaves €{margin} before" in c["question"]
    assert f"With it an order leaves €{margin - voucher}" in c["why"]
    orders = {row[0]: (int(row[1]), int(row[2])) for row in c["table"][1:]}
    money = {name: (a * margin, b * (margin - voucher)) for name, (a, b) in orders.items()}
    assert [name for name, (without, with_it) in money.items() if with_it > without] == ["undecided"]
    for name, words in (
        ("undecided", "the undecided bring"),
        ("almost sure to buy", "The almost sure bring"),
        ("seldom buy", "those who seldom buy"),
        ("quiet for a year", "the quiet"),
    ):
        without, with_it = money[name]
        assert f"{words} €{with_it:,} instead of €{without:,}" in c["why"]
    sure = orders["almost sure to buy"]
    assert f"{sure[0]} of their {sure[1]} vouchers" in c["why"]
    assert f"on {sure[1]} orders" in c["options"]["a"]
    assert all(b > a for a, b in orders.values()), "every group orders more with it, as option b says"
    growth = {name: b / a - 1 for name, (a, b) in orders.items()}
    assert sorted(growth, key=lambda name: growth[name])[-2:] == ["seldom buy", "undecided"]
    assert f"by {growth['undecided']:.0%} and {growth['seldom buy']:.0%}" in c["options"]["c"]
