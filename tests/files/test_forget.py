"""Forgetting a person: everything that names them is found, nothing else is touched, and no byte moves around it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.people import Config
from gapcheck.files import forget, history, store, yamldoc
from tests.files.reading import refused

LINKS = pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project as the current folder, and an empty private home beside it."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv(store.HOME_VARIABLE, str(tmp_path / "home"))
    return folder


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def sheet(person: str, more: str = "") -> str:
    return f"gapcheck: sheet/1\nperson: {person}\n{more}date: 2027-01-04\n"


def forgotten(person: str = "ada", config: Config | None = None) -> list[str]:
    """Forget someone; gives the names of the files and what happened to each."""
    plan = forget.find(person, config or Config())
    forget.carry_out(plan, person)
    return [f"{step.path.name}: {step.what}" for step in plan.steps]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_sheets_by_and_about_a_person_and_their_plan_go_and_others_stay(project: Path) -> None:
    home = store.home()
    for date in ("2026-01-04", "2027-01-04", "2027-01-04.sitting"):
        put(home / "sheets/ada" / f"{date}.yaml", sheet("ada"))
    put(home / "sheets/ada/2027-01-04.peer-ben.yaml", sheet("ada", "rater: peer\nby: ben\n"))
    put(home / "sheets/ada/.lock", "")
    put(home / "sheets/ben/2027-01-04.yaml", sheet("ben"))
    put(home / "sheets/ben/2027-01-05.yaml", sheet("ben", 'rater: peer\nby: "\\x61da"\n'))
    put(home / "sheets/ada-mae/2027-01-04.yaml", sheet("ada-mae"))
    put(home / "plans/ada.yaml", "steps: []\n")
    put(home / "plans/ben.yaml", "steps: []\n")
    put(project / "sheets/ada.yaml", sheet("ada"))
    put(project / "sheets/ben.yaml", sheet("ben", "notes: {budgeting: ask ada}\n"))
    put(project / "sheets/2026/old-name.yaml", sheet("ada"))
    assert forgotten() == [
        "2026-01-04.yaml: private sheet, deleted",
        "2027-01-04.peer-ben.yaml: private sheet, deleted",
        "2027-01-04.sitting.yaml: private sheet, deleted",
        "2027-01-04.yaml: private sheet, deleted",
        "2027-01-05.yaml: their rating of ben, deleted",
        "ada.yaml: sheet, deleted",
        "old-name.yaml: sheet, deleted",
        "ada.yaml: plan, deleted",
    ]
    assert files(home) == {"sheets/ben/2027-01-04.yaml", "sheets/ada-mae/2027-01-04.yaml", "plans/ben.yaml"}
    assert not (home / "sheets/ada").exists()
    assert files(project) == {"sheets/ben.yaml"}
    assert forgotten() == []


def test_the_folder_of_shared_sheets_is_the_one_of_the_settings(project: Path) -> None:
    put(project / "team/ada.yaml", sheet("ada"))
    put(project / "sheets/ada.yaml", sheet("ada"))
    assert forgotten(config=Config(sheets="team")) == ["ada.yaml: sheet, deleted"]
    assert files(project) == {"sheets/ada.yaml"}


def test_finding_changes_nothing(project: Path) -> None:
    put(project / "sheets/ada.yaml", sheet("ada"))
    put(project / "people.yaml", PEOPLE)
    before = {name: (project / name).read_bytes() for name in files(project)}
    assert len(forget.find("ada", Config()).steps) == 2
    assert {name: (project / name).read_bytes() for name in files(project)} == before


def test_what_cannot_be_read_is_handed_over_if_it_may_name_them(project: Path) -> None:
    put(project / "sheets/broken.yaml", "person: ada\nlevels: [\n")
    put(project / "sheets/other.yaml", "person: ben\nlevels: [\n")
    put(project / "jams/2027-01.yaml", "slots: [\n")
    put(project / "gapcheck-baseline.json", "{")
    plan = forget.find("ada", Config())
    assert [path.name for path in plan.unread] == ["broken.yaml", "2027-01.yaml", "gapcheck-baseline.json"]
    assert plan.steps == []


def test_in_a_project_sheets_are_found_wherever_they_lie_and_other_projects_are_left(project: Path) -> None:
    put(project / "old/sheets/ada.yaml", sheet("ada"))
    put(project / "old/rated.yaml", sheet("ben", "rater: peer\nby: ada\n"))
    put(project / "settings.yaml", "person: ada\n")
    put(project / "broken.yaml", "person: ada\n- [\n")
    put(project / "other/gapcheck.yaml", "gapcheck: config/1\n")
    put(project / "other/sheets/ada.yaml", sheet("ada"))
    assert forget.find("ada", Config()).steps == []  # no project: it may be anything, a home folder even
    put(project / "gapcheck.yaml", "gapcheck: config/1\n")
    plan = forget.find("ada", Config())
    assert (plan.elsewhere, plan.unread) == ([Path("other/sheets/ada.yaml")], [])
    assert forgotten() == ["rated.yaml: their rating of ben, deleted", "ada.yaml: sheet, deleted"]
    kept = {"gapcheck.yaml", "settings.yaml", "broken.yaml", "other/gapcheck.yaml", "other/sheets/ada.yaml"}
    assert files(project) == kept


DELIVERY = "gapcheck: delivery/1\nskill: video\njudge: {}\n"


def test_in_a_project_plans_and_other_endings_are_found_and_what_is_everybodys_is_left_to_a_reader(
    project: Path,
) -> None:
    put(project / "gapcheck.yaml", "gapcheck: config/1\n")
    put(project / "sheets/ada2.yml", sheet("ada"))
    put(project / "plans/ada.yaml", "gapcheck: plan/1\nperson: ada\n")
    put(project / "plans/ben.yaml", "gapcheck: plan/1\nperson: ben\nnote: ada\n")
    put(project / "old/.ada.yaml.0a1b2c3d.tmp", sheet("ada"))
    put(project / "deliveries/d.yml", DELIVERY.format("ada"))
    put(project / "deliveries/e.yaml", DELIVERY.format("ben") + "notes: ada said so\n")
    put(project / "old/d.yaml", DELIVERY.format("ada"))
    put(project / "old/e.yaml", DELIVERY.format("ben"))
    put(project / "old/people.yaml", "gapcheck: people/1\npeople: {ada: {name: A}}\n")
    put(project / "old/ada.json", '{"gapcheck": "sheet/1", "person": "ada", "date": "2027-01-04"}\n')
    put(project / "package.json", '{"person": "ada"}\n')
    left = [Path("old/ada.json"), Path("old/d.yaml"), Path("old/people.yaml")]
    assert forget.find("ada", Config()).by_hand == left
    assert sorted(forgotten()) == [
        ".ada.yaml.0a1b2c3d.tmp: sheet, deleted",
        "ada.yaml: plan, deleted",
        "ada2.yml: sheet, deleted",
        "d.yml: their id replaced by someone",
    ]
    plan = forget.find("ada", Config())
    assert (plan.steps, plan.by_hand) == ([], left)


def test_a_list_of_people_of_another_form_is_handed_over(project: Path) -> None:
    put(project / "people.yaml", "gapcheck: people/1\npeople: [ada, ben]\n")
    assert forget.find("ada", Config()).unread == [Path("people.yaml")]
    assert forget.find("cleo", Config()).unread == []


def test_no_sheet_is_counted_twice_whichever_way_the_folder_is_named(project: Path) -> None:
    put(project / "gapcheck.yaml", "gapcheck: config/1\n")
    put(project / "sheets/ada.yaml", sheet("ada"))
    for sheets in ("sheets", "./jams/../sheets", str(project / "sheets")):
        assert len(forget.find("ada", Config(sheets=sheets)).steps) == 1


@pytest.mark.parametrize("held", [[".lock"], [], ["old/"]])
def test_a_private_folder_without_a_sheet_goes_too(project: Path, held: list[str]) -> None:
    folder = store.home() / "sheets/ada"
    folder.mkdir(parents=True)
    for name in held:
        (folder / name).mkdir() if name.endswith("/") else (folder / name).touch()
    assert forgotten() == ["ada: private folder without a sheet, deleted"]
    assert not folder.exists()
    assert forgotten() == []


def test_what_a_killed_write_left_goes_too(project: Path) -> None:
    put(store.home() / "sheets/ada/2027-01-04.yaml", sheet("ada"))
    put(store.home() / "sheets/ada/.2027-01-04.yaml.0a1b2c3d.tmp", sheet("ada"))
    put(project / "sheets/.ada.yaml.0a1b2c3d.tmp", sheet("ada"))
    put(project / "sheets/.ben.yaml.0a1b2c3d.tmp", sheet("ben"))
    put(store.home() / "plans/.ada.yaml.0a1b2c3d.tmp", "steps: []\n")
    put(store.home() / "plans/.ada.b.yaml.0a1b2c3d.tmp", "steps: []\n")
    assert len(forgotten()) == 4
    assert files(store.home()) == {"plans/.ada.b.yaml.0a1b2c3d.tmp"}
    assert files(project) == {"sheets/.ben.yaml.0a1b2c3d.tmp"}


def test_a_folder_that_cannot_be_listed_is_handed_over(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project / "sheets/shut/ada.yaml", sheet("ada"))
    scandir = os.scandir

    def shut(path: str) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    assert forget.find("ada", Config()).unread == [Path("sheets/shut")]


@LINKS
def test_no_symbolic_link_is_followed(project: Path, tmp_path: Path) -> None:
    away = put(tmp_path / "elsewhere/ada.yaml", sheet("ada"))
    home = store.home()
    put(home / "sheets/ben/2027-01-04.yaml", sheet("ben"))
    (home / "sheets/ada").symlink_to(away.parent, target_is_directory=True)
    (project / "sheets").mkdir()
    (project / "sheets/ada.yaml").symlink_to(away)
    (project / "sheets/all").symlink_to(away.parent, target_is_directory=True)
    plan = forget.find("ada", Config())
    forget.carry_out(plan, "ada")
    assert away.read_text(encoding="utf-8") == sheet("ada")
    assert [step.what for step in plan.steps] == ["symbolic link, deleted; what it leads to stays"]
    assert not (home / "sheets/ada").is_symlink()
    assert {path.name for path in plan.unread} >= {"ada.yaml", "all"}


@LINKS
def test_links_in_a_persons_own_folder_go_and_what_they_lead_to_stays(project: Path, tmp_path: Path) -> None:
    away = put(tmp_path / "elsewhere/2027-01-04.yaml", sheet("ada"))
    put(store.home() / "sheets/ada/2027-01-05.yaml", sheet("ada"))
    (store.home() / "sheets/ada/2027-01-04.yaml").symlink_to(away)
    (store.home() / "sheets/ada/old").symlink_to(away.parent, target_is_directory=True)
    assert len(forgotten()) == 3
    assert away.exists()
    assert not (store.home() / "sheets/ada").exists()


@LINKS
def test_a_folder_of_sheets_that_is_a_link_is_left_to_the_user(project: Path, tmp_path: Path) -> None:
    away = put(tmp_path / "elsewhere/ada.yaml", sheet("ada"))
    (project / "sheets").symlink_to(away.parent, target_is_directory=True)
    plan = forget.find("ada", Config())
    assert (plan.steps, plan.unread) == ([], [Path("sheets")])


def test_nothing_goes_while_a_sitting_is_open(project: Path) -> None:
    path = put(store.home() / "sheets/ada/2027-01-04.yaml", sheet("ada"))
    with store.sitting("ada"):
        told = refused(forgotten)
    assert told == ["another sitting for ada is under way; finish or close it first"]
    assert path.exists()


PEOPLE = """\
# who is on the team
gapcheck: people/1
people:
  # growth
  ada: {name: Ada Example, groups: {function: growth}}   # since spring
  ben:
    name: Ben Example
    # his groups
    groups:
      function: growth

  # brand
  "cleo": {name: Cleo Example,
    groups: {function: brand}}
