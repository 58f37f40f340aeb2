"""What rose, fell and went stale between sittings, skill by skill.

Nothing here says why. Two ratings that differ by a level may be one level and two moods (docs/trend.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapcheck.core import scoring
from gapcheck.core.answers import UNKNOWN
from gapcheck.core.interview.scope import due

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from gapcheck.core.answers import Sheet
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.plans import PlanFile

Kind = Literal["up", "down", "same", "first", "gone", "reworded"]
"""What became of a skill; `gone` has no level any more, `reworded` was answered to other words and is not compared."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier sheet of the same person, and the ids in it that the catalog has no longer."""

    sheet: Sheet
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One skill then and now, in settled levels (0-5; None where it is open or does not apply).

    `settled` and `unknown` say of then and of now whether checks settled the level, and whether it is a 0 for
    "I do not know". `again` says that it was asked again. `history` has a level a sitting, the oldest first.
    """

    skill: str
    kind: Kind
    then: int | None
    now: int | None
    settled: tuple[bool, bool]
    unknown: tuple[bool, bool]
    again: bool
    history: tuple[int | None, ...]

    @property
    def change(self) -> int:
        """Levels up, or down where it is negative; 0 where nothing is compared."""
        return self.now - self.then if self.is_compared and self.now is not None and self.then is not None else 0

    @property
    def is_compared(self) -> bool:
        """Whether both levels answer the same words."""
        return self.kind in ("up", "down", "same")


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure then and now in percent of level 5, over the same answers on both sides, and how many those are.

    None on both sides where nothing can be compared. `asked` are the answers that there could be.
    """

    stage: str
    then: float | None
    now: float | None
    compared: int
    asked: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A skill that was agreed to be learned, from a level to a level, and where it stood then and stands now."""

    skill: str
    start: int
    to: int
    then: int | None
    now: int | None
    again: bool

    @property
    def is_reached(self) -> bool:
        """Whether the level now is what was agreed, or above."""
        return self.now is not None and self.now >= self.to


@dataclass(frozen=True, slots=True)
class Trend:
    """A sitting against the one before it.

    `days` are all sittings, the oldest first and this one last. `other_roles` are those of earlier sittings, by day;
    `version` is the catalog's at the earlier sitting where it was another wording. `stale` are the answers that
    passed their half-life since. `goals` are those of a plan that began before this sitting, with its first day.
    """

    since: dt.date
    days: tuple[dt.date, ...]
    moves: tuple[Move, ...]
    stages: tuple[Shift, ...]
    journey: Shift | None
    stale: tuple[str, ...]
    gone: tuple[str, ...]
    other_roles: tuple[tuple[dt.date, str], ...]
    version: str | None
    planned: dt.date | None
    goals: tuple[Goal, ...]

    def of(self, *kinds: Kind) -> tuple[Move, ...]:
        """The skills to which that happened."""
        return tuple(move for move in self.moves if move.kind in kinds)


def trend_of(
    catalog: Catalog,
    weights: Mapping[str, float],
    sheet: Sheet,
    earlier: Iterable[Earlier],
    today: dt.date,
    role: str | None = None,
    plan: PlanFile | None = None,
) -> Trend | None:
    """A sheet against the latest of the earlier ones; None where no earlier one holds an answer.

    `weights` are those of the skills to compare, in catalog order, and count on both sides. `role` is the one that
    they are taken from.
    """
    past = sorted((e for e in earlier if e.sheet.date < sheet.date and e.sheet.levels), key=lambda e: e.sheet.date)
    if not past:
        return None
    sheets = (*(each.sheet for each in past), sheet)
    then = sheets[-2]
    moves = [_move(catalog, sheets, skill) for skill in weights]
    compared = {move.skill: move for move in moves if move is not None and move.is_compared}
    journey = [key for key, stage in catalog.stages.items() if stage.kind != "leadership"]
    stages = tuple(shift for key in catalog.stages if (shift := _shift(catalog, weights, compared, key, (key,))).asked)
    whole = _shift(catalog, weights, compared, "journey", journey)
    went = due(catalog, sheet, weights, "stale", today) - due(catalog, then, weights, "stale", then.date)
    began = plan is not None and plan.start < sheet.date
    return Trend(
        since=then.date,
        days=tuple(each.date for each in sheets),
        moves=tuple(move for move in moves if move is not None),
        stages=stages,
        journey=whole if sum(shift.compared > 0 for shift in stages if shift.stage in journey) > 1 else None,
        stale=tuple(skill for skill in weights if skill in went),
        gone=past[-1].gone,
        other_roles=tuple((e.sheet.date, e.sheet.role) for e in past if e.sheet.role and e.sheet.role != role),
        version=_other_version(catalog, then),
        planned=plan.start if plan and began else None,
        goals=_goals(plan, then, sheet) if plan and began else (),
    )


def _move(catalog: Catalog, sheets: Sequence[Sheet], skill: str) -> Move | None:
    """What became of a skill; None where it had no level then and has none now."""
    then, now = sheets[-2:]
    before, after = then.settled_level(skill), now.settled_level(skill)
    if before is None and after is None:
        return None
    return Move(
        skill=skill,
        kind=_kind(before, after, other_words=is_reworded(catalog, skill, _day(then, skill), _day(now, skill))),
        then=before,
        now=after,
        settled=(skill in then.settled, skill in now.settled),
        unknown=(_is_unknown(then, skill), _is_unknown(now, skill)),
        again=skill in now.levels and _day(now, skill) > then.date,
        history=tuple(sheet.settled_level(skill) for sheet in sheets),
    )


def _kind(before: int | None, after: int | None, *, other_words: bool) -> Kind:
    if after is None:
        return "gone"
    if before is None:
        return "first"
    if other_words:
        return "reworded"
    if after == before:
        return "same"
    return "up" if after > before else "down"


def _day(sheet: Sheet, skill: str) -> dt.date:
    """The day on which a skill was answered."""
    return sheet.dates.get(skill, sheet.date)


def _is_unknown(sheet: Sheet, skill: str) -> bool:
    return sheet.rating(skill) == UNKNOWN and skill not in sheet.settled


def is_reworded(catalog: Catalog, skill: str, then: dt.date, now: dt.date) -> bool:
    """Whether a skill got other words after one answer and before the other, or on that day."""
    revised = catalog.skills[skill].revised
    return revised is not None and then < revised <= now


def _shift(
    catalog: Catalog, weights: Mapping[str, float], compared: Mapping[str, Move], name: str, stages: Iterable[str]
) -> Shift:
    """The figure of some stages over the skills compared, by one set of weights."""
    asked = [skill for stage in stages for skill in catalog.stages[stage].skills if skill in weights]
    both = [compared[skill] for skill in asked if skill in compared]
    before, after = (
        scoring.figure([scoring.Scored(m.skill, level, level, weights[m.skill]) for m, level in side])
        for side in ([(m, m.then) for m in both], [(m, m.now) for m in both])
    )
    return Shift(name, before.mean, after.mean, len(both), len(asked))


def _other_version(catalog: Catalog, sheet: Sheet) -> str | None:
    """The version a sheet was answered against, where that was another wording: by digest, else by version."""
    ref = sheet.catalog
    if ref is None:
        return None
    same = ref.digest == catalog.digest if ref.digest else ref.version == catalog.contents.version
    return None if same else ref.version


def _goals(plan: PlanFile, then: Sheet, now: Sheet) -> tuple[Goal, ...]:
    return tuple(
        Goal(
            skill=goal.skill,
            start=goal.start,
            to=goal.to,
            then=then.settled_level(goal.skill),
            now=now.settled_level(goal.skill),
            again=goal.skill in now.levels and _day(now, goal.skill) > plan.start,
        )
        for goal in plan.goals
    )
