"""What the keys of an agent's phone mean, event by event, also where some of them are not told or are told twice."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState, TalkState
from fs_control.commands import DialOut, HangUp, ReturnCaller, RingAgent
from fs_control.events import (
    BridgeEnded,
    CallReturned,
    LegHeld,
    LegHungUp,
    LegUnheld,
    SwitchFound,
    SwitchLost,
    TransferKeyPressed,
)
from fs_control.ids import CallId, LegId
from fs_control.records import SegmentKind
from fs_control.testing.play import Play

NORMAL = "NORMAL_CLEARING"


def leg_of(call: CallId) -> LegId:
    return LegId(f"leg-of-{call}")


def talking() -> tuple[Play, CallId, LegId]:
    """Agent 801 talks with a caller and 802 is free."""
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.sign_in(2)
    return play, call, play.switch.talking_leg("1001")


def out_of_the_bridge(play: Play, call: CallId) -> None:
    """The transfer key has taken the caller's leg away, which the ideal switch does not do by itself."""
    play.switch.legs[leg_of(call)].bridging = None


def ordered(play: Play, kind: type) -> list[object]:
    return [command for command in play.commands if isinstance(command, kind)]


def spent(play: Play, call: CallId) -> list[SegmentKind]:
    return [segment.kind for segment in play.live(call).record.segments][-2:]


def test_C2_a_hold_by_the_phone_is_a_hold_that_only_the_phone_ends() -> None:
    play, call, agent = talking()
    play.wait(1)
    play.feed(LegHeld(leg=agent))
    assert (play.live(call).call.talk.state, play.live(call).call.talk.by_phone) == (TalkState.HELD, True)
    assert spent(play, call) == [SegmentKind.TALK, SegmentKind.HOLD]
    play.wait(1)
    play.feed(LegUnheld(leg=agent))
    assert play.live(call).call.talk.state is TalkState.TALKING
    assert spent(play, call) == [SegmentKind.HOLD, SegmentKind.TALK]


def test_C2_from_a_hold_on_the_caller_is_told_to_come_to_us_after_the_talk_whoever_it_is_with() -> None:
    play, call, agent = talking()
    for event in (LegHeld(leg=agent), LegUnheld(leg=agent), LegHeld(leg=agent)):
        play.feed(event)
    assert ordered(play, ReturnCaller) == [ReturnCaller(call, leg_of(call))]


def test_C2_keys_of_the_customer_and_of_strangers_mean_nothing() -> None:
    play, call, agent = talking()
    before = play.centre.calls[call]
    for leg in (leg_of(call), LegId("stranger")):
        play.feed(LegHeld(leg=leg))
        play.feed(LegUnheld(leg=leg))
        play.feed(TransferKeyPressed(leg=leg, other=agent, to="802"))
    assert play.centre.calls[call] == before


def test_C2_nothing_is_ordered_on_the_old_connection_of_a_customer_whose_agent_left_while_holding() -> None:
    play, call, agent = talking()
    for event in (
        LegHeld(leg=agent),
        LegUnheld(leg=agent),
        LegHungUp(leg=agent, cause=NORMAL),
        BridgeEnded(leg=leg_of(call), other=agent, cause=BridgeEnded.SUCCESS),
    ):
        play.feed(event)
    assert play.live(call).call.away
    ordered_before = len(play.commands)
    play.feed(CallReturned(leg=leg_of(call), call=call))
    assert any(command.leg == leg_of(call) for command in play.commands[ordered_before:] if isinstance(command, HangUp))


def test_O4_a_transfer_key_sends_nobody_outside_whom_the_agent_may_not_dial() -> None:
    """The phone has left already: the customer is the agent's again."""
    play, call, agent = talking()
    out_of_the_bridge(play, call)
    play.feed(TransferKeyPressed(leg=agent, other=leg_of(call), to="02112345678"))
    play.feed(LegHungUp(leg=agent, cause=NORMAL))
    play.feed(BridgeEnded(leg=leg_of(call), other=agent, cause=BridgeEnded.SUCCESS))
    play.feed(CallReturned(leg=leg_of(call), call=call, sent_to="02112345678", transfer="t-1"))
    assert not ordered(play, DialOut)
    assert "refused.dial_no_right" in play.reasons
    assert [agent_id for agent_id, rung_for in play.rung if rung_for == call] == [1, 1]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 0, 1, 2), (0, 3, 1, 2)], ids=["usual", "back first", "between"])
def test_C3_a_transfer_key_sends_the_customer_on_in_whatever_order_it_is_told(order: tuple[int, ...]) -> None:
    play, call, agent = talking()
    events = (
        TransferKeyPressed(leg=agent, other=leg_of(call), to="802"),
        LegHungUp(leg=agent, cause=NORMAL),
        BridgeEnded(leg=leg_of(call), other=agent, cause=BridgeEnded.SUCCESS),
        CallReturned(leg=leg_of(call), call=call, sent_to="802", transfer="t-1"),
    )
    out_of_the_bridge(play, call)
    for number in order:
        play.feed(events[number])
    assert [agent_id for agent_id, rung_for in play.rung if rung_for == call] == [1, 2]
    assert play.agent(1).state is not AgentState.ON_CALL


