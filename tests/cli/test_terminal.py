"""Sittings in a real pseudo-terminal: finish, stop, come back, be killed at any moment."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.files import catalogs, sheets
from tests.cli.conftest import asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

import pexpect

ASKED = len(asked())
"""Skills that a marketing manager is asked about."""

GIVEN = ["--role", "marketing-manager", "--hours", "4", "--hands", "supplier"]
KILLS = int(os.environ.get("GAPCHECK_TEST_KILLS", "12"))


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Start `gapcheck assess --person ada` in a terminal of some size."""
    begun: list[Any] = []

    def assess(*arguments: str, size: tuple[int, int] = (40, 100), **env: str) -> Any:
        command = ["-m", "gapcheck", "assess", "--person", "ada", "--as-of", "2027-01-04", *arguments]
        terminal = {"TERM": "xterm-256color", **env}
        child = pexpect.spawn(
            sys.executable, command, env={**environment, **terminal}, cwd=tmp_path, dimensions=size, timeout=20,
            encoding="utf-8",
        )  # fmt: skip
        begun.append(child)
        return child

    yield assess
    for child in begun:
        child.close(force=True)


def code(child: Any) -> int:
    """The exit code, as a shell would show it."""
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus if child.exitstatus is not None else 128 + child.signalstatus)


def saved(tmp_path: Path) -> dict[str, Any]:
    """The levels on disk; reading them proves that the file is whole."""
    path = tmp_path / "home" / "sheets" / "ada" / "2027-01-04.yaml"
    return dict(sheets.load(path, catalogs.load(catalogs.shipped()).catalog).levels) if path.exists() else {}


def at(child: Any, number: int) -> None:
    """Wait for the question of that number."""
    child.expect(re.escape(f"[{number}/{ASKED}"))


def test_a_whole_sitting_ends_in_the_first_screen(start: Any, tmp_path: Path) -> None:
    child = start()
    child.expect("What is your role")
    child.send("\r")
    child.expect("How many hours")
    child.send("5\r")
    child.expect("whom can it go to")
    child.send("2")
    for number in range(1, ASKED + 1):
        at(child, number)
        child.send("nd"[number % 2] if number > ASKED - 2 else str(number % 5))
    child.expect("Carry")
    child.expect("ON MONDAY")
    assert code(child) == 0
    assert len(saved(tmp_path)) == ASKED


def test_each_answer_is_on_disk_before_the_next_question(start: Any, tmp_path: Path) -> None:
    child = start(*GIVEN)
    for number in range(1, 6):
        at(child, number)
        assert len(saved(tmp_path)) == number - 1
        child.send("3")
    at(child, 6)
    assert list(saved(tmp_path).values()) == [3] * 5


def test_back_changes_an_answer(start: Any, tmp_path: Path) -> None:
    child = start(*GIVEN)
    at(child, 1)
    child.send("1")
    at(child, 2)
    child.send("b")
    at(child, 1)
    child.send("4")
    at(child, 2)
    child.send("q")
    assert code(child) == 0
    assert saved(tmp_path) == {"channel-planning": 4}


@pytest.mark.parametrize(
    ("how", "exit_code"), [("q", 0), ("\x1b", 0), ("\x03", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_stopping_says_how_to_go_on_and_going_on_asks_the_next_question(
    start: Any, tmp_path: Path, how: str | signal.Signals, exit_code: int
) -> None:
    child = start(*GIVEN)
    for number in (1, 2, 3):
        at(child, number)
        child.send("2")
    at(child, 4)
    child.send(how) if isinstance(how, str) else child.kill(how)
    child.expect("gapcheck assess --person ada")
    assert code(child) == exit_code
    assert len(saved(tmp_path)) == 3
    again = start()
    again.expect(f"3 of {ASKED} answered")
    again.send("\r")
    at(again, 4)


def test_killed_at_any_moment_nothing_that_was_shown_as_taken_is_lost(start: Any, tmp_path: Path) -> None:
    """SIGKILL at random moments of one long sitting; GAPCHECK_TEST_KILLS=1000 tries more of them."""
    chance = random.Random(20270104)  # noqa: S311 (moments, not secrets)
    taken = 0
    for _ in range(KILLS):
        child = start(*GIVEN)
        if child.expect([f"of {ASKED} answered", re.escape(f"[1/{ASKED}")]) == 0:
            child.send("\r")
        number = taken + 1
        if number > 1:
            at(child, number)
        for _ in range(chance.randrange(3)):
            if number >= ASKED:
                break
            child.send("3")
            number += 1
            at(child, number)
        child.send("3" if number < ASKED else "")
        time.sleep(chance.random() / 50)
        child.kill(signal.SIGKILL)
        child.expect(pexpect.EOF)
        levels = saved(tmp_path)
        assert number - 1 <= len(levels) <= number
        assert set(levels.values()) <= {3}
        taken = len(levels)
        if taken >= ASKED - 1:
            for path in (tmp_path / "home" / "sheets" / "ada").glob("*.yaml"):
                path.unlink()
            taken = 0
    assert not list((tmp_path / "home").rglob("*.yaml.bak"))


def test_two_sittings_at_once_cannot_mix(start: Any, tmp_path: Path) -> None:
    first = start(*GIVEN)
    at(first, 1)
    first.send("1")
    at(first, 2)
    second = start(*GIVEN)
    second.expect("another sitting for ada is under way")
    assert code(second) == 2
    first.send("1")
    at(first, 3)
    assert len(saved(tmp_path)) == 2


@pytest.mark.parametrize(
    ("arguments", "size", "env"),
    [
        (["--plain"], (40, 100), {}),
        ([], (40, 100), {"GAPCHECK_PLAIN": "1"}),
        ([], (40, 100), {"TERM": "dumb"}),
        ([], (19, 100), {}),
        ([], (40, 59), {}),
    ],
    ids=["--plain", "GAPCHECK_PLAIN", "dumb", "low", "narrow"],
)
def test_plain_mode_where_it_is_asked_for_or_nothing_else_fits(
    start: Any, tmp_path: Path, arguments: list[str], size: tuple[int, int], env: dict[str, str]
) -> None:
    child = start(*GIVEN, *arguments, size=size, **env)
    child.expect("b back, q stop")
    child.sendline("7")
    child.expect("Type one of")
    child.sendline("2")
    at(child, 2)
    child.sendline("q")
    assert code(child) == 0
    assert saved(tmp_path) == {"channel-planning": 2}


def test_a_menu_fits_60x20_with_every_choice_in_view(start: Any) -> None:
    import pyte

    child = start(*GIVEN, size=(20, 60))
    child.expect("Not applicable to my work")
    screen = pyte.Screen(60, 20)
    pyte.Stream(screen).feed(child.before + child.after)
    shown = "\n".join(screen.display)
    for key in "012345dn":
        assert re.search(rf"(?m)^ . ?\s*{key}  \S", shown), key


def test_a_day_that_is_complete_is_never_asked_again_or_overwritten(start: Any, tmp_path: Path) -> None:
    child = start(*GIVEN)
    for number in range(1, ASKED + 1):
        at(child, number)
        child.send("3")
    assert code(child) == 0
    before = saved(tmp_path)
    again = start()
    again.expect("--set SKILL=N")
    assert code(again) == 2
    assert saved(tmp_path) == before


def test_an_unwritable_home_is_named_and_nothing_is_asked(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder", encoding="utf-8")
    command = [sys.executable, "-m", "gapcheck", "assess", "--set", "paid-social=1", "--allow-missing"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "GAPCHECK_HOME" in done.stderr
