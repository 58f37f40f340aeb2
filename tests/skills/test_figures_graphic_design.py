"""Recomputes the figures in the checks of graphic-design."""

from __future__ import annotations

import math

from tests.skills.conftest import Check, found, whole


def test_graphic_design_3(check: Check) -> None:
    """On the phone the conditions are 8 pixels high and the button, though large text, is below 3:1."""
    item = check("graphic-design", 3)
    drawn, seen = (
        whole(found(pattern, item["question"])[1])
        for pattern in (r"([\d,]+) pixels wide and", r"phones (\d+) pixels wide")
    )
    scale = seen / drawn
    assert scale == 1 / 3
    assert "at a third" in item["why"]
    large_bold = 14 * 96 / 72  # 14 point in CSS pixels, the bold limit of WCAG
    large = 18 * 96 / 72
    faint, small = [], []
    for name, size, contrast in item["table"][1:]:
        shown = int(size) * scale
        limit = 3 if shown >= (large_bold if "bold" in name else large) else 4.5
        if float(contrast.split(":")[0]) < limit:
            faint.append((name, shown, limit, contrast))
        if shown < 12:
            small.append((name, shown))
    assert small == [("price conditions, regular", 8.0)]
    assert "seen at 8 pixels" in item["why"]
    assert faint == [("button, bold", 20.0, 3, "2.4:1")]
    assert "seen at 20 pixels bold" in item["why"]
    assert "needs 3:1 and has 2.4:1" in item["why"]
    assert item["answer"] == "a"


def test_graphic_design_4(check: Check) -> None:
    """The photo has 51 pixels per inch, more than the 29 that normal sight tells apart at 3 m."""
    item = check("graphic-design", 4)
    pixels = whole(found(r"([\d,]+) pixels wide", item["question"])[1])
    width, distance = (
        int(found(pattern, item["question"])[1]) for pattern in (r"banner (\d+) m wide", r"nearer than (\d+) m")
    )
    has = pixels / (width / 0.0254)
    assert f"about {has:.0f} pixels per inch" in item["options"]["c"]
    assert f"{pixels:,} pixels over {width} m give {has:.0f}" in item["why"]

    def resolved(metres: float) -> float:
        """Dots per inch one minute of arc apart, the detail that visual acuity 1.0 tells apart."""
        return 0.0254 / (metres * math.tan(math.radians(1 / 60)))

    assert math.isclose(resolved(0.3), 300, rel_tol=0.05)
    assert "held at about 30 cm" in item["why"]
    assert math.isclose(distance / 0.3, 10)
    assert "at ten times the distance a tenth, about 30" in item["why"]
    assert math.isclose(resolved(distance), 30, rel_tol=0.05)
    assert has > resolved(distance)
    assert item["answer"] == "c"
