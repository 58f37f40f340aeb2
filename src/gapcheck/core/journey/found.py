"""What is concluded from counts, as `journey/DATE.json` keeps it: figures, flow, what jams, what is extraordinary.

Every count is of journeys or people, every share is from 0 to 1, every day is a whole day in the map's time zone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from gapcheck.core.catalog import Id, SkillId
from gapcheck.core.shapes import DAY, Record

Proof = Literal["shown", "suspected", "cannot-tell"]
"""How sure it is, after allowing for everything else that was looked at (docs/journey.md gives the limits)."""

Day = Annotated[dt.date, DAY]


@dataclass(frozen=True, kw_only=True)
class Share(Record):
    """A share with its 95% interval (Wilson): `on` of `reached`."""

    on: int
    reached: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share itself; None of nothing."""
        return self.on / self.reached if self.reached else None


@dataclass(frozen=True, kw_only=True)
class Where(Record):
    """A place in a path: the log, and the way from one step's event to the next, where `number` counts ways from 0.

    `segment` is a column and its value (`platform`, `mobile`), or two empty texts for everybody.
    """

    log: Id
    number: int
    source: str
    target: str
    segment: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class StepFlow(Record):
    """One way between two steps over the days looked at: the share that comes on. The hours are those of all days."""

    where: Where
    share: Share
    median_hours: float | None = None
    slow_hours: float | None = None


@dataclass(frozen=True, kw_only=True)
class NextStep(Record):
    """Of all goings on from a touchpoint of a log, the share that went to this one next ("" is nowhere)."""

    log: Id
    source: Id
    target: str
    share: Share


@dataclass(frozen=True, kw_only=True)
class Bottleneck(Record):
    """A way that fewer come on by than did before (`history`), or than do in the `best` `segment`.

    `lost` are conversions at the end of the path that are missing for it over `days`, with a 95% interval, and
    `value` what they would have been worth, None where no value is known. `chance` is the probability of shares as
    far apart, somewhere among all that were compared, if none differed. `skills` are those behind the way, `file`
    is the one that shows it; `behind.traced` fills both in from the map.
    """

    where: Where
    against: Literal["history", "segment"]
    best: tuple[str, str] = ("", "")
    now: Share
    then: Share
    days: int
    lost: float
    lost_low: float
    lost_high: float
    value: float | None = None
    chance: float
    proof: Proof
    skills: tuple[SkillId, ...] = ()
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Carrier(Record):
    """What a segment has of an incident: its share in that time and usually, and the conversions that it lost.

    The loss has a 95% interval. Segments of one column add up to everybody, those of two columns overlap.
    """

    segment: tuple[str, str]
    now: Share
    usual: Share
    lost: float
    lost_low: float
    lost_high: float


@dataclass(frozen=True, kw_only=True)
class Moved(Record):
    """Something else that was out of the ordinary at about the same time, from `start`.

    A metric by its id, a way as `payment to purchase`, or an event by its name: then `observed` and `expected` are the
    shares of journeys that have it.
    """

    kind: Literal["metric", "way", "event"]
    name: str
    start: Day
    observed: float
    expected: float


