"""A defect of ours costs one call, with an apology, and nobody else notices."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import HangUp, StopPlaying
from fs_control.events import CallCrashed, LegAnswered
from fs_control.ids import CallId
from fs_control.records import Disposition, EndedBy, OfferResult
from fs_control.testing.play import Play


def reach(play: Play, moment: str) -> CallId:
    """A call at some moment of its life."""
    play.sign_in(1)
    if moment == "flow":
        return play.caller("4002")
    call = play.caller()
    if moment == "connecting":
        play.feed(LegAnswered(leg=play.switch.ringing_leg("1001")))
    if moment == "talk":
        play.answer(1)
    return call


MOMENTS = {
    "flow": CallState.IN_FLOW,
    "ring": CallState.RINGING_AGENT,
    "connecting": CallState.CONNECTING,
    "talk": CallState.TALKING,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_crash_at_any_moment_is_an_apology_and_frees_the_agent(moment: str) -> None:
    play = Play(groups={"sales": (1,), "service": ()})
    call = reach(play, moment)
    assert play.state(call) is MOMENTS[moment]
    play.crash(call)
    assert play.heard(call)[-1] == "apology"
    assert play.agent(1).state is AgentState.IDLE
    play.wait(3)
    record = play.records[call]
    assert (record.disposition, record.ended_by) == (Disposition.FAILED, EndedBy.CENTRE)
    assert dict(play.centre.calls) == {}


def test_the_apology_is_heard_at_once_and_not_behind_the_music() -> None:
    play = Play(groups={"sales": (1,)})
    reach(play, "ring")
    call = play.caller()  # waits behind the first one
    play.crash(call)
    orders = [type(each).__name__ for each in play.commands if getattr(each, "leg", None) == f"leg-of-{call}"]
    assert orders[-2:] == [StopPlaying.__name__, "PlayPrompt"]


def test_a_crash_while_ringing_lets_the_next_caller_have_the_agent() -> None:
    play = Play(groups={"sales": (1,), "service": ()})
    call = reach(play, "ring")
    waits = play.caller()
    play.crash(call)
    assert play.rung == [(1, call), (1, waits)]


def test_a_second_crash_of_a_call_only_hangs_up() -> None:
    play = Play()
    call = reach(play, "talk")
    play.crash(call)
    play.feed(CallCrashed(call=call, place="test", error="E"))
    assert isinstance(play.commands[-2], HangUp)
    assert play.commands[-2].leg == f"leg-of-{call}"
    play.wait(0)
    assert play.records[call].disposition is Disposition.FAILED


def test_a_third_crash_of_a_call_lets_go_of_it_with_a_record() -> None:
    play = Play()
    call = reach(play, "ring")
    for _ in range(3):
        play.feed(CallCrashed(call=call, place="test", error="E"))
    assert call not in play.centre.calls
    assert play.records[call].cause == "CRASHED"


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("attempt", [2, 3, 4])
def test_a_crash_while_handling_a_crash_does_less_and_less_and_always_frees_the_agent(
    moment: str, attempt: int
) -> None:
    play = Play(groups={"sales": (1,), "service": ()})
    call = reach(play, moment)
    waits = play.caller()
    play.crash(call, attempt)
    play.wait(31)
    assert call not in play.centre.calls
    assert (call in play.records) is (attempt < 4)
    assert (1, waits) in play.rung
    assert dict(play.centre.loads) == {"4001": 1}


def test_an_offer_that_a_crash_ended_says_so() -> None:
    play = Play()
    call = reach(play, "ring")
    play.crash(call)
    offer = play.live(call).record.offers[0]
    assert (offer.result, offer.cause) == (OfferResult.FAILED, "CRASHED")


def test_a_crash_in_the_last_sentence_hangs_up_without_another_one() -> None:
    play = Play()
    call = play.caller("9999")
    play.crash(call)
    assert play.heard(call) == ["no-number"]
    assert play.records[call].disposition is Disposition.FAILED


def test_a_crash_that_is_no_calls_or_of_a_call_that_has_ended_changes_nothing() -> None:
    play = Play()
    before = play.centre
    play.tell(CallCrashed(call=None, place="test", error="E"))
    play.crash(CallId("gone"))
    assert play.centre == before
    assert play.reasons[-2:] == ["crashed.test", "crashed.test"]
