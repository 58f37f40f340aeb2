"""A sheet's answers: a level, not applicable, unknown, or still open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rating, level_of
from tests.core.small import RATINGS, sheet_of


@pytest.mark.parametrize("level", range(6))
def test_a_level_counts_as_itself(level: int) -> None:
    assert level_of(level) == level


def test_unknown_counts_as_zero_and_not_applicable_as_no_level() -> None:
    """Both are answers; 0 in the dark is not the same as nothing to be in the dark about."""
    assert level_of(UNKNOWN) == 0
    assert level_of(NOT_APPLICABLE) is None


@given(st.sampled_from(RATINGS))
def test_an_answer_counts_as_claimed_while_nothing_settles_it(rating: Rating) -> None:
    sheet = sheet_of({"copy": rating})
    assert sheet.rating("copy") == rating
    assert sheet.settled_level("copy") == level_of(rating)


@given(st.sampled_from((0, 1, 2, 3, 4, 5, UNKNOWN)), st.integers(0, 5))
def test_a_settled_level_counts_instead_of_the_claim(rating: Rating, settled: int) -> None:
    """Settled 0 too: it is a level, not a blank."""
    sheet = sheet_of({"copy": rating}, settled={"copy": settled})
    assert sheet.rating("copy") == rating
    assert sheet.settled_level("copy") == settled


@given(st.integers(0, 5))
def test_what_is_open_or_not_applicable_has_no_level_whatever_was_settled(settled: int) -> None:
    sheet = sheet_of({"copy": NOT_APPLICABLE}, settled={"copy": settled, "open": settled})
    assert (sheet.settled_level("copy"), sheet.settled_level("open")) == (None, None)
    assert sheet.rating("open") is None


def test_settling_one_skill_settles_no_other() -> None:
    assert sheet_of({"copy": 3, "buying": 4}, settled={"copy": 1}).settled_level("buying") == 4