@dataclass(frozen=True, kw_only=True)
class Course(Record):
    """A figure in parts of so many `days`: some before a time, those inside it, some after; None of nobody."""

    days: int
    before: tuple[float | None, ...]
    during: tuple[float | None, ...]
    after: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Incident(Record):
    """A time in which a metric, or a way between two steps, was out of the ordinary. `end` is its last day.

    A `warning` is for the worse and an `opening` for the better. `size` is observed against expected as a ratio, and
    `low` to `high` the 95% interval of what was observed; `course` is what it looked like. `lost` are conversions at
    the end of the path (below 0: won), with a 95% interval; None for a metric of its own. `chance` is the probability
    of anything as far out of the ordinary, somewhere among all that was looked at, if nothing happened. `carried_by`
    are the segments by how much of it they carry, `together` and `first` what moved with it and before it. `skills` are
    those behind it, `file` is the one that shows it; `behind.traced` fills in what is empty of the two.
    """

    id: Id
    where: Where | None = None
    metric: Id | None = None
    start: Day
    end: Day
    open: bool
    direction: Literal["warning", "opening"]
    observed: float
    low: float
    high: float
    expected: float
    size: float
    lost: float | None = None
    lost_low: float | None = None
    lost_high: float | None = None
    value: float | None = None
    chance: float
    proof: Proof
    skills: tuple[SkillId, ...] = ()
    file: str = ""
    course: Course | None = None
    carried_by: tuple[Carrier, ...] = ()
    together: tuple[Moved, ...] = ()
    first: tuple[Moved, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure(Record):
    """A metric's latest figure, the one a period before, and which way that is for the better."""

    metric: Id
    day: Day
    value: float
    before: float | None = None
    low: float | None = None
    high: float | None = None
    direction: Literal["better", "worse", "same", "unclear"] = "unclear"


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """A file that was read: its name, a digest (12 hex digits) of its content, its rows and how many were left out."""

    file: str
    digest: str
    rows: int
    left_out: int


@dataclass(frozen=True, kw_only=True)
class Cohort(Record):
    """People by the month of their first use: of those followed long enough, how many came back in month 1, 2, ..."""

    month: Day
    people: int
    back: tuple[Share, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Returning(Record):
    """Time to the second use of a channel's people ("" is all), by Kaplan-Meier: the share back by 30, 60, 90 days.

    `share` has None for a day nobody was followed to. `median_days` is None where fewer than half came back,
    or of fewer than 20 people. `value` is the share of their value of the latest year (of their uses, where no value is
    known) that is from people who had come before, with its 95% interval; None of nothing.
    """

    channel: str
    people: int
    back: int
    median_days: int | None
    share: dict[Literal["30", "60", "90"], tuple[float, float, float] | None] = field(default_factory=dict)
    value: tuple[float, float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class RepeatUse(Record):
    """Who comes back: cohorts, time to the second use, and what returning people bring, in value if that is known."""

    log: Id
    cohorts: tuple[Cohort, ...] = ()
    returning: tuple[Returning, ...] = ()
    valued: bool = False


@dataclass(frozen=True, kw_only=True)
class Panel(Record):
    """Evidence of one stage and channel ("" is all): people reached (at least so many), and events.

    `came` is the share of them who came to use what is sold; None where more came to use it than were here, so that
    the stage is not on the way there.
    """

    stage: Id
    channel: str
    people: int
    events: int
    came: Share | None


@dataclass(frozen=True, kw_only=True)
class Pattern(Record):
    """A recurrent pattern: how far weekdays, hours or months differ beyond chance.

    `strength` is the share of the variation that the pattern explains, 0 to 1; `high` and `low` name the two ends.
    """

    log: Id
    by: Literal["weekday", "hour", "month"]
    strength: float
    chance: float
    high: str
    low: str


@dataclass(frozen=True, kw_only=True)
class Cover(Record):
    """How many people hold (3) and carry (4) a skill, as the shared sheets said that day."""

    hold: int
    carry: int


@dataclass(frozen=True, kw_only=True)
class Snapshot(Record):
    """The journey on a day, as far as `last`, the last day that the files know.

    `flow_days` are the first and the last day that the shares of each log's flow are of.
    """

    date: Day
    catalog: str
    last: Day | None = None
    sources: tuple[Source, ...] = ()
    figures: tuple[Figure, ...] = ()
    flow: tuple[StepFlow, ...] = ()
    flow_days: dict[Id, tuple[Day, Day]] = field(default_factory=dict)
    next_steps: tuple[NextStep, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    incidents: tuple[Incident, ...] = ()
    repeat: tuple[RepeatUse, ...] = ()
    panel: tuple[Panel, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    cover: dict[SkillId, Cover] = field(default_factory=dict)
    people: int = 0
    looked_at: int = 0
    remarks: tuple[str, ...] = ()
