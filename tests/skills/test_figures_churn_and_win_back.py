"""Recomputes the figures in the checks of churn-and-win-back."""

from __future__ import annotations

from tests.skills.conftest import Check, found, whole


def test_churn_and_win_back_2(check: Check) -> None:
    """Nine in ten of those who call it too expensive had stopped using it, and they are most of the leavers."""
    item = check("churn-and-win-back", 2)
    rows = {row[0]: (whole(row[1]), whole(row[2])) for row in item["table"][1:]}
    leavers = sum(number for number, _ in rows.values())
    dear, used = rows["too expensive"]
    assert dear / leavers == 0.6
    assert "six leavers in ten" in item["options"]["a"]
    assert f"{dear - used} of the {dear} had stopped using it" in item["why"]
    missing, still = rows["a function is missing"]
    assert f"C concerns {missing} of {leavers} leavers" in item["why"]
    assert still / missing == 0.85


def test_churn_and_win_back_3(check: Check) -> None:
    """After costs the pause leaves most, although half price turns round more and the call keeps more."""
    item = check("churn-and-win-back", 3)
    worth = int(found(r"is worth €(\d+)", item["question"])[1])
    pause, half, call, plain = (tuple(whole(cell) for cell in row[1:]) for row in item["table"][1:])
    value = [paying * worth - cost for _, paying, cost in (pause, half, call, plain)]
    assert max(value) == value[0]
    why = item["why"]
    assert (
        f"the pause leaves €{value[0]:,}, the call €{value[2]:,}, nothing at all €{value[3]:,}, "
        f"half price €{value[1]:,}" in why
    )
    assert f"The call keeps {call[1] - pause[1]} more than the pause, and pays €{call[2] - pause[2]:,}" in why
    assert f"{half[0]} people on the day, {half[0] - call[0]} more than the next best" in item["options"]["b"]
    assert f"{call[1]} pay in full" in item["options"]["c"]
    assert call[1] == max(row[1] for row in (pause, half, call, plain))
    assert half[1] < half[0] / 2
    assert "most of those it turned round left" in why
    assert call[2] / pause[2] > 10
    assert "at a fraction of the costs" in item["options"]["a"]


def test_churn_and_win_back_4(check: Check) -> None:
    """Only among the 300 with the highest scores do the customers kept pay for the calls."""
    item = check("churn-and-win-back", 4)
    rows = [(whole(row[1]), whole(row[2])) for row in item["table"][1:]]
    cost, worth = (int(found(pattern, item["question"])[1]) for pattern in (r"costs €(\d+)", r"brings €(\d+)"))
    assert "one in ten of those who would leave" in item["question"]
    everybody, leavers = (sum(row[i] for row in rows) for i in (0, 1))
    assert f"{rows[0][0]} of {everybody:,} as leaving" in item["question"]
    right = rows[0][1] + (everybody - rows[0][0]) - (leavers - rows[0][1])
    assert f"'right for {right / everybody:.0%}'" in item["question"]
    assert f"right for {(everybody - leavers) / everybody:.0%}" in item["options"]["a"]
    gain = [gone / 10 * worth - number * cost for number, gone in rows]
    assert gain[0] > 0 > max(gain[1:])
    why = item["why"]
    assert (
        f"{rows[0][0]} calls cost €{rows[0][0] * cost:,} and keep ten customers, €{rows[0][1] // 10 * worth:,}" in why
    )
    assert f"The next {rows[1][0]} cost €{rows[1][0] * cost:,} and keep ten more" in why
    assert rows[1][1] == rows[0][1]
    assert f"the first 1,000 together lose €{-(gain[0] + gain[1]):,.0f}" in why
    assert (rows[0][1] + rows[1][1]) / leavers == 0.5
    assert rows[0][1] / leavers == 0.25
    assert f"{leavers} leavers at €{worth} are worth more than €{everybody * cost:,} of calls" in item["options"]["d"]
    assert leavers * worth > everybody * cost
    assert f"{leavers // 10} customers, €{leavers // 10 * worth:,}" in why
