"""Recomputes the figures in the checks of lead-generation."""

from __future__ import annotations

from tests.skills.conftest import Check, found, number


def test_lead_generation_3(check: Check) -> None:
    """The same hundred calls bring most accepted leads when the best groups come first."""
    c = check("lead-generation", 3)
    calls, leads = (int(x) for x in found(r"makes (\d+) calls a week to our (\d+) leads", c["question"]).groups())
    groups = [(number(row[1]), number(row[2]) / 100) for row in c["table"][1:]]
    assert sum(n for n, _ in groups) == leads
    assert f"until the {calls} calls are used up" in c["options"]["b"]
    assert f"In order of arrival {calls} calls reach" in c["why"]
    assert calls / leads == 5 / 8
    assert "five leads in eight" in c["why"]
    arrival = sum(n * rate for n, rate in groups) * calls / leads
    left, sorted_ = float(calls), 0.0
    used = []
    for n, rate in groups:
        used.append(min(n, left))
        sorted_ += used[-1] * rate
        left -= used[-1]
    assert f"about {arrival:.0f} accepted" in c["why"]
    assert f"give about {sorted_:.0f}." in c["why"]
    assert used[2] == 10
    assert "ten calls left for group 3" in c["why"]
    best = groups[0][0] * groups[0][1]
    assert f"Group 1 alone gives {best:.0f} and leaves {calls - groups[0][0]:.0f} calls unused" in c["why"]
    assert best < arrival < sorted_
    assert groups[0][1] == 0.5
    assert "half of these leads" in c["options"]["c"]
    assert f"{2 * leads} leads a week make up for the {leads - calls} nobody calls" in c["options"]["a"]


def test_lead_generation_4(check: Check) -> None:
    """With leads dealt by lot, team 2 is as far behind on trials as on guides."""
    c = check("lead-generation", 4)
    one, two = ([number(cell) for cell in row[1:5]] for row in c["table"][1:])
    assert one[0] == two[0], "both teams got as many guide leads"
    assert one[2] == two[2], "both teams got as many trial leads"
    share = [(row[1] + row[3]) / (row[0] + row[2]) for row in (one, two)]
    assert f"team 2 accepts {share[1]:.0%} against {share[0]:.0%}" in c["why"]
    guides, trials = two[1] / one[1], two[3] / one[3]
    assert abs(guides - trials) < 0.02
    assert "as far behind on trials as on guides" in c["why"]
    assert f"of which team 1 accepts {one[1] / one[0]:.0%}" in c["why"]
    assert f"at {two[1] / two[0]:.0%} accepted" in c["options"]["b"]
    assert 0.45 < share[0] < 0.5
    assert "nearly half" in c["options"]["d"]
