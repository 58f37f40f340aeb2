"""Libraries that only some formats take, and that come with an extra of the package or on their own."""

from __future__ import annotations

import importlib.util
import shlex
import sys

from gapcheck.problems import InputError


def need(module: str, what: str) -> None:
    """Refuse what a library is missing for. Raises InputError with the command that installs it.

    The command names the library and the Python that runs, not the extra: that is right wherever gapcheck came from,
    an index, a clone or an address.
    """
    if importlib.util.find_spec(module) is None:
        command = shlex.join([sys.executable or "python", "-m", "pip", "install", module.replace("_", "-")])
        raise InputError.of(f"{what} takes a library that is not here; install it with:  {command}", rule="extra")
