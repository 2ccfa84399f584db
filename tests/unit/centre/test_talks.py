"""Talks without a line: one agent whom the flow names, or a number outside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import BridgeLegs, DialOut, HangUp, RingAgent
from fs_control.events import (
    BridgeEnded,
    CallCrashed,
    CallerLinkLost,
    CommandFailed,
    DirectoryLoaded,
    LegHungUp,
    Outcome,
    SwitchFound,
    SwitchLost,
)
from fs_control.ids import NO_GROUP, CallId, LegId
from fs_control.records import Disposition, EndedBy, FlowText, OfferResult, SegmentKind, ServiceNumber
from fs_control.testing.builders import LINE
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

OUTSIDE = "02112345678"
LAST_WORDS = """
  served: {do: play, prompt: goodbye, next: end}
  busy: {do: play, prompt: wrong-key, next: end}
  no-answer: {do: play, prompt: no-key, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
REACH = FlowText(
    "reach",
    """
flow: reach
language: zh
start: agent
steps:
  agent: {do: agent, agent: "801", ring: 20, served: served, busy: busy, no_answer: no-answer, not_signed_in: closed}
"""
    + LAST_WORDS,
)
DIAL = FlowText(
    "dial",
    f"""
flow: dial
language: zh
start: branch
steps:
  branch: {{do: dial, number: "{OUTSIDE}", ring: 30, served: served, busy: busy, no_answer: no-answer, failed: closed}}
"""
    + LAST_WORDS,
)
IN_TURN = FlowText(
    "in-turn",
    f"""
flow: in-turn
language: zh
start: first
steps:
  first: {{do: agent, agent: "801", ring: 20, served: outside, no_answer: second, not_signed_in: second}}
  second: {{do: agent, agent: "802", ring: 20, served: outside, not_signed_in: outside}}
  outside: {{do: dial, number: "{OUTSIDE}", ring: 30, failed: closed}}
  closed: {{do: play, prompt: nobody-signed-in, next: end}}
  end: {{do: hangup}}
""",
)
NUMBERS = (
    ServiceNumber("4001", "line"),
    ServiceNumber("4002", "reach"),
    ServiceNumber("4003", "dial"),
    ServiceNumber("4004", "in-turn"),
)


def a_play(**more: object) -> Play:
    """A centre whose numbers lead to an agent, outside, and to one after the other."""
    return Play({"sales": (1, 2)}, NUMBERS, (LINE, REACH, DIAL, IN_TURN), **more)  # type: ignore[arg-type]


def calls_agent(play: Play) -> CallId:
    return play.caller("4002")


def dials(play: Play) -> CallId:
    return play.caller("4003")


def exit_of(play: Play, call: CallId) -> str:
    """By which exit a caller left the step: what they hear tells it."""
    exits = {"goodbye": "served", "wrong-key": "busy", "no-key": "no_answer", "nobody-signed-in": "closed"}
    return exits[play.heard(call)[-1]]


def of(play: Play, call: CallId, kind: type[DialOut] | type[RingAgent]) -> list[DialOut | RingAgent]:
    return [command for command in play.commands if isinstance(command, kind) and command.call == call]


# --- one agent -----------------------------------------------------------------------------------------------------


def test_the_agent_is_rung_as_for_a_line_but_for_no_group() -> None:
    play = a_play()
    play.sign_in(1, 2)
    call = calls_agent(play)
    assert (play.rung_for(call), play.state(call)) == ([1], CallState.RINGING_AGENT)
    offer = play.live(call).call.offer
    assert offer is not None
    assert (offer.group, play.agent(1).state) == (NO_GROUP, AgentState.RINGING)
    play.serve(1)
    assert exit_of(play, call) == "served"
    play.wait(3)
    record = play.records[call]
    assert [segment.group for segment in record.segments] == [None] * len(record.segments)
    assert record.disposition is Disposition.ANSWERED
    assert (play.agent(1).inbound_today, dict(play.centre.tallies)) == (1, {})


def test_who_waits_in_line_gets_the_agent_when_the_talk_is_over() -> None:
    play = a_play()
    play.sign_in(1)
    calls_agent(play)
    play.answer(1)
    waits = play.caller("4001")
    assert play.state(waits) is CallState.WAITING
    play.agent_hangs_up(1)
    assert play.state(waits) is CallState.RINGING_AGENT


def test_an_agent_with_an_offer_is_busy() -> None:
    play = a_play()
    play.sign_in(1)
    play.caller("4001")
    assert exit_of(play, calls_agent(play)) == "busy"


def test_an_agent_who_rests_is_busy_and_one_on_a_break_too() -> None:
    play = a_play()
    play.sign_in(1)
    first = calls_agent(play)
    play.wait(20)
    assert (exit_of(play, first), play.agent(1).misses) == ("no_answer", 1)
    assert exit_of(play, calls_agent(play)) == "busy"
    for _ in range(2):
        play.wait(11)
        calls_agent(play)
        play.wait(20)
    play.wait(11)
    assert exit_of(play, calls_agent(play)) == "busy"
    assert play.agent(1).on_break is not None


def test_an_agent_who_is_unknown_or_signed_out_or_without_a_phone_is_not_signed_in() -> None:
    play = a_play()
    assert exit_of(play, calls_agent(play)) == "closed"
    play.sign_in(1)
    directory = play.centre.directory
    agents = {key: replace(each, phone=None) for key, each in directory.agents.items()}
    for changed in (replace(directory, agents=agents), replace(directory, agents={})):
        flows = (LINE, REACH)
        play.tell(DirectoryLoaded(directory=changed, flows=flows, prompts=PROMPTS, max_calls=9))
        assert exit_of(play, calls_agent(play)) == "closed"


PROMPTS = ("welcome", "wrong-key", "no-key", "nobody-signed-in", "waited-too-long", "goodbye", "apology")


@pytest.mark.parametrize("manner", [Manner.BUSY, Manner.DECLINES, Manner.UNREGISTERED, Manner.UNREACHABLE])
def test_a_phone_that_cannot_take_the_call_is_busy(manner: Manner) -> None:
    play = a_play()
    play.sign_in(1)
    play.set_phone(1, manner)
    call = calls_agent(play)
    play.wait(0.1)
    assert exit_of(play, call) == "busy"


def test_one_who_declined_is_not_offered_the_same_caller_in_line() -> None:
    play = Play(
        {"sales": (1, 2)},
        (ServiceNumber("4002", "reach"),),
        (FlowText("reach", REACH.text.replace("busy: {do: play, prompt: wrong-key, next: end}", THEN_QUEUE)),),
    )
    play.sign_in(1, 2)
    call = calls_agent(play)
    play.decline(1)
    assert play.rung_for(call) == [1, 2]


THEN_QUEUE = "busy: {do: queue, group: sales, nobody_signed_in: closed}"


def test_it_is_known_who_calls_before_the_phone_rings() -> None:
    play = a_play()
    play.database_hangs = True
    play.sign_in(1)
    call = calls_agent(play)
    assert play.rung_for(call) == []
    play.wait(0.3)
    assert play.rung_for(call) == [1]


def test_one_after_the_other_each_waits_for_the_callers_leg() -> None:
    """An agent in vain, another one, and a number outside after the talk with them."""
    play = a_play()
    play.sign_in(1, 2)
    call = play.caller("4004")
    play.wait(20)
    assert play.rung_for(call) == [1, 2]
    play.wait(2)
    play.serve(2)
    (dialled,) = of(play, call, DialOut)
    assert isinstance(dialled, DialOut)
    assert (dialled.number, dialled.shown) == (OUTSIDE, "4004")
    play.wait(2)
    play.party_answers(OUTSIDE)
    play.wait(5)
    play.party_hangs_up(OUTSIDE)
    kinds = [segment.kind for segment in play.records[call].segments]
    ring, talk = SegmentKind.RING, SegmentKind.TALK
    assert kinds == [ring, ring, talk, ring, talk]


def test_a_silence_of_the_link_rings_the_agent_again() -> None:
    """The phone that we stopped ringing ourselves is not to blame, and does not rest."""
    play = a_play()
    play.sign_in(1)
    call = calls_agent(play)
    ringing = play.switch.ringing_leg("1001")
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.lose_controller()
    assert ringing not in play.switch.legs
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs)))
    assert (play.state(call), play.agent(1).rest) == (CallState.IN_FLOW, None)
    play.switch.return_leg(play.live(call).call.leg)
    play.wait(0)
    assert play.rung_for(call) == [1, 1]


