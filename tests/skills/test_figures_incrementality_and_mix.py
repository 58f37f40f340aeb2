"""Recomputes the figures in the checks of incrementality-and-mix."""

from __future__ import annotations

import math
import re

from tests.skills.conftest import Check, found, number


def test_incrementality_and_mix_2(check: Check) -> None:
    """Television and discount always ran together, so only their sum can be read."""
    c = check("incrementality-and-mix", 2)
    both, tv, discount, neither = c["table"][1:]
    assert tv[1] == discount[1] == "0"
    assert int(both[1]) + int(neither[1]) == 104
    assert "two years" in c["question"]
    together = number(both[2]) - number(neither[2])
    assert f"both or neither: €{together:,.0f}" in c["why"]
    assert f"each half of the €{together:,.0f}" in c["options"]["c"]
    credited = [number(x) for x in re.findall(r"€[\d,]*\d", c["question"])]
    assert sum(credited) == together
    assert "200 and 100 or 0 and 300" in c["why"]
    assert "94%" in c["question"]
    assert "94%" in c["options"]["a"]


def test_incrementality_and_mix_3(check: Check) -> None:
    """Only the halves as drawn are alike: about 400 orders more."""
    c = check("incrementality-and-mix", 3)
    (n_saw, k_saw), (n_not, k_not), (n_out, k_out) = ([number(x) for x in row[1:3]] for row in c["table"][1:])
    for row in c["table"][1:]:
        assert f"{number(row[2]) / number(row[1]):.1%}" == row[3]
    assert n_saw + n_not == n_out
    assert f"half of {n_saw + n_not + n_out:,.0f}" in c["question"]
    added = k_saw + k_not - k_out
    rates = [row[3] for row in c["table"][1:]]
    assert f"bought at {rates[0]}, people kept out at {rates[2]}" in c["options"]["a"]
    assert f"bought at {rates[0]}, the rest at {rates[1]}" in c["options"]["b"]
    assert f"About {added:.0f}:" in c["options"]["c"]
    assert f"{k_saw + k_not:,.0f} against {k_out:,.0f} orders, {added:.0f} more" in c["why"]
    assert f"About {n_saw * (k_saw / n_saw - k_out / n_out):,.0f}:" in c["options"]["a"]
    assert f"About {n_saw * (k_saw / n_saw - k_not / n_not):,.0f}:" in c["options"]["b"]
    assert f"{n_not / (n_saw + n_not):.0%} of the half" in c["options"]["d"]
    p, q = (k_saw + k_not) / n_out, k_out / n_out
    half = 1.96 * math.sqrt((p * (1 - p) + q * (1 - q)) / n_out) * n_out
    low, high = (int(x) for x in found(r"about (\d+) to (\d+)", c["why"]).groups())
    assert abs(low - (added - half)) < 10
    assert abs(high - (added + half)) < 10


def test_incrementality_and_mix_4(check: Check) -> None:
    """Television's range hardly moved, spans break-even, and has sixteen times radio's money."""
    c = check("incrementality-and-mix", 4)
    rows = {row[0]: row[1:] for row in c["table"][1:]}
    spent = {name: number(row[0]) for name, row in rows.items()}
    after = {name: [number(x) for x in row[2].split(" to ")] for name, row in rows.items()}
    assert len({row[1] for row in rows.values()}) == 1
    assert "same assumed range" in c["question"]
    width = {name: high - low for name, (low, high) in after.items()}
    assert max(width, key=lambda name: width[name]) == "radio"
    assert "widest" in c["options"]["b"]
    assert after["search"][0] > 1, "search pays over the whole range"
    assert after["social"][1] < 1, "social does not pay over the whole range"
    assert after["television"][0] < 1, "from a loss"
    assert after["television"][1] > 3, "to more than triple"
    start = [number(x) for x in rows["television"][1].split(" to ")]
    assert round(width["television"] / (start[1] - start[0]), 2) >= 0.9, "the data hardly narrowed television"
    assert round(sum(after["television"]) / 2) == 2
    assert "about €2" in c["why"]
    assert spent["television"] / spent["radio"] == 16
    assert "a sixteenth of the money" in c["why"]
    assert f"€{spent['television']:,.0f}" in c["options"]["a"]
    assert f"€{spent['social']:,.0f}" in c["options"]["c"]
    assert max(spent, key=lambda name: spent[name]) == "search"
    assert "largest budget" in c["options"]["d"]
