"""A team's skills: counts first, then who holds and carries what, what hangs on whom, and where it sits."""

from gapcheck.core.team.figures import TeamFigure, colleagues_at_4, figures, verdicts
from gapcheck.core.team.members import AS_LEVEL, IS_NOT_APPLICABLE, IS_OPEN, IS_UNKNOWN, UNGROUPED, Member, Team, row_of
from gapcheck.core.team.silos import Silos, silos
from gapcheck.core.team.strength import Absence, Cover, absences, cover
from gapcheck.core.team.tally import Tally, answers, at_least, tally

__all__ = [
    "AS_LEVEL",
    "IS_NOT_APPLICABLE",
    "IS_OPEN",
    "IS_UNKNOWN",
    "UNGROUPED",
    "Absence",
    "Cover",
    "Member",
    "Silos",
    "Tally",
    "Team",
    "TeamFigure",
    "absences",
    "answers",
    "at_least",
    "colleagues_at_4",
    "cover",
    "figures",
    "row_of",
    "silos",
    "tally",
    "verdicts",
]
