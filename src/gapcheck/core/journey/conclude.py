"""From counts to a snapshot: everything that is concluded, once, for the terminal, for reports and for the gate."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from gapcheck.core.journey import bottlenecks, causes, comparisons, evidence, figures, flow, incidents, repeat, scan
from gapcheck.core.journey.behind import traced
from gapcheck.core.journey.found import Snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.counts import Counted, LogCounts
    from gapcheck.core.journey.found import Incident
    from gapcheck.core.journey.map import JourneyMap


def conclude(
    catalog: Catalog, journey_map: JourneyMap, counted: Counted, today: dt.date, earlier: Sequence[Incident] = ()
) -> Snapshot:
    """The journey on a day, from what its files come to. `earlier` are incidents recorded before, whose ids stay.

    Which files they were, and who holds which skill, is for the caller to add.
    """
    logs = counted.logs
    events = {name: [step.event for step in journey_map.events[name].steps] for name in logs}
    watched = incidents.watch(journey_map, logs, counted.series)
    happened = incidents.incidents(catalog, journey_map, logs, counted.series, watched, earlier)
    compared = [each for name in logs for each in comparisons.compare(name, events[name], logs[name], happened)]
    last = [counts.last for counts in logs.values()]
    last += [series.points[-1].when.date() for series in counted.series.values() if series.points]
    snapshot = Snapshot(
        date=today,
        catalog=catalog.digest,
        last=max(last, default=None),
        figures=figures.figures(catalog, journey_map, logs, counted.series),
        flow=tuple(chain.from_iterable(flow.flow(name, events[name], logs[name]) for name in logs)),
        flow_days={name: days for name in logs if (days := flow.span(logs[name]))},
        next_steps=tuple(chain.from_iterable(flow.next_steps(name, logs[name]) for name in logs)),
        bottlenecks=bottlenecks.judge(compared),
        incidents=causes.explained(happened, logs, watched),
        repeat=tuple(repeat.repeat_use(name, each.use) for name, each in logs.items()),
        panel=evidence.panel(catalog, list(logs.values())),
        patterns=tuple(chain.from_iterable(evidence.patterns(name, each) for name, each in logs.items())),
        looked_at=len(watched) + len(compared),
        remarks=tuple(remark for remark in (_too_short(name, each) for name, each in logs.items()) if remark),
    )
    return traced(catalog, journey_map, snapshot)


def _too_short(name: str, counts: LogCounts) -> str:
    """That a log is too short to say what is out of the ordinary in it; empty where it is not."""
    days = (counts.last - counts.first).days + 1
    if days >= scan.LEAST_POINTS:
        return ""
    return f"what is out of the ordinary takes at least {scan.LEAST_POINTS} days; {name} has {days}"
