"""Recomputes the figures in the checks of repeat-use-analysis."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.skills.conftest import Check, found, whole


def test_repeat_use_analysis_2(check: Check) -> None:
    """The share rises from 40% to 57% although returning customers order no more often."""
    item = check("repeat-use-analysis", 2)
    rows = [(whole(row[1]), whole(row[2]), row[3]) for row in item["table"][1:]]
    assert all(f"{back / (new + back):.0%}" == share for new, back, share in rows)
    assert f"from {rows[0][2]} to {rows[-1][2]}" in item["question"]
    assert rows[-1][0] * 2 == rows[0][0]
    assert "new customers fell by half" in item["options"]["b"]
    assert all(abs(back - 4000) <= 50 for _, back, _ in rows)
    assert "about 4,000 times" in item["why"]
    assert rows[0][1] == rows[-1][1]


def test_repeat_use_analysis_3(check: Check) -> None:
    """Up to day 120 a fifth or more of those waiting order each month, afterwards one in 25."""
    item = check("repeat-use-analysis", 3)
    rows = [tuple(whole(cell) for cell in row) for row in item["table"][1:]]
    for (_, waiting, ordered), (_, after, _) in pairwise(rows):
        assert waiting - ordered == after
    start = rows[0][1]
    assert f"All {start:,} first-time buyers" in item["question"]
    rate = {day: ordered / waiting for day, waiting, ordered in rows}
    assert all(0.20 <= rate[day] <= 0.25 for day in (30, 60, 90))
    assert rate[0] == 0.04
    assert "From day 30 to 120 a fifth to a quarter" in item["why"]
    assert f"from day 120 it is {rate[120]:.0%}" in item["why"]
    assert rate[150] < rate[120]
    assert round(1 / rate[120]) == 25
    assert "one in 25" in item["options"]["c"]
    assert f"{rows[1][1] / start:.0%} of them" in item["options"]["a"]
    came = sum(ordered for _, _, ordered in rows)
    average = sum((day + 15) * ordered for day, _, ordered in rows) / came
    assert item["options"]["b"].startswith(f"Day {average:.0f}:")
    assert f"Calls on day 30 or {average:.0f} " in item["why"]
    late = rows[-2][2] + rows[-1][2]
    left = rows[-1][1] - rows[-1][2]
    assert f"saves {late} calls and leaves {left:,} people alone" in item["why"]


def test_repeat_use_analysis_4(check: Check) -> None:
    """Two kinds of subscriber who never change give exactly the climbing rates of the question."""
    item = check("repeat-use-analysis", 4)
    rates = [int(n) / 100 for n in re.findall(r"(\d+)%", item["question"])[:3]]
    kinds = [int(n) / 100 for n in found(r"renew at (\d+)% and half at (\d+)%", item["why"]).groups()]
    left = [sum(kind**year for kind in kinds) / 2 for year in range(4)]
    assert [round(left[year + 1] / left[year], 2) for year in range(3)] == rates
    assert f"exactly {rates[0]:.0%}, {rates[1]:.0%} and {rates[2]:.0%}" in item["why"]
    gone = [(1 - kind) / 2 for kind in kinds]
    assert f"the {sum(gone):.0%} who leave" in item["question"]
    assert f"Of the {sum(gone):.0%} who leave" in item["why"]
    assert abs(gone[1] / sum(gone) - 7 / 8) < 1e-9
    assert "seven in eight are then the 30% kind" in item["why"]
    later = sum(share * kind for share, kind in zip(gone, kinds, strict=True)) / sum(gone)
    assert abs(later - 0.375) < 1e-9
    assert "about 38% would pay" in item["why"]
    assert f"then {rates[-1]:.0%} of them will pay" in item["question"]
