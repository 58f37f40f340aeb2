"""What the gate works on: rules with their lines, the team, the baseline; and where its ruling is written."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gapcheck.cli import evidence, inputs, teams
from gapcheck.cli import output as out
from gapcheck.cli.messages import say, tell
from gapcheck.core.gate import DEFAULTS, Evidence, Placed, Ruling, baseline_of, faults, groups_known, rule_on
from gapcheck.core.people import Config
from gapcheck.core.report import words
from gapcheck.core.report.gate import verdict
from gapcheck.files import atomic, baseline, catalogs, project, store, yamldoc
from gapcheck.problems import SHOWN, InputError, Problem, Span, key_path
from gapcheck.reporters import Look
from gapcheck.reporters.gate import GATE_EXTENSIONS, GATE_REPORTERS, MOST_BYTES, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gapcheck.cli.inputs import Project
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.gate import Baseline
    from gapcheck.files.team import Found
    from gapcheck.files.yamldoc import Doc

RULES = ("check", "rules")
BASELINE = ("check", "baseline")
ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub and GitLab say that the repository lies: annotations name files from there."""

SUMMARY = "GITHUB_STEP_SUMMARY"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged, by which catalog, as of which day; `person` asks for one's own latest private sheet."""

    paths: tuple[Path, ...]
    catalog: Path | None
    as_of: str | None
    quiet: bool = False
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: a format for standard output, files, for whom."""

    formats: str | None
    output: tuple[Path, ...]
    public: bool
    no_color: bool


def refuse_unknown(asked: Asked, wanted: Wanted) -> None:
    """Refuse what cannot be asked for, or written, before any work is done. Raises InputError."""
    if asked.person is not None and asked.paths:
        raise InputError.of("--person takes the latest private sheet; leave out the paths, or --person")
    if wanted.public and (asked.person is not None or is_own(asked.paths, None)):
        raise InputError.of("--public is for a team; what is said of your own sheet is for your eyes")
    if wanted.formats is not None and wanted.formats not in GATE_REPORTERS:
        raise InputError.of(f"--format: must be {', '.join(GATE_REPORTERS)}")
    for path in wanted.output:
        if str(path) != out.STDOUT and path.suffix.lower() not in GATE_EXTENSIONS:
            raise InputError.of(f"--output: {path.name}: the extension must be {', '.join(GATE_EXTENSIONS)}")
        if _is_read(path):
            raise InputError.of(f"--output: {path.name}: the gate reads this file; give the report another name")


def _is_read(path: Path) -> bool:
    """Whether a report would take the place of a baseline, or pass for figures of the journey."""
    return baseline.is_one(path) or path.absolute().match("journey/????-??-??.json")


def judged(asked: Asked, *, public: bool) -> Ruling:
    """The ruling. Faults of files, told on standard error, are one as well: it cannot judge, and has to be written."""
    try:
        ruling = _judge(asked, public=public)
    except InputError as found:
        error = for_everybody(found) if public else found
        tell(error)
        ruling = Ruling(faults=error.problems[:SHOWN])
    return replace(ruling, folder=_folder())


def for_everybody(error: InputError) -> InputError:
    """How many files have faults, and not which: a sheet's file is named after its owner, and faults name groups."""
    files = {problem.file for problem in error.problems if problem.file}
    if not files:
        return error
    number = words.counted(len(files), "file has faults", "files have faults")
    summed = Problem("", Span(), "", f"{number}; run it without --public to see them", "gate")
    return InputError([summed, *(problem for problem in error.problems if not problem.file)])


