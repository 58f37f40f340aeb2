"""Recomputes the figures in the checks of creator-partnerships."""

from __future__ import annotations

from tests.skills.conftest import Check, found, whole


def test_creator_partnerships_2(check: Check) -> None:
    """The smallest creator brings most views of a paid post in the country where we sell."""
    item = check("creator-partnerships", 2)
    rows = {row[0]: [whole(cell) for cell in row[1:]] for row in item["table"][1:]}
    reached = {name: paid * share // 100 for name, (_, _, paid, share) in rows.items()}
    order = sorted(reached, key=lambda name: reached[name], reverse=True)
    assert ", ".join(f"{name} {reached[name]:,}" for name in order).replace(", D", " views, D") in item["why"]
    assert order[0] == "A"
    assert rows["A"][0] == min(row[0] for row in rows.values())
    paid = sorted((row[2] for row in rows.values()), reverse=True)
    assert paid[0] == rows["B"][2] == 90_000
    assert 3.5 < paid[0] / paid[1] < 4
    dutch = {name: row for name, row in rows.items() if row[3] > 50}
    assert len(dutch) == 3
    assert max(dutch, key=lambda name: dutch[name][1]) == "C"
    assert rows["C"][2] / rows["C"][1] == 0.25
    assert "C's 80,000" in item["why"]
    assert rows["D"][0] == 2 * rows["A"][0]
    assert rows["D"][1] / rows["D"][0] < rows["A"][1] / rows["A"][0]


def test_creator_partnerships_3(check: Check) -> None:
    """Her posts earn what the leaked code loses."""
    item = check("creator-partnerships", 3)
    discount, commission = (
        int(x) for x in found(r"takes €(\d+) off and earns her €(\d+) an order", item["question"]).groups()
    )
    worth = int(found(r"worth €(\d+) before that", item["question"])[1])
    posts, leak = ([whole(cell) for cell in row[1:]] for row in item["table"][1:])
    cost = discount + commission
    why = item["why"]
    assert f"Each order costs €{cost}." in why
    assert f"Her posts cost €{posts[0] * cost:,} and brought €{posts[1] * worth:,}" in why
    assert f"the voucher sites cost €{leak[0] * cost:,} and brought €{leak[1] * worth:,}" in why
    gain = posts[1] * worth - posts[0] * cost
    assert gain == leak[0] * cost - leak[1] * worth
    assert f"€{gain:,} each way" in why
    orders, new = posts[0] + leak[0], posts[1] + leak[1]
    assert f"{orders} orders came in a month, and {new} of them" in item["options"]["a"]
    assert f"worth €{new * worth:,}, and the code cost as much" in item["options"]["d"]
    assert new * worth == orders * cost
