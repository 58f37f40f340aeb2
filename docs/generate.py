"""What is generated in this repository: schemas, the commands' help, pictures of real runs.

`python docs/generate.py` writes it, `--check` only says what is stale (exit code 1).
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [
    ["assess"],
    ["report"],
    ["explain"],
    ["brief"],
    ["review"],
    ["plan"],
    ["log"],
    ["team"],
    ["check"],
    ["jam"],
    ["journey", "show"],
    ["journey", "record"],
    ["journey", "init"],
    ["catalog", "show"],
    ["catalog", "lint"],
    ["catalog", "init"],
    ["catalog", "schema"],
    ["sheet", "new"],
    ["sheet", "lint"],
    ["sheet", "share"],
    ["sheet", "import"],
    ["sheet", "forget"],
]
QUESTION_STEPS = [
    ("What is your role", "\r"),
    ("How many hours", "\r"),
    ("whom can it go to", "2"),
    ("Check what you say", "3"),
    ("[1/", "3"),
    ("3  Has drafted a plan", "3"),
    ("[2/", "2"),
    ("3  Has drafted an asset", ""),
]
"""What the terminal shows, and the key that is pressed then: the picture shows the second skill, a level chosen."""


def gapcheck(*arguments: str) -> str:
    """Standard output of a real run, 80 columns wide."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GAPCHECK_HOME": home, "COLUMNS": "80", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "gapcheck", *arguments],
            cwd=ROOT / "examples",
            env=environment,
            capture_output=True,
            check=True,
        )
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def commands() -> str:
    """Every command's help, as one page."""
    parts = ["# Commands", "", "Generated from the program's own help.", ""]
    for words in ([], *COMMANDS):
        parts += [f"## gapcheck {' '.join(words)}".rstrip(), "", "```", gapcheck(*words, "--help").strip(), "```", ""]
    return "\n".join(parts)


def lint_rules() -> str:
    """Every lint rule's docstring, as one page."""
    from gapcheck.lint import RULES

    parts = ["# Catalog rules", ""]
    parts += [
        "`gapcheck catalog lint` holds a catalog to these. An error ends it with exit code 1, a warning does not."
    ]
    parts += ["`--ignore RULE` switches a rule off, `lint_ignore: [RULE]` in `catalog.yaml` does so for good.", ""]
    for name, rule in RULES.items():
        parts += [f"## {name}", "", f"*{rule.SEVERITY}*", "", (rule.__doc__ or "").strip(), ""]
    return "\n".join(parts)


ATTRIBUTION = """\
This page includes information from the O*NET 29.3 Database by the U.S. Department of Labor, Employment and Training
Administration (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark of USDOL/ETA. The task statements
stand in [task-statements.csv](onet/task-statements.csv) as published; which skills cover a task is our own judgement,
and USDOL/ETA has not approved, endorsed or tested it."""


