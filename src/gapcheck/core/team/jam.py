"""The analytics knowledge jam: who talks about what, with which question, and whose turn it is.

Representatives of different groups each talk for 15 minutes about what they work on and how they use data. Whose turn
it is follows from the jams before: whoever has waited longest speaks first, so nobody twice before everybody once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.cover import HOLDS, JUDGES
from gapcheck.core.jams import MINUTES, OBJECTIVES, PAUSE, TALKS, Jam, Objective, Slot
from gapcheck.core.team.members import AS_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.team.members import Member, Team

OPENS = "10:00"
MIDNIGHT = 24 * 60
TUESDAY = 1
NEVER = dt.date.min

FOUNDATIONS_WEIGH = 2
"""Data and analytics count twice, being common to every marketing activity. That it is twice is an assumption."""

QUESTIONS: dict[Objective, str] = {
    "visibility": "Where do the numbers behind {it} come from, who changes them, and what did you decide with them "
    "last month?",
    "quality": "Which number behind {it} is most often missing, late or counted twice, who notices, and what would "
    "make it fit for others to use?",
    "models": "With which model, rule or comparison do you read {it}, what goes into it, and when was it last wrong?",
    "experience": "What do customers go through just before and just after this: {it}? Which of our figures shows it, "
    "and what does none show?",
    "literacy": "When would {it} look better although nothing got better, and how can the rest of us tell?",
}
"""The data question of each objective; `it` is a metric that the skill moves, or a touchpoint that takes it."""


def usual_date(today: dt.date) -> dt.date:
    """The first Tuesday of the month after today's."""
    first = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first + dt.timedelta(days=(TUESDAY - first.weekday()) % 7)


def minutes(at: str) -> int:
    """Minutes from midnight to a time of day like `10:00`."""
    return int(at[:2]) * 60 + int(at[3:])


def clock(number: int) -> str:
    """The time of day so many minutes after midnight."""
    return f"{number // 60:02}:{number % 60:02}"


def begins(at: str, slots: int, pause: int = PAUSE) -> tuple[str, ...]:
    """When each talk begins. Raises ValueError where the last one would not end before midnight."""
    starts = [minutes(at) + n * (MINUTES + pause) for n in range(slots)]
    if starts[-1] + MINUTES >= MIDNIGHT:
        raise ValueError("past midnight")
    return tuple(map(clock, starts))


def largest_kind(team: Team) -> str | None:
    """The kind with the most groups, the first by name of several; None where nobody has a group."""
    groups = {kind: {m.groups[kind] for m in team.members if kind in m.groups} for kind in team.kinds}
    return max(groups, key=lambda kind: len(groups[kind]), default=None)


def labels(team: Team, kind: str | None) -> dict[str, str]:
    """The group that each person stands for; those who have none of the kind stand for one together.

    Where that leaves no two groups, everybody stands for themselves.
    """
    found = {member.person: member.groups.get(kind or "", "") for member in team.members}
    return found if len(set(found.values())) > 1 else {person: person for person in found}


Topics = dict[str, dict[str, Fraction]]
"""What each person could speak about, with what the talk is worth. Whoever has nothing to tell is not in it."""


def topics(team: Team, label: Mapping[str, str]) -> Topics:
    """The skills that a person holds (3 or more) and most people of other groups lack (below 3).

    Worth = importance x (2 for data and analytics, else 1) x share of the others who lack it. Others without a level
    (not applicable, open) count neither way. Interest is no reason to speak: it is one to come and listen.
    """
    rated: Counter[tuple[str, str]] = Counter()
    holding: Counter[tuple[str, str]] = Counter()
    for member in team.members:
        for skill, level in _levels(team, member):
            rated[label[member.person], skill] += 1
            holding[label[member.person], skill] += level >= HOLDS
    all_rated, all_holding = _sums(rated), _sums(holding)
    worth = {}
    for group, skill in +holding:
        others = all_rated[skill] - rated[group, skill]
        lacking = others - (all_holding[skill] - holding[group, skill])
        if 2 * lacking > others:
            worth[group, skill] = _weight(team.catalog, skill) * Fraction(lacking, others)
    found = {m.person: _worth(team, m, label[m.person], worth) for m in team.members}
    return {person: of for person, of in found.items() if of}


