"""SIGKILL at any moment of a sitting with checks: what was acknowledged is on disk, and what comes next is asked.

GAPCHECK_TEST_KILLS=1000 tries more moments than the twelve of every run.
"""

from __future__ import annotations

import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

if os.name == "nt":
    pytest.skip("pexpect drives POSIX terminals", allow_module_level=True)

from tests.cli.catalog import DAY
from tests.cli.driving import View

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Sit
    from tests.cli.driving import Sitting

KILLS = int(os.environ.get("GAPCHECK_TEST_KILLS", "12"))
MOST_ANSWERS = 4
"""Answers between two kills at most."""

LAST_KEY = {"level": "3", "check": "b", "reason": "\r", "delivery": "A plan\r", "terms": " \r", "interest": " \r"}
"""The key that ends each kind of question, the level having been looked at."""

Step = tuple[View, bytes]
"""A question in view, and the sheet as it is on disk by then."""


def by_heart(sitting: Sitting, view: View) -> View:
    """A question answered with the same keys each time."""
    if view.kind == "level":
        sitting.reply(LAST_KEY["level"])
    return sitting.reply(LAST_KEY[view.kind])


def undisturbed(sitting: Sitting, path: Path) -> tuple[list[Step], float]:
    """Every question of a sitting up to its summary, with the sheet on disk; and the usual seconds from key to view."""
    view, begun = sitting.view(), time.monotonic()
    steps = [(view, path.read_bytes())]
    while view.kind != "summary":
        view = by_heart(sitting, view)
        steps.append((view, path.read_bytes()))
    keys = sum(2 if step.kind == "level" else 1 for step, _ in steps[:-1])
    usual = (time.monotonic() - begun) / keys
    sitting.press("q")
    assert sitting.code() == 0
    return steps, usual


def asked_after(steps: list[Step], at: int) -> int:
    """Which question a new sitting asks: a solution is not shown again."""
    return next(n for n in range(at, len(steps)) if steps[n][0].kind != "reason")


def killed(sitting: Sitting, view: View, pause: float) -> None:
    """Press the last key of an answer and kill the sitting a moment later."""
    if view.kind == "level":
        sitting.reply(LAST_KEY["level"])
    sitting.press(LAST_KEY[view.kind])
    time.sleep(pause)
    sitting.child.kill(signal.SIGKILL)
    assert sitting.code() == 128 + signal.SIGKILL


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_the_next_question_is_asked(sit: Sit, home: Path) -> None:
    """Step by step the same questions and the same bytes on disk as in a sitting that nothing disturbs."""
    path = home / "sheets" / "ada" / f"{DAY}.yaml"
    steps, usual = undisturbed(sit("--checks", "24"), path)
    path.unlink()
    chance = random.Random(20270104)
    at = 0
    for _ in range(KILLS):
        sitting = sit("--checks", "24")
        view = sitting.view()
        if view.kind == "goes on":
            view = sitting.reply("\r")
        assert view == steps[at][0]
        for _ in range(chance.randrange(MOST_ANSWERS)):
            if at + 2 == len(steps):
                break
            view, at = by_heart(sitting, view), at + 1
            assert (view, path.read_bytes()) == steps[at]
        at = killed_answering(sitting, view, chance.random() * usual, path, steps, at)
        if steps[at][0].kind == "summary":
            path.unlink()
            at = 0
    assert left_over(path) <= KILLS


def killed_answering(sitting: Sitting, view: View, pause: float, path: Path, steps: list[Step], at: int) -> int:
    """Kill the sitting while an answer is taken; gives the question that comes next: this one again or the one after.

    Either way the sheet on disk is whole and just as it was, or will be, when that question is in view.
    """
    killed(sitting, view, pause)
    content = path.read_bytes()
    assert content in (steps[at][1], steps[at + 1][1])
    taken = steps[at][0].kind == "reason" or content != steps[at][1]
    return asked_after(steps, at + taken)


def left_over(path: Path) -> int:
    """How many half-written files lie beside a sheet; none of them is ever read."""
    others = [entry.name for entry in path.parent.iterdir() if entry.name not in (path.name, ".lock")]
    assert all(name.endswith(".tmp") for name in others)
    return len(others)
