"""An event is lost on its way, or a leg is left behind: the next comparison with the switch finds it and heals it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from fs_control.agents import Moment
from fs_control.esl import Api, ApiResponse, EventMessage
from fs_control.events import CallCrashed
from fs_control.face.main import cli
from fs_control.ids import CallId, LegId, Micros
from fs_control.records import Disposition, Examination, GhostKind, Remedy
from fs_control.runtime.engine import Engine
from fs_control.runtime.ghost_shelf import GHOSTS, KeptGhost, read_shelf
from fs_control.runtime.link import ANY_EVENT
from fs_control.switch.names import RETURN_CONTEXT
from fs_control.virtual_switch.script import CallerScript, PhoneBehaviour, Wait, WaitForAnswer, WaitForTalk
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: en}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
groups:
  - {name: sales, ring: 20, members: ["8001"]}
numbers:
  - {number: "4001234567", flow: main}
"""

FLOW = """
flow: main
language: en
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: bye, served: bye}
  bye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""

TALKS = PhoneBehaviour(answer_after=0.3, talk=3.0)
LONG = PhoneBehaviour(answer_after=0.3, talk=20.0)


@pytest.fixture(autouse=True)
def configured(house: House, tmp_path: Path) -> None:
    """One agent, and a line."""
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "main.yaml").write_text(FLOW, encoding="utf-8")
    house.configure(DIRECTORY, folder)


def caller(*steps: object) -> CallerScript:
    return CallerScript("4001234567", "13800138000", b"", (WaitForAnswer(), *steps))  # type: ignore[arg-type]


@contextmanager
def losing(engine: Engine, *names: str) -> Iterator[list[str]]:
    """Lose every event of these names, as a network or a full queue might; yields the legs that they were about."""
    legs: list[str] = []
    usual = engine.link.event_handlers[ANY_EVENT]

    def hand_on(message: EventMessage) -> None:
        if message.name in names:
            legs.append(message.get("Unique-ID") or "")
        else:
            for handler in usual:
                handler(message)

    engine.link.event_handlers[ANY_EVENT] = [hand_on]
    try:
        yield legs
    finally:
        engine.link.event_handlers[ANY_EVENT] = usual


def kept(house: House) -> list[KeptGhost]:
    """What is on the shelf."""
    assert house.engine.ghosts.wait_until_kept(30)
    return list(read_shelf(house.engine.journal_folder.parent / GHOSTS, Micros(0)).ghosts)


def examine(house: House) -> Examination:
    """Have the state doctor look now, as an operator does."""
    return house.engine.state_doctor.examine()


def forget(house: House, call: CallId) -> None:
    """A defect of ours makes us forget a call."""
    house.has_forgotten = True
    house.engine.inbox.put(CallCrashed(call=call, place="test", error="Test", attempt=CallCrashed.LAST_ATTEMPT))


def test_a_healthy_house_has_no_ghosts(house: House) -> None:
    house.phone("1001", TALKS)
    house.sign_in("8001")
    leg = house.call(caller(WaitForTalk()))
    house.wait_until("8001", Moment.TALKING)
    assert examine(house) == Examination(looked=True)
    house.record_of(leg)
    assert examine(house) == Examination(looked=True)
    assert kept(house) == []


def talk_that_ends_untold(house: House) -> tuple[str, str]:
    """A talk that the agent ends, which nobody hears of; the legs of caller and agent."""
    leg = house.call(caller(WaitForTalk(), Wait(60)))
    house.wait_until("8001", Moment.TALKING)
    call = house.engine.centre.calls[house.engine.centre.legs[LegId(leg)]].call
    with losing(house.engine, "CHANNEL_HANGUP", "CHANNEL_EXECUTE_COMPLETE") as lost:
        house.wait_for(lambda: {leg, call.offers[0].leg} <= set(lost))
    return leg, call.offers[0].leg


def test_an_agent_whose_hang_up_was_lost_is_freed_and_the_caller_goes_on(house: House) -> None:
    """The end of the talk is told by two events; without both the agent would be busy until the caller gives up."""
    house.phone("1001", TALKS)
    house.sign_in("8001")
    leg, agent_leg = talk_that_ends_untold(house)
    assert house.moment("8001") is Moment.TALKING
    house.wait_for(lambda: examine(house).healed == 1)  # a switch lists a leg for a moment after its end
    house.wait_until("8001", Moment.IDLE)
    assert house.record_of(leg).disposition is Disposition.ANSWERED
    (ghost,) = kept(house)
    assert (ghost.ghost.kind, ghost.ghost.legs, ghost.ghost.agent) == (GhostKind.LEG_GONE, (agent_leg,), "8001")
    assert any('"type":"LegsBridged"' in line for line in ghost.journal)
    assert examine(house) == Examination(looked=True)


def test_a_leg_that_no_call_knows_is_hung_up(house: House) -> None:
    """A defect made us forget a call: the caller is handed to us again by themselves, the phone that rings is not."""
    house.phone("1001", LONG)
    house.sign_in("8001")
    leg = house.call(caller(WaitForTalk(), Wait(20)))
    house.wait_until("8001", Moment.TALKING)
    call = house.engine.centre.legs[LegId(leg)]
    agent_leg = house.engine.centre.calls[call].call.offers[0].leg
    house.sign_out("8001")
    assert house.engine.link.call(Api("uuid_setvar", f"{agent_leg} park_after_bridge true")).ok
    assert house.engine.link.call(Api("uuid_setvar", f"{agent_leg} hangup_after_bridge false")).ok
    forget(house, call)
    assert examine(house).healed == 0  # the two talk with each other: nothing is done
    assert house.engine.link.call(Api("uuid_transfer", f"{leg} none XML {RETURN_CONTEXT}")).ok
    house.wait_for(lambda: LegId(leg) in house.engine.centre.legs)
    house.wait_for(lambda: examine(house).healed > 0)
    (ghost,) = kept(house)
    assert (ghost.ghost.kind, ghost.ghost.legs) == (GhostKind.STRANGER, (agent_leg,))
    assert ghost.ghost.done is Remedy.HUNG_UP
    house.wait_for(lambda: not is_there(house, agent_leg))
    house.stage.wait_for_end(leg)


def is_there(house: House, leg: LegId) -> bool:
    """Ask the switch."""
    answer = house.engine.link.call(Api("uuid_exists", leg))
    assert isinstance(answer, ApiResponse)
    return answer.text == "true"


def test_a_caller_whom_no_call_knows_is_served_anew(house: House) -> None:
    """A defect made us forget a call whose caller is with nobody: the caller is handed to us as a new one."""
    house.phone("1001", LONG)
    house.sign_in("8001")
    leg = house.call(caller(WaitForTalk(), Wait(20)))
    house.wait_until("8001", Moment.TALKING)
    call = house.engine.centre.legs[LegId(leg)]
    assert house.engine.link.call(Api("uuid_setvar", f"{leg} socket_resume false")).ok
    forget(house, call)
    house.wait_for(lambda: LegId(leg) not in house.engine.centre.legs)
    assert house.engine.link.call(Api("uuid_transfer", f"{leg} park inline")).ok
    house.wait_for(lambda: examine(house).healed > 0)
    house.wait_for(lambda: LegId(leg) in house.engine.centre.legs)
    assert house.engine.centre.legs[LegId(leg)] != call
    (ghost,) = kept(house)
    assert (ghost.ghost.kind, ghost.ghost.call, ghost.ghost.done) == (GhostKind.STRANGER, call, Remedy.BROUGHT_BACK)


def test_the_operator_sees_what_was_healed(house: House) -> None:
    house.phone("1001", TALKS)
    house.sign_in("8001")
    leg, _ = talk_that_ends_untold(house)
    house.wait_for(lambda: examine(house).healed == 1)
    assert kept(house)
    printed = json.loads(doctor(house, "doctor --state --json"))
    assert ([each["kind"] for each in printed["ghosts"]], printed["is_bad"]) == (["leg_gone"], False)
    assert "agent" in doctor(house, "doctor --state")
    house.record_of(leg)


def doctor(house: House, line: str) -> str:
    """Type a command of the doctor beside the running system, and return what it printed."""
    environment = {"LANG": "en_GB.UTF-8", "LC_ALL": "", "FS_CONTROL_VAR": str(house.engine.journal_folder.parent)}
    result = CliRunner().invoke(cli, shlex.split(line), env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output