def test_a_restart_in_the_talk_leaves_the_pair_alone_and_the_flow_goes_on_after_it() -> None:
    play = a_play()
    play.sign_in(1)
    call = calls_agent(play)
    play.answer(1)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.lose_controller()
    legs = tuple(play.switch.legs)
    play.tell(SwitchFound(core="core", legs=legs, answered=legs))
    assert play.state(call) is CallState.TALKING
    play.agent_hangs_up(1)
    play.wait(1)
    assert exit_of(play, call) == "served"


def test_a_defect_while_the_agent_rings_frees_them_and_apologises() -> None:
    play = a_play()
    play.sign_in(1)
    call = calls_agent(play)
    play.crash(call)
    assert (play.heard(call)[-1], play.agent(1).state) == ("apology", AgentState.IDLE)


# --- a number outside ----------------------------------------------------------------------------------------------


def test_the_number_rings_and_talks_and_the_flow_goes_on() -> None:
    play = a_play()
    call = dials(play)
    assert play.state(call) is CallState.DIALLING
    play.wait(2)
    play.party_answers(OUTSIDE)
    assert play.state(call) is CallState.OUTSIDE
    play.wait(5)
    play.party_hangs_up(OUTSIDE)
    assert exit_of(play, call) == "served"
    play.wait(3)
    record = play.records[call]
    ring, talk = record.segments[:2]
    assert (ring.kind, talk.kind, talk.ended_by) == (SegmentKind.RING, SegmentKind.TALK, EndedBy.OUTSIDE)
    assert record.disposition is Disposition.PUT_THROUGH
    assert ("dialled", OUTSIDE) in [(step.kind, step.detail) for step in record.steps]


