"""What everybody may see of a gate's results: whether rules hold, and nothing that puts together to a person's level.

Three things are kept back, by what rules ask and never by what they found, so that keeping back tells nothing:

- means, names of skills, and how many people or answers there are: what is left is outcomes, and counts of skills that
  never say "all of them";
- which of several rules does not hold that fewer than SMALL people are behind: they are told as one result, without
  place and bound;
- cover that is counted on skills, in places, or against numbers that differ from rule to rule: `min: 1` holds, `min: 2`
  does not and names the skill, so one person alone carries it. Such rules are told as one, too. On exactly the same
  skills both may be told, since nothing tells those skills apart.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.gate.journey import MAP_AGE, OPEN_INCIDENTS
from gapcheck.core.gate.measures import answering, group_key, of_unjudged
from gapcheck.core.gate.results import RANK, RATCHET, Result
from gapcheck.core.team.members import UNGROUPED
from gapcheck.core.team.small import SMALL, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.gate.evidence import Evidence, Reading
    from gapcheck.core.team import Member, Team
    from gapcheck.problems import Span

TOGETHER = "together"
COVER = ("carry", "hold", "stand-ins")
OF_NO_PERSON = (MAP_AGE, OPEN_INCIDENTS)
OUTCOME_ONLY = "only the outcome is shown"
AS_ONE = {"pass": "all of them hold", "fail": "not all of them hold", "cannot-judge": "not all of them can be judged"}
WHY = "they are about few people, or one person's level could be worked out of them; without --public each is told"


@dataclass(frozen=True, slots=True)
class Held:
    """One rule held against the team: what was measured, and the result as the team itself may see it."""

    reading: Reading
    result: Result


def in_public(held: Sequence[Held], seen: Evidence, place: Span) -> tuple[Result, ...]:
    """The results that everybody may see, those that are told as one last; `place` is where the rules stand."""
    together = [*_together(held, seen)]
    apart = [_alone(each) for each in held if each not in together]
    return (*apart, *([_as_one(together, place)] if together else []))


def _together(held: Sequence[Held], seen: Evidence) -> Iterator[Held]:
    """The rules that few people are behind, and those on cover that would give a skill away."""
    telling = [each for part in _parts(held, seen) if _gives_away(part, seen) for each in part]
    telling += _beside_the_ratchet(held)
    for each in held:
        if each in telling or not _may_be_named(each.result, seen):
            yield each


def _beside_the_ratchet(held: Sequence[Held]) -> list[Held]:
    """The ratchet and the rules on cover, where what it says can be put down to a skill.

    It can where it is about few skills, or about few that no rule is about: what has got worse and holds there has got
    worse elsewhere. And it can beside rules that ask for more than one: what is short of two and not of one is one's.
    """
    covers = [each for each in held if each.result.measure in COVER]
    ratchet = [each for each in held if each.result.measure == RATCHET]
    judged = {skill for each in ratchet for skill in each.reading.skills}
    left = judged.difference(*(each.reading.skills for each in covers))
    asks = any(each.result.measure != "stand-ins" and (each.result.limit or 0) > 1 for each in covers)
    return covers + ratchet if covers and judged and (asks or len(judged) < SMALL or 0 < len(left) < SMALL) else []


def _parts(held: Iterable[Held], seen: Evidence) -> list[list[Held]]:
    """Rules on cover, and on figures where a stage's is of few skills, that share a skill put together."""
    parts: list[tuple[frozenset[str], list[Held]]] = []
    for each in held:
        skills = frozenset(each.reading.skills)
        if each.result.measure in COVER or (each.result.measure == "figure" and _fewest(each, seen) < SMALL):
            meeting = [part for part in parts if part[0] & skills]
            parts = [part for part in parts if part not in meeting]
            parts.append((skills.union(*(s for s, _ in meeting)), [*(one for _, of in meeting for one in of), each]))
    return [part for _, part in parts]


def _fewest(held: Held, seen: Evidence) -> int:
    """How many skills a number is of; for figures in the smallest stage, since each stage's has to reach the bound."""
    skills = frozenset(held.reading.skills)
    if held.result.measure != "figure":
        return len(skills)
    of_stages = (len(skills & set(stage.skills)) for stage in seen.team.catalog.stages.values())
    return min(filter(None, of_stages), default=0)


