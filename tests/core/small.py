"""Small catalogs, made by hand or drawn by hypothesis, and rubrics on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rating, Sheet
from gapcheck.core.catalog import Catalog, Check, Contents, Outsource, Risk, Role, Skill, Stage, Step, Targets, Terms
from gapcheck.core.people import People
from gapcheck.core.policy import Hands
from gapcheck.core.rubric import Rubric, situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapcheck.core.policy import Policy

ALL_4 = Role(name="All-rounder", target=4)
NOBODY = People()
RATINGS: tuple[Rating, ...] = (0, 1, 2, 3, 4, 5, NOT_APPLICABLE, UNKNOWN)


def skill(name: str = "Any skill", importance: int = 3, **more: object) -> Skill:
    return Skill(name=name, importance=importance, **more)  # type: ignore[arg-type]


def catalog_of(skills: Mapping[str, Skill], role: Role = ALL_4) -> Catalog:
    """One stage with these skills, and one role."""
    contents = Contents(name="small", version="1", stages=("only",), default_role="role")
    return Catalog(contents, {"only": Stage(name="Only", skills=dict(skills))}, {"role": role}, "0" * 12)


def sheet_of(levels: Mapping[str, Rating], hands: Hands = "none", **more: object) -> Sheet:
    return Sheet(person="ada", date=dt.date(2027, 1, 4), levels=dict(levels), hands=hands, **more)  # type: ignore[arg-type]


def rubric_of(catalog: Catalog, policy: Policy, sheet: Sheet, people: People = NOBODY, *urgent: str) -> Rubric:
    """The rubric for the catalog's one role."""
    around = situation(catalog, policy, sheet, people, frozenset(urgent))
    return Rubric.compile(catalog, policy, catalog.roles["role"], around)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Step, ...]:
    """No learning steps, or some upward."""
    goals = sorted(draw(st.lists(st.integers(1, 4), max_size=5)))
    return tuple(Step(to=to, hours=draw(st.integers(1, 30)), do="") for to in goals)


@st.composite
def catalogs(draw: st.DrawFn, most: int = 7) -> Catalog:
    """Skills of every kind that need only earlier ones, and a role with a target for each."""
    skills: dict[str, Skill] = {}
    for n in range(draw(st.integers(1, most))):
        needs = st.dictionaries(st.sampled_from([*skills]), st.integers(1, 4), max_size=2) if skills else st.just({})
        skills[f"s{n}"] = skill(
            importance=draw(st.integers(1, 5)),
            outsource=draw(st.sampled_from(get_args(Outsource))),
            risk=draw(st.sampled_from((None, *get_args(Risk)))),
            needs=draw(needs),
            learn=draw(steps()),
        )
    targets = {key: draw(st.sampled_from([0, 2, 3, 4, 4])) for key in skills}
    catalog = catalog_of(skills)
    return replace(catalog, roles={"role": role_with(targets)})


def role_with(targets: Mapping[str, int], weights: Mapping[str, float] | None = None) -> Role:
    """A role with a target for each skill."""
    groups = tuple(Targets(to=to, why="Because", skills=(key,)) for key, to in targets.items())
    return Role(name="Role", weights=dict(weights or {}), targets=groups)


@st.composite
def sheets(draw: st.DrawFn, catalog: Catalog) -> Sheet:
    """Answers to some of the skills, settled levels, and hands."""
    names = st.sampled_from([*catalog.skills])
    return sheet_of(
        draw(st.dictionaries(names, st.sampled_from(RATINGS))),
        hands=draw(st.sampled_from(get_args(Hands))),
        settled=draw(st.dictionaries(names, st.integers(0, 5))),
        hands_for=draw(st.dictionaries(names, st.sampled_from(get_args(Hands)))),
    )


def check(**more: object) -> Check:
    """A check whose right answer is a."""
    said = {"question": "Which?", "options": dict.fromkeys("abcd", "Words"), "answer": "a", "why": "So it is."}
    return Check(**{**said, **more})  # type: ignore[arg-type]


def checked(name: str = "Any skill", **more: object) -> Skill:
    """A skill that matters most, with a check for each of the levels 2 to 4."""
    return skill(name, 5, **{"checks": {level: check() for level in "234"}, **more})


def staged(**stages: Stage) -> Catalog:
    """These stages, and one role."""
    contents = Contents(name="small", version="1", stages=tuple(stages), default_role="role")
    return Catalog(contents, stages, {"role": ALL_4}, "0" * 12)


def journey() -> Catalog:
    """Three stages with three, two and three skills, one of them without checks, and terms in the first and last."""
    terms = Terms(real=("reach", "yield"), invented=("flurb",))
    return staged(
        one=Stage(name="One", terms=terms, skills={key: checked(key) for key in ("a1", "a2", "a3")}),
        two=Stage(name="Two", skills={key: checked(key) for key in ("b1", "b2")}),
        three=Stage(name="Three", terms=terms, skills={"c1": checked("c1"), "c2": checked("c2"), "c3": skill("c3")}),
    )
