"""What every shipped skill has to have, so that a rating measures something and a gap can be acted on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.core.duration import asked_of, check_minutes, rating_minutes
from gapcheck.core.interview import quick
from gapcheck.files import catalogs

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog

Skills = dict[str, dict[str, Any]]
CATALOG = catalogs.load(catalogs.shipped()).catalog
BRIEF = ["goal", "audience", "deliver", "constraints", "accept_when", "ask_first", "warning_signs"]
AMERICAN = re.compile(r"\b\w*(?:ization|izing|ized|behavior|favorite|labeled)\b|\bcolor\b", re.IGNORECASE)
REVISED = {
    # the words of levels as they stood on the day of `revised`: change both together
    "awareness": ("2026-11-27", "60c1c2a66e0c"),
    "consideration": ("2026-11-27", "61b27769050e"),
    "decision": ("2026-11-27", "6bc22c03a97b"),
    "retention": ("2026-11-27", "2bd4c2b11732"),
    "advocacy": ("2026-11-27", "a5a76c2004a6"),
    "foundations": ("2026-11-27", "5c79f18816d5"),
    "leadership": ("2026-11-27", "ad564f95ed62"),
}

every_skill = pytest.mark.parametrize("key", CATALOG.skills)


@pytest.fixture
def catalog() -> Catalog:
    return CATALOG


@every_skill
def test_six_anchors_of_at_most_21_words_each_distinct(key: str, skills: Skills) -> None:
    levels = skills[key]["levels"]
    assert sorted(levels) == list("012345")
    assert len(set(levels.values())) == 6
    assert {n: text for n, text in levels.items() if not 6 <= len(text.split()) <= 21} == {}


@every_skill
def test_good_work_brief_and_specialist_are_complete(key: str, skills: Skills) -> None:
    skill = skills[key]
    assert len(skill["good_work"]) >= 5
    assert list(skill["brief"]) == BRIEF
    assert skill["specialist"]
    assert skill["importance_why"]
    assert skill["half_life_months"]
    assert skill["half_life_why"]
    assert bool(skill.get("risk")) == bool(skill.get("risk_why"))


@every_skill
def test_learning_leads_step_by_step_to_level_4_and_each_step_leaves_something(key: str, skills: Skills) -> None:
    steps = skills[key]["learn"]
    leads_to = [step["to"] for step in steps]
    assert leads_to == sorted(leads_to)
    assert set(leads_to) == {1, 2, 3, 4}
    assert 4 <= len(steps) <= 7
    assert all(step["produce"] and step["hours"] > 0 for step in steps)


@every_skill
def test_three_checks_with_four_options_and_one_right(key: str, skills: Skills) -> None:
    checks = skills[key]["checks"]
    assert list(checks) == ["2", "3", "4"]
    for check in checks.values():
        assert list(check["options"]) == list("abcd")
        assert len(set(check["options"].values())) == 4
        assert check["answer"] in check["options"]
        assert len({len(row) for row in check.get("table", [])}) <= 1


def test_right_answers_are_spread_and_not_given_away_by_their_length(skills: Skills) -> None:
    checks = [check for skill in skills.values() for check in skill["checks"].values()]
    letters = Counter(check["answer"] for check in checks)
    assert max(letters.values()) <= 0.35 * len(checks)
    longest = sum(max(c["options"], key=lambda o: len(c["options"][o])) == c["answer"] for c in checks)
    assert longest <= 0.3 * len(checks)


@every_skill
def test_words_are_british(key: str, skills: Skills) -> None:
    assert AMERICAN.findall(json.dumps({k: v for k, v in skills[key].items() if k != "references"})) == []


def test_every_skill_is_taken_by_a_touchpoint_or_moves_a_metric(catalog: Catalog) -> None:
    assert [s for s in catalog.skills if not catalog.touchpoints_taking(s) + catalog.metrics_moved_by(s)] == []


def test_every_stage_has_a_goal_conversions_five_metrics_and_terms(catalog: Catalog) -> None:
    for stage in catalog.stages.values():
        assert stage.goal
        assert len(stage.metrics) >= 5
        assert any(point.conversions for point in stage.touchpoints.values())
        assert 8 <= len(stage.terms.real) <= 10
        assert len(stage.terms.invented) == 3


def test_every_metric_says_how_it_is_computed(catalog: Catalog) -> None:
    for stage in catalog.stages.values():
        for metric in stage.metrics.values():
            assert bool(metric.formula) != bool(metric.numerator and metric.denominator), metric.name


def test_every_departure_of_a_role_has_its_reason_and_leadership_outweighs(catalog: Catalog) -> None:
    assert all(group.why for role in catalog.roles.values() for group in role.targets)
    leading = [role for key, role in catalog.roles.items() if key.endswith(("manager", "officer", "lead"))]
    assert all(role.weights.get("leadership", 1) > 1 for role in leading)


def test_a_sitting_of_the_default_role_is_finished_before_patience_is(catalog: Catalog) -> None:
    """20 minutes without checks, 38 with 24 of them, 5 for the ten that matter most, for an ordinary reader."""
    role = catalog.roles[catalog.contents.default_role or ""]
    asked = asked_of(catalog, role)
    assert rating_minutes(asked) <= 20
    assert rating_minutes(asked) + check_minutes(asked, 24) <= 38
    assert rating_minutes(catalog.skills[skill] for skill in quick(catalog, role)) <= 5


def test_every_role_of_the_plan_is_there(catalog: Catalog) -> None:
    assert set(catalog.roles) == {
        "solo-marketer", "junior-marketer", "marketing-manager", "content-lead", "performance-marketer",
        "lifecycle-marketer", "brand-and-communications-lead", "product-marketer", "e-commerce-manager",
        "marketing-analyst", "chief-marketing-officer", "all-rounder",
    }  # fmt: skip
    assert {catalog.roles["all-rounder"].target_of(skill) for skill in catalog.skills} == {4}


def test_nobody_is_in_the_dark_about_data_and_analytics(catalog: Catalog) -> None:
    """The two skills common to every marketing activity."""
    for role in catalog.roles.values():
        assert min(role.target_of("marketing-data"), role.target_of("journey-analytics")) >= 2


@pytest.mark.parametrize("stage", REVISED)
def test_changed_anchors_come_with_a_new_revised_date(stage: str, skills: Skills) -> None:
    """A rating given before the wording changed must be recognisable as such: set `revised`, then the digest."""
    day, digest = REVISED[stage]
    worded = {key: skills[key]["levels"] for key in CATALOG.stages[stage].skills}
    assert hashlib.sha256(json.dumps(worded).encode()).hexdigest()[:12] == digest
    latest = max(skill.revised or dt.date.min for skill in CATALOG.stages[stage].skills.values())
    assert latest.isoformat() == day
