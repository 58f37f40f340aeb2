"""The gate: measures and rules to a ruling. Pure; it judges a team's cover, and never one person's level."""

from gapcheck.core.gate.evidence import Evidence, Reading
from gapcheck.core.gate.journey import MAP_AGE, OPEN_INCIDENTS, unowned
from gapcheck.core.gate.measures import MEASURES
from gapcheck.core.gate.ratchet import Baseline, Counts, baseline_of
from gapcheck.core.gate.results import Outcome, Placed, Result
from gapcheck.core.gate.rules import DEFAULTS, faults, groups_known
from gapcheck.core.gate.ruling import Ruling, rule_on

__all__ = [
    "DEFAULTS",
    "MAP_AGE",
    "MEASURES",
    "OPEN_INCIDENTS",
    "Baseline",
    "Counts",
    "Evidence",
    "Outcome",
    "Placed",
    "Reading",
    "Result",
    "Ruling",
    "baseline_of",
    "faults",
    "groups_known",
    "rule_on",
    "unowned",
]
