"""Recomputes the figures in the checks of persuasive-copywriting."""

from __future__ import annotations

import math
import re

from tests.skills.conftest import Check, whole


def chance(k_1: int, n_1: int, k_2: int, n_2: int) -> float:
    """How often chance alone would give at least such a gap, by the normal approximation."""
    p = (k_1 + k_2) / (n_1 + n_2)
    z = (k_1 / n_1 - k_2 / n_2) / math.sqrt(p * (1 - p) * (1 / n_1 + 1 / n_2))
    return math.erfc(abs(z) / math.sqrt(2))


def test_persuasive_copywriting_3(check: Check) -> None:
    """Six in ten have not switched, and twice as many switched this year as last."""
    c = check("persuasive-copywriting", 3)
    all_, done, this, last, rest = (whole(x) for x in re.findall(r"[\d,]*\d", c["question"]))
    assert all_ - done == rest
    assert this + last <= done
    assert rest / all_ == 6 / 10
    assert "Six customers in ten" in c["options"]["b"]
    assert this == 2 * last
    assert c["options"]["a"].startswith(f"{this} customers switched this year, twice as many")
    assert done / all_ < 1 / 2
    assert "While a majority is lacking" in c["why"]


def test_persuasive_copywriting_4(check: Check) -> None:
    """Each group answers clearly to another text, and the totals hide it."""
    c = check("persuasive-copywriting", 4)
    cells = {(row[0], row[1]): (whole(row[3]), whole(row[2])) for row in c["table"][1:]}
    short_c, long_c = cells["customers", "short"], cells["customers", "long"]
    short_s, long_s = cells["strangers", "short"], cells["strangers", "long"]
    rate = {key: f"{k / n:.1%}" for key, (k, n) in cells.items()}
    assert f"({rate['strangers', 'short']} against {rate['strangers', 'long']})" in c["why"]
    assert f"({rate['customers', 'short']} against {rate['customers', 'long']})" in c["why"]
    assert chance(*short_c, *long_c) < 0.01
    assert chance(*short_s, *long_s) < 0.01
    assert "less than once in 100 times" in c["why"]
    short, long = short_c[0] + short_s[0], long_c[0] + long_s[0]
    assert f"{short} orders, the long one only {long}" in c["options"]["a"]
    assert f"{short} orders against {long}" in c["options"]["c"]
    assert chance(short, 10_000, long, 10_000) > 0.05, "the totals differ within chance"
    assert f"brings {short_c[0] + long_s[0]} orders where one text for all brings {short} or {long}" in c["why"]
    assert {n for _, n in cells.values()} == {5_000}
    assert 1.7 < long_s[0] / short_s[0] < 2
    assert "nearly doubles" in c["options"]["b"]
