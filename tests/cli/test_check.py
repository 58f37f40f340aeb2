"""gapcheck check: 0 pass, 1 fail, 2 cannot judge; whatever it says is written, and no way of asking makes it lie."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from gapcheck.cli import boundary
from gapcheck.reporters.gate import GATE_REPORTERS, MOST_BYTES
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHOP = ROOT / "tests" / "files" / "catalog"
SKILLS = ("paid-social", "landing-pages", "copywriting", "team-building", "budgeting")
DAY = "2027-01-11"
CARRY = "{measure: carry, min: 1}"
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX pipes and folders")
ALL_FORMATS = ("report.md", "report.json", "report.xml", "report.sarif", "badge.svg")


class Done(NamedTuple):
    code: int
    out: str
    err: str


class Shop:
    """A project in the current folder, and the gate run on it in this process, behind its one error boundary."""

    def __init__(self, folder: Path, run: Callable[[tuple[str, ...]], Done]) -> None:
        self.folder = folder
        self._run = run
        (folder / "sheets").mkdir()
        self.rules(CARRY)
        for person in ("ada", "ben"):
            self.sheet(person, "44444")

    def check(self, *arguments: str) -> Done:
        return self._run(("check", "--as-of", DAY, *arguments))

    def rules(self, *rules: str, more: str = "") -> None:
        """The rules from line 6 on, one a line."""
        lines = ["gapcheck: config/1", f"catalog: {SHOP.as_posix()}", "role: manager", "check:"]
        lines += ["  rules:", *(f"    - {rule}" for rule in rules)] if rules else []
        self.write("gapcheck.yaml", "\n".join(lines) + f"\n{more}")

    def sheet(self, person: str, levels: str, place: str = "sheets", **more: str) -> Path:
        said = "".join(f"  {skill}: {level}\n" for skill, level in zip(SKILLS, levels, strict=True) if level != "-")
        head = "".join(f"{key}: {value}\n" for key, value in {"date": "2027-01-04", **more}.items())
        text = f"gapcheck: sheet/1\nperson: {person}\n{head}levels:\n{said}"
        return self.write(f"{place}/{person}.yaml", text)

    def no_sheets(self) -> None:
        for path in (self.folder / "sheets").iterdir():
            path.unlink()

    def people(self, *ids: str) -> None:
        lines = "".join(f"  {p}: {{name: {p.title()} Example, groups: {{unit: shop}}}}\n" for p in ids)
        self.write("people.yaml", f"gapcheck: people/1\npeople:\n{lines}")

    def snapshot(self, day: str, **more: object) -> Path:
        """What was concluded about the journey on a day."""
        data = {"gapcheck": "snapshot/1", "date": day, "catalog": "corner-shop", "looked_at": 9, **more}
        return self.write(f"journey/{day}.json", json.dumps(data))

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shop:
    for name in (*os.environ,):
        if name.startswith(("GAPCHECK", "GITHUB", "CI_PROJECT", "NO_COLOR", "TERM")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GAPCHECK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run(arguments: tuple[str, ...]) -> Done:
        monkeypatch.setattr(sys, "argv", ["gapcheck", *arguments])
        capsys.readouterr()
        code = boundary._guarded()
        return Done(code, *capsys.readouterr())

    return Shop(tmp_path, run)


# the gate as a whole


def test_it_passes_fails_and_cannot_judge(shop: Shop) -> None:
    passes = shop.check()
    assert (passes.code, passes.err) == (0, "")
    assert "Pass: 1 rule holds." in passes.out
    shop.rules("{measure: carry, min: 3}")
    fails = shop.check()
    assert (fails.code, fails.err) == (1, "")
    assert "FAIL: 1 of 1 rule does not hold." in fails.out
    shop.rules("{measure: map-age-days, max: 45}")
    cannot = shop.check()
    assert (cannot.code, cannot.err) == (2, "")
    assert "CANNOT JUDGE: 1 of 1 rule could not be judged." in cannot.out


NO_ANSWER = "gapcheck: sheet/1\nperson: {}\ndate: 2027-01-04\nlevels: {{}}\n"


def leave(shop: Shop) -> None:
    """One of the two takes their sheet away."""
    (shop.folder / "sheets" / "ben.yaml").unlink()


WARNING = {
    "id": "orders-2026-12-28",
    "start": "2026-12-28",
    "end": "2027-01-01",
    "open": True,
    "direction": "warning",
    "observed": 5,
    "low": 3,
    "high": 7,
    "expected": 10,
    "size": 0.5,
    "lost": 40,
    "chance": 0.001,
    "proof": "shown",
}


EACH: dict[
    str, tuple[str, Callable[[Shop], object], Callable[[Shop], object]]
] = {  # a rule, and what turns a project in which it holds into one where it fails, or cannot be judged
    "carry": ("carry, min: 2", lambda shop: shop.sheet("ada", "44443"), leave),
    "hold": ("hold, min: 2", lambda shop: shop.sheet("ada", "44442"), leave),
    "stand-ins": (
        "stand-ins, max: 0",
        lambda shop: shop.sheet("ada", "44443"),
        leave,
    ),
    "stale": (
        "stale, max: 5",
        lambda shop: shop.sheet("ada", "44444", date="2020-01-01"),
        lambda shop: [shop.write(f"sheets/{p}.yaml", NO_ANSWER.format(p)) for p in ("ada", "ben")],
    ),
    "participation": (
        "participation, min: 99",
        lambda shop: shop.people("ada", "ben", "cleo"),
        lambda shop: (shop.folder / "people.yaml").unlink(),
    ),
    "figure": ("figure, min: 80", lambda shop: shop.sheet("ada", "44443"), leave),
    "map-age-days": (
        "map-age-days, max: 45",
        lambda shop: shop.snapshot("2027-01-01", last="2026-11-26"),
        lambda shop: (shop.folder / "journey/2027-01-01.json").unlink(),
    ),
    "open-incidents": (
        "open-incidents, max: 0",
        lambda shop: shop.snapshot("2027-01-01", incidents=[WARNING]),
        lambda shop: (shop.folder / "journey/2027-01-01.json").unlink(),
    ),
    "ratchet": (
        "participation, min: 1",
        lambda shop: [shop.sheet(person, "44443") for person in ("ada", "ben")],
        leave,
    ),
}


@pytest.mark.parametrize("outcome", ["pass", "fail", "cannot-judge"])
@pytest.mark.parametrize("measure", EACH)
def test_each_rule_passes_fails_and_cannot_judge(shop: Shop, measure: str, outcome: str) -> None:
    rule, fail, spoil = EACH[measure]
    shop.people("ada", "ben")
    shop.snapshot("2027-01-01")
    shop.check("--write-baseline", "-q")
    shop.rules(f"{{measure: {rule}}}", more="  baseline: gapcheck-baseline.json\n" if measure == "ratchet" else "")
    if outcome != "pass":
        (fail if outcome == "fail" else spoil)(shop)
    done = shop.check("--format", "json")
    assert (done.code, done.err) == ({"pass": 0, "fail": 1, "cannot-judge": 2}[outcome], "")
    assert {rule["measure"]: rule["outcome"] for rule in json.loads(done.out)["rules"]}[measure] == outcome


def test_one_rule_that_cannot_be_judged_spoils_those_that_can(shop: Shop) -> None:
    shop.rules(CARRY, "{measure: participation, min: 1}", "{measure: carry, min: 9}")
    done = shop.check("--exit-zero")
    assert done.code == 2
    assert "1 of 3 rules could not be judged. FAIL: 1 of 3" in done.out


def test_without_rules_the_shipped_ones_hold_and_it_says_so(shop: Shop) -> None:
    shop.rules()
    shop.write("gapcheck.yaml", f"gapcheck: config/1\ncatalog: {SHOP.as_posix()}\nrole: manager\n")
    done = shop.check()
    assert done.code == 0
    assert "3 rules hold" in done.out
    assert "these are the shipped ones" in done.out
    shop.sheet("ada", "33333")
    shop.sheet("ben", "33333")
    assert shop.check().code == 1


def test_a_failure_is_a_warning_until_the_day_named(shop: Shop) -> None:
    shop.rules("{measure: carry, min: 3}", more="  warn_until: 2027-03-01\n")
    before = shop.check("--as-of", "2027-02-28")
    assert before.code == 0
    assert "WARNING ONLY: FAIL" in before.out
    assert shop.check("--as-of", "2027-03-01").code == 1
    shop.rules("{measure: map-age-days, max: 45}", more="  warn_until: 2027-03-01\n")
    assert shop.check("--as-of", "2027-02-28").code == 2


def test_exit_zero_reports_a_failure_and_hides_nothing_else(shop: Shop) -> None:
    shop.rules("{measure: carry, min: 3}")
    done = shop.check("--exit-zero")
    assert done.code == 0
    assert "FAIL" in done.out
    (shop.folder / "sheets" / "ada.yaml").write_text("nonsense", encoding="utf-8")
    assert shop.check("--exit-zero").code == 2


# what it reads


CANNOT: dict[str, Callable[[Shop], object]] = {  # each does one thing to a project that passes
    "no sheets": lambda shop: shop.no_sheets(),
    "no folder": lambda shop: shop.write("gapcheck.yaml", "gapcheck: config/1\nsheets: nowhere\n"),
    "a sheet with a fault": lambda shop: shop.sheet("cleo", "4444x"),
    "a sheet that is no YAML": lambda shop: shop.write("sheets/cleo.yaml", "gapcheck: sheet/1\nperson: [\n"),
    "peers' ratings only": lambda shop: [shop.sheet(p, "44444", rater="peer", by="eve") for p in ("ada", "ben")],
    "settings with a fault": lambda shop: shop.write("gapcheck.yaml", "gapcheck: config/1\nchek: {}\n"),
    "settings that are no YAML": lambda shop: shop.write("gapcheck.yaml", "{"),
    "no catalog": lambda shop: shop.write("gapcheck.yaml", "gapcheck: config/1\ncatalog: nowhere\n"),
    "people with a fault": lambda shop: shop.write("people.yaml", "gapcheck: people/1\npeople: 3\n"),
    "an unknown rule": lambda shop: shop.rules("{measure: cary, min: 1}"),
    "a missing baseline": lambda shop: shop.rules(CARRY, more="  baseline: gone.json\n"),
    "a baseline with a fault": lambda shop: shop.rules(CARRY, more=f"  baseline: {shop.write('b.json', '{}').name}\n"),
}


@pytest.mark.parametrize("spoil", CANNOT.values(), ids=CANNOT)
def test_what_keeps_it_from_judging_is_2_and_is_written_wherever_it_was_asked_to_be(
    shop: Shop, spoil: Callable[[Shop], object]
) -> None:
    """A report of yesterday, left where it is, would still be green."""
    spoil(shop)
    for name in ALL_FORMATS:
        shop.write(name, "yesterday: pass")
    done = shop.check(
        "-q", "--exit-zero", "--output", "-", *(part for name in ALL_FORMATS for part in ("--output", name))
    )
    assert done.code == 2
    assert done.err.strip()
    assert "CANNOT JUDGE" in done.out
    read = {name: (shop.folder / name).read_text(encoding="utf-8") for name in ALL_FORMATS}
    assert "CANNOT JUDGE" in read["report.md"]
    assert json.loads(read["report.json"])["outcome"] == "cannot-judge"
    assert int(ET.fromstring(read["report.xml"]).attrib["errors"]) > 0  # noqa: S314 (our own)
    assert json.loads(read["report.sarif"])["runs"][0]["invocations"][0]["executionSuccessful"] is False
    assert "cannot judge" in read["badge.svg"]


def test_an_empty_folder_is_never_green_whatever_the_rules_read(shop: Shop) -> None:
    """This one reads the journey's figures, and they are new."""
    shop.snapshot("2027-01-11")
    shop.rules("{measure: map-age-days, max: 45}")
    assert shop.check().code == 0
    shop.no_sheets()
    done = shop.check()
    assert done.code == 2
    assert done.err == "sheets: there is no sheet in it, and nothing to judge\n"


