"""Agents sign in and out: granted or refused with the reason, and always answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentState, AgentStatus
from fs_control.calls import CallState
from fs_control.commands import Reply
from fs_control.events import DirectoryLoaded, SignInRequested, SignOutRequested
from fs_control.ids import AgentId, RequestId
from fs_control.testing.builders import a_directory, a_profile, loaded
from fs_control.testing.play import Play

Wish = type[SignInRequested] | type[SignOutRequested]


def answer_to(play: Play, kind: Wish, agent: int) -> Reply:
    """What is said to a wish."""
    play.tell(kind(request=RequestId("wish"), agent=AgentId(agent), by="test"))
    return play.replies[-1]


def test_a_wish_is_granted() -> None:
    play = Play()
    assert answer_to(play, SignInRequested, 1) == Reply(RequestId("wish"))
    assert play.agent(1).status is AgentStatus.READY
    assert answer_to(play, SignOutRequested, 1) == Reply(RequestId("wish"))
    assert play.agent(1).status is AgentStatus.SIGNED_OUT


@pytest.mark.parametrize("kind", [SignInRequested, SignOutRequested])
def test_nobody_knows_the_agent(kind: Wish) -> None:
    reply = answer_to(Play(), kind, 99)
    assert (reply.refusal, reply.values) == ("agent_unknown", {"agent": "99"})


def test_an_agent_without_a_phone_cannot_take_calls() -> None:
    directory = a_directory()
    nobodys = {AgentId(1): replace(a_profile(1), phone=None)}
    play = Play()
    play.tell(loaded(replace(directory, agents=nobodys)))
    assert isinstance(play.events[-1], DirectoryLoaded)
    assert answer_to(play, SignInRequested, 1).refusal == "agent_has_no_phone"


def test_a_wish_that_is_fulfilled_already_is_refused() -> None:
    play = Play()
    assert answer_to(play, SignOutRequested, 1).refusal == "agent_already_signed_out"
    play.sign_in(1)
    assert answer_to(play, SignInRequested, 1).refusal == "agent_already_signed_in"


def test_an_agent_who_signs_out_while_the_phone_rings_is_rung_no_more() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.sign_out(1)
    assert play.rung_for(call) == [1, 2]
    assert play.agent(1).state is AgentState.IDLE


def test_an_agent_who_signs_out_in_a_talk_ends_it_in_peace_and_gets_no_other_call() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.answer(1)
    play.sign_out(1)
    assert play.state(call) is CallState.TALKING
    play.agent_hangs_up(1)
    other = play.caller()
    assert play.rung_for(other) == [2]
