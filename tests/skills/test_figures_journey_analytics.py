"""Recomputes the figures in the checks of journey-analytics."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, number, whole


def test_journey_analytics_2(check: Check) -> None:
    """The checkout holds people who never had a basket, and their orders may be most of those in the 70%."""
    item = check("journey-analytics", 2)
    basket, checkout, ordered = (whole(row[1]) for row in item["table"][1:])
    assert f"'{basket:,} people filled a basket and {ordered} ordered, so {ordered / basket:.0%}" in item["question"]
    outside = checkout - basket
    assert f"At least {outside} people came to the checkout without a basket" in item["why"]
    rest = (ordered - outside) / basket
    assert f"If {outside} of the orders were theirs, {rest:.0%} of baskets ended in an order, not" in item["why"]
    assert ordered / checkout == 0.5
    assert f"these {basket:,}" in item["options"]["a"]


def test_journey_analytics_3(check: Check) -> None:
    """At the same age the months do not fall, and March's lead over January is within chance."""
    item = check("journey-analytics", 3)
    january, february, march = ([whole(cell) for cell in row[1:] if cell != "not over"] for row in item["table"][1:])
    latest = [month[-1] / month[0] for month in (january, february, march)]
    assert (
        f"{latest[0]:.0%} of January's leads became customers, {latest[1]:.1%} of February's and {latest[2]:.1%}"
        in item["question"]
    )
    at_30 = [month[1] / month[0] for month in (january, february, march)]
    assert f"the months stand at {at_30[0]:.1%}, {at_30[1]:.1%} and {at_30[2]:.1%}" in item["why"]
    assert at_30 == sorted(at_30)
    assert february[2] / february[0] > january[2] / january[0]
    assert f"stood at {at_30[0]:.0%} after 30 days and reached {latest[0]:.0%} only after 90" in item["why"]
    so_far = sum(month[-1] for month in (january, february, march)) / sum(
        month[0] for month in (january, february, march)
    )
    assert f"together stand at {so_far:.0%}, against January's {latest[0]:.0%}" in item["options"]["b"]
    hoped = march[1] * january[3] / january[1]
    assert f"the {march[1]} customers of March will be {hoped:.0f} after 90 days" in item["options"]["d"]
    assert (march[1] - january[1], hoped - january[3]) == (6, 30)
    assert "D takes six customers more, well within chance, and makes thirty of them" in item["why"]
    pooled = (march[1] + january[1]) / (march[0] + january[0])
    assert at_30[2] - at_30[0] < 1.96 * math.sqrt(pooled * (1 - pooled) * (1 / march[0] + 1 / january[0]))


def test_journey_analytics_4(check: Check) -> None:
    """The ten rewritten pages rose no further than those left alone, and the nine orders of a page are few."""
    item = check("journey-analytics", 4)
    pages, visits = (int(n) for n in found(r"^(\d+) local pages, about (\d+) visits", item["question"]).groups())
    rest = int(found(r"the other (\d+)", item["question"])[1])
    assert rest + 10 == pages
    assert item["options"]["a"].startswith(f"Do all {rest}")
    rows = [(number(row[1]), number(row[2])) for row in item["table"][1:]]
    low, high = rows[-1]
    assert f"the ten gained {high / low - 1:.0%}" in item["options"]["a"]
    assert visits * low / 100 == 9
    assert f"At {low}% of {visits} visits a page has nine orders" in item["why"]
    mean = number(found(r"convert at ([\d.]+%) together", item["question"])[1])
    assert f"towards {mean}%" in item["why"]
    rises = [after - before for before, after in rows]
    assert all(before < after < mean for before, after in rows)
    share = high / 100
    chance = 100 * 1.96 * math.sqrt(2 * share * (1 - share) / (10 * visits))
    assert all(abs(rises[-1] - rise) < chance for rise in rises[:-1])
