"""A policy's promises stated a second time, over all 17,280 combinations at once: a bit for each.

Nothing here asks the code that is tested: rules are matched, and what breaks a promise is said, in sets of facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint import policy_invariants as promises
from tests.core.conftest import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gapcheck.core.advice import Facts
    from gapcheck.core.policy import Rule

Set = int
"""Facts as bits: the one at place n of SPACE is bit n. Levels vary slowest, so the next level is STEP bits on."""

STEP = len(SPACE) // 6
ALL: Set = (1 << len(SPACE)) - 1
ADVICE = tuple[str, int | None, str | None]
"""Action, level to learn to before the role's target caps it, and what happens meanwhile."""


def where(holds: Callable[[Facts], bool]) -> Set:
    return int("".join("1" if holds(facts) else "0" for facts in reversed(SPACE)), 2)


FACTS = ("level", "target", "at_target", "outsource", "importance", "hands", "short", "urgent", "risk", "fits")
VALUE = {
    name: {value: where(lambda f, n=name, v=value: getattr(f, n) == v) for value in {getattr(f, name) for f in SPACE}}  # type: ignore[misc]
    for name in FACTS
}
LEVEL, TARGET, HANDS = VALUE["level"], VALUE["target"], VALUE["hands"]
DARK = LEVEL[0] | LEVEL[1]
OWN = VALUE["outsource"]["none"]
SIGNED = VALUE["risk"][True] | VALUE["outsource"]["execution"]
NOBODY = HANDS["none"]
SOMEBODY = ALL & ~NOBODY


def broken_by(advice: ADVICE) -> dict[str, Set]:
    """Each promise, and on which facts this advice breaks it."""
    action, to, meanwhile = advice
    both = "outsource-both" in (action, meanwhile)
    goes = both or "outsource-execution" in (action, meanwhile) or meanwhile == "this-week"
    judge = meanwhile == "borrowed-judge"
    broken = {
        promises.OWN_GOES_OUT: OWN & (ALL if goes else SOMEBODY if judge else 0),
        promises.TO_NOBODY: NOBODY if goes else 0,
        promises.NO_JUDGE: DARK & SIGNED if goes and not both and not judge else 0,
    }
    if action == "do":
        broken[promises.DO_BELOW_3] = (DARK | LEVEL[2]) & ~(OWN & VALUE["at_target"][True])
    if action == "learn":
        broken[promises.LEARNS_IN_NEED] = VALUE["urgent"][True] & SOMEBODY & ~OWN
        broken[promises.NOT_UPWARD] = not_upward(to)
    return {promise: facts for promise, facts in broken.items() if facts}


def not_upward(to: int | None) -> Set:
    """Where the level is reached already, once the role's target has capped it; learning to nowhere never leads up."""
    pairs = ((level, target) for level in LEVEL for target in TARGET if to is None or min(to, target) <= level)
    facts = 0
    for level, target in pairs:
        facts |= LEVEL[level] & TARGET[target]
    return facts


def help_of(advice: ADVICE) -> dict[int, Set]:
    """How much others do under this advice, and on which facts: 3 all, 2 the execution, 1 they sign, 0 nothing."""
    asked = {advice[0], advice[2]}
    theirs = 3 if asked & {"outsource-both", "borrowed-judge"} else 2
    given = theirs if asked & {"outsource-both", "borrowed-judge", "outsource-execution", "this-week"} else 0
    alone = 1 if "borrowed-judge" in asked else 0
    return {given: ALL} if given == alone else {given: SOMEBODY, alone: NOBODY}


def fired(rules: Sequence[Rule]) -> list[tuple[Rule, Set]]:
    """On which facts each rule is the first that matches."""
    left, told = ALL, []
    for rule in rules:
        here = left
        for name, allowed in rule.when.asked.items():
            some = 0
            for value in allowed:
                some |= VALUE[name][value]
            here &= some
        told.append((rule, here))
        left &= ~here
    return told


def all_broken(rules: Sequence[Rule]) -> set[tuple[str, str]]:
    """Every rule's id with every promise that it breaks anywhere."""
    at, found = fired(rules), set()
    given: dict[int, Set] = dict.fromkeys(range(4), 0)
    for rule, here in at:
        advice = (rule.then, rule.to, rule.meanwhile)
        found |= {(rule.id, promise) for promise, facts in broken_by(advice).items() if facts & here}
        for much, facts in help_of(advice).items():
            given[much] |= facts & here
    if sum(here.bit_count() for _rule, here in at) < len(SPACE):
        found.add(("", promises.NO_RULE))
    for rule, here in at:
        for much, facts in help_of((rule.then, rule.to, rule.meanwhile)).items():
            less_below = sum(given[less] for less in range(much)) << STEP
            if facts & here & less_below:
                found.add((rule.id, promises.MORE_HELP))
    return found
