"""The plan in weeks: nothing is lost or doubled, no week holds more than it has, and what was done is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import Step
from gapcheck.core.plan import Goal
from gapcheck.core.plans import Agreed, Busy, Logged, PlanFile
from gapcheck.core.schedule import Calendar, Task, goals_of, schedule, tasks_of
from tests.core.small import catalog_of, skill

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = dt.date(2027, 1, 4)
DAYS = st.dates(dt.date(2027, 1, 1), dt.date(2028, 12, 31))


@st.composite
def busy_days(draw: st.DrawFn) -> Busy:
    since = draw(DAYS)
    return Busy(since=since, until=since + dt.timedelta(days=draw(st.integers(0, 40))), hours=draw(st.integers(0, 9)))


CALENDARS = st.builds(
    Calendar, DAYS, st.integers(0, 40), st.floats(0, 12), st.lists(busy_days(), max_size=3).map(tuple)
)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[Task, ...]:
    """Up to four goals with up to four steps, some of which are done."""
    found = []
    for n in range(draw(st.integers(0, 4))):
        hours = draw(st.lists(st.integers(1, 30), min_size=1, max_size=4))
        done = draw(st.integers(0, len(hours)))
        goal = Goal(f"s{n}", 0, 4, sum(hours), "target")
        for number, amount in enumerate(hours, 1):
            left = 0.0 if number <= done else float(amount)
            found.append(Task(goal, number, Step(to=4, hours=amount, do=""), left))
    return tuple(found)


@given(tasks(), CALENDARS)
def test_hours_are_neither_lost_nor_doubled_and_no_week_is_overfull(todo: tuple[Task, ...], weeks: Calendar) -> None:
    made = schedule(todo, weeks)
    for task in todo:
        parts = [part for part in made.parts if part.task == task]
        done = sum(part.hours for part in parts)
        ended = any(part.ends for part in parts) or task.is_done
        assert done == pytest.approx(task.left) if ended else done < task.left
        assert [part.ends for part in parts[:-1]] == [False] * (len(parts) - 1 if parts else 0)
    for week in range(weeks.weeks):
        assert sum(part.hours for part in made.parts if part.week == week) <= weeks.hours_in(week) + 1e-6
    assert made.left - made.short + made.over == pytest.approx(max(weeks.hours, made.left - made.short))
    assert made.holds == (made.left <= weeks.hours + 1e-6) or made.left == pytest.approx(weeks.hours, abs=1e-6)


@given(tasks(), CALENDARS)
def test_one_thing_at_a_time_in_the_order_of_the_plan(todo: tuple[Task, ...], weeks: Calendar) -> None:
    parts = schedule(todo, weeks).parts
    places = [todo.index(part.task) for part in parts]
    assert places == sorted(places)
    assert [part.week for part in parts] == sorted(part.week for part in parts)


@given(tasks(), CALENDARS)
def test_a_goal_is_reached_in_the_week_of_its_last_step_or_says_what_is_missing(
    todo: tuple[Task, ...], weeks: Calendar
) -> None:
    made = schedule(todo, weeks)
    assert [one.goal for one in made.reached] == list(dict.fromkeys(task.goal for task in todo))
    for one in made.reached:
        weeks_of = [part.week for part in made.parts if part.task.goal == one.goal]
        if one.week is None:
            left = sum(task.left for task in todo if task.goal == one.goal)
            done = sum(part.hours for part in made.parts if part.task.goal == one.goal)
            assert one.missing == pytest.approx(left - done)
        else:
            assert one.week == max(weeks_of, default=0)
            assert not one.missing


@given(tasks(), CALENDARS, st.integers(1, 10))
def test_more_hours_a_week_reach_nothing_later(todo: tuple[Task, ...], weeks: Calendar, more: int) -> None:
    slow, quick = schedule(todo, weeks), schedule(todo, weeks.at(weeks.hours_per_week + more))
    for before, after in zip(slow.reached, quick.reached, strict=True):
        if before.week is not None:
            assert after.week is not None
            assert after.week <= before.week


# the weeks


@given(CALENDARS)
def test_busy_days_only_take_hours(weeks: Calendar) -> None:
    free = replace(weeks, busy=())
    assert weeks.hours <= free.hours + 1e-6
    assert free.hours == pytest.approx(weeks.hours_per_week * weeks.weeks)


def test_a_holiday_of_two_days_takes_two_fifths_of_its_week() -> None:
    days = Busy(since=dt.date(2027, 1, 7), until=dt.date(2027, 1, 10))
    weeks = Calendar(MONDAY, 2, 5, (days,))
    assert [weeks.hours_in(week) for week in (0, 1)] == [3, 5]


def test_a_week_with_fewer_hours_is_no_holiday_and_no_more_than_it_was() -> None:
    less = Busy(since=MONDAY, until=MONDAY + dt.timedelta(days=6), hours=2)
    assert Calendar(MONDAY, 1, 5, (less,)).hours == pytest.approx(2)
    assert Calendar(MONDAY, 1, 1, (less,)).hours == pytest.approx(1)


@pytest.mark.parametrize("start", [dt.date(2028, 2, 29), dt.date(2027, 3, 26), dt.date(2027, 1, 3)])
def test_weeks_begin_on_the_day_that_was_said_leap_day_clock_change_and_sunday_too(start: dt.date) -> None:
    weeks = Calendar(start, 26, 4)
    assert weeks.hours == pytest.approx(104)
    assert [weeks.begins(n) - weeks.begins(n - 1) for n in range(1, 26)] == [dt.timedelta(days=7)] * 25
    assert weeks.end == start + dt.timedelta(days=182)


@pytest.mark.parametrize(
    ("day", "start", "left"),
    [("2026-12-01", "2027-01-04", 26), ("2027-01-10", "2027-01-04", 26), ("2027-01-11", "2027-01-11", 25),
     ("2027-07-04", "2027-06-28", 1), ("2027-07-05", "2027-07-05", 0), ("2030-01-01", "2027-07-05", 0)],
)  # fmt: skip
def test_what_is_left_counts_the_week_that_a_day_falls_into(day: str, start: str, left: int) -> None:
    weeks = Calendar(MONDAY, 26, 4).since(dt.date.fromisoformat(day))
    assert (weeks.start.isoformat(), weeks.weeks) == (start, left)


def test_no_hours_no_weeks_and_nothing_to_do_are_plans_too() -> None:
    task = Task(Goal("a", 0, 2, 5, "judge"), 1, Step(to=2, hours=5, do=""), 5)
    for weeks in (Calendar(MONDAY, 26, 0), Calendar(MONDAY, 0, 4)):
        made = schedule([task], weeks)
        assert (made.parts, made.short, made.holds) == ((), 5, False)
    nothing = schedule([], Calendar(MONDAY, 1, 4))
    assert (nothing.over, nothing.holds, nothing.reached) == (4, True, ())


def test_a_skill_longer_than_the_weeks_says_how_much_is_missing() -> None:
    task = Task(Goal("a", 0, 4, 50, "target"), 1, Step(to=4, hours=50, do=""), 50)
    (reached,) = schedule([task], Calendar(MONDAY, 10, 4)).reached
    assert (reached.week, reached.missing) == (None, 10)


# what was done

LEARN = (
    Step(to=1, hours=2, do="a"),
    Step(to=2, hours=6, do="b"),
    Step(to=2, hours=4, do="c"),
    Step(to=4, hours=20, do=""),
)
CATALOG = catalog_of({"ads": skill(learn=LEARN), "seo": skill(learn=LEARN)})
GOALS = (Goal("ads", 1, 4, 30, "target"), Goal("seo", 0, 2, 12, "judge"))


def left(*log: Logged, goals: Sequence[Goal] = GOALS) -> list[float]:
    return [task.left for task in tasks_of(CATALOG, goals, log)]


def logged(skill_id: str, hours: float, step: int | None = None, day: dt.date = MONDAY) -> Logged:
    return Logged(date=day, skill=skill_id, hours=hours, step=step)


def test_without_a_log_everything_is_left() -> None:
    assert left() == [6, 4, 20, 2, 6, 4]


def test_a_step_that_is_done_is_done_with_those_before_it() -> None:
    assert left(logged("ads", 1, step=2)) == [0, 0, 20, 2, 6, 4]


def test_hours_without_a_step_count_towards_the_first_that_is_open_and_leave_an_hour() -> None:
    assert left(logged("ads", 4)) == [2, 4, 20, 2, 6, 4]
    assert left(logged("ads", 40)) == [1, 4, 20, 2, 6, 4]
    assert left(logged("ads", 4), logged("ads", 3, step=1)) == [0, 4, 20, 2, 6, 4]
    assert left(logged("ads", 3, step=1), logged("ads", 1.5)) == [0, 2.5, 20, 2, 6, 4]


def test_a_log_of_another_skill_changes_nothing() -> None:
    assert left(logged("pr", 9, step=3)) == left()


@given(st.lists(st.builds(logged, st.sampled_from(["ads", "seo"]), st.floats(0, 9), st.none() | st.integers(1, 3))))
def test_what_is_logged_never_makes_more_to_do(log: list[Logged]) -> None:
    for before, after in zip(left(*log[:-1]), left(*log), strict=True):
        assert 0 <= after <= max(before, 1) or not log


def test_a_goals_own_hours_count_and_its_steps_share_them() -> None:
    assert left(goals=[replace(GOALS[0], hours=15)]) == [3, 2, 10]
    assert left(logged("ads", 1, step=1), goals=[replace(GOALS[0], hours=60)]) == [0, 8, 40]
    assert left(logged("ads", 9), goals=[replace(GOALS[0], hours=1)]) == pytest.approx([6 / 30, 4 / 30, 20 / 30])


def test_the_log_counts_by_its_days_and_not_by_its_lines() -> None:
    entries = (
        logged("ads", 1, step=1, day=dt.date(2027, 1, 6)),
        logged("ads", 4),
        logged("ads", 9, day=dt.date(2027, 1, 3)),
    )
    kept = PlanFile(person="ada", start=MONDAY, weeks=26, hours_per_week=4, log=entries)
    assert kept.counted == (entries[1], entries[0])
    assert left(*kept.counted) == [0, 4, 20, 2, 6, 4]


def test_goals_come_back_from_the_file_as_they_were() -> None:
    agreed = tuple(Agreed(skill=g.skill, start=g.start, to=g.to, hours=g.hours, because=g.because) for g in GOALS)
    kept = PlanFile(person="ada", start=MONDAY, weeks=26, hours_per_week=4, goals=agreed)
    assert goals_of(kept) == GOALS
