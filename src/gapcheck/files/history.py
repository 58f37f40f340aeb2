"""What a git repository remembers of a person who is forgotten in the files of today, and how it is rewritten."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from gapcheck.files import yamldoc
from gapcheck.files.formats import HEADER
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

V = TypeVar("V")

SOMEONE = "someone"
"""What stands instead of a person who is forgotten."""

PERSONAL = ("sheet", "plan")
"""Kinds of files that are about one person."""

EVERYBODYS = ("people", "jam", "delivery", "journey")
"""Kinds of files that stay when a person is forgotten, and name them."""

Holds = Literal["theirs", "named", "word", "nothing", "unread"]
"""What one version of a file holds of a person.

It is about them or by them; it is everybody's and names them; their id or name is a word in it; none of these; or it
was not looked into.
"""

_HEADER = re.compile(
    r"\ufeff?(?:[ \t]*(?:(?:#|<<<<<<<|---)[^\n]*|\{?\r?)\n){0,9}?"
    r"\{?(?:[ \t]*[\"'])?gapcheck[\"']?[ \t]*:[ \t]*[\"']?([a-z]+)/"
)
"""How a file of ours begins, also with a conflict in it; a page that quotes one begins in another way."""
_OF_SOMEBODY = re.compile(r"^[^\w\n]*person[\"']?[ \t]*:", re.MULTILINE)
_STORED_ELSEWHERE = b"version https://git-lfs."
_CAPITAL = "[^\\W\\d_a-zß-öø-ÿ]"
_MODULE = "160000"


class UnknownError(Exception):
    """Git cannot say what a repository remembers; the message is why."""


@dataclass(frozen=True, slots=True)
class History:
    """What a repository remembers of a person; paths are seen from its root.

    `commits` are those that brought in a version that holds the person, told as `git log --oneline` does. `gone` are
    the files about the person or by them, `versions` are such versions (path and id) of files that were also somebody
    else's, `named` are the files of everybody in which they stand, and `doubtful` those of them in which a name is
    left, since it may be another's. In `mentioned` an id or a name is a word, those with a name first; only a reader
    knows who is meant. `unread` could not be looked into, `pattern` is that of `pattern_of`, `searched` counts commits,
    and `shallow` says that there are more elsewhere.
    """

    commits: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    pattern: str = ""
    searched: int = 0
    shallow: bool = False


def root_of(path: Path) -> Path | None:
    """The root of the checkout in which a path lies, submodules included; None where it lies in none."""
    return next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)


def in_repository() -> bool:
    """Whether the current folder belongs to a git repository, or is a bare one."""
    is_bare = Path("HEAD").is_file() and Path("objects").is_dir()
    return is_bare or "GIT_DIR" in os.environ or root_of(Path("anything")) is not None


def remembered(person: str, people: Sequence[Mapping[str, Any]] = ()) -> History:
    """What git holds of a person, whatever the file was called and wherever it lay. Raises UnknownError.

    Every version of every file is looked into that a branch, a tag, a stash or the reflog of this checkout leads to.
    `people` are people files of today, in case they were never committed. Only here git is run: it reads the
    repository of the current folder, and changes nothing.
    """
    try:
        return _remembered(_Git.here(), person, people)
    except FileNotFoundError:
        raise UnknownError("git is not installed, or not found") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise UnknownError(said.removeprefix("fatal: ") or "it gave no reason") from None
    except (OSError, ValueError) as error:
        raise UnknownError(f"{type(error).__name__} while reading what it said") from None


def _remembered(git: _Git, person: str, people: Sequence[Mapping[str, Any]]) -> History:
    searched, changes = git.changes()
    places = [(path, blob) for _, mode, blob, path in changes if mode != _MODULE]
    of_data = dict.fromkeys(blob for path, blob in places if path.lower().endswith((".yaml", ".yml", ".json")))
    names, others = _called(person, [*people, *_people_files(git, of_data)])
    pattern = pattern_of(person, names, others)
    held: dict[str, Holds] = {}
    by_name: set[str] = set()
    doubtful: set[str] = set()
    word = re.compile(pattern)
    for blob, raw in git.contents(dict.fromkeys(blob for _, blob in places)):
        held[blob], found = _holds(raw, person, word)
        by_name |= {blob} if any(each["name"] for each in found) else set()
        is_left = not found or any(each["doubt"] for each in found)  # no word there: it hides behind an escape
        doubtful |= {blob} if held[blob] == "named" and is_left else set()
    versions = defaultdict(list)
    for path, blob in places:
        versions[path].append(blob)

    def where(*wanted: Holds) -> list[str]:
        return [path for path, blobs in versions.items() if any(held[blob] in wanted for blob in blobs)]

    theirs, named = where("theirs"), where("named")
    shared = _somebody_elses(git, {path: [b for b in versions[path] if held[b] != "theirs"] for path in theirs})
    gone = [path for path in theirs if path not in shared]
    handled = {*theirs, *named}
    words = [path for path in where("word") if path not in handled]
    words += [path for path in versions if path not in handled and _calls(path, word)]
    holding = [commit for commit, _, blob, _ in changes if held.get(blob) in ("theirs", "named")]
    return History(
        commits=git.told(_once(holding)),
        gone=tuple(gone),
        versions=_once((p, b) for p in theirs if p in shared for b in versions[p] if held[b] == "theirs"),
        named=tuple(named),
        doubtful=tuple(path for path in named if doubtful & set(versions[path])),
        mentioned=_once(sorted(words, key=lambda path: not by_name & set(versions[path]))),
        unread=_once([*(p for p in where("unread") if p not in gone), *(p for _, m, _, p in changes if m == _MODULE)]),
        pattern=pattern,
        searched=searched,
        shallow=git.shallow,
    )


def _once(found: Iterable[V]) -> tuple[V, ...]:
    return tuple(dict.fromkeys(found))


def names_now(raw: bytes, person: str, pattern: str) -> bool:
    """Whether a file of today is about a person, by them, or everybody's and names them."""
    return _holds(raw, person, re.compile(pattern))[0] in ("theirs", "named")


