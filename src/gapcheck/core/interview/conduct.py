"""Where a sitting stands, how one moves in it, and what each answer does to the sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, cast

from gapcheck.core import calibration
from gapcheck.core.interview.agenda import (
    CHANGEABLE,
    NEXT_CHECK,
    SUMMARY,
    Item,
    Scope,
    agenda,
    are_checks_open,
    is_answered,
    is_begun,
    opening_checks,
)
from gapcheck.core.interview.settling import checks_answered, estimate_of, importance_of, left_of, rated, settle, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapcheck.core.answers import CheckLevel, Option, Sheet
    from gapcheck.core.calibration import Estimate
    from gapcheck.core.catalog import Catalog


class Move(Enum):
    """What one can say instead of an answer."""

    BACK = "back"
    FORWARD = "forward"
    STOP = "stop"
    GO = "go"
    HELP = "help"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Jump:
    """To the first open question of a stage, else to its first."""

    stage: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the skill in view."""

    text: str


Reply = int | str | tuple[str, ...] | Move | Jump | Note
"""A rating, a check's option, a text, things ticked, the skill chosen in the summary, or a move."""

DONE = ""
"""Said to the summary: nothing more to change."""

GO_ON, REVISE = "on", "revise"
"""Said to a check's solution: on to the next question, or change the rating first."""


