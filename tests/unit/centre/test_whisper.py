"""A word in the agent's ear before the join: who hears what meanwhile, and what becomes of the caller."""

from __future__ import annotations

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import Prompt, RingAgent
from fs_control.events import LegHungUp
from fs_control.records import OfferResult, SegmentKind
from fs_control.testing.ideal_switch import WHISPER_LENGTH
from fs_control.testing.play import Play

WHISPER_S = WHISPER_LENGTH / 1_000_000


def whispering(agents: tuple[int, ...] = (1, 2)) -> Play:
    """Agents of a group that whispers, all signed in."""
    play = Play(groups={"sales": agents}, whisper="a-sales-call")
    play.sign_in(*agents)
    return play


def test_the_phone_is_rung_with_the_groups_word_in_the_language_of_the_enterprise() -> None:
    play = whispering()
    play.caller()
    (ring,) = [command for command in play.commands if isinstance(command, RingAgent)]
    assert ring.whisper == Prompt("a-sales-call", "zh")


def test_C1_the_agent_is_on_call_from_the_answer_and_the_talk_begins_at_the_join() -> None:
    play = whispering()
    call = play.caller()
    play.wait(5)
    play.answer(1)
    assert (play.agent(1).state, play.state(call)) == (AgentState.ON_CALL, CallState.CONNECTING)
    play.wait(WHISPER_S)
    assert play.state(call) is CallState.TALKING
    play.wait(10)
    play.agent_hangs_up(1)
    ring, talk = play.records[call].segments
    assert (ring.kind, talk.kind) == (SegmentKind.RING, SegmentKind.TALK)
    lengths = [(each.ended_at or 0) - each.started_at for each in (ring, talk)]
    assert lengths == [5_000_000 + WHISPER_LENGTH, 10_000_000]


def test_the_caller_hears_nothing_new_while_the_agent_is_whispered_to() -> None:
    play = whispering()
    call = play.caller()
    play.answer(1)
    play.wait(WHISPER_S)
    assert play.heard(call) == []  # the phone rang at once, with the switch's own music


def test_C1_an_agent_who_hangs_up_on_the_whisper_has_declined_and_the_caller_goes_on_to_the_next() -> None:
    play = whispering()
    call = play.caller()
    play.answer(1)
    play.wait(1)
    play.agent_hangs_up(1)
    assert play.rung_for(call) == [1, 2]
    assert (play.live(call).record.offers[0].result, play.agent(1).misses) == (OfferResult.DECLINED, 0)
    play.answer(2)
    play.wait(WHISPER_S)
    assert play.state(call) is CallState.TALKING


def test_a_whisper_is_waited_for_longer_than_a_join() -> None:
    play = whispering()
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.switch.answer("1001")
    event = play.switch.take()
    assert event is not None
    play.feed(event)
    play.switch.dead = True  # and nothing is told of the join
    play.wait(29.9)
    assert play.state(call) is CallState.CONNECTING
    play.wait(0.1)
    assert (play.live(call).record.offers[0].leg, play.live(call).record.offers[0].cause) == (leg, "BRIDGE_TIMEOUT")


def test_a_whisper_that_the_switch_cut_off_is_nobodys_miss() -> None:
    play = whispering((1,))
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.answer(1)
    play.tell(LegHungUp(leg=leg, cause="NO_ANSWER"))
    assert (play.live(call).record.offers[0].result, play.agent(1).misses) == (OfferResult.FAILED, 0)


def test_a_caller_who_leaves_during_the_whisper_frees_the_agent() -> None:
    play = whispering()
    call = play.caller()
    play.answer(1)
    play.hang_up(call)
    assert play.records[call].offers[0].result is OfferResult.CALLER_LEFT
    assert play.agent(1).state is AgentState.IDLE


def test_a_group_without_a_word_joins_at_once() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    assert play.state(call) is CallState.TALKING
    (ring,) = [command for command in play.commands if isinstance(command, RingAgent)]
    assert ring.whisper is None
