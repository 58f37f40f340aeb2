"""Files of a journey and the maps beside them, written where a test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from gapcheck.core.journey.map import Column, EventLog, FigureFile, JourneyMap, Step
from gapcheck.files.journey import reading

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.journey.counts import Account, LogCounts, Series

STEPS = (
    Step(event="view", touchpoint="product-page"),
    Step(event="cart", touchpoint="cart"),
    Step(event="buy", touchpoint="checkout"),
)


class ReadLog(Protocol):
    """A file's content as an event log to its counts and its account; keywords say what the map says otherwise."""

    def __call__(self, content: str | bytes, name: str = ..., **said: Any) -> tuple[LogCounts, Account]: ...


class ReadFigures(Protocol):
    """A file's content as figures of `click-rate`, or of what `metrics` says, to series and account."""

    def __call__(self, content: str | bytes, name: str = ..., **said: Any) -> tuple[dict[str, Series], Account]: ...


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def read_log(tmp_path: Path) -> ReadLog:
    def read(content: str | bytes, name: str = "log.csv", **said: Any) -> tuple[LogCounts, Account]:
        written(tmp_path, name, content)
        zone, until = said.pop("time_zone", "UTC"), said.pop("until", None)
        columns = {"who": "who", "when": "when", "what": "what"} if "at" not in said else {"who": "who"}
        log = EventLog(**{"file": name, **columns, "steps": STEPS, **said})
        journey = JourneyMap(time_zone=zone, events={"shop": log})
        counted = reading.read(journey, tmp_path, until=until)
        return counted.logs["shop"], counted.accounts[0]

    return read


@pytest.fixture
def read_figures(tmp_path: Path) -> ReadFigures:
    def read(content: str | bytes, name: str = "figures.csv", **said: Any) -> tuple[dict[str, Series], Account]:
        written(tmp_path, name, content)
        zone, until, units = said.pop("time_zone", "UTC"), said.pop("until", None), said.pop("units", None)
        file = FigureFile(**{"file": name, "when": "day", "metrics": {"click-rate": Column(value="rate")}, **said})
        journey = JourneyMap(time_zone=zone, figures={"ads": file})
        counted = reading.read(journey, tmp_path, units, until=until)
        return counted.series, counted.accounts[0]

    return read
