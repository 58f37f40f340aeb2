"""When two texts say the same, and which words only grade what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.lint.wording import is_grade, same, same_but_for_grades, twins, ungraded, words

TEXTS = st.text(st.sampled_from("aB\u00e4\u00df1-' .,!\u2019\u2014%<"), max_size=12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Plans, runs; and READS tests!", ["plans", "runs", "and", "reads", "tests"]),
        ("A follow-up - sent by us", ["a", "follow-up", "sent", "by", "us"]),
        ("the buyer\u2019s own words", ["the", "buyer's", "own", "words"]),
        ("\u201cKeep it\u201d \u2013 or \u2026 not \u2014 she said", ["keep", "it", "or", "not", "she", "said"]),
        ("5% < 20 %", ["5", "%", "<", "20", "%"]),
        ("from -5 to 5", ["from", "-5", "to", "5"]),
        ("Gro\u00dfe Pl\u00e4ne", ["grosse", "pl\u00e4ne"]),
        ("Pla\u0308ne", ["pl\u00e4ne"]),
        (" ... ", []),
    ],
)
def test_words_are_small_and_without_punctuation_but_with_signs(text: str, said: list[str]) -> None:
    assert words(text) == said


@pytest.mark.parametrize("word", ["often", "well", "very", "quickly", "confidently", "complex", "all", "basic"])
def test_words_of_degree(word: str) -> None:
    assert is_grade(word)


@pytest.mark.parametrize(
    "word", ["weekly", "reply", "only", "anomaly", "manually", "fly", "not", "alone", "first", "ly"]
)
def test_words_that_say_what_who_or_when(word: str) -> None:
    assert not is_grade(word)


@pytest.mark.parametrize(
    "text",
    [
        "Plans campaigns at a basic level",
        "Plans campaigns to a very high standard",
        "Plans campaigns in most cases",
        "Plans campaigns most of the time",
        "Plans a few campaigns",
        "Plans a wide range of campaigns",
    ],
)
def test_phrases_of_degree_are_taken_out_whole(text: str) -> None:
    assert ungraded(text) == ["plans", "campaigns"]


@given(TEXTS, TEXTS, TEXTS)
def test_saying_the_same_is_an_equivalence(one: str, two: str, three: str) -> None:
    assert same(one, one)
    assert same(one, two) == same(two, one)
    assert not (same(one, two) and same(two, three)) or same(one, three)


@given(TEXTS, TEXTS)
def test_texts_are_the_same_or_differ_in_degree_and_never_both(one: str, two: str) -> None:
    assert not (same(one, two) and same_but_for_grades(one, two))
    assert same_but_for_grades(one, two) == same_but_for_grades(two, one)


@given(st.dictionaries(st.sampled_from("012345"), st.sampled_from(["x", "y", "z"])))
def test_twins_are_each_text_that_stood_before_with_the_first_place_it_stood(texts: dict[str, str]) -> None:
    in_order = sorted(texts)
    first = {texts[key]: key for key in reversed(in_order)}
    assert [*twins(texts, same)] == [(key, first[texts[key]]) for key in in_order if first[texts[key]] != key]
