"""Recomputes the figures in the checks of strategic-prioritising."""

from __future__ import annotations

from itertools import combinations
from math import erf, sqrt

from tests.skills.conftest import Check, whole


def test_strategic_prioritising_3(check: Check) -> None:
    """B and C are the best set that fits into twelve weeks, and the text gives the right sums."""
    item = check("strategic-prioritising", 3)
    rows = {row[0]: (int(row[1]), int(row[2]), whole(row[3])) for row in item["table"][1:]}
    weeks = 12
    assert "twelve weeks" in item["question"]

    def needed(names: tuple[str, ...]) -> int:
        """Return the weeks that these projects still need together."""
        return sum(rows[name][1] for name in names)

    def margin(names: tuple[str, ...]) -> int:
        """Return the margin of these projects when all are finished."""
        return sum(rows[name][2] for name in names)

    sets = [names for size in range(1, 5) for names in combinations("ABCD", size) if needed(names) <= weeks]
    best = sorted(sets, key=margin)
    assert best[-1] == ("B", "C")
    assert margin(best[-2]) < margin(best[-1])
    assert needed(("B", "C")) == 11
    assert f"eleven weeks and bring €{margin(('B', 'C')):,}" in item["why"]
    assert needed(("A", "D")) == weeks
    assert f"fill all twelve and bring €{margin(('A', 'D')):,}" in item["why"]
    each = {name: row[2] // row[1] for name, row in rows.items()}
    assert f"A earns €{each['A']:,} for each, B {each['B']:,}, C {each['C']:,}" in item["why"]
    assert weeks - rows["A"][1] == 2 < rows["B"][1]
    assert "leaves two weeks" in item["why"]
    assert [name for name, row in rows.items() if row[1] <= weeks // 4] == ["D"]
    assert "finish D alone" in item["why"]
    spent, still, _ = rows["A"]
    assert spent / (spent + still) == 0.75
    assert "three quarters done" in item["options"]["d"]
    assert f"The {spent} weeks are gone" in item["why"]
    assert f"the {spent} weeks already spent" in item["options"]["a"]


def test_strategic_prioritising_4(check: Check) -> None:
    """Both quarters stay far below the limit, and the rise between them is well within chance."""
    item = check("strategic-prioritising", 4)
    first, second, limit, moved = 22, 25, 60, 40
    assert f"below {limit} accepted leads" in item["question"]
    assert f"They brought {first}, then {second}." in item["question"]
    assert f"new written limit of {moved}" in item["options"]["b"]
    assert second < moved < limit
    score = (second - first) / sqrt(first + second)
    chance = 1 - erf(score / sqrt(2))
    assert chance > 0.5
    assert f"{first} and {second} are the same within chance" in item["why"]