suppliers:
  payfix: {name: Payfix Example Ltd, skills: [paid-social]}
"""


def without(person: str, text: str = PEOPLE) -> str:
    raw = text.encode()
    return forget.without_entry(raw, yamldoc.parse(raw, "people.yaml"), person).decode()


@pytest.mark.parametrize(
    ("person", "lines"),
    [("ada", range(4, 5)), ("ben", range(5, 10)), ("cleo", range(12, 14))],
)
def test_an_entry_of_people_yaml_goes_with_its_own_lines_and_every_other_byte_stays(person: str, lines: range) -> None:
    kept = [line for n, line in enumerate(PEOPLE.splitlines(keepends=True)) if n not in lines]
    assert without(person) == "".join(kept)


def test_byte_order_mark_windows_line_endings_and_a_missing_last_one_stay() -> None:
    text = "\ufeff" + PEOPLE.replace("\n", "\r\n").removesuffix("\r\n")
    assert without("ada", text) == text.replace(text.split("\r\n")[4] + "\r\n", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("people:\n  ada: {name: A}\n", "people: {}\n"),
        ("people:   # us\n  ada:\n    name: A\nsuppliers: {}\n", "people: {}   # us\nsuppliers: {}\n"),
        ("people: {ada: {name: A}, ben: {name: B}}\n", "people: {ben: {name: B}}\n"),
        ("people: {ben: {name: B}, ada: {name: A, groups: {x: '}'}}}\n", "people: {ben: {name: B}}\n"),
        ("people: {ben: {name: B}, ada: {name: A}, cleo: {name: C}}\n", "people: {ben: {name: B}, cleo: {name: C}}\n"),
        ("people: {ada: {name: A}}\n", "people: {}\n"),
        ("people: {\n  ada: {name: A}, ben: {name: B}}\n", "people: {\n  ben: {name: B}}\n"),
        ("people: {\n  ada: {}, ben: {},\n  cleo: {}}\n", "people: {\n  ben: {},\n  cleo: {}}\n"),
        (
            "people:\n  ada:\n    name: >-\n      # no comment\n      A\n  ben: {name: B}\n",
            "people:\n  ben: {name: B}\n",
        ),
        ("people:\n  ben: {name: B}\n  ada:\n    name: A", "people:\n  ben: {name: B}\n"),
    ],
)
def test_an_entry_goes_however_it_is_written(before: str, after: str) -> None:
    assert without("ada", f"gapcheck: people/1\n{before}") == f"gapcheck: people/1\n{after}"


def test_an_entry_that_cannot_be_cut_out_safely_is_a_fault_with_its_line() -> None:
    text = "gapcheck: people/1\npeople:\n  ? ada\n  : {name: A}\n  ben: {name: B}\n"
    assert refused(lambda: without("ada", text)) == [
        "the entry of ada on line 3 cannot be taken out safely; take it out by hand first"
    ]


ENTRY = st.sampled_from(["{name: A}", "\n    name: A\n    mentors: 2", "\n    name: 'A\n\n      b'\n    # x"])
GAP = st.sampled_from(["", "\n", "  # a comment\n", "# another\n\n"])


@given(st.lists(st.tuples(ENTRY, GAP), min_size=1, max_size=4), st.integers(0, 3))
def test_random_files_lose_the_entry_and_nothing_else(entries: list[tuple[str, str]], which: int) -> None:
    text = "gapcheck: people/1\npeople:\n"
    text += "".join(f"{gap}  p{n}: {entry}\n" for n, (entry, gap) in enumerate(entries))
    person = f"p{which % len(entries)}"
    after = without(person, text)
    data = yamldoc.parse(after.encode(), "f").data["people"]
    assert data == {k: v for k, v in yamldoc.parse(text.encode(), "f").data["people"].items() if k != person}
    comments = [line for line in text.splitlines() if line.startswith(("#", "  #"))]
    assert [line for line in after.splitlines() if line.startswith(("#", "  #"))] == comments


def test_a_jam_keeps_its_slot_without_the_speaker(project: Path) -> None:
    text = """\
