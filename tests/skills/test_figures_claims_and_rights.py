"""Recomputes the figures in the checks of claims-and-rights."""

from __future__ import annotations

from fractions import Fraction

from tests.skills.conftest import Check, found


def test_claims_and_rights_2(check: Check) -> None:
    """From eighteen minutes to twelve is exactly a third less time."""
    item = check("claims-and-rights", 2)
    new, old = (
        int(n)
        for n in found(r"average (\d+) minutes with our new cleaner, (\d+) with our old", item["question"]).groups()
    )
    assert 1 - Fraction(new, old) == Fraction(1, 3)
    assert "a third less time than our old cleaner" in item["options"][item["answer"]]
    assert f"{new} minutes instead of {old} is a third less" in item["why"]
    assert f"just {new} minutes" in item["options"]["d"]


def test_claims_and_rights_3(check: Check) -> None:
    """The reduction starts from the lowest price charged in the thirty days before it."""
    item = check("claims-and-rights", 3)
    rows = item["table"][1:]
    spans = [[int(day) for day in row[0].split(" to ")] for row in rows]
    days = [int(row[1]) for row in rows]
    prices = [int(row[2].replace("€", "")) for row in rows]
    assert [last - first + 1 for first, last in spans] == days
    assert sum(days) == 30
    assert spans[-1][1] == 31
    sale = int(found(r"at €(\d+)", item["question"])[1])
    lowest, last = min(prices), prices[-1]
    average = sum(d * p for d, p in zip(days, prices, strict=True)) / sum(days)
    high = sum(d for d, p in zip(days, prices, strict=True) if p == max(prices))
    assert last == max(prices)
    assert item["options"]["a"].startswith(
        f"'{1 - sale / last:.0%} off, was €{last}': the price on {high} of the 30 days"
    )
    assert item["options"]["b"].startswith(f"'{1 - sale / last:.0%} off, was €{last}'")
    assert f"last 30 days: €{lowest}'" in item["options"]["b"]
    assert item["options"]["c"].startswith(f"'{1 - sale / lowest:.1%} off, was €{lowest}'")
    assert days[prices.index(lowest)] == 7
    assert "if only for a week" in item["options"]["c"]
    assert item["options"]["d"].startswith(f"'{1 - sale / average:.0%} off', counted from €{average:.2f}")
    assert f"here €{lowest}: €{lowest - sale} less is {1 - sale / lowest:.1%}" in item["why"]
    assert f"Printing the €{lowest} beneath" in item["why"]


def test_claims_and_rights_4(check: Check) -> None:
    """The customer's result and the usual one are the same figures in table, options and reason."""
    item = check("claims-and-rights", 4)
    told = found(r"by (\d+)%", item["table"][1][0])[1]
    usual = found(r"usually (\d+)%", item["table"][1][1])[1]
    assert int(told) > int(usual)
    for letter in "ac":
        assert f"put the usual {usual}% beside her {told}%" in item["options"][letter]
    assert f"beside her {told}%" in item["options"]["b"]
    assert f"her {told}% for what they will save" in item["why"]
    assert f"the usual {usual}% is shown clearly" in item["why"]
