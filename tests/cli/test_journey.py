"""gapcheck journey as a user meets it, and what a snapshot makes of report, explain and brief."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from gapcheck.cli import boundary, inputs
from gapcheck.cli.journeys import _in_short
from gapcheck.files.journey import snapshots
from gapcheck.problems import InputError
from gapcheck.reporters import Look
from tests.core.journey.made import CHOOSING, DAY, full, incident, jam, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gapcheck.core.journey.found import Snapshot

LATER = DAY + dt.timedelta(1)
REALLY = dt.date(2027, 3, 31)
"""The day that the clock says, whatever is to count as today."""

CATALOG = {
    "catalog.yaml": "gapcheck: catalog/1\nname: shop\nversion: 1.0.0\nstages: [only]\ndefault_role: manager\n",
    "roles/manager.yaml": "gapcheck: role/1\nname: Manager\ntarget: 4\n",
    "only.yaml": """
gapcheck: stage/1
name: Only
touchpoints:
  cart: {name: Cart, skills: [pages], leads_to: [till], conversions: {put: Puts it in}}
  till: {name: Till, skills: [checkout, code]}
metrics:
  paying: {name: Paying, unit: percent, better: higher, numerator: paid, denominator: tried, moved_by: [mail]}
  orders: {name: Orders, unit: count, better: higher, formula: orders a day, moved_by: [pages, mail]}
skills:
  pages: {name: Pages, importance: 3}
  checkout: {name: Checkout, importance: 3, learn: [{to: 2, hours: 5, do: Watch}, {to: 4, hours: 9, do: Repair it}]}
  code: {name: Code, importance: 3, outsource: execution}
  mail: {name: Mail, importance: 3}
""",
}
SHEET = "gapcheck: sheet/1\nperson: {}\ndate: 2027-01-04\nhands: supplier\nlevels:\n"


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Everything on standard output, whatever the lines."""
        return " ".join(self.out.split())


class Shop:
    """A project in the current folder with a catalog of its own, and gapcheck run on it in this process."""

    def __init__(self, folder: Path, run: Callable[[tuple[str, ...]], Done]) -> None:
        self.folder = folder
        self._run = run
        self.write("gapcheck.yaml", "gapcheck: config/1\ncatalog: skills\n")
        for name, text in CATALOG.items():
            self.write(f"skills/{name}", text)

    def run(self, *arguments: str, day: dt.date = LATER) -> Done:
        return self._run((*arguments, "--as-of", day.isoformat()))

    def show(self, *arguments: str, day: dt.date = LATER) -> Done:
        return self.run("journey", "show", *arguments, day=day)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def sheet(self, person: str, **levels: int) -> Path:
        told = "".join(f"  {skill}: {level}\n" for skill, level in levels.items())
        return self.write(f"sheets/{person}.yaml", SHEET.format(person) + told)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shop:
    for name in (*os.environ,):
        if name.startswith(("GAPCHECK", "NO_COLOR", "TERM")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("GAPCHECK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    of_option = inputs.day
    monkeypatch.setattr(inputs, "day", lambda as_of: of_option(as_of or REALLY.isoformat()))

    def run(arguments: tuple[str, ...]) -> Done:
        monkeypatch.setattr(sys, "argv", ["gapcheck", *arguments])
        capsys.readouterr()
        code = boundary._guarded()
        return Done(code, *capsys.readouterr())

    return Shop(tmp_path, run)


# without figures


def test_without_a_map_and_a_snapshot_the_catalogs_map_is_shown_and_what_to_do(shop: Shop) -> None:
    told = shop.show()
    assert (told.code, told.err) == (0, "")
    assert "gapcheck journey init FILE" in told.out
    assert "Only Cart; Till Paying; Orders" in told.words
    assert "WHAT HURTS" not in told.out
    for part in ("ONLY", "Checkout, Code", "Leads to"):
        assert part in shop.show("map").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("flow",), "there are no figures yet; gapcheck journey init FILE proposes where they are\n"),
        (("flaw",), "PART: there is no flaw; did you mean flow?\n"),
        (("--recorded",), "--recorded: there is no snapshot yet; gapcheck journey record makes one\n"),
        (("--since", "yesterday"), "--since: must be a date like 2027-01-04\n"),
        (("--since", "2027-02-01"), "--since: must be before 2027-02-01, the day that counts as today\n"),
        (
            ("--since", "2027-01-01"),
            "--since: there is no snapshot of 2027-01-01 or before; gapcheck journey record makes one\n",
        ),
        (("flow", "--since", "2027-01-01"), "--since tells of the whole journey; leave out the part, or --since\n"),
        (("--format", "pdf"), "--format: must be terminal, markdown, html, json\n"),
    ],
)
def test_what_cannot_be_shown_is_2_with_what_to_do(shop: Shop, arguments: tuple[str, ...], message: str) -> None:
    assert shop.show(*arguments) == Done(2, "", message)


