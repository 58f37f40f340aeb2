"""The gate's rules: those assumed where there are none, and everything that can be wrong with written ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapcheck.core.gate.measures import MEASURES, group_key
from gapcheck.core.people import GateRule
from gapcheck.core.shapes import ID
from gapcheck.problems import what_is_known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.people import People
    from gapcheck.core.team import Team

DEFAULTS = (
    GateRule(measure="carry", min=1),
    GateRule(measure="hold", min=1),
    GateRule(measure="stale", max=50),
)
"""What holds where gapcheck.yaml has no rules: someone carries and someone holds every skill that a role asks for, and
half of the answers are younger than their half-life. The 50 is a choice of ours."""

Fault = tuple[tuple[object, ...], str]
"""The key path of a fault from `check.rules` on, and what is wrong."""


def groups_known(people: People, team: Team | None) -> tuple[str, ...]:
    """Every group there is, as kind:name, of people.yaml and of sheets."""
    named = [person.groups for person in people.people.values()]
    named += [dict(member.groups) for member in team.members] if team else []
    return tuple(sorted({f"{kind}:{name}" for groups in named for kind, name in groups.items()}))


def faults(rules: object, catalog: Catalog | None, groups: Collection[str] | None) -> Iterator[Fault]:
    """What is wrong with rules as the file has them, beyond the shape of single values, which its reader tells.

    Without a catalog, or without groups, what they would tell is left out.
    """
    for n, rule in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(rule, dict):
            for key, message in (*_of_measure(rule), *_of_place(rule, catalog, groups)):
                yield (n, *key), message


def _of_measure(rule: Mapping[str, Any]) -> Iterator[Fault]:
    """Whether the measure is known, and has the bound and the place that it can have."""
    name = rule.get("measure")
    if not isinstance(name, str) or not ID.allows(name):
        return
    if name not in MEASURES:
        yield ("measure",), f"unknown measure{what_is_known(name, MEASURES)}"
        return
    measure = MEASURES[name]
    wrong = "max" if measure.bound == "min" else "min"
    if rule.get(wrong) is not None:
        yield (wrong,), f"{name} takes {measure.bound}, not {wrong}"
    elif rule.get(measure.bound) is None:
        yield ("measure",), f"{measure.bound} is missing"
    else:
        yield from _of_bound(measure.bound, measure.unit, rule[measure.bound])
    for key in ("skill", "stage", "group"):
        if rule.get(key) is not None and key not in measure.takes:
            yield (key,), f"{name} is not measured by {key}"


def _of_bound(bound: str, unit: str, value: object) -> Iterator[Fault]:
    """A bound that nothing could break, or nothing could meet: such a rule says nothing about the team."""
    if not isinstance(value, (int, float)):
        return
    if bound == "min" and value == 0:
        yield (bound,), "0 is always met: the rule could never fail"
    if unit == "%" and value > 100:
        yield (bound,), "must be a percentage of at most 100"
    if unit == "%" and bound == "max" and value == 100:
        yield (bound,), "100% is always met: the rule could never fail"


def _of_place(rule: Mapping[str, Any], catalog: Catalog | None, groups: Collection[str] | None) -> Iterator[Fault]:
    """Whether the skill, stage and group are known, and there is more to count than may be missing."""
    skill, stage, group = (rule.get(key) for key in ("skill", "stage", "group"))
    if skill is not None and stage is not None:
        yield ("stage",), "give a skill or a stage, not both"
    if catalog and ID.allows(skill) and skill not in {**catalog.skills, **catalog.renamed}:
        known = catalog.like(str(skill)) or what_is_known(str(skill), catalog.skills)
        meant = known or "; gapcheck catalog show lists them"
        yield ("skill",), f"unknown skill{meant}"
    if catalog and ID.allows(stage) and stage not in catalog.stages:
        yield ("stage",), f"unknown stage{what_is_known(str(stage), catalog.stages)}"
    elif catalog and rule.get("measure") == "stand-ins" and (stage is None or ID.allows(stage)):
        skills = catalog.skills if stage is None else catalog.stages[str(stage)].skills
        if isinstance(rule.get("max"), (int, float)) and rule["max"] >= len(skills):
            yield ("max",), f"there are {len(skills)} skills: the rule could never fail"
    if groups is not None and isinstance(group, str) and group_key(group) not in map(group_key, groups):
        known = what_is_known(group, groups) or "; write it as kind:name, as people.yaml has it"
        yield ("group",), f"unknown group{known}"
