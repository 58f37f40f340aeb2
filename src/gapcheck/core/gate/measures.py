"""What the gate can measure, each exactly: counts and fractions, never a rounded number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from gapcheck.core.answers import Sheet
from gapcheck.core.cover import CARRIES, HOLDS
from gapcheck.core.gate.evidence import Reading
from gapcheck.core.gate.journey import map_age, open_incidents
from gapcheck.core.interview import due
from gapcheck.core.people import People
from gapcheck.core.scoring import percent
from gapcheck.core.team import AS_LEVEL, IS_NOT_APPLICABLE, IS_OPEN, answers, at_least, cover, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gapcheck.core.gate.evidence import Evidence
    from gapcheck.core.people import GateRule
    from gapcheck.core.team import Cover, Member, Tally, Team

ALONE = (
    "one person only, and the gate judges nobody's level but one's own (gapcheck check --person ID); "
    "measure a larger group"
)
NOBODY = "nobody in it has a sheet"
A_DAY = 1
"""How many days an answer may be ahead: it is tomorrow already where somebody else sits."""

SINGULAR = {"carry": "carries", "hold": "holds"}
NO_ANSWER = "no sheet has an applicable answer here"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: which bound it takes, where it can be taken, in which unit, and whether one's own sheet has it."""

    bound: Literal["min", "max"]
    takes: tuple[str, ...]
    unit: str
    of: Callable[[GateRule, Evidence], Reading]
    own: bool = False


def exactly(number: float) -> Fraction:
    """The decimal that was written, not the binary number next to it: 79.96 is 7996/100."""
    return Fraction(repr(number))


def group_key(group: str) -> str:
    """A group whatever its capitals and blanks: `Function: Growth` is `function:growth`."""
    kind, _, name = group.partition(":")
    return f"{kind.strip()}:{' '.join(name.split())}".casefold()


def is_in(groups: Mapping[str, str], group: str | None) -> bool:
    """Whether somebody with these groups, by kind, is in a group; everybody is in none."""
    return group is None or group_key(group) in {group_key(f"{kind}:{name}") for kind, name in groups.items()}


def within(seen: Evidence, group: str | None) -> Team:
    """The part of the team that a group is; one's own sheet comes without suppliers, who are the team's."""
    members = tuple(member for member in seen.team.members if is_in(member.groups, group))
    return replace(seen.team, members=members, people=People() if seen.own else seen.team.people)


def too_few(team: Team, seen: Evidence) -> Reading | None:
    """Why nothing can be said of a level in a group of nobody, or of one person who is somebody else."""
    if len(team.members) > 1 or (team.members and seen.own):
        return None
    return Reading(None, ALONE if team.members else NOBODY)


def _asked(team: Team, rule: GateRule, least: int = 1) -> list[str]:
    """The skills that a rule is about: the one it names, else those some member's role needs at `least`, if a level."""
    if rule.skill is not None:
        return [team.catalog.renamed.get(rule.skill, rule.skill)]
    roles = [team.roles[role] for role in sorted({member.role for member in team.members})]
    skills = team.skills if rule.stage is None else team.catalog.stages[rule.stage].skills
    return [skill for skill in skills if any(role.target_of(skill) >= least for role in roles)]


def _applicable(team: Team, skills: Iterable[str]) -> list[str]:
    """Skills without those to which nobody has a level and somebody has said that they do not apply."""
    said = {skill: {member.levels[team.place[skill]] for member in team.members} for skill in skills}
    return [skill for skill, all_said in said.items() if all_said - {IS_OPEN} != {IS_NOT_APPLICABLE}]


def _is_answered(team: Team, skills: Iterable[str]) -> bool:
    places = [team.place[skill] for skill in skills]
    return any(member.levels[place] != IS_OPEN for member in team.members for place in places)


def answered_alone(team: Team) -> frozenset[str]:
    """The skills to which one person alone has an applicable answer: their cover is that person's level."""
    return frozenset(skill for skill, number in at_least(tally(team), 0).items() if number == 1)


def of_unjudged(number: int) -> str:
    """How many skills were left out since one person alone has answered them; nothing where none was."""
    told = "skill answered by one person only is" if number == 1 else "skills answered by one person only are"
    return f"; {number} {told} not judged" if number else ""


