"""gapcheck sheet share and forget, as processes: what is written, what is refused, and what is said about it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from gapcheck.files import catalogs, sheets
from tests.files.conftest import SHOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cli.conftest import Run

LINKS = pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")

SHEET = """\
gapcheck: sheet/1
person: ada
role: manager
group: growth
date: 2027-01-04
catalog: {name: corner-shop, version: 1.0.0, digest: 3f9a1c0b7d42}
hours_per_week: 4
levels:
  paid-social: 3
  landing-pages: unknown
  copywriting: n/a
dates: {landing-pages: 2026-05-11}
checks: {paid-social: {2: a}}
settled: {paid-social: 2}
notes: {landing-pages: Never share this sentence.}
"""

COPY = """\
gapcheck: sheet/1
person: "ada"
role: "manager"
group: "growth"
date: 2027-01-04
catalog: {name: "corner-shop", version: "1.0.0"}
levels:
  # attract
  paid-social: 2
  landing-pages: unknown
  copywriting: n/a
dates:
  landing-pages: "2026-05-11"
"""


@pytest.fixture
def mine(home: Path) -> Path:
    """Ada's private sheet."""
    return put(home / "sheets" / "ada" / "2027-01-04.yaml", SHEET)


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


SETTINGS = "gapcheck: config/1\n"


@pytest.fixture
def share(run: Run, tmp_path: Path) -> Run:
    """Run `gapcheck sheet share` in a project, under the small catalog of tests/files."""
    put(tmp_path / "gapcheck.yaml", SETTINGS)
    return partial(run, "sheet", "share", env={"GAPCHECK_CATALOG": str(SHOP)})


def test_the_latest_sheet_is_shared_without_what_is_private(share: Run, mine: Path, tmp_path: Path) -> None:
    done = share()
    text = (tmp_path / "sheets" / "ada.yaml").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        f"wrote {Path('sheets', 'ada.yaml')}: 3 of 3 answers of ada",
        "left out, and still yours alone: levels claimed where another was settled (1), answers to checks (1), "
        "notes (1), hours and hands (1)",
    ]
    assert text == COPY
    assert mine.read_text(encoding="utf-8") == SHEET


def test_skills_can_be_chosen_and_a_dry_run_writes_nothing(share: Run, mine: Path, tmp_path: Path) -> None:
    done = share("--skill", "paid-social", "--dry-run")
    assert done.returncode == 0
    assert "  paid-social: 2\n" in done.stdout
    assert "landing-pages" not in done.stdout
    assert done.stderr.startswith(f"would write {Path('sheets', 'ada.yaml')}: 1 of 3 answers")
    assert "skills not chosen (2)" in done.stderr
    assert not (tmp_path / "sheets").exists()


def test_the_project_says_where_and_an_own_catalog_where_the_schema_is(run: Run, mine: Path, tmp_path: Path) -> None:
    shutil.copytree(SHOP, tmp_path / "skills")
    put(tmp_path / "skills" / "schema" / "sheet.json", "{}")
    put(tmp_path / "gapcheck.yaml", "gapcheck: config/1\ncatalog: skills\nsheets: team/sheets\n")
    assert run("sheet", "share", "-q").stderr == ""
    path = tmp_path / "team" / "sheets" / "ada.yaml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../skills/schema/sheet.json"
    assert (path.parent / first.partition("=")[2]).is_file()
    assert sheets.load(path, catalogs.load(tmp_path / "skills").catalog).levels["paid-social"] == 2


def test_a_schema_outside_of_the_project_is_not_pointed_at(run: Run, mine: Path, tmp_path: Path) -> None:
    """A path that leads out of the project names somebody's machine, and leads nowhere on another."""
    shutil.copytree(SHOP, tmp_path / "skills")
    put(tmp_path / "skills" / "schema" / "sheet.json", "{}")
    put(tmp_path / "project" / "gapcheck.yaml", SETTINGS)
    done = run("sheet", "share", "--dry-run", "--catalog", str(tmp_path / "skills"), cwd=tmp_path / "project")
    assert done.stdout == COPY


def test_output_goes_elsewhere_or_to_standard_output(share: Run, mine: Path, tmp_path: Path) -> None:
    assert share(str(mine), "--output", "x/copy.yaml").returncode == 0
    assert (tmp_path / "x" / "copy.yaml").is_file()
    done = share(str(mine), "--output", "-")
    assert done.stdout == (tmp_path / "x" / "copy.yaml").read_text(encoding="utf-8")
    assert done.stderr.startswith("printed: 3 of 3")
    assert not (tmp_path / "sheets").exists()


