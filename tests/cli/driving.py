"""Driving `gapcheck assess` in a pseudo-terminal: what is in view, keys to press, a person who answers everything."""

from __future__ import annotations

import contextlib
import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pexpect

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class View:
    """What stands on the screen since the last key: the kind of question, what it is about, and all its words."""

    kind: str
    about: str
    text: str
    number: int = 0


KINDS = {
    "goes on": r"You\s+stopped\s+on\s+(?P<about>\S+)",
    "role": r"\d/\d  What is your (?P<about>role)",
    "hours": r"\d/\d  How many (?P<about>hours) a week",
    "hands": r"\d/\d  What you do not do yourself: (?P<about>whom)",
    "checks": r"\d/\d  Check what (?P<about>you say)",
    "check": r"\[check\s+(?P<number>\d+)/\d+\s+[^\]]+\]\s+(?P<about>.+)",
    "reason": r"\[check\s+(?P<number>\d+)/\d+\]\s+(?P<about>Right:|The\s+answer)",
    "delivery": r"(?:\? )?(?P<about>[^?\n]+), your last delivery: what, when",
    "note": r"Note on (?P<about>.+?):",
    "terms": r"\[terms (?P<about>[^\]]+)\]",
    "interest": r"\[last question\]  (?P<about>.+)",
    "summary": r"\[summary\]  (?P<about>.+)",
    "help": r"(?P<about>[^?\n]+): good work, and the way there",
    "stages": r"Go to which (?P<about>stage)",
    "skills": r"Which (?P<about>answer)\?",
    "level": r"\[(?P<number>\d+)/\d+\s+[^\]]+\]\s+(?P<about>.+)",
}
"""How each kind of question begins; what is asked last counts."""

BEGUN = "\x1b[?2004h"
"""With this a menu begins to be drawn."""

DRAWN = re.compile(r"\x1b\[\?7h\x1b\[0m(\x1b\[\?12l\x1b\[\?25h)?\Z")
"""With this a menu ends to be drawn; where it is wiped, something else stands between the two."""

ASKED = re.compile(r"(?s)q\s+stop(,\s+-\s+for\s+nothing)?(\s+\[.*\])?:\s\Z")
"""How a plain line ends that waits for an answer."""

CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")


class Sitting:
    """A sitting in a terminal. A view is waited for until all of it is drawn; menus and plain lines alike."""

    def __init__(self, child: Any) -> None:
        self.child = child
        child.delaybeforesend = None
        child.ptyproc.delayafterclose = 0
        self._since = ""
        self.plain = False

    def press(self, keys: str) -> None:
        """Press keys; in plain lines with Enter after them."""
        self._since = ""
        self.child.send(keys + ("\r" if self.plain and not keys.endswith(("\r", "\n")) else ""))

    def view(self, seconds: float = 20) -> View:
        """The question that is in view once all of it is drawn; the kind is `end` where the program has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if DRAWN.search(self._since) and BEGUN in self._since:
                self.plain = False
                return _seen(CODES.sub("", self._since.rpartition(BEGUN)[2]))
            if ASKED.search(shown := CODES.sub("", self._since)):
                self.plain = True
                return _seen(shown)
            try:
                self._since += self.child.read_nonblocking(4096, timeout=0.2)
            except pexpect.EOF:
                return View("end", "", CODES.sub("", self._since))
            except pexpect.TIMEOUT:
                continue
        raise AssertionError(f"nothing to answer came into view: {self._since!r}")

    def reply(self, keys: str) -> View:
        """Press keys; gives what comes into view then."""
        self.press(keys)
        return self.view()

    def rate(self, level: int) -> View:
        """Choose a level, read the lines next to it where they were not in view yet, and keep it."""
        before = self.view()
        view = self.reply(str(level))
        looked = view.kind == "again" or (view.kind, view.about) == (before.kind, before.about)
        return self.reply(str(level)) if looked else view

    def tick(self, *numbers: int) -> View:
        """Tick choices by their place in the list, from 1, and go on."""
        if self.plain:
            return self.reply(" ".join(map(str, numbers)) or "0")
        down, last = [0, *(b - a for a, b in zip((1, *numbers), numbers, strict=False))], len(numbers)
        return self.reply("".join("\x1b[B" * step + " " for step in down[1 : last + 1]) + "\r")

    def until(self, *kinds: str, replies: Callable[[Sitting, View], View] | None = None) -> View:
        """Answer everything as the person of `replies` would, until such a question (or the end) is in view."""
        view = self.view()
        while view.kind not in (*kinds, "end"):
            view = (replies or answered)(self, view)
        return view

    def resize(self, lines: int, columns: int) -> None:
        """Give the window another size, and wait until its menu was put again."""
        self._since = ""
        self.child.setwinsize(lines, columns)
        while not self.plain:  # the menu of before is drawn once more, without its choices, and then wiped
            self.view()
            if self._since.count(BEGUN) > 1:
                return
            if not self.plain:
                self._since += self.child.read_nonblocking(4096, timeout=20)

    def hang_up(self) -> int:
        """Close the terminal's window; gives the exit code."""
        self.child.ptyproc.fileobj.close()
        _, status = os.waitpid(self.child.pid, 0)
        self.child.child_fd, self.child.closed, self.child.terminated = -1, True, True
        self.child.ptyproc.closed = self.child.ptyproc.terminated = True
        return os.waitstatus_to_exitcode(status)

    def code(self) -> int:
        """The exit code, as a shell would show it."""
        with contextlib.suppress(pexpect.EOF):
            while True:
                self._since += self.child.read_nonblocking(4096, timeout=20)
        self.child.wait()
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else 128 + self.child.signalstatus)

    @property
    def told(self) -> str:
        """Everything that was shown since the last key."""
        return CODES.sub("", self._since)

    @property
    def raw(self) -> str:
        """The same with all its control codes, for a screen to be made of."""
        return self._since


def _seen(text: str) -> View:
    """The last question in a text; `again` where none begins there, since what was typed is no answer to it."""
    found = [(match, kind) for kind, begin in KINDS.items() for match in re.finditer(begin, text)]
    if not found:
        return View("again", "", " ".join(text.split()))
    match, kind = max(found, key=lambda each: each[0].start())
    number = int(match.groupdict().get("number") or 0)
    return View(kind, match["about"].strip(), " ".join(text[match.start() :].split()), number)


def level_for(skill: str) -> int:
    """The level that the person who answers everything claims, by the name of the skill."""
    return (len(skill) + ord(skill[0])) % 6


def answered(sitting: Sitting, view: View) -> View:
    """One question answered in a way that depends on its words alone."""
    replies: dict[str, Callable[[], View]] = {
        "level": lambda: sitting.rate(level_for(view.about)),
        "check": lambda: sitting.reply("abcdu"[(len(view.about) + view.number) % 5]),
        "delivery": lambda: sitting.reply(f"A plan for {view.about}\r"),
        "terms": lambda: sitting.tick(1, 3),
        "interest": lambda: sitting.tick(2),
        "checks": lambda: sitting.reply("3"),
    }
    # else what was chosen before: the role, the hours, going on, the way out of the summary
    return replies.get(view.kind, lambda: sitting.reply("\r"))()
