"""Recomputes the figures in the checks of channel-planning."""

from __future__ import annotations

from tests.skills.conftest import Check, number


def test_channel_planning_2(check: Check) -> None:
    """85% of the money goes to the 70,000 who know us; the buyers who are new to us get under two cents each."""
    item = check("channel-planning", 2)
    site, customers, new = [(number(row[1]), number(row[2])) for row in item["table"][1:]]
    known_people, known_money = site[0] + customers[0], site[1] + customers[1]
    total = known_money + new[1]
    assert item["options"][item["answer"]].startswith(f"{known_money / total:.0%} of the money")
    each = known_money / known_people
    assert f"€{known_money:,.0f} is spent on {known_people:,.0f} people who know us, €{each:.2f} each" in item["why"]
    assert new[1] / new[0] < 0.02
    assert f"under 2 cents each on the {new[0]:,.0f}" in item["why"]
    claimed = {row[0]: number(row[3]) for row in item["table"][1:]}
    assert min(claimed, key=lambda name: claimed[name]) == "our customers"
    assert max(claimed, key=lambda name: claimed[name]) == "category buyers new to us"


def test_channel_planning_3(check: Check) -> None:
    """Podcasts add the most buyers who are not yet in the plan, although their contacts are the dearest."""
    item = check("channel-planning", 3)
    rows = {row[0]: [number(cell) for cell in row[1:]] for row in item["table"][1:]}
    added = {name: reached * (100 - known) / 100 for name, (_, reached, known) in rows.items()}
    best, worst = max(added, key=lambda name: added[name]), min(added, key=lambda name: added[name])
    assert (best, worst) == ("trade podcasts", "online video")
    assert item["options"][item["answer"]].lower().startswith(best)
    podcasts, posters, radio, video = (added[name] for name in ("trade podcasts", "posters", "radio", "online video"))
    assert f"podcasts {podcasts:,.0f}, posters {posters:,.0f}, radio {radio:,.0f}, video {video:,.0f}" in item["why"]
    per_thousand, of_video = 20_000 / podcasts * 1000, 20_000 / video * 1000
    assert f"€{per_thousand:,.0f} for a thousand new buyers against €{of_video:,.0f} for video" in item["why"]
    assert min(rows, key=lambda name: rows[name][0]) == "radio"
    assert max(rows, key=lambda name: rows[name][1]) == "online video"
    for price, reached, known in rows.values():
        contacts = 20_000 / price * 1000
        assert contacts > reached, "The money must buy at least one contact for each buyer reached."
        assert reached * known / 100 <= 200_000, "No line can overlap with more buyers than the plan reaches."
        assert reached * (100 - known) / 100 <= 200_000


def test_channel_planning_4(check: Check) -> None:
    """The average of four is right, yet a tenth of the buyers got 80% of the contacts and more than half got none."""
    item = check("channel-planning", 4)
    rows = [(row[0], number(row[1]), number(row[2])) for row in item["table"][1:]]
    buyers, contacts = sum(row[1] for row in rows), sum(row[2] for row in rows)
    assert (buyers, contacts, contacts / buyers) == (200_000, 800_000, 4)
    assert f"{buyers:,.0f} buyers" in item["question"]
    assert f"{contacts:,.0f}" in item["question"]
    (_, unreached, _), (_, few, few_all), (_, some, some_all), (_, heavy, heavy_all) = rows
    much, few_people = heavy_all / contacts, heavy / buyers
    assert f"{much:.0%} of contacts went to {few_people:.0%} of buyers, {heavy_all / heavy:.0f} each" in item["why"]
    assert f"{unreached / buyers:.0%} saw nothing" in item["why"]
    assert 1 <= few_all / few <= 3
    assert 4 <= some_all / some <= 10
    assert heavy_all / heavy > 10
