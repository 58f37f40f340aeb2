"""What the commands on teams share: reading the sheets with progress, and writing what was asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli import inputs, progress
from gapcheck.cli import output as out
from gapcheck.cli.messages import say, tell
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Heading
from gapcheck.core.report.public import tell_public
from gapcheck.core.report.team import build_team, tell_team
from gapcheck.files import atomic, extras
from gapcheck.files import team as folders
from gapcheck.problems import InputError
from gapcheck.reporters import BLOCKS, EXTENSIONS, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.report import Block
    from gapcheck.core.report.team import TeamReport
    from gapcheck.core.team import Team
    from gapcheck.core.team.trend import TeamTrend
    from gapcheck.files.team import Found

JSON = "json"
TABLES = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: a format for standard output, files, for whom, and with names or ids."""

    formats: str | None
    output: tuple[Path, ...]
    public: bool
    names: bool


@dataclass(frozen=True, slots=True)
class Past:
    """The team of an earlier day, and who of it has left."""

    since: dt.date
    team: Team
    left: frozenset[str]


def check(
    formats: str | None, output: Sequence[Path] | None, *, public: bool, names: bool, since: str | None = None
) -> None:
    """Refuse what cannot be written before any work is done. Raises InputError."""
    known = tuple(BLOCKS) if public else (*BLOCKS, JSON)
    if formats is not None and formats not in known:
        raise InputError.of(f"--format: must be {', '.join(known)}{' with --public' if public else ''}")
    for path in output or ():
        suffix = path.suffix.lower()
        if str(path) != out.STDOUT and suffix not in (*EXTENSIONS, *TABLES):
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join((*EXTENSIONS, *TABLES))}")
        if public and (suffix in TABLES or EXTENSIONS.get(suffix) == JSON):
            raise InputError.of(f"--output: {path.name}: it would name people, and --public names nobody")
        if suffix == ".xlsx":
            extras.need("xlsxwriter", "writing .xlsx")
    if public and names:
        raise InputError.of("--names and --public exclude each other")
    if public and since is not None:
        raise InputError.of(
            "--since and --public exclude each other: where one person joined, left or answered again, the difference "
            "of two tables is that person's answer"
        )
    _since(since)


def sheets_of(home: Project, paths: Sequence[Path] | None) -> list[Path]:
    """The paths that were named, else the project's folder of shared sheets. Raises InputError where there is none."""
    if paths:
        return list(paths)
    folder = Path(home.config.sheets)
    if not atomic.is_folder(folder):
        message = "there is no such folder; name one, or set  sheets:  in gapcheck.yaml"
        raise InputError.of(message, file=str(folder), rule="read")
    return [folder]


def read(home: Project, paths: Sequence[Path] | None, *, quiet: bool) -> Found:
    """The team of some folders, with progress on standard error."""
    with progress.told("sheets read", quiet=quiet) as tell_number:
        return folders.read(_setting(home), sheets_of(home, paths), tell_number)


def _setting(home: Project) -> folders.Setting:
    return folders.Setting(home.catalog, home.policy, home.people, *inputs.role_of(home, None))


def _since(given: str | None) -> dt.date | None:
    """The day of --since. Raises InputError."""
    try:
        return None if given is None else dt.date.fromisoformat(given)
    except ValueError:
        raise InputError.of("--since: must be a date like 2027-01-04") from None


def past(home: Project, found: Found, paths: Sequence[Path] | None, since: str | None, *, quiet: bool) -> Past | None:
    """The team as it was on a day by the sheets of then in the same folders; None where no day is asked for.

    Whoever had a sheet then, has none since, and is not in people.yaml, has left; where that lists nobody, nobody has.
    What is no good among the sheets was told when the team was read. Raises InputError where there is nothing of then.
    """
    day = _since(since)
    if day is None:
        return None
    if day >= home.today:
        raise InputError.of(f"--since: must be before {home.today}, the day that counts as today")
    with progress.told("earlier sheets read", quiet=quiet) as tell_number:
        then = folders.read(_setting(home), sheets_of(home, paths), tell_number, until=day)
    team = replace(found.team, members=then.team.members)
    if not team.members:
        raise InputError.of(
            f"--since: no sheet here is of {day} or before; sheet share keeps the latest copy only, so name a folder "
            "with the older ones as well",
            rule="read",
        )
    listed, later = home.people.people, {m.person for m in found.team.members if m.date > day}
    gone = frozenset(m.person for m in team.members if listed and m.person not in listed and m.person not in later)
    return Past(day, team, gone)


