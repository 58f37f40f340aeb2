"""The story of a report as its readers get it: true counts, first things first, nothing about what is not there."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.people import People, Person
from gapcheck.core.report import Bars, Block, Heading, Report, Table, first_screen, story
from gapcheck.core.report.blocks import Gantt
from gapcheck.reporters import REPORTERS, Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.answers import Rating
    from gapcheck.core.catalog import Catalog
    from tests.conftest import Judge, MakeSheet
    from tests.reporters.conftest import Gapcheck

    Levels = list[Rating | None]
    Of = Callable[..., Report]

levels = st.lists(st.sampled_from([None, 0, 1, 2, 3, 4, 5, "n/a", "unknown"]), min_size=99, max_size=99)
urgent = st.sampled_from([(), ("paid-social",), ("team-building", "graphic-design")])
TEAM = People(people={"ada": Person(name="Ada Example"), "ben": Person(name="Ben Example")})


@pytest.fixture(scope="session")
def of(catalog: Catalog, sheet: MakeSheet, judged: Judge) -> Of:
    """A report on levels in catalog order; None is not answered."""

    def report(answers: Levels, hurts: tuple[str, ...] = ()) -> Report:
        named = dict(zip(catalog.skills, answers, strict=False))
        answered = {skill: rating for skill, rating in named.items() if rating is not None}
        return judged(sheet(**answered), None, *hurts, people=TEAM)

    return report


def headings(report: Report) -> list[str]:
    return [block.text for block in story(report) if isinstance(block, Heading)]


def data_of(report: Report) -> Any:
    return json.loads(REPORTERS["json"](report, Look()))


def test_nothing_answered_says_so_and_names_what_is_open(of: Of) -> None:
    report = of([None] * 99)
    assert headings(report) == ["Ada Example, marketing manager", "Left out of the figures"]
    assert "Nothing to judge yet" in REPORTERS["terminal"](report, Look())


def test_nothing_applicable_is_not_judged_and_not_open(of: Of) -> None:
    report = of(["n/a"] * 99)
    assert headings(report) == ["Ada Example, marketing manager", "Left out of the figures"]
    shown = REPORTERS["terminal"](report, Look())
    assert "Not applicable" in shown
    assert "open" not in shown


def test_who_carries_everything_has_nothing_to_learn_outsource_or_leave(of: Of) -> None:
    report = of([5] * 99)
    told = headings(report)
    assert "What to learn" not in told
    assert "No room for" not in told
    labels = [row[0] for block in first_screen(report) if isinstance(block, Table) for row in block.rows]
    assert not {"Learn", "Outsource", "Leave", "No room"} & set(labels)


def test_who_can_do_nothing_is_told_to_do_nothing_alone(of: Of) -> None:
    report = of([0] * 99)
    assert "If you are away" not in headings(report)
    labels = [row[0] for block in first_screen(report) if isinstance(block, Table) for row in block.rows]
    assert "Do" not in labels
    assert "What to learn" in headings(report)


@given(levels, urgent)
def test_what_has_no_data_is_absent(of: Of, answers: Levels, hurts: tuple[str, ...]) -> None:
    """No heading without what it announces, no table without rows, no label without text."""
    blocks = [*story(of(answers, hurts)), Heading(1, "end")]
    for block, following in itertools.pairwise(blocks):
        assert not (isinstance(block, Heading) and isinstance(following, Heading) and following.level <= block.level)
        if isinstance(block, Bars):
            assert all(bar.note for bar in block.rows)
        elif isinstance(block, Table):
            assert block.rows
            assert all(row[0] and (block.columns or row[1]) for row in block.rows)
        elif not isinstance(block, Gantt):
            assert block.text


@given(levels, urgent)
def test_parts_stand_exactly_where_there_is_something_for_them(of: Of, answers: Levels, hurts: tuple[str, ...]) -> None:
    report = of(answers, hurts)
    told, data = set(headings(report)), data_of(report)
    skills = [skill for skill in data["skills"] if skill["target"] and skill["level"] is not None]
    assert ("Hurts now" in told) == any(skill["urgent"] for skill in skills)
    assert ("If you are away" in told) == bool(data["if_away"]["touchpoints"])
    assert ("What to learn" in told) == bool(data["plan"]["goals"])
    assert ("No room for" in told) == bool(data["plan"]["left_out"])
    assert ("Six months" in told) == ("Where you stand" in told) == bool(skills)
    stages = {skill["stage"] for skill in skills}
    assert {stage.name for key, stage in report.catalog.stages.items() if key in stages} <= told


def test_nobody_who_carries_nothing_stops_anything(of: Of) -> None:
    assert "If you are away" not in headings(of([3] * 99))
    assert "If you are away" in headings(of([4, *[3] * 98]))


def test_who_needs_nothing_has_nothing_to_do_on_monday(judged: Judge, sheet: MakeSheet) -> None:
    """At 3 of 3, with a colleague who carries it."""
    told = headings(judged(sheet(organic_social=3), "brand-and-communications-lead"))
    assert "Six months" in told
    assert "On Monday" not in told


@given(levels)
def test_the_first_screen_counts_what_the_data_says(of: Of, answers: Levels) -> None:
    report = of(answers)
    data, shown = data_of(report), REPORTERS["terminal"](report, Look(width=300))
    asked = [skill for skill in data["skills"] if skill["target"]]
    judged = [skill["level"] for skill in asked if skill["level"] is not None]
    assert first(r"(\d+) skills asked", shown) == len(asked) == data["asked"]
    assert first(r"(\d+) not your role", shown) == len(data["skills"]) - len(asked)
    assert first(r"(\d+) still open", shown) == len(data["open"]) == sum(skill["rating"] is None for skill in asked)
    bands = Counter(min(4, max(1, level)) for level in judged)
    for label, band in (("Carry", 4), ("with help", 3), ("can judge", 2), ("in the dark", 1)):
        assert first(rf"\b{label} (\d+)", shown) == bands[band]
    actions = Counter(skill["verdict"]["action"] for skill in asked if skill["verdict"])
    assert first(r"\n  Do +(\d+)", shown) == actions["do"]
    assert first(r"\n  Outsource +(\d+):", shown) == actions["outsource-both"] + actions["outsource-execution"]
    assert first(r"\n  Leave +(\d+) until", shown) == actions["leave"]
    assert first(r"h a week is \d+ h, (\d+) planned", shown) == data["plan"]["planned"]
    assert sum(goal["hours"] for goal in data["plan"]["goals"]) == data["plan"]["planned"] <= data["plan"]["hours"]


def first(pattern: str, shown: str) -> int:
    """The number in the first place that fits; what is not said is 0."""
    found = re.search(pattern, shown)
    return int(found[1]) if found else 0


@given(levels, urgent)
def test_the_first_screen_comes_first(of: Of, answers: Levels, hurts: tuple[str, ...]) -> None:
    report = of(answers, hurts)
    opening: tuple[Block, ...] = tuple(first_screen(report))
    assert story(report)[: len(opening)] == opening
    assert not {"Where you stand", "What to learn"} & {block.text for block in opening if isinstance(block, Heading)}


WORLDS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "de_DE.UTF-8", "TZ": "America/Los_Angeles"},
    {"PYTHONHASHSEED": "random", "LC_ALL": "tr_TR.UTF-8", "TZ": "UTC"},
)


@pytest.mark.parametrize(("person", "form"), [("ada", "terminal"), ("cleo", "markdown"), ("ben", "json")])
def test_the_same_sheet_on_the_same_day_gives_the_same_bytes(person: str, form: str, gapcheck: Gapcheck) -> None:
    """Twice, and wherever it is run: under other hash seeds, locales and time zones."""
    command = ("report", f"sheets/{person}.yaml", "--format", form, "--as-of", "2027-01-11")
    once = gapcheck(*command)
    assert {gapcheck(*command), *(gapcheck(*command, **world) for world in WORLDS)} == {once}


def test_another_day_gives_another_report(gapcheck: Gapcheck) -> None:
    """Else the test above could not see a clock that is read behind --as-of."""
    days = {gapcheck("report", "sheets/ada.yaml", "--as-of", day) for day in ("2027-01-11", "2027-03-11")}
    assert len(days) == 2
