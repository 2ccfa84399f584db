"""One agent's phone: it rings, is answered, is declined, or cannot be rung, and the caller goes on to the next."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import GuardCaller, HangUp, RingAgent, StopPlaying
from fs_control.events import BridgeEnded, LegAnswered, LegHungUp, LegRinging, LegsBridged
from fs_control.ids import seconds
from fs_control.records import OfferResult
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

FAILURES = (
    (Manner.BUSY, OfferResult.BUSY, 10),
    (Manner.DECLINES, OfferResult.DECLINED, 2),
    (Manner.UNREGISTERED, OfferResult.UNREGISTERED, 30),
    (Manner.UNREACHABLE, OfferResult.UNREACHABLE, 30),
)


def test_C1_the_state_changes_exactly_at_answer() -> None:
    """State changes exactly at answer."""
    play = Play()
    play.sign_in(1)
    call = play.caller()
    seen = [play.agent(1).state]
    play.wait(7)
    seen.append(play.agent(1).state)
    play.answer(1)
    assert seen == [AgentState.RINGING, AgentState.RINGING]
    assert play.agent(1).state is AgentState.ON_CALL
    assert play.agent(1).state_since == play.centre.at
    assert play.state(call) is CallState.TALKING


def test_C1_an_agent_is_reserved_until_the_phone_rings() -> None:
    play = Play()
    play.sign_in(1)
    play.caller()
    ring = next(each for each in play.commands if isinstance(each, RingAgent))
    events = [type(event).__name__ for event in play.events if getattr(event, "leg", None) == ring.leg]
    assert events == [LegRinging.__name__]
    assert (ring.phone, ring.ring) == ("1001", 20_000_000)


def test_C1_reject_moves_the_call_on_and_the_same_agent_is_not_offered_it_again() -> None:
    """Reject moves the call on and the same agent is not offered that call again."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.decline(1)
    assert play.rung_for(call) == [1, 2]
    play.wait(75)
    assert play.rung_for(call) == [1, *[2] * (len(play.rung) - 1)]


def test_C1_who_declined_is_asked_again_after_60_s_when_nobody_else_is_signed_in() -> None:
    """One who declined is not offered this caller again unless nobody else is signed in, then after 60 s."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    call = play.caller()
    play.decline(1)
    play.wait(59.9)
    assert play.rung_for(call) == [1]
    play.wait(0.1)
    assert play.rung_for(call) == [1, 1]


def test_C1_who_declined_is_not_asked_again_while_somebody_else_is_signed_in_though_busy() -> None:
    """... unless nobody else is signed in ..."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(2, 1)
    play.caller()
    play.answer(2)
    call = play.caller()
    play.decline(1)
    play.wait(200)
    assert play.rung_for(call) == [1]
    play.sign_out(2)
    assert play.rung_for(call) == [1, 1]


def test_C1_each_of_two_who_declined_is_asked_again_60_s_after_their_own_no() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.decline(1)
    play.wait(15)
    play.decline(2)
    play.sign_out(2)
    play.wait(44.9)
    assert play.rung_for(call) == [1, 2]
    play.wait(0.1)
    assert play.rung_for(call) == [1, 2, 1]


def test_C1_declining_one_caller_says_nothing_about_the_next() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    first = play.caller()
    play.decline(1)
    play.wait(2)
    second = play.caller()
    assert play.rung == [(1, first), (1, second)]


def test_C1_no_answer_goes_on_to_the_next_after_the_ring_time() -> None:
    play = Play(groups={"sales": (1, 2)}, ring_s=15)
    play.sign_in(1, 2)
    call = play.caller()
    play.wait(14.9)
    assert play.rung_for(call) == [1]
    play.wait(0.1)
    assert play.rung_for(call) == [1, 2]
    assert play.live(call).record.offers[0].result is OfferResult.NO_ANSWER


@pytest.mark.parametrize(("manner", "result", "rest_s"), FAILURES)
def test_C1_a_phone_that_cannot_be_rung_goes_on_to_the_next_and_rests(
    manner: Manner, result: OfferResult, rest_s: float
) -> None:
    play = Play(groups={"sales": (1, 2)})
    play.set_phone(1, manner)
    play.sign_in(1, 2)
    call = play.caller()
    assert play.rung_for(call) == [1, 2]
    assert play.live(call).record.offers[0].result is result
    assert play.agent(1).state is AgentState.IDLE
    play.answer(2)
    next_caller = play.caller()
    play.wait(rest_s - 0.1)
    assert play.rung_for(next_caller) == []
    play.wait(0.1)
    assert play.rung_for(next_caller) == [1]