def test_record_without_a_map_says_how_to_get_one(shop: Shop) -> None:
    told = shop.run("journey", "record")
    where = str(snapshots.MAP)
    assert (told.code, told.err) == (2, f"{where}: there is no such map; gapcheck journey init FILE proposes one\n")


# from a snapshot


def test_what_hurts_comes_first_with_figure_file_owner_and_who_can_help(shop: Shop) -> None:
    shop.sheet("ada", checkout=4, code=3, mail=1)
    shop.sheet("ben", checkout=3, code=1, mail=0)
    snapshots.save(full())
    told = shop.show()
    assert told.code == 0
    hurts = told.words.split(" ONLY ")[0]
    assert "As recorded on 31 Jan 2027 from shop.csv; figures until 31 Jan 2027." in hurts
    assert (
        "1 payment to purchase lost about 61 conversions (50 to 72) since 12 Jan 2027 (shop.csv). Nobody sees to it"
        in hurts
    )
    assert (
        "2 cart to payment lost about 20 conversions (5 to 35) in 28 days: 50.0% came on, 70.0% before (shop.csv)."
        in hurts
    )
    assert "Checkout 1 ada ben gapcheck brief checkout to 4, 9 h: Repair it" in hurts
    assert "Code 1 nobody ada gapcheck brief code" in hurts
    assert "Mail 2 nobody nobody gapcheck brief mail" in hurts
    assert "Paying 42.0% (40.0% to 45.0%), over 28 days to 31 Jan 2027 v worse Mail 0/0" in told.words
    assert "Till Checkout 2/1, Code 1/0" in shop.show("map").words


def test_people_are_called_by_name_where_that_is_asked_for(shop: Shop) -> None:
    shop.write("people.yaml", "gapcheck: people/1\npeople: {ada: {name: Ada Example}}\n")
    shop.sheet("ada", checkout=4)
    snapshots.save(full())
    assert "Ada Example" not in shop.show().out
    assert "Checkout 1 Ada Example nobody" in shop.show("--names").words


def test_without_shared_sheets_nothing_is_said_of_people(shop: Shop) -> None:
    snapshots.save(full())
    told = shop.show().words
    assert "Carried by" not in told
    assert "Mail" in told
    assert "Mail 0/0" not in told


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("map", ("Leads to", "Cart Till put: Puts it in Pages")),
        ("flow", ("payment purchase 100 42 42.0% 10.0% to 90.0% 36 s 2.5 days", "cart to payment its own history")),
        (
            "incidents",
            ("a warning, shown, since 12 Jan 2027", "lost about 61 conversions (50 to 72)", "its id is pay-slump"),
        ),
        ("repeat", ("nobody can be seen to come back",)),
        ("evidence", ("No pattern by weekday, hour or month",)),
    ],
)
def test_a_part_is_told_in_full_and_alone(shop: Shop, part: str, words: tuple[str, ...]) -> None:
    snapshots.save(full(looked_at=9))
    told = shop.show(part)
    assert told.code == 0
    assert "WHAT HURTS" not in told.out
    for each in words:
        assert each in told.words


def test_the_newest_snapshot_that_is_not_of_a_later_day_counts(shop: Shop) -> None:
    snapshots.save(full(DAY - dt.timedelta(10)))
    snapshots.save(snapshot(looked_at=9))
    assert "Nothing is shown to go on" in shop.show(day=DAY).out
    assert "lost about 61" in shop.show(day=DAY - dt.timedelta(1)).out
    assert "No figures yet" in shop.show(day=DAY - dt.timedelta(11)).out


