"""Recomputes the figures in the checks of paid-search."""

from __future__ import annotations

from tests.skills.conftest import Check, number


def test_paid_search_2(check: Check) -> None:
    """The second-hand search wastes most; twelve clicks without an order say nothing."""
    c = check("paid-search", 2)
    (n_a, s_a, o_a), (n_b, s_b, _), (n_c, s_c, o_c), (n_d, s_d, o_d) = (
        [number(x) for x in row[1:]] for row in c["table"][1:]
    )
    assert 0.49 < s_a / (s_a + s_b + s_c + s_d) < 0.52
    assert "half of all the money" in c["options"]["a"]
    assert s_a / o_a == 100
    assert "an order costs €100" in c["why"]
    assert s_b / n_b == 6 == max(s_a / n_a, s_b / n_b, s_c / n_c, s_d / n_d)
    assert "at €6" in c["options"]["b"]
    assert s_c / n_c == 2 == min(s_a / n_a, s_b / n_b, s_c / n_c, s_d / n_d)
    assert "the clicks are cheap" in c["options"]["c"]
    assert o_c == 0
    assert f"{n_c:.0f} clicks have shown it: €{s_c:.0f} gone" in c["why"]
    assert o_a / n_a == 0.04
    assert f"({(1 - o_a / n_a) ** n_b:.0%})" in c["why"]
    assert "4% of the first row" in c["why"]
    assert (1 - o_a / n_a) ** n_c < 0.0001
    assert s_d / o_d == 225
    assert "costs €225" in c["options"]["d"]
    assert "brings €200" in c["question"]
    assert s_d / o_d - 200 == 25
    assert "a gap of €25" in c["why"]
    assert s_c > s_d - o_d * 200 > s_b


def test_paid_search_3(check: Check) -> None:
    """Within €300 a day, €2.20 brings the most clicks and the most margin."""
    c = check("paid-search", 3)
    budget, worth = 300, 4
    bids = [row[0].split(" ")[0] for row in c["table"][1:]]
    assert sorted(c["options"][letter].split(":")[0].removesuffix(" as today") for letter in "abcd") == sorted(bids)
    assert c["options"][c["answer"]].startswith(f"{bids[2]}:")
    assert f"€{budget} a day" in c["question"]
    assert f"A click brings €{worth} of margin" in c["question"]
    bought, left = [], []
    for row in c["table"][1:]:
        offer, price = (number(x) for x in row[1:])
        clicks = min(offer, budget / price)
        bought.append(round(clicks, 6))
        left.append(round(clicks * (worth - price), 6))
    assert bought == [100, 125, 150, 90]
    assert left == [100, 200, 315, 252]
    assert max(bought) == bought[2]
    assert max(left) == left[2]
    assert c["answer"] == "d"
    assert "100 clicks at €3.00 and 125 at €2.40, but for all 150 at €1.90" in c["why"]
    assert "leaves €100, €200 and €315 a day; C leaves €252, since it gives up 60 clicks" in c["why"]
    assert bought[2] - bought[3] == 60
    assert "150 clicks" in c["options"]["d"]
    assert "250 clicks" in c["options"]["a"]
    assert "€1.20" in c["options"]["c"]


def test_paid_search_4(check: Check) -> None:
    """Brought up to the usual total, neither week is dearer than before."""
    c = check("paid-search", 4)
    (s_0, o_0, k_0), (s_1, o_1, k_1), (s_2, o_2, k_2) = ([number(x) for x in row[1:]] for row in c["table"][1:])
    for spent, orders, cost in ((s_0, o_0, k_0), (s_1, o_1, k_1), (s_2, o_2, k_2)):
        assert round(spent / orders, 2) == cost
    assert "half are in when that week ends, 80% a week later" in c["question"]
    all_1, all_2 = o_1 / 0.8, o_2 / 0.5
    assert f"88 is 80% of {all_1:.0f}, and 54 half of {all_2:.0f}" in c["why"]
    assert (o_1, o_2) == (88, 54)
    assert f"about €{s_1 / all_1:.0f} and €{s_2 / all_2:.0f} an order, against €{k_0:.0f}" in c["why"]
    assert f"about €{(s_1 + s_2) / (all_1 + all_2):.0f}" in c["options"]["b"]
    assert f"by {k_2 / k_1 - 1:.0%}" in c["options"]["a"]
    assert all_1 - o_0 < 1.96 * o_0**0.5, "the gain may be chance"
