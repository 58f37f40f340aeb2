"""The one function that judges, and its reasons. Everything it needs comes in as facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.core.catalog import LEVEL_NAMES, Outsource, Risk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.policy import Action, Hands, Meanwhile, Rule

TARGET_NAMES = {0: "not this role's", 2: "judge", 3: "hold", 4: "carry"}
"""What a role's target asks for, one verb each."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a verdict may read, for one skill of one person."""

    level: int
    target: int
    outsource: Outsource
    importance: int
    risk: bool
    hands: Hands
    short: bool
    urgent: bool
    fits: bool

    @property
    def at_target(self) -> bool:
        """Whether the level is at least what the role needs now."""
        return self.level >= self.target


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about one skill: the rule that fired, the action, how far to learn, what to do meanwhile."""

    rule: str
    action: Action
    to: int | None = None
    meanwhile: Meanwhile | None = None

    @property
    def advice(self) -> tuple[Action, int | None, Meanwhile | None]:
        """The verdict without the rule that gave it: two rules may give the same advice."""
        return self.action, self.to, self.meanwhile


class NoRuleMatches(ValueError):  # noqa: N818 (a sentence, not a noun)
    """The policy says nothing about these facts: its last rule should have an empty `when`."""


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether every fact the rule asks for is as it wants it."""
    return all(getattr(facts, name) in allowed for name, allowed in rule.when.asked.items())


def matching(rules: Sequence[Rule], facts: Facts) -> Iterator[Verdict]:
    """Verdicts of all rules that match, in order: the first is the verdict, the second is next in line."""
    for rule in rules:
        if matches(rule, facts):
            to = None if rule.to is None else min(rule.to, facts.target)
            yield Verdict(rule.id, rule.then, to, rule.meanwhile)


def decide(rules: Sequence[Rule], facts: Facts) -> Verdict:
    """The verdict of the first rule that matches. Raises NoRuleMatches if there is none."""
    for verdict in matching(rules, facts):
        return verdict
    raise NoRuleMatches(f"no rule matches {facts}")


URGENT, NOT_URGENT = "it were urgent", "it were not urgent"
"""In words, what would have to be so."""


def variations(facts: Facts) -> Iterator[tuple[str, Facts]]:
    """The same facts with one thing changed, in words: what could flip a verdict."""
    for step in (-1, 1):
        if 0 <= facts.level + step <= 5:
            yield f"your level were {facts.level + step}", replace(facts, level=facts.level + step)
    for target in (2, 3, 4):
        if target != facts.target:
            yield f"the role's target were {target}", replace(facts, target=target)
    if facts.hands != "none":
        yield "nobody could take it", replace(facts, hands="none", short=True)
    yield NOT_URGENT if facts.urgent else URGENT, replace(facts, urgent=not facts.urgent)


def flips(rules: Sequence[Rule], facts: Facts) -> tuple[tuple[str, Verdict], ...]:
    """Each single change that would give other advice, with the verdict it would give."""
    now = decide(rules, facts).advice
    changed = ((words, decide(rules, other)) for words, other in variations(facts))
    return tuple((words, verdict) for words, verdict in changed if verdict.advice != now)


def reasons(rule: Rule, facts: Facts, risk: Risk | None = None, because: str = "") -> dict[str, str]:
    """What the rule read, a sentence per fact; the level against the target always comes first.

    `because` is what makes the skill urgent: it is told whether the rule read it or not.
    """
    told = {
        "outsource": {
            "all": "Conception and execution can both be handed out.",
            "execution": "Execution can be handed out; its conception has to stay.",
            "none": "It cannot be handed out.",
        }[facts.outsource],
        "importance": f"Its importance is {facts.importance} of 5.",
        "hands": {
            "colleague": "A colleague carries it.",
            "supplier": "A supplier can take it.",
            "none": "There is nobody to hand it to.",
        }[facts.hands],
        "short": "Fewer people carry it than are needed." if facts.short else "Enough others carry it already.",
        "urgent": f"It is urgent{because and ': '}{because}." if facts.urgent else "It is not urgent.",
        "risk": f"It carries a {risk or 'named'} risk." if facts.risk else "It carries no named risk.",
        "fits": "Learning it fits into the hours." if facts.fits else "Learning it does not fit into the hours.",
    }
    read = [name for name in rule.when.asked if name in told]
    if because and "urgent" not in read:
        read.append("urgent")
    if rule.then == "leave" and "hands" not in read:
        read.append("hands")  # whoever leaves a skill wants to know why nobody takes it
    return {"level": against_target(facts), **{name: told[name] for name in read}}


def against_target(facts: Facts) -> str:
    """Own level beside the role's target, in words."""
    own = f"You are at {facts.level} ({LEVEL_NAMES[facts.level]})"
    if facts.target == 0:
        return f"{own}; the skill is not this role's."
    return f"{own}; the role needs {facts.target} ({TARGET_NAMES[facts.target]})."
