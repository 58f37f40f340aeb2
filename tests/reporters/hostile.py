"""Names that something between a file and a reader might obey, and a whole project in which everything has one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.cli import inputs
from gapcheck.core.answers import Sheet
from gapcheck.core.people import Config, People
from gapcheck.core.report import Block, Report, story
from gapcheck.core.report.explain import explain
from gapcheck.core.report.show import show
from gapcheck.core.trend import Earlier
from gapcheck.files import catalogs, yamldoc
from gapcheck.files.formats import read_as

if TYPE_CHECKING:
    from pathlib import Path

OBEYED = re.compile(r"##(?=\w*\[)")
"""What build servers obey wherever it stands in a line: GitHub's older commands, Azure's, TeamCity's."""

NAMES = {
    "ansi": "\x1b[31mred\x1b[0m",
    "osc title": "\x1b]0;owned\x07",
    "osc link": "\x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "c1": "\x9b31mred",
    "backspace": "good\x08\x08\x08\x08evil",
    "bidi override": "a\u202eb\u202cc",
    "bidi isolate": "a\u2066b\u2069c",
    "markup": "[red]x[/red]",
    "closing markup": "[/oops]",
    "markup link": "[link=http://evil.example]x[/link]",
    "emoji name": ":smile:",
    "pipe": "a|b",
    "pipe escaped": r"a\|b\\|c",
    "backtick": "`x` ``y",
    "fence": "```python",
    "script": "<script>alert(1)</script>",
    "img": "<img src=x onerror=alert(1)>",
    "html comment": "<!-- x -->",
    "open comment": "<!--",
    "autolink": "<http://evil.example>",
    "image": "![x](http://evil)",
    "link": "[x](javascript:alert(1))",
    "reference": "[x]: http://evil.example",
    "url": "http://evil.example",
    "url after underscore": "_https://evil.example_",
    "ftp": "FTP://evil.example",
    "www": "www.evil.example",
    "mail": "ada@evil.example",
    "mention": "@user",
    "issue": "#1",
    "far issue": "owner/repo#1",
    "gh issue": "GH-1",
    "formula": "=cmd()",
    "plus": "+ x",
    "workflow command": "::error::x",
    "indented command": "  ::add-mask::a",
    "command in the middle": "x ::stop-commands::y",
    "many colons": ":" * 300,
    "old command": "##[error]x",
    "old command in the middle": "x##[add-mask]a",
    "azure command": "##vso[task.setvariable variable=x]y",
    "teamcity command": "x ##teamcity[message text='y']",
    "encoded newline": "%0A::warning::",
    "newline": "a\n::error::b",
    "newlines": "a\n\n# b\n\n- c",
    "carriage return": "a\r::error::b",
    "next line": "a\x85b\u2028c\u2029d",
    "tab": "a\tb",
    "long word": "w" * 10_000,
    "long wide word": "語" * 1_000,
    "emoji": "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ☎️",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
    "right to left": "שלום עולם",
    "ordered list": "1. x",
    "ordered list too": "1) x",
    "list": "- x",
    "starred list": "* x",
    "task": "- [x] x",
    "heading": "# x",
    "closed heading": "x #",
    "quote": "> x",
    "alert": "[!WARNING]",
    "rule": "---",
    "other rule": "***",
    "setext": "===",
    "table rule": "| --- |",
    "entity": "&amp;",
    "number entity": "&#60;b&#62;",
    "math": "$x$",
    "math block": "$$x$$",
    "struck": "~~x~~",
    "emphasis": "*x* **y** _z_ __z__",
    "footnote": "[^1]",
    "backslash": "x\\",
    "backslashes": r"\\\*x\*",
    "braces": "{{ x }} {% x %} ${{ x }}",
    "quotes": "\"x\" 'y'",
    "percent": "%s %d {0} {name}",
}

MOST = 399
"""Characters of a name at most; whatever is longer stands in the texts only."""


class Told(NamedTuple):
    """A report on one person, everything that can be told of it and of its catalog, and the name as it got in."""

    report: Report
    stories: dict[str, tuple[Block, ...]]
    name: str