# jam of January
gapcheck: jam/1
date: 2027-01-12
slots:
  - {speaker: ada, skill: marketing-data, question: What did ada decide?}
  - speaker: "ada"   # again
    skill: ada
  - {speaker: ada-mae, skill: email-marketing}
"""
    path = put(project / "jams/2027-01.yaml", text)
    put(project / "jams/2027-02.yaml", text.replace("speaker: ada,", "speaker: ben,").replace('"ada"', "ben"))
    assert forgotten() == ["2027-01.yaml: their id replaced by someone"]
    kept = text.replace("speaker: ada,", "speaker: someone,").replace('speaker: "ada"', 'speaker: "someone"')
    assert path.read_text(encoding="utf-8") == kept


def test_a_map_of_the_journey_stays_without_who_sees_to_an_incident(project: Path) -> None:
    text = "gapcheck: journey/1\nowners: {ada-page: ada, checkout: ben, ada: ada-mae}\nevents: {ada: {file: ada.csv}}\n"
    path = put(project / "journey/map.yaml", text)
    assert forgotten() == ["map.yaml: their id replaced by someone"]
    assert path.read_text(encoding="utf-8") == text.replace("ada-page: ada", "ada-page: someone")


def test_an_id_that_hides_behind_an_escape_is_handed_over_and_nobody_else_renamed(project: Path) -> None:
    text = 'gapcheck: jam/1\nslots: [{speaker: "\\x61da"}, {speaker: ada-mae}]\n'
    path = put(project / "jams/2027-01.yaml", text)
    plan = forget.find("ada", Config())
    assert (plan.steps, plan.unread) == ([], [Path("jams/2027-01.yaml")])
    assert path.read_text(encoding="utf-8") == text


def test_a_delivery_stays_without_who_judged_it_and_who_made_it(project: Path) -> None:
    """The work was the team's; a note that names somebody is free text, to be looked at by hand."""
    text = """gapcheck: delivery/1
skill: ada
judge: ada   # by ada
by: "ada"
criteria: [{criterion: judge, judged: met, note: ada was late}]
"""
    put(project / "deliveries/2027-01-04-ads.yaml", text)
    put(project / "deliveries/2027-01-05-ads.yaml", text.replace("judge: ada ", "judge: ben ").replace('by: "ada"', ""))
    assert forgotten() == ["2027-01-04-ads.yaml: their id replaced by someone"]
    kept = text.replace("judge: ada ", "judge: someone ").replace('by: "ada"', 'by: "someone"')
    assert (project / "deliveries/2027-01-04-ads.yaml").read_text() == kept


