"""gapcheck brief, and make or buy in gapcheck explain, as a user meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

COST = ("--needed", "12", "--their-rate", "90", "--own-rate", "45")


def test_without_any_sheet_it_is_a_mail_in_markdown(run: Run) -> None:
    done = run("brief", "paid-social")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# Brief: Paid social\n\n> Fill in before sending")
    assert "**You:**" not in done.stdout
    assert "First, before you send it" not in done.stdout
    assert "First, before you send it" in run("brief", "paid-social", "--primer").stdout


def test_with_a_sheet_the_notes_say_level_verdict_and_who_signs(run: Run, sheet: Path) -> None:
    told = run("brief", "graphic-design", str(sheet)).stdout
    mail, notes = told.split("The mail ends here")
    assert "**You:** 0 (in the dark)" in notes
    assert "**Who signs:**" in notes
    assert "60 minutes on telling good from bad" in notes
    assert "in the dark" not in mail
    assert "First, before you send it" not in run("brief", "channel-planning", str(sheet)).stdout


def test_the_latest_sheet_counts_and_of_several_people_one_is_chosen(run: Run, sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")

    def kept(person: str) -> bool:
        sheet.write_text(text.replace("person: dana", f"person: {person}"), encoding="utf-8")
        return run("assess", "--person", person, "--answers", str(sheet), "-q").returncode == 0

    assert kept("ada")
    assert "**You:** 2 (can judge)" in run("brief", "channel-planning").stdout
    assert kept("ben")
    refused = run("brief", "channel-planning")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "ada, ben" in refused.stderr
    assert "**You:** 2 (can judge)" in run("brief", "channel-planning", "--person", "ben").stdout


def test_a_person_without_a_sheet_gets_a_brief_and_is_told(run: Run) -> None:
    done = run("brief", "paid-social", env={"GAPCHECK_PERSON": "eli"})
    assert done.returncode == 0
    assert "**You:**" not in done.stdout
    assert done.stderr == "no sheet of eli yet, so the notes say nothing of your level; gapcheck assess makes one\n"
    assert run("brief", "paid-social", "--person", "eli", "-q").stderr == ""


def test_files_have_the_format_of_their_extension_and_leave_stdout_empty(run: Run, tmp_path: Path) -> None:
    done = run("brief", "paid-social", "--output", "a.md", "--output", "a.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote a.md\nwrote a.txt\n")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# Brief")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("Brief: Paid social\n")
    assert run("brief", "paid-social", "--output", "b.md", "--output", "-").stdout.startswith("# Brief")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("paid-socal",), "SKILL: there is no skill paid-socal; did you mean paid-social?"),
        (("paid-social", "--format", "json"), "--format: must be terminal, markdown"),
        (("paid-social", "--output", "a.json"), "the extension must be .md, .markdown, .html, .txt"),
        (("paid-social", "--role", "nobody"), "--role: there is no role nobody"),
        (("paid-social", "--person", "A B"), "--person: must be small letters"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("brief", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not (tmp_path / "a.json").exists()


@pytest.mark.parametrize("columns", ["40", "80"])
def test_plain_text_fits_the_screen(run: Run, columns: str) -> None:
    told = run("brief", "paid-social", "--primer", "--format", "terminal", env={"COLUMNS": columns}).stdout
    assert max(map(len, told.splitlines())) <= int(columns)


def test_make_or_buy_is_a_remark_and_changes_no_verdict(run: Run, sheet: Path) -> None:
    without = run("explain", "channel-planning", str(sheet)).stdout
    told = run("explain", "channel-planning", str(sheet), *COST).stdout
    assert "pay for themselves in month" in " ".join(told.split())
    assert [line for line in told.splitlines() if line not in without.splitlines()] == [
        line for line in told.splitlines() if line in _from(told, "Remark", 3)
    ]


def _from(text: str, label: str, lines: int) -> list[str]:
    """The lines of a labelled row."""
    told = text.splitlines()
    at = next(n for n, line in enumerate(told) if line.strip().startswith(label))
    return told[at : at + lines]


@pytest.mark.parametrize(
    ("skill", "words"),
    [
        ("brand-distinctiveness", "you are at 80% already"),
        ("agency-management", "it cannot be handed out"),
        ("paid-social", "cannot be said without your level"),
    ],
)
def test_make_or_buy_where_there_is_nothing_to_work_out(run: Run, sheet: Path, skill: str, words: str) -> None:
    assert words in " ".join(run("explain", skill, str(sheet), *COST).stdout.split())


def test_make_or_buy_says_so_where_it_never_pays(run: Run, sheet: Path) -> None:
    dear = ("--needed", "12", "--their-rate", "90", "--own-rate", "90")
    told = " ".join(run("explain", "channel-planning", str(sheet), *dear).stdout.split())
    assert "do not pay for themselves within five years" in told


def test_make_or_buy_needs_three_amounts(run: Run, sheet: Path) -> None:
    done = run("explain", "channel-planning", str(sheet), "--needed", "nan", "--their-rate", "-3")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "--needed: must be a number from 0",
        "--their-rate: must be a number from 0",
        "make or buy needs all three; add --own-rate",
    ]


def test_a_delivery_that_is_no_good_is_told_and_the_mail_does_without(run: Run, tmp_path: Path) -> None:
    good = run("brief", "paid-social")
    (tmp_path / "deliveries").mkdir()
    (tmp_path / "deliveries" / "2027-01-01-email-marketing.yaml").write_text("x", encoding="utf-8")
    done = run("brief", "paid-social")
    assert (done.returncode, done.stdout) == (0, good.stdout)
    assert "2027-01-01-email-marketing.yaml" in done.stderr
    (tmp_path / "deliveries" / "2027-01-01-paid-social.yaml").write_text("x", encoding="utf-8")
    done = run("brief", "paid-social")
    assert (done.returncode, done.stdout) == (0, good.stdout)
    assert run("review", "paid-social", "--list").returncode == 2, "a record with holes is none"
