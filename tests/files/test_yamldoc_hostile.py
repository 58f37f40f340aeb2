"""Whatever stands in a file: plain data without control characters, or faults; quickly, and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gapcheck.files import yamldoc
from gapcheck.problems import InputError
from tests.files.conftest import SHOP
from tests.files.reading import data_of, faults_of

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = [
    *"[]{},:-?&*!|>'\"%@`#~=.\\ \t\n\r0a\x85\u2028\ufeff\x07\x7f\u202e\ufffe😀",
    *(
        "a: ",
        "- ",
        "? ",
        ": ",
        "\n  ",
        "\n\t",
        "&a ",
        "*a",
        "<<: *a",
        "!!int ",
        "!!timestamp foo",
        "!<",
        "---\n",
        "...\n",
    ),
    *(
        "%YAML 1.2\n",
        "%TAG ! x\n",
        "0x1F",
        ".inf",
        "1e999",
        "|\n",
        ">-\n",
        "''",
        '""',
        "\\ud800",
        "\\x1b",
        "\\U00110000",
    ),
]
SURVIVE = ["\n", "\u200c", "\u200d", "\u200e", "\u200f"]
"""Newlines; the joiners and marks that Persian, emoji, Hebrew and Arabic need."""
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def texts_in(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for pair in data.items() for part in pair for text in texts_in(part)]
    if isinstance(data, list):
        return [text for part in data for text in texts_in(part)]
    return [data] if isinstance(data, str) else []


def is_harmless(text: str) -> bool:
    """No control character but the newline, no direction override, no half pair, nothing that UTF-8 refuses."""
    kinds = {unicodedata.category(character) for character in text if character != "\n"}
    return not kinds & {"Cc", "Cs", "Zl", "Zp"} and not set(text) & {*OVERRIDES, "\ufeff", "\ufffe", "\uffff"}


def passes_or_is_refused(raw: bytes) -> None:
    data: Any = None
    told: list[str] = []
    try:
        data = yamldoc.parse(raw, "f").data
    except InputError as error:
        told = [str(problem) for problem in error.problems] or ["refused without a word\0"]
    assert all(is_harmless(text) for text in (*texts_in(data), *told))
    json.dumps(data, allow_nan=False, ensure_ascii=False).encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_faults(raw: bytes) -> None:
    passes_or_is_refused(raw)


@given(st.text(max_size=100))
def test_any_text_is_data_or_faults(text: str) -> None:
    passes_or_is_refused(text.encode(errors="replace"))


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@settings(max_examples=500)
@given(st.lists(st.sampled_from(TOKENS), max_size=25).map("".join))
@example(r'"\U00110000"')
@example("%YAML " + "9" * 5000)
@example(r'"\ud800"')
def test_anything_like_yaml_is_data_or_faults_under_both_parsers(loader: str, text: str) -> None:
    """PyYAML has a parser in Python for systems without the one in C; what is refused may differ."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamldoc, "_LOADER", getattr(yaml, loader))
        passes_or_is_refused(text.encode())


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    "text",
    [
        r'a: "\ud800"',
        r'a: "\U00110000"',
        "a: *b",
        "a: &b 1",
        "a: !!int 1",
        "a: 1\na: 2",
        "[" * 33,
        "---\n---",
        "a: .nan",
    ],
)
def test_both_parsers_refuse_what_must_not_pass(monkeypatch: pytest.MonkeyPatch, loader: str, text: str) -> None:
    monkeypatch.setattr(yamldoc, "_LOADER", getattr(yaml, loader))
    assert faults_of(text)


@given(st.text(max_size=50))
def test_what_a_quoted_text_may_say_comes_in_clean_and_is_cleaned_once(text: str) -> None:
    value = data_of("".join(['a: "', *(f"\\U{ord(c):08x}" for c in text if not "\ud800" <= c <= "\udfff"), '"\n']))["a"]
    assert is_harmless(value)
    assert yamldoc.clean(value) == value


