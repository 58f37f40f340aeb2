"""Recomputes the figures in the checks of customer-research."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, whole


def test_customer_research_2(check: Check) -> None:
    """The talks are as many as are needed to bring out most reasons, and those asked are the firms in question."""
    item = check("customer-research", 2)
    firms = found(r"^(\d+) firms tried", item["question"])[1]
    talks, of = found(r"Talks with (\d+) of the (\d+)", item["options"][item["answer"]]).groups()
    low, high = found(r"(\d+) to (\d+) talks bring out about nine in ten", item["why"]).groups()
    assert of == firms
    assert f"to all {firms}" in item["options"]["c"]
    assert int(low) <= int(talks) <= int(high)


def test_customer_research_4(check: Check) -> None:
    """At their true sizes the groups stay under the mark, and chance does not bridge the distance."""
    item = check("customer-research", 4)
    groups = [(whole(row[1]), whole(row[2]), whole(row[3]) / 100) for row in item["table"][1:]]
    customers, replies = sum(row[0] for row in groups), sum(row[1] for row in groups)
    mark = int(found(r"at least (\d+)% of our customers", item["question"])[1]) / 100
    true = sum(n * share for n, _, share in groups) / customers
    error = 1.96 * math.sqrt(sum((n / customers) ** 2 * share * (1 - share) / m for n, m, share in groups))
    assert true + error < mark
    assert f"it is {true:.0%}" in item["options"]["a"]
    assert f"the groups give {true:.0%}, within about {100 * error:.0f} points either way" in item["why"]
    raw = sum(m * share for _, m, share in groups) / replies
    assert f"{raw:.0%} of the {replies:,} customers who replied" in item["options"]["b"]
    assert raw - 1.96 * math.sqrt(raw * (1 - raw) / replies) > mark
    mean = sum(share for *_, share in groups) / len(groups)
    assert f"the mean of the two groups is {mean:.1%}" in item["options"]["c"]
    assert f"with {replies / customers:.0%} of customers replying" in item["options"]["d"]
    monthly, yearly = groups
    assert monthly[0] * 5 == customers
    assert monthly[1] * 3 == replies * 2
    assert "a fifth of our customers and two thirds of the replies" in item["why"]
    assert f"C counts {monthly[0]:,} people like {yearly[0]:,}" in item["why"]
