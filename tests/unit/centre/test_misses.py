"""An agent who does not answer: after three misses in a row a break, which the leader sees and one action undoes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentState, AgentStatus, Break, BreakCause
from fs_control.calls import CallState
from fs_control.centre.views import agents_of, status_of
from fs_control.commands import Reply
from fs_control.events import CommandFailed, Outcome, ReadyRequested
from fs_control.ids import AgentId, CallId, RequestId
from fs_control.records import Disposition, OfferResult
from fs_control.testing.builders import a_directory, loaded
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

NOT_ANSWERING = BreakCause.NOT_ANSWERING


def lets_it_ring(play: Play, times: int = 3) -> CallId:
    """A caller whom agent 1 alone could serve hears the phone ring in vain, again and again."""
    call = play.caller()
    for _ in range(times):
        play.wait(20)
        if len(play.rung_for(call)) < times:
            play.wait(10)
    return call


def test_C1_three_misses_in_a_row_are_a_break_not_answering() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(2)
    play.caller()
    play.answer(2)
    play.sign_in(1)
    call = lets_it_ring(play)
    assert play.rung_for(call) == [1, 1, 1]
    assert (play.agent(1).status, play.agent(1).misses) == (AgentStatus.BREAK, 3)
    assert play.agent(1).on_break == Break(play.centre.at, NOT_ANSWERING)
    assert (play.agent(1).state, play.agent(1).rest, play.timers("rest")) == (AgentState.IDLE, None, [])
    play.wait(600)
    assert len(play.rung_for(call)) == 3


@pytest.mark.parametrize("manner", [Manner.BUSY, Manner.DECLINES, Manner.UNREGISTERED, Manner.UNREACHABLE])
def test_C1_who_is_busy_declines_or_cannot_be_rung_misses_nothing(manner: Manner) -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.set_phone(1, manner)
    play.caller()
    play.wait(500)
    assert len(play.rung) > 3
    assert (play.agent(1).status, play.agent(1).misses) == (AgentStatus.READY, 0)


def test_C1_a_caller_who_gives_up_while_it_rings_is_nobodys_miss() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    for _ in range(5):
        play.hang_up(play.caller())
    assert (play.agent(1).status, play.agent(1).misses) == (AgentStatus.READY, 0)


def test_C1_a_call_that_is_taken_makes_good_for_what_was_missed() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    lets_it_ring(play, times=2)
    play.wait(10)
    assert play.agent(1).misses == 2
    play.serve(1)
    assert play.agent(1).misses == 0
    lets_it_ring(play, times=2)
    assert play.agent(1).status is AgentStatus.READY


def test_C1_a_ring_of_which_the_switch_never_told_the_end_is_a_miss_too() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.switch.dead = True
    play.wait(30)
    assert play.live(call).record.offers[0].cause == "RING_TIMEOUT"
    assert play.agent(1).misses == 1


def test_N13_callers_do_not_wait_for_a_group_of_which_everybody_is_on_such_a_break() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = lets_it_ring(play)
    assert (play.state(call), play.heard(call)[-1]) == (CallState.IN_FLOW, "nobody-signed-in")
    play.wait(10)
    assert play.records[call].disposition is Disposition.NOBODY_SIGNED_IN
    assert play.heard(play.caller()) == ["nobody-signed-in"]


def test_C1_a_break_ends_when_whoever_leads_says_so_and_the_phone_may_ring_at_once() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(2)
    play.caller()
    play.answer(2)
    play.sign_in(1)
    call = lets_it_ring(play)
    play.make_ready(1)
    assert play.replies[-1] == Reply(RequestId("ready-1"))
    assert (play.agent(1).status, play.agent(1).misses, play.agent(1).on_break) == (AgentStatus.READY, 0, None)
    assert play.rung_for(call) == [1] * 4


def test_C1_signing_in_ends_a_break_too() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    lets_it_ring(play)
    play.sign_in(1)
    assert (play.agent(1).status, play.agent(1).misses, play.agent(1).on_break) == (AgentStatus.READY, 0, None)


def test_an_agent_on_a_break_can_sign_out() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    lets_it_ring(play)
    play.sign_out(1)
    assert (play.agent(1).status, play.agent(1).on_break) == (AgentStatus.SIGNED_OUT, None)


def test_readiness_is_refused_to_those_who_are_on_no_break() -> None:
    play = Play(groups={"sales": (1,)})
    play.make_ready(1)
    play.sign_in(1)
    play.make_ready(1)
    play.tell(ReadyRequested(request=RequestId("wish"), agent=AgentId(99), by="test"))
    refusals = ["agent_not_signed_in", None, "agent_already_ready", "agent_unknown"]
    assert [reply.refusal for reply in play.replies] == refusals


def test_A2_whoever_leads_sees_the_break_since_when_and_why() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    lets_it_ring(play)
    began = play.centre.at
    play.wait(100)
    shown = agents_of(play.centre)[0]
    assert (shown.status, shown.break_cause, shown.misses) == (AgentStatus.BREAK, NOT_ANSWERING, 3)
    assert shown.since == began
    status = status_of(play.centre)
    assert (status.agents_ready, status.not_answering, status.lines[0].ready_agents) == (0, ("801",), 0)


def test_D8_the_reason_against_an_agent_on_a_break_says_so() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    lets_it_ring(play)
    play.sign_in(2)
    call = play.caller()
    (against,) = play.live(call).record.offers[0].decision.passed_over
    assert (against.agent, against.reason) == (1, "reason.on_break")


# --- the other ways in which an offer fails ------------------------------------------------------------------------


def test_C1_a_phone_lost_while_it_rings_rests_like_one_that_could_not_be_rung() -> None:
    """The leg breaks for a reason that is none of the agent's."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.switch.hang_up(play.switch.ringing_leg("1001"), "MEDIA_TIMEOUT")
    play.wait(0)
    assert (play.live(call).record.offers[0].result, play.agent(1).misses) == (OfferResult.FAILED, 0)
    play.wait(9.9)
    assert play.rung_for(call) == [1]
    play.wait(0.1)
    assert play.rung_for(call) == [1, 1]


