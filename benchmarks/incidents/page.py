"""What was counted, as tables in Markdown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.incidents.score import by_trait, measure, recalls
from benchmarks.incidents.series import GRADES
from benchmarks.incidents.worlds import DENOMINATORS, FAMILIES, LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.incidents.score import Measures, Outcome

    Found = dict[str, list[Outcome]]
    Kind = tuple[str, str]

ORDER = (
    *("spike", "short", "long", "ramp", "shift", "dip", "rise", *GRADES),
    *(*FAMILIES, *DENOMINATORS, "daily", "hourly", *LENGTHS, "none"),
)
"""Kinds in the order of the tables; others follow by name."""

COLUMNS: tuple[tuple[str, Callable[[Measures], str]], ...] = (
    ("precision", lambda m: number(m.precision)),
    ("recall", lambda m: number(m.recall)),
    ("F1", lambda m: number(2 * m.precision * m.recall / ((m.precision + m.recall) or math.inf))),
    ("overlap", lambda m: number(m.overlap)),
    ("touched", lambda m: number(m.touched)),
    ("quiet series with an alarm", lambda m: number(m.alarmed)),
    ("alarms beside, a series", lambda m: f"{m.beside:.2f}"),
)


def number(value: float) -> str:
    """Two decimals without the leading zero; a dash where there is nothing to count."""
    if math.isnan(value):
        return "-"
    text = f"{value:.2f}"
    return text.replace("0.", ".", 1) if value < 1 else text


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table and the empty line after it."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    return [lines[0], "|---" * len(head) + "|", *lines[1:], ""]


def page(found: Found) -> str:
    """Everything about the generated set."""
    one = measure(next(iter(found.values())))
    series = len(next(iter(found.values())))
    lines = [f"{series} series, {one.quiet} of them quiet, and {one.incidents} incidents.", ""]
    lines += table(["", *(title for title, _ in COLUMNS)], _rows(found))
    lines += ["Recall by kind of incident:", ""]
    lines += table(["", "", "incidents", *found], _recalls(found))
    for words, cell in (
        ("Recall by kind of series:", lambda m: number(m.recall)),
        ("Precision by kind of series:", lambda m: number(m.precision)),
        ("Share of quiet series with an alarm, by kind of series:", lambda m: number(m.alarmed)),
    ):
        lines += [words, "", *table(["", "", "incidents", "quiet", *found], _traits(found, cell))]
    return "\n".join(lines)


def _rows(found: Found) -> Iterator[list[str]]:
    for name, outcomes in found.items():
        measures = measure(outcomes)
        yield [name, *(shown(measures) for _, shown in COLUMNS)]


def _sorted(kinds: Iterable[Kind]) -> list[Kind]:
    """What they are kinds of as they come, then in the order of the tables, then by name."""
    kinds = list(dict.fromkeys(kinds))
    of = list(dict.fromkeys(what for what, _ in kinds))
    place = {name: n for n, name in enumerate(ORDER)}
    return sorted(kinds, key=lambda kind: (of.index(kind[0]), place.get(kind[1], len(place)), kind[1]))


def _recalls(found: Found) -> Iterator[list[str]]:
    by_name = {name: recalls(outcomes) for name, outcomes in found.items()}
    counts = next(iter(by_name.values()))
    for kind in _sorted(counts):
        hits = [number(by[kind][0] / by[kind][1]) for by in by_name.values()]
        yield [*kind, str(counts[kind][1]), *hits]


def _traits(found: Found, cell: Callable[[Measures], str]) -> Iterator[list[str]]:
    by_name = {name: by_trait(outcomes) for name, outcomes in found.items()}
    for kind in _sorted(next(iter(by_name.values()))):
        measures = [measure(by[kind]) for by in by_name.values()]
        cells = [cell(each) for each in measures]
        if kind[0] != "planted" and any(each != "-" for each in cells):
            yield [*kind, str(measures[0].incidents), str(measures[0].quiet), *cells]


def labelled(found: Found) -> str:
    """Everything about series with labelled windows: the same measures, then hit or missed by series."""
    windows = sum(len(one.overlaps) for one in next(iter(found.values())))
    lines = [f"{len(next(iter(found.values())))} series with {windows} labelled windows.", ""]
    lines += table(["", *(title for title, _ in COLUMNS if not title.startswith("quiet"))], _known(found))
    lines += ["Windows hit by any alarm, of how many, and alarms outside all windows:", ""]
    lines += table(["", *found], _hits(found))
    return "\n".join(lines)


def _known(found: Found) -> Iterator[list[str]]:
    for name, outcomes in found.items():
        measures = measure(outcomes)
        yield [name, *(shown(measures) for title, shown in COLUMNS if not title.startswith("quiet"))]


def _hits(found: Found) -> Iterator[list[str]]:
    for outcomes in zip(*found.values(), strict=True):
        cells = [f"{sum(one.touched)} of {len(one.touched)}, {one.beside} outside" for one in outcomes]
        yield [outcomes[0].series.name, *cells]
    totals = [(sum(sum(one.touched) for one in each), sum(one.beside for one in each)) for each in found.values()]
    windows = sum(len(one.touched) for one in next(iter(found.values())))
    yield ["all", *(f"{hit} of {windows}, {outside} outside" for hit, outside in totals)]