@pytest.mark.parametrize(
    "character", [*OVERRIDES, "\x00", "\x07", "\x1b", "\x7f", "\x9b", "\r", "\ufeff", "\ud800"], ids=ascii
)
def test_control_characters_and_direction_overrides_are_replaced(character: str) -> None:
    assert yamldoc.clean(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize("character", [*SURVIVE, "é", "ß", "شر", "😀", "👩\u200d💻", "\u00a0", "\u00ad"], ids=ascii)
def test_what_languages_need_stays(character: str) -> None:
    assert yamldoc.clean(f"a{character}b") == f"a{character}b"


def test_a_tab_becomes_a_space_and_windows_line_ends_newlines() -> None:
    assert yamldoc.clean("a\tb\r\nc") == "a b\nc"


MIB = 1 << 20
HEAD = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\n"


def whole(unit: str, head: str = "", tail: str = "") -> str:
    """As often as fits into 1 MiB."""
    return head + unit * ((MIB - len(head) - len(tail)) // len(unit.encode())) + tail


def each(pattern: str, number: int = 24_900) -> str:
    return "".join(pattern.replace("@", f"{n:05}") for n in range(number))


DEEP = "".join("{? " + "k" * 33_000 + "\n: " for _ in range(29)) + "{" + "a," * 24_900 + "}" * 30
NASTY = {
    "open lists": whole("["),
    "open mappings": whole("{a: "),
    "list items in one another": whole("- "),
    "keys of keys": whole("{? "),
    "aliases": whole("*a ,", "[&a 1,", "]"),
    "anchors": "[" + each("&a@ 1,", 49_900) + "]",
    "tag directives": each("%TAG !@! a\n", 69_000) + "--- a\n",
    "duplicate keys under long keys": DEEP,
    "unknown keys": HEAD + each("k@: 1\n"),
    "unknown skills": HEAD + "levels:\n" + each("  paid-socail@: 1\n"),
    "unknown skills in a list": HEAD + "interest:\n" + each("- paid-@\n", 49_000),
    "bad keys with bad values": HEAD + "levels:\n" + each("  P@: 7\n"),
    "bad list items": HEAD + "terms: {a: [" + "1," * 49_900 + "]}",
    "settled alone": HEAD + "settled:\n" + each("  s@: 1\n"),
    "one long line": whole("a"),
    "one long number": whole("1", tail="x"),
    "empty lines": whole("\n", tail="a: b: c"),
    "an open quote": whole("x\n", HEAD + 'a: "'),
    "escapes": whole("\\x07", '"', '"'),
    "overrides": whole("\u202e", HEAD + "notes: {paid-social: '", "'}\n"),
    "backslashes": whole("\\", '["', '"]'),
}
READ = """
import pathlib, sys, time
from gapcheck.files import catalogs, sheets
from gapcheck.problems import InputError
if sys.platform == "linux":
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
shop = catalogs.load(pathlib.Path(sys.argv[1])).catalog
for path in sorted(pathlib.Path(sys.argv[2]).iterdir()):
    started = time.perf_counter()
    try:
        sheets.load(path, shop)
    except InputError as error:
        for problem in error.problems[:100]:
            str(problem)
    print(path.stem, time.perf_counter() - started, sep="\\t")
if sys.platform == "linux":
    status = pathlib.Path("/proc/self/status").read_text()
    print("memory", int(status.split("VmHWM:")[1].split()[0]) / 1024, sep="\\t")
"""


def test_the_nastiest_files_of_a_mebibyte_are_read_in_seconds_and_little_memory(tmp_path: Path) -> None:
    """Each in far under a second and 200 MB on a usual machine; the ceiling leaves room for a slow one."""
    for name, text in NASTY.items():
        (tmp_path / f"{name}.yaml").write_bytes(text.encode()[:MIB])
    command = [sys.executable, "-X", "utf8", "-c", READ, str(SHOP), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ}, check=False)
    assert done.returncode == 0, done.stderr
    figures = {name: float(figure) for name, figure in (line.split("\t") for line in done.stdout.splitlines())}
    assert figures.pop("memory", 0) < 200
    assert figures.keys() == NASTY.keys()
    assert max(figures.values()) < 5, figures
