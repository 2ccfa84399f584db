"""A defect anywhere costs the call it hit and nothing else: an apology, a hang-up, a record, and life goes on.

Each place is broken by wrapping one entry of a table that anybody can see; the engine itself is as it ships.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fs_control import records
from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.centre import clockwork, flows, transition
from fs_control.commands import Reply, RingAgent
from fs_control.errors import BrokenInvariant, NoReply, SwitchRefused
from fs_control.esl import Api
from fs_control.events import ActionRequested, CallCrashed, LegsBridged
from fs_control.flow import LineLeft
from fs_control.flow.nodes.queue import Queue
from fs_control.ids import AgentId, RequestId
from fs_control.records import Disposition, EndedBy
from fs_control.runtime import executor as executor_room
from fs_control.runtime.journal import read_segment
from fs_control.switch import Via, WireOrder
from fs_control.switch import decode as decode_room
from fs_control.switch import encode as encode_room
from fs_control.testing.builders import phone_of
from fs_control.testing.fake_event_socket import wait_until
from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.script import HangUp, Phone, PhoneBehaviour, Reaction, WaitForAnswer
from tests.integration.engine_house import SHORT_NUMBER, House, running_house

RINGS_FOR_EVER = PhoneBehaviour(reaction=Reaction.NO_ANSWER)
HANGS_UP_SOON = PhoneBehaviour(answer_after=0.2, talk=30.0)


class Defect(Exception):
    """What a program raises that nobody thought of."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with running_house(tmp_path / "var") as house:
        yield house
        assert not house.engine.supervisor.failed.ready()


# --- six places, each hit while a caller has an agent ---------------------------------------------------------------


def break_decoding(house: House, patch: pytest.MonkeyPatch) -> tuple[str, PhoneBehaviour]:
    """An event of the agent's leg cannot be read."""
    spared = set(house.engine.centre.legs)
    answered = decode_room._READERS["CHANNEL_ANSWER"]

    def explode(message: Any) -> Any:
        if message.get("Unique-ID") in set(house.engine.centre.legs) - spared:
            raise Defect
        return answered(message)

    patch.setitem(decode_room._READERS, "CHANNEL_ANSWER", explode)
    return "decode", PhoneBehaviour()


def break_transition(house: House, patch: pytest.MonkeyPatch) -> tuple[str, PhoneBehaviour]:
    """The handler of an event raises."""

    def explode(*_values: Any) -> None:
        raise Defect

    patch.setitem(handlers(), LegsBridged, explode)
    return "transition.LegsBridged", PhoneBehaviour()


def break_flow_step(house: House, patch: pytest.MonkeyPatch) -> tuple[str, PhoneBehaviour]:
    """A step of the flow raises when the agent has hung up: the flow's own engine catches that, and nothing crashes."""

    def explode(_step: Queue, _session: object, resume: object) -> Any:
        assert isinstance(resume, LineLeft)
        raise Defect

    patch.setattr(Queue, "resume", explode)
    return "", HANGS_UP_SOON


def break_executor(house: House, patch: pytest.MonkeyPatch) -> tuple[str, PhoneBehaviour]:
    """An order cannot be carried out."""

    def explode(*_values: Any) -> Any:
        raise Defect

    patch.setitem(encode_room._ENCODERS, RingAgent, explode)
    return "executor.RingAgent", PhoneBehaviour()


def break_timer(house: House, patch: pytest.MonkeyPatch) -> tuple[str, PhoneBehaviour]:
    """What follows when a time has run out raises."""

    def explode(*_values: Any) -> None:
        raise Defect

    patch.setitem(clockwork._HANDLERS, "wait", explode)
    return "transition.TimerFired", RINGS_FOR_EVER


def break_reply(house: House, patch: pytest.MonkeyPatch) -> tuple[str, PhoneBehaviour]:
    """What the switch answers to an order cannot be digested."""

    def nonsense(command: RingAgent, _dialect: object) -> tuple[WireOrder, ...]:
        return (WireOrder(Via.SWITCH, Api("uuid_bridge", "nonsense")),)

    patch.setitem(encode_room._ENCODERS, RingAgent, nonsense)
    patch.delitem(executor_room.OUTCOMES, SwitchRefused)
    return "reply.RingAgent", PhoneBehaviour()


def handlers() -> dict[Any, Any]:
    """Who handles which event."""
    table: dict[Any, Any] = transition.__globals__["_HANDLERS"]
    return table


@pytest.mark.parametrize(
    "break_it",
    [break_decoding, break_transition, break_flow_step, break_executor, break_timer, break_reply],
    ids=lambda break_it: break_it.__name__,
)
def test_a_crash_ends_its_call_with_an_apology_and_never_the_process(
    house: House, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[House, pytest.MonkeyPatch], tuple[str, Any]]
) -> None:
    bystander = house.talking(1)
    before = house.live(bystander)
    with monkeypatch.context() as patch:
        place, phone = break_it(house, patch)
        house.sign_in(2, phone)
        victim = house.call(number=SHORT_NUMBER if break_it is break_timer else "4001")
        lived = house.wait_end(victim)
        wait_until(lambda: house.agent_state(2) is AgentState.IDLE, "the agent is free")
        record = house.record(victim)
    assert [Path(prompt).stem for prompt in lived.heard()][-1] == "apology"
    assert lived.cause == "NORMAL_CLEARING"
    assert (record.disposition, record.ended_by) == (Disposition.FAILED, EndedBy.CENTRE)
    assert record.offers
    assert places(house) == ([place] if place else [])
    assert ("fault" in [step.kind for step in record.steps]) == (not place)
    assert house.live(bystander) == before
    assert_works(house)


