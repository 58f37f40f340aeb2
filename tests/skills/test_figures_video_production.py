"""Recomputes the figures in the checks of video-production."""

from __future__ import annotations

from itertools import pairwise

from tests.skills.conftest import Check, found, whole


def test_video_production_2(check: Check) -> None:
    """The logo opening loses more viewers, and more per second, than any other part of the film."""
    item = check("video-production", 2)
    rows = [(int(second), part, whole(share)) for second, part, share in item["table"][1:]]
    parts = {part: (after[0] - second, share - after[2]) for (second, part, share), after in pairwise(rows)}
    logo, problem, solution, features, _price = parts.values()
    left = rows[0][2] - rows[-1][2]
    assert f"{rows[-1][0]}-second" in item["question"]
    assert sum(lost for _, lost in parts.values()) == left
    assert logo == (4, 42)
    assert f"Of the {left} in 100 who leave, {logo[1]} go in four seconds of logo" in item["why"]
    assert f"lose {problem[1] + solution[1]} in {problem[0] + solution[0]} seconds" in item["why"]
    assert features[0] == 10
    assert f"The features cost {features[1]} in ten seconds" in item["why"]
    assert (
        max(parts.values(), key=lambda part: part[1] / part[0]) == logo == max(parts.values(), key=lambda part: part[1])
    )
    assert sorted((lost for _, lost in parts.values()), reverse=True)[1] == features[1]
    assert abs(rows[4][2] / 100 - 1 / 3) < 0.05
    assert "about a third" in item["options"]["c"]
    assert item["answer"] == "a"


def test_video_production_4(check: Check) -> None:
    """Every plan fits into the time left, but only B keeps a reserve and puts what the film needs first."""
    item = check("video-production", 4)
    minutes = {name: int(needed) for name, needed, _ in item["table"][1:]}
    interview, changeover, closeups, drone, portrait = minutes.values()
    available = int(found(r"(\d+) minutes are left", item["question"])[1])
    plans = {
        "a": sum(minutes.values()) * 3 / 4,
        "b": interview + changeover + closeups,
        "c": interview + changeover + drone,
        "d": changeover + closeups + portrait + interview,
    }
    assert sum(minutes.values()) > available >= max(plans.values())
    assert f"B takes {plans['b']} minutes and keeps {available - plans['b']}" in item["why"]
    assert available - plans["b"] >= portrait
    assert f"A fits ({plans['a']}) with the interview down to {interview * 3 / 4} minutes" in item["why"]
    assert f"C ({plans['c']})" in item["why"]
    assert f"D ({plans['d']})" in item["why"]
    assert available - plans["d"] == 5
    assert "with five minutes to spare" in item["why"]
    assert min(plans, key=lambda name: plans[name]) == item["answer"] == "b"
