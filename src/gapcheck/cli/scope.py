"""What the command line said of a sitting: whom it is about, which skills, and how they are checked."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapcheck.cli import inputs
from gapcheck.core.answers import CatalogRef, Rater, Sheet
from gapcheck.core.calibration import LEAST_CHECKS
from gapcheck.core.interview import (
    AGAIN,
    Again,
    Scope,
    are_checks_open,
    carried,
    checks_answered,
    doubts_of,
    due,
    left_of,
    quick,
)
from gapcheck.core.policy import Hands
from gapcheck.problems import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.catalog import Role

OFFERED = 24
"""Checks offered where the command line says nothing: two fifths of the gain of all of them (docs/simulation.md)."""


UNSURE_AT_MOST = 15
"""Checks that a sitting over what is unsure asks at most, where that many are not needed to settle anything at all."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line said already, so that it need not be asked."""

    role: str | None = None
    hours: float | None = None
    hands: Hands | None = None
    checks: str | None = None
    stages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    quick: bool = False
    again: Again | None = None
    rater: Rater = "self"
    by: str | None = None
    catalog: str | None = None
    as_of: str | None = None
    plain: bool = False

    @property
    def narrow(self) -> bool:
        """Whether the sitting is about less than the whole role."""
        return bool(self.stages or self.skills or self.quick)

    @property
    def who(self) -> str:
        """How a sheet by somebody else is told apart: `peer-ben`; empty for one's own."""
        return f"{self.rater}-{self.by}" if self.by else ""

    @property
    def flags(self) -> str:
        """What to say again in order to go on with the same sitting."""
        parts = [
            *(f"--stage {stage}" for stage in self.stages),
            *(f"--skill {skill}" for skill in self.skills),
            *(["--quick"] if self.quick else []),
            *([f"--again {self.again}"] if self.again else []),
            *([f"--rater {self.rater} --by {self.by}"] if self.by else []),
            *([f"--catalog {shlex.quote(self.catalog)}"] if self.catalog else []),
            *([f"--as-of {self.as_of}"] if self.as_of else []),
            *(["--plain"] if self.plain else []),
        ]
        return "".join(f" {part}" for part in parts)


def checked(home: Project, person: str, given: Given) -> Given:
    """What was said, every fault of it at once. Raises InputError."""
    problems = [
        *_unknown_stages(home, given.stages),
        *_unknown_skills(home, given.skills),
        *_odd(given),
        *([f"--by: {person} is the person who is rated"] if given.by == person else []),
    ]
    if problems:
        raise InputError(problem for fault in problems for problem in InputError.of(fault).problems)
    if given.role:
        inputs.role_of(home, given.role)
    return replace(given, skills=tuple(home.catalog.renamed.get(skill, skill) for skill in given.skills))


def _unknown_stages(home: Project, named: Sequence[str]) -> list[str]:
    known = home.catalog.stages
    return [f"--stage: there is no stage {one}{did_you_mean(one, known)}" for one in named if one not in known]


def _unknown_skills(home: Project, named: Sequence[str]) -> list[str]:
    known = {**home.catalog.skills, **home.catalog.renamed}
    return [f"--skill: there is no skill {one}{home.catalog.like(one)}" for one in named if one not in known]


def _odd(given: Given) -> list[str]:
    """What is no word that an option takes, or goes together with nothing else that was said."""
    found = []
    if given.again is not None and given.again not in AGAIN:
        found.append(f"--again: must be {', '.join(AGAIN[:-1])} or {AGAIN[-1]}")
    if given.checks is not None and given.checks not in ("all", "none") and not _is_count(given.checks):
        found.append("--checks: must be a number from 0 to 500, all or none")
    if given.hands not in (None, "colleague", "supplier", "none"):
        found.append("--hands: must be colleague, supplier or none")
    if given.rater not in ("self", "peer", "manager"):
        found.append("--rater: must be self, peer or manager")
    if (given.rater == "self") != (given.by is None):
        found.append("--rater peer or manager and --by ID go together")
    if given.rater in ("peer", "manager"):
        said = {"--checks": given.checks, "--hours": given.hours, "--hands": given.hands}
        about = [option for option, value in said.items() if value is not None]
        found += [f"{option}: only for one's own sheet; leave it out with --rater" for option in about]
    return found


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) < 4 and int(text) <= 500


