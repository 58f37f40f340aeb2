"""How few people are too few to be told from, and what may be said of the others so that nobody can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.scoring import percent
from gapcheck.core.team.members import AS_LEVEL, TOP
from gapcheck.core.team.tally import answers, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapcheck.core.team.figures import TeamFigure
    from gapcheck.core.team.members import Team
    from gapcheck.core.team.tally import Tally

SMALL = 5
"""The least number of people that what everybody may see is about."""


@dataclass(frozen=True, slots=True)
class Part:
    """What some people answered in a stage: how many they are, how many answers, and the sum of the levels.

    `most` is the most answers that any one of them can have given.
    """

    people: int = 0
    answers: int = 0
    levels: int = 0
    most: int = 0

    @property
    def mean(self) -> float:
        """In percent, each answer counting the same: weights that differ would tell whose level is whose."""
        return percent(1) * self.levels / self.answers

    @property
    def may_be_told(self) -> bool:
        """Whether any one of the people could have answered anything, all 0 or all 5, and the mean were the same."""
        one = TOP * self.most
        return self.people >= SMALL and one <= self.levels <= TOP * self.answers - one

    def without(self, others: Iterable[Part]) -> Part:
        """What is left when others are taken away."""
        gone = tuple(others)
        return Part(
            people=self.people - sum(each.people for each in gone),
            answers=self.answers - sum(each.answers for each in gone),
            levels=self.levels - sum(each.levels for each in gone),
            most=self.most,
        )


def parts(team: Team, found: Iterable[TeamFigure], kind: str | None = None) -> dict[tuple[str, str], Part]:
    """What stands behind the figures of a team, or of its groups of a kind: by stage and group."""
    counts = tally(team, kind)
    return {(each.stage, each.group): _part(team, counts, each) for each in found}


def _part(team: Team, counts: Tally, figure: TeamFigure) -> Part:
    told = tuple(_answers(team, counts, figure))
    asked = {role: {skill for of, skill, _, _ in told if of == role} for role, _, _, _ in told}
    return Part(
        people=figure.people,
        answers=sum(number for _, _, _, number in told),
        levels=sum(level * number for _, _, level, number in told),
        most=max(map(len, asked.values()), default=0),
    )


def _answers(team: Team, counts: Tally, figure: TeamFigure) -> Iterator[tuple[str, str, int, int]]:
    """Role, skill, level and number of the answers that count."""
    for role, skill, byte, number in answers(counts, team.catalog.stages[figure.stage].skills, figure.group):
        level = AS_LEVEL[byte]
        if level is not None and team.roles[role].target_of(skill):
            yield role, skill, level, number


def shown(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups that everybody may see, by how many people stand behind each.

    Those with fewer than the least number are withheld, and with them the next smallest as long as they are too few
    together: what is missing from a total would give them away.
    """
    ordered = sorted((group for group in sizes if sizes[group]), key=lambda group: (sizes[group], group))
    number = sum(sizes[group] < SMALL for group in ordered)
    while 0 < sum(sizes[group] for group in ordered[:number]) < SMALL and number < len(ordered):
        number += 1
    withheld = ordered[:number]
    return frozenset(ordered) - frozenset(withheld)


def may_be_split(whole: Part, groups: Mapping[str, Part]) -> frozenset[str]:
    """The groups whose means may stand beside that of all of them: none, where one of them or the rest may not.

    Whoever knows a total and all groups but one knows the one that is missing.
    """
    may = shown({group: part.people for group, part in groups.items()})
    rest = whole.without(groups[group] for group in may)
    told = [groups[group] for group in may] + ([rest] if rest.people else [])
    return may if all(part.may_be_told for part in told) else frozenset()