def yaml(text: str) -> str:
    """A text in YAML's double quotes; what YAML does not allow as it is, escaped."""
    marks = {'"': r"\"", "\\": r"\\"}
    return '"' + "".join(marks.get(c) or (c if c.isprintable() else f"\\u{ord(c):04x}") for c in text) + '"'


def _stage(name: str, text: str, ids: tuple[str, str], kind: str) -> str:
    a, b = ids
    skill = (
        f"name: {name}, what: {text}, why: {text}, importance_why: {text}, risk: legal, half_life_months: 12, "
        f"levels: {{0: {name}, 1: {name}, 2: {name}, 3: {name}, 4: {name}, 5: {name}}}, good_work: [{text}], "
        f"brief: {{goal: {text}, ask_first: {text}}}, specialist: {text}, references: [{text}], "
        f"learn: [{{to: 2, hours: 5, do: {text}, produce: {text}}}, {{to: 4, hours: 30, do: {text}}}], "
        f"checks: {{2: {{question: {text}, table: [[{name}, {name}], [{name}, {name}]], "
        f"options: {{a: {text}, b: {text}, c: {text}, d: {text}}}, answer: a, why: {text}}}}}"
    )
    return (
        f"gapcheck: stage/1\nname: {name}\nkind: {kind}\ngoal: {text}\n"
        f"touchpoints:\n  {a}: {{name: {name}, skills: [{a}, {b}], leads_to: [{b}]}}\n"
        f"  {b}: {{name: {name}, skills: [{b}]}}\n"
        f"metrics: {{m: {{name: {name}, formula: {text}, unit: ratio, better: lower, moved_by: [{a}]}}}}\n"
        f"skills:\n  {a}: {{importance: 5, needs: {{{b}: 2}}, {skill}}}\n  {b}: {{importance: 1, {skill}}}\n"
    )


def tell(folder: Path, given: str) -> Told:
    """Write a catalog and a team of nothing but that name, read them as gapcheck does, and tell all there is."""
    name, text = yaml(given[:MOST]), yaml(given)
    stages = {"one": (("a", "b"), "journey"), "two": (("c", "d"), "journey"), "lead": (("e", "f"), "leadership")}
    files = {f"{key}.yaml": _stage(name, text, ids, kind) for key, (ids, kind) in stages.items()}
    files["catalog.yaml"] = f"gapcheck: catalog/1\nname: own\nversion: {name}\nstages: [one, two, lead]\n"
    files["roles/r.yaml"] = (
        f"gapcheck: role/1\nname: {name}\ntargets: [{{to: 3, why: {text}, skills: [c]}}, "
        f"{{to: 0, why: {text}, skills: [f]}}]\n"
    )
    for path, said in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(said, encoding="utf-8")
    team = (
        f"gapcheck: people/1\npeople: {{ada: {{name: {name}, groups: {{g: {name}}}}}, ben: {{name: {name}}}}}\n"
        f"suppliers: {{s: {{name: {name}, skills: [d]}}}}\n"
    )
    people = read_as(yamldoc.parse(team.encode(), "people.yaml"), "people", People)
    loaded = catalogs.load(folder)
    day = dt.date(2027, 1, 4)
    sheet = Sheet(person="ada", role="r", date=day, levels={"a": 1, "b": 4, "c": "n/a", "d": 1})
    home = inputs.Project(loaded.catalog, loaded.policy, people, Config(), day)
    past = replace(sheet, date=dt.date(2026, 7, 6), levels={**sheet.levels, "a": 3, "b": "unknown", "e": 2})
    judged = inputs.Said(sheet, earlier=(Earlier(past, ("gone-since",)),))
    report = inputs.judge(home, judged, None, frozenset({"d"}))
    stories = {"report": story(report)}
    stories |= {f"explain {skill}": explain(report, skill) for skill in ("a", "c")}
    stories |= {f"show {what}": show(loaded.catalog, what) for what in ("one", "a")}
    return Told(report, stories, loaded.catalog.stages["one"].name)