def _of_several(team: Team, rule: GateRule, seen: Evidence, least: int = 1) -> Reading:
    """The skills meant that can be judged, as a reading without a number yet; in words, why there is none."""
    if nothing := too_few(team, seen):
        return nothing
    skills = _applicable(team, _asked(team, rule, least))
    if not _is_answered(team, skills):
        return Reading(None, NO_ANSWER)
    alone = frozenset[str]() if seen.own else answered_alone(team)
    kept = tuple(skill for skill in skills if skill not in alone)
    return Reading(None, f"answered by {ALONE}", skills=kept, unjudged=len(skills) - len(kept))


def _cover(rule: GateRule, seen: Evidence, at: int, number: Callable[[Cover], int], verb: str) -> Reading:
    """The least number over the skills meant; on one's own sheet those whose target is the level."""
    team = within(seen, rule.group)
    meant = _of_several(team, rule, seen, at if seen.own else 1)
    if not meant.skills:
        return meant
    counts = {found.skill: number(found) + bool(found.suppliers) for found in cover(team, meant.skills)}
    least = min(counts, key=lambda skill: counts[skill])
    bound = least_of(rule, seen)
    short = tuple(skill for skill, count in counts.items() if count < bound)
    words = f"{team.catalog.skills[least].name}: {_carried_by(counts[least], verb, seen)}"
    if short:
        words += f"; {len(short)} of {len(counts)} {'skill' if len(counts) == 1 else 'skills'} short"
    words += of_unjudged(meant.unjudged)
    return replace(meant, value=Fraction(counts[least]), words=words, subject=least, short=short)


def least_of(rule: GateRule, seen: Evidence) -> Fraction:
    """The least number that a rule on cover asks for; of one person no more than one."""
    return min(exactly(rule.min or 0), Fraction(1)) if seen.own else exactly(rule.min or 0)


def _carried_by(number: int, verb: str, seen: Evidence) -> str:
    if seen.own:
        return f"you {verb} it" if number else f"you do not {verb} it"
    return f"{number or 'nobody'} {verb if number > 1 else SINGULAR[verb]} it"


def _carry(rule: GateRule, seen: Evidence) -> Reading:
    return _cover(rule, seen, CARRIES, lambda found: found.carrying, "carry")


def _hold(rule: GateRule, seen: Evidence) -> Reading:
    return _cover(rule, seen, HOLDS, lambda found: found.holding, "hold")


def _stand_ins(rule: GateRule, seen: Evidence) -> Reading:
    """How many skills exactly one person carries. A supplier is no stand-in: nobody here could judge the work."""
    team = within(seen, rule.group)
    meant = _of_several(team, rule, seen)
    if not meant.skills:
        return meant
    alone = tuple(found.skill for found in cover(team, meant.skills) if not found.is_safe)
    words = f"{len(alone)} of {len(meant.skills)} skills are carried by one person only{of_unjudged(meant.unjudged)}"
    return replace(meant, value=Fraction(len(alone)), words=words, subject=alone[0] if alone else "", short=alone)


def _stale(rule: GateRule, seen: Evidence) -> Reading:
    """The percentage of applicable answers to what roles ask for that are a skill's half-life old, or older."""
    team = within(seen, rule.group)
    skills = set(_asked(team, rule))
    number: Counter[str] = Counter()
    old: Counter[str] = Counter()
    ahead = 0
    for member in team.members:
        answered = _answered(team, member, skills)
        number.update(answered)
        ahead += sum((member.aged.get(skill, member.date) - seen.today).days > A_DAY for skill in answered)
        rated = Sheet(
            person=member.person, date=member.date, dates=dict(member.aged), levels=dict.fromkeys(answered, 0)
        )
        old.update(due(team.catalog, rated, answered, "stale", seen.today))
    if not number:
        return Reading(None, NO_ANSWER if team.members else NOBODY)
    if ahead:
        return Reading(None, f"{ahead} of {number.total()} answers are dated after {seen.today}; put their dates right")
    worst = max(number, key=lambda skill: (old[skill], -team.place[skill]))
    words = f"{old.total()} of {number.total()} answers are as old as their half-life, or older"
    value = Fraction(100 * old.total(), number.total())
    return Reading(value, words, worst if old[worst] else "", tuple(skill for skill in team.skills if old[skill]))


