"""Recomputes the figures in the checks of technical-writing."""

from __future__ import annotations

from tests.skills.conftest import Check, found


def test_technical_writing_2(check: Check) -> None:
    """At 0 °C one battery falls an hour short of an eight-hour stretch."""
    c = check("technical-writing", 2)
    assert "eight hours at a stretch" in c["question"]
    assert "at 0 °C" in c["question"]
    cold = int(found(r"(\d+) hours at 0 °C", c["options"]["b"])[1])
    assert 8 - cold == 1
    assert "falls an hour short at 0 °C" in c["why"]
    promised = found(r"up to (\d+) hours", c["options"]["a"])[1]
    assert f"A sale made on {promised} hours" in c["why"]


def test_technical_writing_4(check: Check) -> None:
    """Most messages can be stopped where most people read the page and still had to ask."""
    c = check("technical-writing", 4)
    rows = {
        row[0]: [[int(x) for x in cell.replace(",", "").split(" of ")] for cell in row[1:]] for row in c["table"][1:]
    }
    saved = {page: row[3][0] / 2 for page, row in rows.items()}
    assert "about half the messages" in c["question"]
    assert max(saved, key=lambda name: saved[name]) == "access rights"
    assert (
        f"about {saved['access rights']:.0f} messages fewer for access rights, "
        f"{saved['installing']:.0f} for installing, "
        f"{saved['exporting data']:.0f} for exporting, {saved['changing the plan']:.0f} for the plan" in c["why"]
    )
    readers, _, messages, after = rows["installing"]
    assert all(read[0] <= sent[0] for _, _, sent, read in rows.values())
    assert f"Of the {messages[0]} who ask about installing, {messages[0] - after[0]} never saw the page" in c["why"]
    assert readers == max(row[0] for row in rows.values())
    assert messages == max(row[2] for row in rows.values())
    vote = {page: row[1][0] / row[1][1] for page, row in rows.items()}
    assert min(vote, key=lambda name: vote[name]) == "exporting data"
    assert 0.3 < vote["exporting data"] < 0.37, "one voter in three"
    assert all(row[1][1] / row[0][0] < 0.1 for row in rows.values())
    assert "fewer than one reader in ten votes" in c["options"]["c"]
    assert 0.9 <= vote["access rights"] < 0.95
    assert "Nine voters in ten" in c["why"]
    rights = rows["access rights"]
    assert f"{rights[3][0] / rights[0][0]:.0%} of its readers have to write" in c["why"]
    assert f"{rights[3][0]} people a month read it" in c["options"]["d"]
