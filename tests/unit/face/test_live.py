"""The wallboard: it fits every window in both languages, asks once a second, and leaves the terminal as it was."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Any

import gevent
import pytest
from pydantic import TypeAdapter
from rich.cells import cell_len
from rich.console import Console

from fs_control import records
from fs_control.centre.board import Board, board_of
from fs_control.errors import UserMistake
from fs_control.events import ActionRequested
from fs_control.face.client import EngineClient
from fs_control.face.live import wallboard
from fs_control.face.live.cells import cell, length_words, shares
from fs_control.face.live.keys import END_OF_INPUT, Keys
from fs_control.face.live.page import board_lines
from fs_control.face.live.wallboard import Action, Wallboard
from fs_control.face.words import forget_language, set_language
from fs_control.ids import AgentId, RequestId
from fs_control.records import BreakReason
from fs_control.testing.builders import a_directory
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket

CLONE = Path(__file__).parents[3]
PATIENCE_S = 60.0
LAST_LINE = "q quit   b end breaks"
SHOWS_THE_OTHER_SCREEN, SHOWS_THE_FIRST_AGAIN = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    forget_language()


@pytest.fixture
def play() -> Play:
    """Forty agents with Chinese names in three groups, one of them signed in."""
    play = Play(groups={"销售一组": range(1, 21), "service": range(15, 41), "x" * 60: ()})
    names = {key: replace(profile, name="欧阳王芳\x1b[2J" * 2) for key, profile in play.centre.directory.agents.items()}
    play.centre = replace(play.centre, directory=replace(play.centre.directory, agents=names))
    play.sign_in(3)
    return play


def busy(play: Play) -> Play:
    play.sign_in(*range(1, 3), *range(21, 30))
    for place in range(12):
        play.caller(dialled="4002", number=f"138001380{place:02}")
    return play


def picture(play: Play) -> Mapping[str, Any]:
    """The board as the socket gives it."""
    board: Mapping[str, Any] = json.loads(TypeAdapter(Board).dump_json(board_of(play.centre, play.centre.at)))
    return board


@pytest.mark.parametrize("width", [20, 40, 80, 81, 120, 237])
@pytest.mark.parametrize("height", [3, 10, 23, 60, None])
def test_the_board_fits_the_window(play: Play, language: str, width: int, height: int | None) -> None:
    lines = board_lines(picture(busy(play)), width, height)
    assert max(cell_len(line.plain) for line in lines) <= width
    assert height is None or len(lines) <= height
    assert not any("\x1b" in line.plain or "\n" in line.plain for line in lines)


def test_numbers_stand_below_their_headings_whatever_the_groups_are_called(play: Play, language: str) -> None:
    lines = [line.plain for line in board_lines(picture(busy(play)), 80)]
    heading, *rows = lines[2:6]
    assert {cell_len(row) for row in rows} == {cell_len(heading)} == {80}


def test_a_window_of_80_by_24_shows_every_part(play: Play) -> None:
    lines = [line.plain for line in board_lines(picture(busy(play)), 80, 23)]
    assert [line for line in lines if line in ("agents", "calls now")] == ["agents", "calls now"]


def test_what_is_not_shown_is_counted(play: Play) -> None:
    lines = [line.plain for line in board_lines(picture(busy(play)), 80, 16)]
    calls = lines[lines.index("calls now") + 1 :]
    shown = sum(line.count("…80") for line in calls)
    assert calls[-1] == f"... {12 - shown} more"


def test_agents_stand_with_each_of_their_groups_and_the_signed_out_are_counted() -> None:
    play = Play(groups={"sales": (1, 2), "service": (2, 3)})
    play.sign_in(1, 2)
    text = "\n".join(line.plain for line in board_lines(picture(play), 80))
    assert text.count("Agent 2") == 2
    assert "service   802 Agent 2" in text
    assert text.count("1 signed out") == 1


def test_who_talks_for_another_group_is_shown_with_it() -> None:
    play = Play(groups={"sales": (1,), "service": (1,)})
    play.sign_in(1)
    play.caller(number="13800138000")
    play.answer(1)
    lines = [line.plain for line in board_lines(picture(play), 160)]
    assert [line.endswith("…8000 sales") for line in lines if "801 Agent 1" in line] == [False, True]


def test_a_switch_that_is_not_there_is_said_at_the_top(language: str) -> None:
    play = Play()
    play.centre = replace(play.centre, core=None)
    head = board_lines(picture(play), 80)[0].plain
    assert ("NOT connected" in head, "交换机未连接" in head) == (language == "en", language == "zh")


def test_a_cell_is_as_wide_as_it_should_be() -> None:
    for text in ("", "ab", "王芳", "王芳王芳王芳", "a王b芳c李d"):
        assert [cell_len(cell(text, width).plain) for width in range(8)] == list(range(8))
        assert [cell_len(cell(text, width, right=True).plain) for width in range(8)] == list(range(8))


def test_whoever_wants_little_gets_it_and_the_others_share_the_rest() -> None:
    assert shares([4, 20, 30], 24) == [4, 10, 10]
    assert shares([4, 20, 30], 100) == [4, 20, 30]
    assert sum(shares([9, 9, 9], 4)) == 4


def test_lengths_are_short() -> None:
    assert [length_words(each * 1_000_000) for each in (-1, 7, 750, 3720)] == ["0:00", "0:07", "12:30", "1h02"]


# --- on a terminal -------------------------------------------------------------------------------------------------


class Pressed(Keys):
    """Keys that are pressed one after the other, at once; when there are no more, time goes by."""

    def __init__(self, *keys: str) -> None:
        super().__init__(None)
        self._pressed = list(keys)

    def wait(self, length_s: float) -> str | None:
        return self._pressed.pop(0) if self._pressed else super().wait(length_s)


@pytest.fixture
def board(tmp_path: Path) -> Wallboard:
    return Wallboard(EngineClient(tmp_path / "control.sock"), Console(file=StringIO(), width=80, height=24))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeControl]:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller(call="1f3c8a2e-first")
    control = FakeControl(play.centre)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def test_the_picture_fills_the_window_with_the_keys_in_the_last_line(board: Wallboard, engine: FakeControl) -> None:
    lines = board.picture()
    assert len(lines) == 24
    assert lines[-1].plain == LAST_LINE


def test_an_engine_that_is_not_there_is_said_in_place_of_the_board(board: Wallboard) -> None:
    lines = [line.plain for line in board.picture()]
    assert lines[0].startswith("No engine is listening at ")
    assert "Asked again every second." in lines
    assert (len(lines), lines[-1]) == (24, LAST_LINE)


def test_q_ends_the_board_and_other_keys_do_nothing(board: Wallboard) -> None:
    board.wait(Pressed("x", "\x1b"))
    assert not board.is_over
    board.wait(Pressed("q"))
    assert board.is_over


def test_a_terminal_that_is_gone_ends_the_board(board: Wallboard) -> None:
    board.wait(Pressed(END_OF_INPUT))
    assert board.is_over


def test_one_key_ends_the_breaks_of_those_who_did_not_answer(board: Wallboard, engine: FakeControl) -> None:
    play = Play(groups={"sales": (1, 2)}, ring_s=5)
    play.sign_in(1)
    play.caller()
    play.wait(60)
    engine.state = play.centre
    board.wait(Pressed("b"))
    assert [(acted.agent, acted.action) for acted in engine.acted] == [("801", "ready")]
    assert board.picture()[-1].plain.endswith("Ready again: 801.")
    engine.state = Play().centre
    board.wait(Pressed("b"))
    assert board.picture()[-1].plain.endswith("Nobody is on such a break.")


def test_a_key_that_orders_something_says_what_came_of_it(board: Wallboard, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_engine: EngineClient) -> str:
        raise UserMistake("left_alone")

    keys = {"d": Action("live.key.quit", lambda _engine: "done"), "r": Action("live.key.quit", refuse)}
    monkeypatch.setattr(wallboard, "ACTIONS", {**wallboard.ACTIONS, **keys})
    board.wait(Pressed("d"))
    assert board.picture()[-1].plain.endswith("done")
    board.wait(Pressed("r"))
    assert board.picture()[-1].plain.endswith("Nothing was changed.")


def test_where_nobody_watches_one_picture_is_printed(terminal, engine: FakeControl) -> None:
    for words in (("live",), ("live", "--once")):
        result = terminal.type(*words)
        assert (result.exit_code, "\x1b" in result.stdout) == (0, False)
        assert "sales" in result.stdout
        assert "801 Agent 1" in result.stdout


def test_one_picture_in_chinese(terminal, engine: FakeControl) -> None:
    assert "技能组" in terminal.type("--lang", "zh", "live", "--once").stdout


def test_the_picture_for_machines_is_that_of_the_socket(terminal, engine: FakeControl) -> None:
    board = json.loads(terminal.type("live", "--json").stdout)
    assert board["groups"][0]["waiting"] == 1


def test_one_picture_of_no_engine_is_refused(terminal) -> None:
    result = terminal.type("live", "--once")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("No engine is listening at ")


class Window:
    """A terminal with the board on it, of which everything that it shows is kept."""

    def __init__(self, folder: Path) -> None:
        self.master, self.terminal = pty.openpty()
        self.before = termios.tcgetattr(self.terminal)
        self.shown = b""
        self.process = subprocess.Popen(
            [sys.executable, str(CLONE / "cli.py"), "live"],
            stdin=self.terminal,
            stdout=self.terminal,
            stderr=self.terminal,
            env={**os.environ, "FS_CONTROL_VAR": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        os.set_blocking(self.master, False)

    def wait_for(self, what: bytes) -> None:
        deadline = monotonic() + PATIENCE_S
        while what not in self.shown:
            assert monotonic() < deadline, self.shown[-500:]
            try:
                self.shown += os.read(self.master, 65536)
            except BlockingIOError:
                gevent.sleep(0.02)

    def end(self) -> int:
        self.wait_for(SHOWS_THE_FIRST_AGAIN)
        return self.process.wait(PATIENCE_S)


@contextmanager
def window(folder: Path) -> Iterator[Window]:
    shown = Window(folder)
    try:
        yield shown
    finally:
        shown.process.kill()
        shown.process.wait()
        os.close(shown.master)
        os.close(shown.terminal)


@pytest.mark.parametrize(("signal_number", "code"), [(None, 0), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_however_it_ends_the_terminal_is_as_it_was(tmp_path: Path, signal_number: int | None, code: int) -> None:
    with window(tmp_path) as shown:
        shown.wait_for(b"No engine is listening")
        assert SHOWS_THE_OTHER_SCREEN in shown.shown
        assert termios.tcgetattr(shown.terminal) != shown.before
        if signal_number is None:
            os.write(shown.master, b"q")
        else:
            shown.process.send_signal(signal_number)
        assert shown.end() == code
        assert termios.tcgetattr(shown.terminal) == shown.before


def test_an_engine_that_comes_back_is_shown_as_soon_as_it_is_asked_again(tmp_path: Path) -> None:
    with window(tmp_path) as shown:
        shown.wait_for(b"No engine is listening")
        door = ControlSocket(tmp_path / "control.sock")
        door.start(FakeControl(Play(groups={"sales": (1,)}).centre))
        try:
            shown.wait_for(b"switch connected")
        finally:
            door.stop()
        os.write(shown.master, b"q")
        assert shown.end() == 0


def test_A7_who_goes_on_a_break_after_the_call_is_shown_so(language: str) -> None:
    directory = a_directory({"sales": (1,)})
    play = Play(directory=replace(directory, breaks=(BreakReason("meal", "meal", "用餐"),)))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    wish = records.Action.BREAK_AFTER_CALL
    play.tell(ActionRequested(request=RequestId("r"), agent=AgentId(1), by="test", action=wish, reason="meal"))
    shown = "\n".join(line.plain for line in board_lines(picture(play), 120))
    assert ("then break" if language == "en" else "随后小休") in shown
    play.agent_hangs_up(1)
    shown = "\n".join(line.plain for line in board_lines(picture(play), 120))
    assert ("meal" if language == "en" else "用餐") in shown
