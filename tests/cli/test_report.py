"""gapcheck report and explain as a user meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_the_extension_says_the_format_and_files_alone_leave_stdout_empty(
    run: Run, sheet: Path, tmp_path: Path
) -> None:
    done = run("report", str(sheet), "--output", "a.md", "--output", "a.json", "--output", "deep/a.txt")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# dana")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["format"] == "gapcheck-report/1"
    assert (tmp_path / "deep" / "a.txt").read_text(encoding="utf-8").startswith("dana")


def test_a_dash_is_standard_output_beside_files(run: Run, sheet: Path) -> None:
    done = run("report", str(sheet), "--output", "a.md", "--output", "-", "--format", "json")
    assert json.loads(done.stdout)["person"] == "dana"


def test_no_role_in_the_sheet_falls_back_to_the_catalogs_default(run: Run, sheet: Path) -> None:
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("role: marketing-manager\n", ""), encoding="utf-8")
    assert json.loads(run("report", str(sheet), "--format", "json").stdout)["role"] == "marketing-manager"
    told = run("report", str(sheet), "--format", "json", "--role", "all-rounder").stdout
    assert {skill["target"] for skill in json.loads(told)["skills"]} == {4}


def test_what_is_urgent_hurts_now_and_goes_out_this_week(run: Run, sheet: Path) -> None:
    told = run("report", str(sheet), "--urgent", "channel-planning").stdout
    assert "HURTS NOW" in told
    assert "this week" in told
    assert "HURTS NOW" not in run("report", str(sheet)).stdout


def test_several_people_are_listed_and_one_is_chosen(run: Run, sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    for person in ("ada", "ben"):
        sheet.write_text(text.replace("person: dana", f"person: {person}"), encoding="utf-8")
        assert run("assess", "--person", person, "--answers", str(sheet), "-q").returncode == 0
    refused = run("report")
    assert refused.returncode == 2
    assert "ada, ben" in refused.stderr
    assert run("report", "--person", "ben").stdout.startswith("ben")


def test_settings_of_the_project_are_read_and_flags_win(run: Run, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "gapcheck.yaml").write_text("gapcheck: config/1\nrole: solo-marketer\n", encoding="utf-8")
    text = sheet.read_text(encoding="utf-8").replace("role: marketing-manager\n", "")
    sheet.write_text(text, encoding="utf-8")

    def role(*arguments: str, **env: str) -> str:
        return str(json.loads(run("report", str(sheet), "--format", "json", *arguments, env=env).stdout)["role"])

    assert role() == "solo-marketer"
    assert role(GAPCHECK_ROLE="all-rounder") == "all-rounder"
    assert role("--role", "chief-marketing-officer", GAPCHECK_ROLE="all-rounder") == "chief-marketing-officer"


def test_a_faulty_project_file_is_named_with_its_line(run: Run, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "gapcheck.yaml").write_text("gapcheck: config/1\nrolle: x\n", encoding="utf-8")
    done = run("report", str(sheet))
    assert done.returncode == 2
    assert done.stderr.startswith("gapcheck.yaml:2:1: rolle: unknown key; did you mean role?")


def test_a_supplier_of_the_team_is_called_by_name(run: Run, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text(
        "gapcheck: people/1\npeople:\n  dana: {name: Dana Example}\n  eli: {name: Eli Example}\n"
        "suppliers:\n  payfix: {name: Payfix Example, skills: [channel-planning]}\n",
        encoding="utf-8",
    )
    told = run("report", str(sheet), "--format", "markdown").stdout
    assert told.startswith("# Dana Example, marketing manager")
    assert "Payfix Example makes it" in told
    assert "show Eli Example how you do" in told


@pytest.mark.parametrize(
    ("setting", "value"),
    [("NO_COLOR", "1"), ("TERM", "dumb"), ("PYTHONIOENCODING", "ascii"), ("COLUMNS", "40"), ("COLUMNS", "0")],
)
def test_every_terminal_gets_a_report_it_can_show(run: Run, sheet: Path, setting: str, value: str) -> None:
    done = run("report", str(sheet), env={setting: value, "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    if setting == "COLUMNS" and value == "40":
        assert max(map(len, done.stdout.splitlines())) <= 40
    if setting == "PYTHONIOENCODING":
        assert done.stdout.isascii()


def test_explain_names_rule_reasons_flips_and_arithmetic(run: Run, sheet: Path) -> None:
    told = " ".join(run("explain", "channel-planning", str(sheet)).stdout.split())
    for part in ("Rule", "It read", "Next in line", "If your level were 3", "If nobody could take it", "points /"):
        assert part in told


def test_explain_an_open_and_a_not_applicable_skill(run: Run, sheet: Path) -> None:
    assert "not applicable" in run("explain", "paid-social", str(sheet)).stdout
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("  video-production: 2\n", ""), encoding="utf-8")
    assert "not answered yet" in run("explain", "video-production", str(sheet)).stdout
