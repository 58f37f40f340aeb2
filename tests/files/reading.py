"""What the tests of this folder share: text in, data or plain lines of faults out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gapcheck.files import yamldoc
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable


def data_of(text: str) -> Any:
    """The plain data of a YAML text."""
    return yamldoc.parse(text.encode(), "f").data


def refused(act: Callable[[], object]) -> list[str]:
    """The problems that an action ends with, as a user sees them, without the file's name."""
    with pytest.raises(InputError) as caught:
        act()
    return [str(problem).removeprefix(problem.file).removeprefix(":").strip() for problem in caught.value.problems]


def faults_of(content: str | bytes) -> list[str]:
    """The faults that the door finds in a file's content, each as `line:column: path: message`."""
    return refused(lambda: yamldoc.parse(content.encode() if isinstance(content, str) else content, "f"))
