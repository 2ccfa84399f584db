"""Single keys from the terminal while a board is up, and the terminal as it was afterwards.

Easy to break: however the board ends (a key, Ctrl-C, a signal, a defect) the terminal must take lines again and show
what is typed; and a terminal that is gone tells so by an end of input that never stops.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

END_OF_INPUT: Final = "\x04"
"""What Ctrl-D sends, and what stands here for a terminal that is gone."""

ENDING: Final = (signal.SIGTERM, signal.SIGHUP)


class Keys:
    """What is pressed, one key at a time; without a terminal to press them on, never any."""

    def __init__(self, terminal: int | None) -> None:
        self._terminal = terminal

    def wait(self, length_s: float) -> str | None:
        """Return the key that is pressed within so many seconds, or None when they are over."""
        if self._terminal is None:
            time.sleep(length_s)
            return None
        if not select.select([self._terminal], [], [], length_s)[0]:
            return None
        pressed = os.read(self._terminal, 64).decode("utf-8", "replace")
        return pressed[:1] or END_OF_INPUT  # an arrow key sends several signs: the first is no key of ours


@contextmanager
def pressed_keys() -> Iterator[Keys]:
    """Give the block the keys of the terminal, and signals that would end it by force as an ordinary end."""
    with _orderly_end():
        if not sys.stdin.isatty():
            yield Keys(None)
            return
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        tty.setcbreak(terminal)
        try:
            yield Keys(terminal)
        finally:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


@contextmanager
def _orderly_end() -> Iterator[None]:
    """End as if asked to where a signal would kill; nobody suspends a board, the shell would show it half."""
    handlers = {number: signal.signal(number, _end) for number in ENDING}
    handlers[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
