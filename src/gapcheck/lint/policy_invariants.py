"""A policy keeps its promises over every combination of what its rules can read.

Whoever edits the rules of policy.yaml changes all verdicts at once, and a rule in the wrong place shows only for the
one person it hits. So every combination is tried: own level, the role's target, outsourcing, importance, risk, whom
work can go to, cover, urgency, hours. Values that no rule tells apart are tried once. What must hold:

- no *do* below level 3, except at target in what cannot be outsourced
- what cannot be outsourced is never outsourced, and nothing is outsourced to nobody, meanwhile included
- what carries a risk, or whose conception has to stay, goes out below level 2 only with a borrowed judge (conception
  and execution together always go out with one)
- no *learn* where it is urgent and somebody can take it, except in what cannot be outsourced
- a higher level never gets more outside help than a lower one
- *learn* leads upward, and not past the role's target
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding
from gapcheck.lint.situations import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.advice import Facts, Verdict
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy, Rule
    from gapcheck.problems import Severity

ID = "policy-invariants"
SEVERITY: Severity = "error"

DO_BELOW_3 = "says do below level 3; ask for level: [3, 4, 5]"
OWN_GOES_OUT = "outsources what cannot be; ask for outsource: [execution, all]"
TO_NOBODY = "outsources to nobody; ask for hands: [colleague, supplier]"
NO_JUDGE = "lets a risk or a conception go out below level 2 without a judge; say outsource-both or borrowed-judge"
LEARNS_IN_NEED = "learns what is urgent and could be handed out; put it after a rule that hands it out"
NOT_UPWARD = "learns without leading upward; say to: with a level above those it asks for"
PAST_TARGET = "learns past the role's target"
MORE_HELP = "gives more outside help than the level below gets; ask for lower levels, or hand out more below"
NO_RULE = "no rule matches; end with one whose when is empty"


def check(_catalog: Catalog, policy: Policy) -> Iterator[Finding]:
    """Each promise that a rule breaks, told once a rule, with an example."""
    told: set[tuple[str, str]] = set()
    places = {rule.id: n for n, rule in enumerate(policy.rules)}
    for rule, broken, facts in violations(policy.rules):
        if (rule, broken) not in told:
            told.add((rule, broken))
            path = ("rules", places[rule]) if rule else ("rules",)
            yield Finding("policy.yaml", path, f"{broken} (for example {_told(facts)})")


def violations(rules: Sequence[Rule]) -> Iterator[tuple[str, str, Facts]]:
    """Rule, broken promise and facts, for every combination that breaks one."""
    for at_levels in verdicts(rules):
        below = MOST_HELP
        for facts, verdict in at_levels:
            if verdict is None:
                yield "", NO_RULE, facts
                below = MOST_HELP
                continue
            yield from ((verdict.rule, broken, facts) for broken in broken_promises(facts, verdict))
            given = outside_help(facts, verdict)
            if given > below:
                yield verdict.rule, MORE_HELP, facts
            below = given


def broken_promises(facts: Facts, verdict: Verdict) -> Iterator[str]:
    """What this verdict on these facts breaks."""
    own = facts.outsource == "none"
    asked = {verdict.action, verdict.meanwhile}
    out = asked & {"outsource-execution", "outsource-both", "this-week"}
    if verdict.action == "do" and facts.level < 3 and not (own and facts.at_target):
        yield DO_BELOW_3
    if own and (out or ("borrowed-judge" in asked and facts.hands != "none")):
        yield OWN_GOES_OUT
    if out and facts.hands == "none":
        yield TO_NOBODY
    judged = asked & {"outsource-both", "borrowed-judge"}
    if out and not judged and facts.level < 2 and (facts.risk or facts.outsource == "execution"):
        yield NO_JUDGE
    if verdict.action == "learn":
        yield from _broken_by_learning(facts, verdict)


def _broken_by_learning(facts: Facts, verdict: Verdict) -> Iterator[str]:
    if facts.urgent and facts.hands != "none" and facts.outsource != "none":
        yield LEARNS_IN_NEED
    if verdict.to is None or verdict.to <= facts.level:
        yield NOT_UPWARD
    elif verdict.to > facts.target:
        yield PAST_TARGET


MOST_HELP = 3


def outside_help(facts: Facts, verdict: Verdict) -> int:
    """How much others do or answer for: 0 nothing, 1 the signature, 2 the execution, 3 all of it.

    A borrowed judge signs somebody's work: where there are hands it is theirs, conceived and made.
    """
    asked = {verdict.action, verdict.meanwhile}
    if facts.hands == "none":
        return int("borrowed-judge" in asked)
    if asked & {"outsource-both", "borrowed-judge"}:
        return MOST_HELP
    return 2 if asked & {"outsource-execution", "this-week"} else 0


def _told(facts: Facts) -> str:
    return ", ".join(f"{each.name} {str(getattr(facts, each.name)).lower()}" for each in fields(facts))
