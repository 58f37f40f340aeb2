"""Verdicts, levels and amounts in words: one word per thing, wherever it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.advice import TARGET_NAMES
from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN
from gapcheck.core.catalog import LEVEL_NAMES
from gapcheck.core.cover import CARRIES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from gapcheck.core.advice import Verdict
    from gapcheck.core.answers import Rating
    from gapcheck.core.rubric import Circumstances

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
"""Month names of our own, so that a locale changes nothing."""

LEARN_TO = {1: "say what it is", 2: "judge", 3: "hold", 4: "carry", 5: "specialist level"}
ACTIONS = {
    "not-yours": "not yours",
    "do": "do",
    "outsource-execution": "outsource execution",
    "outsource-both": "outsource conception and execution",
    "leave": "leave",
}


def day(date: dt.date) -> str:
    """`4 Jan 2027`."""
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def month(date: dt.date) -> str:
    """`January`."""
    return MONTHS[date.month - 1]


def hours(amount: float) -> str:
    """`4 h`, `2.5 h`."""
    return f"{amount:g} h"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names with commas (semicolons where a name has commas itself); beyond `most` the rest is counted."""
    comma = "; " if any("," in name for name in names[:most]) else ", "
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return comma.join(names[:most]) + rest


def counted(number: int, one: str, many: str = "") -> str:
    """`1 skill`, `3 skills`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def mid(text: str) -> str:
    """A text as it stands in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def rated(rating: Rating | None) -> str:
    """A rating as it is shown in a table."""
    if rating is None:
        return "open"
    return {NOT_APPLICABLE: "n/a", UNKNOWN: "unknown"}.get(str(rating), str(rating))


def level(number: int) -> str:
    """`2 (can judge)`."""
    return f"{number} ({LEVEL_NAMES[number]})"


def target(number: int) -> str:
    """`4 (carry)`."""
    return f"{number} ({TARGET_NAMES[number]})"


def verdict(given: Verdict, to: int | None = None) -> str:
    """A verdict in words; `to` overrides how far the plan lets one learn now."""
    if given.action == "learn":
        return f"learn to {LEARN_TO[to or given.to or 4]}"
    return ACTIONS[given.action] + (", with help" if given.meanwhile == "with-help" else "")


def whom(around: Circumstances) -> str:
    """Whom the work goes to: by name where known."""
    if around.names:
        return " or ".join(around.names)
    return {"colleague": "a colleague", "supplier": "a supplier", "none": "nobody"}[around.hands]


def judge(around: Circumstances) -> str:
    """Who can be the borrowed judge: never the vendor."""
    return "the colleague who carries it" if around.hands == "colleague" else "an adviser who does not sell it"


def meanwhile(given: Verdict, around: Circumstances, level: int) -> str:
    """What happens until then, or what the verdict means; empty where the verdict says it all."""
    who, by = whom(around), judge(around)
    hand_out = around.hands != "none"
    told = {
        "enough-for-this-role": "that is enough for this role",
        "simple-version": "make a simple version yourself" if given.action == "do" else "a simple version, or pause",
        "this-week": f"this week, to {who}; learning waits",
        "rehearse": "rehearse with a colleague, manager or mentor",
        "borrowed-judge": f"{who} does it, and {by} signs" if hand_out else f"{by} signs what goes out",
        "with-help": "use a template, or have a colleague check it",
        "outsource-execution": f"you brief and judge, {who} makes it",
        "outsource-both": f"{who} conceives and makes it, and {by} signs",
    }
    words = told[given.meanwhile] if given.meanwhile else ""
    if given.action == "do" and not words:
        return "you cover for others and may teach it" if level >= CARRIES else "you hold it; you do not fully cover"
    if given.action == "outsource-execution" and not words:
        return f"you brief and judge, {who} makes it"
    if given.action == "outsource-both" and given.meanwhile == "this-week":
        return f"{words}; {by} signs"
    return words


def sentences(parts: Iterable[str]) -> str:
    """Parts joined into sentences: a capital first, a full stop last."""
    full = (part[:1].upper() + part[1:].rstrip(".") + "." for part in parts if part)
    return " ".join(full)
