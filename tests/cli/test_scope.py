"""What the command line says of a sitting: every fault at once, whom it is about, which skills, how many checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapcheck.cli.inputs import Project
from gapcheck.cli.scope import (
    Given,
    available,
    begun_again,
    catalog_ref,
    checked,
    new_sheet,
    scope_of,
    skills_of,
    with_given,
)
from gapcheck.core.catalog import Role, Targets
from gapcheck.core.interview import AGAIN, Scope, doubts_of
from gapcheck.core.people import Config, People
from gapcheck.problems import InputError
from tests.core import small

if TYPE_CHECKING:
    from gapcheck.core.answers import Sheet
    from gapcheck.core.policy import Policy

JOURNEY = small.journey()
SKILLS = tuple(JOURNEY.skills)
NO_B2 = Role(name="Without b2", targets=(Targets(to=0, why="Because", skills=("b2",)),))
TODAY = dt.date(2028, 3, 1)


@pytest.fixture
def home(policy: Policy) -> Project:
    """A small journey with a role that asks for everything and one that does without b2."""
    renamed = replace(JOURNEY.stages["one"], skills={**JOURNEY.stages["one"].skills, "a1": small.checked(was=("old",))})
    stages = {**JOURNEY.stages, "one": renamed}
    catalog = replace(JOURNEY, stages=stages, roles={"role": small.ALL_4, "other": NO_B2})
    return Project(catalog, policy, People(), Config(), TODAY)


def faults(home: Project, **said: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        checked(home, "ada", Given(**said))  # type: ignore[arg-type]
    return [problem.message for problem in caught.value.problems]


# faults


def test_every_fault_is_named_at_once(home: Project) -> None:
    stages, skills = ("on", "two"), ("a1", "x")
    assert faults(home, stages=stages, skills=skills, checks="many", hands="nobody", rater="boss") == [
        "--stage: there is no stage on; did you mean one?",
        "--skill: there is no skill x",
        "--checks: must be a number from 0 to 500, all or none",
        "--hands: must be colleague, supplier or none",
        "--rater: must be self, peer or manager",
        "--rater peer or manager and --by ID go together",
    ]


def test_what_is_said_of_oneself_only_is_refused_in_a_rating_of_somebody_else(home: Project) -> None:
    assert faults(home, rater="peer", by="ben", checks="24", hours=3, hands="none") == [
        "--checks: only for one's own sheet; leave it out with --rater",
        "--hours: only for one's own sheet; leave it out with --rater",
        "--hands: only for one's own sheet; leave it out with --rater",
    ]


def test_what_can_be_asked_again_is_told(home: Project) -> None:
    (message,) = faults(home, again="old")
    assert message.startswith("--again: must be ")
    assert all(which in message for which in AGAIN)


@pytest.mark.parametrize("checks", ["0", "24", "500", "007", "all", "none"])
def test_numbers_of_checks_that_are_taken(home: Project, checks: str) -> None:
    assert checked(home, "ada", Given(checks=checks)).checks == checks


@pytest.mark.parametrize("checks", ["501", "-1", "2.5", "", " 3", "1000", "ALL"])
def test_numbers_of_checks_that_are_not(home: Project, checks: str) -> None:
    assert faults(home, checks=checks) == ["--checks: must be a number from 0 to 500, all or none"]


@pytest.mark.parametrize(("rater", "by"), [("self", "ben"), ("peer", None), ("manager", None)])
def test_whoever_else_rates_has_a_name_and_oneself_has_none(home: Project, rater: str, by: str | None) -> None:
    assert faults(home, rater=rater, by=by) == ["--rater peer or manager and --by ID go together"]


def test_an_unknown_role_is_named(home: Project) -> None:
    (message,) = faults(home, role="rolle")
    assert message.startswith("--role: there is no role rolle; did you mean role?")


def test_a_former_id_is_read_as_the_present_one(home: Project) -> None:
    assert checked(home, "ada", Given(skills=("old", "b1"))).skills == ("a1", "b1")


def test_what_is_right_stays_as_it_was_said(home: Project) -> None:
    said = Given(role="other", stages=("two",), again="stale", rater="peer", by="ben")
    assert checked(home, "ada", said) == said


# what to say again


def test_a_sitting_about_less_than_the_role_is_narrow() -> None:
    assert not Given(role="role", hours=4, checks="all", again="stale").narrow
    assert Given(stages=("one",)).narrow
    assert Given(skills=("a1",)).narrow
    assert Given(quick=True).narrow


def test_flags_say_what_goes_on_with_the_same_sitting() -> None:
    assert Given(role="role", hours=4, checks="all").flags == ""
    said = Given(stages=("one", "two"), skills=("c1",), quick=True, again="stale", rater="peer", by="ben")
    assert said.flags == " --stage one --stage two --skill c1 --quick --again stale --rater peer --by ben"
    assert Given(catalog="my skills", as_of="2027-01-04").flags == " --catalog 'my skills' --as-of 2027-01-04"


def test_somebody_elses_sheet_is_told_apart() -> None:
    assert Given(rater="peer", by="ben").who == "peer-ben"
    assert Given().who == ""


# the sheet


def test_a_new_sheet_is_of_today_and_takes_what_was_said(home: Project) -> None:
    sheet = new_sheet(home, "ada", Given())
    assert (sheet.person, sheet.date, sheet.catalog) == ("ada", TODAY, catalog_ref(home))
    assert (sheet.role, sheet.hours_per_week, sheet.hands) == ("role", home.policy.hours_per_week, "none")
    said = new_sheet(home, "ada", Given(role="other", hours=0, hands="supplier", rater="peer", by="ben"))
    assert (said.role, said.hours_per_week, said.hands) == ("other", 0, "supplier")
    assert (said.rater, said.by) == ("peer", "ben")


def test_the_project_may_say_the_role(home: Project) -> None:
    project = replace(home, config=Config(role="other"))
    assert new_sheet(project, "ada", Given()).role == "other"
    assert new_sheet(project, "ada", Given(role="role")).role == "role"


def test_what_was_said_replaces_and_the_rest_stays(home: Project) -> None:
    sheet = small.sheet_of({"a1": 3}, "colleague", role="role", hours_per_week=4, check_budget=9)
    assert with_given(home, sheet, Given()) == sheet
    said = Given(role="other", hours=0, hands="none", checks="none")
    assert with_given(home, sheet, said) == replace(sheet, role="other", hours_per_week=0, hands="none", check_budget=0)


@pytest.mark.parametrize(
    ("said", "budget"),
    [("none", 0), ("0", 0), ("5", 5), ("100", 21), ("all", 21), (None, None)],
)
def test_no_more_checks_are_agreed_to_than_there_are(home: Project, said: str | None, budget: int | None) -> None:
    assert with_given(home, small.sheet_of({}), Given(checks=said)).check_budget == budget


def test_the_checks_are_those_of_the_skills_asked_about_by_the_role_that_was_just_said(home: Project) -> None:
    assert available(home, SKILLS) == 21
    assert with_given(home, small.sheet_of({}), Given(role="other", checks="all")).check_budget == 18
    assert with_given(home, small.sheet_of({}), Given(stages=("two",), checks="all")).check_budget == 6


# the skills


@pytest.mark.parametrize(
    ("said", "skills"),
    [
        (Given(), "a1 a2 a3 b1 c1 c2 c3"),
        (Given(stages=("two", "one")), "a1 a2 a3 b1"),
        (Given(skills=("c1", "b2")), "b2 c1"),
        (Given(stages=("two",), skills=("c3",)), "b1 c3"),
        (Given(quick=True), "a1 a2 a3 b1 c1 c2 c3"),
        (Given(quick=True, skills=("b2",)), "a1 a2 a3 b1 b2 c1 c2 c3"),
    ],
)
def test_skills_are_the_roles_or_those_named_in_catalog_order(home: Project, said: Given, skills: str) -> None:
    """A skill that is named is asked about though the role does without it."""
    assert skills_of(home, small.sheet_of({}, role="other"), said) == tuple(skills.split())


def test_a_whole_sitting_of_ones_own(home: Project) -> None:
    assert scope_of(home, small.sheet_of({}), Given()) == Scope(SKILLS)


@pytest.mark.parametrize("said", [Given(stages=("one",)), Given(quick=True), *(Given(again=which) for which in AGAIN)])
def test_a_narrow_sitting_and_one_again_are_not_whole(home: Project, said: Given) -> None:
    assert not scope_of(home, small.sheet_of({}), said).whole


def test_somebody_elses_sitting_is_not_of_oneself(home: Project) -> None:
    assert not scope_of(home, small.sheet_of({}), Given(rater="peer", by="ben")).of_oneself


def test_again_rates_what_is_due_among_the_skills_asked_about(home: Project) -> None:
    sheet = small.sheet_of(dict.fromkeys(SKILLS, 3), dates={"b1": TODAY})
    assert scope_of(home, sheet, Given(again="all")) == Scope(SKILLS, frozenset(SKILLS) - {"b1"}, whole=False)
    assert scope_of(home, sheet, Given(again="all", stages=("two",))).again == {"b2"}


def unsure(**more: object) -> Sheet:
    """All checks answered but those of a1, which are the only ones to tell more, and c3 open."""
    claims = {skill: 3 for skill in SKILLS if skill != "c3"}
    checks = {skill: {"2": "a", "3": "a", "4": "b"} for skill in claims if skill != "a1"}
    return small.sheet_of(claims, checks=checks, check_budget=18, **more)  # type: ignore[arg-type]


def test_unsure_are_the_skills_that_a_check_can_settle_and_those_never_rated(home: Project) -> None:
    scope = scope_of(home, unsure(), Given(again="unsure"))
    by_check = {doubt.skill for doubt in doubts_of(home.catalog, unsure(), SKILLS) if doubt.way == "check"}
    assert "a1" in scope.skills
    assert set(scope.skills) == by_check | {"c3"}
    assert scope.again == frozenset()


# begun again


def test_begun_again_the_sheet_is_of_today_and_of_the_catalog_of_today(home: Project) -> None:
    sheet = small.sheet_of({"a1": 3}, check_budget=5)
    after = begun_again(home, sheet, Given(again="stale"))
    dates = {"a1": sheet.date}
    assert after == replace(sheet, date=TODAY, dates=dates, catalog=catalog_ref(home))


def test_where_something_is_unsure_there_is_room_for_the_checks_that_settle_it(home: Project) -> None:
    after = begun_again(home, unsure(), Given(again="unsure"))
    assert after.check_budget == 18 + 3  # those of a1


def test_unless_a_number_of_checks_was_said(home: Project) -> None:
    assert begun_again(home, unsure(), Given(again="unsure", checks="3")).check_budget == 18
