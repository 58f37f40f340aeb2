"""The one error boundary: whatever happens becomes one of few exit codes and a message that says what to do.

0 done; 1 findings (check and catalog lint only); 2 usage or input; 70 a bug; 130, 143, 129 for the signals.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from gapcheck.cli.messages import mute, say, tell
from gapcheck.problems import InputError

if TYPE_CHECKING:
    from types import FrameType

BUG = 70
INTERRUPTED = 130


def run() -> int:
    """Run the command line and give its exit code."""
    gc.disable()  # a run is short: collecting costs a quarter of its time, and pauses between two questions
    _prepare_streams()
    _prepare_signals()
    code = _ended()
    _flush()
    return code


def _ended() -> int:
    """Once it is known how a run ends no signal is heard any more; one that came a moment before that changes the code.

    Python's own end would otherwise be killed by it, or print where it was.
    """
    try:
        code = _guarded()
        _deafen()
    except (KeyboardInterrupt, SystemExit) as stop:
        _deafen()
        code = stop.code if isinstance(stop, SystemExit) and isinstance(stop.code, int) else INTERRUPTED
    return code


def _deafen() -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _guarded() -> int:
    try:
        from gapcheck.cli.app import app

        app()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except InputError as error:
        tell(error)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (this is the boundary)
        return _bug(error)
    return 0


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    """A signal ends the program by way of the stack, so that terminals and locks are restored."""
    raise SystemExit(128 + number)


def _prepare_signals() -> None:
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    sys.unraisablehook = _once_more


AGAIN = 0.01
"""Seconds until a stop that was ignored comes again."""


def _once_more(ignored: sys.UnraisableHookArgs) -> None:
    """Python ignores what is raised in a weak reference's callback or a finaliser: a stop that came there comes again.

    In a prompt that is once in some hundred times; the sitting would go on as if nobody had stopped it.
    """
    stop = ignored.exc_value
    if not isinstance(stop, (SystemExit, KeyboardInterrupt)) or not hasattr(signal, "setitimer"):
        sys.__unraisablehook__(ignored)
        return

    def raise_it(_number: int, _frame: FrameType | None) -> NoReturn:
        raise stop

    signal.signal(signal.SIGALRM, raise_it)
    signal.setitimer(signal.ITIMER_REAL, AGAIN)


def _prepare_streams() -> None:
    """A character that the terminal cannot show becomes `?`, what is closed leads nowhere; neither is a crash."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open to the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _flush() -> None:
    """A reader that went away changes no exit code, here or when Python flushes at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            mute(stream.fileno())


def _bug(error: Exception) -> int:
    """A fault of ours: where it happened, without the values, which may be somebody's ratings."""
    if os.environ.get("GAPCHECK_TRACEBACK"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    say(f"This is a bug in gapcheck, not in your files: {type(error).__name__} in {where}.")
    say("GAPCHECK_TRACEBACK=1 shows all of it; please report it with that text.")
    return BUG
