"""What the caller meets: the flow's prompts and keys, the line, and what comes after it."""

from __future__ import annotations

from dataclasses import replace

from fs_control.agents import AgentStatus
from fs_control.calls import CallState
from fs_control.commands import CollectDigits, StopPlaying
from fs_control.events import DigitsCollected, PromptFinished
from fs_control.ids import CallId, OpId
from fs_control.records import Disposition, EndedBy, SegmentKind
from fs_control.testing.builders import LINE, SALES, SERVICE, a_directory, loaded
from fs_control.testing.play import Play

MENU_NUMBER = "4002"


def in_menu(play: Play) -> CallId:
    """A caller who has heard the greeting."""
    call = play.caller(MENU_NUMBER)
    play.wait(3)
    return call


def test_N3_key_1_and_key_2_land_in_two_lines() -> None:
    """Key 1 and key 2 land in two different queues."""
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1, 2)
    first, second = in_menu(play), in_menu(play)
    play.press(first, "1")
    play.press(second, "2")
    assert (play.live(first).call.group, play.live(second).call.group) == (SALES, SERVICE)
    assert (play.rung_for(first), play.rung_for(second)) == ([1], [2])


def test_N3_wrong_keys_follow_their_own_branch_when_the_tries_are_used_up() -> None:
    """Wrong key and no key each follow their own configured branch with a retry limit."""
    play = Play()
    call = in_menu(play)
    play.press(call, "9")
    play.wait(3)
    play.press(call, "8")
    play.wait(3)
    assert play.heard(call) == ["welcome", "main-menu", "wrong-key", "main-menu", "goodbye"]
    assert play.records[call].disposition is Disposition.ENDED_BY_FLOW


def test_N3_no_key_follows_its_own_branch() -> None:
    """Wrong key and no key each follow their own configured branch with a retry limit."""
    play = Play(groups={"sales": (1,), "service": ()})
    play.sign_in(1)
    call = in_menu(play)
    play.wait(8 + 3 + 8)
    assert play.heard(call) == ["welcome", "main-menu", "no-key", "main-menu"]
    assert play.rung_for(call) == [1]


def test_N6_a_step_with_a_group_enters_its_line() -> None:
    """Step with group G enters queue G."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    assert dict(play.centre.lines) == {SALES: (call,)}


def test_N13_at_03_00_with_nobody_signed_in_the_caller_is_answered_and_hears_a_sentence() -> None:
    """At 03:00 with nobody signed in a call is answered by the flow and ends in message/hang-up, never in silence or
    a busy tone."""
    play = Play()
    call = play.caller()
    play.wait(3)
    record = play.records[call]
    assert record.answered_at is not None
    assert play.heard(call) == ["nobody-signed-in"]
    assert record.disposition is Disposition.NOBODY_SIGNED_IN
    assert record.ended_by is EndedBy.FLOW


def test_N13_the_last_agent_to_sign_out_sends_the_line_on_in_the_flow() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    rings, waits = play.caller(), play.caller()
    play.sign_out(1)
    assert (play.heard(rings), play.heard(waits)) == (["nobody-signed-in"], ["music", "nobody-signed-in"])
    assert sum(isinstance(each, StopPlaying) for each in play.commands) == 1
    assert play.timers("wait") == []


def test_who_waits_as_long_as_the_flow_allows_goes_on_in_it() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller()
    play.answer(1)
    waits = play.caller()
    play.wait(603)
    assert play.heard(waits) == ["music", "waited-too-long"]
    assert play.records[waits].disposition is Disposition.WAITED_TOO_LONG


def test_the_limit_takes_no_phone_away_that_rings_but_holds_as_soon_as_it_stops() -> None:
    play = Play(groups={"sales": (1,)}, ring_s=20)
    play.sign_in(1)
    play.caller()
    play.answer(1)
    waits = play.caller()
    play.wait(590)
    play.agent_hangs_up(1)
    play.wait(15)
    assert play.state(waits) is CallState.RINGING_AGENT
    play.wait(10)
    assert play.heard(waits)[-1] == "waited-too-long"


def test_a_caller_may_fall_back_on_another_group_and_is_judged_by_how_that_ends() -> None:
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1, 2)
    play.caller()
    play.answer(1)
    call = in_menu(play)
    play.press(call, "1")
    play.wait(60)
    assert play.rung_for(call) == [2]
    play.hang_up(call)
    assert play.records[call].disposition is Disposition.ABANDONED_RINGING


def test_after_the_talk_the_flow_goes_on() -> None:
    play = Play(groups={"sales": (1,), "service": ()})
    play.sign_in(1)
    call = in_menu(play)
    play.press(call, "1")
    play.serve(1)
    assert play.heard(call)[-1] == "goodbye"
    play.wait(3)
    record = play.records[call]
    assert [segment.kind for segment in record.segments][-2:] == [SegmentKind.TALK, SegmentKind.IVR]
    assert record.disposition is Disposition.ANSWERED


def test_a_completion_of_something_else_does_not_move_the_flow() -> None:
    play = Play()
    call = in_menu(play)
    leg = play.live(call).call.leg
    asked = next(each for each in play.commands if isinstance(each, CollectDigits))
    play.tell(PromptFinished(leg=leg, op=OpId("other"), completed=True))
    play.tell(DigitsCollected(leg=leg, op=OpId("other"), digits="1"))
    assert play.live(call).call.op == asked.op
    assert play.heard(call) == ["welcome", "main-menu"]


def test_a_group_that_is_taken_out_of_the_directory_has_nobody_signed_in() -> None:
    play = Play(groups={"service": (2,), "sales": (1,)})
    play.sign_in(1)
    rings, waits = play.caller(), play.caller()
    agents = play.centre.directory.agents
    play.tell(loaded(replace(a_directory({"service": (2,)}), agents=agents)))
    assert play.heard(waits) == ["music", "nobody-signed-in"]
    assert play.state(rings) is CallState.RINGING_AGENT
    play.decline(1)
    assert play.heard(rings) == ["nobody-signed-in"]


def test_a_flow_of_a_live_call_may_name_a_group_that_is_no_more() -> None:
    play = Play()
    play.sign_in(1)
    call = in_menu(play)
    play.tell(loaded(a_directory({"service": (3,)})))
    play.press(call, "1")
    assert play.heard(call)[-1] == "nobody-signed-in"


def test_calls_keep_the_flow_that_they_began_with() -> None:
    play = Play()
    call = in_menu(play)
    changed = replace(LINE, text=LINE.text.replace("nobody-signed-in", "goodbye"))
    play.tell(loaded(flows=[changed]))
    play.press(call, "1")
    assert play.heard(call)[-1] == "nobody-signed-in"
    assert play.heard(play.caller()) == ["goodbye"]


def test_agents_keep_their_status_when_the_directory_changes() -> None:
    play = Play()
    play.sign_in(1)
    play.tell(loaded(a_directory({"sales": (1, 2, 9), "service": (3,)})))
    assert play.agent(1).status is AgentStatus.READY
