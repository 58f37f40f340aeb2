"""The options of a knowledge check are four, and say four different things.

An option that stands twice cannot be the one right answer, and each one too few makes guessing pay more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill
from gapcheck.lint.wording import same, twins, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog, Check
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "options-repeat"
SEVERITY: Severity = "error"


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Checks with fewer than four options, an answer that is no option, options that say the same or nothing."""
    for key, skill in catalog.skills.items():
        for level, asked in skill.checks.items():
            for path, message in _faults(asked):
                file, at = in_skill(catalog, key, "checks", level)
                yield Finding(file, (*at, *path), message)


def _faults(asked: Check) -> Iterator[tuple[tuple[str, ...], str]]:
    if asked.answer not in asked.options:
        yield ("answer",), "is none of the options; write that option, or name another"
    missing = [letter for letter in "abcd" if letter not in asked.options]
    if missing:
        yield ("options",), f"no option {', '.join(missing)}; four are needed"
    said = {letter: text for letter, text in asked.options.items() if words(text)}
    for letter in sorted(asked.options.keys() - said.keys()):
        yield ("options", letter), "says nothing; write an answer that somebody would give"
    for letter, twin in twins(said, same):
        yield ("options", letter), f"says the same as option {twin}; write one that somebody else would choose"
