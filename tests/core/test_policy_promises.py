"""What must hold whatever someone answers, each promise over every combination of facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.rubric import Circumstances

if TYPE_CHECKING:
    from gapcheck.core.advice import Facts, Verdict
    from tests.core.conftest import Verdicts

OUT = {"outsource-execution", "outsource-both"}


def handed_out(facts: Facts, verdict: Verdict) -> str | None:
    """What leaves one's own hands, now or while one learns; None where nothing does.

    A borrowed judge signs somebody's work: where there are hands it is theirs, conceived and made.
    """
    asked = {verdict.action, verdict.meanwhile}
    if "outsource-both" in asked or ("borrowed-judge" in asked and facts.hands != "none"):
        return "outsource-both"
    return "outsource-execution" if "outsource-execution" in asked else None


def outside_help(facts: Facts, verdict: Verdict) -> int:
    """How much others do or answer for: nothing, the signature, the execution, all of it.

    A template, a colleague's look at it and a rehearsal leave work and answer with oneself: no outside help.
    """
    out = handed_out(facts, verdict)
    if out:
        return 3 if out == "outsource-both" else 2
    return int(verdict.meanwhile == "borrowed-judge")


def test_nobody_below_3_is_told_to_do_it_but_a_leader_at_target(verdicts: Verdicts) -> None:
    """Who cannot make a usable piece is not sent to make one; leading is done by whoever leads."""
    for facts, verdict in verdicts.items():
        if verdict.action == "do" and facts.level < 3:
            assert facts.outsource == "none"
            assert facts.level >= facts.target


def test_what_cannot_be_outsourced_stays(verdicts: Verdicts) -> None:
    """Neither as the verdict nor meanwhile, and no judge is borrowed for it either."""
    for facts, verdict in verdicts.items():
        if facts.outsource == "none":
            assert outside_help(facts, verdict) == 0


def test_nothing_goes_to_nobody(verdicts: Verdicts) -> None:
    """Without a colleague or supplier nothing is handed out, not even meanwhile."""
    for facts, verdict in verdicts.items():
        if facts.hands == "none":
            assert not OUT & {verdict.action, verdict.meanwhile}


def test_risks_and_conceptions_leave_the_dark_only_with_a_judge(verdicts: Verdicts) -> None:
    """Below 2 one cannot tell good work from bad, so whatever goes out is signed by somebody who can."""
    seen = 0
    for facts, verdict in verdicts.items():
        if facts.level < 2 and (facts.risk or facts.outsource == "execution") and handed_out(facts, verdict):
            around = Circumstances(hands=facts.hands)
            seen += 1
            assert handed_out(facts, verdict) == "outsource-both"
            assert words.judge(around) in words.meanwhile(verdict, around, facts.level)
    assert seen


def test_nobody_takes_a_course_while_it_burns(verdicts: Verdicts) -> None:
    """What is urgent goes to those who can; learning it waits. What cannot be outsourced has no other way."""
    for facts, verdict in verdicts.items():
        if facts.urgent and facts.hands != "none" and facts.outsource != "none":
            assert verdict.action != "learn"


def test_knowing_more_never_brings_more_outside_help(verdicts: Verdicts) -> None:
    """Nobody is better served by rating lower: all else equal, the next level gets as much help or less."""
    for facts, verdict in verdicts.items():
        if facts.level < 5:
            above = replace(facts, level=facts.level + 1)
            assert outside_help(above, verdicts[above]) <= outside_help(facts, verdict), (facts, verdict)


def test_learning_leads_upward_and_not_past_the_target(verdicts: Verdicts) -> None:
    for facts, verdict in verdicts.items():
        if verdict.action == "learn":
            assert verdict.to is not None
            assert facts.level < verdict.to <= facts.target
