"""A level from 1 to 5 says what someone does, not what they know or are.

"Knows paid social", "has a good understanding of pricing" and "three years of experience" cannot be seen, so they are
claimed by whoever feels like it. "Names the three figures that finance leaves out" can be checked by a colleague. It
takes at least three words, not counting how well or how often: "advanced" and "does SEO well" leave open what is
done. Level 0 is free. The rule knows English words; in other languages it finds only what is too short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gapcheck.lint.finding import Finding, in_skill
from gapcheck.lint.wording import ungraded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.problems import Severity

ID = "anchors-doing"
SEVERITY: Severity = "error"
LEAST = 3

_STATE = "knowledge|understanding|awareness|experience|expertise|skills?|proficiency|competence|grasp|command|mastery"
_GRADE = "no|little|some|basic|limited|fair|good|strong|solid|sound|deep|full|excellent|advanced|working|proven"
_ABOUT = "of|in|with|about|at|on|for|using"
_NUMBER = "[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some"
STATES = re.compile(
    rf"""(?ix)^\W*
    (?:[\w\ -]{{1,30}}:\ )?                                        # a label, as in "Intermediate: ..."
    (?:(?:i|you|they|someone\ who)\ )?
    (?:(?:am|is|are|has|have|having|possesses|shows|with|over|more\ than|at\ least)\ )*
    (?:(?:an?|the|very|extremely|{_GRADE})\ )*
    (?:
      (?:knows?|knowing|understands?|appreciates?|believes?|grasps|masters)\b
    | (?:{_STATE}|familiarity)\ (?:{_ABOUT})\b
    | (?:aware|familiar|comfortable|confident|capable|experienced|proficient|competent|skilled|versed|expert)
      \ (?:{_ABOUT})\b
    | (?<=\ )(?:good|great|strong|excellent)\ (?:at|in|with)\b | (?:good|great|strong)\ at\b
    | (?:beginner|novice|intermediate|advanced|expert)(?:\W*$|\W+(?:level|user|in|at|with)\b)
    | (?:{_NUMBER})\+?\ (?:or\ more\ )?years?\b(?='?\ (?:in|as|at|with|on|of\ .*(?:experience|practice)|experience))
    )
    | ^\W*(?:(?:has|have)\ |(?:{_GRADE})\ )(?:\S+\ ){{0,4}}(?:{_STATE})(?=\W*$|\ (?:{_ABOUT})\b)
    """
)
"""How a level begins that tells a state."""


def check(catalog: Catalog, _policy: Policy) -> Iterator[Finding]:
    """Levels that begin with a state instead of a deed, or are too short to name one."""
    for key, skill in catalog.skills.items():
        for level, text in skill.levels.items():
            if level != "0":
                at = in_skill(catalog, key, "levels", level)
                if STATES.match(text):
                    yield Finding(*at, "says what someone knows or is; begin with what a colleague could see them do")
                elif len(ungraded(text)) < LEAST:
                    yield Finding(*at, "is too short to anchor anything; say what someone does and what comes of it")
