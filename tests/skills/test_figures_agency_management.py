"""Recomputes the figures in the checks of agency-management."""

from __future__ import annotations

from tests.skills.conftest import Check, found, whole


def test_agency_management_3(check: Check) -> None:
    """With our hours counted, B's accepted piece costs less although its fee and its delivery cost more."""
    item = check("agency-management", 3)
    hour = whole(found(r"hour of ours costs (€\d+)", item["question"])[1])
    (fee_a, made_a, good_a, hours_a), (fee_b, made_b, good_b, hours_b) = (
        [whole(cell) for cell in row[1:]] for row in item["table"][1:]
    )
    full_a, full_b = fee_a + hours_a * hour, fee_b + hours_b * hour
    options, why = item["options"], item["why"]
    assert good_a == good_b
    assert f"You need {good_a} a year" in item["question"]
    assert f"costs €{fee_a / made_a:,.0f} there, against €{fee_b / made_b:,.0f} at B" in options["a"]
    assert f"€{fee_b - fee_a:,} lower" in options["b"]
    assert f"same {good_a} accepted pieces" in options["b"]
    assert f"makes {made_a - made_b} pieces more" in options["c"]
    assert f"more than {good_a}" in options["c"]
    assert f"us €{full_b / good_b:,.0f}, against €{full_a / good_a:,.0f} at A" in options["d"]
    assert f"A comes to €{full_a:,} and B to €{full_b:,} for the same {good_a} pieces" in why
    assert f"{made_a - good_a} pieces we turned down" in why
    assert f"{hours_a - hours_b} more hours, worth €{(hours_a - hours_b) * hour:,}" in why


def test_agency_management_4(check: Check) -> None:
    """One seller pays the agency more than its client does."""
    item = check("agency-management", 4)
    numbers = found(r"charges (\d+)% on your €([\d,]+)\..* of (\d+)% on the €([\d,]+)", item["question"])
    fee = int(numbers[1]) * whole(numbers[2]) // 100
    rebate = int(numbers[3]) * whole(numbers[4]) // 100
    assert rebate > fee
    assert f"earns €{rebate:,} from one seller and €{fee:,} from you" in item["why"]
    assert f"saves you €{fee:,} a year" in item["options"]["d"]
    assert f"Claim the €{rebate:,} back" in item["options"]["c"]
