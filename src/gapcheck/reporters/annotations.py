"""The ruling as GitHub's workflow commands: annotations at the rule's line in gapcheck.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.core.report.gate import sentence, verdict
from gapcheck.reporters.look import OBEYED, Look, to_ascii

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.gate import Ruling
    from gapcheck.problems import Span

MOST = 10
"""GitHub shows ten annotations of a kind per step, and drops the others in silence."""


def render(ruling: Ruling, look: Look) -> str:
    """At most MOST commands, what keeps the gate from judging first; then the verdict, which is no command."""
    commands = [*_commands(ruling)]
    lines = commands[:MOST]
    lines += [f"and {len(commands) - MOST} more"] if len(commands) > MOST else []
    text = "\n".join([*lines, _data(verdict(ruling))]) + "\n"
    return to_ascii(text) if look.ascii else text


def _commands(ruling: Ruling) -> Iterator[str]:
    for fault in ruling.faults:
        told = ": ".join(part for part in (fault.path, fault.message) if part)
        yield _command("error", ruling.path(fault.file), fault.span, "gapcheck cannot judge", told)
    for result in ruling.of("cannot-judge"):
        yield _command("error", ruling.file, result.span, "gapcheck cannot judge", sentence(result))
    level = "warning" if ruling.warns else "error"
    for result in ruling.of("fail"):
        yield _command(level, ruling.file, result.span, f"gapcheck {result.measure}", sentence(result))


def _command(level: str, file: str, span: Span, title: str, message: str) -> str:
    """One command. A rule that stands in no file has no place."""
    place = {"file": file, "line": str(span.line), "col": str(span.column)} if span.line else {}
    properties = ",".join(f"{key}={_property(value)}" for key, value in {**place, "title": title}.items())
    return f"::{level} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """Text on one line, as the runner reads it back; nothing in it is a command, of the older kind neither."""
    line = OBEYED.sub("## ", " ".join(text.split()))
    return line.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
