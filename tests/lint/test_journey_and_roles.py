"""What ties skills to the journey and to roles: touchpoints, metrics, terms, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.conftest import CONTENTS, REACHED, Found, skill

if TYPE_CHECKING:
    from tests.lint.conftest import Lint, Problems

METRIC = "name: Rate, unit: percent, better: higher"
COUNTED = "numerator: orders, denominator: visits"


def metrics(said: str) -> str:
    """A stage's end with a touchpoint on lines 23 and 24 and a metric on line 26."""
    return f"{REACHED}metrics:\n  rate: {{{said}}}\n"


@pytest.mark.parametrize("below", ["", "touchpoints:\n  page: {name: Page, skills: []}\n"], ids=["none", "empty"])
def test_a_skill_that_no_touchpoint_takes_and_that_moves_nothing(lint: Lint, below: str) -> None:
    assert lint(below=below) == [("skill-unreached", "one.yaml", 4, 3)]


def test_moving_a_metric_is_enough(lint: Lint) -> None:
    below = f"metrics:\n  rate: {{{METRIC}, {COUNTED}, moved_by: [ads]}}\n"
    assert lint(below=below) == []


def test_a_touchpoint_of_another_stage_is_enough(lint: Lint) -> None:
    second = "gapcheck: stage/1\nname: Two\nskills: {}\n" + REACHED
    files = {"two.yaml": second, "catalog.yaml": CONTENTS.replace("[one]", "[one, two]")}
    assert lint(below="", files=files) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (f"{COUNTED}, moved_by: [ads]", []),
        ("formula: orders / visits, moved_by: [ads]", []),
        (f"{COUNTED}, moved_by: []", [("metric-unmoved", "one.yaml", 26, 93)]),
        ("moved_by: [ads]", [("metric-unmoved", "one.yaml", 26, 3)]),
        ("numerator: orders, moved_by: [ads]", [("metric-unmoved", "one.yaml", 26, 3)]),
        ("denominator: visits, moved_by: [ads]", [("metric-unmoved", "one.yaml", 26, 3)]),
    ],
)
def test_a_metric_is_moved_and_computed(lint: Lint, said: str, found: list[Found]) -> None:
    assert lint(below=metrics(f"{METRIC}, {said}")) == found


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ("{real: [exit survey, server log], invented: [intent folding]}", []),
        ("{real: [exit survey, Exit Survey], invented: []}", [("terms-mixed", "one.yaml", 25, 29)]),
        ("{real: [exit survey], invented: [exit  survey]}", [("terms-mixed", "one.yaml", 25, 41)]),
        ("{real: [exit survey], invented: [exit surveys]}", []),
    ],
)
def test_a_term_stands_once(lint: Lint, terms: str, found: list[Found]) -> None:
    assert lint(below=f"{REACHED}terms: {terms}\n") == found


def test_a_term_of_another_stage_counts_and_is_named(problems: Problems) -> None:
    second = "gapcheck: stage/1\nname: Two\nskills: {}\nterms: {invented: [exit survey]}\n"
    files = {"two.yaml": second, "catalog.yaml": CONTENTS.replace("[one]", "[one, two]")}
    (found,) = problems(below=f"{REACHED}terms: {{real: [exit survey]}}\n", files=files)
    assert (found.rule, found.span.line) == ("terms-mixed", 4)
    assert "one.yaml (real)" in found.message


KEYS = [f"s{n}" for n in range(40)]


def role(text: str) -> dict[str, str]:
    return {"roles/lead.yaml": f"gapcheck: role/1\nname: Lead\n{text}\n"}


def of(target: int, keys: list[str]) -> str:
    return f"targets:\n  - {{to: {target}, why: Because, skills: [{', '.join(keys)}]}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("target: 4", []),
        ("target: 3", [("role-asks", "roles/lead.yaml", 1, 1)]),
        ("target: 4\n" + of(3, KEYS[:1]), [("role-asks", "roles/lead.yaml", 4, 1)]),
        ("target: 4\n" + of(0, KEYS[:3]), []),
        ("target: 2\n" + of(0, KEYS[:3]), [("role-asks", "roles/lead.yaml", 4, 1)]),
        ("target: 2\n" + of(0, KEYS[:4]), []),
        ("target: 0\n" + of(2, KEYS[:36]), []),
        ("target: 0\n" + of(2, KEYS[:37]), [("role-asks", "roles/lead.yaml", 4, 1)]),
    ],
    ids=["4 of all 40", "3 of 40", "4 of 40 but one", "4 of 37", "2 of 37", "2 of 36", "36 named", "37 named"],
)
def test_a_role_asks_36_skills_at_most_unless_it_carries_them_all(lint: Lint, text: str, found: list[Found]) -> None:
    skills = [skill(key, checks={}) for key in KEYS]
    below = f"touchpoints:\n  page: {{name: Page, skills: [{', '.join(KEYS)}]}}\n"
    told = lint(*skills, below=below, files=role(text))
    assert [each for each in told if each[0] != "checks-missing"] == found
