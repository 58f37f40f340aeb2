"""gapcheck catalog lint: what is wrong with a catalog, as lines that editors and build servers can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SHOP = ROOT / "tests" / "files" / "catalog"
LINE = re.compile(r"(error|warning): (?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): \S+: \S.* \[[a-z-]+\]")
POSIX_NAMES = pytest.mark.skipif(os.name == "nt", reason="no such file names there")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of a catalog of five skills, little more than names: warnings, no errors."""
    return Path(shutil.copytree(SHOP, tmp_path / "skills"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def break_a_level(shop: Path) -> None:
    """An error on line 28 of attract.yaml, column 7."""
    edit(shop / "attract.yaml", "Builds and tests a page alone, by the agreed day.", "Knows landing pages.")


def test_the_shipped_catalog_has_no_findings_and_its_roles_are_timed(run: Run) -> None:
    done = run("catalog", "lint")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"[a-z-]+: \d+ skills, \d+ minutes, \d+ minutes with \d+ checks", line)


def test_warnings_alone_are_0_and_the_catalog_works(run: Run, shop: Path, tmp_path: Path) -> None:
    done = run("catalog", "lint", "--catalog", "skills")
    assert done.returncode == 0
    assert done.stderr == ""
    assert {line.partition(":")[0] for line in done.stdout.splitlines()} == {"warning", "buyer", "manager"}
    levels = "".join(f"  {skill}: 2\n" for skill in ("paid-social", "landing-pages", "copywriting", "budgeting"))
    (tmp_path / "me.yaml").write_text(
        f"gapcheck: sheet/1\nperson: ada\nrole: manager\ndate: 2027-01-04\nlevels:\n{levels}", encoding="utf-8"
    )
    assert run("report", "me.yaml", "--catalog", "skills").returncode == 0


def test_an_error_is_1_and_says_file_line_column_path_message_and_rule(run: Run, shop: Path) -> None:
    break_a_level(shop)
    done = run("catalog", "lint", "--catalog", "skills", "-q")
    assert (done.returncode, done.stderr) == (1, "")
    (error,) = [line for line in done.stdout.splitlines() if not line.startswith("warning: ")]
    assert error == (
        f"error: {Path('skills', 'attract.yaml')}:28:7: skills.landing-pages.levels.4: "
        "says what someone knows or is; begin with what a colleague could see them do [anchors-doing]"
    )


def test_findings_are_sorted_by_file_and_line_whatever_rule_they_are_of(run: Run, shop: Path) -> None:
    break_a_level(shop)
    edit(shop / "lead.yaml", "importance: 4,", "importance: 4, needs: {team-building: 1},")
    told = run("catalog", "lint", "--catalog", "skills", "-q").stdout.splitlines()
    found = [match for line in told if (match := LINE.fullmatch(line))]
    assert len(found) == len(told)
    places = [(match["file"], int(match["line"]), int(match["column"])) for match in found]
    assert places == sorted(places)
    assert len({file for file, _line, _column in places}) == 2
    assert [line.partition(":")[0] for line in told].count("error") == 2


def test_quiet_leaves_the_reading_times_out_and_nothing_else(run: Run, shop: Path) -> None:
    loud = run("catalog", "lint", "--catalog", "skills").stdout
    quiet = run("catalog", "lint", "--catalog", "skills", "-q").stdout
    assert loud == quiet + "buyer: 5 skills, 1 minute\nmanager: 4 skills, 1 minute\n"


def test_without_roles_there_are_no_reading_times_and_no_empty_line(run: Run, shop: Path) -> None:
    shutil.rmtree(shop / "roles")
    edit(shop / "catalog.yaml", "default_role: manager\n", "")
    assert all(LINE.fullmatch(line) for line in run("catalog", "lint", "--catalog", "skills").stdout.splitlines())


def test_the_catalog_of_the_project_is_the_one_that_is_linted(run: Run, shop: Path, tmp_path: Path) -> None:
    (tmp_path / "gapcheck.yaml").write_text("gapcheck: config/1\ncatalog: skills\n", encoding="utf-8")
    assert run("catalog", "lint").stdout == run("catalog", "lint", "--catalog", "skills").stdout


ALL_WARNINGS = ("anchors-missing", "checks-missing", "skill-unreached")


def test_rules_are_switched_off_for_a_run(run: Run, shop: Path) -> None:
    break_a_level(shop)
    off = [part for rule in (*ALL_WARNINGS, "anchors-doing") for part in ("--ignore", rule)]
    done = run("catalog", "lint", "--catalog", "skills", "-q", *off)
    assert (done.returncode, done.stdout) == (0, "")
    left = run("catalog", "lint", "--catalog", "skills", "-q", *off[:-2])
    assert left.returncode == 1
    assert len(left.stdout.splitlines()) == 1


def test_rules_are_switched_off_for_good_in_catalog_yaml(run: Run, shop: Path) -> None:
    break_a_level(shop)
    with (shop / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write(f"lint_ignore: [{', '.join(ALL_WARNINGS)}]\n")
    done = run("catalog", "lint", "--catalog", "skills", "-q")
    assert [line.rpartition(" ")[2] for line in done.stdout.splitlines()] == ["[anchors-doing]"]
    more = run("catalog", "lint", "--catalog", "skills", "-q", "--ignore", "anchors-doing")
    assert (more.returncode, more.stdout) == (0, "")


def test_unknown_rules_are_2_all_of_them_named_with_what_was_meant(run: Run, shop: Path) -> None:
    with (shop / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write("lint_ignore: [anchors-long, anchor-doing]\n")
    done = run("catalog", "lint", "--catalog", "skills", "--ignore", "answers-bunch", "--ignore", "zzz")
    assert (done.returncode, done.stdout) == (2, "")
    meant, known, in_file = done.stderr.splitlines()
    assert meant == "--ignore: there is no rule answers-bunch; did you mean answers-bunched?"
    assert known.startswith("--ignore: there is no rule zzz; known are anchors-missing, ")
    assert in_file == (
        f"{Path('skills', 'catalog.yaml')}:7:29: lint_ignore.1: "
        "there is no rule anchor-doing; did you mean anchors-doing?"
    )


def test_a_catalog_that_cannot_be_read_is_2_and_is_not_linted(run: Run, shop: Path) -> None:
    break_a_level(shop)
    edit(shop / "lead.yaml", "importance: 4", "importance: 9")
    done = run("catalog", "lint", "--catalog", "skills")
    assert (done.returncode, done.stdout) == (2, "")
    assert "lead.yaml:6:46: skills.team-building.importance: must be" in done.stderr
    assert run("catalog", "lint", "--catalog", "nowhere").returncode == 2


def test_no_learning_hours_are_a_fault_of_the_file(run: Run, shop: Path) -> None:
    edit(shop / "attract.yaml", "importance: 3}", "importance: 3, learn: [{to: 4, hours: 0, do: Read}]}")
    done = run("catalog", "lint", "--catalog", "skills")
    assert done.returncode == 2
    assert "skills.copywriting.learn.0.hours: must be whole hours from 1 to 500" in done.stderr


HOSTILE = r"\n::error::b\r\x1b[31m\u202e\u2028::warning::c"
"""As it is written in YAML's double quotes: line ends, colour, a direction override, commands to a build server."""


def inert(text: str) -> bool:
    """Nothing but printable characters, one finding or role a line."""
    marks = {character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")}
    return marks <= {"\n"} and all(re.match("(error|warning|buyer|manager): ", line) for line in text.splitlines())


def test_hostile_texts_in_a_catalog_come_out_inert(run: Run, shop: Path) -> None:
    stage = shop / "attract.yaml"
    text = stage.read_text(encoding="utf-8").replace("0: Could not name our landing pages.", f'0: "{HOSTILE}"')
    text = text.replace("name: Paid social", f'name: "{HOSTILE}"').replace(
        "real: [", f'real: ["{HOSTILE}", "{HOSTILE}", '
    )
    stage.write_text(text.replace("4: Builds", f'3: "{HOSTILE}"\n      4: Builds'), encoding="utf-8")
    done = run("catalog", "lint", "--catalog", "skills")
    assert done.returncode == 1
    assert {"[terms-mixed]", "[anchors-repeat]"} <= {line.split(" ")[-1] for line in done.stdout.splitlines()}
    assert inert(done.stdout)


@POSIX_NAMES
def test_a_folder_with_a_hostile_name_comes_out_inert(run: Run, shop: Path, tmp_path: Path) -> None:
    """A project's gapcheck.yaml can name it: the name is not only the user's own."""
    name = "x\n::error::b\r\x1b[31m\u202ec"
    shop.rename(tmp_path / name)
    done = run("catalog", "lint", "--catalog", name)
    assert done.returncode == 0
    assert inert(done.stdout)
    assert "::error::b" in done.stdout


def test_an_unknown_rule_with_a_hostile_name_comes_out_inert(run: Run) -> None:
    done = run("catalog", "lint", "--ignore", "x\n::error::b\x1b[31m")
    assert done.returncode == 2
    assert done.stderr.startswith("--ignore: ")
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_reader_that_goes_away_leaves_the_exit_code_at_1(environment: dict[str, str], shop: Path) -> None:
    break_a_level(shop)
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "gapcheck", "catalog", "lint", "--catalog", str(shop)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, check=False, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


# gapcheck sheet lint

MINE = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nlevels: {paid-social: 2}\n"


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_path_the_projects_sheets_are_checked(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gapcheck.yaml", "gapcheck: config/1\nsheets: ours\n")
    put(tmp_path / "ours" / "ada.yaml", MINE)
    put(tmp_path / "sheets" / "ben.yaml", "gapcheck: sheet/1\n")
    done = run("sheet", "lint")
    assert (done.returncode, done.stderr) == (0, "1 sheet, no fault\n")


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
def test_what_a_team_would_miss_is_a_fault_of_a_folder(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "sheets" / "ada.yaml", MINE)
    put(tmp_path / "sheets" / "ben.yml", MINE)
    put(tmp_path / "sheets" / "site.yml", "title: Ours\n")
    put(tmp_path / "away" / "cleo.yaml", MINE)
    (tmp_path / "sheets" / "more").symlink_to(tmp_path / "away", target_is_directory=True)
    done = run("sheet", "lint", "sheets")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            f"{Path('sheets', 'ben.yml')}: is a sheet, and would be missed: end its name in .yaml",
            f"{Path('sheets', 'more')}: is a link to a folder, and none is followed; move its files here, or name that"
            " folder",
        ],
    )


def test_a_sheet_that_a_team_would_miss_is_a_fault_also_where_a_hook_names_it(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "sheets" / "ben.yml", MINE)
    put(tmp_path / "me.yml", MINE)
    done = run("sheet", "lint", "me.yml", str(Path("sheets", "ben.yml")))
    assert (done.returncode, done.stderr) == (
        2,
        f"{Path('sheets', 'ben.yml')}: is a sheet, and would be missed: end its name in .yaml\n",
    )


def test_a_folder_without_a_sheet_a_delivery_or_a_plan_is_told_beside_the_other_faults(
    run: Run, tmp_path: Path
) -> None:
    put(tmp_path / "sheets" / "people.yaml", "gapcheck: people/1\npeople: {}\n")
    (tmp_path / "none").mkdir()
    put(tmp_path / "ada.yaml", MINE)
    done = run("sheet", "lint", "none", "sheets", "ada.yaml", "gone")
    assert (done.returncode, sorted(done.stderr.splitlines())) == (
        2,
        [
            "gone: there is no such file or folder",
            "none: there is no sheet, delivery or plan in it",
            "sheets: there is no sheet, delivery or plan in it",
        ],
    )
