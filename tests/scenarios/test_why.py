"""Why a call went as it did, asked at the terminal: one agent busy, one who declines, one who takes the call."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fs_control.calls import CallState
from fs_control.face.main import cli
from fs_control.ids import CallId
from fs_control.records import Disposition
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
  - {number: "8003", name: 陈静, phone: "1003"}
groups:
  - {name: sales, ring: 5, members: ["8001", "8002", "8003"]}
  - {name: service, members: ["8003"]}
numbers:
  - {number: "4001234567", flow: main}
"""

Ask = Callable[..., str]


@pytest.fixture
def ask(database_url: str, tmp_path: Path) -> Ask:
    """A person at a terminal beside the running system; returns what was printed, in single blanks."""
    environment = {
        "LANG": "en_GB.UTF-8",
        "LC_ALL": "",
        "DATABASE_URL": database_url,
        "FS_CONTROL_VAR": str(tmp_path / "var"),
    }

    def asked(*words: str) -> str:
        result = CliRunner().invoke(cli, words, prog_name="fs-control", env=environment, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return re.sub(r"\s+", " ", result.stdout)

    return asked


def talking_to(house: House, leg: str, agent: str) -> CallId:
    """Wait until a caller talks with an agent, and return the call."""

    def found() -> CallId | None:
        for call, live in house.engine.centre.calls.items():
            if live.call.leg == leg and live.call.state is CallState.TALKING and live.call.offer is not None:
                return call if house.number_of(live.call.offer.agent) == agent else None
        return None

    house.wait_for(lambda: found() is not None)
    call = found()
    assert call is not None
    return call


def caller(who: str, talk_s: float) -> CallerScript:
    steps = (WaitForAnswer(), WaitForPrompt("main-menu"), Wait(0.5), Press("1"), WaitForTalk(), Wait(talk_s), HangUp())
    return CallerScript("4001234567", who, b"", steps)


def test_D8_the_terminal_tells_why_in_both_languages_while_the_call_lasts_and_afterwards(
    house: House, ask: Ask
) -> None:
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause; and why it was this agent."""
    house.configure(DIRECTORY)
    house.phone("1001", PhoneBehaviour(answer_after=0.4))
    house.phone("1002", PhoneBehaviour(Reaction.DECLINE))
    house.phone("1003", PhoneBehaviour(answer_after=0.4))
    house.sign_in("8001", "8002", "8003")
    first = house.call(caller("13800138001", 20))
    talking_to(house, first, "8001")
    second = house.call(caller("13800138002", 6))
    call = talking_to(house, second, "8003")

    english = ask("call", "why", call)
    assert english.startswith(
        f"Call {call[:8]}: why 陈静 (8003) took the call because nobody else was free; 王芳 (8001)"
    )
    assert house.record_of(second).disposition is Disposition.ANSWERED
    assert ask("call", "why", call) == english

    assert "before that 李雷 (8002) declined." in english
    assert re.search(r"王芳 \(8001\) on a call since [\d:]{8} would have been chosen if free", english)
    assert re.search(r"李雷 \(8002\) declined this caller at [\d:]{8} would have been chosen if they had not", english)
    assert "李雷 (8002) was chosen: idle for the longest time." in english

    chinese = ask("call", "why", call, "--language", "zh")
    assert "陈静（8003）接听了此来电：当时没有其他坐席空闲；" in chinese
    assert re.search(r"王芳（8001） 正在通话（自 [\d:]{8} 起） 若当时空闲，则会被选中", chinese)
    assert re.search(r"李雷（8002） 已拒接此来电（于 [\d:]{8}） 若未曾拒接，则会被选中", chinese)
    assert "此前 李雷（8002）拒接。" in chinese

    shown = ask("call", "show", call)
    assert "agent offers rang answers talk hold consult asked end" in shown
    assert re.search(r"李雷 \(8002\) 1 \d+\.\d s 0 0\.0 s 0\.0 s 0\.0 s 0\.0 s declined \(CALL_REJECTED\)", shown)
    assert re.search(r"陈静 \(8003\) 1 \d+\.\d s 1 \d+\.\d s 0\.0 s 0\.0 s 0\.0 s answered \(NORMAL_CLEARING\)", shown)
