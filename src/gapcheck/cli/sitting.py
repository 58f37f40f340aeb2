"""A sitting in the terminal: the opening questions, the skills stage by stage, saved after each answer."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from gapcheck.cli import inputs
from gapcheck.cli.messages import say
from gapcheck.core.answers import CatalogRef, Sheet
from gapcheck.core.interview import Interview, Move, conduct
from gapcheck.core.policy import Hands
from gapcheck.files import atomic, sheets, store
from gapcheck.problems import InputError
from gapcheck.prompt import Choice, Prompter, Question, screen_size

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.cli.inputs import Project
    from gapcheck.core.answers import Rating
    from gapcheck.core.catalog import Role

LEAST_COLUMNS, LEAST_LINES = 60, 20
"""Below this the six levels do not fit on the screen, and the plain mode asks."""

HANDS = (
    Choice("colleague", "A colleague who carries it", "1"),
    Choice("supplier", "A supplier or freelancer", "2"),
    Choice("none", "Nobody", "3"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line said already, so that it need not be asked."""

    role: str | None
    hours: float | None
    hands: Hands | None


class _Stopped(Exception):  # noqa: N818 (not an error)
    """The person stopped before the first skill."""


def hold(home: Project, person: str, given: Given, *, plain: bool, quiet: bool) -> Sheet | None:
    """Ask until all is answered or the person stops; gives the sheet when there is something to report.

    Raises InputError where there is no terminal to ask in.
    """
    prompter = _prompter(plain=plain)
    with store.sitting(person):
        try:
            return _sit(home, person, given, prompter, quiet=quiet)
        except _Stopped:
            if not quiet:
                say("Stopped before the first skill; nothing was saved.")
            return None


def _prompter(*, plain: bool) -> Prompter:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError.of(
            "no terminal to ask in: use --answers FILE (gapcheck sheet new writes one to fill in), or --set SKILL=N"
        )
    columns, lines = screen_size()
    small = columns < LEAST_COLUMNS or lines < LEAST_LINES
    if plain or small or os.environ.get("TERM", "dumb" if os.name != "nt" else "") == "dumb":
        from gapcheck.prompt.lines import Lines

        return Lines()
    from gapcheck.prompt.menu import Menu

    return Menu()


def _sit(home: Project, person: str, given: Given, prompter: Prompter, *, quiet: bool) -> Sheet | None:
    sheet, path = _begun(home, person, prompter)
    if sheet is None:
        if path.exists():
            raise InputError.of("today's sitting is complete; change an answer with --set SKILL=N", file=str(path))
        sheet = _opened(home, person, given, prompter)
        save(home, path, sheet)
    elif any((given.role, given.hours is not None, given.hands)):
        sheet = with_given(sheet, given)
    _, role = inputs.role_of(home, None, sheet)
    skills = asked(home, role)
    try:
        sheet = _interview(home, prompter, sheet, path, skills)
    except (KeyboardInterrupt, SystemExit):
        _how_to_go_on(person, path, skills, quiet=False)
        raise
    if sheets.unanswered(sheet, skills):
        _how_to_go_on(person, path, skills, quiet=quiet)
        return None
    if not quiet:
        say(f"All {len(skills)} answered; saved in {path}")
        prompter.tell([""])
    return sheet


def asked(home: Project, role: Role) -> tuple[str, ...]:
    """The skills a role asks for, in catalog order."""
    return tuple(skill for skill in home.catalog.skills if role.target_of(skill))


def save(home: Project, path: Path, sheet: Sheet) -> None:
    """Write the sheet whole, for its owner only."""
    atomic.write(path, sheets.dump(sheet, home.catalog), private=True)


def _begun(home: Project, person: str, prompter: Prompter) -> tuple[Sheet | None, Path]:
    """A sitting that was begun and not finished, if the person wants to go on with it."""
    path = store.latest(person)
    fresh = store.sheet_path(person, home.today)
    if path is None:
        return None, fresh
    sheet = sheets.load(path, home.catalog)
    _, role = inputs.role_of(home, None, sheet)
    skills = asked(home, role)
    open_skills = sheets.unanswered(sheet, skills)
    if not open_skills:
        return None, fresh
    done = len(skills) - len(open_skills)
    again = Choice("new", f"Begin a new one for {home.today.isoformat()}", "2")
    choices = (Choice("on", f"Go on: {len(open_skills)} to go", "1"), *((again,) if path != fresh else ()))
    question = Question(
        "",
        f"You stopped on {sheet.date.isoformat()} with {done} of {len(skills)} answered.",
        "",
        choices,
        "on",
    )
    reply = prompter.choose(question)
    if isinstance(reply, Move):
        raise _Stopped
    return (sheet, path) if reply == "on" else (None, fresh)