@pytest.mark.parametrize("person", ["s", "speaker", "a.b"])
def test_no_key_is_taken_for_the_speaker(project: Path, person: str) -> None:
    text = "gapcheck: jam/1\nslots: [{speaker: PERSON, skill: s}]\nspeakers: [x, PERSON]\n"
    path = put(project / "jams/2027-01.yaml", text.replace("PERSON", person))
    assert forgotten(person) == ["2027-01.yaml: their id replaced by someone"]
    assert path.read_text(encoding="utf-8") == text.replace("PERSON", "someone")


def test_a_baseline_that_names_people_loses_the_one_and_keeps_the_counts(project: Path) -> None:
    counts = {"format": 1, "carry": {"ada": 2}}
    path = put(project / "base.json", json.dumps({**counts, "people": {"ada": 1, "ben": 2}}))
    config = Config()
    assert forgotten(config=config) == []
    put(project / "gapcheck-baseline.json", json.dumps({**counts, "people": ["ada", "ben"]}))
    assert forgotten(config=config) == ["gapcheck-baseline.json: entry taken out"]
    assert json.loads((project / "gapcheck-baseline.json").read_text()) == {**counts, "people": ["ben"] * 1}
    assert json.loads(path.read_text())["people"] == {"ada": 1, "ben": 2}


