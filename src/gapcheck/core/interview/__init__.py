"""The interview as a value: what a sitting asks, where one stands in it, and what each answer does to the sheet."""

from gapcheck.core.interview.agenda import Item, Kind, Scope, are_checks_open, is_answered, opening_checks
from gapcheck.core.interview.conduct import DONE, GO_ON, REVISE, Interview, Jump, Move, Note, Reply, conduct
from gapcheck.core.interview.scope import AGAIN, Again, carried, due, quick
from gapcheck.core.interview.settling import (
    checks_answered,
    claims_of,
    doubts_of,
    estimate_of,
    importance_of,
    left_of,
    rated,
    settle,
    told,
)
from gapcheck.core.interview.unfold import FIRST_SEEN, needed

__all__ = [
    "AGAIN",
    "DONE",
    "FIRST_SEEN",
    "GO_ON",
    "REVISE",
    "Again",
    "Interview",
    "Item",
    "Jump",
    "Kind",
    "Move",
    "Note",
    "Reply",
    "Scope",
    "are_checks_open",
    "carried",
    "checks_answered",
    "claims_of",
    "conduct",
    "doubts_of",
    "due",
    "estimate_of",
    "importance_of",
    "is_answered",
    "left_of",
    "needed",
    "opening_checks",
    "quick",
    "rated",
    "settle",
    "told",
]
