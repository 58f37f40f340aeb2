"""Recomputes the figures in the checks of journey-optimisation."""

from __future__ import annotations

from tests.skills.conftest import Check, number


def of(cell: str) -> tuple[int, int]:
    """The two numbers in a cell such as '18 of 20'."""
    part, total = cell.split(" of ")
    return int(part), int(total)


def test_journey_optimisation_2(check: Check) -> None:
    """Entering one's own data parts buyers from others, and most buyers do it."""
    c = check("journey-optimisation", 2)
    steps = {row[0]: (*of(row[1]), *of(row[2])) for row in c["table"][1:]}
    for bought, took, rest_bought, rest in steps.values():
        assert bought + rest_bought == 150, "every row must hold the same buyers"
        assert took + rest == 1_000, "every row must hold the same starters"
    assert "1,000 starters" in c["question"]
    bought, took, rest_bought, rest = steps["put in their own data"]
    assert f"{bought / took:.0%} of those" in c["options"]["c"]
    assert f"{rest_bought / rest:.0%} of the rest" in c["options"]["c"]
    assert f"{bought} of 150 buyers" in c["why"]
    quote = steps["asked for a quote"]
    assert quote[0] / quote[1] == 0.9
    assert "nine in ten" in c["options"]["a"]
    assert f"speaks for {quote[0]} buyers and is silent about {quote[2]}" in c["why"]
    mail = steps["read the welcome mail"]
    assert f"{mail[0]} of the 150" in c["options"]["b"]
    assert mail[0] == max(s[0] for s in steps.values())
    assert f"B: {mail[0] / mail[1]:.1%} against {mail[2] / mail[3]:.0%}" in c["why"]
    twice = steps["logged in twice"]
    assert twice[0] / twice[1] - twice[2] / twice[3] < 0.03, "logging in twice must hardly tell buyers from others"


def test_journey_optimisation_3(check: Check) -> None:
    """In a chain the growth in proportion counts; renewal touches only the second year."""
    c = check("journey-optimisation", 3)
    today = [number(row[1]) / 100 for row in c["table"][1:]]
    fixed = [number(row[2]) / 100 for row in c["table"][1:]]

    def fees(rates: list[float]) -> float:
        """Return the fees of two years for each person who comes."""
        start, set_up, buy, renew = rates
        return start * set_up * buy * (1 + renew)

    gains = [fees([*today[:i], fixed[i], *today[i + 1 :]]) / fees(today) for i in range(4)]
    assert max(gains) == gains[2]
    assert f"grow by {gains[2] - 1:.0%}" in c["options"]["b"]
    assert round(gains[0], 2) == round(gains[1], 2) == 1.15
    assert f"starting and setting up multiply the buyers by {gains[0]:.2f}, buying by {gains[2]:.2f}" in c["why"]
    assert f"{1 + fixed[3]:.2f} fees a buyer instead of {1 + today[3]:.2f}, up {gains[3] - 1:.0%}" in c["why"]
    points = [100 * (b - a) for a, b in zip(today, fixed, strict=True)]
    assert f"{points[3]:.0f} points" in c["options"]["c"]
    assert max(points) == points[3]
    assert f"{points[1]:.0f} points" in c["options"]["d"]
    assert f"{10_000 * (1 - today[0]):,.0f} of 10,000" in c["options"]["a"]
    assert min(today) == today[0]


def test_journey_optimisation_4(check: Check) -> None:
    """Visits stay at 200 however many people enquire; every ten visits bring three orders."""
    c = check("journey-optimisation", 4)
    before, after = ([number(x) for x in row[1:]] for row in c["table"][1:])
    assert f"{after[0] / before[0] - 1:.0%} more enquiries" in c["question"]
    assert before[1] == after[1] == 200
    assert f"{before[1]:.0f}, however many" in c["why"]
    assert before[3:] == after[3:], "quotes and orders must stand still"
    assert f"as {after[1] / after[0]:.0%} and not {before[1] / before[0]:.0%}" in c["options"]["c"]
    assert f"The {after[1] / after[0]:.0%} shows the queue" in c["why"]
    assert f"after {after[2]:.0f} days" in c["options"]["d"]
    assert f"the same {after[3]:.0f}" in c["why"]
    assert 0.64 < 1 - after[4] / after[3] < 0.70, "about two in three refuse the quote"
    assert 10 * after[4] / after[1] == 3
    assert "Every ten visits added bring three orders" in c["why"]
    assert after[0] - after[1] > after[3] - after[4], "more people are lost before the visit than after the quote"
