"""Folders of shared sheets as a team: the latest of each person, and every file that is no good with its place."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.core.team import Member, Team, row_of
from gapcheck.files import atomic, shared, sheets, yamldoc
from gapcheck.files.formats import HEADER, KINDS, kind_of
from gapcheck.problems import SHOWN, InputError, Problem, Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog, Role
    from gapcheck.core.people import People
    from gapcheck.core.policy import Policy
    from gapcheck.files.yamldoc import Doc

ENDING = ".yaml"
YAML = (ENDING, ".yml")
LINKED = "is a link to a folder, and none is followed; move its files here, or name that folder"
STEP = 1_000
"""Files from one report of progress to the next."""

_KIND = re.compile(rb"(?:\xef\xbb\xbf)?(?:#[^\r\n]*\r?\n|\r?\n)*gapcheck: ([a-z]+)/[0-9]+\r?\n")
"""The header of a file, below nothing but comments: what kind it is, without reading the rest."""

OTHERS = frozenset(KINDS) - {"sheet"}
"""The kinds of file that may lie beside sheets."""

_NOTHING: dict[str, Any] = {}
"""One empty mapping for everybody: a hundred thousand of them would take megabytes."""


def missed(kind: str) -> str:
    """What is said of a file whose name ends so that no team would find it."""
    return f"is a {kind}, and would be missed: end its name in {ENDING}"


@dataclass(slots=True)
class Found:
    """A team, and what was met on the way: sheets read, files that are no good, others' ratings left out.

    `read` counts every sheet without a fault, older ones and others' among them. `problems` are the first hundred;
    `bad` counts the files. `other_catalog` counts people whose latest sheet was answered against another wording.
    """

    team: Team
    read: int = 0
    bad: int = 0
    by_others: int = 0
    other_catalog: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """What sheets are read against: catalog, policy, people, and the role of whoever names none."""

    catalog: Catalog
    policy: Policy
    people: People
    role_id: str
    role: Role


def read(
    setting: Setting,
    paths: Sequence[Path],
    progress: Callable[[int], None] = lambda _: None,
    until: dt.date | None = None,
) -> Found:
    """Read folders and files. Raises InputError where a path does not exist; a bad file is listed and passed over.

    The other kinds of file that there are, and what is none of ours, are passed over in a folder in silence; a file
    that was named must be a sheet. `progress` is told the number of files read so far, every STEP of them. With
    `until` each person counts as of that day.
    """
    files = files_in(paths)
    reading = _Reading(setting, until, named={path for path in paths if path.is_file()})
    for number, path in enumerate(files, 1):
        reading.take(path)
        if number % STEP == 0:
            progress(number)
    return reading.found()


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and what may be sheets below the folders named, in order of names. Raises InputError.

    Names that begin with a dot are passed over. No symbolic link to a folder is followed: it is listed itself, and so
    is a link that leads nowhere, to be told as a fault.
    """
    found: dict[str, Path] = {}
    missing = [path for path in paths if not atomic.exists(path)]
    if missing:
        raise InputError(Problem(str(p), Span(), "", "there is no such file or folder", "read") for p in missing)
    for path in sorted(paths, key=Path.is_dir):  # a file that is named is named, wherever else it lies
        for each in _below(str(path)) if path.is_dir() else (str(path),):
            found.setdefault(os.path.abspath(each), Path(each))  # noqa: PTH100 (resolve() asks the disk each time)
    return [found[name] for name in sorted(found, key=lambda name: name.replace(os.sep, "/"))]


def _below(folder: str) -> Iterator[str]:
    """Every YAML file below a folder, and every link behind which some could be missed."""
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from filter(os.path.islink, (os.path.join(where, name) for name in folders))  # noqa: PTH118 (as below)
        for name in names:
            path = os.path.join(where, name)  # noqa: PTH118 (a hundred thousand of them)
            if not name.startswith(".") and (name.lower().endswith(YAML) or _leads_nowhere(path)):
                yield path


def _leads_nowhere(path: str) -> bool:
    return os.path.islink(path) and not os.path.exists(path)  # noqa: PTH110, PTH114 (as above)


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed is a fault: a team without its people would look complete."""
    raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(error.filename), rule="read")


@dataclass(slots=True)
class _Latest:
    """A person's latest sheet so far, as a member, with the group that it names."""

    member: Member
    is_of_other_catalog: bool


