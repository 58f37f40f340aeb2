"""Recomputes the figures in the checks of events-and-webinars."""

from __future__ import annotations

from tests.skills.conftest import Check, found, number


def test_events_and_webinars_2(check: Check) -> None:
    """With 150 talks at either event the congress brings eight times as many buyers."""
    c = check("events-and-webinars", 2)
    (v_f, p_f, k_f), (v_c, p_c, k_c) = ([number(x) for x in row[1:]] for row in c["table"][1:])
    talks = int(found(r"hold (\d+) talks", c["question"])[1])
    fair, congress = talks * p_f / 100, talks * p_c / 100
    assert congress == 60
    assert f"about {congress:.0f} of the {talks} talks" in c["options"]["a"]
    assert fair == 7.5
    assert "7 or 8" in c["why"]
    assert f"some €{k_f / fair:,.0f} each; at the congress {congress:.0f}, at €{k_c / congress:.0f}" in c["why"]
    b_f, b_c = v_f * p_f / 100, v_c * p_c / 100
    assert b_f == 2 * b_c
    assert f"at €{k_f / b_f:.0f} each instead of €{k_c / b_c:.0f}" in c["options"]["b"]
    assert f"{k_f / v_f * 100:.0f} cents" in c["options"]["c"]
    assert f"€{k_c / v_c:.0f} at" in c["options"]["c"]
    assert f"€{k_f - k_c:,.0f} less" in c["options"]["d"]


def test_events_and_webinars_3(check: Check) -> None:
    """Moving the breaks adds 40 talks, and everyone still has a block off."""
    c = check("events-and-webinars", 3)
    rows = [[number(x) for x in row[1:]] for row in c["table"][1:]]
    team, block = 8, 2 * 5
    assert 60 / 12 == 5
    assert "You are eight" in c["question"]
    for stopped, staff, talks in rows:
        assert talks == min(stopped, staff * block)
    assert sum(team - staff for _, staff, _ in rows) == team, "each has one block off today"
    midday = rows[1]
    gain = min(midday[0], team * block) - midday[2]
    assert gain == 40
    assert "All eight can hold 80 talks from 11 to 13, 40 more" in c["why"]
    needed = [stopped / block for stopped, _, _ in rows]
    assert [needed[0], needed[2], needed[3]] == [4, 5, 3]
    assert "four, five and three are enough" in c["why"]
    assert sum(team - n for n in (needed[0], needed[2], needed[3])) >= team
    assert min(midday[0], (midday[1] + 2) * block) - midday[2] == 20
    assert "A adds 20 talks" in c["why"]
    assert midday[0] - team * block == 30
    assert "the 30 still left over" in c["why"]
    assert midday[1] * 2 * 60 / 6 == 80
    assert "hold 80 of them" in c["options"]["d"]


def test_events_and_webinars_4(check: Check) -> None:
    """Only the money still to spend counts, and it buys talks far below their usual price."""
    c = check("events-and-webinars", 4)
    signed, share, gone, left, usual = 20, 0.6, 12_000, 3_000, 600
    for text in (
        f"{signed} buyers",
        f"{share:.0%}",
        f"€{gone:,} is lost",
        f"€{left:,} is still",
        f"€{usual} each elsewhere",
    ):
        assert text in c["question"]
    guests = signed * share
    assert guests == 12
    assert f"about {guests:.0f} talks, at €{left / guests:.0f} each" in c["options"]["c"]
    assert (
        f"€{gone + left:,} for {guests:.0f} buyers would be €{(gone + left) / guests:,.0f} a talk" in c["options"]["a"]
    )
    assert (gone + left) / guests > 2 * usual
    assert "more than twice" in c["options"]["a"]
    assert left / usual == 5
    assert "elsewhere it buys five" in c["why"]
    assert f"{guests:.0f} talks for €{left / guests:.0f}" in c["why"]