def _levels(team: Team, member: Member) -> Iterator[tuple[str, int]]:
    for skill, byte in zip(team.skills, member.levels, strict=True):
        level = AS_LEVEL[byte]
        if level is not None:
            yield skill, level


def _sums(counts: Counter[tuple[str, str]]) -> Counter[str]:
    """Counts by skill, over all groups."""
    found: Counter[str] = Counter()
    for (_, skill), number in counts.items():
        found[skill] += number
    return found


def _weight(catalog: Catalog, skill: str) -> int:
    is_data = catalog.stages[catalog.stage_of[skill]].kind == "foundations"
    return catalog.skills[skill].importance * (FOUNDATIONS_WEIGH if is_data else 1)


def _worth(team: Team, member: Member, group: str, worth: Mapping[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    held = (skill for skill, level in _levels(team, member) if level >= HOLDS)
    return {skill: worth[group, skill] for skill in held if (group, skill) in worth}


def plan_jam(
    team: Team,
    past: Iterable[Jam],
    date: dt.date,
    slots: int = TALKS,
    *,
    since: dt.date = NEVER,
    by: str | None = None,
    at: str = OPENS,
    pause: int = PAUSE,
    tz: str | None = None,
    planned: dt.date | None = None,
) -> Jam:
    """The jam of a day: at most so many talks, nobody twice. Without slots where nobody has anything to tell.

    Turns follow from jams of earlier months, from the day `since` on; the series is that of the first of all, or a new
    one. Raises ValueError where the last talk would not end before midnight.
    """
    kind = by or largest_kind(team)
    label = labels(team, kind)
    told = topics(team, label)
    known = sorted(past, key=lambda jam: jam.date)
    before = [jam for jam in known if jam.month < date.isoformat()[:7] and jam.date >= since]
    speakers = _alternating(_speakers(told, label, before, slots), label)
    group = {member.person: member.groups.get(kind or "") for member in team.members}
    talks = [slot for jam in before for slot in jam.slots]
    found: list[Slot] = []
    for start, who in zip(begins(at, slots, pause), speakers, strict=False):
        skill, objective = _subject(team, who, told[who], talks, found)
        asked = question(team.catalog, skill, objective, [slot.question for slot in talks])
        slot = Slot(at=start, speaker=who, group=group[who], skill=skill, objective=objective, question=asked)
        found.append(slot)
        talks.append(slot)
    return Jam(
        series=known[0].series if known else new_series(date, speakers),
        date=date,
        planned=planned or date,
        talks=slots,
        pause=pause,
        by=kind,
        tz=tz,
        slots=tuple(found),
    )


def new_series(date: dt.date, speakers: Iterable[str]) -> str:
    """The id of a series, by the month and the speakers of its first jam: two teams have two, one run twice has one."""
    return hashlib.sha256("\n".join([date.isoformat()[:7], *speakers]).encode()).hexdigest()[:12]


def _speakers(told: Topics, label: Mapping[str, str], before: Sequence[Jam], slots: int) -> list[str]:
    """Whose turn it is: who has waited longest, then whose group has, then the group with the most people waiting.

    Of one group the person with the most to tell, then the first by id. A group that has just been chosen has waited
    least, so that a second speaker of it comes only after the other groups.
    """
    last = {slot.speaker: jam.date for jam in before for slot in jam.slots}
    times = Counter(slot.speaker for jam in before for slot in jam.slots)
    heard = {slot.group or "": jam.date for jam in before for slot in jam.slots}
    chosen: list[str] = []
    while len(chosen) < min(slots, len(told)):
        left = [person for person in told if person not in chosen]
        since = {person: (last.get(person, NEVER), times[person]) for person in left}
        longest = min(since.values())
        turn = [person for person in left if since[person] == longest]
        waiting = Counter(label[person] for person in turn)
        keys = {p: (heard.get(label[p], NEVER), -waiting[label[p]], -max(told[p].values()), p) for p in turn}
        chosen.append(min(turn, key=lambda person: keys[person]))
        heard[label[chosen[-1]]] = dt.date.max
    return chosen


def _alternating(people: Iterable[str], label: Mapping[str, str]) -> list[str]:
    """The same people, no two of one group in a row as far as that can be: each time the group with the most left."""
    left, row = list(people), list[str]()
    while left:
        number = Counter(label[person] for person in left)
        others = [person for person in left if not row or label[person] != label[row[-1]]] or left
        row.append(max(others, key=lambda person: number[label[person]]))
        left.remove(row[-1])
    return row


def _subject(
    team: Team, speaker: str, of: Mapping[str, Fraction], talks: Sequence[Slot], today: Sequence[Slot]
) -> tuple[str, Objective]:
    """The skill: what this jam has not, they have not, and nobody has told yet; then what is worth most.

    The objective: the one served least, by everybody and then by the speaker.
    """
    own = [slot for slot in talks if slot.speaker == speaker]
    here = {slot.skill for slot in today}
    by_them, by_all = Counter(slot.skill for slot in own), Counter(slot.skill for slot in talks)
    skill = min(of, key=lambda skill: (skill in here, by_them[skill], by_all[skill], -of[skill], team.place[skill]))
    theirs, all_ = Counter(slot.objective for slot in own), Counter(slot.objective for slot in talks)
    return skill, min(OBJECTIVES, key=lambda each: (all_[each], theirs[each]))


def question(catalog: Catalog, skill: str, objective: Objective, asked: Sequence[str] = ()) -> str:
    """The data question about a skill: after the metric it moves, or the touchpoint, that was asked after least."""

    def least(names: Iterable[str]) -> str:
        return min(names, key=lambda name: sum(name in before for before in asked))

    if objective == "experience":
        return QUESTIONS[objective].format(it=least(_places(catalog, skill)))
    metrics = {m.name: m for stage in catalog.stages.values() for m in stage.metrics.values() if skill in m.moved_by}
    if not metrics:
        return QUESTIONS[objective].format(it=f"your work on {catalog.skills[skill].name}")
    metric = metrics[least(metrics)]
    counted = metric.formula or " / ".join(part for part in (metric.numerator, metric.denominator) if part)
    means = f" {metric.name} = {counted.rstrip('.')}." if counted else ""
    return QUESTIONS[objective].format(it=metric.name) + means


def _places(catalog: Catalog, skill: str) -> tuple[str, ...]:
    """Where customers meet a skill: touchpoints of the journey; a skill behind all of them is met in every stage."""
    journey = [stage for stage in catalog.stages.values() if stage.kind == "journey"]
    points = [point.name for stage in journey for point in stage.touchpoints.values() if skill in point.skills]
    return tuple(points or [stage.name for stage in journey] or [catalog.skills[skill].name])


def revised(stored: Jam | None, plan: Jam) -> Jam:
    """What becomes of a month's jam that is planned again: itself where nothing changed, else one revision more.

    Talks beyond the new plan are kept as dropped, since calendars that know them have to be told.
    """
    if stored is None:
        return plan
    off = (*stored.slots, *stored.dropped)[len(plan.slots) :]
    new = replace(plan, revision=stored.revision + 1, dropped=off)
    return stored if replace(new, revision=stored.revision, planned=stored.planned) == stored else new


def audience(team: Team, slot: Slot) -> tuple[str, ...]:
    """Ids of those who gain most from a talk: they cannot judge the skill yet (below 2), or named it as an interest.

    Which of the two it is, is not told. Whoever has no level there is not among the first.
    """
    at = team.place.get(slot.skill)
    if at is None:
        return ()

    def gains(member: Member) -> bool:
        level = AS_LEVEL[member.levels[at]]
        return slot.skill in member.interest or (level is not None and level < JUDGES)

    return tuple(m.person for m in team.members if m.person != slot.speaker and gains(m))
