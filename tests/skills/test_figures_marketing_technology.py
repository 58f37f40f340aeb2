"""Recomputes the figures in the checks of marketing-technology."""

from __future__ import annotations

from tests.skills.conftest import Check, found, whole


def test_marketing_technology_2(check: Check) -> None:
    """The survey tool is the one whose job is done elsewhere, and few people use it."""
    item = check("marketing-technology", 2)
    rows = {row[0]: row[1:] for row in item["table"][1:]}
    double = [tool for tool, row in rows.items() if "does the same" in row[2]]
    assert double == ["survey tool"]
    cost, users, _ = rows["survey tool"]
    assert users.split()[0] == "2"
    assert "two people change a habit" in item["why"]
    assert f"and {cost} is saved" in item["why"]
    assert max(rows, key=lambda tool: whole(rows[tool][0])) == "trade-fair tool"
    assert "it costs most" in item["options"]["c"]
    assert rows["connector"][1].split()[0] == "0"
    assert f"swaps {rows['report builder'][0]} for hours" in item["why"]


def test_marketing_technology_3(check: Check) -> None:
    """Counted in people, the hand-over to sales loses by far the most."""
    item = check("marketing-technology", 3)
    sent, arrived, stored, assigned, called = (whole(row[1]) for row in item["table"][1:])
    units = [row[2] for row in item["table"][1:]]
    assert units == ["submissions"] * 2 + ["people"] * 3
    people = int(found(r"came from (\d+) people", item["question"])[1])
    assert f"The {arrived} submissions" in item["question"]
    assert f"{arrived - stored} go missing" in item["options"]["a"]
    assert f"{assigned - called} people" in item["options"]["c"]
    assert f"four hand-overs lose {sent - called} of {sent:,}" in item["options"]["d"]
    assert f"{stored - assigned} people are stored" in item["options"]["b"]
    assert (
        f"{arrived} submissions are {people} people, so on the way into the CRM "
        f"{people - stored} are missing, not {arrived - stored}" in item["why"]
    )
    assert (stored - assigned) == 5 * (assigned - called)
    assert f"{stored - assigned} have nobody in charge, five times the {assigned - called} in C" in item["why"]
    assert stored - assigned > max(sent - arrived, people - stored, assigned - called)


def test_marketing_technology_4(check: Check) -> None:
    """One owner for each field is right far more often than any single rule for all of them."""
    item = check("marketing-technology", 4)
    rows = {row[0]: [int(cell) for cell in row[1:]] for row in item["table"][1:]}
    assert all(shop + crm == 100 for shop, crm, _ in rows.values())
    total = 100 * len(rows)
    shop, crm, newer = (sum(row[i] for row in rows.values()) for i in range(3))
    owner = sum(max(row[:2]) for row in rows.values())
    assert [name for name, row in rows.items() if row[1] > row[0]] == ["job and company"]
    assert f"right in {shop} of {total} cases, the CRM in {crm}" in item["options"]["a"]
    assert f"with {newer} of {total} it beats" in item["options"]["b"]
    assert newer > max(shop, crm)
    assert (
        f"right in {owner} of {total} cases ({owner / total:.0%}), the newer entry in {newer} ({newer / total:.0%})"
        in item["why"]
    )
    assert f"wrong in {rows['telephone'][1]} of 100" in item["why"]
