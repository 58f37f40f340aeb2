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
    from collections.abc import Iterable, Mapping, Sequence

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.people import Config, People
    from gapcheck.core.policy import Policy
    from gapcheck.core.report import Report
    from gapcheck.core.report.pressing import Pressed
    from gapcheck.core.team import Team
    from gapcheck.core.trend import Earlier, Trend


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
    """What there is about one person: their own sheet, those of other raters, and their own earlier ones.

    `left_out` says in words which sheets were not read, and why.
    """

    sheet: Sheet
    others: tuple[Sheet, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    left_out: tuple[str, ...] = ()


def sheets_at(home: Project, paths: Sequence[Path], person: str | None, *, history: bool = False) -> Said:
    """The sheets that were named, else the latest ones about the person meant. Raises InputError.

    The person's own latest counts; their older ones are earlier sittings, the others are by peers or managers. With
    `history` the earlier sittings that lie beside a sheet that was not named are read too.
    """
    if paths:
        return _named(home, paths)
    own = latest_sheet(person, home.today)
    said = _named(home, (own, *store.by_others(own.parent.name)))
    if not history:
        return said
    from gapcheck.files import earlier

    past, left = earlier.before(own, said.sheet, home.catalog, home.today)
    return replace(said, earlier=past, left_out=left)


def _named(home: Project, paths: Sequence[Path]) -> Said:
    """What these sheets say. Those of days to come are left out where there is one of today or before."""
    if len(paths) == 1:
        alone = {path: sheets.load(path, home.catalog) for path in paths}
        _check_one_person(alone)
        return Said(alone[paths[0]])
    read = {path: _leniently(home, path) for path in paths}
    found = {path: each.sheet for path, each in read.items() if each}
    own = [path for path, sheet in found.items() if sheet.rater == "self"]
    due = [path for path in own if found[path].date <= home.today] or own
    latest = max(due, key=lambda path: found[path].date, default=paths[0])
    past = {path: each for path in due if path != latest and (each := read[path])}
    if problems := [fault for path, each in read.items() if path not in past for fault in _faults(home, path, each)]:
        raise InputError(problems)
    _check_one_person(found)
    return Said(
        found[latest],
        tuple(sheet for path, sheet in found.items() if path not in own and sheet.date <= home.today),
        tuple(past.values()),
        tuple(f"{path}: is of a day to come, {found[path].date}; left out" for path in own if path not in due),
    )


def _leniently(home: Project, path: Path) -> Earlier | None:
    """A sheet as an earlier sitting is read; None where even so it has faults."""
    from gapcheck.files import earlier

    try:
        return earlier.load(path, home.catalog)
    except InputError:
        return None


def _faults(home: Project, path: Path, read: Earlier | None) -> tuple[Problem, ...]:
    """Everything that is wrong by the catalog of today with a sheet that is no earlier sitting."""
    if read and not read.gone and (read.sheet.role is None or read.sheet.role in home.catalog.roles):
        return ()
    try:
        sheets.load(path, home.catalog)
    except InputError as error:
        return tuple(error.problems)
    return ()


def _check_one_person(found: Mapping[Path, Sheet]) -> None:
    """One person, a sheet of their own for each day, one of each other rater. Raises InputError."""
    first = next(iter(found))
    seen: dict[tuple[str, str | None, dt.date | None], Path] = {}
    problems = []
    for path, sheet in found.items():
        if sheet.person != found[first].person:
            problems.append(_fault(path, f"is about {sheet.person}, {first.name} about {found[first].person}"))
        who = (sheet.rater, sheet.by, sheet.date if sheet.rater == "self" else None)
        if who in seen:
            same = f"of the same day, {sheet.date}, as" if sheet.rater == "self" else "by the same rater as"
            problems.append(_fault(path, f"is {same} {seen[who].name}; give one of the two"))
        seen.setdefault(who, path)
    if all(sheet.rater != "self" for sheet in found.values()):
        problems.append(_fault(first, "is by somebody else; give the person's own sheet with it"))
    if problems:
        raise InputError(problems)


def _fault(path: Path, message: str) -> Problem:
    return Problem(str(path), Span(), "", message, "sheet")


def latest_sheet(person: str | None, today: dt.date | None = None) -> Path:
    """Where the latest private sheet lies: of the person named, else of the only one there is.

    With `today` the latest that is not of a day to come, unless all are.
    """
    known = store.people()
    if person is None and len(known) > 1:
        raise InputError.of(f"there are sheets of several people ({', '.join(known)}); choose with --person")
    who = person_id(person) if person else next(iter(known), None)
    found = store.latest(who) if who else None
    if found is None:
        raise InputError.of(f"no sheet{f' of {who}' if who else ''} yet; gapcheck assess makes one")
    due = (path for path in found.parent.glob(f"{store.A_DAY}.yaml") if today and path.stem <= today.isoformat())
    return max(due, default=found)


def judge(home: Project, said: Said, role: str | None, urgent: frozenset[str], basis: str | None = None) -> Report:
    """Compile the rubric for the sheet's situation and judge the sheet, by its settled levels unless told otherwise.

    `urgent` are the skills that were named; what the newest snapshot of the journey shows makes others so.
    """
    from gapcheck.core.report import build
    from gapcheck.core.rubric import Rubric, situation

    if basis not in (None, "settled", "claimed"):
        raise InputError.of("--basis: must be settled or claimed")
    sheet = replace(said.sheet, settled={}) if basis == "claimed" else said.sheet
    role_id, profile = role_of(home, role, sheet)
    pressed = _pressed(home)
    others = _others_at_4(home, sheet.person)
    hurts = pressed.urgent if pressed else None
    around = situation(home.catalog, home.policy, sheet, home.people, urgent, others, hurts)
    rubric = Rubric.compile(home.catalog, home.policy, profile, around)
    report = build(home.catalog, rubric, sheet, role_id, home.people, home.today, said.others)
    overruled = len(said.sheet.settled) - len(sheet.settled)
    trend = _trend(home, report, said.earlier, claimed=basis == "claimed")
    return replace(report, overruled=overruled, trend=trend, pressed=pressed)


def _pressed(home: Project) -> Pressed | None:
    """What the newest snapshot of the journey says; None without one. Raises InputError where it has faults."""
    from gapcheck.files.journey import snapshots

    newest = snapshots.newest(home.today)
    if newest is None:
        return None
    from gapcheck.core.report.pressing import pressed

    return pressed(home.catalog, newest, home.today)


def _trend(home: Project, report: Report, past: Sequence[Earlier], *, claimed: bool) -> Trend | None:
    """What changed since the sitting before, and what the person's own plan had foreseen. Raises InputError."""
    if not past:
        return None
    from gapcheck.core.trend import trend_of
    from gapcheck.files import plans

    if claimed:
        past = [replace(each, sheet=replace(each.sheet, settled={})) for each in past]
    weights = {line.id: line.weight for line in report.asked}
    plan = plans.load(report.sheet.person, home.catalog)
    return trend_of(home.catalog, weights, report.sheet, past, home.today, report.role_id, plan)


def _others_at_4(home: Project, person: str) -> dict[str, int] | None:
    """How many colleagues carry each skill by the project's shared sheets; None where there is nobody else."""
    team = shared_team(home)
    others = tuple(member for member in team.members if member.person != person) if team else ()
    if team is None or not others:
        return None
    from gapcheck.core.team import at_least, tally

    return dict(at_least(tally(replace(team, members=others)), CARRIES))


def shared_team(home: Project, until: dt.date | None = None) -> Team | None:
    """The team by the project's shared sheets, as of a day; None where this is no project or has no such folder."""
    folder = Path(home.config.sheets)
    if not project.is_one() or not atomic.is_folder(folder):
        return None
    from gapcheck.files import team as folders

    role_id, role = role_of(home, None)
    setting = folders.Setting(home.catalog, home.policy, home.people, role_id, role)
    return folders.read(setting, [folder], until=until).team