def test_json_has_the_whole_snapshot_and_what_hurts(shop: Shop) -> None:
    snapshots.save(full())
    told = json.loads(shop.show("--format", "json").out)
    kept = json.loads(snapshots.path_of(DAY).read_text(encoding="utf-8"))
    assert told["snapshot"] == {key: value for key, value in kept.items() if key != "gapcheck"}
    assert (told["format"], told["as_of"], told["read"]) == ("gapcheck-journey/1", "2027-02-01", "snapshot")
    assert [each["skills"] for each in told["hurts"]] == [["checkout", "code"], ["mail"]]


def test_files_get_the_format_of_their_extension(shop: Shop) -> None:
    snapshots.save(full())
    assert shop.show("--output", "journey.md", "--output", "journey.json").out == ""
    assert (shop.folder / "journey.md").read_text(encoding="utf-8").startswith("# The journey")
    assert json.loads((shop.folder / "journey.json").read_text(encoding="utf-8"))["format"] == "gapcheck-journey/1"


def test_everything_of_it_can_be_shown_in_ascii(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshots.save(full())
    monkeypatch.setattr("gapcheck.cli.output.look", lambda *, no_color: Look(width=100, ascii=no_color))
    told = [shop.show(*part, "--no-color").out for part in ((), ("map",), ("flow",), ("incidents",))]
    assert all(each.isascii() and "?" not in each for each in told)


# since


def test_what_changed_since_a_day(shop: Shop) -> None:
    gone = incident("old-slump", CHOOSING, lost=5.0)
    snapshots.save(full(DAY - dt.timedelta(30), incidents=(gone,), bottlenecks=(), people=2))
    over = incident("old-slump", CHOOSING, lost=5.0, open=False, end=DAY)
    snapshots.save(full(incidents=(over, incident())))
    told = shop.show("--since", "2027-01-15")
    assert told.code == 0
    assert "SINCE 1 JAN 2027" in told.out
    assert (
        "ended cart to payment lost about 5 conversions (-6 to 16) from 12 Jan 2027 to 31 Jan 2027 (shop.csv)"
        in told.words
    )
    assert "new payment to purchase lost about 61 conversions" in told.words
    assert "new cart to payment its own history 50.0%, 20 lost, shown" in told.words
    assert "Paying 42.0% (1 Jan 2027) 42.0% (31 Jan 2027) v worse" in told.words
    assert "2 sheets then, 3 now" in told.words
    data = json.loads(shop.show("--since", "2027-01-15", "--format", "json").out)
    assert [each["fate"] for each in data["since"]["incidents"]] == ["ended", "new"]


def test_since_a_day_before_the_first_snapshot_names_the_first(shop: Shop) -> None:
    snapshots.save(full())
    told = shop.show("--since", "2027-01-15")
    assert (told.code, told.out) == (2, "")
    assert "there is no snapshot of 2027-01-15 or before; the first one is of 2027-01-31" in told.err


def test_since_the_newest_snapshot_itself_there_is_nothing_to_tell(shop: Shop) -> None:
    snapshots.save(full())
    message = "--since: 2027-01-31 has the newest snapshot itself; gapcheck journey record makes a newer one\n"
    assert shop.show("--since", "2027-01-31") == Done(2, "", message)


# snapshots as files


def test_a_snapshot_comes_back_as_it_was(shop: Shop) -> None:
    snapshots.save(full())
    assert snapshots.load(DAY) == full() == snapshots.as_kept(full())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"proof": "shown"', '"proof": "sure"', "must be shown, suspected or cannot-tell"),
        ('"open": true', '"open": 1', "must be true or false"),
        ('"date": "2027-01-31"', '"date": "2027-01-30"', "must be 2027-01-31, as the file's name says"),
    ],
)
@pytest.mark.parametrize("command", ["journey show", "report sheets/ada.yaml"])
def test_a_faulty_snapshot_is_2_with_its_line(shop: Shop, old: str, new: str, fault: str, command: str) -> None:
    shop.sheet("ada", checkout=2)
    snapshots.save(full())
    path = snapshots.path_of(DAY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if old in each)
    told = shop.run(*command.split())
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"{path}:{line}:")
    assert fault in told.err


def saved(of: Snapshot) -> tuple[bool, bytes]:
    """Whether something else stood there, and what does now."""
    path, changed = snapshots.save(of)
    return changed, path.read_bytes()


