"""What the commands on the journey share: reading the files, concluding, and what else a journey is told with."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gapcheck.cli import inputs
from gapcheck.cli.messages import say
from gapcheck.core.journey.found import Cover
from gapcheck.core.journey.kept import kept
from gapcheck.core.journey.since import since
from gapcheck.core.report import words
from gapcheck.core.report.journey import Holders, JourneyReport, holders_of
from gapcheck.files import atomic, project, yamldoc
from gapcheck.files.journey import snapshots
from gapcheck.problems import InputError, Problem, did_you_mean, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.journey.counts import Account
    from gapcheck.core.journey.found import Snapshot
    from gapcheck.core.journey.map import JourneyMap
    from gapcheck.core.report.journey import Part
    from gapcheck.core.team import Team

LONG = 50_000_000
"""Bytes from which it is told that files are being read: below, it is over before that would be read."""

UNSURE = ("# unsure", "# fill in", "# not placed")
"""What a line of a proposed map has that is to be looked at."""


def told(
    home: Project, part: Part | None, then: Snapshot | None, *, recorded: bool, names: bool, quiet: bool
) -> JourneyReport:
    """The journey as it is to be told. Raises InputError with every fault of the files, and where there is no part."""
    journey_map = _map(home)
    team = inputs.shared_team(home, home.today)
    accounts: Sequence[Account] = ()
    if journey_map is None or recorded:
        snapshot = snapshots.newest(home.today)
    else:
        snapshot, accounts = concluded(home, journey_map, team, quiet=quiet)
    if missing := _missing(snapshot, part, then, recorded=recorded):
        raise InputError.of(missing, rule="read")
    owners = journey_map.owners if journey_map else {}
    if journey_map is not None and snapshot is not None and not quiet:
        for warning in _odd_owners(home, owners, snapshot):
            say(f"warning: {warning}")
    return JourneyReport(
        catalog=home.catalog,
        as_of=home.today,
        snapshot=snapshot,
        fresh=bool(accounts),
        part=part,
        owners={key: _called(home, person, names=names) for key, person in owners.items()},
        team=_holders(home, team, names=names),
        accounts=accounts,
        since=since(then, snapshot) if then and snapshot else None,
    )


def _missing(snapshot: Snapshot | None, part: Part | None, then: Snapshot | None, *, recorded: bool) -> str:
    """What keeps it from being told, and what to do; empty where nothing does."""
    if snapshot is None and recorded:
        return "--recorded: there is no snapshot yet; gapcheck journey record makes one"
    if snapshot is None and part not in (None, "map"):
        return "there are no figures yet; gapcheck journey init FILE proposes where they are"
    if snapshot is not None and then is not None and snapshot.date == then.date:
        return f"--since: {then.date} has the newest snapshot itself; gapcheck journey record makes a newer one"
    return ""


def _called(home: Project, person: str, *, names: bool) -> str:
    """A person's name where that is asked for and people.yaml has one, else the id."""
    known = home.people.people.get(person)
    return known.name if names and known else person


def keep(home: Project, *, quiet: bool) -> None:
    """Read, conclude, and write the day's snapshot. Raises InputError with every fault of the files.

    A day to come is refused: its snapshot would stand in the way of those of the days before.
    """
    if home.today > (now := inputs.day(None)):
        why = "a snapshot of a day to come keeps those of the days before it from being written anew"
        raise InputError.of(f"--as-of: must not be after {now}, which is today: {why}")
    journey_map = _map(home)
    if journey_map is None:
        message = "there is no such map; gapcheck journey init FILE proposes one"
        raise InputError.of(message, file=str(snapshots.MAP), rule="read")
    snapshot, _ = concluded(home, journey_map, inputs.shared_team(home, home.today), quiet=quiet)
    again = snapshots.path_of(snapshot.date).exists()
    path, changed = snapshots.save(snapshot)
    if quiet:
        return
    for warning in _odd_owners(home, journey_map.owners, snapshot):
        say(f"warning: {warning}")
    what = (
        "wrote it anew, since it said something else" if changed else "says the same already" if again else "wrote it"
    )
    say(f"{path}: {what}; {_in_short(snapshot)}")


def _in_short(snapshot: Snapshot) -> str:
    if not snapshot.looked_at:
        return "too few days, or too few people, for anything to be looked at"
    going = sum(each.open and each.proof == "shown" and each.direction == "warning" for each in snapshot.incidents)
    jams = sum(each.proof == "shown" for each in snapshot.bottlenecks)
    return f"{words.counted(going, 'open incident')} and {words.counted(jams, 'bottleneck')} shown"


