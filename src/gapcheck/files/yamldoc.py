"""The one door to PyYAML: text to plain data, with the line and column of every key path, in one pass of events.

Scalars are read by the core rules of YAML 1.2: `no` is a word, `012` is 12, `12:30` is text. Anchors, aliases,
tags, second documents, duplicate keys, deep nesting and oversized files are refused, since a loader that builds
objects from them can be made to hang or crash. Control characters and direction overrides are replaced here,
once, so that nothing behind the door needs to fear them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from gapcheck.problems import InputError, Problem, Span, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 1 << 20
MOST_DEPTH = 32
MOST_NODES = 50_000

Path = tuple[str, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_OTHER_BASE = re.compile(r"0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_OLD_BREAKS = re.compile("[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile("\r\n|\r|\n")
_JSON_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_TAG_DIRECTIVE = re.compile("(?<![^\r\n])%TAG")  # PyYAML compares each with every other: minutes in one file


@dataclass(frozen=True, slots=True)
class Doc:
    """What a file says, and where it says it: spans by key path, list positions counted from 0."""

    file: str
    data: Any
    spans: dict[Path, Span]

    def span(self, *path: object) -> Span:
        """The place of the longest known part of a key path; segments that match nothing are skipped."""
        segments = tuple(map(str, path))
        if segments in self.spans:
            return self.spans[segments]
        here: Path = ()
        for segment in segments:
            if (*here, segment) in self.spans:
                here = (*here, segment)
        return self.spans.get(here, Span(1, 1))


@dataclass(slots=True)
class _Reader:
    """The state of one pass: open containers on a stack, and the faults found so far."""

    file: str
    spans: dict[Path, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def fault(self, event: Any, message: str, path: Path = ()) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.file, Span(mark.line + 1, mark.column + 1), key_path(path), message, "yaml"))


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    path: Path
    value: Any
    key: str | None = None


class _GiveUp(Exception):  # noqa: N818 (not an error of the program)
    """The file is not worth reading further; its fault is recorded."""


def clean(text: str) -> str:
    """Text with control characters, direction overrides and what UTF-8 or YAML cannot hold replaced.

    Tabs become spaces, newlines stay.
    """
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\t", " "))


def parse(raw: bytes, file: str) -> Doc:
    """Read one YAML (or JSON) document. Raises InputError with every fault that could be found."""
    text = _decoded(raw, file)
    reader = _Reader(file)
    data: Any = None
    try:
        data = _build(reader, yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        reader.problems.append(_syntax(error, file, text))
    except (ValueError, OverflowError):  # PyYAML's parser in Python over an escape beyond Unicode
        reader.problems.append(Problem(file, Span(), "", _SYNTAX_OTHER, "yaml"))
    except _GiveUp:
        pass
    if not reader.problems and not reader.documents:
        raise InputError.of("the file is empty", file=file, rule="yaml")
    if reader.problems:
        raise InputError(reader.problems)
    return Doc(file, data, reader.spans)


def _decoded(raw: bytes, file: str) -> str:
    if len(raw) > MOST_BYTES:
        raise InputError.of(f"the file is larger than {MOST_BYTES >> 20} MiB", file=file, rule="yaml")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError.of("this is UTF-16; save the file as UTF-8", file=file, rule="yaml")
    if b"\x00" in raw:
        line = raw[: raw.index(b"\x00")].count(b"\n") + 1
        raise InputError([Problem(file, Span(line, 1), "", "a NUL byte; this is not a text file", "yaml")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "a byte that is not UTF-8; save the file as UTF-8"
        raise InputError([Problem(file, Span(line, 1), "", message, "yaml")]) from None
    text = _OLD_BREAKS.sub("\ufffd", text)  # line breaks in YAML 1.1 and to PyYAML, in 1.2 and to editors not
    if text.lstrip().startswith(("{", "[")):
        text = _JSON_PAIR.sub(_one_escape, text)
    directive = _TAG_DIRECTIVE.search(text)
    if directive:
        raise InputError([Problem(file, _place_of(directive, text), "", "a %TAG line; plain values only", "yaml")])
    return text


def _one_escape(pair: re.Match[str]) -> str:
    """A character beyond U+FFFF, which JSON may write as two escapes, as the one that YAML has for it."""
    high, low = int(pair[2], 16), int(pair[3], 16)
    return f"{pair[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


_UNCLOSED = "a quote that is opened and never closed"
_NO_COLON = 'a key without its ":"'
_TOO_DEEP = f"nested more than {MOST_DEPTH} deep"
_SYNTAX = (
    ("nesting depth", _TOO_DEEP),  # from 6.0.4 on PyYAML has a limit of its own, and may meet it first
    ("a tab character", "a tab cannot indent in YAML; use spaces"),
    (
        "escape (character|code|sequence)|hexdec",
        "a backslash in double quotes that stands for no character; use single quotes",
    ),
    ("quoted scalar", _UNCLOSED),
    ("mapping values are not allowed", 'a ": " that cannot stand here; check the indentation, or quote the value'),
    ("entries are not allowed", 'a "- " that cannot stand here; begin the list on a line of its own'),
    ("expected ':'", _NO_COLON),
    ("parsing a flow", 'a "," or a closing bracket is missing here or before'),
    ("cannot start any token", "no value can begin with this character; put the value in quotes"),
)
"""What PyYAML says, and what we say."""
_SYNTAX_OTHER = "not valid YAML here; check indentation, quotes and brackets"


def _syntax(error: yaml.YAMLError, file: str, text: str) -> Problem:
    """PyYAML's complaint in our words; its own text can echo the file."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        place = _place_of(_UNPRINTABLE.search(text), text)
        return Problem(file, place, "", "a control character that YAML does not allow", "yaml")
    told = f"{getattr(error, 'context', '')}, {getattr(error, 'problem', '')}"
    line = text[mark.index - mark.column : mark.index + 1]
    if line.endswith("\t") or "\t" in line[: len(line) - len(line.lstrip())]:
        told = "a tab character"
    opened = getattr(error, "context_mark", None)
    message = next((ours for theirs, ours in _SYNTAX if re.search(theirs, told)), _SYNTAX_OTHER)
    if message in (_UNCLOSED, _NO_COLON) and opened is not None:
        mark = opened  # where it begins; PyYAML notices later
    return Problem(file, Span(mark.line + 1, mark.column + 1), "", message, "yaml")


