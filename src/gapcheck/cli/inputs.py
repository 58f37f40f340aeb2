"""From flags, environment and files to what the commands work on. Flags win over GAPCHECK_* over gapcheck.yaml."""

from __future__ import annotations

import datetime as dt
import getpass
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.core.catalog import Role
from gapcheck.core.report import Report, build
from gapcheck.core.rubric import Rubric, situation
from gapcheck.core.shapes import PERSON
from gapcheck.files import catalogs, project, sheets, store
from gapcheck.problems import InputError, Problem, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.people import Config, People
    from gapcheck.core.policy import Policy


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
                f"{option}: there is no skill {s}{did_you_mean(s, home.catalog.skills)}",
                "skill",
            )
            for s in unknown
        )
    return named


def sheet_at(home: Project, path: Path | None, person: str | None) -> Sheet:
    """The sheet that was named, else the latest of the person meant; with several people the list."""
    return sheets.load(path or latest_sheet(person), home.catalog)


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


def judge(home: Project, sheet: Sheet, role: str | None, urgent: frozenset[str]) -> Report:
    """Compile the rubric for the sheet's situation and judge the sheet."""
    role_id, profile = role_of(home, role, sheet)
    around = situation(home.catalog, home.policy, sheet, home.people, urgent)
    rubric = Rubric.compile(home.catalog, home.policy, profile, around)
    return build(home.catalog, rubric, sheet, role_id, home.people, home.today)
