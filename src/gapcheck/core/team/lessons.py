"""Lessons that a team could choose from, a choice of them, what it comes to, and what is wrong with it.

Whoever chooses is somebody else: `score` and `faults` look at a choice without knowing where it came from.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.core.cover import CARRIES, HOLDS, JUDGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LOTS = 1 << 16
"""Lots run from 1 to this: so many that two choices which are equal in all else hardly ever draw the same."""


@dataclass(frozen=True, slots=True, order=True)
class Lesson:
    """One person learning one skill to a level, in whole hours.

    `is_for_cover`: their role asks for that level, and somebody is missing there. Any other lesson is for what needs
    the skill first, and for nothing else.
    `is_wanted`: they named the skill as an interest, and shared that.
    """

    person: str
    skill: str
    to: int
    start: int
    hours: int
    is_for_cover: bool
    is_wanted: bool

    def reaches(self, level: int) -> bool:
        """Whether the learner is at a level afterwards, and was not before."""
        return self.start < level <= self.to


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that is short: what it weighs (importance), and how many people are missing at 3 and at 4 or more.

    `waits`: a supplier is hired for it, and counts as one of either once somebody here can judge the work.
    """

    skill: str
    weight: int
    hold: int
    carry: int
    waits: bool

    def missing(self, lessons: Iterable[Lesson]) -> tuple[int, int]:
        """How many people are missing still at 3 and at 4, once some lessons are learned."""
        own = [lesson for lesson in lessons if lesson.skill == self.skill]
        judged = self.waits and any(lesson.reaches(JUDGES) for lesson in own)
        return (
            max(0, self.hold - judged - sum(lesson.reaches(HOLDS) for lesson in own)),
            max(0, self.carry - judged - sum(lesson.reaches(CARRIES) for lesson in own)),
        )


@dataclass(frozen=True)
class Learning:
    """All there is to choose from.

    `first` says what each person has to learn before a skill, and to which level; `hours` how many whole hours each
    has in all; `at_once` to how many skills one person may learn to 4 or more. `teachers` are those who carry a skill
    and mentor anybody, `mentors` how many people each of them can mentor.
    """

    gaps: tuple[Gap, ...]
    lessons: tuple[Lesson, ...]
    first: Mapping[tuple[str, str], tuple[tuple[str, int], ...]]
    hours: Mapping[str, int]
    at_once: int
    teachers: Mapping[str, tuple[str, ...]]
    mentors: Mapping[str, int]


Pair = tuple[str, str]
"""A mentor and a learner."""


class Score(NamedTuple):
    """What a choice comes to; the lesser is better, the first that differs decides.

    Missing people, each weighed by the importance of the skill; hours; lessons without a mentor; lessons in what is no
    interest; and a lot, so that there is one best choice.
    """

    missing: int
    hours: int
    alone: int
    unwanted: int
    lot: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Who learns what, and who mentors whom."""

    lessons: tuple[Lesson, ...] = ()
    pairs: tuple[Pair, ...] = ()


def lot(*ids: object) -> int:
    """A number from 1 to LOTS drawn from some ids: the same on every run, and no one's by the alphabet."""
    drawn = hashlib.sha256("\n".join(map(str, ids)).encode()).digest()
    return int.from_bytes(drawn[:4], "big") % LOTS + 1


def score(of: Learning, choice: Choice) -> Score:
    """What a choice comes to, counted anew from what is in it."""
    return Score(
        missing=sum(gap.weight * sum(gap.missing(choice.lessons)) for gap in of.gaps),
        hours=sum(lesson.hours for lesson in choice.lessons),
        alone=sum(mentor_of(of, choice, lesson) is None for lesson in choice.lessons),
        unwanted=sum(not lesson.is_wanted for lesson in choice.lessons),
        lot=sum(lot(le.person, le.skill, le.to) for le in choice.lessons) + sum(lot(*pair) for pair in choice.pairs),
    )


def without_needless(of: Learning, choice: Choice) -> Choice:
    """A choice without lessons that it covers as much without, the longest out first."""
    missing = score(of, choice).missing
    for lesson in sorted(choice.lessons, key=lambda lesson: -lesson.hours):
        less = _without(of, choice, lesson)
        if score(of, less).missing <= missing and not faults(of, less):
            choice = less
    return choice


def _without(of: Learning, choice: Choice, lesson: Lesson) -> Choice:
    """A choice without a lesson, and without what was learned for that lesson only."""
    lessons = [each for each in choice.lessons if each != lesson]
    own = [each for each in lessons if each.person == lesson.person]
    needed = {each for other in own for each in of.first[other.person, other.skill]}
    idle = [each for each in own if not each.is_for_cover and (each.skill, each.to) not in needed]
    less = replace(choice, lessons=tuple(each for each in lessons if each not in idle[:1]))
    return _without(of, less, idle[0]) if idle else less


def mentor_of(of: Learning, choice: Choice, lesson: Lesson) -> str | None:
    """From whom somebody learns: of those who mentor them and carry the skill, the first by id."""
    own = (mentor for mentor in of.teachers.get(lesson.skill, ()) if (mentor, lesson.person) in choice.pairs)
    return next(own, None)


def faults(of: Learning, choice: Choice) -> tuple[str, ...]:
    """What is wrong with a choice, in words: nothing, unless whoever chose made a mistake."""
    return (*_own_faults(of, choice), *_pair_faults(of, choice))


def _own_faults(of: Learning, choice: Choice) -> Iterator[str]:
    by_person: defaultdict[str, list[Lesson]] = defaultdict(list)
    for lesson in choice.lessons:
        by_person[lesson.person].append(lesson)
        if lesson not in of.lessons:
            yield f"{lesson.person} cannot learn {lesson.skill} to {lesson.to}"
    for person, lessons in by_person.items():
        reached = {lesson.skill: lesson.to for lesson in lessons}
        needed = {each for lesson in lessons for each in of.first[person, lesson.skill]}
        if len(reached) < len(lessons):
            yield f"{person} learns a skill twice"
        if sum(lesson.hours for lesson in lessons) > of.hours[person]:
            yield f"{person} has not the hours"
        if sum(to >= CARRIES for to in reached.values()) > of.at_once:
            yield f"{person} learns too much to {CARRIES} at once"
        yield from (f"{person} lacks {skill} first" for skill, to in needed if reached.get(skill, 0) < to)
        for lesson in lessons:
            if not lesson.is_for_cover and (lesson.skill, lesson.to) not in needed:
                yield f"nothing asks {person} for {lesson.skill} to {lesson.to}"


def _pair_faults(of: Learning, choice: Choice) -> Iterator[str]:
    number = Counter(mentor for mentor, _ in choice.pairs)
    yield from (
        f"{mentor} mentors too many" for mentor, of_them in number.items() if of_them > of.mentors.get(mentor, 0)
    )
    yield from (f"{mentor} mentors themselves" for mentor, learner in choice.pairs if mentor == learner)
