"""From rules and evidence to a ruling: pass, fail or cannot judge, rule by rule and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from gapcheck.core.gate.measures import MEASURES, exactly, is_in, least_of, too_few
from gapcheck.core.gate.ratchet import compare
from gapcheck.problems import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapcheck.core.gate.measures import Evidence, Reading
    from gapcheck.core.gate.ratchet import Baseline
    from gapcheck.core.people import GateRule
    from gapcheck.problems import Problem

Outcome = Literal["pass", "fail", "cannot-judge"]

SMALL = 5
"""The least number of people that a group named in public has."""

WITHHELD = "a group of fewer than 5"
RATCHET = "ratchet"
CONFIG = "gapcheck.yaml"
NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule and where it stands in gapcheck.yaml; a rule that nobody wrote stands nowhere (line 0)."""

    rule: GateRule
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule came to. `value` is the exact number compared with `limit`, None where nothing could be measured.

    `skill`, `stage` and `group` say where it was taken; `subject` and `short` are ids of skills and stages: the worst,
    and all that fall short. `about` and `words` tell it. No person stands in any of them.
    """

    measure: str
    bound: Literal["min", "max"]
    limit: Fraction
    unit: str
    outcome: Outcome
    value: Fraction | None
    about: str
    words: str
    skill: str | None = None
    stage: str | None = None
    group: str | None = None
    subject: str = ""
    short: tuple[str, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the gate says as a whole: results in the order of the rules, and what kept it from judging at all.

    `faults` are problems of files: one of them, and nothing is judged. `left_out` are rules that one's own sheet does
    not have. `folder` is where gapcheck.yaml lies as a build server sees it, from the root of the repository.
    """

    results: tuple[Result, ...] = ()
    faults: tuple[Problem, ...] = ()
    as_of: dt.date | None = None
    warn_until: dt.date | None = None
    own: bool = False
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    folder: str = ""

    @property
    def outcome(self) -> Outcome:
        """Cannot judge before fail before pass; a gate without a rule that was judged has judged nothing."""
        outcomes = {result.outcome for result in self.results}
        if self.faults or not outcomes or "cannot-judge" in outcomes:
            return "cannot-judge"
        return "fail" if "fail" in outcomes else "pass"

    @property
    def warns(self) -> bool:
        """Whether failures are warnings yet: before the day named, not on it."""
        return self.as_of is not None and self.warn_until is not None and self.as_of < self.warn_until

    def code(self, *, exit_zero: bool = False) -> int:
        """The exit code: 0, 1 for failures, 2 where it cannot judge, which nothing makes 0."""
        failing = 0 if exit_zero or self.warns else 1
        return {"pass": 0, "fail": failing, "cannot-judge": 2}[self.outcome]

    @property
    def file(self) -> str:
        """The file that the rules stand in, from the root of the repository."""
        return self.path(CONFIG)

    def path(self, file: str) -> str:
        """A file from the root of the repository, with slashes."""
        slashed = file.replace("\\", "/")
        return f"{self.folder}/{slashed}" if self.folder and not slashed.startswith("/") else slashed

    def of(self, outcome: Outcome) -> tuple[Result, ...]:
        """The results that came to an outcome."""
        return tuple(result for result in self.results if result.outcome == outcome)


def rule_on(
    rules: Sequence[Placed], seen: Evidence, baseline: tuple[Baseline, Span] | None = None, *, public: bool = False
) -> Ruling:
    """Hold a team, or one's own sheet, against rules and a baseline.

    One's own sheet has cover of its own (the skills that the role is to carry, or hold) and a figure; what is about
    others is left out. In public a group of fewer than SMALL is not named, and no skill that hangs on one person is.
    """
    meant = [each for each in rules if not seen.own or (MEASURES[each.rule.measure].own and each.rule.group is None)]
    results = [_result(each, seen, public=public) for each in meant]
    if baseline is not None and not seen.own:
        results.append(_ratchet(seen, *baseline))
    left_out = [_named(each.rule) for each in rules if each not in meant]
    left_out += [RATCHET] if baseline is not None and seen.own else []
    return Ruling(results=tuple(results), as_of=seen.today, own=seen.own, left_out=tuple(dict.fromkeys(left_out)))


def _result(placed: Placed, seen: Evidence, *, public: bool) -> Result:
    rule = placed.rule
    group = WITHHELD if public and rule.group is not None and _is_small(seen, rule.group) else rule.group
    named = not public or rule.measure != "stand-ins"
    measure = MEASURES[rule.measure]
    reading = measure.of(rule, seen)
    on_cover = rule.measure in ("carry", "hold")
    given = rule.min if measure.bound == "min" else rule.max
    limit = least_of(rule, seen) if on_cover else exactly(given or 0)
    outcome = _outcome(reading, measure.bound, limit)
    return Result(
        measure=rule.measure,
        bound=measure.bound,
        limit=limit,
        unit=measure.unit,
        outcome=outcome,
        value=reading.value,
        about=_about(rule, group, seen),
        words=reading.words,
        skill=rule.skill,
        stage=rule.stage,
        group=group,
        subject=reading.subject if named else "",
        short=reading.short if named and outcome == "fail" else (),
        span=placed.span,
    )


def _outcome(reading: Reading, bound: Literal["min", "max"], limit: Fraction) -> Outcome:
    """Raw numbers against each other: 79.96 does not pass 80."""
    if reading.value is None:
        return "cannot-judge"
    holds = reading.value >= limit if bound == "min" else reading.value <= limit
    return "pass" if holds else "fail"


def _named(rule: GateRule) -> str:
    return f"{rule.measure} in {rule.group}" if rule.group is not None else rule.measure


def _is_small(seen: Evidence, group: str) -> bool:
    return sum(is_in(member.groups, group) for member in seen.team.members) < SMALL


def _about(rule: GateRule, group: str | None, seen: Evidence) -> str:
    """Where a rule was measured, in the catalog's names."""
    catalog = seen.team.catalog
    parts = []
    if rule.skill is not None:
        parts.append(catalog.skills[catalog.renamed.get(rule.skill, rule.skill)].name)
    elif rule.stage is not None:
        parts.append(catalog.stages[rule.stage].name)
    elif "stage" in MEASURES[rule.measure].takes:
        parts.append("each stage" if rule.measure == "figure" else "every skill asked for")
    parts += [group] if group is not None else []
    return ", ".join(parts)


def _ratchet(seen: Evidence, baseline: Baseline, span: Span) -> Result:
    reading = too_few(seen.team, seen) or compare(seen.team, baseline)
    return Result(
        measure=RATCHET,
        bound="max",
        limit=Fraction(),
        unit="skills",
        outcome=_outcome(reading, "max", Fraction()),
        value=reading.value,
        about="cover since the baseline",
        words=reading.words,
        subject=reading.subject,
        short=reading.short,
        span=span,
    )
