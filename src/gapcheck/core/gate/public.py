"""What everybody may see of a gate's results: whether rules hold, and nothing that puts together to a person's level.

Three things are kept back, by what rules ask and never by what they found, so that keeping back tells nothing:

- of fewer than SMALL people, everything but the outcome;
- which of several rules on small groups does not hold: they are told as one result, without place and bound;
- cover counted against different numbers on skills that differ from rule to rule: `min: 1` holds, `min: 2` does not
  and names the skill, so one person alone carries it. Such rules are told as one, too. On exactly the same skills
  both may be told, since nothing tells those skills apart and no count says "all of them".
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.gate.measures import answering, group_key, of_unjudged, within
from gapcheck.core.gate.results import RANK, RATCHET, Result
from gapcheck.core.team.members import UNGROUPED
from gapcheck.core.team.small import SMALL, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.gate.measures import Evidence, Reading
    from gapcheck.core.team import Member
    from gapcheck.problems import Span

TOGETHER = "together"
COVER = ("carry", "hold", "stand-ins")
OF_NO_PERSON = ("map-age-days",)
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
    apart = [_alone(each, seen) for each in held if each not in together]
    return (*apart, *([_as_one(together, place)] if together else []))


def _together(held: Sequence[Held], seen: Evidence) -> Iterator[Held]:
    """The rules on groups that may not be shown, and those on cover that would give a skill away."""
    telling = [each for part in _parts(held) if _gives_away(part) for each in part] + _beside_the_ratchet(held)
    for each in held:
        if each in telling or not _may_be_named(each.result, seen):
            yield each


def _beside_the_ratchet(held: Sequence[Held]) -> list[Held]:
    """The ratchet and the rules that ask for more than one: cover that fell short of two and not to nobody is one."""
    asking = [each for each in held if each.result.measure in COVER[:2] and (each.result.limit or 0) > 1]
    ratchet = [each for each in held if each.result.measure == RATCHET]
    return asking + ratchet if asking and ratchet else []


def _parts(held: Iterable[Held]) -> list[list[Held]]:
    """Rules on cover, those that share a skill with each other put together, whatever their groups."""
    parts: list[tuple[frozenset[str], list[Held]]] = []
    for each in held:
        if each.result.measure in COVER:
            skills = frozenset(each.reading.skills)
            meeting = [part for part in parts if part[0] & skills]
            parts = [part for part in parts if part not in meeting]
            parts.append((skills.union(*(s for s, _ in meeting)), [*(one for _, of in meeting for one in of), each]))
    return [part for _, part in parts]


def _gives_away(part: Sequence[Held]) -> bool:
    """Whether rules that share skills could say of one of them that exactly one person carries or holds it.

    Against one number alone they cannot: who falls short of 1 is nobody, and of 2 one or nobody. Against several, or
    "exactly one", they can, unless all are on the same skills and enough of them. And of several places the outcome of
    one can be told from those of the others: what holds in the team and in no group holds in whoever is left.
    """
    if len({each.result.group for each in part}) > 1:
        return True
    counted = [each for each in part if each.result.measure == "stand-ins"]
    bounds = {math.ceil(each.result.limit or 0) for each in part if each not in counted}
    if len(bounds) < 2 and not counted:
        return False
    skills = {frozenset(each.reading.skills) for each in part}
    fewest = min(map(len, skills))
    return len(skills) > 1 or fewest < SMALL or any((each.result.limit or 0) + 1 >= fewest for each in counted)


def _may_be_named(result: Result, seen: Evidence) -> bool:
    """Whether a rule's group is large enough, and so is what it leaves of the team; of a second kind of group none."""
    if result.group is None:
        return True
    key = group_key(result.group)
    kind = key.partition(":")[0]
    kinds = [group_key(each) for each in seen.team.kinds[:1]]
    if kinds != [f"{kind}:"] or key not in shown(_sizes(seen, kind)):
        return False
    stages = () if result.measure != "figure" else (result.stage,) if result.stage else tuple(seen.team.catalog.stages)
    return all(key in shown(_sizes(seen, kind, stage)) for stage in stages)


def _sizes(seen: Evidence, kind: str, stage: str | None = None) -> dict[str, int]:
    """How many people are in each group of a kind, or are behind a stage's figure there; those in none are one."""
    groups: defaultdict[str, list[Member]] = defaultdict(list)
    for member in seen.team.members:
        own = (group_key(f"{of}:{name}") for of, name in member.groups.items())
        groups[next((each for each in own if each.startswith(f"{kind}:")), UNGROUPED)].append(member)
    if stage is None:
        return {group: len(members) for group, members in groups.items()}
    return {group: answering(replace(seen.team, members=tuple(of)), stage) for group, of in groups.items()}


def _alone(held: Held, seen: Evidence) -> Result:
    """One result, without skills that its rule does not name and without numbers of people."""
    reading, result = held.reading, held.result
    if result.measure in OF_NO_PERSON:
        return result
    bare = replace(result, subject="", short=())
    if len(within(seen, result.group).members) < SMALL:
        return replace(bare, value=None, words=f"fewer than {SMALL} people: {OUTCOME_ONLY}")
    if result.measure == "figure" and reading.value is not None:
        if not _is_of_many(reading):
            return replace(bare, value=None, words=f"fewer than {SMALL} people, or all alike: {OUTCOME_ONLY}")
        return replace(bare, subject=reading.subject)
    if result.unit not in ("people", "skills") or reading.value is None:
        return bare
    return replace(bare, value=None, words=_counted(reading, result) + of_unjudged(reading.unjudged))


def _is_of_many(reading: Reading) -> bool:
    """Whether a mean is of enough people, who are not all alike."""
    return reading.people >= SMALL and reading.value not in (Fraction(), Fraction(100))


def _counted(reading: Reading, result: Result) -> str:
    """How many skills fall short; beyond half of them no more than that, so that "all" is never said of many."""
    number, of = len(reading.short), len(reading.skills)
    few = f"{number} of {of} {'skill' if of == 1 else 'skills'}"
    told = few if of < SMALL or 2 * number <= of else f"more than half of {of} skills"
    if result.measure == "stand-ins":
        return f"{told} carried by one person only"
    if result.unit == "skills":
        return f"{told} covered worse than in the baseline"
    least = math.ceil(result.limit or 0)
    return f"{told} short of {least} {'person' if least == 1 else 'people'}"


def _as_one(together: Sequence[Held], place: Span) -> Result:
    """The worst outcome of several rules, and nothing by which one could be told from another."""
    outcome = max((each.result.outcome for each in together), key=RANK.index)
    return Result(TOGETHER, "min", None, "", outcome, None, "", f"{AS_ONE[outcome]}: {WHY}", span=place)
