"""Stretches of a series that are out of the ordinary: each against the time before and after it (docs/incidents.md).

Every length of time is looked at, from one point to a third of the series, at every place. How far a stretch lies from
its surroundings is measured by how far stretches of its length usually do in this very series, so that noise which
drags on, or varies more than dice would, counts for what it is. The chance is then raised by the number of places and
lengths that were tried (the Bonferroni scan of Walther and Perry 2022, https://doi.org/10.1007/s11222-022-10125-y).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gapcheck.core.journey import season
from gapcheck.core.journey.rates import signed_root, tail

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gapcheck.core.journey.counts import Point
    from gapcheck.core.journey.found import Proof

SHOWN, SUSPECTED = 0.01, 0.1
"""Chances, all looks allowed for, up to which something is shown or suspected: one false alarm in a hundred looks."""

LEAST_POINTS = 28
"""Points before anything is said: four weeks of days."""

GROWTH = 1.25
"""From one length that is tried to the next: an incident between two is met by nine tenths of either."""

STRIDE = 6
"""Places a length at which stretches begin; the best one's ends are then moved point by point."""

AROUND_DAYS = 21
"""Days to each side that a stretch is held against, or its own length where that is longer."""

INDEPENDENT = 24
"""Stretches of a length that fit beside each other before their own spread is believed; longer ones take the last."""

TAIL, TAIL_POINTS = (0.02, 0.1), 10
"""The farthest part of stretches from which it is read how distances thin out, the very farthest left out; and how many
they are at least."""

NOTHING = 1e-9
"""The part of a figure below which its changes are rounding."""

SHORT = 4
"""Points up to which a stretch can be the tail of the noise itself; longer ones average it out."""

MANY = 10.0
"""Median events a point, and as many without, from which shares are compared as levels instead of by exact counts."""

MOST = 12
"""Stretches a series: one that has more is not out of the ordinary, it is like that."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first to the last point that is out of the ordinary. `places` are their places in the series.

    `observed` and `expected` are in the series' own unit (a share, or a mean figure); `z` is in usual distances, below
    0 for less than expected; `chance` allows for all places and lengths, not for other series.
    """

    first: dt.datetime
    last: dt.datetime
    places: tuple[int, int]
    observed: float
    expected: float
    z: float
    chance: float

    @property
    def proof(self) -> Proof:
        """How sure it is, were this the only series that is looked at."""
        return proof_of(self.chance)


def proof_of(chance: float) -> Proof:
    """Shown, suspected, or no more than chance would do."""
    return "shown" if chance <= SHOWN else "suspected" if chance <= SUSPECTED else "cannot-tell"


class Ranges(NamedTuple):
    """A stretch (from, to before) and what surrounds it, left and right, as places among the points that are left."""

    begin: int
    end: int
    left: int
    right: int


class Scale(Protocol):
    """How a stretch is compared with what surrounds it."""

    def z(self, at: Ranges) -> float:
        """Distance in standard deviations, were the points independent."""

    def told(self, at: Ranges) -> tuple[float, float]:
        """Observed and expected in the series' own unit."""


Scaled = Callable[[Sequence[int]], Scale]
"""The comparison over the points that are left, by their places."""


class Levels:
    """Figures compared by their mean, made comparable by core/journey/season."""

    def __init__(self, points: Sequence[Point], calm: season.Calm, kept: Sequence[int]) -> None:
        self._raw = [0.0, *accumulate(calm.raw[place] for place in kept)]
        self._cut = [0.0, *accumulate(calm.cut[place] for place in kept)]
        self._sigma = calm.sigma
        self._own = [0.0, *accumulate(_figure(points[place]) for place in kept)]

    def z(self, at: Ranges) -> float:
        """Difference of means over its standard error; a few points count as they are, without being cut."""
        size = at.end - at.begin
        inside = (_sum(self._raw, at) if size <= SHORT else _sum(self._cut, at)) / size
        around = _around(self._cut, at)
        beside = at.right - at.left - size
        return (inside - around / beside) / (self._sigma * math.sqrt(1 / size + 1 / beside))

    def told(self, at: Ranges) -> tuple[float, float]:
        """The mean inside and around, as the figures are."""
        size = at.end - at.begin
        return _sum(self._own, at) / size, _around(self._own, at) / (at.right - at.left - size)