def test_C1_an_order_to_ring_that_is_refused_rests_the_phone() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.switch.dead = True
    call = play.caller()
    leg = play.live(call).record.offers[0].leg
    play.tell(CommandFailed(leg=leg, command="RingAgent", outcome=Outcome.REFUSED))
    assert play.live(call).record.offers[0].result is OfferResult.FAILED
    play.wait(9.9)
    assert play.rung_for(call) == [1]
    play.wait(1)  # the music has to stop first
    assert play.rung_for(call) == [1, 1]


# --- an agent who is removed ---------------------------------------------------------------------------------------


def removed(play: Play, *agents: int) -> None:
    """The directory is loaded without some agents."""
    directory = play.centre.directory
    kept = {key: profile for key, profile in directory.agents.items() if key not in agents}
    groups = {
        key: replace(group, members=tuple(member for member in group.members if member not in agents))
        for key, group in directory.groups.items()
    }
    play.tell(loaded(replace(directory, agents=kept, groups=groups)))


def test_M14_an_agent_who_is_removed_is_signed_out_and_a_ringing_phone_stops() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    removed(play, 1)
    assert (play.agent(1).status, play.agent(1).state) == (AgentStatus.SIGNED_OUT, AgentState.IDLE)
    assert play.rung_for(call) == [1, 2]


def test_M14_a_talk_of_an_agent_who_is_removed_goes_on() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    removed(play, 1)
    assert (play.state(call), play.agent(1).status) == (CallState.TALKING, AgentStatus.SIGNED_OUT)
    play.agent_hangs_up(1)
    assert play.records[call].disposition is Disposition.ANSWERED


def test_M14_an_agent_who_comes_back_is_signed_out() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    removed(play, 1)
    play.tell(loaded(a_directory({"sales": (1,)})))
    assert play.agent(1).status is AgentStatus.SIGNED_OUT
