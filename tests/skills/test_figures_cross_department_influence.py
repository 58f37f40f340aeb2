"""Recomputes the figures in the checks of cross-department-influence."""

from __future__ import annotations

from tests.skills.conftest import Check, whole


def test_cross_department_influence_3(check: Check) -> None:
    """The calls that earn the company more pay the rep nothing, and the bonus named evens that out."""
    item = check("cross-department-influence", 3)
    calls = 20
    assert item["table"][0][0] == f"{calls} calls to"
    new, leaving = ((int(row[1]), whole(row[2]), whole(row[3])) for row in item["table"][1:])
    worth_new, worth_leaving = new[0] * new[1] / calls, leaving[0] * leaving[1] / calls
    pay_new, pay_leaving = new[0] * new[2] / calls, leaving[0] * leaving[2] / calls
    assert f"brings us €{worth_leaving:.0f}, one to a prospect €{worth_new:.0f}" in item["why"]
    assert pay_leaving == 0
    assert f"pay the rep nothing and €{pay_new:.0f}" in item["why"]
    bonus = pay_new * calls / leaving[0]
    assert f"A bonus of €{bonus:.0f} per kept contract evens that out" in item["why"]
    assert f"leaves us €{worth_leaving - bonus * leaving[0] / calls:.0f} a call" in item["why"]
    assert worth_leaving > worth_new