@dataclass(slots=True)
class _Reading:
    """One reading: the latest of each person so far, whose sheet of which day was seen where, and the counts."""

    setting: Setting
    until: dt.date | None
    named: set[Path]
    latest: dict[str, _Latest] = field(default_factory=dict)
    seen: dict[tuple[str, str, str | None, dt.date], Path] = field(default_factory=dict)
    groups: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)
    read: int = 0
    bad: int = 0
    by_others: int = 0
    problems: list[Problem] = field(default_factory=list)

    def take(self, path: Path) -> None:
        """Read one file, and count it for what it is."""
        try:
            sheet = self._sheet(path)
            if sheet is not None:
                self._check_day(sheet, path)
        except InputError as error:
            self.bad += 1
            self.problems += error.problems[: SHOWN - len(self.problems)]
            return
        if sheet is not None:
            self.read += 1
            self._keep(sheet)

    def _sheet(self, path: Path) -> Sheet | None:
        """The sheet in a file; None where the file is of another kind, and lies in a folder. Raises InputError."""
        given = path in self.named
        ends_otherwise = not given and path.suffix != ENDING
        if ends_otherwise and atomic.is_folder(path):
            raise InputError.of(LINKED, file=str(path), rule="read")
        raw = atomic.read(path)
        sheet = shared.read(raw, self.setting.catalog) or self._parsed(raw, path, given=given)
        if sheet is not None and ends_otherwise:
            raise InputError.of(missed("sheet"), file=str(path), rule="read")
        return sheet

    def _parsed(self, raw: bytes, path: Path, *, given: bool) -> Sheet | None:
        """The sheet that a text is, by the full reader; None where it is something else, and was not named."""
        kind = _KIND.match(raw)
        if kind and kind[1].decode() in OTHERS and not given:
            return None
        doc = yamldoc.parse(raw, str(path))
        if _is_other(doc) and not given:
            return None
        return sheets.parse(doc, self.setting.catalog)

    def _check_day(self, sheet: Sheet, path: Path) -> None:
        """One sheet a day by each rater of a person; the first in order of paths counts. Raises InputError."""
        key = (sheet.person, sheet.rater, sheet.by, sheet.date)
        first = self.seen.setdefault(key, path)
        if first is not path:
            message = f"is of the same person, rater and day as {first}, which counts; keep one of the two"
            raise InputError.of(message, file=str(path), rule="sheet")

    def _keep(self, sheet: Sheet) -> None:
        """Keep a person's own sheet where it is their latest so far."""
        if sheet.rater != "self":
            self.by_others += 1
            return
        if self.until is not None and sheet.date > self.until:
            return
        known = self.latest.get(sheet.person)
        if known is None or known.member.date < sheet.date:
            self.latest[sheet.person] = _Latest(self._member(sheet), _is_of_other(sheet, self.setting.catalog))

    def _member(self, sheet: Sheet) -> Member:
        groups = tuple(self._groups_of(sheet).items())
        return Member(
            person=sheet.person,
            role=sheet.role or self.setting.role_id,
            groups=self.groups.setdefault(groups, dict(groups)),
            levels=row_of(sheet, self.setting.catalog.skills),
            date=sheet.date,
            aged={s: day for s, day in sheet.dates.items() if day < sheet.date and s in sheet.levels} or _NOTHING,
            hands=sheet.hands,
            hands_for=sheet.hands_for or _NOTHING,
            interest=sheet.interest or (),
        )

    def _groups_of(self, sheet: Sheet) -> Mapping[str, str]:
        """The groups of people.yaml; of whoever is not there, the one that the sheet names."""
        person = self.setting.people.people.get(sheet.person)
        if person is not None:
            return person.groups
        return {"group": sheet.group} if sheet.group else {}

    def found(self) -> Found:
        """What was read, as a team."""
        setting = self.setting
        members = one_spelling(self.latest[person].member for person in sorted(self.latest))
        roles = {**setting.catalog.roles, setting.role_id: setting.role}
        return Found(
            team=Team(setting.catalog, setting.policy, setting.people, roles, members),
            read=self.read,
            bad=self.bad,
            by_others=self.by_others,
            other_catalog=sum(latest.is_of_other_catalog for latest in self.latest.values()),
            problems=self.problems,
        )


def _is_other(doc: Doc) -> bool:
    """Whether a document is of another kind, or none of ours; and no sheet whose header is lost or misspelt."""
    kind = kind_of(doc)
    return kind in OTHERS or not (isinstance(doc.data, dict) and doc.data.keys() & {HEADER, "person"})


def _is_of_other(sheet: Sheet, catalog: Catalog) -> bool:
    """Whether a sheet was answered against another wording: by digest, or name and version where it has none."""
    ref = sheet.catalog
    if ref is None:
        return False
    if ref.digest:
        return ref.digest != catalog.digest
    return (ref.name, ref.version) != (catalog.contents.name, catalog.contents.version)


def one_spelling(members: Iterable[Member]) -> tuple[Member, ...]:
    """Groups that differ in case and blanks only are one, spelt as the one that sorts first, kind by kind."""
    everyone = tuple(members)
    spelt: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for groups in {id(member.groups): member.groups for member in everyone}.values():
        for kind, name in groups.items():
            spelt[kind, _key(name)].add(_tidy(name))
    chosen = {key: min(names) for key, names in spelt.items()}
    known: dict[int, Mapping[str, str]] = {}
    for member in everyone:
        if id(member.groups) not in known:
            known[id(member.groups)] = {kind: chosen[kind, _key(name)] for kind, name in member.groups.items()}
    return tuple(replace(member, groups=known[id(member.groups)]) for member in everyone)


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _key(name: str) -> str:
    return _tidy(name).casefold()
