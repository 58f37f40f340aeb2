"""The gate's ruling told as blocks: the verdict first, then every rule with the number it was held against."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapcheck.core.gate import Result, Ruling

MOST_LISTED = 12
"""Skills named for one rule at most; JSON has them all."""

OUTCOMES = {"pass": "pass", "fail": "FAIL", "cannot-judge": "CANNOT JUDGE"}
SAID = {"pass": "holds", "fail": "does not hold", "cannot-judge": "cannot be judged"}
LABELS = {
    "carry": "people who carry (4 or more)",
    "hold": "people who hold (3 or more)",
    "stand-ins": "skills that one person carries alone",
    "stale": "answers past their half-life",
    "participation": "people with a sheet",
    "figure": "weighted mean",
    "map-age-days": "days since the journey's figures",
    "open-incidents": "open incidents without an owner",
    "ratchet": "skills covered worse",
    "together": "rules told as one",
}
"""What each measure counts, in words."""

SMALL_PRINT = (
    "Cover and counts, never one person's level; from settled claims. Not validated for, and not to be used in, "
    "hiring, pay, promotion, dismissal or ranking."
)
OWN = (
    "Your own sheet: the rules on cover and figures are held against you alone, for the skills that your role is to "
    "carry or hold. For your eyes; no team's gate does this."
)


def tell_gate(ruling: Ruling) -> tuple[Block, ...]:
    """The blocks of a ruling."""
    return tuple(_blocks(ruling))


def _blocks(ruling: Ruling) -> Iterator[Block]:
    yield Heading(1, "Gate", f"as of {words.day(ruling.as_of)}" if ruling.as_of else "")
    yield Text(verdict(ruling))
    if ruling.own:
        yield Text(OWN)
    if ruling.results:
        yield Table(("", "Rule", "Measured", "What it says"), tuple(_row(each, ruling) for each in ruling.results))
    short = tuple(
        (each.measure, words.listed(each.short, MOST_LISTED)) for each in ruling.results if len(each.short) > 1
    )
    if short:
        yield Heading(2, "What falls short")
        yield Table((), short)
    if ruling.faults:
        yield Heading(2, "What kept it from judging")
        yield Table(("Fault",), tuple((str(fault),) for fault in ruling.faults))
    if ruling.left_out:
        yield Note(f"Not held against one's own sheet: {', '.join(ruling.left_out)}.")
    for note in ruling.notes:
        yield Note(note)
    yield Note(SMALL_PRINT)


def verdict(ruling: Ruling) -> str:
    """The ruling in a sentence or two."""
    number = sum(each.rules for each in ruling.results)
    failing, unknown = ruling.of("fail"), ruling.of("cannot-judge")
    if ruling.faults:
        return "CANNOT JUDGE: what the gate reads has faults, and nothing was measured."
    if not ruling.results:
        return "CANNOT JUDGE: no rule is about this."
    if ruling.outcome == "cannot-judge":
        said = f"CANNOT JUDGE: {_of(unknown, number)} could not be judged."
        return f"{said} {_fails(failing, number)}" if failing else said
    if ruling.outcome == "pass":
        return f"Pass: {words.counted(number, 'rule')} {'holds' if number == 1 else 'hold'}."
    if ruling.warns and ruling.warn_until:
        until = words.day(ruling.warn_until)
        return f"WARNING ONLY: {_fails(failing, number)} From {until} on this ends the run with exit code 1."
    return _fails(failing, number)


def _fails(failing: Sequence[Result], number: int) -> str:
    return f"FAIL: {_of(failing, number)} {'does' if len(failing) == 1 else 'do'} not hold."


def _of(found: Sequence[Result], number: int) -> str:
    """How many rules of all; of those that are told as one, one at least."""
    least = "at least " if any(each.rules > 1 for each in found) else ""
    return f"{least}{len(found)} of {words.counted(number, 'rule')}"


def _row(result: Result, ruling: Ruling) -> tuple[str, ...]:
    outcome = "WARNING" if ruling.warns and result.outcome == "fail" else OUTCOMES[result.outcome]
    place = f" ({ruling.file}:{result.span.line})" if result.span.line else ""
    return outcome, f"{told(result)}{place}", measured(result), result.words


def told(result: Result) -> str:
    """The rule in words: what is counted, where, and its bound."""
    where = f", {result.about}" if result.about else ""
    named = f"{result.measure}: {LABELS[result.measure]}{where}"
    if result.limit is None:
        return named
    return f"{named}; {'at least' if result.bound == 'min' else 'at most'} {number(result.limit, result)}"


def measured(result: Result) -> str:
    """The number behind an outcome; empty where it is not for everybody."""
    if result.value is None:
        return "nothing" if result.outcome == "cannot-judge" else ""
    return number(result.value, result)


def number(value: Fraction, result: Result) -> str:
    """A number with its unit, to two places at most, never rounded towards the bound: what fails must look so."""
    towards = math.floor if result.bound == "min" else math.ceil
    shown = Fraction(towards(value * 100), 100)
    text = f"{float(shown):.2f}".rstrip("0").rstrip(".")
    return f"{text}%" if result.unit == "%" else text


def sentence(result: Result) -> str:
    """A result in one line, for whoever reads a build log: rule, number, and what it rests on."""
    if result.value is None:
        return f"{SAID[result.outcome]}: {told(result)}: {result.words}"
    return f"{number(result.value, result)} measured, {told(result)}: {result.words}"
