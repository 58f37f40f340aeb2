"""A catalog that no rule finds fault with, written as text, so that a test says only what it changes.

Its one stage is `one.yaml`. In it level 0 of the first skill stands on line 8, level 1 on line 9 and so on, each at
column 7; the learning steps on lines 15 to 18 at column 9; the checks of levels 2 to 4 on lines 20 to 22.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

import pytest

from gapcheck.files import catalogs
from gapcheck.lint import run
from gapcheck.lint.report import problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gapcheck.problems import Problem

Found = tuple[str, str, int, int]
"""A rule, and the file, line and column it points at."""

LEVELS = {
    "0": "Could not say where our ads run.",
    "1": "Names the networks we pay and what each costs a month.",
    "2": "Marks the weak line in a draft and says why buyers skip it.",
    "3": "Sets up a campaign from our template; somebody looks it over.",
    "4": "Runs one budget alone for a quarter, inside the agreed price.",
    "5": "Is sent the accounts that lose money, and mends them.",
}
LEARN = ((1, 2), (2, 5), (3, 10), (4, 20))
OPTIONS = {"a": "Raise the bid", "b": "Cut the bid", "c": "Wait for more clicks", "d": "Stop the campaign"}
REACHED = "touchpoints:\n  page: {name: Page, skills: [ads]}\n"
OF_POLICIES = ("policy-unused", "policy-invariants")
"""Rules that are tried only where a test brings a policy: the shipped one has its own tests, and takes its time."""
CONTENTS = "gapcheck: catalog/1\nname: tiny\nversion: '1'\nstages: [one]\n"


class Lint(Protocol):
    """Skills, what stands below them in the stage, and other files, to what the rules find, in order."""

    def __call__(self, *skills: str, below: str = REACHED, files: Mapping[str, str] | None = None) -> list[Found]: ...


class Problems(Protocol):
    """The same with messages."""

    def __call__(self, *skills: str, below: str = REACHED, files: Mapping[str, str] | None = None) -> list[Problem]: ...


def skill(
    key: str = "ads",
    levels: Mapping[str, str] | None = None,
    learn: tuple[tuple[int, int], ...] = LEARN,
    checks: Mapping[str, str] | None = None,
    more: str = "",
) -> str:
    """A skill as text; `levels` replace the usual ones, steps are pairs of level and hours."""
    said = {**LEVELS, **(levels or {})}
    asked = checks if checks is not None else {n: check() for n in "234"}
    return "\n".join(
        [
            f"  {key}:",
            "    name: Advertising",
            "    importance: 3",
            "    levels:",
            *(f"      {n}: {json.dumps(text)}" for n, text in said.items()),
            *(["    learn:"] if learn else []),
            *(f"      - {{to: {to}, hours: {hours}, do: Read, produce: A note}}" for to, hours in learn),
            *(["    checks:"] if asked else []),
            *(f"      {n}: {text}" for n, text in asked.items()),
            *([f"    {more}"] if more else []),
        ]
    )


def check(options: Mapping[str, str] | None = None, answer: str = "a") -> str:
    """A knowledge check as text, on one line."""
    given = ", ".join(f"{letter}: {json.dumps(text)}" for letter, text in (options or OPTIONS).items())
    return f"{{question: What now?, options: {{{given}}}, answer: {answer}, why: It pays.}}"


def stage(*skills: str, below: str = REACHED) -> str:
    """A stage as text."""
    return "\n".join(["gapcheck: stage/1", "name: One", "skills:", *(skills or (skill(),)), below])


@pytest.fixture
def problems(tmp_path: Path) -> Problems:
    """Write a catalog, read it through the door, and hold it to the rules that it does not switch off."""

    def check_all(*skills: str, below: str = REACHED, files: Mapping[str, str] | None = None) -> list[Problem]:
        for name, text in {"catalog.yaml": CONTENTS, "one.yaml": stage(*skills, below=below), **(files or {})}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        loaded = catalogs.load(tmp_path)
        ignored = {*loaded.catalog.contents.lint_ignore, *(() if "policy.yaml" in (files or {}) else OF_POLICIES)}
        return sorted(problem(loaded.docs, *found) for found in run(loaded.catalog, loaded.policy, ignored))

    return check_all


@pytest.fixture
def lint(problems: Problems, tmp_path: Path) -> Lint:
    """What the rules find, without the words."""

    def places(*skills: str, below: str = REACHED, files: Mapping[str, str] | None = None) -> list[Found]:
        found = problems(*skills, below=below, files=files)
        return [
            (each.rule, each.file.removeprefix(str(tmp_path))[1:].replace("\\", "/"), each.span.line, each.span.column)
            for each in found
        ]

    return places
