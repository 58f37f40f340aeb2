"""What rules are held against, and what is measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from fractions import Fraction

    from gapcheck.core.team import Team


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules are held against, as of a day. `own`: the one member checks their own private sheet.

    `snapshot` is the last day that the newest figures of the journey know, None where there are none, and `unowned`
    are the ids of the incidents in them that nobody sees to.
    """

    team: Team
    today: dt.date
    snapshot: dt.date | None = None
    own: bool = False
    unowned: tuple[str, ...] = ()
    looked: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured: the number (None: it cannot be), in words; the worst skill or stage, and all that fall short.

    `skills` are those that cover or a figure was measured of, `unjudged` how many more one person alone has answered.
    Only ids of skills, stages and incidents stand in it, never of people.
    """

    value: Fraction | None
    words: str
    subject: str = ""
    short: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    unjudged: int = 0
