"""The caller leaves at any moment, or the agent does: everybody is free again, and nothing rings for nobody."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.events import CallerLinkLost, LegHungUp
from fs_control.ids import CallId
from fs_control.records import Disposition, EndedBy
from fs_control.testing.play import Play

MOMENTS = ("in line", "while the phone rings", "while connecting", "in the talk")


def with_one_waiting(moment: str) -> tuple[Play, CallId]:
    """A caller in line, brought to some moment, and another who talks all the time."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(2)
    play.caller()
    play.answer(2)
    call = play.caller()
    if moment != "in line":
        play.sign_in(1)
    if moment == "while connecting":
        play.switch.answer("1001")  # and in the same moment the caller leaves
    if moment == "in the talk":
        play.answer(1)
    return play, call


@pytest.mark.parametrize("moment", MOMENTS)
def test_Q13_the_caller_leaving_at_any_moment_frees_everybody(moment: str) -> None:
    """The caller leaving at any moment frees everybody."""
    play, call = with_one_waiting(moment)
    play.hang_up(call)
    assert call in play.records
    assert dict(play.centre.lines) == {}
    assert dict(play.centre.closing) == {}
    assert all(agent.state is AgentState.IDLE for agent in play.centre.agents.values() if agent.id == 1)
    assert not [timer for timer in play.centre.timers if call in timer]
    assert play.timers("ring") == []


def test_an_agent_whose_phone_is_being_hung_up_is_busy_until_it_is() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.feed(LegHungUp(leg=play.live(call).call.leg, cause="NORMAL_CLEARING"))
    assert leg in play.centre.closing
    assert play.agent(1).state is AgentState.RINGING
    play.wait(0)
    assert play.agent(1).state is AgentState.IDLE


def test_a_hang_up_that_is_never_told_frees_the_agent_all_the_same() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.switch.dead = True
    play.tell(LegHungUp(leg=play.live(call).call.leg, cause="NORMAL_CLEARING"))
    play.wait(29)
    assert play.agent(1).state is AgentState.RINGING
    play.wait(1)
    assert play.agent(1).state is AgentState.IDLE
    assert "closing_unconfirmed" in play.reasons


def test_when_the_agent_hangs_up_the_call_ends_and_the_agent_did_it() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.serve(1)
    assert (play.records[call].ended_by, play.records[call].disposition) == (EndedBy.AGENT, Disposition.ANSWERED)
    assert play.agent(1).last_call_ended_at == play.centre.at


def test_a_connection_that_ends_without_a_hang_up_ends_the_call_when_it_ended() -> None:
    play = Play()
    call = play.caller("4002")
    play.wait(1)
    play.tell(CallerLinkLost(leg=play.live(call).call.leg))
    ended_at = play.centre.at
    play.wait(4)
    assert call not in play.records
    play.wait(2)
    record = play.records[call]
    assert (record.ended_at, record.ended_by, record.cause) == (ended_at, EndedBy.SWITCH, "CALLER_LINK_LOST")


def test_a_connection_that_ends_with_its_leg_is_no_news() -> None:
    play = Play()
    call = play.caller("4002")
    play.tell(CallerLinkLost(leg=play.live(call).call.leg))
    play.wait(1)
    play.hang_up(call)
    assert play.records[call].cause == "NORMAL_CLEARING"
    assert play.timers("lost") == []


def test_a_pair_that_talks_needs_no_connection_to_us() -> None:
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
