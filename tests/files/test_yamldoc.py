"""The YAML door: scalars by YAML 1.2, the place of every key, and what is refused, each with its line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.files import atomic, yamldoc
from gapcheck.problems import Span
from tests.files.reading import data_of, faults_of, refused

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ["no", "No", "NO", "yes", "on", "off", "y", "n/a", "tRue", "nULL", "unknown", "=", "<<", "2027-01-04"]
NO_NUMBERS = ["12:30", "190:20:30", "1_000", "0b11", "0o8", "0xg", "-0x1", "1e", "--1", "1.2.3", ".", "1" * 70]
SCALARS: dict[str, object] = {
    **{word: word for word in [*WORDS, *NO_NUMBERS]},
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "0": 0, "-0": 0, "12": 12, "012": 12, "+7": 7, "-3": -3, "0o14": 12, "0x1F": 31, "1" * 18: int("1" * 18),
    "1e3": 1000.0, "1.": 1.0, ".5": 0.5, "-.5": -0.5, "1.0": 1.0, "-1.5e-3": -0.0015, "1E+2": 100.0,
    "'12'": "12", '"12"': "12", "'true'": "true", "'null'": "null", '""': "", "'n''t'": "n't", r'"\u00e9"': "é",
}  # fmt: skip
PLACES = {"a: @\n": "a", "a:    @ # a note\n": "a", "{a: @}\n": "a", "- @\n": 0, "a:\n  @\n": "a"}

UNWRITABLE = "".join(map(chr, [*range(0x7F, 0xA0), 0xFFFE, 0xFFFF]))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNWRITABLE), max_size=40)
NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.map(yamldoc.clean), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(list(SCALARS)), st.sampled_from(list(PLACES)))
def test_scalars_are_read_by_the_core_rules_of_yaml_1_2_wherever_they_stand(text: str, place: str) -> None:
    value = data_of(place.replace("@", text))[PLACES[place]]
    assert (type(value), value) == (type(SCALARS[text]), SCALARS[text])


@pytest.mark.parametrize("key", ["12", "true", "null", "no", "1.5", "<<", "~", "2027-01-04"])
def test_a_key_is_always_text(key: str) -> None:
    assert data_of(f"{key}: 1\n") == {key: 1}


def cleaned(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: cleaned(value) for key, value in data.items()}
    if isinstance(data, list):
        return [cleaned(value) for value in data]
    return yamldoc.clean(data) if isinstance(data, str) else data


@given(JSON, st.booleans(), st.sampled_from([None, 2]), st.sampled_from(["", "\ufeff"]))
def test_json_is_yaml(data: Any, escaped: bool, indent: int | None, mark: str) -> None:
    """Escaped or not: JSON may write a character beyond U+FFFF as two escapes."""
    data = [data, "\U0001f600", "\\ud83d\\ude00"]
    assert data_of(mark + json.dumps(data, ensure_ascii=escaped, indent=indent)) == cleaned(data)


@given(JSON)
def test_every_key_and_list_item_is_found_where_it_stands(data: Any) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False)
    begins = [0, *(n + 1 for n, character in enumerate(text) if character == "\n")]
    doc = yamldoc.parse(text.encode(), "f")
    for path, span in doc.spans.items():
        here, _ = json.JSONDecoder().raw_decode(text, begins[span.line - 1] + span.column - 1)
        parent: Any = None
        there: Any = doc.data
        for part in path:
            parent, there = there, there[part] if isinstance(there, dict) else there[int(part)]
        assert cleaned(here) == (path[-1] if isinstance(parent, dict) else there)


SAMPLE = """\
# a comment
person: ada
levels:
    paid-social: 3   # a note
    'seo': n/a
targets:
  - {to: 4, skills: [a, b]}
  -  to: 2
  - >
    several
    lines
