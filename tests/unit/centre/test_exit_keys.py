"""Keys by which a caller leaves the line (Q10), whatever plays or rings at that moment."""

from __future__ import annotations

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import PlayPrompt, StopPlaying
from fs_control.ids import CallId
from fs_control.records import Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.testing.builders import SERVICE
from fs_control.testing.play import Play


def in_sales(play: Play) -> CallId:
    """A caller in the line of sales, which one leaves by `*` for a good-bye and by 0 for the line of service."""
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    return call


def a_busy_play() -> Play:
    """The only agent of sales talks."""
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1, 2)
    play.caller()
    play.answer(1)
    return play


def test_Q10_the_exit_key_leaves_the_line_and_the_flow_goes_on() -> None:
    """Pressing the exit key leaves the queue, CDR has `queue_exit_key`, and the next step of the flow runs (message,
    other queue, callback)."""
    play = a_busy_play()
    call = in_sales(play)
    play.wait(5)
    play.press(call, "*")
    assert play.heard(call)[-2:] == ["music", "goodbye"]
    play.wait(3)
    record = play.records[call]
    line = next(each for each in record.segments if each.kind is SegmentKind.LINE)
    assert (line.cause, line.ended_by) == ("queue_exit_key", EndedBy.CALLER)
    assert ("exit", "queue_exit_key") in [(step.kind, step.detail) for step in record.steps]
    assert record.disposition is Disposition.QUEUE_EXIT_KEY


def test_Q10_a_key_may_lead_into_another_line() -> None:
    play = a_busy_play()
    call = in_sales(play)
    play.press(call, "0")
    assert (play.live(call).call.group, play.rung_for(call)) == (SERVICE, [2])
    play.serve(2)
    play.wait(3)
    assert play.records[call].disposition is Disposition.ANSWERED


def test_Q10_another_key_means_nothing() -> None:
    play = a_busy_play()
    call = in_sales(play)
    before = play.live(call)
    play.press(call, "7")
    assert play.live(call) == before


def test_Q10_the_music_stops_before_the_message_begins() -> None:
    play = a_busy_play()
    call = in_sales(play)
    before = len(play.commands)
    play.press(call, "*")
    orders = [each for each in play.commands[before:] if isinstance(each, StopPlaying | PlayPrompt)]
    assert [type(each) for each in orders] == [StopPlaying, PlayPrompt]


def test_Q10_a_key_stops_the_phone_that_rings_and_its_agent_is_free_at_once() -> None:
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1)
    call = in_sales(play)
    assert play.state(call) is CallState.RINGING_AGENT
    play.wait(2)
    play.press(call, "*")
    assert play.heard(call)[-1] == "goodbye"
    assert (play.agent(1).state, play.agent(1).rest) == (AgentState.IDLE, None)
    play.wait(3)
    (offer,) = play.records[call].offers
    ring = play.records[call].segments[-2]
    assert offer.result is OfferResult.CALLER_LEFT
    assert (ring.kind, ring.cause) == (SegmentKind.RING, "queue_exit_key")


def test_Q10_a_key_counts_while_the_music_is_stopped_for_a_phone() -> None:
    play = Play(groups={"sales": (1,), "service": (2,)}, sound_after_s=0.1)
    play.sign_in(1)
    play.caller()
    play.answer(1)
    call = in_sales(play)
    play.agent_hangs_up(1)
    assert play.state(call) is CallState.RINGING_AGENT
    play.press(call, "*")
    assert play.agent(1).state is AgentState.IDLE
    assert play.rung_for(call) == []
    play.wait(5)
    assert play.records[call].disposition is Disposition.QUEUE_EXIT_KEY


def test_Q10_a_key_pressed_in_the_talk_is_said_to_the_agent() -> None:
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1)
    call = in_sales(play)
    play.answer(1)
    play.press(call, "*")
    assert play.state(call) is CallState.TALKING
