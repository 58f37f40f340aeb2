"""Writes that cannot tear: a reader finds the old content or the new, whatever happens to the writer."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gapcheck.files import atomic
from tests.files.reading import refused

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has neither these modes nor these signals")
KILLS = int(os.environ.get("GAPCHECK_TEST_KILLS", "30"))


def write(path: Path, content: bytes) -> list[str]:
    """Write where it must be refused; gives what the user is told."""
    return refused(lambda: atomic.write(path, content))


def test_a_file_is_made_with_its_folders_and_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "sheet.yaml"
    atomic.write(path, b"one, and long")
    atomic.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["sheet.yaml"]


@pytest.mark.parametrize("call", ["fsync", "open", "replace"])
def test_a_failure_leaves_the_old_content_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "sheet.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path if call == "replace" else os, call, full)
    told = write(path, b"new")
    monkeypatch.undo()
    assert told == ["cannot be written: no space left on device"]
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["sheet.yaml"]


def test_ctrl_c_while_writing_leaves_the_old_content_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "sheet.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic.write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["sheet.yaml"]


def test_a_system_that_cannot_sync_folders_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives refuse; the new content is in its place by then."""
    really = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        really(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    atomic.write(tmp_path / "sheet.yaml", b"new")
    assert (tmp_path / "sheet.yaml").read_bytes() == b"new"


@pytest.mark.parametrize(
    "name", ["file/sheet.yaml", "folder", "x" * 300 + ".yaml"], ids=["in a file", "folder", "long"]
)
def test_a_place_that_cannot_be_written_is_a_fault_of_the_input(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "folder").mkdir()
    assert write(tmp_path / name, b"new")[0].startswith("cannot be written: ")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.parametrize("target", ["there.yaml", "nowhere.yaml"])
def test_never_through_a_symbolic_link(tmp_path: Path, target: str) -> None:
    (tmp_path / "there.yaml").write_bytes(b"old")
    link = tmp_path / "link.yaml"
    try:
        link.symlink_to(tmp_path / target)
    except OSError:
        pytest.skip("links need a right that this user does not have")
    assert write(link, b"new") == ["is a symbolic link; name the file itself"]
    assert link.is_symlink()
    assert (tmp_path / "there.yaml").read_bytes() == b"old"
    assert not (tmp_path / "nowhere.yaml").exists()


@POSIX
def test_a_private_file_is_its_owners_alone_also_where_an_open_one_stood(tmp_path: Path) -> None:
    path = tmp_path / "ada" / "sheet.yaml"
    atomic.write(path, b"one", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    atomic.write(path, b"two", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@POSIX
def test_any_other_file_gets_what_the_users_mask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        atomic.write(tmp_path / "report.md", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.md").stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "link.yaml").symlink_to("/dev/zero")
    assert refused(lambda: atomic.read(tmp_path / "pipe.yaml")) == ["is no file, but a pipe or a device"]
    assert refused(lambda: atomic.read(tmp_path / "link.yaml")) == ["is no file, but a pipe or a device"]
    assert refused(lambda: atomic.read(tmp_path)) == ["is a folder, not a file"]
    assert refused(lambda: atomic.read(tmp_path / "gone")) == ["cannot be read: no such file or directory"]
    assert len(refused(lambda: atomic.read(tmp_path / ("x" * 300)))) == 1


@POSIX
@pytest.mark.parametrize("given", ["/dev/stdin", "/dev/fd/0"])
def test_what_a_shell_puts_in_the_place_of_a_file_is_read(given: str) -> None:
    command = f"import pathlib; from gapcheck.files import atomic; print(atomic.read(pathlib.Path({given!r})).decode())"
    done = subprocess.run(
        [sys.executable, "-c", command], input="person: ada", capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "person: ada\n"


WRITER = """
import itertools, pathlib, sys
from gapcheck.files import atomic
path = pathlib.Path(sys.argv[1])
for turn in itertools.count(int(sys.argv[2])):
    line = b"%012d\\n" % turn
    atomic.write(path, line * 40_000)
    if turn == int(sys.argv[2]):
        print("writing", flush=True)
"""


@POSIX
def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    """GAPCHECK_TEST_KILLS=300 for more than 30."""
    path = tmp_path / "sheet.yaml"
    pause = random.Random(7)
    for kill in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(path), str(kill * 10_000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"writing\n"
            time.sleep(pause.uniform(0, 0.03))
            writer.send_signal(signal.SIGKILL)
        lines = path.read_bytes().splitlines()
        assert len(lines) == 40_000
        assert len(set(lines)) == 1
        assert int(lines[0]) >= kill * 10_000