@pytest.mark.parametrize(
    ("manner", "expected"),
    [(Manner.BUSY, "busy"), (Manner.DECLINES, "busy"), (Manner.UNREACHABLE, "closed"), (Manner.UNREGISTERED, "closed")],
)
def test_a_number_that_cannot_be_had_says_why(manner: Manner, expected: str) -> None:
    """The last one stands for a switch without the gateway."""
    play = a_play()
    play.switch.manners[OUTSIDE] = manner
    call = dials(play)
    play.wait(0.1)
    assert exit_of(play, call) == expected


def test_nobody_answers_within_the_time_of_the_step() -> None:
    play = a_play()
    call = dials(play)
    play.wait(30)
    assert exit_of(play, call) == "no_answer"


def test_an_order_that_the_switch_refuses_is_failed() -> None:
    play = a_play()
    play.switch.dead = True
    call = dials(play)
    (order,) = of(play, call, DialOut)
    play.switch.dead = False
    play.tell(CommandFailed(leg=order.leg, command="DialOut", outcome=Outcome.REFUSED))
    assert exit_of(play, call) == "closed"


@pytest.mark.parametrize("waits", [True, False])
def test_a_switch_that_says_nothing_is_told_to_end_the_leg(waits: bool) -> None:
    """No reply to the order, or none of what came of it."""
    play = a_play()
    play.switch.manners[OUTSIDE] = Manner.RINGS
    call = dials(play)
    (order,) = of(play, call, DialOut)
    play.switch.dead = True
    if waits:
        play.wait(45)
    else:
        play.tell(CommandFailed(leg=order.leg, command="DialOut", outcome=Outcome.NO_REPLY))
        play.wait(5)
    assert HangUp(call, order.leg, "NORMAL_CLEARING") in play.commands
    assert exit_of(play, call) == "closed"


def test_a_caller_who_leaves_ends_the_call_outside() -> None:
    play = a_play()
    call = dials(play)
    play.party_answers(OUTSIDE)
    (order,) = of(play, call, DialOut)
    play.hang_up(call)
    assert HangUp(call, order.leg, "NORMAL_CLEARING") in play.commands
    assert (play.records[call].disposition, play.switch.legs) == (Disposition.PUT_THROUGH, {})


def test_a_defect_ends_the_call_outside_and_apologises() -> None:
    play = a_play()
    call = dials(play)
    play.party_answers(OUTSIDE)
    play.crash(call)
    play.wait(1)
    assert (play.heard(call)[-1], len(play.switch.legs)) == ("apology", 1)


def test_a_restart_while_it_rings_dials_again_and_one_in_the_talk_leaves_the_pair_alone() -> None:
    play = a_play()
    call = dials(play)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.lose_controller()
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs)))
    play.switch.return_leg(play.live(call).call.leg)
    play.wait(0)
    assert len(of(play, call, DialOut)) == 2
    play.party_answers(OUTSIDE)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.lose_controller()
    legs = tuple(play.switch.legs)
    play.tell(SwitchFound(core="core", legs=legs, answered=legs))
    assert play.state(call) is CallState.OUTSIDE
    play.party_hangs_up(OUTSIDE)
    play.wait(1)
    assert exit_of(play, call) == "served"


def test_an_answer_that_was_not_heard_is_found_out_and_joins_nobody_twice() -> None:
    play = a_play()
    call = dials(play)
    (order,) = of(play, call, DialOut)
    play.tell(SwitchLost(reason="test"))
    legs = tuple(play.switch.legs)
    play.tell(SwitchFound(core="core", legs=legs, answered=legs))
    assert play.state(call) is CallState.OUTSIDE
    assert not [command for command in play.commands if isinstance(command, BridgeLegs)]
    play.tell(LegHungUp(leg=order.leg, cause="NORMAL_CLEARING"))
    play.tell(BridgeEnded(leg=LegId(f"leg-of-{call}"), other=order.leg, cause="SUCCESS"))
    assert exit_of(play, call) == "served"


def test_a_connection_that_ends_in_the_talk_ends_nothing() -> None:
    play = a_play()
    call = dials(play)
    play.party_answers(OUTSIDE)
    play.tell(CallerLinkLost(leg=LegId(f"leg-of-{call}")))
    play.wait(60)
    assert play.state(call) is CallState.OUTSIDE


def test_the_last_resort_forgets_the_call_and_its_leg() -> None:
    play = a_play()
    call = dials(play)
    play.tell(CallCrashed(call=call, place="test", error="E", attempt=CallCrashed.LAST_ATTEMPT))
    assert (dict(play.centre.calls), dict(play.centre.legs)) == ({}, {})


def test_offers_that_came_to_nothing_are_in_no_groups_count() -> None:
    play = a_play()
    play.sign_in(1)
    call = calls_agent(play)
    play.wait(20)
    assert [offer.result for offer in play.live(call).record.offers] == [OfferResult.NO_ANSWER]
    assert dict(play.centre.tallies) == {}
