"""Disks that are full or read-only, and files changed, lost or reworded while a sitting is open: told, nothing lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

import resource

from gapcheck.files import catalogs, sheets
from tests.cli.catalog import CHECKS, DAY, SKILLS, files_of, keep, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run, Sit
    from tests.cli.driving import Sitting

BEGUN = "check_budget: 0\nlevels: {search: 3}"


def mounted(*arguments: str) -> None:
    """Mount something, or skip: it takes a right that few users have."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk))
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> None:
    """Write until nothing more goes onto a disk."""
    with contextlib.suppress(OSError), (disk / "films").open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 512)


def refused(sitting: Sitting) -> str:
    """The messages of a sitting that ends because an answer could not be kept."""
    assert sitting.code() == 2
    assert "bug" not in sitting.told
    return " ".join(sitting.told.split())


def rated_in_vain(sitting: Sitting) -> str:
    """Rate the skill in view; gives the messages, for it cannot be kept."""
    sitting.reply("2")
    sitting.press("2")
    return refused(sitting)


def test_a_full_disk_is_named_and_the_answers_before_stay(sit: Sit, small: Path, small_disk: Path) -> None:
    sitting = sit("--checks", "none", GAPCHECK_HOME=str(small_disk))
    sitting.view()
    assert sitting.rate(3).number == 2
    fill(small_disk)
    told = rated_in_vain(sitting)
    assert "cannot be written: no space left on device" in told
    assert "the answers before the last are saved in" in told
    assert "Go on with: gapcheck assess --person ada" in told
    assert sheet_of(small_disk, small).levels == {"search": 3}
    assert files_of(small_disk) == [f"{DAY}.yaml"]
    (small_disk / "films").unlink()
    again = sit(GAPCHECK_HOME=str(small_disk))
    again.view()
    assert again.reply("\r").number == 2


def test_a_file_that_may_not_grow_is_named_and_the_answers_before_stay(sit: Sit, home: Path, small: Path) -> None:
    limit = 300
    sitting = sit("--checks", "none", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    view = sitting.view()
    while view.kind != "end":
        view = sitting.rate(3)
    told = refused(sitting)
    assert "cannot be written: file too large" in told
    assert "the answers before the last are saved in" in told
    sheet = sheet_of(home, small)
    assert 0 < len(sheet.levels) < len(SKILLS)
    assert len(sheets.dump(sheet, catalogs.load(small).catalog)) <= limit


def test_a_disk_that_becomes_read_only_is_named(sit: Sit, home: Path, small: Path) -> None:
    keep(home, BEGUN)
    sitting = sit()
    sitting.view()
    assert sitting.reply("\r").number == 2
    mounted("--bind", str(home), str(home))
    try:
        mounted("-o", "remount,ro,bind", str(home))
        told = rated_in_vain(sitting)
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)
    assert "cannot be written: read-only file system" in told
    assert sheet_of(home, small).levels == {"search": 3}