def new_sheet(home: Project, person: str, given: Given) -> Sheet:
    """An empty sheet of today; hours and hands are the policy's and nobody until something else is said."""
    contents = home.catalog.contents
    role = given.role or home.config.role or contents.default_role
    return Sheet(
        person=person,
        role=role if role in home.catalog.roles else None,
        rater=given.rater,
        by=given.by,
        date=home.today,
        catalog=catalog_ref(home),
        hours_per_week=home.policy.hours_per_week if given.hours is None else given.hours,
        hands=given.hands or "none",
    )


def catalog_ref(home: Project) -> CatalogRef:
    """The catalog that is asked from."""
    contents = home.catalog.contents
    return CatalogRef(name=contents.name, version=contents.version, digest=home.catalog.digest)


def with_given(home: Project, sheet: Sheet, given: Given) -> Sheet:
    """The sheet with what the command line, or an opening question, said."""
    after = replace(
        sheet,
        role=given.role or sheet.role,
        hours_per_week=sheet.hours_per_week if given.hours is None else given.hours,
        hands=given.hands or sheet.hands,
    )
    if given.checks is None:
        return after
    return replace(after, check_budget=_budget(home, after, given))


def _budget(home: Project, sheet: Sheet, given: Given) -> int:
    """How many checks the sheet should come to hold: so many in all, or, asked again or in part, so many more."""
    answered = checks_answered(sheet)
    if given.checks is None or given.checks == "none":
        return answered if given.narrow or given.again else 0
    skills = skills_of(home, sheet, given)
    left = sum(map(len, left_of(home.catalog, sheet, skills).values()))
    more = left if given.checks == "all" else min(int(given.checks), left)
    if given.narrow or given.again:
        return answered + more
    return available(home, skills) if given.checks == "all" else min(int(given.checks), available(home, skills))


def available(home: Project, skills: Sequence[str]) -> int:
    """How many checks the catalog has for some skills."""
    return sum(len(home.catalog.skills[skill].checks) for skill in skills)


def asked(home: Project, role: Role) -> tuple[str, ...]:
    """The skills a role asks for, in catalog order."""
    return tuple(skill for skill in home.catalog.skills if role.target_of(skill))


def skills_of(home: Project, sheet: Sheet, given: Given) -> tuple[str, ...]:
    """The skills a sitting is about: the role's, or those named, or the stages named, or the ten that matter most."""
    _, role = inputs.role_of(home, None, sheet)
    if not given.narrow:
        return asked(home, role)
    named = set(given.skills)
    named |= {s for s in asked(home, role) if home.catalog.stage_of[s] in given.stages}
    named |= set(quick(home.catalog, role)) if given.quick else set()
    return tuple(skill for skill in home.catalog.skills if skill in named)


def scope_of(home: Project, sheet: Sheet, given: Given) -> Scope:
    """The scope of a sitting. What is unsure is not rated again: checks settle it."""
    skills = skills_of(home, sheet, given)
    since = sheet.again_since or home.today
    again = due(home.catalog, sheet, skills, given.again, since) if given.again else frozenset()
    if given.again == "unsure":
        skills = tuple(skill for skill in skills if skill in _unsure(home, sheet, skills))
    return Scope(skills, again, whole=not given.narrow and given.again is None, of_oneself=given.rater == "self")


def _unsure(home: Project, sheet: Sheet, skills: Sequence[str]) -> frozenset[str]:
    """The skills that a check can settle cheaply, and those that were never rated.

    All of them while the few have not enough checks to settle anything by.
    """
    found = [doubt.skill for doubt in doubts_of(home.catalog, sheet, skills) if doubt.way == "check"]
    left = sum(map(len, left_of(home.catalog, sheet, found).values()))
    if checks_answered(sheet) + left < LEAST_CHECKS:
        return frozenset(skills)
    return frozenset([*found, *(skill for skill in skills if skill not in sheet.levels)])


def begun_again(home: Project, sheet: Sheet, given: Given) -> Sheet:
    """The latest sheet carried over to today; where something is unsure, with room for the checks that settle it."""
    since = (sheet.again_since or home.today) if given.again == "all" else None
    goes_on = sheet.date == home.today and are_checks_open(sheet)
    sheet = replace(carried(sheet, home.today), catalog=catalog_ref(home), again_since=since)
    if given.again != "unsure" or given.checks is not None or goes_on:
        return sheet
    skills = scope_of(home, sheet, given).skills
    answered, left = checks_answered(sheet), sum(map(len, left_of(home.catalog, sheet, skills).values()))
    return replace(sheet, check_budget=answered + min(left, max(OFFERED - answered, UNSURE_AT_MOST)))