@dataclass(frozen=True, slots=True)
class Interview:
    """A sitting: what it is about, the sheet so far, and the question in view. `closed` once the summary is accepted.

    `estimate` is what the sheet's evidence says, kept while only checks are added to it.
    """

    catalog: Catalog
    scope: Scope
    sheet: Sheet
    place: Item = SUMMARY
    closed: bool = False
    estimate: Estimate | None = None

    @classmethod
    def over(cls, catalog: Catalog, scope: Scope, sheet: Sheet) -> Interview:
        """A sitting that goes on at its first open question."""
        return cls(catalog, scope, sheet).at_next_open(0)

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the question in view among those of its kind, from 1, and how many there are."""
        if self.place.kind in ("check", "reason"):
            answered = checks_answered(self.sheet)
            return answered + (self.place.kind == "check"), max(answered, self.sheet.check_budget or 0)
        skills = self.scope.skills
        return (skills.index(self.place.of) + 1 if self.place.of in skills else len(skills)), len(skills)

    @property
    def open(self) -> tuple[str, ...]:
        """Skills still to be rated."""
        levels = (Item("level", skill) for skill in self.scope.skills)
        return tuple(item.of for item in levels if not is_answered(item, self.sheet, self.scope))

    @property
    def told(self) -> bool:
        """Whether the solution of a check on the skill in view was shown after the skill was rated."""
        return self.place.of in self.sheet.first

    @property
    def _again(self) -> bool:
        """Whether the skill in view is rated anew, after months or new words, and not merely changed."""
        return self.place.of in self.scope.again and self.place.of in self.sheet.dates

    def after(self, reply: Reply) -> Interview:
        """The sitting after a reply to the question in view. Moves that only show something change nothing."""
        match reply:
            case Move.BACK:
                return self._back()
            case Move.FORWARD:
                return self._forward()
            case Move():
                return self
            case Jump():
                return self._jumped(reply.stage)
            case Note():
                notes = {**self.sheet.notes, self.place.of: reply.text}
                return replace(self, sheet=replace(self.sheet, notes=notes))
        return self._answered(reply)

    def _answered(self, reply: int | str | tuple[str, ...]) -> Interview:
        place, sheet = self.place, self.sheet
        match place.kind, reply:
            case "summary", str():
                return replace(self, closed=True) if reply == DONE else replace(self, place=Item("level", reply))
            case "reason", _:
                return self.at_next_open() if reply == GO_ON else replace(self, place=Item("level", place.of))
            case "check", str():
                return self._checked(reply)
            case "level", int() | str():
                after = settle(self.catalog, rated(sheet, place.of, reply, again=self._again))
                return replace(self, sheet=after, estimate=None).at_next_open()
            case "delivery", str():
                after = replace(sheet, evidence={**sheet.evidence, place.of: reply})
            case "terms", tuple():
                after = replace(sheet, terms={**sheet.terms, place.of: reply})
            case "interest", tuple():
                after = replace(sheet, interest=reply)
            case _:
                raise TypeError(f"no answer to a question of kind {place.kind}: {type(reply).__name__}")
        return replace(self, sheet=after).at_next_open()

    def _checked(self, said: str) -> Interview:
        """A check answered: its solution comes next, and the estimate takes it in."""
        skill, level, option = self.place.of, cast("CheckLevel", self.place.level), cast("Option", said)
        right = self.catalog.skills[skill].checks[level].answer == option
        checks = {**self.sheet.checks, skill: {**self.sheet.checks.get(skill, {}), level: option}}
        sheet = replace(told(self.sheet, skill), checks=checks)
        estimate = self.estimate and self.estimate.after(skill, int(level), right=right)
        return replace(
            self,
            sheet=settle(self.catalog, sheet, estimate),
            estimate=estimate,
            place=Item("reason", skill, level),
        )

    def _opening(self) -> tuple[Item, ...]:
        return opening_checks(self.catalog, self.sheet, self.scope.skills)

    def _agenda(self) -> tuple[Item, ...]:
        return agenda(self.catalog, self.sheet, self.scope)

    def _index(self, items: tuple[Item, ...]) -> int:
        """The place of the question in view; opening checks stand before the first, other checks where they go on."""
        if self.place.kind == "summary":
            return len(items)
        if self.place in items:
            return items.index(self.place)
        if Item("check", self.place.of, self.place.level) in self._opening() and not is_begun(self.sheet, self.scope):
            return -1
        return items.index(NEXT_CHECK) if NEXT_CHECK in items else len(items)

    def _after(self, items: tuple[Item, ...]) -> int:
        """Where the search for the next question begins; after a check's solution it is the next check's turn."""
        return max(0, self._index(items) + (self.place.kind != "reason"))

    def at_next_open(self, start: int | None = None) -> Interview:
        """At the first open question from `start` (else from the one in view) on, then at the first anywhere."""
        items = self._agenda()
        at = self._after(items) if start is None else start
        interview = self
        for item in (*items[at:], *items[:at]):
            if item == NEXT_CHECK:
                interview = interview.estimated()
                if (pick := interview.picked()) is not None:
                    return replace(interview, place=pick)
            elif not is_answered(item, self.sheet, self.scope):
                return replace(interview, place=item)
        return replace(interview, place=SUMMARY)

    def estimated(self) -> Interview:
        """The same with its estimate made, where another check may be asked."""
        if self.estimate is not None or not are_checks_open(self.sheet):
            return self
        return replace(self, estimate=estimate_of(self.catalog, self.sheet))

    def picked(self) -> Item | None:
        """The check that is expected to set most verdicts right, while the number agreed to is not used up."""
        if self.estimate is None or not are_checks_open(self.sheet):
            return None
        skills = self.scope.skills
        left, importance = left_of(self.catalog, self.sheet, skills), importance_of(self.catalog, skills)
        pick = calibration.next_check(self.estimate, left, importance, checks_answered(self.sheet))
        return Item("check", pick.skill, str(pick.level)) if pick else None

    def _back(self) -> Interview:
        items = self._agenda()
        before = [item for item in items[: max(0, self._index(items))] if item.kind in CHANGEABLE]
        return replace(self, place=before[-1]) if before else self

    def _forward(self) -> Interview:
        """At the next question, this one left as it is; a check can only be answered."""
        if self.place.kind not in CHANGEABLE:
            return self
        items = self._agenda()
        for item in items[self._index(items) + 1 :]:
            if item.kind in CHANGEABLE:
                return replace(self, place=item)
            interview = self.estimated()
            if (pick := interview.picked()) is not None:
                return replace(interview, place=pick)
        return replace(self, place=SUMMARY)

    def _jumped(self, stage: str) -> Interview:
        levels = [Item("level", s) for s in self.scope.skills if self.catalog.stage_of[s] == stage]
        waiting = [item for item in levels if not is_answered(item, self.sheet, self.scope)]
        return replace(self, place=(waiting or levels or [self.place])[0])


def conduct(interview: Interview, ask: Callable[[Interview], Reply], kept: Callable[[Interview], None]) -> Interview:
    """Ask until the summary is accepted or the person stops; `kept` is called after each change, before the next."""
    while not interview.closed:
        reply = ask(interview)
        if reply is Move.STOP:
            break
        moved = interview.after(reply)
        if moved.sheet is not interview.sheet:
            kept(moved)
        interview = moved
    return interview
