"""Few exit codes, each with one meaning; a message that says what to do, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_version_and_help_are_0(run: Run) -> None:
    assert run("--version").stdout.startswith("gapcheck ")
    assert run("-h").returncode == 0
    assert "assess" in run("--help").stdout


@pytest.mark.parametrize("github", ["", "true"])
def test_help_is_plain_and_keeps_square_brackets(run: Run, github: str) -> None:
    told = run("report", "--help", env={"GITHUB_ACTIONS": github} if github else {}).stdout
    assert "\x1b" not in told
    assert "[SHEET]" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["report", "--bogus"],
        ["report", "missing.yaml"],
        ["report", "."],
        ["report"],
        ["report", "--as-of", "tomorrow"],
        ["report", "--catalog", "nowhere"],
        ["report", "{sheet}", "--format", "pdf"],
        ["report", "{sheet}", "--output", "report.pdf"],
        ["report", "{sheet}", "--role", "marketing-maneger"],
        ["report", "{sheet}", "--urgent", "paid-socal"],
        ["explain", "paid-socal", "{sheet}"],
        ["assess"],
        ["assess", "--hands", "robot"],
        ["assess", "--hours", "200"],
        ["assess", "--person", "con"],
        ["assess", "--person", "../../etc"],
        ["assess", "--set", "paid-social=6"],
        ["assess", "--set", "paid-social=3"],
        ["assess", "--answers", "missing.yaml"],
        ["catalog", "show", "nothing"],
        ["catalog", "schema", "shet"],
        ["sheet", "lint", "missing.yaml"],
    ],
    ids=" ".join,
)
def test_usage_and_input_faults_are_2_with_a_message_and_nothing_on_stdout(
    run: Run, sheet: Path, arguments: list[str]
) -> None:
    done = run(*(argument.format(sheet=sheet) for argument in arguments))
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_without_a_terminal_assess_names_the_flags_and_does_not_hang(run: Run) -> None:
    done = run("assess", stdin="3\n3\n")
    assert done.returncode == 2
    assert "--answers" in done.stderr
    assert "--set" in done.stderr


def test_every_unknown_skill_is_named_at_once_with_a_suggestion(run: Run, sheet: Path) -> None:
    done = run("report", str(sheet), "--urgent", "paid-socal", "--urgent", "vidio-production")
    assert [line.rpartition("; ")[2] for line in done.stderr.splitlines()] == [
        "did you mean paid-social?",
        "did you mean video-production?",
    ]


def test_a_bug_is_70_and_shows_no_value(run: Run, sheet: Path, tmp_path: Path) -> None:
    """A fault of ours, planted by a module that fails when it is imported."""
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "sitecustomize.py").write_text(
        "import gapcheck.core.plan as plan\ndef bad(*a, **k): raise ZeroDivisionError('secret rating 3')\n"
        "import gapcheck.core.report.model as model\nmodel.make_plan = bad\n",
        encoding="utf-8",
    )
    done = run("report", str(sheet), env={"PYTHONPATH": str(tmp_path / "shadow")})
    assert done.returncode == 70
    assert "secret" not in done.stderr
    assert "bug in gapcheck" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("arguments", [["report"], ["report", "--format", "json"], ["explain", "paid-social"]])
def test_a_reader_that_goes_away_changes_no_exit_code(
    environment: dict[str, str], sheet: Path, arguments: list[str]
) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "gapcheck", *arguments, str(sheet)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, check=False, timeout=60)
    os.close(write)
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="a closed handle is something else there")
def test_closed_standard_streams_are_no_crash(environment: dict[str, str], sheet: Path) -> None:
    command = f"'{sys.executable}' -m gapcheck report '{sheet}' >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], env=environment, check=False, timeout=60).returncode == 0
    command = f"'{sys.executable}' -m gapcheck report missing.yaml >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], env=environment, check=False, timeout=60).returncode == 2


SWALLOWED = """
import os, signal, sys, time, weakref
from gapcheck.cli import boundary
boundary._prepare_signals()
def ignored(_reference):
    os.kill(os.getpid(), int(sys.argv[1]))
    time.sleep(0.1)
class Thing: pass
thing = Thing()
reference = weakref.ref(thing, ignored)
del thing
time.sleep(20)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, -2)])
def test_a_stop_that_python_ignores_comes_again(number: int, code: int) -> None:
    """What is raised in a weak reference's callback is only told: prompts have many of those."""
    command = [sys.executable, "-c", SWALLOWED, str(int(number))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=15)
    assert done.returncode == code
    assert "Exception ignored" not in done.stderr
