"""Six hourly series of advertising costs with labelled windows, from NAB, the Numenta Anomaly Benchmark."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.incidents.series import Planted, Series
from gapcheck.core.journey.counts import Point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def hour(text: str) -> dt.datetime:
    """The hour that a time lies in, as NAB writes it."""
    return dt.datetime.fromisoformat(text).replace(minute=0, second=0, microsecond=0, tzinfo=dt.UTC)


def read(folder: Path) -> Iterator[Series]:
    """Every series that `windows.json` names, from the files beside it; the mean of an hour that is there twice."""
    windows = json.loads((folder / "windows.json").read_text(encoding="utf-8"))
    for name, labelled in sorted(windows.items()):
        by_hour: dict[dt.datetime, list[float]] = defaultdict(list)
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                by_hour[hour(row["timestamp"])].append(float(row["value"]))
        points = tuple(Point(when, fmean(values)) for when, values in sorted(by_hour.items()))
        planted = tuple(Planted(hour(first), hour(last), "window") for first, last in labelled)
        yield Series(name.removesuffix(".csv"), points, 1, planted)