def test_every_fault_of_rules_is_told_at_once_with_its_place(shop: Shop) -> None:
    shop.people("ada", "ben")
    shop.rules(
        "{measure: cary, min: 1}",
        "{measure: carry, max: 1, skill: paid-socal}",
        "{measure: hold, min: 1, stage: atract}",
        "{measure: stale, max: 10, group: 'unit:shp'}",
    )
    done = shop.check()
    assert done.code == 2
    assert done.err.splitlines() == [
        "gapcheck.yaml:6:8: check.rules.0.measure: unknown measure; did you mean carry?",
        "gapcheck.yaml:7:24: check.rules.1.max: carry takes min, not max",
        "gapcheck.yaml:7:32: check.rules.1.skill: unknown skill; did you mean paid-social?",
        "gapcheck.yaml:8:31: check.rules.2.stage: unknown stage; did you mean attract?",
        "gapcheck.yaml:9:33: check.rules.3.group: unknown group; did you mean unit:shop?",
    ]


def test_faults_of_values_and_of_rules_and_of_sheets_are_told_together(shop: Shop) -> None:
    shop.rules("{measure: cary, min: 1}", "{measure: carry, min: one}", "{mesure: carry, min: 1}", "{measure: carry}")
    told = shop.check().err
    for part in ("rules.0.measure: unknown measure", "rules.1.min: must be", "rules.2.mesure: unknown key", "rules.3"):
        assert part in told
    shop.rules("{measure: cary, min: 1}", more="  baseline: gone.json\n")
    shop.sheet("cleo", "4444x")
    told = shop.check().err
    for part in ("rules.0.measure", "check.baseline: there is no gone.json", "cleo.yaml:"):
        assert part in told