def test_a_home_that_cannot_be_written_is_named_before_anything_is_asked(sit: Sit, home: Path, run: Run) -> None:
    home.write_text("a file, not a folder", encoding="utf-8")
    sitting = sit("--checks", "none")
    assert sitting.view().kind == "end"
    assert "GAPCHECK_HOME can name another folder" in refused(sitting)
    done = run("assess", "--set", "paid-social=1", "--allow-missing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "GAPCHECK_HOME can name another folder" in done.stderr


@pytest.mark.parametrize("change", ["by hand", "deleted"])
def test_a_sheet_changed_meanwhile_is_not_overwritten_and_the_answers_lie_beside_it(
    sit: Sit, home: Path, small: Path, change: str
) -> None:
    path = keep(home, BEGUN)
    sitting = sit()
    sitting.view()
    assert sitting.reply("\r").number == 2
    assert sitting.rate(4).kind == "delivery"
    path.unlink() if change == "deleted" else keep(home, "levels: {figures: 5}")
    sitting.press("A plan\r")
    told = refused(sitting)
    assert "was changed while the sitting was open" in told
    assert f"its answers are in {DAY}.sitting.yaml" in told
    answers = sheets.load(path.with_name(f"{DAY}.sitting.yaml"), catalogs.load(small).catalog)
    assert (answers.levels, answers.evidence) == ({"search": 3, "adverts": 4}, {"adverts": "A plan"})
    if change == "by hand":
        assert sheet_of(home, small).levels == {"figures": 5}
    else:
        assert files_of(home) == [f"{DAY}.sitting.yaml"]


def test_a_sheet_changed_before_the_first_answer_is_not_overwritten(sit: Sit, home: Path, small: Path) -> None:
    """While the question stands whether to go on, which can be long."""
    keep(home, BEGUN)
    sitting = sit()
    assert sitting.view().kind == "goes on"
    keep(home, "levels: {figures: 5}")
    sitting.press("\r")
    assert "was changed while the sitting was open" in refused(sitting)
    assert sheet_of(home, small).levels == {"figures": 5}


def edited(small: Path, stage: str, old: str, new: str) -> None:
    """Change a stage's file of the catalog."""
    path = small / f"{stage}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def begun_under_this_catalog(sit: Sit) -> None:
    """Two ratings and a note, then stopped."""
    sitting = sit("--checks", "none")
    sitting.view()
    sitting.rate(3)
    sitting.rate(2)
    sitting.press("q")
    assert sitting.code() == 0


def test_a_reworded_skill_is_told_and_the_sitting_goes_on(sit: Sit, home: Path, small: Path) -> None:
    begun_under_this_catalog(sit)
    edited(small, "attract", "  search:\n", "  search:\n    revised: 2027-01-10\n    why: Other words.\n")
    sitting = sit(day="2027-02-01")
    assert "1 skill you rated reworded. Later: gapcheck assess --again changed" in sitting.view().text + sitting.told
    assert sitting.reply("\r").number == 3
    digest = catalogs.load(small).catalog.digest
    ref = sheet_of(home, small).catalog
    assert ref is not None
    assert ref.digest == digest


def test_a_renamed_skill_keeps_its_answers(sit: Sit, home: Path, small: Path) -> None:
    begun_under_this_catalog(sit)
    edited(small, "attract", "  search:\n", "  findability:\n    was: [search]\n")
    sitting = sit()
    sitting.view()
    assert sitting.reply("\r").number == 3
    assert sitting.rate(1).number == 4
    assert sheet_of(home, small).levels == {"findability": 3, "adverts": 2, "writing": 1}


def test_a_skill_that_is_gone_is_named_with_its_place_and_nothing_is_touched(sit: Sit, home: Path, small: Path) -> None:
    begun_under_this_catalog(sit)
    path = home / "sheets" / "ada" / f"{DAY}.yaml"
    before = path.read_bytes()
    text = (small / "attract.yaml").read_text(encoding="utf-8")
    start, end = text.index("\n  search:"), text.index("\n  adverts:")
    (small / "attract.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    sitting = sit()
    assert sitting.view().kind == "end"
    told = refused(sitting)
    assert f"{DAY}.yaml:" in told
    assert "levels.search: unknown skill" in told
    assert path.read_bytes() == before


def test_a_check_that_is_gone_or_has_another_answer_is_no_crash(sit: Sit, home: Path, small: Path) -> None:
    """Its answer stays on the sheet; what it proves is for the model to say."""
    keep(home, f"check_budget: {CHECKS}\nchecks: {{search: {{'2': a, '3': b}}}}\nlevels: {{search: 3}}")
    text = (small / "attract.yaml").read_text(encoding="utf-8")
    start, end = text.index("\n      3:"), text.index("\n      4:")
    (small / "attract.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    sitting = sit()
    sitting.view()
    assert sitting.reply("\r").number == 2
    assert sitting.rate(2).number == 3
    assert sitting.until("summary").kind == "summary"
    sitting.press("\r")
    assert sitting.code() == 0
    assert sheet_of(home, small).checks["search"]["3"] == "b"


def test_a_role_that_is_gone_is_named(sit: Sit, home: Path, small: Path) -> None:
    keep(home, BEGUN)
    shutil.move(small / "roles" / "manager.yaml", small / "roles" / "boss.yaml")
    contents = small / "catalog.yaml"
    contents.write_text(contents.read_text(encoding="utf-8").replace("role: manager", "role: boss"), encoding="utf-8")
    sitting = sit(given=())
    assert sitting.view().kind == "end"
    assert "role: unknown role; known are boss, helper" in refused(sitting)
