"""Claimed beside shown: what the checks of one sheet say, in figures first and then in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core import calibration
from gapcheck.core.interview import claims_of, doubts_of, estimate_of
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapcheck.core.answers import Sheet
    from gapcheck.core.calibration import Against, Doubt, Overall, Range
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.report.model import Report

WAYS = {
    "check": "a check or two: gapcheck assess --again unsure",
    "peer": "somebody else's rating: gapcheck assess --person {person} --rater peer --by THEIR-ID",
    "work": "a sample of your last work, shown to somebody who carries it",
}
"""The cheapest way to settle a level."""

SMALL_PRINT = (
    "Levels that the checks settle are estimates from published averages and assumptions (docs/calibration.md): the "
    "answers can be read in the catalog, nothing is proctored, and knowing is not doing. Checks may lower a claim and "
    "never prove level 4. All of it can be seen, corrected and deleted."
)


@dataclass(frozen=True, slots=True)
class Belief:
    """What a sheet's checks show: answered and right, ranges by skill (levels 0-5), doubts, and skills at target."""

    answered: int
    ranges: Mapping[str, Range]
    against: Against | None
    by_stage: Mapping[str, Against]
    at_target: Overall
    doubts: tuple[Doubt, ...]


def belief_of(catalog: Catalog, sheet: Sheet, targets: Mapping[str, int]) -> Belief | None:
    """What the checks say about the skills that have a target; None where no check was answered."""
    answered = sum(map(len, sheet.checks.values()))
    if not answered:
        return None
    estimate = estimate_of(catalog, sheet)
    shown = calibration.evidence(catalog, sheet, catalog.skills)
    claimed = [skill for skill in claims_of(sheet) if skill in targets]
    stages = {
        key: calibration.against({skill: said for skill, said in shown.items() if catalog.stage_of[skill] == key})
        for key in catalog.stages
    }
    return Belief(
        answered=answered,
        ranges={skill: estimate.credible(skill) for skill in claimed},
        against=calibration.against(shown),
        by_stage={key: of for key, of in stages.items() if of and of.answered >= calibration.LEAST_STAGE},
        at_target=calibration.at_target(estimate, {skill: targets[skill] for skill in claimed}),
        doubts=doubts_of(catalog, sheet, claimed, estimate),
    )


def claimed_and_shown(report: Report) -> Iterator[Block]:
    """The figures, the levels that were settled otherwise, and the few skills worth another look."""
    belief = report.belief
    if belief is None:
        return
    yield Heading(2, "Claimed and shown", f"{words.counted(belief.answered, 'check')} answered")
    if belief.against and belief.against.answered >= calibration.LEAST_OVERALL:
        yield Text(_right(belief.against) + _not_counted(belief.answered - belief.against.answered))
    rows = tuple((report.catalog.stages[key].name, _right(of)) for key, of in belief.by_stage.items())
    if rows:
        yield Table((), rows)
    yield Text(_target(belief.at_target, len(belief.ranges)))
    yield from _settled(report, belief)
    yield from _doubts(report, belief)
    yield Note(SMALL_PRINT)


def _right(of: Against) -> str:
    """Right answers; the number expected beside it only where the two are further apart than chance."""
    told = f"{of.right} of {of.answered} right"
    if abs(of.z) < calibration.WORDED:
        return f"{told}, which fits the levels you gave."
    return f"{told}; people at the levels you gave get about {of.expected:.0f}."


def _not_counted(answered: int) -> str:
    """Checks on skills without a level, which nothing can be expected of."""
    return f" {words.counted(answered, 'more answer')} on skills you gave no level." if answered else ""


def _target(at: Overall, claimed: int) -> str:
    low, high = round(at.low), round(at.high)
    span = f"{low}" if low == high else f"{low} to {high}"
    return f"Ratings and checks together: {span} of your {words.counted(claimed, 'skill')} at target (80 in 100)."


def _settled(report: Report, belief: Belief) -> Iterator[Block]:
    settled = [line for line in report.judged if line.id in report.sheet.settled]
    if belief.answered < calibration.LEAST_CHECKS:
        missing = calibration.LEAST_CHECKS - belief.answered
        yield Text(f"Every claim stands: it takes {words.counted(missing, 'more check')} before one can be settled.")
    elif report.overruled:
        yield Text(f"This report goes by claims; {words.counted(report.overruled, 'level')} settled otherwise.")
    elif not settled:
        yield Text("Every claim stands.")
    else:
        columns = ("Skill", "You said", "Your answers fit", "We go with, until something settles it")
        yield Table(
            columns,
            tuple(
                (line.skill.name, words.rated(line.rating), fits(belief.ranges[line.id]), str(line.level))
                for line in settled
                if line.id in belief.ranges
            ),
        )


def _doubts(report: Report, belief: Belief) -> Iterator[Block]:
    if not belief.doubts:
        return
    yield Heading(3, "Check these")
    rows = (
        (
            report.line(doubt.skill).skill.name,
            str(doubt.claimed),
            fits(belief.ranges[doubt.skill]),
            _way(doubt, belief).format(person=report.sheet.person),
        )
        for doubt in belief.doubts
    )
    yield Table(("Skill", "You said", "Your answers fit", "What settles it"), tuple(rows))


def _way(doubt: Doubt, belief: Belief) -> str:
    """The cheapest way to settle a level; while nothing can be settled yet, more checks."""
    if doubt.way == "check" and belief.answered < calibration.LEAST_CHECKS:
        return "more checks: gapcheck assess --again unsure"
    return WAYS[doubt.way]


def fits(spread: Range) -> str:
    """`2 to 4 (about 85 in 100)`."""
    span = f"{spread.low}" if spread.low == spread.high else f"{spread.low} to {spread.high}"
    return f"{span} (about {spread.mass * 100:.0f} in 100)"


def over_claimed(catalog: Catalog, sheet: Sheet) -> str:
    """What was ticked of the terms, for the person alone: no report, file or team figure has it. Empty if not asked."""
    asked = [(catalog.stages[key].terms, set(ticked)) for key, ticked in sheet.terms.items() if key in catalog.stages]
    real, invented = ([term for terms, _ in asked for term in getattr(terms, kind)] for kind in ("real", "invented"))
    known = {term for _, ticked in asked for term in ticked}
    if not invented:
        return ""
    of = calibration.over_claiming(len(known & set(invented)), len(invented))
    return (
        f"Terms: you ticked {len(known & set(real))} of {len(real)} real ones, and {len(known & set(invented))} of "
        f"{len(invented)} that do not exist: a rate of {of.low:.0%} to {of.high:.0%} (80 in 100). Only you see this."
    )


def least_sure(report: Report) -> str:
    """The skill a check settles first, for the first screen; empty where there is none."""
    doubt = next((d for d in report.belief.doubts if d.way == "check"), None) if report.belief else None
    if doubt is None:
        return ""
    spread = f"{doubt.low}" if doubt.low == doubt.high else f"{doubt.low} to {doubt.high}"
    name = report.line(doubt.skill).skill.name
    return f"Least sure: {name}, you said {doubt.claimed}, answers fit {spread}: gapcheck assess --again unsure"
