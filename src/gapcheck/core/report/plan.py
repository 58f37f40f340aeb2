"""The plan in weeks, told: what is done when, what reaches its level, what is left out and why, and other hours."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.cover import JUDGES
from gapcheck.core.plan import TYPICAL_HOURS, make_plan
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Gantt, Heading, Lane, Note, Table, Text
from gapcheck.core.schedule import Schedule, goals_of, schedule, tasks_of
from gapcheck.core.shapes import WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.plan import Goal, LeftOut, Plan
    from gapcheck.core.plans import PlanFile
    from gapcheck.core.report.model import Report
    from gapcheck.core.schedule import Calendar, Part, Reached

WHAT_IF = (2, 4, 6, 8)
"""Hours a week that the table of other hours compares."""

MOST_NAMES = 8
"""Names in a sentence at most."""

CURVE = (
    f"Competence grows as 1 - exp(-k h): where {TYPICAL_HOURS} hours bring 80%, as many again bring 96%. That is why a "
    "plan stops at 80 and begins the next skill. The form is an assumption; the hours are the catalog's."
)
NO_WORDS = "Real work in it, beside somebody who carries it; the catalog names no step here."


@dataclass(frozen=True, slots=True)
class Planned:
    """A report, the weeks there are, and what is done in them; `agreed` is the plan that was kept, if one was."""

    report: Report
    plan: Plan
    schedule: Schedule
    agreed: PlanFile | None = None

    @property
    def calendar(self) -> Calendar:
        """The weeks there are."""
        return self.schedule.calendar

    @property
    def reached(self) -> tuple[Goal, ...]:
        """Goals of an agreed plan that are in it no more, since the sheet says that they are reached."""
        return tuple(goal for goal in goals_of(self.agreed) if goal not in self.plan.goals) if self.agreed else ()

    def name(self, skill: str) -> str:
        """A skill's name."""
        return self.report.catalog.skills[skill].name


def planned(report: Report, calendar: Calendar) -> Planned:
    """Choose what fits into the weeks, exactly, and put it into them."""
    plan = make_plan(
        report.catalog,
        report.rubric,
        report.sheet,
        hours_per_week=calendar.hours_per_week,
        weeks=calendar.weeks,
        there=lambda hours: calendar.at(hours).hours,
    )
    return Planned(report, plan, schedule(tasks_of(report.catalog, plan.goals), calendar))


def gone_on_with(report: Report, agreed: PlanFile, goals: Sequence[Goal], calendar: Calendar) -> Planned:
    """What is left of an agreed plan, in the weeks that are left of it."""
    left = calendar.since(report.as_of)
    tasks = tasks_of(report.catalog, goals, agreed.counted)
    plan = replace(planned(report, calendar).plan, goals=tuple(goals), left_out=())
    return Planned(report, plan, schedule(tasks, left), agreed)


def progress(catalog: Catalog, kept: PlanFile, goal: Goal) -> str:
    """Where one skill of a plan stands after what was logged, in a line or two."""
    own = tasks_of(catalog, [goal], kept.counted)
    done = sum(task.is_done for task in own)
    spent = sum(one.hours for one in kept.counted if one.skill == goal.skill)
    left = sum(task.left for task in own)
    name = catalog.skills[goal.skill].name
    told = f"{name}: step {done} of {len(own)} done, {words.hours(round(spent, 1))} logged"
    if not left:
        return f"{told}. All steps to {goal.to} are done: gapcheck assess --skill {goal.skill}"
    return f"{told}, {words.hours(round(left, 1))} left to {goal.to}. The weeks: gapcheck plan"


def told(of: Planned) -> tuple[Block, ...]:
    """The whole story of a plan."""
    return (
        *_head(of),
        *_goals(of),
        *_chart(of),
        *_weeks(of),
        *_left_out(of),
        *_other_hours(of),
        Note(CURVE),
    )


