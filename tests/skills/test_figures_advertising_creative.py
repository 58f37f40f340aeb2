"""Recomputes the figures in the checks of advertising-creative."""

from __future__ import annotations

import math
import re

from tests.skills.conftest import Check, number


def test_advertising_creative_3(check: Check) -> None:
    """A's lead in holding people is within chance; B's lead in being named is far outside it."""
    item = check("advertising-creative", 3)
    rows = {row[0]: [number(cell) / 100 for cell in row[1:]] for row in item["table"][1:]}
    held, named, rival, message = zip(*(rows[film] for film in "ABC"), strict=True)

    def interval(first: float, second: float) -> tuple[float, float]:
        error = 1.96 * math.sqrt(first * (1 - first) / 200 + second * (1 - second) / 200)
        return first - second - error, first - second + error

    low, high = interval(held[0], held[1])
    assert low < 0 < high
    assert f"A's lead in holding people, {(held[0] - held[1]) * 100:.0f} points" in item["why"]
    assert f"about {low * 100:.0f} to +{high * 100:.0f}" in item["why"]
    assert f"the {(named[1] - named[0]) * 100:.0f} points by which B is named more often" in item["why"]
    assert interval(named[1], named[0])[0] > 0
    assert round(rival[0] * 5) == 2
    assert "Two in five credit A to a rival" in item["why"]
    assert max(message) == message[1]
    assert max(named) == named[2]
    assert max(held) == held[0]
    assert interval(message[1], message[2])[0] > 0
    assert interval(named[2], named[1])[0] < 0
    assert all(us + other <= 1 for us, other in zip(named, rival, strict=True))


def test_advertising_creative_4(check: Check) -> None:
    """Customers and others consider us alike with and without the film; customers only remember it more often."""
    item = check("advertising-creative", 4)
    cells = {row[0]: [tuple(map(int, re.findall(r"\d+", cell)[:2])) for cell in row[1:]] for row in item["table"][1:]}
    customers, others, everyone = cells["our customers"], cells["others"], cells["all"]
    for column in (0, 1):
        assert all(customers[column][part] + others[column][part] == everyone[column][part] for part in (0, 1))

    def rate(pair: tuple[int, ...]) -> float:
        return pair[0] / pair[1]

    assert rate(customers[0]) == rate(customers[1])
    assert rate(others[0]) == rate(others[1])
    assert f"{rate(customers[0]):.0%} of customers and {rate(others[0]):.0%} of others consider us" in item["why"]
    for column, text in zip((0, 1), item["table"][3][1:], strict=True):
        assert f"({rate(everyone[column]):.0%})" in text
    gap = (rate(everyone[0]) - rate(everyone[1])) * 100
    assert f"by {gap:.0f} points" in item["question"]
    assert f"The {gap:.0f} points" in item["why"]
    remember = [group[0][1] / (group[0][1] + group[1][1]) for group in (customers, others)]
    assert f"{remember[0]:.0%} of customers, {remember[1]:.0%} of others" in item["why"]
    total = everyone[0][1] + everyone[1][1]
    assert total == 1000
    assert everyone[1][1] / total == 4 / 5
    assert f"{rate(customers[0]):.0%} of whom" in item["options"]["b"]
