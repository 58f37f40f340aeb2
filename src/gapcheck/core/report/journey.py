"""The journey told: what hurts first, with who can help; then the map with its figures and its skills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapcheck.core.cover import CARRIES, HOLDS
from gapcheck.core.journey.behind import is_stale, known_until
from gapcheck.core.journey.found import Incident
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.report.pressing import TOO_LITTLE, once, sentence, too_old

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog, Skill
    from gapcheck.core.journey.counts import Account
    from gapcheck.core.journey.found import Bottleneck, Snapshot
    from gapcheck.core.journey.since import Since

Part = Literal["map", "flow", "incidents", "repeat", "evidence"]
PARTS: tuple[Part, ...] = ("map", "flow", "incidents", "repeat", "evidence")

NO_FIGURES = "No figures yet, so this is the catalog's map alone: gapcheck journey init FILE proposes where they are."
MOST_NAMES = 3
MOST_LEFT_OUT = 20

SMALL_PRINT = (
    "Shown, suspected, or the data cannot tell: each allows for everything else that was looked at (docs/journey.md). "
    "Conversions lost are estimates, and what moves together need not be cause and effect."
)


@dataclass(frozen=True, slots=True)
class Holders:
    """Who can do a skill, by what they are to be called: those at 4 or above, those at 3, the best level below 4."""

    carry: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    best: int = 0


@dataclass(frozen=True, slots=True)
class JourneyReport:
    """Everything that is told of a journey. Without a snapshot there is the catalog's map alone.

    `fresh` says that the files were read just now. `team` is by skill, None where nobody shared a sheet. `owners` are
    those who see to an incident, by its id. `accounts` say what was left out of the files.
    """

    catalog: Catalog
    as_of: dt.date
    snapshot: Snapshot | None = None
    fresh: bool = False
    part: Part | None = None
    owners: Mapping[str, str] | None = None
    team: Mapping[str, Holders] | None = None
    accounts: Sequence[Account] = ()
    since: Since | None = None

    def owner(self, incident: Incident) -> str:
        """Who sees to an incident; empty where nobody does."""
        return (self.owners or {}).get(incident.id, "")


def tell(report: JourneyReport) -> tuple[Block, ...]:
    """The journey as blocks: the part that was asked for, else what hurts and the map."""
    from gapcheck.core.report import findings, incidents
    from gapcheck.core.report.changed import changed
    from gapcheck.core.report.map import in_short, whole

    if report.snapshot is None:
        return (*_opening(report), *(whole(report) if report.part else in_short(report)))
    parts = {
        "map": whole,
        "flow": findings.flow,
        "incidents": incidents.incidents,
        "repeat": findings.repeat,
        "evidence": findings.evidence,
    }
    if report.since is not None:
        told = tuple(changed(report, report.since))
    elif report.part is not None:
        told = tuple(parts[report.part](report))
    else:
        told = (*hurts(report), *in_short(report))
    return (*_opening(report), *told, *_small_print(report))


def _opening(report: JourneyReport) -> Iterator[Block]:
    snapshot = report.snapshot
    yield Heading(1, "The journey", words.day(report.as_of))
    if snapshot is None:
        yield Text(NO_FIGURES)
        return
    known = f"; figures until {words.day(snapshot.last)}" if snapshot.last else ""
    how = "Read just now" if report.fresh else f"As recorded on {words.day(snapshot.date)}"
    files = words.listed([source.file for source in snapshot.sources])
    yield Text(f"{how}{f' from {files}' if files else ''}{known}.")


def hurts(report: JourneyReport) -> Iterator[Block]:
    """What presses, in sentences with figure and file; then the skills behind it, with who can help."""
    if report.snapshot is None:
        return
    found = once(report.snapshot)
    yield Heading(2, "What hurts", "shown by the figures, the costliest first")
    yield from how_old(report)
    if not found:
        quiet = "Nothing is shown to go on that is for the worse."
        yield Text(quiet if report.snapshot.looked_at else TOO_LITTLE)
    told = (f"{sentence(report.catalog, each, long_ago(report))}.{_on_it(report, each)}" for each in found)
    if found:
        yield Table((), tuple((str(n), text) for n, text in enumerate(told, 1)))
        numbers: dict[str, list[str]] = {}
        for n, each in enumerate(found, 1):
            for skill in known_skills(report.catalog, each.skills):
                numbers.setdefault(skill, []).append(str(n))
        yield from _helpers(report, numbers)
    yield from _besides(report)


def how_old(report: JourneyReport) -> Iterator[Block]:
    """That the figures are too old for anything in them to be urgent; nothing where they are not."""
    if report.snapshot is not None and is_stale(report.snapshot, report.as_of):
        yield Text(too_old(report.snapshot, report.as_of))


def long_ago(report: JourneyReport) -> dt.date | None:
    """The last day known, where that is so long ago that nobody knows what goes on today."""
    snapshot = report.snapshot
    return known_until(snapshot) if snapshot is not None and is_stale(snapshot, report.as_of) else None


def _on_it(report: JourneyReport, found: Incident | Bottleneck) -> str:
    """Who sees to an incident, or what to write where nobody does; nothing of a bottleneck."""
    if not isinstance(found, Incident):
        return ""
    if owner := report.owner(found):
        return f" {owner} sees to it."
    if long_ago(report):
        return ""
    return f" Nobody sees to it yet: under owners in journey/map.yaml write  {found.id}: PERSON"


def known_skills(catalog: Catalog, named: Sequence[str]) -> tuple[str, ...]:
    """Skills by the ids that they have today; those that the catalog has no more are left out."""
    today = (catalog.renamed.get(skill, skill) for skill in named)
    return tuple(skill for skill in today if skill in catalog.skills)


def _helpers(report: JourneyReport, numbers: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    """Skill by skill: who carries it, who steps in, which brief, and what to learn next."""
    if not numbers:
        return
    yield Heading(3, "The skills behind it", "the number says behind what")
    rows = []
    for key, behind in numbers.items():
        skill, who = report.catalog.skills[key], (report.team or {}).get(key, Holders())
        people = (_named(who.carry), _named(who.hold)) if report.team is not None else ()
        rows.append((skill.name, ", ".join(behind), *people, f"gapcheck brief {key}", _next_step(skill, who)))
    people = ("Carried by", "Steps in with help") if report.team is not None else ()
    yield Table(("Skill", "Behind", *people, "Hand out", "Learn next"), tuple(rows))


def _named(people: Sequence[str]) -> str:
    return words.listed(people, MOST_NAMES) or "nobody"


def _next_step(skill: Skill, who: Holders) -> str:
    """The learning step that the best of those who do not carry it takes next."""
    step = next((step for step in skill.learn if step.to > who.best), None)
    return f"to {step.to}, {words.hours(step.hours)}: {step.do}" if step else ""


def _besides(report: JourneyReport) -> Iterator[Block]:
    """What is only suspected, goes better than usual, is over or cannot be told: how much, and where it is told."""
    if report.snapshot is None:
        return
    going = [each for each in report.snapshot.incidents if each.open]
    suspected = sum(each.proof == "suspected" and each.direction == "warning" for each in going)
    suspected += sum(each.proof == "suspected" for each in report.snapshot.bottlenecks)
    openings = sum(each.direction == "opening" and each.proof != "cannot-tell" for each in going)
    unclear = sum(each.proof == "cannot-tell" for each in report.snapshot.bottlenecks)
    told = [
        *([f"{words.counted(suspected, 'more thing')} suspected"] if suspected else []),
        *([f"{words.counted(openings, 'opening')} for the better"] if openings else []),
        *_over(report.snapshot.incidents),
        *([f"{words.counted(unclear, 'way')} of which the data cannot tell"] if unclear else []),
    ]
    if told:
        yield Text(f"{', '.join(told)}: gapcheck journey show incidents, or flow.")


def _over(incidents: Sequence[Incident]) -> Iterator[str]:
    """The warnings that were shown and have ended: how many, and when the last one did."""
    ended = [each.end for each in incidents if not each.open and (each.direction, each.proof) == ("warning", "shown")]
    if ended:
        yield f"{words.counted(len(ended), 'warning')} over (the last on {words.day(max(ended))})"


def holders_of(levels: Sequence[tuple[str, int]]) -> Holders:
    """Who carries and who holds, of what people are called and their level (0-5) of one skill."""
    return Holders(
        carry=tuple(who for who, level in levels if level >= CARRIES),
        hold=tuple(who for who, level in levels if level == HOLDS),
        best=max((level for _, level in levels if level < CARRIES), default=0),
    )


def _small_print(report: JourneyReport) -> Iterator[Block]:
    """What the words mean, what was remarked, and what was left out of the files."""
    yield Note(SMALL_PRINT)
    remarks = report.snapshot.remarks if report.snapshot else ()
    for remark in remarks[:MOST_LEFT_OUT]:
        yield Note(remark)
    for account in report.accounts:
        yield Note(left_out(account))
        for remark in account.remarks:
            yield Note(f"{account.file}: {remark}")


def left_out(account: Account) -> str:
    """`shop.csv: 31,106 rows read; left out: 12 (no time in "when"; first in row 33)`."""
    reasons = [f"{many:,} ({reason}; first in row {first})" for reason, (many, first) in account.left_out.items()]
    rest = f"; left out: {', '.join(reasons[:MOST_LEFT_OUT])}" if reasons else ", none left out"
    return f"{account.file}: {account.rows:,} {'row' if account.rows == 1 else 'rows'} read{rest}."
