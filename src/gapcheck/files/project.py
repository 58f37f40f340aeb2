"""The project's own files, looked for in the current folder: gapcheck.yaml and people.yaml."""

from __future__ import annotations

from pathlib import Path

from gapcheck.core.people import Config, People
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import read_as

CONFIG = "gapcheck.yaml"
PEOPLE = "people.yaml"


def config() -> Config:
    """The project's settings; the defaults where there is no gapcheck.yaml."""
    path = Path(CONFIG)
    return read_as(yamldoc.parse(atomic.read(path), CONFIG), "config", Config) if path.exists() else Config()


def people() -> People:
    """The team and its suppliers; nobody where there is no people.yaml."""
    path = Path(PEOPLE)
    return read_as(yamldoc.parse(atomic.read(path), PEOPLE), "people", People) if path.exists() else People()


def is_one() -> bool:
    """Whether the current folder is a project: it has a gapcheck.yaml."""
    return atomic.exists(Path(CONFIG))