class Shares:
    """Small counts compared exactly: successes among those who could have, by the likelihood ratio of two shares."""

    def __init__(self, points: Sequence[Point], kept: Sequence[int]) -> None:
        self._on = [0.0, *accumulate(points[place].value for place in kept)]
        self._of = [0.0, *accumulate(points[place].of or 0.0 for place in kept)]

    def z(self, at: Ranges) -> float:
        """The signed root of the likelihood ratio of the shares inside and around."""
        on, of = self._on[at.end] - self._on[at.begin], self._of[at.end] - self._of[at.begin]
        return signed_root(on, of, _around(self._on, at), _around(self._of, at))

    def told(self, at: Ranges) -> tuple[float, float]:
        """The share inside and around."""
        on, of = self._on[at.end] - self._on[at.begin], self._of[at.end] - self._of[at.begin]
        beside = _around(self._of, at)
        return on / of if of else 0.0, _around(self._on, at) / beside if beside else 0.0


def _sum(total: Sequence[float], at: Ranges) -> float:
    """What is in a stretch, from running totals."""
    return total[at.end] - total[at.begin]


def _around(total: Sequence[float], at: Ranges) -> float:
    """What surrounds a stretch, from running totals."""
    return total[at.begin] - total[at.left] + total[at.right] - total[at.end]


def _figure(point: Point) -> float:
    """A point's figure: the share, where it has a denominator."""
    return point.value if point.of is None else point.value / point.of if point.of else 0.0


