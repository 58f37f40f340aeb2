"""Recomputes the figures in the checks of accessibility."""

from __future__ import annotations

from tests.skills.conftest import Check, found


def test_accessibility_2(check: Check) -> None:
    """The number of pages is the same wherever it is named."""
    item = check("accessibility", 2)
    pages = found(r"any of the (\d+) pages", item["question"])[1]
    assert f"all {pages} pages" in item["options"]["b"]


def test_accessibility_4(check: Check) -> None:
    """Every choice fits into two days, and the largest count of faults is not the worst barrier."""
    item = check("accessibility", 4)
    rows = [[row[0], int(row[1].replace(",", "")), row[2], int(row[3])] for row in item["table"][1:]]
    photos, picker, film, footer = rows
    total = sum(row[1] for row in rows)
    assert "two days" in item["question"]
    assert photos[3] == picker[3] + film[3] == picker[3] + footer[3] == picker[3] + 1 == 2
    assert f"{photos[1] / total:.0%} of the faults" in item["options"]["a"]
    assert f"{photos[1]:,} of {total:,} faults" in item["why"]
    assert picker[1] + film[1] == 2
    assert "just two faults" in item["options"]["b"]
    contrast = found(r"contrast ([\d.]+):1", footer[0])[1]
    assert float(contrast) < 4.5
    assert f"{contrast}:1 is a near miss of 4.5:1" in item["why"]
