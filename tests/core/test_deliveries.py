"""Deliveries: what they are held against, and what many of them say about a level and about a supplier."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Brief
from gapcheck.core.deliveries import AS_ASKED, Delivery, Finding, Suggestion, criteria_of, suggested, trend
from tests.core.small import skill

if TYPE_CHECKING:
    from gapcheck.core.deliveries import Judged

FAULT = Finding(criterion="Every link works.", judged="not-met", note="Two of ten do not.")
SILENT = Finding(criterion="Every link works.", judged="partly")
BLANK = Finding(criterion="Every link works.", judged="partly", note="  ")
PRAISED = Finding(criterion="Every link works.", judged="met", note="All ten do.")
MET = Finding(criterion="Every link works.", judged="met")
ADA = ("ada", "ben", "cleo")


def delivery(*criteria: Finding, judge: str = "ada", by: str | None = None, days_late: int | None = None) -> Delivery:
    day = dt.date(2027, 2, 3)
    return Delivery(skill="any", date=day, judge=judge, by=by, criteria=criteria or (MET,), days_late=days_late)


DELIVERIES = st.lists(
    st.builds(
        delivery,
        st.sampled_from((FAULT, SILENT, PRAISED, MET)),
        st.sampled_from((FAULT, MET)),
        judge=st.sampled_from(ADA),
        by=st.sampled_from((None, *ADA)),
        days_late=st.sampled_from((None, -1, 0, 1)),
    )
)


def test_a_delivery_is_held_against_good_work_else_the_brief_else_what_was_asked() -> None:
    accept = Brief(accept_when="It is live.")
    assert criteria_of(skill(good_work=("One", " ", "Two"), brief=accept)) == ("One", "Two")
    assert criteria_of(skill(brief=accept)) == ("It is live.",)
    assert criteria_of(skill(good_work=("",))) == (AS_ASKED,)


def test_partly_met_is_not_met() -> None:
    judged = delivery(MET, SILENT, FAULT, MET)
    assert (judged.met, judged.share_met) == (2, 50.0)


OWN = delivery(MET, PRAISED, judge="ben", by="ada")
ON_TIME = delivery(judge="ben", by="ada", days_late=0)
EARLY = delivery(judge="cleo", by="ada", days_late=-4)
CASES = {
    "nothing": ((), None),
    "two reasons": ([delivery(FAULT)] * 2, None),
    "three reasons": ([delivery(MET, FAULT)] * 3, Suggestion(2, 3)),
    "accepted without a word": ([delivery(MET)] * 9, None),
    "praise is no reason": ([delivery(PRAISED)] * 9, None),
    "faults without a reason": ([delivery(SILENT, BLANK)] * 9, None),
    "reasons of somebody else": ([delivery(FAULT, judge="ben")] * 9, None),
    "reasons about one's own work": ([delivery(FAULT, by="ada")] * 9, None),
    "any number of reasons": ([delivery(FAULT)] * 50, Suggestion(2, 50)),
    "own work that was met": ([OWN], Suggestion(3, 1)),
    "own work by own judgement": ([delivery(judge="ada", by="ada", days_late=0)] * 9, None),
    "own work partly met": ([delivery(MET, SILENT, judge="ben", by="ada", days_late=0)] * 9, None),
    "once on time": ([OWN, ON_TIME], Suggestion(3, 2)),
    "twice on time": ([OWN, ON_TIME, EARLY], Suggestion(4, 2)),
    "twice and late": ([delivery(judge="ben", by="ada", days_late=1)] * 2, Suggestion(3, 2)),
    "a supplier's work is nobody's own": ([delivery(judge="ben", days_late=0)] * 9, None),
}


@pytest.mark.parametrize("case", CASES)
def test_what_reviews_are_evidence_for(case: str) -> None:
    deliveries, expected = CASES[case]
    assert suggested(deliveries, "ada") == expected


@given(DELIVERIES, DELIVERIES)
def test_more_deliveries_never_suggest_less(some: list[Delivery], more: list[Delivery]) -> None:
    before, after = suggested(some, "ada"), suggested([*some, *more], "ada")
    assert (before.level if before else 0) <= (after.level if after else 0)


@given(DELIVERIES)
def test_reviews_alone_never_suggest_more_than_judging(deliveries: list[Delivery]) -> None:
    reviews = [each for each in deliveries if each.by != "ada"]
    told = suggested(reviews, "ada")
    assert told is None or told.level == 2


def shares(*met: int) -> list[Delivery]:
    """Deliveries of four criteria, of which so many were met."""
    judged: dict[bool, Judged] = {True: "met", False: "partly"}
    return [delivery(*(Finding(criterion=str(n), judged=judged[n < count]) for n in range(4))) for count in met]


@pytest.mark.parametrize(
    ("met", "points"),
    [((), None), ((1, 4), None), ((1, 2, 3), 50), ((4, 0, 1, 1), -25), ((2, 2, 2), 0), ((0, 2, 4, 2, 4), 50)],
)
def test_the_trend_compares_later_with_earlier(met: tuple[int, ...], points: float | None) -> None:
    assert trend(shares(*met)) == points
