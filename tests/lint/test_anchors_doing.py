"""A level says what somebody could be seen doing: what careless authors write instead, and what looks like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.conftest import skill

if TYPE_CHECKING:
    from tests.lint.conftest import Lint, Problems

STATES = [
    "Knows SEO",
    "I know how auctions work.",
    "Understands what a campaign is for",
    "Intermediate: understands the auction",
    "\u201cKnows\u201d the tool inside out",
    "Masters the ad manager and its reports",
    "Has SEO knowledge",
    "Has advanced paid social skills",
    "Has experience in budgeting and forecasting",
    "I have a good understanding of auctions",
    "Good SEO skills",
    "Basic knowledge of paid social.",
    "No knowledge of the tool",
    "Working knowledge of the tool",
    "Strong command of pricing theory",
    "Is familiar with the ad manager",
    "Is aware of the main channels",
    "Is good at writing headlines",
    "Good at writing headlines",
    "Is very strong in negotiation and pricing",
    "Is confident in front of the board",
    "Experienced in running paid campaigns",
    "Proficient with the tool and its reports",
    "Is an expert in search",
    "Intermediate level of skill",
    "Has 3 years of experience",
    "3+ years of experience",
    "Five years in paid search",
    "More than 5 years' experience with ads",
    "Many years of hands-on experience",
]
TOO_SHORT = [
    "Intermediate.",
    "Basic",
    "Always",
    "Good SEO",
    "Does SEO well",
    "Writes good copy",
    "Very often plans many campaigns",
    "Kennt Suchmaschinenoptimierung",
    "???",
]
DEEDS = [
    "Runs paid ads",
    "Names the three figures that finance leaves out",
    "Has run one campaign with a colleague",
    "Has two colleagues check the plan before it goes out",
    "Has the agency explain each line of its bill",
    "Is asked by colleagues to look over their pages",
    "Aware: can say what it is and when it is used",
    "Expert: is asked to sit in when the agency is chosen",
    "With a template, builds a page that can be used",
    "No longer needs the agency for a first draft",
    "Shows a colleague what knowledge we lack",
    "Knowledge base articles go out checked by support",
    "Awareness campaigns run to a plan with three goals",
    "Experience maps are drawn from ten interviews",
    "Expert interviews: runs ten a quarter and writes them up",
    "Advanced segments are built and named by our rule",
    "Confidence intervals stand beside each figure",
    "Skills matrix is kept current each quarter",
    "Command line reports are scheduled and read",
    "Strong headlines: writes three, tests two",
    "Good copy is told from bad, with reasons",
    "Three months of data go into each forecast",
    "Two years of bills are sorted by supplier",
    "Masterclasses are held twice a year",
    "Schaltet Anzeigen mit einer Vorlage",
]


@pytest.mark.parametrize("text", [*STATES, *TOO_SHORT])
def test_a_level_that_says_what_someone_knows_or_is_or_next_to_nothing(lint: Lint, text: str) -> None:
    assert lint(skill(levels={"3": text})) == [("anchors-doing", "one.yaml", 11, 7)]


@pytest.mark.parametrize("text", DEEDS)
def test_a_level_that_says_what_someone_does(lint: Lint, text: str) -> None:
    assert lint(skill(levels={"3": text})) == []


@pytest.mark.parametrize(
    ("text", "words"), [(STATES[0], "knows or is"), (STATES[-1], "knows or is"), ("Basic", "short")]
)
def test_the_message_tells_a_state_from_a_word_too_few(problems: Problems, text: str, words: str) -> None:
    (found,) = problems(skill(levels={"3": text}))
    assert words in found.message


@pytest.mark.parametrize("text", ["Knows nothing of it.", "Nothing"])
def test_level_0_may_say_what_someone_does_not_know(lint: Lint, text: str) -> None:
    assert lint(skill(levels={"0": text})) == []


def test_three_words_are_enough_and_degrees_do_not_count(lint: Lint) -> None:
    assert lint(skill(levels={"3": "Writes headlines daily"})) == []
    assert lint(skill(levels={"3": "Writes headlines nicely"})) == [("anchors-doing", "one.yaml", 11, 7)]


def test_every_level_but_0_is_held_to_it(lint: Lint) -> None:
    ladder = ("None", "Beginner", "Basic", "Intermediate", "Advanced", "Expert")
    found = lint(skill(levels={str(n): word for n, word in enumerate(ladder)}))
    assert [place for place in found if place[0] == "anchors-doing"] == [
        ("anchors-doing", "one.yaml", line, 7) for line in range(9, 14)
    ]
