"""Recomputes the figures in the checks of customer-references."""

from __future__ import annotations

from tests.skills.conftest import Check, found, whole


def test_customer_references_2(check: Check) -> None:
    """The gain that sounds larger is the one with another cause."""
    item = check("customer-references", 2)
    berg = [int(x) for x in found(r"from (\d+) days to (\d+)", item["options"]["b"]).groups()]
    holt = [int(x) for x in found(r"from (\d+) days to (\d+)", item["options"]["c"]).groups()]
    assert berg[0] - berg[1] == 7 > holt[0] - holt[1]
    size = int(found(r"A buyer with (\d+) staff", item["question"])[1])
    for letter in "bc":
        assert abs(int(found(r"(\d+) staff", item["options"][letter])[1]) - size) <= 10, "both are firms of this size"
    assert whole(found(r"([\d,]+) staff", item["options"]["a"])[1]) > 100 * size, "and this one is not"
    assert "B's seven days" in item["why"]


def test_customer_references_3(check: Check) -> None:
    """Most is lost in the public sector, and most of what a measured case can win in health care."""
    item = check("customer-references", 3)
    rows = item["table"][1:]
    lost = {row[0]: whole(row[1]) for row in rows}
    measured = {row[0]: lost[row[0]] for row in rows if "measured" in row[3]}
    assert max(lost, key=lambda name: lost[name]) == "public sector"
    assert "public sector" not in measured
    assert {row[0]: row[2] for row in rows}["public sector"] == "0"
    assert "there is not one case in use" in item["options"]["a"]
    assert max(measured, key=lambda name: measured[name]) == "health care"
    assert f"€{lost['health care']:,} in health care" in item["why"]
    assert f"Retail has six cases for €{lost['retail']:,}" in item["why"]
    assert next(row[2] for row in rows if row[0] == "retail") == "6"


def test_customer_references_4(check: Check) -> None:
    """Costs fell by thirty per cent in all, but by sixteen per parcel, since there were fewer parcels."""
    item = check("customer-references", 4)
    before, after = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    why = item["why"]
    assert f"Costs fell by {1 - after[0] / before[0]:.0%}, but parcels by {1 - after[1] / before[1]:.0%}" in why
    old, new = before[0] / before[1], after[0] / after[1]
    assert f"from €{old:.2f} to €{new:.2f}: {1 - new / old:.0%} is" in why
    assert f"'{1 - new / old:.0%} less per parcel'" in item["options"]["a"]
    assert f"'{1 - new / old:.0%} less per parcel'" in item["options"]["d"]
    for letter in "bc":
        assert f"Publish the {1 - after[0] / before[0]:.0%}" in item["options"][letter]
    assert f"cut handling costs by {1 - after[0] / before[0]:.0%}" in item["question"]
