"""gapcheck plan: which learning step in which week; agreed, and gone on with."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.plan import Goal
    from gapcheck.core.plans import Busy, Logged, PlanFile
    from gapcheck.core.report import Report
    from gapcheck.core.report.plan import Planned
    from gapcheck.core.schedule import Calendar

Hours = Annotated[
    float | None,
    options.hours_option("Hours a week; the sheet's if not given."),
]
Weeks = Annotated[
    int | None, typer.Option("--weeks", metavar="N", min=1, max=520, help="How many weeks; 26 if not given.")
]
Start = Annotated[str | None, typer.Option("--start", metavar="DATE", help="Its first day; today if not given.")]
BusyDays = Annotated[
    list[str] | None,
    typer.Option(
        "--busy",
        metavar="DATE..DATE[=N]",
        help="Holidays, or days with N hours a week at most; repeatable.",
    ),
]
Agree = Annotated[bool, typer.Option("--agree", help="Keep it: gapcheck log counts against it from then on.")]
Anew = Annotated[bool, typer.Option("--anew", help="Choose again, whatever was agreed.")]
Format = Annotated[
    str | None,
    options.format_option("terminal, markdown, html, json, csv or ics"),
]
Output = Annotated[
    list[Path] | None,
    options.output_option(".md, .html, .json, .csv, .ics, .txt"),
]


def plan(
    sheet: options.SheetPath = None,
    person: options.Person = None,
    role: options.RoleId = None,
    hours: Hours = None,
    weeks: Weeks = None,
    start: Start = None,
    busy: BusyDays = None,
    urgent: options.Urgent = None,
    agree: Agree = False,
    anew: Anew = False,
    formats: Format = None,
    output: Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Six months of learning, week by week: what reaches its level when, what is left out and why."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.files import extras, plans
    from gapcheck.reporters.plan import EXTENSIONS, FORMATS

    out.check(formats, output, FORMATS, EXTENSIONS)
    if formats == "ics" or any(path.suffix.lower() == ".ics" for path in output or ()):
        extras.need("icalendar", "a calendar")
    home = inputs.open_project(catalog, as_of)
    hurts = inputs.known_skills(home, "--urgent", urgent or ())
    days = _busy(busy or ())
    begins = _day("--start", start) if start else None
    report = inputs.judge(home, inputs.sheets_at(home, (sheet,) if sheet else (), person), role, hurts)
    with plans.held() if agree else contextlib.nullcontext():
        agreed = plans.load(report.sheet.person, home.catalog, max(home.today, inputs.day(None)))
        kept = agreed if agreed is not None and agreed.goals and not anew else None
        if kept is not None:
            _refuse_choosing(role, urgent)
        calendar = _calendar(report, kept, hours, weeks, begins, days)
        if agreed is not None and kept is None:
            to_come = (busy_days for busy_days in agreed.busy if busy_days.until >= report.as_of)
            calendar = replace(calendar, busy=(*to_come, *calendar.busy))
        made = _made(report, kept, calendar)
        if agree:
            made = _keep(made, calendar, kept, agreed.log if agreed else (), quiet=quiet)
    out.distribute(made, (FORMATS, EXTENSIONS), formats, output, no_color=no_color, quiet=quiet)


def _busy(said: Sequence[str]) -> tuple[Busy, ...]:
    """Days from the command line. Raises InputError with every fault."""
    found = [_busy_days(text) for text in said]
    wrong = [text for text, days in zip(said, found, strict=True) if days is None]
    if wrong:
        how = "must be days like 2027-02-08..2027-02-19, or with hours a week: 2027-02-08..2027-02-19=2"
        raise InputError(InputError.of(f"--busy {text[:64]}: {how}").problems[0] for text in wrong)
    return tuple(days for days in found if days is not None)


def _busy_days(text: str) -> Busy | None:
    from gapcheck.core.plans import Busy
    from gapcheck.core.shapes import WEEKLY

    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?(?:=(\d{1,4}(?:\.\d{1,4})?))?", text)
    if match is None:
        return None
    try:
        since, until = (dt.date.fromisoformat(day) for day in (match[1], match[2] or match[1]))
    except ValueError:
        return None
    hours = float(match[3] or 0)
    return Busy(since=since, until=until, hours=hours) if since <= until and WEEKLY.allows(hours) else None


def _day(option: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError.of(f"{option}: must be a date like 2027-01-04") from None


def _calendar(
    report: Report,
    kept: PlanFile | None,
    hours: float | None,
    weeks: int | None,
    begins: dt.date | None,
    busy: tuple[Busy, ...],
) -> Calendar:
    """The weeks meant: what is said now, else what was agreed, else what the sheet and the policy say."""
    from gapcheck.core.schedule import Calendar

    weekly, long, said = report.plan.hours_per_week, report.plan.weeks, busy
    blamed = "--as-of" if begins is None else "--start"
    if kept is not None:
        blamed = "--weeks"
        weekly, long, busy = kept.hours_per_week, kept.weeks, (*kept.busy, *busy)
        if begins is not None and begins != kept.start:
            raise InputError.of(f"--start: the plan that was agreed starts on {kept.start}; --anew makes another")
        begins = kept.start
    weekly, long = weekly if hours is None else hours, weeks or long
    calendar = Calendar(begins or report.as_of, long, weekly, busy)
    if calendar.start.toordinal() + 7 * long > dt.date.max.toordinal():
        raise InputError.of(f"{blamed}: the calendar ends before {long} weeks from {calendar.start} do")
    outside = [days for days in said if days.until < calendar.start or calendar.end <= days.since]
    if outside:
        last = calendar.end - dt.timedelta(days=1)
        where = f"lies outside the weeks of the plan, {calendar.start} to {last}"
        faults = [f"--busy {days.since}..{days.until}: {where}" for days in outside]
        raise InputError(InputError.of(fault).problems[0] for fault in faults)
    return calendar


def _refuse_choosing(role: str | None, urgent: Sequence[str] | None) -> None:
    """Refuse what only choosing heeds where a plan was agreed. Raises InputError with every such option.

    A role that the environment sets is meant for other commands, too, and passes.
    """
    named = None if role == os.environ.get("GAPCHECK_ROLE") else role
    said = [option for option, given in (("--role", named), ("--urgent", urgent)) if given]
    if said:
        told = "changes nothing in the plan that was agreed; --anew makes another"
        raise InputError(InputError.of(f"{option}: {told}").problems[0] for option in said)


def _made(report: Report, kept: PlanFile | None, calendar: Calendar) -> Planned:
    from gapcheck.core.report.plan import gone_on_with, planned

    if kept is None:
        return planned(report, calendar)
    return gone_on_with(report, _until(kept, report.as_of), _open_goals(report, kept), calendar)


def _until(kept: PlanFile, day: dt.date) -> PlanFile:
    """A plan as it was on a day: without what was logged later."""
    return replace(kept, log=tuple(one for one in kept.log if one.date <= day))


def _open_goals(report: Report, kept: PlanFile) -> tuple[Goal, ...]:
    """The goals of an agreed plan that the sheet does not say are reached."""
    from gapcheck.core.schedule import goals_of

    return tuple(goal for goal in goals_of(kept) if (report.sheet.settled_level(goal.skill) or 0) < goal.to)


def _keep(made: Planned, calendar: Calendar, kept: PlanFile | None, log: Sequence[Logged], *, quiet: bool) -> Planned:
    """Write a plan that was agreed, and say so. Raises InputError where nothing is in it."""
    from gapcheck.cli import inputs
    from gapcheck.cli.messages import say
    from gapcheck.files import plans

    if not made.plan.goals:
        raise InputError.of("there is nothing in it to agree to; without --agree it says why")
    after = _agreed(made, calendar, kept, log)
    path = plans.save(after)
    if not quiet:
        for one in log:
            if one not in after.log:
                say(f"left out of the log, since the new plan has no such skill or step: {_logged(one)}")
        how = "gapcheck log SKILL --hours N --step N"
        if after.person == inputs.person_id(None):
            say(f"agreed, in {path}; as you learn: {how}")
        else:
            say(f"agreed for {after.person}, in {path}; as {after.person} learns: {how} --person {after.person}")
    return replace(made, agreed=_until(after, made.report.as_of) if kept else None)


def _logged(one: Logged) -> str:
    step = "" if one.step is None else f", step {one.step}"
    return f"{one.date}, {one.skill}, {one.hours:g} h{step}"


def _agreed(made: Planned, calendar: Calendar, kept: PlanFile | None, log: Sequence[Logged]) -> PlanFile:
    """The plan as it is kept, of one that is gone on with its reached goals too.

    The log of before stays, since hours that were spent are not undone; but for what was logged since this plan began
    and it has no place for.
    """
    from gapcheck.core.plans import Agreed, PlanFile
    from gapcheck.core.schedule import steps_of

    chosen = (
        Agreed(skill=goal.skill, start=goal.start, to=goal.to, hours=goal.hours, because=goal.because)
        for goal in made.plan.goals
    )
    goals = kept.goals if kept else tuple(chosen)
    steps = steps_of(made.report.catalog, goals)
    return PlanFile(
        person=made.report.sheet.person,
        start=calendar.start,
        weeks=calendar.weeks,
        hours_per_week=calendar.hours_per_week,
        busy=tuple(dict.fromkeys(calendar.busy)),
        goals=goals,
        log=tuple(one for one in log if one.date < calendar.start or (one.step or 0) <= steps.get(one.skill, -1)),
    )