def test_a_baseline_of_counts_is_left_alone(project: Path) -> None:
    put(project / "gapcheck-baseline.json", '{"carry": {"ada": 2}}')
    assert forgotten() == []


# what git remembers

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


def git(*arguments: str) -> str:
    named = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *named, *arguments], check=True, capture_output=True, text=True).stdout


def commit(message: str) -> None:
    git("add", "--all")
    git("commit", "-m", message)


OTHERS = "  ada-mae: {name: Bermuda Ada Examples}\n"
SETTINGS = Config(sheets="our sheets")


def team_of_a_repository(folder: Path) -> None:
    """A project in some folder of a repository; Ada is named, called anew, and named in a jam."""
    put(folder / "people.yaml", f"gapcheck: people/1\npeople:\n  ada: {{name: Ada Example}}\n{OTHERS}")
    put(folder / "jams/2027-01.yaml", "gapcheck: jam/1\nslots: [{speaker: ada-mae}, {speaker: ada}]\n")
    put(folder / "jams/2027-02.yaml", "gapcheck: jam/1\nslots: [{speaker: ada-mae}]\n")
    put(folder / "our sheets/ada.yaml", sheet("ada"))
    put(folder / "our sheets/ada-mae.yaml", sheet("ada-mae"))
    put(folder / "our sheets/old/who.yaml", sheet('"ada"'))
    put(folder / "gapcheck-baseline.json", '{"carry": {"ada": 2}}\n')
    put(folder / "Canada.txt", "ada of Canada\n")


def subjects(known: history.History) -> set[str]:
    return {line.partition(" ")[2] for line in known.commits}


