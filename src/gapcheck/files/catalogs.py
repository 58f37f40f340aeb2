"""A folder of skills as a Catalog and a Policy: every file read, every id checked against the others."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gapcheck.core.catalog import Catalog, Contents, Role, Stage
from gapcheck.core.policy import Policy
from gapcheck.core.shapes import ID
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as
from gapcheck.problems import SHOWN, InputError, Problem, key_path, what_is_known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from gapcheck.files.yamldoc import Doc

T = TypeVar("T")


def shipped() -> Path:
    """The catalogs that come with gapcheck: inside the wheel, or at the root of the repository."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "skills"
    return inside if inside.is_dir() else package.parent.parent / "skills"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalog with its policy, and the documents they were read from, by file name."""

    catalog: Catalog
    policy: Policy
    docs: dict[str, Doc] = field(repr=False)


class _Folder:
    """One reading of a folder: documents by path, and the problems met on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs: dict[str, Doc] = {}
        self.problems: list[Problem] = []

    def read(self, name: str, kind: str, of: type[T]) -> T | None:
        path = self.root / name
        try:
            doc = yamldoc.parse(atomic.read(path), str(path))
            self.docs[name] = doc
            return read_as(doc, kind, of)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def fault(self, name: str, message: str, *path: object) -> None:
        doc = self.docs[name]
        self.problems.append(Problem(doc.file, doc.span(*path), key_path(path), message, "reference"))


def load(root: Path) -> Loaded:
    """Read a catalog folder as a whole. Raises InputError with the problems of all its files."""
    if not atomic.is_folder(root):
        raise InputError.of("there is no such folder; gapcheck catalog init DIR makes one", file=str(root), rule="read")
    folder = _Folder(root)
    contents = folder.read("catalog.yaml", "catalog", Contents)
    policy = _policy(folder)
    stages = _stages(folder, contents.stages if contents else ())
    roles = _roles(folder)
    if contents:
        _cross_check(folder, contents, stages, roles, policy)
    if folder.problems or contents is None or policy is None:
        raise InputError(sorted(folder.problems, key=lambda problem: problem.file))
    return Loaded(Catalog(contents, stages, roles, _digest(folder)), policy, folder.docs)


def _policy(folder: _Folder) -> Policy | None:
    """The folder's own policy, else the shipped one."""
    if (folder.root / "policy.yaml").exists():
        policy = folder.read("policy.yaml", "policy", Policy)
        if policy:
            _check_rules(folder, policy)
        return policy
    return _Folder(shipped()).read("policy.yaml", "policy", Policy)


def _check_rules(folder: _Folder, policy: Policy) -> None:
    """One rule always matches, and each has a name of its own to be explained by."""
    if not policy.rules or policy.rules[-1].when.asked:
        last = ("rules", len(policy.rules) - 1, "when") if policy.rules else ("rules",)
        folder.fault("policy.yaml", "the last rule must have an empty when, so that one always matches", *last)
    seen: set[str] = set()
    for n, rule in enumerate(policy.rules):
        if rule.id in seen:
            folder.fault("policy.yaml", "another rule has this id", "rules", n, "id")
        seen.add(rule.id)


def _stages(folder: _Folder, names: Iterable[str]) -> dict[str, Stage]:
    found = ((name, folder.read(f"{name}.yaml", "stage", Stage)) for name in names)
    return {name: stage for name, stage in found if stage is not None}


def _roles(folder: _Folder) -> dict[str, Role]:
    paths = sorted((folder.root / "roles").glob("*.yaml"))
    found = ((path.stem, folder.read(f"roles/{path.name}", "role", Role)) for path in paths)
    roles = {name: role for name, role in found if role is not None}
    for name in roles:
        if not ID.allows(name):
            folder.fault(f"roles/{name}.yaml", f"the file's name is the role's id: it must be {ID.expected}")
    return roles


