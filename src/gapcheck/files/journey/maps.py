"""journey/map.yaml: read, and held against the catalog and the files that lie beside it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from gapcheck.core.journey.map import IDLE, EventLog, FigureFile, JourneyMap
from gapcheck.core.survey.words import person_id
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.files.journey import mending, reading
from gapcheck.problems import InputError, Problem, key_path, what_is_known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from gapcheck.core.catalog import Catalog

MOST_SEGMENTS = 20
MOST_DATES = 20
MOST_EVENTS = 1_000
MOST_PLACES = 60

Fault = tuple[tuple[object, ...], str]
"""A key path in the map, and what is wrong there."""


def load(path: Path, catalog: Catalog) -> JourneyMap:
    """A map that fits the catalog, and whose files are there. Raises InputError with every fault at once."""
    doc = yamldoc.parse(atomic.read(path), str(path))
    try:
        journey, misshapen = read_as(doc, "journey", JourneyMap), []
    except InputError as error:
        mended = mending.mended(doc)
        if mended is None:
            raise
        journey, misshapen = mended, list(error.problems)
    problems = [
        Problem(doc.file, doc.span(*where), key_path(where), message, "journey")
        for where, message in _faults(journey, path.parent, catalog)
    ]
    if misshapen or problems:
        problems += reading.unfit(journey, path.parent, path.name)
        raise InputError([*misshapen, *(each for each in problems if not _follows(each, misshapen))])
    return journey


def _follows(problem: Problem, others: Iterable[Problem]) -> bool:
    """Whether it is of what another one is of, of a part of it, or of what it is a part of."""
    own = f"{problem.path}."
    return any(own.startswith(f"{each.path}.") or f"{each.path}.".startswith(own) for each in others if problem.path)


def _faults(journey: JourneyMap, folder: Path, catalog: Catalog) -> Iterator[Fault]:
    if not journey.events and not journey.figures:
        yield (), "names no file; give events: or figures:"
    metrics = {key for stage in catalog.stages.values() for key in stage.metrics}
    for key, log in journey.events.items():
        yield from _missing_file(("events", key, "file"), log.file, folder)
        yield from _of_log(("events", key), log, catalog, metrics)
    taken: dict[str, str] = {}
    for key, file in journey.figures.items():
        yield from _missing_file(("figures", key, "file"), file.file, folder)
        yield from _of_figures(("figures", key), file, metrics)
        for metric in file.metrics:
            if metric in taken:
                yield ("figures", key, "metrics", metric), f"figures.{taken[metric]} has this metric already; keep one"
            taken[metric] = key


def _missing_file(where: tuple[object, ...], name: str, folder: Path) -> Iterator[Fault]:
    path = folder / name
    try:
        if path.is_file():
            return
        near = [each.name for each in path.parent.iterdir() if each.is_file()] if path.parent.is_dir() else []
    except (OSError, ValueError):
        near = []
    if atomic.is_folder(path):
        yield where, "is a folder; name the file in it"
    else:
        yield where, f"there is no such file beside the map{what_is_known(path.name, sorted(near))}"


def _of_log(here: tuple[str, ...], log: EventLog, catalog: Catalog, metrics: Collection[str]) -> Iterator[Fault]:
    yield from _times(here, log)
    if log.idle_hours is not None:
        yield from _idle((*here, "idle_hours"), log)
    if len(log.steps) < 2:
        yield (*here, "steps"), "must have at least two steps"
    yield from _steps(here, log, catalog, metrics)
    steps = {step.event: step.touchpoint for step in log.steps}
    for event, point in log.touchpoints.items():
        if point not in catalog.touchpoints:
            yield (*here, "touchpoints", event), _unknown_point(point, catalog)
        elif steps.get(event, point) != point:
            yield (*here, "touchpoints", event), f"this event is a step at {steps[event]}; leave it out here"
    if len(log.steps) + len(log.touchpoints) + len(log.use) > MOST_EVENTS:
        yield here, f"names more than {MOST_EVENTS} events"
    if len({*steps.values(), *log.touchpoints.values()}) > MOST_PLACES:
        yield here, f"names more than {MOST_PLACES} touchpoints"
    yield from _segments(here, log)


def _times(here: tuple[str, ...], log: EventLog) -> Iterator[Fault]:
    """`when` with `what`, or `at`."""
    if log.at:
        for part in ("when", "what"):
            if getattr(log, part) is not None:
                yield (*here, part), "at says which column has which event's dates; leave this out"
        if len(log.at) > MOST_DATES:
            yield (*here, "at"), f"has more than {MOST_DATES} columns"
        yield from _dated(here, log)
    elif log.when is None and log.what is None:
        yield here, "must say in which columns time and event are (when: and what:), or which columns have dates (at:)"
    else:
        for part, other in (("when", "what"), ("what", "when")):
            if getattr(log, part) is None:
                yield (*here, other), f"needs {part}: beside it"


def _idle(where: tuple[object, ...], log: EventLog) -> Iterator[Fault]:
    """Journeys are told apart in one way only."""
    if not log.idle_hours:
        yield where, f"must be {IDLE.expected}"
    if log.session is not None:
        yield where, "session tells journeys apart already; leave one of the two out"
    elif log.at:
        yield where, "is for files with an event a row; in a list, session tells apart the rows that have the same who"


def _dated(here: tuple[str, ...], log: EventLog) -> Iterator[Fault]:
    """Each event of a list has a column of dates."""
    dated = list(log.at.values())
    places: list[tuple[tuple[object, ...], str]]
    places = [(("steps", n, "event"), step.event) for n, step in enumerate(log.steps)]
    places += [(("use", n), event) for n, event in enumerate(log.use)]
    for where, event in places:
        if event not in dated:
            yield (*here, *where), f"no column of at: has this event{what_is_known(event, dated)}"
    for event in log.touchpoints:
        if event not in dated:
            yield (*here, "touchpoints", event), f"no column of at: has this event{what_is_known(event, dated)}"


def _steps(here: tuple[str, ...], log: EventLog, catalog: Catalog, metrics: Collection[str]) -> Iterator[Fault]:
    met: set[str] = set()
    for n, step in enumerate(log.steps):
        where = (*here, "steps", n)
        point = catalog.touchpoints.get(step.touchpoint)
        if step.event in met:
            yield (*where, "event"), "this event is a step already; a path has each once"
        met.add(step.event)
        if point is None:
            yield (*where, "touchpoint"), _unknown_point(step.touchpoint, catalog)
        elif step.conversion is not None and step.conversion not in point.conversions:
            yield (
                (*where, "conversion"),
                _unknown(f"conversion of {step.touchpoint}", step.conversion, point.conversions),
            )
        if step.metric is not None and step.metric not in metrics:
            yield (*where, "metric"), _unknown("metric", step.metric, metrics)


def _segments(here: tuple[str, ...], log: EventLog) -> Iterator[Fault]:
    persons = {name: part for part, name in (("who", log.who), ("session", log.session)) if name is not None}
    named: list[tuple[tuple[object, ...], str]] = [(("segments", n), name) for n, name in enumerate(log.segments)]
    named += [(("channel",), log.channel)] if log.channel is not None else []
    for where, name in named:
        if name in persons:
            yield (*here, *where), f"this column is {persons[name]}:; people must not become segments"
    if len(set(log.segments)) < len(log.segments):
        yield (*here, "segments"), "names a column twice"
    if len(log.segments) > MOST_SEGMENTS:
        yield (*here, "segments"), f"names more than {MOST_SEGMENTS} columns"


def _of_figures(here: tuple[str, ...], file: FigureFile, metrics: Collection[str]) -> Iterator[Fault]:
    if (file.metric is None) != (file.value is None):
        given, other = ("metric", "value") if file.value is None else ("value", "metric")
        yield (*here, given), f"needs {other}: beside it, or neither where each metric has a column"
    if not file.metrics:
        yield (*here, "metrics"), "must name at least one metric"
    for metric, column in file.metrics.items():
        where = (*here, "metrics", metric)
        if metric not in metrics:
            yield where, _unknown("metric", metric, metrics)
        halves = [column.numerator, column.denominator].count(None)
        if (column.value is None, halves) not in ((False, 2), (True, 0)):
            yield where, "must have either value:, or both numerator: and denominator:"


def _unknown(what: str, word: str, known: Collection[str]) -> str:
    return f"unknown {what}{what_is_known(word, known)}"


def _unknown_point(word: str, catalog: Catalog) -> str:
    """That no touchpoint is called so, the one whose id or name is near, and where all of them are listed."""
    called = {person_id(point.name): key for key, point in catalog.touchpoints.items()}
    called |= {key: key for key in catalog.touchpoints}
    close = difflib.get_close_matches(word, called, n=1)
    if not close:
        stages = ", ".join(key for key, stage in catalog.stages.items() if stage.touchpoints)
        return f"unknown touchpoint; gapcheck catalog show STAGE lists them (stages are {stages})"
    key = called[close[0]]
    stage = next(key_of for key_of, stage in catalog.stages.items() if key in stage.touchpoints)
    name = "" if close[0] == key else f" ({catalog.touchpoints[key].name})"
    return f"unknown touchpoint; did you mean {key}{name}? gapcheck catalog show {stage} lists them"
