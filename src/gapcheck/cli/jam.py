"""gapcheck jam: the agenda of the next analytics knowledge jam."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.jams import Jam
    from gapcheck.core.report import Block
    from gapcheck.core.team import Team

CALENDAR = "ics"
STDOUT = Path("-")

Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Shared sheets, or folders of them.")]
Date = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="Its day; the first Tuesday of next month if not given.")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only jams from this day on count as past.")]
Slots = Annotated[
    int | None,
    typer.Option("--slots", metavar="N", min=1, max=12, help="How many talks of 15 minutes; 4 if not given."),
]
Kind = Annotated[
    str | None, typer.Option("--by", metavar="KIND", help="The kind of group that speakers stand for, as function.")
]
At = Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="When it begins; 10:00 if not given.")]
Pause = Annotated[
    int | None,
    typer.Option(
        "--pause",
        metavar="MINUTES",
        min=0,
        max=60,
        help="Minutes for questions after each talk; 5 if not given.",
    ),
]
Zone = Annotated[str | None, typer.Option("--tz", metavar="NAME", help="Time zone of the times, as Europe/Berlin.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it only; nothing is remembered.")]
Names = Annotated[bool, typer.Option("--names", help="People by name, not by id.")]
Format = Annotated[str | None, options.format_option("terminal, markdown, html or ics")]
Output = Annotated[
    list[Path] | None,
    options.output_option(".md, .html, .ics, .txt"),
]


def jam(
    paths: Paths = None,
    date: Date = None,
    since: Since = None,
    slots: Slots = None,
    by: Kind = None,
    at: At = None,
    pause: Pause = None,
    tz: Zone = None,
    dry_run: DryRun = False,
    names: Names = False,
    formats: Format = None,
    output: Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Who talks about what at the next analytics knowledge jam, with the question each talk begins with.

    Its month's file in jams/ remembers it, so that everybody has their turn; planned again, it is updated.
    """
    from gapcheck.cli import inputs
    from gapcheck.cli.messages import say
    from gapcheck.files import jams

    _check_formats(formats, output)
    home = inputs.open_project(catalog, as_of)
    wish = Wish(_day("--date", date), _day("--since", since), slots, by, at, pause, tz)
    team = _team(home, paths or (), quiet=quiet)
    past = jams.load()
    planned = _plan(home, team, past, wish)
    told = Told(team, planned, names)
    files = [(path, told.as_file(path)) for path in output or () if path != STDOUT]
    if planned not in past and not dry_run:
        where = jams.save(planned)
        if not quiet:
            say(f"wrote {where}")
    if formats is not None or not files or STDOUT in (output or ()):
        told.show(formats or "terminal", no_color=no_color)
    _write(files, quiet=quiet)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; None is what the month's file says, else the usual."""

    date: dt.date | None
    since: dt.date | None
    slots: int | None
    by: str | None
    at: str | None
    pause: int | None
    tz: str | None

    def or_as(self, stored: Jam | None, team: Team) -> Wish:
        """What was not asked for as the month's file has it; a kind of group that nobody is in any more is dropped."""
        if stored is None:
            return self
        return replace(
            self,
            slots=self.slots or stored.talks,
            by=self.by or (stored.by if stored.by in team.kinds else None),
            at=self.at or (stored.slots[0].at if stored.slots else None),
            pause=stored.pause if self.pause is None else self.pause,
            tz=self.tz or stored.tz,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A jam, and how it is told in each format."""

    team: Team
    jam: Jam
    names: bool

    def blocks(self) -> tuple[Block, ...]:
        """The agenda, for people."""
        from gapcheck.core.report.jam import agenda

        return agenda(self.team, self.jam, names=self.names)

    def calendar(self) -> bytes:
        """The jam for calendars."""
        from gapcheck.reporters import calendar

        return calendar.render(self.team, self.jam, names=self.names)

    def as_file(self, path: Path) -> bytes:
        """What is written to a file, in the format of its extension."""
        from gapcheck.reporters import BLOCKS, Look

        wanted = _extensions()[path.suffix.lower()]
        return self.calendar() if wanted == CALENDAR else BLOCKS[wanted](self.blocks(), Look()).encode()

    def show(self, wanted: str, *, no_color: bool) -> None:
        """The jam on standard output."""
        from gapcheck.cli import output as out

        if wanted == CALENDAR:
            _write_bytes(self.calendar())
        else:
            out.show(self.blocks(), wanted, no_color=no_color)


def _extensions() -> dict[str, str]:
    """The format that a file's extension asks for, of those that a jam has."""
    from gapcheck.reporters import BLOCKS, EXTENSIONS

    return {**{ending: name for ending, name in EXTENSIONS.items() if name in BLOCKS}, ".ics": CALENDAR}


def _check_formats(formats: str | None, output: Sequence[Path] | None) -> None:
    """Refuse a format that a jam does not have before any work is done. Raises InputError."""
    from gapcheck.files import extras
    from gapcheck.reporters import BLOCKS

    if formats is not None and formats not in (*BLOCKS, CALENDAR):
        raise InputError.of(f"--format: must be {', '.join((*BLOCKS, CALENDAR))}")
    for path in output or ():
        if path != STDOUT and path.suffix.lower() not in _extensions():
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join(_extensions())}")
    if formats == CALENDAR or any(path.suffix.lower() == f".{CALENDAR}" for path in output or ()):
        extras.need("icalendar", "a calendar")