def onet() -> str:
    """Every O*NET task of two occupations with the skills that name it, or the reason why none does."""
    from gapcheck.files import catalogs, yamldoc

    catalog = catalogs.load(catalogs.shipped()).catalog
    outside = yamldoc.parse((ROOT / "docs/onet/outside.yaml").read_bytes(), "outside.yaml").data
    covered: dict[str, list[str]] = {}
    for skill in catalog.skills.values():
        for task in tasks_of(skill.references):
            covered.setdefault(task, []).append(skill.name)
    parts = ["# Skills and O*NET tasks", "", *ATTRIBUTION.splitlines(), ""]
    with (ROOT / "docs/onet/task-statements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for title, group in itertools.groupby(rows, key=lambda row: (row["O*NET-SOC Code"], row["Title"])):
        parts += [f"## {title[1]} ({title[0]})", "", "| task | statement | skills |", "|---|---|---|"]
        for row in group:
            task = row["Task ID"]
            told = ", ".join(covered[task]) if task in covered else f"*outside:* {outside[task]}"
            parts.append(f"| {task} | {row['Task']} | {told} |")
        parts.append("")
    return "\n".join(parts)


def tasks_of(references: Iterable[str]) -> list[str]:
    """The ids of the O*NET tasks that a skill's references name."""
    named = " ".join(line for line in references if line.startswith("O*NET "))
    return [task for group in re.findall(r"tasks ([\d, ]+)", named) for task in re.findall(r"\d+", group)]


def schemas() -> dict[str, str]:
    """The JSON Schema of every kind of file."""
    from gapcheck.files.formats import KINDS, json_schema

    return {f"skills/schema/{kind}.json": json.dumps(json_schema(kind), indent=2) + "\n" for kind in KINDS}


def in_terminal(arguments: list[str], steps: list[tuple[str, str]], lines: int) -> str:
    """What a real terminal shows after some steps, as text with colour codes."""
    import pexpect
    import pyte

    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GAPCHECK_HOME": home, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
        environment.pop("NO_COLOR", None)
        child = pexpect.spawn(
            sys.executable,
            ["-m", "gapcheck", *arguments],
            cwd=str(ROOT / "examples"),
            env=environment,
            dimensions=(lines, 80),
        )
        screen = pyte.Screen(80, lines)
        stream = pyte.ByteStream(screen)
        for words, key in steps:
            shown(child, screen, stream, words)
            child.send(key)
        child.close(force=True)
    return "\n".join(coloured(screen, row) for row in range(lines)).rstrip()


def shown(child: Any, screen: Any, stream: Any, words: str) -> None:
    """Feed the screen until it shows some words and the program is silent. Raises TimeoutError after 30 s."""
    import pexpect

    for _ in range(60):
        try:
            while True:
                stream.feed(child.read_nonblocking(4096, timeout=0.5))
        except (pexpect.TIMEOUT, pexpect.EOF):
            if words in "\n".join(screen.display):
                return
    raise TimeoutError(words)


COLOURS = {"green": 32, "brown": 33, "cyan": 36, "brightblack": 90}


def coloured(screen: Any, row: int) -> str:
    """One line of the screen with its colours as escape codes."""
    cells = [screen.buffer[row][column] for column in range(80)]
    runs = itertools.groupby(cells, key=lambda cell: (1 if cell.bold else 22, COLOURS.get(cell.fg, 39)))
    parts = [f"\x1b[0;{bold};{colour}m{''.join(cell.data for cell in run)}" for (bold, colour), run in runs]
    return "".join(parts).rstrip() + "\x1b[0m" if any(cell.data.strip() for cell in cells) else ""


def picture(title: str, ansi: str) -> str:
    """An SVG of a terminal that needs no font from elsewhere."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=80, file=open(os.devnull, "w", encoding="utf-8"), force_terminal=True)  # noqa: PTH123, SIM115
    console.print(Text.from_ansi(ansi))
    svg = console.export_svg(title=title, unique_id="gapcheck")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code,", "")


def pictures() -> dict[str, str]:
    """The two screens that the README shows."""
    sheet = ["sittings/ada/2027-01-04.yaml", "--as-of", "2027-01-11"]
    first = in_terminal(
        ["assess", "-q", "--person", "ada", "--hands", "supplier", "--answers", *sheet], [("3 Secure", "")], 60
    )
    question = in_terminal(["assess", "--person", "you", "--as-of", "2027-01-11"], QUESTION_STEPS, 34)
    return {
        "docs/first-screen.svg": picture("gapcheck assess", first),
        "docs/question.svg": picture("gapcheck assess", question),
    }


def generated() -> dict[str, str]:
    """Every generated file by its path; pictures need a POSIX terminal."""
    files = {**schemas(), "docs/commands.md": commands(), "docs/lint.md": lint_rules(), "docs/onet.md": onet()}
    return files if os.name == "nt" else {**files, **pictures()}


def said(name: str, text: str) -> object:
    """What counts as fresh: of a picture the words, since how they are drawn changes with rich's version."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", text) if name.endswith(".svg") else text


def main() -> int:
    """Write what is stale, or only name it."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, text in generated().items():
        path = ROOT / name
        if not path.exists() or said(name, path.read_text(encoding="utf-8")) != said(name, text):
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        sys.stdout.write(f"{'stale' if check else 'wrote'}: {name}\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
