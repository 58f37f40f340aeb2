"""All rules together: on the shipped catalog, on careless ones, switched off, and as pages of the docs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gapcheck.lint
from gapcheck.core.report.words import counted
from gapcheck.lint import RULES, run
from gapcheck.lint.report import reading_times
from gapcheck.problems import InputError
from tests.core import small
from tests.lint.conftest import CONTENTS, LEVELS, check, skill

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from tests.lint.conftest import Lint, Problems

NO_RULES = {"__init__", "finding", "report", "situations", "wording"}


def test_nothing_is_wrong_with_the_shipped_catalog(catalog: Catalog, policy: Policy) -> None:
    assert [(rule.ID, found) for rule, found in run(catalog, policy)] == []


def test_every_file_is_a_rule_that_bears_its_name_and_explains_itself() -> None:
    files = {path.stem for path in Path(gapcheck.lint.__file__).parent.glob("*.py")} - NO_RULES
    assert {name.replace("-", "_") for name in RULES} == files
    for name, rule in RULES.items():
        assert name == rule.ID
        assert (rule.__doc__ or "").count("\n\n") >= 1, f"{name} says what and not why"


def ladder(*levels: str) -> str:
    return skill(levels={str(n): text for n, text in enumerate(levels)})


CARELESS = {
    "states": (
        ladder(
            "No knowledge", "Has heard of SEO", "Knows SEO", "Good SEO", "Does SEO well", "Has 3 years of experience"
        ),
        {"anchors-doing"},
    ),
    "labels": (ladder("None", "Beginner", "Basic", "Intermediate", "Advanced", "Expert"), {"anchors-doing"}),
    "how often": (
        ladder(*(f"{often} plans campaigns with sales" for often in ("Never", "Rarely", "Sometimes", "Often"))),
        {"anchors-adverb"},
    ),
    "how often, alone": (ladder("Never", "Rarely", "Sometimes", "Often", "Usually", "Always"), {"anchors-doing"}),
    "one word changed": (
        ladder(*(f"Writes {what} for our shop and blog" for what in ("nothing", "drafts", "headlines", "articles"))),
        {"anchors-alike"},
    ),
    "pasted": (ladder(*[LEVELS["2"]] * 6), {"anchors-repeat"}),
    "a job advert": (
        ladder(
            "None",
            "Basic understanding of email marketing tools",
            "Familiar with the main email platforms",
            "Proficient in segmentation and automation",
            "Extensive experience with complex programmes",
            "Is a recognised expert in the field",
        ),
        {"anchors-doing"},
    ),
    "an essay": (skill(levels={"4": "Runs the whole of the programme " + "and then some more " * 5}), {"anchors-long"}),
    "in German, deeds": (
        ladder(
            "Wei\u00df nicht, wo unsere Anzeigen laufen.",
            "Nennt die Netzwerke und was jedes im Monat kostet.",
            "Streicht im Entwurf die schwache Zeile an und sagt, warum.",
            "Richtet mit unserer Vorlage eine Kampagne ein; jemand sieht sie durch.",
            "F\u00fchrt ein Budget ein Quartal lang allein, zum vereinbarten Preis.",
            "Bekommt die Konten, die Geld verlieren, und bringt sie in Ordnung.",
        ),
        set(),
    ),
    "in German, pasted": (
        ladder(*(f"Plant {was} f\u00fcr unseren Laden und das Blog" for was in ("nichts", "Texte", "Bilder", "Filme"))),
        {"anchors-alike"},
    ),
    "a course list": (skill(learn=((3, 40), (4, 80))), {"learning-steps"}),
    "checks in a hurry": (
        skill(checks={"2": check({"a": "Yes", "b": "No"}), "3": check({**dict.fromkeys("abcd", "Yes")})}),
        {"checks-missing", "options-repeat"},
    ),
}


@pytest.mark.parametrize("name", CARELESS)
def test_what_a_careless_author_writes_is_found_by_the_rules_meant_for_it(problems: Problems, name: str) -> None:
    """Every message says what is wrong and, after a semicolon, what to do or what follows."""
    text, wanted = CARELESS[name]
    found = problems(text)
    assert {each.rule for each in found} == wanted
    assert [each.message for each in found if "; " not in each.message or each.message.endswith(".")] == []


def test_no_hours_are_refused_before_any_rule_is_asked(problems: Problems) -> None:
    with pytest.raises(InputError) as caught:
        problems(skill(learn=((1, 0), (2, 5), (3, 10), (4, 20))))
    assert [each.path for each in caught.value.problems] == ["skills.ads.learn.0.hours"]


def test_a_rule_that_is_switched_off_finds_nothing(lint: Lint) -> None:
    text = skill(levels={"3": "Advanced"}, learn=((1, 1),))
    assert [rule for rule, *_place in lint(text)] == ["anchors-doing", "learning-steps"]
    files = {"catalog.yaml": CONTENTS + "lint_ignore: [anchors-doing]\n"}
    assert [rule for rule, *_place in lint(text, files=files)] == ["learning-steps"]


def test_findings_come_in_the_order_of_files_and_lines(lint: Lint) -> None:
    below = "terms: {real: [a, a]}\nmetrics:\n  a: {name: A, unit: count, better: lower, moved_by: []}\n"
    found = lint(skill(levels={"2": "Basic", "5": "Expert"}, learn=((1, 1),)), below=below)
    assert found == sorted(found, key=lambda each: each[1:])
    assert len({rule for rule, *_place in found}) == 5


@pytest.mark.parametrize(("skills", "checks"), [(1, 0), (1, 3), (7, 21), (8, 24), (9, 24)])
def test_a_line_for_a_role_counts_skills_minutes_and_as_many_checks_as_there_are(skills: int, checks: int) -> None:
    asked = {"question": "?", "options": dict.fromkeys("abcd", "x"), "answer": "a", "why": "!"}
    three = {n: gapcheck.core.catalog.Check(**asked) for n in "234"} if checks else {}  # type: ignore[arg-type]
    catalog = small.catalog_of({f"s{n}": small.skill(checks=three) for n in range(skills)})
    (line,) = reading_times(catalog)
    assert line.startswith(f"role: {counted(skills, 'skill')}, ")
    assert line.endswith(f" with {counted(checks, 'check')}" if checks else f"{skills} minute")


def test_a_role_that_asks_nothing_takes_no_minute() -> None:
    (line,) = reading_times(small.catalog_of({}))
    assert line == "role: 0 skills, 0 minutes"
