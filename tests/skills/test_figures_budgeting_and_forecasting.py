"""Recomputes the figures in the checks of budgeting-and-forecasting."""

from __future__ import annotations

from itertools import product
from math import comb

from tests.skills.conftest import Check, whole


def test_budgeting_and_forecasting_2(check: Check) -> None:
    """Six misses of six on one side are rare by luck, and so few hits are rare for honest 80% ranges."""
    item = check("budgeting-and-forecasting", 2)
    above, inside, below = (int(cell) for cell in item["table"][1][1:])
    quarters = above + inside + below
    assert quarters == 10
    assert "ten quarters" in item["question"]
    assert "four times in five" in item["question"]
    assert above == 0
    assert f"six misses of six below would come once in {2**below} times" in item["why"]
    few = sum(comb(quarters, hits) * 0.8**hits * 0.2 ** (quarters - hits) for hits in range(inside + 1))
    assert f"hold four times or fewer about once in {round(1 / few)}." in item["why"]
    assert inside == 4


def test_budgeting_and_forecasting_3(check: Check) -> None:
    """No way of buying steps in order leaves more than A, and each option leaves what the text says."""
    item = check("budgeting-and-forecasting", 3)
    steps = [[whole(cell) for cell in row[1:]] for row in item["table"][1:]]
    assert [row[0] for row in item["table"][1:]] == ["search", "social", "mail"]

    def left(plan: tuple[int, ...]) -> int:
        """Return the margin left after advertising when this many steps are bought in each channel."""
        return sum(sum(channel[:bought]) - 10_000 * bought for channel, bought in zip(steps, plan, strict=True))

    plans = {"a": (2, 2, 1), "b": (2, 3, 1), "c": (2, 2, 2), "d": (3, 2, 1)}
    for letter, plan in plans.items():
        if letter == "c":
            assert "Search, social and mail €20,000 each" in item["options"]["c"]
        else:
            named = ", ".join(
                f"{name} €{bought * 10},000" for name, bought in zip(("Search", "social", "mail"), plan, strict=True)
            )
            assert item["options"][letter].startswith(named)
        assert sum(plan) == (5 if letter == "a" else 6)
    possible = sorted((left(plan), plan) for plan in product(range(4), repeat=3) if sum(plan) <= 6)
    assert possible[-1] == (left(plans["a"]), plans["a"])
    assert possible[-2][0] < possible[-1][0]
    a, b, c, d = (left(plans[letter]) for letter in "abcd")
    assert f"A leaves €{a:,}, B {b:,}, C {c:,}, D {d:,}." in item["why"]
    ordered = sorted((step for channel in steps for step in channel), reverse=True)
    first, second, third, fourth, fifth, sixth = ordered[:6]
    assert (
        f"{first // 1000}, {second // 1000}, {third // 1000}, {fourth // 1000} and {fifth // 1000} thousand"
        in item["why"]
    )
    assert fifth > 10_000 > sixth
    assert f"the sixth best brings €{sixth:,} for €10,000" in item["why"]
    assert sum(steps[0]) > sum(steps[1]) > sum(steps[2])


def test_budgeting_and_forecasting_4(check: Check) -> None:
    """Paid social is the cheapest way to save the whole sum; the other options save too little or lose more."""
    item = check("budgeting-and-forecasting", 4)
    rows = {row[0]: [whole(cell) for cell in row[1:]] for row in item["table"][1:]}
    fair, social, mail = rows["fair"], rows["paid social"], rows["mail programme"]
    wanted = 40_000
    assert f"€{wanted:,} less" in item["question"]
    assert fair[2] / fair[0] == min(row[2] / row[0] for row in rows.values())
    assert f"€{fair[2]:,} for €{fair[0]:,}" in item["options"]["a"]
    assert social[1] == wanted
    assert f"saves €{social[1]:,} and loses €{social[2]:,}" in item["options"]["b"]
    assert fair[1] + mail[1] == wanted
    assert f"D saves enough but loses €{fair[2] + mail[2]:,}" in item["why"]
    assert f"€{fair[0] - fair[1]:,} of the fair is gone either way" in item["why"]
    assert f"saves €{fair[1]:,}, loses €{fair[2]:,} and leaves €{wanted - fair[1]:,} to find" in item["why"]
    third = (fair[1] + social[1] + mail[1]) / 3
    assert 26_000 < third < 27_000 < wanted
    assert "under €27,000" in item["why"]
    ways = [
        [lines for lines, taken in zip(rows.values(), mask, strict=True) if taken] for mask in product((0, 1), repeat=3)
    ]
    enough = [lines for lines in ways if sum(line[1] for line in lines) >= wanted]
    assert min(enough, key=lambda lines: sum(line[2] for line in lines)) == [social]
