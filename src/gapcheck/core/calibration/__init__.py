"""Claimed and shown: what a person's ratings and knowledge checks together say of their levels.

A rating is a claim, a check shows something. The model holds both against each other, exactly and without sampling;
nothing here judges a person, and no level moves before enough checks are answered.
"""

from gapcheck.core.calibration.checks import LEAST_GAIN, LEAST_SCORE, LEAST_SURE, Doubt, Pick, Way, doubts, next_check
from gapcheck.core.calibration.figures import (
    LEAST_OVERALL,
    LEAST_STAGE,
    WORDED,
    Against,
    Overall,
    OverClaiming,
    against,
    at_target,
    over_claiming,
    overall,
)
from gapcheck.core.calibration.model import MODEL
from gapcheck.core.calibration.posterior import LEAST_MASS, Estimate, Range
from gapcheck.core.calibration.settle import KEPT, LEAST_CHECKS, settled
from gapcheck.core.calibration.shown import Shown, evidence, right_of

__all__ = [
    "KEPT",
    "LEAST_CHECKS",
    "LEAST_GAIN",
    "LEAST_MASS",
    "LEAST_OVERALL",
    "LEAST_SCORE",
    "LEAST_STAGE",
    "LEAST_SURE",
    "MODEL",
    "WORDED",
    "Against",
    "Doubt",
    "Estimate",
    "OverClaiming",
    "Overall",
    "Pick",
    "Range",
    "Shown",
    "Way",
    "against",
    "at_target",
    "doubts",
    "evidence",
    "next_check",
    "over_claiming",
    "overall",
    "right_of",
    "settled",
]
