"""Menus by questionary: arrows or a key choose, the anchors stay in view, the screen is left tidy.

questionary has no key to go back or to stop, so bindings that end the prompt with a value are merged into it.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output

from gapcheck.core.interview import Move
from gapcheck.prompt import HELP, screen_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from gapcheck.core.answers import Rating
    from gapcheck.prompt import Choice, Question

STYLE = questionary.Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("instruction", ""),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "fg:ansicyan"),
    ]
)
MARGIN = 8
"""Columns that the pointer and a choice's key take."""


class Menu:
    """Asks with menus. Input and output can be given, for tests; else they are the terminal's."""

    def __init__(self, source: Input | None = None, screen: Output | None = None) -> None:
        self._source = source
        self._screen = screen or create_output()
        # a terminal that does not answer the query for its cursor costs a second a question
        if hasattr(self._screen, "enable_cpr"):
            self._screen.enable_cpr = False

    def choose(self, question: Question) -> Rating | Move:
        """A menu of the choices; the one taken before is pointed at."""
        width, height = self._size()
        titles = [_title(choice, width) for choice in question.choices]
        room = height - sum(title.count("\n") + 1 for title in titles)
        title, *rest = _head(question, width, room)
        prompt = questionary.select(
            title,
            choices=[questionary.Choice(t, c.value) for t, c in zip(titles, question.choices, strict=True)],
            default=question.before,  # type: ignore[arg-type]
            instruction="".join(f"\n  {line}" for line in rest) or " ",
            qmark="?",
            style=STYLE,
            **self._terminal(),
        )
        reply: Rating | Move = _ask(prompt, _keys(question.choices))
        if not isinstance(reply, Move):
            chosen = next(choice for choice in question.choices if choice.value == reply)
            key = f"{chosen.key}  " if chosen.key else ""
            self._line(f"{question.place}  {question.title}  {key}{chosen.words}".strip(), width)
        return reply

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A line to type a number into; an empty one takes `before`."""

        def fault(text: str) -> bool | str:
            try:
                right = not text.strip() or least <= float(text.replace(",", ".")) <= most
            except ValueError:
                right = False
            return right or f"a number from {least:g} to {most:g}"

        prompt = questionary.text(
            f"{question} [{before:g}]", validate=fault, qmark="?", style=STYLE, **self._terminal()
        )
        reply: str | Move = _ask(prompt, _moves(typing=True))
        if isinstance(reply, Move):
            return reply
        value = float(reply.replace(",", ".")) if reply.strip() else before
        self._line(f"{question} {value:g}", self._size()[0])
        return value

    def tell(self, lines: Sequence[str]) -> None:
        """Lines, wrapped to the screen."""
        for line in lines:
            self._line(line, self._size()[0])

    def _terminal(self) -> dict[str, Any]:
        return {"input": self._source, "output": self._screen, "erase_when_done": True}

    def _size(self) -> tuple[int, int]:
        columns, lines = screen_size()
        return max(40, columns), lines

    def _line(self, text: str, width: int) -> None:
        self._screen.write("\r\n".join(textwrap.wrap(text, width - 1, subsequent_indent="    ") or [""]) + "\r\n")
        self._screen.flush()


def _ask(prompt: questionary.Question, keys: KeyBindings) -> Any:
    app = prompt.application
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), keys])
    app.ttimeoutlen = 0.05  # Esc need not wait for what might follow it
    try:
        return prompt.unsafe_ask()
    except EOFError:  # the terminal has gone away
        return Move.STOP


def _keys(choices: Sequence[Choice]) -> KeyBindings:
    """A choice's key takes it at once."""
    keys = _moves(typing=False)
    for choice in choices:
        if choice.key:
            _end_with(keys, choice.key, choice.value)
    return keys


def _moves(*, typing: bool) -> KeyBindings:
    """Esc stops; where letters are not text, b and the left arrow go back and q stops."""
    keys = KeyBindings()
    _end_with(keys, Keys.Escape, Move.STOP)
    if not typing:
        _end_with(keys, "q", Move.STOP)
        _end_with(keys, "b", Move.BACK)
        _end_with(keys, Keys.Left, Move.BACK)
    return keys


def _end_with(keys: KeyBindings, key: str, value: Rating | Move) -> None:
    @keys.add(key, eager=True)
    def end(event: Any) -> None:
        event.app.exit(result=value)


def _title(choice: Choice, width: int) -> str:
    """A choice with its key, wrapped so that every word of an anchor can be read."""
    lines = textwrap.wrap(choice.words, max(20, width - MARGIN)) or [""]
    label = f"{choice.key}  " if choice.key else ""
    return label + f"\n{' ' * (MARGIN - 2)}".join(lines)


def _head(question: Question, width: int, room: int) -> list[str]:
    """What stands above the choices; where the screen is low, the choices come first."""
    title = textwrap.wrap(f"{question.place}  {question.title}".strip(), width - 4)
    detail, helped = textwrap.wrap(question.detail, width - 4), [textwrap.shorten(HELP, width - 4)]
    for lines in ([*title, *detail, *helped, ""], [*title, *detail, *helped], [*title, *helped]):
        if len(lines) < room:
            break
    return lines