def test_an_unknown_group_is_told_with_faults_of_values_and_one_that_sheets_have_is_not(shop: Shop) -> None:
    shop.people("ada", "ben")
    shop.sheet("cleo", "44444", group="night")
    groups = [f"{{measure: stale, max: 10, group: '{group}'}}" for group in ("unit:shp", "group:night", "group:nigt")]
    shop.rules("{measure: carry, min: one}", *groups)
    assert [line.partition(" ")[2] for line in shop.check().err.splitlines()] == [
        "check.rules.0.min: must be a number from 0",
        "check.rules.1.group: unknown group; did you mean unit:shop?",
        "check.rules.3.group: unknown group; did you mean group:night?",
    ]


def test_a_group_that_only_an_unreadable_sheet_has_is_not_called_unknown(shop: Shop) -> None:
    shop.rules("{measure: stale, max: 10, group: 'group:night'}")
    shop.sheet("cleo", "4444x", group="night")
    assert "unknown group" not in shop.check().err


def test_participation_and_the_age_of_the_map_are_read_from_the_project(shop: Shop) -> None:
    shop.people("ada", "ben", "cleo")
    for day in ("2026-11-30", "2026-12-31", "2027-01-31"):
        shop.snapshot(day)
    for name in ("notes.json", "2026-99-99.json"):
        shop.write(f"journey/{name}", "{}")
    shop.rules("{measure: participation, min: 66}", "{measure: map-age-days, max: 11}")
    done = shop.check("--format", "json")
    assert done.code == 0
    assert [rule["exactly"] for rule in json.loads(done.out)["rules"]] == ["200/3", "11"]
    assert shop.check("--as-of", "2027-01-12").code == 1
    assert shop.check("--as-of", "2027-02-01").code == 0, "by then there is a newer one"