def test_ones_own_older_copy_is_replaced_as_a_whole(share: Run, mine: Path, tmp_path: Path) -> None:
    old = put(
        tmp_path / "sheets" / "ada.yaml", "gapcheck: sheet/1\nperson: ada\ndate: 2026-01-04\nlevels: {budgeting: 1}\n"
    )
    assert share("--skill", "paid-social").returncode == 0
    assert "budgeting" not in old.read_text(encoding="utf-8")
    assert share().returncode == 0
    assert "landing-pages" in old.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("gapcheck: sheet/1\nperson: ben\ndate: 2026-01-04\n", "is a sheet of ben; choose another file"),
        ("gapcheck: sheet/1\nperson: ada\ndate: 2026-01-04\nrater: peer\nby: ben\n", "is a sheet of ada; choose"),
        (
            "gapcheck: sheet/1\nperson: ada\ndate: 2027-02-04\n",
            "is of 2027-02-04, newer than the sheet to share, of 2027-01-04; ",
        ),
        ("gapcheck: sheet/1\nperson: ada\ndate: 2027-02-04\n", "gapcheck assess --again all"),
        ("gapcheck: people/1\npeople: {}\n", "stands there and is no sheet that can be read"),
        ("my shopping list\n", "stands there and is no sheet that can be read"),
        (
            "gapcheck: sheet/1\nperson: ada\ndate: 2026-01-04\nnotes: {paid-social: x}\n",
            "holds more than a shared copy",
        ),
    ],
)
def test_nothing_but_ones_own_older_copy_is_overwritten(
    share: Run, mine: Path, tmp_path: Path, there: str, told: str
) -> None:
    path = put(tmp_path / "sheets" / "ada.yaml", there)
    done = share()
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert path.read_text(encoding="utf-8") == there


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_outside_of_a_project_nothing_is_shared_unless_a_file_is_named(
    run: Run, mine: Path, tmp_path: Path, dry: list[str]
) -> None:
    env = {"GAPCHECK_CATALOG": str(SHOP)}
    here = tmp_path / "anywhere"
    here.mkdir()
    done = run("sheet", "share", *dry, env=env, cwd=here)
    assert (done.returncode, done.stdout, [*here.iterdir()]) == (2, "", [])
    assert done.stderr == (
        "there is no gapcheck.yaml here, so this is no team's folder; go to the team's folder, or make this one it: a "
        'file gapcheck.yaml that says "gapcheck: config/1"; or name a file with --output\n'
    )
    assert run("sheet", "share", "--output", "copy.yaml", env=env, cwd=here).returncode == 0
    put(tmp_path / "gapcheck.yaml", SETTINGS)
    assert f"the one of {tmp_path} is meant, go there" in run("sheet", "share", env=env, cwd=here).stderr
    put(here / "gapcheck.yaml", SETTINGS)
    assert run("sheet", "share", env=env, cwd=here).returncode == 0


@LINKS
def test_nothing_is_written_through_a_symbolic_link(share: Run, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "ada.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert share().returncode == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--skill", "paid-socal"], "did you mean paid-social?"),
        (["--skill", "budgeting"], "--skill: budgeting is open in the sheet of ada"),
        (["--person", "ben"], "no sheet of ben yet"),
        (["{mine}", "--person", "ben"], "is the sheet of ada, not of ben"),
        (["{peer}"], "is what ben says about ada; people share their own sheets only"),
        (["{empty}"], "has no answer to share"),
    ],
)
def test_what_cannot_be_shared_is_told_and_nothing_is_written(
    share: Run, mine: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    head = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\n"
    peer = put(tmp_path / "peer.yaml", f"{head}rater: peer\nby: ben\nlevels: {{paid-social: 5}}\n")
    empty = put(tmp_path / "empty.yaml", head)
    done = share(*(each.format(mine=mine, peer=peer, empty=empty) for each in arguments))
    assert done.returncode == 2
    assert told in done.stderr
    assert not (tmp_path / "sheets").exists()


@pytest.fixture
def team(mine: Path, tmp_path: Path) -> Path:
    """A project in which Ada stands in two more places."""
    put(tmp_path / "sheets" / "ada.yaml", COPY)
    put(tmp_path / "sheets" / "ben.yaml", COPY.replace('"ada"', '"ben"'))
    people = "  ada: {name: Ada Example}\n  ben: {name: Ben Example}\n"
    put(tmp_path / "people.yaml", f"gapcheck: people/1\npeople:\n{people}")
    return tmp_path


def left(project: Path) -> list[str]:
    """Where the id still stands, in files and in their names."""
    found = [path for path in project.rglob("*") if path.is_file() and ".git" not in path.parts]
    return [path.name for path in found if "ada" in path.read_text(encoding="utf-8") or "ada" in path.parts]


def test_without_a_terminal_and_yes_everything_is_listed_and_nothing_changed(run: Run, team: Path, mine: Path) -> None:
    done = run("sheet", "forget", "ada")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        f"{mine}: private sheet, deleted",
        f"{Path('sheets', 'ada.yaml')}: sheet, deleted",
        "people.yaml: entry taken out",
    ]
    assert "--yes" in done.stderr
    assert len(left(team)) == 3


