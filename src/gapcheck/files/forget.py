"""Forgetting a person: everything that names them, found first, shown, and only then taken out."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.files import atomic, history, store, yamldoc
from gapcheck.files.formats import HEADER, kind_of
from gapcheck.files.history import SOMEONE
from gapcheck.files.project import CONFIG, PEOPLE
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapcheck.core.people import Config
    from gapcheck.files.history import History
    from gapcheck.files.yamldoc import Doc

BASELINE = "gapcheck-baseline.json"
NAMING = {"jams": ("speaker", "speakers"), "deliveries": ("judge", "by"), "journey": ("owners",)}
"""Folders of the team's files that stay when a person is forgotten, and the keys under which an id stands in them."""

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
    """Everything to be done, in order, and what is left to somebody's own eyes.

    `unread` was not looked into. `elsewhere` are sheets of theirs, or of somebody else with that id, that belong to a
    project of its own below this one. `by_hand` names them where nobody looks for such a file: a list of people in an
    old folder, a sheet as JSON. `people` is people.yaml, in case it was never committed.
    """

    steps: list[Step] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)
    elsewhere: list[Path] = field(default_factory=list)
    by_hand: list[Path] = field(default_factory=list)
    people: dict[str, Any] = field(default_factory=dict)

    def has(self, path: Path) -> bool:
        """Whether something is done to a file."""
        return _absolute(path) in {_absolute(step.path) for step in self.steps}


def _absolute(path: Path) -> str:
    """One way to write a path, a symbolic link taken for itself."""
    return os.path.normpath(path.absolute())


def find(person: str, config: Config) -> Plan:
    """Everything about a person: private and shared sheets, people.yaml, plans, jams and the baseline.

    In a project, sheets and plans are found wherever they lie below the current folder. Changes nothing. No symbolic
    link is followed. Raises InputError where people.yaml cannot be read, or names the person in a way that cannot be
    taken out.
    """
    plan = Plan()
    private = store.home()
    plan.steps += _private(plan, private / "sheets" / person)
    for folder in (private / "sheets", Path(config.sheets)):
        for path in _yaml_below(plan, folder):
            _sheet(plan, path, person)
    if any(Path(name).exists() for name in (CONFIG, PEOPLE, ".git")):
        _strays(plan, person)
    plans = private / "plans"
    of_a_killed_write = sorted(plans.glob(f".{person}.yaml.*.tmp"))
    files = (path for path in (plans / f"{person}.yaml", *of_a_killed_write) if _stands(path))
    plan.steps += [Step(path, "plan, deleted") for path in files]
    _people(plan, person)
    for folder_name, keys in NAMING.items():
        for path in _yaml_below(plan, Path(folder_name)):
            _replace(plan, path, person, keys)
    _baseline(plan, Path(config.check.baseline or BASELINE), person)
    return plan


def still_standing(plan: Plan, person: str, known: History) -> list[Path]:
    """Files of this checkout that hold the person even after the plan, by what git knows of where they stood.

    A plan takes out ids where a file has them, and looks into its own folders only: a name may stand in a sentence.
    """
    top = history.root_of(Path("anything"))
    after = {_absolute(step.path): step.content for step in plan.steps}
    told = {_absolute(path) for path in plan.by_hand}
    left = []
    for path in [top / name for name in dict.fromkeys((*known.gone, *known.named))] if top else []:
        if path.is_file() and not path.is_symlink() and _absolute(path) not in told:
            raw = after[_absolute(path)] if _absolute(path) in after else atomic.read(path)
            if raw is not None and history.names_now(raw, person, known.pattern):
                left.append(Path(os.path.relpath(path)))
    return left


def other_repositories(plan: Plan, config: Config) -> tuple[Path, ...]:
    """Checkouts of other repositories, submodules among them, in which files of the person lie or may have lain."""
    here, private = history.root_of(Path("anything")), store.home()
    paths = [step.path for step in plan.steps if private not in step.path.parents]
    roots = (history.root_of(path) for path in (*paths, *plan.elsewhere, Path(config.sheets, "anything")))
    return tuple(dict.fromkeys(root for root in roots if root not in (None, here)))


def carry_out(plan: Plan, person: str) -> None:
    """Delete and rewrite, file by file, while no sitting of theirs is open. Raises InputError."""
    folder = store.home() / "sheets" / person
    if not folder.is_dir() or folder.is_symlink():
        _take(plan.steps)
        return
    with store.sitting(person):  # else it would write its answers again
        _take(step for step in plan.steps if step.path != folder)
    shutil.rmtree(folder, ignore_errors=True)  # what is left is folders
    if folder.exists():
        raise InputError.of("cannot be deleted; delete it by hand", file=str(folder), rule="write")


def _take(steps: Iterable[Step]) -> None:
    for step in steps:
        if step.content is not None:
            atomic.write(step.path, step.content)
            continue
        try:
            step.path.unlink(missing_ok=True)  # what a killed write left, a sitting clears away
        except OSError as error:
            message = f"cannot be deleted: {atomic.reason(error)}"
            raise InputError.of(message, file=str(step.path), rule="write") from None


def _private(plan: Plan, folder: Path) -> Iterator[Step]:
    """All that lies in a person's private folder, whatever it is called: sheets, ratings by others, links."""
    if folder.is_symlink():
        yield Step(folder, "symbolic link, deleted; what it leads to stays")
        return
    files = [path for path in _below(plan, folder) if path.name != store.LOCK]
    for path in files:
        yield Step(path, "private sheet, deleted" if path.suffix == ".yaml" else "private file, deleted")
    if not files and folder.is_dir():
        yield Step(folder, "private folder without a sheet, deleted")


