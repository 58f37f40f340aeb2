"""The journey told: what hurts first, with who can help; then the map with its figures and its skills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapcheck.core.cover import CARRIES, HOLDS
from gapcheck.core.journey.behind import is_stale, known_until
from gapcheck.core.journey.flow import DAYS
from gapcheck.core.journey.found import Incident
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.report.pressing import TOO_LITTLE, amount, metric_name, once, sentence, too_old

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog, Skill, Stage
    from gapcheck.core.journey.counts import Account
    from gapcheck.core.journey.found import Bottleneck, Figure, Snapshot
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
    from gapcheck.core.report import findings
    from gapcheck.core.report.changed import changed

    if report.snapshot is None:
        return (*_opening(report), *the_map(report))
    parts = {
        "map": the_map,
        "flow": findings.flow,
        "incidents": findings.incidents,
        "repeat": findings.repeat,
        "evidence": findings.evidence,
    }
    if report.since is not None:
        told = tuple(changed(report, report.since))
    elif report.part is not None:
        told = tuple(parts[report.part](report))
    else:
        told = (*hurts(report), *the_map(report))
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
        quiet = "Nothing is shown to be out of the ordinary for the worse."
        yield Text(quiet if report.snapshot.looked_at else TOO_LITTLE)
    rows = ((str(n), f"{sentence(report.catalog, each)}.{_on_it(report, each)}") for n, each in enumerate(found, 1))
    if found:
        yield Table((), tuple(rows))
        numbers: dict[str, list[str]] = {}
        for n, each in enumerate(found, 1):
            for skill in known_skills(report.catalog, each.skills):
                numbers.setdefault(skill, []).append(str(n))
        yield from _helpers(report, numbers)
    yield from _besides(report)


def how_old(report: JourneyReport) -> Iterator[Block]:
    """That the figures are too old for anything in them to be urgent; nothing where they are not."""
    if report.snapshot is not None and is_stale(report.snapshot, report.as_of):
        yield Text(too_old(known_until(report.snapshot)))


def _on_it(report: JourneyReport, found: Incident | Bottleneck) -> str:
    """Who sees to an incident, or what to write where nobody does; nothing of a bottleneck."""
    if not isinstance(found, Incident):
        return ""
    if owner := report.owner(found):
        return f" {owner} sees to it."
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
    """What is only suspected, and what goes better than usual: how much, and where it is told."""
    if report.snapshot is None:
        return
    going = [each for each in report.snapshot.incidents if each.open]
    suspected = sum(each.proof == "suspected" and each.direction == "warning" for each in going)
    suspected += sum(each.proof == "suspected" for each in report.snapshot.bottlenecks)
    openings = sum(each.direction == "opening" and each.proof != "cannot-tell" for each in going)
    told = [
        *([f"{words.counted(suspected, 'more thing')} suspected"] if suspected else []),
        *([f"{words.counted(openings, 'opening')} for the better"] if openings else []),
    ]
    if told:
        yield Text(f"{', '.join(told)}: gapcheck journey show incidents, or flow.")


def the_map(report: JourneyReport) -> Iterator[Block]:
    """Stages with their touchpoints, the metrics with their latest figure, and the skills with their cover."""
    for key, stage in report.catalog.stages.items():
        if not stage.touchpoints and not stage.metrics:
            continue
        yield Heading(2, stage.name, _reached(report, key))
        if stage.touchpoints:
            yield _touchpoints(report, stage)
        if stage.metrics:
            yield _metrics(report, stage)
    if report.team is not None:
        yield Note("After a skill: people at 3 or above / at 4 or above, by the shared sheets.")


def _reached(report: JourneyReport, stage: str) -> str:
    panel = report.snapshot.panel if report.snapshot else ()
    reached = next((each for each in panel if each.stage == stage and not each.channel), None)
    return f"{reached.people:,} people, {reached.events:,} events" if reached else ""


def _touchpoints(report: JourneyReport, stage: Stage) -> Table:
    """What each takes; asked for the map alone, also where it leads and which small steps are counted there."""
    points = stage.touchpoints.values()
    if report.part != "map":
        rows = tuple((point.name, _covered(report, point.skills)) for point in points)
        return Table(("Touchpoint", "Skills it takes"), rows)
    known = report.catalog.touchpoints
    full = (
        (
            point.name,
            ", ".join(known[other].name for other in point.leads_to),
            "; ".join(point.conversions.values()),
            _covered(report, point.skills),
        )
        for point in points
    )
    return Table(("Touchpoint", "Leads to", "Small conversions", "Skills it takes"), tuple(full))


def _metrics(report: JourneyReport, stage: Stage) -> Table:
    latest = {each.metric: each for each in report.snapshot.figures} if report.snapshot else {}
    rows = []
    for key, metric in stage.metrics.items():
        figure = latest.get(key)
        told = (_latest(report, figure), direction(figure)) if latest else ()
        rows.append((metric_name(report.catalog, key), *told, _covered(report, metric.moved_by)))
    columns = ("Latest", "Direction") if latest else ()
    return Table(("Metric", *columns, "Moved by"), tuple(rows))


def _latest(report: JourneyReport, figure: Figure | None) -> str:
    """`12.4% (11.9% to 12.9%), over 28 days to 31 Jan 2027`; empty where there is no figure."""
    if figure is None:
        return ""
    value, low, high = (
        "" if each is None else amount(report.catalog, figure.metric, each)
        for each in (figure.value, figure.low, figure.high)
    )
    between = f" ({low} to {high})" if low and high else ""
    return f"{value}{between}, over {DAYS} days to {words.day(figure.day)}"


def direction(figure: Figure | None) -> str:
    """An arrow and a word, both in ASCII: which way it went, and whether that is for the better."""
    if figure is None:
        return ""
    if figure.direction == "same":
        return "= same"  # it moved no further than chance moves it, so no arrow
    before = figure.before
    way = "" if before is None or before == figure.value else ("^ " if figure.value > before else "v ")
    return f"{way}{figure.direction}"


def _covered(report: JourneyReport, skills: Sequence[str]) -> str:
    """Skills by name, each with how many hold and carry it where sheets are known."""
    return ", ".join(f"{report.catalog.skills[skill].name}{_cover(report, skill)}" for skill in skills)


def _cover(report: JourneyReport, skill: str) -> str:
    if report.team is None:
        return ""
    who = report.team.get(skill, Holders())
    return f" {len(who.carry) + len(who.hold)}/{len(who.carry)}"


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
