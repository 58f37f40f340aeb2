"""The catalog: stages of the journey, their touchpoints and metrics, and the skills behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from gapcheck.core.shapes import DAY, GOAL, HOURS, ID, IMPORTANCE, LEVEL, MONTHS, NAME, TARGET, WEIGHT, Record
from gapcheck.problems import did_you_mean

SkillId = Annotated[str, ID]
Id = Annotated[str, ID]
Name = Annotated[str, NAME]
LevelKey = Literal["0", "1", "2", "3", "4", "5"]
Outsource = Literal["all", "execution", "none"]
Risk = Literal["legal", "money", "reputation"]

GENERAL_SCALE = (
    "In the dark: could not say what it is for.",
    "Aware: can say what it is and when it is used.",
    "Can judge: briefs a specialist, tells good work from bad, says why.",
    "Can do with help: a usable piece, with a template or a colleague.",
    "Can step in: delivers alone, under a deadline, what a colleague would ship.",
    "Specialist: others bring the hard cases.",
)
"""What levels 0 to 5 mean where a skill has no words of its own for one."""

LEVEL_NAMES = ("in the dark", "aware", "can judge", "with help", "can step in", "specialist")
"""The six levels, two words each."""

FEW = 3
"""Skills that are named where a word could mean any of them; more are no help."""


@dataclass(frozen=True, kw_only=True)
class Check(Record):
    """A knowledge check: one question that tests judgement, four options, one right."""

    question: str
    options: dict[Literal["a", "b", "c", "d"], str]
    answer: Literal["a", "b", "c", "d"]
    why: str
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    """A learning step: the level it leads to, hours it takes, what to do, and what comes out."""

    to: Annotated[int, GOAL]
    hours: Annotated[int, HOURS]
    do: str
    produce: str = ""


@dataclass(frozen=True, kw_only=True)
class Brief(Record):
    """What a specialist needs to know to start."""

    goal: str = ""
    audience: str = ""
    deliver: str = ""
    constraints: str = ""
    accept_when: str = ""
    ask_first: str = ""
    warning_signs: str = ""


@dataclass(frozen=True, kw_only=True)
class Skill(Record):
    """One skill with its anchored levels; only name and importance are required."""

    name: Name
    known_as: tuple[Name, ...] = ()
    what: str = ""
    why: str = ""
    importance: Annotated[int, IMPORTANCE]
    importance_why: str = ""
    outsource: Outsource = "all"
    risk: Risk | None = None
    risk_why: str = ""
    half_life_months: Annotated[int, MONTHS] = 24
    half_life_why: str = ""
    revised: Annotated[dt.date, DAY] | None = None
    was: tuple[SkillId, ...] = ()
    needs: dict[SkillId, Annotated[int, LEVEL]] = field(default_factory=dict)
    levels: dict[LevelKey, Name] = field(default_factory=dict)
    good_work: tuple[str, ...] = ()
    brief: Brief = field(default_factory=Brief)
    learn: tuple[Step, ...] = ()
    specialist: str = ""
    checks: dict[Literal["2", "3", "4"], Check] = field(default_factory=dict)
    references: tuple[str, ...] = ()

    def anchor(self, level: int) -> str:
        """What the level (0-5) means for this skill, or in general where the skill does not say."""
        return self.levels.get(str(level), GENERAL_SCALE[level])  # type: ignore[call-overload,no-any-return]


@dataclass(frozen=True, kw_only=True)
class Touchpoint(Record):
    """A place where the customer meets us (or where the work of leading happens), and what it takes."""

    name: Name
    skills: tuple[SkillId, ...]
    leads_to: tuple[Id, ...] = ()
    conversions: dict[Id, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Metric(Record):
    """A figure that shows how the stage is doing, and the skills that move it."""

    name: Name
    numerator: str = ""
    denominator: str = ""
    formula: str = ""
    unit: Literal["percent", "count", "currency", "seconds", "ratio"]
    better: Literal["higher", "lower"]
    moved_by: tuple[SkillId, ...]


@dataclass(frozen=True, kw_only=True)
class Terms(Record):
    """Words of the trade for one tick-what-you-know question; the invented ones do not exist."""

    real: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stage(Record):
    """A stage of the journey, or one that crosses all stages; `leadership` has a figure of its own."""

    name: Name
    kind: Literal["journey", "foundations", "leadership"] = "journey"
    goal: str = ""
    touchpoints: dict[Id, Touchpoint] = field(default_factory=dict)
    metrics: dict[Id, Metric] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)
    skills: dict[SkillId, Skill]


@dataclass(frozen=True, kw_only=True)
class Targets(Record):
    """The level that a role needs of some skills now, and why it departs from the role's default."""

    to: Annotated[int, TARGET]
    why: str
    skills: tuple[SkillId, ...]


