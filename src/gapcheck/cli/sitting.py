"""A sitting in the terminal: begun, gone on with, saved after each answer, and what is said at its end."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.cli.asking import ask
from gapcheck.cli.messages import say
from gapcheck.cli.opening import Stopped, opened
from gapcheck.cli.scope import begun_again, catalog_ref, scope_of, with_given
from gapcheck.core.duration import rating_minutes
from gapcheck.core.interview import Interview, Move, Scope, checks_answered, conduct, due
from gapcheck.core.report import words
from gapcheck.core.report.believed import over_claimed
from gapcheck.files import sheets, store
from gapcheck.problems import InputError
from gapcheck.prompt import Choice, Prompter, Question

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.cli.inputs import Project
    from gapcheck.cli.scope import Given
    from gapcheck.core.answers import Sheet
    from gapcheck.core.interview import Reply


NOTHING = {
    "stale": "Nothing is stale: no answer is older than its skill's half-life.",
    "changed": "Nothing was reworded since you answered.",
    "unsure": "No check that is left would settle anything; the report says what would.",
    "all": "Everything was answered today.",
}
"""What is said where there is nothing to ask again."""


def hold(home: Project, person: str, given: Given, *, plain: bool, quiet: bool) -> Sheet | None:
    """Ask until all is answered or the person stops; gives the sheet when there is something to report.

    Raises InputError where there is no terminal to ask in.
    """
    prompter = prompter_for(plain=plain)
    with store.sitting(person):
        try:
            return _sit(home, person, given, prompter, quiet=quiet)
        except Stopped:
            if not quiet:
                say("Stopped before the first skill; nothing was changed.")
            return None


def prompter_for(*, plain: bool) -> Prompter:
    """Menus, or plain lines where they are asked for or nothing else works. Raises InputError without a terminal."""
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError.of(
            "no terminal to ask in: use --answers FILE (gapcheck sheet new writes one to fill in), --set SKILL=N, "
            "or --plain to read the answers as lines"
        )
    if plain or os.environ.get("TERM", "dumb" if os.name != "nt" else "") == "dumb" or not _can_be_driven():
        from gapcheck.prompt.lines import Lines

        return Lines()
    from gapcheck.prompt.fitting import Fitting

    return Fitting()


def _can_be_driven() -> bool:
    """Whether menus can be drawn here: some consoles of Windows cannot be driven at all."""
    from prompt_toolkit.output import create_output

    try:
        create_output()
    except Exception:  # noqa: BLE001 (NoConsoleScreenBufferError exists on Windows only)
        return False
    return True


def _sit(home: Project, person: str, given: Given, prompter: Prompter, *, quiet: bool) -> Sheet | None:
    journals = _journals(home, person, given)
    sheet = _begun(home, person, given, prompter)
    if sheet is not None:
        sheet = replace(with_given(home, sheet, given), catalog=catalog_ref(home))
    sheet = opened(home, person, given, sheet, prompter)
    path = store.sheet_path(person, sheet.date, given.who)
    journal = journals.get(path) or store.Journal(path)
    interview = Interview.over(home.catalog, scope_of(home, sheet, given), sheet)
    if not _anything(interview, given):
        say(NOTHING[given.again] if given.again else "There is no skill to ask about.")
        return sheet if sheet.levels else None
    journal.write(sheets.dump(sheet, home.catalog))
    try:
        interview = _interview(home, prompter, interview, journal)
    except (KeyboardInterrupt, SystemExit):
        _how_to_go_on("every answer is", person, given, journal, interview.scope)
        raise
    except InputError:
        _how_to_go_on("the answers before the last are", person, given, journal, interview.scope)
        raise
    if interview.sheet.again_since is not None and not interview.open:
        journal.write(sheets.dump(replace(interview.sheet, again_since=None), home.catalog))
    if not interview.closed or interview.open:
        if not quiet:
            _how_to_go_on("every answer is", person, given, journal, interview.scope)
        return None
    if not quiet:
        say(f"All {len(interview.scope.skills)} answered; saved in {journal.path}")
        prompter.tell(_closing(home, interview.sheet))
    return interview.sheet


def _closing(home: Project, sheet: Sheet) -> list[str]:
    """Why fewer checks came than were agreed to, and what was ticked of the terms."""
    left = (sheet.check_budget or 0) - checks_answered(sheet)
    fewer = f"{words.counted(left, 'check')} fewer than agreed: none of those left would set a verdict right."
    return [*([fewer] if left > 0 else []), over_claimed(home.catalog, sheet), ""]


def _journals(home: Project, person: str, given: Given) -> dict[Path, store.Journal]:
    """The sheets that may be written, as they are before the first question: it can stand there for an hour."""
    paths = (store.latest(person, given.who), store.sheet_path(person, home.today, given.who))
    return {path: store.Journal(path) for path in paths if path is not None}


def _anything(interview: Interview, given: Given) -> bool:
    """Whether there is anything to ask; a whole sitting that is complete shows its summary."""
    return bool(interview.scope.skills) and (given.again is None or interview.place.kind != "summary")


def _begun(home: Project, person: str, given: Given, prompter: Prompter) -> Sheet | None:
    """The sheet to go on with: carried over, stopped in the middle and wanted, or complete and of today."""
    path = store.latest(person, given.who)
    if path is None:
        if given.again:
            raise InputError.of(f"--again: there is no sheet of {person} yet; gapcheck assess makes one")
        return None
    sheet = sheets.load(path, home.catalog)
    if given.again:
        return begun_again(home, sheet, given)
    begun = Interview.over(home.catalog, scope_of(home, sheet, given), sheet)
    if _stopped_in_the_middle(begun):
        _tell_reworded(home, sheet, prompter)
        return sheet if _goes_on(home, begun, prompter) else None
    return sheet if sheet.date == home.today else None


def _stopped_in_the_middle(interview: Interview) -> bool:
    """Whether something was answered, and skills wait to be rated or checks that were agreed to."""
    rated = len(interview.scope.skills) - len(interview.open)
    checks = interview.sheet.check_budget and interview.place.kind not in ("interest", "summary")
    return bool(rated or interview.sheet.checks) and bool(interview.open or checks)


def _goes_on(home: Project, begun: Interview, prompter: Prompter) -> bool:
    """Whether the person goes on with a sitting that was stopped. Raises Stopped."""
    total, waiting, day = len(begun.scope.skills), len(begun.open), begun.sheet.date
    again = Choice("new", f"Begin a new one for {home.today.isoformat()}", "2")
    choices = (Choice("on", f"Go on: {_to_go(begun)}", "1"), *((again,) if day != home.today else ()))
    title = f"You stopped on {day.isoformat()} with {total - waiting} of {total} answered."
    reply = prompter.choose(Question("", title, "", choices, "on", moves=(Move.STOP,)))
    if isinstance(reply, Move):
        raise Stopped
    return reply == "on"


def _to_go(begun: Interview) -> str:
    """What waits: skills, else checks; fewer of those are asked where more would tell nothing."""
    if begun.open:
        return f"{len(begun.open)} to go"
    left = (begun.sheet.check_budget or 0) - sum(map(len, begun.sheet.checks.values()))
    return f"up to {words.counted(left, 'check')} to go" if left > 0 else "the last questions"


def _tell_reworded(home: Project, sheet: Sheet, prompter: Prompter) -> None:
    """Say so where the catalog was changed since, for ratings are claims about words."""
    if sheet.catalog is None or sheet.catalog.digest == home.catalog.digest:
        return
    reworded = due(home.catalog, sheet, home.catalog.skills, "changed", home.today)
    if reworded:
        count = words.counted(len(reworded), "skill")
        prompter.tell(
            [f"The catalog has changed since: {count} you rated reworded. Later: gapcheck assess --again changed"]
        )


def _interview(home: Project, prompter: Prompter, interview: Interview, journal: store.Journal) -> Interview:
    """Ask question by question; the sheet is on disk before the next one appears."""

    def kept(now: Interview) -> None:
        journal.write(sheets.dump(now.sheet, home.catalog))

    def put(now: Interview) -> Reply:
        return ask(prompter, now)

    prompter.tell(_introduction(home, interview))
    return conduct(interview, put, kept)


def _introduction(home: Project, interview: Interview) -> list[str]:
    skills = [home.catalog.skills[skill] for skill in interview.open]
    if not skills:
        return []
    minutes = max(1, round(rating_minutes(skills)))
    privately = "It is for you alone: the answers stay in a private file."
    return [
        "",
        f"{words.counted(len(skills), 'skill')} to rate, about {words.counted(minutes, 'minute')}. Choose the highest "
        "line for which every line below it is true as well.",
        "Lines 2 and 4 come first; the lines next to the one you choose are shown before it counts: press it again, "
        "or another.",
        *((privately,) if interview.scope.of_oneself else ()),
        "",
    ]


def _how_to_go_on(saved: str, person: str, given: Given, journal: store.Journal, scope: Scope) -> None:
    count = words.counted(len(scope.skills), "skill")
    say(f"Stopped; {saved} saved in {journal.path}")
    say(f"Go on with: gapcheck assess --person {person}{given.flags}   ({count} in all)")
