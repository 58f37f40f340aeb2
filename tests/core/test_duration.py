"""How long a sitting takes: 230 words a minute and three seconds a choice, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.catalog import GENERAL_SCALE, Check, Role, Skill
from gapcheck.core.duration import asked_of, check_minutes, rating_minutes
from tests.core import small

CHOICE = 3 / 60
LEVELS = dict.fromkeys("012345", "Two words")
WORDY = small.skill("Paid social", what="Ads in feeds.", levels=LEVELS)
"""Two words of name, three of description, of six levels three of two words are read: 11."""

QUESTION = Check(
    question="Which one pays?",
    table=(("", "Cost", "Orders"), ("Feed", "\u20ac 10", "2")),
    options={"a": "The first", "b": "The second", "c": "Both", "d": "None of them"},
    answer="a",
    why="It costs less.",
)
"""Three words, six in the table's cells, eight in the options, three of explanation: 20."""

WORDS = st.lists(st.sampled_from(["word", "other", "one two"]), max_size=5).map(" ".join)


def words(number: int) -> float:
    return number / 230


def test_a_rating_takes_name_description_three_lines_and_two_choices() -> None:
    assert rating_minutes([WORDY]) == pytest.approx(words(11) + 2 * CHOICE)
    assert rating_minutes([WORDY] * 3) == pytest.approx(3 * (words(11) + 2 * CHOICE))
    assert rating_minutes([]) == 0


@pytest.mark.parametrize(("level", "read"), [("0", 11), ("1", 14), ("2", 14), ("3", 14), ("4", 14), ("5", 14)])
def test_lines_2_and_4_are_read_and_the_longest_of_1_3_and_5(level: str, read: int) -> None:
    longer = replace(WORDY, levels=LEVELS | {level: "Two words and three more"})  # type: ignore[arg-type]
    assert rating_minutes([longer]) == pytest.approx(words(read) + 2 * CHOICE)


def test_levels_without_words_take_as_long_as_the_general_scale() -> None:
    bare = replace(WORDY, levels={})
    read = sum(len(GENERAL_SCALE[level].split()) for level in (2, 3, 4))  # 3 is the longest of 1, 3 and 5
    assert rating_minutes([bare]) == pytest.approx(words(5 + read) + 2 * CHOICE)


def test_why_and_good_work_are_not_read_while_rating() -> None:
    told = replace(WORDY, why="Since it pays.", good_work=("It sold.",), importance_why="So it is.")
    assert rating_minutes([told]) == rating_minutes([WORDY])


def test_a_check_takes_question_table_options_explanation_and_a_choice() -> None:
    assert check_minutes([replace(WORDY, checks={"3": QUESTION})], 1) == pytest.approx(words(20) + CHOICE)


def test_checks_are_of_average_length() -> None:
    long = replace(QUESTION, why=QUESTION.why + " and so on" * 10)
    skills = [replace(WORDY, checks={"2": QUESTION}), replace(WORDY, checks={"2": long, "3": long})]
    assert check_minutes(skills, 6) == pytest.approx(2 * words(20) + 4 * words(50) + 6 * CHOICE)


def test_without_checks_there_is_nothing_to_answer() -> None:
    assert check_minutes([WORDY], 24) == 0
    assert check_minutes([], 24) == 0


def test_a_role_is_asked_what_it_has_a_target_for() -> None:
    skills = {"mine": WORDY, "theirs": small.skill("Other"), "judged": small.skill("Third")}
    role = small.role_with({"mine": 4, "theirs": 0, "judged": 2})
    assert asked_of(small.catalog_of(skills), role) == [WORDY, skills["judged"]]
    assert asked_of(small.catalog_of(skills), Role(name="Nobody", target=0)) == []


@st.composite
def skills(draw: st.DrawFn) -> Skill:
    levels = draw(st.dictionaries(st.sampled_from("012345"), WORDS.filter(bool)))
    options = {letter: draw(WORDS) for letter in "abcd"}
    asked = Check(question=draw(WORDS), options=options, answer="a", why=draw(WORDS))  # type: ignore[arg-type]
    return small.skill(draw(WORDS), what=draw(WORDS), levels=levels, checks={"2": asked})


@given(skills(), WORDS, st.sampled_from("012345"))
def test_more_words_never_take_less_time(skill: Skill, more: str, level: str) -> None:
    before = rating_minutes([skill]), check_minutes([skill], 5)
    asked = skill.checks["2"]
    longer = [
        replace(skill, name=f"{skill.name} {more}"),
        replace(skill, what=f"{skill.what} {more}"),
        replace(skill, levels={**skill.levels, level: f"{skill.anchor(int(level))} {more}"}),  # type: ignore[dict-item]
        *(
            replace(skill, checks={"2": replace(asked, **changed)})
            for changed in (
                {"question": f"{asked.question} {more}"},
                {"why": f"{asked.why} {more}"},
                {"options": {**asked.options, "d": f"{asked.options['d']} {more}"}},
                {"table": (*asked.table, (more, more))},
            )
        ),
    ]
    for other in longer:
        ratings, checks = rating_minutes([other]), check_minutes([other], 5)
        assert ratings >= before[0]
        assert checks >= before[1]
        assert more or (ratings, checks) == before


@settings(max_examples=30)
@given(st.lists(skills(), max_size=4), st.lists(skills(), max_size=4))
def test_skills_add_up(some: list[Skill], others: list[Skill]) -> None:
    assert rating_minutes(some + others) == pytest.approx(rating_minutes(some) + rating_minutes(others))
