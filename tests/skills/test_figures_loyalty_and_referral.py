"""Recomputes the figures in the checks of loyalty-and-referral."""

from __future__ import annotations

from tests.skills.conftest import Check, whole


def test_loyalty_and_referral_2(check: Check) -> None:
    """Members were ahead before the programme, and both groups rose by the same sum."""
    item = check("loyalty-and-referral", 2)
    members, others = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    assert members[1] == 2 * others[1]
    assert round(members[0] / others[0]) == 2
    rise = members[1] - members[0]
    assert rise == others[1] - others[0] == 10
    assert f"both rose by €{rise}" in item["options"]["b"]
    assert f"spends €{rise} more" in item["options"]["c"]
    ahead = members[0] - others[0]
    assert ahead == members[1] - others[1]
    assert f"members were €{ahead} ahead" in item["why"]
    assert f"€{ahead} a year more" in item["options"]["a"]
    assert f"grew by {rise / members[0]:.1%}, but that of the others by {rise / others[0]:.1%}" in item["options"]["d"]


def test_loyalty_and_referral_3(check: Check) -> None:
    """Only the offer paid after the second order leaves more than no offer does."""
    item = check("loyalty-and-referral", 3)
    rows = [[whole(cell) for cell in row[1:]] for row in item["table"][1:]]
    second, sign_up, one_side, none = rows
    left = [margin - paid for _, margin, paid in rows]
    assert max(left) == left[0]
    assert left[2] == left[3]
    assert f"A leaves €{left[0]:,}, C and no offer €{left[2]:,} each, B €{left[1]:,}" in item["why"]
    assert sign_up[0] / none[0] == 2.5
    assert "two and a half times" in item["options"]["b"]
    assert sign_up[0] * 2 * 20 == sign_up[2]
    assert one_side[0] * 30 == one_side[2]
    assert second[2] % 20 == 0
    assert second[2] / 20 < second[0]
    assert f"€{sign_up[1] / sign_up[0]:.0f} of margin for €{sign_up[2] / sign_up[0]:.0f} of reward" in item["why"]
    assert max(row[1] for row in rows) == one_side[1]
    assert one_side[0] - none[0] == 120 == one_side[0] / 2
    assert "C's 120 added friends" in item["why"]
    assert one_side[1] - none[1] == one_side[2]
    assert f"pays for all {one_side[0]}" in item["why"]
    assert f"brings €{none[1] / none[0]:.0f}," in item["options"]["d"]
    assert all(row[1] / row[0] < none[1] / none[0] for row in rows[:3])
    assert f"{second[0] - none[0]} more of them leave €{left[0] - left[3]:,} more" in item["why"]


def test_loyalty_and_referral_4(check: Check) -> None:
    """The finished batch's share, taken of each open batch as issued, gives what is still to come."""
    item = check("loyalty-and-referral", 4)
    batches = [[whole(cell) for cell in row[1:]] for row in item["table"][1:]]
    final = batches[0][1] / batches[0][0]
    unused = sum(issued - used for issued, used in batches[1:])
    to_come = [issued * final - used for issued, used in batches[1:]]
    so_far = sum(used for _, used in batches) / sum(issued for issued, _ in batches)
    options, why = item["options"], item["why"]
    assert f"€{sum(to_come):,.0f}: {final:.0%} of what each open batch was" in options["d"]
    assert f"€{unused:,}: all points" in options["a"]
    assert f"€{unused * so_far:,.0f}: {so_far:.0%} of the €{unused:,}" in options["b"]
    assert f"€{unused * final:,.0f}: {final:.0%} of the €{unused:,}" in options["c"]
    assert f"ended at {final:.0%}" in why
    (big, _), (bigger, _) = batches[1], batches[2]
    assert f"€{big * final:,.0f} of €{big:,}, of which €{to_come[0]:,.0f} is to come" in why
    assert f"€{bigger * final:,.0f} of €{bigger:,}, of which €{to_come[1]:,.0f}." in why
    assert f"it ties up €{unused - sum(to_come):,.0f}" in why