def _holds(raw: bytes, person: str, word: re.Pattern[str]) -> tuple[Holds, list[re.Match[str]]]:
    """What a version holds of a person, and where they are a word in it."""
    if len(raw) > yamldoc.MOST_BYTES or b"\0" in raw or raw.startswith(_STORED_ELSEWHERE):
        return "unread", []
    text = raw.decode(errors="surrogateescape")
    found = [each for each in word.finditer(text) if not each["kept"]]
    is_ours = HEADER in text or "people" in text
    header = _HEADER.match(text) if found else None
    if header and header[1] in EVERYBODYS:
        return "named", found
    data = _mapping(raw) if is_ours and (found or "\\" in text) else {}  # an id may hide behind an escape
    kind = _kind(data, text)
    if kind in PERSONAL and _is_theirs(data, text, person):
        return "theirs", found
    if (kind in EVERYBODYS and found) or (data and person in _as_people(data)):
        return "named", found
    return ("word" if found else "nothing"), found


def _kind(data: Mapping[str, Any] | None, text: str) -> str:
    """Which kind of file it says it is, by its first lines where it cannot be read; empty where it is none of ours."""
    if data is None:
        found = _HEADER.match(text)
        return found[1] if found else ""
    header = data.get(HEADER)
    return header.partition("/")[0] if isinstance(header, str) else ""


def _is_theirs(data: Mapping[str, Any] | None, text: str, person: str) -> bool:
    """Whether a sheet or a plan is a person's own, about them or by them; by its lines where it cannot be read."""
    if data is None:
        line = rf"^[^\w\n]*(?:person|by)[\"']?[ \t]*:[ \t]*[\"']?{re.escape(person)}[\"']?[ \t\r]*(?:[#,}}]|$)"
        return re.search(line, text, re.MULTILINE) is not None
    return person in (data.get("person"), data.get("by"))


