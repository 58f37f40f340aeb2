"""Recomputes the figures in the checks of brand-distinctiveness."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, number


def test_brand_distinctiveness_2(check: Check) -> None:
    """The fox is named by more than half and linked to others by hardly anyone; blue is better known but shared."""
    item = check("brand-distinctiveness", 2)
    rows = {row[0]: (number(row[1]), number(row[2])) for row in item["table"][1:]}
    us, other = rows["drawn fox"]
    assert us > 50
    assert f"bring us to mind ({us:.0f}%) and nobody else ({other:.0f}%)" in item["why"]
    assert item["options"][item["answer"]].startswith("The fox")
    assert max(rows, key=lambda name: rows[name][0]) == "shade of blue"
    assert f"{rows['shade of blue'][1]:.0f}% think of another brand too" in item["why"]
    assert min(rows, key=lambda name: rows[name][1]) == "slogan"
    assert rows["jingle"][1] > rows["jingle"][0]
    assert round(rows["jingle"][0] / 100 * 5) == 1
    assert max(rows, key=lambda name: rows[name][0] - rows[name][1]) == "drawn fox"
    for values in rows.values():
        assert all(math.isclose(value * 4, round(value * 4)) for value in values), "Shares of 400 must be whole people."


def test_brand_distinctiveness_4(check: Check) -> None:
    """The new pack is liked better, but is found less and mistaken more, by far more than chance."""
    item = check("brand-distinctiveness", 4)
    rows = {row[0]: (number(row[1]), number(row[2])) for row in item["table"][1:]}
    liked, spotted, mistaken = rows.values()
    assert sum(liked) == 100
    assert liked[1] > liked[0]
    assert f"loses {spotted[0] - spotted[1]:.0f} points" in item["why"]
    more = (mistaken[1] - mistaken[0]) / 100 * 200
    assert f"{mistaken[1]:.0f}% instead of {mistaken[0]:.0f}% pick a rival: {more:.0f} more in 200" in item["why"]
    for old, new in (spotted, mistaken):
        first, second = old / 100, new / 100
        error = math.sqrt(first * (1 - first) / 200 + second * (1 - second) / 200)
        assert abs(first - second) / error > 4
        assert spotted[0] + mistaken[0] <= 100
        assert spotted[1] + mistaken[1] <= 100