def test_a_dry_run_lists_and_changes_nothing(run: Run, team: Path) -> None:
    done = run("sheet", "forget", "ada", "--dry-run", "--yes")
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (0, 3, "")
    assert len(left(team)) == 3


def test_with_yes_all_of_it_goes_and_others_stay(run: Run, team: Path, home: Path) -> None:
    done = run("sheet", "forget", "ada", "--yes")
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == "ada is forgotten here: 3 files"
    assert left(team) == []
    assert not (home / "sheets" / "ada").exists()
    assert (team / "people.yaml").read_text() == "gapcheck: people/1\npeople:\n  ben: {name: Ben Example}\n"
    assert (team / "sheets" / "ben.yaml").is_file()
    assert run("sheet", "forget", "ada", "--yes").stderr.splitlines()[0] == "nothing here names ada"


def test_a_list_of_people_that_cannot_be_read_says_that_nothing_was_looked_for(run: Run, team: Path) -> None:
    put(team / "people.yaml", "people: [\n")
    done = run("sheet", "forget", "ada", "--yes", cwd=team)
    assert done.returncode == 2
    assert done.stderr.endswith("; nothing was looked for, nothing is changed: put it right, then run this again\n")
    assert (team / "sheets" / "ada.yaml").exists()


def test_what_is_left_to_be_done_by_hand_is_told(run: Run, team: Path) -> None:
    old = put(team / "old" / "people.yaml", "gapcheck: people/1\npeople: {zed: {name: Zed Example}}\n")
    done = run("sheet", "forget", "zed", "--dry-run", cwd=team)
    told = "names zed where only a reader can tell what to do; change or delete it by hand"
    assert done.stderr.splitlines()[0] == f"{Path('old', 'people.yaml')}: {told}"
    assert "nothing here names" not in done.stderr
    assert old.exists()


