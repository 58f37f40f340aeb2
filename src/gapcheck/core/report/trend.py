"""What rose, fell and went stale since an earlier sitting, told of one person and of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gapcheck.core.report.model import Report
    from gapcheck.core.report.team import TeamReport
    from gapcheck.core.team.trend import CoverShift, TeamTrend
    from gapcheck.core.trend import Goal, Move, Shift, Trend

SIGNS = "\u2581\u2582\u2583\u2585\u2586\u2588"
"""A sign for each level from 0 to 5; where only ASCII gets through they are the digits."""

NO_LEVEL = "\N{MIDDLE DOT}"

MOST_SITTINGS = 12
"""Signs in a row at most: the latest sittings."""

MOST_NAMES = 8

SMALL_PRINT = (
    "A change of one level is within the error of a self-rating, and two ratings months apart also differ by mood and "
    "by what one has learned to see: who learns more may rate lower (docs/trend.md). Read it as a question to "
    "yourself. Not for judging anybody, nor for proving that a course paid."
)

TEAM_SMALL_PRINT = (
    "Counts rest on self-ratings, so one person's mood can move each by one. Figures compare the same people, skills "
    "and words under today's weights (docs/trend.md). No target, and no measure of anybody."
)


def spark(levels: Sequence[int | None]) -> str:
    """One sign a sitting, the oldest first: the higher the level (0-5) the taller, a dot where there is none."""
    return "".join(NO_LEVEL if level is None else SIGNS[level] for level in levels[-MOST_SITTINGS:])


def in_a_line(report: Report) -> str:
    """`Since 4 Jan 2027: 5 up, 2 down, 3 stale`; empty with one sitting only."""
    trend = report.trend
    if trend is None:
        return ""
    counts = (
        (len(trend.of("up")), "up"),
        (len(trend.of("down")), "down"),
        (len(trend.of("first")), "rated first"),
        (len(trend.stale), "stale"),
    )
    told = ", ".join(f"{number} {what}" for number, what in counts if number)
    return f"Since {words.day(trend.since)}: {told or 'nothing rose, fell or went stale'}"


def since_then(report: Report) -> Iterator[Block]:
    """The part of a report on what changed; nothing with one sitting only."""
    trend = report.trend
    if trend is None:
        return
    yield Heading(2, f"Since {words.day(trend.since)}", "levels that count, then and now")
    yield Text(_compared(trend))
    for sentence in _not_alike(report, trend):
        yield Text(sentence)
    yield from _moved(report, trend)
    yield from _others(report, trend)
    yield from _stages(report, trend)
    yield from _planned(report, trend)
    yield Note(SMALL_PRINT)


def _compared(trend: Trend) -> str:
    moved, same = trend.of("up", "down"), trend.of("same")
    kept = sum(not move.again for move in same)
    told = f"{words.counted(len(moved) + len(same), 'skill')} compared: {len(trend.of('up'))} up, "
    told += f"{len(trend.of('down'))} down, {len(same)} the same"
    told += f", {kept} of them not asked again." if kept else "."
    if moved:
        told += f" More than one level: {sum(abs(move.change) > 1 for move in moved)}."
    return told


def _not_alike(report: Report, trend: Trend) -> Iterator[str]:
    """What was otherwise then: the role, the catalog, and what a level rests on."""
    roles = report.catalog.roles
    for day, role in trend.other_roles:
        name = roles[role].name if role in roles else role
        yield f"On {words.day(day)} you answered as {words.mid(name)}; both sides are weighed for today's role."
    if trend.version is not None:
        yield (
            f"The catalog was another then ({trend.version}): skills that were reworded are not compared, and a new "
            "one is among those rated first."
        )
    mixed = sum(move.settled[0] != move.settled[1] for move in trend.of("up", "down"))
    if mixed:
        yield f"{words.counted(mixed, 'change')} between a level that checks settled and a claim: not two of a kind."


def _moved(report: Report, trend: Trend) -> Iterator[Block]:
    """What rose and fell, the furthest first, with a sign a sitting where there are three or more."""
    moved = sorted(trend.of("up", "down"), key=lambda move: (move.change < 0, -abs(move.change)))
    if not moved:
        return
    many = len(trend.days) > 2
    columns = ("Skill", "Then", "Now", "Change", *(("Sittings",) if many else ()), "Remark")
    rows = (
        (
            _name(report, move.skill),
            str(move.then),
            str(move.now),
            f"{'up' if move.change > 0 else 'down'} {abs(move.change)}",
            *((spark(move.history),) if many else ()),
            _remark(move),
        )
        for move in moved
    )
    yield Table(columns, tuple(rows))
    if many:
        first = trend.days[-MOST_SITTINGS:][0]
        yield Text(f"Sittings: one sign each from {words.day(first)} on; {SIGNS[0]} is level 0, {SIGNS[5]} is level 5.")


def _remark(move: Move) -> str:
    told = [
        f"{side} {what}"
        for what, sides in (("settled by checks", move.settled), ("unknown, counted as 0", move.unknown))
        if sides[0] != sides[1]
        for side, is_so in zip(("then", "now"), sides, strict=True)
        if is_so
    ]
    return "; ".join(told)


def _others(report: Report, trend: Trend) -> Iterator[Block]:
    groups = (
        ("Rated first", [move.skill for move in trend.of("first")]),
        ("No level any more", [move.skill for move in trend.of("gone")]),
        ("Reworded since, not compared", [move.skill for move in trend.of("reworded")]),
        ("Went stale", list(trend.stale)),
        ("Now unknown", [move.skill for move in trend.moves if move.unknown == (False, True)]),
    )
    rows = [
        (label, f"{len(skills)}: {words.listed([_name(report, skill) for skill in skills], MOST_NAMES)}")
        for label, skills in groups
        if skills
    ]
    rows += [("Not in the catalog any more", words.listed(trend.gone, MOST_NAMES))] if trend.gone else []
    if rows:
        yield Table((), tuple(rows))


def _stages(report: Report, trend: Trend) -> Iterator[Block]:
    rows = [_shift(report.catalog.stages[shift.stage].name, shift) for shift in trend.stages]
    rows += [_shift("Whole journey", trend.journey)] if trend.journey else []
    yield Heading(3, "Stages, then and now", "percent of level 5 over the skills compared, by today's weights")
    yield Table(("Stage", "Then", "Now", "Compared"), tuple(rows))


def _shift(name: str, shift: Shift) -> tuple[str, ...]:
    told = [f"{int(value)}%" if value is not None else "" for value in (shift.then, shift.now)]
    return (name, *told, f"{shift.compared} of {shift.asked}")


def _planned(report: Report, trend: Trend) -> Iterator[Block]:
    if trend.planned is None or not trend.goals:
        return
    yield Heading(3, "Planned and reached", f"the plan of {words.day(trend.planned)}")
    rows = (
        (
            _name(report, goal.skill),
            f"{goal.start} to {goal.to}",
            "" if goal.then is None else str(goal.then),
            "" if goal.now is None else str(goal.now),
            _outcome(goal),
        )
        for goal in trend.goals
    )
    yield Table(("Skill", "Planned", "Then", "Now", "Outcome"), tuple(rows))


def _outcome(goal: Goal) -> str:
    if not goal.again:
        return "not asked since the plan began"
    if goal.now is None:
        return "does not apply now"
    return "reached" if goal.is_reached else f"{words.counted(goal.to - goal.now, 'level')} to go"


def _name(report: Report, skill: str) -> str:
    return report.catalog.skills[skill].name


def team_since(report: TeamReport, trend: TeamTrend, *, names: bool = False) -> Iterator[Block]:
    """The part of a team's report on what changed since a day, people by id unless names are wanted."""
    catalog = report.team.catalog
    yield Heading(2, f"Since {words.day(trend.since)}", f"{trend.people[0]} people then, {trend.people[1]} now")
    called = report.team.name if names else str
    people = (("No sheet then", trend.joined), ("Left", trend.left))
    lost = [_lost(catalog.skills[each.skill].name, each, trend, called) for each in trend.lost]
    rows = [(label, words.listed([called(one) for one in who], MOST_NAMES)) for label, who in people if who]
    rows += [("Nobody carries any more", words.listed(lost, MOST_NAMES))] if lost else []
    if trend.reworded:
        reworded = [catalog.skills[skill].name for skill in trend.reworded]
        rows.append(("Reworded since", words.listed(reworded, MOST_NAMES)))
    if rows:
        yield Table((), tuple(rows))
    moved = [each for each in trend.covers if len({*each.holding}) > 1 or len({*each.carrying}) > 1]
    if moved:
        yield Heading(3, "Who holds and carries, then and now", "people at 3 or above, at 4 or above")
        cells = ((catalog.skills[m.skill].name, _pair(m.holding), _pair(m.carrying)) for m in moved)
        yield Table(("Skill", "Hold", "Carry"), tuple(cells))
    else:
        yield Text("As many people hold and carry each skill as then.")
    if trend.compared:
        aside = f"the {words.counted(trend.compared, 'person', 'people')} with a sheet then and now"
        yield Heading(3, "Stages, then and now", f"mean percent of level 5, {aside}, their roles and weights of today")
        shifts = tuple(_shift(catalog.stages[shift.stage].name, shift) for shift in trend.stages)
        yield Table(("Stage", "Then", "Now", "Answers compared"), shifts)
    yield Note(TEAM_SMALL_PRINT)


def _lost(name: str, shift: CoverShift, trend: TeamTrend, called: Callable[[str], str]) -> str:
    """A skill that nobody carries any more, and who carried it: told of those who left only."""
    gone = [called(person) for person in shift.carriers if person in trend.left]
    return f"{name} (carried by {' and '.join(gone)})" if gone else name


def _pair(numbers: tuple[int, int]) -> str:
    then, now = numbers
    return f"{then} to {now}" if then != now else f"{now}"