def test_C3_the_same_transfer_told_again_after_a_restart_is_no_second_one() -> None:
    play, call, agent = talking()
    out_of_the_bridge(play, call)
    play.feed(TransferKeyPressed(leg=agent, other=leg_of(call), to="802"))
    play.feed(LegHungUp(leg=agent, cause=NORMAL))
    back = CallReturned(leg=leg_of(call), call=call, sent_to="802", transfer="t-1")
    play.feed(back)
    play.answer(2)
    rung = len(ordered(play, RingAgent))
    play.feed(back)
    assert play.state(call) is CallState.TALKING
    assert len(ordered(play, RingAgent)) == rung


def test_A18_a_transfer_key_that_names_a_call_elsewhere_ends_the_phones_leg_and_rings_the_agent_anew() -> None:
    play, call, agent = talking()
    out_of_the_bridge(play, call)
    play.feed(TransferKeyPressed(leg=agent, other=leg_of(call)))
    assert HangUp(call, agent, NORMAL) in play.commands
    play.feed(LegHungUp(leg=agent, cause=NORMAL))
    play.feed(CallReturned(leg=leg_of(call), call=call))
    assert [agent_id for agent_id, rung_for in play.rung if rung_for == call] == [1, 1]


def two_talks() -> tuple[Play, CallId, LegId, CallId, LegId]:
    """Agent 801 has a customer on hold; on another call of the same phone 802 talks."""
    play, call, agent = talking()
    play.feed(LegHeld(leg=agent))
    own = play.caller(call="own")
    play.answer(2)
    return play, call, agent, own, play.switch.talking_leg("1002")


def joined() -> tuple[Play, CallId, LegId, CallId, LegId]:
    play, call, agent, own, colleague = two_talks()
    play.feed(TransferKeyPressed(leg=agent, other=leg_of(call), colleague=colleague, own=leg_of(own)))
    play.feed(BridgeEnded(leg=leg_of(own), other=colleague, cause=BridgeEnded.SUCCESS))
    play.feed(LegUnheld(leg=agent))
    play.feed(LegHungUp(leg=agent, cause=NORMAL))
    play.feed(BridgeEnded(leg=leg_of(call), other=agent, cause=BridgeEnded.SUCCESS))
    return play, call, agent, own, colleague


def test_C4_two_calls_that_a_phone_joins_are_one_with_the_colleague_and_the_other_is_over() -> None:
    play, call, _agent, own, colleague = joined()
    live = play.live(call)
    assert (live.call.state, live.call.talk.state) == (CallState.TALKING, TalkState.TALKING)
    assert live.call.offer is not None
    assert (live.call.offer.leg, live.call.offer.agent) == (colleague, 2)
    assert play.agent(1).state is not AgentState.ON_CALL
    assert (play.agent(2).state, play.agent(2).call) == (AgentState.ON_CALL, call)
    play.feed(LegHungUp(leg=leg_of(own), cause="ATTENDED_TRANSFER"))
    assert own in play.records
    assert (play.agent(2).state, play.agent(2).call) == (AgentState.ON_CALL, call)
    assert not [order for order in ordered(play, HangUp) if order.leg in (colleague, leg_of(call))]  # type: ignore[attr-defined]


def test_C4_the_customer_goes_on_in_the_flow_when_the_colleague_leaves() -> None:
    play, call, _agent, own, colleague = joined()
    play.feed(LegHungUp(leg=leg_of(own), cause="ATTENDED_TRANSFER"))
    play.feed(LegHungUp(leg=colleague, cause=NORMAL))
    before = len(play.commands)
    play.feed(CallReturned(leg=leg_of(call), call=call))
    assert any(getattr(command, "leg", None) == leg_of(call) for command in play.commands[before:])
    assert play.agent(2).state is not AgentState.ON_CALL


def test_C4_a_colleagues_leg_that_a_transfer_key_sent_to_us_is_not_hung_up() -> None:
    play, call, _agent, _own, colleague = joined()
    play.feed(CallReturned(leg=colleague, call=call))
    assert not [order for order in ordered(play, HangUp) if order.leg == colleague]  # type: ignore[attr-defined]


@pytest.mark.parametrize("by_phone", [True, False])
def test_C2_what_the_phone_did_while_we_were_deaf_is_seen_afterwards(by_phone: bool) -> None:
    play, call, agent = talking()
    if not by_phone:
        play.feed(LegHeld(leg=agent))
    play.feed(SwitchLost(reason="closed_by_peer"))
    legs = (leg_of(call), agent)
    play.feed(SwitchFound(core="core", legs=legs, answered=legs, held=(agent,) if by_phone else ()))
    assert play.live(call).call.talk.by_phone is by_phone
