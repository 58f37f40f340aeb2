"""Recomputes the figures in the checks of user-experience, and the interval in its good work."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.skills.conftest import Check


def test_user_experience_4(check: Check) -> None:
    """The new form is ahead at every mark, though its average time is longer."""
    c = check("user-experience", 4)
    old, new = ([int(x.split(" ")[0]) for x in row[1:]] for row in c["table"][1:])
    group = 200
    assert f"{group} each" in c["question"]
    assert f"{2 * group} visitors" in c["question"]
    assert f"more of the {group} are through the new form" in c["why"]
    assert all(n > o for o, n in zip(old[:4], new[:4], strict=True))
    assert old[:4] == sorted(old[:4])
    assert new[:4] == sorted(new[:4])
    slower = new[4] - old[4]
    assert f"{slower} seconds longer" in c["options"]["b"]
    assert slower / old[4] > 0.25
    assert f"{new[3] - old[3]} more finish, and each person needs {slower} seconds" in c["options"]["c"]
    p_o, p_n = old[3] / group, new[3] / group
    assert f"{new[3] - old[3]} more in the end is far beyond chance" in c["why"]
    error = math.sqrt(p_o * (1 - p_o) / group + p_n * (1 - p_n) / group)
    assert p_n - p_o > 1.96 * error, "the gain in people who finish is far beyond chance"
    for row in (old, new):
        parts = [row[0], row[1] - row[0], row[2] - row[1], row[3] - row[2]]
        least = sum(n * t for n, t in zip(parts, (0, 60, 120, 300), strict=True)) / row[3]
        most = sum(n * t for n, t in zip(parts, (60, 120, 300, 600), strict=True)) / row[3]
        assert least < row[4] < most, "the average must be possible with these counts"


def test_user_experience_interval(skills: dict[str, dict[str, Any]]) -> None:
    """Four of five may be anything from about 36% to 98%, by Agresti and Coull."""
    z, k, n = 1.96, 4, 5
    total = n + z * z
    share = (k + z * z / 2) / total
    half = z * math.sqrt(share * (1 - share) / total)
    text = " ".join(skills["user-experience"]["good_work"])
    assert (
        f"without its 95% interval (4 of 5 may be anything from about {share - half:.0%} to {share + half:.0%}" in text
    )
