"""Recomputes the figures in the checks of briefing-specialists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.skills.conftest import Check


def test_briefing_specialists_3(check: Check) -> None:
    """Late voices cause more than half of the extra rounds, unclear briefs and makers far fewer."""
    item = check("briefing-specialists", 3)
    rounds = {row[0]: int(row[1]) for row in item["table"][1:]}
    total = sum(rounds.values())
    late = rounds["asked for by someone who had not seen the brief"]
    unclear = rounds["brief unclear"]
    missed = rounds["work missed an acceptance point"]
    assert f"the {total} extra rounds" in item["question"]
    assert late == max(rounds.values())
    assert f"{late} of {total} rounds ({late / total:.0%})" in item["why"]
    assert f"the {unclear} unclear briefs ({unclear / total:.0%})" in item["why"]
    assert f"who caused {missed} ({missed / total:.0%})" in item["why"]
