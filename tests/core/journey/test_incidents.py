"""From stretches of many series to what happened, to whom, and what moved with it."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from gapcheck.core.journey import causes, incidents, scan
from gapcheck.core.journey.counts import ALL, DayCount, LogCounts, Passage, Point, Reach, Segment, Series, Use
from gapcheck.core.journey.found import Incident
from tests.core.journey.made import catalog, journey_map

FIRST = dt.date(2026, 1, 5)
DAYS = 150
MOBILE, DESKTOP = ("platform", "mobile"), ("platform", "desktop")


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(number)


def way(seed: str, reached: int, usual: float, slump: tuple[int, int, float] | None = None) -> tuple[DayCount, ...]:
    """So many a day with a usual share, and another one from a day to the day before another."""
    rng = random.Random(seed)
    counts = []
    for number in range(DAYS):
        share = slump[2] if slump and slump[0] <= number < slump[1] else usual
        counts.append(DayCount(day(number), reached, sum(rng.random() < share for _ in range(reached))))
    return tuple(counts)


def summed(*sides: tuple[DayCount, ...]) -> Passage:
    """Segments together."""
    rows = zip(*sides, strict=True)
    return Passage(tuple(DayCount(r[0].day, sum(d.reached for d in r), sum(d.on for d in r)) for r in rows))


def log(*ways: dict[Segment, tuple[DayCount, ...]], **more: object) -> LogCounts:
    """A log whose ways have these segments, and everybody as their sum."""
    passages = tuple(
        {ALL: summed(*each.values()), **{key: Passage(days) for key, days in each.items()}} for each in ways
    )
    base = LogCounts(
        first=day(0),
        last=day(DAYS - 1),
        people=600,
        journeys=3000,
        events=9000,
        passages=passages,
        by_day={},
        by_hour_of_week=(0,) * 168,
        reach={("till", ""): Reach(600, 9000)},
        next_steps={},
        use=Use({}, {}, {}),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def happened(
    counts: LogCounts, earlier: tuple[Incident, ...] = (), series: dict[str, Series] | None = None
) -> tuple[Incident, ...]:
    """Incidents with their causes, of the small shop."""
    told = journey_map()
    logs = {"shop": counts}
    watched = incidents.watch(told, logs, series or {})
    return causes.explained(incidents.incidents(catalog(), told, logs, series or {}, watched, earlier), logs, watched)


def quiet(seed: str, reached: int = 6) -> dict[Segment, tuple[DayCount, ...]]:
    return {MOBILE: way(seed + "m", reached, 0.6), DESKTOP: way(seed + "d", reached, 0.7)}


EVERYWHERE = log(
    quiet("a"),
    {MOBILE: way("m", 5, 0.8, (60, 80, 0.3)), DESKTOP: way("d", 5, 0.9, (60, 80, 0.35))},
)
MOBILE_ONLY = log(quiet("b"), {MOBILE: way("m2", 5, 0.8, (60, 85, 0.25)), DESKTOP: way("d2", 5, 0.9)})


def test_what_befell_everybody_is_one_incident_of_everybody() -> None:
    (found,) = happened(EVERYWHERE)
    assert found.where is not None
    assert (found.where.source, found.where.target, found.where.segment) == ("payment", "purchase", ALL)
    assert abs((found.start - day(60)).days) <= 1
    assert abs((found.end - day(79)).days) <= 1
    assert found.course is not None
    before, during = ([each or 0 for each in part] for part in (found.course.before, found.course.during))
    assert (found.course.days, len(before), len(during)) == (7, 4, 3)
    assert max(during) < 0.5 < min(before)
    assert (found.direction, found.proof, found.open) == ("warning", "shown", False)


def test_what_befell_one_segment_is_told_of_that_one_and_who_carries_it() -> None:
    (found,) = happened(MOBILE_ONLY)
    assert found.where is not None
    assert found.where.segment == MOBILE
    mobile, desktop = found.carried_by
    assert (mobile.segment, desktop.segment) == (MOBILE, DESKTOP)
    assert mobile.lost_low > 0, "it is sure to have lost"
    assert desktop.lost_low < 0 < desktop.lost_high, "it may have lost or won"


def test_what_is_lost_is_the_missing_share_of_those_who_came_and_goes_on_to_the_end() -> None:
    (last,) = happened(EVERYWHERE)
    passage = EVERYWHERE.passages[1][ALL]
    came = [each for each in passage.days if last.start <= each.day <= last.end]
    missing = last.expected * sum(each.reached for each in came) - sum(each.on for each in came)
    assert last.lost == pytest.approx(missing)
    first = log(
        {MOBILE: way("m", 5, 0.8, (60, 80, 0.3)), DESKTOP: way("d", 5, 0.9, (60, 80, 0.35))},
        {MOBILE: way("x", 5, 0.5), DESKTOP: way("y", 5, 0.5)},
    )
    (before,) = happened(first)
    assert before.lost == pytest.approx((last.lost or 0) / 2, rel=0.1)


def test_the_worth_of_what_is_lost_is_told_where_it_is_known() -> None:
    (found,) = happened(replace(EVERYWHERE, value_of_one=40.0))
    assert found.value == pytest.approx(40 * (found.lost or 0))
    assert happened(EVERYWHERE)[0].value is None


def test_one_that_goes_on_is_open() -> None:
    slump = (DAYS - 20, DAYS, 0.3)
    (found,) = happened(log(quiet("c"), {MOBILE: way("m", 5, 0.8, slump), DESKTOP: way("d", 5, 0.9, slump)}))
    assert found.open
    assert found.end == day(DAYS - 1)


def test_a_rise_is_an_opening_and_what_it_won_is_no_loss() -> None:
    rise = (60, 80, 0.8)
    (found,) = happened(log(quiet("d"), {MOBILE: way("m", 5, 0.3, rise), DESKTOP: way("d", 5, 0.35, rise)}))
    assert found.direction == "opening"
    assert (found.lost or 0) < 0


def test_the_id_stays_while_the_first_day_moves_and_is_new_for_another() -> None:
    (before,) = happened(EVERYWHERE)
    recorded = replace(before, id="the-bank", start=before.start + dt.timedelta(2))
    assert [each.id for each in happened(EVERYWHERE, (recorded,))] == ["the-bank"]
    elsewhere = replace(recorded, start=day(5), end=day(12))
    assert [each.id for each in happened(EVERYWHERE, (elsewhere,))] == [f"purchase-{before.start}"]


def test_the_greatest_loss_comes_first() -> None:
    both = log(
        {MOBILE: way("u", 6, 0.8, (20, 40, 0.2)), DESKTOP: way("v", 6, 0.8, (20, 40, 0.2))},
        {MOBILE: way("m", 5, 0.8, (90, 104, 0.5)), DESKTOP: way("d", 5, 0.9, (90, 104, 0.4))},
    )
    lost = [each.lost or 0 for each in happened(both) if each.proof == "shown"]
    assert len(lost) == 2
    assert lost == sorted(lost, reverse=True)


def test_a_metric_moves_up_or_down_for_the_better_as_the_catalog_says() -> None:
    rng = random.Random("orders")
    values = [100.5 + rng.gauss(0, 5) + (25 if 60 <= n < 75 else 0) for n in range(DAYS)]
    at = [dt.datetime.combine(day(n), dt.time()) for n in range(DAYS)]
    series = {"orders": Series("orders", tuple(Point(w, v) for w, v in zip(at, values, strict=True)))}
    (found,) = happened(log(quiet("e"), quiet("f")), series=series)
    assert (found.metric, found.direction, found.lost) == ("orders", "opening", None)
    assert found.size == pytest.approx(1.25, abs=0.04)
    assert found.course is not None
    assert found.course.during[0] == pytest.approx(125, abs=6)
    error = 5 * (1 / 15 + 1 / 42) ** 0.5
    assert (found.low, found.high) == pytest.approx(
        (found.observed - 1.96 * error, found.observed + 1.96 * error), abs=error
    )


def test_what_a_percentage_was_is_from_nothing_to_all() -> None:
    points = [Point(dt.datetime.combine(day(n), dt.time()), 0 if 60 <= n < 64 else 2 + n % 3, 5) for n in range(DAYS)]
    (found,) = happened(log(quiet("e"), quiet("f")), series={"paying": Series("paying", tuple(points))})
    assert (found.low, found.observed) == (0, 0)
    assert 0 < found.high < 0.5


def test_a_metric_that_is_measured_by_the_way_is_not_told_twice() -> None:
    """`paying` is the share of the way to a payment (made.journey_map): its own figures show the same."""
    slump = (60, 80, 0.2)
    counts = log({MOBILE: way("m", 5, 0.8, slump), DESKTOP: way("d", 5, 0.9, slump)}, quiet("g"))
    days = counts.passages[0][ALL].days
    points = tuple(Point(dt.datetime.combine(d.day, dt.time()), d.on, d.reached) for d in days)
    (found,) = happened(counts, series={"paying": Series("paying", points)})
    assert found.metric is None


def test_what_moved_together_and_what_moved_first_is_told() -> None:
    seen = {
        "error_page": way("err", 20, 0.05, (60, 80, 0.4)),
        "old_browser": way("old", 20, 0.05, (50, 80, 0.4)),
        "home": way("home", 20, 0.6),
        "purchase": way("bought", 20, 0.4, (60, 80, 0.1)),
    }
    (found,) = happened(replace(EVERYWHERE, seen=seen))
    assert [(each.kind, each.name) for each in found.together] == [("event", "error_page")]
    assert [(each.kind, each.name) for each in found.first] == [("event", "old_browser")]
    assert found.first[0].observed == pytest.approx(0.4, abs=0.05)
    assert abs((found.first[0].start - day(50)).days) <= 2


def test_many_quiet_series_raise_no_alarm() -> None:
    counts = log(*({("c", f"v{n}"): way(f"q{k}{n}", 4, 0.7) for n in range(8)} for k in range(2)))
    assert [each for each in happened(counts) if each.proof == "shown"] == []


def test_the_chance_is_raised_for_every_series_that_was_looked_at() -> None:
    (alone,) = happened(EVERYWHERE)
    watched = incidents.watch(journey_map(), {"shop": EVERYWHERE}, {})
    least = min(stretch.chance for each in watched for stretch in each.stretches)
    assert alone.chance == pytest.approx(least * sum(max(1, len(each.stretches)) for each in watched))


@pytest.mark.parametrize("days", [0, 1, 27])
def test_of_less_than_four_weeks_nothing_is_said(days: int) -> None:
    short = [{key: Passage(passage.days[:days]) for key, passage in each.items()} for each in EVERYWHERE.passages]
    assert days < scan.LEAST_POINTS
    assert happened(replace(EVERYWHERE, passages=tuple(short))) == ()
