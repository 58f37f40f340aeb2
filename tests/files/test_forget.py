"""Forgetting a person: everything that names them is found, nothing else is touched, and no byte moves around it."""

from __future__ import annotations

import json
import os
import re
import shlex
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


def git(*arguments: str) -> None:
    named = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *named, *arguments], check=True, capture_output=True)


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
    plan = forget.find("ada", SETTINGS)
    forget.carry_out(plan, "ada")
    if again:
        commit("Forget")
        plan = forget.find("ada", SETTINGS)
        assert plan.steps == []
    known = forget.remembered(plan, "ada", SETTINGS)
    assert known is not None
    root = f"{below}/" if below else ""
    told = sorted(line.partition(" ")[2] for line in known.commits)
    assert told == sorted(["Call her as she is called", "Call her anew", "Share", *(["Forget"] if again else [])])
    assert sorted(known.about) == [f"{root}our sheets/ada.yaml", f"{root}our sheets/old/who.yaml"]
    assert sorted(known.named) == [f"{root}{name}" for name in ("gapcheck-baseline.json", *NAMED)]
    assert sorted(known.names) == ["Ada Example", "Ada Sample (she)", "Ada Third"]
    assert known.outside == ()


NAMED = ("jams/2027-01.yaml", "people.yaml")


@GIT
def test_a_side_branch_is_history_too_and_others_with_a_longer_id_are_none_of_theirs(project: Path) -> None:
    git("init", "--initial-branch=main")
    team_of_a_repository(project)
    git("checkout", "-b", "side")
    commit("Share")
    git("checkout", "--orphan", "other")
    git("rm", "-rf", "--quiet", "--ignore-unmatch", ".")
    put(project / "people.yaml", f"gapcheck: people/1\npeople:\n{OTHERS}")
    commit("Begin anew")
    (known,) = [forget.remembered(forget.Plan(), "ada", SETTINGS)]
    assert known is not None
    assert [line.partition(" ")[2] for line in known.commits] == ["Share"]
    nobody = forget.remembered(forget.Plan(), "ad", SETTINGS)
    assert nobody == history.History((), (), (), (), ())


@GIT
def test_where_git_cannot_say_nothing_is_said_to_be_known(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert forget.remembered(forget.Plan(), "ada", SETTINGS) is None
    assert not history.in_repository()
    git("init")
    team_of_a_repository(project)
    commit("Share")
    assert history.in_repository()
    away = forget.remembered(forget.Plan(), "ada", Config(sheets="../sheets"))
    assert away is not None
    assert (away.about, away.outside) == ((), (Path("../sheets/ada.yaml"),))
    assert forget.remembered(forget.Plan(), "ada", Config(sheets=":(glob)**")) is not None
    monkeypatch.setenv("PATH", "")
    assert forget.remembered(forget.Plan(), "ada", SETTINGS) is None


class Blobs:
    """What git filter-repo hands to its callback, with a file's content for its id."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        pairs = [line.removeprefix("regex:").rsplit("==>", 1) for line in lines]
        self.rules = [(re.compile(one.encode()), other.encode()) for one, other in pairs]

    def get_contents_by_identifier(self, blob: bytes) -> bytes:
        return blob

    def apply_replace_text(self, text: bytes) -> bytes:
        for rule, instead in self.rules:
            text = rule.sub(instead, text)
        return text

    def insert_file_with_contents(self, text: bytes) -> bytes:
        return text


def rewritten(known: history.History, name: str, text: str, person: str = "ada") -> str:
    """A file's text after the callback of the command that is proposed."""
    command, lines = history.rewriting(known, person)
    body = shlex.split(command)[-1]
    space: dict[str, Any] = {}
    exec(f"def callback(filename, mode, blob_id, value):\n  {body}", space)  # noqa: S102
    return space["callback"](name.encode(), b"100644", text.encode(), Blobs(lines))[2].decode()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("ada: {name: Ada Example}", "someone: {name: someone}"),
        ("speaker: \"ada\"\nspeaker: 'ada'", "speaker: \"someone\"\nspeaker: 'someone'"),
        ("Canada, ada-mae, ada.b, b.ada, x_ada, ada2", None),
        ("Ask ada. Or Ada\n    Example, Zoë Großmann", "Ask someone. Or someone, someone"),
        ("Canada Example, MacAda Example, Ada Examples", None),
    ],
)
def test_a_person_is_replaced_and_no_longer_word_that_has_them_in_it(text: str, after: str | None) -> None:
    known = history.History(("1 x",), (), ("a b/people.yaml", "jams/it's \N{EM DASH}.yaml"), NAMES, ())
    for name in known.named:
        assert rewritten(known, name, text) == (text if after is None else after)
    assert rewritten(known, "people.yaml", text) == text


NAMES = ("Ada Example", "Zoë Großmann")


def test_the_command_names_files_as_a_shell_takes_them() -> None:
    known = history.History(("1 x",), ("our sheets/ada.yaml", "$x/ada.yaml"), (), (), ())
    command, lines = history.rewriting(known, "ada")
    assert command == "git filter-repo --invert-paths --path 'our sheets/ada.yaml' --path '$x/ada.yaml'"
    assert lines == ()
