"""Where private sheets live: which one is a person's latest, who else rated, and what is never overwritten."""

from __future__ import annotations

import datetime as dt
import os
import stat
from typing import TYPE_CHECKING

import pytest

from gapcheck.files import store
from gapcheck.problems import InputError
from tests.files.reading import refused

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2027, 1, 4)
BESIDE = "2027-01-04.sitting.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of our own."""
    monkeypatch.setenv(store.HOME_VARIABLE, str(tmp_path))
    return tmp_path


def put(home: Path, person: str, *names: str) -> None:
    folder = home / "sheets" / person
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())


def held(person: str) -> None:
    with store.sitting(person):
        pass


def test_home_is_what_the_variable_says_else_the_systems_place(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.home() == home
    monkeypatch.delenv(store.HOME_VARIABLE)
    assert store.home().name == "gapcheck"
    monkeypatch.setenv(store.HOME_VARIABLE, "")
    assert store.home().name == "gapcheck", "an empty variable names no folder"


def test_a_sheet_lies_by_person_and_day_and_by_whoever_else_rated(home: Path) -> None:
    assert store.sheet_path("ada", DAY) == home / "sheets" / "ada" / "2027-01-04.yaml"
    assert store.sheet_path("ada", DAY, "peer-ben").name == "2027-01-04.peer-ben.yaml"


def test_the_latest_is_of_one_rater_only(home: Path) -> None:
    own = ("2026-10-01.yaml", "2027-01-04.yaml")
    others = ("2027-02-01.peer-ben.yaml", "2027-03-01.manager-eve.yaml", "2026-11-01.peer-ben.yaml")
    put(home, "ada", *own, *others, "2027-05-01.sitting.yaml", ".2027-06-01.yaml.ab12.tmp", "notes.yaml", ".lock")
    latest = store.latest("ada")
    assert latest is not None
    assert latest.name == "2027-01-04.yaml"
    by_ben = store.latest("ada", "peer-ben")
    assert by_ben is not None
    assert by_ben.name == "2027-02-01.peer-ben.yaml"
    assert store.latest("ada", "peer-eve") is None
    assert store.latest("nobody") is None


def test_of_others_the_newest_each_and_no_answers_saved_beside(home: Path) -> None:
    put(home, "ada", "2027-01-04.yaml", "2027-01-04.sitting.yaml", "2027-01-01.peer-ben.yaml")
    put(home, "ada", "2027-02-01.peer-ben.yaml", "2027-02-01.peer-ben.sitting.yaml", "2026-05-01.manager-eve.yaml")
    assert sorted(path.name for path in store.by_others("ada")) == [
        "2026-05-01.manager-eve.yaml",
        "2027-02-01.peer-ben.yaml",
    ]
    assert store.by_others("nobody") == ()


def test_people_are_those_with_a_sheet_of_their_own(home: Path) -> None:
    assert store.people() == ()
    put(home, "ben", "2027-01-04.yaml")
    put(home, "ada", "2027-01-04.yaml")
    put(home, "eve", "2027-01-04.peer-ben.yaml", ".lock")
    (home / "sheets" / "file").write_bytes(b"")
    assert store.people() == ("ada", "ben")


def test_a_journal_writes_whole_and_again(home: Path) -> None:
    path = store.sheet_path("ada", DAY)
    journal = store.Journal(path)
    for content in (b"one, and long", b"two"):
        journal.write(content)
        assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("now", [b"by hand", None], ids=["changed", "deleted"])
def test_what_somebody_changed_meanwhile_is_kept_and_the_answers_lie_beside(home: Path, now: bytes | None) -> None:
    put(home, "ada", "2027-01-04.yaml")
    path = store.sheet_path("ada", DAY)
    journal = store.Journal(path)
    journal.write(b"first")
    path.unlink() if now is None else path.write_bytes(now)
    told = refused(lambda: journal.write(b"second"))
    assert told == [f"was changed while the sitting was open; its answers are in {BESIDE}: keep what is right"]
    assert (path.read_bytes() if path.exists() else None) == now
    assert path.with_name(BESIDE).read_bytes() == b"second"


def test_a_sheet_that_appears_meanwhile_is_not_overwritten(home: Path) -> None:
    path = store.sheet_path("ada", DAY)
    journal = store.Journal(path)
    put(home, "ada", path.name)
    with pytest.raises(InputError):
        journal.write(b"new")
    assert path.read_bytes() == path.name.encode()


def test_answers_saved_beside_are_themselves_never_overwritten(home: Path) -> None:
    """Two sittings that both met a change: neither's answers are lost."""
    put(home, "ada", "2027-01-04.yaml")
    path = store.sheet_path("ada", DAY)
    for content in (b"of one sitting", b"of another"):
        journal = store.Journal(path)
        path.write_bytes(b"by hand, before " + content)
        with pytest.raises(InputError):
            journal.write(content)
    beside = {entry.read_bytes() for entry in path.parent.glob("*.sitting*.yaml")}
    assert beside == {b"of one sitting", b"of another"}


def test_one_sitting_at_a_time_for_a_person_and_others_do_not_wait(home: Path) -> None:
    with store.sitting("ada"):
        held("ben")
        assert refused(lambda: held("ada")) == ["another sitting for ada is under way; finish or close it first"]
    held("ada")


def test_a_sitting_ends_its_hold_also_where_it_fails(home: Path) -> None:
    with pytest.raises(ZeroDivisionError), store.sitting("ada"):
        raise ZeroDivisionError
    held("ada")


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_the_folder_of_a_person_is_its_owners_alone(home: Path) -> None:
    with store.sitting("ada"):
        assert stat.S_IMODE((home / "sheets" / "ada").stat().st_mode) == 0o700


def test_a_home_that_cannot_be_written_is_named_with_the_way_out(home: Path) -> None:
    (home / "sheets").write_bytes(b"a file")
    (told,) = refused(lambda: held("ada"))
    assert told.startswith("cannot be written: ")
    assert told.endswith("GAPCHECK_HOME can name another folder")


def test_a_sitting_that_keeps_nothing_leaves_no_folder_and_one_that_does_its_own(home: Path) -> None:
    """An empty one would still say whose it is."""
    held("ada")
    assert not (home / "sheets" / "ada").exists()
    put(home, "ada", "2027-01-04.yaml")
    held("ada")
    assert (home / "sheets" / "ada" / "2027-01-04.yaml").exists()


def test_what_a_killed_write_left_behind_goes_with_the_next_sitting(home: Path) -> None:
    put(home, "ada", "2027-01-04.yaml", ".2027-01-04.yaml.0a1b2c3d.tmp")
    held("ada")
    assert sorted(path.name for path in (home / "sheets" / "ada").glob("*.*")) == [".lock", "2027-01-04.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_nobody_else_can_list_whom_there_are_sheets_of(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(store.HOME_VARIABLE, str(home / "new" / "place"))
    made = [home / "new", home / "new/place", home / "new/place/sheets", home / "new/place/sheets/ada"]
    with store.sitting("ada"):
        assert [stat.S_IMODE(folder.stat().st_mode) for folder in made] == [0o700] * 4
        assert stat.S_IMODE((made[-1] / ".lock").stat().st_mode) == 0o600
