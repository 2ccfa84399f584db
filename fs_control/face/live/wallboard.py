"""The board on the screen: one picture a second, and what a key does.

Asks the engine and shows; what is shown is `page`. An engine that is not there is said so in the place of the board,
because numbers that stand still look like numbers. Easy to break: one question a second, however often keys are
pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from fs_control.errors import FsControlError
from fs_control.face.client import EngineClient
from fs_control.face.live.cells import line
from fs_control.face.live.keys import END_OF_INPUT, Keys, pressed_keys
from fs_control.face.live.orders import back_to_work
from fs_control.face.live.page import board_lines
from fs_control.face.words import explained, words

EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Action:
    """What a key does: its word in the last line (`live.key.<...>`), and an order to the engine or the end.

    What `act` returns is shown in the last line until the next key; an error of ours is shown there as its sentence.
    """

    word: str
    act: Callable[[EngineClient], str] | None = None
    """None ends the board."""


ACTIONS: Final[Mapping[str, Action]] = {
    "q": Action("live.key.quit"),
    "b": Action("live.key.back_to_work", back_to_work),
}
"""Every key that does something; whatever leaders are to do with one key gets its line here."""


def watch(engine: EngineClient, console: Console) -> None:
    """Show the board until somebody ends it."""
    screen = Live(console=console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False)
    with pressed_keys() as keys, screen:
        board = Wallboard(engine, console)
        while not board.is_over:
            screen.update(Group(*board.picture()), refresh=True)
            board.wait(keys)


class Wallboard:
    """What is on the screen, and until when."""

    def __init__(self, engine: EngineClient, console: Console) -> None:
        self._engine = engine
        self._console = console
        self._note = ""
        self._next = monotonic()
        self.is_over = False

    def picture(self) -> list[Text]:
        """Ask once and return the lines that fill the window."""
        width, height = self._console.size
        lines = self._board(width, height - 1)
        blank = [Text()] * (height - 1 - len(lines))
        return [*lines, *blank, self._last_line(width)]

    def _board(self, width: int, height: int) -> list[Text]:
        try:
            return board_lines(self._engine.board(), width, height)
        except FsControlError as error:
            gone = Text(explained(error), style="bold red", overflow="fold")
            return [*gone.wrap(self._console, width), Text(words("live.again"))][:height]

    def _last_line(self, width: int) -> Text:
        keys = "   ".join(f"{key} {words(action.word)}" for key, action in ACTIONS.items())
        return line((Text(keys, style="reverse"), Text(f"   {self._note}")), width)

    def wait(self, keys: Keys) -> None:
        """Do what keys say until the next picture is due."""
        self._next = max(self._next + EVERY_S, monotonic())
        while not self.is_over and (left := self._next - monotonic()) > 0:
            key = keys.wait(left)
            if key is not None:
                self._do(key)

    def _do(self, key: str) -> None:
        action = ACTIONS.get(key)
        if key == END_OF_INPUT or (action is not None and action.act is None):
            self.is_over = True
        elif action is not None and action.act is not None:
            try:
                self._note = action.act(self._engine)
            except FsControlError as error:
                self._note = explained(error)
