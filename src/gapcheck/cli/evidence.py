"""What the gate's rules are held against: the team without one sheet missing, and what is known of the journey."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli import teams
from gapcheck.core.gate import MAP_AGE, OPEN_INCIDENTS, unowned
from gapcheck.core.journey.behind import known_until
from gapcheck.core.journey.map import JourneyMap
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.files.journey import snapshots
from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.files.team import Found


def team_of(home: Project, paths: Sequence[Path], *, quiet: bool) -> Found:
    """The team. Raises InputError for every sheet that cannot be read, and where there is none at all."""
    found = teams.read(home, paths, quiet=quiet)
    if found.bad:
        listed = len({problem.file for problem in found.problems})
        more = [_of_whole(f"and {found.bad - listed} more files")] if found.bad > listed else []
        raise InputError([*found.problems, *more])
    if not found.team.members:
        message = "there is no sheet in it, and nothing to judge"
        if paths:
            raise InputError.of(message, file=", ".join(map(str, paths)), rule="gate")
        raise InputError([Problem("", Span(), home.config.sheets, message, "gate")])
    return found


def _of_whole(message: str) -> Problem:
    return Problem("", Span(), "", message, "gate")


def of_journey(home: Project) -> tuple[dt.date | None, tuple[str, ...], bool]:
    """The last day that the newest figures of the journey know, and the incidents in them that nobody sees to.

    None and nothing where no rule asks, or there are no figures. Raises InputError.
    """
    asked = {rule.measure for rule in home.config.check.rules}
    if not asked & {MAP_AGE, OPEN_INCIDENTS}:
        return None, (), True
    snapshot = snapshots.newest(home.today)
    if snapshot is None:
        return None, (), True
    owners = _owners(snapshots.MAP) if OPEN_INCIDENTS in asked else {}
    return (
        known_until(snapshot),
        unowned(snapshot, owners, home.people.people),
        bool(snapshot.looked_at or snapshot.incidents),
    )


def _owners(path: Path) -> Mapping[str, str]:
    """Who sees to which incident. The map's data need not lie beside it here. Raises InputError."""
    if not atomic.exists(path):
        return {}
    return read_as(yamldoc.parse(atomic.read(path), str(path)), "journey", JourneyMap).owners