def test_an_id_that_is_none_is_refused(run: Run, team: Path) -> None:
    for given in ("../ben", "Ada", "con", ""):
        done = run("sheet", "forget", given, "--yes")
        assert done.returncode == 2
        assert done.stderr.startswith("ID: must be")


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("typed", "remaining"), [("ada", 0), ("yes", 3), ("", 3)])
def test_on_a_terminal_the_id_has_to_be_typed(
    environment: Mapping[str, str], team: Path, typed: str, remaining: int
) -> None:
    command = ["-m", "gapcheck", "sheet", "forget", "ada"]
    child = pexpect.spawn(sys.executable, command, env=dict(environment), cwd=str(team), encoding="utf-8", timeout=20)
    child.expect_exact("people.yaml: entry taken out")
    child.expect_exact("Type ada to go on: ")
    child.sendline(typed)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert len(left(team)) == remaining
    assert ("nothing was changed" in child.before) == bool(remaining)


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_what_git_still_holds_is_told_with_the_way_to_rewrite_it(run: Run, team: Path) -> None:
    def git(*arguments: str) -> None:
        named = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *named, *arguments], check=True, capture_output=True, cwd=team)

    git("init")
    git("commit", "--allow-empty", "-m", "Begin")
    git("add", "sheets", "people.yaml")
    git("commit", "-m", "Share what we know")
    done = run("sheet", "forget", "ada", "--yes")
    assert done.returncode == 0
    said = [line.strip() for line in done.stderr.splitlines()]
    assert said[1] == "git history still holds files that name ada, here and in every clone; commits: 1"
    assert said[2].endswith("Share what we know")
    (command,) = [line for line in said if line.startswith("git filter-repo")]
    assert command == "git filter-repo --invert-paths --path sheets/ada.yaml --file-info-callback ../forget.py"
    assert "b'people.yaml'," in said
    assert "Looked at: each version of each text file of up to 1 MiB in 2 commits, on all" in said
    git("commit", "-am", "Forget")
    again = run("sheet", "forget", "ada", "--yes")  # nothing stands there any more; history does
    assert [line.strip() for line in again.stderr.splitlines()][1:-3] == said[1:-3]
    assert run("sheet", "forget", "zoe", "--yes").stderr.splitlines()[:2] == [
        "nothing here names zoe",
        "no commit holds files that name zoe",
    ]


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_all_that_is_left_to_somebodys_own_eyes_is_told(run: Run, team: Path) -> None:
    """By a dry run too: what git holds is worth knowing before anything is deleted."""

    def git(*arguments: str, cwd: Path = team) -> None:
        named = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *named, *arguments], check=True, capture_output=True, cwd=cwd)

    git("init")
    shutil.copy(team / "people.yaml", team / "old.yaml")
    people = (team / "people.yaml").read_text(encoding="utf-8").replace("Ada Example", "Ada")
    put(team / "people.yaml", people)
    put(team / "jams" / "2027-01.yaml", "gapcheck: jam/1\nslots: [{speaker: ada, question: Did Ada say so?}]\n")
    for number in range(12):
        put(team / "notes" / f"{number:02}.txt", "ask ada")
    put(team / "scan.bin", "\0")
    put(team / "other" / "gapcheck.yaml", SETTINGS)
    put(team / "other" / "ada.yaml", COPY)
    git("add", ".")
    git("commit", "-m", "Share")
    git("clone", "--depth=1", team.as_uri(), str(team / "clone"))
    git("init", cwd=team / "clone" / "other")
    done = run("sheet", "forget", "ada", "--dry-run", cwd=team / "clone")
    told = [line.strip() for line in done.stderr.splitlines()]
    assert done.returncode == 0
    assert told[0].startswith(f"{Path('other', 'ada.yaml')}: a sheet or plan of ada, of another project; if")
    assert told[2].startswith(f"{team / 'clone' / 'other'}: another repository; ")
    assert {
        "old.yaml: names ada where only a reader can tell what to do; change or delete it by hand",
        "Read its paths first: a sheet in another project may be of somebody else called ada.",
        "notes/09.txt",
        "and 2 more",
        "This clone is shallow and lacks older commits: get them (git fetch --unshallow) and run this again.",
    } <= set(told)
    left_in = told.index(
        "A name is left by that in some files, since somebody else may be meant; look for ada yourself in"
    )
    assert told[left_in + 1] == "jams/2027-01.yaml"
    assert told[-1] == "scan.bin"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_where_git_cannot_say_the_reason_is_told_and_the_files_are_gone(run: Run, team: Path) -> None:
    (team / ".git").mkdir()
    done = run("sheet", "forget", "ada", "--yes", env={"LC_ALL": "C"})
    assert done.returncode == 0
    assert "git cannot say what its history holds: not a git repository" in done.stderr
    assert left(team) == []


def test_a_refused_command_leaves_no_private_folder_behind(run: Run, home: Path) -> None:
    """An empty one would still say whose it is."""
    for refused in (
        ["assess", "--person", "ada", "--set", "paid-social=9"],
        ["assess", "--person", "ada", "--answers", "no-such-file"],
        ["assess", "--person", "ada", "--set", "paid-social=3", "--catalog", "no-such-folder"],
        ["log", "paid-social", "--hours", "1", "--person", "ada"],
    ):
        assert run(*refused).returncode == 2
        assert not (home / "sheets" / "ada").exists()
    assert run("assess", "--person", "ada", "--set", "paid-social=3", "--allow-missing").returncode == 0
    assert run("assess", "--person", "ada", "--set", "paid-social=9").returncode == 2
    assert [path.suffix for path in (home / "sheets" / "ada").glob("2*")] == [".yaml"]


def test_outside_a_repository_git_is_not_run(run: Run, team: Path, tmp_path: Path) -> None:
    trap = put(tmp_path / "bin" / "git", "#!/bin/sh\ntouch ran\n")
    trap.chmod(0o755)
    done = run("sheet", "forget", "ada", "--yes", env={"PATH": f"{trap.parent}{os.pathsep}{os.environ['PATH']}"})
    assert done.returncode == 0
    assert not (team / "ran").exists()
