"""The catalog told to people: all stages, one stage's part of the map, one skill in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report import words
from gapcheck.core.report.blocks import Block, Heading, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog, Check, Skill, Stage


def show(catalog: Catalog, what: str | None) -> tuple[Block, ...]:
    """A stage or skill by id, or everything. Raises KeyError for an unknown id."""
    if what is None:
        return tuple(_all(catalog))
    if what in catalog.stages:
        return tuple(_stage(catalog, catalog.stages[what]))
    return tuple(_skill(catalog, what, catalog.skills[what]))


def _all(catalog: Catalog) -> Iterator[Block]:
    contents = catalog.contents
    yield Heading(1, contents.name, f"version {contents.version}, {words.counted(len(catalog.skills), 'skill')}")
    for key, stage in catalog.stages.items():
        yield Heading(2, stage.name, key)
        rows = tuple((name, skill.name, str(skill.importance), skill.what) for name, skill in stage.skills.items())
        yield Table(("Id", "Skill", "Importance", "What it is"), rows)
    if catalog.roles:
        yield Heading(2, "Roles")
        yield Table((), tuple((key, role.name) for key, role in catalog.roles.items()))


def _stage(catalog: Catalog, stage: Stage) -> Iterator[Block]:
    yield Heading(1, stage.name)
    if stage.goal:
        yield Text(stage.goal)
    if stage.touchpoints:
        yield Heading(2, "Touchpoints")
        yield Table(
            ("Id", "Touchpoint", "Leads to", "Skills it takes"),
            tuple(
                (
                    key,
                    point.name,
                    ", ".join(catalog.touchpoints[other].name for other in point.leads_to),
                    ", ".join(catalog.skills[skill].name for skill in point.skills),
                )
                for key, point in stage.touchpoints.items()
            ),
        )
    if stage.metrics:
        yield Heading(2, "Metrics")
        rows = (
            (
                key,
                metric.name,
                metric.formula or " / ".join(part for part in (metric.numerator, metric.denominator) if part),
                f"{metric.unit}, {metric.better} is better",
            )
            for key, metric in stage.metrics.items()
        )
        columns = ("Id", "Metric", "Unit", "Formula")
        yield Table(columns, tuple((key, name, unit, how) for key, name, how, unit in rows))
    yield Heading(2, "Skills")
    yield Table(("Id", "Skill", "What it is"), tuple((k, s.name, s.what) for k, s in stage.skills.items()))


def _skill(catalog: Catalog, key: str, skill: Skill) -> Iterator[Block]:
    stage = catalog.stages[catalog.stage_of[key]]
    yield Heading(1, skill.name, f"{stage.name}, {key}")
    known_as = f"Also known as {', '.join(skill.known_as)}." if skill.known_as else ""
    for text in (skill.what, skill.why, known_as):
        if text:
            yield Text(text)
    yield Table((), tuple(_facts(catalog, key, skill)))
    yield Heading(2, "Levels", "yours is the highest for which every line below is true as well")
    yield Table((), tuple((words.level(level), skill.anchor(level)) for level in range(6)))
    if skill.good_work:
        yield Heading(2, "Good work")
        yield Table((), tuple((f"{n}", point) for n, point in enumerate(skill.good_work, 1)))
    yield from _brief(skill)
    yield from _learning(skill)
    if skill.checks:
        yield Heading(2, "Knowledge checks")
        for level, check in skill.checks.items():
            yield from _check(level, check)
    if skill.references:
        yield Heading(2, "References")
        yield Table((), tuple((f"{n}", text) for n, text in enumerate(skill.references, 1)))


def _facts(catalog: Catalog, key: str, skill: Skill) -> Iterator[tuple[str, str]]:
    yield "Importance", f"{skill.importance} of 5. {skill.importance_why}".strip()
    yield (
        "Outsourcing",
        {
            "all": "conception and execution",
            "execution": "execution; the conception stays",
            "none": "cannot be handed out",
        }[skill.outsource],
    )
    if skill.risk:
        yield "Risk", words.sentences((skill.risk, skill.risk_why))
    yield "Fades", words.sentences((f"half of it in {skill.half_life_months} months", skill.half_life_why))
    if skill.needs:
        yield (
            "Needs first",
            ", ".join(f"{catalog.skills[s].name} at {level}" for s, level in skill.needs.items()),
        )
    for label, names in (
        ("Serves", catalog.touchpoints_taking(key)),
        ("Moves", catalog.metrics_moved_by(key)),
    ):
        if names:
            yield label, ", ".join(names)
    if skill.specialist:
        yield "The last 20%", skill.specialist


def _brief(skill: Skill) -> Iterator[Block]:
    brief = skill.brief
    rows = (
        ("Goal", brief.goal),
        ("Audience", brief.audience),
        ("Deliver", brief.deliver),
        ("Constraints", brief.constraints),
        ("Accept when", brief.accept_when),
        ("Ask first", brief.ask_first),
        ("Warning signs", brief.warning_signs),
    )
    filled = tuple(row for row in rows if row[1])
    if filled:
        yield Heading(2, "Brief", "what stands in braces is yours to fill in")
        yield Table((), filled)


def _learning(skill: Skill) -> Iterator[Block]:
    if skill.learn:
        total = sum(step.hours for step in skill.learn)
        yield Heading(2, "Learn", f"{words.hours(total)} from nothing to level {max(s.to for s in skill.learn)}")
        rows = ((str(step.to), str(step.hours), step.do, step.produce) for step in skill.learn)
        yield Table(("To", "Hours", "Do", "Produce"), tuple(rows))


def _check(level: str, check: Check) -> Iterator[Block]:
    yield Heading(3, f"For level {level}", check.question)
    if check.table:
        yield Table(check.table[0], check.table[1:])
    yield Table(
        (),
        (*((key, text) for key, text in check.options.items()), ("Answer", f"{check.answer}. {check.why}")),
    )
