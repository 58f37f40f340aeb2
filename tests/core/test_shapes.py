"""What a single value in a file may be: no look-alike passes, and editors are told the same."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gapcheck.core import shapes
from gapcheck.core.shapes import Number, OneOf, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = {name: shape for name, shape in vars(shapes).items() if isinstance(shape, Shape)}
CHOICES = {name: shape for name, shape in ALL.items() if isinstance(shape, OneOf)}
NUMBERS = {name: shape for name, shape in ALL.items() if isinstance(shape, Number)}
TEXTS = {name: shape for name, shape in ALL.items() if isinstance(shape, Text)}
LOOK_ALIKES: tuple[object, ...] = (
    True, False, 1.0, 2.5, "1", "", b"1", [], [1], {}, {"1": 1}, (1,), math.nan, math.inf, -math.inf, 1j,
    dt.date(2027, 1, 4), object(),
)  # fmt: skip
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.integers(-1, 6),
    st.sampled_from(["n/a", "unknown", "ada", "con", *LOOK_ALIKES]),
)  # fmt: skip


def each(kind: dict[str, Any]) -> Callable[..., Any]:
    return pytest.mark.parametrize("shape", kind.values(), ids=kind)


def test_every_shape_is_looked_at() -> None:
    assert {*CHOICES, *NUMBERS, *TEXTS, "DAY"} == set(ALL)
    assert min(len(CHOICES), len(NUMBERS), len(TEXTS)) > 2


@each(CHOICES)
def test_a_choice_takes_its_values_and_nothing_that_equals_one(shape: OneOf) -> None:
    """`True == 1 == 1.0` in Python; in a sheet `true` is a slip and `1.0` is no level."""
    assert all(shape.allows(value) for value in shape.values)
    for other in (-1, 6, 10**30, "none", "N/A", *LOOK_ALIKES):
        assert not shape.allows(other)


@each(NUMBERS)
def test_a_number_takes_its_limits_and_nothing_beyond(shape: Number) -> None:
    for limit in (shape.least, shape.most):
        assert shape.allows(limit)
        assert Draft202012Validator(shape.json_schema()).is_valid(limit)
    assert not shape.allows(shape.least - 1)
    assert not shape.allows(shape.most + 1)
    assert not shape.allows(10**400)
    assert shape.allows(shape.least + 0.5) is not shape.whole
    assert shape.allows(float(shape.least)) is not shape.whole


@each(NUMBERS)
@pytest.mark.parametrize("value", [True, False, "1", None, math.nan, math.inf, -math.inf, [], 1j], ids=repr)
def test_a_number_is_neither_true_nor_text_nor_nan(shape: Number, value: object) -> None:
    assert not shape.allows(value)


@each(TEXTS)
@pytest.mark.parametrize("value", [True, 1, 1.0, None, math.nan, b"ada", ["ada"], ""], ids=repr)
def test_a_text_is_a_text(shape: Text, value: object) -> None:
    assert shape.allows("ada")
    assert not shape.allows(value)


@pytest.mark.parametrize("shape", [shapes.ID, shapes.PERSON], ids=["id", "person"])
@pytest.mark.parametrize("value", ["a", "7", "a.b-c_d", "0" * 64])
def test_ids_are_small_letters_digits_dots_and_dashes(shape: Text, value: str) -> None:
    assert shape.allows(value)


@pytest.mark.parametrize("shape", [shapes.ID, shapes.PERSON], ids=["id", "person"])
@pytest.mark.parametrize(
    "value",
    ["Ada", "a b", "a/b", "a\\b", "../a", "..", ".a", "-a", "_a", "ä", "ａ", "٣", "a\n", "\na", "a\0", "0" * 65],  # noqa: RUF001
    ids=ascii,
)
def test_ids_lead_nowhere_else_and_look_like_nothing_else(shape: Text, value: str) -> None:
    assert not shape.allows(value)


@pytest.mark.parametrize(
    "device", ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
@pytest.mark.parametrize("ending", ["", ".txt", ".2027-01-04.yaml", "."])
def test_a_person_is_no_windows_device(device: str, ending: str) -> None:
    """A person's id names a file and a folder; the id of a skill does not, and may be a device's name."""
    assert not shapes.PERSON.allows(device + ending)
    assert shapes.PERSON.allows(f"{device}a{ending.rstrip('.')}")
    assert shapes.ID.allows(device + ending)


@pytest.mark.parametrize("value", ["x", " x ", "x" * 400, "Zeile\nzwei", "名前"])
def test_a_name_is_any_text_with_something_to_read(value: str) -> None:
    assert shapes.NAME.allows(value)


@pytest.mark.parametrize("value", ["", " ", "\n\t ", "x" * 401], ids=["empty", "blank", "blanks", "long"])
def test_a_name_is_neither_blank_nor_endless(value: str) -> None:
    assert not shapes.NAME.allows(value)


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_day_is_written_in_full_and_in_one_way(day: dt.date) -> None:
    """ISO 8601 has others; two ways to write one day would be two names for one sheet."""
    assert shapes.DAY.allows(day.isoformat())
    assert shapes.DAY.meant(day.isoformat()) == day
    for other in (day, day.strftime("%Y%m%d"), day.strftime("%G-W%V-%u"), f"{day}T00:00", f" {day}", f"{day}\n"):
        assert not shapes.DAY.allows(other)


@pytest.mark.parametrize("value", ["2026-13-45", "2027-02-29", "2027-1-4", "0", 0, 20270104, True, None, math.nan, ""])
def test_what_the_calendar_does_not_have_is_no_day(value: object) -> None:
    assert not shapes.DAY.allows(value)


@given(st.sampled_from([*ALL.values()]), ANYTHING)
def test_the_schema_for_editors_refuses_nothing_that_is_allowed(shape: Shape, value: object) -> None:
    if shape.allows(value):
        assert Draft202012Validator(shape.json_schema()).is_valid(value)


@given(st.sampled_from([*CHOICES.values(), *NUMBERS.values(), shapes.ID, shapes.NAME]), ANYTHING)
def test_the_schema_for_editors_lets_nothing_else_through(shape: Shape, value: object) -> None:
    """As far as JSON can tell: there 1.0 is 1, and there is neither NaN nor a date."""
    told_apart = isinstance(value, (int, str)) or value is None
    if told_apart and not shape.allows(value):
        assert not Draft202012Validator(shape.json_schema()).is_valid(value)


@each(ALL)
def test_a_message_completes_the_sentence_must_be(shape: Shape) -> None:
    assert shape.expected
    assert shape.json_schema()["description"] == shape.expected
    assert not shape.expected.endswith(".")


def test_a_shape_alone_checks_nothing() -> None:
    for ask in (lambda: Shape().allows(1), lambda: Shape().json_schema()):
        with pytest.raises(NotImplementedError):
            ask()
