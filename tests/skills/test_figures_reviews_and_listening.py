"""Recomputes the figures in the checks of reviews-and-listening."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, number


def test_reviews_and_listening_3(check: Check) -> None:
    """South's repairs come back less often; North's stars come from a fifth of its customers."""
    item = check("reviews-and-listening", 3)
    north, south = ([number(cell) for cell in row[1:]] for row in item["table"][1:])
    assert (
        f"{north[4] / north[0]:.0%} of North's repairs came back, {south[4] / south[0]:.0%} of South's" in item["why"]
    )
    assert north[0] / north[1] == 5
    assert "one customer in five" in item["why"]
    assert south[0] == south[1]
    assert (
        f"{north[2] / north[1]:.0%} of those it asked wrote a review, against {south[2] / south[1]:.0%}"
        in item["options"]["b"]
    )
    assert round(north[3] - south[3], 1) == 0.5
    assert "half a star more" in item["options"]["a"]
    assert f"over {north[2]:.0f} reviews" in item["options"]["a"]
    # Even with a spread of 1.5 stars in both branches the gap would be more than three standard errors.
    assert 0.5 / (1.5 * math.sqrt(1 / north[2] + 1 / south[2])) > 3


def test_reviews_and_listening_4(check: Check) -> None:
    """The silent buyers with the fault outnumber the complainers, and their lost orders outweigh the repair."""
    item = check("reviews-and-listening", 4)
    question, why = item["question"], item["why"]
    buyers, spoke = 10_000, 150
    rung, have = 400, 48
    assert f"Of last month's {buyers:,} buyers {spoke} reported" in question
    assert f"We rang {rung} of the others" in question
    assert f"{have} have it too" in question
    lost, margin = (int(x) for x in found(r"(\d+) later orders are lost, €(\d+) of margin each", question).groups())
    assert f"Only {spoke} complain" in question
    assert "Per 100 buyers with it" in question
    repair = int(found(r"repair costs €([\d,]+) a month", question)[1].replace(",", ""))
    silent = (buyers - spoke) * have / rung
    everyone = silent + spoke
    per_head = lost / 100 * margin
    assert f"{have / rung:.0%} of those rung have it: {silent:,.0f} of the {buyers - spoke:,}" in why
    assert f"about {round(everyone, -1):,.0f} buyers" in why
    assert f"about {round(everyone, -1):,.0f} buyers" in item["options"]["b"]
    assert f"{round(everyone * lost / 100):.0f} lost orders, €{round(everyone * per_head, -2):,.0f}" in why
    assert f"some €{round(everyone * per_head, -2):,.0f} a month" in item["options"]["b"]
    assert round(silent / spoke) == 8
    assert "about eight to each of them" in why
    assert f"{spoke} complaints cost us €{spoke * per_head:.0f} a month" in item["options"]["a"]
    assert f"€15 to each of the {spoke} costs €{15 * spoke:,}" in item["options"]["c"]
    assert 15 * spoke < repair
    assert f"pays €{15 * spoke:,} to keep €{spoke * per_head:.0f}" in why
    share, z = have / rung, 1.96
    middle = (share + z * z / (2 * rung)) / (1 + z * z / rung)
    half = z * math.sqrt(share * (1 - share) / rung + z * z / (4 * rung * rung)) / (1 + z * z / rung)
    assert round(middle - half, 2) == 0.09
    worst = int(((buyers - spoke) * 0.09 + spoke) * per_head)
    assert f"the loss is €{worst:,}" in why
    assert worst > repair