def _gives_away(part: Sequence[Held], seen: Evidence) -> bool:
    """Whether rules that share skills could say of one of them who or how many carry or hold it.

    On other skills or in other places they can: what falls short in the whole and not in a part falls short in the
    rest. On the same they can where they ask for different numbers, or for "exactly one", of few skills.
    """
    if len({(each.result.group, frozenset(each.reading.skills)) for each in part}) > 1:
        return True
    counted = [each for each in part if each.result.measure == "stand-ins"]
    bounds = {math.ceil(each.result.limit or 0) for each in part if each not in counted}
    skills = len(part[0].reading.skills)
    few = any(_fewest(each, seen) < SMALL for each in part)
    few = few or any((each.result.limit or 0) + 1 >= skills for each in counted)
    return few and (len(bounds) > 1 or bool(counted))


def _may_be_named(result: Result, seen: Evidence) -> bool:
    """Whether enough people are behind a rule, and behind what a group leaves of the team; of a second kind none."""
    if result.measure in OF_NO_PERSON:
        return True
    stages = (result.stage,) if result.stage else tuple(seen.team.catalog.stages)
    meant = (None, *(stages if result.measure == "figure" else ()))
    if result.group is None:
        return all(_behind(seen.team, stage) not in range(1, SMALL) for stage in meant)
    key = group_key(result.group)
    kind = key.partition(":")[0]
    first = [group_key(each) for each in seen.team.kinds[:1]]
    return first == [f"{kind}:"] and all(key in shown(_sizes(seen, kind, stage)) for stage in meant)


def _sizes(seen: Evidence, kind: str, stage: str | None) -> dict[str, int]:
    """How many people are behind each group of a kind; those in none are one group."""
    groups: defaultdict[str, list[Member]] = defaultdict(list)
    for member in seen.team.members:
        own = (group_key(f"{of}:{name}") for of, name in member.groups.items())
        groups[next((each for each in own if each.startswith(f"{kind}:")), UNGROUPED)].append(member)
    return {group: _behind(replace(seen.team, members=tuple(of)), stage) for group, of in groups.items()}


def _behind(team: Team, stage: str | None) -> int:
    """How many people a stage's figure is made of; without a stage, how many there are."""
    return len(team.members) if stage is None else answering(team, stage)


def _alone(held: Held) -> Result:
    """One result, without skills that its rule does not name and without numbers of people or answers.

    A mean is a sum of levels: near either end it narrows everybody's, and weights that differ tell whose is whose.
    """
    reading, result = held.reading, held.result
    if result.measure in OF_NO_PERSON:
        return result
    bare = replace(result, subject="", short=())
    if reading.value is None:
        return bare
    if result.measure in ("figure", RATCHET):
        return replace(bare, value=None, words=OUTCOME_ONLY)
    if result.measure == "stale":
        return replace(bare, words="of the answers are as old as their half-life, or older")
    if result.unit == "%":
        return bare
    return replace(bare, value=None, words=_counted(reading, result) + of_unjudged(reading.unjudged))


def _counted(reading: Reading, result: Result) -> str:
    """How many skills fall short; from half of them on no more than that, so that "all" is never said of several."""
    number, of = len(reading.short), len(reading.skills)
    few = f"{number} of {of} {'skill' if of == 1 else 'skills'}"
    told = f"half or more of {of} skills" if 1 < of <= 2 * number else few
    if result.measure == "stand-ins":
        return f"{told} carried by one person only"
    least = math.ceil(result.limit or 0)
    return f"{told} short of {least} {'person' if least == 1 else 'people'}"


def _as_one(together: Sequence[Held], place: Span) -> Result:
    """The worst outcome of several rules, and nothing by which one could be told from another."""
    outcome = max((each.result.outcome for each in together), key=RANK.index)
    words, number = f"{AS_ONE[outcome]}: {WHY}", len(together)
    return Result(TOGETHER, "min", None, "", outcome, None, "", words, span=place, rules=number)
