"""What a git repository remembers of a person who is forgotten in the files of today, and how it is rewritten."""

from __future__ import annotations

import os
import posixpath
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gapcheck.files import yamldoc
from gapcheck.files.project import PEOPLE
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

V = TypeVar("V")

SOMEONE = "someone"
"""What stands instead of a person who is forgotten."""

_BEFORE, _AFTER = "(^|[^A-Za-z0-9._-])", "($|[^A-Za-z0-9_-])"
"""What stands around a whole id, in the regular expressions that git has on every system."""


@dataclass(frozen=True, slots=True)
class History:
    """What a repository remembers of a person; paths are seen from its root.

    `commits` are told as `git log --oneline` does. `about` are the files about the person, `named` those of everybody
    in which they stand, `names` is what people.yaml ever called them. `outside` are files that lie in no folder of the
    repository.
    """

    commits: tuple[str, ...]
    about: tuple[str, ...]
    named: tuple[str, ...]
    names: tuple[str, ...]
    outside: tuple[Path, ...]


def in_repository() -> bool:
    """Whether the current folder belongs to a git repository."""
    here = Path.cwd()
    return any((folder / ".git").exists() for folder in (here, *here.parents))


def remembered(person: str, files: Sequence[Path], sheets: Path, shared: Sequence[Path]) -> History | None:
    """What git holds of a person, also where nothing of today names them any more; None where git cannot say.

    `files` are forgotten as a whole and `sheets` is the folder in which there may have been more of them; `shared` are
    the files and folders of everybody that may name them. Nothing else is looked into. Only here git is run: it reads
    the repository of the current folder.
    """
    try:
        git = _Git.here()
        names = _once(_names(git, person))
        of_them = f"(person|by)[\"']?: *[\"']?{_literal(person)}{_AFTER}"
        names_them = f"{_BEFORE}({'|'.join(map(_literal, (person, *names)))}){_AFTER}"
        sheets_of_them, mentions = [f"-G{of_them}", "--", *git.inside([sheets])], [f"-G{names_them}", "--"]
        was = git.paths(sheets_of_them) if git.inside([sheets]) else []
        about = [path for path in git.inside(files) if git.commits(["--", path])]
        about += [path for path in was if not Path(git.top, path).exists()]
        mentions += git.inside(shared)
        named = [*git.paths(mentions), *(path for path in was if path not in about)]
        commits = git.commits(["--", *about]) if about else []
        commits += [*git.commits(mentions), *(git.commits(sheets_of_them) if was else ())]
        outside = [path for path in files if not git.inside([path])]
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return History(_once(commits), _once(about), _once(named), names, _once(outside))


def _once(found: Iterable[V]) -> tuple[V, ...]:
    return tuple(dict.fromkeys(found))


def _names(git: _Git, person: str) -> Iterator[str]:
    """What people.yaml called a person in any of its versions."""
    for raw in git.versions(Path(PEOPLE)):
        if person.encode() not in raw:
            continue
        try:
            data = yamldoc.parse(raw, PEOPLE).data
        except InputError:
            continue
        people = data.get("people") if isinstance(data, dict) else None
        entry = people.get(person) if isinstance(people, dict) else None
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())


def _literal(text: str) -> str:
    """A text as a POSIX extended regular expression."""
    return re.sub(r"[][\\.*^$+?(){}|]", r"\\\g<0>", text)


@dataclass(frozen=True, slots=True)
class _Git:
    """The repository of the current folder: its root, and the way from there to here."""

    top: str
    prefix: str

    @classmethod
    def here(cls) -> _Git:
        top, prefix = (_run("rev-parse", each).removesuffix("\n") for each in ("--show-toplevel", "--show-prefix"))
        return cls(top, prefix)

    def inside(self, paths: Sequence[Path]) -> list[str]:
        """Paths as they are seen from the root; those that lie outside are left out."""
        seen = [posixpath.normpath(self.prefix + Path(os.path.relpath(path)).as_posix()) for path in paths]
        return [path for path in seen if path != ".." and not path.startswith("../")]

    def _log(self, form: str, *wanted: str) -> str:
        """Log over everything there is: side branches too, no rename told as one, no program of others run."""
        plain = ("--all", "--full-history", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color")
        return _run("-C", self.top, "log", *plain, f"--format={form}", *wanted)

    def commits(self, wanted: Sequence[str]) -> list[str]:
        """The commits that such a log tells, one line each."""
        told = self._log("%h %s", *wanted).encode(errors="surrogateescape").decode(errors="replace")
        return [line for line in told.split("\n") if line]

    def paths(self, wanted: Sequence[str]) -> list[str]:
        """The files that such a log tells."""
        return [path for path in self._log("", "-z", "--name-only", *wanted).split("\0") if path.strip()]

    def versions(self, path: Path) -> Iterator[bytes]:
        """Every version of a file."""
        told = self._log("", "--raw", "--no-abbrev", "--", *self.inside([path]))
        for version in dict.fromkeys(re.findall(r"(?m)^:\d+ \d+ [0-9a-f]+ ([0-9a-f]*[1-9a-f][0-9a-f]*) ", told)):
            yield _run("-C", self.top, "cat-file", "blob", version).encode(errors="surrogateescape")


def _run(*arguments: str) -> str:
    """What git says. Raises CalledProcessError where it refuses."""
    command = ["git", "--no-pager", "--literal-pathspecs", "-c", "log.showSignature=false", *arguments]
    done = subprocess.run(command, capture_output=True, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
    return done.stdout.decode(errors="surrogateescape")


EXPRESSIONS = "../forget.txt"
"""Where the lines are to be put that say what is replaced: beside the clone, which has to be clean."""


def rewriting(known: History, person: str) -> tuple[str, tuple[str, ...]]:
    """The command that takes a person out of every commit, for a shell, and the lines of EXPRESSIONS that it reads.

    Texts are replaced in the files that name the person and in no other: an id can be a word of another file.
    """
    command = ["git", "filter-repo"]
    if known.about:
        command += ["--invert-paths", *(part for path in known.about for part in ("--path", path))]
    if not known.named:
        return shlex.join(command), ()
    files = ", ".join(map(_as_bytes, known.named))
    changed = "value.insert_file_with_contents(value.apply_replace_text(value.get_contents_by_identifier(blob_id)))"
    body = f"return (filename, mode, {changed} if filename in {{{files}}} else blob_id)"
    command += ["--replace-text", EXPRESSIONS, "--file-info-callback", body]
    names = sorted(known.names, key=len, reverse=True)
    lines = [rf"(?<!\w){_with_any_blanks(name)}(?!\w)" for name in names]
    lines.append(rf"(?<![\w.-]){re.escape(person)}(?![\w-]|\.\w)")
    return shlex.join(command), tuple(f"regex:{line}==>{SOMEONE}" for line in lines)


def _as_bytes(path: str) -> str:
    """A path as Python's bytes, in double quotes where that can be: a shell has the single ones around it."""
    plain = path.isascii() and path.isprintable() and not set(path) & set('"\\')
    return f'b"{path}"' if plain else repr(path.encode(errors="surrogateescape"))


def _with_any_blanks(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))