def test_a_snapshot_of_today_is_as_old_as_the_files_that_it_was_made_of(shop: Shop) -> None:
    shop.rules("{measure: map-age-days, max: 45}")
    for last, days in (("2026-11-27", "45"), ("2027-02-01", "0"), (None, "0")):
        shop.snapshot(DAY, last=last)
        assert json.loads(shop.check("--format", "json").out)["rules"][0]["exactly"] == days


def test_figures_too_few_to_tell_an_incident_by_are_no_pass(shop: Shop) -> None:
    shop.snapshot("2027-01-01", looked_at=0)
    shop.rules("{measure: open-incidents, max: 0}")
    done = shop.check("--format", "json")
    assert done.code == 2
    assert "too few to tell an incident by" in done.out


def test_an_open_incident_wants_an_owner_in_the_map_whose_data_need_not_be_here(shop: Shop) -> None:
    shop.snapshot("2026-12-31")
    shop.snapshot("2027-01-01", incidents=[WARNING, {**WARNING, "id": "visits", "lost": 50}])
    shop.rules("{measure: open-incidents, max: 0}")
    for given in ((), ("--public",)):
        done = shop.check("--format", "json", *given)
        (told,) = json.loads(done.out)["rules"]
        assert (done.code, told["exactly"]) == (1, "2")
        assert told["words"] == "without an owner in journey/map.yaml: visits, orders-2026-12-28"
    log = "events: {shop: {file: not-here.csv, who: w, when: t, what: e, steps: [{event: x, touchpoint: none}]}}"
    shop.write("journey/map.yaml", f"gapcheck: journey/1\n{log}\nowners: {{orders-2026-12-28: ada, visits: ben}}\n")
    done = shop.check()
    assert (done.code, done.err) == (0, "")
    shop.write("journey/map.yaml", f"gapcheck: journey/1\n{log}\nowners: [ada]\nwho: ben\n")
    done = shop.check()
    assert done.code == 2
    assert [line[:31] for line in done.err.splitlines()] == [
        "journey/map.yaml:3:1: owners: m",
        "journey/map.yaml:4:1: who: unkn",
    ]
    shop.rules("{measure: map-age-days, max: 45}")
    assert shop.check().code == 0, "no rule asks for owners"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "journey/2027-01-10.json: the file is empty\n"),
        ("[]", 'journey/2027-01-10.json:1:1: must be a mapping that begins with "gapcheck: snapshot/1"\n'),
        (
            '{"gapcheck": "snapshot/1", "date": "2027-01-11", "catalog": "c"}',
            "journey/2027-01-10.json:1:28: date: must be 2027-01-10, as the file's name says\n",
        ),
        (None, "journey/2027-01-10.json: is a folder, not a file\n"),
    ],
    ids=["empty", "a list", "of another day", "a folder"],
)
def test_a_name_alone_is_no_figures_of_the_journey(shop: Shop, text: str | None, told: str) -> None:
    shop.snapshot("2026-12-31")
    place = shop.folder / "journey" / "2027-01-10.json"
    place.mkdir() if text is None else place.write_text(text, encoding="utf-8")
    shop.rules("{measure: map-age-days, max: 5}")
    done = shop.check()
    assert (done.code, done.err) == (2, told)
    shop.rules(CARRY)
    assert shop.check().code == 0, "no rule asks for them"


