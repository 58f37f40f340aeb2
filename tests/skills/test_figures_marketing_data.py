"""Recomputes the figures in the checks of marketing-data."""

from __future__ import annotations

from tests.skills.conftest import Check, found, number, whole


def test_marketing_data_2(check: Check) -> None:
    """The ledger hardly moves while the site's count of visits and orders falls by the same share."""
    item = check("marketing-data", 2)
    (visits, orders, ledger), (fewer, seen, booked) = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    assert f"The ledger has {booked} orders after {ledger}" in item["why"]
    assert f"{orders / ledger:.0%} of the orders before and {seen / booked:.0%} after" in item["why"]
    assert round(10 * seen / booked) == 6
    assert "about six in ten" in item["options"]["d"]
    assert f"Demand is down by {1 - fewer / visits:.0%}" in item["options"]["a"]
    assert orders / visits == seen / fewer
    assert f"{orders / visits:.0%} of visits ended in an order both times" in item["options"]["b"]


def test_marketing_data_3(check: Check) -> None:
    """The join multiplies rows and revenue by the same factor, so nothing was found, only repeated."""
    item = check("marketing-data", 3)
    (rows, revenue), (more, inflated) = ((whole(row[1]), whole(row[2])) for row in item["table"][1:])
    factor = more / rows
    assert inflated / revenue == factor
    assert f"by {factor:.1f}, so that together they come to €{revenue:,}" in item["options"]["d"]
    assert f"€{inflated - revenue:,} of revenue" in item["options"]["a"]
    assert f"until the total is €{revenue:,}" in item["options"]["c"]


def test_marketing_data_4(check: Check) -> None:
    """Merging by machine pays under the first rule, looking pays under the second, and neither pays under the third."""
    item = check("marketing-data", 4)
    saved, harm, look = (
        int(n) for n in found(r"saves €(\d+), a wrong one costs €(\d+).*costs €(\d+)", item["question"]).groups()
    )
    pairs = [whole(row[1]) for row in item["table"][1:]]
    true = [round(n * number(row[2]) / 100) for n, row in zip(pairs, item["table"][1:], strict=True)]
    added = [(pairs[0], true[0])] + [(pairs[i] - pairs[i - 1], true[i] - true[i - 1]) for i in (1, 2)]
    machine = [right * saved - (n - right) * harm for n, right in added]
    by_hand = [right * saved - n * look for n, right in added]
    results = {
        "a": machine[0] + machine[1],
        "b": machine[0],
        "c": machine[0] + by_hand[1],
        "d": machine[0] + by_hand[1] + by_hand[2],
    }
    assert max(results, key=lambda key: results[key]) == item["answer"]
    best = sum(max(0, one, other) for one, other in zip(machine, by_hand, strict=True))
    assert results[item["answer"]] == best, "No other mixture of rules, machine and hand may do better."
    assert f"Rule 1 by machine gains €{machine[0]:,}" in item["why"]
    assert (
        f"The {added[1][0]:,} pairs that rule 2 adds gain €{by_hand[1]:,} with a look, €{results['c']:,} in all"
        in item["why"]
    )
    wrong = added[1][0] - added[1][1]
    assert f"{wrong} of them are merged wrongly, and A ends at a loss of €{-results['a']:,}" in item["why"]
    assert f"B gives up the €{by_hand[1]:,}" in item["why"]
    assert f"€{added[2][0] * look:,} on rule 3's pairs to save €{added[2][1] * saved:,}" in item["why"]
    assert 0.6 < 1 - added[2][1] / added[2][0] < 2 / 3
    assert "nearly two in three" in item["why"]
    assert pairs[1] > 2 * pairs[0]
