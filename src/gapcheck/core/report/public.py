"""What everybody may see of a team: means, and behind each of them people of whom any could have answered anything.

Each answer is in one mean, or in means of which one follows from the others. So no count of who carries a skill stands
beside the mean of its stage: with five of ten who carry it and a mean of 40%, everybody's level would be known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Bar, Bars, Block, Heading, Note, Table, Text
from gapcheck.core.report.team import SMALL_PRINT
from gapcheck.core.scoring import percent
from gapcheck.core.team.small import SMALL, may_be_split, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.report.team import TeamReport
    from gapcheck.core.team import Team
    from gapcheck.core.team.small import Part

NEAR_AN_END = "or all answers near one end"


def tell_public(report: TeamReport) -> tuple[Block, ...]:
    """Means of stages and of groups in them: no person, no skill, nothing of few, nothing that gives one away."""
    number = len(report.team.members)
    title = Heading(1, "Team", words.day(report.as_of))
    if number < SMALL:
        return title, Text(f"Fewer than {SMALL} people: nothing is shown, so that nobody can be told from it.")
    return (
        title,
        Text(f"{number} people."),
        *(Text(sentence) for sentence in report.left_out),
        *_stages(report),
        *_groups(report),
        Note(SMALL_PRINT),
    )


def _stages(report: TeamReport) -> Iterator[Block]:
    """A bar a stage; no skill beside it, which may rest on one answer."""
    standard = percent(report.team.policy.target)
    withheld = f"withheld: under {SMALL} people, {NEAR_AN_END}"
    yield Heading(
        2, "Where the team stands", f"mean percent of level 5, each answer alike; the standard is {standard}%"
    )
    bars = (
        (report.team.catalog.stages[stage].name, part) for (stage, _), part in parts(report.team, report.stages).items()
    )
    yield Bars(
        tuple(Bar(name, *_told(part, withheld)) for name, part in bars),
        standard,
    )


def _groups(report: TeamReport) -> Iterator[Block]:
    """Groups of the first kind. Of a second none: two that differ by one person would give that one away."""
    for kind in report.team.kinds[:1]:
        found = sorted(_means(report, kind), key=lambda row: row[0])
        yield Heading(3, f"By {kind}")
        if found:
            yield Table(("Group", "Stage", "Mean"), tuple((name or "no group", *row) for name, *row in found))
        withheld = _number(report.team, kind) - len({name for name, *_ in found if name})
        if withheld:
            number = words.counted(withheld, "group")
            yield Text(f"{number} withheld: under {SMALL} people, needed to hide such a one, {NEAR_AN_END}.")


def _told(part: Part, withheld: str) -> tuple[int | None, str]:
    """The mean in whole percent, since a bar drawn by all digits could be measured; or that it is withheld."""
    return (int(part.mean), f"{part.people} people") if part.may_be_told else (None, withheld)


def _means(report: TeamReport, kind: str) -> Iterator[tuple[str, str, str]]:
    """Group, stage and mean, stage by stage."""
    whole, split = parts(report.team, report.stages), parts(report.team, report.groups[kind], kind)
    for (stage, _), total in whole.items():
        groups = {group: part for (of, group), part in split.items() if of == stage}
        for group in may_be_split(total, groups):
            yield group, report.team.catalog.stages[stage].name, f"{int(groups[group].mean)}%"


def _number(team: Team, kind: str) -> int:
    """How many groups of a kind there are.

    Those of people.yaml count as well, where nobody has a sheet: else the number would tell who has shared theirs.
    """
    of = [*(person.groups for person in team.people.people.values()), *(member.groups for member in team.members)]
    return len({" ".join(groups[kind].split()).casefold() for groups in of if kind in groups})