def _sheet(plan: Plan, path: Path, person: str) -> None:
    """A sheet of the person, or a rating by them."""
    doc = None if plan.has(path) else _doc(plan, path, person)
    if doc is not None and isinstance(doc.data, dict):
        what = _whose(doc.data, person)
        plan.steps += [Step(path, what)] if what else []


def _whose(data: dict[str, Any], person: str, kind: str = "sheet") -> str:
    """What is done to a sheet or a plan; empty where it is neither about the person nor by them."""
    if data.get("person") == person:
        return f"{kind}, deleted"
    return f"their rating of {data.get('person')}, deleted" if data.get("by") == person else ""


def _strays(plan: Plan, person: str) -> None:
    """What lies in none of the folders for it: in an old one, or beside it. Data that is none of ours is left alone.

    Sheets and plans are deleted; what is everybody's, or JSON, is left to a reader.
    """
    others = Plan()  # links and faults of files that are not ours concern nobody
    pattern = history.pattern_of(person, (), ())
    for path in _below(others, Path()):
        is_json = path.suffix.lower() == ".json"
        if path.is_symlink() or not (is_json or _is_yaml(path)):
            continue
        doc = _doc(others, path, person, holding=HEADER.encode())
        kind = kind_of(doc) if doc is not None else ""
        if doc is None or plan.has(path):
            continue
        in_another = any((folder / CONFIG).exists() for folder in path.parents[:-1])
        if kind in history.PERSONAL and (what := _whose(doc.data, person, kind)):
            if in_another:
                plan.elsewhere.append(path)
            elif is_json:
                plan.by_hand.append(path)
            else:
                plan.steps.append(Step(path, what))
        elif kind in history.EVERYBODYS and not in_another and not _is_in_place(path):
            plan.by_hand += [path] if history.names_now(atomic.read(path), person, pattern) else []


def _is_in_place(path: Path) -> bool:
    """Whether a file of everybody lies where it is looked for, and is dealt with there."""
    return path == Path(PEOPLE) or (path.parts[0] in NAMING and _is_yaml(path))


def _doc(plan: Plan, path: Path, person: str, holding: bytes = b"") -> Doc | None:
    """What a file says that may name a person, and holds some bytes; None where it does not, or cannot be read."""
    try:
        raw = atomic.read(path)
        if holding not in raw or (person.encode() not in raw and b"\\" not in raw):  # an id may hide behind an escape
            return None
        return yamldoc.parse(raw, str(path))
    except InputError:
        plan.unread.append(path)
        return None


def _yaml_below(plan: Plan, folder: Path) -> Iterator[Path]:
    """The YAML files below a folder, those of a write that was killed too; symbolic links are noted, not followed."""
    for path in _below(plan, folder):
        if path.is_symlink():
            plan.unread.append(path)
        elif _is_yaml(path):
            yield path


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml") or (path.suffix == ".tmp" and ".yaml." in path.name)


def _below(plan: Plan, folder: Path) -> Iterator[Path]:
    """Files and symbolic links below a folder, in order of their names; the link itself where the folder is one."""
    if folder.is_symlink():
        yield folder
        return

    def closed(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            plan.unread.append(Path(error.filename))

    for where, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if name != ".git")
        links = [name for name in folders if Path(where, name).is_symlink()]
        yield from (Path(where, name) for name in sorted([*names, *links]))


def _stands(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def _people(plan: Plan, person: str) -> None:
    """Their entry of people.yaml; every other byte stays."""
    path = Path(PEOPLE)
    if not path.exists():
        return
    try:
        raw = atomic.read(path)
        doc = yamldoc.parse(raw, PEOPLE)
    except InputError as error:
        way = "nothing was looked for, nothing is changed: put it right, then run this again"
        raise InputError(replace(each, message=f"{each.message}; {way}") for each in error.problems) from None
    plan.people = doc.data if isinstance(doc.data, dict) else {}
    people = plan.people.get("people")
    if not isinstance(people, dict):
        plan.unread += [path] if history.names_now(raw, person, history.pattern_of(person, (), ())) else []
        return
    if person not in people:
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
        if _says(content, wanted):
            return content
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
        at = text.index(":", at) if isinstance(_value_at(doc.data, key[:-1]), dict) else at  # the span is the key's
        text = text[:at] + text[at:].replace(person, SOMEONE, 1)
    content = (bom + text).encode()
    if _says(content, _with_replaced(doc.data, person, keys)):
        plan.steps.append(Step(path, f"their id replaced by {SOMEONE}", content))
    else:
        plan.unread.append(path)  # it is written in another way than letter by letter


def _with_replaced(data: Any, person: str, keys: Sequence[str], *, under: bool = False) -> Any:
    """The same data with a person's id replaced wherever it stands under one of the keys."""
    if isinstance(data, dict):
        return {key: _with_replaced(value, person, keys, under=under or key in keys) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_replaced(value, person, keys, under=under) for value in data]
    return SOMEONE if under and data == person else data


def _says(content: bytes, wanted: Any) -> bool:
    """Whether a text that was changed says what it should."""
    try:
        return bool(yamldoc.parse(content, "").data == wanted)
    except InputError:
        return False


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
