"""The report on a team: what hangs on whom, who holds and carries what, where knowledge sits, who can teach whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.core.cover import CARRIES
from gapcheck.core.report import words
from gapcheck.core.report.blocks import Bar, Bars, Block, Heading, Note, Table, Text
from gapcheck.core.scoring import percent
from gapcheck.core.team import (
    AS_LEVEL,
    IS_NOT_APPLICABLE,
    IS_OPEN,
    IS_UNKNOWN,
    Absence,
    Cover,
    Silos,
    Team,
    TeamFigure,
    absences,
    cover,
    figures,
    silos,
    verdicts,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

MATRIX = 12
"""The most people whose levels are shown beside each other on a page."""

MOST_ROWS = 12
"""Rows of a table of people or pairs at most; the rest is counted."""

SMALL_PRINT = (
    "Levels are settled claims, for planning who learns what and who can step in. Not validated for, and not to be "
    "used in, hiring, pay, promotion, dismissal or ranking."
)

ACTIONS = ("do", "learn", "outsource-execution", "outsource-both", "leave", "not-yours")


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team worked out: cover of every skill asked of somebody, absences, figures, silos and verdicts.

    `missing` are people of people.yaml without a sheet, `left_out` says in words what was not counted.
    """

    team: Team
    as_of: dt.date
    asked: tuple[str, ...]
    cover: tuple[Cover, ...]
    absences: tuple[Absence, ...]
    stages: tuple[TeamFigure, ...]
    groups: dict[str, tuple[TeamFigure, ...]]
    silos: tuple[Silos, ...]
    verdicts: dict[str, dict[str, int]]
    missing: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=())


def build_team(team: Team, as_of: dt.date, left_out: tuple[str, ...] = ()) -> TeamReport:
    """Work a team out. A skill counts as asked where it is a target of some member's role."""
    roles = {member.role for member in team.members}
    asked = tuple(skill for skill in team.skills if any(team.roles[role].target_of(skill) for role in roles))
    covers = cover(team, asked)
    carrying = {each.skill: each.carrying for each in covers}
    tallied = verdicts(team, carrying, asked)
    return TeamReport(
        team=team,
        as_of=as_of,
        asked=asked,
        cover=covers,
        absences=tuple(_of_asked(team, asked)),
        stages=figures(team),
        groups={kind: figures(team, kind) for kind in team.kinds},
        silos=silos(team),
        verdicts={skill: {action: tallied[skill][action] for action in ACTIONS} for skill in asked},
        missing=tuple(sorted(set(team.people.people) - {member.person for member in team.members})),
        left_out=left_out,
    )


def _of_asked(team: Team, asked: tuple[str, ...]) -> Iterator[Absence]:
    """Absences that stall a skill somebody's role asks for."""
    return (absence for absence in absences(team) if set(absence.skills) & set(asked))


def tell_team(report: TeamReport, *, names: bool = False) -> tuple[Block, ...]:
    """The whole story, people by id unless names are wanted."""
    teller = _Teller(report, names=names)
    return tuple(teller.story())