def _place_of(found: re.Match[str] | None, text: str) -> Span:
    before = text[: found.start()] if found else ""
    lines = _LINE_BREAK.split(before)
    return Span(len(lines), len(lines[-1]) + 1)


def _build(reader: _Reader, events: Iterator[Any]) -> Any:
    """Turn events into plain data."""
    stack: list[_Open] = []
    root: Any = None
    for event in events:
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            reader.documents += 1
            if reader.documents > 1:
                reader.fault(event, "a second document; keep one document per file")
                raise _GiveUp
        elif isinstance(event, yaml.NodeEvent):
            value = _node(reader, event, stack)
            if not stack:
                root = value
                reader.spans[()] = _span(event)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                _open(reader, event, stack, value)
            elif stack:
                _put(reader, event, stack[-1], value)
    return root


def _span(event: Any) -> Span:
    return Span(event.start_mark.line + 1, event.start_mark.column + 1)


def _node(reader: _Reader, event: Any, stack: list[_Open]) -> Any:
    """The value an event starts; refuses what this door does not let through."""
    reader.nodes += 1
    if reader.nodes > MOST_NODES:
        reader.fault(event, f"more than {MOST_NODES} values in one file")
        raise _GiveUp
    if isinstance(event, yaml.AliasEvent):
        reader.fault(event, "an alias (*); write the value out")
        return None
    if event.anchor is not None:
        reader.fault(event, "an anchor (&); write each value out where it belongs")
    if event.tag is not None and event.tag != "!":
        reader.fault(event, "a tag (!); plain values only")
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    is_key = bool(stack) and isinstance(stack[-1].value, dict) and stack[-1].key is None
    return _text(reader, event) if is_key or not event.implicit[0] else _scalar(reader, event)


def _text(reader: _Reader, event: Any) -> str:
    if _SURROGATE.search(event.value):
        reader.fault(event, "half of a surrogate pair; this is not a character")
        return ""
    return clean(event.value)


def _scalar(reader: _Reader, event: Any) -> Any:
    """A plain scalar by the core rules of YAML 1.2."""
    text: str = event.value
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    number = _float(text)
    if number is None:
        return _text(reader, event)
    if math.isfinite(number):
        return number
    reader.fault(event, "not a finite number")
    return None


def _float(text: str) -> float | None:
    """The number that a text stands for, not a number and the infinities among them; None if it is a word."""
    if _NOT_FINITE.fullmatch(text):
        return math.nan
    return float(text) if len(text) < 64 and _FLOAT.fullmatch(text) else None


def _open(reader: _Reader, event: Any, stack: list[_Open], value: Any) -> None:
    """Go into a mapping or list."""
    if len(stack) >= MOST_DEPTH:
        reader.fault(event, _TOO_DEEP)
        raise _GiveUp
    path: Path = ()
    if stack:
        parent = stack[-1]
        if isinstance(parent.value, dict) and parent.key is None:
            reader.fault(event, "a key must be a plain word", parent.path)
            raise _GiveUp
        path = _place(parent)
        _put(reader, event, parent, value)
    stack.append(_Open(path, value))


def _place(parent: _Open) -> Path:
    key = parent.key if isinstance(parent.value, dict) else str(len(parent.value))
    return (*parent.path, key or "")


def _put(reader: _Reader, event: Any, parent: _Open, value: Any) -> None:
    """Add a key, or a value, to the container that is open."""
    if isinstance(parent.value, list):
        reader.spans[_place(parent)] = _span(event)
        parent.value.append(value)
    elif parent.key is None:
        key = value if isinstance(value, str) else ""
        path = (*parent.path, key)
        if key in parent.value and isinstance(value, str):
            reader.fault(event, f"this key stands here already, on line {reader.spans[path].line}", path)
        else:
            reader.spans[path] = _span(event)
        parent.key = key
    else:
        parent.value[parent.key] = value
        parent.key = None
