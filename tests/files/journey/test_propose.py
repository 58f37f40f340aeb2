"""A map proposed for a file of which nothing is known: it loads, or says what has to be filled in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from gapcheck.files.journey import maps, propose, reading
from gapcheck.problems import InputError
from tests.files.journey.conftest import written
from tests.files.reading import refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapcheck.core.catalog import Catalog
    from gapcheck.core.journey.map import JourneyMap

PATH = ("home", "product_view", "add_to_cart", "shipping_details", "purchase")


def clicks() -> str:
    """Journeys that get ever shorter, and a look at the help page now and then."""
    start = dt.datetime(2027, 1, 4, 10)  # noqa: DTZ001
    lines = ["user_id,session_id,event,timestamp,platform,utm_source,amount"]
    for n in range(60):
        for k, event in enumerate([*PATH[: 1 + n % 5], "zzz"]):
            amount = "19.90" if event == "purchase" else ""
            time = start + dt.timedelta(hours=n, minutes=k)
            lines.append(
                f"u{n % 20},s{n},{event},{time},{'web' if n % 3 else 'app'},{'mail' if n % 2 else 'ads'},{amount}"
            )
    return "\n".join(lines)


def proposed(folder: Path, catalog: Catalog, name: str, content: str) -> tuple[str, JourneyMap]:
    """The text, and the map that it is once it has been read back."""
    text = propose.propose(written(folder, name, content), catalog, folder)
    return text, maps.load(written(folder, "map.yaml", text), catalog)


def test_an_event_log_is_proposed_with_its_path(tmp_path: Path, catalog: Catalog) -> None:
    text, journey = proposed(tmp_path, catalog, "clicks.csv", clicks())
    log = journey.events["clicks"]
    assert (log.who, log.when, log.what, log.session) == ("user_id", "timestamp", "event", "session_id")
    assert (log.value, log.segments, log.channel) == ("amount", ("platform", "utm_source"), "utm_source")
    assert [step.event for step in log.steps] == list(PATH)
    assert [step.touchpoint for step in log.steps] == [
        "home-page",
        "product-page",
        "product-page",
        "checkout",
        "checkout",
    ]
    assert log.steps[-1].conversion == "order-paid"
    assert "unsure" not in next(line for line in text.splitlines() if "product_view" in line)
    assert "# unsure: 66 % alike" in next(line for line in text.splitlines() if "shipping" in line)
    assert '# not placed: "zzz"' in text
    assert reading.read(journey, tmp_path).logs["clicks"].passages[-1]["", ""].on == 12


def test_a_path_has_ever_fewer_journeys_and_no_two_doubtful_steps_for_a_sure_one(
    tmp_path: Path, catalog: Catalog
) -> None:
    """More come back to the cart than saw a product; listing and search are 66 % like something, each."""
    lines = ["user_id,session_id,event,timestamp"]
    journeys = [["category", "search", "product_view", "purchase"]] * 3 + [["category", "search"]] * 2
    journeys += [["product_view"]] * 4 + [["cart"]] * 9
    for n, events in enumerate(journeys):
        lines += [f"u{n},s{n},{event},2027-01-04 10:0{k}:00" for k, event in enumerate(events)]
    _, journey = proposed(tmp_path, catalog, "f.csv", "\n".join(lines))
    log = journey.events["f"]
    assert [step.event for step in log.steps] == ["product_view", "purchase"]
    assert {"category", "search", "cart"} <= log.touchpoints.keys()


def test_a_list_is_proposed_with_a_column_for_each_event(tmp_path: Path, catalog: Catalog) -> None:
    lines = ["lead_id;created;first_call;deal_won;amount"]
    lines += [f"{n};{13 + n % 9}.01.2027;{14 + n % 9}.01.2027;{'25.01.2027' * (n % 2)};1.200,50" for n in range(12)]
    _, journey = proposed(tmp_path, catalog, "Our leads.csv", "\n".join(lines))
    log = journey.events["our-leads"]
    assert (log.who, log.at, log.dates, log.decimal) == (
        "lead_id", {name: name for name in ("created", "first_call", "deal_won")}, "day-first", ",",
    )  # fmt: skip
    assert [step.event for step in log.steps] == ["first_call", "deal_won"]
    assert (log.steps[-1].touchpoint, log.steps[-1].conversion) == ("written-offer", "offer-signed")


def test_wide_figures_are_proposed_by_the_names_of_columns(tmp_path: Path, catalog: Catalog) -> None:
    text, journey = proposed(
        tmp_path, catalog, "w.csv", "Date,Click-through rate,Conversion rate,qqq\n03/04/2027,1,2,3\n"
    )
    metrics = {key: column.value for key, column in journey.figures["w"].metrics.items()}
    assert metrics == {"click-through-rate": "Click-through rate", "conversion-rate": "Conversion rate"}
    assert "dates: day-first  # unsure: every date can be read day-first or month-first" in text
    assert '# not placed: "qqq"' in text


def test_long_figures_are_proposed_by_what_stands_beside_them(tmp_path: Path, catalog: Catalog) -> None:
    text = "day,metric,number\n2027-01-04,Repeat rate,7\n2027-01-05,Repeat rate,8\n2027-01-05,other,8\n"
    _, journey = proposed(tmp_path, catalog, "long.csv", text)
    file = journey.figures["long"]
    assert (file.metric, file.value, file.metrics["repeat-rate"].value) == ("metric", "number", "Repeat rate")


def test_what_cannot_be_found_out_is_to_be_filled_in(tmp_path: Path, catalog: Catalog) -> None:
    text = clicks()
    for n, event in enumerate(PATH):
        text = text.replace(event, f"x{n}")
    told = propose.propose(written(tmp_path, "f.csv", text), catalog, tmp_path)
    assert "# fill in: at least two steps" in told
    empty = next(line.strip() for line in told.splitlines() if "touchpoint: }" in line)
    assert empty == '#   - {event: "x0", touchpoint: }'
    with pytest.raises(InputError):
        maps.load(written(tmp_path, "map.yaml", told), catalog)


def test_names_cannot_become_lines_of_the_map(tmp_path: Path, catalog: Catalog) -> None:
    text = clicks().replace("zzz", '"z\n    who: evil # \u202e\x1b[31m"').replace("platform", '"plat: {"')
    told, journey = proposed(tmp_path, catalog, "f.csv", text)
    assert journey.events["f"].segments[0] == "plat: {"
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert [line for line in told.splitlines() if line.startswith("    who: ")] == ['    who: "user_id"']


def test_steps_that_many_take_in_another_order_are_proposed_to_count_anywhere(tmp_path: Path, catalog: Catalog) -> None:
    header, *rows = clicks().splitlines()
    assert "order:" not in proposed(tmp_path, catalog, "f.csv", "\n".join([header, *rows]) + "\n")[0]
    times = [row.split(",") for row in rows]
    column = next(n for n, name in enumerate(header.split(",")) if name in {"time", "when", "timestamp", "ts"})
    swapped = [[*row] for row in times]
    for one, other in zip(swapped[0::2], swapped[1::2], strict=False):
        one[column], other[column] = other[column], one[column]
    text = "\n".join([header, *(",".join(row) for row in swapped)]) + "\n"
    told, journey = proposed(tmp_path, catalog, "g.csv", text)
    assert journey.events["g"].order == "any"
    assert "take the later one first" in told


def test_steps_of_a_list_are_in_the_order_of_their_dates_with_touchpoints_to_fill_in(
    tmp_path: Path, catalog: Catalog
) -> None:
    """As text, 02.02. would come before 30.01.; 19 of 20 sign within 3 days, and one after 40."""
    lines = [
        "Company;finally signed;created",
        *(f"c{n};02.02.2027;30.01.2027" for n in range(19)),
        "c19;11.03.2027;30.01.2027",
    ]
    told = propose.propose(written(tmp_path, "leads.csv", "\n".join(lines)), catalog, tmp_path)
    assert "    within_days: 3  # unsure: 95 of 100 who go on need at most so long, on the slowest way" in told
    first, second = told.partition("    steps:\n")[2].splitlines()
    assert first == '      - {event: "created", touchpoint: }  # fill in: where on the map it happens'
    signed = '{event: "finally signed", touchpoint: written-offer, conversion: offer-signed}'
    assert second == f"      - {signed}  # unsure: 80 % alike"
    none = propose.propose(
        written(tmp_path, "f.csv", "\n".join(lines).replace("finally signed", "qqq")), catalog, tmp_path
    )
    assert '    #   - {event: "created", touchpoint: }\n    #   - {event: "qqq", touchpoint: }\n' in none


def test_a_list_gives_the_next_step_the_days_that_the_slowest_way_needs(tmp_path: Path, catalog: Catalog) -> None:
    """All taken together 95 of 100 dates would lie within 2 days of the one before: only every 30th buys."""
    lines = ["lead;add_to_cart;checkout;purchase", *(f"d{n};2027-01-04;;" for n in range(9))]
    lines += [f"c{n};2027-01-04;2027-01-0{5 + n % 2};{'' if n % 30 else '2027-02-15'}" for n in range(90)]
    told = propose.propose(written(tmp_path, "leads.csv", "\n".join(lines)), catalog, tmp_path)
    assert "    within_days: 41  # unsure:" in told
    late = "\n".join(lines).replace("2027-02-15", "2031-02-15")
    assert "    within_days: 366  # unsure:" in propose.propose(written(tmp_path, "f.csv", late), catalog, tmp_path)


def test_where_visits_have_no_number_they_end_after_half_an_hour(tmp_path: Path, catalog: Catalog) -> None:
    """The path is that of the visits, as if they had one: people come back every 20 hours."""
    header, *rows = (line.split(",") for line in clicks().splitlines())
    text = "\n".join(",".join([line[0], *line[2:]]) for line in (header, *rows))
    told, journey = proposed(tmp_path, catalog, "clicks.csv", text)
    log = journey.events["clicks"]
    assert (log.session, log.idle_hours, log.within_days, log.days_to_next) == (None, 0.5, None, 1)
    assert [step.event for step in log.steps] == list(PATH)
    assert "    idle_hours: 0.5  # unsure: most pauses between a person's events are of minutes, as in a visit" in told
    assert reading.read(journey, tmp_path).logs["clicks"].journeys == 60


def bought(pauses: Sequence[float], returning: int = 10) -> str:
    """Forty people with so many hours between look, cart and purchase; the first ones do so twice, 300 days apart."""
    start = dt.datetime(2026, 1, 5, 10)  # noqa: DTZ001
    lines = ["customer,event,time"]
    for n in range(40):
        for again in (0, 1) if n < returning else (0,):
            time = start + dt.timedelta(days=n % 7 + 300 * again)
            path = zip(("product_view", "add_to_cart", "purchase"), (0, *pauses), strict=True)
            for event, pause in list(path)[: (3, 2, 1, 3)[n % 4]]:
                time += dt.timedelta(hours=pause)
                lines.append(f"c{n},{event},{time}")
    return "\n".join(lines)


def test_pauses_of_two_kinds_are_told_apart_between_them(tmp_path: Path, catalog: Catalog) -> None:
    """Of 4 and of 9 hours, and of 300 days: between their means, 5.5 hours and 7190, are 8 days."""
    told, journey = proposed(tmp_path, catalog, "f.csv", bought((4, 9)))
    assert (journey.events["f"].idle_hours, journey.events["f"].within_days) == (192, None)
    assert "# unsure: a person's pauses are of two kinds, about 6 hours and about 300 days" in told
    assert reading.read(journey, tmp_path).logs["f"].journeys == 50


def test_a_way_on_that_takes_longer_than_the_longest_pause_is_proposed_beside_it(
    tmp_path: Path, catalog: Catalog
) -> None:
    """Most look in twice an hour for three days."""
    start = dt.datetime(2027, 1, 4, 10)  # noqa: DTZ001
    lines = ["customer,event,time"]
    for n in range(20):
        lines += [f"c{n},product_view,{start}", f"c{n},purchase,{start + dt.timedelta(hours=72)}"]
        lines += [f"c{n},look,{start + dt.timedelta(hours=k / 2)}" for k in range(1, 145)]
        lines.append(f"c{n},product_view,{start + dt.timedelta(days=30)}")
    told, journey = proposed(tmp_path, catalog, "f.csv", "\n".join(lines))
    assert (journey.events["f"].idle_hours, journey.events["f"].within_days) == (0.5, 3)
    assert "    within_days: 3  # unsure: 95 of 100 who go on need at most so long, on the slowest way" in told


@pytest.mark.parametrize(
    "text",
    [
        bought((40, 90), returning=3),  # 3 of 40 are too few
        "\n".join(["customer,event,time", *(f"c{n},{event},2027-01-04" for n in range(40) for event in PATH)]),
        "\n".join(["customer,event,time", *(  # pauses of all lengths
            f"c{n},{PATH[k % 5]},{dt.datetime(2026, 1, 1) + dt.timedelta(days=k * k * (n + 1) / 40)}"  # noqa: DTZ001
            for n in range(40) for k in range(10))]),
    ],
)  # fmt: skip
def test_nothing_is_proposed_where_nothing_tells_journeys_apart(tmp_path: Path, catalog: Catalog, text: str) -> None:
    told = propose.propose(written(tmp_path, "f.csv", text), catalog, tmp_path)
    assert "idle_hours" not in told
    assert "    within_days: 14\n" in told


def test_visits_in_the_first_rows_of_a_longer_file_are_proposed_though_nobody_comes_back_in_them(
    tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(["user,event,time", *(f"u{n},{PATH[k]},2027-01-04 10:0{k}" for n in range(30) for k in range(5))])
    assert "idle_hours" not in propose.propose(written(tmp_path, "f.csv", text), catalog, tmp_path)
    monkeypatch.setattr(propose, "SAMPLE", 150)
    assert "    idle_hours: 0.5  # unsure:" in propose.propose(written(tmp_path, "f.csv", text), catalog, tmp_path)


def test_dates_in_both_orders_are_unsure(tmp_path: Path, catalog: Catalog) -> None:
    text = "day,Conversion rate\n13/01/2027,1\n14/01/2027,1\n01/15/2027,2\n"
    told = propose.propose(written(tmp_path, "f.csv", text), catalog, tmp_path)
    assert (
        "    dates: day-first  # unsure: some dates can only be day-first, others only month-first; write them one way"
        in told.splitlines()
    )


@pytest.mark.parametrize(
    ("text", "missing", "has"),
    [
        ("a,b\n1,x\n", "no column has dates or times", '"a" numbers, "b" text'),
        ("when,color\n2027-01-04,red\n",
         "no column has numbers, for figures, or is called like who it was (user, customer, lead), for events",
         '"when" dates, "color" text'),
        ("when,user,event\n2027-01-04,ada,cart\n2027-01-05,ada,order\n", 'only one person in column "user"',
         '"when" dates, "user" text, "event" text'),
        ("event_timestamp,user\n1764000000000000,ada\n1764000000000001,ben\n",
         'no column has dates or times that are read: "event_timestamp" has microseconds since 1970, which are not'
         " read; write times like 2027-01-04 10:15", '"event_timestamp" numbers, "user" text'),
        ("month,rate\n2027-01,1\n2027-02,2\n",
         'no column has dates or times that are read: "month" has months, which are not read; write their first day,'
         " like 2027-01-01", '"month" text, "rate" numbers'),
        ("when,user,color\n2027-01-04,ada,red\n2027-01-05,ben,red\n",
         "no column is called like what happened (event, action, step), nor are there two with dates",
         '"when" dates, "user" text, "color" text'),
    ],
)  # fmt: skip
def test_what_holds_neither_is_refused_with_what_is_missing(
    tmp_path: Path, catalog: Catalog, text: str, missing: str, has: str
) -> None:
    assert refused(lambda: propose.propose(written(tmp_path, "f.csv", text), catalog)) == [
        f"has neither events nor figures: {missing}; it has {has} (see docs/journey-data.md)"
    ]


def test_a_file_of_headings_only_has_no_rows(tmp_path: Path, catalog: Catalog) -> None:
    told = refused(lambda: propose.propose(written(tmp_path, "f.csv", "time,event,user\n"), catalog))
    assert told == ["has a header and no rows"]


def test_steps_that_everybody_takes_are_in_the_order_they_come(tmp_path: Path, catalog: Catalog) -> None:
    """In the order of their names, or of as many who do the one as the other, nothing would be shown."""
    lines = ["user,event,time"]
    for n in range(20):
        lines += [f"u{n},{event},2027-01-04 10:0{k}" for k, event in enumerate(("product_view", "cart", "checkout"))]
    _, journey = proposed(tmp_path, catalog, "f.csv", "\n".join(lines))
    assert [step.event for step in journey.events["f"].steps] == ["product_view", "cart", "checkout"]
    lines = ["user,event,time", *(f"u{n},{('cart', 'checkout')[n % 2]},2027-01-04" for n in range(20))]
    assert "# fill in: at least two steps" in propose.propose(written(tmp_path, "g.csv", "\n".join(lines)), catalog)


def test_google_analytics_own_names_find_their_touchpoints(tmp_path: Path, catalog: Catalog) -> None:
    path = ("view_item_list", "view_item", "add_to_cart", "begin_checkout", "add_shipping_info", "purchase")
    lines = ["user_pseudo_id,event_name,event_date,event_timestamp"]
    for n in range(60):
        lines += [f"{n},{event},202701{1 + k:02},17640000000000{n:02}" for k, event in enumerate(path[: 1 + n % 6])]
    text, journey = proposed(tmp_path, catalog, "ga4.csv", "\n".join(lines))
    assert [(step.event, step.touchpoint, step.conversion) for step in journey.events["ga4"].steps] == [
        ("view_item_list", "listing-and-site-search", None),
        ("view_item", "product-page", None),
        ("add_to_cart", "product-page", "put-in-cart"),
        ("begin_checkout", "checkout", None),
        ("add_shipping_info", "checkout", "delivery-chosen"),
        ("purchase", "checkout", "order-paid"),
    ]
    when = '    when: "event_date"  # unsure: "event_timestamp" has microseconds since 1970, which are not read;'
    assert when in text
    assert "alike" not in text


def test_ctr_and_cpm_are_known_and_shares_are_unsure(tmp_path: Path, catalog: Catalog) -> None:
    rows = [f"2027-01-{n:02},0.02,{n},{n / 2}" for n in range(1, 15)]
    wide = "\n".join(["day,CTR (in %),CPM,Conversion rate", *rows, "2027-01-15,n/a,5.5,0.5"])
    text, journey = proposed(tmp_path, catalog, "w.csv", wide)
    assert list(journey.figures["w"].metrics) == ["click-through-rate", "cost-per-thousand-reached", "conversion-rate"]
    assert [line for line in text.splitlines() if "unsure" in line] == [
        '      click-through-rate: {value: "CTR (in %)"}  # unsure: all figures are at most 1 %: if they are shares, '
        "multiply by 100, or give numerator and denominator"
    ]
    signed, _ = proposed(tmp_path, catalog, "s.csv", wide.replace("0.02", "0.02%"))
    assert "unsure" not in signed
    long = "day,metric,number\n2027-01-04,CTR,.5\n2027-01-05,CTR,1\n2027-01-05,other,8\n"
    assert "at most 1 %" in proposed(tmp_path, catalog, "long.csv", long)[0]


def test_rows_with_two_dates_and_an_id_of_their_own_are_a_list(tmp_path: Path, catalog: Catalog) -> None:
    lines = ["Record ID - Deal,Close Date,Create Date,Deal Type"]
    lines += [f"{n},2027-02-0{1 + n % 9},2027-01-0{1 + n % 9},{('new', 'again')[n % 2]}" for n in range(30)]
    text = propose.propose(written(tmp_path, "deals.csv", "\n".join(lines)), catalog, tmp_path)
    assert '    at: {"Close Date": "Close Date", "Create Date": "Create Date"}' in text
    assert "    what:" not in text
    assert '    segments: ["Deal Type"]' in text


def test_the_number_of_an_order_tells_a_persons_orders_apart(tmp_path: Path, catalog: Catalog) -> None:
    """A name of a person has several dates, that of an item or a day several people; a token is called nothing."""
    lines = ["Token,Billing Name,Lineitem name,Day number,Name,Email,Paid at,Created at"]
    for n in range(30):
        day = f"2027-01-{1 + n % 28:02}"
        lines.append(f"t{n},Customer {n % 10},mug,{n % 28},#{n},c{n % 10}@example.com,{day} 10:05,{day} 10:00")
        lines.append(f",,tea,,#{n},c{n % 10}@example.com,,{day} 10:00")
    text = propose.propose(written(tmp_path, "orders.csv", "\n".join(lines)), catalog, tmp_path)
    assert '    session: "Name"  # unsure: each is of one person and one date, as orders are' in text
    assert "within_days" not in text
    one = [line.replace(f"c{n % 10}@", f"c{n}@") for n, line in enumerate(lines)]
    assert "session" not in propose.propose(written(tmp_path, "f.csv", "\n".join(one)), catalog, tmp_path)