@dataclass(frozen=True, kw_only=True)
class Role(Record):
    """What a job needs: 4 carry, 3 hold, 2 judge, 0 not this role's; and what each stage weighs."""

    name: Name
    target: Annotated[int, TARGET] = 4
    weights: dict[Id, Annotated[float, WEIGHT]] = field(default_factory=dict)
    targets: tuple[Targets, ...] = ()

    def target_of(self, skill: str) -> int:
        """The level (0, 2, 3 or 4) this role needs of a skill; the last group that names it counts."""
        named = [group.to for group in self.targets if skill in group.skills]
        return named[-1] if named else self.target

    def reason_for(self, skill: str) -> str:
        """Why the target differs from the role's default; empty where it does not."""
        named = [group.why for group in self.targets if skill in group.skills]
        return named[-1] if named else ""


@dataclass(frozen=True, kw_only=True)
class Contents(Record):
    """`catalog.yaml`: name and version, stages in order, the role assumed if none is given, lint rules switched off."""

    name: Id
    version: Annotated[str, NAME]
    stages: tuple[Id, ...]
    default_role: Id | None = None
    lint_ignore: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Catalog:
    """Everything a folder of skills says, with a digest (12 hex digits) of its content."""

    contents: Contents
    stages: dict[str, Stage]
    roles: dict[str, Role]
    digest: str

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """Every skill by id, in catalog order."""
        return {key: skill for stage in self.stages.values() for key, skill in stage.skills.items()}

    @cached_property
    def stage_of(self) -> dict[str, str]:
        """The stage id of every skill."""
        return {skill: key for key, stage in self.stages.items() for skill in stage.skills}

    @cached_property
    def touchpoints(self) -> dict[str, Touchpoint]:
        """Every touchpoint by id, in catalog order."""
        return {key: point for stage in self.stages.values() for key, point in stage.touchpoints.items()}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Former skill ids and what they are called now."""
        return {old: key for key, skill in self.skills.items() for old in skill.was}

    def like(self, word: str) -> str:
        """`; did you mean X?` for what is no skill's id: a skill's name or abbreviation, a slip, words of an id."""
        called = [key for key, skill in self.skills.items() if word.casefold() in _called(skill)]
        found = called or [key for key in self.skills if _begins_words_of(key, word.casefold())]
        if not found:
            return did_you_mean(word, self.skills)
        return f"; did you mean {' or '.join(found)}?" if len(found) <= FEW else ""

    def touchpoints_taking(self, skill: str) -> tuple[str, ...]:
        """Names of the touchpoints that a skill serves, in catalog order."""
        return tuple(
            point.name
            for stage in self.stages.values()
            for point in stage.touchpoints.values()
            if skill in point.skills
        )

    def metrics_moved_by(self, skill: str) -> tuple[str, ...]:
        """Names of the metrics that a skill moves, in catalog order."""
        return tuple(
            metric.name
            for stage in self.stages.values()
            for metric in stage.metrics.values()
            if skill in metric.moved_by
        )


def _called(skill: Skill) -> set[str]:
    """A skill's name and what else it is known as, whatever the capitals."""
    return {name.casefold() for name in (skill.name, *skill.known_as)}


def _begins_words_of(key: str, word: str) -> bool:
    """Whether the words of an id begin with those that were typed, in any order."""
    typed = word.replace("_", "-").replace(" ", "-").split("-")
    return len(word) > 1 and all(any(part.startswith(each) for part in key.split("-")) for each in typed)