def _somebody_elses(git: _Git, versions: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The files of which some version is not about the person that other versions are about."""
    wanted = dict.fromkeys(blob for blobs in versions.values() for blob in blobs)
    others = {blob for blob, raw in git.contents(wanted) if _is_somebodys(raw)}
    return frozenset(path for path, blobs in versions.items() if others & set(blobs))


def _is_somebodys(raw: bytes) -> bool:
    text = raw.decode(errors="replace")
    kind = _kind(_mapping(raw), text)
    return bool(kind) and (kind not in PERSONAL or _OF_SOMEBODY.search(text) is not None)


def _mapping(raw: bytes) -> dict[str, Any] | None:
    try:
        data = yamldoc.parse(raw, "").data
    except InputError:
        return None
    return data if isinstance(data, dict) else None


def _calls(path: str, word: re.Pattern[str]) -> bool:
    """Whether a file or one of its folders is called by a person; what comes after a dot says only of which kind."""
    return any(word.fullmatch(part) or word.fullmatch(part.partition(".")[0]) for part in path.split("/"))


def _as_people(data: Mapping[str, Any]) -> Collection[Any]:
    people = data.get("people")
    return people if isinstance(people, (dict, list)) else ()


def _people_files(git: _Git, blobs: Collection[str]) -> Iterator[dict[str, Any]]:
    """Every version of people.yaml that git holds, whatever it was called, and of what looks like it."""
    for _, raw in git.contents(blobs):
        if b"people" in raw and len(raw) <= yamldoc.MOST_BYTES and (data := _mapping(raw)):
            yield data


def _called(person: str, files: Iterable[Mapping[str, Any]]) -> tuple[frozenset[str], frozenset[str]]:
    """What people files ever called a person, and the ids and names of everybody else in them, suppliers too."""
    names: set[str] = set()
    others: set[str] = set()
    for data in files:
        for part in ("people", "suppliers"):
            entries = data.get(part)
            for key, entry in entries.items() if isinstance(entries, dict) else ():
                name = entry.get("name") if isinstance(entry, dict) else None
                said = {" ".join(name.split())} if isinstance(name, str) and name.strip() else set()
                if part == "people" and key == person:
                    names |= said
                else:
                    others |= {key, *said}
    return frozenset(names), frozenset(others - {person})


def pattern_of(person: str, names: Collection[str], others: Collection[str]) -> str:
    """A regular expression that finds a person in a text, and beside them whatever must not be taken for them.

    Its groups: `kept` is somebody else whose id or name has the person's in it; `doubt` is what may be somebody else: a
    name that two people have, or a name of one word with another capitalised word beside it; `name` is the person's.
    """
    own = [name for name in names if name not in others]
    alone = [name for name in own if " " not in name]
    bare = re.compile("|".join(_whole(name) for name in (person, *names)))
    kept = [other for other in others if other not in names and bare.search(other)]
    doubt = [_whole(name) for name in names if name in others]
    doubt += [rf"(?<![\w-]){_CAPITAL}[\w'-]*[ \t]+{_blanks(name)}(?![\w-])" for name in alone]
    doubt += [rf"(?<![\w-]){_blanks(name)}[ \t]+{_CAPITAL}" for name in alone]
    groups = {"kept": map(_whole, _longest_first(kept)), "doubt": doubt, "name": map(_whole, _longest_first(own))}
    said = [f"(?P<{group}>{'|'.join(parts) or '(?!)'})" for group, parts in groups.items()]
    return "|".join([*said, rf"(?<![\w.-]){re.escape(person)}(?![\w-]|\.\w)"])


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _whole(words: str) -> str:
    return rf"(?<![\w-]){_blanks(words)}(?![\w-])"


def _blanks(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


@dataclass(frozen=True, slots=True)
class _Git:
    """The repository of the current folder: its root, and whether it is a clone without the older commits."""

    top: str
    shallow: bool

    @classmethod
    def here(cls) -> _Git:
        top, shallow = (_run("rev-parse", each).removesuffix("\n") for each in ("--show-toplevel", SHALLOW))
        if any(_config(key) for key in (r"^extensions\.partialclone$", r"^remote\..*\.promisor$")):
            raise UnknownError("this clone is partial, and the rest would have to be fetched; ask in a full clone")
        return cls(top, shallow == "true")

    def changes(self) -> tuple[int, list[tuple[str, str, str, str]]]:
        """How many commits there are, and what each of them brought in: its id, and mode, blob and path of a file.

        A merge brings in what none of its parents has.
        """
        commits = _run("rev-list", "--all", "--reflog")
        plain = ("-r", "--root", "-c", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative")
        told = iter(_run("-C", self.top, "diff-tree", "--stdin", *plain, given=commits).split("\0"))
        commit, found = "", []
        for part in told:
            said = part.lstrip("\n")
            if not said.startswith(":"):
                commit = said or commit
                continue
            words, path = said.lstrip(":").split(" "), next(told)
            mode, blob = words[len(words) // 2 - 1], words[-2]
            if blob.strip("0"):
                found.append((commit, mode, blob, path))
        return commits.count("\n"), found

    def told(self, commits: Sequence[str]) -> tuple[str, ...]:
        """Commits, a line each, the newest first."""
        if not commits:
            return ()
        form = ("--format=%h %s", "--no-walk=sorted", "--no-color", "--no-patch", "--encoding=UTF-8", "--stdin")
        told = _run("log", *form, given="\n".join(commits) + "\n")
        return tuple(told.encode(errors="surrogateescape").decode(errors="replace").removesuffix("\n").split("\n"))

    def contents(self, blobs: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Blobs and what they hold, one byte more than is looked into at most. Raises ValueError where one is gone."""
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{blob}\n" for blob in blobs).encode())
            asked.seek(0)
            command = [*_GIT, "cat-file", "--batch", "--buffer"]
            nowhere = subprocess.DEVNULL
            with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, stderr=nowhere) as git:  # noqa: S603
                if git.stdout is None:
                    raise ValueError
                for blob in blobs:
                    size = int(git.stdout.readline().split()[-1])
                    raw = git.stdout.read(min(size, yamldoc.MOST_BYTES + 1))
                    left = size - len(raw) + 1
                    while left and (skipped := git.stdout.read(min(left, yamldoc.MOST_BYTES))):
                        left -= len(skipped)
                    yield blob, raw