@GIT
@pytest.mark.parametrize("below", ["", "a team/of ours"])
@pytest.mark.parametrize("again", [False, True])
def test_git_is_asked_for_a_person_wherever_the_project_lies_and_also_a_second_time(
    project: Path, monkeypatch: pytest.MonkeyPatch, below: str, again: bool
) -> None:
    git("init")
    folder = project / below
    team_of_a_repository(folder)
    commit("Share")
    monkeypatch.chdir(folder)
    put(folder / "people.yaml", f"gapcheck: people/1\npeople:\n  ada:\n    name: Ada  Sample (she)\n{OTHERS}")
    commit("Call her as she is called")
    put(folder / "people.yaml", f"gapcheck: people/1\npeople:\n  ada:\n    name: Ada Third\n{OTHERS}")
    commit("Call her anew")
    put(folder / "Canada.txt", "no word of ada\n")
    commit("Other work")
    put(folder / "people.yaml", f"gapcheck: people/1\npeople:\n  ada:\n    name: Ada Latest\n{OTHERS}")
    plan = forget.find("ada", SETTINGS)
    forget.carry_out(plan, "ada")
    if again:
        commit("Forget")
        plan.people = {}
        assert forget.find("ada", SETTINGS).steps == []
    known = history.remembered("ada", [plan.people])
    root = f"{below}/" if below else ""
    assert subjects(known) == {"Call her as she is called", "Call her anew", "Share"}
    assert sorted(known.gone) == [f"{root}our sheets/ada.yaml", f"{root}our sheets/old/who.yaml"]
    assert sorted(known.named) == [f"{root}jams/2027-01.yaml", f"{root}people.yaml"]
    assert sorted(known.mentioned) == [f"{root}Canada.txt", f"{root}gapcheck-baseline.json"]
    for name in ("Ada Example", "Ada Sample (she)", "Ada Third", *([] if again else ["Ada Latest"])):
        assert replaced(known.pattern, f"ask {name}") == "ask someone"
    assert forget.still_standing(plan, "ada", known) == []


@GIT
def test_files_are_found_by_what_they_say_whatever_they_were_called(project: Path) -> None:
    """A project that moved into a folder, a list of people under another name, a sheet that somebody else had after."""
    git("init")
    put(project / "sheets/ada.yaml", sheet("ada"))
    put(project / "sheets/shared.yaml", sheet("ada"))
    put(project / "team.yml", "gapcheck: people/1\npeople: {ada: {name: Ada Example}}\n")
    put(project / "who.json", '{"people": ["ada"]}')
    put(project / "old/backup.yaml.orig", "<<<<<<< ours\n" + sheet("ada") + "levels: [\n=======\n>>>>>>> theirs\n")
    put(project / "rated.yaml", sheet("ben", "rater: peer\nby: 'ada'\n").replace("\n", "\r\n"))
    put(project / "hidden.yaml", sheet('"\\x61da"'))
    put(project / "docs/how.md", "Ask Ada Example.\n\n    gapcheck: sheet/1\n    person: ada\n")
    put(project / "scan/ada.bin", "\0")
    put(project / "large.txt", "x" * (yamldoc.MOST_BYTES + 1))
    put(project / "large2.txt", "y" * (yamldoc.MOST_BYTES * 2 + 7))
    put(project / "pointer.yaml", "version https://git-lfs.github.com/spec/v1\n")
    commit("At the root")
    (project / "below").mkdir()
    git("mv", "sheets", "below/sheets")
    put(project / "below/sheets/shared.yaml", sheet("ben"))
    commit("Into a folder")
    known = history.remembered("ada")
    assert set(known.gone) == {
        *("sheets/ada.yaml", "below/sheets/ada.yaml", "sheets/shared.yaml"),
        *("old/backup.yaml.orig", "rated.yaml", "hidden.yaml"),
    }
    assert known.versions == ()
    assert set(known.named) == {"team.yml", "who.json"}
    assert known.mentioned == ("docs/how.md", "scan/ada.bin")
    assert set(known.unread) == {"scan/ada.bin", "large.txt", "large2.txt", "pointer.yaml"}


@GIT
def test_of_a_file_that_was_also_somebody_elses_only_the_persons_versions_go(project: Path) -> None:
    git("init")
    for person in ("ben", "ada", "ben"):
        put(project / "sheet.yaml", sheet(person))
        commit(person)
    known = history.remembered("ada")
    assert (known.gone, [path for path, _ in known.versions]) == ((), ["sheet.yaml"])
    assert subjects(known) == {"ada"}
    blob = git("rev-parse", "HEAD~1:sheet.yaml").strip()
    assert callback(known)(b"sheet.yaml", b"100644", blob.encode(), Blobs())[0] is None
    assert callback(known)(b"sheet.yaml", b"100644", b"another", Blobs())[0] == b"sheet.yaml"