def _map(home: Project) -> JourneyMap | None:
    """The project's journey map; None where there is none. Raises InputError with every fault."""
    if not atomic.exists(snapshots.MAP):
        return None
    from gapcheck.files.journey import maps

    return maps.load(snapshots.MAP, home.catalog)


def concluded(
    home: Project, journey_map: JourneyMap, team: Team | None, *, quiet: bool
) -> tuple[Snapshot, Sequence[Account]]:
    """What the map's files show today, and what was left out of them. Raises InputError with every fault."""
    from gapcheck.core.journey import conclude
    from gapcheck.files.journey import reading

    folder = snapshots.MAP.parent
    _tell_long(journey_map, folder, quiet=quiet)
    counted = reading.read(journey_map, folder, reading.units_of(home.catalog), until=home.today)
    before = snapshots.newest(home.today - dt.timedelta(1))
    earlier = before.incidents if before else ()
    found = conclude.conclude(home.catalog, journey_map, counted, home.today, earlier)
    cover = {
        skill: Cover(hold=len(who.carry) + len(who.hold), carry=len(who.carry))
        for skill, who in (_holders(home, team, names=False) or {}).items()
    }
    people = len(team.members) if team else 0
    snapshot = replace(kept(found), sources=reading.sources(counted, folder), cover=cover, people=people)
    return snapshots.as_kept(snapshot), [_cleaned(account) for account in counted.accounts]


def _cleaned(account: Account) -> Account:
    """An account with nothing in it that a terminal or a page could obey."""
    clean = yamldoc.clean
    left = {clean(reason): places for reason, places in account.left_out.items()}
    return replace(account, file=clean(account.file), left_out=left, remarks=tuple(map(clean, account.remarks)))


def _tell_long(journey_map: JourneyMap, folder: Path, *, quiet: bool) -> None:
    """Say what is being read where that takes a while, to somebody who watches."""
    if quiet or not sys.stderr.isatty():
        return
    logs, figures = journey_map.events.values(), journey_map.figures.values()
    files = {*(log.file for log in logs), *(each.file for each in figures)}
    big = sorted(name for name in files if _size(folder / name) >= LONG)
    if big:
        say(f"reading {words.listed(big)}, which takes a while")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _holders(home: Project, team: Team | None, *, names: bool) -> dict[str, Holders] | None:
    """Who carries and holds each skill; None where nobody shared a sheet."""
    if team is None or not team.members:
        return None
    found = {}
    for skill in team.skills:
        levels = ((member.person, team.level(member, skill)) for member in team.members)
        known = [(_called(home, who, names=names), level) for who, level in levels if level is not None]
        found[skill] = holders_of(known)
    return found


def _odd_owners(home: Project, owners: Mapping[str, str], snapshot: Snapshot) -> Iterator[Problem]:
    """Owners of no incident, and owners whom people.yaml does not know, each with its line in the map."""
    if not owners:
        return
    doc = yamldoc.parse(atomic.read(snapshots.MAP), str(snapshots.MAP))
    known, people = [each.id for each in snapshot.incidents], home.people.people
    is_latest = all(day <= home.today for day in snapshots.days())  # else an owner may see to what came later
    for key, person in owners.items():
        place = ("owners", key)
        faults = [
            *([f"there is no incident {key}{did_you_mean(key, known)}"] if is_latest and key not in known else []),
            *([f"{person} is not in {project.PEOPLE}{did_you_mean(person, people)}"] if _unknown(home, person) else []),
        ]
        for fault in faults:
            yield Problem(doc.file, doc.span(*place), key_path(place), fault, "owner", "warning")


def _unknown(home: Project, person: str) -> bool:
    """Whether the team is listed, and this is nobody on it."""
    return bool(home.people.people) and person not in home.people.people


def propose(home: Project, file: Path, output: Path, *, quiet: bool) -> None:
    """Write a proposed map, and say what it is unsure of. Raises InputError where one stands there already."""
    if atomic.exists(output) or output.is_symlink():
        message = "stands there already; look at the proposal with --output FILE, and move over what is new"
        raise InputError.of(message, file=str(output), rule="write")
    from gapcheck.files.journey import propose as proposing

    text = proposing.propose(file, home.catalog, output.parent)
    atomic.write(output, text.encode())
    if quiet:
        return
    say(f"wrote {output}")
    unsure = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if any(mark in line for mark in UNSURE)]
    for number, line in unsure:
        say(f"{output}:{number}: {line}")
    look = f"look at {words.counted(len(unsure), 'line')} that it is unsure of, then" if unsure else "next:"
    say(f"{look} gapcheck journey show; gapcheck journey record keeps what it shows")
