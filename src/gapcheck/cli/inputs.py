"""From flags, environment and files to what the commands work on. Flags win over GAPCHECK_* over gapcheck.yaml."""

from __future__ import annotations

import datetime as dt
import getpass
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.core.catalog import Role
from gapcheck.core.cover import CARRIES
from gapcheck.core.shapes import PERSON
from gapcheck.files import atomic, catalogs, project, sheets, store
from gapcheck.problems import InputError, Problem, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.people import Config, People
    from gapcheck.core.policy import Policy
    from gapcheck.core.report import Report


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that is the same for every sheet of a run; the day is read once."""

    catalog: Catalog
    policy: Policy
    people: People
    config: Config
    today: dt.date


def open_project(catalog: Path | None, as_of: str | None) -> Project:
    """Read the catalog, its policy and the project's own files. Raises InputError."""
    config = project.config()
    loaded = catalogs.load(catalog_folder(catalog, config))
    return Project(loaded.catalog, loaded.policy, project.people(), config, day(as_of))


def catalog_folder(given: Path | None, config: Config | None = None) -> Path:
    """The folder that was named, else the project's, else the shipped one."""
    wanted = (config or project.config()).catalog
    return given or (Path(wanted) if wanted else catalogs.shipped())


def day(as_of: str | None) -> dt.date:
    """The day that counts as today: the one look at the clock."""
    if as_of is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(as_of)
    except ValueError:
        raise InputError.of("--as-of: must be a date like 2027-01-04") from None


def person_id(given: str | None) -> str:
    """The person's id: as given, else the login name in small letters."""
    if given is None:
        try:
            login = getpass.getuser()
        except (KeyError, OSError):
            login = ""
        given = re.sub(r"[^a-z0-9._-]+", "-", login.lower()).strip("-._")[:64] or "me"
    if not PERSON.allows(given):
        raise InputError.of(f"--person: must be {PERSON.expected}")
    return given


def role_of(home: Project, flag: str | None, sheet: Sheet | None = None) -> tuple[str, Role]:
    """The role that counts: the flag, the sheet's, the project's, the catalog's default; else 4 everywhere."""
    wanted = flag or (sheet.role if sheet else None) or home.config.role or home.catalog.contents.default_role
    if wanted is None:
        return "every-skill", Role(name="Every skill", target=home.policy.target)
    if wanted not in home.catalog.roles:
        known = did_you_mean(wanted, home.catalog.roles) or f"; known are {', '.join(home.catalog.roles) or 'none'}"
        raise InputError.of(f"--role: there is no role {wanted}{known}")
    return wanted, home.catalog.roles[wanted]


def known_skills(home: Project, option: str, skills: Iterable[str]) -> frozenset[str]:
    """Skills that were named on the command line. Raises InputError for every unknown one."""
    named = frozenset(home.catalog.renamed.get(skill, skill) for skill in skills)
    unknown = sorted(named - set(home.catalog.skills))
    if unknown:
        raise InputError(
            Problem(
                "",
                Span(),
                "",
                f"{option}: there is no skill {s}{home.catalog.like(s)}",
                "skill",
            )
            for s in unknown
        )
    return named


@dataclass(frozen=True, slots=True)
class Said:
    """What there is about one person: their own sheet, and those of other raters."""

    sheet: Sheet
    others: tuple[Sheet, ...] = ()


def sheets_at(home: Project, paths: Sequence[Path], person: str | None) -> Said:
    """The sheets that were named, else the latest ones about the person meant. Raises InputError.

    One of them is the person's own; the others are by peers or managers.
    """
    if not paths:
        own = latest_sheet(person)
        paths = (own, *store.by_others(own.parent.name))
    read: list[Sheet] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append(sheets.load(path, home.catalog))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    _check_one_person(paths, read)
    own_sheet = next(sheet for sheet in read if sheet.rater == "self")
    others = (sheet for sheet in read if sheet is not own_sheet and sheet.date <= home.today)
    return Said(own_sheet, tuple(others))


def _check_one_person(paths: Sequence[Path], read: Sequence[Sheet]) -> None:
    """One person, one sheet of their own, one of each other rater. Raises InputError."""
    seen: dict[tuple[str, str | None], Path] = {}
    problems = []
    for path, sheet in zip(paths, read, strict=True):
        if sheet.person != read[0].person:
            problems.append(_fault(path, f"is about {sheet.person}, {paths[0].name} about {read[0].person}"))
        who = (sheet.rater, sheet.by)
        if who in seen:
            problems.append(_fault(path, f"is by the same rater as {seen[who].name}; give one of the two"))
        seen.setdefault(who, path)
    if ("self", None) not in seen:
        problems.append(_fault(paths[0], "is by somebody else; give the person's own sheet with it"))
    if problems:
        raise InputError(problems)


def _fault(path: Path, message: str) -> Problem:
    return Problem(str(path), Span(), "", message, "sheet")


def latest_sheet(person: str | None) -> Path:
    """Where the latest private sheet lies: of the person named, else of the only one there is."""
    known = store.people()
    if person is None and len(known) > 1:
        raise InputError.of(f"there are sheets of several people ({', '.join(known)}); choose with --person")
    who = person_id(person) if person else next(iter(known), None)
    found = store.latest(who) if who else None
    if found is None:
        raise InputError.of(f"no sheet{f' of {who}' if who else ''} yet; gapcheck assess makes one")
    return found


def judge(home: Project, said: Said, role: str | None, urgent: frozenset[str], basis: str | None = None) -> Report:
    """Compile the rubric for the sheet's situation and judge the sheet, by its settled levels unless told otherwise."""
    from gapcheck.core.report import build
    from gapcheck.core.rubric import Rubric, situation

    if basis not in (None, "settled", "claimed"):
        raise InputError.of("--basis: must be settled or claimed")
    sheet = replace(said.sheet, settled={}) if basis == "claimed" else said.sheet
    role_id, profile = role_of(home, role, sheet)
    around = situation(home.catalog, home.policy, sheet, home.people, urgent, _others_at_4(home, sheet.person))
    rubric = Rubric.compile(home.catalog, home.policy, profile, around)
    report = build(home.catalog, rubric, sheet, role_id, home.people, home.today, said.others)
    return replace(report, overruled=len(said.sheet.settled) - len(sheet.settled))


def _others_at_4(home: Project, person: str) -> dict[str, int] | None:
    """How many colleagues carry each skill by the project's shared sheets; None where there is nobody else."""
    folder = Path(home.config.sheets)
    if not project.is_one() or not atomic.is_folder(folder):
        return None
    from gapcheck.core.team import at_least, tally
    from gapcheck.files import team as folders

    role_id, role = role_of(home, None)
    found = folders.read(folders.Setting(home.catalog, home.policy, home.people, role_id, role), [folder])
    others = tuple(member for member in found.team.members if member.person != person)
    return dict(at_least(tally(replace(found.team, members=others)), CARRIES)) if others else None