@GIT
def test_tags_stashes_merges_and_what_only_the_reflog_knows_are_history_too(project: Path) -> None:
    git("init", "--initial-branch=main")
    put(project / "people.yaml", f"gapcheck: people/1\npeople:\n{OTHERS}")
    commit("Begin")
    git("checkout", "-b", "side")
    put(project / "tagged.yaml", sheet("ada"))
    commit("Tagged")
    git("tag", "first")
    git("checkout", "main")
    git("branch", "-D", "side")
    for name in ("stashed", "stashed-later"):
        put(project / f"{name}.yaml", sheet("ada"))
        git("stash", "--include-untracked")
    put(project / "amended.yaml", sheet("ada"))
    commit("Amended")
    git("rm", "amended.yaml")
    git("commit", "--amend", "--allow-empty", "-m", "Without it")
    git("checkout", "-b", "other", "HEAD~1")
    put(project / "other.txt", "x")
    commit("Other")
    git("merge", "--no-commit", "main")
    put(project / "merged.yaml", sheet("ada"))
    commit("Merged")
    known = history.remembered("ada")
    assert {path.removesuffix(".yaml") for path in known.gone} == {
        *("tagged", "stashed", "stashed-later", "amended", "merged")
    }
    assert {"Tagged", "Amended", "Merged"} <= subjects(known)
    nobody = history.remembered("ad")
    assert (nobody.commits, nobody.gone, nobody.named, nobody.mentioned) == ((), (), (), ())


@GIT
def test_a_clone_that_lacks_commits_says_so_and_a_partial_one_fetches_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init")
    team_of_a_repository(project)
    commit("Share")
    commit_again = put(project / "x.txt", "x")
    commit("Other work")
    assert commit_again.exists()
    git("config", "uploadpack.allowFilter", "true")
    for depth in ("--depth=1", "--filter=blob:none"):
        git("clone", depth, "--no-checkout", project.as_uri(), str(project.parent / depth))
    monkeypatch.chdir(project.parent / "--depth=1")
    known = history.remembered("ada")
    assert (known.shallow, known.searched, subjects(known)) == (True, 1, {"Other work"})
    monkeypatch.chdir(project.parent / "--filter=blob:none")
    with pytest.raises(history.UnknownError, match="partial"):
        history.remembered("ada")


@GIT
def test_another_repository_below_or_beside_is_named_since_only_this_one_is_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init")
    put(project / "people.yaml", PEOPLE)
    put(project / "team/ada.yaml", sheet("ada"))
    shutil.copytree(project / ".git", project / "team/.git")
    shutil.copytree(project / ".git", project.parent / "beside/.git")
    for sheets in ("team", "../beside/sheets"):
        plan = forget.find("ada", Config(sheets=sheets))
        wanted = [project.parent / "beside"] if ".." in sheets else []
        assert forget.other_repositories(plan, Config(sheets=sheets)) == (project / "team", *wanted)
    assert forget.other_repositories(forget.Plan(), Config()) == ()


@GIT
def test_where_git_cannot_say_the_reason_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert not history.in_repository()
    with pytest.raises(history.UnknownError, match="not a git repository"):
        history.remembered("ada")
    git("init")
    assert history.in_repository()
    assert history.remembered("ada").searched == 0
    bare = project.parent / "bare"  # nothing there is called .git
    git("init", "--bare", str(bare))
    monkeypatch.chdir(bare)
    assert history.in_repository()
    with pytest.raises(history.UnknownError, match="work tree"):
        history.remembered("ada")
    monkeypatch.chdir(project)
    put(project / "ada.yaml", sheet("ada"))
    commit("Share")
    (blob,) = [git("rev-parse", "HEAD:ada.yaml").strip()]
    (project / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(history.UnknownError, match="ValueError"):
        history.remembered("ada")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(history.UnknownError, match="not installed"):
        history.remembered("ada")


@GIT
def test_what_still_stands_after_the_plan_is_handed_over(project: Path) -> None:
    git("init")
    said = "gapcheck: jam/1\nslots: [{speaker: ada, question: QUESTION}]\n"
    put(project / "jams/2027-01.yaml", said.replace("QUESTION", "What did Ada Example find?"))
    put(project / "jams/2027-02.yaml", said.replace("QUESTION", "What did we find?"))
    put(project / "old/people.yaml", PEOPLE)
    put(project / "old/changed.yaml", PEOPLE)
    put(project / "people.yaml", PEOPLE)
    commit("Share")
    put(project / "old/changed.yaml", "gapcheck: people/1\npeople: {}\n")
    known = history.remembered("ada")
    plan = forget.find("ada", Config())
    wanted = {Path("old/people.yaml"), Path("jams/2027-01.yaml")}
    assert plan.by_hand == [Path("old/people.yaml")]
    assert forget.still_standing(plan, "ada", known) == [Path("jams/2027-01.yaml")]
    forget.carry_out(plan, "ada")
    assert set(forget.still_standing(forget.Plan(), "ada", known)) == wanted


class Blobs:
    """What git filter-repo hands to its callback, with a file's content for its id."""

    def get_contents_by_identifier(self, blob: bytes) -> bytes:
        return blob

    def insert_file_with_contents(self, text: bytes) -> bytes:
        return text


def callback(known: history.History) -> Any:
    """What git filter-repo makes of the lines that are proposed, indented as they may come off a terminal."""
    _, lines = history.rewriting(known)
    space: dict[str, Any] = {}
    exec("def callback(filename, mode, blob_id, value):\n  " + "\n  ".join(f"  {x}" for x in lines), space)  # noqa: S102
    return space["callback"]


def replaced(pattern: str, text: str) -> str:
    """A text of a file of everybody after the rewriting, which leaves the same text in any other file."""
    known = history.History(named=("a b/people.yaml", "jams/it's \N{EM DASH}\n.yaml"), pattern=pattern)
    after = {callback(known)(name.encode(), b"100644", text.encode(), Blobs())[2].decode() for name in known.named}
    assert callback(known)(b"people.yaml", b"100644", text.encode(), Blobs())[2].decode() == text
    (one,) = after
    return str(one)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("ada: {name: Ada Example}", "someone: {name: someone}"),
        ("speaker: \"ada\"\nspeaker: 'ada'", "speaker: \"someone\"\nspeaker: 'someone'"),
        ("Canada, ada-mae, ada.b, b.ada, x_ada, ada2", None),
        ("Ask ada. Or Ada\n    Example, Zoë Großmann", "Ask someone. Or someone, someone"),
        ("Canada Example, MacAda Example, Ada Examples, Éada, adaé", None),
        ("Ada Example-Smith, Mary-Ada Example", None),
        ("Ada Example Senior, Ada Example and Lou Ada Example", "Ada Example Senior, someone and Lou Ada Example"),
    ],
)
def test_a_person_is_replaced_and_no_longer_word_or_name_that_has_them_in_it(text: str, after: str | None) -> None:
    pattern = history.pattern_of("ada", NAMES, {"ada-mae", "Ada Example Senior", "Lou Ada Example", "ben", "Ben"})
    assert replaced(pattern, text) == (text if after is None else after)


