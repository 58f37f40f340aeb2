"""Roles, anchors and the journey map as questions a catalog answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.catalog import (
    GENERAL_SCALE,
    LEVEL_NAMES,
    Catalog,
    Contents,
    Metric,
    Role,
    Skill,
    Stage,
    Targets,
    Touchpoint,
)
from tests.core.small import skill

NAMES = ("copy", "buying", "checkout")
GROUPS = st.lists(
    st.builds(
        Targets,
        to=st.sampled_from([0, 2, 3, 4]),
        why=st.sampled_from(["Runs it daily", "Another team's job", ""]),
        skills=st.lists(st.sampled_from(NAMES)).map(tuple),
    )
)


@given(GROUPS, st.sampled_from([0, 2, 3, 4]), st.sampled_from([*NAMES, "never-named"]))
def test_the_last_group_that_names_a_skill_counts(groups: list[Targets], default: int, asked: str) -> None:
    """Its target and its reason; else the role's own target, which needs no reason."""
    role = Role(name="Any", target=default, targets=tuple(groups))
    target, why = default, ""
    for group in groups:
        if asked in group.skills:
            target, why = group.to, group.why
    assert (role.target_of(asked), role.reason_for(asked)) == (target, why)


def test_without_a_word_a_role_carries_every_skill() -> None:
    assert Role(name="Any").target_of("copy") == 4


@pytest.mark.parametrize("level", range(6))
def test_a_level_without_words_of_its_own_falls_back_to_the_general_scale(level: int) -> None:
    own = skill(levels={str(level): "Its own words."})
    assert own.anchor(level) == "Its own words."
    for other in set(range(6)) - {level}:
        assert own.anchor(other) == GENERAL_SCALE[other]
    assert skill().anchor(level) == GENERAL_SCALE[level]


def test_six_levels_have_six_names_and_six_meanings() -> None:
    assert len(set(LEVEL_NAMES)) == len(set(GENERAL_SCALE)) == 6


@pytest.fixture
def journey() -> Catalog:
    def stage(name: str, *skills: str) -> Stage:
        return Stage(
            name=name,
            touchpoints={f"at-{key}": Touchpoint(name=f"{name} {key}", skills=(key, "copy")) for key in skills},
            metrics={
                key: Metric(name=f"{name} rate of {key}", unit="percent", better="higher", moved_by=(key,))
                for key in skills
            },
            skills={key: skill(name=key, was=(f"old-{key}",)) for key in skills},
        )

    stages = {"awareness": stage("Awareness", "copy", "buying"), "decision": stage("Decision", "checkout")}
    return Catalog(Contents(name="two", version="1", stages=tuple(stages)), stages, {}, "0" * 12)


def test_skills_keep_the_order_of_the_journey(journey: Catalog) -> None:
    assert list(journey.skills) == ["copy", "buying", "checkout"]


def test_every_skill_knows_its_stage(journey: Catalog) -> None:
    assert journey.stage_of == {"copy": "awareness", "buying": "awareness", "checkout": "decision"}


def test_former_names_lead_to_the_present_one(journey: Catalog) -> None:
    assert journey.renamed == {"old-copy": "copy", "old-buying": "buying", "old-checkout": "checkout"}


def test_a_skill_is_traced_to_the_customer_across_all_stages(journey: Catalog) -> None:
    assert journey.touchpoints_taking("copy") == ("Awareness copy", "Awareness buying", "Decision checkout")
    assert journey.touchpoints_taking("checkout") == ("Decision checkout",)
    assert journey.touchpoints_taking("unheard-of") == ()


def test_a_skill_is_traced_to_the_metrics_it_moves(journey: Catalog) -> None:
    assert journey.metrics_moved_by("checkout") == ("Decision rate of checkout",)
    assert journey.metrics_moved_by("unheard-of") == ()


def named(**skills: Skill) -> Catalog:
    stage = Stage(name="One", skills={key.replace("_", "-"): value for key, value in skills.items()})
    return Catalog(Contents(name="small", version="1", stages=("one",)), {"one": stage}, {}, "")


TRADE = named(
    search_visibility=Skill(name="Search and answer visibility", importance=4, known_as=("SEO", "AEO")),
    paid_search=Skill(name="Paid search", importance=4, known_as=("PPC",)),
    paid_social=Skill(name="Paid social", importance=4),
    checkout=Skill(name="Checkout", importance=4),
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("seo", "search-visibility"),
        ("PPC", "paid-search"),
        ("Paid social", "paid-social"),
        ("chekout", "checkout"),
        ("check", "checkout"),
        ("soc", "paid-social"),
        ("search", "search-visibility or paid-search"),
    ],
)
def test_what_is_no_id_is_understood_by_name_abbreviation_slip_or_beginning(word: str, meant: str) -> None:
    assert TRADE.like(word) == f"; did you mean {meant}?"


@pytest.mark.parametrize("word", ["", "x", "-", "nonsense"])
def test_what_means_nothing_gets_no_guess(word: str) -> None:
    assert TRADE.like(word) == ""


def test_no_guess_among_more_than_a_few() -> None:
    assert named(**{f"paid_{n}": skill(f"P{n}") for n in "abcd"}).like("paid") == ""
