"""gapcheck team --plan: finding the plan with progress, and writing it."""

from __future__ import annotations

import contextlib
import math
import sys
from typing import TYPE_CHECKING

import typer

from gapcheck.cli import output as out
from gapcheck.cli import teams
from gapcheck.cli.boundary import INTERRUPTED
from gapcheck.files import extras
from gapcheck.problems import InputError
from gapcheck.reporters import EXTENSIONS, REPORTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from gapcheck.cli.inputs import Project
    from gapcheck.core.report.learning import TeamPlan
    from gapcheck.files.team import Found
    from gapcheck.reporters import Look

SECONDS = 30
"""How long is searched at most; docs/team-plan.md says what is proved by then."""

GOALS = ("people missing", "hours", "learners without a mentor", "what is no interest", "equals")
"""What is made least, one after another, as progress calls it."""


def check(formats: str | None, output: Sequence[Path] | None, *, public: bool) -> None:
    """Refuse what cannot be done before any work is done. Raises InputError."""
    from gapcheck.solver import LIBRARY

    out.check(formats, output)
    if public:
        raise InputError.of("--plan and --public exclude each other: a plan says who learns what")
    extras.need(LIBRARY, "--plan")


def deliver(
    home: Project,
    found: Found,
    weeks: int | None,
    wanted: teams.Wanted,
    *,
    no_color: bool,
    quiet: bool,
) -> None:
    """Find the plan and write it. Raises InputError where there is nobody to plan for.

    Whoever stops it gets the best so far, and the exit code of a program that was stopped.
    """
    teams.tell_bad(found, public=False, quiet=quiet)
    plan = _plan(home, found, weeks or home.policy.weeks, quiet=quiet)
    renderers = {name: _renderer(name, names=wanted.names) for name in REPORTERS}
    out.distribute(plan, (renderers, EXTENSIONS), wanted.formats, wanted.output, no_color=no_color, quiet=quiet)
    if plan.solved.stopped == "asked":
        raise typer.Exit(INTERRUPTED)


def _renderer(name: str, *, names: bool) -> Callable[[TeamPlan, Look], str]:
    from gapcheck.reporters import team

    return lambda plan, look: team.render_plan(plan, name, look, names=names)


def _plan(home: Project, found: Found, weeks: int, *, quiet: bool) -> TeamPlan:
    from gapcheck.core.report.learning import build_plan
    from gapcheck.core.team.learning import learning
    from gapcheck.core.team.program import program
    from gapcheck.solver import solve

    made = program(learning(found.team, weeks))
    with _told(quiet=quiet) as tell_goal:
        solved = solve(made.program, SECONDS, tell_goal)
    return build_plan(found.team, home.today, weeks, made, solved, teams.left_out(found))


@contextlib.contextmanager
def _told(*, quiet: bool) -> Iterator[Callable[[int, float, float], None]]:
    """A function that says how far the search is, for somebody who watches a terminal; the line is wiped at its end."""
    longest = 0

    def tell_goal(number: int, best: float, bound: float) -> None:
        nonlocal longest
        known = f"{best:.0f} so far, {max(0, bound):.0f} at least" if math.isfinite(best) else "nothing yet"
        line = f"{number + 1} of {len(GOALS)}: fewest {GOALS[number]}: {known} (Ctrl-C takes the best so far)"
        longest = max(longest, len(line))
        sys.stderr.write(f"\r{line.ljust(longest)}")
        sys.stderr.flush()

    try:
        yield tell_goal if not quiet and sys.stderr.isatty() else lambda _number, _best, _bound: None
    finally:
        if longest:
            sys.stderr.write(f"\r{' ' * longest}\r")
            sys.stderr.flush()