def stretches(points: Sequence[Point], hours: int = 24) -> tuple[Stretch, ...]:
    """Every stretch that is shown or suspected, in order; none of a series that is too short or does not vary.

    The best is taken, then left out of what others are held against, until none is left.
    """
    known = [point for point in points if point.of is None or point.of > 0]
    if len(known) < LEAST_POINTS:
        return ()
    around = max(1, AROUND_DAYS * 24 // hours)
    found: list[Stretch] = []
    while len(found) < MOST and len(kept := _without(found, len(known))) >= LEAST_POINTS:
        scaled = _scaled(known, hours, kept)
        best = _best(known, kept, scaled, around) if scaled else None
        if best is None or scaled is None:
            break
        found.append(best)
    if not found:
        return ()
    settled = [_settled(known, each, [other for other in found if other != each], hours, around) for each in found]
    return tuple(sorted(_joined(_apart(settled)), key=lambda each: each.first))


def _scaled(points: Sequence[Point], hours: int, kept: Sequence[int]) -> Scaled | None:
    """How stretches are compared, by what is usual among the points that are kept; None where nothing ever changes."""
    calm = _made_comparable(points, hours, kept)
    if calm is None:
        return lambda left: Shares(points, left)
    if calm.sigma <= NOTHING * max(map(abs, calm.raw)):
        return None
    return lambda left: Levels(points, calm, left)


def _without(found: Sequence[Stretch], count: int) -> list[int]:
    """The places that no stretch covers."""
    return [place for place in range(count) if not any(each.places[0] <= place <= each.places[1] for each in found)]


def _settled(points: Sequence[Point], each: Stretch, others: Sequence[Stretch], hours: int, around: int) -> Stretch:
    """A stretch with its ends moved once more, held against what no other stretch covers: those found later too."""
    scaled = _scaled(points, hours, _without([each, *others], len(points)))
    kept = _without(others, len(points))
    begin = kept.index(each.places[0])
    at = _ranges(len(kept), begin, begin + each.places[1] - each.places[0] + 1, around)
    if scaled is None:
        return each
    scale = scaled(kept)
    usual = abs(scale.z(at) / each.z) if each.z else 1.0
    return _told(points, kept, scale, Candidate(at, usual, each.chance))


def _apart(found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches without those that grew into a surer one."""
    apart: list[Stretch] = []
    for each in sorted(found, key=lambda stretch: (stretch.chance, stretch.places)):
        if all(each.places[1] < other.places[0] or other.places[1] < each.places[0] for other in apart):
            apart.append(each)
    return apart


def _made_comparable(points: Sequence[Point], hours: int, kept: Sequence[int]) -> season.Calm | None:
    """The series without season, trend and lone spikes; None where the counts are so small that they are compared."""
    times = [point.when for point in points]
    if points[0].of is None:
        values = [point.value for point in points]
        how = season.comparable(values)
        values = [how(value) for value in values]
    elif not _many(points):
        return None
    else:
        values = [math.log((p.value + 0.5) / ((p.of or 0) - p.value + 0.5)) for p in points]
    return season.calm(season.without_trend(season.without_season(values, times, hours, kept), times, kept))


def _many(points: Sequence[Point]) -> bool:
    """Whether a usual point has enough of both: those who did, and those who did not."""
    middle = len(points) // 2
    did = sorted(point.value for point in points)[middle]
    did_not = sorted((point.of or 0.0) - point.value for point in points)[middle]
    return min(did, did_not) >= MANY


def _lengths(count: int) -> Iterator[int]:
    """The lengths that are tried: every one at first, then each a quarter longer, up to a third of the series."""
    length = 1
    while length <= count // 3:
        yield length
        length = max(length + 1, int(length * GROWTH))


class Look(NamedTuple):
    """One length: its farthest stretch, and how far that lies off in standard errors."""

    length: int
    at: Ranges
    z: float


class Candidate(NamedTuple):
    """The farthest stretch of one length: where it is, how far off in usual distances, and the chance of that."""

    at: Ranges
    usual: float
    chance: float


def _best(points: Sequence[Point], kept: Sequence[int], scaled: Scaled, around: int) -> Stretch | None:
    """The stretch that chance explains least, with its ends moved to where they fit best; None where chance may do."""
    scale = scaled(kept)
    looks = [look for length in _lengths(len(kept)) if (look := _look(kept, length, scale, around))]
    if not looks:
        return None
    first = max(looks, key=lambda look: abs(look.z))
    taken = _fitted(kept, first.at, scale)
    rest = [*kept[: taken.begin], *kept[taken.end :]]
    best = min(_candidates(len(kept), looks, rest, scaled(rest), around), key=lambda each: each.chance)
    return _told(points, kept, scale, best) if best.chance <= SUSPECTED else None


def _look(kept: Sequence[int], length: int, scale: Scale, around: int) -> Look | None:
    """All stretches of a length, and the farthest; None where there is room for none."""
    distances = {at: scale.z(at) for at in _places(kept, length, around)}
    if not distances:
        return None
    at = max(distances, key=lambda each: abs(distances[each]))
    return Look(length, at, distances[at])


def _candidates(
    count: int, looks: Sequence[Look], rest: Sequence[int], others: Scale, around: int
) -> Iterator[Candidate]:
    """The farthest stretch of each length, with how far others of its length usually lie where it is left out."""
    usual, pieces = 1.0, len(rest)
    for look in looks:
        besides = [others.z(at) for at in _places(rest, look.length, around)]
        if len(rest) // look.length >= INDEPENDENT:
            pieces = len(rest) // look.length
            usual = _usual(besides, pieces, others)
        z = normal_of(look.z / usual, pieces) if usual > 1 else look.z
        tries = _tries(count, look.length)
        yield Candidate(look.at, usual, min(1.0, _chance(z, besides, usual, look.length) * tries))


def _told(points: Sequence[Point], kept: Sequence[int], scale: Scale, best: Candidate) -> Stretch:
    """A candidate in the series' own terms."""
    at = _fitted(kept, best.at, scale)
    observed, expected = scale.told(at)
    first, last = kept[at.begin], kept[at.end - 1]
    distance = scale.z(at) / best.usual
    return Stretch(points[first].when, points[last].when, (first, last), observed, expected, distance, best.chance)


def _tries(count: int, length: int) -> float:
    """How many looks stretches of one length count for: both directions, every place, every doubling of the length.

    Lengths within a doubling find the same, so that they are one look: of quiet series of plain noise about one in a
    hundred is then called shown and one in ten suspected (docs/incidents.md, with where it is more).
    """
    doublings = math.log2(max(2, count / 3)) + 1
    return 2 * doublings * count / max(1, length // STRIDE)


def _places(kept: Sequence[int], length: int, around: int) -> Iterator[Ranges]:
    """Where stretches of a length begin: none reaches across points that were taken out."""
    stride = max(1, length // STRIDE)
    last = len(kept) - length
    begins = [*range(0, last + 1, stride), *([last] if last % stride else [])]
    for begin in begins:
        if kept[begin + length - 1] - kept[begin] == length - 1:
            yield _ranges(len(kept), begin, begin + length, around)


def _ranges(count: int, begin: int, end: int, around: int) -> Ranges:
    """A stretch with as much to each side as it is held against; at an end, the other side gives more."""
    side = max(around, end - begin)
    left, right = max(0, begin - side), min(count, end + side)
    spare = side - (begin - left)
    right = min(count, right + spare)
    left = max(0, left - (end + side - min(count, end + side)))
    return Ranges(begin, end, left, right)


def _usual(distances: Sequence[float], pieces: int, scale: Scale) -> float:
    """How far stretches of one length usually lie from what surrounds them, never less than dice would give.

    Counts are dice until they are shown to vary more, by two standard errors of a standard deviation.
    """
    usual = season.size_of(distances)
    least = 1 + 2 / math.sqrt(2 * pieces) if isinstance(scale, Shares) else 1.0
    return usual if usual > least else 1.0


def normal_of(t: float, freedom: int) -> float:
    """The normal deviate as improbable as Student's t (Wallace 1959, https://doi.org/10.1214/aoms/1177706092)."""
    size = (8 * freedom + 1) / (8 * freedom + 3) * math.sqrt(freedom * math.log1p(t * t / freedom))
    return math.copysign(size, t)


def _chance(z: float, others: Sequence[float], usual: float, length: int) -> float:
    """The chance of so great a distance at one place; of a few points, not less than this series' own tail says.

    How fast the distances of all `others` thin out is taken for how they go on (Hill 1975): a power of the distance.
    """
    normal = tail(abs(z))
    sizes = sorted((abs(each) / usual for each in others), reverse=True)
    low, high = max(1, int(TAIL[0] * len(sizes))), max(TAIL_POINTS, int(TAIL[1] * len(sizes)))
    if length > SHORT or len(sizes) <= high or sizes[high] <= 0 or abs(z) <= sizes[high]:
        return normal
    # those left out count as if they were as far as the nearest of them
    thinning = sum(math.log(size / sizes[high]) for size in [*[sizes[low]] * low, *sizes[low:high]]) / high
    if thinning <= 0:
        return normal
    return max(normal, high / len(sizes) / 2 * math.pow(abs(z) / sizes[high], -1 / thinning))


def _fitted(kept: Sequence[int], at: Ranges, scale: Scale) -> Ranges:
    """The same stretch with both ends moved, point by point, to where the distance is greatest.

    What lies around is held against it all the while: a frame that moved along would draw the ends after it.
    """
    best, greatest = at, abs(scale.z(at))
    reach = max(2, (at.end - at.begin) // 2)
    moved = True
    while moved:
        moved = False
        for begin, end in _neighbours(best, reach):
            if not _may_be(kept, at, begin, end):
                continue
            here = Ranges(begin, end, at.left, at.right)
            if (size := abs(scale.z(here))) > greatest + 1e-12:
                best, greatest, moved = here, size, True
    return best


def _may_be(kept: Sequence[int], frame: Ranges, begin: int, end: int) -> bool:
    """Whether a stretch has a point, half of its frame around it, and no point taken out inside."""
    inside = frame.left <= begin < end <= frame.right and 2 * (end - begin) <= frame.right - frame.left
    return inside and kept[end - 1] - kept[begin] == end - 1 - begin


def _neighbours(at: Ranges, reach: int) -> Iterator[tuple[int, int]]:
    """Stretches with one end elsewhere, at most `reach` points away."""
    for step in range(-reach, reach + 1):
        if step:
            yield at.begin + step, at.end
            yield at.begin, at.end + step


def _joined(found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in the same direction that touch are one."""
    joined: list[Stretch] = []
    for each in sorted(found, key=lambda stretch: stretch.places):
        before = joined[-1] if joined else None
        if before and each.places[0] - before.places[1] <= 1 and (each.z < 0) == (before.z < 0):
            joined[-1] = _both(before, each)
        else:
            joined.append(each)
    return joined


def _both(one: Stretch, other: Stretch) -> Stretch:
    """Two stretches as one; it is as sure as the surer of them."""
    n, m = (each.places[1] - each.places[0] + 1 for each in (one, other))
    surer = one if one.chance <= other.chance else other
    return Stretch(
        one.first,
        other.last,
        (one.places[0], other.places[1]),
        (n * one.observed + m * other.observed) / (n + m),
        (n * one.expected + m * other.expected) / (n + m),
        surer.z,
        surer.chance,
    )
