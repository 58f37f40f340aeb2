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

from gapcheck.problems import InputError, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 1 << 20
MOST_DEPTH = 32
MOST_NODES = 50_000

Path = tuple[str, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Doc:
    """What a file says, and where it says it: spans by key path, list positions counted from 0."""

    file: str
    data: Any
    spans: dict[Path, Span]

    def span(self, *path: object) -> Span:
        """The place of the longest known part of a key path; segments that match nothing are skipped."""
        here: Path = ()
        for segment in path:
            if (*here, str(segment)) in self.spans:
                here = (*here, str(segment))
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
        self.problems.append(Problem(self.file, Span(mark.line + 1, mark.column + 1), ".".join(path), message, "yaml"))


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    path: Path
    value: Any
    key: str | None = None


class _GiveUp(Exception):  # noqa: N818 (not an error of the program)
    """The file is not worth reading further; its fault is recorded."""


def clean(text: str) -> str:
    """Text with control characters and direction overrides replaced; tabs become spaces, newlines stay."""
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
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "a byte that is not UTF-8; save the file as UTF-8"
        raise InputError([Problem(file, Span(line, 1), "", message, "yaml")]) from None


def _syntax(error: yaml.YAMLError, file: str, text: str) -> Problem:
    """PyYAML's complaint in our words; its own text can echo the file."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(file, _unprintable(text), "", "a character that YAML does not allow", "yaml")
    line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
    told = str(getattr(error, "problem", "") or "")
    message = "not valid YAML here; check indentation, quotes and brackets"
    if "\t" in line[: mark.column + 1]:
        message = "a tab cannot indent in YAML; use spaces"
    elif "mapping values are not allowed" in told:
        message = 'a second ": " in one value; put the value in quotes'
    elif "expected ':'" in told:
        message = 'a key without its ":"'
    elif "while scanning a quoted" in str(getattr(error, "context", "")):
        message = "a quote that is opened and never closed"
    return Problem(file, Span(mark.line + 1, mark.column + 1), "", message, "yaml")


def _unprintable(text: str) -> Span:
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    before = text[: found.start()] if found else ""
    return Span(before.count("\n") + 1, len(before) - before.rfind("\n"))


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
    if _NOT_FINITE.fullmatch(text):
        reader.fault(event, "not a finite number")
        return None
    if _FLOAT.fullmatch(text) and len(text) < 64:
        number = float(text)
        if math.isfinite(number):
            return number
        reader.fault(event, "not a finite number")
        return None
    return _text(reader, event)


def _open(reader: _Reader, event: Any, stack: list[_Open], value: Any) -> None:
    """Go into a mapping or list."""
    if len(stack) >= MOST_DEPTH:
        reader.fault(event, f"nested more than {MOST_DEPTH} deep")
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
        if path in reader.spans:
            first = reader.spans[path].line
            reader.fault(event, f"this key stands here already, on line {first}", path)
        else:
            reader.spans[path] = _span(event)
        parent.key = key
    else:
        parent.value[parent.key] = value
        parent.key = None
