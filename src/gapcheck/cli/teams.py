"""What the commands on teams share: reading the sheets with progress, and writing what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli import inputs, progress
from gapcheck.cli import output as out
from gapcheck.cli.messages import say, tell
from gapcheck.core.report import words
from gapcheck.core.report.team import build_team, tell_public, tell_team
from gapcheck.files import atomic, extras
from gapcheck.files import team as folders
from gapcheck.problems import InputError
from gapcheck.reporters import BLOCKS, EXTENSIONS, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.report import Block
    from gapcheck.core.report.team import TeamReport
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


def check(formats: str | None, output: Sequence[Path] | None, *, public: bool, names: bool) -> None:
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
    role_id, role = inputs.role_of(home, None)
    setting = folders.Setting(home.catalog, home.policy, home.people, role_id, role)
    with progress.told("sheets read", quiet=quiet) as tell_number:
        return folders.read(setting, sheets_of(home, paths), tell_number)


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


def deliver(home: Project, found: Found, wanted: Wanted, *, no_color: bool, quiet: bool) -> None:
    """The report to standard output or into files; what was no good is listed on standard error.

    Raises InputError where there is nobody to tell of.
    """
    if not found.team.members:
        if found.problems:
            raise faults(found, public=wanted.public)
        raise InputError.of("nobody has a sheet of their own here yet; gapcheck sheet share writes one", rule="read")
    if found.problems and not quiet:
        tell(faults(found, public=wanted.public))
    report = build_team(found.team, home.today, left_out(found))
    told = _Told(report, wanted)
    files = [path for path in wanted.output if str(path) != out.STDOUT]
    if wanted.formats is not None or len(files) == len(wanted.output) == 0 or len(files) < len(wanted.output):
        out.write(told.page(wanted.formats or "terminal", out.look(no_color=no_color)))
    for path in files:
        atomic.write(path, told.as_file(path))
        if not quiet:
            say(f"wrote {path}")


@dataclass(frozen=True, slots=True)
class _Told:
    """A team's report, and how it is told in each format."""

    report: TeamReport
    wanted: Wanted

    def page(self, name: str, look: Look) -> str:
        """The report as a text."""
        if name == JSON:
            from gapcheck.reporters import team

            return team.render(self.report, look)
        return BLOCKS[name](self._blocks(), look)

    def _blocks(self) -> Sequence[Block]:
        return tell_public(self.report) if self.wanted.public else tell_team(self.report, names=self.wanted.names)

    def as_file(self, path: Path) -> bytes:
        """What is written to a file, in the format of its extension."""
        suffix = path.suffix.lower()
        if suffix in EXTENSIONS:
            return self.page(EXTENSIONS[suffix], Look()).encode()
        from gapcheck.reporters.matrix import matrix_csv, matrix_xlsx

        if suffix == ".csv":
            return matrix_csv(self.report.team, names=self.wanted.names).encode("utf-8-sig")
        return matrix_xlsx(self.report.team, names=self.wanted.names)
