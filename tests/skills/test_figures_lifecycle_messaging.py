"""Recomputes the figures in the checks of lifecycle-messaging."""

from __future__ import annotations

import math
import re

from tests.skills.conftest import Check, found


def test_lifecycle_messaging_2(check: Check) -> None:
    """The average bag is empty on a day on which hardly any customer's bag is empty."""
    item = check("lifecycle-messaging", 2)
    rows = [(*map(int, re.findall(r"\d+", row[0])), int(row[1].rstrip("%"))) for row in item["table"][1:]]
    assert sum(share for _, _, share in rows) == 100
    average = sum((low + high) / 2 * share for low, high, share in rows) / 100
    assert f"on average on day {average:.0f}" in item["question"]
    reminder = round(average) - 5
    assert item["options"]["b"].startswith(f"On day {reminder} after the order")
    (_, short_end, short), (_, _, middle), (long_start, long_end, long) = rows
    why = item["why"]
    assert f"on day {reminder} the bags of {short}% have been empty for {reminder - short_end} days or more" in why
    assert f"{long}% still have food for {long_start - reminder} days or more" in why
    early, third = (int(day) for day in found(r"On days (\d+), 31 and (\d+)", item["options"]["d"]).groups())
    assert item["options"]["c"].startswith(f"On day {early} ")
    assert early <= rows[0][0] - 5
    assert long_start - 5 - early >= 30
    assert long == 50
    assert "a month or more too early for half" in why
    assert reminder < long_start - 5 <= third <= long_end
    assert middle < 10


def test_lifecycle_messaging_3(check: Check) -> None:
    """Five of ten messages had lost their point, two for a new order and three for a return."""
    item = check("lifecycle-messaging", 3)
    sent = {row[0]: [int(day) for day in row[2].split(", ")] for row in item["table"][1:]}
    fate = {row[0]: row[1] for row in item["table"][1:]}
    day = {name: int(m[1]) for name, text in fate.items() if (m := re.search(r"day (\d+)", text))}
    late = {name: [d for d in days if d > day.get(name, 99)] for name, days in sent.items()}
    wrong = {name: len(days) for name, days in late.items()}
    assert wrong == {"Ina": 0, "Jon": 2, "Kim": 3, "Lea": 0}
    assert sum(wrong.values()) == 5
    assert sum(len(days) for days in sent.values()) == 10
    assert "Five of the ten messages" in item["why"]
    plan = [
        int(n)
        for n in found(r"tips on day (\d+), reminder on day (\d+), voucher on day (\d+)", item["question"]).groups()
    ]
    for name, days in sent.items():
        stop = day[name] if "opts out" in fate[name] else 99
        assert days == [d for d in plan if d <= stop], "opting out worked, nothing else stops a message"
    assert "two to Jon" in item["why"]
    assert "three to Kim" in item["why"]
    assert day["Kim"] <= 14 < day["Jon"], "the entry after 14 days would stop Kim's messages, not Jon's"


def test_lifecycle_messaging_4(check: Check) -> None:
    """The lead melts away by day 90, and even the upper end of the range does not pay for the vouchers."""
    item = check("lifecycle-messaging", 4)
    rows = [[int(cell) for cell in row] for row in item["table"][1:]]
    order, voucher = (int(n) for n in found(r"leaves €(\d+), the voucher costs €(\d+)", item["question"]).groups())
    size = int(found(r"([\d,]+) in each half", item["question"])[1].replace(",", ""))
    first, last = rows[0], rows[-1]
    assert [row[0] for row in rows] == [14, 30, 60, 90]
    assert all("per 1,000" in head for head in item["table"][0][1:])
    assert f"in these {last[0]} days" in item["question"]
    assert f"read it after {rows[1][0]} days" in item["options"]["b"]
    assert f"each voucher cost €{voucher}" in item["options"]["c"]
    assert f"{first[1] / first[2] - 1:.0%} more orders" in item["options"]["a"]
    assert [a - b for _, a, b in rows] == [30, 26, 6, -1]
    why = item["why"]
    assert f"lead of {first[1] - first[2]} orders melts to nothing by day {last[0]}" in why
    cost = first[1] * voucher
    assert f"at €{voucher} less, €{cost} per 1,000 customers" in why
    share = (last[1] + last[2]) / 2000
    upper = last[1] - last[2] + 1000 * 1.96 * math.sqrt(2 * share * (1 - share) / size)
    assert f"upper end of its range, {upper:.0f} orders more, they would bring only €{round(upper) * order}" in why
    assert round(upper) * order < cost
