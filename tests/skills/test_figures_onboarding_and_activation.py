"""Recomputes the figures in the checks of onboarding-and-activation."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found


def first_payment(terminal: int, call: int, papers: int, bank: int, training: int) -> int:
    """The working day of the first payment: training starts when the slower of the two chains is done."""
    return max(terminal, call + papers + bank) + training


def test_onboarding_and_activation_3(check: Check) -> None:
    """Asking for papers at once saves two days, film and faster check one each, express delivery none."""
    item = check("onboarding-and-activation", 3)
    terminal, call, papers, bank, training = (int(row[2]) for row in item["table"][1:])
    today = first_payment(terminal, call, papers, bank, training)
    assert f"today on working day {today}." in item["question"]
    assert item["options"]["a"].startswith("Express delivery: three days instead of seven")
    assert terminal == 7
    assert "three days instead of four" in item["options"]["d"]
    assert bank == 4
    saved = {
        "a": today - first_payment(3, call, papers, bank, training),
        "b": today - first_payment(terminal, 0, papers, bank, training),
        "c": today - first_payment(terminal, call, papers, bank, 0),
        "d": today - first_payment(terminal, call, papers, 3, training),
    }
    assert saved == {"a": 0, "b": 2, "c": 1, "d": 1}
    assert max(saved, key=lambda name: saved[name]) == item["answer"]
    why = item["why"]
    assert f"{call} + {papers} + {bank} = {call + papers + bank} days, with the terminal's {terminal} beside" in why
    assert f"first payment on day {today - saved['b']}, two days sooner" in why
    assert "C and D save one day each" in why
    assert "Express delivery saves none" in why


def test_onboarding_and_activation_4(check: Check) -> None:
    """More reports on sample data leave the share that stays where it was, within about two points."""
    item = check("onboarding-and-activation", 4)
    old, new = ([int(cell.replace(",", "")) for cell in row[1:]] for row in item["table"][1:])
    assert old[0] == new[0]
    extra = new[1] - old[1]
    assert item["table"][0][2:] == ["finished a report in week 1", "active in week 12"]
    assert "All who were active in week 12 had finished one in week 1" in item["question"]
    assert extra / old[1] == 1 / 3
    assert item["options"]["a"].startswith("It works: a third more")
    assert f"{new[2] / new[1]:.0%} are still active, instead of {old[2] / old[1]:.0%}" in item["options"]["b"]
    assert f"{extra} more have made a start" in item["options"]["c"]
    why = item["why"]
    assert f"The {extra} extra reports" in why
    assert {f"{group[2] / group[0]:.0%}" for group in (old, new)} == {found(r"^(\d+%) stay", why)[1]}
    pooled = (old[2] + new[2]) / (old[0] + new[0])
    half_width = 1.96 * math.sqrt(pooled * (1 - pooled) * (1 / old[0] + 1 / new[0]))
    assert f"about {100 * half_width:.0f} points each way" in why
    assert abs(old[2] - new[2]) / old[0] < half_width
