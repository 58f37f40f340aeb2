"""The knowledge jam: who may speak, whose turn it is over a year, what is asked, and what a second plan changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.catalog import Metric, Stage, Touchpoint
from gapcheck.core.jams import OBJECTIVES, Jam, Slot
from gapcheck.core.people import People, Person
from gapcheck.core.report.jam import agenda, nothing_to_tell
from gapcheck.core.team import IS_NOT_APPLICABLE, IS_OPEN, IS_UNKNOWN, Member, Team
from gapcheck.core.team.jam import (
    audience,
    begins,
    labels,
    largest_kind,
    plan_jam,
    question,
    revised,
    topics,
    usual_date,
)
from gapcheck.reporters import BLOCKS, Look
from tests.core.small import ALL_4, skill, staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.jams import Objective
    from gapcheck.core.policy import Policy

YEAR = [dt.date(2027, month, 2) for month in range(1, 13)]
FEBRUARY, MARCH = YEAR[1], YEAR[2]

CLICKS = Metric(
    name="Click rate", numerator="clicks", denominator="views", unit="percent", better="higher", moved_by=("ads", "seo")
)
SPENT = Metric(name="Spent", formula="All we paid.", unit="currency", better="lower", moved_by=("ads",))


def catalog() -> Catalog:
    """Two skills of the journey, two of data and analytics; every skill of importance 3."""
    return staged(
        reach=Stage(
            name="Reach",
            touchpoints={"ad": Touchpoint(name="Ad seen", skills=("ads",))},
            metrics={"clicks": CLICKS, "spent": SPENT},
            skills={"ads": skill("Advertising"), "seo": skill("Search")},
        ),
        base=Stage(
            name="Base",
            kind="foundations",
            touchpoints={"plan": Touchpoint(name="Tracking plan", skills=("data",))},
            skills={"data": skill("Data"), "tests": skill("Tests")},
        ),
    )


Rows = dict[str, tuple[str, str]]
"""By person: the group, and the levels as digits in the order of the skills; 6 not applicable, 7 unknown, 8 open."""


def team_of(policy: Policy, rows: Mapping[str, tuple[str, str]], **interest: tuple[str, ...]) -> Team:
    members = tuple(
        Member(
            person=person,
            role="role",
            groups={"function": group} if group else {},
            levels=bytes(map(int, levels)),
            date=YEAR[0],
            interest=interest.get(person, ()),
        )
        for person, (group, levels) in sorted(rows.items())
    )
    return Team(catalog(), policy, People(), {"role": ALL_4}, members)


def year_of(team: Team, slots: int) -> list[Jam]:
    """Twelve jams, each planned with those before it in mind."""
    past: list[Jam] = []
    for date in YEAR:
        past.append(plan_jam(team, past, date, slots))
    return past


def speakers(jam: Jam) -> list[str]:
    return [slot.speaker for slot in jam.slots]


BYTES = st.sampled_from([0, 1, 2, 3, 4, 5, IS_NOT_APPLICABLE, IS_UNKNOWN, IS_OPEN])


@st.composite
def row(draw: st.DrawFn) -> tuple[str, str]:
    """A group, more often a large one, and levels of all four skills."""
    return draw(st.sampled_from(("a", "a", "a", "b", "c", ""))), "".join(str(draw(BYTES)) for _ in range(4))


ROWS = st.lists(row(), min_size=1, max_size=12).map(lambda rows: {f"p{n:02}": each for n, each in enumerate(rows)})
SLOTS = st.integers(1, 5)
SIMULATED = settings(max_examples=60)


def can_speak(team: Team) -> dict[str, set[str]]:
    """By brute force: what each person holds and more than half of the rated people of other groups lack."""
    group = {m.person: m.groups.get("function", "") for m in team.members}
    if len(set(group.values())) == 1:
        group = {person: person for person in group}
    found: dict[str, set[str]] = {}
    for member in team.members:
        for name in team.skills:
            others = [team.level(m, name) for m in team.members if group[m.person] != group[member.person]]
            rated = [level for level in others if level is not None]
            own = team.level(member, name)
            if own is not None and own >= 3 and sum(level < 3 for level in rated) > len(rated) / 2:
                found.setdefault(member.person, set()).add(name)
    return found


@SIMULATED
@given(rows=ROWS, slots=SLOTS)
def test_everyone_who_can_speak_speaks_before_anyone_speaks_again(policy: Policy, rows: Rows, slots: int) -> None:
    team = team_of(policy, rows)
    able = can_speak(team)
    spoken = dict.fromkeys(able, 0)
    for jam in year_of(team, slots):
        assert len(jam.slots) == min(slots, len(able))
        assert len(set(speakers(jam))) == len(jam.slots)
        for speaker in speakers(jam):
            spoken[speaker] += 1
        assert max(spoken.values(), default=0) - min(spoken.values(), default=0) <= 1


@SIMULATED
@given(rows=ROWS, slots=SLOTS)
def test_speakers_hold_what_most_outside_their_group_lack(policy: Policy, rows: Rows, slots: int) -> None:
    team = team_of(policy, rows)
    able = can_speak(team)
    assert {person: set(of) for person, of in topics(team, labels(team, "function")).items()} == able
    for jam in year_of(team, slots):
        assert all(slot.skill in able[slot.speaker] for slot in jam.slots)


@SIMULATED
@given(rows=ROWS, slots=SLOTS)
def test_a_second_speaker_of_a_group_comes_after_the_other_groups(policy: Policy, rows: Rows, slots: int) -> None:
    """Whoever is of a group that is not there had their turn later than everybody of a group that is there twice."""
    team = team_of(policy, rows)
    able = can_speak(team)
    label = labels(team, "function")
    turn = dict.fromkeys(able, (dt.date.min, 0))
    for jam in year_of(team, slots):
        number = Counter(label[person] for person in speakers(jam))
        twice = [turn[person] for person in speakers(jam) if number[label[person]] > 1]
        missing = [turn[person] for person in able if label[person] not in number]
        assert not twice or not missing or max(twice) < min(missing)
        turn.update({person: (jam.date, turn[person][1] + 1) for person in speakers(jam)})


@SIMULATED
@given(rows=ROWS, slots=SLOTS)
def test_neighbours_are_of_different_groups_unless_one_group_has_most_talks(
    policy: Policy, rows: Rows, slots: int
) -> None:
    team = team_of(policy, rows)
    label = labels(team, "function")
    for jam in year_of(team, slots):
        row = [label[person] for person in speakers(jam)]
        most = max(Counter(row).values(), default=0)
        assert all(a != b for a, b in pairwise(row)) or most > (len(row) + 1) // 2


@SIMULATED
@given(rows=ROWS, slots=SLOTS)
def test_each_objective_is_served_as_often_as_the_others(policy: Policy, rows: Rows, slots: int) -> None:
    team = team_of(policy, rows)
    talks = [slot for jam in year_of(team, slots) for slot in jam.slots]
    served = [sum(slot.objective == each for slot in talks) for each in OBJECTIVES]
    assert max(served) - min(served) <= 1
    assert not can_speak(team) or min(served) >= 2


def test_two_groups_of_unequal_size_meet_at_every_jam(policy: Policy) -> None:
    rows = {f"z{n}": ("large", "3000") for n in range(9)} | {f"b{n}": ("small", "0300") for n in range(3)}
    for jam in year_of(team_of(policy, rows), 4):
        assert Counter(slot.group for slot in jam.slots) == {"large": 3, "small": 1}


def test_a_group_without_its_turn_left_is_missing_and_that_is_told(policy: Policy) -> None:
    team = team_of(policy, {**{f"a{n}": ("a", "3000") for n in range(6)}, "b": ("b", "0300")})
    first = plan_jam(team, [], FEBRUARY, 3)
    second = plan_jam(team, [first], MARCH, 3)
    assert "b" in speakers(first)
    assert {slot.group for slot in second.slots} == {"a"}
    assert "the others have had their turn" in told(team, second)
    assert "the others have had their turn" not in told(team, first)


def test_a_newcomer_speaks_next_and_whoever_left_holds_up_nobody(policy: Policy) -> None:
    rows = {"ada": ("a", "3000"), "ben": ("b", "0300"), "cleo": ("c", "0030")}
    first = plan_jam(team_of(policy, rows), [], FEBRUARY, 2)
    assert speakers(first) == ["cleo", "ada"]
    del rows["ada"]
    team = team_of(policy, {**rows, "dan": ("a", "0003")})
    assert set(speakers(plan_jam(team, [first], MARCH, 2))) == {"ben", "dan"}


def test_only_earlier_months_count_as_past(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "0300"), "cleo": ("c", "0030")})
    year = year_of(team, 2)
    assert plan_jam(team, year, FEBRUARY, 2) == year[1]
    later = plan_jam(team, year, dt.date(2027, 2, 23), 2)
    assert later.slots == year[1].slots


def test_a_series_is_named_once_and_two_teams_have_two(policy: Policy) -> None:
    rows = {"ada": ("a", "3000"), "ben": ("b", "0300"), "cleo": ("c", "0030")}
    team = team_of(policy, rows)
    year = year_of(team, 2)
    (series,) = {jam.series for jam in year}
    assert plan_jam(team, [], FEBRUARY, 2).series == plan_jam(team, [], FEBRUARY, 2).series
    grown = team_of(policy, {**rows, "dan": ("d", "0003")})
    assert plan_jam(grown, year[:1], FEBRUARY, 2, since=MARCH).series == series
    others = team_of(policy, {name + "-2": row for name, row in rows.items()})
    of_all = {plan_jam(each, [], date, 2).series for each in (team, others) for date in (FEBRUARY, MARCH)}
    assert len(of_all) == 4


def told(team: Team, jam: Jam, *, names: bool = False) -> str:
    return " ".join(BLOCKS["terminal"](agenda(team, jam, names=names), Look(width=100)).split())


# what is worth a talk


def first_topic(team: Team, person: str) -> str:
    return next(slot.skill for slot in plan_jam(team, [], FEBRUARY, 9).slots if slot.speaker == person)


def test_data_and_analytics_come_first(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "5535"), "ben": ("b", "0000"), "cleo": ("b", "0000")})
    assert first_topic(team, "ada") == "data"


def test_more_important_skills_and_those_that_more_people_lack_come_first(policy: Policy) -> None:
    rows = {"ada": ("a", "3300"), "ben": ("b", "3000"), "cleo": ("b", "0000"), "dan": ("b", "0000")}
    team = team_of(policy, rows)
    assert first_topic(team, "ada") == "seo"
    ads = replace(team.catalog.stages["reach"], skills={"ads": skill("Advertising", 5), "seo": skill("Search", 3)})
    weighed = replace(team, catalog=replace(team.catalog, stages={**team.catalog.stages, "reach": ads}))
    assert first_topic(weighed, "ada") == "ads"


def test_to_lack_is_to_be_below_3_in_more_than_half_of_the_others(policy: Policy) -> None:
    half = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "3000"), "cleo": ("b", "2000")})
    most = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "3000"), "cleo": ("b", "2000"), "dan": ("b", "2000")})
    assert "ada" not in topics(half, labels(half, "function"))
    assert "ada" in topics(most, labels(most, "function"))


@pytest.mark.parametrize(("byte", "speaks"), [(IS_UNKNOWN, True), (IS_NOT_APPLICABLE, False), (IS_OPEN, False)])
def test_unknown_is_lacking_and_what_does_not_apply_or_is_open_is_not(policy: Policy, byte: int, speaks: bool) -> None:
    team = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", f"{byte}000")})
    assert ("ada" in topics(team, labels(team, "function"))) == speaks


def test_interest_is_a_reason_to_come_and_none_to_speak(policy: Policy) -> None:
    rows = {"ada": ("a", "3000"), "ben": ("b", "2000"), "cleo": ("b", "1000"), "dan": ("b", "2000")}
    team = team_of(policy, rows, ben=("ads",))
    (slot,) = plan_jam(team, [], FEBRUARY).slots
    assert slot.speaker == "ada"
    assert audience(team, slot) == ("ben", "cleo")
    assert "2 people: ben, cleo" in told(team, plan_jam(team, [], FEBRUARY))


def test_nobody_is_invited_for_a_skill_that_is_not_theirs_or_to_their_own_talk(policy: Policy) -> None:
    rows = {"ada": ("a", "3000"), "ben": ("b", "6000"), "cleo": ("b", "8000"), "dan": ("b", "7000")}
    team = team_of(policy, rows, ada=("ads",))
    (slot,) = plan_jam(team, [], FEBRUARY).slots
    assert audience(team, slot) == ("dan",)
    assert audience(team, replace(slot, skill="gone")) == ()


def test_a_speaker_tells_next_time_what_they_have_not_told(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "3333"), "ben": ("b", "0000"), "cleo": ("c", "0000")})
    told = [slot.skill for jam in year_of(team, 1) for slot in jam.slots]
    assert told[:8] == ["data", "tests", "ads", "seo"] * 2


def test_a_jam_tells_no_skill_twice_if_a_speaker_has_another(policy: Policy) -> None:
    """Dan has told of searching, and still does so again: Ada tells of advertising today."""
    team = team_of(policy, {"ada": ("a", "3000"), "dan": ("b", "3300"), "cleo": ("c", "0000"), "eve": ("c", "0000")})
    before = jam_of("dan", date=YEAR[0])
    before = replace(before, slots=(replace(before.slots[0], skill="seo"),))
    assert [slot.skill for slot in plan_jam(team, [before], FEBRUARY).slots] == ["ads", "seo"]


def test_ties_go_to_the_first_by_id(policy: Policy) -> None:
    rows = {"ada": ("a", "3000"), "abe": ("a", "3000"), "ben": ("b", "3000"), "bea": ("b", "3000")}
    extra = {f"x{n}": ("c", "0000") for n in range(5)}
    team = team_of(policy, {**rows, **extra})
    assert speakers(plan_jam(team, [], FEBRUARY, 2)) == ["abe", "bea"]
    assert speakers(plan_jam(replace(team, members=team.members[::-1]), [], FEBRUARY, 2)) == ["abe", "bea"]


# groups


def test_the_kind_with_the_most_groups_counts_unless_another_is_named(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "0300")})
    regions = tuple(replace(m, groups={**m.groups, "region": "south"}) for m in team.members)
    both = replace(team, members=regions)
    assert largest_kind(both) == "function"
    assert [slot.group for slot in plan_jam(both, [], FEBRUARY).slots] == ["a", "b"]
    assert [slot.group for slot in plan_jam(both, [], FEBRUARY, by="region").slots] == ["south", "south"]
    assert largest_kind(team_of(policy, {"ada": ("", "3000")})) is None


def test_of_several_kinds_with_as_many_groups_the_first_by_name_counts(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "0300")})
    more = tuple(replace(m, groups={**m.groups, "country": m.person}) for m in team.members)
    assert largest_kind(replace(team, members=more)) == "country"


@pytest.mark.parametrize("group", ["a", ""])
def test_in_one_group_everybody_stands_for_themselves_and_that_is_told(policy: Policy, group: str) -> None:
    team = team_of(policy, {"ada": (group, "3000"), "ben": (group, "0300")})
    jam = plan_jam(team, [], FEBRUARY)
    assert [(slot.speaker, slot.skill, slot.group) for slot in jam.slots] == [
        ("ada", "ads", group or None),
        ("ben", "seo", group or None),
    ]
    assert "There is one group only" in told(team, jam)
    assert "2 of 4 talks" in told(team, jam)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"ada": ("a", "5555")}, "one person alone"),
        ({"ada": ("a", "2222"), "ben": ("b", "0867")}, "nobody holds a skill yet"),
        ({"ada": ("a", "5555"), "ben": ("b", "5555")}, "shared already"),
    ],
    ids=["one person", "nobody at 3", "everybody at 5"],
)
def test_where_there_is_nothing_to_tell_no_jam_is_planned_and_it_is_said_why(
    policy: Policy, rows: Rows, why: str
) -> None:
    team = team_of(policy, rows)
    assert plan_jam(team, [], FEBRUARY).slots == ()
    assert why in nothing_to_tell(team)


# questions


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_has_its_own_question_on_something_of_the_catalog(objective: Objective) -> None:
    asked = question(catalog(), "seo", objective)
    assert ("Reach" if objective == "experience" else "Click rate = clicks / views.") in asked
    assert len({question(catalog(), "seo", each).split("?")[0] for each in OBJECTIVES}) == len(OBJECTIVES)


def test_metrics_and_touchpoints_have_their_turn(policy: Policy) -> None:
    first = question(catalog(), "ads", "quality")
    assert "behind Click rate is" in first
    assert "behind Spent is" in question(catalog(), "ads", "quality", [first])
    assert question(catalog(), "ads", "visibility", [first]).endswith("last month? Spent = All we paid.")
    assert "this: Ad seen?" in question(catalog(), "ads", "experience")


def test_a_skill_that_moves_no_metric_is_asked_after_by_name_and_its_place_is_the_journey() -> None:
    """The tracking plan is no place where customers are."""
    assert "behind your work on Data come from" in question(catalog(), "data", "visibility")
    assert "this: Reach?" in question(catalog(), "data", "experience")
    alone = staged(base=Stage(name="Base", kind="foundations", skills={"data": skill("Data {it}")}))
    assert "this: Data {it}?" in question(alone, "data", "experience")


# days, times, and a plan made again


@pytest.mark.parametrize(
    ("today", "first_tuesday"),
    [
        ("2027-01-11", "2027-02-02"),
        ("2026-12-31", "2027-01-05"),
        ("2027-01-31", "2027-02-02"),
        ("2027-05-01", "2027-06-01"),
    ],
)
def test_the_usual_day_is_the_first_tuesday_of_next_month(today: str, first_tuesday: str) -> None:
    assert usual_date(dt.date.fromisoformat(today)).isoformat() == first_tuesday


def test_talks_of_15_minutes_begin_with_5_minutes_between_and_end_before_midnight() -> None:
    assert begins("10:00", 4) == ("10:00", "10:20", "10:40", "11:00")
    assert begins("22:50", 4, 0) == ("22:50", "23:05", "23:20", "23:35")
    with pytest.raises(ValueError, match="midnight"):
        begins("23:00", 4, 0)


def jam_of(*names: str, **more: object) -> Jam:
    at = begins("10:00", len(names))
    slots = tuple(
        Slot(at=at[n], speaker=name, skill="ads", objective="models", question="?") for n, name in enumerate(names)
    )
    return replace(Jam(series="ours", date=FEBRUARY, planned=YEAR[0], slots=slots), **more)  # type: ignore[arg-type]


def test_a_plan_that_changes_nothing_leaves_the_jam_as_it_was() -> None:
    stored = jam_of("ada", "ben", revision=3, dropped=jam_of("cleo").slots)
    assert revised(stored, jam_of("ada", "ben", planned=MARCH)) is stored
    assert revised(None, stored) is stored


@pytest.mark.parametrize(
    "change",
    [
        {"date": dt.date(2027, 2, 9)},
        {"tz": "Europe/Berlin"},
        {"by": "region"},
        {"talks": 2},
        {"pause": 0},
        {"slots": jam_of("ben", "ada").slots},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_is_one_revision_more_of_the_day_it_was_made(change: dict[str, object]) -> None:
    new = revised(jam_of("ada", "ben", revision=3), replace(jam_of("ada", "ben", planned=MARCH), **change))  # type: ignore[arg-type]
    assert (new.revision, new.planned) == (4, MARCH)


def test_talks_beyond_a_shorter_plan_are_dropped_until_a_longer_one_takes_their_place() -> None:
    three = jam_of("ada", "ben", "cleo")
    shorter = revised(three, jam_of("ada"))
    assert (speakers(shorter), [slot.speaker for slot in shorter.dropped]) == (["ada"], ["ben", "cleo"])
    longer = revised(shorter, jam_of("ada", "dan"))
    assert (speakers(longer), [slot.speaker for slot in longer.dropped]) == (["ada", "dan"], ["cleo"])


# the agenda


def test_people_are_told_by_id_and_by_name_where_that_is_asked_for(policy: Policy) -> None:
    people = People(people={"ada": Person(name="Ada Example"), "ben": Person(name="Ben Example")})
    team = replace(team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "0300")}), people=people)
    jam = plan_jam(team, [], FEBRUARY)
    assert "Example" not in told(team, jam)
    assert "10:00 ADA EXAMPLE: ADVERTISING" in told(team, jam, names=True)
    assert "1 person: Ben Example" in told(team, jam, names=True)


def test_the_agenda_says_when_and_for_what(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "0300")})
    text = told(team, plan_jam(team, [], FEBRUARY, 2, at="09:30", tz="Europe/Berlin"))
    assert "Tuesday 2 Feb 2027, 09:30 to 10:05 (Europe/Berlin)" in text
    assert "Objective Show how data is produced and consumed elsewhere" in text
    assert "talks: nobody else" not in text


def test_a_skill_that_the_catalog_lost_is_told_by_its_id(policy: Policy) -> None:
    team = team_of(policy, {"ada": ("a", "3000"), "ben": ("b", "0300")})
    assert "TELEGRAPHY" in told(
        team, replace(jam_of("ada"), slots=(replace(jam_of("ada").slots[0], skill="telegraphy"),))
    )