@dataclass(frozen=True, slots=True)
class _Teller:
    """Blocks told of one team report."""

    report: TeamReport
    names: bool

    def story(self) -> Iterator[Block]:
        team = self.report.team
        yield Heading(1, f"Team of {len(team.members)}", words.day(self.report.as_of))
        yield Text(self._scope())
        for sentence in self.report.left_out:
            yield Text(sentence)
        if not team.members:
            yield Text("Nothing to tell yet: nobody has a sheet here. gapcheck sheet share writes one.")
            return
        yield Text(self._standing())
        yield from self._away()
        yield from self._cover()
        yield from self._teaching()
        yield from self._figures()
        yield from self._groups()
        yield from self._silos()
        yield from self._verdicts()
        yield from self._matrix()
        yield Note(SMALL_PRINT)

    def _who(self, person: str) -> str:
        return self.report.team.name(person) if self.names else person

    def _people(self, people: tuple[str, ...], number: int) -> str:
        named = ", ".join(self._who(person) for person in people)
        return f"{named} and {number - len(people)} more" if number > len(people) else named or "nobody"

    def _skill(self, skill: str) -> str:
        return self.report.team.catalog.skills[skill].name

    def _scope(self) -> str:
        missing = self.report.missing
        told = f"{words.counted(len(self.report.asked), 'skill')} asked of somebody."
        if missing:
            named = words.listed([self._who(person) for person in missing], 6)
            told += f" Without a sheet: {named}."
        return told

    def _standing(self) -> str:
        covers = self.report.cover
        carried = sum(each.is_carried for each in covers)
        alone = sum(each.carrying == 1 for each in covers)
        held = sum(not each.is_carried and each.is_held for each in covers)
        return (
            f"Carried by enough people {carried}, of them by one alone {alone}; held only {held}; "
            f"neither {len(covers) - carried - held}."
        )

    def _away(self) -> Iterator[Block]:
        """Each person, then each pair, with the skills and the parts of the journey that stall."""
        asked = set(self.report.asked)
        yield Heading(2, "If somebody is away", "skills that nobody else carries then")
        if not self.report.absences:
            yield Text("Nothing stalls: every skill that is carried is carried by three or more.")
            return
        rows = [
            (
                " and ".join(self._who(person) for person in absence.away),
                words.listed([self._skill(skill) for skill in absence.skills if skill in asked], 3),
                f"{len(absence.touchpoints)}: {words.listed(absence.touchpoints, 2)}"
                if absence.touchpoints
                else "none",
                ", ".join(self.report.team.catalog.stages[stage].name for stage in absence.stages),
            )
            for absence in self.report.absences[:MOST_ROWS]
        ]
        yield Table(("Away", "Nobody else carries", "Touchpoints that stall", "Stages"), tuple(rows))
        rest = len(self.report.absences) - MOST_ROWS
        if rest > 0:
            yield Text(f"And {rest} more, each with fewer touchpoints.")

    def _cover(self) -> Iterator[Block]:
        yield Heading(2, "Who holds and who carries", "3 holds, 4 carries; what is short comes first")
        ordered = sorted(self.report.cover, key=lambda each: (each.is_carried, each.is_held, each.carrying))
        rows = tuple(
            (
                self._skill(each.skill),
                f"{each.holding} of {each.need.hold}",
                f"{each.carrying} of {each.need.carry}",
                self._people(each.carriers, each.carrying),
                ", ".join(each.suppliers),
            )
            for each in ordered
        )
        yield Table(("Skill", "Hold", "Carry", "Can step in", "Supplier"), rows)

    def _teaching(self) -> Iterator[Block]:
        """Who could learn what from whom here; what nobody here can teach is named, the weightiest first."""
        lessons = [(each, learner) for each in self.report.cover if (learner := self._learner(each)) is not None]
        rows = tuple(
            (self._skill(each.skill), self._who(person), str(level), self._who(each.carriers[0]))
            for each, (person, level) in lessons
            if each.carriers
        )
        outside = [each.skill for each, _ in lessons if not each.carriers]
        if rows:
            yield Heading(2, "Who can learn from whom", "where one alone carries it, or fewer than are needed")
            yield Table(("Skill", "Learner", "From", "Teacher"), rows)
        if outside:
            skills = self.report.team.catalog.skills
            outside.sort(key=lambda skill: -skills[skill].importance)
            yield Text(f"Nobody here can teach {words.listed([self._skill(skill) for skill in outside], 8)}.")

    def _learner(self, each: Cover) -> tuple[str, int] | None:
        """Whoever is nearest to carrying a skill that hangs on too few: who wants to learn it first, then by id."""
        if each.carrying > 1 and each.is_carried:
            return None
        team = self.report.team
        asked = [m for m in team.members if team.roles[m.role].target_of(each.skill) or each.skill in m.interest]
        levels = [(AS_LEVEL[member.levels[team.place[each.skill]]], member) for member in asked]
        below = [(level, member) for level, member in levels if level is not None and level < CARRIES]
        if not below:
            return None
        level, learner = min(below, key=lambda pair: (-pair[0], each.skill not in pair[1].interest, pair[1].person))
        return learner.person, level

    def _figures(self) -> Iterator[Block]:
        """A bar a stage with the lowest skill beside it."""
        standard = percent(self.report.team.policy.target)
        yield Heading(2, "Where the team stands", f"mean percent of level 5, weighted; the standard is {standard}%")
        yield Bars(tuple(self._bar(figure) for figure in self.report.stages), standard)

    def _bar(self, figure: TeamFigure) -> Bar:
        name = self.report.team.catalog.stages[figure.stage].name
        if figure.mean is None or figure.lowest is None or figure.lowest_mean is None:
            return Bar(name, None, "nothing answered")
        return Bar(
            name, figure.mean, f"lowest: {self._skill(figure.lowest)} {int(figure.lowest_mean)}%{_counts(figure)}"
        )

    def _groups(self) -> Iterator[Block]:
        for kind, found in self.report.groups.items():
            yield Heading(3, f"By {kind}")
            yield Table(("Group", "Stage", "Mean", "Middle half", "Lowest"), tuple(self._group_rows(found)))

    def _group_rows(self, found: tuple[TeamFigure, ...]) -> Iterator[tuple[str, ...]]:
        for figure in sorted(found, key=lambda each: each.group):
            if figure.mean is not None and figure.lowest and figure.spread:
                yield (
                    figure.group or "no group",
                    self.report.team.catalog.stages[figure.stage].name,
                    f"{int(figure.mean)}%",
                    _span(figure.spread),
                    f"{self._skill(figure.lowest)} {int(figure.lowest_mean or 0)}%",
                )

    def _silos(self) -> Iterator[Block]:
        for silo in self.report.silos:
            yield Heading(2, f"Knowledge in one {silo.kind} only", _index(silo))
            rows = tuple(
                (group, words.listed([self._skill(skill) for skill in skills], 6))
                for group, skills in silo.only_in.items()
                if skills
            )
            if rows:
                yield Table((), rows)
            least = [f"{a} and {b} {share:.0%}" for a, b, share in silo.shared[:3]]
            if least:
                yield Text(f"Share least of what they hold: {'; '.join(least)}.")
            bridges = [f"{self._who(person)} ({number})" for person, number in silo.bridges[:5]]
            if bridges:
                yield Text(f"Bridges, the only link of their {silo.kind} to what others know: {', '.join(bridges)}.")

    def _verdicts(self) -> Iterator[Block]:
        yield Heading(2, "What it comes to", "people per verdict, as if all that is to be learned fitted")
        rows = []
        for skill, counts in self.report.verdicts.items():
            told = [str(counts[action] or "") for action in ACTIONS]
            rows.append((self._skill(skill), *told))
        yield Table(
            ("Skill", "Do", "Learn", "Outsource execution", "Outsource both", "Leave", "Not theirs"), tuple(rows)
        )

    def _matrix(self) -> Iterator[Block]:
        team = self.report.team
        yield Heading(2, "Matrix", "levels 0 to 5; ? unknown, - not applicable, blank open")
        if len(team.members) > MATRIX:
            yield Text(f"{len(team.members)} people do not fit a page: gapcheck team --output matrix.xlsx (or .csv)")
            return
        columns = ("Skill", *(self._who(member.person) for member in team.members))
        signs = {IS_NOT_APPLICABLE: "-", IS_UNKNOWN: "?", IS_OPEN: ""}
        rows = (
            (
                self._skill(skill),
                *(signs.get(m.levels[team.place[skill]], str(m.levels[team.place[skill]])) for m in team.members),
            )
            for skill in self.report.asked
        )
        yield Table(columns, tuple(rows))


def _span(spread: tuple[int, int]) -> str:
    low, high = spread
    return f"{low}" if low == high else f"{low} to {high}"


def _counts(figure: TeamFigure) -> str:
    parts = [
        f"{number} {label}"
        for number, label in (
            (figure.unknown, "unknown"),
            (figure.not_applicable, "not applicable"),
            (figure.open, "open"),
        )
        if number
    ]
    return f" ({', '.join(parts)})" if parts else ""


def _index(silo: Silos) -> str:
    if silo.index is None:
        return "nobody holds anything yet"
    return f"{silo.index:.0%} of what is held is held in one {silo.kind} only"