# one person


def private(shop: Shop, person: str, levels: str, date: str = "2027-01-04", **more: str) -> Path:
    """A sheet in the private store: PERSON/DATE.yaml."""
    written = shop.sheet(person, levels, place="anywhere", date=date, **more)
    return written.rename(shop.write(f"home/sheets/{person}/{date}.yaml", ""))


def test_ones_own_private_sheet_is_ones_own_business(shop: Shop) -> None:
    own = private(shop, "cleo", "34-44")
    shop.rules(CARRY, "{measure: hold, min: 2}", "{measure: stand-ins, max: 0}", more="  baseline: gone-is-fine.json\n")
    shop.write(
        "gone-is-fine.json",
        json.dumps({"gapcheck": "baseline/1", "catalog": {"name": "c", "version": "1", "digest": "0"}, "skills": {}}),
    )
    done = shop.check(str(own))
    assert done.code == 0
    assert "Your own sheet" in done.out
    assert "Not held against one's own sheet: stand-ins, ratchet." in done.out
    private(shop, "cleo", "33-43")
    assert shop.check(str(own)).code == 1


def test_ones_own_latest_sheet_is_checked_by_person(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    private(shop, "cleo", "33-43", date="2026-12-01")
    private(shop, "cleo", "34-44", date="2027-01-02")
    private(shop, "dan", "00000")
    done = shop.check("--person", "cleo", "--format", "json")
    assert (done.code, done.err, json.loads(done.out)["own_sheet"]) == (0, "", True)
    assert shop.check("--person", "dan").code == 1
    nobody = shop.check("--person", "eve")
    assert (nobody.code, nobody.err) == (2, "no sheet of eve yet; gapcheck assess makes one\n")
    monkeypatch.setenv("GAPCHECK_PERSON", "dan")
    done = shop.check("--format", "json")
    assert (done.code, json.loads(done.out)["own_sheet"]) == (0, False), "that variable is for other commands"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--person", "cleo", "sheets"), "--person takes the latest private sheet; leave out the paths"),
        (("--person", "cleo", "--public"), "--public is for a team"),
        (("home/sheets/cleo/2027-01-04.yaml", "--public"), "--public is for a team"),
        (("--person", "cleo", "--write-baseline"), "--write-baseline judges nothing; leave out"),
        (("--public", "--write-baseline"), "--write-baseline judges nothing; leave out"),
    ],
)
def test_what_does_not_go_with_ones_own_sheet_is_refused(shop: Shop, arguments: tuple[str, ...], told: str) -> None:
    private(shop, "cleo", "44444")
    done = shop.check(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(told)


def test_a_single_sheet_that_lies_elsewhere_is_nobodys_own(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it is copied to, and whatever the store is set to, a shared sheet stays somebody's."""
    shared = (shop.folder / "sheets" / "ada.yaml").read_text(encoding="utf-8")
    places = ("elsewhere/ada.yaml", "home/ada.yaml", "home/sheets/ada.yaml", "home/sheets/ada/deeper/2027-01-04.yaml")
    for place in places:
        done = shop.check(str(shop.write(place, shared)), "--format", "json")
        assert done.code == 2, place
        assert "gapcheck check --person ID" in json.loads(done.out)["rules"][0]["words"]
    monkeypatch.setenv("GAPCHECK_HOME", str(shop.folder))
    assert shop.check("sheets/ada.yaml").code == 2
    shop.rules(CARRY)
    shop.write("sheets/ada/2027-01-04.yaml", shared)
    assert shop.check("sheets/ada/2027-01-04.yaml").code == 2, "with the team's sheets, though the store is there too"


@POSIX
def test_a_link_in_the_private_store_makes_no_sheet_ones_own(shop: Shop) -> None:
    (shop.folder / "home" / "sheets" / "ada").mkdir(parents=True)
    (shop.folder / "home" / "sheets" / "ada" / "2027-01-04.yaml").symlink_to(shop.folder / "sheets" / "ada.yaml")
    assert shop.check("--person", "ada").code == 2
    own = private(shop, "cleo", "44444")
    (shop.folder / "mine.yaml").symlink_to(own)
    assert shop.check("mine.yaml").code == 0


def test_no_gate_is_built_on_one_shared_sheet_however_it_is_named(shop: Shop) -> None:
    """Neither the file, nor a folder of one, nor a group of one says whether that person carries anything."""
    shop.write("one/ada.yaml", (shop.folder / "sheets" / "ada.yaml").read_text(encoding="utf-8"))
    shop.people("ada")
    shop.rules(CARRY, "{measure: figure, min: 10}", "{measure: stand-ins, max: 4}")
    for given in ("sheets/ada.yaml", "one", "sheets/../sheets/ada.yaml"):
        data = json.loads(shop.check(given, "--format", "json").out)
        assert {rule["outcome"] for rule in data["rules"]} == {"cannot-judge"}, given
        assert {rule["exactly"] for rule in data["rules"]} == {None}
        assert data["own_sheet"] is False
    shop.rules("{measure: carry, min: 1, group: 'unit:shop'}")
    assert shop.check().code == 2


def test_somebody_elses_rating_is_no_sheet_of_ones_own(shop: Shop) -> None:
    own = private(shop, "cleo", "44444", rater="peer", by="eve")
    assert shop.check(str(own)).code == 2


def test_in_public_neither_small_groups_nor_files_of_people_are_named(shop: Shop) -> None:
    shop.people("ada", "ben")
    shop.rules("{measure: figure, min: 99, group: 'unit:shop'}")
    for kind in GATE_REPORTERS:
        done = shop.check("--public", "--format", kind)
        assert done.code == 1
        assert "unit:shop" not in done.out
    shop.sheet("ada", "4444x")
    for kind in GATE_REPORTERS:
        done = shop.check("--public", "--format", kind)
        assert done.code == 2
        assert "ada" not in done.out
        assert done.err == "1 file has faults; run it without --public to see them\n"


def test_in_public_faults_are_counted_by_file_and_those_of_no_file_are_told(shop: Shop) -> None:
    shop.people("ada", "ben")
    shop.sheet("ada", "x444x")
    shop.sheet("ben", "4444x")
    shop.rules("{measure: figur, min: 9, group: 'unit:shop'}")
    done = shop.check("--public", "--output", "report.xml", "--format", "github")
    assert done.err == "3 files have faults; run it without --public to see them\nwrote report.xml\n"
    written = done.out + (shop.folder / "report.xml").read_text(encoding="utf-8")
    assert "3 files have faults" in written
    assert not re.search(r"ada|ben|unit:shop", written)
    shop.no_sheets()
    shop.rules(CARRY)
    no_sheet = "sheets: there is no sheet in it, and nothing to judge\n"
    assert shop.check("--public").err == no_sheet
    shop.rules("{measure: figur, min: 9}")
    assert shop.check("--public").err == f"1 file has faults; run it without --public to see them\n{no_sheet}"


def test_in_public_what_is_told_as_one_points_at_the_rules_as_a_whole(shop: Shop) -> None:
    shop.people("ada", "ben")
    shop.rules("{measure: stale, max: 9, group: 'unit:shop'}", "{measure: figure, min: 99, group: 'unit:shop'}")
    done = shop.check("--public", "--format", "github")
    assert done.code == 1
    assert done.out.startswith("::error file=gapcheck.yaml,line=5,col=3,title=gapcheck together::does not hold: ")
    assert done.out.splitlines()[1:] == ["FAIL: at least 1 of 2 rules does not hold."]


@pytest.mark.parametrize("kind", GATE_REPORTERS)
def test_no_format_names_a_person(shop: Shop, kind: str) -> None:
    shop.people("ada", "ben")
    shop.rules(
        *(f"{{measure: {name}}}" for name in ("carry, min: 3", "hold, min: 3", "stand-ins, max: 0", "stale, max: 1"))
    )
    shop.sheet("ada", "44434")
    done = shop.check("--format", kind)
    assert done.code == 1
    assert not re.search(r"\b(ada|ben|Ada|Ben)\b", done.out)


# the baseline


def test_the_baseline_is_written_and_held_against(shop: Shop) -> None:
    made = shop.check("--write-baseline")
    assert (made.code, made.out) == (0, "")
    assert "check: {baseline: gapcheck-baseline.json}" in made.err
    first = (shop.folder / "gapcheck-baseline.json").read_bytes()
    assert shop.check("--write-baseline", "-q") == (0, "", "")
    assert (shop.folder / "gapcheck-baseline.json").read_bytes() == first
    assert not re.search(rb"ada|ben", first)
    shop.rules("{measure: hold, min: 1}", more="  baseline: gapcheck-baseline.json\n")
    assert shop.check().code == 0
    shop.sheet("ada", "33333")
    assert shop.check().code == 0, "one who carries is left of two, and one is needed"
    shop.sheet("ben", "33333")
    done = shop.check("--format", "github")
    assert done.code == 1
    assert done.out.startswith("::error file=gapcheck.yaml,line=7,col=3,title=gapcheck ratchet::")
    assert shop.check("--write-baseline").code == 0
    assert shop.check().code == 0


def test_no_baseline_holds_what_one_person_alone_has_answered_and_says_so(shop: Shop) -> None:
    shop.sheet("ada", "4444-")
    shop.sheet("ben", "444--")
    made = shop.check("--write-baseline")
    assert made.code == 0
    assert "not in it: 1 skill that one person alone has answered" in made.err
    counts = json.loads((shop.folder / "gapcheck-baseline.json").read_bytes())["skills"]
    assert sorted(counts) == ["budgeting", "copywriting", "landing-pages", "paid-social"]
    shop.rules("{measure: hold, skill: paid-social, min: 1}", more="  baseline: gapcheck-baseline.json\n")
    assert shop.check().code == 0
    shop.sheet("ben", "4----")
    done = shop.check("--format", "json")
    assert done.code == 1
    assert json.loads(done.out)["rules"][1]["short"] == ["landing-pages", "copywriting"]


def test_a_damaged_baseline_is_kept_and_the_way_out_is_told(shop: Shop) -> None:
    path = shop.folder / "gapcheck-baseline.json"
    shop.check("--write-baseline")
    path.write_bytes(damaged := path.read_bytes().replace(b'"carry": 2', b'"carry": two', 1))
    done = shop.check("--write-baseline")
    assert done.code == 2
    assert done.err.splitlines()[-1] == f"{path.name}: delete or move it, then run this again"
    assert len(done.err.splitlines()) == 2
    assert path.read_bytes() == damaged


@POSIX
def test_a_baseline_that_is_a_dead_link_is_no_missing_one(shop: Shop) -> None:
    shop.rules(CARRY, more="  baseline: b.json\n")
    (shop.folder / "b.json").symlink_to("nowhere.json")
    told = "b.json: is a symbolic link that leads nowhere; put the file itself here\n"
    assert (shop.check().code, shop.check().err) == (2, told)
    assert shop.check("--write-baseline").err == f"{told}b.json: delete or move it, then run this again\n"
    assert not (shop.folder / "nowhere.json").exists()


def test_no_baseline_is_written_of_one_person_or_of_bad_sheets_or_over_another_file(shop: Shop) -> None:
    (shop.folder / "sheets" / "ben.yaml").unlink()
    assert shop.check("--write-baseline").code == 2
    shop.sheet("ben", "4444x")
    assert shop.check("--write-baseline").code == 2
    assert not (shop.folder / "gapcheck-baseline.json").exists()
    shop.sheet("ben", "44444")
    shop.people("ada", "ben")
    people = (shop.folder / "people.yaml").read_bytes()
    shop.rules(CARRY, more="  baseline: people.yaml\n")
    assert shop.check("--write-baseline").code == 2
    assert (shop.folder / "people.yaml").read_bytes() == people
    assert "people.yaml: name another file in gapcheck.yaml, or move this one, then run this again" in (
        shop.check("--write-baseline").err
    )
    assert shop.check("--write-baseline", "--format", "json").code == 2


# where it is written


@pytest.mark.parametrize(
    "arguments", [("--format", "pdf"), ("--output", "x.pdf"), ("--output", "x.txt"), ("--as-of", "x"), ("nowhere",)]
)
def test_usage_is_2(shop: Shop, arguments: tuple[str, ...]) -> None:
    done = shop.check(*arguments)
    assert done.code == 2
    assert done.err.strip()


def test_no_report_takes_the_place_of_what_the_gate_reads(shop: Shop) -> None:
    """Over the baseline the next run could not judge; named like figures of the journey it would pass for them."""
    shop.rules(CARRY, more="  baseline: b.json\n")
    assert shop.check("--write-baseline").code == 0
    before = (shop.folder / "b.json").read_bytes()
    for given in ("b.json", "sheets/../b.json", "journey/2027-01-11.json"):
        done = shop.check("--output", given)
        assert done.code == 2
        name = given.rpartition("/")[2]
        assert done.err == f"--output: {name}: the gate reads this file; give the report another name\n"
    assert (shop.folder / "b.json").read_bytes() == before
    assert not (shop.folder / "journey").exists()
    assert [shop.check("--output", "r.json").code for _ in range(2)] == [0, 0], "a report may follow a report"
    shop.write("b.json", "[]")
    for name in ALL_FORMATS:
        told = [shop.check("--output", name).err for _ in range(2)]
        assert f"wrote {name}" in told[1], "one that tells of a bad baseline, too"


def test_files_alone_leave_standard_output_empty_and_the_verdict_on_standard_error(shop: Shop) -> None:
    shop.rules("{measure: carry, min: 3}")
    done = shop.check("--output", "report.md", "--output", "sub/report.xml")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == ["FAIL: 1 of 1 rule does not hold.", "wrote report.md", "wrote sub/report.xml"]


@POSIX
def test_a_file_that_cannot_be_written_is_2_and_the_others_are_written(shop: Shop) -> None:
    shop.write("file", "")
    done = shop.check("--output", "file/report.md", "--output", "report.json")
    assert done.code == 2
    assert (shop.folder / "report.json").exists()


def test_twice_is_the_same_byte_for_byte_whatever_the_order_of_files(shop: Shop) -> None:
    shop.rules(CARRY, "{measure: stale, max: 1}", "{measure: figure, min: 90}")
    for kind in ("terminal", "json", "sarif"):
        one = shop.check("sheets/ada.yaml", "sheets/ben.yaml", "--format", kind).out
        assert one == shop.check("sheets/ben.yaml", "sheets/ada.yaml", "--format", kind).out
        assert one == shop.check("--format", kind).out


def test_the_step_summary_is_added_to_and_never_over_a_mebibyte(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = shop.write("summary.md", "Of another step\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    shop.check()
    assert summary.read_text(encoding="utf-8") == "Of another step\n", "with --format github only"
    shop.check("--format", "github")
    shop.check("--format", "github")
    told = summary.read_text(encoding="utf-8")
    assert told.startswith("Of another step\n\n# Gate\n")
    assert told.count("# Gate") == 2
    for before in (MOST_BYTES - 300, MOST_BYTES - 10, MOST_BYTES + 10):
        shop.write("summary.md", "x" * before)
        done = shop.check("--format", "github")
        assert done.code == 0
        assert summary.stat().st_size <= max(MOST_BYTES, before)
        assert ("is full" in done.err) == (summary.stat().st_size == before)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(shop.folder / "no" / "such" / "folder"))
    done = shop.check("--format", "github")
    assert (done.code, "cannot be written" in done.err) == (0, True)


def test_annotations_name_files_from_the_root_of_the_repository(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.rules("{measure: carry, min: 3}")
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        with monkeypatch.context() as here:
            here.setenv(variable, str(shop.folder.parent))
            assert f"file={shop.folder.name}/gapcheck.yaml,line=6," in shop.check("--format", "github").out
    monkeypatch.setenv("GITHUB_WORKSPACE", str(shop.folder))
    assert "file=gapcheck.yaml,line=6," in shop.check("--format", "github").out


HOSTILE = "::error::x%0A##[error]y##vso[x]z"


def test_text_from_files_starts_no_command(shop: Shop) -> None:
    person = f'{{name: Example, groups: {{unit: "{HOSTILE}"}}}}'
    shop.write("people.yaml", f"gapcheck: people/1\npeople: {{ada: {person}, ben: {person}}}\n")
    shop.rules(f"{{measure: carry, min: 3, group: 'unit:{HOSTILE}'}}")
    for kind in ("terminal", "markdown", "json", "junit", "sarif", "github"):
        done = shop.check("--format", kind)
        assert done.code == 1
        lines = [line for line in done.out.splitlines() if line.strip().startswith("::")]
        assert len(lines) == (kind == "github")
        assert not re.search(r"##\w*\[", done.out)


@POSIX
@pytest.mark.parametrize(("rule", "code"), [("carry, min: 1", 0), ("carry, min: 3", 1), ("map-age-days, max: 1", 2)])
def test_a_closed_standard_output_changes_nothing(
    shop: Shop, environment: dict[str, str], rule: str, code: int
) -> None:
    shop.rules(f"{{measure: {rule}}}")
    command = f"'{sys.executable}' -m gapcheck check --as-of {DAY} >&- 2>&-"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=shop.folder, env=environment, check=False, timeout=60)
    assert done.returncode == code


@POSIX
def test_a_reader_that_goes_away_turns_no_failure_into_another_number(shop: Shop, environment: dict[str, str]) -> None:
    shop.rules("{measure: carry, min: 3}")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "gapcheck", "check", "--as-of", DAY]
    done = subprocess.run(
        command, cwd=shop.folder, stdout=write, stderr=subprocess.PIPE, env=environment, check=False, timeout=60
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")
