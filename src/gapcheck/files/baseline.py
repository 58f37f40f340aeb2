"""The gate's baseline in and out: counts by skill as JSON, which differs only where cover does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gapcheck.core.answers import CatalogRef
from gapcheck.core.gate import Baseline, Counts
from gapcheck.core.shapes import COUNT, ID, NAME
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import HEADER
from gapcheck.problems import InputError, Problem, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gapcheck.files.yamldoc import Doc

FORMAT = "baseline/1"
NAME_OF_FILE = "gapcheck-baseline.json"
"""What it is called where gapcheck.yaml names no other."""

Fault = tuple[tuple[str, ...], str]


def load(path: Path) -> Baseline:
    """Read a baseline. Raises InputError with every fault, placed in the file."""
    if not atomic.exists(path):
        message = "there is no such baseline; gapcheck check --write-baseline makes one"
        raise InputError.of(message, file=str(path), rule="baseline")
    doc = yamldoc.parse(atomic.read(path), str(path))  # JSON is YAML; this door knows lines, and refuses double keys
    faults = [*_faults(doc.data)]
    if faults:
        raise InputError(_problem(doc, *fault) for fault in faults)
    catalog = CatalogRef(**doc.data["catalog"])
    return Baseline(catalog, {skill: Counts(**counts) for skill, counts in doc.data["skills"].items()})


def _problem(doc: Doc, path: tuple[str, ...], message: str) -> Problem:
    return Problem(doc.file, doc.span(*path), key_path(path), message, "baseline")


def _faults(data: Any) -> Iterator[Fault]:
    if not isinstance(data, dict) or data.get(HEADER) != FORMAT:
        yield (HEADER,), f'must be a mapping that says "{HEADER}": "{FORMAT}"'
        return
    yield from (((key,), "unknown key") for key in data if key not in (HEADER, "catalog", "skills"))
    catalog, skills = data.get("catalog"), data.get("skills")
    if not isinstance(catalog, dict) or set(catalog) != {"name", "version", "digest"}:
        yield ("catalog",), "must be a mapping with name, version and digest"
    elif not all(map(NAME.allows, catalog.values())):
        yield ("catalog",), "name, version and digest must be texts"
    if not isinstance(skills, dict):
        yield ("skills",), "must be a mapping (skill: counts)"
        return
    for skill, counts in skills.items():
        yield from _of_skill(skill, counts)


def _of_skill(skill: str, counts: Any) -> Iterator[Fault]:
    if not ID.allows(skill):
        yield ("skills", skill), f"must be {ID.expected}"
    if not isinstance(counts, dict) or set(counts) != {"carry", "hold"}:
        yield ("skills", skill), "must be a mapping with carry and hold"
    elif not all(map(COUNT.allows, counts.values())):
        yield ("skills", skill), f"carry and hold must each be {COUNT.expected}"
    elif counts["carry"] > counts["hold"]:
        yield ("skills", skill), "more people carry it than hold it; who carries a skill holds it"


def dump(baseline: Baseline) -> bytes:
    """The baseline as JSON, keys sorted and a skill on a line, so that a change shows as the lines it is."""
    ref = baseline.catalog
    head = {"catalog": {"digest": ref.digest, "name": ref.name, "version": ref.version}, HEADER: FORMAT}
    lines = [f"  {json.dumps(key)}: {json.dumps(value, sort_keys=True)}," for key, value in head.items()]
    skills = [
        f'    {json.dumps(skill)}: {{"carry": {counts.carry}, "hold": {counts.hold}}}'
        for skill, counts in sorted(baseline.skills.items())
    ]
    return ("\n".join(["{", *lines, '  "skills": {', ",\n".join(skills), "  }", "}"]) + "\n").encode()
