"""A map with faults made readable where that can be done, so that what else is wrong with it is told at once."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from gapcheck.core.journey.map import JourneyMap
from gapcheck.files.formats import HEADER, adapter, read_as
from gapcheck.files.yamldoc import Doc
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDS_IN: dict[object, Any] = {
    **dict.fromkeys(("file", "who", "when", "what", "event", "touchpoint"), "none"), "steps": [], "metrics": {},
}  # fmt: skip
"""What stands for a part that is needed: nothing that is found wrong with it is told."""


def mended(doc: Doc) -> JourneyMap | None:
    """The map without what has the wrong shape, and with something in place of what is needed; None where it has none.

    Places of what is left stay as they are.
    """
    data = copy.deepcopy(doc.data)
    if not isinstance(data, dict):
        return None
    for place in _faulty(data):
        _mend(data, place)
    with suppress(InputError):
        return read_as(Doc(doc.file, data, doc.spans), "journey", JourneyMap)
    return None


def _faulty(data: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    """Key paths of what has the wrong shape, the deepest first."""
    import json

    try:
        adapter("journey").validate_json(json.dumps({k: v for k, v in data.items() if k != HEADER}), strict=True)
    except ValidationError as error:
        found = [fault["loc"] for fault in error.errors(include_url=False, include_input=False)]
        return sorted((loc[:-1] if loc[-1] == "[key]" else loc for loc in found), key=len, reverse=True)
    return ()


def _mend(data: Any, place: tuple[Any, ...]) -> None:
    """Leave out what stands at a place, or put something in its stead."""
    *above, last = place
    for key in above:
        data = data[key]
    if isinstance(data, list):
        data[last] = {"event": "none", "touchpoint": "none"} if above[-1] == "steps" else "none"
    elif last in STANDS_IN and "use" not in above:
        data[last] = copy.deepcopy(STANDS_IN[last])
    else:
        data.pop(last, None)
