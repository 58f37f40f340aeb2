"""Recomputes the figures in the checks of ai-assisted-work."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, whole


def test_ai_assisted_work_3(check: Check) -> None:
    """Each pile's own rate, applied to its size, gives the number of complaints and its margin."""
    item = check("ai-assisted-work", 3)
    piles = [[whole(cell) for cell in row[1:]] for row in item["table"][1:]]
    (first, n1, yes1), (second, n2, yes2) = piles
    assert n1 == n2 == 100
    assert f"{first + second:,} customer comments" in item["question"]
    right, missed = first * yes1 // n1, second * yes2 // n2
    total = right + missed
    assert item["options"]["a"].startswith(f"{total}: nine tenths of the first pile, and {yes2 / n2:.0%} of the second")
    assert yes1 / n1 == 0.9
    assert item["options"]["b"].startswith(f"{right}: nine tenths of the {first}")
    assert item["options"]["c"].startswith(f"{first}: ten wrong in one pile and fifteen in the other")
    wrong = (n1 - yes1) + yes2
    assert (n1 - yes1, yes2) == (10, 15)
    assert wrong / (n1 + n2) == 1 / 8
    assert item["options"]["d"].startswith(
        f"{first - first * wrong // (n1 + n2)}: {wrong} of the {n1 + n2} were sorted wrongly, "
        f"so an eighth comes off the {first}"
    )
    assert (
        f"{yes1 / n1:.0%} of {first} are {right}, {yes2 / n2:.0%} of {second:,} are {missed}: together {total}"
        in item["why"]
    )
    variance = sum(size**2 * (yes / n) * (1 - yes / n) / (n - 1) * (size - n) / size for size, n, yes in piles)
    margin = 1.96 * math.sqrt(variance)
    assert f"give or take about {round(margin, -1):.0f}" in item["why"]
    assert second == 4 * first
    assert "four times as large" in item["why"]
    assert f"{first - right} are wrongly in, {missed} left out" in item["why"]


def test_ai_assisted_work_4(check: Check) -> None:
    """Reading pays only where a mistake costs more on average than a reading."""
    item = check("ai-assisted-work", 4)
    rows = [[whole(cell) for cell in row[1:]] for row in item["table"][1:]]
    names = [row[0] for row in item["table"][1:]]
    reading = int(found(r"at €(\d+) a reply", item["question"])[1])
    tested = int(found(r"of (\d+) tested", item["table"][0][2])[1])
    average = [wrong / tested * cost for _, wrong, cost in rows]
    assert (
        f"€{average[0]:.2f}, €{average[1]:.2f} and €{average[2]:.2f} a reply; a reading costs €{reading}" in item["why"]
    )
    assert [name for name, mean in zip(names, average, strict=True) if mean > reading] == ["refund and warranty"]
    assert f"a reading costs €{reading} and spares €{average[2]:.2f}" in item["options"]["c"]
    replies = sum(row[0] for row in rows)
    losses = [row[0] * mean for row, mean in zip(rows, average, strict=True)]
    none, every = sum(losses), replies * reading
    assert f"costs €{every:,} a month, more than the €{none:,.0f} of all mistakes" in item["options"]["a"]
    rest = losses[0] + losses[1]
    chosen = rows[2][0] * reading + rest
    assert f"€{chosen:,.0f} a month ({rows[2][0]:,} readings, €{rest:.0f} of mistakes)" in item["why"]
    assert rows[2][0] * 6 == replies
    sixth = replies / 6 * reading + none * 5 / 6
    assert f"A to €{none:,.0f}, D to about €{round(sixth, -1):,.0f}, B to €{every:,}" in item["why"]
    assert (rows[0][0] + rows[1][0]) * 6 == replies * 5
    assert "five sixths of its readings" in item["why"]
