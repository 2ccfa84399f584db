"""The caller leaves at any moment, or the agent does: everybody is free again, and nothing rings for nobody."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.events import CallerLinkLost, LegHungUp
from fs_control.records import Disposition, EndedBy
from fs_control.testing.play import Play

MOMENTS = {
    "in the flow": lambda play, call: None,
    "while the phone rings": lambda play, call: play.sign_in(1),
    "in the talk": lambda play, call: (play.sign_in(1), play.answer(1)),
    "while connecting": lambda play, call: (play.sign_in(1), play.switch.answer("1001")),
}


def with_one_waiting(reach):
    """A caller in line whom nobody serves yet, brought to some moment."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(2)
    play.caller()
    play.answer(2)
    call = play.caller()
    reach(play, call)
    return play, call


@pytest.mark.parametrize("reach", MOMENTS.values(), ids=MOMENTS)
def test_the_caller_leaving_at_any_moment_frees_everybody(reach):
    """The caller leaving at any moment frees everybody."""
    play, call = with_one_waiting(reach)
    play.hang_up(call)
    assert call in play.records
    assert play.centre.lines == type(play.centre.lines)()
    assert dict(play.centre.closing) == {}
    assert [play.agent(1).state] == [AgentState.IDLE] if 1 in play.centre.agents else True  # type: ignore[comparison-overlap]
    assert not [timer for timer in play.centre.timers if call in timer]
    assert play.timers("ring") == []


def test_an_agent_whose_phone_is_being_hung_up_is_busy_until_it_is():
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play._feed(LegHungUp(leg=play.live(call).call.leg, cause="NORMAL_CLEARING"))
    assert leg in play.centre.closing
    assert play.agent(1).state is AgentState.RINGING
    play.wait(0)
    assert play.agent(1).state is AgentState.IDLE


def test_a_hang_up_that_is_never_told_frees_the_agent_all_the_same():
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.switch.legs.clear()  # the switch tells nothing any more
    play.tell(LegHungUp(leg=play.live(call).call.leg, cause="NORMAL_CLEARING"))
    play.wait(29)
    assert play.agent(1).state is AgentState.RINGING
    play.wait(1)
    assert play.agent(1).state is AgentState.IDLE
    assert "closing_unconfirmed" in play.reasons


def test_when_the_agent_hangs_up_the_call_ends_and_the_agent_did_it():
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.serve(1)
    assert (play.records[call].ended_by, play.records[call].disposition) == (EndedBy.AGENT, Disposition.ANSWERED)
    assert play.agent(1).last_call_ended_at == play.centre.at


def test_a_connection_that_ends_without_a_hang_up_ends_the_call_when_it_ended():
    play = Play()
    call = play.caller("4002")
    play.wait(1)
    play.tell(CallerLinkLost(leg=play.live(call).call.leg))
    ended_at = play.centre.at
    play.wait(1)
    assert call not in play.records
    play.wait(2)
    record = play.records[call]
    assert (record.ended_at, record.ended_by, record.cause) == (ended_at, EndedBy.SWITCH, "CALLER_LINK_LOST")


def test_a_connection_that_ends_with_its_leg_is_no_news():
    play = Play()
    call = play.caller("4002")
    play.tell(CallerLinkLost(leg=play.live(call).call.leg))
    play.wait(1)
    play.hang_up(call)
    assert play.records[call].cause == "NORMAL_CLEARING"
    assert play.timers("lost") == []


def test_a_pair_that_talks_needs_no_connection_to_us():
    """The control plane may lose the caller's connection; caller and agent talk on, and the end is told elsewhere."""
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.tell(CallerLinkLost(leg=play.live(call).call.leg))
    play.wait(60)
    assert play.state(call) is CallState.TALKING
    play.agent_hangs_up(1)
    assert play.records[call].ended_by is EndedBy.AGENT
