"""Stopping at any kind of question in any way: what is said, which code, and that going on asks what comes next."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

from tests.cli.catalog import CHECKS, DAY, GIVEN, SKILLS, keep, kept, sheet_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Sit
    from tests.cli.driving import Sitting

ALL_3 = ", ".join(f"{skill}: 3" for skill in SKILLS)
PLACES = {
    "check": f"check_budget: {CHECKS}",
    "level": "check_budget: 0\nlevels: {search: 3}",
    "delivery": "check_budget: 0\nlevels: {search: 4}",
    "terms": f"check_budget: {CHECKS}\nlevels: {{search: 3, adverts: 3, writing: 3}}",
}
"""What a sheet holds, by the kind of question that comes next."""

WAYS: dict[str | signal.Signals, int] = {"q": 0, "\x1b": 0, "\x03": 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
"""Ways to stop, and the exit code of each."""

WAYS_AT: dict[str, tuple[str | signal.Signals, ...]] = {
    "delivery": ("\x1b", "\x03", signal.SIGTERM),
    "terms": ("q", "\x1b", "\x03", signal.SIGHUP),
}
"""Those that are tried at some places; where a text is typed, q is a letter."""


def stopped(sitting: Sitting, way: str | signal.Signals) -> int:
    """Stop in one way; gives the exit code."""
    if isinstance(way, str):
        sitting.press(way)
    else:
        sitting.press("")
        sitting.child.kill(way)
    return sitting.code()


@pytest.mark.parametrize("place", PLACES)
def test_wherever_one_stops_and_however_going_on_asks_the_same_again(
    sit: Sit, home: Path, small: Path, place: str
) -> None:
    """One sheet, stopped and gone on with in one way after another."""
    keep(home, PLACES[place])
    before = sheet_of(home, small)
    ways = {way: WAYS[way] for way in WAYS_AT.get(place, WAYS)}
    seen = set()
    for way, code in ways.items():
        sitting = sit(day="2027-01-05" if place == "level" else DAY)
        view = sitting.view()
        view = sitting.reply("\r") if view.kind == "goes on" else view
        assert view.kind == place
        seen.add(view.text)
        assert stopped(sitting, way) == code, way
        assert "every answer is saved in" in sitting.told
        assert "Go on with: gapcheck assess --person ada" in sitting.told
    assert len(seen) == 1
    after = sheet_of(home, small)
    assert (after.levels, after.checks, kept(after)) == (before.levels, before.checks, kept(before))


@pytest.mark.parametrize("way", ["q", "\x03", signal.SIGTERM, "window closed"], ids=["q", "Ctrl-C", "TERM", "window"])
def test_stopped_at_a_solution_the_answer_is_kept_and_the_next_check_comes(
    sit: Sit, home: Path, small: Path, way: str | signal.Signals
) -> None:
    sitting = sit("--checks", "2")
    first = sitting.view()
    assert sitting.reply("a").kind == "reason"
    if way == "window closed":
        assert sitting.hang_up() == WAYS[signal.SIGHUP]
    else:
        assert stopped(sitting, way) == WAYS[way]
    assert kept(sheet_of(home, small)) == 1
    again = sit()
    assert again.view().kind == "goes on"
    second = again.reply("\r")
    assert (second.kind, second.number) == ("check", 2)
    assert second.about != first.about


def test_the_same_flags_go_on_with_a_narrow_sitting(sit: Sit, home: Path, small: Path) -> None:
    flags = ["--stage", "sell", "--stage", "keep", "--skill", "search"]
    sitting = sit(*flags, "--checks", "none")
    sitting.view()
    assert sitting.rate(2).about == "Pages work"
    assert stopped(sitting, "q") == 0
    told = " ".join(sitting.told.split())
    said = " ".join([*flags, "--catalog", str(small), "--as-of", DAY])
    assert f"Go on with: gapcheck assess --person ada {said} (7 skills in all)" in told
    again = sit(*flags, given=())
    assert "1 of 7 answered" in again.view().text
    assert again.reply("\r").about == "Pages work"


def test_ctrl_d_stops_plain_lines_as_q_does(sit: Sit, home: Path, small: Path) -> None:
    sitting = sit("--checks", "none", "--plain")
    sitting.view()
    assert sitting.rate(3).number == 2
    sitting.child.send("\x04")
    assert sitting.code() == 0
    assert "Go on with" in sitting.told
    assert sheet_of(home, small).levels == {"search": 3}


@pytest.mark.parametrize("plain", [False, True], ids=["menu", "plain lines"])
def test_a_terminal_that_goes_away_without_a_word_stops(
    environment: dict[str, str], home: Path, small: Path, plain: bool
) -> None:
    code, told = left_by_its_terminal(environment, small, ["--plain"] if plain else [])
    assert code == 0, told
    assert "Go on with: gapcheck assess --person ada" in told
    assert "bug" not in told
    assert sheet_of(home, small).levels == {"search": 3}


def left_by_its_terminal(environment: dict[str, str], small: Path, arguments: list[str]) -> tuple[int, str]:
    """The exit code and messages of a sitting whose terminal goes away: no signal comes, since it controls nothing."""
    controller, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (40, 100))
    command = ["assess", "--person", "ada", "--as-of", DAY, "--catalog", str(small), "--role", "manager", *GIVEN]
    with subprocess.Popen(
        [sys.executable, "-m", "gapcheck", *command, "--checks", "none", *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.PIPE,
        env={**environment, "TERM": "xterm-256color"},
        start_new_session=True,
    ) as child:
        os.close(terminal)
        try:
            for shown in ("my work", "another" if arguments else "my work"):
                read_until(controller, shown.encode())
                os.write(controller, b"3\r" if arguments else b"3")
            read_until(controller, b"[2/9")
        except AssertionError:
            child.kill()
            raise
        os.close(controller)
        assert child.stderr is not None
        told = child.stderr.read().decode()
    return child.returncode, told


def read_until(terminal: int, wanted: bytes) -> None:
    """Read what a terminal shows until something stands there."""
    shown = b""
    while wanted not in shown:
        assert select.select([terminal], [], [], 20)[0], shown
        shown += os.read(terminal, 4096)


def test_two_sittings_of_one_person_cannot_mix_and_two_persons_do_not_meet(sit: Sit, home: Path, small: Path) -> None:
    first = sit("--checks", "none")
    first.view()
    assert first.rate(1).number == 2

    second = sit("--checks", "none")
    assert second.view().kind == "end"
    assert "another sitting for ada is under way" in second.told
    assert second.code() == 2

    other = sit("--checks", "none", person="ben")
    other.view()
    assert other.rate(3).number == 2
    assert first.rate(2).number == 3
    assert other.rate(2).number == 3
    assert stopped(other, "q") == stopped(first, "q") == 0
    assert sheet_of(home, small).levels == {"search": 1, "adverts": 2}
    assert sheet_of(home, small, "ben").levels == {"search": 3, "adverts": 2}


def test_answers_from_a_file_wait_for_a_sitting_to_end(
    sit: Sit, environment: dict[str, str], home: Path, small: Path
) -> None:
    sitting = sit("--checks", "none")
    sitting.view()
    arguments = ["--person", "ada", "--as-of", DAY, "--catalog", str(small), "--set", "search=5", "--allow-missing"]
    command = [sys.executable, "-m", "gapcheck", "assess", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "another sitting for ada is under way" in done.stderr
    assert sitting.rate(2).number == 2
    assert sheet_of(home, small).levels == {"search": 2}


def test_a_sitting_of_the_day_before_that_stopped_after_its_ratings_is_gone_on_with(
    sit: Sit, home: Path, small: Path
) -> None:
    """Checks, terms and what one would like to learn are waiting, though every skill is rated."""
    keep(home, f"check_budget: {CHECKS}\nlevels: {{{ALL_3}}}\nterms: {{attract: [], sell: []}}")
    sitting = sit(day="2027-01-05", given=())
    assert sitting.view().kind == "goes on"
    assert sitting.reply("\r").kind == "terms"
    assert stopped(sitting, "q") == 0
    assert sheet_of(home, small).levels == dict.fromkeys(SKILLS, 3)


def test_a_sitting_of_the_day_before_that_stopped_after_its_opening_checks_is_gone_on_with(
    sit: Sit, home: Path, small: Path
) -> None:
    keep(home, f"check_budget: {CHECKS}\nchecks: {{search: {{'2': a}}}}")
    sitting = sit(day="2027-01-05", given=())
    assert sitting.view().kind == "goes on"
    sitting.reply("\r")
    assert stopped(sitting, "q") == 0
    assert kept(sheet_of(home, small)) == 1


def test_a_complete_sheet_of_another_day_is_left_alone_and_a_new_one_begun(sit: Sit, home: Path, small: Path) -> None:
    path = keep(home, f"levels: {{{ALL_3}}}")
    before = path.read_bytes()
    sitting = sit(day="2027-04-05", given=())
    assert sitting.view().kind == "role"
    assert sitting.until("level").number == 1
    sitting.rate(2)
    assert stopped(sitting, "q") == 0
    assert path.read_bytes() == before
    assert sheet_of(home, small, day="2027-04-05").levels == {"search": 2}


def test_stopping_at_the_question_whether_to_go_on_changes_nothing(sit: Sit, home: Path) -> None:
    path = keep(home, PLACES["level"])
    before = path.read_bytes()
    sitting = sit(day="2027-01-05", given=())
    assert sitting.view().kind == "goes on"
    assert stopped(sitting, "q") == 0
    assert "nothing was changed" in sitting.told
    assert path.read_bytes() == before
