"""Recomputes the figures in the checks of public-relations."""

from __future__ import annotations

from tests.skills.conftest import Check, found, whole


def test_public_relations_2(check: Check) -> None:
    """Of the appointments in the question 11% were missed, which option B rounds to one in nine."""
    item = check("public-relations", 2)
    booked = float(found(r"([\d.]+) million appointments", item["question"])[1]) * 1_000_000
    missed = whole(found(r"([\d,]+) were missed", item["question"])[1])
    assert round(booked / missed) == 9
    assert "one dental appointment in nine" in item["options"]["b"]
    assert f"{booked / 1_000_000:.1f} million" in item["options"]["b"]
    assert f"({missed:,} of {booked / 1_000_000:.1f} million is {missed / booked:.0%})" in item["why"]
    praising = found(r"say (\d+) practices", item["options"]["d"])[1]
    assert f"{praising} customers" in item["why"]
    assert item["answer"] == "b"