NAMES = ("Ada Example", "Zoë Großmann")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("ada: {name: Ada}\nname: 'Ada'\r\n", "someone: {name: someone}\nname: 'someone'\r\n"),
        ("what did Ada say?", "what did someone say?"),
        ("Ada Lou Example, Lou Ada, Adam Ada-Smith, Ada-Mae, Zoë", None),
        ("Ada Lovelace, Mary Ada, Did Ada, Élodie Ada, Ada Łucja", None),
        ("ask ada.b. and ada..c, not ada", "ask ada.b. and ada..c, not someone"),
    ],
)
def test_a_name_of_one_word_is_left_where_it_may_be_a_part_of_another(text: str, after: str | None) -> None:
    others = {"Ada Lou Example", "Lou Ada", "Adam Ada-Smith", "ada.b", "ada..c", "Zoë"}
    assert replaced(history.pattern_of("ada", {"Ada", "Zo"}, others), text) == (text if after is None else after)


def test_a_name_that_two_people_have_is_left_and_told() -> None:
    pattern = history.pattern_of("ada", {"Ada Example"}, {"Ada Example", "ada2"})
    assert replaced(pattern, "ada: Ada Example\nada2: Ada Example") == "someone: Ada Example\nada2: Ada Example"
    assert [found["doubt"] for found in re.finditer(pattern, "ask Ada Example")] == ["Ada Example"]


@GIT
def test_files_in_which_a_name_is_left_are_told(project: Path) -> None:
    git("init")
    people = "gapcheck: people/1\npeople:\n  ada: {name: Ada}\n  ben: {name: Ada Lou Example}\n"
    put(project / "people.yaml", people)
    put(project / "jams/2027-01.yaml", "gapcheck: jam/1\nslots: [{speaker: ada, question: Did Ada say so?}]\n")
    put(project / "jams/2027-02.yaml", 'gapcheck: people/1\npeople: {"\\x61da": {name: "\\x41da"}}\n')
    commit("Share")
    known = history.remembered("ada")
    assert set(known.named) == {"people.yaml", "jams/2027-01.yaml", "jams/2027-02.yaml"}
    assert known.doubtful == ("jams/2027-01.yaml", "jams/2027-02.yaml")


def test_the_command_names_files_as_a_shell_takes_them() -> None:
    known = history.History(("1 x",), ("our sheets/ada.yaml", "$x/ada.yaml"))
    command, lines = history.rewriting(known)
    assert command == "git filter-repo --invert-paths --path 'our sheets/ada.yaml' --path '$x/ada.yaml'"
    assert lines == ()
