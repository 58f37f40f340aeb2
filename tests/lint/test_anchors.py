"""Rules on the words of levels: all six, each different, none too long. Level n stands on line 8 + n."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.lint import anchors_adverb, anchors_alike, anchors_repeat
from tests.core import small
from tests.lint.conftest import LEVELS, REACHED, Found, skill

if TYPE_CHECKING:
    from gapcheck.core.policy import Policy
    from tests.lint.conftest import Lint, Problems

WORDS = st.sampled_from(["plans", "a", "small", "campaign", "for", "each", "channel", "often", "with", "its", "budget"])


def worded(**levels: str) -> str:
    """The usual skill with some levels replaced: `worded(_3="Other words")`."""
    return skill(levels={name[1:]: text for name, text in levels.items()})


def test_the_usual_catalog_has_no_finding(lint: Lint) -> None:
    assert lint() == []


def test_levels_without_words_are_named_at_the_levels(lint: Lint) -> None:
    three = "\n".join(line for line in skill().split("\n") if line[:8] not in {"      0:", "      5:"})
    assert lint(three) == [("anchors-missing", "one.yaml", 7, 5)]


def test_a_skill_without_any_words_is_named_at_its_own_line(problems: Problems) -> None:
    found = problems("  ads: {name: Ads, importance: 1}")
    assert [(each.rule, each.span.line, each.severity) for each in found] == [
        ("checks-missing", 4, "warning"),
        ("anchors-missing", 4, "warning"),
    ]
    assert "level 0, 1, 2, 3, 4, 5" in found[1].message


@pytest.mark.parametrize(
    "text",
    [
        LEVELS["2"],
        LEVELS["2"].upper(),
        LEVELS["2"].rstrip(".") + "!",
        LEVELS["2"].replace(" ", "  "),
        f"\u201c{LEVELS['2']}\u201d",
    ],
    ids=["to the letter", "in capitals", "other punctuation", "other spacing", "in quotation marks"],
)
def test_a_level_that_says_the_same_as_a_lower_one(lint: Lint, text: str) -> None:
    assert lint(worded(_4=text)) == [("anchors-repeat", "one.yaml", 12, 7)]


def test_a_level_that_stands_three_times_is_told_at_both_higher_ones(lint: Lint) -> None:
    same = LEVELS["2"]
    assert lint(worded(_3=same, _5=same)) == [
        ("anchors-repeat", "one.yaml", 11, 7),
        ("anchors-repeat", "one.yaml", 13, 7),
    ]


def test_a_sign_can_make_the_difference(lint: Lint) -> None:
    found = lint(worded(_2="Explains why margin > 20% is kept", _3="Explains why margin < 20% is kept"))
    assert [rule for rule, *_place in found] == ["anchors-alike"]


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("Plans campaigns for clients", "Often plans campaigns for clients"),
        ("Sometimes plans campaigns for clients", "Always plans campaigns for clients"),
        ("Plans campaigns for clients well", "Plans campaigns for clients very well"),
        ("Plans simple campaigns for clients", "Plans complex campaigns for clients"),
        ("Writes basic copy for ads", "Writes excellent copy for ads"),
        ("Plans campaigns for clients in some cases", "Plans campaigns for clients most of the time"),
        ("Plans campaigns for clients at a basic level", "Plans campaigns for clients to a high standard"),
        ("Uses a few of the reports", "Uses a wide range of the reports"),
        ("Plans a few campaigns for clients", "Plans all campaigns for clients"),
    ],
)
def test_levels_that_differ_only_in_degree(lint: Lint, lower: str, higher: str) -> None:
    assert lint(worded(_2=lower, _4=higher)) == [("anchors-adverb", "one.yaml", 12, 7)]


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("Reports spend to the team weekly", "Sends finance its figures daily"),
        ("Sends mails by hand to a list", "Sends mails automatically after a purchase"),
        ("Plans campaigns with a colleague's help", "Plans campaigns independently"),
        ("Supplies the figures for a plan", "Replies to the board on a plan"),
    ],
)
def test_levels_that_differ_in_what_is_done(lint: Lint, lower: str, higher: str) -> None:
    assert lint(worded(_2=lower, _4=higher)) == []


def test_an_adverb_ladder_is_told_once_a_level(lint: Lint) -> None:
    ladder = ("Never", "Rarely", "Sometimes", "Often", "Usually", "Always")
    levels = {f"_{n}": f"{often} tests headlines before launch" for n, often in enumerate(ladder)}
    assert lint(worded(**levels)) == [("anchors-adverb", "one.yaml", line, 7) for line in range(9, 14)]


@pytest.mark.parametrize(
    ("lower", "higher", "alike"),
    [
        ("one two three four", "one two three other", True),
        ("one two three four five", "one two three four other", True),
        ("one two three", "one two other", False),
        ("one two three four five six seven", "one two three four five other words", False),
        ("one two three four five six seven eight", "one two three four five six other words", True),
        ("Builds a page from our template with help", "Builds a page from our template in a day", False),
    ],
)
def test_three_words_of_four_in_common_are_too_many(lint: Lint, lower: str, higher: str, alike: bool) -> None:
    wanted: list[Found] = [("anchors-alike", "one.yaml", 12, 7)] if alike else []
    assert lint(worded(_2=lower, _4=higher)) == wanted


def test_a_level_copied_with_one_word_changed_each_time(lint: Lint) -> None:
    levels = {f"_{n}": f"Plans a campaign for {number} of our channels" for n, number in enumerate("012345")}
    assert lint(worded(**levels)) == [("anchors-alike", "one.yaml", line, 7) for line in range(9, 14)]


@given(st.lists(WORDS, min_size=1, max_size=9), st.lists(WORDS, min_size=1, max_size=9))
def test_two_levels_are_named_by_one_rule_at_most(policy: Policy, one: list[str], other: list[str]) -> None:
    def named(*texts: list[str]) -> list[str]:
        levels = {str(n): " ".join(text) for n, text in enumerate(texts)}
        catalog = small.catalog_of({"ads": small.skill(levels=levels)})
        return [
            rule.ID for rule in (anchors_repeat, anchors_adverb, anchors_alike) for _ in rule.check(catalog, policy)
        ]

    assert len(named(one, other)) <= 1
    assert named(one, one) == ["anchors-repeat"]
    assert named(["plans", *one], ["plans", *one, "often"]) == ["anchors-adverb"]


@pytest.mark.parametrize(("number", "found"), [(21, []), (22, [("anchors-long", "one.yaml", 12, 7)])])
def test_a_level_has_21_words_at_most(lint: Lint, number: int, found: list[Found]) -> None:
    assert lint(worded(_4=" ".join(["word", *map(str, range(number - 1))]))) == found


def test_level_0_is_held_to_its_length_too(lint: Lint) -> None:
    assert lint(worded(_0="Never " * 22)) == [("anchors-long", "one.yaml", 8, 7)]


def test_the_place_is_that_of_the_skill_in_its_stage(lint: Lint) -> None:
    """The second stage's skill, not the first's."""
    second = "gapcheck: stage/1\nname: Two\nskills:\n" + skill("copy", {"2": "Knows it"})
    files = {
        "two.yaml": second + "\n" + REACHED.replace("ads", "copy").replace("page:", "mail:"),
        "catalog.yaml": "gapcheck: catalog/1\nname: tiny\nversion: '1'\nstages: [one, two]\n",
    }
    assert lint(files=files) == [("anchors-doing", "two.yaml", 10, 7)]
