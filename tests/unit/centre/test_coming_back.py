"""A caller's leg leaves our hands and comes again: after a talk, or because our process ended and began anew."""

from __future__ import annotations

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import HangUp, StopPlaying
from fs_control.events import (
    BridgeEnded,
    CallCrashed,
    CallerLinkLost,
    CallReturned,
    CommandFailed,
    LegHungUp,
    Outcome,
    SwitchFound,
    SwitchLost,
)
from fs_control.ids import CallId, LegId
from fs_control.records import Disposition, EndedBy
from fs_control.testing.play import Play


def leg_of(call: CallId) -> LegId:
    return LegId(f"leg-of-{call}")


def ordered(play: Play, kind: type) -> list[object]:
    return [command for command in play.commands if isinstance(command, kind)]


def restart(play: Play, *, answered: tuple[LegId, ...] = ()) -> None:
    """Our process is another one: no caller's connection is left; the switch has all its legs."""
    play.switch.lose_controller()
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs), answered=answered))


def come_back(play: Play, call: CallId) -> None:
    play.switch.return_leg(leg_of(call))
    play.wait(0)


def test_a_pair_that_talks_needs_no_connection() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.tell(CallerLinkLost(leg=leg_of(call)))
    play.wait(600)
    assert play.state(call) is CallState.TALKING


def test_what_the_flow_says_after_a_talk_waits_for_the_end_of_the_bridge() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    play.answer(1)
    heard, leg = play.heard(call), play.switch.talking_leg("1001")
    play.feed(LegHungUp(leg=leg, cause="NORMAL_CLEARING"))
    assert play.heard(call) == heard
    play.feed(BridgeEnded(leg=leg_of(call), other=leg, cause=BridgeEnded.SUCCESS))
    assert play.heard(call) == [*heard, "goodbye"]


def test_what_the_flow_says_after_a_talk_that_lost_its_connection_waits_for_the_return() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller("4002")
    play.wait(3)
    play.press(call, "1")
    play.answer(1)
    heard = play.heard(call)
    play.tell(CallerLinkLost(leg=leg_of(call)))
    play.feed(LegHungUp(leg=play.switch.talking_leg("1001"), cause="NORMAL_CLEARING"))
    assert play.heard(call) == heard
    come_back(play, call)
    assert play.heard(call) == [*heard, "goodbye"]


def two_in_line_behind_a_talk(play: Play) -> tuple[CallId, CallId, CallId]:
    play.sign_in(1)
    talking = play.caller()
    play.answer(1)
    return talking, play.caller(), play.caller()


def test_D1_who_waited_keeps_the_place_and_the_pair_talks_on() -> None:
    """The control plane dies: talking pairs keep talking, waiting callers are taken back with their place."""
    play = Play()
    talking, first, second = two_in_line_behind_a_talk(play)
    play.wait(30)
    restart(play)
    come_back(play, second)
    come_back(play, first)
    assert (play.state(talking), play.heard(first)) == (CallState.TALKING, ["music", "music"])
    play.agent_hangs_up(1)
    assert play.rung == [(1, talking), (1, first)]
    play.wait(1)
    play.hang_up(first)
    assert play.records[first].segments[0].started_at == play.records[first].started_at
    assert [segment.kind for segment in play.records[first].segments] == ["line", "ring"]


def test_D1_the_record_of_a_talk_that_outlived_us_is_one_and_complete() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.wait(10)
    restart(play)
    play.wait(10)
    play.agent_hangs_up(1)
    record = play.records[call]
    assert [(segment.kind, segment.ended_by) for segment in record.segments] == [("talk", EndedBy.AGENT)]
    assert record.ended_at == record.started_at + 20_000_000
    assert play.agent(1).state is AgentState.IDLE


def test_nobody_is_offered_a_caller_who_is_not_there_yet() -> None:
    play = Play()
    _, first, second = two_in_line_behind_a_talk(play)
    restart(play)
    play.agent_hangs_up(1)
    assert len(play.rung) == 1
    come_back(play, second)
    assert play.rung[1:] == [(1, second)]
    assert play.live(first).call.joined_at is not None


def test_a_caller_in_a_menu_is_asked_again() -> None:
    play = Play()
    call = play.caller("4002")
    play.wait(3)
    restart(play)
    come_back(play, call)
    assert play.heard(call) == ["welcome", "main-menu", "main-menu"]
    play.press(call, "1")
    assert play.live(call).session is not None
    assert play.live(call).record.steps[-1].detail != "no-key"


def test_a_phone_that_was_taken_up_while_we_were_away_is_joined_at_once() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.switch.legs[leg].answered = True
    restart(play, answered=(leg,))
    assert play.state(call) is CallState.TALKING


def test_a_phone_that_rang_for_a_caller_stops_and_is_rung_again_when_they_are_back() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    restart(play)
    assert play.agent(1).state is AgentState.IDLE
    play.wait(10)
    come_back(play, call)
    assert play.rung == [(1, call), (1, call)]
    play.answer(1)
    assert play.state(call) is CallState.TALKING


