"""The questions before the first skill: the role, the hours, to whom work can go, and how much is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from gapcheck.cli.scope import OFFERED, Given, available, new_sheet, skills_of, with_given
from gapcheck.core.duration import check_minutes
from gapcheck.core.interview import Move
from gapcheck.core.policy import Hands
from gapcheck.prompt import Choice, Question

if TYPE_CHECKING:
    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Rating, Sheet
    from gapcheck.prompt import Prompter

HANDS = (
    Choice("colleague", "A colleague who carries it", "1"),
    Choice("supplier", "A supplier or freelancer", "2"),
    Choice("none", "Nobody", "3"),
)

CHECKS_TOLD = (
    "People rate themselves wrongly, most of us without knowing it. Short cases with the answer and the reason after "
    "each show where; from 20 on they can settle a rating. With them come terms to tick, some of them invented. "
    "Right and wrong stay in your private file. If you rate soberly as it is, they can also mislead: gapcheck report "
    "--basis claimed goes by what you said."
)


class Stopped(Exception):  # noqa: N818 (not an error)
    """The person stopped before the first skill."""


def opened(home: Project, person: str, given: Given, begun: Sheet | None, prompter: Prompter) -> Sheet:
    """The sheet that was begun, or a new one, asked for what nobody said yet; b goes back. Raises Stopped."""
    sheet = begun or with_given(home, new_sheet(home, person, given), given)
    steps = _steps(home, given, sheet, new=begun is None)
    at = 0
    while at < len(steps):
        reply = _ask(home, prompter, sheet, given, (steps[at], f"{at + 1}/{len(steps)}"))
        if reply is Move.STOP:
            raise Stopped
        if isinstance(reply, Move):
            at = max(0, at - 1)
            continue
        sheet = with_given(home, sheet, _said(steps[at], reply, given))
        at += 1
    return sheet


def _steps(home: Project, given: Given, sheet: Sheet, *, new: bool) -> list[str]:
    """What is left to ask. A short sitting, and one about somebody else, is not held up by it."""
    of_oneself = given.rater == "self"
    waiting = any(skill not in sheet.levels for skill in skills_of(home, sheet, given))
    wanted = {
        "role": new and not given.role and len(home.catalog.roles) > 1,
        "hours": new and given.hours is None and of_oneself,
        "hands": new and given.hands is None and of_oneself,
        "checks": sheet.check_budget is None and waiting and of_oneself and not given.narrow and not given.again,
    }
    return [step for step, is_wanted in wanted.items() if is_wanted]


def _said(step: str, reply: Rating | float, given: Given) -> Given:
    """The answer to one opening question, as if it had been given."""
    return Given(
        role=str(reply) if step == "role" else None,
        hours=float(reply) if step == "hours" else None,
        hands=next((hands for hands in get_args(Hands) if hands == reply), None) if step == "hands" else None,
        checks=str(reply) if step == "checks" else None,
        stages=given.stages,
        skills=given.skills,
        quick=given.quick,
    )


def _ask(home: Project, prompter: Prompter, sheet: Sheet, given: Given, at: tuple[str, str]) -> Rating | float | Move:
    step, place = at
    if step == "hours":
        before = sheet.hours_per_week or 0
        return prompter.number(f"{place}  How many hours a week can you learn?", before, 0, 80)
    question = {"role": _role, "hands": _hands, "checks": _checks}[step](home, sheet, given, place)
    reply = prompter.choose(question)
    if not isinstance(reply, Move):
        words = next(choice.words for choice in question.choices if choice.value == reply)
        prompter.echo(f"{place}  {question.title}  {words}")
    return reply


def _role(home: Project, sheet: Sheet, _given: Given, place: str) -> Question:
    choices = tuple(Choice(key, role.name) for key, role in home.catalog.roles.items())
    return Question(place, "What is your role?", "", choices, sheet.role)


def _hands(_home: Project, sheet: Sheet, _given: Given, place: str) -> Question:
    detail = "For a single skill it can be changed in the sheet later (hands_for)."
    return Question(place, "What you do not do yourself: whom can it go to?", detail, HANDS, sheet.hands)


def _checks(home: Project, sheet: Sheet, given: Given, place: str) -> Question:
    skills = skills_of(home, sheet, given)
    there = available(home, skills)
    asked = [home.catalog.skills[skill] for skill in skills]

    def minutes(number: int) -> str:
        return f"about {check_minutes(asked, number):.0f} minutes more"

    few = min(OFFERED, there)
    choices = (
        Choice(str(few), f"{few} of them, {minutes(few)}", "1"),
        Choice("all", f"All {there}, {minutes(there)}", "2"),
        Choice("none", "None: my ratings stay claims", "3"),
    )
    return Question(place, "Check what you say?", CHECKS_TOLD, choices, str(few))