def with_given(sheet: Sheet, given: Given) -> Sheet:
    """The sheet with what the command line, or an opening question, said."""
    return replace(
        sheet,
        role=given.role or sheet.role,
        hours_per_week=sheet.hours_per_week if given.hours is None else given.hours,
        hands=given.hands or sheet.hands,
    )


def _opened(home: Project, person: str, given: Given, prompter: Prompter) -> Sheet:
    """A new sheet: the role, the hours, and to whom work can go, asked where not given; b goes back."""
    roles = home.catalog.roles
    default = given.role or home.config.role or home.catalog.contents.default_role
    if given.role:
        inputs.role_of(home, given.role)
    sheet = new_sheet(home, person, replace(given, role=default))
    steps = [step for step, wanted in (
        ("role", not given.role and len(roles) > 1),
        ("hours", given.hours is None),
        ("hands", given.hands is None),
    ) if wanted]  # fmt: skip
    at = 0
    while at < len(steps):
        reply = _opening(home, prompter, sheet, steps[at], f"{at + 1}/{len(steps)}")
        if reply is Move.STOP:
            raise _Stopped
        if isinstance(reply, Move):
            at = max(0, at - 1)
            continue
        sheet = with_given(sheet, _said(steps[at], reply))
        at += 1
    return sheet


def _said(step: str, reply: Rating | float) -> Given:
    """The answer to one opening question."""
    hands = next((hands for hands in get_args(Hands) if hands == reply), None)
    return Given(
        role=str(reply) if step == "role" else None,
        hours=float(reply) if step == "hours" else None,
        hands=hands if step == "hands" else None,
    )


def new_sheet(home: Project, person: str, given: Given) -> Sheet:
    """An empty sheet of today; hours and hands are the policy's and nobody until something else is said."""
    contents = home.catalog.contents
    role = given.role or home.config.role or contents.default_role
    return Sheet(
        person=person,
        role=role if role in home.catalog.roles else None,
        date=home.today,
        catalog=CatalogRef(name=contents.name, version=contents.version, digest=home.catalog.digest),
        hours_per_week=home.policy.hours_per_week if given.hours is None else given.hours,
        hands=given.hands or "none",
    )


def _opening(home: Project, prompter: Prompter, sheet: Sheet, step: str, place: str) -> Rating | float | Move:
    if step == "role":
        choices = tuple(Choice(key, role.name) for key, role in home.catalog.roles.items())
        return prompter.choose(Question(place, "What is your role?", "", choices, sheet.role))
    if step == "hours":
        before = sheet.hours_per_week or 0
        return prompter.number(f"{place}  How many hours a week can you learn?", before, 0, 80)
    detail = "For a single skill it can be changed in the sheet later (hands_for)."
    return prompter.choose(
        Question(place, "What you do not do yourself: whom can it go to?", detail, HANDS, sheet.hands)
    )


def _interview(home: Project, prompter: Prompter, sheet: Sheet, path: Path, skills: tuple[str, ...]) -> Sheet:
    """Ask skill by skill; the sheet is on disk before the next question appears."""

    def filled(interview: Interview) -> Sheet:
        return replace(sheet, levels=dict(interview.answers))

    def kept(interview: Interview) -> None:
        save(home, path, filled(interview))

    def ask(interview: Interview) -> Rating | Move:
        return prompter.choose(_question(home, interview))

    prompter.tell(
        [
            "",
            f"{len(skills)} skills. For each choose the highest line for which every line below it is true as well.",
            "It is for you alone: the answers stay in a private file.",
            "",
        ]
    )
    return filled(conduct(Interview.over(skills, sheet.levels), ask, kept))


def _question(home: Project, interview: Interview) -> Question:
    skill = interview.pending
    assert skill is not None  # noqa: S101 (conduct asks only while something is pending)
    asked_about, (number, total) = home.catalog.skills[skill], interview.progress
    stage = home.catalog.stages[home.catalog.stage_of[skill]].name
    levels = (Choice(n, f"{asked_about.anchor(n)}", str(n)) for n in range(6))
    return Question(
        place=f"[{number}/{total} {stage}]",
        title=asked_about.name,
        detail=asked_about.what,
        choices=(
            *levels,
            Choice("unknown", "I do not know", "d"),
            Choice("n/a", "Not applicable to my work", "n"),
        ),
        before=interview.answers.get(skill),
    )


def _how_to_go_on(person: str, path: Path, skills: tuple[str, ...], *, quiet: bool) -> None:
    if quiet:
        return
    say(f"Stopped; every answer is saved in {path}")
    say(f"Go on with: gapcheck assess --person {person}   ({len(skills)} skills in all)")
