"""Recomputes the figures in the checks of organic-social."""

from __future__ import annotations

from typing import Any

from tests.skills.conftest import Check, found, number


def test_organic_social_3(check: Check) -> None:
    """Twice the posts brought hardly more reach and fewer saves and shares."""
    item = check("organic-social", 3)
    (posts_1, reach_1, saves_1), (posts_2, reach_2, saves_2) = (
        [number(x) for x in row[1:]] for row in item["table"][1:]
    )
    assert (posts_1, posts_2) == (3 * 4, 6 * 4), "four weeks of each"
    assert "three hours" in item["question"]
    assert f"{(posts_2 - posts_1) * 3:.0f} hours" in item["why"]
    assert posts_2 - posts_1 == 12
    assert "Twelve more posts" in item["why"]
    assert (
        f"{reach_2 / reach_1 - 1:.0%} more reach and {1 - saves_2 / saves_1:.0%} fewer saves and shares" in item["why"]
    )
    assert f"from {reach_1 / posts_1:,.0f} to about {round(reach_2 / posts_2, -2):,.0f} per post" in item["why"]
    assert 0.5 < (reach_2 / posts_2) / (reach_1 / posts_1) < 0.55
    assert "nearly halved" in item["options"]["c"]


def test_organic_social_4(check: Check) -> None:
    """The tempting totals follow from the difference between followers and the others."""
    item = check("organic-social", 4)
    followers, spend, others = 10_000, 90, 45
    assert f"spend €{spend} a year, the others €{others}. {followers:,} customers" in item["question"]
    assert item["options"]["a"].startswith(f"€{(spend - others) * followers:,}:")
    assert f"€{spend - others} more" in item["options"]["a"]
    assert item["options"]["b"].startswith(f"€{(spend - others) * followers // 2:,}:")
    assert f"the €{spend - others} shows" in item["why"]


def test_organic_social_good_work(skills: dict[str, dict[str, Any]]) -> None:
    """Twenty-seven of thirty in the good work is the nine in ten of the brief."""
    skill = skills["organic-social"]
    asked, answered = found(
        r"last (\d+) questions and complaints, at least (\d+)", " ".join(skill["good_work"])
    ).groups()
    assert int(answered) / int(asked) == 9 / 10
    assert "answer nine in ten questions" in skill["brief"]["goal"]
