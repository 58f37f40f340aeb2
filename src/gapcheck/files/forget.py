"""Forgetting a person: everything that names them, found first, shown, and only then taken out."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.files import atomic, history, store, yamldoc
from gapcheck.files.history import SOMEONE
from gapcheck.files.project import PEOPLE
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapcheck.core.people import Config
    from gapcheck.files.history import History
    from gapcheck.files.yamldoc import Doc

BASELINE = "gapcheck-baseline.json"
NAMING = {"jams": ("speaker", "speakers"), "deliveries": ("judge", "by")}
"""Folders of the team's files that stay when a person is forgotten, and the keys under which an id stands in them."""

LOCK = ".lock"

_BREAK = re.compile("\r\n|\r|\n")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Step:
    """One file, what happens to it, and its content afterwards; None where it is deleted."""

    path: Path
    what: str
    content: bytes | None = None


@dataclass(slots=True)
class Plan:
    """Everything to be done, in order, and what was not looked into: somebody has to."""

    steps: list[Step] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)


def find(person: str, config: Config) -> Plan:
    """Everything about a person: private and shared sheets, people.yaml, plans, jams and the baseline.

    Changes nothing. No symbolic link is followed. Raises InputError where a file names the person in a way that
    cannot be taken out.
    """
    plan = Plan()
    private = store.home()
    plan.steps += _private(private / "sheets" / person)
    for folder in (private / "sheets", Path(config.sheets)):
        _sheets(plan, folder, person)
    plan.steps += [Step(path, "plan, deleted") for path in [private / "plans" / f"{person}.yaml"] if _stands(path)]
    _people(plan, person)
    for folder_name, keys in NAMING.items():
        for path in _yaml_below(plan, Path(folder_name)):
            _replace(plan, path, person, keys)
    _baseline(plan, baseline_of(config), person)
    return plan


def baseline_of(config: Config) -> Path:
    """Where the gate's baseline is."""
    return Path(config.check.baseline or BASELINE)


def remembered(plan: Plan, person: str, config: Config) -> History | None:
    """What git holds of a person once a plan is carried out; None where it cannot say."""
    deleted = [step.path for step in plan.steps if step.content is None and store.home() not in step.path.parents]
    sheets = Path(config.sheets)
    everybodys = (Path(PEOPLE), *map(Path, NAMING), baseline_of(config))
    return history.remembered(person, [*deleted, sheets / f"{person}.yaml"], sheets, everybodys)


def carry_out(plan: Plan, person: str) -> None:
    """Delete and rewrite, file by file, while no sitting of theirs is open. Raises InputError."""
    folder = store.home() / "sheets" / person
    if folder.is_dir() and not folder.is_symlink():
        with store.sitting(person):  # else it would write its answers again
            _take(plan.steps)
        shutil.rmtree(folder, ignore_errors=True)  # what is left is the lock
    else:
        _take(plan.steps)


def _take(steps: Iterable[Step]) -> None:
    for step in steps:
        if step.content is not None:
            atomic.write(step.path, step.content)
            continue
        try:
            step.path.unlink()
        except OSError as error:
            message = f"cannot be deleted: {atomic.reason(error)}"
            raise InputError.of(message, file=str(step.path), rule="write") from None


def _private(folder: Path) -> Iterator[Step]:
    """All that lies in a person's private folder, whatever it is called: sheets, ratings by others, links."""
    if folder.is_symlink():
        yield Step(folder, "symbolic link, deleted; what it leads to stays")
        return
    for path in _below(folder):
        if path.name != LOCK:
            yield Step(path, "private sheet, deleted" if path.suffix == ".yaml" else "private file, deleted")


def _sheets(plan: Plan, folder: Path, person: str) -> None:
    """Sheets of the person and ratings by them, wherever they lie in a folder."""
    known = {step.path for step in plan.steps}
    for path in _yaml_below(plan, folder):
        data = None if path in known else _data(plan, path, person)
        if data is None:
            continue
        if data.get("person") == person:
            plan.steps.append(Step(path, "sheet, deleted"))
        elif data.get("by") == person:
            plan.steps.append(Step(path, f"their rating of {data.get('person')}, deleted"))


def _data(plan: Plan, path: Path, person: str) -> Mapping[str, Any] | None:
    """What a file says that may name a person; None where it does not, is no mapping, or cannot be read."""
    try:
        raw = atomic.read(path)
        if person.encode() not in raw and b"\\" not in raw:  # an id may hide behind an escape
            return None
        data = yamldoc.parse(raw, str(path)).data
    except InputError:
        plan.unread.append(path)
        return None
    return data if isinstance(data, dict) else None


def _yaml_below(plan: Plan, folder: Path) -> Iterator[Path]:
    """The .yaml files below a folder; symbolic links among them are noted, not followed."""
    for path in _below(folder):
        if path.is_symlink():
            plan.unread.append(path)
        elif path.suffix == ".yaml":
            yield path


