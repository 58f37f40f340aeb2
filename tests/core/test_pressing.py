"""What presses, in sentences; and what a report makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.journey.behind import PATIENCE
from gapcheck.core.report.pressing import LINES, TOO_LITTLE, amount, once, pressed, sentence
from tests.core.journey.made import CHOOSING, DAY, PAYING, catalog, full, incident, jam, snapshot
from tests.core.small import skill

if TYPE_CHECKING:
    from gapcheck.core.journey.found import Bottleneck, Incident

MOBILE = replace(PAYING, segment=("platform", "mobile"))
OVER = incident(open=False, start=dt.date(2026, 12, 30), end=dt.date(2027, 1, 2))
ORDERS = incident(where=None, metric="orders", lost=None, observed=9.25, expected=1500.5)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (incident(), "payment to purchase lost about 61 conversions (50 to 72) since 12 Jan 2027 (shop.csv)"),
        (incident(where=MOBILE), "(platform mobile) lost about 61 conversions (50 to 72) since 12 Jan 2027"),
        (incident(lost=-3.14), "payment to purchase won about 3.1 conversions (-7.9 to 14) since"),
        (incident(lost=1.0), "lost about 1 conversion (-10 to 12) since"),
        (incident(lost=1234.5), "lost about 1,234 conversions (1,224 to 1,246) since"),
        (OVER, "conversions (50 to 72) from 30 Dec 2026 to 2 Jan 2027 (shop.csv)"),
        (incident(open=False, end=dt.date(2027, 1, 12)), "conversions (50 to 72) on 12 Jan 2027 (shop.csv)"),
        (incident(lost=None), "payment to purchase was 42.0% in place of 68.0% since 12 Jan 2027 (shop.csv)"),
        (incident(where=None, metric="paying", lost=None), "Paying was 42.0% in place of 68.0% since"),
        (ORDERS, "Orders was 9.25 in place of 1,500 since"),
        (incident(where=None, metric="gone", lost=None), "gone was 0.42 in place of 0.68 since"),
        (incident(file=""), "61 conversions (50 to 72) since 12 Jan 2027"),
        (jam(), "lost about 20 conversions (5 to 35) in 28 days: 50.0% came on, 70.0% before (shop.csv)"),
        (jam(against="segment", best=("platform", "desktop")), "50.0% came on, 70.0% of platform desktop (shop.csv)"),
    ],
)  # fmt: skip
def test_a_finding_is_one_sentence_with_its_figure_and_its_file(found: Incident | Bottleneck, words: str) -> None:
    told = sentence(catalog(), found)
    assert words in told
    assert told.endswith(words) or not words.endswith(")")


def test_a_way_is_told_once_by_its_incident() -> None:
    of_its_own = jam(CHOOSING)
    assert once(snapshot(incidents=(incident(),), bottlenecks=(jam(PAYING), jam(MOBILE), of_its_own))) == (
        incident(),
        of_its_own,
    )


def test_the_skills_behind_what_presses_are_urgent_because_of_the_costliest() -> None:
    known = catalog()
    told = pressed(known, snapshot(incidents=(incident(),), bottlenecks=(jam(skills=("code", "mail")),)), DAY)
    first, second = (sentence(known, each) for each in (incident(), jam()))
    assert told.urgent == {"checkout": first, "code": first, "mail": second}
    assert (told.day, told.sentences, told.stale) == (DAY, (first, second), False)


def test_nothing_that_presses_makes_nothing_urgent_and_says_so() -> None:
    told = pressed(catalog(), snapshot(incidents=(incident(proof="suspected"),), looked_at=9), DAY)
    assert told.urgent == {}
    assert told.sentences == ("Nothing on it is shown to go on that is for the worse, as far as the figures can tell.",)


def test_where_nothing_could_be_looked_at_that_is_said_in_place_of_nothing() -> None:
    assert pressed(catalog(), snapshot(), DAY).sentences == (TOO_LITTLE,)
    assert TOO_LITTLE not in pressed(catalog(), snapshot(incidents=(incident(),)), DAY).sentences


def test_figures_that_are_too_old_make_nothing_urgent_and_say_so() -> None:
    day = DAY + dt.timedelta(PATIENCE + 1)
    told = pressed(catalog(), full(), day)
    assert (told.urgent, told.stale) == ({}, True)
    assert "end on 31 Jan 2027, more than 45 days ago" in told.sentences[0]
    assert pressed(catalog(), full(), day - dt.timedelta(1)).urgent


def test_three_lines_at_most_and_the_last_says_how_many_more_there_are() -> None:
    ways = [replace(PAYING, number=n) for n in range(LINES + 1)]
    three, four = (snapshot(bottlenecks=tuple(map(jam, ways[:n]))) for n in (LINES, LINES + 1))
    assert len(pressed(catalog(), three, DAY).sentences) == LINES
    assert "more" not in pressed(catalog(), three, DAY).sentences[-1]
    assert pressed(catalog(), four, DAY).sentences[-1] == "2 more: gapcheck journey show"


def test_a_skill_that_was_renamed_is_urgent_and_one_that_is_gone_is_not() -> None:
    known = catalog()
    only = known.stages["only"]
    renamed = replace(known, stages={"only": replace(only, skills={**only.skills, "till": skill(was=("checkout",))})})
    del renamed.stages["only"].skills["checkout"]
    told = pressed(renamed, snapshot(incidents=(incident(skills=("checkout", "never")),)), DAY)
    assert [*told.urgent] == ["till"]


@pytest.mark.parametrize(
    ("share", "digits", "words"),
    [
        (0.4721, 1, "47.2%"),
        (0.4721, 0, "47%"),
        (0.0, 1, "0.0%"),
        (0.0042, 1, "0.42%"),
        (0.000123, 0, "0.012%"),
        (-0.005, 1, "-0.5%"),
        (0.01, 1, "1.0%"),
    ],
)
def test_small_shares_keep_two_digits_that_count(share: float, digits: int, words: str) -> None:
    assert amount(catalog(), "paying", share, digits) == words
