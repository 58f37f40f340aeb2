"""The chart of a plan in real Mermaid and a real browser: every label stands in the picture as it was written.

Not part of the ordinary run, which has neither. GAPCHECK_TEST_MERMAID names one or more mermaid.min.js (as `npm pack
mermaid@11` and `npm pack mermaid@10` bring them, in package/dist), separated by a colon; chromium must be there:

    GAPCHECK_TEST_MERMAID=m11/mermaid.min.js:m10/mermaid.min.js pytest tests/reporters/test_mermaid.py
"""

from __future__ import annotations

import datetime as dt
import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gapcheck.core.report.blocks import Gantt, Lane
from gapcheck.reporters.look import Look
from gapcheck.reporters.markdown import render

LIBRARIES = [Path(path) for path in os.environ.get("GAPCHECK_TEST_MERMAID", "").split(":") if path]
NAMES = (
    "Search", "Course: intro", "click through rate", "title tags", "dateFormat", "section one", "a;b", "100% #1",
    "\"quoted\" 'x'", "<b>&amp;", "%%{init: {}}%%", "done, crit", "1 x", "after y", "excludes", "A\\nB", "Größe 中文",
    "todayMarker off", "`code`", "```", "vert", "%% no comment", "end", "::warning::x", "a_b*c*", "(a) [b] {c}", "$x$",
)  # fmt: skip

PAGE = """<!doctype html><meta charset="utf-8"><script src="{library}"></script>
<pre id="told"></pre><div id="chart"></div>
<script>(async () => {{
  const told = document.getElementById("told"), chart = document.getElementById("chart");
  try {{
    mermaid.initialize({{startOnLoad: false, securityLevel: "strict"}});
    chart.innerHTML = (await mermaid.render("g", {code})).svg;
    told.textContent = JSON.stringify([...chart.querySelectorAll("text")].map(text => text.textContent.trim()));
  }} catch (error) {{ told.textContent = JSON.stringify(["ERROR " + error]); }}
}})()</script>"""


def chart(names: tuple[str, ...]) -> str:
    """The chart's source with a lane for each name, as the Markdown report has it."""
    start = dt.date(2027, 1, 4)
    days = (start, start + dt.timedelta(weeks=2))
    text = render([Gantt(start, start + dt.timedelta(weeks=26), tuple(Lane(name, days) for name in names))], Look())
    match = re.fullmatch(r"```mermaid\n(.*)\n```\n", text, re.DOTALL)
    assert match
    return match[1]


@pytest.mark.parametrize("library", LIBRARIES or [None], ids=str)
def test_every_label_stands_in_the_picture(library: Path | None, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if library is None or browser is None:
        pytest.skip("GAPCHECK_TEST_MERMAID and chromium are needed")
    page = tmp_path / "page.html"
    code = json.dumps(chart(NAMES)).replace("</", "<\\/")
    page.write_text(PAGE.format(library=library.resolve().as_uri(), code=code), encoding="utf-8")
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command += ["--virtual-time-budget=8000", "--dump-dom", page.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    told = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert told
    texts = json.loads(html.unescape(told[1]))
    assert [f"{n}. {name}" for n, name in enumerate(NAMES, 1) if f"{n}. {name}" not in texts] == [], texts


def test_no_label_ends_the_chart_or_commands_a_build_server() -> None:
    code = chart((*NAMES, "##[error]x", "a\n```\n# b"))
    assert "```" not in code
    assert "::" not in code.replace(" :2027", "")
    assert "##[" not in code
    assert len(code.split("\n")) == 3 + len(NAMES) + 2
