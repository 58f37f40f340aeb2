"""What a single value in a user's file may be, said once: the check, its message and its JSON Schema.

The types of the other modules carry these as annotations. pydantic finds the two hooks when `files`
validates; nothing here imports it before that.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, ClassVar

DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


class Record:
    """Base of every dataclass that a file can hold: unknown keys are faults, and no message echoes input."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "hide_input_in_errors": True}


class Shape:
    """A check of one value; `expected` completes the sentence "must be ..."."""

    expected: str

    def allows(self, value: object) -> bool:
        """Whether the value, as the reader gave it, has this shape."""
        raise NotImplementedError

    def meant(self, value: object) -> object:
        """What an allowed value stands for: itself, unless the shape says otherwise."""
        return value

    def json_schema(self) -> dict[str, Any]:
        """The same for editors, as JSON Schema."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def check(value: object) -> object:
            if self.allows(value):
                return self.meant(value)
            blank = "; it is blank" if value in (None, "") else ""
            raise PydanticCustomError("shape", "must be {expected}", {"expected": self.expected + blank})

        return core_schema.no_info_plain_validator_function(check)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return self.json_schema()


@dataclass(frozen=True, slots=True)
class OneOf(Shape):
    """Exactly one of these values, type included: neither `true` nor `1.0` is 1."""

    values: tuple[int | str | None, ...]
    expected: str

    def allows(self, value: object) -> bool:
        """Equal to one of the values, and of its type."""
        return any(type(value) is type(allowed) and value == allowed for allowed in self.values)

    def json_schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.values), "description": self.expected}


@dataclass(frozen=True, slots=True)
class Number(Shape):
    """A number within limits, both included; `whole` refuses fractions, and `true` is no number."""

    least: int
    most: int
    whole: bool
    expected: str

    def allows(self, value: object) -> bool:
        """A number within the limits."""
        kinds = (int,) if self.whole else (int, float)
        return type(value) in kinds and self.least <= value <= self.most  # type: ignore[operator]

    def json_schema(self) -> dict[str, Any]:
        """A number with both limits."""
        return {
            "type": "integer" if self.whole else "number",
            "minimum": self.least,
            "maximum": self.most,
            "description": self.expected,
        }


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """A text that matches a pattern as a whole."""

    pattern: str
    expected: str
    file_name: bool = False

    def allows(self, value: object) -> bool:
        """A text that matches as a whole, and is no device's name where it names a file."""
        if not isinstance(value, str) or re.fullmatch(self.pattern, value) is None:
            return False
        return not (self.file_name and value.split(".")[0] in DEVICE_NAMES)

    def json_schema(self) -> dict[str, Any]:
        """A string with its pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "description": self.expected}


@dataclass(frozen=True, slots=True)
class Day(Shape):
    """A day of the calendar, written as 2027-01-04."""

    expected: str = "a date like 2027-01-04"

    def allows(self, value: object) -> bool:
        """A text that is a day and is written in full."""
        try:
            return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False

    def meant(self, value: object) -> object:
        """The day itself."""
        return dt.date.fromisoformat(str(value))

    def json_schema(self) -> dict[str, Any]:
        """A string that is a date."""
        return {"type": "string", "format": "date", "description": self.expected}


SLUG = "[a-z0-9][a-z0-9._-]{0,63}"
ID = Text(SLUG, "small letters, digits, dots, dashes (at most 64)")
PERSON = Text(  # a folder's name: Windows drops a dot at its end, and two people would share a folder
    "[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?",
    "small letters, digits, dots, dashes (at most 64), no dot at the end, and no device name",
    file_name=True,
)
NAME = Text(r"(?=[\s\S]*\S)[\s\S]{1,400}", "a text of 1 to 400 characters")
DAY = Day()
LEVEL = OneOf((0, 1, 2, 3, 4, 5), "a level from 0 to 5")
TARGET = OneOf((0, 2, 3, 4), "0, 2, 3 or 4")
RATING = OneOf((0, 1, 2, 3, 4, 5, "n/a", "unknown", None), "a level from 0 to 5, n/a or unknown")
GOAL = OneOf((1, 2, 3, 4, 5), "a level from 1 to 5")
IMPORTANCE = OneOf((1, 2, 3, 4, 5), "an importance from 1 to 5")
HOURS = Number(1, 500, whole=True, expected="whole hours from 1 to 500")
WEEKLY = Number(0, 80, whole=False, expected="hours a week from 0 to 80")
COUNT = Number(0, 10_000, whole=True, expected="a whole number from 0 to 10000")
NUMBER = Number(1, 10_000, whole=True, expected="a whole number from 1 to 10000")
WEEKS = Number(1, 520, whole=True, expected="whole weeks from 1 to 520")
WEIGHT = Number(0, 100, whole=False, expected="a weight from 0 to 100")
MONTHS = Number(1, 240, whole=True, expected="whole months from 1 to 240")
AMOUNT = Number(0, 1_000_000_000, whole=False, expected="a number from 0")