def left_out(found: Found) -> tuple[str, ...]:
    """What was not counted, in words."""
    parts = (
        (found.bad, f"{words.counted(found.bad, 'file')} could not be read and {_is(found.bad)} not counted."),
        (found.by_others, f"{words.counted(found.by_others, 'rating')} by peers or managers left out."),
        (
            found.other_catalog,
            f"{words.counted(found.other_catalog, 'sheet')} answered against another catalog version.",
        ),
    )
    return tuple(told for number, told in parts if number)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def faults(found: Found, *, public: bool) -> InputError:
    """What is no good among the sheets; in public only how much, since a file is called by its person."""
    if not public:
        return InputError(found.problems)
    told = f"{words.counted(found.bad, 'file')} could not be read; without --public each is named, with its faults"
    return InputError.of(told, rule="sheet")


def deliver(
    home: Project, found: Found, wanted: Wanted, before: Past | None = None, *, no_color: bool, quiet: bool
) -> None:
    """The report to standard output or into files; what was no good is listed on standard error.

    With a team of `before` whoever has left counts for that only. Raises InputError where there is nobody to tell of.
    """
    tell_bad(found, public=wanted.public, quiet=quiet)
    report, trend = _worked_out(home, found, before)
    told = _Told(report, wanted, trend)
    files = [path for path in wanted.output if str(path) != out.STDOUT]
    if wanted.formats is not None or len(files) == len(wanted.output) == 0 or len(files) < len(wanted.output):
        out.write(told.page(wanted.formats or "terminal", out.look(no_color=no_color)))
    for path in files:
        atomic.write(path, told.as_file(path))
        if not quiet:
            say(f"wrote {path}")


def tell_bad(found: Found, *, public: bool, quiet: bool) -> None:
    """List the sheets that are no good on standard error. Raises InputError where there is nobody to tell of."""
    if not found.team.members:
        if found.problems:
            raise faults(found, public=public)
        raise InputError.of("nobody has a sheet of their own here yet; gapcheck sheet share writes one", rule="read")
    if found.problems and not quiet:
        tell(faults(found, public=public))


def _worked_out(home: Project, found: Found, before: Past | None) -> tuple[TeamReport, TeamTrend | None]:
    """The report, and what changed since the team of before, if there is one."""
    if before is None:
        return build_team(found.team, home.today, left_out(found)), None
    from gapcheck.core.team.trend import team_trend

    here = tuple(member for member in found.team.members if member.person not in before.left)
    gone = f"{words.counted(len(before.left), 'person', 'people')} not in people.yaml, without a sheet since "
    told = (*left_out(found), *([f"{gone}{before.since}: counted then, not now."] if before.left else []))
    report = build_team(replace(found.team, members=here), home.today, told)
    return report, team_trend(before.team, report.team, before.since, home.today, report.asked)


@dataclass(frozen=True, slots=True)
class _Told:
    """A team's report, and how it is told in each format."""

    report: TeamReport
    wanted: Wanted
    trend: TeamTrend | None

    def page(self, name: str, look: Look) -> str:
        """The report as a text."""
        if name == JSON:
            from gapcheck.reporters import data, team

            since = {"trend": data.team_trend(self.trend)} if self.trend else {}
            return data.as_text({**team.as_data(self.report), **since}, look)
        return BLOCKS[name](self._blocks(), look)

    def _blocks(self) -> Sequence[Block]:
        if self.wanted.public:
            return tell_public(self.report)
        told = tell_team(self.report, names=self.wanted.names)
        if self.trend is None:
            return told
        from gapcheck.core.report.trend import team_since

        headings = (n for n, block in enumerate(told) if isinstance(block, Heading) and block.level > 1)
        first = next(headings, len(told))
        return (*told[:first], *team_since(self.report, self.trend, names=self.wanted.names), *told[first:])

    def as_file(self, path: Path) -> bytes:
        """What is written to a file, in the format of its extension."""
        suffix = path.suffix.lower()
        if suffix in EXTENSIONS:
            return self.page(EXTENSIONS[suffix], Look()).encode()
        from gapcheck.reporters.matrix import matrix_csv, matrix_xlsx

        if suffix == ".csv":
            return matrix_csv(self.report.team, names=self.wanted.names).encode("utf-8-sig")
        return matrix_xlsx(self.report.team, names=self.wanted.names)