def _head(of: Planned) -> Iterator[Block]:
    calendar, parts = of.calendar, of.schedule
    span = f"{words.counted(calendar.weeks, 'week')} from {words.day(calendar.start)}"
    over = f"ended on {words.day(calendar.end - dt.timedelta(days=1))}"
    aside = f"{span}, {words.hours(calendar.hours_per_week)} a week" if calendar.weeks else over
    yield Heading(1, f"{of.report.person}'s plan", aside)
    if of.reached:
        reached = [f"{of.name(goal.skill)} ({goal.to})" for goal in of.reached]
        yield Text(f"Reached: {words.listed(reached, MOST_NAMES)}.")
    if not of.schedule.tasks:
        yield Text(_nothing(of))
        return
    if of.agreed is not None and not calendar.weeks:
        yield Text(_ended(of, of.agreed))
        return
    busy = calendar.weeks * calendar.hours_per_week - calendar.hours
    less = f" ({words.hours(round(busy, 1))} less for holidays and busy weeks)" if busy > 0.05 else ""
    there = f"{words.hours(round(calendar.hours, 1))} there are{less}"
    if of.agreed is None:
        yield Text(f"Of {there}, {words.hours(round(parts.left, 1))} are planned and {_over(parts)}.")
        return
    agreed, left_to_do = of.agreed, words.hours(round(parts.left, 1))
    logged = words.hours(round(sum(one.hours for one in agreed.counted), 1))
    since = f"Agreed from {words.day(agreed.start)} for {words.counted(agreed.weeks, 'week')}."
    yield Text(f"{since} {logged} logged, {left_to_do} left to do; {there}, {_over(parts)}.")
    yield Text(_holds(of))


def _nothing(of: Planned) -> str:
    if of.agreed is not None:
        return "Everything that was agreed is reached. Rate again, then: gapcheck plan --anew"
    if not of.calendar.hours_per_week:
        return "There are no hours to plan: say --hours, or share the load first."
    if not of.calendar.hours:
        away = [f"{words.day(each.since)} to {words.day(each.until)}" for each in of.calendar.busy if not each.hours]
        return f"No day is left to learn on: holidays ({words.listed(away)}) take all of them. Say --weeks for more."
    return "Nothing to learn: every skill that should be learned is at its level, or no step fits into the hours."


def _ended(of: Planned, agreed: PlanFile) -> str:
    """That the weeks are over, what was not done in them, and what can be done about it."""
    names = words.listed([of.name(one.goal.skill) for one in of.schedule.reached if one.missing], MOST_NAMES)
    left, weekly = of.schedule.left, of.calendar.hours_per_week
    undone = f"with {words.hours(round(left, 1))} left to do for {names}" if names else "and all its steps are done"
    told = f"The plan has ended, {undone}. Rate yourself and choose again: gapcheck assess, then gapcheck plan --anew."
    if not names or not weekly:
        return told
    weeks = (of.report.as_of - agreed.start).days // 7 + math.ceil(round(left / weekly, 6))
    if not WEEKS.allows(weeks):
        return told
    return f"{told} Or go on at {words.hours(weekly)} a week: gapcheck plan --weeks {weeks} --agree"


def _over(parts: Schedule) -> str:
    return f"{words.hours(round(parts.over, 1))} are over"


def _holds(of: Planned) -> str:
    """Whether the months that were agreed still hold, and what it would take."""
    if of.schedule.holds:
        return "It still holds."
    late = [of.name(one.goal.skill) for one in of.schedule.reached if one.week is None]
    needed = next((hours for hours in range(1, 81) if _fits(of, hours)), None)
    more = f"{words.hours(needed)} a week from now on, " if needed else ""
    return (
        f"It no longer holds: {words.hours(round(of.schedule.short, 1))} are missing for {words.listed(late)}. "
        f"It takes {more}a later end (--weeks), or fewer skills (--anew)."
    )


def _fits(of: Planned, hours: int) -> bool:
    return of.calendar.at(hours).hours >= of.schedule.left


def _goals(of: Planned) -> Iterator[Block]:
    if of.schedule.reached:
        yield Heading(2, "What reaches its level", "in this order: what is needed comes first")
        columns = ("Skill", "From", "To", "Hours", "Reached", "Until then")
        yield Table(columns, tuple(_goal(of, one) for one in of.schedule.reached))