def _day(option: str, given: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given is not None else None
    except ValueError:
        raise InputError.of(f"{option}: must be a date like 2027-01-04") from None


def _team(home: Project, paths: Sequence[Path], *, quiet: bool) -> Team:
    """The team behind the sheets; those that are no good are listed and left out. Raises InputError for nobody."""
    from gapcheck.cli import teams
    from gapcheck.cli.messages import say, tell

    found = teams.read(home, paths, quiet=quiet)
    if found.problems and not quiet:
        tell(InputError(found.problems))
        say(teams.left_out(found)[0])
    if not found.team.members:
        raise InputError.of("nobody has shared a sheet yet, so there is nobody to speak", rule="jam")
    return found.team


def _plan(home: Project, team: Team, past: Sequence[Jam], wish: Wish) -> Jam:
    """The month's jam, as it stands or changed. Raises InputError where there is none to plan."""
    from gapcheck.core.jams import PAUSE, TALKS
    from gapcheck.core.report.jam import nothing_to_tell
    from gapcheck.core.team.jam import NEVER, OPENS, plan_jam, revised, usual_date

    of_month = {jam.month: jam for jam in past}
    usual = usual_date(home.today)
    known = of_month.get(usual.isoformat()[:7])
    date = wish.date or (known.date if known else usual)
    stored = of_month.get(date.isoformat()[:7])
    _check(home, team, wish, date, stored)
    wish = wish.or_as(stored, team)
    try:
        plan = plan_jam(
            team,
            past,
            date,
            wish.slots or TALKS,
            since=wish.since or NEVER,
            by=wish.by,
            at=wish.at or OPENS,
            pause=PAUSE if wish.pause is None else wish.pause,
            tz=wish.tz,
            planned=home.today,
        )
    except ValueError:
        raise InputError.of("--at: the last talk has to end before midnight; begin earlier, or plan fewer") from None
    if not plan.slots:
        raise InputError.of(nothing_to_tell(team), rule="jam")
    return revised(stored, plan)


def _check(home: Project, team: Team, wish: Wish, date: dt.date, stored: Jam | None) -> None:
    """Refuse a day that is over, and what nobody knows. Raises InputError."""
    from gapcheck.core.jams import CLOCK
    from gapcheck.files import jams
    from gapcheck.problems import what_is_known

    if stored and stored.date < home.today:
        message = f"this jam was held on {stored.date} and stays as it is; plan another month's with --date"
        raise InputError.of(message, file=str(jams.path_of(stored.month)), rule="jam")
    if date < home.today:
        raise InputError.of(f"--date: {date} is over")
    if wish.at is not None and not CLOCK.allows(wish.at):
        raise InputError.of(f"--at: must be {CLOCK.expected}")
    if wish.by is not None and wish.by not in team.kinds:
        known = what_is_known(wish.by, team.kinds) or "; people.yaml says who belongs to which group"
        raise InputError.of(f"--by: there is no kind of group {wish.by}{known}")
    if wish.tz is not None:
        from gapcheck.reporters import calendar

        calendar.zone(wish.tz)


def _write(files: Sequence[tuple[Path, bytes]], *, quiet: bool) -> None:
    from gapcheck.cli.messages import say
    from gapcheck.files import atomic

    for path, content in files:
        atomic.write(path, content)
        if not quiet:
            say(f"wrote {path}")


def _write_bytes(content: bytes) -> None:
    """Bytes to standard output: a calendar is UTF-8 and has line ends of its own, whatever the terminal has."""
    from gapcheck.cli.messages import mute

    try:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        mute(1)