def test_a_phone_that_was_to_be_rung_when_we_ended_is_rung_when_the_caller_was_quicker_than_the_switch() -> None:
    """The music was being stopped for it; the caller is handed over before the link to the switch stands."""
    play = Play()
    play.sign_in(1)
    first, call = play.caller(), play.caller()
    play.answer(1)
    play.feed(LegHungUp(leg=play.switch.talking_leg("1001"), cause="NORMAL_CLEARING"))
    assert (play.state(call), play.live(call).call.hushed) == (CallState.RINGING_AGENT, True)
    play.switch.lose_controller()
    play.feed(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.return_leg(leg_of(call))
    play.feed(CallReturned(leg=leg_of(call), call=call))
    play.tell(SwitchFound(core="core", legs=(leg_of(first), leg_of(call))))
    play.wait(10)
    play.answer(1)
    assert play.state(call) is CallState.TALKING


def test_nobody_is_rung_for_a_caller_whose_connection_ended_in_the_moment_of_the_order() -> None:
    """The order has nowhere to go; given again and again it would go nowhere each time."""
    play = Play()
    play.sign_in(1, 2)
    call = play.caller()
    leg = play.live(call).call.bridging
    assert leg is not None
    play.switch.lose_controller()
    play.feed(CallerLinkLost(leg=leg_of(call)))
    play.feed(CommandFailed(leg=leg, command="RingAgent", outcome=Outcome.GONE))
    assert (play.state(call), play.rung_for(call)) == (CallState.WAITING, [1])
    come_back(play, call)
    assert play.rung_for(call) == [1, 2]


def test_a_caller_who_never_answered_is_answered_when_they_come_back() -> None:
    play = Play()
    play.switch.dead = True
    call = play.caller("4002")
    play.switch.dead = False
    answered = sum(type(command).__name__ == "AnswerCall" for command in play.commands)
    play.switch.legs[leg_of(call)].call = call
    restart(play)
    come_back(play, call)
    assert sum(type(command).__name__ == "AnswerCall" for command in play.commands) == answered + 1
    assert play.live(call).record.answered_at is not None


def test_a_caller_who_does_not_come_back_leaves_a_record_and_the_leg_alone() -> None:
    """Another controller of the list may have taken them: their leg is not ours to end."""
    play = Play()
    call = play.caller("4002")
    restart(play)
    play.wait(20)
    assert (play.records[call].cause, play.records[call].disposition) == ("CALLER_LINK_LOST", Disposition.FAILED)
    assert ordered(play, HangUp) == []


def test_a_caller_who_comes_back_after_the_end_of_their_call_is_not_left_in_silence() -> None:
    play = Play()
    call = play.caller("4002")
    play.hang_up(call)
    play.tell(CallReturned(leg=leg_of(call), call=call))
    assert ordered(play, HangUp) == [HangUp(call, leg_of(call), "NORMAL_CLEARING")]


def test_a_last_sentence_that_was_cut_by_our_end_is_said_again() -> None:
    play = Play()
    call = play.caller("9999")
    restart(play)
    come_back(play, call)
    assert play.heard(call) == ["no-number", "no-number"]
    play.wait(5)
    assert play.records[call].disposition is Disposition.NO_NUMBER


def test_a_hang_up_that_was_ordered_is_ordered_again() -> None:
    play = Play()
    call = play.caller("9999")
    play.switch.dead = True
    play.wait(20)
    play.switch.dead = False
    orders = len(ordered(play, HangUp))
    come_back(play, call)
    assert len(ordered(play, HangUp)) == orders + 1


def test_a_lost_connection_is_no_lost_caller_while_the_dialplan_has_them() -> None:
    play = Play()
    call = play.caller("4002")
    play.tell(CallerLinkLost(leg=leg_of(call)))
    play.wait(3.5)
    come_back(play, call)
    play.wait(4)
    assert play.heard(call) == ["welcome", "welcome", "main-menu"]


def test_a_pair_that_found_each_other_while_we_were_away_for_long_is_not_cut() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.tell(SwitchLost(reason="test"))
    play.switch.legs[leg].answered = True
    play.wait(45)  # longer than any phone rings
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs), answered=(leg,)))
    assert play.state(call) is CallState.TALKING


def test_nobody_is_given_up_for_lost_while_we_could_not_hear_of_them() -> None:
    play = Play()
    call = play.caller("4002")
    play.tell(SwitchLost(reason="test"))
    play.tell(CallerLinkLost(leg=leg_of(call)))
    play.wait(30)
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs)))
    come_back(play, call)
    assert play.records == {}


def test_the_wait_for_a_return_begins_anew_with_each_start() -> None:
    play = Play()
    call = play.caller("4002")
    restart(play)
    play.wait(19)
    restart(play)
    play.wait(3)
    come_back(play, call)
    assert play.heard(call) == ["welcome", "welcome"]


def test_nothing_is_ordered_on_a_leg_that_is_away_but_its_end() -> None:
    play = Play()
    _, first, _ = two_in_line_behind_a_talk(play)
    restart(play)
    play.sign_out(1)  # nobody is left: the flow goes on to its last sentence
    assert ordered(play, StopPlaying) == []
    assert play.heard(first) == ["music"]
    come_back(play, first)
    assert play.heard(first) == ["music", "nobody-signed-in"]


def test_a_defect_that_hits_a_caller_who_is_away_is_apologised_for_when_they_are_back() -> None:
    play = Play()
    call = play.caller("4002")
    restart(play)
    play.tell(CallCrashed(call=call, place="test", error="E"))
    assert play.heard(call) == ["welcome"]
    come_back(play, call)
    assert play.heard(call) == ["welcome", "apology"]
