"""Recomputes the figures in the checks of search-and-answer-visibility."""

from __future__ import annotations

from tests.skills.conftest import Check, number


def test_search_and_answer_visibility_2(check: Check) -> None:
    """All growth comes from searches with our name; the others fell by a tenth."""
    item = check("search-and-answer-visibility", 2)
    (name_1, other_1, all_1), (name_2, other_2, all_2) = ([number(x) for x in row[1:]] for row in item["table"][1:])
    assert name_1 + other_1 == all_1
    assert name_2 + other_2 == all_2
    assert f"up by {all_2 / all_1 - 1:.0%}" in item["question"]
    assert round(other_2 / other_1, 3) == 0.9
    assert "fell by a tenth" in item["options"]["d"]
    assert f"from {other_1:,.0f} to {other_2:,.0f}" in item["why"]
    assert name_2 == 2 * name_1
    assert "doubled" in item["why"]


def test_search_and_answer_visibility_3(check: Check) -> None:
    """Pages redirected one to one kept their clicks; those sent to the home page lost most of them."""
    item = check("search-and-answer-visibility", 3)
    products, guides = ([number(x) for x in row[2:]] for row in item["table"][1:])
    assert f"lost {1 - products[1] / products[0]:.0%}; guides" in item["why"]
    assert f"home page, lost {1 - guides[1] / guides[0]:.0%}" in item["why"]


def test_search_and_answer_visibility_4(check: Check) -> None:
    """Definitions lost half their click rate at the same place; buying searches and orders held."""
    item = check("search-and-answer-visibility", 4)
    rows = {(r[0], r[1]): [number(x) for x in r[2:]] for r in item["table"][1:]}
    last, this = ([rows[k, year] for k in ("definitions", "buying")] for year in ("last", "this"))
    clicks_1, clicks_2 = sum(r[2] for r in last), sum(r[2] for r in this)
    assert f"fell by {1 - clicks_2 / clicks_1:.0%}" in item["question"]
    assert f"({last[0][2] / last[0][1]:.1%}, now {this[0][2] / this[0][1]:.1%})" in item["why"]
    assert this[0][0] <= last[0][0], "the same place or a better one"
    assert this[0][1] > last[0][1], "shown more often"
    assert f"{last[1][2] / last[1][1]:.1%}" == f"{this[1][2] / this[1][1]:.1%}"
    assert f"kept their {this[1][2] / this[1][1]:.1%}" in item["why"]
    assert f"from {sum(r[3] for r in last):.0f} to {sum(r[3] for r in this):.0f}" in item["why"]