def _goal(of: Planned, one: Reached) -> tuple[str, ...]:
    goal, line = one.goal, of.report.line(one.goal.skill)
    reached = (
        f"{words.hours(round(one.missing, 1))} short" if one.week is None else words.day(of.calendar.ends(one.week))
    )
    until = ""
    if line.verdict and line.level is not None:
        until = words.meanwhile(line.verdict, line.around, line.level) or f"{words.whom(line.around)} covers"
    return of.name(goal.skill), str(goal.start), str(goal.to), str(goal.hours), reached, until


def _chart(of: Planned) -> Iterator[Block]:
    lanes = tuple(
        Lane(of.name(goal.skill), _days(of, [p for p in of.schedule.parts if p.task.goal == goal]))
        for goal in dict.fromkeys(part.task.goal for part in of.schedule.parts)
    )
    if lanes:
        yield Gantt(of.calendar.start, of.calendar.end, lanes)


def _days(of: Planned, parts: Sequence[Part]) -> tuple[dt.date, dt.date]:
    """From the first day of the first week to the day after the last of the last."""
    weeks = [part.week for part in parts]
    return of.calendar.begins(min(weeks)), of.calendar.begins(max(weeks) + 1)


def _weeks(of: Planned) -> Iterator[Block]:
    rows = tuple(_part(of, part) for part in of.schedule.parts)
    if rows:
        yield Heading(2, "Week by week")
        yield Table(("Week of", "Hours", "Skill", "Step", "Do", "Leaves"), rows)


def _part(of: Planned, part: Part) -> tuple[str, ...]:
    step, goal = part.task.step, part.task.goal
    first = not any(p.task == part.task and p.week < part.week for p in of.schedule.parts)
    does = (step.do or NO_WORDS) if first else "goes on"
    ends = f"{part.task.number}, to {step.to}" + (", done" if part.ends else "")
    leaves = step.produce if part.ends else ""
    return (
        words.day(of.calendar.begins(part.week)),
        f"{round(part.hours, 1):g}",
        of.name(goal.skill),
        ends,
        does,
        leaves,
    )


def _left_out(of: Planned) -> Iterator[Block]:
    if of.plan.left_out:
        yield Heading(2, "Left out")
        rows = tuple((of.name(left.goal.skill), str(left.goal.hours), _why_not(of, left)) for left in of.plan.left_out)
        yield Table(("Skill", "Hours", "Why"), rows)


def _why_not(of: Planned, left: LeftOut) -> str:
    """`needs 64 h, 20 h are left; at 6 h a week it fits, from July`."""
    over = words.hours(round(of.schedule.over, 1))
    why = f"needs {words.hours(left.goal.hours)}, {over} are left"
    if left.goal.hours <= of.schedule.over:
        why = "waits: other skills are to be carried first"
    if left.fits_at is None:
        return f"{why}; after this plan"
    calendar = of.calendar.at(left.fits_at)
    begins = next(
        (p.week for p in planned(of.report, calendar).schedule.parts if p.task.goal.skill == left.goal.skill), None
    )
    since = f", from {words.month(calendar.begins(begins))}" if begins is not None else ""
    return f"{why}; at {words.hours(left.fits_at)} a week it fits{since}"


def _other_hours(of: Planned) -> Iterator[Block]:
    """What other hours would bring; only while a plan is being chosen."""
    if of.agreed is not None:
        return
    yield Heading(2, "With other hours")
    rows = tuple(_what_if(of, hours) for hours in WHAT_IF)
    yield Table(("Hours a week", "Planned", "At target", "Come to judge", "Which reach their target"), rows)


def _what_if(of: Planned, hours: float) -> tuple[str, ...]:
    plan = planned(of.report, of.calendar.at(hours)).plan
    reach = [of.name(goal.skill) for goal in plan.goals if goal.because == "target"]
    judge = sum(goal.start < JUDGES <= goal.to for goal in plan.goals)
    return (
        f"{hours:g}",
        words.hours(plan.planned),
        str(len(reach)),
        str(judge),
        words.listed(reach),
    )