def _judge(asked: Asked, *, public: bool) -> Ruling:
    """Read everything, tell all faults at once, then judge. Raises InputError."""
    doc = _config_doc()
    home = _home(asked, doc)
    asked = asked if asked.person is None else replace(asked, paths=(inputs.latest_sheet(asked.person),))
    problems: list[Problem] = []
    found = _kept(problems, lambda: evidence.team_of(home, asked.paths, quiet=asked.quiet))
    problems += _rule_problems(doc, home.catalog, groups_known(home.people, found.team) if found else None)
    before = _kept(problems, lambda: _baseline(home, doc))
    known_until, unowned, looked = _kept(problems, lambda: evidence.of_journey(home)) or (None, (), True)
    if problems or found is None:
        raise InputError(problems)
    seen = Evidence(found.team, home.today, known_until, is_own(asked.paths, home.config), unowned, looked)
    against = (before, doc.span(*BASELINE)) if before and doc else None
    place = doc.span(*RULES) if doc else Span()
    ruling = rule_on(_placed(home, doc), seen, against, public=public, place=place)
    return replace(ruling, warn_until=home.config.check.warn_until, notes=_notes(home, found))


def _kept(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """What was read; None where it has faults, which are added to those there are."""
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None


def _config_doc() -> Doc | None:
    """gapcheck.yaml with its lines; None where there is none."""
    path = Path(project.CONFIG)
    return yamldoc.parse(atomic.read(path), project.CONFIG) if path.exists() else None


def _home(asked: Asked, doc: Doc | None) -> Project:
    """The project. Raises InputError, with what is wrong with the rules as far as it can be told."""
    try:
        return inputs.open_project(asked.catalog, asked.as_of)
    except InputError as error:
        rules = _rule_problems(doc, _catalog_meant(asked, doc), _groups_meant(asked, doc))
        raise InputError([*error.problems, *rules]) from None


def _catalog_meant(asked: Asked, doc: Doc | None) -> Catalog | None:
    """The catalog of a project whose settings have faults; None where it cannot be read."""
    try:
        return catalogs.load(inputs.catalog_folder(asked.catalog, _settings_meant(doc))).catalog
    except InputError:
        return None


def _groups_meant(asked: Asked, doc: Doc | None) -> tuple[str, ...] | None:
    """The groups of a project whose settings have faults; None where its people or sheets cannot be read."""
    config = _settings_meant(doc)
    try:
        loaded = catalogs.load(inputs.catalog_folder(asked.catalog, config))
        home = inputs.Project(loaded.catalog, loaded.policy, project.people(), config, inputs.day(asked.as_of))
        return groups_known(home.people, evidence.team_of(home, asked.paths, quiet=True).team)
    except InputError:
        return None


def _settings_meant(doc: Doc | None) -> Config:
    """Where settings that have faults say that the catalog and the sheets lie."""
    data = doc.data if doc and isinstance(doc.data, dict) else {}
    return Config(**{key: data[key] for key in ("catalog", "sheets") if isinstance(data.get(key), str)})


def _rule_problems(doc: Doc | None, catalog: Catalog | None, groups: Collection[str] | None) -> list[Problem]:
    """What is wrong with the rules, each fault at its place."""
    rules: Any = doc.data if doc else None
    for key in RULES:
        rules = rules.get(key) if isinstance(rules, dict) else None
    found = [((*RULES, *path), message) for path, message in faults(rules, catalog, groups)]
    return [Problem(doc.file, doc.span(*path), key_path(path), message, "gate") for path, message in found if doc]


def is_own(paths: Sequence[Path], config: Config | None) -> bool:
    """Whether one sheet is asked for that lies where one's own do, PERSON/DATE.yaml below the private store.

    What lies with the team's sheets is no private one, whatever the store is set to.
    """
    if len(paths) != 1 or not paths[0].is_file():
        return False
    path = paths[0].resolve()
    if path.parent.parent != (store.home() / "sheets").resolve():
        return False
    return config is None or not path.is_relative_to(Path(config.sheets).resolve())


def _baseline(home: Project, doc: Doc | None) -> Baseline | None:
    """The baseline that gapcheck.yaml names. Raises InputError at that line where it is missing, or its own."""
    named = home.config.check.baseline
    if named is None or doc is None:
        return None
    if not baseline.stands(Path(named)):
        message = f"there is no {named}; gapcheck check --write-baseline makes it"
        raise InputError([Problem(doc.file, doc.span(*BASELINE), key_path(BASELINE), message, "gate")])
    return baseline.load(Path(named))


def _placed(home: Project, doc: Doc | None) -> tuple[Placed, ...]:
    """The project's rules with their lines, else the shipped ones."""
    written = home.config.check.rules
    if not written or doc is None:
        return tuple(map(Placed, DEFAULTS))
    return tuple(Placed(rule, doc.span(*RULES, n)) for n, rule in enumerate(written))


def _notes(home: Project, found: Found) -> tuple[str, ...]:
    notes = list(teams.left_out(found))
    if not home.config.check.rules:
        notes.append(f"{project.CONFIG} has no rules under check: these are the shipped ones.")
    return tuple(notes)


def _folder() -> str:
    """Where the project lies in its repository; empty at its root, and where no build server says which that is."""
    here = Path.cwd().resolve()
    for root in (os.environ.get(name) for name in ROOTS):
        if root and here != Path(root).resolve() and here.is_relative_to(Path(root).resolve()):
            return here.relative_to(Path(root).resolve()).as_posix()
    return ""


def deliver(ruling: Ruling, wanted: Wanted, *, quiet: bool) -> None:
    """Write the ruling wherever it is wanted. Raises InputError in the end for files that could not be written."""
    files = [path for path in wanted.output if str(path) != out.STDOUT]
    if wanted.formats is not None or not files or len(files) < len(wanted.output):
        out.write(GATE_REPORTERS[wanted.formats or "terminal"](ruling, out.look(no_color=wanted.no_color)))
    else:
        say(verdict(ruling))
    if wanted.formats == "github":
        _summarise(ruling)
    problems: list[Problem] = []
    for path in files:
        try:
            atomic.write(path, GATE_REPORTERS[GATE_EXTENSIONS[path.suffix.lower()]](ruling, Look()).encode())
        except InputError as error:
            problems += error.problems
            continue
        if not quiet:
            say(f"wrote {path}")
    if problems:
        raise InputError(problems)


def _summarise(ruling: Ruling) -> None:
    """Append the Markdown to GitHub's step summary. What cannot be shown there changes no exit code, and is said."""
    path = os.environ.get(SUMMARY)
    if not path:
        return
    try:
        with Path(path).open("ab") as file:
            text = shortened("\n" + GATE_REPORTERS["markdown"](ruling, Look()), MOST_BYTES - file.tell())
            file.write(text.encode())
    except OSError as error:
        say(f"{SUMMARY}: cannot be written: {atomic.reason(error)}")
        return
    if not text:
        say(f"{SUMMARY} is full: the report is not in it")


def write_baseline(asked: Asked, wanted: Wanted) -> None:
    """Write the cover as it is. Raises InputError, and writes nothing, where it would be one person's or clobber."""
    if wanted.formats or wanted.output or wanted.public or asked.person is not None:
        raise InputError.of("--write-baseline judges nothing; leave out --format, --output, --public and --person")
    home = inputs.open_project(asked.catalog, asked.as_of)
    found = evidence.team_of(home, asked.paths, quiet=asked.quiet)
    if len(found.team.members) < 2:
        raise InputError.of("a baseline of one person would be that person's levels; it takes two", rule="gate")
    counts = baseline_of(found.team)
    path = Path(home.config.check.baseline or baseline.NAME_OF_FILE)
    if baseline.stands(path):
        _refuse_damaged(path)
    atomic.write(path, baseline.dump(counts))
    if not asked.quiet:
        say(f"wrote {path}: how many carry and hold each skill, and no names")
        if left := len(found.team.skills) - len(counts.skills):
            say(f"not in it: {words.counted(left, 'skill')} that one person alone has answered")
        if home.config.check.baseline is None:
            say(f"to hold the team against it, write  check: {{baseline: {path}}}  into {project.CONFIG}")


def _refuse_damaged(path: Path) -> None:
    """Refuse to write over what is no baseline, or a damaged one. Raises InputError with its faults and a way out."""
    try:
        baseline.load(path)
    except InputError as error:
        damaged = baseline.is_one(path) or not atomic.exists(path)
        way = "delete or move it" if damaged else f"name another file in {project.CONFIG}, or move this one"
        raise InputError([*error.problems, *InputError.of(f"{path}: {way}, then run this again").problems]) from None