def _answered(team: Team, member: Member, skills: Iterable[str]) -> list[str]:
    """The skills that a member's role asks for and to which they have a level, unknown among them."""
    role = team.roles[member.role]
    return [s for s in skills if role.target_of(s) and AS_LEVEL[member.levels[team.place[s]]] is not None]


def _participation(rule: GateRule, seen: Evidence) -> Reading:
    """The percentage of people.yaml (of a group in it) who have a sheet."""
    meant = {key for key, person in seen.team.people.people.items() if is_in(person.groups, rule.group)}
    if not meant:
        return Reading(None, "people.yaml names nobody here")
    there = len(meant & {member.person for member in seen.team.members})
    return Reading(Fraction(100 * there, len(meant)), f"{there} of {len(meant)} people have a sheet")


def _figure(rule: GateRule, seen: Evidence) -> Reading:
    """The weighted mean percent of a stage, or of the lowest stage where none is named."""
    team = within(seen, rule.group)
    if nothing := too_few(team, seen):
        return nothing
    asked = set(_asked(team, rule))
    stages = [key for key, stage in team.catalog.stages.items() if asked & set(stage.skills)]
    counts = tally(team)
    means = {stage: _mean(team, counts, stage, seen) for stage in stages}
    unknown = [reading for reading in means.values() if reading.value is None]
    if unknown or not means:
        return unknown[0] if unknown else Reading(None, NO_ANSWER)
    worst = min(means.values(), key=lambda reading: reading.value or Fraction())
    return replace(worst, skills=tuple(skill for stage in stages for skill in _told_of(team, stage)))


def _told_of(team: Team, stage: str) -> list[str]:
    """The skills that a stage's figure is made of: those answered, which may be few where the stage has many."""
    skills = team.catalog.stages[stage].skills
    weighed = [member for member in team.members if _stage_weight(team, member.role, stage)]
    told = {skill for member in weighed for skill in _answered(team, member, skills)}
    return [skill for skill in skills if skill in told]


def _mean(team: Team, counts: Tally, stage: str, seen: Evidence) -> Reading:
    """Sum of weight x percent over sum of weights, where an answer weighs importance x the stage's for the role."""
    weights, points = Fraction(), Fraction()
    skills = team.catalog.stages[stage].skills
    for role, skill, byte, number in answers(counts, skills):
        level = AS_LEVEL[byte]
        if level is not None and team.roles[role].target_of(skill):
            weight = _stage_weight(team, role, stage) * skills[skill].importance * number
            weights += weight
            points += weight * percent(level)
    people = answering(team, stage)
    name = team.catalog.stages[stage].name
    if not weights:
        return Reading(None, f"{name}: {NO_ANSWER}", stage)
    if people == 1 and not seen.own:
        return Reading(None, f"{name}: answered by {ALONE}", stage)
    words = f"{name}: mean of {people} {'person' if people == 1 else 'people'}"
    return Reading(points / weights, words, stage, (stage,))


def answering(team: Team, stage: str) -> int:
    """How many people's answers a stage's figure is made of."""
    skills = team.catalog.stages[stage].skills
    return sum(bool(_stage_weight(team, m.role, stage) and _answered(team, m, skills)) for m in team.members)


def _stage_weight(team: Team, role: str, stage: str) -> Fraction:
    return exactly(team.roles[role].weights.get(stage, 1))


MEASURES: dict[str, Measure] = {
    "carry": Measure("min", ("skill", "stage", "group"), "people", _carry, own=True),
    "hold": Measure("min", ("skill", "stage", "group"), "people", _hold, own=True),
    "stand-ins": Measure("max", ("stage", "group"), "skills", _stand_ins),
    "stale": Measure("max", ("stage", "group"), "%", _stale, own=True),
    "participation": Measure("min", ("group",), "%", _participation),
    "figure": Measure("min", ("stage", "group"), "%", _figure, own=True),
    "map-age-days": Measure("max", (), "days", map_age),
    "open-incidents": Measure("max", (), "incidents", open_incidents),
}
"""Every measure by name; people.MEASURES lists the same names for editors."""
