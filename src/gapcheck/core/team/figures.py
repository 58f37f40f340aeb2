"""Means with the lowest beside them, spread and counts, per stage and group, all worked out from a tally."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from gapcheck.core.rubric import Circumstances, Row, Said, circumstances, row_of
from gapcheck.core.scoring import percent
from gapcheck.core.team.members import AS_LEVEL, IS_NOT_APPLICABLE, IS_OPEN, IS_UNKNOWN, TOP, UNGROUPED
from gapcheck.core.team.tally import answers, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapcheck.core.team.members import Team
    from gapcheck.core.team.tally import Tally


@dataclass(frozen=True, slots=True)
class TeamFigure:
    """A stage, or a group in it: the weighted mean in percent, the lowest skill with its own mean, and the spread.

    `spread` is the range in levels that holds the middle half of the answers. `mean` is None where nothing applicable
    was answered. Counted are answers; `people` is how many gave any of those that count.
    """

    stage: str
    group: str
    mean: float | None
    lowest: str | None
    lowest_mean: float | None
    spread: tuple[int, int] | None
    counted: int
    unknown: int
    not_applicable: int
    open: int
    people: int


def figures(team: Team, kind: str | None = None) -> tuple[TeamFigure, ...]:
    """One figure for each stage and each group of a kind (the whole team without one), stages in catalog order.

    An answer weighs the skill's importance times the stage's weight for the person's role, as in a person's report;
    skills that a role does not ask for stay out.
    """
    counts, people = tally(team, kind), _people(team, kind)
    groups = sorted({group for group, _, _, _ in counts})
    return tuple(
        _figure(team, counts, stage, group, people[stage, group]) for stage in team.catalog.stages for group in groups
    )


def _people(team: Team, kind: str | None) -> Counter[tuple[str, str]]:
    """How many people of each group gave an answer that counts in each stage."""
    columns = {
        (role, stage): [team.place[skill] for skill in of.skills if profile.target_of(skill)]
        for role, profile in team.roles.items()
        for stage, of in team.catalog.stages.items()
    }
    return Counter(
        (stage, member.groups.get(kind, UNGROUPED) if kind else UNGROUPED)
        for member in team.members
        for stage in team.catalog.stages
        if any(AS_LEVEL[member.levels[place]] is not None for place in columns[member.role, stage])
    )


@dataclass(slots=True)
class _Sum:
    """Weights and weighted percent of one skill's answers, exactly."""

    weight: Fraction = Fraction()
    points: Fraction = Fraction()

    @property
    def mean(self) -> Fraction:
        return self.points / self.weight


def _figure(team: Team, counts: Tally, stage: str, group: str, people: int) -> TeamFigure:
    """The figure of one stage and group."""
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    number: Counter[int] = Counter()
    for role, skill, byte, times in answers(counts, team.catalog.stages[stage].skills, group):
        profile, level = team.roles[role], AS_LEVEL[byte]
        if not profile.target_of(skill):
            continue
        number[byte] += times
        if level is not None:
            weight = Fraction(team.catalog.skills[skill].importance) * Fraction(profile.weights.get(stage, 1)) * times
            sums[skill].weight += weight
            sums[skill].points += weight * percent(level)
    weighed = {skill: each for skill, each in sums.items() if each.weight}
    total = sum((each.weight for each in weighed.values()), Fraction())
    points = sum((each.points for each in weighed.values()), Fraction())
    lowest = min(weighed, key=lambda skill: (weighed[skill].mean, team.place[skill]), default=None)
    levels = Counter({byte: n for byte, n in number.items() if byte <= TOP} | {0: number[0] + number[IS_UNKNOWN]})
    return TeamFigure(
        stage=stage,
        group=group,
        mean=float(points / total) if total else None,
        lowest=lowest,
        lowest_mean=float(weighed[lowest].mean) if lowest else None,
        spread=_middle_half(levels),
        counted=levels.total(),
        unknown=number[IS_UNKNOWN],
        not_applicable=number[IS_NOT_APPLICABLE],
        open=number[IS_OPEN],
        people=people,
    )


def _middle_half(number: Counter[int]) -> tuple[int, int] | None:
    """The lower and upper quartile of some levels: the least level with a quarter, and three quarters, at or below."""
    total = number.total()
    if not total:
        return None

    def at(share: Fraction) -> int:
        reached = 0
        for level in sorted(number):
            reached += number[level]
            if reached >= share * total:
                return level
        return max(number)

    return at(Fraction(1, 4)), at(Fraction(3, 4))


def colleagues_at_4(carrying: int, level: int | None) -> int:
    """How many others carry a skill, of those who do and one's own level."""
    return carrying - (level is not None and level >= 4)


def verdicts(team: Team, carrying: Mapping[str, int], skills: Iterable[str] | None = None) -> dict[str, Counter[str]]:
    """How many people each verdict goes to, per skill, as if everything learned fitted: the sum of the members' own.

    Nobody is looked up one by one: answers are counted per role, level and whom work can go to.
    """
    wanted = tuple(skills) if skills is not None else team.skills
    found: dict[str, Counter[str]] = {skill: Counter() for skill in wanted}
    rows: dict[tuple[str, str, Circumstances], Row] = {}
    for skill in wanted:
        for (role, byte, said), number in _said(team, skill).items():
            level = AS_LEVEL[byte]
            if level is None:
                continue
            others = colleagues_at_4(carrying[skill], level)
            around = circumstances(team.policy, team.people, skill, said, others)
            key = (role, skill, around)
            if key not in rows:
                rows[key] = row_of(team.catalog, team.policy, team.roles[role], skill, around)
            found[skill][rows[key].verdicts[level, True].action] += number
    return found


def _said(team: Team, skill: str) -> Counter[tuple[str, int, Said]]:
    """How many people of each role gave each answer to a skill, and whom they said it can go to."""
    place = team.place[skill]
    return Counter(
        (m.role, m.levels[place], Said(m.hands_for.get(skill, m.hands), skill in m.hands_for)) for m in team.members
    )
