"""From rules and evidence to a ruling: pass, fail or cannot judge, rule by rule and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from gapcheck.core.gate.measures import MEASURES, exactly, least_of, too_few
from gapcheck.core.gate.public import Held, in_public
from gapcheck.core.gate.ratchet import compare
from gapcheck.core.gate.results import NOWHERE, RATCHET, Result

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapcheck.core.gate.evidence import Evidence, Reading
    from gapcheck.core.gate.ratchet import Baseline
    from gapcheck.core.gate.results import Outcome, Placed
    from gapcheck.core.people import GateRule
    from gapcheck.problems import Problem, Span

CONFIG = "gapcheck.yaml"


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
    rules: Sequence[Placed],
    seen: Evidence,
    baseline: tuple[Baseline, Span] | None = None,
    *,
    public: bool = False,
    place: Span = NOWHERE,
) -> Ruling:
    """Hold a team, or one's own sheet, against rules and a baseline.

    One's own sheet has cover of its own (the skills that the role is to carry, or hold) and a figure; what is about
    others is left out. In public only what everybody may see is told; `place` is where the rules begin.
    """
    meant = [each for each in rules if not seen.own or (MEASURES[each.rule.measure].own and each.rule.group is None)]
    held = [_held(each, seen) for each in meant]
    if baseline is not None and not seen.own:
        held.append(_ratchet(seen, *baseline))
    left_out = [_named(each.rule) for each in rules if each not in meant]
    left_out += [RATCHET] if baseline is not None and seen.own else []
    results = in_public(held, seen, place) if public else tuple(each.result for each in held)
    return Ruling(results=results, as_of=seen.today, own=seen.own, left_out=tuple(dict.fromkeys(left_out)))


def _held(placed: Placed, seen: Evidence) -> Held:
    rule = placed.rule
    measure = MEASURES[rule.measure]
    reading = measure.of(rule, seen)
    given = rule.min if measure.bound == "min" else rule.max
    limit = least_of(rule, seen) if rule.measure in ("carry", "hold") else exactly(given or 0)
    outcome = _outcome(reading, measure.bound, limit)
    result = Result(
        measure=rule.measure,
        bound=measure.bound,
        limit=limit,
        unit=measure.unit,
        outcome=outcome,
        value=reading.value,
        about=_about(rule, seen),
        words=reading.words,
        skill=rule.skill,
        stage=rule.stage,
        group=rule.group,
        subject=reading.subject,
        short=reading.short if outcome == "fail" else (),
        span=placed.span,
    )
    return Held(reading, result)


def _outcome(reading: Reading, bound: Literal["min", "max"], limit: Fraction) -> Outcome:
    """Raw numbers against each other: 79.96 does not pass 80."""
    if reading.value is None:
        return "cannot-judge"
    holds = reading.value >= limit if bound == "min" else reading.value <= limit
    return "pass" if holds else "fail"


def _named(rule: GateRule) -> str:
    return f"{rule.measure} in {rule.group}" if rule.group is not None else rule.measure


def _about(rule: GateRule, seen: Evidence) -> str:
    """Where a rule was measured, in the catalog's names."""
    catalog = seen.team.catalog
    parts = []
    if rule.skill is not None:
        parts.append(catalog.skills[catalog.renamed.get(rule.skill, rule.skill)].name)
    elif rule.stage is not None:
        parts.append(catalog.stages[rule.stage].name)
    elif "stage" in MEASURES[rule.measure].takes:
        parts.append("each stage" if rule.measure == "figure" else "every skill asked for")
    parts += [rule.group] if rule.group is not None else []
    return ", ".join(parts)


def _ratchet(seen: Evidence, baseline: Baseline, span: Span) -> Held:
    reading = too_few(seen.team, seen) or compare(seen.team, baseline)
    result = Result(
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
    return Held(reading, result)