def test_todays_snapshot_may_be_written_anew_and_an_older_one_may_not(shop: Shop) -> None:
    assert saved(snapshot()) == (False, snapshots.dump(snapshot()))
    assert saved(snapshot()) == (False, snapshots.dump(snapshot()))
    assert saved(full()) == (True, snapshots.dump(full()))
    snapshots.save(snapshot(LATER))
    assert saved(full()) == (False, snapshots.dump(full()))
    with pytest.raises(InputError) as refused:
        snapshots.save(snapshot())
    assert "a later snapshot stands beside it" in str(refused.value.problems[0])
    assert snapshots.load(DAY) == full()


def test_only_files_called_by_a_day_are_snapshots(shop: Shop) -> None:
    for name in ("2027-02-30.json", "notes-2027.json", "2027-01-05.yaml", "2027-1-5.json"):
        shop.write(f"journey/{name}", "{}")
    assert snapshots.days() == ()
    snapshots.save(snapshot())
    assert snapshots.days() == (DAY,)


# what a snapshot makes urgent


def test_the_report_cites_the_figure_and_hands_the_skill_out_this_week(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", checkout=2, code=2, mail=2, pages=2))
    before = json.loads(shop.run("report", sheet, "--format", "json").out)
    snapshots.save(full())
    told = shop.run("report", sheet)
    assert "HURTS NOW shown by the journey's figures" in told.words
    assert "ON THE JOURNEY as of 31 Jan 2027 1 payment to purchase lost about 61 conversions" in told.words
    after = json.loads(shop.run("report", sheet, "--format", "json").out)
    assert [skill["id"] for skill in after["skills"] if skill["urgent"]] == ["checkout", "code", "mail"]
    cited = "It is urgent: payment to purchase lost about 61 conversions (50 to 72) since 12 Jan 2027 (shop.csv)."
    assert [skill["id"] for skill in after["skills"] if cited in skill["reasons"]] == ["checkout", "code"]
    assert {skill["verdict"]["meanwhile"] for skill in after["skills"] if skill["urgent"]} == {"this-week"}
    assert [skill["weight"] for skill in after["skills"]] == [skill["weight"] for skill in before["skills"]]


def test_you_said_so_is_told_beside_the_figures(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", checkout=2, code=2, mail=2, pages=2))
    snapshots.save(full(bottlenecks=()))
    told = shop.run("report", sheet, "--urgent", "pages", "--urgent", "code")
    assert "HURTS NOW named by you, or shown by the journey's figures" in told.words
    assert "It is urgent: you said so." in told.words
    assert "It is urgent: you said so; payment to purchase lost" in told.words
    shop.write("journey/2027-01-31.json", snapshots.dump(snapshot(looked_at=9)).decode())
    told = shop.run("report", sheet, "--urgent", "pages")
    assert "HURTS NOW named by you Pages" in told.words
    assert "Nothing on it is shown to go on that is for the worse" in told.words


def test_without_a_snapshot_a_report_says_nothing_of_the_journey(shop: Shop) -> None:
    told = shop.run("report", str(shop.sheet("ada", checkout=2)))
    assert told.code == 0
    assert "ON THE JOURNEY" not in told.out


def test_old_figures_make_nothing_urgent_and_the_report_says_so(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", checkout=2))
    snapshots.save(full())
    told = shop.run("report", sheet, day=DAY + dt.timedelta(46))
    assert "HURTS NOW" not in told.out
    old = "Its figures end on 31 Jan 2027, more than 45 days ago, so they make nothing urgent"
    assert old in told.words
    for part in ((), ("incidents",), ("flow",)):
        assert old in shop.show(*part, day=DAY + dt.timedelta(46)).words
        assert old not in shop.show(*part, day=DAY + dt.timedelta(45)).words
    assert "1 found, 1 of them open on 31 Jan 2027" in shop.show("incidents", day=DAY + dt.timedelta(46)).words


def test_where_nothing_could_be_looked_at_it_is_no_all_clear(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", checkout=2))
    snapshots.save(snapshot(flow=full().flow))
    for command in ("journey show", *(f"journey show {part}" for part in ("evidence", "incidents", "flow"))):
        told = shop.run(*command.split()).words
        assert "for anything to be looked at: this is no all-clear." in told, command
    told = shop.run("report", sheet).words
    assert "for anything to be looked at: this is no all-clear." in told
    assert "Nothing" not in told[told.index("ON THE JOURNEY") :][:200]


def test_explain_shows_the_verdict_with_urgency_and_without(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", code=1, pages=1))
    snapshots.save(full())
    told = shop.run("explain", "code", sheet).words
    assert (
        "It is urgent: payment to purchase lost about 61 conversions (50 to 72) since 12 Jan 2027 (shop.csv)." in told
    )
    assert "With urgency outsource conception and execution (urgent-dark)" in told
    calm = "learn to judge (judge-idea) if it fits into the hours, else outsource"
    assert f"Without it {calm}" in told
    assert f"If it were not urgent {calm}" in told, "what flips it says the same"
    assert told.count("If it were not urgent") == 1
    assert "With urgency" not in shop.run("explain", "pages", sheet).out


def test_a_brief_says_that_it_is_for_this_week(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", code=2))
    assert "This week, to a supplier" not in shop.run("brief", "code", sheet).out
    snapshots.save(full())
    assert "This week, to a supplier" in shop.run("brief", "code", sheet).out


def test_a_bottleneck_that_is_only_suspected_makes_nothing_urgent(shop: Shop) -> None:
    sheet = str(shop.sheet("ada", mail=2))
    snapshots.save(snapshot(bottlenecks=(jam(proof="suspected"),)))
    assert not any(s["urgent"] for s in json.loads(shop.run("report", sheet, "--format", "json").out)["skills"])
    assert "1 more thing suspected: gapcheck journey show incidents, or flow." in shop.show().out


def test_what_is_suspected_or_goes_better_is_counted_and_does_not_hurt(shop: Shop) -> None:
    unsure, better = incident("a", proof="suspected"), incident("b", CHOOSING, direction="opening", lost=-9.0)
    over = (incident("c", open=False, proof="suspected"), incident("d", proof="cannot-tell"))
    snapshots.save(snapshot(incidents=(unsure, better, *over), bottlenecks=(jam(proof="suspected"),), looked_at=9))
    told = shop.show().words
    assert "Nothing is shown to go on that is for the worse." in told
    assert "2 more things suspected, 1 opening for the better: gapcheck journey show incidents" in told


# from the files of a map

MAP = """gapcheck: journey/1
events:
  shop:
    file: shop.csv
    who: who
    session: session
    when: when
    what: what
    steps:
      - {event: cart, touchpoint: cart}
      - {event: payment, touchpoint: till, metric: paying}
      - {event: purchase, touchpoint: till}
"""
FIRST = dt.date(2026, 10, 1)


def events(until: dt.date, slump: tuple[dt.date, dt.date]) -> str:
    """Thirty carts a day, two thirds paid for, of which four fifths come to a purchase; one tenth in the slump."""
    lines = ["who,session,when,what"]
    for number in range((until - FIRST).days + 1):
        day = FIRST + dt.timedelta(number)
        bought = 2 if slump[0] <= day <= slump[1] else 16
        for each in range(30):
            came = ("cart", *(("payment",) if each < 20 else ()), *(("purchase",) if each < bought else ()))
            person = (number * 7 + each) % 190
            lines += [f"p{person},s{number}-{each},{day} 1{n}:00:00,{what}" for n, what in enumerate(came)]
    return "\n".join(lines) + "\n"


@pytest.fixture
def mapped(shop: Shop) -> Shop:
    """A shop with a map, whose customers stopped buying in the middle of January."""
    shop.write("journey/map.yaml", MAP)
    shop.write("journey/shop.csv", events(LATER, (dt.date(2027, 1, 12), LATER)))
    return shop


def test_the_files_are_read_and_what_hurts_follows_from_them(mapped: Shop) -> None:
    mapped.sheet("ada", code=4, checkout=3)
    told = mapped.show()
    assert (told.code, told.err) == (0, "")
    assert "Read just now from shop.csv; figures until 1 Feb 2027." in told.words
    assert re.search(
        r"payment to purchase lost about 29\d conversions \(\d+ to \d+\) since 12 Jan 2027 \(shop.csv\)", told.words
    )
    assert "Checkout 1 nobody ada gapcheck brief checkout" in told.words
    assert "Paying 66.7%" in told.words
    assert re.search(r"shop.csv: [\d,]+ rows read, none left out", told.words)
    assert not snapshots.days(), "nothing is written"


def test_what_is_dated_later_does_not_count_and_is_told(mapped: Shop) -> None:
    told = mapped.show(day=dt.date(2027, 1, 5))
    assert "Nothing is shown to go on that is for the worse." in told.words
    assert "figures until 5 Jan 2027" in told.words
    assert "dated after 2027-01-05" in told.words


def test_what_is_recorded_is_what_was_shown(mapped: Shop) -> None:
    mapped.sheet("ada", code=4)
    shown = json.loads(mapped.show("--format", "json").out)
    kept = mapped.run("journey", "record")
    path = snapshots.path_of(LATER)
    assert (kept.code, kept.out) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(path))}: wrote it; 1 open incident and \d bottlenecks? shown\n", kept.err)
    again = json.loads(mapped.show("--recorded", "--format", "json").out)
    assert (shown["read"], again["read"]) == ("files", "snapshot")
    assert again["snapshot"] == shown["snapshot"]
    assert again["hurts"] == shown["hurts"] != []
    assert again["snapshot"]["people"] == 1
    assert again["snapshot"]["cover"]["code"] == {"hold": 1, "carry": 1}


def test_sheets_of_later_days_do_not_count_in_a_snapshot_of_a_day(mapped: Shop) -> None:
    mapped.sheet("ada", code=4)
    path = mapped.sheet("ben", code=4)
    path.write_text(path.read_text(encoding="utf-8").replace("2027-01-04", "2027-01-25"), encoding="utf-8")
    for day, carry in ((dt.date(2027, 1, 20), 1), (LATER, 2)):
        mapped.run("journey", "record", day=day)
        kept = snapshots.load(day)
        assert (kept.people, kept.cover["code"].carry) == (carry, carry)


def test_a_day_to_come_is_not_recorded(mapped: Shop) -> None:
    told = mapped.run("journey", "record", day=REALLY + dt.timedelta(1))
    assert (told.code, told.out, snapshots.days()) == (2, "", ())
    assert told.err.startswith("--as-of: must not be after 2027-03-31, which is today")
    assert mapped.run("journey", "record", day=REALLY).code == 0


def test_record_counts_what_hurts_and_says_where_there_is_too_little_to_count(mapped: Shop) -> None:
    better = incident("b", CHOOSING, direction="opening", lost=-9.0)
    found = snapshot(incidents=(incident(), better), looked_at=9)
    assert _in_short(found) == "1 open incident and 0 bottlenecks shown"
    mapped.write("journey/shop.csv", events(FIRST + dt.timedelta(5), (LATER, LATER)))
    told = mapped.run("journey", "record", day=FIRST + dt.timedelta(6)).err
    assert "too few days, or too few people, for anything to be looked at" in told


def test_the_same_file_read_further_is_said_to_be(mapped: Shop) -> None:
    mapped.run("journey", "record", day=dt.date(2027, 1, 5))
    assert "the same files, read to 1 Feb 2027 (then to 5 Jan 2027)" in mapped.show("--since", "2027-01-05").words


def test_recorded_again_the_same_day_says_whether_it_changed(mapped: Shop) -> None:
    path = snapshots.path_of(LATER)
    assert f"{path}: wrote it;" in mapped.run("journey", "record").err
    assert f"{path}: says the same already;" in mapped.run("journey", "record").err
    mapped.sheet("ada", code=4)
    assert f"{path}: wrote it anew, since it said something else;" in mapped.run("journey", "record").err
    assert mapped.run("journey", "record", "-q").err == ""


def test_an_incident_keeps_its_id_from_one_snapshot_to_the_next_and_ends(mapped: Shop) -> None:
    first = dt.date(2027, 1, 25)
    mapped.run("journey", "record", day=first)
    before = snapshots.load(first)
    named = tuple(replace(each, id="till-is-down") for each in before.incidents if each.open)
    snapshots.save(replace(before, incidents=named))
    mapped.write("journey/shop.csv", events(dt.date(2027, 2, 20), (dt.date(2027, 1, 12), dt.date(2027, 1, 31))))
    told = json.loads(mapped.show("--since", "2027-01-25", "--format", "json", day=dt.date(2027, 2, 20)).out)
    assert [(e["incident"]["id"], e["fate"]) for e in told["since"]["incidents"]] == [("till-is-down", "ended")]
    assert told["since"]["files"] == ["shop.csv"]


def test_owners_are_told_and_what_is_odd_about_them_has_its_line(mapped: Shop) -> None:
    (hurting,) = [
        each for each in json.loads(mapped.show("--format", "json").out)["snapshot"]["incidents"] if each["open"]
    ]
    mapped.write("people.yaml", "gapcheck: people/1\npeople: {ada: {name: Ada Example}}\n")
    mapped.write("journey/map.yaml", f"{MAP}owners:\n  {hurting['id']}: ada\n  never: adda\n")
    for command in (("journey", "show"), ("journey", "record")):
        told = mapped.run(*command)
        assert told.code == 0
        assert told.err.startswith(
            f"warning: {snapshots.MAP}:15:3: owners.never: there is no incident never\n"
            f"warning: {snapshots.MAP}:15:3: owners.never: adda is not in people.yaml; did you mean ada?\n"
        )
    assert "(shop.csv). ada sees to it." in mapped.show().words
    assert mapped.show("-q").err == ""
    earlier = mapped.show(day=LATER - dt.timedelta(1))
    assert "there is no incident" not in earlier.err, "it may be one that came later"
    assert "adda is not in people.yaml" in earlier.err
    assert "(shop.csv). Ada Example sees to it." in mapped.show("--names", "-q").words
    assert json.loads(mapped.show("--format", "json", "-q").out)["owners"][hurting["id"]] == "ada"


def test_a_faulty_map_is_2_with_every_fault_and_nothing_is_read(mapped: Shop) -> None:
    text = MAP.replace("touchpoint: cart", "touchpoint: kart").replace("metric: paying", "metric: payin")
    mapped.write("journey/map.yaml", text)
    for command in (("journey", "show"), ("journey", "record"), ("journey", "show", "--recorded")):
        told = mapped.run(*command)
        assert (told.code, told.out) == (2, "")
        assert "map.yaml:10:" in told.err
        assert "map.yaml:11:" in told.err


@pytest.mark.parametrize("command", ["show", "record", "init shop.csv --output new.yaml"])
def test_without_duckdb_the_command_that_installs_it_is_told(
    mapped: Shop, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    mapped.write("shop.csv", "a,b\n")
    told = mapped._run(("journey", *command.split()))
    assert (told.code, told.out) == (2, "")
    assert "pip install duckdb" in told.err


def test_without_duckdb_what_was_recorded_can_be_shown(mapped: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshots.save(full())
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert "lost about 61 conversions" in mapped.show("--recorded").words


def test_init_proposes_a_map_beside_the_file_and_says_what_it_is_unsure_of(shop: Shop) -> None:
    shop.write("shop.csv", events(FIRST + dt.timedelta(9), (LATER, LATER)))
    told = shop._run(("journey", "init", "shop.csv"))
    assert (told.code, told.out) == (0, "")
    first, *unsure, last = told.err.splitlines()
    text = (shop.folder / "journey" / "map.yaml").read_text(encoding="utf-8")
    assert first == f"wrote {snapshots.MAP}"
    assert 'file: "../shop.csv"' in text
    lines = [
        (n, each.strip())
        for n, each in enumerate(text.splitlines(), 1)
        if "# unsure" in each or "# fill" in each or "# not placed" in each
    ]
    assert unsure == [f"{snapshots.MAP}:{n}: {each}" for n, each in lines] != []
    assert last == (
        f"look at {len(lines)} line{'' if len(lines) == 1 else 's'} that it is unsure of, then gapcheck journey show; "
        "gapcheck journey record keeps what it shows"
    )


def test_init_writes_over_nothing_and_elsewhere_where_that_is_asked_for(mapped: Shop) -> None:
    told = mapped._run(("journey", "init", "journey/shop.csv"))
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"{snapshots.MAP}: stands there already")
    assert (mapped.folder / snapshots.MAP).read_text(encoding="utf-8") == MAP
    assert mapped._run(("journey", "init", "journey/shop.csv", "--output", "new/map.yaml", "-q")) == Done(0, "", "")
    assert 'file: "../journey/shop.csv"' in (mapped.folder / "new" / "map.yaml").read_text(encoding="utf-8")


def test_init_of_what_holds_neither_events_nor_figures_is_2_and_writes_nothing(shop: Shop) -> None:
    shop.write("odd.csv", "a,b\nx,y\n")
    for name in ("odd.csv", "missing.csv"):
        told = shop._run(("journey", "init", name))
        assert (told.code, told.out) == (2, "")
        assert name in told.err
    assert not (shop.folder / "journey").exists()
