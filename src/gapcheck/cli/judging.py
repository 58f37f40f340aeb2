"""A review at the terminal: criterion by criterion, then what is worth remembering; nothing is kept before the end."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gapcheck.core.deliveries import DAYS_LATE, Finding
from gapcheck.core.interview import Move
from gapcheck.core.report import words
from gapcheck.core.report.delivery import JUDGED
from gapcheck.core.shapes import AMOUNT
from gapcheck.prompt import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gapcheck.core.answers import Rating
    from gapcheck.prompt import Prompter

SAVE = "save"
NOBODY = "-"
"""No id begins with a dash."""

COST = re.compile(r"\d{1,10}(?:[.,]\d{1,2})?")
"""Two decimals at most, so that nobody's separator of thousands is read as a decimal point."""

MOVES = (Move.BACK, Move.NOTE, Move.STOP)
"""On a criterion; on the rest there is nothing to note."""

DAYS = re.compile(r"[+-]?\d{1,4}")


@dataclass(frozen=True)
class Draft:
    """What was answered so far; `judged` by the place of the criterion. Cost and days are as they were typed."""

    judged: Mapping[int, Finding] = field(default_factory=dict)
    supplier: str | None = None
    learned: str = ""
    cost: str = ""
    days: str = ""

    @property
    def paid(self) -> float | None:
        """The cost; None where it was left out."""
        return float(self.cost.replace(",", ".")) if self.cost else None

    @property
    def days_late(self) -> int | None:
        """Days late, below 0 for early; None where that was left out."""
        return int(self.days) if self.days else None


def asked(prompter: Prompter, name: str, criteria: Sequence[str], suppliers: Mapping[str, str]) -> Draft | None:
    """Ask step by step, back and forth; None where the person stopped. `suppliers`, names by id, may be none."""
    judge = (functools.partial(_criterion, name=name, criteria=criteria, n=n) for n in range(len(criteria)))
    who = (functools.partial(_supplier, suppliers=suppliers),) if suppliers else ()
    steps: list[Callable[[Prompter, Draft], Draft | Move]] = [*judge, *who, _learned, _cost, _days, _save]
    count = words.counted(len(criteria), "criterion", "criteria")
    head = f"{name}: {count} to hold the delivery against. Nothing is kept before the end."
    prompter.tell(["", head, "Choose, and press the key again (or Enter) to keep it.", ""])
    draft, at = Draft(), 0
    while at < len(steps):
        reply = steps[at](prompter, draft)
        if reply is Move.STOP:
            return None
        if isinstance(reply, Draft):
            draft, at = reply, at + 1
        else:
            at = max(0, at - 1)
    return draft


def _criterion(prompter: Prompter, draft: Draft, *, name: str, criteria: Sequence[str], n: int) -> Draft | Move:
    """Met, partly or not; where it is not met, why: that is what makes a judge. A note on what is met by its key."""
    text, before = criteria[n], draft.judged.get(n)
    note = before.note if before else ""
    place = f"[{n + 1}/{len(criteria)} {name}]"
    choices = tuple(Choice(value, told.capitalize(), str(key)) for key, (value, told) in enumerate(JUDGED.items(), 1))
    question = Question(place, text, "", choices, before.judged if before else None, moves=MOVES)
    while True:
        reply = _kept(prompter, question)
        if isinstance(reply, Move) and reply is not Move.NOTE:
            return reply
        if reply is not Move.NOTE:
            prompter.echo(f"{place}  {text}  {JUDGED[str(reply)]}")
        why = _why(prompter, reply, note)
        if why is Move.STOP:
            return why
        if isinstance(why, str):
            note = why
            if reply is not Move.NOTE:
                finding = Finding(criterion=text, judged=reply, note=note)  # type: ignore[arg-type]
                return replace(draft, judged={**draft.judged, n: finding})


def _kept(prompter: Prompter, question: Question) -> Rating | Move:
    """What was chosen twice, as in a sitting: a key that repeats itself must not answer what comes next."""
    while True:
        reply = prompter.choose(question)
        if isinstance(reply, Move) or reply == question.before:
            return reply
        shown = frozenset(choice.value for choice in question.choices)
        question = replace(question, before=reply, shown=shown)


def _why(prompter: Prompter, reply: object, before: str) -> str | Move:
    if reply is Move.NOTE:
        return prompter.text("Note on this point:", before)
    if reply == "met":
        return before
    return _typed(prompter, "Why, in a line?", before, bool, "Say what was missing: that is what a review teaches.")


def _supplier(prompter: Prompter, draft: Draft, *, suppliers: Mapping[str, str]) -> Draft | Move:
    named = [*suppliers.items(), (NOBODY, "Somebody else")]
    choices = tuple(Choice(key, name, str(n) if n < 10 else "") for n, (key, name) in enumerate(named, 1))
    reply = _kept(prompter, Question("", "Who delivered it?", "", choices, draft.supplier))
    if isinstance(reply, Move):
        return reply
    prompter.echo(f"Delivered by  {dict(named)[str(reply)]}")
    return replace(draft, supplier=None if reply == NOBODY else str(reply))


def _learned(prompter: Prompter, draft: Draft) -> Draft | Move:
    reply = prompter.text("What did you learn from it, in a line? (Enter for nothing)", draft.learned)
    return reply if isinstance(reply, Move) else replace(draft, learned=reply)


def _cost(prompter: Prompter, draft: Draft) -> Draft | Move:
    def right(text: str) -> bool:
        return bool(COST.fullmatch(text)) and AMOUNT.allows(float(text.replace(",", ".")))

    fault = "Type a number like 1200 or 1200.50, without a separator of thousands; or nothing."
    reply = _typed(prompter, "What did it cost? (Enter to leave it out)", draft.cost, _or_nothing(right), fault)
    return reply if isinstance(reply, Move) else replace(draft, cost=reply)


def _days(prompter: Prompter, draft: Draft) -> Draft | Move:
    def right(text: str) -> bool:
        return bool(DAYS.fullmatch(text)) and DAYS_LATE.allows(int(text))

    fault = "Type whole days, such as 0, 3 or -2; or nothing."
    asked_for = "How many days late? 0 is on time, -2 is two days early. (Enter to leave it out)"
    reply = _typed(prompter, asked_for, draft.days, _or_nothing(right), fault)
    return reply if isinstance(reply, Move) else replace(draft, days=reply)


def _typed(prompter: Prompter, question: str, before: str, right: Callable[[str], bool], fault: str) -> str | Move:
    """A text that is right, or a move; asked again, with what is wrong, until it is one of them."""
    while True:
        reply = prompter.text(question, before)
        if isinstance(reply, Move) or right(reply):
            return reply
        prompter.tell([fault])


def _or_nothing(right: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: not text or right(text)


def _save(prompter: Prompter, draft: Draft) -> Draft | Move:
    met = sum(finding.judged == "met" for finding in draft.judged.values())
    title = f"{met} of {words.counted(len(draft.judged), 'criterion', 'criteria')} met. Keep this review?"
    reply = prompter.choose(Question("", title, "", (Choice(SAVE, "Keep it", "1"),), SAVE))
    return reply if isinstance(reply, Move) else draft
