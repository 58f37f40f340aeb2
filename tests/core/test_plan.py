"""From a sheet to goals: what could be learned, in which order, what there is no room for, and how long it takes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.catalog import Step
from gapcheck.core.plan import MOST_HOURS, TYPICAL_HOURS, Goal, LeftOut, Plan, candidates, hours_between, make_plan, way
from gapcheck.core.policy import Rule, When
from tests.core.small import catalog_of, catalogs, role_with, rubric_of, sheet_of, sheets, skill, steps

if TYPE_CHECKING:
    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.core.rubric import Rubric

MANY = settings(max_examples=200)


def plan_of(catalog: Catalog, policy: Policy, sheet: Sheet, hours_per_week: float = 4, weeks: int = 26) -> Plan:
    rubric = rubric_of(catalog, policy, sheet)
    return make_plan(catalog, rubric, sheet, hours_per_week=hours_per_week, weeks=weeks)


def in_plan(plan: Plan) -> set[str]:
    return {goal.skill for goal in plan.goals}


def to_learn(rubric: Rubric, sheet: Sheet) -> dict[str, int]:
    """Skills whose verdict, if they fit, is to learn, and how far."""
    levels = {key: sheet.settled_level(key) for key in rubric.rows}
    verdicts = {key: rubric.result(key, n, fits=True).verdict for key, n in levels.items() if n is not None}
    return {key: verdict.to for key, verdict in verdicts.items() if verdict.action == "learn" and verdict.to}


@MANY
@given(data=st.data(), catalog=catalogs(), hours=st.floats(0, 12), weeks=st.integers(0, 26))
def test_every_skill_to_learn_is_planned_or_left_out(
    policy: Policy, data: st.DataObject, catalog: Catalog, hours: float, weeks: int
) -> None:
    sheet = data.draw(sheets(catalog))
    plan, wanted = plan_of(catalog, policy, sheet, hours, weeks), to_learn(rubric_of(catalog, policy, sheet), sheet)
    own = [goal.skill for goal in plan.goals if goal.because != "needed"]
    assert sorted(own + [left.goal.skill for left in plan.left_out]) == sorted(wanted)
    assert plan.planned == sum(goal.hours for goal in plan.goals) <= plan.budget == hours * weeks
    for goal in plan.goals:
        assert goal.start == sheet.settled_level(goal.skill)
        assert goal.start < goal.to <= wanted.get(goal.skill, 5)
        assert goal.hours == hours_between(catalog.skills[goal.skill], goal.start, goal.to)


@MANY
@given(data=st.data(), catalog=catalogs(), hours=st.integers(0, 12))
def test_goals_stand_in_an_order_in_which_they_can_be_learned(
    policy: Policy, data: st.DataObject, catalog: Catalog, hours: int
) -> None:
    """What a goal needs stands before it, and whatever is in the plan only because it is needed is needed."""
    sheet = data.draw(sheets(catalog))
    goals = plan_of(catalog, policy, sheet, hours).goals
    for n, goal in enumerate(goals):
        levels = {key: sheet.settled_level(key) for key in catalog.skills} | {g.skill: g.to for g in goals[:n]}
        for needed, need in catalog.skills[goal.skill].needs.items():
            assert (levels[needed] or 0) >= need or levels[needed] is None
            assert needed not in {later.skill for later in goals[n:]}
        if goal.because == "needed":
            assert any(
                goal.start < catalog.skills[later.skill].needs.get(goal.skill, 0) <= goal.to for later in goals[n:]
            )


@MANY
@given(data=st.data(), catalog=catalogs(), hours=st.one_of(st.integers(0, 11), st.floats(0, 11)))
def test_what_is_left_out_fits_from_the_hours_it_says(
    policy: Policy, data: st.DataObject, catalog: Catalog, hours: float
) -> None:
    """At so many hours a week it is chosen, and at no fewer above those there are."""
    sheet = data.draw(sheets(catalog))
    for left in plan_of(catalog, policy, sheet, hours, 8).left_out:
        fits = [
            n
            for n in range(math.floor(hours) + 1, MOST_HOURS + 1)
            if left.goal.skill in in_plan(plan_of(catalog, policy, sheet, n, 8))
        ]
        assert left.fits_at == min(fits, default=None)


def test_a_longer_skill_says_the_hours_a_week_that_it_takes(policy: Policy) -> None:
    """45 hours in ten weeks: five hours a week are enough, four are not."""
    plan = plan_of(catalog_of({"a": skill()}), policy, sheet_of({"a": 2}), 2, 10)
    assert plan == Plan(2, 10, 20, (), (LeftOut(Goal("a", 2, 4, 31, "target"), 4),))
    assert in_plan(plan_of(catalog_of({"a": skill()}), policy, sheet_of({"a": 2}), 3, 10)) == set()


def test_hours_that_are_not_there_are_not_planned(policy: Policy) -> None:
    """Thirty-one hours: twenty weeks of two hours bring them, unless ten of these weeks are holidays."""
    catalog, sheet = catalog_of({"a": skill()}), sheet_of({"a": 2})
    rubric = rubric_of(catalog, policy, sheet)
    assert in_plan(make_plan(catalog, rubric, sheet, hours_per_week=2, weeks=20)) == {"a"}
    busy = make_plan(catalog, rubric, sheet, hours_per_week=2, weeks=20, there=lambda hours: hours * 10)
    assert busy == Plan(2, 20, 20, (), (LeftOut(Goal("a", 2, 4, 31, "target"), 4),))


@MANY
@given(catalog=catalogs(most=1), start=st.integers(0, 4), data=st.data())
def test_the_way_to_a_level_takes_as_long_as_is_said_and_leads_there(
    catalog: Catalog, start: int, data: st.DataObject
) -> None:
    one = catalog.skills["s0"]
    to = data.draw(st.integers(start + 1, 5))
    steps = way(one, start, to)
    assert sum(step.hours for step in steps) == hours_between(one, start, to)
    assert [step.to for step in steps] == sorted(step.to for step in steps)
    assert all(step.to > start for step in steps)
    assert steps[-1].to >= to
    assert all(step in one.learn for step in steps if step.do)


def test_no_hours_and_no_weeks_plan_nothing(policy: Policy) -> None:
    catalog, sheet = catalog_of({"a": skill()}), sheet_of({"a": 2})
    assert plan_of(catalog, policy, sheet, hours_per_week=0).goals == ()
    assert plan_of(catalog, policy, sheet, weeks=0).left_out == (LeftOut(Goal("a", 2, 4, 31, "target"), None),)


def test_everything_at_target_leaves_nothing_to_plan(policy: Policy) -> None:
    catalog = catalog_of({"a": skill(), "b": skill(outsource="none")})
    assert plan_of(catalog, policy, sheet_of({"a": 4, "b": 5})) == Plan(4, 26, 104)


def test_what_is_open_or_not_applicable_is_no_candidate(policy: Policy) -> None:
    catalog, sheet = catalog_of({"a": skill(), "b": skill(), "c": skill()}), sheet_of({"a": "n/a", "b": "unknown"})
    assert [c.skill for c in candidates(catalog, rubric_of(catalog, policy, sheet), sheet)] == ["b"]


def test_at_most_three_skills_are_carried_at_a_time(policy: Policy) -> None:
    skills = {f"s{n}": skill(learn=(Step(to=4, hours=5, do=""),)) for n in range(5)}
    plan = plan_of(catalog_of(skills), policy, sheet_of(dict.fromkeys(skills, 3)))
    assert [(goal.skill, goal.to) for goal in plan.goals] == [("s0", 4), ("s1", 4), ("s2", 4)]
    assert [left.fits_at for left in plan.left_out] == [None, None]


NEEDING = {
    "top": skill(needs={"middle": 2}, learn=(Step(to=4, hours=10, do=""),)),
    "middle": skill(needs={"base": 1}, learn=(Step(to=2, hours=5, do=""),)),
    "base": skill(learn=(Step(to=1, hours=3, do=""),)),
}
ONLY_TOP = role_with({"top": 4, "middle": 0, "base": 0})


def test_needs_of_needs_are_planned_first_and_said_to_be_needed(policy: Policy) -> None:
    plan = plan_of(catalog_of(NEEDING, ONLY_TOP), policy, sheet_of({"top": 3, "middle": 0, "base": 0}))
    assert plan.goals == (
        Goal("base", 0, 1, 3, "needed"),
        Goal("middle", 0, 2, 5, "needed"),
        Goal("top", 3, 4, 10, "target"),
    )


def test_without_hours_for_what_it_needs_a_skill_is_left_out(policy: Policy) -> None:
    plan = plan_of(catalog_of(NEEDING, ONLY_TOP), policy, sheet_of({"top": 3, "middle": 0, "base": 0}), 17, 1)
    assert plan.goals == ()
    assert [left.goal.skill for left in plan.left_out] == ["top"]


def test_needs_that_are_open_or_not_applicable_are_not_learned(policy: Policy) -> None:
    plan = plan_of(catalog_of(NEEDING, ONLY_TOP), policy, sheet_of({"top": 3, "middle": "n/a"}))
    assert in_plan(plan) == {"top"}


def test_a_need_is_learned_no_further_than_those_in_the_plan_need_it(policy: Policy) -> None:
    """Another skill needs more of it, but has no room."""
    skills = {
        "near": skill(needs={"base": 1}, learn=(Step(to=4, hours=10, do=""),)),
        "far": skill(needs={"base": 3}, learn=(Step(to=4, hours=500, do=""),)),
        "base": skill(learn=(Step(to=1, hours=3, do=""), Step(to=3, hours=30, do=""))),
    }
    catalog = catalog_of(skills, role_with({"near": 4, "far": 4, "base": 0}))
    plan = plan_of(catalog, policy, sheet_of({"near": 3, "far": 3, "base": 0}))
    assert [(goal.skill, goal.to) for goal in plan.goals] == [("base", 1), ("near", 4)]


def test_a_circle_of_needs_that_are_met_still_leaves_open_needs_first(policy: Policy) -> None:
    step = (Step(to=4, hours=10, do=""),)
    skills = {
        "best": skill(importance=5, needs={"one": 4}, learn=step),
        "one": skill(needs={"other": 2}, learn=step),
        "other": skill(needs={"one": 2}, learn=step),
    }
    plan = plan_of(catalog_of(skills), policy, sheet_of({"best": 3, "one": 3, "other": 3}))
    assert [goal.skill for goal in plan.goals] == ["one", "best", "other"]


def test_the_most_valuable_hour_comes_first(policy: Policy) -> None:
    skills = {
        "slow": skill(importance=5, learn=(Step(to=4, hours=40, do=""),)),
        "quick": skill(importance=2, learn=(Step(to=4, hours=8, do=""),)),
    }
    plan = plan_of(catalog_of(skills), policy, sheet_of({"slow": 3, "quick": 3}))
    assert [goal.skill for goal in plan.goals] == ["quick", "slow"]


def test_where_hours_only_reach_to_judging_the_plan_says_so(policy: Policy) -> None:
    whole = skill(learn=(Step(to=2, hours=10, do=""), Step(to=4, hours=90, do="")))
    plan = plan_of(catalog_of({"a": whole}), policy, sheet_of({"a": 0}), 2, 10)
    assert plan.goals == (Goal("a", 0, 2, 10, "judge"),)
    assert plan.left_out == ()


def test_a_policy_that_would_lead_downward_plans_nothing(policy: Policy) -> None:
    down = replace(policy, rules=(Rule(id="judge", when=When(), then="learn", to=2),))
    assert plan_of(catalog_of({"a": skill(), "b": skill()}), down, sheet_of({"a": 2, "b": 3})) == Plan(4, 26, 104)


def test_hours_are_those_of_the_steps_in_between() -> None:
    learn = tuple(Step(to=to, hours=hours, do="") for to, hours in ((1, 2), (2, 8), (2, 4), (3, 16), (4, 32)))
    assert hours_between(skill(learn=learn), 1, 3) == 28
    assert hours_between(skill(learn=learn), 0, 4) == 62


@pytest.mark.parametrize(("level", "hours"), [(1, 7), (2, 15), (3, 26), (4, 45)])
def test_without_steps_a_skill_takes_45_hours_to_80_percent(level: int, hours: int) -> None:
    """The first 20 percent are quick, the last before the standard take as long as the two before them."""
    assert hours_between(skill(), 0, level) == hours


def test_twice_the_time_comes_to_96_percent() -> None:
    """The rates that the whole hours to each level leave open all end there."""
    shares = {level: -math.log(1 - level / 5) for level in (1, 2, 3, 4)}
    least = max(share / hours_between(skill(), 0, level) for level, share in shares.items())
    most = min(share / (hours_between(skill(), 0, level) - 1) for level, share in shares.items())
    assert hours_between(skill(), 0, 4) == TYPICAL_HOURS
    assert [round(100 * (1 - math.exp(-rate * 2 * TYPICAL_HOURS))) for rate in (least, most)] == [96, 96]


def test_where_no_step_leads_to_a_level_it_takes_its_typical_share() -> None:
    """Nothing is free: a skill whose steps end at 2 takes its own hours to there and typical ones beyond."""
    to_judge = skill(learn=(Step(to=2, hours=8, do=""),))
    assert hours_between(to_judge, 0, 4) == 8 + hours_between(skill(), 2, 4)
    assert hours_between(to_judge, 3, 4) == hours_between(skill(), 3, 4)
    assert hours_between(to_judge, 4, 5) > TYPICAL_HOURS


def test_a_lower_level_never_takes_longer_than_a_higher_one() -> None:
    """Where one step of 5 hours leads to 4, it leads past 2, whatever that takes elsewhere."""
    assert [hours_between(skill(learn=(Step(to=4, hours=5, do=""),)), 0, to) for to in (2, 3, 4)] == [5, 5, 5]


@given(steps(), st.integers(0, 4), st.integers(1, 5))
def test_every_level_up_takes_an_hour_at_least(learn: tuple[Step, ...], start: int, up: int) -> None:
    assert hours_between(skill(learn=learn), start, min(5, start + up)) >= 1
    assert hours_between(skill(learn=learn), start, start) == 0
