"""Recomputes the figures in the checks of team-building."""

from __future__ import annotations

from tests.skills.conftest import Check, whole


def test_team_building_2(check: Check) -> None:
    """A leads on the interview and on the sample, B only on lunch and years."""
    item = check("team-building", 2)
    ours, other = ([float(cell) for cell in row[1:]] for row in item["table"][1:])
    lead = [a - b for a, b in zip(ours, other, strict=True)]
    assert f"{lead[0]:.1f} points on the same questions and by {lead[1]:.1f} on the sample" in item["why"]
    assert max(ours[:3] + other[:3]) <= 5
    assert lead[2] < 0
    assert lead[3] < 0
    assert other[3] == 9
    assert "nine years" in item["options"]["b"]


def test_team_building_3(check: Check) -> None:
    """The feed takes all the hours, and guards more than any other use of them."""
    item = check("team-building", 3)
    rows = {row[0]: row for row in item["table"][1:]}
    lost = {name: whole(row[3]) for name, row in rows.items()}
    hours = {name: int(row[4]) for name, row in rows.items()}
    feed, why, options = "product feed", item["why"], item["options"]
    assert f"{hours[feed]} hours for teaching" in item["question"]
    assert [name for name, row in rows.items() if row[2] == "nobody"] == [feed, "fair stand"]
    assert f"guards €{lost[feed]:,}, or €{lost[feed] / hours[feed]:,.0f} for each hour" in why
    guarded_by_a = lost["mail programme"] + lost["fair stand"]
    guarded_by_d = lost["fair stand"] + lost["monthly report"]
    assert max(guarded_by_a, guarded_by_d) < lost[feed]
    assert f"A guards €{guarded_by_a:,} at most" in why
    assert f"D guards €{guarded_by_d:,}" in why
    assert f"{hours['mail programme'] + hours['fair stand']} hours" in options["a"]
    spent_by_d = hours["fair stand"] + hours["monthly report"]
    assert f"{spent_by_d} hours, with {hours[feed] - spent_by_d} in reserve" in options["d"]
    assert hours[feed] / len(rows) == 5
    assert [name for name, needed in hours.items() if needed <= 5] == ["monthly report"]
    assert min(lost, key=lambda name: lost[name]) == "monthly report"


def test_team_building_4(check: Check) -> None:
    """The hand-over fits in before the peak, with weeks to spare."""
    item = check("team-building", 4)
    words = {"four": 4, "six": 6, "ten": 10}
    assert "in ten weeks; a hand-over takes six" in item["question"]
    assert "Six weeks fit into ten, with four to spare" in item["why"]
    assert words["ten"] - words["six"] == words["four"]
