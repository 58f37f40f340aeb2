"""Recomputes the figures in the checks of anomaly-response."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import mean

from tests.skills.conftest import Check, found


def test_anomaly_response_2(check: Check) -> None:
    """The week lies inside the natural limits of the twelve weeks before it."""
    c = check("anomaly-response", 2)
    listed = c["question"].split("weeks before: ")[1].split(". ")[0]
    weeks = [int(x) for x in listed.split(", ")]
    now = int(found(r"fell to (\d+)", c["question"])[1])
    assert len(weeks) == 12
    assert "twelve weeks" in c["question"]
    average = mean(weeks)
    assert f"average {average:.0f} and swing from {min(weeks)} to {max(weeks)}" in c["why"]
    reach = 2.66 * mean(abs(b - a) for a, b in pairwise(weeks))
    limits = [int(x) for x in found(r"near (\d+) and (\d+)", c["why"]).groups()]
    assert abs(limits[0] - (average - reach)) < 1
    assert abs(limits[1] - (average + reach)) < 1
    assert min(weeks) < now
    assert limits[0] < now < limits[1]
    assert str(now) in c["options"]["a"]
    assert 0.085 < 1 - now / average < 0.09
    assert "Nearly 9%" in c["options"]["c"]


def test_anomaly_response_3(check: Check) -> None:
    """The whole loss sits in one way of paying; devices lose alike."""
    c = check("anomaly-response", 3)
    day = {row[0]: (int(row[1]), int(row[2])) for row in c["table"][1:]}
    cuts = (
        ("by card", "by invoice", "by wallet app"),
        ("on phones", "on computers"),
        ("customers under 55", "customers of 55 and over"),
    )
    for cut in cuts:
        assert [sum(day[part][i] for part in cut) for i in (0, 1)] == [1_000, 775], (
            "every cut must add up to the same orders"
        )
    missing = 1_000 - 775
    assert 0.2 < missing / 1_000 < 0.25
    assert "more than a fifth below" in c["question"]
    assert all(day[part][1] >= day[part][0] for part in ("by card", "by wallet app"))
    usual, now = day["by invoice"]
    assert f"invoices fell from {usual} to {now}" in c["why"]
    assert usual - now >= missing
    fall = {part: 1 - b / a for part, (a, b) in day.items()}
    assert f"({fall['on phones']:.0%} and {fall['on computers']:.0%})" in c["why"]
    phones = day["on phones"][0] - day["on phones"][1]
    assert f"{phones} of the {missing}" in c["options"]["a"]
    assert f"{phones} of {missing}" in c["why"]
    assert abs(phones / missing - day["on phones"][0] / 1_000) < 0.01, "phones lose only their usual share"
    assert f"fell by {fall['customers of 55 and over']:.0%}" in c["options"]["b"]


def test_anomaly_response_4(check: Check) -> None:
    """March lies far outside chance, and the gain is worth about seven euros a customer."""
    c = check("anomaly-response", 4)
    for text in ("50 to 80 of 1,000", "only 30 did", "€4", "€200"):
        assert text in c["question"]
    usual = (50 + 80) / 2 / 1_000
    assert (30 / 1_000 - usual) / math.sqrt(usual * (1 - usual) / 1_000) < -4
    assert 1.9 < (80 / 1_000 - usual) / math.sqrt(usual * (1 - usual) / 1_000) < 2.1, (
        "the usual range must be what chance gives"
    )
    assert f"about €{(usual - 30 / 1_000) * 200:.0f} of margin for a call of €4" in c["options"]["a"]