def _digest(folder: _Folder) -> str:
    """12 hex digits of what the files say, whatever their line endings and comments."""
    said = {name: doc.data for name, doc in sorted(folder.docs.items())}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def _cross_check(
    folder: _Folder, contents: Contents, stages: dict[str, Stage], roles: dict[str, Role], policy: Policy | None
) -> None:
    """Every id that one file uses has to be defined in another, once."""
    for n, key in enumerate(contents.stages):
        if key in contents.stages[:n]:
            folder.fault("catalog.yaml", "this stage stands here already", "stages", n)
    skills = _defined_once(folder, stages)
    points = _points_once(folder, stages)
    whole = len(stages) == len(set(contents.stages))  # else the skills of a broken stage would seem unknown
    for key, stage in stages.items():
        named = _skills_named(stage) if whole else ()
        _check_names(folder, f"{key}.yaml", "skill", named, skills)
        _check_names(folder, f"{key}.yaml", "touchpoint", _points_named(stage) if whole else (), points)
    for key, role in roles.items() if whole else ():
        name = f"roles/{key}.yaml"
        _check_names(folder, name, "skill", _skills_of_role(role), skills)
        _check_names(folder, name, "stage", ((("weights", stage), stage) for stage in role.weights), stages)
    if policy and whole and "policy.yaml" in folder.docs:
        _check_names(folder, "policy.yaml", "skill", ((("cover_for", s), s) for s in policy.cover_for), skills)
    if contents.default_role:
        _check_names(folder, "catalog.yaml", "role", [(("default_role",), contents.default_role)], roles)


Named = tuple[tuple[object, ...], str]
"""A key path, and the id that stands there."""


def _check_names(folder: _Folder, name: str, what: str, named: Iterable[Named], known: Collection[str]) -> None:
    for path, key in named:
        if key not in known:
            few_yet = len(folder.problems) < SHOWN
            folder.fault(name, f"unknown {what}{what_is_known(key, known) if few_yet else ''}", *path)


def _defined_once(folder: _Folder, stages: dict[str, Stage]) -> dict[str, str]:
    """The stage of every skill; a skill that stands in two stages is a fault."""
    skills: dict[str, str] = {}
    for key, stage in stages.items():
        for skill in stage.skills:
            if skill in skills:
                folder.fault(f"{key}.yaml", f"this skill stands in {skills[skill]}.yaml already", "skills", skill)
            skills[skill] = key
    _check_former(folder, stages, skills)
    return skills


def _points_once(folder: _Folder, stages: dict[str, Stage]) -> dict[str, str]:
    """The stage of every touchpoint; the journey leads across stages, so an id stands once in the catalog."""
    points: dict[str, str] = {}
    for key, stage in stages.items():
        for point in stage.touchpoints:
            if point in points:
                message = f"this touchpoint stands in {points[point]}.yaml already"
                folder.fault(f"{key}.yaml", message, "touchpoints", point)
            points[point] = key
    return points


def _check_former(folder: _Folder, stages: dict[str, Stage], skills: Collection[str]) -> None:
    """A former id has one skill to lead to, and is no present one: answers would move to another skill."""
    seen = set(skills)
    for key, stage in stages.items():
        for name, skill in stage.skills.items():
            for n, former in enumerate(skill.was):
                if former in seen:
                    folder.fault(f"{key}.yaml", "this id is another skill's, now or before", "skills", name, "was", n)
                seen.add(former)


def _skills_named(stage: Stage) -> Iterator[Named]:
    for key, point in stage.touchpoints.items():
        for n, skill in enumerate(point.skills):
            yield ("touchpoints", key, "skills", n), skill
    for key, metric in stage.metrics.items():
        for n, skill in enumerate(metric.moved_by):
            yield ("metrics", key, "moved_by", n), skill
    for key, skill_ in stage.skills.items():
        for need in skill_.needs:
            yield ("skills", key, "needs", need), need


def _points_named(stage: Stage) -> Iterator[Named]:
    for key, point in stage.touchpoints.items():
        for n, other in enumerate(point.leads_to):
            yield ("touchpoints", key, "leads_to", n), other


def _skills_of_role(role: Role) -> Iterator[Named]:
    for g, group in enumerate(role.targets):
        for n, skill in enumerate(group.skills):
            yield ("targets", g, "skills", n), skill
