"""Recomputes the figures in the checks of technology-judgement."""

from __future__ import annotations

import re

from tests.skills.conftest import Check, found, whole


def test_technology_judgement_3(check: Check) -> None:
    """The minutes saved are worth less than the licence, although drafting alone looks far quicker."""
    item = check("technology-judgement", 3)
    question, options, why = item["question"], item["options"], item["why"]
    (draft, repair), (tool_draft, tool_repair) = ([int(cell) for cell in row[1:]] for row in item["table"][1:])
    texts = int(found(r"our (\d+) texts a month", question)[1])
    hour, licence = (int(part) for part in found(r"hour costs €(\d+), the licence €(\d+)", question).groups())
    before, after = draft + repair, tool_draft + tool_repair
    hours = (before - after) * texts / 60
    worth = hours * hour
    assert f"the {hours:.0f} hours it saves a month are worth €{worth:.0f}, less than" in options["a"]
    assert f"{tool_draft} minutes instead of {draft}, which is {1 - tool_draft / draft:.0%} less" in options["b"]
    assert f"{before - after} minutes on each make {hours:.0f} hours a month" in options["c"]
    assert f"From {before} minutes to {after} saves {before - after} a text, {hours:.0f} hours a month" in why
    assert f"€{worth:.0f} for €{licence}: a loss of €{licence - worth:.0f}" in why
    assert f"{tool_repair - repair} more minutes of checking" in why


def test_technology_judgement_4(check: Check) -> None:
    """Trying first gains on average what signing at the lower price loses, since only what works is bought."""
    item = check("technology-judgement", 4)
    question, options, why = item["question"], item["options"], item["why"]
    low, full, saved, trial = (whole(part) for part in re.findall(r"€([\d,]*\d)", question))
    assert "even odds" in question
    signed = (saved - low, -low)
    tried = (saved - full - trial, -trial)
    signed_mean, tried_mean = sum(signed) / 2, sum(tried) / 2
    assert tried_mean > 0 > signed_mean
    assert f"the €{full - low:,} off the price" in options["a"]
    assert (full - low) / trial == 3
    assert "three times over" in options["a"]
    assert f"leaves €{signed[0]:,}, and buying later leaves only €{saved - full:,}" in options["b"]
    assert (
        f"on average that gains €{tried_mean:,.0f}, where signing on Friday loses €{-signed_mean:,.0f}" in options["c"]
    )
    assert f"odds of €{saved:,} are worth €{saved / 2:,.0f}" in options["d"]
    assert saved / 2 < low < full
    assert f"leaves €{signed[0]:,} or loses €{-signed[1]:,}: on average a loss of €{-signed_mean:,.0f}" in why
    assert f"leaves €{tried[0]:,} or loses €{-tried[1]:,}: a gain of €{tried_mean:,.0f}" in why
