"""Recomputes the figures in the checks of content-strategy."""

from __future__ import annotations

from tests.skills.conftest import Check, whole


def test_content_strategy_2(check: Check) -> None:
    """Moving the data leaves the most questions open, although others are searched or asked more often."""
    c = check("content-strategy", 2)
    rows = [[whole(cell.split(" ")[0]) for cell in row[1:]] for row in c["table"][1:]]
    what, data, till, trend = rows
    assert "asked in 40 sales talks" in c["table"][0]
    assert max(rows, key=lambda row: row[0]) is what
    assert "largest number" in c["options"]["a"]
    assert max(rows, key=lambda row: row[2]) is data
    assert c["answer"] == "b"
    assert max(rows, key=lambda row: row[1]) is till
    assert "as often" in c["options"]["c"]
    assert f"in {data[1]} of 40 talks, and {data[2]} were left without an answer" in c["why"]
    assert f"settles {till[1] - till[2]} of {till[1]}" in c["why"]
    assert (what[1], trend[1]) == (1, 0)
    assert "one of 40 asked A, nobody D" in c["why"]


def test_content_strategy_3(check: Check) -> None:
    """The guide has the fewest readers after six months and the most after two years at its present pace."""
    c = check("content-strategy", 3)
    news, trend, guide = ([whole(cell) for cell in row[1:]] for row in c["table"][1:])
    total = [sum(kind) for kind in (news, trend, guide)]
    assert total[0] > total[1] > total[2], "the options' reasons rest on this order"
    assert f"the guide has {total[2]:,} readers against {total[0]:,} and {total[1]:,}" in c["why"]
    assert f"draws {guide[-1]} a month when the others draw {news[-1]} and {trend[-1]}" in c["why"]
    assert guide == sorted(guide)
    assert news == sorted(news, reverse=True)
    assert trend == sorted(trend, reverse=True)

    def at(month: int, kind: list[int]) -> int:
        """Return the readers up to this month at the pace of the sixth."""
        return sum(kind) + (month - 6) * kind[-1]

    assert at(12, guide) > max(at(12, news), at(12, trend))
    assert at(11, guide) < at(11, trend)
    assert "within six more months" in c["why"]
    assert f"have {at(24, guide):,} after two years against {at(24, news):,} and {at(24, trend):,}" in c["why"]


def test_content_strategy_4(check: Check) -> None:
    """Articles left alone recovered almost as much as those refreshed."""
    c = check("content-strategy", 4)
    (spring, summer, autumn), (spring_2, summer_2, autumn_2), others = (
        [whole(x) for x in row[1:]] for row in c["table"][1:]
    )
    assert (spring, summer) == (spring_2, summer_2), "the lot made the groups alike"
    gain, gain_2 = autumn / summer - 1, autumn_2 / summer_2 - 1
    assert f"{gain:.0%} of readers" in c["options"]["a"]
    assert f"gained {gain_2:.0%} too" in c["options"]["c"]
    assert f"gained {gain_2:.0%} against {gain:.0%}: some {autumn - autumn_2} readers" in c["why"]
    assert gain_2 / gain > 0.5
    assert "Most of the rise" in c["options"]["c"]
    assert max(others) / min(others) < 1.02
    assert "stayed level" in c["options"]["b"]
    assert [whole(row[0].split(" ")[0]) for row in c["table"][1:]] == [40, 60 - 40, 200]
    assert "Sixty" in c["question"]
    assert "Forty" in c["question"]
    assert "four hours" in c["question"]
    assert "four hours" in c["why"]
