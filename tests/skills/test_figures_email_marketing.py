"""Recomputes the figures in the checks of email-marketing."""

from __future__ import annotations

from tests.skills.conftest import Check, number


def test_email_marketing_2(check: Check) -> None:
    """Opens rose by 71% while clicks and orders stayed level."""
    c = check("email-marketing", 2)
    (sent, opens, clicks, orders), (sent_2, opens_2, clicks_2, orders_2) = (
        [number(x) for x in row[1:]] for row in c["table"][1:]
    )
    assert sent == sent_2
    assert f"raised opens by {opens_2 / opens - 1:.0%}" in c["question"]
    assert f"{opens_2 - opens:,.0f} more people" in c["options"]["c"]
    assert f"Had {opens_2 - opens:,.0f} more people" in c["why"]
    assert f"if {opens_2 / sent_2:.0%} is above" in c["options"]["d"]
    assert f"clicks went from {clicks:.0f} to {clicks_2:.0f}" in c["why"]
    assert 0.9 < clicks_2 / clicks <= 1
    assert 0.9 < orders_2 / orders <= 1
    assert "stayed level" in c["options"]["a"]


def test_email_marketing_4(check: Check) -> None:
    """Only the provider whose readers complained lost clicks, and it lost them among old readers too."""
    c = check("email-marketing", 4)
    rows = {row[0]: [number(x) for x in row[1:]] for row in c["table"][1:]}
    before, now = (sum(row[i] for row in rows.values()) for i in (1, 4))
    assert 0.3 < 1 - now / before < 0.36
    assert "fell by about a third" in c["question"]
    p = rows["P"]
    assert p[3] - p[0] == 5_000
    assert "5,000 prize-draw entrants" in c["question"]
    assert f"P's {p[0]:,.0f} old readers used to give {p[1]:.0f} clicks; now they give {p[4]:.0f} at most" in c["why"]
    for name in ("Q", "others"):
        row = rows[name]
        assert row[0] == row[3]
        assert 0.98 <= row[4] / row[1] <= 1, "readers elsewhere click as before"
        assert row[5] < 0.1, "only P complains above the limit of good work"
    assert p[2] < 0.1, "P was within the limit of good work before"
    assert p[5] > 0.3, "P went past the limit that is never to be reached"