def _below(folder: Path) -> Iterator[Path]:
    """Files and symbolic links below a folder, in order of their names; the link itself where the folder is one."""
    if folder.is_symlink():
        yield folder
        return
    for where, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(where, name).is_symlink()]
        yield from (Path(where, name) for name in sorted([*names, *links]))


def _stands(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def _people(plan: Plan, person: str) -> None:
    """Their entry of people.yaml; every other byte stays."""
    path = Path(PEOPLE)
    if not path.exists():
        return
    raw = atomic.read(path)
    doc = yamldoc.parse(raw, PEOPLE)
    people = doc.data.get("people") if isinstance(doc.data, dict) else None
    if not isinstance(people, dict) or person not in people:
        return
    if path.is_symlink():
        raise InputError.of("is a symbolic link; name the file itself", file=PEOPLE, rule="write")
    plan.steps.append(Step(path, "entry taken out", without_entry(raw, doc, person)))


def without_entry(raw: bytes, doc: Doc, person: str) -> bytes:
    """people.yaml without one entry, otherwise byte for byte as it was. Raises InputError where that cannot be had."""
    wanted = {**doc.data, "people": {key: value for key, value in doc.data["people"].items() if key != person}}
    text = raw.decode()
    bom = _BOM if text.startswith(_BOM) else ""
    for candidate in _cuts(text.removeprefix(_BOM), doc, person):
        content = (bom + candidate).encode()
        try:
            if yamldoc.parse(content, doc.file).data == wanted:
                return content
        except InputError:
            continue
    span = doc.span("people", person)
    message = f"the entry of {person} on line {span.line} cannot be taken out safely; take it out by hand first"
    raise InputError.of(message, file=doc.file, rule="forget")


def _cuts(text: str, doc: Doc, person: str) -> Iterator[str]:
    """The text without what may be the entry, likeliest first; what is right shows when it is read again."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def place(*path: str) -> int:
        span = doc.spans[path]
        return starts[span.line - 1] + span.column - 1

    keys = list(doc.data["people"])
    here = keys.index(person)
    start = place("people", person)
    if not text[max(s for s in starts if s <= start) : start].strip(" "):
        yield from _without_lines(text, starts, start, alone=len(keys) == 1, head=place("people") + len("people:"))
    after = place("people", keys[here + 1]) if here + 1 < len(keys) else None
    if after is not None:
        yield text[:start] + text[after:]
    comma = text.rfind(",", 0, start)
    for end in (found.start() for found in re.finditer("}", text[start:])):
        yield text[: comma if here else start] + text[start + end :]


def _without_lines(text: str, starts: list[int], start: int, *, alone: bool, head: int) -> Iterator[str]:
    """Without the lines of a block entry: up to the next line that is indented no deeper, comments before it kept."""
    first = starts.index(max(s for s in starts if s <= start))
    indent = start - starts[first]
    lines = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    end = first + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    while end > first + 1 and not lines[end - 1].strip():
        end -= 1
    before, rest = "".join(lines[:first]), "".join(lines[end:])
    yield before[:head] + " {}" + before[head:] + rest if alone else before + rest


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _replace(plan: Plan, path: Path, person: str, keys: Sequence[str]) -> None:
    """A person's id under some keys, replaced; the rest stays byte for byte: the jam was held, the work delivered."""
    try:
        raw = atomic.read(path)
        doc = yamldoc.parse(raw, str(path))
    except InputError:
        plan.unread.append(path)
        return
    spans = doc.spans.items()
    places = [(span, key) for key, span in spans if _is_under(key, keys) and _value_at(doc.data, key) == person]
    if not places:
        return
    text = raw.decode()
    bom = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    for span, key in sorted(places, reverse=True):
        at = starts[span.line - 1] + span.column - 1
        at = text.index(":", at) if key[-1] in keys else at  # the span is the key's; an item has its own
        text = text[:at] + text[at:].replace(person, SOMEONE, 1)
    plan.steps.append(Step(path, f"their id replaced by {SOMEONE}", (bom + text).encode()))


def _is_under(path: tuple[str, ...], keys: Sequence[str]) -> bool:
    """Whether a path leads to the value of one of the keys, or to an item of the list that it is."""
    return bool({*path[-1:], *path[-2:-1]} & set(keys))


def _value_at(data: Any, key: tuple[str, ...]) -> Any:
    for part in key:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


def _baseline(plan: Plan, path: Path, person: str) -> None:
    """The gate's baseline, in case it names people; as it is written it holds counts only."""
    if not path.is_file() or path.is_symlink():
        return
    try:
        data = json.loads(atomic.read(path))
    except (ValueError, RecursionError):
        plan.unread.append(path)
        return
    people = data.get("people") if isinstance(data, dict) else None
    if isinstance(people, (dict, list)) and person in people:
        kept = {k: v for k, v in people.items() if k != person} if isinstance(people, dict) else _others(people, person)
        text = json.dumps({**data, "people": kept}, indent=2, ensure_ascii=False) + "\n"
        plan.steps.append(Step(path, "entry taken out", text.encode()))


def _others(people: Iterable[object], person: str) -> list[object]:
    return [each for each in people if each != person]
