"""Menus by questionary: arrows or a key choose, the anchors stay in view, the screen is left tidy.

questionary has no key to go back or to stop, so bindings that end the prompt with a value are merged into it.
"""

from __future__ import annotations

import contextlib
import functools
import textwrap
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import application
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output

from gapcheck.core.interview import Move
from gapcheck.prompt import KEYS, Choice, Question, screen_size, told_table, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from gapcheck.core.answers import Rating

# questionary makes three applications a question, and each loads the six hundred keys of two editors: half of the
# time from a key to the next view (benchmarks/latency.py). They are the same each time.
application.load_key_bindings = functools.cache(application.load_key_bindings)  # type: ignore[attr-defined]

STYLE = questionary.Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("instruction", ""),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "fg:ansicyan"),
        ("selected", "noreverse"),
        ("separator", ""),
    ]
)
MARGIN = 8
"""Columns that the pointer and a choice's key take."""

BOX = 3
"""Columns that the box of a choice to tick takes."""

FRAME = 6
"""Lines that a page to read does not have: its head, its choices, and those that keep it from touching the edge."""

TYPING = "Esc stops, the up arrow goes back."


class Resized(Exception):  # noqa: N818 (not an error)
    """The window has another size than the menu was laid out for: the question is to be put again."""


class Menu:
    """Asks with menus. Input and output can be given, for tests; else they are the terminal's."""

    def __init__(self, source: Input | None = None, screen: Output | None = None) -> None:
        self._source = source
        self._screen = screen or create_output()
        # a terminal that does not answer the query for its cursor costs a second a question
        if hasattr(self._screen, "enable_cpr"):
            self._screen.enable_cpr = False

    def choose(self, question: Question) -> Rating | Move:
        """A menu of the choices; the one taken before is pointed at. Raises Resized."""
        width, height = self._size()
        titles = [_title(choice, width) for choice in question.choices]
        title, *rest = _head(question, width, height - _lines(titles))
        prompt = questionary.select(
            title,
            choices=[
                *_above(rest),
                *(questionary.Choice(t, c.value) for t, c in zip(titles, question.choices, strict=True)),
            ],
            default=_pointed(question),  # type: ignore[arg-type]
            instruction=" ",
            qmark="?",
            style=STYLE,
            use_jk_keys=False,
            **self._terminal(),
        )
        _end_when_resized(prompt, screen_size())
        reply: Rating | Move = _ask(prompt, _keys((*question.choices, *question.more), question.moves))
        return reply

    def tick(self, question: Question, ticked: Sequence[str]) -> tuple[str, ...] | Move:
        """A list to tick: the space bar ticks, Enter goes on."""
        width, height = self._size()
        titles = [_title(choice, width - BOX) for choice in question.choices]
        title, *rest = _head(question, width, height - _lines(titles), "Space ticks, Enter goes on; ")
        prompt = questionary.checkbox(
            title,
            choices=[
                *_above(rest),
                *(
                    questionary.Choice(t, c.value, checked=c.value in ticked)
                    for t, c in zip(titles, question.choices, strict=True)
                ),
            ],
            instruction=" ",
            qmark="?",
            style=STYLE,
            use_jk_keys=False,
            **self._terminal(),
        )
        reply: list[str] | Move = _ask(prompt, _moves(question.moves))
        if isinstance(reply, Move):
            return reply
        self._line(f"{question.place}  {question.title}  {len(reply)} ticked".strip(), width)
        return tuple(reply)

    def number(self, question: str, before: float, least: float, most: float) -> float | Move:
        """A line to type a number into; an empty one takes `before`."""

        def fault(text: str) -> bool | str:
            try:
                right = not text.strip() or least <= float(text.replace(",", ".")) <= most
            except ValueError:
                right = False
            return right or f"a number from {least:g} to {most:g}"

        prompt = questionary.text(
            self._typed(f"{question} [{before:g}]"), validate=fault, qmark="?", style=STYLE, **self._terminal()
        )
        reply: str | Move = _ask(prompt, _typing())
        if isinstance(reply, Move):
            return reply
        value = float(reply.replace(",", ".")) if reply.strip() else before
        self._line(f"{question} {value:g}", self._size()[0])
        return value

    def text(self, question: str, before: str) -> str | Move:
        """A line to type into; the up arrow goes back."""
        prompt = questionary.text(self._typed(question), default=before, qmark="?", style=STYLE, **self._terminal())
        reply: str | Move = _ask(prompt, _typing())
        if isinstance(reply, str):
            self._line(f"{question} {reply.strip()}", self._size()[0])
            return reply.strip()
        return reply

    def read(self, title: str, lines: Sequence[str]) -> None:
        """A text page by page; b, q or Esc leaves it. Raises Resized."""
        width, height = self._size()
        told = [part for line in lines for part in wrapped(line, width - 6, "   ")]
        room = max(1, height - FRAME)
        pages = [told[at : at + room] for at in range(0, len(told), room)]
        leave = Choice("leave", "Back to the question", "b")
        for number, page in enumerate(pages, 1):
            on = (Choice("on", "Go on", ""),) if number < len(pages) else ()
            place = f"[{number}/{len(pages)}]" if len(pages) > 1 else ""
            page_asked = Question(place, title, "\n".join(page), (*on, leave), moves=(), whole=True)
            if self.choose(page_asked) != "on":
                return

    def tell(self, lines: Sequence[str]) -> None:
        """Lines, wrapped to the screen."""
        for line in lines:
            self._line(line, self._size()[0], "")

    def echo(self, line: str) -> None:
        """The answer on a line of its own: the menu it was chosen from is wiped."""
        self._line(line, self._size()[0])

    def fits(self, question: Question) -> bool:
        """Whether all that is needed to answer is in view at once."""
        width, height = self._size()
        room = height - _lines([_title(choice, width - BOX) for choice in question.choices])
        return len(_heads(question, width)[0 if question.whole else -1]) < room

    def _terminal(self) -> dict[str, Any]:
        return {"input": self._source, "output": self._screen, "erase_when_done": True}

    def _typed(self, question: str) -> str:
        """A question that a line is typed after: no word is cut, and the keys are said."""
        width = self._size()[0] - 4
        return "\n  ".join([*wrapped(question, width), *wrapped(TYPING, width), ">"])

    def _size(self) -> tuple[int, int]:
        columns, lines = screen_size()
        return max(40, columns), lines

    def _line(self, text: str, width: int, hang: str = "    ") -> None:
        with contextlib.suppress(OSError):  # gone away: the next question ends the sitting
            self._screen.write("\r\n".join(textwrap.wrap(text, width - 1, subsequent_indent=hang) or [""]) + "\r\n")
            self._screen.flush()