def test_no_answer_rests_the_phone_for_ten_seconds() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.wait(29.9)
    assert play.rung_for(call) == [1]
    play.wait(0.1)
    assert play.rung_for(call) == [1, 1]


@pytest.mark.parametrize("manner", [Manner.UNREGISTERED, Manner.UNREACHABLE])
def test_a_registration_brings_a_resting_phone_back_at_once(manner: Manner) -> None:
    play = Play(groups={"sales": (1,)})
    play.set_phone(1, manner)
    play.sign_in(1)
    call = play.caller()
    play.wait(1)
    play.register(1)
    assert play.rung_for(call) == [1, 1]
    assert play.timers("rest") == []


def test_a_registration_does_not_cut_short_the_rest_of_somebody_who_did_not_answer() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.wait(20)
    play.register(1)
    assert play.rung_for(call) == [1]


def test_a_phone_that_is_gone_is_not_rung_before_it_is_back() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.unregister(1)
    call = play.caller()
    play.wait(100)
    assert play.rung_for(call) == []
    play.register(1)
    assert play.rung_for(call) == [1]


def test_an_agent_who_answers_and_is_gone_before_the_join_does_not_leave_the_caller_in_silence() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.switch.answer("1001")
    play.switch.hang_up(leg)
    play.wait(0)
    assert play.rung_for(call) == [1, 2]
    assert ordered(play, GuardCaller) == [GuardCaller(call, play.live(call).call.leg)]
    play.decline(2)
    assert play.heard(call) == ["music"]


def test_music_that_was_stopped_before_it_began_is_not_waited_for() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller()
    play.switch.sound_after = seconds(2)
    call = play.caller()
    play.sign_in(2)
    assert (play.rung_for(call), play.agent(2).state) == ([], AgentState.RESERVED)
    play.wait(0.25)
    assert (play.rung_for(call), len(ordered(play, StopPlaying))) == ([2], 2)


def test_music_that_was_stopped_before_it_began_plays_anew_when_there_is_nobody_to_ring_any_more() -> None:
    play = Play(groups={"sales": (1, 2, 3)})
    play.sign_in(1, 3)
    play.caller()
    play.caller()
    play.switch.sound_after = seconds(2)
    call = play.caller()
    play.sign_in(2)
    play.sign_out(2)
    assert play.heard(call) == ["music"]
    play.wait(0.25)
    assert (play.rung_for(call), play.heard(call)) == ([], ["music", "music"])


def test_a_bridge_that_is_told_before_the_answer_is_a_talk() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.feed(LegsBridged(leg=play.live(call).call.leg, other=leg))
    assert (play.state(call), play.agent(1).state) == (CallState.TALKING, AgentState.ON_CALL)


def test_a_talk_whose_end_is_told_by_one_leg_only_ends() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    play.answer(1)
    leg = play.switch.talking_leg("1001")
    play.tell(BridgeEnded(leg=play.live(call).call.leg, other=leg, cause="SUCCESS"))
    play.wait(5)
    assert play.agent(1).state is AgentState.IDLE
    assert play.heard(call)[-1] == "goodbye"


def ordered(play: Play, kind: type) -> list[object]:
    return [command for command in play.commands if isinstance(command, kind)]


def test_a_join_that_is_never_told_is_given_up_and_the_next_agent_is_rung() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.tell(LegAnswered(leg=play.switch.ringing_leg("1001")))  # and the switch joins nothing
    assert play.state(call) is CallState.CONNECTING
    play.wait(10)
    assert play.rung_for(call) == [1, 2]
    assert play.live(call).record.offers[0].cause == "BRIDGE_TIMEOUT"


def test_a_phone_that_comes_to_life_after_we_gave_up_is_hung_up_again() -> None:
    """The caller left; the phone, rung a moment before, must not ring on for nobody."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.tell(LegHungUp(leg=play.live(call).call.leg, cause="NORMAL_CLEARING"))
    orders = len(play.commands)
    play.tell(LegRinging(leg=leg))
    assert all(isinstance(order, HangUp) for order in play.commands[orders:])