def places(house: House) -> list[str]:
    """Where calls crashed, as the journal has it."""
    events = (event for _, event in read_segment(house.engine.journal.path).events)
    return [event.place for event in events if isinstance(event, CallCrashed)]


def assert_works(house: House) -> None:
    """The next caller is served as if nothing had been."""
    house.stage.set_phone(Phone(phone_of(2)))
    house.wait_state(house.call(), CallState.TALKING)


# --- a call for which nothing can be done ---------------------------------------------------------------------------

SORRY = "tone_stream://%(300,0,440)"


def dialplan_apologises(house: House) -> None:
    """What the dialplan does when we let go of a caller."""
    actions = (
        Action("set", "socket_resume=true"),
        Action("socket", f"127.0.0.1:{house.settings.listen_port} async full"),
        Action("answer"),
        Action("playback", SORRY),
        Action("hangup"),
    )
    house.stage.set_dialplan([Extension("all", r"^(4\d+)$", actions)])


def test_a_caller_whose_call_cannot_begin_hears_an_apology_and_leaves_a_record(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_values: object) -> Any:
        raise Defect

    with monkeypatch.context() as patch:
        patch.setattr(flows, "start_flow", explode)
        leg = house.call()
        lived = house.wait_end(leg)
        house.check_journal()
    assert [Path(prompt).name for prompt in lived.heard()] == ["apology.wav"]
    assert house.record(leg).disposition is Disposition.FAILED
    assert places(house) == ["transition.CallOffered"]
    assert not house.engine.centre.calls


def test_a_call_that_crashes_again_and_again_is_left_to_the_dialplan_in_the_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the apology nor the hang-up can be ordered; the caller must not stay in silence."""

    def explode(*_values: Any) -> Any:
        raise Defect

    dialplan_apologises(house)
    house.sign_in(1, RINGS_FOR_EVER)
    caller = house.call()
    house.wait_state(caller, CallState.RINGING_AGENT)
    with monkeypatch.context() as patch:
        for kind in list(encode_room._ENCODERS):
            patch.setitem(encode_room._ENCODERS, kind, explode)
        house.engine.inbox.put(CallCrashed(call=house.engine.centre.legs[caller], place="decode", error="Defect"))
        lived = house.wait_end(caller)
        record = house.record(caller)
    assert lived.heard()[-1] == SORRY
    assert (record.disposition, record.ended_by, record.cause) == (Disposition.FAILED, EndedBy.CENTRE, "CRASHED")


# --- records and requests -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [BrokenInvariant("database_refused", state="23514"), Defect("unheard of")])
def test_a_record_that_cannot_be_stored_costs_no_other_and_waits_for_the_next_process(
    house: House, fault: Exception
) -> None:
    bystander = house.talking(1)
    house.sign_in(2)
    victim = house.call(WaitForAnswer())
    house.wait_state(victim, CallState.TALKING)
    house.records.against = {victim: fault}
    call = house.engine.centre.legs[victim]
    house.engine.inbox.put(CallCrashed(call=call, place="decode", error="Defect"))
    house.wait_end(victim)
    wait_until(lambda: house.agent_state(2) is AgentState.IDLE, "the agent is free")
    other = house.call(WaitForAnswer(), HangUp())
    assert house.record(other).leg == other
    assert call in house.engine.centre.unstored
    assert house.live(bystander) is not None
    house.check_journal()
    house.records.against = {}
    house.engine.stop(0.0)
    house.restart()
    assert house.record(victim).disposition is Disposition.FAILED


def test_a_request_whose_handler_raises_is_not_answered_and_costs_no_call(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_values: Any) -> None:
        raise Defect

    caller = house.talking(1)
    with monkeypatch.context() as patch:
        patch.setitem(handlers(), ActionRequested, explode)
        with pytest.raises(NoReply, match="centre_silent"):
            ask_in_vain(house)
    with monkeypatch.context() as patch:
        patch.setitem(house.engine.executor.handlers, Reply, explode)
        with pytest.raises(NoReply, match="centre_silent"):
            ask_in_vain(house)
    assert places(house) == ["transition.ActionRequested", "executor.Reply"]
    live = house.live(caller)
    assert live is not None
    assert (live.call.state, live.call.crashes) == (CallState.TALKING, 0)


def ask_in_vain(house: House) -> None:
    def asked(request: RequestId) -> ActionRequested:
        return ActionRequested(request=request, agent=AgentId(3), by="test", action=records.Action.SIGN_IN)

    house.engine.requests.ask(asked, 0.2)