def _pointed(question: Question) -> Rating | None:
    """What was chosen before, where it can still be chosen: questionary refuses anything else."""
    return next((choice.value for choice in question.choices if choice.value == question.before), None)


def _above(lines: Sequence[str]) -> list[questionary.Choice]:
    """What stands between a question and its choices. As part of the question itself it takes twice as long to draw."""
    return [questionary.Separator("\n   ".join(lines))] if lines else []


def _lines(titles: Sequence[str]) -> int:
    return sum(title.count("\n") + 1 for title in titles)


def _end_when_resized(prompt: questionary.Question, size: tuple[int, int]) -> None:
    """End a menu whose window has another size now: its lines were wrapped for the one before."""
    app = prompt.application

    def look(_app: Any) -> None:
        if screen_size() != size and app.future is not None and not app.future.done():
            app.exit(exception=Resized())

    app.before_render += look


def _ask(prompt: questionary.Question, keys: KeyBindings) -> Any:
    app = prompt.application
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), keys])
    app.ttimeoutlen = 0.05  # Esc need not wait for what might follow it
    try:
        return prompt.unsafe_ask()
    except (EOFError, OSError):  # the terminal has gone away
        return Move.STOP


def _keys(choices: Sequence[Choice], moves: Sequence[Move]) -> KeyBindings:
    """A choice's key takes it at once; the tenth and later of a list have none that one can press."""
    keys = _moves(moves)
    for choice in choices:
        if len(choice.key) == 1:
            _end_with(keys, choice.key, choice.value)
    return keys


def _moves(moves: Sequence[Move]) -> KeyBindings:
    """Esc stops, the arrows to the sides go back and forward, and each move has its letter."""
    keys = KeyBindings()
    _end_with(keys, Keys.Escape, Move.STOP)
    arrows = {Move.BACK: Keys.Left, Move.FORWARD: Keys.Right}
    for move in moves:
        _end_with(keys, KEYS[move], move)
        if move in arrows:
            _end_with(keys, arrows[move], move)
    return keys


def _typing() -> KeyBindings:
    """Where letters are text, Esc stops and the up arrow goes back."""
    keys = KeyBindings()
    _end_with(keys, Keys.Escape, Move.STOP)
    _end_with(keys, Keys.Up, Move.BACK)
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


def _head(question: Question, width: int, room: int, how: str = "") -> list[str]:
    """What stands above the choices; where the screen is low, the choices come first."""
    heads = _heads(question, width, how)
    return next((lines for lines in heads if len(lines) < room), heads[-1])


def _heads(question: Question, width: int, how: str = "") -> tuple[list[str], ...]:
    """What can stand above the choices, the fullest first."""
    title = wrapped(f"{question.place}  {question.title}".strip(), width - 4) or [""]
    detail = wrapped(question.detail, width - 4)
    keys = wrapped(f"{how}{question.keys}.", width - 4) if how or question.moves else []
    table = told_table(question.table, width - 4)
    full = [*title, *detail, *table]
    return [*full, *keys, ""], [*full, *keys], full, [*title, *keys], title
