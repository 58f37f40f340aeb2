"""The gate's baseline in and out: counts by skill as JSON, which differs only where cover does."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from gapcheck.core.gate import Baseline
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import HEADER, read_as
from gapcheck.problems import InputError, Problem, key_path

if TYPE_CHECKING:
    from pathlib import Path


FORMAT = "baseline/1"
NAME_OF_FILE = "gapcheck-baseline.json"
"""What it is called where gapcheck.yaml names no other."""

Fault = tuple[tuple[str, ...], str]


def load(path: Path) -> Baseline:
    """Read a baseline. Raises InputError with every fault, placed in the file."""
    if not atomic.exists(path):
        if stands(path):
            message = "is a symbolic link that leads nowhere; put the file itself here"
            raise InputError.of(message, file=str(path), rule="baseline")
        message = "there is no such baseline; gapcheck check --write-baseline makes one"
        raise InputError.of(message, file=str(path), rule="baseline")
    doc = yamldoc.parse(atomic.read(path), str(path))  # JSON is YAML; this door knows lines, and refuses double keys
    found = read_as(doc, "baseline", Baseline)
    over = [("skills", skill) for skill, counts in found.skills.items() if counts.carry > counts.hold]
    if over:
        message = "more people carry it than hold it; who carries a skill holds it"
        raise InputError(Problem(doc.file, doc.span(*each), key_path(each), message, "baseline") for each in over)
    return found


def stands(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere, which is no missing baseline."""
    return atomic.exists(path) or os.path.islink(path)  # noqa: PTH114 (Path's raises where a name is too long)


def is_one(path: Path) -> bool:
    """Whether a file says that it is a baseline, whatever is wrong in it; in reports as JSON quotes are escaped."""
    raw = atomic.read(path) if atomic.exists(path) and path.is_file() else b""
    return raw.lstrip().startswith(b"{") and f'"{FORMAT}"'.encode() in raw


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