SHALLOW = "--is-shallow-repository"
_GIT = ("git", "--no-pager", "--no-replace-objects", "--literal-pathspecs", "-c", "log.showSignature=false")


def _run(*arguments: str, given: str = "") -> str:
    """What git says. Raises CalledProcessError where it refuses."""
    done = subprocess.run([*_GIT, *arguments], capture_output=True, check=True, input=given.encode())  # noqa: S603
    return done.stdout.decode(errors="surrogateescape")


def _config(key: str) -> str:
    """The settings that a pattern finds; nothing where there is none."""
    try:
        return _run("config", "--get-regexp", key)
    except subprocess.CalledProcessError:
        return ""


CALLBACK = "../forget.py"
"""Where the lines are to be put that say what is replaced: beside the clone, which has to be clean."""


def rewriting(known: History) -> tuple[str, tuple[str, ...]]:
    """The command that takes a person out of every commit, for a shell, and the lines of CALLBACK that it runs.

    Texts are replaced in the files of everybody that name the person and in no other: an id can be a word of another.
    """
    command = ["git", "filter-repo"]
    if known.gone:
        command += ["--invert-paths", *(part for path in known.gone for part in ("--path", path))]
    if not known.named and not known.versions:
        return shlex.join(command), ()
    lines = (
        "import re",
        "gone = [",
        *(f"    {blob.encode()!r},  # {path!a}" for path, blob in known.versions),
        "]",
        "named = [",
        *(f"    {path.encode(errors='surrogateescape')!r}," for path in known.named),
        "]",
        f"pattern = {known.pattern!a}",
        "if blob_id in gone:",
        "    return (None, mode, blob_id)",
        'if filename in named and mode.startswith(b"100"):',
        '    text = value.get_contents_by_identifier(blob_id).decode("utf-8", "surrogateescape")',
        f'    text = re.sub(pattern, lambda found: found["kept"] or found["doubt"] or "{SOMEONE}", text)',
        '    blob_id = value.insert_file_with_contents(text.encode("utf-8", "surrogateescape"))',
        "return (filename, mode, blob_id)",
    )
    return shlex.join([*command, "--file-info-callback", CALLBACK]), lines
