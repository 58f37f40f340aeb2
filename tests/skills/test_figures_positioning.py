"""Recomputes the figures in the checks of positioning."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, number, whole


def test_positioning_2(check: Check) -> None:
    """Most of the lost deals went to the spreadsheet, so rivals can have taken only the rest."""
    item = check("positioning", 2)
    lost, spreadsheet = (int(n) for n in found(r"lost (\d+) deals, (\d+) of them", item["question"]).groups())
    assert f"took {spreadsheet} of {lost} lost deals" in item["why"]
    assert f"at most {lost - spreadsheet} deals" in item["why"]
    assert spreadsheet > lost / 2


def test_positioning_3(check: Check) -> None:
    """Our price is a sixth of the planner's pay, and more than seven times that of the dearest app."""
    item = check("positioning", 3)
    ours = int(found(r"too dear at €(\d+)", item["question"])[1])
    app = int(found(r"apps at €\d+ to €(\d+)", item["question"])[1])
    planner = int(found(r"at about €([\d,]+);", item["question"])[1].replace(",", ""))
    assert planner / ours == 6
    assert f"'Planning app' sets us beside €{app}; beside a planner's pay, €{ours} is a sixth" in item["why"]
    assert 7 < ours / app < 8
    assert "more than seven times as dear" in item["why"]
    compared = found(r"(\d+) of 30 prospects", item["question"])[1]
    assert f"a small edition at €{app}, so that those {compared} can begin" in item["options"]["b"]


def test_positioning_4(check: Check) -> None:
    """The new pitch leaves more although it wins fewer deals, and the deals do not differ beyond chance."""
    item = check("positioning", 4)
    listed, cost = (
        int(n.replace(",", "")) for n in found(r"lists at €([\d,]+) and costs €([\d,]+)", item["question"]).groups()
    )
    (asked, old, old_off), (as_many, new, new_off) = (
        (whole(row[1]), whole(row[2]), number(row[3])) for row in item["table"][1:]
    )
    assert asked == as_many
    old_each, new_each = (listed * (100 - off) / 100 - cost for off in (old_off, new_off))
    assert f"€{old_each:,.0f} at {old_off:.0f}% off and €{new_each:,.0f} at {new_off:.0f}% off" in item["why"]
    assert f"€{old * old_each:,.0f} against €{new * new_each:,.0f}" in item["why"]
    assert new_each / old_each == 1.5
    assert "half as much again" in item["options"]["b"]
    needed = math.ceil(new * new_each / old_each)
    assert f"win {needed} deals to leave as much; {max(old, new)} is the most" in item["why"]
    assert f"it wins {old - new} deals more" in item["options"]["a"]
    assert f"the {old - new} deals come back" in item["options"]["c"]
    pooled = (old + new) / (2 * asked)
    assert abs(old - new) / asked < 1.96 * math.sqrt(pooled * (1 - pooled) * 2 / asked)
    old_won, new_won = old / asked, new / asked
    error = math.sqrt(old_each**2 * old_won * (1 - old_won) / asked + new_each**2 * new_won * (1 - new_won) / asked)
    gain = new_won * new_each - old_won * old_each
    assert gain > 1.96 * error, "The gain in margin per prospect must itself be beyond chance."
