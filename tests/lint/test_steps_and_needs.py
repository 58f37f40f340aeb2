"""Learning steps that lead upward, and needs that can be begun. Steps stand on lines 15 to 18, column 9."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.lint import needs_circle
from tests.core import small
from tests.lint.conftest import Found, skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapcheck.core.policy import Policy
    from tests.lint.conftest import Lint, Problems

LEARN = ("learning-steps", "one.yaml", 14, 5)


def needing(key: str, *needs: str) -> str:
    return skill(key, more=f"needs: {{{', '.join(f'{need}: 1' for need in needs)}}}" if needs else "")


def reached(*keys: str) -> str:
    return f"touchpoints:\n  page: {{name: Page, skills: [{', '.join(keys)}]}}\n"


@pytest.mark.parametrize(
    ("learn", "found"),
    [
        (((1, 2), (1, 3), (2, 5), (3, 10), (4, 20), (5, 40)), []),
        (((1, 2), (3, 10), (2, 5), (4, 20)), [("learning-steps", "one.yaml", 17, 9)]),
        (((4, 20), (3, 10), (2, 5), (1, 2)), [("learning-steps", "one.yaml", line, 9) for line in (16, 17, 18)]),
        (((1, 2), (2, 5), (3, 10)), [LEARN]),
        (((2, 5), (3, 10), (4, 20)), [LEARN]),
        (((5, 50),), [LEARN]),
    ],
    ids=["upward", "one falls back", "all fall back", "not to 4", "not to 1", "only to 5"],
)
def test_steps_lead_upward_to_every_level_up_to_4(
    lint: Lint, learn: tuple[tuple[int, int], ...], found: list[Found]
) -> None:
    assert lint(skill(learn=learn)) == found


def test_the_levels_that_no_step_leads_to_are_named(problems: Problems) -> None:
    (found,) = problems(skill(learn=((1, 2), (3, 10))))
    assert "level 2, 4" in found.message


def test_a_skill_may_name_no_steps_at_all(lint: Lint) -> None:
    assert lint(skill(learn=())) == []


def test_a_step_that_leaves_nothing_behind(lint: Lint) -> None:
    text = skill().replace("to: 2, hours: 5, do: Read, produce: A note", "to: 2, hours: 5, do: Read")
    assert lint(text) == [("learning-steps", "one.yaml", 16, 9)]


def test_a_circle_is_told_once_at_its_first_skill(lint: Lint) -> None:
    three = needing("ads", "copy"), needing("copy", "data"), needing("data", "ads")
    assert lint(*three, below=reached("ads", "copy", "data")) == [("needs-circle", "one.yaml", 23, 13)]


def test_the_circle_is_named_as_it_runs(problems: Problems) -> None:
    four = needing("rest", "ads"), needing("ads", "copy"), needing("copy", "data"), needing("data", "ads")
    (found,) = problems(*four, below=reached("rest", "ads", "copy", "data"))
    assert "ads needs copy needs data needs ads;" in found.message
    assert found.path == "skills.ads.needs.copy"


def test_a_skill_that_needs_itself(lint: Lint) -> None:
    assert lint(needing("ads", "ads")) == [("needs-circle", "one.yaml", 23, 13)]


def test_two_circles_are_told_apart(lint: Lint) -> None:
    keys = ("ads", "copy", "data", "talk")
    four = needing("ads", "copy"), needing("copy", "ads"), needing("data", "talk"), needing("talk", "data")
    assert [rule for rule, *_place in lint(*four, below=reached(*keys))] == ["needs-circle", "needs-circle"]


def test_two_skills_may_need_the_same_one(lint: Lint) -> None:
    four = needing("ads", "copy", "data"), needing("copy", "talk"), needing("data", "talk"), needing("talk")
    assert lint(*four, below=reached("ads", "copy", "data", "talk")) == []


def test_the_shortest_way_round_is_told(problems: Problems) -> None:
    four = needing("ads", "copy", "talk"), needing("copy", "data"), needing("data", "ads"), needing("talk", "ads")
    (short, long) = problems(*four, below=reached("ads", "copy", "data", "talk"))
    assert "ads needs talk needs ads;" in short.message
    assert "copy needs data needs ads needs copy;" in long.message


def circle(message: str) -> list[str]:
    """The skills that a message names: a needs b needs a."""
    return message.removeprefix("a circle: ").partition(";")[0].split(" needs ")


def reachable(needs: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Everything that a skill needs, directly or by way of others."""
    found: set[str] = set()
    while more := {need for one in (found or {start}) for need in needs[one]} - found:
        found |= more
    return found


@given(st.lists(st.sets(st.integers(0, 6)), min_size=7, max_size=7))
def test_exactly_the_skills_that_need_themselves_in_the_end_are_in_a_circle(
    policy: Policy, needs: list[set[int]]
) -> None:
    skills = {f"s{n}": small.skill(needs={f"s{need}": 1 for need in all_of}) for n, all_of in enumerate(needs)}
    found = [*needs_circle.check(small.catalog_of(skills), policy)]
    wanted = {key: skill.needs for key, skill in skills.items()}
    assert {name for each in found for name in circle(each.message)} == {s for s in skills if s in reachable(wanted, s)}
    for each in found:
        run = circle(each.message)
        assert run[0] == run[-1] == each.path[1]
        assert each.path[-1] == run[1]
        assert all(other in wanted[one] for one, other in itertools.pairwise(run))
    assert len({each.path[1] for each in found}) == len(found)
