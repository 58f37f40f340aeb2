"""Recomputes the figures in the checks of privacy-and-consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.skills.conftest import Check


def test_privacy_and_consent_3(check: Check) -> None:
    """Those who agreed and the buyers who could refuse from the start may be written to, nobody else."""
    item = check("privacy-and-consent", 3)
    agreed, offered, not_offered, draw = (int(row[1].replace(",", "")) for row in item["table"][1:])
    assert item["options"]["a"].startswith(f"{agreed + offered + not_offered + draw:,}:")
    assert item["options"]["b"].startswith(f"{agreed + offered + not_offered:,}:")
    assert item["options"]["c"].startswith(f"{agreed:,}:")
    assert item["options"][item["answer"]].startswith(f"{agreed + offered:,}:")
    assert f"Beside the {agreed:,} who agreed" in item["why"]
    assert f"in each message: {offered:,} more" in item["why"]
    assert f"The other {not_offered:,} buyers" in item["why"]
    rows = [row[0] for row in item["table"][1:]]
    assert "empty box" in rows[0]
    assert "could refuse" in rows[1]
    assert "was not offered" in rows[2]


def test_privacy_and_consent_4(check: Check) -> None:
    """The two platforms of the question are the ones the right answer names."""
    item = check("privacy-and-consent", 4)
    assert "two advertising platforms" in item["question"]
    assert "both platforms by name" in item["options"][item["answer"]]