"""


def test_lines_and_columns_count_from_1_and_list_positions_from_0() -> None:
    spans = {
        ".".join(path): (span.line, span.column) for path, span in yamldoc.parse(SAMPLE.encode(), "f").spans.items()
    }
    assert spans == {
        "": (2, 1), "person": (2, 1), "levels": (3, 1), "levels.paid-social": (4, 5), "levels.seo": (5, 5),
        "targets": (6, 1), "targets.0": (7, 5), "targets.0.to": (7, 6), "targets.0.skills": (7, 13),
        "targets.0.skills.0": (7, 22), "targets.0.skills.1": (7, 25), "targets.1": (8, 6), "targets.1.to": (8, 6),
        "targets.2": (9, 5),
    }  # fmt: skip


def test_a_place_is_that_of_the_longest_known_part_of_a_path() -> None:
    doc = yamldoc.parse(SAMPLE.encode(), "f")
    assert doc.span("levels", "paid-social", "int") == Span(4, 5)
    assert doc.span("levels", "missing") == Span(3, 1)
    assert doc.span("function-wrapper", "targets", 0, "to") == Span(7, 6)
    assert doc.span("missing") == Span(2, 1)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_a_byte_order_mark_and_every_line_ending_are_accepted(ending: str, mark: str) -> None:
    doc = yamldoc.parse((mark + SAMPLE.replace("\n", ending)).encode(), "f")
    assert doc == yamldoc.parse(SAMPLE.encode(), "f")


def test_only_what_editors_count_as_lines_are_lines() -> None:
    """Line breaks of YAML 1.1 would make two keys of one, and every later line wrong."""
    assert data_of("a: x\x85b: y\u2028c\u2029d\n".replace(": y", "=y")) == {"a": "x\ufffdb=y\ufffdc\ufffdd"}
    assert faults_of("a: '\u2028'\nb: 1\nb: 2\n") == ["3:1: b: this key stands here already, on line 2"]


TAB = "a tab cannot indent in YAML; use spaces"
ANCHOR, ALIAS = "an anchor (&); write each value out where it belongs", "an alias (*); write the value out"
TAG, QUOTE = "a tag (!); plain values only", "a quote that is opened and never closed"
COLON = 'a ": " that cannot stand here; check the indentation, or quote the value'
COMMA = 'a "," or a closing bracket is missing here or before'
BACKSLASH = "a backslash in double quotes that stands for no character; use single quotes"
BOMB = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
FRONT_MATTER = '---\ntitle: People\ncontent:\n  - level: 1\n    criteria:\n      -\t"Shares risks."\n---\n# People\n'

REFUSED: dict[str, tuple[str | bytes, list[str]]] = {
    "tab": ("a:\n\tb: 1\n", [f"2:1: {TAB}"]),
    "tab after spaces": ("a:\n  b: 1\n  \tc: 1\n", [f"3:3: {TAB}"]),
    "tab after a dash, in front matter": (FRONT_MATTER, [f"6:8: {TAB}"]),
    "front matter": ("---\na: 1\n---\n# Title\n", ["3:1: a second document; keep one document per file"]),
    "duplicate keys, all of them": (
        "a: 1\nb: {x: 1, x: 2}\na: {x: 1}\nb: 2\nc:\n- {y: 1, y: 2}\n",
        [
            "2:11: b.x: this key stands here already, on line 2",
            "3:1: a: this key stands here already, on line 1",
            "4:1: b: this key stands here already, on line 2",
            "6:10: c.0.y: this key stands here already, on line 6",
        ],
    ),
    "the same key in different forms": ("1: x\n'1': y\n", ["2:1: 1: this key stands here already, on line 1"]),
    "a block that stands twice": ("a:\n  x: 1\na:\n  x: 1\n", ["3:1: a: this key stands here already, on line 1"]),
    "anchor and alias": ("a: &x 1\nb: *x\n", [f"1:4: {ANCHOR}", f"2:4: {ALIAS}"]),
    "merge": ("a: &x {k: 1}\nb:\n  <<: *x\n", [f"1:4: {ANCHOR}", f"3:7: {ALIAS}"]),
    "alias bomb": (BOMB, [f"{at}: {what}" for at, what in zip(
        ["1:4", "2:4", "2:8", "2:12", "3:5", "3:9"], [ANCHOR, ANCHOR, *[ALIAS] * 4], strict=True)]),
    "aliases as keys": ("? *a\n: 1\n? *b\n: 2\n", [f"1:3: {ALIAS}", f"3:3: {ALIAS}"]),
    "tags": ("a: !!int '1'\nb: !x\n  - !!python/object:os.system {}\n", [f"1:4: {TAG}", f"2:4: {TAG}", f"3:5: {TAG}"]),
    "tag directive": ("# x\n%TAG ! tag:x,2000:\n---\na: 1\n", ["2:1: a %TAG line; plain values only"]),
    "mapping as key": ("a: 1\n? {b: 1}\n: 2\n", ["2:3: a key must be a plain word"]),
    "list as key": ("a: 1\n[b]: 2\n", ["2:1: a key must be a plain word"]),
    "33 deep": ("[" * 33 + "]" * 33, ["1:33: nested more than 32 deep"]),
    "50,001 values": ("\n".join(["- 1"] * 50_000), ["50000:3: more than 50000 values in one file"]),
    "90,000 keys": ("".join(f"k{n}: 1\n" for n in range(90_000)), ["25000:9: more than 50000 values in one file"]),
    "1 MiB and a byte": (b"a" * ((1 << 20) + 1), ["the file is larger than 1 MiB"]),
    "NUL": (b"a: 1\nb: \x00\n", ["2:1: a NUL byte; this is not a text file"]),
    "UTF-16, little end first": ("\ufeffa: 1\n".encode("utf-16-le"), ["this is UTF-16; save the file as UTF-8"]),
    "UTF-16, big end first": ("\ufeffa: 1\n".encode("utf-16-be"), ["this is UTF-16; save the file as UTF-8"]),
    "latin-1": ("a: 1\nb: Müller\n".encode("latin-1"), ["2:1: a byte that is not UTF-8; save the file as UTF-8"]),
    "control character": ("a: 1\r\nb: é\x07\n", ["2:5: a control character that YAML does not allow"]),
    "half of a surrogate pair": ('a: 1\nb: "\\ud800"\n', [f"2:7: {BACKSLASH}"]),
    "a path in double quotes": ('a: "C:\\data"\n', [f"1:7: {BACKSLASH}"]),
    "not finite": ("a: .nan\nb: [.inf, -.INF]\nc: 1e999\n", [
        f"{at}: not a finite number" for at in ("1:4", "2:5", "2:11", "3:4")]),
    "open quote": ('a: 1\nb: "x\nc: 2\nd: 3\n', [f"2:4: {QUOTE}"]),
    "open bracket": ("a: [1, 2\nb: 3\n", [f"2:2: {COMMA}"]),
    "two colons": ("a: b: c\n", [f"1:5: {COLON}"]),
    "wrong indentation": ("a: 1\n b: 2\n", [f"2:3: {COLON}"]),
    "no colon": ("a: 1\nb\nc: 2\n", ['2:1: a key without its ":"']),
    "list beside a key": ("a: - 1\n", ['1:4: a "- " that cannot stand here; begin the list on a line of its own']),
    "at sign": ("a: @x\n", ["1:4: no value can begin with this character; put the value in quotes"]),
    "text after a quote": ('a: "x" y\n', ["1:8: not valid YAML here; check indentation, quotes and brackets"]),
    "nothing": ("", ["the file is empty"]),
    "comments only": ("# a\n\n  # b\n", ["the file is empty"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_right_line(name: str) -> None:
    content, faults = REFUSED[name]
    assert faults_of(content) == faults


def test_50_kb_of_brackets_are_refused_whoever_notices_first() -> None:
    """PyYAML from 6.0.4 on stops reading ahead at a depth of its own, which is further right."""
    (fault,) = faults_of("[" * 50_000)
    assert re.fullmatch("1:(33|1001): nested more than 32 deep", fault)


def test_what_is_just_within_the_limits_passes() -> None:
    yamldoc.parse(b"[" * 32 + b"]" * 32, "f")
    yamldoc.parse(b"\n".join([b"- 1"] * 49_999), "f")
    yamldoc.parse(b"#" * ((1 << 20) - 5) + b"\na: 1", "f")


def test_a_merge_key_without_an_alias_is_a_plain_key() -> None:
    assert data_of("<<: {a: 1}\n") == {"<<": {"a": 1}}


def test_folders_and_missing_files_are_faults_of_the_input(tmp_path: Path) -> None:
    assert refused(lambda: atomic.read(tmp_path)) == ["is a folder, not a file"]
    assert refused(lambda: atomic.read(tmp_path / "none.yaml"))[0].startswith("cannot be read: no such file")
