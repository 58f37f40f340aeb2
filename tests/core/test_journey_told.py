"""A journey in blocks: each part in full, and the small print."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapcheck.core.journey.counts import Account
from gapcheck.core.journey.found import (
    Carrier,
    Cohort,
    Course,
    Figure,
    Moved,
    NextStep,
    Panel,
    Pattern,
    RepeatUse,
    Returning,
    Snapshot,
    StepFlow,
)
from gapcheck.core.report import Heading, Note, Table, Text
from gapcheck.core.report.findings import MOST_MONTHS
from gapcheck.core.report.incidents import MOST
from gapcheck.core.report.journey import Holders, JourneyReport, Part, holders_of, left_out, tell
from gapcheck.core.report.map import direction
from tests.core.journey.made import CHOOSING, DAY, PAYING, catalog, incident, jam, share, snapshot

MOBILE = ("platform", "mobile")


def told(found: Snapshot, part: Part | None = None, **more: object) -> JourneyReport:
    return JourneyReport(catalog(), DAY, found, part=part, **more)  # type: ignore[arg-type]


def tables(report: JourneyReport) -> dict[str, Table]:
    """Every table by the heading above it."""
    found, above = {}, ""
    for block in tell(report):
        if isinstance(block, Heading):
            above = block.text
        elif isinstance(block, Table):
            found[above] = block
    return found


def sentences(report: JourneyReport, of: type[Text | Note] = Text) -> list[str]:
    return [block.text for block in tell(report) if isinstance(block, of)]


def test_flow_is_told_for_everybody_then_by_segment_each_log_apart() -> None:
    ways = (
        StepFlow(where=CHOOSING, share=share(1200, 2400), median_hours=0.5, slow_hours=100.0),
        StepFlow(where=replace(CHOOSING, segment=MOBILE), share=share(1, 4)),
        StepFlow(where=replace(PAYING, log="other"), share=share(0, 0)),
    )
    found = tables(told(snapshot(flow=ways), "flow"))
    assert found["Flow of shop"].rows == (
        ("cart", "payment", "2,400", "1,200", "50.0%", "10.0% to 90.0%", "30 min", "4.17 days"),
    )
    assert found["By segment"].rows == (("platform mobile", "cart", "payment", "4", "25.0%", "10.0% to 90.0%"),)
    assert found["Flow of other"].rows == (("payment", "purchase", "0", "0", "-", "", "", ""),)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.0, "0 s"), (0.01, "36 s"), (1 / 60, "1 min"), (0.9, "54 min"), (1.0, "1 h"), (47.9, "47.9 h"), (48, "2 days")],
)  # fmt: skip
def test_times_are_told_in_the_unit_that_one_would_use(hours: float, words: str) -> None:
    way = StepFlow(where=PAYING, share=share(1, 2), median_hours=hours)
    assert tables(told(snapshot(flow=(way,)), "flow"))["Flow of shop"].rows[0][6] == words


def test_where_journeys_go_next_the_most_frequent_first_and_three_at_most() -> None:
    goes = [("till", 40), ("", 30), ("gone", 20), ("cart", 10)]
    steps = tuple(NextStep(log="shop", source="cart", target=to, share=share(n, 100)) for to, n in goes)
    flow = (StepFlow(where=PAYING, share=share(1, 2)),)
    found = tables(told(snapshot(flow=flow, next_steps=steps), "flow"))
    assert found["Where they go next"].rows == (("Cart", "Till 40.0%, nowhere 30.0%, gone 20.0%"),)


def test_bottlenecks_are_told_with_interval_and_of_how_many_the_data_cannot_tell() -> None:
    jams = (
        jam(value=1234.5),
        jam(PAYING, against="segment", best=("platform", "desktop"), proof="suspected", skills=("gone",)),
        *(jam(proof="cannot-tell") for _ in range(3)),
    )
    report = told(snapshot(flow=(StepFlow(where=PAYING, share=share(1, 2)),), bottlenecks=jams), "flow")
    assert tables(report)["Bottlenecks"].rows == (
        ("cart to payment", "its own history", "70.0%", "50.0%", "20 (5 to 35) in 28 days", "1,234", "Mail", "shown"),
        ("payment to purchase", "platform desktop", "70.0%", "50.0%", "20 (5 to 35) in 28 days", "", "", "suspected"),
    )
    assert "Of 3 ways the data cannot tell: too few came to them." in sentences(report, Note)


def test_incidents_that_go_on_come_first_then_the_costliest_and_what_the_data_cannot_tell_is_no_incident() -> None:
    mobile = Carrier(segment=MOBILE, now=share(1, 4), usual=share(1, 2), lost=30.0, lost_low=24.0, lost_high=36.0)
    loyal = Carrier(segment=("kind", "a"), now=share(3, 4), usual=share(1, 2), lost=-3.0, lost_low=-4.5, lost_high=0.0)
    mails = Moved(kind="metric", name="orders", start=DAY, observed=1234.5, expected=8.25)
    errors = Moved(kind="event", name="payment_error", start=DAY, observed=0.15, expected=0.004)
    paying = Moved(kind="way", name="payment to purchase", start=DAY, observed=0.1, expected=0.2)
    found = snapshot(
        incidents=(
            incident("a", open=False, lost=50.0, course=Course(days=7, before=(0.86, None), during=(0.42,), after=())),
            incident(
                "b", CHOOSING, lost=1.0, carried_by=(mobile, loyal), together=(errors, paying), first=(mails, errors)
            ),
            incident("c", open=False, lost=-70.0, direction="opening"),
            incident("d", proof="cannot-tell"),
        )
    )
    team = {"checkout": Holders(("ada", "ben", "cleo")), "code": Holders((), ("ben",))}
    report = told(found, "incidents", team=team, owners={"b": "ada"})
    asides = [block.aside for block in tell(report) if isinstance(block, Heading)][1:]
    assert asides == [
        "3 found, 1 of them open",
        "a warning, shown, since 12 Jan 2027",
        "an opening, shown, from 12 Jan 2027 to 31 Jan 2027",
        "a warning, shown, from 12 Jan 2027 to 31 Jan 2027",
    ]
    assert tables(report)["payment to purchase"].rows[1] == ("Week by week", "86%, -; then 42%")
    assert {row[0]: row[1] for row in tables(report)["cart to payment"].rows} == {
        "What happened": "42.0% (36.0% to 48.0%), where 68.0% was to be expected; lost about 1 conversion (-10 to 12). "
        "shop.csv",
        "By platform": "mobile 25% in place of 50%, lost 30 (24 to 36)",
        "By kind": "a 75% in place of 50%, won 3 (0 to 4.5)",
        "Moved with it": "payment_error in 15% of journeys in place of 0.4%, from 31 Jan 2027; "
        "payment to purchase 10% in place of 20%, from 31 Jan 2027",
        "Moved first": "Orders 1,234 in place of 8.25, from 31 Jan 2027; "
        "payment_error in 15% of journeys in place of 0.4%, from 31 Jan 2027",
        "What has to change": "Checkout (carried by ada, ben and 1 more); Code (ben steps in with help)",
        "Who sees to it": "ada",
    }


def test_of_many_incidents_the_first_are_told_and_the_rest_counted() -> None:
    found = snapshot(incidents=tuple(incident(f"i{n}") for n in range(MOST + 2)))
    report = told(found, "incidents")
    assert sum(isinstance(block, Heading) and block.level == 3 for block in tell(report)) == MOST
    assert any(note.startswith("2 more stand in the JSON") for note in sentences(report, Note))


def test_repeat_use_is_told_by_month_and_by_channel() -> None:
    back = tuple(share(n, 10) for n in range(MOST_MONTHS + 2))
    half = Returning(
        channel="", people=10, back=6, median_days=40, share={"30": (0.4, 0.3, 0.5), "90": None}, value=(0.25, 0.2, 0.3)
    )
    few = Returning(channel="mail", people=2, back=0, median_days=None)
    enough = Returning(channel="shop", people=20, back=0, median_days=None)
    cohorts = (Cohort(month=dt.date(2026, 1, 1), people=1000, back=back), Cohort(month=dt.date(2026, 2, 1), people=9))
    use = RepeatUse(log="shop", cohorts=cohorts, returning=(half, few, enough), valued=True)
    report = told(snapshot(repeat=(use,)), "repeat")
    short = "A short file makes this too low: who came before it began looks new."
    assert f"25.0% (20.0 to 30.0) of all value is from people who had come before. {short}" in sentences(report)
    found = tables(report)
    assert found["By month of first use"].rows == (
        ("Jan 2026", "1,000", *(f"{n}% (10-90)" for n in range(0, 60, 10))),
        ("Feb 2026", "9", *[""] * MOST_MONTHS),
    )
    assert found["Until the second use"].rows == (
        ("everybody", "10", "6", "day 40", "40.0% (30.0 to 50.0)", "", "", "25.0% (20.0 to 30.0)"),
        ("mail", "2", "0", "too few to say", "", "", "", ""),
        ("shop", "20", "0", "fewer than half", "", "", "", ""),
    )


def test_evidence_is_told_by_stage_and_channel_with_what_recurs() -> None:
    panel = (
        Panel(stage="only", channel="", people=1000, events=5000, came=share(1, 8)),
        Panel(stage="gone", channel="mail", people=0, events=0, came=None),
    )
    patterns = (
        Pattern(log="shop", by="weekday", strength=0.256, chance=0.0004, high="Monday", low="Sunday"),
        Pattern(log="shop", by="hour", strength=0.1, chance=0.02, high="12:00", low="0:00"),
    )
    found = tables(told(snapshot(panel=panel, patterns=patterns), "evidence"))
    assert found["Reach, scale, efficiency"].rows == (
        ("Only", "all", "1,000", "5,000", "12.5 (10.0 to 90.0)"),
        ("gone", "mail", "0", "0", ""),
    )
    assert found["What recurs"].rows == (
        ("shop", "weekday", "26% of the variation", "Monday", "Sunday", "under 0.1%"),
        ("shop", "hour", "10% of the variation", "12:00", "0:00", "2.0%"),
    )
    whole = tell(told(snapshot(panel=panel), "map"))
    assert Heading(2, "Only", "1,000 people, 5,000 events") in whole


def test_the_short_map_has_what_there_are_figures_of_and_counts_the_rest() -> None:
    paid = Figure(metric="paying", day=DAY, value=0.5)
    steps = (NextStep(log="shop", source="cart", target="", share=share(1, 2)),)
    team = {"checkout": Holders(("ada",)), "mail": Holders(("ben",), ("ada",))}
    found = [*tell(told(snapshot(figures=(paid,), next_steps=steps), team=team))]
    short = [block for block in found if isinstance(block, Table) and block.columns]
    assert [table.rows for table in short[-3:]] == [
        (("Cart", "Pages 0/0"),),
        (("Paying", "50.0%, over 28 days to 31 Jan 2027", "unclear", "Mail 2/1"),),
        (("Only", "1", "1", "4", "Code, Pages"),),
    ]
    assert sentences(told(snapshot(figures=(paid,)), team=team), Note)[0].startswith("After a skill")


def test_without_figures_the_short_map_is_a_row_a_stage_and_the_whole_one_all_of_it() -> None:
    nothing = JourneyReport(catalog(), DAY)
    assert tables(nothing)["The map"].rows == (("Only", "Cart; Till", "Paying; Orders"),)
    whole = [block for block in tell(replace(nothing, part="map")) if isinstance(block, Table)]
    assert [row[:2] for table in whole for row in table.rows] == [
        ("cart", "Cart"),
        ("till", "Till"),
        ("paying", "Paying"),
        ("orders", "Orders"),
    ]


def test_what_is_over_and_of_what_the_data_cannot_tell_is_no_all_clear() -> None:
    first, last = (incident(str(n), open=False, end=dt.date(2027, 1, n)) for n in (20, 22))
    better = incident("b", open=False, direction="opening")
    perhaps = incident("c", open=False, proof="suspected")
    found = snapshot(incidents=(last, first, better, perhaps), bottlenecks=(jam(proof="cannot-tell"),), looked_at=9)
    assert sentences(told(found))[-2:] == [
        "Nothing is shown to go on that is for the worse.",
        "2 warnings over (the last on 22 Jan 2027), 1 way of which the data cannot tell: "
        "gapcheck journey show incidents, or flow.",
    ]


def test_a_flow_says_which_days_its_shares_are_of() -> None:
    way = StepFlow(where=PAYING, share=share(1, 2))
    found = snapshot(flow=(way,), flow_days={"shop": (dt.date(2027, 1, 4), DAY)})
    (aside,) = (
        block.aside for block in tell(told(found, "flow")) if isinstance(block, Heading) and "Flow" in block.text
    )
    assert aside == "of those who came to a step from 4 Jan 2027 to 31 Jan 2027, how many came on to the next"


def test_of_figures_that_are_long_ago_nobody_knows_what_goes_on_and_nobody_has_to_see_to_it() -> None:
    found = snapshot(incidents=(incident(),))
    late = replace(told(found, "incidents"), as_of=DAY + dt.timedelta(60))
    assert Heading(3, "payment to purchase", "a warning, shown, from 12 Jan 2027 until 31 Jan 2027 at least") in tell(
        late
    )
    assert "Who sees to it" not in {row[0] for row in tables(late)["payment to purchase"].rows}
    hurts = tables(replace(late, part=None))["What hurts"].rows[0][1]
    assert hurts == (
        "payment to purchase lost about 61 conversions (50 to 72) from 12 Jan 2027 until 31 Jan 2027 at least "
        "(shop.csv)."
    )


@pytest.mark.parametrize(
    ("recorded", "advice"),
    [
        (DAY, "gapcheck journey record takes new ones."),
        (DAY + dt.timedelta(50), "save newer files in place of the old"),
    ],
)
def test_old_figures_are_recorded_anew_or_their_files_are_old_themselves(recorded: dt.date, advice: str) -> None:
    found = replace(snapshot(), date=recorded, last=DAY)
    assert advice in sentences(replace(told(found), as_of=DAY + dt.timedelta(60)))[1]


@pytest.mark.parametrize("part", ["flow", "repeat", "evidence", "incidents"])
def test_a_part_of_which_nothing_is_known_says_so(part: Part) -> None:
    assert len(sentences(told(snapshot(), part))) == 2


@pytest.mark.parametrize(
    ("value", "before", "which", "words"),
    [
        (2.0, 1.0, "better", "^ better"),
        (2.0, 1.0, "worse", "^ worse"),
        (1.0, 2.0, "worse", "v worse"),
        (1.0, 1.0, "same", "= same"),
        (2.0, 1.0, "same", "= same"),
        (2.0, None, "unclear", "unclear"),
        (1.0, 1.0, "unclear", "unclear"),
    ],
)
def test_a_direction_is_an_arrow_and_a_word(value: float, before: float | None, which: str, words: str) -> None:
    figure = Figure(metric="paying", day=DAY, value=value, before=before, direction=which)  # type: ignore[arg-type]
    assert direction(figure) == words


def test_who_carries_who_holds_and_the_best_of_the_others() -> None:
    assert holders_of([("a", 5), ("b", 4), ("c", 3), ("d", 2), ("e", 0)]) == Holders(("a", "b"), ("c",), 3)
    assert holders_of([("a", 4)]) == Holders(("a",), (), 0)
    assert holders_of([]) == Holders()


def test_what_was_left_out_of_a_file_is_told_with_the_first_row() -> None:
    account = Account("shop.csv", 31_106, {"without a time": (1_200, 33), "of no person": (1, 7)})
    assert left_out(account) == (
        "shop.csv: 31,106 rows read; "
        "left out: 1,200 (without a time; first in row 33), 1 (of no person; first in row 7)."
    )
    assert left_out(Account("shop.csv", 1)) == "shop.csv: 1 row read, none left out."
    notes = sentences(told(snapshot(remarks=("short",)), accounts=(account, Account("b", 2, remarks=("odd",)))), Note)
    assert notes[-4:] == ["short", left_out(account), "b: 2 rows read, none left out.", "b: odd"]


def test_a_renamed_skill_is_told_and_one_that_is_gone_is_not() -> None:
    found = snapshot(incidents=(incident(skills=("never", "mail")),))
    assert [row[0] for row in tables(told(found))["The skills behind it"].rows] == ["Mail"]
